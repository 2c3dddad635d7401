"""Text with delimiters as a grid: pyarrow reads the plain ones, a careful reader those with odd quotes and rows."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections.abc import Callable
from typing import Any

import numpy as np

from .file_limits import LONG_TEXT, MOST_CELLS, MOST_COLUMNS, Unreadable
from .grid import Column, Grid

HEAD = 65_536
SAMPLE = 2_000_000  # bytes
DELIMITERS = ",;\t|"
NAMES = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
TOO_MANY = "The file has more rows and columns than are read. Send the quarter's rows only."
Count = Callable[[list[str]], int]  # how many of a row's cells are headings of the dictionary


class NeedsApart(Exception):
    """A long text that is not plain: the careful reader takes a process of its own for it."""


def read(data: bytes, headings: Count, apart: bool = True) -> tuple[Grid, list[str]]:
    """A CSV file, as UTF-8 without a mark, and notes on it. Raises Unreadable where its quotes do not pair.

    apart : this process is the file's own; elsewhere NeedsApart is raised for a long text that is not plain
    """
    delimiter, skip, notes = delimiter_of(data, headings)
    grid = fast(data, delimiter, skip)
    if grid is None and not apart and len(data) > LONG_TEXT:
        raise NeedsApart
    return grid or careful(data, delimiter, skip), notes


def delimiter_of(data: bytes, headings: Count) -> tuple[str, int, list[str]]:
    """The delimiter (and the length of a `sep=` line): the one under which most headings are known, then widest."""
    hint = re.match(rb"sep=(.)\r?\n", data[:16], re.I)
    if hint:
        return hint[1].decode("ascii", "replace"), hint.end(), []
    text = data[:HEAD].decode("utf-8", "replace")
    best = (-1, -1, 0)
    for rank, delimiter in enumerate(DELIMITERS):
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            rows = [row for _, row in zip(range(60), reader, strict=False)]
        except csv.Error:
            continue
        best = max(best, (max(map(headings, rows), default=0), max(map(len, rows), default=0), -rank))
    delimiter = DELIMITERS[-best[2]]
    notes = [f"The columns are separated by {NAMES[delimiter]}."] if delimiter in NAMES and best[1] > 1 else []
    return delimiter, 0, notes


def fast(data: bytes, delimiter: str, skip: int = 0) -> Grid | None:
    """pyarrow's reader, for a file whose records are plain; None where a file needs the careful reader."""
    if len(data) < 200_000:
        return None
    body = data[skip:] if skip else data
    ends = _plain_ends(body, delimiter)
    if ends is None:
        return None
    quoted = b'"' in body
    table = _arrow_table(body, delimiter, quoted)
    if table is None or (not quoted and table.num_rows != len(ends) + (not body.endswith(b"\n"))):
        return None  # blank lines, which the reader passes over, count as rows
    if table.num_rows * table.num_columns > MOST_CELLS * 4:
        raise Unreadable(TOO_MANY)
    return Grid("", table.num_rows, [_arrow_column(c) for c in table.columns])


def _plain_ends(body: bytes, delimiter: str) -> np.ndarray | None:
    """Where the lines end, or None where returns, blank lines or quotes need the careful reader."""
    quoted = b'"' in body
    if body[:1] in (b"\n", b"\r"):
        return None
    ends, returns = _line_ends(body)
    if returns:
        after_return = np.frombuffer(body, np.uint8)[ends - 1] == 13
        if np.count_nonzero(after_return) != returns or ((np.diff(ends) == 2) & after_return[1:]).any():
            return None  # a return without its newline, or a blank line
    if quoted and ((np.diff(ends) == 1).any() or not _well_quoted(body, delimiter)):
        return None
    return ends


def _arrow_table(body: bytes, delimiter: str, quoted: bool) -> Any:
    """The body as a pyarrow table of texts, columns of few distinct cells encoded; None where pyarrow refuses it."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pv

    # How many distinct cells a column has shows in its first part: few, and the reader encodes them as it goes.
    cut = body.rfind(b"\n", 0, SAMPLE) + 1
    if not cut:
        return None
    parse = pv.ParseOptions(delimiter=delimiter, newlines_in_values=quoted)
    options = pv.ReadOptions(autogenerate_column_names=True, block_size=4 << 20)
    head = io.StringIO(body[:HEAD].decode("utf-8", "replace"), newline="")
    kinds = {f"f{i}": pa.string() for i in range(len(next(csv.reader(head, delimiter=delimiter), [])))}

    def convert() -> Any:
        return pv.ConvertOptions(column_types=kinds, strings_can_be_null=False)

    try:
        first = pv.read_csv(pa.py_buffer(body[:cut]), options, parse, convert())
        for name, column in zip(first.column_names, first.columns, strict=True):
            if pc.count_distinct(column).as_py() * 2 < len(column):
                kinds[name] = pa.dictionary(pa.int32(), pa.string())
        return pv.read_csv(pa.py_buffer(body), options, parse, convert())
    except pa.ArrowInvalid:
        return None


def _line_ends(body: bytes, part: int = 1 << 23) -> tuple[np.ndarray, int]:
    """Where the newlines stand, and how many returns there are; a part at a time, so that little is held at once."""
    buffer = np.frombuffer(body, np.uint8)
    ends = [np.flatnonzero(buffer[at : at + part] == 10) + at for at in range(0, len(buffer), part)]
    if b"\r" not in body:
        return np.concatenate(ends), 0
    return np.concatenate(ends), sum(
        int(np.count_nonzero(buffer[at : at + part] == 13)) for at in range(0, len(buffer), part)
    )


def _arrow_column(chunked: Any) -> Column:
    import pyarrow as pa

    if not pa.types.is_dictionary(chunked.type):
        return Column(pa.concat_arrays(chunked.chunks) if chunked.num_chunks != 1 else chunked.chunk(0))
    chunked = chunked.unify_dictionaries()
    codes = np.concatenate([c.indices.to_numpy(zero_copy_only=False) for c in chunked.chunks])
    return Column(chunked.chunk(0).dictionary.to_pylist(), codes)


def _well_quoted(data: bytes, delimiter: str) -> bool:
    """Whether every quote opens at a cell's start, closes at its end, or is doubled inside."""
    buffer = np.frombuffer(data, np.uint8)
    at = np.flatnonzero(buffer == 34)
    if len(at) % 2:
        return False
    edges = np.array([ord(delimiter), 10, 13, 34], np.uint8)
    opens, closes = at[::2], at[1::2]
    before = buffer[np.maximum(opens - 1, 0)]
    after = buffer[np.minimum(closes + 1, len(buffer) - 1)]
    if not (
        (np.isin(before, edges) | (opens == 0)).all() and (np.isin(after, edges) | (closes == len(buffer) - 1)).all()
    ):
        return False
    # A quote beside a quote is a doubled one only if it stands inside a quoted cell: pairs must touch.
    touching = np.concatenate([[False], opens[1:] == closes[:-1] + 1])
    return bool((touching | np.isin(before, edges[:3]) | (opens == 0)).all())


def careful(data: bytes, delimiter: str, skip: int = 0) -> Grid:
    """One record at a time, row numbers kept, a quote that never closes refused. `sep=` is no row to Excel."""
    csv.field_size_limit(1_000_000)
    text = io.TextIOWrapper(io.BytesIO(data[skip:] if skip else data), encoding="utf-8", newline="")
    records = _Records()
    try:
        for record in csv.reader(text, delimiter=delimiter, strict=True):
            records.add(record)
    except csv.Error as error:
        never = "unexpected end" in str(error)
        what = "a quote is opened and never closed" if never else f"the quotes do not pair ({error})"
        raise Unreadable(
            f"From row {len(records.widths) + 1} on, {what}, so the cells "
            "cannot be told apart. Save the file again as CSV."
        ) from None
    return records.grid()


class _Records:
    """Records of a CSV file, gathered column by column, each distinct cell once."""

    def __init__(self) -> None:
        self.indexes: list[dict[str, int]] = []
        self.codes: list[array[int]] = []
        self.widths: list[int] = []

    def add(self, record: list[str]) -> None:
        row = len(self.widths)
        if len(record) > len(self.indexes):
            if len(record) > MOST_COLUMNS:
                raise Unreadable(f"Row {row + 1} has more than {MOST_COLUMNS:,} cells. Save the file again as CSV.")
            for _ in range(len(record) - len(self.indexes)):
                self.indexes.append({"": 0})
                self.codes.append(array("i"))
        for cell, column, index in zip(record, self.codes, self.indexes, strict=False):
            if len(column) < row:
                column.extend([0] * (row - len(column)))
            column.append(index.setdefault(cell, len(index)))
        self.widths.append(len(record))
        if (row + 1) * max(len(self.indexes), 1) > MOST_CELLS * 4:
            raise Unreadable(TOO_MANY)

    def grid(self) -> Grid:
        while self.widths and self.widths[-1] == 0:
            self.widths.pop()
        rows = len(self.widths)
        columns = [Column(list(i), _padded(c, rows)) for i, c in zip(self.indexes, self.codes, strict=True)]
        short = {r: w for r, w in enumerate(self.widths) if 0 < w < len(self.indexes)}
        return Grid("", rows, columns, short=short)


def _padded(codes: array[int], rows: int) -> np.ndarray:
    out = np.zeros(rows, np.int32)
    out[: min(len(codes), rows)] = np.frombuffer(codes, np.int32)[:rows]
    return out
