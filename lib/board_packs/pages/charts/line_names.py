"""Names of lines at their ends, in place of a key; and the words of an upright axis above it, where they are read level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .narrow_charts import NAMES, wrapped
from .readings import line_series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LETTERS, POINTS = 13, 11  # of a line of a name; its height, with the space to the next
INCHES = 1.5  # that the lowest drawing of a chart has between its axes, at least


def level_words(ax: Axes) -> None:
    """The words beside an upright axis, level above it."""
    if ax.get_ylabel():
        ax.yaxis.label.set(rotation=0, ha="left", va="bottom")
        ax.yaxis.set_label_coords(0, 1.01)


def name_lines(ax: Axes) -> None:
    """Each line that has a label, of two or more, has it at its last point; names that would touch move apart."""
    ends = []
    for name, places, heights in line_series(ax):
        there = np.flatnonzero(np.isfinite(heights))
        if len(there):
            ends.append((float(heights[there[-1]]), float(places[there[-1]]), name, wrapped(name, LETTERS)))
    if len(ends) < 2 or ax.containers:
        return
    low, high = ax.get_ylim()
    line = POINTS / 72 / INCHES * (high - low)  # the height of a line of text, as the axis counts
    ends.sort(key=lambda end: -end[0])
    sizes = [line * (1 + text.count("\n")) for *_, text in ends]
    middles = _apart([end[0] for end in ends], sizes, low)
    for (height, place, _, text), middle in zip(ends, middles, strict=True):
        shift = (middle - height) / line * POINTS
        NAMES.add(
            ax.annotate(text, (place, height), (7, shift), textcoords="offset points", va="center", fontsize=9,
                        linespacing=1.0, annotation_clip=False)
        )  # fmt: skip


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
