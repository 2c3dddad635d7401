"""What matplotlib and seaborn lack: figures at the ends of bars, points with intervals, small multiples, pyramids.

Each takes axes and rows and returns the axes, so that anything can be added to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np

from lscb.errors import UserError
from lscb.long_table import FIGURES

from ..cell_value import Cell, records, rounding
from ..number_text import label as spelt
from ..number_text import percent
from .drawing import ABOUT, BLUE, INK, LIGHT, PALE, ROUNDED, WIDTH, gaps, periods, ranges, shares
from .mark_names import unnamed
from .readings import READINGS, answers
from .svg_writing import Reading

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def labels(
    ax: Axes, rows: pd.DataFrame, style: str = "count", by: str = "period", across: bool = False, ends: bool = True
) -> Axes:
    """The figure at the end of each bar, `withheld` where it is hidden, and the labels below as a reader writes them.

    rows : the rows drawn, the first at place 0; style : the figure of the bar's length (`count`, `percent`, `rate`)
    by : the column of the labels; across : the bars lie (seaborn's x="count", y="agency"); ends : False prints no figure,
        and the chart answers with it alone
    Raises UserError where seaborn has left out a category that has no figure, as it does without `order`.
    """
    _in_place(ax, [str(label) for label in rows[by]], across)
    answers(ax, rows, style, by, across)
    for place, row in enumerate(records(rows)):
        cell = Cell(row)
        if not ends or (not cell.shown and not across):
            continue  # `gaps` writes it along the place of a bar that stands
        size = (cell.count if style.startswith("count") else cell.value) if cell.shown else 0.0
        at, shift = ((size, place), (4, 0)) if across else ((place, size), (0, 3))
        align: dict[str, Any] = {"va": "center"} if across else {"ha": "center"}
        text = f"{cell:{style if cell.shown else 'state'}}"
        if text.startswith("about "):  # said once, beside the chart (`show`)
            text, align = text.replace("about ", ""), align | {"gid": ABOUT}
        ax.annotate(text, at, shift, textcoords="offset points", fontsize=8.5, **align)
    if across:
        ax.margins(x=0.15)
        ranges(ax, rows, across)
        ax.grid(axis="y", visible=False)
        ax.set_yticks(range(len(rows)), [spelt(text) for text in rows[by]])
        ax.set(ylabel="")
        return ax
    gaps(ax, rows)
    ax.set_ylabel("" if ax.get_ylabel() in FIGURES else ax.get_ylabel())
    if by == "period":
        periods(ax, rows["period"])
    else:
        ax.set_xticks(range(len(rows)), [spelt(text) for text in rows[by]])
    return ax


def _in_place(ax: Axes, labels: list[str], across: bool) -> None:
    """Whether the categories that seaborn drew are those of the rows, in their order."""
    drawn = [text.get_text() for text in (ax.get_yticklabels() if across else ax.get_xticklabels())]
    if set(drawn) & set(labels) and drawn != labels:
        raise UserError(
            "seaborn has left out bars that have no figure, or drawn them in another order: give it order=rows['…'], "
            "the column of the labels."
        )


def intervals(ax: Axes, rows: pd.DataFrame, by: str, style: str = "percent") -> Axes:
    """Lying points with their intervals, one row of the table a line, its count and denominator above the point."""
    for place, row in enumerate(records(rows)):
        cell = Cell(row)
        if not cell.shown:
            ax.annotate(f"{cell:state}", (0, place), (4, 0), textcoords="offset points", va="center")
            continue
        if cell.has_interval:
            ax.plot([cell.low, cell.high], [place, place], color=BLUE, linewidth=2)
        ax.plot(cell.value, place, "o", color=BLUE, markersize=8)
        text = f"{cell:share}: " * (cell.of == cell.of) + f"{cell:{style}}"
        ax.annotate(text, (cell.value, place), (0, 9), textcoords="offset points", ha="center", fontsize=9)
    answers(ax, rows, style, by, across=True)
    ax.set_yticks(range(len(rows)), [spelt(text) for text in rows[by]])
    ax.set_ylim(len(rows) - 0.5, -0.7)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", visible=True)
    if style.startswith("percent"):
        ax.set_xlim(0, 1)
        shares(ax, "x")
    else:
        ax.set_xlim(left=0)
    return ax


def panels(number: int, columns: int = 2, height: float = 2.4) -> tuple[Figure, list[Axes]]:
    """A figure of small charts, `columns` beside each other, each `height` inches high. Unused places stay empty."""
    import matplotlib.pyplot as plt

    rows = -(-number // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(WIDTH, height * rows + 0.5), squeeze=False)
    for ax in list(grid.flat)[number:]:
        ax.set_axis_off()
    return figure, list(grid.flat)[:number]


def legend(axes: Axes | Sequence[Axes], columns: int = 3) -> None:
    """One key below the figure for one chart or all of several, each kind of mark once, of those whose name does not
    stand beside them. `show` adds it by itself where there is more than one kind."""
    several: list[Axes] = list(axes) if isinstance(axes, Sequence) else [axes]
    marks = {name: mark for ax in reversed(several) for name, mark in unnamed(ax).items()}
    for inside in filter(None, (ax.get_legend() for ax in several)):
        inside.remove()
    if marks:
        place: Any = "outside lower left"
        several[0].figure.legend(list(marks.values()), list(marks), loc=place, ncols=columns, fontsize=9)


def lines(
    ax: Axes,
    wide: pd.DataFrame,
    styles: Sequence[str] = ("o-", "s--", "^:", "D-."),
    rows: pd.DataFrame | None = None,
    style: str = "count",
) -> Axes:
    """Each column of a frame a line with marks of its own, its index the periods along the axis; a blank is a gap.

    wide : what pandas' `pivot(index="period", columns="agency", values="count")` gives; styles : matplotlib's, in turn
    rows : the table it is made of, with whose figures the chart answers; without it, with the heights of its points
    style : of these figures (`count`, `percent`). A share of rounded counts has an upright line over what it can be.
    """
    from matplotlib.colors import to_hex

    if rows is not None:
        answers(ax, rows.sort_values("period", kind="stable"), style, each=str(wide.columns.name))
    places = {period: place for place, period in enumerate(wide.index)}
    for (name, heights), marks in zip(wide.items(), cycle(styles), strict=False):
        (line,) = ax.plot(range(len(wide)), heights, marks, label=str(name))
        drawn = [] if rows is None else records(rows[rows[wide.columns.name] == name])
        for row in drawn:
            if left := rounding(row):
                place, (low, high, _) = places[row["period"]], left
                ax.vlines(place, low, high, to_hex(line.get_color()), alpha=0.4, linewidth=3, label=ROUNDED)
    periods(ax, wide.index)
    ax.set_ylim(0, None)
    return ax


def pyramid(ax: Axes, rows: pd.DataFrame, outline: pd.DataFrame | None = None) -> Axes:
    """Residents by age band, males to the left and females to the right, as shares of all (`value`, fractions).

    rows : `age_band` in its order, `sex` (male, female), `value`; outline : the same of England, drawn as a line
    """
    bands = list(dict.fromkeys(rows["age_band"]))
    y, most = np.arange(len(bands)), 0.0
    for sex, side, colour in (("male", -1, BLUE), ("female", 1, LIGHT)):
        sizes = rows[rows["sex"] == sex].set_index("age_band")["value"].reindex(bands)
        ax.barh(y, side * sizes, height=0.86, color=colour, label=sex)
        most = max(most, sizes.max())
        if outline is not None and len(outline):
            edge = outline[outline["sex"] == sex].set_index("age_band")["value"].reindex(bands)
            steps = np.column_stack([y - 0.5, y + 0.5]).ravel()
            ax.plot(np.repeat(side * edge.to_numpy(), 2), steps, color=INK, linewidth=1.4,
                    label="England" if side == 1 else None)  # fmt: skip
            most = max(most, edge.max())
    for x, words in ((0.2, "male"), (0.8, "female"), (0.5, "England")):  # the line ends in the middle, below its name
        if words != "England" or (outline is not None and len(outline)):
            ax.text(x, 1.0, words, ha="center", va="bottom", transform=ax.transAxes)
    READINGS[ax] = [
        Reading(place, "; ".join([f"{band}: {text}", *england]), across=True)
        for place, (band, text, *england) in enumerate(zip(bands, *_by_sex(bands, rows, outline), strict=True))
    ]
    ticks = np.arange(0, 1.05 * most, 0.02)
    both = [*-ticks[:0:-1], *ticks]
    ax.set(yticks=y, yticklabels=bands, xlim=(-1.05 * most, 1.05 * most), xlabel="Share of all residents")
    ax.set_xticks(both, [f"{abs(t):.0%}" for t in both])
    ax.grid(axis="x", color=PALE, linewidth=0.8, visible=True)
    ax.grid(axis="y", visible=False)
    return ax


def _by_sex(bands: Sequence[str], here: pd.DataFrame, england: pd.DataFrame | None) -> Iterator[list[str]]:
    """What a pyramid says of each of its bands: of the area, and of England where that is drawn."""
    for who, rows in (("", here), ("England ", england)):
        if rows is not None and len(rows):
            sizes = {sex: rows[rows["sex"] == sex].set_index("age_band")["value"] for sex in ("male", "female")}
            yield [who + ", ".join(f"{sex} {percent(size.get(band))}" for sex, size in sizes.items()) for band in bands]
