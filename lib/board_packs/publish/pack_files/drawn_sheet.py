"""A table's sheet that is written once, for all workbooks that have it: its XML, in which the numbers of its texts and
formats are left open, since each workbook counts its own."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

OPEN = re.compile(r' s="(?P<format>\d+)"| t="s"><v>(?P<text>\d+)(?=</v>)')


def drawn(book: Any, looks: dict[str, Any], write: Callable[[Any], dict]) -> dict[str, Any]:
    """A sheet as plain values, for `add`.

    book : an empty workbook that is not used otherwise, with its formats by name; write : fills the sheet that it is
        given, and says how it has marked the table (`first`, `last`, `headings`, `name`)
    """
    marked = write(sheet := book.add_worksheet())
    sheet._set_xml_writer(out := io.StringIO())
    sheet._assemble_xml_file()  # this sheet alone: a whole workbook takes an eighth longer
    names = {look.xf_index: name for name, look in looks.items()}
    xml, numbers = out.getvalue().replace("%", "%%"), list[str | int]()

    def left_open(match: re.Match) -> str:
        numbers.append(names[int(match["format"])] if match["format"] else int(match["text"]))
        return ' s="%d"' if match["format"] else ' t="s"><v>%d'

    xml = OPEN.sub(left_open, xml)
    return marked | {
        "xml": xml,
        "numbers": numbers,
        "texts": list(book.str_table.string_table),
        "many": book.str_table.count,
    }


class DrawnSheet(Worksheet):
    """A sheet whose XML is there."""

    xml = ""
    numbers: list[int | Any]  # of its texts in this workbook, or the formats whose numbers it gives when it is written

    def _assemble_xml_file(self) -> None:
        self.fh.write(self.xml % tuple(n if isinstance(n, int) else n._get_xf_index() for n in self.numbers))


def add(book: Any, label: str, looks: dict[str, Any], sheet: dict[str, Any]) -> None:
    """Adds a sheet to a workbook, in the formats of the workbook's own, by name."""
    added, texts = Workbook.add_worksheet(book, label, DrawnSheet), book.str_table
    places = [texts._get_shared_string_index(text) for text in sheet["texts"]]
    texts.count += sheet["many"] - len(places) - len(sheet["headings"])  # which are counted where the table is marked
    added.xml = sheet["xml"]
    added.numbers = [looks[number] if isinstance(number, str) else places[number] for number in sheet["numbers"]]
    mark(added, sheet)


def mark(sheet: Any, about: dict[str, Any], look: Any = None) -> None:
    """Marks the table of a sheet, with its filters and headings (`look`: their format), which stand on every printed page."""
    columns = [{"header": heading, "header_format": look} for heading in about["headings"]]
    settings = {"name": about["name"], "columns": columns, "autofilter": True, "style": None}
    sheet.add_table(about["first"], 0, about["last"], len(columns) - 1, settings)
    sheet.repeat_rows(about["first"])
