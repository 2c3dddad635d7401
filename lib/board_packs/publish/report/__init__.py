"""The annual report: people's Markdown, whose every figure is a reference to a cell of the year's public tables.

build: chapters to one page, its lists of figures and tables, and the PDF. What a reference names, and what a careful
reader would question, is in board_packs.pages.prose.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

AUDIENCE = "public"


def command(
    year: str,
    area: str,
    sample: bool = False,
    returns: Path | None = None,
    open_data: Path | None = None,
    out: Path | None = None,
) -> int:
    """`lscb report`: audits the year's narrative and writes outputs/<year>-Q4/<area>/report/.

    Every finding goes to stderr with its file and line. 0: released, as a page and, where a browser is installed, a
    PDF; 1: a finding or the release check stopped it, and no report is left from an earlier run.
    Raises UserError for a year, area or narrative that is not there.
    """
    from lscb.periods import year_start

    from ...pages.book import open_tables
    from .build import assemble, pdf

    year_start(year)
    named = {"LSCB_RETURNS": returns, "LSCB_OPEN_DATA": open_data, "LSCB_OUT": out}
    os.environ.update({name: str(Path(path).resolve()) for name, path in named.items() if path is not None})
    book = open_tables(f"{year}-Q4", area, AUDIENCE, "", sample)
    report = assemble(book, year)
    for finding in sorted(report.findings, key=lambda f: (f.file, f.line)):
        print(finding, file=sys.stderr)
    folder = _folder(book, area)
    for name in ("index.html", "annual-report.pdf"):
        (folder / name).unlink(missing_ok=True)
    if report.stopped:
        stops = sum(finding.stops for finding in report.findings)
        print(f"The report is not released: {stops} finding{'s' * (stops > 1)} above to mend first.", file=sys.stderr)
        return 1
    html = _page(report, book)
    if refused := _refused(html, book):
        for reason in refused:
            print(f"The report is not released: {reason}", file=sys.stderr)
        return 1
    page = folder / "index.html"
    page.write_text(html, encoding="utf-8")
    page.chmod(0o600)
    print(page)
    if pdf(page, folder / "annual-report.pdf"):
        print(folder / "annual-report.pdf")
    else:
        print("No PDF: no Chromium or Chrome was found. Open the page in a browser and print it.", file=sys.stderr)
    return 0


def _folder(book, area: str) -> Path:
    from openstats.project_data import ROOT

    from ...quarter import run_files as files

    out = Path(os.environ.get("LSCB_OUT") or ROOT / "outputs")
    return files.private(out / str(book.period) / area / "report")


def _page(report, book) -> str:
    from openstats import authorities as areas

    from .. import export

    said = {"period": str(book.period), "area": book.area, "area_name": areas.name(book.area)}
    banner = export.banner_of(title=f"Annual report {report.year}", audience=AUDIENCE, sample=book.sample, **said)
    banner["months"] = f"April {report.year[:4]} to March {int(report.year[:4]) + 1}"
    return export.render("report.html.j2", page=banner, body=report.page())


def _refused(html: str, book) -> list[str]:
    """What the release check says of the finished page, identifiers of the quarter's own cases included."""
    from ...quarter import table_stages as stages
    from ...quarter.official_tables import is_open, labels
    from ...quarter.request import resolve
    from .. import release
    from ..release.identifiers import Identifiers
    from ..release.shown import Figures

    frames = {name: book[name] for name in book.names()}
    request = resolve(str(book.period), book.area, sample=book.sample, jobs=1, notebooks=None)
    cases = stages.identifying(stages.receive(request, checked=False), book.area)
    known = labels([frame for name, frame in frames.items() if is_open(name)])
    allowed = release.Allowed(Identifiers(cases, known), Figures.of(frames.values()), "", frozenset({"index.html"}))
    return release.check(html, allowed)
