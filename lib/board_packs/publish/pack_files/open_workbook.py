"""The workbook once more as OpenDocument (.ods), which the government asks for in what its bodies share.

The same sheets and cells as the workbook that was checked, in plain style; the same workbook gives the same bytes.
"""

from __future__ import annotations

import zipfile
from html import escape
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
STYLES = (
    '<office:automatic-styles><style:style style:name="wide" style:family="table-column"><style:table-column-properties '
    'style:column-width="5cm"/></style:style><style:style style:name="title" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
)
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write(workbook: Path, path: Path) -> None:
    """Writes every cell of an Excel workbook to `path`."""
    from ..release import workbook_cells

    sheets = "".join(_sheet(name, rows) for name, rows in workbook_cells(workbook).items())
    content = f"{HEAD}<office:document-content {NAMES}>{STYLES}<office:body><office:spreadsheet>{sheets}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as out:
        for name, text, packed in (
            ("mimetype", KIND, zipfile.ZIP_STORED),  # first and unpacked, as the format asks
            ("content.xml", content, zipfile.ZIP_DEFLATED),
            ("META-INF/manifest.xml", MANIFEST, zipfile.ZIP_DEFLATED),
        ):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = packed
            out.writestr(entry, text)


def _sheet(name: str, rows: list[list]) -> str:
    widest = max(map(len, rows), default=1)
    columns = f'<table:table-column table:style-name="wide" table:number-columns-repeated="{widest}"/>'
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{escape(name)}">{columns}{lines}</table:table>'


def _cell(value: object) -> str:
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"><text:p>{value:g}</text:p></table:table-cell>'
    if value == "":
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
