"""The version of a figure for a phone: drawn again 350 pixels wide with letters of the same size, not shrunk.

Small charts beside each other come below each other, long labels go over several lines, and of labels that would touch
the later ones stay, so that the newest is always there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from matplotlib.text import Annotation, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PIXELS, INCHES = 350, 3.8  # letters of 10 points are 12.8 pixels high
LETTERS = 15  # of a label beside an axis, from which it goes over several lines
WORDS = 32  # of an axis' own words, on one line
NAMES: WeakSet[Text] = WeakSet()  # of lines, at their ends: no layout hides them, without its name a line says nothing
NUMERIC = re.compile(r"[−-]?£?[\d.,]+%?")
GAP = 3  # pixels between two labels


def narrowed(figure: Figure) -> list[Callable]:
    """Rearranges a figure for a phone. Returns what puts labels and the key of its axes back as they were."""
    from matplotlib.gridspec import GridSpec

    _, high = figure.get_size_inches()
    axes = [ax for ax in figure.axes if ax.get_subplotspec() is not None]
    grid: Any = axes[0].get_gridspec() if axes else None
    back: list[Callable] = []
    if grid is not None and grid.ncols > 1:
        drawn = [ax for ax in axes if ax.axison]
        columns = 2 if grid.ncols > 2 else 1
        lines = -(-len(drawn) // columns)
        places = GridSpec(lines, columns, figure=figure)
        for place, ax in enumerate(drawn):
            ax.set_subplotspec(places[place // columns, place % columns])
        high = high / grid.nrows * (0.68 if columns > 1 else 0.75) * lines
    elif any(not ax.axison for ax in axes):  # a map: as high as its shape asks, its key below it
        (west, east), (south, north) = axes[0].get_xlim(), axes[0].get_ylim()
        key = axes[0].get_legend()
        high = INCHES * (north - south) / (east - west) + (_key_below(axes[0]) if key else 0)
        back.append(partial(setattr, axes[0], "legend_", key))
    elif len(axes) == 1 and (heights := _lines_of_labels(axes[0])):
        most = max(map(sum, pairwise(heights)), default=0) / 2  # of two that follow each other: they may not touch
        apart = 1.1 * (0.15 * most - 0.02)  # inches from a bar to the next, with the margins of the axis
        high = max(high, sum(0.15 * each + 0.14 for each in heights) + 0.9, len(heights) * apart + 0.9)
    else:
        high = min(high, max(2.4, 0.72 * high)) if high < 5 else high
    figure.set_size_inches(INCHES, high)
    figure.set_dpi(PIXELS / INCHES)
    if all(ax.axison for ax in axes):
        _legends_in_two(figure)
    letters = 22 if grid is not None and grid.ncols > 2 else 44
    return [*back, *(undo for ax in axes for undo in _labels_wrapped(ax, letters))]


def _lines_of_labels(ax: Axes) -> list[int]:
    """Of axes whose lines have names, how many lines each name takes; nothing of a scale of numbers."""
    texts = [label.get_text() for label in ax.get_yticklabels()]
    return (
        []
        if all(NUMERIC.fullmatch(text) for text in texts if text)
        else [wrapped(t, LETTERS + 4).count("\n") + 1 for t in texts]
    )


def wrapped(text: str, letters: int) -> str:
    """A text over several lines; a number stays with the words before and after it."""
    glued = re.sub(r" (?=\d)|(?<=\d) ", "\u00a0", text)
    return fill(glued, letters, break_long_words=False)


def _key_below(ax: Any) -> float:
    """Puts a map's key below it. Returns the inches that it takes."""
    old = ax.get_legend()
    texts = [text.get_text() for text in old.get_texts()]
    place: Any = "outside lower left"
    ax.figure.legend(
        old.legend_handles, texts, loc=place, ncols=2, fontsize=9, title=old.get_title().get_text(), alignment="left"
    )
    old.remove()
    return 0.25 + 0.2 * -(-len(texts) // 2)


def _labels_wrapped(ax: Axes, letters: int) -> list[Callable]:
    """Labels of lying bars over several lines, and the axis' own words too."""
    before: list[Callable] = []
    texts = [label.get_text() for label in ax.get_yticklabels()]
    if any(len(text) > LETTERS and not text.replace(",", "").isdigit() for text in texts):
        before = [partial(ax.set_yticks, list(ax.get_yticks()), texts)]
        ax.set_yticks(ax.get_yticks(), [wrapped(text, LETTERS + 4) for text in texts], fontsize=9)
    for label in (ax.xaxis.label, ax.yaxis.label):
        before.append(partial(label.set_text, label.get_text()))
        label.set_text(wrapped(label.get_text(), WORDS))
    titles = {ax.get_title(), ax.get_title(loc="left")} - {""}
    for title in [each for each in ax.get_children() if isinstance(each, Text) and each.get_text() in titles]:
        words, size = title.get_text(), title.get_fontsize()
        before += [partial(title.set_text, words), partial(title.set_fontsize, size)]
        title.set_text(_title(words, letters))
        title.set_fontsize(max(size, 10))  # points: no smaller than the other words
    return before


def _title(words: str, letters: int) -> str:
    """A small chart's title wrapped anew, its last line (a figure) beside what comes before where there is room."""
    *before, last = words.split("\n")
    text = wrapped(" ".join(before) if before else last, letters)
    if not before:
        return text
    return f"{text}{' ' if len(text.rpartition(chr(10))[2]) + len(last) < letters else chr(10)}{last}"


def _legends_in_two(figure: Any) -> None:
    for legend in list(figure.legends):
        texts = [text.get_text() for text in legend.get_texts()]
        handles = legend.legend_handles
        legend.remove()
        columns = 2 if max(map(len, texts), default=0) < 20 else 1
        figure.legend(handles, texts, loc="outside lower left", ncols=columns, fontsize=9)


def thinned(figure: Any, points: bool = True) -> list[Any]:
    """After the layout: of labels along an axis, and of figures at `points`, that would touch, the later ones stay.
    Returns those that were hidden."""
    hidden = []
    renderer = figure._get_renderer()
    for ax in figure.axes:
        for labels in (
            ax.get_xticklabels() if ax.axison else [],
            [t for t in ax.texts if points and isinstance(t, Annotation) and t.get_text() and t not in NAMES],
        ):
            kept: list[Any] = []
            for label in reversed([each for each in labels if each.get_text() and each.get_visible()]):
                box = label.get_window_extent(renderer)
                box = box.padded(GAP) if hasattr(box, "padded") else box
                if any(box.overlaps(other) for other in kept):
                    label.set_visible(False)
                    hidden.append(label)
                else:
                    kept.append(box)
    return hidden
