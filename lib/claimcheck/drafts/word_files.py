"""Drafts written in Word (.docx), read as the XML that they are."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from .document import Document, Place

# Not opened by python-docx, which writes the comments (word_comments.py): to open sixty pages takes it 0.02 s, but it
# is loaded first, takes every part with its pictures into memory and refuses a draft with macros; here the body and
# the notes alone are unpacked, in as many lines.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTES = ("/footnotes.xml", "/endnotes.xml")


def read_word(path: Path) -> Document:
    """Paragraphs and tables of the body in their order, then text boxes and footnotes.

    Deletions of tracked changes are left out and insertions read; hidden text, pictures and macros are named, not read.
    """
    document = Document(path.name)
    with zipfile.ZipFile(path) as archive:
        starts = [
            r.get("Target") for r in _part(archive, "_rels/.rels") if r.get("Type", "").endswith("/officeDocument")
        ]
        body = _part(archive, starts[0].lstrip("/")).find(W + "body") if starts else None
        notes = [_part(archive, n) for end in NOTES for n in archive.namelist() if n.endswith(end)]
    if body is None:
        raise ValueError("no document of Word")
    tables = 0
    for place, element in enumerate(body.iterchildren()):
        if element.tag == W + "p":
            _paragraph(document, element, str(place))
        elif element.tag == W + "tbl":
            _table(document, element, tables, str(place))
            tables += 1
    boxes = [element for box in body.iter(W + "txbxContent") for element in box.iter(W + "p")]
    for element in [*boxes, *(p for root in notes for p in root.iter(W + "p"))]:
        document.add(_text(document, element), "note")
    if next(body.iter(W + "drawing", W + "pict"), None) is not None:
        document.not_read("Pictures and charts were not read: figures in them were not checked.")
    return document


def _part(archive: zipfile.ZipFile, name: str):
    from lxml import etree

    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def _paragraph(document: Document, element, source: str) -> None:
    style = element.find(f"{W}pPr/{W}pStyle")
    name = (style.get(W + "val") or "").lower() if style is not None else ""
    numbered = element.find(f"{W}pPr/{W}numPr") is not None
    text = _text(document, element)
    if heading := re.match(r"(?:heading|title|berschrift)\s*(\d?)", name):
        document.add(text, "heading", level=int(heading[1] or 1), source=source)
    elif numbered or "list" in name:
        indent = element.find(f"{W}pPr/{W}numPr/{W}ilvl")
        level = int(indent.get(W + "val") or 0) if indent is not None else 0
        document.add(text, "item", level=level, source=source)
    else:
        document.add(text, "body", source=source)


def _text(document: Document, paragraph) -> str:
    """The text that shows: insertions yes, deletions and hidden runs no, text boxes apart."""
    parts = []
    for node in paragraph.iter(W + "t", W + "tab", W + "br", W + "delText", W + "noBreakHyphen"):
        if _boxed(node, paragraph):
            continue
        if node.tag == W + "delText":
            document.not_read("Deletions of tracked changes were left out; insertions were read.")
        elif _vanished(node):
            document.not_read("Hidden text was not read.")
        elif node.tag == W + "t":
            parts.append(node.text or "")
        else:
            parts.append("-" if node.tag == W + "noBreakHyphen" else " ")
    return "".join(parts)


def _boxed(node, paragraph) -> bool:
    """Whether a run stands in a text box within the paragraph, so in a paragraph of its own."""
    for ancestor in node.iterancestors():
        if ancestor is paragraph:
            return False
        if ancestor.tag == W + "txbxContent":
            return True
    return False


def _vanished(node) -> bool:
    run = node.getparent()
    return run is not None and run.find(f"{W}rPr/{W}vanish") is not None


def _table(document: Document, table, number: int, source: str) -> None:
    for row, line in enumerate(table.findall(W + "tr")):
        column = 0
        for cell in line.findall(W + "tc"):
            wide = cell.find(f"{W}tcPr/{W}gridSpan")
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is None or merged.get(W + "val") == "restart":
                text = " ".join(_text(document, p) for p in cell.iter(W + "p"))
                document.add(text, "cell", place=Place(number, row, column), source=source)
            column += int(wide.get(W + "val") or 1) if wide is not None else 1
