"""What every chart shares: its type, size, colours, periods along an axis, and the mark where a figure is withheld."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cellguard.attacker.printed_shares import range_of

from ...tables import documentation
from ..cell_value import records
from ..number_text import when

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Government Analysis Function categorical palette (2023): distinguishable with the common colour-vision deficiencies,
# at least 3:1 against white. Dark blue is the area, grey and ink are others beside it, orange is what needs attention and nothing else.
BLUE, ORANGE, GREY, PALE, INK = "#12436D", "#F46A25", "#6B6B6B", "#D5DCE4", "#1D1D1D"
LIGHT = "#7C9CBA"  # a second part of what is blue
WIDTH = 7.2  # inches: drawn at 2x for a 46rem column
NEAR = 0.95  # of a scale's height: above it a mark would be cut at the top
MARK = "×"  # where a figure is withheld
ABOUT = "a rounded count"  # what a number at the end of a bar is, to who asks the axes
ROUNDED = "_range of a rounded share"  # the label of an upright line over a point, which itself answers
RANGE = "range of a withheld figure"  # what a faint bar is, to who asks the axes
HOUSE = {
    "font.family": "DejaVu Sans", "font.size": 10, "figure.figsize": (WIDTH, 3.6), "figure.facecolor": "white", "axes.facecolor": "none",
    "figure.constrained_layout.use": True, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": GREY, "axes.grid": True, "axes.grid.axis": "y", "grid.color": PALE, "grid.linewidth": 0.8,
    "axes.axisbelow": True, "xtick.color": INK, "ytick.color": INK, "xtick.major.size": 3, "ytick.major.size": 3,
    "legend.frameon": False,
}  # fmt: skip


def house_style() -> None:
    """Sets matplotlib to the house style, for every figure drawn from here on in this notebook."""
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcParams.update(HOUSE)  # type: ignore[arg-type]  # the stubs want each key spelt out
    mpl.rcParams["axes.prop_cycle"] = cycler(color=[BLUE, GREY, INK, LIGHT])  # orange is for what needs attention


def gaps(ax: Axes, rows, at: float = 0.04, colour: str = GREY, across: bool = False) -> None:
    """A quiet mark in the place of each row that disclosure control has hidden; the words below the chart say what it
    stands for.

    rows : the rows in the order in which they are drawn, from place 0 (or a list of places). Among bars it stands where
        a bar would begin, since one that is not there would be read as 0. Among points, where any height is read as a
        number, it stands at the top of a dotted line over the whole height.
    across : the bars lie, and the word `withheld` stands where they begin
    """
    from matplotlib.collections import LineCollection
    from matplotlib.container import BarContainer

    points = not across and not any(isinstance(each, BarContainer) for each in ax.containers)
    if not isinstance(rows, (list, range)):
        ranges(ax, rows, across)
    places = rows if isinstance(rows, (list, range)) else (rows["status"] == "suppressed").to_numpy().nonzero()[0]
    for place in places:
        if across:
            ax.text(0.01, place, "withheld", va="center", fontsize=8, color=colour, transform=ax.get_yaxis_transform())
            continue
        level = ax.get_xaxis_transform()
        if points:
            over = LineCollection([[(place, 0), (place, 0.92)]], colors=colour, linewidths=1, linestyles="dotted")
            over.set_transform(level)
            ax.add_collection(over, autolim=False)
        height = 0.96 if points else at
        ax.text(place, height, MARK, ha="center", va="center", fontsize=8, color=colour, transform=level)


def ranges(ax: Axes, rows: pd.DataFrame, across: bool = False) -> None:
    """A faint bar over what each withheld count can be, where its reason says so: no lower than its least, no higher
    than its most. It lies over the bar of a total, which would hide it. The axis is made longer for it, up to twice; what lies further out is cut off there.
    Where no other bar has a length, the axis has the faint bars whole.

    rows : the rows in the order in which they are drawn, from place 0; across : the bars lie
    """
    from matplotlib.patches import Rectangle

    limits, grow = (ax.get_xlim, ax.set_xlim) if across else (ax.get_ylim, ax.set_ylim)
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    alone = not ax.lines and not any((bar.get_width() if across else bar.get_height()) > 0 for bar in bars)
    for place, row in enumerate(records(rows)):
        share = (documentation()["measures"].get(row.get("measure")) or {}).get("kind") in ("share", "rate")
        ends = range_of(row.get("reason")) if row["status"] == "suppressed" and not share else None
        if ends is None:
            continue
        low, high = ends
        if limits()[1] < high and (alone or high <= 2 * limits()[1]):
            grow(0 if alone else limits()[0], 1.05 * high)
            whole(ax, "x" if across else "y")
        at, size = ((low, place - 0.25), (high - low, 0.5)) if across else ((place - 0.25, low), (0.5, high - low))
        ax.add_patch(Rectangle(at, *size, facecolor=PALE, edgecolor=GREY, linewidth=0.6, zorder=1.5, gid=RANGE))


def headroom(ax: Axes) -> None:
    """Lifts the top of an upright scale to which a mark of a line comes so near that half of it would stand above."""
    import numpy as np

    low, high = ax.get_ylim()
    marked = [np.asarray(line.get_ydata(), float) for line in ax.lines if line.get_marker() not in ("None", "", None)]
    heights = np.concatenate([*marked, [low]])
    top = heights[(heights >= low) & (heights <= high)].max(initial=low)
    if low < high < low + (top - low) / NEAR:
        ax.set_ylim(low, low + (top - low) / NEAR)


def periods(ax: Axes, labels: Iterable[str], most: int = 9) -> None:
    """Periods along the axis, places from 0; of many quarters one label a year."""
    labels = list(labels)
    places = list(range(0, len(labels), max(1, -(-len(labels) // most))))
    if len(labels) > most and (firsts := [i for i, p in enumerate(labels) if p.endswith("Q1")]):
        places = firsts
    elif len(set(labels)) < len(labels):  # several points of one year, which is named at its first
        places = [i for i, label in enumerate(labels) if label not in labels[:i]]
    vars(ax)["lscb_periods"] = {float(i): when(label) for i, label in enumerate(labels)}  # all, for who asks
    short = [labels[i] if " to Q" in labels[i] else when(labels[i]) for i in places]
    ax.set_xticks(places, short)
    ax.set(xlabel="", xlim=(-0.7, len(labels) - 0.3 + len(labels) / 25))


def shares(ax: Axes, axis: str = "y") -> None:
    """Prints an axis of fractions as percentages, each as it is: a step of half a point is not printed rounded."""
    from matplotlib.ticker import MaxNLocator

    scale = getattr(ax, f"{axis}axis")
    scale.set_major_formatter(lambda value, _: f"{round(100 * value, 6):g}%")
    if isinstance(scale.get_major_locator(), MaxNLocator):  # of steps set by hand none is moved
        scale.set_major_locator(MaxNLocator("auto", steps=[1, 2, 5, 10]))


def whole(ax: Axes, axis: str = "y") -> None:
    """Whole numbers alone along an axis of counts, as nobody is counted by halves, unless its steps were set by hand."""
    from matplotlib.ticker import AutoLocator, MaxNLocator

    scale = getattr(ax, f"{axis}axis")
    if isinstance(scale.get_major_locator(), AutoLocator):
        scale.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))
        scale.set_major_formatter(lambda value, _: f"{value:,.0f}")  # bare, 42000 is a day as a spreadsheet counts it
        if scale.get_view_interval()[1] < 1:  # nothing but noughts, each step of which would be one
            getattr(ax, f"set_{axis}lim")(0, 1)
