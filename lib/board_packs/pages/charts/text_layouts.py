"""A text's layout remembered while figures are drawn.

matplotlib lays every label of an axis out some ten times for one drawing (for the margins, twice, for the place of the
axis' words, for the labels that would touch, and to draw it), and a page's charts share most of their labels. What a
layout depends on is its key: words, font, angle, alignment, the renderer's kind and its dots an inch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.text import Text

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
    """While it lasts each layout is worked out once."""
    before: Any = Text._get_layout  # type: ignore[attr-defined]  # matplotlib's own

    def layout(text: Any, renderer: Any) -> Any:
        if text.get_wrap():  # by the figure's width
            return before(text, renderer)
        key = _key(text, renderer)
        if key not in KEPT:
            if len(KEPT) >= MOST:
                KEPT.clear()
            KEPT[key] = before(text, renderer)
        return KEPT[key]

    Text._get_layout = layout  # type: ignore[attr-defined]
    try:
        yield
    finally:
        Text._get_layout = before  # type: ignore[attr-defined]
