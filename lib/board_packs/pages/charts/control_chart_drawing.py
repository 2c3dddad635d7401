"""A control chart drawn on axes: points, mean, limits, and each special cause by shape as well as colour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from lscb import control_charts

from ..cell_value import Cell
from ..sentences import rounded_rows
from .drawing import BLUE, GREY, ORANGE, PALE, gaps, periods, shares, whole
from .mark_names import End, at_ends, line_end
from .readings import answers

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# What a point means: its shape, its colour, and its words beside the newest of its kind.
MARKS = {
    "common": ("o", GREY, "common cause"),
    "improvement": ("P", BLUE, "special cause: improvement"),
    "concern": ("s", ORANGE, "special cause: concern"),
    "neutral_high": ("D", BLUE, "special cause: higher"),
    "neutral_low": ("v", BLUE, "special cause: lower"),
}
UNTESTED = "not tested for change"


def control(
    ax: Axes,
    rows: pd.DataFrame,
    chart: control_charts.Chart,
    style: str = "percent",
    better: str = "neutral",
    centre: str = "mean",
) -> Axes:
    """One series' control chart on `ax`, places 0, 1, ... in the order of the rows. Returns the axes.

    rows : the rows charted, one per point of `chart`; missing points are gaps, withheld ones a quiet mark
    style : how the last value is printed, and whether limits stop at 0 and 1 (`percent`) or at 0 alone
    better : `increase`, `decrease` or `neutral`: which way is improvement
    centre : what the line in the middle is called: `centre line` where it is the mean of transformed values
    """
    if rounded_rows(rows):  # of rounded figures no finding is made, and so no limit is drawn
        chart = replace(
            chart, baseline=chart.baseline * 0, rules={name: flag * 0 for name, flag in chart.rules.items()}
        )
    x, ceiling = np.arange(len(rows)), 1 if style.startswith("percent") else None
    ax.plot(x, chart.values, color=GREY, linewidth=1, zorder=2)
    for low, high in zip(chart.began, [*chart.began[1:], len(rows)], strict=True):
        _limits(ax, chart, x, slice(low, high), ceiling, centre)
    kinds = chart.point_type(better)
    for kind in dict.fromkeys(kinds[~np.isnan(chart.values)]):
        marker, colour, words = MARKS[str(kind)]
        words = words if chart.limits_shown.any() else UNTESTED  # whose cause nobody has asked
        here = (kinds == kind) & ~np.isnan(chart.values)
        ax.plot(x[here], chart.values[here], marker, color=colour, markersize=6, label=words, zorder=3)
    gaps(ax, rows)
    answers(ax, rows, style)
    periods(ax, rows["period"])
    ax.set_ylim(0, None)
    if ceiling:
        shares(ax)
    elif style.startswith("count"):
        whole(ax)
    _named(ax, rows, chart, style)
    return ax


def _named(ax: Axes, rows: pd.DataFrame, chart: control_charts.Chart, style: str) -> None:
    """The newest figure at its point, the names of mean and limits at their ends."""
    if (last := int(chart.last)) < 0:
        return
    value = float(chart.values[last])
    text = f"{Cell(rows.iloc[last].to_dict() | {'value': value}):{style}}"
    # in the middle of a year's other points nobody sees which of them a bare number is
    ends = [End(value, last, text if rows["period"].is_unique else f"newest {text}", bold=True)]
    for line in (each for each in ax.lines if each.get_label() in ("mean", "centre line", "control limits")):
        ends += line_end(str(line.get_label()), *line.get_data())
    at_ends(ax, ends)


def _limits(ax: Axes, chart: control_charts.Chart, x, part: slice, ceiling: float | None, centre: str) -> None:
    """The line in the middle and the limits of one group of points; nothing where there are too few of them."""
    if not chart.limits_shown[part].any():
        return
    style: dict[str, Any] = {"where": "mid", "linewidth": 1.1, "zorder": 1}
    ax.step(x[part], chart.mean[part], color=BLUE, label=centre, **style)
    if not chart.has_limits[part].any():
        return
    low, high = (control_charts.clip(line[part], 0, ceiling) for line in (chart.low, chart.high))
    for line, label in ((low, "control limits"), (high, "_upper limit")):
        ax.step(x[part], line, color=BLUE, linestyle=(0, (4, 3)), label=label, **style)
    ax.fill_between(x[part], low, high, step="mid", color=PALE, alpha=0.45, linewidth=0, zorder=0)
