"""A cell prints its figures or its state. Expected texts are worked by hand."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("method", ["range of the similar places", "median and quartiles, type 7"])
def test_a_range_and_quartiles_are_no_interval(method):
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


PUBLIC = SHARE | {"reason": "rounded to the nearest 5"}


@pytest.mark.parametrize(
    "count, of, unit, text",
    [  # the ends by hand, of the counts two off at each: 43 / 62 = 69.35 %, 47 / 58 = 81.03 %
        (45, 60, "share", "69% to 82%"),
        (60, 60, "share", "93% to 100%"),  # 58 / 62 = 93.5 %; no share is above 1
        (3200, 6400, "share", "about 50.0%"),  # 3,198 / 6,402 = 49.953 %, 3,202 / 6,398 = 50.047 %
        (1600, 3200, "share", "about 50%"),  # 1,598 / 3,202 = 49.91 %
        (10, 660, "share", "1.2% to 1.9%"),  # 8 / 662 = 1.208 %, 12 / 658 = 1.824 %
        (15, 20_001, "per 10,000", "6.4 to 8.5"),  # 13 / 2.0001 = 6.4997, 17 / 2.0001 = 8.4996; the population is exact
        (530, 49_138, "per 10,000", "about 108"),  # 107.45 to 108.27
        (0, 60, "share", "0%"),
    ],
)
def test_a_share_of_rounded_counts_is_the_range_that_the_rounding_leaves(count, of, unit, text):
    value = count / of * (10_000 if unit.startswith("per") else 1)
    row = PUBLIC | {"count": count, "of": of, "value": value, "unit": unit}
    assert f"{Cell(row):unit}" == text


def test_a_nought_of_a_rounded_number_is_one_of_about_that_number():
    assert f"{Cell(PUBLIC | {'count': 0, 'of': 60, 'value': 0}):share}" == "0 of about 60"
    assert f"{Cell(PUBLIC | {'count': 45, 'of': 60, 'value': 0.75}):share}" == "about 45 of 60"


def test_a_population_is_not_rounded_whatever_its_last_digit():
    """Truth: 104,445 children lived in Cornwall at mid-2018 (ONS), and 37 deaths are printed as about 35."""
    row = PUBLIC | {"measure": "cdop_death_rate", "unit": "per 100,000", "count": 35, "of": 104_445, "value": 33.5104}
    assert f"{Cell(row):count} among {Cell(row):of}" == "about 35 among 104,445"
    few = row | {"count": 15, "of": 1_000, "value": 1_500.0}  # 13 and 17 of 1,000, which are none of 998 to 1,002
    assert f"{Cell(few):rate}" == "1,300 to 1,700"
    counted = row | {"measure": "missing_episodes_to_police", "unit": "per 100 episodes counted by the police"}
    assert f"{Cell(counted):of}" == "about 104,445"


def near(number: int, to: int) -> int:
    return (2 * number + to) // (2 * to) * to


def holds(text: str, truth: float) -> bool:
    """Whether a printed share or rate says nothing that its true figure contradicts: within the range, or within one of
    the last digit of what is `about` it."""
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", text)
    ends = [float(number.replace(",", "")) for number in numbers]
    if len(ends) == 2:
        return ends[0] <= truth + 1e-9 and truth - 1e-9 <= ends[1]
    return abs(ends[0] - truth) <= 10.0 ** -len(numbers[0].partition(".")[2]) + 1e-9


@given(
    st.integers(8, 4_000),
    st.integers(8, 4_000),
    st.sampled_from([5, 10]),
    st.sampled_from(["percent", "percent:0", "unit"]),
)
def test_the_truth_is_never_outside_what_is_said_of_a_share(count, more, to, spec):
    of = count + more - 8
    row = PUBLIC | {"count": near(count, to), "of": near(of, to), "reason": f"rounded to the nearest {to}"}
    row |= {"value": row["count"] / row["of"]}
    assert holds(f"{Cell(row):{spec}}", 100 * count / of)


@given(st.integers(8, 4_000), st.integers(3_000, 400_000), st.sampled_from([1_000, 10_000, 100_000]))
def test_the_truth_is_never_outside_what_is_said_of_a_rate(count, people, per):
    shown = near(count, 5)
    row = PUBLIC | {"count": shown, "of": people, "value": per * shown / people, "unit": f"per {per:,}"}
    assert holds(f"{Cell(row):rate}", per * count / people)
