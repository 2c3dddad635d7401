"""Control charts of stocks that carry over from one point to the next, such as children on a plan.

References: Vasilopoulos and Stamboulis (1978) J Qual Technol 10:20-30 (limits of correlated points). Kendall (1954)
Biometrika 41:403-404 (correlation in short series). Bayley and Hammersley (1946) Suppl J R Stat Soc 8:184-197 (a line
through them).
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from .control_chart_rules import MAKING_DATA_COUNT, Rules
from .control_charts import Chart, grouped_chart, mean_along, u_chart
from .seasons import seasonal_chart


def lag_correlation(values: ArrayLike) -> np.ndarray:
    """How alike a point and the next are in each series, from 0 to 0.9; the usual estimate is too low in short series,
    and is corrected for that (Kendall 1954). 0 where there are too few points; pairs across a gap are left out."""
    values = np.asarray(values, float)
    apart = values - mean_along(values)
    count = (~np.isnan(values)).sum(-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        raw = np.nansum(apart[..., 1:] * apart[..., :-1], axis=-1) / np.nansum(apart**2, axis=-1)
        corrected = (count * raw + 1) / (count - 4)
    return np.where(count > 5, np.clip(np.nan_to_num(corrected), 0, 0.9), 0.0)


def drift(values: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """How much each series rises (or falls) a point along a straight line, and the two-sided probability of so steady a
    line without one; 1 with fewer than twelve points.

    The line's error is widened by (1 + r) / (1 - r), r the correlation of neighbouring points once the line is taken
    off, two standard errors above what they show: stocks wander, and few points tell a wandering from a line.
    """
    from scipy.special import stdtr  # Student's distribution, without loading scipy.stats

    values = np.asarray(values, float)
    there = ~np.isnan(values)
    place = np.where(there, np.arange(values.shape[-1]), np.nan)
    place, count = place - mean_along(place), there.sum(-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        steepness = np.nansum(place * values, axis=-1) / np.nansum(place**2, axis=-1)
        left = values - mean_along(values) - steepness[..., None] * place
        r = lag_correlation(left)
        r = np.clip(r + 2 * np.sqrt((1 - r**2) / count), 0, 0.95)
        alike = (1 + r) / (1 - r)
        variance = np.nansum(left**2, axis=-1) / np.fmax(count - 2 * alike, 1)
        t = abs(steepness) / np.sqrt(variance * alike / np.nansum(place**2, axis=-1))
    p = 2 * stdtr(np.fmax(count / alike - 2, 1), -np.nan_to_num(t))
    return steepness, np.where(count >= MAKING_DATA_COUNT.trial_below, p, 1.0)


def stock_chart(
    values: ArrayLike, *, baseline: int | None = None, began: Iterable[int] = (), rules: Rules = MAKING_DATA_COUNT
) -> Chart:
    """Individuals chart of a stock, such as children on a plan at a quarter's end, most of whom were there before.

    Points that carry over lie closer to their neighbours than to the mean, so limits from moving ranges are too narrow:
    they are widened by 1 / sqrt(1 - r), r the correlation of a point with the next (`lag_correlation` of the baseline).
    Runs are what such a series does by itself: where r is above 0, only a point outside the limits is flagged, and
    every point of a group that rises or falls along a line (`drift`), which wide limits would swallow.
    """

    def limits(used: np.ndarray, _here: slice) -> tuple[np.ndarray, np.ndarray]:
        r = lag_correlation(used)[..., None]
        return mean_along(used), rules.limit * mean_along(abs(np.diff(used))) / np.sqrt(1 - r)

    values = np.array(values, float)
    chart = grouped_chart(values, limits, baseline, began, rules)
    first = values if baseline is None else values[..., :baseline]
    alone = lag_correlation(first)[..., None] == 0
    flags = {name: flag if name == "outside" else np.where(alone, flag, 0) for name, flag in chart.rules.items()}
    flags["drift"] = np.zeros_like(flags["outside"])
    for start, end in zip(chart.began, [*chart.began[1:], values.shape[-1]], strict=True):
        steepness, p = drift(values[..., start:end])
        here = chart.limits_shown[..., start:end] & ~np.isnan(values[..., start:end])
        flags["drift"][..., start:end] = here * np.where(p < rules.drift, np.sign(steepness), 0)[..., None]
    return replace(chart, rules=flags)


def dispersion_of(periods: Iterable[str], numbers: ArrayLike, carries_over: bool) -> float:
    """How many times as large as chance makes it the variance of a series' counts is by its control chart, that of a
    stock where it `carries_over`, never below 1: its limits lie three standard errors away. 1 without limits."""
    counts = np.asarray(numbers, float)
    ones = np.ones(len(counts))
    chart = seasonal_chart(
        lambda e: stock_chart(counts - e) if carries_over else u_chart(counts - e, ones, overdispersed=True),
        counts,
        periods,
    )
    if chart.last < 0 or not chart.at_last(chart.limits_shown) or not counts.any():
        return 1.0
    return float(max(1.0, (chart.at_last(chart.high - chart.low) / 6) ** 2 / counts.mean()))
