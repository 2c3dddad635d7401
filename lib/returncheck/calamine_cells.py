"""calamine, which reads the cells of .xlsx and .ods: its calls, bounded, and its panics turned into a sentence.

It gives an error cell, and a formula without a stored value, as a blank, and says nothing of hidden rows, struck-out
text and number formats; what looks for those is beside the readers.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from .file_limits import DAMAGED, LOCKED, MOST_CELLS, MOST_COLUMNS, Unreadable
from .grid import Broken, Grid, Merge, encode

Rows = list[list[Any]]


def open_workbook(path: Path, *suffixes: str) -> Any:
    """calamine goes by a file's name; one whose name says something else is handed over without it."""
    import python_calamine as calamine

    try:
        return calamine.load_workbook(path if path.suffix.lower() in suffixes else BytesIO(path.read_bytes()))
    except calamine.PasswordError:
        raise Unreadable(LOCKED) from None
    except BaseException as error:  # noqa: BLE001  (a panic of the Rust library is a BaseException)
        raise _sentence(error) from None


def _sentence(error: BaseException) -> BaseException:
    return error if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)) else Unreadable(DAMAGED)


def cells(book: Any, name: str) -> tuple[Rows, list[Merge]]:
    """The cells of a sheet from its first row and column on, and what is merged."""
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > MOST_CELLS or sheet.total_width > MOST_COLUMNS:
            raise Unreadable(
                f"Sheet {name[:40]!r} has cells far from the others. Delete "
                "the empty rows and columns and save it again."
            )
        return sheet.to_python(skip_empty_area=False), list(sheet.merged_cell_ranges or [])
    except Unreadable:
        raise
    except BaseException as error:  # noqa: BLE001  (the same)
        raise _sentence(error) from None


def sheets(book: Any) -> list[tuple[str, bool]]:
    """Name and hiddenness of each worksheet; charts and macros have no cells."""
    return [
        (m.name, str(m.visible) != "SheetVisibleEnum.Visible")
        for m in book.sheets_metadata
        if str(m.typ) == "SheetTypeEnum.WorkSheet"
    ]


def grid_of(name: str, rows: Rows, merged: list[Merge], hidden: bool, faults: dict[tuple[int, int], str]) -> Grid:
    """A grid of rows of cells; the cells with a fault hold its sentence."""
    width = max((len(r) for r in rows), default=0)
    for (r, c), why in faults.items():
        while len(rows) <= r:
            rows.append([""] * width)
        if c >= width:
            for row in rows:
                row.extend([""] * (c + 1 - len(row)))
            width = c + 1
        if len(rows[r]) <= c:
            rows[r].extend([""] * (c + 1 - len(rows[r])))
        rows[r][c] = Broken(why)
    if any(len(r) != width for r in rows):
        rows = [r + [""] * (width - len(r)) for r in rows]
    return Grid(name, len(rows), [encode(c) for c in zip(*rows, strict=True)], hidden, merged=merged)
