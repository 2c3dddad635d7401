"""The indicators' series of a page, read from its protected tables: the points, their charts and what stands beside."""

from __future__ import annotations

from lscb.control_chart_rules import Rules
from lscb.control_charts import Rebase
from lscb.scorecard import Indicator, Series, indicators, quarters, years
from openstats.project_data import standard

from .book import Book


def listed() -> dict[str, Indicator]:
    """The indicators of data/standards.yml by name."""
    return indicators(standard("indicators"))


def rules() -> Rules:
    """The constants of the control charts, from data/standards.yml."""
    return Rules(**{name: standard(f"trends.{name}") for name in Rules._fields})


def rebases(indicator: str, area: str) -> list[Rebase]:
    """The rebasings that people have decided for one area's indicator (data/standards.yml)."""
    chosen = [r for r in standard("trends.rebase") if r["indicator"] == indicator and r["area"] == area]
    return [Rebase(r["on"], r["reason"]) for r in chosen]


def read(book: Book, basis: str, group: str | None = None) -> dict[str, Series]:
    """The series of a book's own area, by indicator: `quarter` (the return) or `year` (official figures).

    group : only the indicators of one group. Empty where the table itself is not available.
    """
    every = book.once(f"scorecard_{basis}", lambda: _series(book, basis))
    return {name: line for name, line in every.items() if group in (None, line.indicator.group)}


def _series(book: Book, basis: str) -> dict[str, Series]:
    frame = book[f"scorecard_{basis}"]
    if "indicator" not in frame:
        return {}
    frame, constants = frame[frame["area"] == book.area], rules()
    if basis == "year":
        return {n: years(frame, each, constants) for n, each in listed().items() if each.official}
    return {
        n: quarters(frame, each, book.period, constants, rebases(n, book.area))
        for n, each in listed().items()
        if each.quarter
    }
