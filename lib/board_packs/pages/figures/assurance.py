"""Charts of section 11 and audits."""

from __future__ import annotations

from ..book import Book
from ..words.base import Note, count
from ..words.picked import absent, cell, drawn, part, years
from .base import Chart
from .plain import bars


def standards(book: Book) -> Chart | Note:
    """Agencies short of each standard, this year and last."""
    table = book["section_11_standards"]
    if reason := absent(table):
        return Note(reason)
    names = list(dict.fromkeys(part(table, "section_11_short", years(book)[0])["standard"]))
    parts = {
        year: [drawn(cell(table, "section_11_short", year, standard=name)) for name in names] for year in years(book)
    }
    return bars(names, parts, count, "Agencies short of each standard.", "Source: section 11 self-assessments.")


def audits(book: Book) -> Chart | Note:
    """Recommendations of each audit by how far they are."""
    table = book["audit_recommendations"]
    if reason := absent(table):
        return Note(reason)
    names = sorted({a for a in table["audit"] if a != "Total"})
    now = str(book.period)
    parts = {
        progress: [drawn(cell(table, "audit_recommendations", now, audit=n, progress=progress)) for n in names]
        for progress in ("done", "in progress", "not started")
    }
    return bars(
        names, parts, count, "Recommendations of audits.", "Source: audits of the Board's groups.", stacked=True
    )
