"""How many decimals a percentage shows in each cell of an Excel workbook: 0.12 kept as 12% is read as 12%."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BUILT_IN = {9: 0, 10: 2}  # Excel's own formats 0% and 0.00%


def percent_cells(path: Path, sheet: int) -> dict[tuple[int, int], int]:
    """(row, column), from 0, of each cell shown as a percentage in the sheet of that place, with its decimals.

    Empty for a file that is no .xlsx or whose formats cannot be read.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as book:
            styles = etree.fromstring(book.read("xl/styles.xml"), _parser())
            names = sorted(
                (n for n in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)),
                key=lambda n: int(re.sub(r"\D", "", n)),
            )
            cells = etree.fromstring(book.read(names[sheet]), _parser())
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, etree.XMLSyntaxError):
        return {}
    written = {int(f.get("numFmtId")): f.get("formatCode") for f in styles.iter(f"{MAIN}numFmt")}
    decimals = BUILT_IN | {
        number: len(re.sub(r"[^0#]", "", code.partition(".")[2])) for number, code in written.items() if "%" in code
    }
    formats = [int(x.get("numFmtId") or 0) for group in styles.iter(f"{MAIN}cellXfs") for x in group]
    result = {}
    for cell in cells.iter(f"{MAIN}c"):
        style = int(cell.get("s") or 0)
        if style < len(formats) and formats[style] in decimals and cell.get("t") in (None, "n"):
            result[_place(cell.get("r"))] = decimals[formats[style]]
    return result


def _parser():
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _place(name: str) -> tuple[int, int]:
    """`B3` as (2, 1)."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1
