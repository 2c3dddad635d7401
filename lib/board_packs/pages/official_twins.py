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
    `differs`, and the two figures as they are `told`; `before` and `official_before` of the year before it, whether the
    two moved in `opposite` ways since, and both `moves` as they are told.

    They differ where they lie further apart than `indicators.apart` of data/standards.yml; of rounded counts only where
    the exact ones would too: four quarters, each off by half of what it is rounded to at most. They move in opposite
    ways where one rises and the other falls by more than that; of rounded counts that is not said.
    """
    recorded, least = book["scorecard_quarter"], book.standard("indicators.apart")
    frame, before = (
        scorecard_comparison.twins(recorded, book["scorecard_year"], entries, year)
        for year in (book.year, book.last_year)
    )
    earlier = before[before["unit"].eq(frame["unit"].reindex(before.index))]
    frame = frame.assign(before=earlier["value"], official_before=earlier["official"])
    reason = next((text for text in recorded["reason"] if "rounded" in text), "")
    frame = frame.assign(title=[entries[name].title for name in frame.index], reason=reason)
    to = nearest({"reason": reason})
    off = 4 * to / 2 if to > 1 else 0
    blur = off / frame["count"] + (off / frame["of"]).where(frame["unit"] == "share", 0)
    sure = frame["apart"].abs() - (1 + frame["apart"]) * blur
    sent, printed = frame["value"] / frame["before"] - 1, frame["official"] / frame["official_before"] - 1
    opposite = (sent * printed < 0) & (sent.abs() > least) & (printed.abs() > least) & (to == 1)
    rows = frame.to_dict("records")
    texts = {"told": [_told(row) for row in rows], "moves": [_told(row, "before") for row in rows]}
    # of no row at all they are texts too
    return Rows(frame.assign(differs=sure > least, opposite=opposite, **texts).astype(dict.fromkeys(texts, "str")))


def _told(row: dict, since: str = "") -> str:
    """Both figures with their unit; `since`: each after that of the year before."""
    own, official = Cell(row | {"status": "shown"}), Cell(row | {"status": "shown", "reason": ""})
    unit = f", {row['unit']}" if row["unit"].startswith("per") else ""
    first, second = (
        f"{cell:{name} unit} to " if since else "" for cell, name in ((own, "before"), (official, "official_before"))
    )
    return f"{first}{own:unit} in the return, {second}{official:official unit} official{unit}"
