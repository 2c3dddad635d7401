"""What a return says of its own year beside the official figure of the same year, and where the two disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lscb import scorecard_comparison

from .book_rows import Rows
from .cell_value import Cell, nearest

if TYPE_CHECKING:
    from lscb.scorecard import Indicator

    from .book import Book


def twins(book: Book, entries: Mapping[str, Indicator]) -> Rows:
    """`scorecard_comparison.twins` of a book's year, each with its `title`, the `reason` of rounded counts, whether it
    `differs`, and the two figures as they are `told`.

    They differ where they lie further apart than `indicators.apart` of data/standards.yml; of rounded counts only where
    the exact ones would too: four quarters, each off by half of what it is rounded to at most.
    """
    recorded = book["scorecard_quarter"]
    frame = scorecard_comparison.twins(recorded, book["scorecard_year"], entries, book.year)
    reason = next((text for text in recorded["reason"] if "rounded" in text), "")
    frame = frame.assign(title=[entries[name].title for name in frame.index], reason=reason)
    to = nearest({"reason": reason})
    off = 4 * to / 2 if to > 1 else 0
    blur = off / frame["count"] + (off / frame["of"]).where(frame["unit"] == "share", 0)
    sure = frame["apart"].abs() - (1 + frame["apart"]) * blur
    texts = [_told(row) for row in frame.to_dict("records")]
    return Rows(frame.assign(differs=sure > book.standard("indicators.apart"), told=texts))


def _told(row: dict) -> str:
    own, official = Cell(row | {"status": "shown"}), Cell(row | {"status": "shown", "reason": ""})
    unit = f", {row['unit']}" if row["unit"].startswith("per") else ""
    return f"{own:unit} in the return, {official:official unit} official{unit}"
