"""The report as a PDF: A4, tagged, with bookmarks, and in its contents the sheet on which each chapter stands.

It is printed twice: the first print tells on which sheet each place stands, the second has the numbers in it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from ...quarter import run_files as files
from ..pdf_printing import pdf
from .accessible_pdf import accessible


def print_report(page: Callable[[dict[str, int]], str], out: Path) -> bool:
    """Prints a page that takes its own sheet numbers. False where no browser is installed or it prints nothing."""
    with tempfile.TemporaryDirectory() as folder:
        draft, printed = Path(folder) / "report.html", Path(folder) / "report.pdf"
        draft.write_text(_still(page({})), encoding="utf-8")
        if not pdf(draft, printed):
            return False
        draft.write_text(_still(page(sheets(printed))), encoding="utf-8")
        if not pdf(draft, printed):
            return False
        files.write_text(out, accessible(printed))
        return True


def _still(html: str) -> str:
    """The page as paper has it: no scripts, whose buttons would be tagged as fields of a form, and one tagged figure for
    each chart, its picture with its alternative text, not a second one around it without."""
    still = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r'<figure\b([^>]*?)\s*tabindex="0"', r'<figure role="none"\1', still)


def sheets(pdf: Path) -> dict[str, int]:
    """The sheet, from 1, of each place that a link of the print leads to, by its anchor."""
    import pypdf

    reader = pypdf.PdfReader(pdf)
    places = {
        name.lstrip("/"): reader.get_destination_page_number(at) for name, at in reader.named_destinations.items()
    }
    return {anchor: number + 1 for anchor, number in places.items() if number is not None}
