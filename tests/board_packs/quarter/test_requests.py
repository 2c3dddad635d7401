"""What a run is asked for: everything wrong with it is said before anything starts."""

import re

import pytest
import toy_quarter as toy

from board_packs.command_options import asked, asked_year
from board_packs.publish import disclosure_step, page_making, page_step, quarter_run, tables_run  # noqa: F401
from board_packs.quarter.request import typed_period
from lscb.errors import UserError


@pytest.mark.parametrize("asked, said", [
    ({"period": "2017-19-Q1"}, "is not a period"),
    ({"area": "E99999999"}, "is not the code"),
    # before its returns are looked for: which authorities there are instead (structural changes of 1 April 2023)
    ({"area": "Cumbria", "period": "2024-25-Q4", "sample": False}, "Cumberland (E06000063) and Westmorland and Furness"),
    ({"only": ["40_nothing"]}, "Packs: main_board, panel, public. Notebooks: 10_people, 20_places."),
    ({"executor": "dask"}, "--scheduler"),
    ({"executor": "cloud"}, "use local or dask"),
    ({"sample": False, "returns": "/nowhere"}, "no such folder"),
])  # fmt: skip
def test_a_request_that_cannot_be_used_is_refused_in_one_line(tmp_path, asked, said):
    with pytest.raises(UserError, match=re.escape(said)) as error:
        toy.ask(tmp_path / "out", toy.write(tmp_path / "notebooks"), **asked)
    assert "\n" not in str(error.value)


def test_a_misspelt_parameter_is_refused_before_anything_runs(tmp_path):
    notebooks = toy.write(tmp_path / "notebooks")
    toy.notebook(notebooks / "20_places.ipynb", "Where?", toy.PLACES, toy.PARAMETERS.replace("audience", "audiance"))
    with pytest.raises(UserError, match="20_places.ipynb does not declare the parameter 'audience' .*'audiance'"):
        toy.ask(tmp_path / "out", notebooks)


@pytest.mark.parametrize("text", [
    "2024-25-Q4", "24-25 q4", "2024/25 Q4", "2024-25 Q4", "2024/2025 Q4", "24/25-4", " 2024–25 Q4 ", "Q4 2024-25",
    "q4 24/25", "Quarter 4 2024/25", "Jan-Mar 2025", "January to March 2025", "FY2024/25 Q4", "2024_25_Q4",
])  # fmt: skip
def test_a_period_is_understood_as_people_write_it(text):
    assert str(typed_period(text)) == "2024-25-Q4"


@pytest.mark.parametrize(
    "text", ["2024-26-Q4", "2024", "q4", "2024-25-Q5", "../2024-25-Q4", "2024-25-Q4/..", "2025-Q1", "March"]
)
def test_what_is_no_period_is_answered(text):
    with pytest.raises(UserError, match="is not a period"):
        typed_period(text)


@pytest.mark.parametrize("text", ["1066-67-Q1", "9999-00-Q1", "2011-12-Q4", "2050-51-Q1"])
def test_a_quarter_of_another_age_is_answered_with_those_there_are(text):
    with pytest.raises(UserError, match=f"'{text}': figures can be made of 2012-13-Q1 to 2049-50-Q4"):
        typed_period(text)


@pytest.mark.parametrize("text", ["2012-13-Q1", "2049-50-Q4"])
def test_the_first_and_the_last_quarter_of_which_figures_can_be_made(text):
    assert str(typed_period(text)) == text


@pytest.mark.parametrize("text, near", [
    ("2025-03-31", "2024-25-Q4"), ("01/04/2025", "2025-26-Q1"), ("March 2025", "2024-25-Q4"), ("2024-12", "2024-25-Q3"),
    ("2024-25", "2024-25-Q4"), ("FY24/25", "2024-25-Q4"), ("2024-25-Q5", "2024-25-Q4"), ("2024-26", "2017-18-Q4"),
])  # fmt: skip
def test_a_day_a_month_or_a_year_is_answered_with_the_quarter_it_may_be(text, near):
    with pytest.raises(UserError, match=f"is not a period: write a financial quarter.* {near}\\.$"):
        typed_period(text)


def test_what_is_missing_is_named_with_the_newest_folder_of_returns_wherever_they_lie(tmp_path, monkeypatch):
    monkeypatch.setenv("LSCB_RETURNS", str(tmp_path))
    with pytest.raises(UserError, match=re.escape(f"there are no returns in {tmp_path} yet")):
        asked("run", "", "", False)
    for name in ("2023-24-Q4", "2024-25-Q1", "notes"):
        (tmp_path / name).mkdir()
    with pytest.raises(UserError, match="lscb run --period 2024-25-Q1 --area Leeds") as error:
        asked("run", "", "Leeds", False)
    assert str(error.value).startswith("Which --period? For one, the newest returns are in ")


def test_a_report_takes_no_year_and_no_area_for_granted():
    assert asked_year("", "", True) == ("2017-18", "E06000045")  # the invented quarter's
    assert asked_year("2018-19", "Leeds", False) == ("2018-19", "Leeds")
    with pytest.raises(UserError, match="Which --year and --area.* lscb report --year 2024-25 --area Southampton"):
        asked_year("", "", False)
    assert asked_year("", "Leeds", False, "2018-19") == ("2018-19", "Leeds")
    with pytest.raises(UserError, match="type one of them"):  # neither is taken silently
        asked_year("2017-18", "Leeds", False, "2018-19")


def test_invented_and_real_runs_write_apart(tmp_path):
    books = toy.write(tmp_path / "notebooks")
    sample = toy.ask(tmp_path / "out", books)
    (tmp_path / "hrda.csv").write_text("x")
    real = toy.ask(tmp_path / "out", books, sample=False, returns=tmp_path)
    assert sample.folder(toy.AREA) == tmp_path / "out" / "sample" / "2017-18-Q4" / toy.AREA
    assert real.folder(toy.AREA) == tmp_path / "out" / "2017-18-Q4" / toy.AREA
