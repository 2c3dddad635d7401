"""calamine, which reads the cells of .xlsx and .ods: its calls, bounded, and its panics turned into a sentence.

It gives an error cell, and a formula without a stored value, as a blank, and says nothing of hidden rows, struck-out
text and number formats; what looks for those is beside the readers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from .file_limits import DAMAGED, LOCKED, MOST_CELLS, MOST_COLUMNS, Unreadable
from .grid import Appearance, Broken, Column, Gathered, Grid, Merge

AT_ONCE = 10_000  # rows


@dataclass
class Look:
    """What a sheet's own text says of its cells: faults, what is shown, what is hidden and merged."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    appearances: dict[int, dict[int, Appearance]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merge] = field(default_factory=list)


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


def _sheet(book: Any, name: str) -> Any:
    """A sheet by its name, of no more cells than are read."""
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS or sheet.total_width > MOST_COLUMNS:
        raise Unreadable(
            f"Sheet {name[:40]!r} has cells far from the others. Delete the empty rows and columns and save it again."
        )
    return sheet


def sheets(book: Any) -> list[tuple[str, bool]]:
    """Name and hiddenness of each worksheet; charts and macros have no cells."""
    return [
        (m.name, str(m.visible) != "SheetVisibleEnum.Visible")
        for m in book.sheets_metadata
        if str(m.typ) == "SheetTypeEnum.WorkSheet"
    ]


def grid_of(book: Any, sheet: tuple[str, bool], look: Look) -> Grid:
    """A sheet, by its name and whether it is hidden, as a grid; the cells with a fault hold its sentence."""
    name, hidden = sheet
    try:
        cells = _sheet(book, name)
        ends = [*filter(None, [cells.end]), *look.faults]
        rows, width = (max((end[n] + 1 for end in ends), default=0) for n in (0, 1))
        columns = _columns(cells, (rows, width), look.faults)
        merged = list(cells.merged_cell_ranges or []) or look.merged
    except Unreadable:
        raise
    except BaseException as error:  # noqa: BLE001  (the same)
        raise _sentence(error) from None
    grid = Grid(name, rows, columns, hidden, merged=merged, appearances=look.appearances)
    grid.hidden_rows, grid.hidden_columns = look.hidden_rows, look.hidden_columns
    return grid


def _columns(cells: Any, size: tuple[int, int], faults: dict[tuple[int, int], str]) -> list[Column]:
    """The columns of a sheet of `size` rows and columns, taken some rows at a time, so that little is held twice."""
    rows, width = size
    before = [""] * (cells.start[1] if cells.start else 0)
    texts = (before + row + [""] * (width - len(before) - len(row)) for row in cells.iter_rows())
    blank = ([""] * width for _ in count())
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (r, c), why in faults.items():
        by_row.setdefault(r, []).append((c, why))
    columns = [Gathered() for _ in range(width)]
    for at in range(0, rows, AT_ONCE):
        part = list(islice(chain(texts, blank), min(AT_ONCE, rows - at)))
        for r in by_row.keys() & set(range(at, at + len(part))) if by_row else ():
            for c, why in by_row[r]:
                part[r - at][c] = Broken(why)
        for column, values in zip(columns, zip(*part, strict=True), strict=True):
            column.add(values)
    return [column.column() for column in columns]
