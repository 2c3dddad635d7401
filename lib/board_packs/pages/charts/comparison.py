"""Many indicators on one page: a spine of all of them beside others, and the trend of each the size of a stamp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lscb import control_charts

from ..cell_value import Cell, records
from ..number_text import LISTED, series
from .drawing import BLUE, GREY, INK, ORANGE, PALE, WIDTH
from .marks import panels
from .narrow_charts import wrapped
from .readings import READINGS
from .svg_writing import Reading

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from lscb.control_charts import Chart
    from lscb.scorecard import Series

FURTHEST = 1.0  # relative to England; what lies further out is drawn at the edge, with an arrow
EDGE = 1.14  # of the axis, so that an arrow keeps off the figures beside it on a phone too
DRAWN = ["own", "near", "region", "low", "high", "least", "most"]
COLOURS = {"better": BLUE, "worse": ORANGE, "higher": BLUE, "lower": BLUE}


def spine(rows: pd.DataFrame, printed: pd.DataFrame, place: str) -> tuple[Figure, str]:
    """One line an indicator: where the area and its comparators lie, above or below England's figure. The figure, and
    its words.

    rows : one an indicator, whose title is the index; fractions of England's figure above or below it: `own`, `near`,
        `region`, `low`, `high` (the interval; blank where there is none)
    printed : the figures as they are printed, by title, a column for each place; `place` is the area's own
    A filled mark has an interval that leaves England out, a grey one has it inside, a hollow one has no interval.
    """
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots(figsize=(WIDTH, 0.6 + 0.26 * len(rows)))
    sentences = []
    for at, (title, row) in enumerate(zip(map(str, rows.index), records(rows), strict=True)):
        texts: Any = printed.loc[title]
        others = "; ".join(f"{who} {text}" for who, text in texts.drop(place).items() if isinstance(text, str))
        sentences.append(f"{title}: {texts[place]}; {others}")
        _vertebra(ax, at, row)
        rank = texts.get("Rank")
        end = f"{texts[place]}\n{rank}" if isinstance(rank, str) else texts[place]
        ax.annotate(end, (1.01, at), xycoords=ax.get_yaxis_transform(), va="center", fontsize=8, linespacing=0.95)
    READINGS[ax] = [Reading(at, text, across=True) for at, text in enumerate(sentences)]
    beyond = "; an arrow: further out" if (rows[DRAWN].abs() > FURTHEST).any(axis=None) else ""
    ax.axvline(0, color=INK, linewidth=1.2, zorder=0)
    ax.set_yticks(range(len(rows)), list(rows.index), fontsize=9)
    ax.set(
        ylim=(len(rows) - 0.4, -0.6), xlim=(-EDGE * FURTHEST, EDGE * FURTHEST), xlabel=f"Below or above England{beyond}"
    )
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−100%", "−50%", "England", "+50%", "+100%"])
    ax.grid(axis="y", visible=False)
    ax.spines["left"].set_visible(False)
    return figure, f"Spine chart of {place} relative to England, by indicator.{_beyond(rows)}"


def _beyond(rows: pd.DataFrame) -> str:
    """Which lie above and below England by their interval, of many the furthest by name, and where the figures stand."""
    sides = {
        "Above": rows[rows["low"] > 0].sort_values("own", ascending=False),
        "Below": rows[rows["high"] < 0].sort_values("own"),
    }
    parts = [
        f" {side} England by the interval: {'several, the furthest ' * (len(there) > LISTED)}"
        f"{series(there.index[: LISTED if len(there) <= LISTED else 3])}."
        for side, there in sides.items()
        if len(there)
    ]
    return "".join(parts) + " The table of official figures has every figure."


def _vertebra(ax: Axes, at: int, row: Any) -> None:
    """One indicator's line: the neighbours' spread and mean, the region, the area with its interval."""
    ends = [_near(row["least"]), _near(row["most"])]
    ax.plot(ends, [at, at], color=PALE, linewidth=7, solid_capstyle="butt", zorder=1)
    for end in (end for end in (row["least"], row["most"]) if abs(end) > FURTHEST):
        _cut(ax, at, end, GREY)
    ax.plot(_near(row["near"]), at, "|", color=INK, markersize=9, zorder=2)
    ax.plot(_near(row["region"]), at, "x", color=INK, markersize=4.5, zorder=2)
    interval = row["low"] == row["low"] and row["high"] == row["high"]
    colour = BLUE if interval and not row["low"] <= 0 <= row["high"] else GREY
    if interval:
        ax.plot([_near(row["low"]), _near(row["high"])], [at, at], color=colour, linewidth=1.6, zorder=3)
        for end in (end for end in (row["low"], row["high"]) if abs(end) > FURTHEST):
            _cut(ax, at, end, colour)
    marker = "o" if abs(row["own"]) <= FURTHEST else ">" if row["own"] > 0 else "<"
    ax.plot(_near(row["own"]), at, marker, color=colour, mfc=colour if interval else "white", markersize=7, zorder=4)


def _cut(ax: Axes, at: int, end: float, colour: str) -> None:
    """An arrow beyond the edge, where a bar or an interval goes on."""
    ax.plot(np.sign(end) * (FURTHEST + 0.07), at, ">" if end > 0 else "<", color=colour, markersize=4, zorder=3)


def _near(value: float) -> float:
    return float(np.clip(value, -FURTHEST, FURTHEST))


def stamps(lines: Mapping[str, Series], changed: Mapping[str, str]) -> tuple[Figure, str]:
    """The trend of each series without scales: the limits as a band, the newest point large, its figure in the title.
    The figure, and its words.

    lines : series of a scorecard by name; changed : what has changed of each (better, worse, higher, lower, or nothing)
    """
    drawn = {name: line for name, line in lines.items() if line.chart.last >= 0}
    figure, axes = panels(max(len(drawn), 1), columns=4, height=0.95)
    sentences = []
    for ax, (name, line) in zip(axes, drawn.items(), strict=False):
        state, style = changed[name], {"share": "percent", "count": "count"}.get(line.unit, "rate")
        text = f"{Cell(line.cells.iloc[-1].to_dict()):{style}}"
        sentences.append(f"{line.indicator.title}: {text}" + f", {state}" * bool(state))
        _stamp(ax, line.chart, state)
        ax.set_title(f"{wrapped(line.indicator.title, 24)}\n{text}", loc="left", fontsize=8.5)
        READINGS[ax] = [Reading(len(line.values) / 2, sentences[-1], half=len(line.values) / 2 + 1)]
    moved = "; ".join(sentence for sentence, name in zip(sentences, drawn, strict=True) if changed[name])
    newest = "Small charts by quarter, each with its newest figure"
    return figure, f"{newest}{f'; changed: {moved}' * bool(moved)}. The table of the quarter has every figure."


def stamp_words(lines: Mapping[str, Series], changed: Mapping[str, str]) -> list[str]:
    """How `stamps` is read, as sentences of what is drawn and of nothing else: no band and no colour where there is none."""
    drawn = [line for line in lines.values() if line.chart.last >= 0]
    changes = [changed[name] for name in lines if changed[name]]
    words = ["Each line joins the quarters, with a point at the newest."] if drawn else []
    if any(line.chart.has_limits.any() for line in drawn):
        words.append("The band is what chance alone gives.")
    if changes:
        worse = "; orange squares are worse" if "worse" in changes else ""
        words.append(f"Coloured points have changed, tested together{worse}.")
    return words


def _stamp(ax: Axes, chart: Chart, state: str) -> None:
    """One series: the limits as a band, the points as a line, the newest one large."""
    x: Any = np.arange(len(chart.values))
    limited = chart.has_limits
    low, high = (control_charts.clip(line, 0, None) for line in (chart.low, chart.high))
    ax.fill_between(x[limited], low[limited], high[limited], step="mid", color=PALE, linewidth=0)
    ax.plot(x, chart.values, color=GREY, linewidth=1.2)
    last = int(chart.last)
    ax.plot(last, chart.values[last], "s" if state == "worse" else "o", color=COLOURS.get(state, GREY), markersize=6)
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines[["left", "bottom"]].set_visible(False)
