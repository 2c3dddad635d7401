"""The rows of a table as the numbers they print, each with its key."""

from __future__ import annotations

import re
from collections.abc import Collection
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb.errors import UserError
from lscb.long_table import NOT_DIMENSIONS, STATUSES

from .cell_keys import PART, Key, cell_key, written
from .documentation import Docs

if TYPE_CHECKING:
    import pandas as pd

SMALL = re.compile(r"between 1 and (\d+)")
NO_FIGURE = ("not_available", "not_applicable")  # a status, with a reason


class Line(NamedTuple):
    """One row of one table: its own key, and the keys of the numbers it prints."""

    table: str
    row: int
    key: Key
    numbers: tuple[tuple[Key, int | None], ...]
    bases: tuple[Key, ...]  # numbers that must be shown for the row to be shown, though it does not print them
    status: str
    small: int  # up to which count the reason calls one of those withheld together small; 0: it names none
    free: bool  # passes unchanged: an open table, or a measure that needs no protection


def lines(name: str, frame: pd.DataFrame, docs: Docs, but: Collection[str] = ()) -> list[Line]:
    """The rows of a table as numbers with keys, `but` those of some measures. Raises UserError for a count that is
    none, or an unknown status."""
    columns, opened = frame.columns.tolist(), docs.open(name)
    before = docs.rows.setdefault((opened, *columns), {})
    cells = frame.to_numpy(object, na_value=None)  # type: ignore[arg-type]  # None is a blank, which the stubs forget
    rows = [*enumerate(map(tuple, cells.tolist()))]
    if but and "measure" in columns:
        at = columns.index("measure")
        rows = [(i, values) for i, values in rows if values[at] not in but]
    for _, values in rows:
        if values not in before:  # a row that packs of several quarters print alike is looked at once
            before[values] = _read(dict(zip(columns, values, strict=True)), opened, docs)
    return [Line(name, i, *before[values]) for i, values in rows]


def _read(row: dict[str, Any], opened: bool, docs: Docs) -> tuple:
    """A row as `Line` has it, but for its table and its place there."""
    measure = str(row.get("measure", "count"))
    key = cell_key(measure, [(d, label) for d, label in sorted(row.items()) if d not in (*NOT_DIMENSIONS, "measure")])
    figures = tuple(None if row.get(f) is None else float(row[f]) for f in ("count", "of", "value"))
    state = row.get("status") or ("shown" if figures != (None, None, None) else "not_available")
    if state not in STATUSES:
        raise UserError(f"{written(key)} has the status {state!r}: write one of {', '.join(STATUSES)}.")
    free = opened or docs.free(measure)
    named = SMALL.search(str(row.get("reason"))) if state == "suppressed" else None
    return key, *_printed(key, figures, state, free, docs), state, int(named[1]) if named else 0, free


def _printed(key: Key, figures: tuple, state: str, free: bool, docs: Docs) -> tuple[tuple, tuple[Key, ...]]:
    """The numbers that a row prints, and the bases of one that prints none of its own."""
    (count, of, value), measure, hidden = figures, key[0], state == "suppressed"
    if state not in ("shown", "suppressed"):
        return (), () if free else docs.bases(measure, key, none=True)
    if free and not all(map(_natural, (count, of))):
        return (), ()  # an open change of -349 is in no sum that could tell
    if of is not None or (hidden and docs.kind(measure) in ("share", "rate") and not docs.change(measure)):
        top = docs.base(measure, "numerator", key) or (measure + PART + "count", key[1])
        base = docs.base(measure, "denominator", key) or (measure + PART + "of", key[1])
        numbers = ((top, _whole(count, key)), (base, _whole(of, key)))
        return numbers[1:] if count is None and not hidden else numbers, ()
    if count is not None or (hidden and value is None and docs.kind(measure) in (None, "count")):
        return ((key, _whole(count, key)),), docs.bases(measure, key)
    return (), docs.bases(measure, key)


def _natural(count: float | None) -> bool:
    return count is None or (isfinite(count) and count >= 0 and abs(count - round(count)) <= 1e-6)


def _whole(count: float | None, key: Key) -> int | None:
    if count is None:
        return None
    if not _natural(count):
        raise UserError(f"{written(key)} is no whole number from 0, as a count must be.")
    return round(count)
