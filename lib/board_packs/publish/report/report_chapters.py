"""The annual report's chapters: people's words in data/narrative/<year>/ around the figures of data/narrative/template/.

A chapter is Markdown. Its first heading is the chapter's title; a figure is a reference (see
board_packs.pages.prose.figure_references), a name such as `@year` stands for what it is in this report, and
`{? a sentence ?}` stands only where its figures may be printed (board_packs.pages.prose.settled_text). A chart, a table
or a list is a block (report_exhibits):

    ::: figures                         what the template has in this chapter, in this place
    :::

The template has every chapter, for any area and year; a year's chapter of the same name stands in its place.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.periods import Quarter, year_start
from openstats.project_data import DATA

from ...pages.prose.comments import parts as head_and_body
from ...pages.prose.comments import people, written_for
from ...pages.prose.figure_references import MARK, SAID, BadReference, resolve
from ...pages.prose.markdown_text import markdown
from ...pages.prose.prose_audit import audit
from ...pages.prose.settled_text import settled
from ...quarter.labels import load as approvals
from . import report_exhibits, report_glossary
from .report_parts import Chapter, Report

if TYPE_CHECKING:
    from ...pages.book import Book

TEMPLATE = DATA / "narrative" / "template"
BLOCK = re.compile(r"^::: *(\w+) *(\S*)[ \t]*\n(.*?)^::: *$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^(#+)\s+(.+)$", re.MULTILINE)
SECTION = re.compile(r"<h3>([^<]+)</h3>")
SHORT = re.compile(r"^\*\*In short\.\*\* +(.+?)(?=\n\s*\n|\Z)", re.DOTALL | re.MULTILINE)
FINDING = re.compile(r"<p><strong>In short\.</strong>.*?</p>\n?", re.DOTALL)
PART = re.compile(r"<p>(?=<strong>(In short|What we did|What changed|What is next|What we do not know)\.</strong>)")
TOLD = ("01", "03", "04", "06", "07", "08", "09", "10")  # chapters of what was done; the others are figures and lists
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)|<img\b(?![^>]*\balt=)[^>]*>()")
RENEW = re.compile(r"^(?:> *|  - \[.*, )RENEW\b", re.MULTILINE)


def assemble(book: Book, year: str, folder: Path | None = None) -> Report:
    """Every chapter of a report, audited and set.

    folder : of the year's narrative; data/narrative/<year> where none is given
    For the invented quarter the template stands alone where nobody has written of that area. Raises UserError for a
    real one without narrative, or whose narrative is of another area or of the invented quarter.
    """
    files = narrative(year, book.area, book.sample, folder)
    report = Report(book, year)
    template = {path.name: path for path in sorted(TEMPLATE.glob("[0-9]*.md"))}
    for name in sorted(template | files):
        if files and name not in files and name in template:
            report.add(name, 1, "chapter", f"data/narrative/{year}/{name} is missing: the figures stand alone.")
        _chapter(report, files.get(name, template.get(name, Path(name))), template.get(name))
    report_glossary.set_in(report)
    _say_what_nobody_wrote(report, template, files)
    return report


def _say_what_nobody_wrote(report: Report, template: dict[str, Path], files: dict[str, Path]) -> None:
    """In the first chapter: which chapters that tell of work have no words of the partnership's own."""
    silent = []
    for name, chapter in zip(sorted(template | files), report.chapters, strict=False):
        words = head_and_body(files[name])[1] if name in files else ""
        if name[:2] in TOLD and not re.search(r"\w", HEADING.sub("", BLOCK.sub("", words))):
            silent.append(chapter.title)
    if silent and report.chapters:
        text = f"Nobody of the partnership has written yet what was done, and why, for: {'; '.join(silent)}."
        first = report.chapters[0]
        first.html = first.html.replace("</section>", f"<p>{escape(text)} Their figures stand alone.</p></section>", 1)


def narrative(year: str, area: str, sample: bool, folder: Path | None = None) -> dict[str, Path]:
    """The year's chapters by name that are of an area, and of the invented quarter where that is reported on; raises as
    `assemble` does."""
    every = sorted((folder or DATA / "narrative" / year).glob("[0-9]*.md"))
    ours = {path.name: path for path in every if written_for(path, area, Quarter(year_start(year), 4), sample)}
    if sample and not ours and folder is None:
        return {}
    if not every:
        raise UserError(
            f"No narrative for {year}: `lscb report --new {year} --area {area}` writes its chapters for you to fill."
        )
    if other := next((path for path in every if path.name not in ours), None):
        raise UserError(
            f"data/narrative/{year}/{other.name} was written of another area or of the invented quarter: write this area's "
            f"chapters in its place, each beginning with ---, area: {area}, --- on lines of their own."
        )
    return ours


def _chapter(report: Report, file: Path, template: Path | None) -> None:
    text, head = file.read_text(encoding="utf-8"), head_and_body(file)[0]
    ours = file.parent != TEMPLATE
    name = file.name if ours else f"template/{file.name}"
    if head.get("year", report.year) != report.year:
        report.add(name, 1, "chapter", f"it was written for {head['year']}, not for {report.year}.")
    before = len(text) - len(head_and_body(file)[1])
    text = "\n" * text.count("\n", 0, before) + text[before:]  # so that a finding's line is the file's
    for mark in RENEW.finditer(text):
        line = text.count("\n", 0, mark.start()) + 1
        report.add(name, line, "chapter", "last year's text stands here still: write this year's, or delete it.")
    if ours:
        report.findings += people(text, name, approvals(report.book.area).texts("report"))
    heading = HEADING.search(text)
    if not heading:
        report.add(name, 1, "reference", "the chapter has no title: begin with '# Title'.")
        return
    report.own = []
    title = settled(heading[2], report.book, report.year).strip()
    anchor = _anchor(title)
    parts = _parts(report, text, name, template if ours else None)
    if report.own:
        lines = "".join(f"<li>{escape(line)}</li>" for line in dict.fromkeys(report.own))
        parts.append(f'<div class="own"><p>Figures that are not of this report\'s tables:</p><ul>{lines}</ul></div>')
    body = _parts_named(_finding_first("\n".join(parts))).replace("<h2>", f'<h2 id="{anchor}">', 1)
    sections = [(f"{anchor}-{_anchor(unescape(heading))}", unescape(heading)) for heading in SECTION.findall(body)]
    body = SECTION.sub(lambda match: f'<h3 id="{anchor}-{_anchor(unescape(match[1]))}">{match[1]}</h3>', body)
    short = _short(report, text) or _short(report, template.read_text(encoding="utf-8") if template else "")
    kind = "chapter appendix" if title.startswith("Appendix") else "chapter"
    report.chapters.append(Chapter(anchor, title, f'<section class="{kind}">{body}</section>', short, sections))


def _anchor(heading: str) -> str:
    return re.sub(r"\W+", "-", heading.lower()).strip("-")


def _finding_first(html: str) -> str:
    """The chapter with its finding straight below its title, wherever it was written."""
    finding = FINDING.search(html)
    if finding is None:
        return html
    rest = html[: finding.start()] + html[finding.end() :]
    return rest.replace("</h2>", f"</h2>\n{finding[0]}", 1)


def _parts_named(html: str) -> str:
    """Paragraphs that open a part of every chapter, named for the style: `in-short`, `what-changed` and so on."""
    return PART.sub(lambda part: f'<p class="{part[1].lower().replace(" ", "-")}">', html)


def _parts(report: Report, text: str, file: str, template: Path | None) -> list[str]:
    """A chapter's text, or the template's within it: prose and exhibits in their order."""
    text = settled(text, report.book, report.year)
    report.findings += audit(text, file, report.book, report.year)
    for picture in PICTURE.finditer(text):
        line = text.count("\n", 0, picture.start()) + 1
        report.add(file, line, "picture", "left out: what a picture from a file shows is not checked; use ::: chart."
                   if (picture[1] or "").strip() else "a picture has no words in its place, and is left out.")  # fmt: skip
    parts, at = [], 0
    for block in BLOCK.finditer(text):
        parts.append(_prose(report, text[at : block.start()]))
        at = block.end()
        kind, name, settings = block.groups()
        try:
            if kind == "figures":
                parts += _of_template(report, file, template, bool(SHORT.search(text)))
            else:
                parts.append(report_exhibits.exhibit(report, kind, name, settings))
        except report_exhibits.NoFigure as absent:  # a template says so in a sentence, a chapter's writer is told
            parts.append(f"<p>{escape(str(absent))}</p>")
            if not file.startswith("template/"):
                report.add(file, text.count("\n", 0, block.start()) + 1, "reference", str(absent))
        except UserError as wrong:
            report.add(file, text.count("\n", 0, block.start()) + 1, "reference", str(wrong))
    return [*parts, _prose(report, text[at:])]


def _of_template(report: Report, file: str, template: Path | None, has_short: bool) -> list[str]:
    """The template's chapter without its title, and without its finding where the year's chapter says one."""
    if template is None:
        raise UserError(f"::: figures: the template has no chapter {file}.")
    figures = HEADING.sub("", settled(template.read_text(encoding="utf-8"), report.book, report.year), count=1)
    return _parts(report, SHORT.sub("", figures) if has_short else figures, f"template/{file}", None)


def _prose(report: Report, text: str) -> str:
    """Markdown with its references printed, headings one level down (the report's title is the first)."""

    def printed(match: re.Match) -> str:
        if figure := SAID.fullmatch(match[1]):
            report.own.append(f"{figure[1].strip()}: {figure[2].strip()}")
        try:
            return escape(resolve(match[1], report.book, report.year)[0])
        except BadReference:
            return "[?]"  # the audit has named it, and the report is a draft

    return str(markdown(HEADING.sub(r"#\1 \2", MARK.sub(printed, PICTURE.sub("", text)))))


def _short(report: Report, text: str) -> str:
    """The chapter's finding as plain text: its paragraph `**In short.** …`, printed."""
    match = SHORT.search(settled(text, report.book, report.year))
    if match is None:
        return ""
    html = _prose(Report(report.book, report.year), match[1])
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()
