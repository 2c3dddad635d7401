"""A text's layout, and where the ticks of an axis are, remembered while figures are drawn.

matplotlib lays every label of an axis out some ten times for one drawing (for the margins, twice, for the place of the
axis' words, for the labels that would touch, and to draw it), and a page's charts share most of their labels. What a
layout depends on is its key: words, font, angle, alignment, the renderer's kind and its dots an inch. As often it works
out where the ticks of an axis are: for each of its words and for every edge of the frame. While one frame is measured
or drawn nothing moves them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.text import Text
from matplotlib.transforms import Bbox

KEPT: dict[tuple, Any] = {}
MOST = 20_000  # layouts kept


def _key(text: Any, renderer: Any) -> tuple:
    """What the layout of a text without line breaks of its own depends on."""
    alignments = (text.get_ha(), text.get_va(), text._multialignment, text._linespacing)  # the last two have no reader
    turned = (text.get_rotation(), text.get_rotation_mode(), text.get_usetex(), text.get_parse_math())
    dots = (type(renderer), getattr(renderer, "dpi", None), text.get_figure(root=True).dpi)
    return (text.get_text(), hash(text.get_fontproperties()), alignments, turned, dots)


@contextmanager
def remembered() -> Iterator[None]:
    """While it lasts each layout is worked out once, and the ticks of an axis once for each measuring and drawing."""
    instead: dict[tuple[type, str], Callable] = {}
    instead[Text, "_get_layout"] = _layout_once(Text._get_layout)  # type: ignore[attr-defined]  # matplotlib's own
    now: dict[tuple[str, Any], Any] = {}  # by axis of the frames that are measured or drawn
    for name in ("_update_ticks", "_get_ticklabel_bboxes"):
        instead[Axis, name] = _once_a_frame(getattr(Axis, name), now)
    for name in ("get_tightbbox", "draw"):
        instead[Axes, name] = _a_frame(getattr(Axes, name), now)
    instead[Bbox, "union"] = staticmethod(_union)
    before = {(owner, name): owner.__dict__.get(name) for owner, name in instead}
    for (owner, name), method in instead.items():
        setattr(owner, name, method)
    try:
        yield
    finally:
        for (owner, name), kept in before.items():
            delattr(owner, name) if kept is None else setattr(owner, name, kept)


def _layout_once(work_out: Callable) -> Callable:
    """A text's layout, worked out where it is not known yet."""

    def layout(text: Any, renderer: Any) -> Any:
        if text.get_wrap():  # by the figure's width
            return work_out(text, renderer)
        key = _key(text, renderer)
        if key not in KEPT:
            if len(KEPT) >= MOST:
                KEPT.clear()
            KEPT[key] = work_out(text, renderer)
        return KEPT[key]

    return layout


def _union(boxes: Iterable[Any]) -> Bbox:
    """The box around some, in two steps where matplotlib takes four for each."""
    corners = np.array([box.get_points() for box in boxes])
    return Bbox([corners.min((0, 1)), corners.max((0, 1))])


def _a_frame(method: Callable, now: dict) -> Callable:
    """A method of axes that measures or draws them: at its beginning and its end nothing is remembered of a tick."""

    @wraps(method)
    def of_axes(axes: Any, *args: Any, **options: Any) -> Any:
        now.clear()
        now["inside", axes] = True
        try:
            return method(axes, *args, **options)
        finally:
            now.clear()

    return of_axes


def _once_a_frame(method: Callable, now: dict) -> Callable:
    """A method of an axis whose answer is the same as long as one frame is measured or drawn."""

    def of_axis(axis: Any, *args: Any) -> Any:
        if not now:
            return method(axis, *args)
        key = method.__name__, axis
        if key not in now:
            now[key] = method(axis, *args)
        return now[key]

    return of_axis
