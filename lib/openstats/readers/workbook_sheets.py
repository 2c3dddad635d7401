"""Sheets of official workbooks as frames: the header is the first row that fits, wherever it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..file_kinds import Peek
from ..sources import NotAsNamed

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd


def sheets(path: Path) -> dict[str, list[list]]:
    """All rows of all sheets by name. Raises NotAsNamed for a file that is no readable workbook."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except Exception as error:
        raise NotAsNamed(f"{path.name} cannot be opened as a workbook ({error}): fetch it again.") from None


def table(path: Path, is_header: Callable[[list[str]], bool]) -> pd.DataFrame | None:
    """The first table of a CSV file or workbook whose header fits, cells as they are; None where there is none."""
    import pandas as pd

    if Peek(path).form == "csv":
        frame = pd.read_csv(path, encoding="utf-8-sig", low_memory=False)
        frame.columns = [str(name).strip() for name in frame.columns]
        return frame if is_header(list(frame.columns)) else None
    for rows in sheets(path).values():
        for place, row in enumerate(rows[:12]):
            names = [" ".join(str(cell).split()) for cell in row]
            if is_header(names):
                return pd.DataFrame(rows[place + 1 :], columns=names)
    return None
