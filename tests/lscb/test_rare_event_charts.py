"""Charts of the time between rare events."""

from datetime import date

import numpy as np
import pytest

from lscb import rare_event_charts as rare


def test_days_between_events_and_their_chart():
    events = [date(2017, 1, 1), date(2017, 3, 1), date(2017, 1, 31), date(2017, 3, 1)]
    assert rare.days_between(events).tolist() == [30, 29, 0]
    quiet = rare.t_chart([10, 30, 50, 5, 80, 20, 40, 35, 15, 60, 25, 45, 1500])
    assert quiet.special_cause[-1] == "above_upper"
    assert quiet.low[0] >= 0 and not quiet.cause[:-1].any()
    assert rare.t_chart([1, 100] * 6).low[0] == 0  # below 0 days on the transformed scale


def test_g_chart_limits_are_geometric():
    # Mean 24 cases between events: standard deviation sqrt(24 * 25), so 24 + 3 * 24.495 = 97.48; below nought: nought.
    chart = rare.g_chart([20, 28] * 6 + [24])
    assert chart.mean[0] == pytest.approx(24)
    assert chart.high[0] == pytest.approx(97.485, abs=5e-4) and chart.low[0] == 0
    assert not chart.cause.any()


def test_only_a_long_run_without_an_event_is_flagged_by_a_g_chart():
    chart = rare.g_chart([10] * 12 + [20] * 8 + [400])
    assert np.flatnonzero(chart.cause).tolist() == [20] and chart.special_cause[-1] == "above_upper"


def test_chance_alone_seldom_flags_a_g_chart():
    between = np.random.default_rng(2).geometric(0.05, size=(4_000, 24)) - 1
    assert np.mean(rare.g_chart(between).cause[:, -1] != 0) < 0.03
