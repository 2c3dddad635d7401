"""Control charts against published charts, then series as they come, properties and speed."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from bench_parts.trends import measure
from hypothesis import given
from hypothesis import strategies as st

from lscb import control_charts as trends
from lscb.control_chart_rules import RULES, seven_trend

SHARED = Path(__file__).parents[3] / "shared" / "reference-tests" / "ptd"
shared = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="the published reference values (../shared/reference-tests) are not here"
    ),
]

# NHSRplotthedots, vignette "Deviations from the Excel tool" (commit 050b07d), printed to 2 places.
VIGNETTE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


@pytest.mark.parametrize("screen, low, high", [(True, -0.72, 4.60), (False, -3.06, 6.95)])
def test_limits_with_and_without_screening_match_the_vignette(screen, low, high):
    chart = trends.xmr(VIGNETTE, screen=screen)
    assert chart.mean[0] == pytest.approx(1.94, abs=0.005)
    assert (chart.low[0], chart.high[0]) == (pytest.approx(low, abs=0.005), pytest.approx(high, abs=0.005))
    assert np.flatnonzero(chart.cause).tolist() == [4]
    assert chart.special_cause[4] == "above_upper"


def cases(name: str) -> list:
    path = SHARED / name
    if not path.is_file():
        return []
    return json.loads(path.read_text())["series"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in cases("series.json")])
class TestPublishedSeries:
    pytestmark = shared

    def chart(self, case) -> trends.Chart:
        said = case["options"]
        return trends.xmr(
            case["values"],
            screen=said["screen_outliers"],
            baseline=said["fix_after_n_points"],
            began=said["rebase_at"],
        )

    def test_limits(self, case):
        chart = self.chart(case)
        names = {"mean": "mean", "lpl": "low", "upl": "high", "near_lower": "near_low", "near_upper": "near_high"}
        for group in case["expected"]["groups"]:
            part = slice(group["start"], group["end"] + 1)
            for theirs, ours in names.items():
                if theirs in group:
                    assert getattr(chart, ours)[part] == pytest.approx(group[theirs], rel=1e-9, abs=1e-12)
            assert (chart.baseline[part] < 12).all() == group["trial_limits"]
        assert chart.limits_shown.all() == case["expected"]["limits_shown"]

    def test_every_flagged_point(self, case):
        chart, expected = self.chart(case), case["expected"]
        assert chart.special_cause.tolist() == expected["special_cause"]
        for rule, points in expected.get("rules_met", {}).items():
            assert np.flatnonzero(chart.rules[rule]).tolist() == points
        assert chart.point_type(case["options"]["improvement_direction"]).tolist() == expected["point_type"]

    def test_variation_and_assurance(self, case):
        chart, said, expected = self.chart(case), case["options"], case["expected"]
        better = said["improvement_direction"]
        assert chart.variation(better) == (expected["variation"] if expected["limits_shown"] else "")
        target = float("nan") if said["target"] is None else said["target"]
        assert chart.assurance(target, better) == expected["assurance"]


class TestGroupVectors:
    """The vectors of NHSRplotthedots' own tests."""

    pytestmark = shared

    def vectors(self, name):
        return json.loads((SHARED / "rule_vectors.json").read_text())[name]["cases"]

    def test_where_groups_start(self):
        days = [date(2020, 1, 2 + i) for i in range(10)]
        for case in self.vectors("rebase_column"):
            asked = [trends.Rebase(date.fromisoformat(day), "as told") for day in case["rebase"]]
            assert trends.starts(days, asked) == tuple(np.flatnonzero(case["starts"]))

    def test_short_groups_have_trial_limits(self):
        for case in self.vectors("short_group"):
            sizes = case["group_sizes"]
            began = np.cumsum([0, *sizes[:-1]])
            chart = trends.xmr(np.arange(sum(sizes)) % 3, began=began)
            assert [bool(chart.baseline[i] < 12) for i in began] == case["warn"]


@pytest.mark.parametrize(
    "points, shown, trial", [(5, False, False), (6, True, True), (11, True, True), (12, True, False)]
)
def test_limits_need_six_points_and_twelve_to_be_more_than_trial(points, shown, trial):
    chart = trends.xmr(np.arange(points) % 2)
    assert (chart.limits_shown.all(), chart.trial.any()) == (shown, trial)


# --- series as they come -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [0, 4, 0.1, 1 / 3, 1e9 / 7])
def test_a_constant_series_flags_nothing(value):
    chart = trends.xmr([value] * 14)
    assert not chart.cause.any()
    assert (
        chart.low == pytest.approx(chart.mean)
        and chart.high == pytest.approx(chart.mean)
        and not chart.has_limits.any()
    )
    assert chart.mean[0] == pytest.approx(value)
    assert (
        trends.sentence(chart)
        == "14 points; common cause variation; no limits, as the points are all the same; no rule met"
    )


def test_a_series_that_moved_once_and_not_otherwise_keeps_limits():
    """Truth: 135 ten times and 141 ten times; the one moving range is 6, of 19, and is all there is to take limits from."""
    chart = trends.xmr([135] * 10 + [141] * 10)
    assert chart.high[0] == pytest.approx(138 + 2.66 * 6 / 19) and chart.has_limits.all()


def test_a_step_of_the_population_alone_flags_no_rate():
    """Truth: eight entrants in each of sixteen quarters, of a population that falls by a hundredth each year."""
    population = np.repeat([10_400, 10_300, 10_200, 10_100], 4)
    chart = trends.u_chart([8] * 16, population, per=100_000, overdispersed=True)
    assert not chart.cause.any() and (np.diff(chart.values[::4]) > 0).all()
    more = trends.u_chart([8] * 8 + [12] * 8, population, per=100_000)
    assert (more.special_cause[8:] == "shift_above").all()


def test_a_gap_breaks_runs_and_takes_no_moving_range():
    rising = [1.0, 2, 3, 4, np.nan, 5, 6, 7, 8]
    assert not seven_trend(rising).any()
    whole, gapped = trends.xmr([3, 5, 3, 5, 9, 5, 3, 5]), trends.xmr([3, 5, 3, 5, np.nan, 5, 3, 5])
    assert gapped.baseline[0] == 7 and gapped.cause[4] == 0
    assert gapped.high[0] == pytest.approx(np.nanmean(gapped.values) + 2.66 * 2)  # ranges 2, 2, 2 and 2, 2
    assert whole.high[0] != gapped.high[0]


def test_nothing_at_all_is_no_chart():
    assert trends.sentence(trends.xmr([])) == "0 points; fewer than 6 points: not testable"
    assert trends.xmr([np.nan] * 4).variation("increase") == ""


def test_the_last_point_is_the_last_that_is_there():
    assert trends.xmr([*VIGNETTE[:5], np.nan]).last == 4
    assert trends.xmr([3, 4, 3, 4, 3, 4, 3, 4, 99, np.nan]).variation("decrease") == "concern"


def test_a_fixed_baseline_is_not_moved_by_later_points():
    base = [75, 125] * 6
    chart = trends.xmr([*base, 300, 310], baseline=12)
    assert (chart.low[-1], chart.high[-1]) == (pytest.approx(-33), pytest.approx(233))
    assert chart.special_cause[-2:].tolist() == ["above_upper"] * 2
    assert (trends.xmr([*base, 300, 310]).high[-1] > 233).all()


def test_rebasing_needs_a_reason():
    days = [date(2017, m, 1) for m in range(1, 13)]
    assert trends.starts(days, [trends.Rebase(date(2017, 5, 14), "a new threshold for contacts")]) == (5,)
    with pytest.raises(ValueError, match="reason"):
        trends.starts(days, [trends.Rebase(date(2017, 5, 1), "  ")])


def test_limits_are_clipped_for_drawing_only():
    chart = trends.xmr([0, 9, 0, 9, 0, 9, 0, 9])
    assert chart.low[0] < 0
    assert trends.clip(chart.low)[0] == 0
    assert trends.clip([-0.1, 0.4, 1.2], 0, 1).tolist() == [0, 0.4, 1]


# --- other charts ------------------------------------------------------------------------------------------------


def test_p_chart_limits_are_three_binomial_standard_errors():
    # Montgomery, Introduction to Statistical Quality Control, orange juice cans: 30 samples of 50, mean 0.2313,
    # limits 0.0524 and 0.4102; samples 15 and 23 outside.
    cans = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
    chart = trends.p_chart(cans, [50] * 30)
    assert chart.mean[0] == pytest.approx(0.2313, abs=5e-5)
    assert (chart.low[0], chart.high[0]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.4102, abs=5e-5))
    assert np.flatnonzero(chart.rules["outside"]).tolist() == [14, 22]


def test_u_chart_limits_follow_the_population():
    chart = trends.u_chart([4, 9, 4, 5, 6, 4], [1000, 2000, 1000, 1000, 1000, 1000], per=1000)
    mean = 32 / 7000 * 1000
    assert chart.mean[0] == pytest.approx(mean)
    assert chart.high[0] == pytest.approx(mean + 3 * np.sqrt(mean))
    assert chart.high[1] == pytest.approx(mean + 3 * np.sqrt(mean / 2))


def test_overdispersed_limits_are_wider_by_the_spread_between_points():
    met, of = np.array([40, 60] * 8) * 10, [1000] * 16
    plain, wide = trends.p_chart(met, of), trends.p_chart(met, of, overdispersed=True)
    error = np.sqrt(0.5 * 0.5 / 1000)
    z = 0.1 / error * 2 / 1.128 / 2 * 2  # every point 0.1 from the centre, so every range 0.2
    assert plain.rules["outside"].all() and not wide.rules["outside"].any()
    assert wide.high[0] - 0.5 == pytest.approx(3 * error * z)


def test_overdispersed_limits_are_never_narrower_than_chance_alone():
    # Twelve shares of 50 in 100: no spread at all, so the factor would be 0 and every later point outside.
    plain, wide = (trends.p_chart([50] * 12, [100] * 12, overdispersed=wide) for wide in (False, True))
    assert wide.high.tolist() == plain.high.tolist() == [pytest.approx(0.65)] * 12


def test_p_chart_has_no_point_where_there_was_nothing_to_take_a_share_of():
    chart = trends.p_chart([1, 0, 2, 1, 1, 2, 1], [5, 0, 6, 5, 5, 6, 5])
    assert np.isnan(chart.values[1]) and chart.baseline[0] == 6


# --- sentences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, said",
    [
        ([76, 81, 69], "3 points; fewer than 6 points: not testable"),  # section 47 in the annual report
        ([26.8, 21.8, 18.8, 19.6], "4 points; fewer than 6 points: not testable"),  # repeat HRDA referrals
        (
            [5, 9, 7, 6, 8, 7, 5, 9, 6, 8, 7, 6],
            "12 points; common cause variation; limits 1.4 to 12.5; no rule met",
        ),
        (
            [5, 9, 7, 6, 8, 7],
            "6 points; common cause variation; limits 1.7 to 12.3 (trial: fewer than 12 points); no rule met",
        ),
        (
            [75, 125] * 6 + [300],
            "13 points; special cause variation; limits -45.3 to 276.1; the last point is above the upper limit",
        ),
        (
            VIGNETTE,
            "18 points; common cause variation; limits -0.7 to 4.6; no rule met at the last point, some before it",
        ),
    ],
)
def test_what_may_be_said(values, said):
    assert trends.sentence(trends.xmr(values)) == said


# --- many series at once -----------------------------------------------------------------------------------------


@given(
    data=st.lists(st.lists(st.integers(0, 30) | st.none(), min_size=15, max_size=15), min_size=1, max_size=5),
    baseline=st.sampled_from([None, 8]),
    began=st.sampled_from([(), (6,)]),
)
def test_many_series_are_charted_as_each_alone(data, baseline, began):
    values = np.array(data, float)
    together = trends.xmr(values, baseline=baseline, began=began)
    for i, row in enumerate(values):
        alone = trends.xmr(row, baseline=baseline, began=began)
        np.testing.assert_array_equal(together.cause[i], alone.cause)
        np.testing.assert_array_equal(together.high[i], alone.high)
        assert together.variation("increase")[i] == alone.variation("increase")


@given(values=st.lists(st.integers(-50, 50), min_size=12, max_size=40), shift=st.integers(-99, 99))
def test_turning_a_series_over_turns_its_flags_over(values, shift):
    up, down = trends.xmr(np.array(values) + shift), trends.xmr(-np.array(values) - shift)
    for rule in RULES:
        np.testing.assert_array_equal(up.rules[rule], -down.rules[rule])


@pytest.mark.slow
def test_ten_thousand_series_are_a_hundred_times_faster_than_one_at_a_time():
    measured = measure(10_000, 40)  # which also compares the two ways, point by point
    assert measured.times_faster > 100, measured
