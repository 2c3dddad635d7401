"""Charts of stocks: the correlation and the widened limits by hand, and what they do to false alarms."""

import numpy as np
import pytest

from lscb.control_charts import xmr
from lscb.stock_charts import lag_correlation, stock_chart

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
