"""Small files beside the repository, read and made into tables: the values are counted by hand from each file."""

from pathlib import Path

import pytest

import returncheck
from board_packs.tables import Inputs, registry
from lscb.long_table import TOTAL, dimensions
from lscb.periods import Quarter
from openstats import Store

AREA = "E06000045"
CASES = Path(__file__).parents[4] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="needs the cases beside the repository (../shared/cases)")


def made(folder, period, *names):
    """The tables of some builders from the files of a folder, profiles of the quarter among them; and what was received."""
    quarter = Quarter.parse(period)
    received = returncheck.read(CASES / folder, quarter, AREA)
    rows = {name: frame.assign(area=AREA) for name, frame in received.frames.items()}
    gaps = received.gaps.assign(area=AREA)
    return received, registry.build(
        Inputs(quarter, (AREA,), rows, received.quality, Store(None), {"hrda.profile_of_quarter": True}, gaps), names
    )


def count(table, measure, period, **labels):
    rows = table[(table["measure"] == measure) & (table["period"] == period)]
    for name in dimensions(table)[3:]:
        rows = rows[rows[name] == labels.get(name, TOTAL)] if name != "window" else rows[rows[name] == "1 year"]
    assert len(rows) == 1, (measure, period, labels)
    return rows.iloc[0]["count"] if rows.iloc[0]["status"] == "shown" else rows.iloc[0]["status"]


def test_coded_answers():
    """Five deaths notified in May and June 2024, four reviewed in February 2025; six referrals in February 2025."""
    received, tables = made("coded_answers", "2024-25-Q4", "child_deaths_by_year", "hrda_by_period", "hrda_profile")
    assert received.quality["refused"].sum() == 0
    deaths = tables["child_deaths_by_year"]
    assert count(deaths, "cdop_deaths_notified", "2024-25") == 5
    assert count(deaths, "cdop_reviews_completed", "2024-25") == 4
    frame = received.frames["child_deaths"].set_index("death_id")
    assert frame["category"].dropna().astype(int).to_dict() == {"X1": 7, "X2": 3, "X3": 2, "X4": 8}
    assert frame["categories"].dropna().to_dict() == {"X1": "7", "X2": "3", "X3": "2", "X4": "8;10"}
    referrals, profile = tables["hrda_by_period"], tables["hrda_profile"]
    quarter = "2024-25-Q4"
    assert [count(referrals, m, quarter) for m in ("hrda_referrals", "hrda_people", "hrda_children")] == [6, 6, 4]
    assert [count(referrals, "hrda_referrals", quarter, children=c) for c in ("with children", "not recorded")] == [
        3,
        3,
    ]
    by = {"agency": {"police": 1, "idva": 4, "other": 1}, "victim_sex": {"female": 5, "not recorded": 1},
          "ethnicity": {"White": 4, "Asian": 1, "not recorded": 1}, "disability": {"no": 6},
          "lgbt": {"no": 5, "not recorded": 1}, "outcome": {"heard": 5, "action plan": 1}}  # fmt: skip
    for dimension, labels in by.items():
        got = {label: count(profile, "hrda_referrals", quarter, **{dimension: label}) for label in labels}
        assert got == labels


def test_a_list_that_nobody_knows_makes_no_figure():
    received, tables = made("list_of_an_unknown_return", "2024-25-Q4", "scorecard_quarter")
    assert received.frames == {} and "matches no return" in " ".join(received.problems["rule"])
    assert set(tables["scorecard_quarter"]["status"]) == {"not_available"}


def test_a_list_with_unreadable_dates_is_not_counted_as_whole():
    """Twenty children; of two it is not known when they came, of two whether they left."""
    received, tables = made("looked_after_list_with_unreadable_dates", "2024-25-Q4", "scorecard_quarter")
    line = received.quality.set_index("file").loc["list8.xlsx"]
    assert (line["received"], line["accepted"], line["refused"]) == (20, 18, 2)
    named = received.problems.dropna(subset=["row"]).query("severity != 'note'")
    assert {6, 7, 8, 9} <= set(named["row"])
    table = tables["scorecard_quarter"]
    rows = table[table["indicator"].str.startswith("looked_after") & (table["measure"] == "services_count")]
    assert len(rows) and set(rows["status"]) == {"not_available"}


def test_referrals_with_codes_of_2021_all_count():
    received, tables = made("lsoa_codes_of_2021", "2021-22-Q1", "hrda_by_period")
    assert received.quality["accepted"].sum() == 39 and received.quality["refused"].sum() == 0
    assert count(tables["hrda_by_period"], "hrda_referrals", "2021-22-Q1") == 39


def test_a_return_with_referrals_only():
    names = "exploitation_funnel", "exploitation_flags", "missing_episodes", "return_interviews"
    _, tables = made("return_with_referrals_only/2017-18-Q4", "2017-18-Q4", *names)
    funnel = tables["exploitation_funnel"]
    sent = {"2017-18-Q4": 8, "2017-18": 8 + 7 + 6 + 8, "2016-17": 11 + 10 + 7 + 9, "2015-16": 19 + 18 + 17 + 15}
    assert {period: count(funnel, "exploitation_referrals", period) for period in sent} == sent
    assert {count(funnel, "exploitation_meetings", period) for period in sent} == {"not_available"}
    for name in names[1:]:
        assert set(tables[name]["status"]) == {"not_available"} and tables[name]["reason"].ne("").all()
