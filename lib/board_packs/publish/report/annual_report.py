"""`lscb report`: the annual report as a page, a PDF, a Word document and a one-page summary, released like any page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from lscb.periods import Quarter, year_start
from openstats.authorities import find

from ...pages.book import OPENED, open_tables
from ...quarter import run_files as files
from ...quarter.case_values import identifying
from ...quarter.labels import load as approvals
from ...quarter.official_tables import is_open, labels
from .. import release
from ..outcome import note_files
from ..release import printed_claims
from ..release.identifiers import Identifiers
from ..release.shown import Figures
from . import report_document, report_page, report_pdf
from .reading_age import years_needed
from .report_chapters import assemble, narrative
from .report_parts import Report

OLDEST = 12  # years of school and life that the summary may ask for
NAMES = ("index.html", "annual-report.pdf", "annual-report.docx", "summary.html", "summary.txt")


def command(
    year: str,
    area: str,
    sample: bool = False,
    returns: Path | None = None,
    open_data: Path | None = None,
    out: Path | None = None,
) -> int:
    """`lscb report`: audits the year's narrative and writes report/ of the year's last quarter and its area.

    Every finding goes to stderr with its file and line. 0: released, as a page, a Word document, a summary and, where a
    browser is installed, a PDF; 1: something has to be mended first: the report is made all the same, marked as a draft
    in its title and in the names of its files, and none of an earlier run is left. What the release check refuses (what
    looks like an identifier, a figure that is in no table) is not written at all. Raises UserError for a year, area or
    narrative that is not there.
    """
    quarter = Quarter(year_start(year), 4)
    narrative(year, find(area, quarter.last_day).code, sample)  # before tables are built for a minute
    typed = {"LSCB_RETURNS": returns, "LSCB_OPEN_DATA": open_data, "LSCB_OUT": out}
    os.environ.update({name: str(Path(path).resolve()) for name, path in typed.items() if path is not None})
    book = open_tables(str(quarter), area, report_page.AUDIENCE, "", sample)
    try:
        report = assemble(book, year)
        code = publish(report)
    finally:
        OPENED.remove(book)  # what this process makes next is no page of this book
    note_files(report.request.folder(book.area), "report")
    return code


def publish(report: Report) -> int:
    """Says every finding, writes to report/ what may be released, and returns the exit code of `command`."""
    for finding in sorted(report.findings, key=lambda f: (f.file, f.line)):
        print(finding, file=sys.stderr)
    folder = files.private(report.request.folder(report.book.area) / "report")
    for name in (*NAMES, *(f"draft-{name}" for name in NAMES)):
        (folder / name).unlink(missing_ok=True)
    pages = both(report)
    reasons = [reason for html in pages.values() for reason in refused(html, report)]
    for reason in dict.fromkeys(reasons):
        print(f"The report is not released: {reason}", file=sys.stderr)
    if any(not reason.startswith("claims") for reason in reasons):
        return 1
    if reasons and not report.findings:
        report.add("report", 1, "claim", "a sentence does not follow from its figures")
        pages = both(report)
    write(report, pages, folder)
    if report.draft:
        print(f"The report is a draft: {len(report.findings)} to mend first, as said above.", file=sys.stderr)
    return int(report.draft)


def both(report: Report) -> dict[str, str]:
    """The report's page and its summary's, by the names of their files."""
    return {"index.html": report_page.page(report), "summary.html": report_page.summary_page(report)}


def write(report: Report, pages: dict[str, str], folder: Path) -> None:
    """Writes the pages, the summary as text, the Word document and, where it can be printed, the PDF; says where."""
    mark = "draft-" if report.draft else ""
    for name, html in pages.items():
        files.write_text(folder / f"{mark}{name}", html)
    text = report_page.summary_text(report)
    files.write_text(folder / f"{mark}summary.txt", text)
    if (age := years_needed(text)) > OLDEST:
        print(
            f"The summary asks for a reading age of {age:.0f}; {OLDEST} is meant: shorten its sentences.",
            file=sys.stderr,
        )
    word = folder / f"{mark}annual-report.docx"
    word.write_bytes(report_document.document(report, pages["index.html"]))
    os.chmod(word, 0o600)
    pdf = folder / f"{mark}annual-report.pdf"
    if not report_pdf.print_report(lambda numbers: report_page.page(report, numbers), pdf):
        print("No PDF: no Chromium or Chrome was found. Open the page in a browser and print it.", file=sys.stderr)
    for name in NAMES:
        if (folder / f"{mark}{name}").is_file():
            print(folder / f"{mark}{name}")


def refused(html: str, report: Report) -> list[str]:
    """What the release check says of the finished page, identifiers of the quarter's own cases included."""
    book = report.book
    frames = {name: book[name] for name in book.names()}
    cases = identifying(report.received, book.area)
    official = labels([frame for name, frame in frames.items() if is_open(name)])
    figures, overruled = Figures.of(frames.values(), book.derived), tuple(approvals(book.area).texts("report"))
    shown, beside = frozenset(figures.labels), frozenset({"index.html"})
    allowed = release.Allowed(Identifiers(cases, official), figures, "", beside, shown, overruled)
    return [*release.check(html, allowed), *printed_claims.reasons(html)]
