"""Child death calculations at every edge. Expected values by hand from DEFINITIONS.md (a) and its rulings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb import child_deaths as deaths
from openstats.project_data import standard

# --- categories --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "candidates, primary",
    [
        ([8], 8), ([8, 3], 3), ([3, 8], 3), ((7, 10, 9), 7), ({10, 1}, 1), ("7;8", 7), (" 10 ; 9 ", 9), ("4", 4),
        (5, 5), (5.0, 5), ([7, 7], 7), (["10", "2"], 2), ([None, 6], 6), (np.int64(9), 9),
    ],
)  # fmt: skip
def test_the_highest_in_the_list_wins(candidates, primary):
    assert deaths.primary_category(candidates) == primary


@pytest.mark.parametrize("candidates", [[], "", None, float("nan"), pd.NA, [None], "  "])
def test_no_category_is_missing_and_never_ten(candidates):
    assert deaths.primary_category(candidates) is None


@pytest.mark.parametrize("candidates", [0, 11, -1, [0, 3], [3, 11], "3;x", "3;12", True, 2.5, [8, "N/K"]])
def test_a_candidate_outside_one_to_ten_is_refused_even_beside_valid_ones(candidates):
    with pytest.raises(ValueError, match="1 to 10"):
        deaths.primary_category(candidates)


@given(st.lists(st.integers(1, 10), min_size=1))
def test_the_primary_category_is_the_least_number(candidates):
    assert deaths.primary_category(candidates) == min(candidates)


def test_many_at_once_keep_their_index():
    found = deaths.primary_category(pd.Series(["10;8", None, "7", ""], index=[4, 3, 2, 1]))
    assert found.tolist() == [8, pd.NA, 7, pd.NA] and found.index.tolist() == [4, 3, 2, 1]


def test_the_ten_names_stand_in_their_order():
    # ADC 2017;102 Suppl 1:A53.3 names 3, 7, 8, 9 and 10.
    names = standard("child_deaths.categories")
    assert list(names) == list(deaths.CATEGORIES)
    assert names[3] == "Trauma and other external factors" and names[8] == "Perinatal/neonatal event"
    assert names[7].startswith("Chromosomal") and names[9] == "Infection" and names[10].startswith("Sudden unexpected")


# --- cohorts, timeliness, outstanding -----------------------------------------------------------------------------

CASES = pd.DataFrame(
    {
        "death_id": ["D1", "D2", "D3", "D4", "D5"],
        "born_on": ["2017-03-30", "2010-01-01", "2017-05-01", "2017-09-30", "2016-02-29"],
        "died_on": ["2017-03-31", "2016-12-01", "2017-05-03", "2017-09-30", "2017-03-01"],
        "notified_on": ["2017-04-01", "2016-12-02", "2017-05-03", "2018-03-31", "2017-03-31"],
        "review_completed_on": ["2017-09-30", "2018-03-31", None, None, "2018-04-01"],
        "reopened_on": [None, None, None, None, None],
        "paused_for": [None, None, "coroner", " ", None],
    }
)
YEAR = ("2017-04-01", "2018-03-31")


def test_two_cohorts_by_their_own_dates_both_ends_included():
    assert deaths.notified(CASES, *YEAR).tolist() == [True, False, True, True, False]
    assert deaths.completed(CASES, *YEAR).tolist() == [True, True, False, False, False]


def test_outstanding_is_what_is_notified_and_not_completed_by_the_day():
    assert deaths.outstanding(CASES, "2018-03-31").tolist() == [False, False, True, True, True]
    assert deaths.outstanding(CASES, "2018-03-30").tolist() == [False, True, True, False, True]
    assert deaths.standing(CASES, "2018-03-31").tolist() == [
        "in progress",
        "in progress",
        "paused",
        "in progress",
        "in progress",
    ]


@pytest.mark.parametrize(
    "reopened, open_again",  # completed on 30 September 2017, and perhaps opened again that afternoon
    [("2018-03-31", True), ("2018-04-01", False), ("2017-09-30", True), ("2017-09-01", False)],
)
def test_a_reopened_review_is_outstanding_again(reopened, open_again):
    again = CASES.assign(reopened_on=[reopened, None, None, None, None])
    assert deaths.outstanding(again, "2018-03-31").tolist()[0] is open_again
    assert (deaths.standing(again, "2018-03-31")[0] == "reopened") is (reopened <= "2018-03-31")


@pytest.mark.parametrize(
    "died, reviewed, lasted, within",
    [
        ("2017-01-15", "2017-07-15", 181, "within 6 months"), ("2017-01-15", "2017-07-16", 182, "over 6 to 12 months"),
        ("2017-01-15", "2018-01-15", 365, "over 6 to 12 months"), ("2017-01-15", "2018-01-16", 366, "over 12 months"),
        ("2016-08-31", "2017-02-28", 181, "within 6 months"), ("2016-08-31", "2017-03-01", 182, "over 6 to 12 months"),
        ("2016-02-29", "2017-02-28", 365, "over 6 to 12 months"), ("2016-02-29", "2017-03-01", 366, "over 12 months"),
        ("2017-01-15", "2017-01-15", 0, "within 6 months"),
    ],
)  # fmt: skip
def test_time_to_review_includes_the_day_on_which_the_months_end(died, reviewed, lasted, within):
    found = deaths.time_to_review(pd.Series([died]), pd.Series([reviewed]))
    assert found.iloc[0].tolist() == [lasted, within]


def test_a_review_missing_or_before_the_death_has_no_time():
    found = deaths.time_to_review(pd.Series(["2017-01-15"] * 2), pd.Series([None, "2017-01-14"]))
    assert found.isna().all(axis=None)


@pytest.mark.parametrize(
    "died, waited",
    [
        ("2017-10-01", "under 6 months"), ("2017-09-30", "6 to under 12 months"),
        ("2017-09-29", "6 to under 12 months"),
        ("2017-04-01", "6 to under 12 months"), ("2017-03-31", "12 months and over"), ("2018-03-31", "under 6 months"),
    ],
)  # fmt: skip
def test_outstanding_cases_are_aged_in_completed_months_from_the_death(died, waited):
    assert deaths.case_age(pd.Series([died]), "2018-03-31").tolist() == [waited]


def test_quartiles_are_type_seven():
    # Hyndman and Fan (1996) Am Stat 50:361-365, definition 7: of 1, 2, 3, 4 the quartiles are 1.75, 2.5, 3.25.
    assert deaths.quartiles([4, 1, 3, 2]) == (1.75, 2.5, 3.25)
    assert deaths.quartiles(pd.Series([113, None, 200], dtype="Int64")) == (134.75, 156.5, 178.25)
    assert np.isnan(deaths.quartiles([])).all()


# --- contributory factors --------------------------------------------------------------------------------------------

SCALES = {"Form C": {0: "", 1: "none", 2: "may", 3: "full"}, "New form": {0: "", 1: "none", 2: "yes"}}


def levels(scores, versions):
    scores, versions = pd.Series(scores, dtype="Int64"), pd.Series(versions, dtype="str")
    return deaths.factor_levels(scores, versions, SCALES, "New form").astype("object").replace({np.nan: None}).tolist()


def test_no_information_is_missing_and_each_version_has_its_scale():
    assert levels([0, 1, 2, 2, 3, None], ["Form C", "Form C", "form c ", "New form", "Form C", "Form C"]) == [
        None, "none", "may", "yes", "full", None,
    ]  # fmt: skip
    assert levels([2], [None]) == ["yes"]  # a version that is not recorded reads as the current one


@pytest.mark.parametrize("score, version", [(3, "New form"), (1, "Form Z"), (0, "2019 b"), (-1, "Form C")])
def test_a_score_that_no_scale_can_read_is_counted_apart_and_takes_no_other_with_it(score, version):
    assert levels([1, score, 2], ["Form C", version, "New form"]) == ["none", deaths.OFF_SCALE, "yes"]


def test_without_a_score_the_version_does_not_matter():
    assert levels([None], ["2019 b"]) == [None]


def test_the_settings_hold_a_scale_for_the_current_form():
    assert standard("child_deaths.forms")["Form C"][0] == ""
