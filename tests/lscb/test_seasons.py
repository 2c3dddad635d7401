"""Seasons: by hand, beside a real change, and how often one is seen where there is none."""

import numpy as np
import pytest

from lscb.control_charts import p_chart, xmr
from lscb.seasons import quarter_effects, seasonal_chart

PERIODS = [f"{year}-{(year + 1) % 100:02d}-Q{number}" for year in range(2013, 2018) for number in range(1, 5)]
NOISE = np.array([1, -2, 0, 2, -1, 1, 2, -2, 0, -1, 1, 0, 2, -1, -2, 1, 0, 2, -1, -2], float)
SUMMER = np.where(np.arange(20) % 4 == 1, 60.0, 100.0) + NOISE  # a service that falls each summer by two fifths


def test_the_effects_are_those_of_the_quarters_and_add_to_nothing():
    level = np.tile([10.0, 20, 30, 40], 5)  # the mean is 25
    assert quarter_effects(level, PERIODS) == pytest.approx(np.tile([-15.0, -5, 5, 15], 5))
    rising = level + 3 * np.arange(20)  # a line beside them is no season
    assert quarter_effects(rising, PERIODS) == pytest.approx(np.tile([-15.0, -5, 5, 15], 5))


@pytest.mark.parametrize(
    "values", [np.full(20, 7.0), NOISE, np.arange(20.0), np.where(np.arange(20) < 10, 5.0, 9) + NOISE / 9]
)
def test_a_level_a_line_and_a_step_are_no_season(values):
    assert not quarter_effects(values, PERIODS).any()


def test_two_years_and_labels_that_are_no_quarters_show_none():
    assert not quarter_effects(SUMMER[:8], PERIODS[:8]).any()
    assert not quarter_effects(SUMMER, [str(year) for year in range(2000, 2020)]).any()


def test_a_summer_like_every_summer_is_not_flagged_and_one_unlike_is():
    def chart(values):
        return seasonal_chart(lambda effects: xmr(values - effects), values, PERIODS)

    usual = chart(SUMMER)
    assert not usual.cause.any() and np.array_equal(usual.values, SUMMER)
    assert usual.mean[1] < 70 and usual.mean[0] > 95  # the lines go with the season
    low = SUMMER.copy()
    low[17] = 40  # the last summer, twenty lower than the others
    assert chart(low).rules["outside"][17] == -1


def test_a_share_less_its_season_keeps_its_denominators():
    of = np.full(20, 400.0)
    met = np.round(of * np.where(np.arange(20) % 4 == 1, 0.5, 0.8))
    got = seasonal_chart(lambda e: p_chart(met - e * of, of, overdispersed=True), met / of, PERIODS)
    assert not got.cause.any() and got.values == pytest.approx(met / of)
    # the centre of what is left is 0.725; its limits are wider by what four effects take of twenty points
    half = 3 * np.sqrt(0.725 * 0.275 / 400) / np.sqrt(1 - 4 / 20)
    assert (got.high - got.mean) == pytest.approx(np.full(20, half))


def test_a_season_is_seldom_seen_where_there_is_none():
    random = np.random.default_rng(4)
    assert np.mean([quarter_effects(random.normal(size=20), PERIODS).any() for _ in range(2_000)]) < 0.02
