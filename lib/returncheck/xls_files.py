"""Workbooks of Excel 97 to 2003 (.xls), read by xlrd: cells, errors, formats, hidden rows and columns, merged cells."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from .file_limits import DAMAGED, LOCKED, Unreadable
from .grid import Broken, Grid, Merge, Opened, encode
from .number_formats import BUILT_IN, PLAIN, Formatted
from .xlsx_sheet import STRUCK

ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read(path: Path) -> Opened:
    """An .xls file. Raises Unreadable for what cannot be read; what a damaged one makes of xlrd is one sentence."""
    import xlrd  # type: ignore[import-untyped]

    data = path.read_bytes()
    if any(mark in data for mark in ENCRYPTED):
        raise Unreadable(LOCKED)
    try:
        with open(os.devnull, "w") as nowhere:
            book = xlrd.open_workbook(
                file_contents=data, logfile=nowhere, formatting_info=True, ragged_rows=True, on_demand=True
            )
            grids = [_grid(book, book.sheet_by_index(n)) for n in range(book.nsheets)]
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (of a damaged file xlrd raises whatever its bytes lead to)
        if "encrypted" in str(error):
            raise Unreadable(LOCKED) from None
        raise Unreadable(DAMAGED) from None
    notes = ["The workbook holds macros; they are ignored."] if MACROS in data else []
    return Opened("xls", grids, notes)


def _grid(book: Any, sheet: Any) -> Grid:
    merged: list[Merge] = [((top, left), (end - 1, right - 1)) for top, end, left, right in sheet.merged_cells]
    width = max((sheet.row_len(r) for r in range(sheet.nrows)), default=0)
    rows = [_row(book, sheet, r, width) for r in range(sheet.nrows)]
    grid = Grid(sheet.name, len(rows), [encode(c) for c in zip(*rows, strict=True)], bool(sheet.visibility))
    grid.merged, grid.epoch_1904 = merged, book.datemode == 1
    grid.hidden_rows = {r for r, info in sheet.rowinfo_map.items() if info.hidden}
    grid.hidden_columns = {c for c, info in sheet.colinfo_map.items() if info.hidden}
    for r in range(sheet.nrows):
        for c in range(sheet.row_len(r)):
            kind, value = sheet.cell_type(r, c), sheet.cell_value(r, c)
            code = _format(book, sheet, r, c) if kind in (2, 3) else ""
            if code not in PLAIN:
                grid.appearances.setdefault(c, {})[r] = Formatted(code, float(value))
    return grid


def _row(book: Any, sheet: Any, r: int, width: int) -> list[Any]:
    cells = [_cell(book, sheet, r, c) for c in range(sheet.row_len(r))]
    return cells + [""] * (width - len(cells))


def _cell(book: Any, sheet: Any, r: int, c: int) -> Any:
    """One cell's value: text, number, date, truth, or Broken for an error and for text that is struck out."""
    import xlrd

    kind, value = sheet.cell_type(r, c), sheet.cell_value(r, c)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if kind == xlrd.XL_CELL_ERROR:
        return Broken(f"the error {xlrd.error_text_from_code.get(value, 'of a formula')}")
    if _struck(book, sheet, r, c):
        return Broken(STRUCK)
    if kind == xlrd.XL_CELL_DATE:
        return _date(value, book.datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_TEXT and value == "":
        return Broken("a formula whose result is blank or was never stored (recalculate the workbook and save it)")
    return value


def _date(value: float, epoch: int) -> date | datetime | time | float:
    """A day, a time of day, or the number itself where it is no date that Excel has."""
    import xlrd

    try:
        when: datetime = xlrd.xldate_as_datetime(value, epoch)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return value
    return when.time() if 0 <= value < 1 else when


def _style(book: Any, sheet: Any, r: int, c: int) -> Any:
    at = sheet.cell_xf_index(r, c)
    return book.xf_list[at] if at is not None and at < len(book.xf_list) else None


def _format(book: Any, sheet: Any, r: int, c: int) -> str:
    style = _style(book, sheet, r, c)
    if style is None:
        return ""
    entry = book.format_map.get(style.format_key)
    return entry.format_str if entry is not None else BUILT_IN.get(style.format_key, "")


def _struck(book: Any, sheet: Any, r: int, c: int) -> bool:
    style, fonts = _style(book, sheet, r, c), book.font_list
    at = [style.font_index] if style is not None else []
    at += [font for _, font in sheet.rich_text_runlist_map.get((r, c), ())]
    return any(font < len(fonts) and fonts[font].struck_out for font in at)
