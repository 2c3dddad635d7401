"""Figures as fractions above or below England's, by hand."""

import numpy as np
import pandas as pd
import pytest

from lscb.scorecard import Indicator
from lscb.scorecard_comparison import beside_england, twins


def rows(*lines):
    columns = ["indicator", "measure", "value", "low", "high", "status"]
    return pd.DataFrame([(n, f"official_{m}", *more) for n, m, *more in lines], columns=columns)


BLANK = (np.nan, np.nan)


def test_each_figure_is_a_share_of_englands():
    # DfE, children looked after on 31 March 2018: Southampton 104, England 64 per 10,000; 104 / 64 = 1.625
    latest = rows(
        ("looked_after", "figure", 104, *BLANK, "shown"),
        ("looked_after", "england", 64, *BLANK, "shown"),
        ("looked_after", "region", 48, *BLANK, "shown"),
        ("looked_after", "neighbours", 96, *BLANK, "shown"),
        ("looked_after", "difference_from_england", 0.62, 0.48, 0.77, "shown"),
        ("looked_after", "among_neighbours", 104, 32, 128, "shown"),
    )
    (row,) = beside_england(latest).to_dict("records")
    place = {"own": 0.625, "near": 0.5, "region": -0.25}
    assert row == pytest.approx(place | {"low": 0.48, "high": 0.77, "least": -0.5, "most": 1.0})


def test_without_a_figure_of_england_an_indicator_is_left_out_and_without_others_they_are_blank():
    latest = rows(
        ("a", "figure", 10, *BLANK, "shown"),
        ("a", "england", np.nan, *BLANK, "not_applicable"),
        ("b", "figure", 10, *BLANK, "shown"),
        ("b", "england", 20, *BLANK, "shown"),
        ("c", "england", 20, *BLANK, "shown"),
    )
    found = beside_england(latest)
    assert list(found.index) == ["b", "c"] and found.loc["b", "own"] == -0.5
    assert found.loc["b", ["near", "region", "low", "high"]].isna().all() and np.isnan(found.loc["c", "own"])


def test_no_rows_give_no_rows():
    assert beside_england(rows()).empty


def sent(indicator, *counts, of=50_000.0, status="shown"):
    """Four quarters of 2017-18 of the return."""
    lines = [
        (f"2017-18-Q{n}", f"services_{measure}", indicator, count, of if measure == "rate" else np.nan, status)
        for n, count in enumerate(counts, 1)
        for measure in ("count", "rate")
    ]
    return pd.DataFrame(lines, columns=["period", "measure", "indicator", "count", "of", "status"])


def published(indicator, value, count=np.nan):
    lines = [("official_figure", value, np.nan), ("official_rate", value, count)][: 2 if count == count else 1]
    frame = pd.DataFrame(lines, columns=["measure", "value", "count"])
    return frame.assign(indicator=indicator, period="2017-18", status="shown")


def entry(name, basis="quarterly flow", year="financial", official="annual flow", **more):
    quarter = {"count": name, "basis": basis} | {k: v for k, v in more.items() if k == "of"}
    per = {"per": 10_000} if "of" not in more else {"percent": True}
    return Indicator(name, "g", name, "s", quarter=quarter, official={"basis": official, "year": year} | per)


def test_a_returns_own_year_stands_beside_the_official_one_on_one_basis():
    """By hand: 200 + 210 + 190 + 200 = 800 against 1,000 is a fifth less; 12 + 8 + 11 + 9 = 40 of 800 is 5 %; 100 plans
    of 50,000 children are 20 per 10,000; the number on the last day is that of the last quarter."""
    recorded = pd.concat(
        [sent("referrals", 200.0, 210, 190, 200), sent("again", 12.0, 8, 11, 9), sent("started", 25.0, 25, 25, 25), sent("plans", 300.0, 310, 320, 330), sent("entrants", 5.0, 5, 5, 5), sent("gap", 5.0, 5, 5)]
    )  # fmt: skip
    official = pd.concat(
        [published("referrals", 200.0, 1_000.0), published("again", 0.04), published("started", 25.0), published("plans", 60.0, 300.0), published("entrants", 40.0), published("gap", 40.0)]
    )  # fmt: skip
    entries = {e.name: e for e in (entry("referrals"), entry("again", of="referrals"), entry("started"), entry("plans", basis="snapshot", official="snapshot"), entry("entrants", year="calendar"), entry("gap"))}  # fmt: skip
    found = twins(recorded, official, entries, "2017-18")
    assert found["unit"].to_dict() == {
        "referrals": "count",
        "again": "share",
        "started": "per 10,000",
        "plans": "count",
    }
    assert found["value"].to_dict() == pytest.approx({"referrals": 800, "again": 0.05, "started": 20, "plans": 330})
    assert found["apart"].to_dict() == pytest.approx({"referrals": -0.2, "again": 0.25, "started": -0.2, "plans": 0.1})


def test_beside_an_official_nought_there_is_no_share_apart():
    """Isles of Scilly: a return has children where the official number is 0, which nothing is a percentage above."""
    recorded = pd.concat([sent("referrals", 2.0, 0, 1, 0), sent("plans", 0.0, 0, 0, 0)])
    official = pd.concat([published("referrals", 0.0, 0.0), published("plans", 0.0, 0.0)])
    entries = {e.name: e for e in (entry("referrals"), entry("plans", basis="snapshot", official="snapshot"))}
    found = twins(recorded, official, entries, "2017-18")
    assert found["value"].to_dict() == {"referrals": 3, "plans": 0} and found["apart"].isna().all()


def test_a_withheld_quarter_or_an_absent_year_gives_no_pair():
    recorded = sent("referrals", 200.0, 210, 190, 200)
    hidden = recorded.assign(status=np.where(recorded["period"] == "2017-18-Q2", "suppressed", "shown"))
    entries = {"referrals": entry("referrals")}
    assert twins(hidden, published("referrals", 200.0, 1_000.0), entries, "2017-18").empty
    assert twins(recorded, published("referrals", 200.0).iloc[:0], entries, "2017-18").empty
    assert twins(recorded, published("referrals", 200.0), entries, "2016-17").empty
