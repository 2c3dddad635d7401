"""Drafts as HTML pages. Nothing a page names is fetched, and no script of it is run."""

from __future__ import annotations

import re
from pathlib import Path

from .document import Document, Place

HIDDEN = ("script", "style", "template", "noscript", "svg", "head", "nav")
BLOCKS = ("p", "div", "section", "article", "main", "blockquote", "figure", "figcaption", "caption", "dt", "dd",
          "header",
          "footer", "aside", "address", "pre", "body", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table",
          "ul", "ol", "dl", "details", "summary", "fieldset", "form")  # fmt: skip


def read_html(path: Path, content: bytes) -> Document:
    """The text of a page in its order: headings, paragraphs, list items, cells of tables."""
    from lxml import html

    document = Document(path.name)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, encoding=_encoding(content))
    root = html.document_fromstring(content or b"<p></p>", parser=parser)
    if any("depth" in entry.message for entry in parser.error_log):
        document.not_read(
            "The page has boxes within boxes more than 250 deep: it is too deep, and what they hold was not read."
        )
    body = root.find("body")
    _walk(document, body if body is not None else root, [0])
    return document


def _encoding(content: bytes) -> str:
    match = re.search(rb"charset=[\"']?([\w-]+)", content[:2000])
    return match[1].decode("ascii", "replace") if match else "utf-8"


def _walk(document: Document, element, tables: list[int]) -> None:
    """Every block below an element; text that stands between blocks is a paragraph of its own."""
    inline: list[str] = [element.text or ""]

    def flush() -> None:
        document.add("".join(inline), _kind(element), level=_level(element))
        inline.clear()

    for child in element:
        if not isinstance(child.tag, str) or child.tag in HIDDEN or _hidden(child):
            if isinstance(child.tag, str) and child.tag not in ("script", "style") and _hidden(child):
                document.not_read("Hidden text was not read.")
        elif child.tag == "table":
            flush()
            _table(document, child, tables)
        elif child.tag in BLOCKS or child.tag == "br":
            flush()
            if child.tag != "br":
                _walk(document, child, tables)
        elif child.tag == "img":
            document.not_read("Pictures were not read.")
        elif child.tag == "sup" and re.fullmatch(r"\s*\[?\d{1,3}\]?\s*", child.text_content()):
            pass  # the mark of a footnote is no figure
        else:
            inline.append(child.text_content())
        inline.append(child.tail or "")
    flush()


def _hidden(element) -> bool:
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")


def _kind(element) -> str:
    tag = element.tag
    return "heading" if re.fullmatch(r"h[1-6]", tag) else "item" if tag in ("li", "dd") else "body"


def _level(element) -> int:
    if re.fullmatch(r"h[1-6]", element.tag):
        return int(element.tag[1])
    return sum(1 for e in element.iterancestors() if e.tag in ("ul", "ol"))


def _table(document: Document, table, tables: list[int]) -> None:
    for caption in table.findall("caption"):
        document.add(caption.text_content(), "body")
    number, tables[0] = tables[0], tables[0] + 1
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line:
            if cell.tag in ("td", "th"):
                document.add(cell.text_content(), "cell", place=Place(number, row, column))
                column += int(cell.get("colspan") or 1) if (cell.get("colspan") or "1").isdigit() else 1
