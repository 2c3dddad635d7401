"""What a return says of its own year beside the official figure of the same year, and where the two disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lscb import scorecard_comparison

from .book_rows import Rows
from .cell_value import Cell, nearest, records
from .number_text import percent, signed

if TYPE_CHECKING:
    from lscb.scorecard import Indicator

    from .book import Book


def twins(book: Book, entries: Mapping[str, Indicator]) -> Rows:
    """`scorecard_comparison.twins` of a book's year, each with its `title`, the `reason` of rounded counts, whether it
    `differs`, and the two figures as they are `told`, and on which `side` the return lies; how far apart they were in the year before (`apart_before`), whether
    they `crossed` since, and the `crossing` as it is told.

    They differ where they lie further apart than `indicators.apart` of data/standards.yml; of rounded counts only where
    the exact ones would too, from the `least` to the `most` that each can be: of four quarters to the nearest 5, 8 either
    way. What a sum of rounded quarters `sent` is told as that range, and has no `apart`. They crossed where
    the return lay above the official figure by more than `indicators.apart` and lies below it by as much, or the other
    way round; of rounded counts that is not said.
    """
    recorded, least = book["scorecard_quarter"], book.standard("indicators.apart")
    frame, before = (
        scorecard_comparison.twins(recorded, book["scorecard_year"], entries, year)
        for year in (book.year, book.last_year)
    )
    earlier = before[before["unit"].eq(frame["unit"].reindex(before.index))]
    frame = frame.assign(apart_before=earlier["apart"])
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
    if to > 1:
        frame[["apart", "apart_before"]] = float("nan")
    both = frame[["apart", "apart_before"]]
    crossed = (both.prod(axis=1, skipna=False) < 0) & (both.abs() > least).all(axis=1)
    rows = records(frame.assign(summed=quarters > 1, reason=reason))
    texts = {"sent": [_sent(row) for row in rows], "told": [_told(row) for row in rows]}
    texts["side"] = [signed(percent(abs(part)), part) if (part := row["apart"]) == part else "–" for row in rows]
    texts["crossing"] = [_crossing(row, book.last_year, book.year) for row in rows]
    # of no row at all they are texts too
    return Rows(frame.assign(differs=differs, crossed=crossed, **texts).astype(dict.fromkeys(texts, "str")))


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


def _crossing(row: dict, earlier: str, later: str) -> str:
    """By how much of the official figure the return lay above or below it in the two years."""
    before, now = (
        f"{percent(abs(part), 0)} {'below' if part < 0 else 'above'}" for part in (row["apart_before"], row["apart"])
    )
    return f"the return was {before} the official count in {earlier} and {now} in {later}"
