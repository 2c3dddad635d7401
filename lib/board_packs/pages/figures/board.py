"""Charts of the Board's meetings and money."""

from __future__ import annotations

from ..book import Book
from ..words.base import Note, money, percent
from ..words.picked import absent, cell, drawn, part, years
from .base import Chart
from .plain import bars, charted


def attendance(book: Book, meeting: str = "Main Board") -> Chart | Note:
    """Share of expected seats filled by agency at one meeting (`Total`: at all), this year."""
    table = book["board_attendance"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    rows = part(table, "seats_filled", now, meeting=meeting)
    rows = rows[rows["agency"] != "Total"].sort_values(["value", "agency"], ascending=[True, True])
    values = [drawn(row, "value") for row in rows.to_dict("records")]
    title = f"Expected seats filled in {now}, {'all meetings' if meeting == 'Total' else meeting}, by agency."
    return bars(list(rows["agency"]), {now: values}, percent, title, "Source: attendance register.")


def filled(book: Book) -> Chart | Note:
    """Share of expected seats filled by quarter with control limits."""
    table = book["board_attendance_chart"]
    if reason := absent(table):
        return Note(reason)
    rows = part(table, "seats_filled_charted")
    return charted(rows, "Share of expected seats filled, all meetings, by quarter:", "Source: attendance register.")


def contributions(book: Book) -> Chart | Note:
    """Core budget agreed by partner, this year and last."""
    table = book["contributions"]
    if reason := absent(table):
        return Note(reason)
    now, before = book.period.year, years(book)[1]
    rows = part(table, "contribution_agreed", now)
    names = list(rows[rows["partner"] != "Total"].sort_values("value", ascending=False)["partner"])
    parts = {}
    for year in (now, before):
        found = [cell(table, "contribution_agreed", year, partner=name) for name in names]
        parts[year] = [drawn(row, "value") for row in found]
    return bars(names, parts, money, "Core budget agreed, by partner.", "Source: the Board's budget.")
