"""Figures that the last report printed and that are other today: its public tables beside those of this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from lscb import long_table
from lscb.long_table import KEYS, TOTAL, dimensions

from ...pages.cell_value import Cell, records
from ...pages.number_text import label, when
from ...pages.readable_table import measure_label

if TYPE_CHECKING:
    from ...pages.book import Book

LEFT_OUT = ("returns_received", "returns_problems", "published_claims")  # of a run, not of the area
OF_A_FIGURE = ("indicator", "window")  # they say which figure it is, not of whom
HEADS = ["Figure", "Of", "Printed last year", "Right today"]


def corrections(book: Book, folder: Path) -> list[list[str]] | None:
    """A line for each figure of the year before that was printed then and is printed otherwise today; None where the
    tables of that report are not in `folder`.

    Only totals are compared, of the same measure, period and labels: what a category holds may have been named anew.
    """
    if not folder.is_dir():
        return None
    lines: dict[tuple, list[str]] = {}
    for name in sorted(set(book.names()) - set(LEFT_OUT)):
        path = folder / f"{name}.csv"
        now = book[name]
        if getattr(now, "absent", "") or not path.is_file():
            continue
        then = long_table.load(path)
        dims = [dim for dim in dimensions(now) if dim in then.columns]
        pairs = _last_year(now, book, dims).merge(_last_year(then, book, dims), on=dims, suffixes=("", "_then"))
        for row in records(pairs):
            new, old = Cell(row), Cell(row | {of[:-5]: row[of] for of in row if of.endswith("_then")})
            style = "count" if new.count == new.count and new.value != new.value else "unit"
            if new.shown and old.shown and (text := f"{new:{style}}") != (before := f"{old:{style}}"):
                what = measure_label(str(row["measure"]))
                more = [label(row[dim]) for dim in dims if dim in OF_A_FIGURE]
                book.derived += [n for n in (new.count, new.value, old.count, old.value) if n == n]
                key = (what, *more, row["period"])
                lines.setdefault(key, [": ".join([what, *more]), when(row["period"]), before, text])
    return list(lines.values())


def _last_year(frame: pd.DataFrame, book: Book, dims: list[str]) -> pd.DataFrame:
    """The totals of the year before and of its end, of the area itself; of what only one of the tables has, totals too."""
    kept = frame["period"].isin([book.last_year, f"{book.last_year}-Q4"]) & (frame["area"] == book.area)
    parts = [dim for dim in dimensions(frame) if dim not in (*KEYS, *OF_A_FIGURE) or dim not in dims]
    return frame[kept & (frame[parts] == TOTAL).all(axis=1)]
