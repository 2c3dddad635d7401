"""Charts of learning and development."""

from __future__ import annotations

from ..book import Book
from ..words.base import Note, count, percent
from ..words.picked import absent, cell, drawn, part, years
from .base import Chart
from .plain import bars, charted

SOURCE = "Source: training return of the Board's coordinator."


def filled(book: Book) -> Chart | Note:
    """Share of places filled by quarter with control limits."""
    table = book["training_chart"]
    if reason := absent(table):
        return Note(reason)
    return charted(part(table, "training_filled_charted"), "Share of places filled, by quarter:", SOURCE)


def kinds(book: Book) -> Chart | Note:
    """Share of places filled by kind of event, this year and last."""
    table = book["training_attendance"]
    if reason := absent(table):
        return Note(reason)
    names = sorted({k for k in part(table, "training_filled")["kind"] if k != "Total"})
    parts = {}
    for year in years(book):
        rows = [cell(table, "training_filled", year, kind=name) for name in names]
        parts[year] = [drawn(row, "value") for row in rows]
    held = [n for n, name in enumerate(names) if any(values[n] == values[n] for values in parts.values())]
    parts = {year: [values[n] for n in held] for year, values in parts.items()}
    return bars([names[n] for n in held], parts, percent, "Share of places filled, by kind of event.", SOURCE)


def agencies(book: Book) -> Chart | Note:
    """Attendances by agency, this year and last."""
    table = book["training_by_agency"]
    if reason := absent(table):
        return Note(reason)
    now = part(table, "training_attended", years(book)[0])
    names = list(now[now["agency"] != "Total"].sort_values("count", ascending=False)["agency"])
    parts = {}
    for year in years(book):
        rows = [cell(table, "training_attended", year, agency=name) for name in names]
        parts[year] = [drawn(row) for row in rows]
    return bars(names, parts, count, "Attendances by agency.", SOURCE)
