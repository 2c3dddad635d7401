"""What a guarded page says that its figures lack: a function of the protected tables alone, never of a return's rows.

How many rows are missing, and how many days cannot be used, are cells like any other. Where one is withheld it may be 0,
and the mark says no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lscb.long_table import TOTAL, rounded_to

from . import reasons
from .reasons import because
from .return_gaps import DAYS, MISSING, RECEIVED, noted, partial


def of_audience(
    tables: dict[str, pd.DataFrame], returns: dict[str, tuple[str, ...]], official: frozenset[str] = frozenset()
) -> dict[str, pd.DataFrame]:
    """An audience's protected tables with their marks of partial figures as that audience may read them.

    returns : by table, the returns that it is made from
    """
    marks = list(_marks(tables))
    marked = "|".join(f"(?:; )?(?:{each.pattern.pattern})" for each in reasons.MARKS)
    marked = marked.replace("?P<title>", "").replace("?P<what>", "")
    result = {}
    for name, frame in tables.items():
        frame = frame.assign(reason=frame["reason"].str.replace(marked, "", regex=True))
        for of, measures, mark in marks:
            if of in returns.get(name, ()):
                frame = noted(frame, mark, frame["measure"].str.startswith(measures) & ~frame["measure"].isin(official))
        result[name] = frame
    return result


def _marks(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every mark with the return whose figures it is of, and how the measures begin that it moves."""
    asked = {cell["measure"] for _, _, cell in DAYS.values()} | {MISSING, RECEIVED}
    some = [
        rows for frame in tables.values() if "measure" in frame and len(rows := frame[frame["measure"].isin(asked)])
    ]
    every = pd.concat(some, ignore_index=True) if some else pd.DataFrame({"measure": []})
    for (name, _), (what, measures, cell) in DAYS.items():
        for row in _rows(every, cell):
            if row["status"] == "suppressed":
                yield name, measures, because(name, reasons.UNUSABLE_WITHHELD, what=what)
            elif row["status"] == "shown" and row["count"]:
                yield name, measures, because(name, reasons.UNUSABLE, what=what)
    for measure in (MISSING, RECEIVED):
        for row in _rows(every, {"measure": measure}):
            if row["return"] != TOTAL and (mark := _of_rows(row)):
                yield row["return"], ("",), mark


def _rows(every: pd.DataFrame, labels: dict[str, str]) -> list[dict[Any, Any]]:
    there = pd.Series(data=True, index=every.index)
    for name, label in labels.items():
        there &= every[name].eq(label) if name in every else False
    return every[there].to_dict("records")


def _of_rows(row: dict[Any, Any]) -> str:
    """The mark of how many rows are missing, or of a return that came without a row (a nil return lacks none)."""
    if row["measure"] == RECEIVED:
        return because(row["return"], reasons.NIL_RETURN) if row["status"] == "shown" and not row["count"] else ""
    if row["status"] == "suppressed":
        return partial(row["return"], "")
    if row["status"] != "shown" or not row["count"]:
        return ""
    about = "about " if rounded_to(row["reason"]) > 1 else ""
    return partial(row["return"], f"{about}{row['count']:,.0f}")
