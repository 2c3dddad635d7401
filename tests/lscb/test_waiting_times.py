"""Waiting times: against a published curve, by hand at the edges, and with the open cases counted in."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb.waiting_times import done_within, kaplan_meier, share_within

# Weeks of remission under 6-mercaptopurine, Freireich et al. (1963) Blood 21:699-716; open cases marked +. The curve and
# its standard errors (Greenwood) as in Kalbfleisch and Prentice and in every textbook since, printed to 3 places.
WEEKS = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+".split()
REMISSION = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
ERRORS = {6: 0.076, 7: 0.087, 10: 0.096, 13: 0.107, 16: 0.114, 22: 0.128, 23: 0.135}


def freireich():
    return kaplan_meier([float(w.rstrip("+")) for w in WEEKS], [not w.endswith("+") for w in WEEKS])


def test_the_curve_is_the_published_one():
    curve = freireich()
    assert curve.time.tolist() == list(REMISSION) and curve.at_risk[0] == 21
    assert (1 - curve.done).tolist() == [pytest.approx(s, abs=5e-4) for s in REMISSION.values()]


def test_the_limits_follow_from_the_published_errors_on_the_log_log_scale():
    curve = freireich()
    for place, (week, share) in enumerate(REMISSION.items()):
        # Var(log(-log S)) = (se / (S log S))^2; limits S ** exp(+- z sd), here from the printed figures.
        spread = 1.96 * ERRORS[week] / (share * abs(np.log(share)))
        low, high = 1 - share ** np.exp(-spread), 1 - share ** np.exp(spread)
        assert curve.low[place] == pytest.approx(low, abs=0.01) and curve.high[place] == pytest.approx(high, abs=0.01)


DEATHS = pd.DataFrame(
    [
        ("2016-01-10", "2016-12-01"),  # in time
        ("2016-02-29", "2017-02-28"),  # twelve months from 29 February end on the 28th: in time
        ("2016-03-01", "2017-03-02"),  # a day late
        ("2017-06-01", "2018-03-31"),  # in time, done on the day itself
        ("2016-06-01", None),  # open, and overdue
        ("2017-03-31", None),  # open, its time ends on the day itself: not yet overdue
        ("2017-11-01", None),  # open, not yet due
        ("2017-12-01", "2018-04-02"),  # done after the day: open on it
        ("2018-04-01", None),  # began after the day
    ],
    columns=["died_on", "review_completed_on"],
)
DAY = "2018-03-31"


def test_open_cases_stand_apart_by_whether_their_time_is_up():
    got = done_within(DEATHS["died_on"], DEATHS["review_completed_on"], DAY, 12)
    assert (got.in_time, got.late, got.overdue, got.not_yet_due) == (3, 1, 1, 3)
    assert got.due == 5


def test_reviews_all_in_time_are_not_all_where_older_ones_are_open():
    # Sixty reviewed within twelve months, six open and older: 60 of 66, not 60 of 60.
    began = ["2016-04-01"] * 66
    done = ["2016-10-01"] * 60 + [None] * 6
    got = done_within(began, done, DAY, 12)
    assert (got.in_time, got.due) == (60, 66)
    assert share_within(began, done, DAY, 12)[0] == pytest.approx(60 / 66)


def test_the_estimate_uses_those_whose_time_is_not_up():
    # Ten began a year and more ago, five of them done at half a year; ten began a quarter ago and are open: by hand, all
    # twenty were at risk when nothing had happened yet, ten at half a year, of whom five were done: 1 - 5/10.
    began = ["2017-03-31"] * 10 + ["2017-12-31"] * 10
    done = ["2017-09-30"] * 5 + [None] * 15
    value, low, high = share_within(began, done, DAY, 12)
    assert value == pytest.approx(0.5) and 0 < low < 0.5 < high < 1


def test_the_day_on_which_the_months_end_is_within_them():
    assert share_within(["2016-04-01"] * 2, ["2017-04-01", "2017-04-02"], DAY, 12)[0] == pytest.approx(0.5)
    assert share_within(["2016-02-29"], ["2017-02-28"], DAY, 12)[0] == 1


def test_nobody_and_nothing_done_are_two_things():
    assert np.isnan(share_within([], [], DAY, 12)).all()
    value, low, high = share_within(["2017-05-01"], [None], DAY, 12)
    assert value == 0 and np.isnan([low, high]).all()


@given(st.lists(st.tuples(st.integers(0, 900), st.booleans()), min_size=1, max_size=40))
def test_the_share_done_never_falls_and_lies_inside_its_limits(cases):
    curve = kaplan_meier([float(d) for d, _ in cases], [h for _, h in cases])
    assert (np.diff(curve.done) >= 0).all() and ((curve.done >= 0) & (curve.done <= 1)).all()
    known = ~np.isnan(curve.low)
    assert (curve.low[known] <= curve.done[known]).all() and (curve.done[known] <= curve.high[known]).all()


@given(st.lists(st.integers(0, 900), min_size=1, max_size=40))
def test_without_open_cases_it_is_the_plain_share(durations):
    curve = kaplan_meier(durations, np.ones(len(durations), bool))
    for time, share in zip(curve.time, curve.done, strict=True):
        assert share == pytest.approx(sum(d <= time for d in durations) / len(durations))


@pytest.mark.parametrize("durations", [[-1.0], [float("nan")]])
def test_a_time_that_cannot_be_is_refused(durations):
    with pytest.raises(ValueError, match="waiting time"):
        kaplan_meier(durations, [True])
