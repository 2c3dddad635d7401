"""Workbooks of LibreOffice (.ods): calamine reads the cells; the file's own text of each finds what it does not say."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from . import calamine_cells
from .calamine_cells import Look
from .file_limits import DAMAGED, LOCKED, Unreadable
from .grid import Opened
from .number_formats import Printed
from .xlsx_sheet import STRUCK
from .zip_parts import Parts

TABLE, OFFICE, TEXT, STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{n}:1.0}}" for n in ("table", "office", "text", "style")
)
REPEATED = "The workbook repeats a filled {0} thousands of times. Delete the repeated {0}s and save it again."


def read(path: Path, parts: Parts) -> Opened:
    """An .ods file. Raises Unreadable for what cannot be read."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml"):
        raise Unreadable(LOCKED)
    parts.bound()
    xml = parts.get("content.xml")
    for row in re.finditer(rb'number-rows-repeated="(\d{4,})"[^>]*>(.{0,4000})', xml, re.S):
        inner = row[2].split(b"</table:table-row>")[0]
        if b"office:value" in inner or b"<text:p" in inner:
            raise Unreadable(REPEATED.format("row"))
    for cell in re.finditer(rb'<table:table-cell\b[^>]*number-columns-repeated="(\d{4,})"[^>]*>', xml):
        if b"office:value" in cell[0]:
            raise Unreadable(REPEATED.format("column"))
    notes = ["The workbook holds macros; they are ignored."] if any(n.startswith("Basic/") for n in parts.names) else []
    looks = _looks(xml)
    del xml
    parts.kept.clear()  # calamine unpacks them again
    book = calamine_cells.open_workbook(path, ".ods")
    grids = [calamine_cells.grid_of(book, sheet, looks.get(sheet[0], Look())) for sheet in calamine_cells.sheets(book)]
    return Opened("ods", grids, notes)


def _looks(xml: bytes) -> dict[str, Look]:
    """What each sheet's own XML says, by the sheet's name."""
    try:
        return _Reader().read(xml)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Unreadable(DAMAGED) from None


class _Reader:
    """One pass over `content.xml`, keeping only where it is."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self.look = Look()
        self.struck: set[str] = set()  # styles that strike text out
        self.row = self.column = self.style_column = 0

    def read(self, xml: bytes) -> dict[str, Look]:
        for event, node in ElementTree.iterparse(BytesIO(xml), ("start", "end")):
            if event == "start":
                self._start(node)
            else:
                self._end(node)
        return self.looks

    def _start(self, node: ElementTree.Element) -> None:
        if node.tag == TABLE + "table":
            self.row = self.style_column = 0
            self.look = self.looks.setdefault(node.get(TABLE + "name", ""), Look())
        elif node.tag == TABLE + "table-row":
            self.column = 0

    def _end(self, node: ElementTree.Element) -> None:
        if node.tag == STYLE + "style":
            lines = (p.get(STYLE + "text-line-through-style") for p in node.iter(STYLE + "text-properties"))
            if any(line not in (None, "none") for line in lines):
                self.struck.add(node.get(STYLE + "name", ""))
        elif node.tag == TABLE + "table-column":
            times = int(node.get(TABLE + "number-columns-repeated", 1))
            if node.get(TABLE + "visibility") in ("collapse", "filter"):
                self.look.hidden_columns.update(range(self.style_column, self.style_column + min(times, 2_000)))
            self.style_column += times
        elif node.tag in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            self._cell(node)
            self.column += int(node.get(TABLE + "number-columns-repeated", 1))
        elif node.tag == TABLE + "table-row":
            times = int(node.get(TABLE + "number-rows-repeated", 1))
            if node.get(TABLE + "visibility") in ("collapse", "filter"):
                self.look.hidden_rows.update(range(self.row, self.row + min(times, 10_000)))
            self.row += times
            node.clear()

    def _cell(self, node: ElementTree.Element) -> None:
        here, look = (self.row, self.column), self.look
        text = "".join("".join(p.itertext()) for p in node.findall(TEXT + "p"))
        kind = node.get(OFFICE + "value-type")
        down, across = (int(node.get(TABLE + f"number-{n}-spanned", 1)) for n in ("rows", "columns"))
        if down > 1 or across > 1:
            look.merged.append((here, (self.row + down - 1, self.column + across - 1)))
        styles = {node.get(TABLE + "style-name")} | {s.get(TEXT + "style-name") for s in node.iter(TEXT + "span")}
        if text and styles & self.struck:
            look.faults[here] = STRUCK
        elif text.startswith(("#", "Err:")) and node.get(TABLE + "formula"):
            look.faults[here] = f"the error {text[:12]}"
        elif kind == "float" and text and Printed(text).shows("text") is not None:  # more than its digits
            look.appearances.setdefault(self.column, {})[self.row] = Printed(text)
        elif kind == "date" and text:
            look.appearances.setdefault(self.column, {})[self.row] = Printed(text, dated=True)
        elif node.get(TABLE + "formula") and not text and kind is None:
            look.faults[here] = "a formula whose result was never stored (recalculate the workbook and save it)"
