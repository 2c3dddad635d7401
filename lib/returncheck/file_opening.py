"""Any file a partner sends, as grids of raw cells with their addresses. A file is known by its content, not its name.

Nothing is executed, no link is followed, nothing is written. Size and expansion are bounded before anything is built.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .grid import Column, Grid

MOST_BYTES = 400_000_000  # of a text file; a million rows of the longest return are about 150 MB
MOST_WORKBOOK = 100_000_000  # of a workbook as it lies on disk
MOST_UNPACKED = 500_000_000  # of a workbook's parts together, unpacked
MOST_CELLS = 30_000_000  # rows x columns of one sheet, blank ones included
MOST_COLUMNS = 2_000
HEAD = 65_536
SAMPLE = 2_000_000  # bytes
DELIMITERS = ",;\t|"

IGNORED = (".md", ".yml", ".yaml", ".json", ".py", ".sha256")


class Unreadable(Exception):
    """A whole file that cannot be read: its sentence says why and what to do."""


@dataclass
class Opened:
    """What a file turned out to be."""

    kind: str
    grids: list[Grid] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load(path: Path) -> tuple[str, int, bytes | None]:
    """A file's SHA-256 and size, and its bytes where they are few enough to hold: what is hashed is what is read."""
    if path.stat().st_size > MOST_BYTES:
        return sha256(path), path.stat().st_size, None
    data = path.read_bytes()
    return hashlib.sha256(data).hexdigest(), len(data), data


def candidates(folder: Path) -> list[Path]:
    """The files of a folder that may be returns, by name. Our own notes, hidden and lock files are left out."""
    found = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink()]
    return [
        p
        for p in found
        if not any(part.startswith((".", "~$")) for part in p.relative_to(folder).parts)
        and p.suffix.lower() not in IGNORED
        and p.name.lower() not in ("readme.txt", "thumbs.db", "desktop.ini")
    ]


def open_file(path: Path, known: Callable[[list], int], data: bytes | None = None) -> Opened:
    """A file as grids. `known(cells)` counts how many of a row's cells are headings of the dictionary.

    Raises Unreadable with a sentence for a file that cannot be read.
    """
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("The file is empty (0 bytes). Send it again.")
    with open(path, "rb") as file:
        start = file.read(8192)
    if start.startswith(b"PK\x03\x04") or start.startswith(b"PK\x05\x06"):
        return _zipped(path, size)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(path, size)
    for magic, what in (
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a text document (RTF)"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "a compressed archive"),
        (b"7z\xbc\xaf", "a compressed archive"),
        (b"Rar!", "a compressed archive"),
    ):
        if start.startswith(magic):
            raise Unreadable(f"The file is {what}. Send the rows as CSV or as an Excel workbook.")
    if size > MOST_BYTES:
        raise Unreadable(
            f"The file has {size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:,.0f} MB "
            "are read. Send the quarter's rows only, or several files."
        )
    return _text(path.read_bytes() if data is None else data, known)


# --- text -------------------------------------------------------------------------------------------------------


def _text(data: bytes, known) -> Opened:
    notes = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
        notes.append("The file is UTF-16 text; read as such.")
    elif data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    elif b"\0" in data[:4096]:
        zeros = np.frombuffer(data[:4096], np.uint8) == 0
        if zeros[1::2].mean() > 0.4 or zeros[::2].mean() > 0.4:
            data = data.decode(
                "utf-16-le" if zeros[1::2].mean() > zeros[::2].mean() else "utf-16-be", "replace"
            ).encode()
            notes.append("The file is UTF-16 text without its mark; read as such.")
    if b"\0" in data:
        raise Unreadable("The file is neither text nor a workbook, or it is damaged. Save it again as CSV or .xlsx.")
    head = data[:4096].lstrip().lower()
    if head.startswith(b"<"):
        return _markup(data, head, notes)
    if not data.isascii():
        data, said = _utf8(data)
        notes += said
    delimiter, skip, said = _delimiter(data, known)
    return Opened("CSV", [_fast(data, delimiter, skip) or _slow(data, delimiter, skip)], notes + said)


def _utf8(data: bytes) -> tuple[bytes, list[str]]:
    try:
        data.decode("utf-8")
        return data, []
    except UnicodeDecodeError:
        pass
    if not data.decode("utf-8", "ignore").isascii():
        # Letters that are valid UTF-8 hardly occur by chance: the file is UTF-8 and damaged; those cells are named.
        return data.decode("utf-8", "replace").encode(), [
            "The file is UTF-8 text with damaged letters; cells that hold them are named."
        ]
    return data.decode("cp1252", "replace").encode(), [
        "The file is not UTF-8; read as Windows-1252, as older Excel saves CSV."
    ]


def _delimiter(data: bytes, known) -> tuple[str, int, list[str]]:
    """The delimiter (and the length of a `sep=` line): the one under which most headings are known, then widest."""
    hint = re.match(rb"sep=(.)\r?\n", data[:16], re.I)
    if hint:
        return hint[1].decode("ascii", "replace"), hint.end(), []
    text = data[:HEAD].decode("utf-8", "replace")
    best = (-1, -1, 0)
    for rank, delimiter in enumerate(DELIMITERS):
        try:
            rows = [
                r
                for _, r in zip(range(60), csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), strict=False)
            ]
        except csv.Error:
            continue
        best = max(best, (max((known(r) for r in rows), default=0), max((len(r) for r in rows), default=0), -rank))
    delimiter = DELIMITERS[-best[2]]
    names = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
    return (
        delimiter,
        0,
        [f"The columns are separated by {names[delimiter]}."] if delimiter in names and best[1] > 1 else [],
    )


def _fast(data: bytes, delimiter: str, skip: int) -> Grid | None:
    """pyarrow's reader, for a file whose records are plain; None where a file needs the careful reader."""
    if len(data) < 200_000:
        return None
    body = data[skip:] if skip else data
    quoted = b'"' in body
    if body[:1] in (b"\n", b"\r"):
        return None
    ends, returns = _line_ends(body)
    if returns:
        after_return = np.frombuffer(body, np.uint8)[ends - 1] == 13
        if np.count_nonzero(after_return) != returns or ((np.diff(ends) == 2) & after_return[1:]).any():
            return None  # a return without its newline, or a blank line
    if quoted and (np.diff(ends) == 1).any():
        return None
    if quoted and not _well_quoted(body, delimiter):
        return None
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
    width = len(next(csv.reader(head, delimiter=delimiter), []))
    kinds = {f"f{i}": pa.string() for i in range(width)}

    def convert():
        return pv.ConvertOptions(column_types=kinds, strings_can_be_null=False)

    try:
        first = pv.read_csv(pa.py_buffer(body[:cut]), options, parse, convert())
        for name, column in zip(first.column_names, first.columns, strict=True):
            if pc.count_distinct(column).as_py() * 2 < len(column):
                kinds[name] = pa.dictionary(pa.int32(), pa.string())
        table = pv.read_csv(pa.py_buffer(body), options, parse, convert())
    except pa.ArrowInvalid:
        return None
    if not quoted and table.num_rows != len(ends) + (not body.endswith(b"\n")):
        return None  # blank lines, which the reader passes over, count as rows
    if table.num_rows * table.num_columns > MOST_CELLS * 4:
        raise Unreadable("The file has more rows and columns than are read. Send the quarter's rows only.")
    return Grid("", table.num_rows, [_arrow_column(c) for c in table.columns])


def _line_ends(body: bytes, part: int = 1 << 23) -> tuple[np.ndarray, int]:
    """Where the newlines stand, and how many returns there are; a part at a time, so that little is held at once."""
    buffer = np.frombuffer(body, np.uint8)
    ends = [np.flatnonzero(buffer[at : at + part] == 10) + at for at in range(0, len(buffer), part)]
    if b"\r" not in body:
        return np.concatenate(ends), 0
    return np.concatenate(ends), sum(
        int(np.count_nonzero(buffer[at : at + part] == 13)) for at in range(0, len(buffer), part)
    )


def _arrow_column(chunked) -> Column:
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


def _slow(data: bytes, delimiter: str, skip: int) -> Grid:
    """The careful reader: one record at a time, row numbers kept, a quote that never closes refused."""
    csv.field_size_limit(1_000_000)
    text = io.TextIOWrapper(io.BytesIO(data[skip:] if skip else data), encoding="utf-8", newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    indexes: list[dict[str, int]] = []
    codes: list[array] = []
    widths: list[int] = []
    row = 0  # Excel shows the row after `sep=` as the first
    try:
        for record in reader:
            if len(record) > len(indexes):
                if len(record) > MOST_COLUMNS:
                    raise Unreadable(f"Row {row + 1} has more than {MOST_COLUMNS:,} cells. Save the file again as CSV.")
                for _ in range(len(record) - len(indexes)):
                    indexes.append({"": 0})
                    codes.append(array("i"))
            for k, cell in enumerate(record):
                column = codes[k]
                if len(column) < row:
                    column.extend([0] * (row - len(column)))
                index = indexes[k]
                column.append(index.setdefault(cell, len(index)))
            widths.append(len(record))
            row += 1
            if row * max(len(indexes), 1) > MOST_CELLS * 4:
                raise Unreadable("The file has more rows and columns than are read. Send the quarter's rows only.")
    except csv.Error as error:
        what = (
            "a quote is opened and never closed"
            if "unexpected end" in str(error)
            else f"the quotes do not pair ({error})"
        )
        raise Unreadable(
            f"From row {row + 1} on, {what}, so the cells cannot be told apart. Save the file again as CSV."
        ) from None
    while row and widths and widths[-1] == 0:
        widths.pop()
        row -= 1
    columns = [Column(list(i), _padded(c, row)) for i, c in zip(indexes, codes, strict=True)]
    grid = Grid("", row, columns)
    grid.short = {r: w for r, w in enumerate(widths) if 0 < w < len(indexes)}
    return grid


def _padded(codes: array, rows: int) -> np.ndarray:
    out = np.zeros(rows, np.int32)
    out[: min(len(codes), rows)] = np.frombuffer(codes, np.int32)[:rows]
    return out


def _markup(data: bytes, head: bytes, notes: list[str]) -> Opened:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head:
        raise Unreadable("The file is Excel's old XML format. Open it and save it as .xlsx.")
    if b"<html" not in head and b"<table" not in data[:200_000].lower() and b"<!doctype html" not in head:
        raise Unreadable("The file is a web or XML document without a table. Send CSV or an Excel workbook.")
    from .html_files import tables

    if len(data) > 60_000_000:
        raise Unreadable("The workbook is really a web page (HTML), and too large to be read as one. Save it as .xlsx.")
    decoded, said = _utf8(data) if not data.isascii() else (data, [])
    grids = tables(decoded.decode("utf-8", "replace"))
    if not grids:
        raise Unreadable("The workbook is really a web page (HTML) without a table. Save it as .xlsx.")
    return Opened("HTML", grids, [*notes, *said, "The file is really a web page (HTML); its tables were read."])


# --- workbooks --------------------------------------------------------------------------------------------------


def _zipped(path: Path, size: int) -> Opened:
    from . import workbooks as workbook

    if size > MOST_WORKBOOK:
        raise Unreadable(
            f"The workbook has {size / 1e6:,.0f} MB; at most {MOST_WORKBOOK / 1e6:,.0f} "
            "MB are read. Send the quarter's rows only."
        )
    return workbook.read(path)


def _ole(path: Path, size: int) -> Opened:
    from . import workbooks as workbook

    if size > MOST_WORKBOOK:
        raise Unreadable(
            f"The workbook has {size / 1e6:,.0f} MB; at most {MOST_WORKBOOK / 1e6:,.0f} "
            "MB are read. Send the quarter's rows only."
        )
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise Unreadable(
            "The workbook is protected by a password. Remove it (File, Info, "
            "Protect Workbook), or send the file another safe way."
        )
    return workbook.read_xls(path, data)


def inflate(raw: bytes, method: int, most: int) -> bytes:
    """A part of an archive unpacked, whatever size it claims to have. Raises Unreadable beyond `most` bytes."""
    if method == 0:
        return raw
    if method != 8:
        raise Unreadable("The workbook is packed in a way that Excel does not use. Save it again as .xlsx.")
    packer = zlib.decompressobj(-15)
    try:
        out = packer.decompress(raw, most + 1)
    except zlib.error:
        raise Unreadable("The workbook is damaged. Open it in Excel, repair it, and save it again.") from None
    if len(out) > most:
        raise Unreadable(
            f"The workbook unpacks to more than {MOST_UNPACKED / 1e6:,.0f} "
            "MB. Send the quarter's rows only, in a new workbook."
        )
    return out
