"""Names beside what they name, in place of a key: lines at their ends, bars at the end of one of them, marked points above
them; and the words of an upright axis above it, where they are read level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .drawing import INK
from .narrow_charts import NAMES, wrapped
from .readings import QUIET, line_series, lying

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LETTERS, POINTS = 13, 11  # of a line of a name; its height, with the space to the next
INCHES = 1.5  # that the lowest drawing of a chart has between its axes, at least
SQUARE = "\N{BLACK SQUARE}"  # in the colour of the bars that a name is of, where it stands beside several
CAUSE = "special cause: "  # the beginning of the names of flagged points
SHAPES = {"P": "\N{HEAVY GREEK CROSS}", "s": SQUARE, "D": "\N{BLACK DIAMOND}", "v": "\N{BLACK DOWN-POINTING TRIANGLE}"}


class End(NamedTuple):
    """What is named at its right end: its height and place there, the name, and the colour of a square before it."""

    height: float
    place: float
    name: str
    colour: Any = None
    bold: bool = False


def level_words(ax: Axes) -> None:
    """The words beside an upright axis, level above it."""
    if ax.get_ylabel():
        ax.yaxis.label.set(rotation=0, ha="left", va="bottom")
        ax.yaxis.set_label_coords(0, 1.01)


def name_marks(ax: Axes) -> None:
    """Each kind of mark of axes that have several gets its name beside it. What has one already keeps that."""
    kinds = unnamed(ax)
    bars = [(name, *bar) for name, mark in kinds.items() if (bar := _bar(ax, mark))]
    if lying(ax):
        for name, _, bar in bars if len(kinds) > 1 else []:
            _say(ax, name, (bar.get_x() + bar.get_width(), bar.get_y() + bar.get_height() / 2), (4, 0), va="center")
        return
    ends = [end for line in line_series(ax) if line[0] in kinds for end in line_end(*line)]
    few = sum(len(getattr(each, "patches", [])) for each in ax.containers) <= 8  # and so wide: at their edge
    right = max((bar.get_x() + bar.get_width() * (1 if few else 0.5) for *_, bar in bars), default=0)
    ends += [End(bar.get_height(), right, name, colour) for name, colour, bar in bars]
    if len(ends) > 1:
        at_ends(ax, ends)
    if "incomplete" in kinds:
        _above(ax, "incomplete")
    over = [End(0, 0, name, mark) for name, mark in kinds.items() if name.startswith(CAUSE)]
    for line in (line for line in ax.lines if line.get_label() == "even spread"):  # across the chart
        height = float(np.asarray(line.get_ydata(), float)[0])
        _say(ax, "even spread", (ax.get_xlim()[1], height), (0, 3), ha="right", va="bottom")
    if "95% interval" in kinds:
        what = "upright lines" if hasattr(kinds["95% interval"], "get_segments") else "band"
        over.append(End(0, 0, f"{what}: 95% interval"))
    _over(ax, over)


def _over(ax: Axes, names: list[End]) -> None:
    """Lines above the chart, where nothing is drawn, each with the shape that it names in the colour of that."""
    style: dict[str, Any] = {"ha": "right", "va": "bottom", "fontsize": 9, "annotation_clip": False}
    style |= {"textcoords": "offset points"}
    for line, end in enumerate(reversed(names)):
        words = ax.annotate(end.name, (1, 1), (0, 2 + 12 * line), xycoords="axes fraction", **style)
        NAMES.add(words)
        if end.colour is not None:  # the mark itself
            sign, colour = SHAPES[end.colour.get_marker()], end.colour.get_color()
            NAMES.add(ax.annotate(sign, (0, 0), (-3, 0), xycoords=words, color=colour, **style))


def unnamed(ax: Axes) -> dict[str, Any]:
    """The marks of axes that would stand in a key, by their names: those whose name is not beside them."""
    beside = {" ".join(text.get_text().split()) for text in ax.texts}  # whatever spaces it was wrapped by
    beside |= {text.rpartition(": ")[2] for text in beside} | QUIET  # these have no name
    return {name: mark for mark, name in zip(*ax.get_legend_handles_labels(), strict=True) if name not in beside}


def at_ends(ax: Axes, ends: list[End]) -> None:
    """Names to the right of the ends of lines; those that would touch move apart."""
    low, high = ax.get_ylim()
    line = POINTS / 72 / INCHES * (high - low)  # the height of a line of text, as the axis counts
    ends = sorted(ends, key=lambda end: -end.height)
    texts = [wrapped(end.name, LETTERS) for end in ends]
    sizes = [line * (1 + text.count("\n")) for text in texts]
    for end, text, middle in zip(ends, texts, _apart([e.height for e in ends], sizes, low), strict=True):
        shift = (middle - end.height) / line * POINTS
        right = 7 if end.colour is None else 24
        if end.colour is not None:
            _say(ax, SQUARE, (end.place, end.height), (14, shift), color=end.colour, va="center")
        _say(ax, text, (end.place, end.height), (right, shift), va="center", weight="bold" if end.bold else "normal")


def _say(ax: Axes, text: str, place: tuple[float, float], shift: tuple[float, float], **style: Any) -> None:
    """A name beside a place, which no layout hides."""
    more: dict[str, Any] = {"fontsize": 9, "linespacing": 1.0, "annotation_clip": False, "color": INK} | style
    NAMES.add(ax.annotate(text, place, shift, textcoords="offset points", **more))


def line_end(name: str, places: Any, heights: Any) -> list[End]:
    """The last point of a line; nothing where it has none."""
    places, heights = np.asarray(places, float), np.asarray(heights, float)
    return [End(heights[at], places[at], name) for at in np.flatnonzero(np.isfinite(heights))[-1:]]


def _bar(ax: Axes, mark: Any) -> tuple[Any, Any] | None:
    """The colour of bars with the mark of a key, and the one of them that bears their name: the first that has a length
    from above where they lie, the last where they stand."""
    from matplotlib.colors import same_color

    mark = mark.patches[0] if getattr(mark, "patches", None) else mark
    if not hasattr(mark, "get_height"):
        return None
    colour = mark.get_facecolor()
    every = [bar for each in ax.containers for bar in getattr(each, "patches", [])]
    here = [bar for bar in every if bar.get_width() * bar.get_height() and same_color(bar.get_facecolor(), colour)]
    here = [bar for bar in here if np.isfinite([bar.get_width(), bar.get_height()]).all()]
    if not here:
        return None
    return colour, min(here, key=lambda bar: bar.get_y()) if lying(ax) else max(here, key=lambda bar: bar.get_x())


def _above(ax: Axes, name: str) -> None:
    """The name of marked points, above or below the newest of them, towards the middle of the chart."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    for end in (end for line in ax.lines if line.get_label() == name for end in line_end(name, *line.get_data())):
        share, up = (end.place - left) / (right - left), end.height < low + 0.75 * (high - low)
        side = "right" if share > 0.6 else "left" if share < 0.3 else "center"
        aside = {"left": 5, "right": -5}.get(side, 0)
        _say(ax, name, (end.place, end.height), (aside, 7 if up else -7), ha=side, va="bottom" if up else "top")


def _apart(heights: list[float], sizes: list[float], floor: float) -> list[float]:
    """Middles of labels of these sizes, the highest first: each at its height or, where it would touch, below the one
    before; what then hangs below the floor pushes the others up."""
    middles = list(heights)
    for at in range(1, len(middles)):
        middles[at] = min(middles[at], middles[at - 1] - (sizes[at - 1] + sizes[at]) / 2)
    middles[-1] = max(middles[-1], floor + sizes[-1] / 2)
    for at in range(len(middles) - 2, -1, -1):
        middles[at] = max(middles[at], middles[at + 1] + (sizes[at] + sizes[at + 1]) / 2)
    return middles
