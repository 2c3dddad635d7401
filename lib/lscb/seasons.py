"""Seasons of a quarterly series: does the quarter of the year explain it, and a chart that allows for it.

A service that falls each summer is not a service that changes each summer. Where the series itself shows a season, each
quarter is set beside the same quarter of other years: the chart is made of what is left, and drawn with the season on.

References: Searle (1971) Linear Models, s. 3.6 (the F-test of a group of effects beside a trend). Cleveland and
Devlin (1980) J Am Stat Assoc 75:487-496 (seasonal effects of short series).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from .control_chart_rules import LINES, outside
from .control_charts import Chart

YEARS = 3  # at least so many of each quarter, or no season is looked for
LEVEL = 0.01  # the chance of seeing a season where there is none


def quarter_effects(values: ArrayLike, periods: Iterable[str]) -> np.ndarray:
    """How far each point's quarter of the year lies above or below the others, in the unit of the values.

    values : one series, in the order of time; blank points are left out; periods : labels such as 2017-18-Q4
    0 at every point where a line and the quarter of the year explain no more than a line alone (F-test at 1 %), and
    where a quarter has fewer than three points. The four effects add to 0.
    """
    from scipy.special import fdtrc  # the F distribution, without loading scipy.stats

    values = np.asarray(values, float)
    quarter = np.array([int(str(label)[-1]) - 1 if "-Q" in str(label) else -1 for label in periods], int)
    there = ~np.isnan(values) & (quarter >= 0)
    none = np.zeros(values.shape)
    if (np.bincount(quarter[there], minlength=4)[:4] < YEARS).any():
        return none
    place, y = np.flatnonzero(there), values[there]
    of_quarter = np.eye(4)[quarter[there]]
    line = np.column_stack([np.ones(len(y)), place - place.mean()])
    both = np.column_stack([of_quarter, line[:, 1]])
    coefficients, *_ = np.linalg.lstsq(both, y, rcond=None)
    left = float(((y - both @ coefficients) ** 2).sum())
    without = float(((y - line @ np.linalg.lstsq(line, y, rcond=None)[0]) ** 2).sum())
    freedom = len(y) - 5
    if without - left <= 1e-12 * float((y**2).sum()):
        return none
    chance = 0.0 if left == 0 else float(fdtrc(3, freedom, (without - left) / 3 / (left / freedom)))
    effects = coefficients[:4] - coefficients[:4].mean()
    return np.where(quarter >= 0, effects[quarter], 0.0) if chance < LEVEL else none


def seasonal_chart(make: Callable[[np.ndarray], Chart], values: ArrayLike, periods: Iterable[str]) -> Chart:
    """The chart of a series less its season, drawn with the season on; the plain chart where it shows none.

    make : the chart of the values less the effects that it is given, one per point: `lambda e: xmr(values - e)`, or
        `lambda e: p_chart(met - e * of, of)`
    The limits are widened for what the effects themselves have taken up: of n years 1 part in n of the spread.
    """
    effects = quarter_effects(values, periods)
    chart = make(effects)
    if not effects.any():
        return chart
    wider = 1 / np.sqrt(1 - 4 / max(int((~np.isnan(chart.values)).sum()), 8))
    lines = {name: chart.mean + wider * (getattr(chart, name) - chart.mean) + effects for name in LINES}
    drawn = np.asarray(chart.values + effects)
    rules = chart.rules | {"outside": outside(drawn, lines["low"], lines["high"])}
    return replace(chart, values=drawn, rules=rules, season=effects, **lines)
