"""The workbook once more as OpenDocument (.ods), which the government asks for in what its bodies share.

The same sheets and cells as the workbook that was checked, with its formats of numbers, its headings in sight and its
filters; the same workbook gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

from .kept_parts import KeptParts
from .workbook import kind_of
from .workbook_reading import workbook_cells

EPOCH = (1980, 1, 1, 0, 0, 0)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
FORMATS = {  # of `kind_of`, as OpenDocument has them
    "count": '<number:number-style style:name="n-count"><number:number number:min-integer-digits="1" number:decimal-places="0" number:grouping="true"/></number:number-style>',
    "share": '<number:percentage-style style:name="n-share"><number:number number:min-integer-digits="1" number:decimal-places="1"/><number:text>%</number:text>'
    "</number:percentage-style>",
    "value": '<number:number-style style:name="n-value"><number:number number:min-integer-digits="1" number:decimal-places="3" number:min-decimal-places="1" '
    'number:grouping="true"/></number:number-style>',
    "year": '<number:number-style style:name="n-year"><number:number number:min-integer-digits="1" number:decimal-places="0"/></number:number-style>',
}
STYLES = (
    '<office:automatic-styles><style:style style:name="wide" style:family="table-column"><style:table-column-properties '
    f'style:column-width="5cm"/></style:style>{"".join(FORMATS.values())}<style:style style:name="head" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold"/></style:style>'
    + "".join(
        f'<style:style style:name="{n}" style:family="table-cell" style:data-style-name="n-{n}"/>' for n in FORMATS
    )
    + "</office:automatic-styles>"
)
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write(workbook: Path, path: Path, tables: Mapping[str, str] | None = None, parts: KeptParts | None = None) -> None:
    """Writes every cell of an Excel workbook to `path`.

    tables : by sheet, the table that it has; parts : sheets of tables as another workbook had them, with what is new added
    """
    cells = workbook_cells(workbook)
    tops = {name: _top(rows) for name, rows in cells.items()}

    def lines(name: str) -> str:
        if parts is None or name not in (tables or {}):
            return _lines(cells[name], tops[name])
        return parts.of_table("open sheet", (tables or {})[name], lambda: _lines(cells[name], tops[name]))

    sheets = "".join(f'<table:table table:name="{escape(name)}">{lines(name)}</table:table>' for name in cells)
    filters = "".join(
        f'<table:database-range table:name="__Anonymous_Sheet_DB__{n}" table:target-range-address="{_range(name, cells[name], top)}" '
        'table:display-filter-buttons="true"/>'
        for n, (name, top) in enumerate(tops.items())
        if top is not None
    )
    content = f"{HEAD}<office:document-content {NAMES}>{STYLES}<office:body><office:spreadsheet>{sheets}"
    content += f"<table:database-ranges>{filters}</table:database-ranges></office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as out:
        for name, text, packed in (
            ("mimetype", KIND, zipfile.ZIP_STORED),  # first and unpacked, as the format asks
            ("content.xml", content, zipfile.ZIP_DEFLATED),
            ("settings.xml", _settings(tops), zipfile.ZIP_DEFLATED),
            ("META-INF/manifest.xml", MANIFEST, zipfile.ZIP_DEFLATED),
        ):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = packed
            out.writestr(entry, text)


def _top(rows: list[list]) -> int | None:
    """The place of the line of headings, the first of more than one cell; None where there is none, as on the cover."""
    return next((at for at, row in enumerate(rows) if sum(cell != "" for cell in row) > 1), None)


def _range(name: str, rows: list[list], top: int) -> str:
    """A table of a sheet as a formula names it, from its headings to its last cell."""
    sheet, last = name.replace("'", "''"), len(rows[top]) - 1
    column = f"{chr(64 + last // 26) if last > 25 else ''}{chr(65 + last % 26)}"
    return escape(f"$'{sheet}'.$A${top + 1}:$'{sheet}'.${column}${len(rows)}")


def _settings(tops: dict[str, int | None]) -> str:
    """The lines that stay in sight: all above a table's first row."""
    kept = "".join(
        f'<config:config-item-map-entry config:name="{escape(name)}">'
        '<config:config-item config:name="HorizontalSplitMode" config:type="short">0</config:config-item>'
        '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
        f'<config:config-item config:name="VerticalSplitPosition" config:type="int">{top + 1}</config:config-item>'
        f'<config:config-item config:name="PositionBottom" config:type="int">{top + 1}</config:config-item>'
        '<config:config-item config:name="ActiveSplitRange" config:type="short">2</config:config-item>'
        "</config:config-item-map-entry>"
        for name, top in tops.items()
        if top is not None
    )
    return (
        f'{HEAD}<office:document-settings {NAMES}><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{kept}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )


def _lines(rows: list[list], top: int | None) -> str:
    """The columns and lines of a sheet."""
    widest = max(map(len, rows), default=1)
    columns = f'<table:table-column table:style-name="wide" table:number-columns-repeated="{widest}"/>'
    above = [] if top is None else [row[0] for row in rows[:top]]
    heads = [] if top is None else [str(cell) for cell in rows[top]]
    always = any(str(line).startswith(("Unit: share", "Unit: fraction")) for line in above)
    unit = heads.index("Unit") if "Unit" in heads else None
    lines = []
    for at, row in enumerate(rows):
        share = always or (unit is not None and str(row[unit]).startswith(("share", "fraction")))
        styles = ["head"] * len(row) if at == top else [kind_of(head, share) for head in heads] or [""] * len(row)
        lines.append(f"<table:table-row>{''.join(map(_cell, row, styles))}</table:table-row>")
    return columns + "".join(lines)


def _cell(value: object, style: str) -> str:
    if isinstance(value, (int, float)):
        look = f' table:style-name="{style}"' if style else ""
        kind = "percentage" if style == "share" else "float"
        return f'<table:table-cell{look} office:value-type="{kind}" office:value="{value!r}"><text:p>{value:g}</text:p></table:table-cell>'
    if value == "":
        return "<table:table-cell/>"
    look = ' table:style-name="head"' if style == "head" else ""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell{look} office:value-type="string">{lines}</table:table-cell>'
