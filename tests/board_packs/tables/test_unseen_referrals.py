"""What a return of referrals cannot show is not counted as nothing: old files, blank identifiers, unplaced neighbourhoods."""

from __future__ import annotations

import pandas as pd
import pytest

import returncheck
from board_packs.pages.unanswered_fields import without_unanswered
from board_packs.tables import Inputs, build
from lscb.periods import Quarter
from openstats import Store
from openstats.project_data import DATA

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
TABLES = ["hrda_by_period", "hrda_profile", "hrda_shares", "hrda_time_between", "hrda_rate", "hrda_by_deprivation"]


@pytest.fixture(scope="module")
def rows():
    folder = DATA / "sample" / str(PERIOD) / "hrda_referrals.csv"
    return returncheck.read(folder, PERIOD, AREA).frames["hrda_referrals"].assign(area=AREA)


def tables(rows, *names):
    return build(Inputs(PERIOD, (AREA,), {"hrda_referrals": rows}, None, Store(None)), names or TABLES)


def cell(frame, measure, period, **labels):
    found = frame[(frame["measure"] == measure) & (frame["period"] == period)]
    for name in set(frame) & {"repeat", "children", "decile", "has", "agency", "since_last", "outcome"}:
        found = found[found[name] == labels.get(name, "Total")]
    assert len(found) == 1, (measure, period)
    return found.iloc[0]


def blank(rows, *fields):
    return rows.assign(**{f: pd.array([None] * len(rows), dtype=rows[f].dtype) for f in fields})


def test_an_old_file_is_not_a_quarter_without_referrals(rows):
    """The rows before January 2018, sent as 2017-18-Q4: once read as "0 referrals" and three quarters as a year."""
    made = tables(rows[rows["referred_on"] < "2018-01-01"].reset_index(drop=True))
    for measure in ("hrda_referrals", "hrda_people", "hrda_repeat_rate", "hrda_answered"):
        for period in ("2017-18-Q4", "2017-18"):
            row = cell(made["hrda_by_period"], measure, period)
            assert row["status"] == "not_available" and "no row of 2017-18 Q4" in row["reason"], (measure, period)
            assert pd.isna(row["count"]) and pd.isna(row["value"])
    assert cell(made["hrda_by_period"], "hrda_referrals", "2017-18-Q3")["count"] == 160
    profile = made["hrda_profile"]
    assert set(profile[profile["period"].isin(["2017-18-Q4", "2017-18"])]["status"]) == {"not_available"}
    assert cell(made["hrda_rate"], "hrda_rate", "2017-18")["status"] == "not_available"
    assert set(made["hrda_by_deprivation"]["period"]) == {"2016-17"}  # the newest year that it covers
    change = build(
        Inputs(PERIOD, (AREA,), {"hrda_referrals": rows[rows["referred_on"] < "2018-01-01"]}), ["hrda_change"]
    )
    assert "2017-18" not in set(change["hrda_change"]["period"])


@pytest.mark.parametrize("each, seen", [(5, False), (4, True)])
def test_nought_is_believed_where_few_come(rows, each, seen):
    """Five a quarter in the year before: none in a quarter would come less than once in 148 (exp -5). Four: once in 55."""
    days = pd.date_range("2017-01-02", "2017-12-20", periods=4 * each)
    few = rows.head(len(days)).assign(referred_on=days.astype("datetime64[us]"))
    few["referred_on"] = [
        pd.Timestamp(Quarter.parse("2016-17-Q4").first_day) + pd.DateOffset(months=3 * (n // each), days=n % each)
        for n in range(len(days))
    ]
    made = tables(few, "hrda_by_period")["hrda_by_period"]
    row = cell(made, "hrda_referrals", "2017-18-Q4")
    assert (row["status"] == "shown") == seen
    assert row["count"] == 0 if seen else pd.isna(row["count"])


def test_victims_that_nobody_names_are_not_nought(rows):
    made = tables(blank(rows, "victim_id"))
    people = cell(made["hrda_by_period"], "hrda_people", "2017-18")
    assert people["status"] == "not_available" and "names its victim" in people["reason"]
    assert cell(made["hrda_by_period"], "hrda_referrals", "2017-18")["count"] == 777
    rate = cell(made["hrda_by_period"], "hrda_repeat_rate", "2017-18")
    assert rate["status"] == "not_available" and rate["reason"] == "it is recorded of no referral"
    between = cell(made["hrda_time_between"], "hrda_days_between", "2017-18")
    assert between["status"] == "not_available"


def test_children_that_nobody_counts_are_not_nought(rows):
    made = tables(blank(rows, "children_in_household"), "hrda_by_period")["hrda_by_period"]
    assert cell(made, "hrda_children", "2017-18")["status"] == "not_available"
    share = cell(made, "hrda_households_with_children", "2017-18")
    assert share["status"] == "not_available" and pd.isna(share["of"])


def test_a_field_that_is_never_recorded_has_no_share(rows):
    made = tables(blank(rows, "lgbt"), "hrda_shares")["hrda_shares"]
    share = cell(made, "hrda_lgbt_share", "2017-18")
    assert (share["status"], share["reason"]) == ("not_available", "it is recorded of no referral")
    assert cell(made, "hrda_disabled_share", "2017-18")["status"] == "shown"


def test_no_neighbourhood_anywhere_is_not_nought_in_every_tenth(rows):
    """Whoever opens the table reads that none is known; as it lies it has its noughts, which no unprotected row decides."""
    made = tables(blank(rows, "lsoa"), "hrda_by_deprivation")["hrda_by_deprivation"]
    frame = without_unanswered(made)
    tenths = frame["decile"].isin([*map(str, range(1, 10)), "outside the area"])
    of = frame[tenths & frame["measure"].isin(["hrda_referrals", "hrda_decile_rate"])]
    assert set(of["reason"]) == {"it is recorded of none"} and set(of["status"]) == {"not_available"} and len(of) == 19
    assert of[["value", "count", "low", "high"]].isna().all(axis=None)
    assert cell(frame, "hrda_referrals", "2017-18", decile="not recorded")["count"] == 777
    assert cell(frame, "hrda_decile_residents", "2017-18", decile="1")["count"] > 0


def test_whether_a_tenth_has_a_row_does_not_tell_that_some_of_the_year_were_placed(rows):
    """Of the year's referrals none is placed, of an earlier one's one is or none: the row of each tenth stands, and says
    nought."""
    earlier = rows["referred_on"] < pd.Timestamp(2017, 4, 1)
    one = rows["lsoa"].where(earlier & ~earlier.cumsum().gt(1))
    assert one.notna().sum() == 1
    one, none = (
        tables(each, "hrda_by_deprivation")["hrda_by_deprivation"]
        for each in (rows.assign(lsoa=one), blank(rows, "lsoa"))
    )
    pd.testing.assert_frame_equal(one, none)
    counts = one.query("measure == 'hrda_referrals'")
    by = dict(zip(counts["decile"], counts["count"], strict=True))
    assert [by[str(n)] for n in range(1, 11)] == [0] * 10 and by["not recorded"] == by["Total"] == 777


def test_a_nil_return_is_nought(rows):
    made = tables(rows.head(0), "hrda_by_period")["hrda_by_period"]
    assert set(made["status"]) <= {"shown", "not_applicable", "not_available"}
