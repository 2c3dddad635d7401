"""What is wrong where: the table of problems that reports are made from, in the sender's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lscb.spreadsheet_text import guarded
from openstats.sources import number_of

from .cell_reading import shown
from .grid import Broken, letter

SEVERITIES = ("", "note", "warn", "refuse")
COLUMNS = ["file", "sheet", "row", "column", "cell", "field", "value", "rule", "todo", "severity"]
TODO = {
    "refuse": "Correct the cell in your system and send the row again; the rejects file holds it.",
    "warn": "Check it. The row is used as it is; send it again if it is wrong.",
    "note": "Nothing, if this is as you meant it.",
}
NO_VALUE = "The row counts, without this value. Correct the cell and send the row again if the value matters."
SEND_AGAIN = "Send the file again as the sentence says."
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.I)
WITHHELD = "(a postcode, withheld)"


def safe(text: str) -> str:
    """Text that no spreadsheet runs: a guard before = + - @ and what hides them."""
    text = "".join(c if c.isprintable() else " " for c in text[:200])
    return guarded(text)


def without_postcodes(text: str) -> str:
    """A text with every postcode in it replaced by a remark."""
    return POSTCODE.sub(WITHHELD, text)


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


def of_file(file: str, sheet: str, rule: str, severity: str = "refuse", todo: str = "") -> pd.DataFrame:
    """A problem of a file or sheet as one, not of a row."""
    row = dict.fromkeys(COLUMNS, "") | dict(file=file, sheet=sheet, row=0, rule=rule, severity=severity)
    row["todo"] = todo or (TODO[severity] if severity != "refuse" else SEND_AGAIN)
    return pd.DataFrame([row])


def joined(problems: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All problems as one table; `row` is blank where a problem is of a file or sheet."""
    table = pd.concat(problems, ignore_index=True) if problems else pd.DataFrame(columns=COLUMNS)
    table["row"] = table["row"].astype("Int64").mask(table["row"].astype("int64") <= 0)
    return table


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
                todo: str = "") -> pd.DataFrame:  # fmt: skip
        """Problems of rows (0-based) of the sheet, one a row.

        place : column (0-based, or None where no one cell is meant), its heading, and the field it is read as
        value, rule, severity : one for all rows, or one for each
        """
        rows = np.atleast_1d(rows)
        column, heading, name = place
        cell: Any = ""
        if column is not None:
            import pyarrow as pa
            import pyarrow.compute as pc

            numbers = pa.array(rows + 1).cast(pa.string())
            cell = pd.array(pc.binary_join_element_wise(letter(column), numbers, ""), dtype="str")
        todo = todo or (TODO.get(severity, "") if isinstance(severity, str) else "")
        cells = (self.file, self.sheet, rows + 1, heading, cell, name, value, rule, todo, severity)
        table = pd.DataFrame(dict(zip(COLUMNS, cells, strict=True)))
        if not isinstance(severity, str) and not todo:
            table["todo"] = table["severity"].map(TODO)
        return table
