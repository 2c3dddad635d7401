"""What a run is asked for: everything wrong with it is said before anything starts."""

import re

import pytest
import toy_quarter as toy

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


@pytest.mark.parametrize("text", ["2024-25-Q4", "24-25 q4", "2024/25 Q4", "2024-25 Q4", "2024/2025 Q4", "24/25-4"])
def test_a_period_is_understood_as_people_write_it(text):
    assert str(typed_period(text)) == "2024-25-Q4"


@pytest.mark.parametrize("text", ["2024-26-Q4", "2024", "q4", "2024-25-Q5", "../2024-25-Q4", "2024-25-Q4/.."])
def test_what_is_no_period_is_answered(text):
    with pytest.raises(UserError, match="is not a period"):
        typed_period(text)


def test_invented_and_real_runs_write_apart(tmp_path):
    books = toy.write(tmp_path / "notebooks")
    sample = toy.ask(tmp_path / "out", books)
    (tmp_path / "hrda.csv").write_text("x")
    real = toy.ask(tmp_path / "out", books, sample=False, returns=tmp_path)
    assert sample.folder(toy.AREA) == tmp_path / "out" / "sample" / "2017-18-Q4" / toy.AREA
    assert real.folder(toy.AREA) == tmp_path / "out" / "2017-18-Q4" / toy.AREA
