"""Charts of stocks: the correlation and the widened limits by hand, and what they do to false alarms."""

import numpy as np
import pytest
from scipy.stats import linregress
from scipy.stats import t as student

from lscb.control_charts import xmr
from lscb.stock_charts import drift, lag_correlation, stock_chart

SERIES = [10.0, 12, 11, 10, 9, 10, 11, 9, 8, 10]


def test_the_correlation_by_hand():
    # Mean 10, deviations 0 2 1 0 -1 0 1 -1 -2 0: squares add to 12, products of neighbours to 2 - 1 + 2 = 3, a quarter.
    # Corrected for ten points as Kendall has it: (10 / 4 + 1) / 6.
    assert lag_correlation(SERIES) == pytest.approx((10 * 3 / 12 + 1) / 6)


def test_a_series_that_swings_and_a_short_one_have_none():
    assert lag_correlation([1.0, 5, 1, 5, 1, 5, 1, 5]) == 0 and lag_correlation([1.0, 2, 3, 4]) == 0
    assert lag_correlation([7.0] * 12) == 0


def test_limits_are_widened_by_the_correlation():
    chart, r = stock_chart(SERIES), float(lag_correlation(SERIES))
    ranges = np.abs(np.diff(SERIES)).mean()
    assert chart.mean[0] == pytest.approx(10)
    assert chart.high[0] - chart.mean[0] == pytest.approx(2.66 * ranges / np.sqrt(1 - r))


def test_runs_are_flagged_only_where_points_do_not_carry_over():
    rising = np.arange(12.0)
    assert (stock_chart(rising).rules["trend"] == 0).all() and xmr(rising).rules["trend"].any()
    still = [5.0, 1, 6, 2, 5, 1, 6, 2, 5, 1, 6, 60]
    assert stock_chart(still).rules["outside"][-1] == 1


def correlated(r, series, points, seed=1):
    """Series of which each point is r times the last and chance for the rest: a stock without any change."""
    shocks = np.random.default_rng(seed).normal(size=(series, points))
    values = np.empty_like(shocks)
    values[:, 0] = shocks[:, 0]
    for n in range(1, points):
        values[:, n] = r * values[:, n - 1] + np.sqrt(1 - r**2) * shocks[:, n]
    return 100 + 10 * values


def test_a_stock_without_change_is_seldom_flagged_and_a_real_one_is():
    for r in (0.0, 0.5, 0.8):
        values = correlated(r, 4_000, 24)
        false = np.mean(stock_chart(values).cause[:, -1] != 0)
        assert false < 0.03, (r, false)
        assert r < 0.5 or np.mean(xmr(values).cause[:, -1] != 0) > 3 * false
    shifted = correlated(0.0, 2_000, 24)
    shifted[:, -1] += 50  # five standard deviations
    assert np.mean(stock_chart(shifted).cause[:, -1] == 1) > 0.8


def test_a_line_through_a_stock_by_the_regression_of_the_textbook():
    # Points that swing about a line are alike to no degree: r is 0, two standard errors above it 2 / sqrt(12).
    values = 3.0 * np.arange(12) + np.where(np.arange(12) % 2, 9, -9)
    line, r = linregress(np.arange(12), values), 2 / np.sqrt(12)
    alike = (1 + r) / (1 - r)
    t = (
        line.slope / line.stderr * np.sqrt((12 - 2 * alike) / (12 - 2) / alike)
    )  # fewer points than twelve, as they count
    steepness, p = drift(values)
    assert steepness == pytest.approx(line.slope) and p == pytest.approx(2 * student.sf(t, 12 / alike - 2))


STEADY = 300 + 10 * np.arange(20) + np.tile([12.0, -16, 4, -8, 16], 4)  # up by half in five years, and nothing else


def test_a_stock_that_rises_steadily_is_not_lost_in_its_wide_limits():
    for values, sign in ((STEADY, 1), (-STEADY, -1)):
        chart = stock_chart(values)
        assert (chart.rules["drift"] == sign).all() and chart.special_cause[-1].startswith("drift")
        assert not any(flag.any() for name, flag in chart.rules.items() if name != "drift")
    gaps = np.where(np.arange(20) == 7, np.nan, STEADY)
    assert stock_chart(gaps).rules["drift"].tolist() == [0 if n == 7 else 1 for n in range(20)]
    started = stock_chart(np.r_[STEADY, np.full(13, 480.0) + np.tile([1.0, -1], 7)[:13]], began=[20])
    assert started.rules["drift"].tolist() == [1] * 20 + [0] * 13


def test_what_is_no_steady_rise_is_not_called_one():
    assert drift(STEADY[:11])[1] == 1 and drift(np.full(20, 7.0))[1] == 1
    step = np.r_[STEADY[:1].repeat(10), STEADY[:1].repeat(10) + 80] + np.tile([3.0, -4, 1, -2, 4], 4)
    assert not stock_chart(step).rules["drift"].any()
    for r in (0.5, 0.8, 0.9):
        assert np.mean(drift(correlated(r, 4_000, 20))[1] < 0.0027) < 0.005, r
