"""Tables of a web page that calls itself a workbook, as some systems export them."""

from __future__ import annotations

from html.parser import HTMLParser

from .file_limits import MOST_CELLS, MOST_COLUMNS
from .grid import Grid, Merge, encode


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.open: list[int] = []  # the tables being read, inner last
        self.cell: list[str] | None = None
        self.span = 1
        self.silent = 0
        self.down = 1
        self.covered: list[dict[int, int]] = []  # by table: column -> last row that a cell above it covers
        self.merged: list[list[Merge]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in ("script", "style"):
            self.silent += 1
        elif tag == "table":
            self._close()
            self.tables.append([])
            self.merged.append([])
            self.covered.append({})
            self.open.append(len(self.tables) - 1)
        elif tag == "tr" and self.open:
            self._close()
            self.tables[self.open[-1]].append([])
        elif tag in ("td", "th") and self.open:
            self._close()
            if not self.tables[self.open[-1]]:
                self.tables[self.open[-1]].append([])
            self.cell = []
            self.span, self.down = _span(attributes.get("colspan"), 100), _span(attributes.get("rowspan"), 10_000)
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th", "tr"):
            self._close()
        elif tag == "table" and self.open:
            self._close()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def _close(self) -> None:
        if self.cell is not None and self.open:
            rows, covered = self.tables[self.open[-1]], self.covered[self.open[-1]]
            row = len(rows) - 1
            while covered.get(len(rows[-1]), -1) >= row:  # what stands beside a cell over several rows keeps its column
                rows[-1].append("")
            at = len(rows[-1])
            rows[-1] += ["".join(self.cell).strip()] + [""] * (self.span - 1)
            covered |= dict.fromkeys(range(at, at + self.span), row + self.down - 1)
            if self.span > 1 or self.down > 1:
                self.merged[self.open[-1]].append(((row, at), (row + self.down - 1, at + self.span - 1)))
        self.cell = None


def _span(text: str | None, most: int) -> int:
    """How many rows or columns a cell goes over."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() and int(text) else 1


def tables(text: str) -> list[Grid]:
    """The tables of a page, each a grid; a cell over several columns stands in the first of them."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    grids = []
    for n, (rows, merged) in enumerate(zip(reader.tables, reader.merged, strict=True), 1):
        width = max(map(len, rows), default=0)
        if 1 < width <= MOST_COLUMNS and width * len(rows) <= MOST_CELLS:
            full = [row + [""] * (width - len(row)) for row in rows]
            grids.append(
                Grid(
                    f"table {n}" if len(reader.tables) > 1 else "",
                    len(full),
                    [encode(c) for c in zip(*full, strict=True)],
                    merged=merged,
                )
            )
    return grids
