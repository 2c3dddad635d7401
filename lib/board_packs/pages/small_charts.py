"""Charts the size of a line of text, for a pack's first page: written straight as SVG, in the colours of all charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from .number_text import ordinal, percent, rate, when

if TYPE_CHECKING:
    import pandas as pd

    from lscb.control_charts import Chart

    from .cell_value import Cell

WIDE, HIGH, EDGE = 240, 46, 6
TOP, MIDDLE, BELOW, LETTER = 10, 22, 44, 6.4  # heights of a figure, of its mark, of names; the width of a letter
COLOURS = {"worse": "#f46a25", "better": "#12436d", "other": "#12436d", "same": "#6b6b6b"}
BLUE, GREY, PALE, INK = "#12436d", "#6b6b6b", "#d5dce4", "#1d1d1d"


def series(title: str, rows: pd.DataFrame, chart: Chart, kind: str) -> str:
    """A control chart without words: the limits as a band, the mean, every point, the newest one large."""
    values, low, high = (np.asarray(line, float) for line in (chart.values, chart.low, chart.high))
    seen = np.concatenate([values, low, high])
    seen = seen[np.isfinite(seen)]
    y = _scale(seen.min(), seen.max(), HIGH - EDGE, EDGE)
    x = _scale(0, max(len(values) - 1, 1), EDGE, WIDE - EDGE)
    parts = []
    limited = np.flatnonzero(np.isfinite(low) & np.isfinite(high))
    if len(limited):
        edge = [(x(i), y(high[i])) for i in limited] + [(x(i), y(low[i])) for i in limited[::-1]]
        parts.append(f'<path d="M{_places(edge)}Z" fill="{PALE}" fill-opacity=".6"/>')
        mean = [(x(i), y(chart.mean[i])) for i in limited if np.isfinite(chart.mean[i])]
        parts.append(f'<path d="M{_places(mean)}" fill="none" stroke="{BLUE}" stroke-dasharray="3 3"/>')
    points = [(x(i), y(value)) for i, value in enumerate(values) if np.isfinite(value)]
    parts.append(f'<path d="M{_places(points)}" fill="none" stroke="{GREY}" stroke-width="1.5"/>')
    shape = "s" if kind == "worse" else "o"
    parts.append(_point(*points[-1], shape, COLOURS[kind]))
    periods = [when(period) for period in rows["period"]]
    return _svg(f"{title} by quarter, {periods[0]} to {periods[-1]}, with the limits of chance as a band", parts)


def beside(title: str, rate_of_area: Cell, others: Sequence[tuple[str, Cell]], kind: str) -> str:
    """The area's rate with its interval, its figure above it, and where others stand, named below."""
    ends = [rate_of_area.low, rate_of_area.high, *(cell.value for _, cell in others)]
    x = _scale(*_wider(ends), EDGE, WIDE - EDGE)
    figure = percent if rate_of_area.is_share else rate
    names = [
        (x(cell.value), f"{'similar' if who.startswith('similar') else who} {figure(cell.value)}")
        for who, cell in others
    ]
    parts = [_line([(at, MIDDLE - 9), (at, MIDDLE + 9)], GREY, 2) for at, _ in names]
    parts += _interval(x, (rate_of_area.value, rate_of_area.low, rate_of_area.high), kind)
    parts += [_text(x(rate_of_area.value), TOP, figure(rate_of_area.value), bold=True), *_apart(names)]
    return _svg(f"{title}: the area with its interval, and others as lines", parts)


def change(title: str, gap: tuple[float, float, float], kind: str) -> str:
    """A change with its interval, beside the line of what was before. `gap`: the change, its low and high end."""
    x = _scale(*_wider([0.0, *gap]), EDGE, WIDE - EDGE)
    parts = [_line([(x(0), MIDDLE - 12), (x(0), MIDDLE + 12)], GREY, 2), *_interval(x, gap, kind)]
    return _svg(f"{title}: the change with its interval", [*parts, *_apart([(x(0), "as before")])])


def among(title: str, place: Cell, worst_at_end: bool, worst: float) -> str:
    """Where an authority stands among all by rank; the worst part of them is marked."""
    x = _scale(1, place.ranked, EDGE, WIDE - EDGE)
    number = worst * place.ranked
    edges = (x(place.ranked - number + 0.5), x(place.ranked)) if worst_at_end else (x(1), x(number + 0.5))
    box = _places([(edges[0], MIDDLE - 7), (edges[1], MIDDLE - 7), (edges[1], MIDDLE + 7), (edges[0], MIDDLE + 7)])
    parts = [f'<path d="M{box}Z" fill="{PALE}"/>', _line([(x(1), MIDDLE), (x(place.ranked), MIDDLE)], GREY, 1.5)]
    parts += [
        _point(x(place.rank), MIDDLE, "s", COLOURS["worse"]),
        _text(x(place.rank), TOP, ordinal(place.rank), bold=True),
    ]
    ends = _apart(
        [
            (x(1), f"1st{'' if worst_at_end else ', worst'}"),
            (x(place.ranked), f"{ordinal(place.ranked)}{', worst' if worst_at_end else ''}"),
        ]
    )
    return _svg(f"{title}: the rank among all authorities, the worst part of them marked", parts + ends)


def of_all(title: str, shares: Sequence[Cell], kind: str) -> str:
    """Shares of what was due, each named by its figure, on the way to all of it."""
    x, shape = _scale(0, 1, EDGE, WIDE - EDGE), "s" if kind == "worse" else "o"
    parts = [
        _line([(x(0), MIDDLE), (x(1), MIDDLE)], GREY, 1.5),
        _line([(x(1), MIDDLE - 9), (x(1), MIDDLE + 9)], GREY, 2),
    ]
    parts += [_point(x(each.value), MIDDLE, shape, COLOURS[kind]) for each in shares]
    names = _apart([(x(each.value), f"{each:percent}") for each in shares])
    return _svg(f"{title}: shares of what was due, on the way to all", [*parts, _text(x(1) - 8, TOP, "all"), *names])


def _interval(x: Callable[[float], float], ends: tuple[float, float, float], kind: str) -> list[str]:
    """A figure as a mark, its interval as a bar through it; `ends`: the figure, low and high."""
    value, low, high = map(x, ends)
    return [
        _line([(low, MIDDLE), (high, MIDDLE)], BLUE, 3),
        _point(value, MIDDLE, "s" if kind == "worse" else "o", COLOURS[kind]),
    ]


def _wider(ends: Sequence[float]) -> tuple[float, float]:
    spread = 0.15 * (max(ends) - min(ends) or 1.0)
    return min(ends) - spread, max(ends) + spread


def _apart(names: Sequence[tuple[float, str]]) -> list[str]:
    """Words below the places that they name, moved apart where they would touch, and none beyond the edges."""
    ordered, texts, right = sorted(names), [], 0.0
    sizes = [LETTER * len(words) for _, words in ordered]
    for number, ((at, words), size) in enumerate(zip(ordered, sizes, strict=True)):
        room = WIDE - sum(sizes[number + 1 :]) - LETTER * (len(sizes) - number - 1)  # for those to the right
        middle = max(right + size / 2, min(at, room - size / 2))
        texts.append(_text(middle, BELOW, words))
        right = middle + size / 2 + LETTER
    return texts


def _text(x: float, y: float, words: str, bold: bool = False) -> str:
    size = LETTER * len(words)
    middle = min(max(x, size / 2), WIDE - size / 2)
    heavy = ' font-weight="600"' if bold else ""
    return f'<text x="{middle:.1f}" y="{y:g}" font-size="11" text-anchor="middle" fill="{INK}"{heavy}>{escape(words)}</text>'


def _line(places: Sequence[tuple[float, float]], colour: str, width: float) -> str:
    return f'<path d="M{_places(places)}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def _scale(low: float, high: float, start: float, end: float):
    size = (high - low) or 1.0
    return lambda value: start + (value - low) / size * (end - start)


def _places(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _point(x: float, y: float, shape: str, colour: str) -> str:
    if shape == "s":  # by its shape too, for those who do not see its colour
        return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'


def _svg(words: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="small" role="img" aria-label="{escape(words)}" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" '
        f'height="{HIGH}">{"".join(parts)}</svg>'
    )
