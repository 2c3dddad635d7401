"""The annual report as one accessible page and a PDF: data/narrative/<year>/ on the year's public tables.

A chapter is Markdown. Its first heading is the chapter's title; figures are references (see
board_packs.pages.prose.figure_references); a chart or a table is a block:

    ::: chart hrda.referrals            a function of report_charts, given the book (or `table: name`)
    caption: Referrals by quarter
    :::

    ::: table hrda_by_quarter           cells of a protected table, shown by board_packs.pages.readable_table
    measure: repeat_rate
    caption: Repeat referrals by quarter
    where: {period: [2017-18-Q1, 2017-18-Q2]}
    rows: {period: Quarter}
    columns: {Referrals: [of, count], Repeats: [count, count], Repeat rate: [value, percent]}
    :::

    ::: members                         who sits where, from data/reference/members.yml
    :::
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from lscb.errors import UserError
from lscb.long_table import TOTAL, dimensions
from openstats.dated_terms import members
from openstats.project_data import DATA

from ...pages.charts import house_style
from ...pages.prose.comments import parts, people, written_for
from ...pages.prose.figure_references import MARK, BadReference, resolve
from ...pages.prose.markdown_text import markdown
from ...pages.prose.prose_audit import Finding, audit
from ...pages.readable_table import show
from ...quarter.labels import load as approvals
from . import report_charts

if TYPE_CHECKING:
    import pandas as pd

    from ...pages.book import Book

BLOCK = re.compile(r"^::: *(\w+) *(\S*)[ \t]*\n(.*?)^::: *$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^(#+)\s+(.+)$", re.MULTILINE)


@dataclass
class Report:
    """A report being put together: its chapters as HTML, its numbered exhibits, and what was found wrong."""

    book: Book
    year: str
    chapters: list[tuple[str, str, str]] = field(default_factory=list)  # anchor, title, HTML
    charts: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        return any(finding.stops for finding in self.findings)

    def page(self) -> str:
        """Everything between the banner and the foot."""
        chapters = [f'<li><a href="#{anchor}">{escape(title)}</a></li>' for anchor, title, _ in self.chapters]
        parts = [f"<h1>Annual report {self.year}</h1>", _list("Contents", "contents", chapters)]
        for name, captions in (("Figure", self.charts), ("Table", self.tables)):
            items = [f'<li><a href="#{name.lower()}-{n}">{escape(c)}</a></li>' for n, c in enumerate(captions, 1)]
            parts.append(_list(f"{name}s", f"list-of-{name.lower()}s", items))
        parts += [html for _, _, html in self.chapters]
        return "\n".join(parts)


def _list(title: str, anchor: str, items: list[str]) -> str:
    if not items:
        return ""
    inside = f'<h2 id="{anchor}">{title}</h2><ol>{"".join(items)}</ol>'
    return f'<nav aria-labelledby="{anchor}">{inside}</nav>'


def assemble(book: Book, year: str, folder: Path | None = None) -> Report:
    """Every chapter of a year's narrative, audited and set. Raises UserError where there is none, and where it was
    written of another area, or of the invented quarter and the report is not."""
    folder = folder or DATA / "narrative" / year
    files = sorted(folder.glob("[0-9]*.md"))
    if not files:
        raise UserError(
            f"No narrative for {year}: write its chapters as data/narrative/{year}/01_foreword.md and so on."
        )
    if other := next((file for file in files if not written_for(book, file)), None):
        raise UserError(
            f"data/narrative/{year}/{other.name} was written of another area or of the invented quarter: write this area's "
            f"chapters in its place, each beginning with ---, area: {book.area}, --- on lines of their own."
        )
    report = Report(book, year)
    for file in files:
        text = file.read_text(encoding="utf-8")
        head = len(text) - len(parts(file)[1])
        text = "\n" * text.count("\n", 0, head) + text[head:]  # so that a finding's line is the file's
        report.findings += people(text, file.name, approvals(book.area).texts("report"))
        report.findings += audit(text, file.name, book, year)
        _chapter(report, file, text)
    return report


def _chapter(report: Report, file: Path, text: str) -> None:
    heading = HEADING.search(text)
    if not heading:
        report.findings.append(Finding(file.name, 1, "reference", "the chapter has no title: begin with '# Title'."))
        return
    pieces, at = [], 0
    for block in BLOCK.finditer(text):
        pieces.append(_prose(report, text[at : block.start()]))
        try:
            pieces.append(_exhibit(report, *block.groups()))
        except UserError as wrong:
            line = text.count("\n", 0, block.start()) + 1
            report.findings.append(Finding(file.name, line, "reference", str(wrong)))
        at = block.end()
    pieces.append(_prose(report, text[at:]))
    anchor = re.sub(r"\W+", "-", heading[2].lower()).strip("-")
    body = "\n".join(pieces).replace("<h2>", f'<h2 id="{anchor}">', 1)
    report.chapters.append((anchor, heading[2].strip(), f'<section class="chapter">{body}</section>'))


def _prose(report: Report, text: str) -> str:
    """Markdown with its references printed, headings one level down (the report's title is the first)."""

    def printed(match: re.Match) -> str:
        try:
            return escape(resolve(match[1], report.book, report.year)[0])
        except BadReference:
            return "[?]"  # the audit has named it, and the report is not released

    return str(markdown(HEADING.sub(r"#\1 \2", MARK.sub(printed, text))))


def _exhibit(report: Report, kind: str, name: str, settings: str) -> str:
    try:
        options = yaml.safe_load(settings) or {}
    except yaml.YAMLError as error:
        raise UserError(
            f"::: {kind} {name}: its options are not valid YAML ({getattr(error, 'problem', '')})."
        ) from None
    makers = {"chart": _chart, "table": _table, "members": _members}
    if kind not in makers:
        raise UserError(f"::: {kind}: there is no such block; there are {', '.join(makers)}.")
    return makers[kind](report, name, options)


def _caption(options: dict, name: str) -> str:
    if not options.get("caption"):
        raise UserError(f"{name} has no caption: add a line 'caption: …'.")
    return options.pop("caption")


def _chart(report: Report, name: str, options: dict) -> str:
    caption = _caption(options, name)
    function = name.replace(".", "_")
    if function not in report_charts.__all__:
        raise UserError(f"there is no chart {name!r}; there are {', '.join(report_charts.__all__)}.")
    make = getattr(report_charts, function)
    source = report.book[options.pop("table")] if "table" in options else report.book
    house_style()
    chart = make(source, **options)
    if not hasattr(chart, "png"):  # everything is hidden, or not there: the figure function says so in words
        return f"<p>{escape(str(chart))}</p>"
    report.charts.append(caption)
    number = len(report.charts)
    return (
        f'<figure id="figure-{number}" tabindex="0"><img alt="{escape(chart.alt)}" '
        f'src="data:image/png;base64,{b64encode(chart.png).decode()}">'
        f"<figcaption><strong>Figure {number}.</strong> {escape(caption)}. {escape(chart.source)}</figcaption></figure>"
    )


def _table(report: Report, name: str, options: dict) -> str:
    caption = _caption(options, name)
    if name not in report.book.names():
        raise UserError(f"there is no table {name!r}; there are {', '.join(report.book.names())}.")
    rows = options.get("rows") or {"period": "Period"}
    frame = _chosen(report, name, options, rows)
    if labels := options.get("labels"):  # as people say them, and in that order
        wide = [*rows, *([options["spread"]] if "spread" in options else [])]
        frame = frame.assign(**{dim: frame[dim].replace(labels) for dim in wide})
        options.setdefault("order", [label for label in labels.values() if label in set(frame[wide[-1]])])
    report.tables.append(caption)
    number = len(report.tables)
    columns = {head: tuple(what) for head, what in (options.get("columns") or {}).items()} or None
    settings = {key: options[key] for key in ("spread", "figure", "style") if key in options}
    if "spread" in options and options.get("order"):
        settings["order"] = options["order"]
    if figure := settings.pop("figure", ""):
        settings["style"] = f"{figure} {settings.get('style', 'count')}"
    try:
        shown = show(frame, f"Table {number}. {caption}", rows, columns, **settings)
    except ValueError as error:
        raise UserError(f"{error}.") from None
    return f'<div id="table-{number}">{shown}</div>'


def _chosen(report: Report, name: str, options: dict, rows: dict) -> pd.DataFrame:
    """The cells that a block's `where` and `measure` leave; of other dimensions the area, the year, the total."""
    frame = report.book[name]
    where = {dim: labels if isinstance(labels, list) else [labels] for dim, labels in _where(options).items()}
    if unknown := set(where) - set(dimensions(frame)):
        raise UserError(f"{name} has no dimension {', '.join(sorted(unknown))}: {', '.join(dimensions(frame))}.")
    for dim in dimensions(frame):
        if dim in where:
            labels = [str(label) for label in where[dim]]
            if absent := [label for label in labels if label not in set(frame[dim])]:
                there = ", ".join(sorted(set(frame[dim]))[:12])
                raise UserError(f"{name} has no {dim} {absent[0]!r}; there are {there}.")
            frame = frame[frame[dim].isin(labels)]
        elif dim not in rows and dim != options.get("spread"):
            default = {"area": report.book.area, "period": report.year}.get(dim, TOTAL)
            if default in set(frame[dim]):
                frame = frame[frame[dim] == default]
    if frame.empty:
        raise UserError(f"{name}: no cell is left by 'where'.")
    return frame


def _where(options: dict) -> dict:
    return (options.get("where") or {}) | ({"measure": options["measure"]} if "measure" in options else {})


def _members(report: Report, name: str, options: dict) -> str:
    """Agencies and posts: no figure, so no table of the quarter stands behind it."""
    held, why = members(report.book.area, report.book.period.last_day)
    if not held:
        return f"<p>The members of this partnership are not held: {escape(why)}.</p>"
    caption = _caption(options, "members")
    report.tables.append(caption)
    number = len(report.tables)
    lines = "".join(
        f'<tr><th scope="row">{escape(m["agency"])}</th><td>{escape("; ".join(m["posts"]))}</td></tr>'
        for m in held["members"]
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Agency", "Position"))
    return (
        f'<div id="table-{number}" class="table" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>Table {number}. {escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div>"
    )
