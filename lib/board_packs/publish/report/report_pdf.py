"""The report as a PDF: A4, tagged, with bookmarks, and in its contents the sheet on which each chapter stands.

It is printed twice: the first print tells on which sheet each place stands, the second has the numbers in it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

from ..pdf_printing import pdf


def print_report(page: Callable[[dict[str, int]], str], out: Path) -> bool:
    """Prints a page that takes its own sheet numbers. False where no browser is installed or it prints nothing."""
    with tempfile.TemporaryDirectory() as folder:
        draft, first = Path(folder) / "report.html", Path(folder) / "first.pdf"
        blank = page({})
        draft.write_text(_still(blank), encoding="utf-8")
        if not pdf(draft, first):
            return False
        draft.write_text(_still(page(sheets(first, blank))), encoding="utf-8")
        return pdf(draft, out)


def _still(html: str) -> str:
    """The page as paper has it: no scripts, whose buttons would be tagged as fields of a form, and one tagged figure for
    each chart, its picture with its alternative text, not a second one around it without."""
    still = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r'<figure\b([^>]*?)\s*tabindex="0"', r'<figure role="none"\1', still)


def sheets(pdf: Path, html: str) -> dict[str, int]:
    """The sheet, from 1, of each place that the contents of the page name.

    Chapters are found by the bookmarks of the print, exhibits by their number, the last time it is printed: before that
    it stands in the contents.
    """
    import pypdfium2  # type: ignore[import-untyped]

    places: dict[str, int] = {}
    document = pypdfium2.PdfDocument(pdf)
    bookmarks = {_plain(mark.get_title()): mark.get_dest().get_index() + 1 for mark in document.get_toc()}
    texts = [_plain(sheet.get_textpage().get_text_range()) for sheet in document]
    for anchor in dict.fromkeys(re.findall(r'<li><a href="#([\w-]+)">', html)):
        if exhibit := re.fullmatch(r"(figure|table)-(\d+)", anchor):
            words = f"{exhibit[1].capitalize()} {exhibit[2]}."
            places[anchor] = max((n for n, text in enumerate(texts, 1) if words in text), default=0)
        else:
            places[anchor] = bookmarks.get(_heading(html, anchor), 0)
    document.close()
    return {anchor: sheet for anchor, sheet in places.items() if sheet}


def _heading(html: str, anchor: str) -> str:
    match = re.search(rf'<h2 id="{re.escape(anchor)}">(.*?)</h2>', html, re.DOTALL)
    return _plain(re.sub(r"<[^>]+>", "", match[1])) if match else ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(text)).strip()
