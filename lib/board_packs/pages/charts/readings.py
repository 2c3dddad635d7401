"""What a chart answers when it is asked for a place: the label there and its figures, as cells print them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from ..cell_value import Cell, records
from ..number_text import count, percent, rate, when
from .svg_writing import Reading, Svg, bands

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

READINGS: WeakKeyDictionary[Any, list[Reading]] = WeakKeyDictionary()  # of the axes that are drawn now
QUIET = {"common cause", "not tested for change"}  # points of a control chart that nothing is said of
# What says no value of rows:
CHROME = QUIET | {"mean", "centre line", "control limits", "95% interval", "even spread", "incomplete"}
DPI = 100  # pixels an inch of the wide drawing


def answers(
    ax: Axes, rows: pd.DataFrame, style: str = "count", by: str = "period", across: bool = False, each: str = ""
) -> None:
    """The axes answer with the rows' figures, the first row at place 0; `each`: a column whose values have a row each at
    a place, in the order of the rows, and are named."""
    from ..number_text import label

    words_there: dict[Any, list[str]] = {}
    for row in records(rows):
        name = when(row[by]) if by == "period" else f"{by} {row[by]}" if str(row[by]).isdigit() else label(row[by])
        place = row[by] if each else len(words_there)
        words_there.setdefault(place, [f"{name}:"]).append((f"{row[each]} " if each else "") + _words(Cell(row), style))
    texts = [f"{head} {'; '.join(words)}" for head, *words in words_there.values()]
    READINGS[ax] = [Reading(place, text, across) for place, text in enumerate(texts)]


def _words(cell: Cell, style: str) -> str:
    """A cell's figure with what it rests on, or its state."""
    text = f"{cell:{style}}"
    if not cell.shown or style.startswith("count"):
        return text
    more = [f"{cell:share}"] if cell.is_share and cell.of == cell.of and cell.count == cell.count else []
    more += [f"{cell:interval}"] if cell.has_interval and not cell.rounded else []
    return f"{text} ({'; '.join(more)})" if more else text


def drawn_values(ax: Any, rounded: bool = False) -> dict[float, list[str]]:
    """What lines and bars with a label of their own have at each place of a labelled axis; `rounded`: of rounded counts."""
    scale = ax.get_xticklabels() if lying(ax) else ax.get_yticklabels()
    shares = any("%" in label.get_text() for label in scale)
    values: dict[float, list[str]] = {}
    for name, places, heights in _series(ax):
        integers = (np.mod(heights[np.isfinite(heights)], 1) == 0).all()
        style: Callable = (
            count if integers and not shares else partial(percent if shares else rate, decimals=not rounded)
        )
        for place, height in zip(places, heights, strict=True):
            if np.isfinite(height):
                about = "about " * bool(rounded and height)  # a nought is one
                values.setdefault(float(round(place)), []).append(f"{name} {about}{style(float(height))}")
    return values


def _series(ax: Any) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Name, places and heights of what is drawn, a bar's place being that of its group."""
    for bars in ax.containers:
        name, patches = str(bars.get_label()), getattr(bars, "patches", [])
        if not patches or name.startswith("_"):
            continue
        boxes = np.array([[*patch.get_xy(), patch.get_width(), patch.get_height()] for patch in patches])
        along = int(lying(ax))
        yield name, boxes[:, along] + boxes[:, 2 + along] / 2, boxes[:, 3 - along]
    yield from line_series(ax)


def line_series(ax: Any) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Name, places and heights of lines that have a label of their own."""
    for line in ax.lines:
        name, places = str(line.get_label()), np.asarray(line.get_xdata(orig=False), float)
        special = name in CHROME or name.startswith(("_", "special cause"))
        if not special and line.get_transform() == ax.transData and (np.mod(places, 1) == 0).all():
            yield name, places, np.asarray(line.get_ydata(orig=False), float)


def counted(ax: Any) -> bool:
    """Whether all bars, or where there is none all lines, of axes have whole lengths: what is drawn are counts."""
    bars = [patch for each in ax.containers for patch in getattr(each, "patches", [])]
    lengths = [patch.get_width() if lying(ax) else patch.get_height() for patch in bars]
    sizes = [np.array(lengths, float)] if bars else [np.asarray(line.get_ydata(orig=False), float) for line in ax.lines]
    seen = np.concatenate([np.zeros(0), *sizes])
    seen = seen[np.isfinite(seen)]
    return bool(len(seen)) and bool((np.mod(seen, 1) == 0).all())


def lying(ax: Any) -> bool:
    """Whether the bars of the axes lie."""
    return any(getattr(bars, "orientation", "") == "horizontal" for bars in ax.containers)


def gathered(ax: Any, rounded: bool = False) -> list[Reading]:
    """The readings of one axes: those it was given, with what else is drawn there; else what is drawn."""
    ready, drawn, across = READINGS.get(ax, []), drawn_values(ax, rounded), lying(ax)
    if ready:
        figure = re.compile(r"( about)? \S+$")  # after its name
        others = [[t for t in drawn.get(each.place, [])[1:] if figure.sub("", t) not in each.text] for each in ready]
        return [each._replace(text="; ".join([each.text, *more])) for each, more in zip(ready, others, strict=True)]
    axis = ax.yaxis if across else ax.xaxis
    labels = dict(
        zip(map(float, axis.get_ticklocs()), (each.get_text() for each in axis.get_ticklabels()), strict=False)
    )
    named = getattr(ax, "lscb_periods", {}) or labels
    return [Reading(p, f"{named[p]}: {'; '.join(texts)}", across) for p, texts in sorted(drawn.items()) if named.get(p)]


class Drawn:
    """A figure with its readings, to be written in one width and then in another, which has the shapes of a map from the
    first."""

    def __init__(self, figure: Figure, rounded: bool = False):
        self.figure: Any = figure
        figure.set_dpi(DPI)
        self.readings = {ax: gathered(ax, rounded) for ax in figure.axes if ax.axison}
        self.shapes: tuple[str, np.ndarray] | None = None  # their name, and where two corners of the map lie

    def svg(self, kind: str, alt: str, last: Callable) -> str:
        """The figure as it is now; `last` hides labels of it after the layout, and they are shown again."""
        engine = self.figure.get_layout_engine()
        if engine:
            engine.execute(self.figure)
        hidden = last(self.figure)
        wide, high = (self.figure.get_size_inches() * self.figure.dpi).round(1)
        corners = self._corners(high)
        renderer = Svg(wide, high, self.figure.dpi, _again(self.shapes, corners))
        self.figure.set_layout_engine("none")  # laid out once: what was hidden leaves its place empty
        self.figure.draw(renderer)
        self.figure.set_layout_engine(engine or "none")
        if self.shapes is None and not self.readings:  # a map; bars move in a narrow chart
            name = "map-" + "".join(chr(ord("a") + int(digit, 16)) for digit in sha256(alt.encode()).hexdigest()[:8])
            self.shapes = (name, corners) if renderer.gathered(name) else None
        for label in hidden:
            label.set_visible(True)
        inside = "".join([*renderer.parts, *bands(self.figure, self.readings, high)])
        return (
            f'<svg class="{kind}" role="img" aria-label="{escape(alt)}" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" '
            f'height="{high:g}">{inside}</svg>'
        )

    def _corners(self, high: float) -> np.ndarray:
        """Where two corners of the first axes lie, in pixels from the top."""
        ax = self.figure.axes[0]
        ax.apply_aspect()
        ends = ax.transData.transform(np.column_stack([ax.get_xlim(), ax.get_ylim()]))
        return ends * [1, -1] + [0, high]


def _again(shapes: tuple[str, np.ndarray] | None, corners: np.ndarray) -> str:
    """The shapes of another drawing where they lie in this one; nothing where there is none."""
    if shapes is None:
        return ""
    name, before = shapes
    scale = (corners[1, 0] - corners[0, 0]) / (before[1, 0] - before[0, 0])
    x, y = (corners[0] - scale * before[0]).round(1)
    return f'<g class="shapes" transform="translate({x:g},{y:g}) scale({scale:.4f})"><use href="#{name}"/></g>'
