"""A cell prints its figures or its state. Expected texts are worked by hand."""

import pandas as pd
import pytest

from board_packs.pages.cell_value import Cell, records
from lscb.errors import UserError

SHARE = {"period": "2017-18-Q4", "measure": "repeats", "count": 44, "of": 224, "value": 44 / 224, "low": 0.15, "high": 0.253,
         "rank": 2, "ranked": 11, "unit": "share", "status": "shown", "reason": "", "agency": "police"}  # fmt: skip


@pytest.mark.parametrize(
    "spec, text",
    [
        ("count", "44"),
        ("of", "224"),
        ("percent", "19.6%"),
        ("percent:0", "20%"),
        ("low percent", "15.0%"),
        ("high percent:2", "25.30%"),
        ("rate:2", "0.20"),
        ("points", "19.6 percentage points"),
        ("share", "44 of 224"),
        ("interval", "95% interval 15.0% to 25.3%"),
        ("period", "2017-18 Q4"),
        ("state", "shown"),
        ("rank", "2nd"),
        ("ordinal", "2nd"),
        ("ranked", "11"),
        ("agency text", "police"),
        ("", "44"),
    ],
)
def test_a_shown_cell_prints_its_figure(spec, text):
    assert f"{Cell(SHARE):{spec}}" == text


@pytest.mark.parametrize(
    "status, state",
    [("suppressed", "withheld"), ("not_available", "not available"), ("not_applicable", "not applicable")],
)
@pytest.mark.parametrize("spec", ["count", "of", "percent", "low rate", "share", "interval", "state", "money", ""])
def test_a_cell_that_is_not_shown_prints_its_state_and_no_figure(status, state, spec):
    """Even where figures stand beside a status that hides them."""
    assert f"{Cell(SHARE | {'status': status}):{spec}}" == state


def test_a_rate_has_its_interval_in_its_own_unit_and_without_ends_says_so():
    rate = SHARE | {"unit": "per 10,000", "value": 30.04, "low": 22.35, "high": 37.65}
    assert f"{Cell(rate):interval}" == "95% interval 22.4 to 37.7"
    assert f"{Cell(rate | {'low': float('nan')}):interval}" == "no interval"


@pytest.mark.parametrize("method", ["p-chart of 12 points (limits): common", "median and quartiles, type 7"])
def test_limits_of_a_chart_and_quartiles_are_no_interval(method):
    row = {"measure": "it", "status": "shown", "value": 0.9, "low": 0.77, "high": 0.99, "unit": "share"}
    assert f"{Cell(row | {'method': 'Wilson'}):interval}" == "95% interval 77.0% to 99.0%"
    assert f"{Cell(row | {'method': method}):interval}" == "no interval"


def test_a_blank_figure_of_a_shown_cell_is_a_dash_and_never_nought():
    assert f"{Cell(SHARE | {'count': float('nan')}):count}" == "–"
    assert f"{Cell(SHARE | {'count': 0}):count}" == "0"


@pytest.mark.parametrize("spec", ["percnt", "percent:x", "low high percent", "agency"])
def test_a_style_that_there_is_not_is_refused_in_one_line(spec):
    with pytest.raises(UserError, match="is not how a cell prints") as raised:
        f"{Cell(SHARE):{spec}}"
    assert "\n" not in str(raised.value)


def test_rows_are_dictionaries_of_pythons_own_values():
    day = pd.Timestamp("2018-03-31")
    frame = pd.DataFrame(
        {"label": ["a", None], "count": [1, 2], "value": [0.5, float("nan")], "yes": [True, False], "on": day}
    )
    first, second = records(frame)
    assert first == {"label": "a", "count": 1, "value": 0.5, "yes": True, "on": day}
    assert [type(value) for value in first.values()] == [str, int, float, bool, pd.Timestamp]
    assert second["label"] != second["label"] and second["value"] != second["value"]  # blank stays blank
    assert [type(row["count"]) for row in records(frame[["count"]])] == [int, int]
    assert records(frame.iloc[:0]) == []
