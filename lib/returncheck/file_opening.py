"""Any file a partner sends, as grids of raw cells with their addresses. A file is known by its content, not its name.

Nothing is executed, no link is followed, nothing is written. Size and expansion are bounded before anything is built.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from . import csv_files
from .csv_files import Count
from .file_limits import DAMAGED, MOST_BYTES, MOST_HTML, MOST_WORKBOOK, Unreadable, too_large
from .grid import Opened
from .text_encodings import as_utf8, without_damage

OTHERS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed archive",
    b"7z\xbc\xaf": "a compressed archive",
    b"Rar!": "a compressed archive",
}
FAULTS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, NotImplementedError, ValueError, LookupError,
    struct.error, RecursionError,
)  # fmt: skip


def open_file(path: Path, headings: Count, data: bytes | None = None, apart: bool = True) -> Opened:
    """A file as grids. `headings(cells)` counts how many of a row's cells are headings of the dictionary.

    apart : this process is the file's own (see csv_files.read)
    Raises Unreadable with a sentence for a file that cannot be read.
    """
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("The file is empty (0 bytes). Send it again.")
    with open(path, "rb") as file:
        start = file.read(8192)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, size)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        from . import xls_files

        if size > MOST_WORKBOOK:
            raise too_large("workbook", size, MOST_WORKBOOK)
        return xls_files.read(path)
    for magic, what in OTHERS.items():
        if start.startswith(magic):
            raise Unreadable(f"The file is {what}. Send the rows as CSV or as an Excel workbook.")
    if size > MOST_BYTES:
        raise too_large("file", size, MOST_BYTES)
    return _text(path.read_bytes() if data is None else data, headings, apart)


def _zipped(path: Path, size: int) -> Opened:
    from . import ods_files, xlsx_files
    from .zip_parts import Parts

    if size > MOST_WORKBOOK:
        raise too_large("workbook", size, MOST_WORKBOOK)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = Parts(archive)
            if "content.xml" in parts.names:
                return ods_files.read(path, parts)
            if any(n.startswith("xl/") for n in parts.names):
                return xlsx_files.read(path, parts)
            names = parts.names
    except FAULTS:
        raise Unreadable(DAMAGED) from None
    if "mimetype" in names or any(n.endswith((".docx", "word/document.xml")) for n in names):
        raise Unreadable("The file is a document, not a workbook. Send the rows as CSV or .xlsx.")
    raise Unreadable("The file is a zip archive, not a workbook. Unpack it and send the files themselves.")


def _text(data: bytes, headings: Count, apart: bool) -> Opened:
    data, notes = as_utf8(data)
    head = data[:4096].lstrip().lower()
    if head.startswith(b"<"):
        return _markup(data, head, notes)
    if not data.isascii():
        data, more = without_damage(data)
        notes += more
    grid, more = csv_files.read(data, headings, apart)
    return Opened("CSV", [grid], notes + more)


def _markup(data: bytes, head: bytes, notes: list[str]) -> Opened:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head:
        raise Unreadable("The file is Excel's old XML format. Open it and save it as .xlsx.")
    if b"<html" not in head and b"<table" not in data[:200_000].lower() and b"<!doctype html" not in head:
        raise Unreadable("The file is a web or XML document without a table. Send CSV or an Excel workbook.")
    from .html_files import tables

    if len(data) > MOST_HTML:
        raise Unreadable("The workbook is really a web page (HTML), and too large to be read as one. Save it as .xlsx.")
    decoded, more = without_damage(data) if not data.isascii() else (data, [])
    grids = tables(decoded.decode("utf-8", "replace"))
    if not grids:
        raise Unreadable("The workbook is really a web page (HTML) without a table. Save it as .xlsx.")
    return Opened("HTML", grids, [*notes, *more, "The file is really a web page (HTML); its tables were read."])
