"""A scorecard as a whole: by hand, then its false alarms and its power by simulation."""

import numpy as np
import pytest
from scipy.stats import t as student

from lscb.scorecard_changes import changes, holm, inflation


def test_independent_points_are_compared_by_the_t_test_of_the_textbook():
    # The spread is that of the points before; a new mean of four differs from theirs of eight with 1/8 + 1/4 of it.
    before, after = [12.0, 15, 11, 14, 13, 16, 12, 15], [19.0, 19, 19, 19]
    got = changes([before + after])
    spread = np.var(before, ddof=1)
    t = (19 - 13.5) / np.sqrt(spread * (1 / 8 + 1 / 4))
    assert got.difference[0] == pytest.approx(5.5)
    assert got.p[0] == pytest.approx(2 * student.sf(t, 7)) and got.changed[0]


def test_holm_by_hand():
    # Four tests at 0.10: the limits are 0.025, 0.033, 0.05, 0.10; the third fails, and so does the fourth.
    assert holm([0.01, 0.03, 0.06, 0.09], 0.10).tolist() == [True, True, False, False]
    assert holm([0.09, 0.01], 0.10).tolist() == [True, True] and holm([0.06, 0.06], 0.10).tolist() == [False, False]
    assert holm([float("nan"), 0.09], 0.10).tolist() == [False, True]  # what was not tested costs nothing


def test_the_variance_of_a_mean_of_like_neighbours_by_hand():
    # Three points, r one half: 1 + 2 (2/3 * 1/2 + 1/3 * 1/4) = 1.8333; without likeness 1.
    assert inflation(np.array([3.0]), np.array([0.5]))[0] == pytest.approx(11 / 6)
    assert inflation(np.array([3.0]), np.array([0.0]))[0] == 1


def test_too_few_points_or_a_gap_in_the_recent_ones_say_nothing():
    short = [1.0] * 7 + [9.0] * 4
    gap = [1.0, 2, 1, 2, 1, 2, 1, 2, np.nan, 2, 1, 2]
    padded = [np.nan] + short
    got = changes([padded, gap])
    assert np.isnan(got.p).all() and np.isnan(got.difference).all() and not got.changed.any()


def test_a_constant_series_has_changed_only_where_it_has():
    got = changes([[5.0] * 12, [5.0] * 8 + [6.0] * 4])
    assert got.changed.tolist() == [False, True]


def test_a_stock_that_rises_or_falls_steadily_has_changed():
    line = 10.0 * np.arange(24) + np.tile([3.0, -4, 1, -2], 6)
    level = np.tile([3.0, -4, 1, -2], 6) + np.r_[np.zeros(4), np.ones(20)]
    got = changes([300 + line, 300 - line, 300 + level], carries_over=True)
    assert got.changed.tolist() == [True, True, False] and got.difference[0] > 0 > got.difference[1]


def series(r, shape, random):
    """Series without a change, each point r times the last and chance for the rest."""
    shocks = random.normal(size=shape)
    values = np.empty(shape)
    values[:, 0] = shocks[:, 0]
    for n in range(1, shape[1]):
        values[:, n] = r * values[:, n - 1] + np.sqrt(1 - r**2) * shocks[:, n]
    return values


@pytest.mark.slow
@pytest.mark.parametrize(
    "r, stock, power", [(0.0, False, 0.8), (0.0, True, 0), (0.5, True, 0), (0.8, True, 0), (0.9, True, 0)]
)
def test_nineteen_indicators_without_a_change_are_seldom_flagged_and_a_real_one_is(r, stock, power):
    random, false, detected = np.random.default_rng(3), 0, 0
    for _ in range(500):
        values = series(r, (19, 24), random)
        false += changes(values, stock).changed.any()
        values[0, -4:] += 2.5
        detected += changes(values, stock).changed[0]
    print(f"correlation {r}, {'stock' if stock else 'flow'}: false {false / 500:.3f}, power {detected / 500:.2f}")
    assert false / 500 <= 0.10 and detected / 500 >= power
