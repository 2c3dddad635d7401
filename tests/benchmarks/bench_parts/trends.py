"""Control charts of many series at once, against one series at a time in pandas."""

from time import perf_counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from lscb import control_charts as trends
from lscb.control_chart_rules import RULES


class Measured(NamedTuple):
    """Seconds for all series together and, scaled up from a part of them, for one at a time."""

    series: int
    points: int
    together: float
    one_at_a_time: float

    @property
    def times_faster(self) -> float:
        return self.one_at_a_time / self.together


def one_at_a_time(values: pd.Series) -> pd.DataFrame:
    """The same four rules, as one would write them for one series in pandas: what `groupby.apply` calls per series."""
    ranges = values.diff().abs()
    ranges = ranges.where(ranges < 3.267 * ranges.mean())
    mean, half = values.mean(), 2.66 * ranges.mean()
    side, near = np.sign(values - mean), (values - mean).abs() > half * 2 / 3
    beyond = (values - mean).abs() > half
    flags = pd.DataFrame({"outside": beyond, "trend": False, "two_of_three": False, "shift": False}, index=values.index)
    step = np.sign(values.diff())
    for name, sign, run, points in (("trend", step, 6, 7), ("shift", side, 7, 7)):
        ends = sign.rolling(run).sum().abs() == run
        flags[name] = ends[::-1].rolling(points, min_periods=1).max()[::-1] > 0
    two = ((near & ~beyond).rolling(3).sum() >= 2) & (side.rolling(3).sum().abs() == 3)
    flags["two_of_three"] = (two[::-1].rolling(3, min_periods=1).max()[::-1] > 0) & near & ~beyond
    return flags


def measure(series: int = 10_000, points: int = 40, part: int = 100) -> Measured:
    """Limits and rules of random series, both ways. Raises AssertionError where the two ways disagree.

    part : how many series the slow way is timed on
    """
    values = np.random.default_rng(5).normal(100, 10, (series, points))
    began = perf_counter()
    chart = trends.xmr(values)
    flags = {rule: chart.rules[rule] != 0 for rule in RULES}
    fast = perf_counter() - began
    long = pd.DataFrame({"series": np.repeat(np.arange(part), points), "value": values[:part].ravel()})
    began = perf_counter()
    slow = long.groupby("series")["value"].apply(one_at_a_time)
    seconds = (perf_counter() - began) * series / part
    for rule in RULES:
        np.testing.assert_array_equal(flags[rule][:part].ravel(), slow[rule].to_numpy(bool))
    return Measured(series, points, fast, seconds)
