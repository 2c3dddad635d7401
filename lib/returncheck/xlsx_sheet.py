"""What an .xlsx sheet's own XML says and calamine does not: errors, formulas without a result, hidden rows, formats."""

from __future__ import annotations

import re
from contextlib import suppress

from .file_limits import MOST_CELLS, Unreadable
from .grid import Appearance, letter, number
from .number_formats import Formatted, Summed
from .xlsx_styles import STRIKE, Styles

CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
ATTRIBUTE = re.compile(rb"\s*=\s*(?:'([^'\"<>]*)'|\"([^\"<>]*)\")")
FAR = re.compile(rb'\br="(?:[A-Z]{2,}|[A-Z]?\d{7,})')  # an address beyond column Z or row 999,999
STRUCK = "text that is struck out, wholly or in part"
NOT_STORED = "a formula whose result was never stored (open the workbook in Excel, recalculate and save it)"


def as_excel_writes(xml: bytes) -> bytes:
    """Attributes of cells and rows as a="b", which the looks below expect; other programs may write a = 'b'."""
    if not any(odd in xml for odd in (b"='", b"= ", b" =")) or not re.search(
        rb"<(?:\w+:)?(?:c|row|col)\b[^>]*(?:='|\s=|=\s)", xml
    ):
        return xml
    return re.sub(
        rb"<(?:\w+:)?(?:c|row|col)\b[^<>]*>",
        lambda tag: ATTRIBUTE.sub(lambda a: b'="' + (a[1] if a[1] is not None else a[2]) + b'"', tag[0]),
        xml,
    )


def check_extent(name: str, xml: bytes) -> None:
    """A cell at XFD1048576 would be built as 17 thousand million cells: refused before it is."""
    if not FAR.search(xml):
        return  # 26 columns of a million rows are few enough
    places = set(re.findall(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,20})(\d{1,20})"', xml))
    rows = set(re.findall(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,20})"', xml))
    last = max((int(r) for r in rows | {row for _, row in places}), default=0)
    widest = max((number(column) + 1 for column in {c for c, _ in places}), default=0)
    if last * max(widest, 1) > MOST_CELLS or last > 1_048_576 or widest > 16_384:
        raise Unreadable(
            f"Sheet {name[:40]!r} has a cell far from the others (column {letter(min(widest, 99_999) - 1)[:4]}, "
            f"row {last:,}). Delete the empty rows and columns between and save it again."
        )


def faults(xml: bytes) -> dict[tuple[int, int], str]:
    """Cells that hold an error, or a formula without a stored value."""
    if b't="e"' not in xml and b"<f" not in xml and b":f" not in xml:
        return {}
    result = {}
    for cell in CELL.finditer(xml):
        attributes, inner = cell[1], cell[2] or b""
        error = b't="e"' in attributes
        if not error and (b"<f" not in inner and b":f" not in inner):
            continue
        value = re.search(rb"<(?:\w+:)?v[^>/]*>([^<]*)<", inner)
        place = PLACE.search(attributes)
        if not re.search(rb"<(?:\w+:)?f[\s>/]", inner) and not error:
            continue
        if not place:
            raise Unreadable("Errors or formulas are in cells without an address. Open it in Excel, save it again.")
        where = (int(place[2]) - 1, number(place[1]))
        if error:
            result[where] = f"the error {value[1].decode('utf-8', 'replace')[:12] if value else 'of a formula'}"
        elif (value is None or not value[1]) and b't="str"' not in attributes:
            result[where] = NOT_STORED
    return result


def struck(xml: bytes, styles: Styles) -> dict[tuple[int, int], str]:
    """Filled cells whose text is struck out, wholly or in part."""
    inline = b"strike" in xml and STRIKE.search(xml) is not None
    if not (styles.struck or styles.struck_texts or inline):
        return {}
    result = {}
    for cell in CELL.finditer(xml):
        attributes, inner = cell[1], cell[2] or b""
        place = PLACE.search(attributes)
        if not place or not re.search(rb"<(?:\w+:)?(?:v|is)\b", inner):
            continue
        style, value = re.search(rb'\bs="(\d{1,9})"', attributes), re.search(rb"<(?:\w+:)?v>(\d{1,9})<", inner)
        shared = b't="s"' in attributes and value is not None and int(value[1]) in styles.struck_texts
        if (style and int(style[1]) in styles.struck) or shared or (inline and STRIKE.search(inner)):
            result[int(place[2]) - 1, number(place[1])] = STRUCK
    return result


def hidden(xml: bytes) -> tuple[set[int], set[int]]:
    """The rows and the columns that Excel does not show, 0-based."""
    if b"hidden=" not in xml:
        return set(), set()
    rows = re.findall(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"', xml)
    columns: set[int] = set()
    for tag in re.findall(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>', xml):
        first, last = re.search(rb'\bmin="(\d{1,5})"', tag), re.search(rb'\bmax="(\d{1,5})"', tag)
        if first and last:
            columns.update(range(int(first[1]) - 1, min(int(last[1]), 16_384)))
    return {int(r) - 1 for r in rows}, columns


def appearances(xml: bytes, styles: Styles) -> dict[int, dict[int, Appearance]]:
    """By column and row, the cells whose format may show something else than the number they hold."""
    result: dict[int, dict[int, Appearance]] = {}
    codes = b"|".join(str(i).encode() for i in styles.formats)
    pattern = rb'<(?:\w+:)?c\b(?=[^>]*\bs="(%s)")([^>/]*)>(.*?)</(?:\w+:)?c>' % codes
    for cell in re.finditer(pattern, xml, re.S) if codes else ():
        place, value = PLACE.search(cell[2]), re.search(rb"<(?:\w+:)?v>([^<]{1,40})</", cell[3])
        if not place or not value or re.search(rb't="(?!n")', cell[2]):
            continue
        with suppress(ValueError, OverflowError):
            look = Formatted(styles.formats[int(cell[1])], float(value[1]))
            result.setdefault(number(place[1]), {})[int(place[2]) - 1] = look
    sums = rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><(?:\w+:)?f>\s*(\d{1,2}\s*\+\s*\d)\s*</'
    for cell in re.finditer(sums, xml) if b"+" in xml else ():
        result.setdefault(number(cell[1]), {})[int(cell[2]) - 1] = Summed(cell[3].decode())
    return result
