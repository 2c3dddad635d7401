"""What a run says before it starts: which official figures are not there, and the command that gets them."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from board_packs import run_summary

SHARED = Path(__file__).parents[3] / "shared" / "open-data"


def asked(folder, *areas):
    return SimpleNamespace(areas=areas, open_data=folder, period="2024-25-Q4")


@pytest.mark.parametrize("areas, place", [
    (("E06000066",), "E06000066"),
    (("E06000066", "E06000045", "E08000038"), "E06000066,E08000038"),  # the worked example has what it needs
    (tuple(f"E090000{n}" for n in range(10, 34)), "all"),  # more than a line can name
])  # fmt: skip
def test_a_new_user_is_told_in_one_line_what_pages_will_lack_and_how_to_get_it(tmp_path, capsys, areas, place):
    run_summary.official_files(asked(tmp_path, *areas))
    (line,) = capsys.readouterr().err.splitlines()
    for lacking in ("the Indices of Deprivation 2019", "population by age and sex", "births", "statistical neighbours"):
        assert lacking in line
    assert f"lscb fetch --period 2024-25-Q4 --area {place} --open-data {tmp_path}" in line
    assert line.count("population by age and sex") == 1  # two sets give it; either will do


def test_the_worked_example_has_what_it_needs(tmp_path, capsys):
    run_summary.official_files(asked(tmp_path, "E06000045"))
    assert capsys.readouterr().err == ""


@pytest.mark.shared
def test_nothing_is_said_where_the_files_are(capsys):
    run_summary.official_files(asked(SHARED, "E06000066"))
    assert capsys.readouterr().err == ""


def said_of(tmp_path, capsys, period, *rows):
    (tmp_path / "working").mkdir()
    rows = ["measure,return,count", *rows, "returns_rows_received,audits,1"]
    (tmp_path / "working" / "returns_received.csv").write_text("\n".join(rows) + "\n")
    run_summary.not_covering(SimpleNamespace(folder=lambda code: tmp_path, period=period), ["E06000045"])
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("period, may_come", [("2019-20-Q4", False), ("2019-20-Q3", True)])
def test_files_of_another_quarter_are_named_in_one_line(tmp_path, capsys, period, may_come):
    rows = [f"returns_not_covering,{name}" for name in ("Total,4", "audits,1", "hrda,1", "plan,1", "rota,1")]
    (line,) = said_of(tmp_path, capsys, period, *rows)
    assert ("still to come" in line) == may_come  # a return of the whole year
    assert line.startswith(f"Southampton: audits, hrda, plan and 1 more do not cover {period}")


def test_files_of_another_authority_and_of_no_use_are_told_at_the_run(tmp_path, capsys):
    rows = "returns_elsewhere,Total,1", "returns_elsewhere,hrda,1", "returns_files_unused,Total,2.0"
    assert [line.partition("Page 99")[0] for line in said_of(tmp_path, capsys, "2019-20-Q4", *rows)] == [
        "Southampton: most neighbourhoods of hrda lie outside the area, and figures are made of them: are they another "
        "authority's? ",
        "Southampton: nothing was used of 2 files. ",
    ]


def test_a_run_without_its_table_says_nothing_of_files(tmp_path, capsys):
    run_summary.not_covering(SimpleNamespace(folder=lambda code: tmp_path / "none", period=""), ["E06000045"])
    assert capsys.readouterr().err == ""


def test_a_quarter_that_a_person_has_to_settle_is_said_once_and_fails_nothing(capsys, monkeypatch):
    line = "hrda_referrals has no row of 2017-18-Q2. Say"
    attacks = {"partnership": {"unsettled": [line]}, "public": {"unsettled": [line]}}
    outcome = SimpleNamespace(
        area="E06000045", problems=[], unchanged=True, manifest={"disclosure": {"attacks": attacks}}
    )
    monkeypatch.setattr(run_summary, "not_covering", lambda *_: None)
    assert run_summary.report(SimpleNamespace(left_out=(), period="2017-18-Q4"), [outcome]) == 0
    assert capsys.readouterr().err == f"{line}. No pack with it can be circulated before.\n"
