"""`lscb report`: the annual report as one accessible page and a PDF, released like any other page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lscb.periods import Quarter, year_start

from ...pages.book import Book, open_tables
from ...quarter import run_files as files
from ...quarter.case_values import identifying
from ...quarter.labels import load as approvals
from ...quarter.official_tables import is_open, labels
from ...quarter.receiving import receive
from ...quarter.request import resolve
from .. import export, release
from ..release import printed_claims
from ..release.identifiers import Identifiers
from ..release.shown import Figures
from .report_chapters import Report, assemble

AUDIENCE = "public"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge", "chrome")


def command(
    year: str,
    area: str,
    sample: bool = False,
    returns: Path | None = None,
    open_data: Path | None = None,
    out: Path | None = None,
) -> int:
    """`lscb report`: audits the year's narrative and writes report/ of the year's last quarter and its area.

    Every finding goes to stderr with its file and line. 0: released, as a page and, where a browser is installed, a
    PDF; 1: a finding or the release check stopped it, and no report is left from an earlier run.
    Raises UserError for a year, area or narrative that is not there.
    """
    quarter = Quarter(year_start(year), 4)
    typed = {"LSCB_RETURNS": returns, "LSCB_OPEN_DATA": open_data, "LSCB_OUT": out}
    os.environ.update({name: str(Path(path).resolve()) for name, path in typed.items() if path is not None})
    book = open_tables(str(quarter), area, AUDIENCE, "", sample)
    report = assemble(book, year)
    for finding in sorted(report.findings, key=lambda f: (f.file, f.line)):
        print(finding, file=sys.stderr)
    request = resolve(quarter, book.area, None, sample=sample)
    folder = files.private(request.folder(book.area) / "report")
    for name in ("index.html", "annual-report.pdf"):
        (folder / name).unlink(missing_ok=True)
    if report.stopped:
        stops = sum(finding.stops for finding in report.findings)
        print(f"The report is not released: {stops} finding{'s' * (stops > 1)} above to mend first.", file=sys.stderr)
        return 1
    html = page(report, book)
    if reasons := refused(html, book):
        for reason in reasons:
            print(f"The report is not released: {reason}", file=sys.stderr)
        return 1
    write(html, folder)
    return 0


def write(html: str, folder: Path) -> None:
    """Writes the page and, where it can be printed, the PDF; says where they are."""
    path = folder / "index.html"
    files.write_text(path, html)
    print(path)
    if pdf(path, folder / "annual-report.pdf"):
        print(folder / "annual-report.pdf")
    else:
        print("No PDF: no Chromium or Chrome was found. Open the page in a browser and print it.", file=sys.stderr)


def page(report: Report, book: Book) -> str:
    """The report as one page, under the year's banner."""
    first = int(report.year[:4])
    title, dates = f"Annual report {report.year}", f"April {first} to March {first + 1}"
    banner = export.Banner(book.period, book.area, AUDIENCE, book.sample, title, dates)
    return export.render("report.html.j2", page=banner, body=report.page())


def refused(html: str, book: Book) -> list[str]:
    """What the release check says of the finished page, identifiers of the quarter's own cases included."""
    frames = {name: book[name] for name in book.names()}
    request = resolve(book.period, book.area, None, sample=book.sample, jobs=1)
    cases = identifying(receive(request, checked=False), book.area)
    official = labels([frame for name, frame in frames.items() if is_open(name)])
    figures, overruled = Figures.of(frames.values()), tuple(approvals(book.area).texts("report"))
    shown, beside = frozenset(figures.labels), frozenset({"index.html"})
    allowed = release.Allowed(Identifiers(cases, official), figures, "", beside, shown, overruled)
    return [*release.check(html, allowed), *printed_claims.reasons(html)]


def pdf(page: Path, out: Path) -> bool:
    """Prints a finished page with an installed headless browser: tagged, with bookmarks. False where there is none."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return False
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            *("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"),
            *(
                "--no-sandbox",
                f"--user-data-dir={profile}",
                "--no-pdf-header-footer",
                "--generate-pdf-document-outline",
            ),
            *(f"--print-to-pdf={out}", page.resolve().as_uri()),
        ]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180, check=False)
    return out.is_file()
