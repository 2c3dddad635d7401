"""Control charts drawn: points, mean, limits, and each special cause by shape as well as colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lscb import control_charts as trends

from .base import BLUE, GREY, ORANGE, PALE, gaps

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# What a point means: its shape, its colour, and its words in the legend.
MARKS = {
    "common": ("o", GREY, "common cause"),
    "improvement": ("P", BLUE, "special cause: improvement"),
    "concern": ("s", ORANGE, "special cause: concern"),
    "neutral_high": ("D", BLUE, "special cause: higher"),
    "neutral_low": ("v", BLUE, "special cause: lower"),
}


def control(
    ax: Axes,
    chart: trends.Chart,
    labels: Sequence[str],
    better: str = "neutral",
    floor: float | None = 0,
    ceiling: float | None = None,
    text: Callable[[float], str] = "{:g}".format,
    hidden: Sequence[str] = (),
) -> None:
    """One series' control chart on `ax`. Missing points are gaps; withheld ones the word across a gap, never a zero.

    labels : the period of each point; floor, ceiling : where limits are clipped, for drawing only
    text : how a value is printed; hidden : the labels whose figures are withheld
    """
    x = np.arange(len(labels))
    ax.plot(x, chart.values, color=GREY, linewidth=1, zorder=2)
    for low, high in _spans(chart.began, len(labels)):
        _limits(ax, chart, x, slice(low, high), floor, ceiling)
    kinds = chart.point_type(better)
    for kind in dict.fromkeys(kinds[~np.isnan(chart.values)]):
        marker, colour, words = MARKS[str(kind)]
        here = (kinds == kind) & ~np.isnan(chart.values)
        ax.plot(x[here], chart.values[here], marker, color=colour, markersize=6, label=words, zorder=3)
    withheld = [i for i, label in enumerate(labels) if label in hidden]
    gaps(ax, withheld)
    last = int(chart.last)
    if last >= 0:
        value = float(chart.values[last])
        ax.annotate(text(value), (last, value), (6, 0), textcoords="offset points", va="center", fontweight="bold")
    ticks = x[:: max(1, -(-len(x) // 9))]
    ax.set_xticks(ticks, [labels[i] for i in ticks])
    ax.set_xlim(-0.5, len(labels) - 0.5 + max(0.6, len(labels) / 16))


def _limits(ax: Axes, chart: trends.Chart, x, part: slice, floor, ceiling) -> None:
    """The mean and the limits of one group of points; nothing where there are too few of them."""
    if not chart.limits_shown[part].any():
        return
    style = {"where": "mid", "linewidth": 1.1, "zorder": 1}
    ax.step(x[part], chart.mean[part], color=BLUE, **style)
    low, high = (trends.clip(line[part], floor, ceiling) for line in (chart.low, chart.high))
    for line in (low, high):
        ax.step(x[part], line, color=BLUE, linestyle=(0, (4, 3)), **style)
    ax.fill_between(x[part], low, high, step="mid", color=PALE, alpha=0.45, linewidth=0, zorder=0)


def _spans(began: Sequence[int], points: int) -> list[tuple[int, int]]:
    return list(zip(began, [*began[1:], points], strict=True))
