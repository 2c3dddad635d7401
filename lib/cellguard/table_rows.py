"""The rows of a table as the numbers they print, each with its key."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb.errors import UserError
from lscb.long_table import NOT_DIMENSIONS

from .cell_keys import PART, Key, cell_key, written
from .documentation import Docs

if TYPE_CHECKING:
    import pandas as pd

NO_FIGURE = ("not_available", "not_applicable")  # a status, with a reason


class Line(NamedTuple):
    """One row of one table: its own key, and the keys of the numbers it prints."""

    table: str
    row: int
    key: Key
    numbers: tuple[tuple[Key, int | None], ...]
    bases: tuple[Key, ...]  # numbers that must be shown for the row to be shown, though it does not print them
    status: str
    free: bool  # passes unchanged: an open table, or a measure that needs no protection


def lines(name: str, frame: pd.DataFrame, docs: Docs) -> list[Line]:
    """The rows of a table as numbers with keys. Raises UserError for a count that is no whole number."""
    dims = sorted(c for c in frame.columns if c not in NOT_DIMENSIONS and c != "measure")
    blank = [None] * len(frame)
    measures = frame["measure"].astype(str).tolist() if "measure" in frame else ["count"] * len(frame)
    labels = _pairs(frame, dims)
    figures = {f: frame[f].astype("float64").tolist() if f in frame else blank for f in ("value", "count", "of")}
    status = frame["status"].tolist() if "status" in frame else blank
    opened, rows = docs.open(name), []
    for i, measure in enumerate(measures):
        key = measure, labels[i]
        count, of, value = (_number(figures[f][i]) for f in ("count", "of", "value"))
        state = status[i] or ("shown" if (count, of, value) != (None, None, None) else "not_available")
        rows.append(_line((name, i, key), (count, of, value), state, opened or docs.free(measure), docs))
    return rows


def _pairs(frame: pd.DataFrame, dims: list[str]) -> list[tuple[tuple[str, str], ...]]:
    """The labels of every row as `cell_key` writes them: each label of a column is looked at once."""
    columns = []
    for dimension in dims:
        column = frame[dimension].tolist()
        pair = {label: _pair(dimension, label) for label in dict.fromkeys(column)}
        columns.append([pair[label] for label in column])
    return [sum(row, ()) for row in zip(*columns, strict=True)] if dims else [()] * len(frame)


@lru_cache(maxsize=50_000, typed=True)  # packs of many quarters have the same labels
def _pair(dimension: str, label: Any) -> tuple[tuple[str, str], ...]:
    return cell_key("", [(dimension, label)])[1]


def _number(value) -> float | None:
    return None if value is None or value != value else float(value)


def _line(place: tuple[str, int, Key], figures: tuple, state: str, free: bool, docs: Docs) -> Line:
    """One row with its key and the numbers that it prints; `place`: table, row and key, `figures`: count, of, value.

    A row that packs of several quarters print alike is looked at once.
    """
    (*_, key), (count, of, value) = place, figures
    same = key, count, of, value is None, state, free
    if same not in docs.rows:
        docs.rows[same] = _printed(key, figures, state, free, docs)
    numbers, bases = docs.rows[same]
    return Line(*place, numbers, bases, state, free)


def _printed(key: Key, figures: tuple, state: str, free: bool, docs: Docs) -> tuple[tuple, tuple[Key, ...]]:
    """The numbers that a row prints, and the bases of one that prints none of its own."""
    (count, of, value), measure, hidden = figures, key[0], state == "suppressed"
    if state not in ("shown", "suppressed"):
        return (), () if free else docs.bases(measure, key)
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
    return count is None or (count >= 0 and abs(count - round(count)) <= 1e-6)


def _whole(count: float | None, key: Key) -> int | None:
    if count is None:
        return None
    if not _natural(count):
        raise UserError(f"{written(key)} is {count}: a count must be a whole number from 0.")
    return round(count)
