"""Charts the size of a line of text, for a pack's first page: written straight as SVG, in the colours of all charts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from .number_text import percent, rate, when

if TYPE_CHECKING:
    import pandas as pd

    from lscb.control_charts import Chart

    from .cell_value import Cell

WIDE, HIGH, EDGE = 240, 54, 6
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
    """The area's rate with its interval, and where others stand."""
    ends = [rate_of_area.low, rate_of_area.high, *(cell.value for _, cell in others)]
    spread = max(ends) - min(ends) or 1.0
    x = _scale(min(ends) - 0.15 * spread, max(ends) + 0.15 * spread, EDGE, WIDE - EDGE)
    middle = HIGH / 2
    parts = [
        f'<path d="M{_places([(x(rate_of_area.low), middle), (x(rate_of_area.high), middle)])}" fill="none" stroke="{BLUE}" stroke-width="3"/>'
    ]
    parts.append(_point(x(rate_of_area.value), middle, "s" if kind == "worse" else "o", COLOURS[kind]))
    for place, (who, cell) in enumerate(others):
        at = x(cell.value)
        parts.append(
            f'<path d="M{_places([(at, middle - 12), (at, middle + 12)])}" fill="none" stroke="{GREY}" stroke-width="2"/>'
        )
        anchor = "end" if at > WIDE * 0.6 else "start" if at < WIDE * 0.4 else "middle"
        height = middle - 16 if place % 2 == 0 else middle + 24
        text = f"{'similar' if who.startswith('similar') else who} {(percent if cell.is_share else rate)(cell.value)}"
        parts.append(
            f'<text x="{at:.1f}" y="{height:.1f}" font-size="11" text-anchor="{anchor}" fill="{INK}">{escape(text)}</text>'
        )
    return _svg(f"{title}: the area with its interval, and others as lines", parts)


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
