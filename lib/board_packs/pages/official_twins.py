"""What a return says of its own year beside the official figure of the same year, and where the two disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lscb import scorecard_comparison

from .book_rows import Rows
from .cell_value import Cell, nearest, records

if TYPE_CHECKING:
    from lscb.scorecard import Indicator

    from .book import Book

TWO = (("value", "before"), ("official", "official_before"))


def twins(book: Book, entries: Mapping[str, Indicator]) -> Rows:
    """`scorecard_comparison.twins` of a book's year, each with its `title`, the `reason` of rounded counts, whether it
    `differs`, and the two figures as they are `told`; `before` and `official_before` of the year before it, whether the
    two moved in `opposite` ways since, and both `moves` as they are told.

    They differ where they lie further apart than `indicators.apart` of data/standards.yml; of rounded counts only where
    the exact ones would too, from the `least` to the `most` that each can be: of four quarters to the nearest 5, 8 either
    way. What a sum of rounded quarters `sent` is told as that range, and has no `apart`. They move in opposite ways where
    one rises and the other falls by more than `indicators.apart`; of rounded counts that is not said.
    """
    recorded, least = book["scorecard_quarter"], book.standard("indicators.apart")
    frame, before = (
        scorecard_comparison.twins(recorded, book["scorecard_year"], entries, year)
        for year in (book.year, book.last_year)
    )
    earlier = before[before["unit"].eq(frame["unit"].reindex(before.index))]
    frame = frame.assign(before=earlier["value"], official_before=earlier["official"])
    reason = next((text for text in recorded["reason"] if "rounded" in text), "")
    frame = frame.assign(title=[entries[name].title for name in frame.index], reason="")
    to = nearest({"reason": reason})
    quarters = pd.Series([1 if entries[name].carries_over else 4 for name in frame.index], frame.index, dtype=float)
    off = quarters * (to // 2)
    of_off = (off / frame["of"]).where(frame["unit"] == "share", 0)
    frame["least"], frame["most"] = (
        frame["value"] * (1 + way * off / frame["count"]) / (1 - way * of_off) for way in (-1, 1)
    )
    differs = (frame["least"] / frame["official"] - 1 > least) | (frame["most"] / frame["official"] - 1 < -least)
    sent, printed = frame["value"] / frame["before"] - 1, frame["official"] / frame["official_before"] - 1
    opposite = (sent * printed < 0) & (sent.abs() > least) & (printed.abs() > least) & (to == 1)
    if to > 1:
        frame["apart"] = float("nan")
    rows = records(frame.assign(summed=quarters > 1, reason=reason))
    texts = {"sent": [_sent(row) for row in rows], "told": [_told(row) for row in rows]}
    texts["moves"] = [_moves(row) for row in rows]
    # of no row at all they are texts too
    return Rows(frame.assign(differs=differs, opposite=opposite, **texts).astype(dict.fromkeys(texts, "str")))


def _sent(row: dict) -> str:
    """The return's figure; of rounded quarters together, which are no rounded year, the range that they leave."""
    cell = Cell(row | {"status": "shown"})
    if not (cell.rounded and row["summed"]):
        return f"{cell:unit}"
    exact = Cell(row | {"status": "shown", "reason": ""})
    return f"{exact:least unit} to {exact:most unit}"


def _told(row: dict) -> str:
    """Both figures with their unit."""
    official = Cell(row | {"status": "shown", "reason": ""})
    unit = f", {row['unit']}" if row["unit"].startswith("per") else ""
    return f"{_sent(row)} in the return, {official:official unit} official{unit}"


def _moves(row: dict) -> str:
    """Both figures, each after that of the year before, and which of them falls."""
    cell = Cell(row | {"status": "shown"})
    own, official = ("fewer" if row[now] < row[before] else "more" for now, before in TWO)
    unit = f" {row['unit']}" if row["unit"].startswith("per") else ""
    if row["unit"] == "share":
        own, official = (word.replace("fewer", "lower").replace("more", "higher") for word in (own, official))
    return (
        f"the return says {own}, {cell:before unit} to {cell:unit}{unit}; the official figures {official}, "
        f"{cell:official_before unit} to {cell:official unit}{unit}"
    )
