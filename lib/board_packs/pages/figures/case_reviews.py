"""Charts of case reviews."""

from __future__ import annotations

from ..book import Book
from ..words.base import Note, count
from ..words.case_reviews import IMPACT
from ..words.picked import absent, cell, drawn, years
from .base import Chart
from .plain import bars

SOURCE = "Source: action plans of case reviews."


def done(book: Book) -> Chart | Note:
    """Actions done in the year by theme and what the plan says of their impact."""
    labels = tuple(IMPACT)
    title = "Actions done, by what the plan says of their impact."
    return _stacked(book, "review_actions_evidence", "actions_done", years(book)[0], "evidence", labels, title)


def still_open(book: Book) -> Chart | Note:
    """Open actions by theme and whether their date has passed."""
    labels, title = ("overdue", "not yet due"), "Actions not done, by whether their date has passed."
    return _stacked(book, "review_actions_open", "actions_open", str(book.period), "state", labels, title)


def _stacked(book, name, measure, period, dim, labels, title) -> Chart | Note:
    table = book[name]
    if reason := absent(table):
        return Note(reason)
    themes = sorted({t for t in table["theme"] if t != "Total"})
    parts = {}
    for label in labels:
        rows = [cell(table, measure, period, theme=theme, **{dim: label}) for theme in themes]
        parts[IMPACT.get(label, label)] = [drawn(row) for row in rows]
    return bars(themes, parts, count, title, SOURCE, stacked=True)
