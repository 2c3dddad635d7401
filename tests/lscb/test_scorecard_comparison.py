"""Figures as fractions above or below England's, by hand."""

import numpy as np
import pandas as pd
import pytest

from lscb.scorecard_comparison import beside_england


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
        ("looked_after", "rate", 103.8, 80, 112, "shown"),
    )
    (row,) = beside_england(latest).to_dict("records")
    assert row == pytest.approx({"own": 0.625, "near": 0.5, "region": -0.25, "low": 0.25, "high": 0.75})


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
