"""Drafts in OpenDocument text (.odt): the zip and its XML, nothing resolved and nothing fetched."""

from __future__ import annotations

import zipfile
from pathlib import Path

from .document import Document, Place

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


def read_open_document(path: Path) -> Document:
    """Headings, paragraphs, list items, tables and notes of an .odt, in their order."""
    from lxml import etree

    document = Document(path.name)
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    body = etree.fromstring(content, parser).find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        document.not_read("The file holds no text document.")
        return document
    _walk(document, body, [0], 0)
    return document


def _walk(document: Document, parent, tables: list[int], depth: int) -> None:
    for element in parent:
        if element.tag == TEXT + "tracked-changes":
            document.not_read("Deletions of tracked changes were left out; insertions were read.")
        elif element.tag == TEXT + "h":
            document.add(_text(document, element), "heading", level=int(element.get(TEXT + "outline-level") or 1))
        elif element.tag == TEXT + "p":
            document.add(_text(document, element), "item" if depth else "body", level=max(0, depth - 1))
        elif element.tag == TABLE + "table":
            _table(document, element, tables)
        elif element.tag == DRAW + "frame":  # of a page, not of a paragraph
            _frame(document, element)
        elif element.tag in (TEXT + "list", TEXT + "list-item", TEXT + "section", TEXT + "list-header"):
            _walk(document, element, tables, depth + (element.tag == TEXT + "list"))


def _text(document: Document, element) -> str:
    """The text of a paragraph; notes are paragraphs of their own, pictures are named."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == TEXT + "note":
            for note in child.iter(TEXT + "p"):
                document.add("".join(note.itertext()), "note")
        elif child.tag in (TEXT + "s", TEXT + "tab", TEXT + "line-break"):
            parts.append(" ")
        elif child.tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            document.not_read("Hidden text was not read.")
        elif child.tag == DRAW + "frame":
            _frame(document, child)
        elif isinstance(child.tag, str):
            parts.append(_text(document, child))
        parts.append(child.tail or "")
    return "".join(parts)


def _frame(document: Document, frame) -> None:
    """A text box, each paragraph of it by itself; a picture or a chart is named."""
    boxes = frame.findall(DRAW + "text-box")
    if not boxes:
        document.not_read("Pictures and charts were not read: figures in them were not checked.")
    for paragraph in (p for box in boxes for p in box.iter(TEXT + "p", TEXT + "h")):
        document.add(_text(document, paragraph), "note")


def _table(document: Document, table, tables: list[int]) -> None:
    number, tables[0] = tables[0], tables[0] + 1
    for row, line in enumerate(table.iter(TABLE + "table-row")):
        for column, cell in enumerate(line.findall(TABLE + "table-cell")):
            text = " ".join(_text(document, p) for p in cell.iter(TEXT + "p"))
            document.add(text, "cell", place=Place(number, row, column))
