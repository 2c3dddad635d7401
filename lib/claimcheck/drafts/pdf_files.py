"""Drafts as PDF with text, read with pdfplumber. A scan holds pictures of text only and is refused."""

from __future__ import annotations

import re
import time
from pathlib import Path

from lscb.errors import UserError

from .document import Document, Paragraph, Place

PAGES = 600
ITEM = re.compile(r"^\s*[\u2022\u25aa\u25cf\u2013\uf0b7-]\s+")
END = re.compile(r"[.!?:]['\u2019\")]*$")


def read_pdf(path: Path, seconds: float) -> Document:
    """The pages' text in lines joined to paragraphs, and their ruled tables.

    Raises UserError for a scan, a password, and a file that is no PDF. What of a long file is not reached in time is
    named in `unread`.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    document, started, tables = Document(path.name), time.monotonic(), 0
    try:
        with pdfplumber.open(path) as book:
            for page in book.pages[:PAGES]:
                if time.monotonic() - started > seconds:
                    document.not_read(f"Pages from {page.page_number} on were not read: the time limit was reached.")
                    break
                tables = _page(document, page, tables)
                page.close()
            if len(book.pages) > PAGES:
                document.not_read(f"Pages after {PAGES} were not read.")
    except (PDFPasswordIncorrect, PdfminerException) as error:
        why = "it has a password; remove it" if "assword" in repr(error) else "it is broken or no PDF; save it again"
        raise UserError(f"{path.name} cannot be read: {why}.") from None
    if not document.paragraphs:
        raise UserError(f"{path.name} holds pictures of pages and no text: give the file it was made from, or run OCR.")
    return document


def _page(document: Document, page, tables: int) -> int:
    """One page: its ruled tables as cells, the other lines as paragraphs."""
    ruled = page.find_tables() if page.rects or page.lines or page.curves else []
    ruled = [t for t in ruled if len(t.rows) > 1 and any(len(r.cells) > 1 for r in t.rows)]
    rest = page
    for table in ruled:
        rest = rest.outside_bbox(table.bbox, strict=False)
    for column in _columns(rest):
        _lines(document, column.extract_text(layout=False) or "", page.page_number)
    for table in ruled:
        for row, cells in enumerate(table.extract()):
            for column, cell in enumerate(cells):
                document.add(cell or "", "cell", page=page.page_number, place=Place(tables, row, column))
        tables += 1
    if page.images:
        document.not_read("Pictures and charts were not read: figures in them were not checked.")
    return tables


def _columns(page) -> list:
    """The page, or its two columns where a gutter near the middle is crossed by next to no words."""
    words = page.extract_words()
    left, top, right, bottom = page.bbox
    for share in (0.5, 0.48, 0.52, 0.46, 0.54):
        gutter = left + (right - left) * share
        crossing = sum(w["x0"] < gutter < w["x1"] for w in words)
        sides = [sum(w["x1"] <= gutter for w in words), sum(w["x0"] >= gutter for w in words)]
        near = sum(gutter - 8 < w["x1"] and w["x0"] < gutter + 8 for w in words)
        if len(words) > 80 and min(sides) > len(words) * 0.3 and crossing <= 1 and near <= len(words) * 0.02:
            halves = ((left, top, gutter, bottom), (gutter, top, right, bottom))
            return [page.crop(box, strict=False) for box in halves]
    return [page]


def _unended(document: Document, number: int) -> Paragraph | None:
    """The last paragraph, taken out, where its sentence goes on: at the top of this page or of the next column."""
    last = document.paragraphs[-1] if document.paragraphs else None
    if last is None or last.kind not in ("body", "item") or last.page < number - 1 or END.search(last.text):
        return None
    return document.paragraphs.pop()


def _lines(document: Document, text: str, number: int) -> None:
    """Lines joined into paragraphs: a line that ends a sentence, a bullet or a short line starts anew."""
    block: list[str] = []
    kind, width = "body", max((len(line) for line in text.splitlines()), default=0)

    def flush() -> None:
        nonlocal kind
        short = len(block) == 1 and len(block[0]) < 60 and not END.search(block[0]) and kind == "body"
        text = re.sub(r"(?<=[A-Za-z]-)\n(?=[a-z])", "", "\n".join(block))  # `thirty-` at a line's end
        if text[:1].islower() and kind == "body" and (last := _unended(document, number)) is not None:
            document.add(f"{last.text} {text}", last.kind, page=last.page)
        else:
            document.add(text, "heading" if short else kind, page=number, level=2 if short else 0)
        block.clear()
        kind = "body"

    for line in text.splitlines():
        if re.fullmatch(r"\s*(page )?\d{1,3}( of \d+)?\s*", line.lower()):
            continue  # a page number
        if ITEM.match(line):
            flush()
            kind = "item"
        block.append(ITEM.sub("", line).strip())
        if (END.search(line.strip()) and len(line) < width * 0.9) or not line.strip():
            flush()
    flush()
