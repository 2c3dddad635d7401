"""What a pack's workbook has in its cells, and its tables as it prints them, read back for the record of what left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lscb.long_table import FIGURES

from .workbook import FIRST_SHEETS, HEADINGS, SHORT, plain, sheet_label

if TYPE_CHECKING:
    import pandas as pd

STATES = {mark: status for status, mark in SHORT.items()}


def workbook_cells(path: Path) -> dict[str, list]:
    """Everything written in the cells of a workbook, by sheet."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def tables_back(path: Path, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Each of a workbook's tables, with the figures and the status that its sheet has.

    tables : those that the workbook was made of, all of them and in their order: their cells are looked for on the
        sheets, place by place. What stands under another label is in the answer under that label, what is not there is
        not
    """
    sheets, taken = workbook_cells(path), set(FIRST_SHEETS)
    return {name: _back(frame, sheets.get(sheet_label(name, taken), [])) for name, frame in tables.items()}


def _back(frame: pd.DataFrame, sheet: list[list[Any]]) -> pd.DataFrame:
    import pandas as pd

    expected, _ = plain(frame)
    headings = list(expected.columns)
    top = next((at for at, row in enumerate(sheet) if row[: len(headings)] == headings), len(sheet))
    figures = {HEADINGS[name]: name for name in FIGURES if HEADINGS[name] in headings}
    rows = []
    pairs = zip(frame.to_dict("records"), expected.to_dict("records"), sheet[top + 1 :], strict=False)
    for counted, written, cells in pairs:
        printed = dict(zip(headings, cells, strict=False))
        row = counted | dict.fromkeys(FIGURES) | {"status": "shown"}
        for heading, name in figures.items():
            text = printed[heading]
            row |= {"status": STATES[text]} if text in STATES else {name: None if text == "" else float(text)}
        other = [
            h
            for h in headings
            if h not in figures and str(printed[h]) != str(written[h]) and not _same(printed[h], written[h])
        ]
        rows.append(row | {"measure": f"{row['measure']} under {', '.join(map(str, other))}"} if other else row)
    return pd.DataFrame(rows, columns=list(frame.columns)).astype(dict.fromkeys(FIGURES, "float64"))


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, (int, float)) and isinstance(other, (int, float)) and one == other
