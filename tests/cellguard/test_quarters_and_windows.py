"""Quarters that add to years, and years to rolling windows."""

import pandas as pd
import pytest
from disclosure_tables import AREA, attack, protect
from small_tables import (
    BLANK,
    PARTNERSHIP,
    by_quarter,
    hidden,
    possible,
    windows,
)

from cellguard.documentation import Docs
from cellguard.model_building import build_model


def numbers(tables, issued=()):
    """{period: the number that is known of it} of the one measure of these tables."""
    made = build_model(tables, Docs({}, {}), [(PARTNERSHIP, pack) for pack in issued], [])
    return {
        dict(key[1])["period"]: value for key, value in zip(made.keys, made.values, strict=True) if len(key[1]) == 2
    }


THREE = ("2015-16", 1, 13), ("2016-17", 1, 18), ("2017-18", 1, 5), ("2017-18", 3, 36)


def test_a_measure_that_does_not_add_over_time_is_left_alone(dictionary):
    year = by_quarter(year=60, q1=20, q2=17, q4=20)
    assert len(hidden(year)["t"]) == 1 and attack(year)["exposed"].any()
    dictionary({"people": {"adds_over": ["sex"]}})
    assert hidden(year) == {} and not attack(year)["exposed"].any()


def test_a_measure_whose_year_is_not_its_quarters_is_left_alone():
    # 4 x 10 are not 50: so many people came twice, and 60 - 20 - 17 - 20 says nothing of the third quarter.
    other = by_quarter(year=50, q1=10, q2=10, q3=10, q4=10)["t"]
    other["period"] = other["period"].str.replace("2017-18", "2016-17")
    made = protect({"t": pd.concat([by_quarter(year=60, q1=20, q2=17, q4=20)["t"], other])}, ["partnership"])
    assert (made.protected["partnership"]["t"]["status"] == "shown").all()
    assert made.ledger["rule"].tolist() == ["does not add over quarters"]
    # So much is known of a year of which the parts that are in print are more already.
    assert (
        protect(by_quarter(year=30, q1=20, q2=17), ["partnership"]).ledger["rule"].tolist()
        == made.ledger["rule"].tolist()
    )


@pytest.mark.parametrize(
    "counts, quarter", [(dict(year=60, q1=20, q2=17, q4=20), "Q3"), (dict(year=60, to_q3=57), "Q4")]
)
def test_the_ledger_names_a_quarter_that_no_table_prints(counts, quarter):
    ledger = protect(by_quarter(**counts), ["partnership"]).ledger
    assert ledger["protects"].tolist() == [f"people: area {AREA}, period 2017-18-{quarter}"]


def test_a_year_less_one_so_far_that_is_more_or_has_an_older_figure_in_it_is_no_quarter():
    assert numbers(by_quarter(year=57, to_q3=50))["2017-18-Q4"] == 7
    assert numbers(by_quarter(year=50, to_q3=57)).get("2017-18-Q4") is None
    past = [by_quarter(to_q2=30, q2=20), by_quarter(q2=35)]
    assert numbers(by_quarter(to_q3=50), past).get("2017-18-Q3") is None  # 50 - 30 were 20


def test_windows_of_a_measure_that_does_not_add_over_time_are_left_alone(dictionary):
    shown = {
        "t": windows(*THREE)["t"].assign(count=[13, 18, BLANK, 36], status=["shown", "shown", "suppressed", "shown"])
    }
    assert len(hidden(windows(*THREE))["t"]) == 2 and attack(shown)["exposed"].any()
    dictionary({"people": {"adds_over": ["sex"]}})
    assert hidden(windows(*THREE)) == {"t": {2}} and not attack(shown)["exposed"].any()


def test_windows_of_a_measure_of_which_one_does_not_add_are_left_alone():
    # 13 + 18 + 5 are not 37: then 20 - 10 - 7 says nothing of 2012-13.
    other = ("2013-14", 1, 10), ("2014-15", 1, 7), ("2014-15", 3, 20)
    tables = windows(*THREE[:3], ("2017-18", 3, 37), *other)
    assert hidden(tables) == {"t": {2}}
    note = [["note", "does not add over rolling windows"]]
    ledger = protect(tables, ["partnership"]).ledger
    assert ledger.loc[ledger["kind"] == "note", ["kind", "rule"]].values.tolist() == note
    less = protect(windows(("2015-16", 1, 13), ("2016-17", 1, 18), ("2017-18", 3, 30)), ["partnership"]).ledger
    assert less[["kind", "rule"]].values.tolist() == note  # 13 + 18 are more than 30


def test_the_ledger_names_a_year_that_only_windows_give():
    ledger = protect(windows(("2015-16", 1, 13), ("2016-17", 1, 18), ("2017-18", 3, 34)), ["partnership"]).ledger
    assert ledger["protects"].tolist() == [f"people: area {AREA}, period 2017-18, window 1 year"]


def test_windows_of_calendar_years_add_as_well():
    years = windows(("2015", 1, 13), ("2016", 1, 18), ("2017", 1, 5), ("2017", 3, 36))
    assert len(hidden(years)["t"]) == 2
    years["t"].loc[2, ["count", "status"]] = [BLANK, "suppressed"]
    assert possible(attack(years), period="2017", window="1 year") == "5"
