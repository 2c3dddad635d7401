"""Which indicators of a scorecard have changed, with the chance of a false alarm held for the scorecard as a whole.

Nineteen charts looked at together flag something by chance in every fourth quarter, and more often where figures carry
over from one quarter to the next. Here each indicator's last points are compared with those before them, for stocks
with a standard error widened by how alike neighbouring points are and beside a test of a steady rise or fall
(`stock_charts.drift`), and the tests are held together by Holm's procedure: the chance that any indicator without a
change is flagged stays below `false_alarms`, however many there are.

Simulated with nineteen normal series of 24 points (`make bench`): none changed, one is flagged in 9 % of quarters
(flows) and in at most 9 % (stocks with a correlation of 0 to 0.9). A shift of 2.5 sigma over the last four quarters
is found in 89 % (flows), and in 41, 12 and 5 % of stocks with a correlation of 0, 0.5 and 0.8: twenty quarters of a
stock say little. A steady rise by 12 sigma is found in 84 and 18 % of stocks with a correlation of 0 and 0.5.

References: Holm (1979) Scand J Stat 6:65-70. Bayley and Hammersley (1946) Suppl J R Stat Soc 8:184-197 (the effective
number of correlated points). Kendall (1954) Biometrika 41:403-404 (correlation in short series).
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .control_chart_rules import MEANINGS
from .scorecard import Series
from .stock_charts import drift, lag_correlation


class Changes(NamedTuple):
    """What became of each series: one entry per series.

    difference : mean of the recent points less mean of those before, in the series' own unit; nan with too few points
    p : two-sided probability of so large a difference without a change; nan with too few points
    changed : whether it is flagged, with the false alarms of all series together held
    """

    difference: np.ndarray
    p: np.ndarray
    changed: np.ndarray


def changes(
    values: ArrayLike,
    carries_over: ArrayLike = False,
    recent: int = 4,
    false_alarms: float = 0.09,
    least: int = 8,
) -> Changes:
    """Which of several series (series x points, in the order of time) have moved in their last `recent` points.

    carries_over : whether a series is a stock, most of which was there the quarter before, for each or for all. Its
        correlation is taken one standard error above what the points show, which is little in short series
    false_alarms : the chance that any of the series is flagged where none has changed
    least : points before the recent ones; with fewer, nothing can be said of a series
    A blank (nan) is a point that is not there; a series whose recent points are not all there is not tested.
    """
    from scipy.special import stdtr  # Student's distribution, without loading scipy.stats

    values = np.atleast_2d(np.asarray(values, float))
    before, after = values[:, :-recent], values[:, -recent:]
    count = (~np.isnan(before)).sum(axis=1)
    tested = (count >= least) & ~np.isnan(after).any(axis=1)
    n = np.where(tested, count, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = np.nansum(before, axis=1) / n
        spread = np.nansum((before - centre[:, None]) ** 2, axis=1) / (n - 1)
        r = lag_correlation(before)
        r = np.where(np.asarray(carries_over, bool), np.clip(r + np.sqrt((1 - r**2) / n), 0, 0.95), 0.0)
        wide, wide_after = inflation(n, r), inflation(np.full(len(n), float(recent)), r)
        variance = spread * (n - 1) / np.fmax(n - wide, 1)  # neighbours alike make the spread look small
        error = np.sqrt(variance * (wide / n + wide_after / recent))
        difference = after.mean(axis=1) - centre
        freedom = np.maximum(n / wide - 1, 1)
        p = 2 * stdtr(freedom, -abs(difference) / error)
    p = np.where(tested & (spread == 0), np.where(difference == 0, 1.0, 0.0), p)
    steady = np.fmin(p / 0.8, drift(values)[1] / 0.2)  # of a stock's false alarms a fifth are of a line
    p = np.where(np.asarray(carries_over, bool) & tested, steady, p)
    return Changes(np.where(tested, difference, np.nan), np.where(tested, p, np.nan), holm(p, false_alarms))


def together(lines: Mapping[str, Series], recent: int = 4, false_alarms: float = 0.09) -> pd.DataFrame:
    """What a scorecard's series show, looked at together: one row per series, by its name. A rate has changed where its
    count has too, the same way (as `control_charts.u_chart` asks): a population's step alone is no change.

    tested : its newest points can be set beside those before (since its last rebasing; rounded ones cannot)
    changed : `better`, `worse`, `higher`, `lower`, or `` where the tests, held together, find no change
    flagged : `now` where a rule of its own chart flags the newest point, `earlier` where one flags only points before,
        else ``
    """
    longest = max((len(line.values) for line in lines.values()), default=0)
    rows, left = [], np.full((2, len(lines), longest), np.nan)  # the figures, and the counts of those that are rates
    for place, line in enumerate(lines.values()):
        chart, cells = line.chart, line.cells
        if chart.last < 0 or not chart.at_last(chart.limits_shown):
            continue
        season = chart.season if chart.season.size else 0
        pair = np.array([chart.values - season] * 2)
        if line.unit.startswith("per"):
            pair[1] = cells["count"] - season * cells["of"] / line.indicator.quarter["per"] + 0 * pair[0]
        left[:, place, longest - pair.shape[1] + chart.began[-1] :] = pair[:, chart.began[-1] :]
    stocks = [line.indicator.carries_over for line in lines.values()]
    found, counted = (changes(each, stocks, recent, false_alarms) for each in left)
    both = found.changed & counted.changed & (np.sign(found.difference) == np.sign(counted.difference))
    for line, gap, p, changed in zip(lines.values(), found.difference, found.p, both, strict=True):
        meant = MEANINGS[line.indicator.better][int(gap < 0)] if changed else ""
        cause = line.chart.cause
        flagged = "" if not cause.any() else "now" if line.chart.at_last(cause) else "earlier"
        rows.append((bool(p == p), WORDS.get(meant, ""), flagged))
    return pd.DataFrame(rows, index=list(lines), columns=["tested", "changed", "flagged"])


WORDS = {"improvement": "better", "concern": "worse", "neutral_high": "higher", "neutral_low": "lower"}


def inflation(n: np.ndarray, r: np.ndarray) -> np.ndarray:
    """How many times wider the variance of a mean of n points is where each is like the next to the degree r.

    Bayley and Hammersley: 1 + 2 sum (1 - k / n) r^k over k from 1 to n - 1.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(1 + 2 * r / (1 - r) * (1 - (1 - r**n) / (n * (1 - r))))


def holm(p: ArrayLike, false_alarms: float) -> np.ndarray:
    """Which of several tests may be called significant together; nan is a test that was not made, and costs nothing."""
    p = np.asarray(p, float)
    order = np.argsort(np.where(np.isnan(p), np.inf, p), kind="stable")
    made = int((~np.isnan(p)).sum())
    limits = false_alarms / np.maximum(made - np.arange(len(p)), 1)
    below = np.logical_and.accumulate(p[order] <= limits)  # the first that fails stops all that follow
    flagged = np.zeros(len(p), bool)
    flagged[order] = below
    return flagged
