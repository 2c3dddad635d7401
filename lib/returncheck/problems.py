"""What is wrong where: the table of problems that reports are made from, in the sender's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from lscb.spreadsheet_text import guarded
from openstats.sources import number_of

from .cell_reading import shown
from .grid import Broken, letter
from .postcode_shapes import LIKE

SEVERITIES = ("", "note", "warn", "refuse")
COLUMNS = ["file", "sheet", "row", "column", "cell", "field", "value", "rule", "todo", "severity"]
# Where every row of a long list has the same fault, its sentence is kept once: as text it takes more than the list.
NOT_SHARED = ("row", "cell")
REPEATED = tuple(name for name in COLUMNS if name not in NOT_SHARED)
TODO = {
    "refuse": "Correct the cell in your system and send the row again; the rejects file holds it.",
    "warn": "Check it. The row is used as it is; send it again if it is wrong.",
    "note": "Nothing, if this is as you meant it.",
}
NO_VALUE = "The row counts, without this value. Correct the cell and send the row again if the value matters."
SEND_AGAIN = "Send the file again as the sentence says."
WITHHELD = "(a postcode, withheld)"


def safe(text: str) -> str:
    """Text that no spreadsheet runs: a guard before = + - @ and what hides them."""
    text = "".join(c if c.isprintable() else " " for c in text[:200])
    return guarded(text)


def without_postcodes(text: str) -> str:
    """A text with every postcode in it replaced by a remark."""
    return LIKE.sub(WITHHELD, text)


def as_sent(raw: Any, rule: str) -> str:
    """A cell as the report quotes it: short, safe, without what is never kept."""
    raw = raw.as_py() if hasattr(raw, "as_py") else raw
    if rule.startswith("A postcode"):
        return WITHHELD
    if isinstance(raw, Broken):
        if raw.startswith("the error "):
            return safe(raw.removeprefix("the error ")[:80])
        return "(no stored value)" if raw.startswith("a formula") else "(see what we found)"
    text = shown(raw)
    return safe(text if len(text) <= 80 else text[:80] + " ...")


RIGHT_FILE = "Send this area's file of this quarter, or say that it is the right one."


def of_file(file: str, sheet: str, rule: str, severity: str = "refuse", todo: str = "") -> pd.DataFrame:
    """A problem of a file or sheet as one, not of a row."""
    todo = todo or (TODO[severity] if severity != "refuse" else SEND_AGAIN)
    return table(np.zeros(1, int), "", file=file, sheet=sheet, rule=rule, severity=severity, todo=todo)


def joined(problems: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All problems as one table; `row` is blank where a problem is of a file or sheet. What many rows share (REPEATED)
    is categorical."""
    filled = [part for part in problems if len(part)]
    if not filled:
        return pd.DataFrame(columns=COLUMNS)
    columns: dict[str, Any] = {n: pd.concat([part[n] for part in filled], ignore_index=True) for n in NOT_SHARED}
    for name in REPEATED:
        columns[name] = union_categoricals([part[name].astype("category") for part in filled])
    row = columns["row"].astype("Int64")
    return pd.DataFrame(columns | {"row": row.mask(row.fillna(0) <= 0)}, columns=COLUMNS, copy=False)


def _repeated(texts: Any, rows: int) -> pd.Categorical:
    """One text for all rows, or one for each, with every different text kept once."""
    each = [texts] * rows if isinstance(texts, str) else texts
    return pd.Categorical(each, categories=pd.Index(list(dict.fromkeys(each)), dtype="str"))


def table(rows: np.ndarray, cell: Any, **texts: Any) -> pd.DataFrame:
    """Problems of `rows` (as Excel counts) with their cells; every other column one text, or one for each row."""
    columns = {"row": rows, "cell": cell} | {name: _repeated(texts.get(name, ""), len(rows)) for name in REPEATED}
    return pd.DataFrame(columns, columns=COLUMNS)


def spans(rows: np.ndarray, most: int = 8) -> str:
    """Row numbers as Excel shows them: 5, 9-12."""
    breaks = np.flatnonzero(np.diff(rows) > 1)
    starts, ends = np.r_[rows[0], rows[breaks + 1]], np.r_[rows[breaks], rows[-1]]
    texts = [f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in zip(starts, ends, strict=True)]
    return ", ".join(texts[:most]) + (f" and {number_of(len(texts) - most, 'more place')}" if len(texts) > most else "")


@dataclass(frozen=True)
class Where:
    """File and sheet of the rows, for the reports."""

    file: str
    sheet: str

    def __str__(self) -> str:
        return self.file + (f", sheet {self.sheet}" if self.sheet else "")

    def problem(self, rows: Any, place: tuple[int | None, str, str], value: Any, rule: Any, severity: Any,
                todo: Any = "") -> pd.DataFrame:  # fmt: skip
        """Problems of rows (0-based) of the sheet, one a row.

        place : column (0-based, or None where no one cell is meant), its heading, and the field it is read as
        value, rule, severity, todo : one for all rows, or one for each
        """
        rows = np.atleast_1d(rows)
        column, heading, name = place
        cell: Any = ""
        if column is not None:
            import pyarrow as pa
            import pyarrow.compute as pc

            numbers = pa.array(rows + 1).cast(pa.string())
            cell = pd.array(pc.binary_join_element_wise(letter(column), numbers, ""), dtype="str")
        if isinstance(todo, str) and not todo:
            todo = TODO.get(severity, "") if isinstance(severity, str) else [TODO[one] for one in severity]
        texts = dict(value=value, rule=rule, todo=todo, severity=severity)
        return table(rows + 1, cell, file=self.file, sheet=self.sheet, column=heading, field=name, **texts)
