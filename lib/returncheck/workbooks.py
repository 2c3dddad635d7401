"""Excel and LibreOffice workbooks: calamine reads the cells; a look at the file's own parts finds what it does not say.

calamine gives an error cell, and a formula without a stored value, as a blank; it says nothing of hidden rows and of
number formats that show leading zeros. Each would be silently wrong, so each is looked for where the file has any.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from .cell_values import Broken
from .file_opening import MOST_CELLS, MOST_COLUMNS, MOST_UNPACKED, Opened, Unreadable, inflate
from .grid import Grid, encode, letter, number
from .number_formats import AS_TEXT, BUILT_IN, PLAIN, as_shown, sections

DAMAGED = "The workbook is damaged or is not a workbook that can be read. Open it in Excel and save it again as .xlsx."
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def read(path: Path) -> Opened:
    """An .xlsx, .xlsm, .xlsb or .ods file."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = Parts(archive)
            names = parts.names
            if "content.xml" in names:
                return _ods(path, parts)
            if any(n.startswith("xl/") for n in names):
                return _xlsx(path, parts)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
        struct.error,
        UnicodeDecodeError,
        RecursionError,
    ):
        raise Unreadable(DAMAGED) from None
    if "mimetype" in names or any(n.endswith((".docx", "word/document.xml")) for n in names):
        raise Unreadable("The file is a document, not a workbook. Send the rows as CSV or .xlsx.")
    raise Unreadable("The file is a zip archive, not a workbook. Unpack it and send the files themselves.")


class Parts:
    """The parts of a workbook, each unpacked at most once, all of them together bounded."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.names = {i.filename: i for i in archive.infolist()}
        self.left = MOST_UNPACKED
        self.kept: dict[str, bytes] = {}
        if len(self.names) > 10_000:
            raise Unreadable("The workbook has more than 10,000 parts: it is damaged or not a workbook.")
        if any(i.flag_bits & 1 for i in archive.infolist()):
            raise Unreadable("The workbook is protected by a password. Remove it, or send the file another safe way.")

    def get(self, name: str) -> bytes:
        if name not in self.kept:
            info = self.names.get(name)
            if info is None:
                return b""
            file = self.archive.fp
            file.seek(info.header_offset)
            header = file.read(30)
            if len(header) < 30 or header[:4] != b"PK\x03\x04":
                raise Unreadable(DAMAGED)
            skip = sum(struct.unpack("<HH", header[26:30]))
            file.seek(info.header_offset + 30 + skip)
            self.kept[name] = inflate(file.read(info.compress_size), info.compress_type, self.left)
            self.left -= len(self.kept[name])
        return self.kept[name]

    def bound(self) -> None:
        """Unpack every part that calamine may read, so that what it will meet is known to be bounded."""
        for name in self.names:
            if name.endswith((".xml", ".rels", ".bin")) and "media/" not in name:
                self.get(name)
                if not name.startswith(("xl/worksheets/", "content")) and len(self.kept[name]) > 1_000_000:
                    self.kept[name] = b""  # counted; only the sheets and the small parts are looked at again


@contextmanager
def quiet():
    """A panic of calamine prints its trace to the process's own standard error before it becomes an exception."""
    os.environ["RUST_BACKTRACE"] = "0"
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _calamine(path: Path, *suffixes: str):
    """calamine goes by a file's name; one whose name says something else is handed over without it."""
    import python_calamine as calamine

    try:
        with quiet():
            return calamine.load_workbook(path if path.suffix.lower() in suffixes else BytesIO(path.read_bytes()))
    except calamine.PasswordError:
        raise Unreadable(
            "The workbook is protected by a password. Remove it, or send the file another safe way."
        ) from None
    except BaseException as error:  # a panic of the Rust library is a BaseException
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise Unreadable(DAMAGED) from None


def _cells(book, name: str) -> tuple[list[list[Any]], list]:
    try:
        with quiet():
            sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > MOST_CELLS or sheet.total_width > MOST_COLUMNS:
            raise Unreadable(
                f"Sheet {name[:40]!r} has cells far from the others. Delete "
                "the empty rows and columns and save it again."
            )
        with quiet():
            return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except Unreadable:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise Unreadable(DAMAGED) from None


def _sheets(book) -> list[tuple[str, bool]]:
    """Name and hiddenness of each worksheet; charts and macros have no cells."""
    return [
        (m.name, str(m.visible) != "SheetVisibleEnum.Visible")
        for m in book.sheets_metadata
        if str(m.typ) == "SheetTypeEnum.WorkSheet"
    ]


def _grid(name: str, rows: list[list[Any]], merged, hidden: bool, faults: dict[tuple[int, int], str]) -> Grid:
    width = max((len(r) for r in rows), default=0)
    for (r, c), why in faults.items():
        while len(rows) <= r:
            rows.append([""] * width)
        if c >= width:
            for row in rows:
                row.extend([""] * (c + 1 - width))
            width = c + 1
        rows[r][c] = Broken(why)
    if any(len(r) != width for r in rows):
        rows = [r + [""] * (width - len(r)) for r in rows]
    return Grid(name, len(rows), [encode(c) for c in zip(*rows, strict=True)], hidden, merged=merged)


# --- xlsx -------------------------------------------------------------------------------------------------------


def _xlsx(path: Path, parts: Parts) -> Opened:
    parts.bound()
    notes = []
    if any(n.endswith("vbaProject.bin") for n in parts.names):
        notes.append("The workbook holds macros; they are ignored.")
    if any(n.startswith("xl/externalLinks/") for n in parts.names):
        notes.append("The workbook links to other files; the links are not followed, stored values are read.")
    paths = _sheet_paths(parts)
    for name, part in paths.items():
        _check_extent(name, _as_excel_writes(parts.get(part)))
    binary = "xl/workbook.bin" in parts.names
    if binary:
        notes.append(
            "The workbook is a binary one (.xlsb): hidden rows, errors and number formats cannot be seen in it."
        )
        raise Unreadable(
            "The workbook is a binary one (.xlsb), in which errors cannot be told from blanks. Save it as .xlsx."
        )
    book = _calamine(path, ".xlsx", ".xlsm")
    workbook = parts.get("xl/workbook.xml")
    epoch = bool(re.search(rb'date1904="(?:1|true)"', workbook))
    grids = []
    for name, hidden in _sheets(book):
        xml = _as_excel_writes(parts.get(paths.get(name, "")))
        rows, merged = _cells(book, name)
        grid = _grid(name, rows, merged, hidden, _faults(xml))
        grid.epoch_1904 = epoch
        if b"hidden=" in xml:
            found = re.findall(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"', xml)
            grid.hidden_rows = {int(r) - 1 for r in found}
        grid.displayed = _displayer(xml, parts)
        grids.append(grid)
    return Opened("xlsx", grids, notes)


def _as_excel_writes(xml: bytes) -> bytes:
    """Attributes of cells and rows as a="b", which the looks below expect; other programs may write a = 'b'."""
    if not any(odd in xml for odd in (b"='", b"= ", b" =")) or not re.search(
        rb"<(?:\w+:)?(?:c|row)\b[^>]*(?:='|\s=|=\s)", xml
    ):
        return xml
    attribute = re.compile(rb"\s*=\s*(?:'([^'\"<>]*)'|\"([^\"<>]*)\")")
    return re.sub(
        rb"<(?:\w+:)?(?:c|row)\b[^<>]*>",
        lambda tag: attribute.sub(lambda a: b'="' + (a[1] if a[1] is not None else a[2]) + b'"', tag[0]),
        xml,
    )


def _sheet_paths(parts: Parts) -> dict[str, str]:
    """Sheet name -> its part, by the workbook's relations."""
    from html import unescape

    targets = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", parts.get("xl/_rels/workbook.xml.rels")):
        identity, target = re.search(rb'\bId="([^"]*)"', tag), re.search(rb'\bTarget="([^"]*)"', tag)
        if identity and target:
            text = target[1].decode("utf-8", "replace")
            targets[identity[1]] = text.lstrip("/") if text.startswith("/") else "xl/" + text
    found = {}
    for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", parts.get("xl/workbook.xml")):
        name, identity = re.search(rb'\bname="([^"]*)"', tag), re.search(rb'\b\w+:id="([^"]*)"', tag)
        if name and identity and identity[1] in targets:
            found[unescape(name[1].decode("utf-8", "replace"))] = targets[identity[1]]
    return found


def _check_extent(name: str, xml: bytes) -> None:
    """A cell at XFD1048576 would be built as 17 thousand million cells: refused before it is."""
    rows = re.findall(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,12})"', xml)
    if max(map(int, rows), default=0) * 26 <= MOST_CELLS and not re.search(rb'r="[A-Z][A-Z]', xml) and rows:
        return
    columns = set(re.findall(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,7})\d+"', xml))
    if not columns:
        return
    rows = set(re.findall(rb'<(?:\w+:)?c\b[^>]*?\br="[A-Z]{1,7}(\d{1,12})"', xml))
    last, widest = max(map(int, rows)), max(map(number, columns)) + 1
    if last * widest > MOST_CELLS:
        raise Unreadable(
            f"Sheet {name[:40]!r} has a cell far from the others (column {letter(widest - 1)[:4]}, "
            f"row {last:,}). Delete the empty rows and columns between and save it again."
        )


def _faults(xml: bytes) -> dict[tuple[int, int], str]:
    """Cells that hold an error, or a formula without a stored value."""
    if b't="e"' not in xml and b"<f" not in xml and b":f" not in xml:
        return {}
    found = {}
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
            found[where] = f"the error {value[1].decode('utf-8', 'replace')[:12] if value else 'of a formula'}"
        elif (value is None or not value[1]) and b't="str"' not in attributes:
            found[where] = (
                "a formula whose result was never stored (open the workbook in Excel, recalculate and save it)"
            )
    return found


def _displayer(xml: bytes, parts: Parts):
    """What cells of a column show, where that is not the number they hold: looked for once, when first asked."""
    cells: dict[int, list[tuple[int, str, float]]] | None = None

    def displayed(column: int, kind: str) -> dict[int, str]:
        nonlocal cells
        if cells is None:
            cells = _formatted(xml, _formats(parts))
        found = {row: as_shown(code, value, kind) for row, code, value in cells.get(column, ())}
        found = {row: text for row, text in found.items() if text is not None}
        return found | _sums(xml, column) if kind == "gestation" else found

    return displayed


def _formatted(xml: bytes, codes: dict[int, str]) -> dict[int, list[tuple[int, str, float]]]:
    """By column: row, number format and number of the cells whose format may show something else."""
    found: dict[int, list[tuple[int, str, float]]] = {}
    if not codes:
        return found
    styles = b"|".join(str(i).encode() for i in codes)
    pattern = rb'<(?:\w+:)?c\b(?=[^>]*\bs="(%s)")([^>/]*)>(.*?)</(?:\w+:)?c>' % styles
    for cell in re.finditer(pattern, xml, re.S):
        place, value = PLACE.search(cell[2]), re.search(rb"<(?:\w+:)?v>([^<]{1,40})</", cell[3])
        if not place or not value or re.search(rb't="(?!n")', cell[2]):
            continue
        with suppress(ValueError):
            row, column = int(place[2]) - 1, number(place[1])
            found.setdefault(column, []).append((row, codes[int(cell[1])], float(value[1])))
    return found


def _sums(xml: bytes, column: int) -> dict[int, str]:
    """24+3 typed as =24+3: Excel has added weeks and days."""
    pattern = (
        rb'<(?:\w+:)?c\b[^>]*?\br="%s(\d{1,7})"[^>]*><(?:\w+:)?f>\s*(\d{1,2}\s*\+\s*\d)\s*</' % letter(column).encode()
    )
    return {
        int(cell[1]) - 1: Broken(f"Excel has added up {cell[2].decode()} (format the cell as text first)")
        for cell in re.finditer(pattern, xml)
    }


def _formats(parts: Parts) -> dict[int, str]:
    """Cell styles whose number format may show something else than the number: style -> format."""
    styles = parts.get("xl/styles.xml").decode("utf-8", "replace")
    from html import unescape

    codes = dict(BUILT_IN)
    for tag in re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", styles):
        identity, code = re.search(r'numFmtId="(\d{1,9})"', tag), re.search(r'formatCode="([^"]*)"', tag)
        if identity and code:
            codes[int(identity[1])] = unescape(code[1])
    block = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.S)
    found = {}
    for at, tag in enumerate(re.findall(r"<(?:\w+:)?xf\b[^>]*>", block[0] if block else "")):
        identity = re.search(r'numFmtId="(\d{1,9})"', tag)
        code = codes.get(int(identity[1]), "") if identity else ""
        if code not in PLAIN and not all(part.dated for part in sections(code)):
            found[at] = code
    return found


# --- ods --------------------------------------------------------------------------------------------------------


def _ods(path: Path, parts: Parts) -> Opened:
    if b"encryption-data" in parts.get("META-INF/manifest.xml"):
        raise Unreadable("The workbook is protected by a password. Remove it, or send the file another safe way.")
    parts.bound()
    xml = parts.get("content.xml")
    for row in re.finditer(rb'number-rows-repeated="(\d{4,})"[^>]*>(.{0,4000})', xml, re.S):
        inner = row[2].split(b"</table:table-row>")[0]
        if b"office:value" in inner or b"<text:p" in inner:
            raise Unreadable(
                "The workbook repeats a filled row thousands of times. Delete the repeated rows and save it again."
            )
    for cell in re.finditer(rb'<table:table-cell\b[^>]*number-columns-repeated="(\d{4,})"[^>]*>', xml):
        if b"office:value" in cell[0]:
            raise Unreadable(
                "The workbook repeats a filled cell thousands of times. Delete the repeated columns and save it again."
            )
    notes = ["The workbook holds macros; they are ignored."] if any(n.startswith("Basic/") for n in parts.names) else []
    book = _calamine(path, ".ods")
    looks = _ods_look(xml)
    grids = []
    for name, hidden in _sheets(book):
        look = looks.get(name, ({}, {}, set()))
        rows, merged = _cells(book, name)
        grid = _grid(name, rows, merged, hidden, look[0])
        grid.hidden_rows = look[2]
        grid.displayed = _of_column(look[1])
        grids.append(grid)
    return Opened("ods", grids, notes)


DOUBTFUL_ODS = re.compile(r"[<>≤≥~*=%?]")


def _of_column(shown: dict[tuple[int, int], Any]):
    """What cells of a column show to a field of some type, where that is not the number they hold."""

    def displayed(column: int, kind: str) -> dict[int, str]:
        found = {r: look(kind) for (r, c), look in shown.items() if c == column}
        return {r: text for r, text in found.items() if text is not None}

    return displayed


def _ods_look(xml: bytes) -> dict[str, tuple[dict, dict, set]]:
    """By sheet: error cells, numbers displayed with leading zeros, rows that are hidden or filtered out."""
    from xml.etree import ElementTree

    table, office, text = (f"{{urn:oasis:names:tc:opendocument:xmlns:{n}:1.0}}" for n in ("table", "office", "text"))
    found: dict[str, tuple[dict, dict, set]] = {}
    faults, shown, hidden, row, column, name = {}, {}, set(), 0, 0, ""
    try:
        for event, node in ElementTree.iterparse(BytesIO(xml), ("start", "end")):
            if event == "start":
                if node.tag == table + "table":
                    name, row = node.get(table + "name", ""), 0
                    faults, shown, hidden = found.setdefault(name, ({}, {}, set()))
                elif node.tag == table + "table-row":
                    column = 0
                continue
            if node.tag in (table + "table-cell", table + "covered-table-cell"):
                said = "".join("".join(p.itertext()) for p in node.findall(text + "p"))
                kind = node.get(office + "value-type")
                if said.startswith(("#", "Err:")) and node.get(table + "formula"):
                    faults[row, column] = f"the error {said[:12]}"
                elif kind == "float" and said[:1] == "0" and said.isdigit() and len(said) > 1:
                    shown[row, column] = lambda kind, said=said: said if kind in AS_TEXT else None
                elif kind == "float" and (not any(c.isdigit() for c in said) or DOUBTFUL_ODS.search(said)):
                    shown[row, column] = lambda kind, said=said: Broken(f'a number that is shown as "{said[:40]}"')
                elif node.get(table + "formula") and not said and kind is None:
                    faults[row, column] = (
                        "a formula whose result was never stored (recalculate the workbook and save it)"
                    )
                column += int(node.get(table + "number-columns-repeated", 1))
            elif node.tag == table + "table-row":
                times = int(node.get(table + "number-rows-repeated", 1))
                if node.get(table + "visibility") in ("collapse", "filter"):
                    hidden.update(range(row, row + min(times, 10_000)))
                row += times
                node.clear()
    except (ElementTree.ParseError, ValueError):
        raise Unreadable(DAMAGED) from None
    return found


# --- xls --------------------------------------------------------------------------------------------------------


def read_xls(path: Path, data: bytes) -> Opened:
    """An Excel 97-2003 workbook. Its stream of records is looked through for errors, hidden rows and number formats."""
    look = _biff(data)
    book = _calamine(path, ".xls")
    grids = []
    for name, hidden in _sheets(book):
        faults, shown, hidden_rows = look["sheets"].get(name, ({}, {}, set()))
        rows, merged = _cells(book, name)
        grid = _grid(name, rows, merged, hidden, faults)
        grid.epoch_1904, grid.hidden_rows = look["epoch_1904"], hidden_rows
        grid.displayed = _of_column(shown)
        grids.append(grid)
    notes = ["The workbook holds macros; they are ignored."] if "_VBA_PROJECT".encode("utf-16-le") in data else []
    return Opened("xls", grids, notes)


def _biff(data: bytes) -> dict[str, Any]:
    try:
        stream = _workbook_stream(data)
        return _records(stream)
    except (struct.error, IndexError, ValueError, KeyError, OverflowError, MemoryError):
        raise Unreadable(DAMAGED) from None


def _workbook_stream(data: bytes) -> bytes:
    """The `Workbook` stream of an OLE compound file ([MS-CFB]); bounded by the file's own size."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in (512, 4096):
        raise ValueError("sector size")
    most = len(data) // sector + 2

    def block(n):
        return (
            data[512 + n * sector : 512 + (n + 1) * sector]
            if sector == 512
            else data[(n + 1) * sector : (n + 2) * sector]
        )

    table = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, most)):
        if following >= 0xFFFFFFFA:
            break
        more = struct.unpack(f"<{sector // 4}I", block(following))
        table += more[:-1]
        following = more[-1]
    fat: list[int] = []
    for n in table:
        if n < 0xFFFFFFFA and n < most:
            part = block(n)
            fat += struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])

    def chain(n):
        out = []
        while n < 0xFFFFFFFA and n < len(fat) and len(out) <= most:
            out.append(block(n))
            n = fat[n]
        return b"".join(out)

    directory = chain(struct.unpack_from("<I", data, 48)[0])
    cutoff = struct.unpack_from("<I", data, 56)[0]
    root = None
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<I", entry, 116)[0], struct.unpack_from("<I", entry, 120)[0]
        if entry[66] == 5:
            root = (start, size)
        if name in ("Workbook", "Book"):
            if size >= cutoff or root is None:
                return chain(start)[:size]
            small = chain(root[0])
            minis = chain(struct.unpack_from("<I", data, 60)[0])
            minifat = struct.unpack(f"<{len(minis) // 4}I", minis[: len(minis) // 4 * 4])
            out, n = [], start
            while n < 0xFFFFFFFA and n < len(minifat) and len(out) <= len(small) // 64 + 1:
                out.append(small[n * 64 : n * 64 + 64])
                n = minifat[n]
            return b"".join(out)[:size]
    raise ValueError("no workbook stream")


ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _records(stream: bytes) -> dict[str, Any]:
    """Errors, displayed leading zeros and hidden rows by sheet name, and the epoch ([MS-XLS] records)."""
    at, epoch = 0, False
    formats: dict[int, str] = {}
    styles: list[int] = []
    sheets: dict[int, str] = {}
    found: dict[str, tuple[dict, dict, set]] = {}
    current: tuple[dict, dict, set] | None = None
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if kind == 0x0809:  # start of the workbook or of a sheet
            current = found.setdefault(sheets[at], ({}, {}, set())) if at in sheets else None
        elif kind == 0x002F:
            raise Unreadable("The workbook is protected by a password. Remove it, or send the file another safe way.")
        elif kind == 0x0022 and size >= 2:
            epoch = body[0] == 1
        elif kind == 0x0085 and size >= 8:
            position, length, wide = struct.unpack_from("<I", body)[0], body[6], body[7] & 1
            sheets[position] = body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
        elif kind == 0x041E and size >= 5:
            identity, length, wide = struct.unpack_from("<HHB", body)
            formats[identity] = body[5 : 5 + length * (1 + (wide & 1))].decode(
                "utf-16-le" if wide & 1 else "latin-1", "replace"
            )
        elif kind == 0x00E0 and size >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif current is not None:
            _cell_record(kind, body, current, formats, styles)
        at += 4 + size
    for position in sheets:
        _check_places(stream, position)
    return {"sheets": found, "epoch_1904": epoch}


# Records that begin with the row and column of a cell: blanks, numbers, texts, truths, errors, formulas.
CELLS = {0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}


def _check_places(stream: bytes, at: int) -> None:
    """Follows a sheet's records as calamine will: a cell beyond the 256 columns of an .xls would be built as millions.

    Raises ValueError.
    """
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        last = 0
        if kind in CELLS and size >= 4:
            last = struct.unpack_from("<H", body, 2)[0]
            if kind in (0x00BD, 0x00BE) and size >= 6:
                last = max(last, struct.unpack_from("<H", body, size - 2)[0])
        elif kind == 0x0200 and size >= 14:
            rows, _, last = struct.unpack_from("<IHH", body, 4)
            if rows > 65_536:
                raise ValueError("rows beyond an .xls")
        if last > 256:
            raise ValueError("columns beyond an .xls")
        if kind == 0x000A:
            return
        at += 4 + size


def _cell_record(
    kind: int, body: bytes, sheet: tuple[dict, dict, set], formats: dict[int, str], styles: list[int]
) -> None:
    faults, shown, hidden = sheet
    if kind == 0x0208 and len(body) >= 16 and body[12] & 0x20:
        hidden.add(struct.unpack_from("<H", body)[0])
    elif kind == 0x0205 and len(body) >= 8 and body[7] == 1:
        row, column = struct.unpack_from("<HH", body)
        faults[row, column] = f"the error {ERRORS.get(body[6], 'of a formula')}"
    elif kind == 0x0006 and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        row, column = struct.unpack_from("<HH", body)
        faults[row, column] = f"the error {ERRORS.get(body[8], 'of a formula')}"
    elif kind == 0x0006 and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 3:
        row, column = struct.unpack_from("<HH", body)
        faults[row, column] = (
            "a formula whose result is blank or was never stored (recalculate the workbook and save it)"
        )
    elif kind == 0x0203 and len(body) >= 14:
        row, column, style = struct.unpack_from("<HHH", body)
        _show(shown, row, column, style, struct.unpack_from("<d", body, 6)[0], formats, styles)
    elif kind == 0x027E and len(body) >= 10:
        row, column, style = struct.unpack_from("<HHH", body)
        _show(shown, row, column, style, _rk(struct.unpack_from("<I", body, 6)[0]), formats, styles)
    elif kind == 0x00BD and len(body) >= 6:
        row, first = struct.unpack_from("<HH", body)
        for n in range((len(body) - 6) // 6):
            style, raw = struct.unpack_from("<HI", body, 4 + 6 * n)
            _show(shown, row, first + n, style, _rk(raw), formats, styles)


def _show(
    shown: dict, row: int, column: int, style: int, value: float, formats: dict[int, str], styles: list[int]
) -> None:
    """Keeps a number's format, where it may show something else."""
    identity = styles[style] if style < len(styles) else 0
    code = formats.get(identity, BUILT_IN.get(identity, ""))
    if code not in PLAIN:
        shown[row, column] = lambda kind: as_shown(code, value, kind)


def _rk(raw: int) -> float:
    """Excel's packed number: 30 bits of a double or an integer, perhaps times a hundred."""
    value = (
        float((raw - (1 << 32) if raw & 0x80000000 else raw) >> 2)
        if raw & 2
        else struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    )
    return value / 100 if raw & 1 else value
