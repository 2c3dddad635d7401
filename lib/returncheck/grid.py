"""A sheet as it stands in a file, column by column: each column its distinct cells, and which cell stands in which row.

A million rows hold few distinct dates or choices: each distinct cell is read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

import numpy as np


class Broken(str):
    """A cell that holds no readable value (an error, a formula without a stored value). Its text says why."""


Merge = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, (row, column), 0-based


class Appearance(Protocol):
    """What a cell shows, where that may differ from the value that its file stores."""

    def shows(self, kind: str) -> Any:
        """What a field of type `kind` holds; None: what is stored."""


@dataclass
class Column:
    """`cells[codes[i]]` stands in row i; with `codes` None every row has its own cell, `cells[i]`.

    cells : a list of what the file holds (text, numbers, dates), or a pyarrow string array
    """

    cells: Any
    codes: np.ndarray | None = None
    _plain: Any = False

    def cell(self, row: int) -> Any:
        at = self.cells[row if self.codes is None else int(self.codes[row])]
        return at.as_py() if hasattr(at, "as_py") else at

    def spread(self, per_cell: np.ndarray) -> np.ndarray:
        """Something known of each distinct cell, for every row."""
        return per_cell if self.codes is None else per_cell[self.codes]

    @property
    def plain(self) -> np.ndarray | None:
        """Which cells of a pyarrow column are surely references as they stand: `plain_references`, looked at once."""
        if self._plain is False:
            self._plain = plain_references(self.cells)
        return self._plain

    def blank(self) -> np.ndarray:
        """For each distinct cell: whether it shows nothing."""
        if hasattr(self.cells, "type"):
            import pyarrow.compute as pc

            empty = pc.equal(pc.binary_length(self.cells), 0).to_numpy(zero_copy_only=False)
            if self.plain is not None:  # no byte of the column is a blank
                return empty
            return empty | pc.utf8_is_space(self.cells).to_numpy(zero_copy_only=False)
        # An error, or a formula without a stored value, shows something: it is not blank.
        return np.fromiter(
            (c is None or (type(c) is str and not c.strip(BLANKS)) for c in self.cells), bool, len(self.cells)
        )

    def narrow(self) -> Column:
        """The same column by its distinct cells."""
        if self.codes is not None:
            return self
        coded = self.cells.dictionary_encode()
        return Column(coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False))


BLANKS = "\ufeff\u200b\u2060 \u00a0\t\r\n"
ALLOWED, DIGIT, LETTER = (np.zeros(256, bool) for _ in range(3))
DIGIT[48:58] = True
LETTER[65:91] = LETTER[97:123] = True
ALLOWED[:] = DIGIT | LETTER
ALLOWED[[45, 46, 47, 95]] = True  # - . / _


def two_references(cells: Any) -> np.ndarray:
    """Which texts of a pyarrow array may be two references in one cell: `V2/V3`."""
    import pyarrow.compute as pc

    return np.asarray(pc.match_substring_regex(cells, r"^[A-Za-z]+-?[0-9]+/[A-Za-z]").to_numpy(zero_copy_only=False))


def plain_references(cells: Any) -> np.ndarray | None:
    """Which texts of a pyarrow array are surely references as they stand: a letter first, a digit last, nothing odd.

    Such a text is no word for a state, has lost no digit and needs no trimming. Looks at the array's bytes at once;
    None where some byte of the column is odd, so that each text has to be looked at.
    """
    if not len(cells):
        return np.zeros(0, bool)
    wide = np.int64 if str(cells.type) == "large_string" else np.int32
    offsets = np.frombuffer(cells.buffers()[1], wide)[cells.offset : cells.offset + len(cells) + 1]
    data = np.frombuffer(cells.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    if not len(data) or cells.null_count or not ALLOWED[data].all():
        return None
    at = offsets - offsets[0]
    size = np.diff(at)
    first, last = data[np.minimum(at[:-1], len(data) - 1)], data[np.maximum(at[1:] - 1, 0)]
    plain = LETTER[first] & DIGIT[last]
    if DIGIT[data].all():
        plain = (first != 48) & (size <= 15)
    if (data == 47).any():
        plain &= ~two_references(cells)
    return plain & (size > 0) & (size <= 60)


@dataclass
class Grid:
    """One sheet (or one CSV file): `rows` rows from the first row of the sheet, blank ones included."""

    name: str
    rows: int
    columns: list[Column]
    hidden: bool = False
    epoch_1904: bool = False
    merged: Sequence[Merge] = ()
    hidden_rows: set[int] = field(default_factory=set)  # 0-based
    hidden_columns: set[int] = field(default_factory=set)  # 0-based
    short: dict[int, int] = field(default_factory=dict)  # CSV rows with fewer cells than the widest
    appearances: dict[int, dict[int, Appearance]] = field(default_factory=dict)  # by column, by row
    notes: list[str] = field(default_factory=list)

    def row(self, at: int) -> list[Any]:
        return [c.cell(at) for c in self.columns]

    def displayed(self, column: int, kind: str) -> dict[int, Any]:
        """Row -> what its cell shows to a field of type `kind`, where that is not what the file stores."""
        looks = {row: look.shows(kind) for row, look in self.appearances.get(column, {}).items()}
        return {row: text for row, text in looks.items() if text is not None}


@dataclass
class Opened:
    """What a file turned out to be."""

    kind: str
    grids: list[Grid] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def letter(column: int) -> str:
    """The name of a 0-based column as Excel shows it: 0 is A, 26 is AA."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def number(letters: str | bytes) -> int:
    """The 0-based column of Excel's letters."""
    total = 0
    for c in letters if isinstance(letters, str) else letters.decode("ascii"):
        total = total * 26 + ord(c) - 64
    return total - 1


UNLIKE = {str, float, datetime, date, time, timedelta, type(None)}  # no cell of one of these equals one of another


class Gathered:
    """A column gathered some rows at a time, by its distinct cells. 1, 1.0 and TRUE are three different ones."""

    def __init__(self) -> None:
        self.texts: list[Any] = []  # pyarrow arrays, encoded, as long as there are only texts
        self.index: dict[Any, int] = {}
        self.codes: list[np.ndarray] = []

    def add(self, values: Sequence[Any]) -> None:
        kinds = set(map(type, values))
        if kinds == {str} and not self.index and (self.texts or len(values) > 5_000):
            import pyarrow as pa

            self.texts.append(pa.array(values, pa.string()).dictionary_encode())
            return
        earlier, self.texts = self.texts, []
        for part in earlier:
            self._number(part.to_pylist(), {str})
        self._number(values, kinds)

    def _number(self, values: Sequence[Any], kinds: set[type]) -> None:
        index = self.index
        keys = values if kinds <= UNLIKE else [v if type(v) in UNLIKE else (type(v), v) for v in values]
        self.codes.append(np.fromiter((index.setdefault(k, len(index)) for k in keys), np.int32, len(values)))

    def column(self) -> Column:
        if self.texts:
            import pyarrow as pa

            coded = pa.chunked_array(self.texts).unify_dictionaries()
            cells, self.codes = coded.chunk(0).dictionary, [c.indices.to_numpy() for c in coded.chunks]
            return Column(cells.to_pylist() if len(cells) < 5_000 else cells, np.concatenate(self.codes))
        cells = [k[1] if type(k) is tuple else k for k in self.index]
        return Column(cells, np.concatenate([np.zeros(0, np.int32), *self.codes]))


def encode(values: Sequence[Any]) -> Column:
    """A column from its cells."""
    gathered = Gathered()
    gathered.add(values)
    return gathered.column()
