"""How the scorecard's control charts are computed: the rules as a page was made with them, and where limits start anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb.control_chart_rules import Rules
from lscb.control_charts import Rebase

if TYPE_CHECKING:
    from .book import Book


def rules(book: Book) -> Rules:
    """The constants of the method, those of data/standards.yml (`trends`) or what the page was asked for."""
    return Rules(**{name: book.standard(f"trends.{name}") for name in Rules._fields})


def starts(book: Book) -> dict[str, list[Rebase]]:
    """Where somebody has started the limits of the area's indicators anew: by indicator, each with its day and reason."""
    began: dict[str, list[Rebase]] = {}
    for entry in book.standard("trends.rebase"):
        if entry["area"] == book.area:
            began.setdefault(entry["indicator"], []).append(Rebase(entry["on"], entry["reason"]))
    return began
