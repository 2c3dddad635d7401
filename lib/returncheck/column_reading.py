"""A column of a sheet read as a field of a return: each distinct cell once, plain references all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from lscb.periods import Quarter

from . import cell_dates
from .cell_choices import TICKS
from .cell_reading import STATE_NAMES, How, Reading, shown
from .cell_values import read_cell
from .dictionary import Field, fold
from .grid import Grid, encode, plain_references, two_references
from .partner_mappings import Mapping
from .problems import SEVERITIES, safe, without_postcodes

# Never a state, never damaged.
PLAIN_ID = r"^(?:[A-Za-z][A-Za-z_./-]{0,20}[0-9][A-Za-z0-9_./-]{0,40}|[1-9][0-9]{0,14})$"
STATE_TYPE = pd.CategoricalDtype(list(STATE_NAMES))


@dataclass
class Read:
    """A column read: its readings by distinct cell, and which distinct cell stands in each data row."""

    f: Field
    values: Any  # typed array by distinct cell
    states: np.ndarray
    severity: np.ndarray
    rules: dict[int, str]
    codes: np.ndarray | None  # of the data rows; None: one cell a row
    cells: Any
    emptied: np.ndarray | None = field(default=None)  # data rows whose value a rule between fields has taken away

    def spread(self, array: np.ndarray) -> np.ndarray:
        """Something known of each distinct cell, for every data row."""
        return array if self.codes is None else array[self.codes]

    def typed(self) -> Any:
        """The values of the data rows."""
        values = self.values if self.codes is None else self.values.take(self.codes)
        if self.emptied is not None and self.emptied.any():
            values = values.copy()
            values[self.emptied] = None if not isinstance(values, np.ndarray) else np.nan
        return values

    def texts(self, hit: np.ndarray) -> Any:
        """What some data rows hold, safe to show: each distinct cell made safe once."""
        codes = hit if self.codes is None else self.codes[hit]
        some, where = np.unique(codes, return_inverse=True)
        cells = (self.cells[int(i)] for i in some)
        texts = [safe(shown(c.as_py() if hasattr(c, "as_py") else c)[:80]) for c in cells]
        if self.f.type == "lsoa":
            texts = [without_postcodes(text) for text in texts]
        return pd.array(texts, dtype="str").take(where)


def read_column(grid: Grid, at: int, f: Field, mapping: Mapping | None, period: Quarter, rows: np.ndarray) -> Read:
    """The cells of some rows (0-based) of a column, as a field."""
    column = grid.columns[at]
    if column.codes is None and f.type not in ("identifier", "text"):
        column = column.narrow()
    cells, codes, plain = column.cells, column.codes, None
    contiguous = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    if codes is None:
        import pyarrow as pa

        plain = column.plain[rows] if column.plain is not None else None
        cells = cells.slice(rows[0], len(rows)) if contiguous else cells.take(pa.array(rows))
    elif len(rows):
        codes = codes[rows[0] : rows[-1] + 1] if contiguous else codes[rows]
        cells, codes = _used(cells, codes)
    else:
        cells, codes = [], np.zeros(0, np.int32)
    if at in grid.appearances and codes is not None and isinstance(cells, list):
        cells, codes = _as_displayed(cells, codes, grid.displayed(at, f.type), rows)
    return _read(cells, codes, f, _how(cells, f, grid, mapping, period), plain)


def _used(cells: Any, codes: np.ndarray) -> tuple[Any, np.ndarray]:
    """Only the distinct cells that stand in a data row: a title above the headings is no cell of the column."""
    used = np.zeros(len(cells), bool)
    used[codes] = True
    if used.all():
        return cells, codes
    keep = np.flatnonzero(used)
    renumber = np.zeros(len(cells), np.int32)
    renumber[keep] = np.arange(len(keep), dtype=np.int32)
    if isinstance(cells, list):
        return [cells[i] for i in keep], renumber[codes]
    import pyarrow as pa

    return cells.take(pa.array(keep)), renumber[codes]


def _as_displayed(cells: list, codes: np.ndarray, displayed: dict[int, Any], rows: np.ndarray) -> tuple[Any, Any]:
    """Numbers and dates as their cells show them, where that is something else (leading zeros, a text, a month)."""
    if not displayed:
        return cells, codes
    column = encode(
        [
            displayed.get(int(r), cells[c]) if isinstance(cells[c], (float, int, date)) else cells[c]
            for r, c in zip(rows, codes, strict=True)
        ]
    )
    return column.cells, column.codes


def how_of(f: Field, mapping: Mapping | None, period: Quarter, epoch_1904: bool = False) -> How:
    """How cells of a field are read where nothing is known of their column."""
    words: dict[str, str] = {}
    for word, ours in (mapping.values.get(f.name, {}) if mapping else {}).items():
        words[word] = ours
        if fold(word):
            words[fold(word)] = ours
    decimal = bool(f.allowed.get("decimal_weeks")) or (mapping is not None and mapping.decimal_weeks)
    return How(
        period.last_day, mapping.dates if mapping else "day first", epoch_1904, decimal_weeks=decimal, words=words
    )


def _how(cells: Any, f: Field, grid: Grid, mapping: Mapping | None, period: Quarter) -> How:
    """What a column's cells together say of how each is read."""
    from dataclasses import replace

    how = how_of(f, mapping, period, grid.epoch_1904)
    if f.type in ("yes_no", "choice") and isinstance(cells, list):
        filled = {c.strip().casefold() for c in cells if isinstance(c, str) and c.strip()}
        others = any(not isinstance(c, str) and c is not None for c in cells)
        return replace(how, ticks=bool(filled) and not others and filled <= (TICKS | {"x", "×"}))
    if f.type == "identifier" and isinstance(cells, list):
        texts = [c for c in cells if isinstance(c, str) and c.strip()]
        bare = sum(not any(ch.isdigit() for ch in c) for c in texts)
        return replace(how, numbered=len(texts) >= 3 and bare * 2 <= len(cells))
    if f.type != "date":
        return how
    texts = [c for c in (cells if isinstance(cells, list) else cells.to_pylist()) if isinstance(c, str)]
    day, month = cell_dates.orders(texts)
    contradicted = (month and how.dates == "day first") or (day and how.dates == "month first")
    real = [c for c in cells if isinstance(c, date)] if isinstance(cells, list) else []
    suspect = (
        bool(real)
        and (month if how.dates == "month first" else day)
        and all(c.day <= 12 for c in real)
        and not any(re.match(r"\s*(0?[1-9]|1[0-2])[-/.](0?[1-9]|1[0-2])[-/.]", t) for t in texts)
    )
    return replace(how, contradicted=contradicted, suspect_serials=suspect)


def _read(cells: Any, codes: np.ndarray | None, f: Field, how: How, plain: np.ndarray | None = None) -> Read:
    """Each distinct cell read once; plain references and LSOAs of a long column are recognised all at once."""
    n = len(cells)
    states, severity, rules = np.zeros(n, np.int8), np.zeros(n, np.int8), dict[int, str]()
    todo: Iterable[tuple[int, Any]]
    if f.type in ("identifier", "text") and not how.words and n > 1000:
        plain, texts = (plain, cells) if plain is not None else _plain(cells)
        left = np.flatnonzero(~plain)
        if not len(left):
            return Read(f, pd.array(texts, dtype="str"), states, severity, rules, codes, cells)
        values = list(cells) if isinstance(cells, list) else cells.to_pylist()
        todo = [(int(i), values[i]) for i in left]
    else:
        values, todo = [None] * n, enumerate(cells if isinstance(cells, list) else cells.to_pylist())
    for i, raw in todo:
        reading: Reading = read_cell(raw, f, how)
        values[i], states[i] = reading.value, reading.state
        if reading.severity:
            severity[i], rules[i] = SEVERITIES.index(reading.severity), reading.rule
    return Read(f, typed(values, f), states, severity, rules, codes, cells)


def _plain(cells: Any) -> tuple[np.ndarray, Any]:
    """Which cells are surely references as they stand, and the cells as a pyarrow array where all are text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(cells, list):
        if not all(type(c) is str for c in cells):
            return np.array(
                [type(c) is str and re.search(PLAIN_ID, c) is not None and "/" not in c for c in cells], bool
            ), cells
        cells = pa.array(cells, pa.string())
    plain = plain_references(cells)
    if plain is None:
        plain = pc.match_substring_regex(cells, PLAIN_ID).to_numpy(zero_copy_only=False) & ~two_references(cells)
    return plain, cells


def typed(values: list, f: Field) -> Any:
    """Values of a field as an array of its type; None is missing."""
    blank = np.array([v is None for v in values], bool)
    if f.type == "date":
        return pd.array(np.array(values, dtype="datetime64[D]").astype("datetime64[us]"))
    if f.type == "whole_number":
        return pd.arrays.IntegerArray(np.array([0 if v is None else int(v) for v in values], np.int64), blank)
    if f.type in ("number", "gestation"):
        return pd.array(np.array([np.nan if v is None else v for v in values], np.float64))
    if f.type == "yes_no":
        return pd.arrays.BooleanArray(np.array([bool(v) for v in values], bool), blank)
    return pd.array(values, dtype="str")


def constant(text: str, n: int) -> Any:
    """One text n times, as a column."""
    import pyarrow as pa

    return pd.array(pa.repeat(pa.scalar(text, pa.large_string()), n), dtype="str")
