"""The report as one page: cover, one-page summary, contents, its chapters, and the summary by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .. import export

if TYPE_CHECKING:
    from .report_parts import Report

AUDIENCE = "public"
STYLE = Path(__file__).with_name("report.css")


@dataclass(frozen=True)
class ReportBanner(export.Banner):
    """What stands above the report's pages, with the report's own style after that of all pages."""

    draft: bool = False

    @cached_property
    def style(self) -> str:  # type: ignore[override]
        return f"{super().style}\n{STYLE.read_text(encoding='utf-8')}"


def banner(report: Report, title: str = "") -> ReportBanner:
    first, book = int(report.year[:4]), report.book
    dates = f"April {first} to March {first + 1}"
    title = f"{'DRAFT: ' if report.draft else ''}{title or report.title}"
    return ReportBanner(book.period, book.area, AUDIENCE, book.sample, title, dates, draft=report.draft)


def page(report: Report, numbers: dict[str, int] | None = None) -> str:
    """The whole report. numbers : the sheet on which each anchor stands, printed in the contents; none on a screen."""
    body = [_cover(report), _summary(report, numbers), _contents(report, numbers or {})]
    body += [chapter.html for chapter in report.chapters]
    return export.render("report.html.j2", page=banner(report), body="\n".join(body))


def summary_page(report: Report) -> str:
    """The summary by itself, for the public."""
    title = f"{report.title} in one page"
    return export.render("report.html.j2", page=banner(report, title), body=_summary(report, None, level=1))


def summary_text(report: Report) -> str:
    """The summary as plain lines, one finding each under its chapter, ready to be translated."""
    lines = [f"{report.title}: {report.book.place}", ""]
    for title, short in findings(report):
        lines += [title, short, ""]
    return "\n".join(lines)


def findings(report: Report) -> list[tuple[str, str]]:
    """Each chapter's title and its finding, of those that have one."""
    return [(chapter.title, chapter.short) for chapter in report.chapters if chapter.short]


def _cover(report: Report) -> str:
    name = report.book.term("partnership")
    draft = (
        '<p class="draft"><strong>DRAFT</strong> Not released: see what has still to be mended.</p>'
        if report.draft
        else ""
    )
    sample = (
        '<p class="invented"><strong>SAMPLE DATA</strong> Every case is invented.</p>' if report.book.sample else ""
    )
    return (
        f'<div class="cover">{sample}<p class="body">{escape(report.book.place)} {escape(name)}</p>'
        f"<h1>{'DRAFT: ' if report.draft else ''}{escape(report.title)}</h1>{draft}"
        f'<p class="dates">{escape(banner(report).dates)}</p></div>'
    )


def _summary(report: Report, numbers: dict[str, int] | None, level: int = 2) -> str:
    items = []
    for chapter in report.chapters:
        if chapter.short:
            title = escape(chapter.title)
            link = title if level == 1 else f'<a href="#{chapter.anchor}">{title}</a>'
            items.append(f"<div><dt>{link}</dt><dd>{escape(chapter.short)}</dd></div>")
    title = f"{escape(report.title)} in one page" if level == 1 else "The year in one page"
    return (
        f'<section class="summary" aria-labelledby="summary"><h{level} id="summary">{title}</h{level}>'
        f"<dl>{''.join(items)}</dl></section>"
    )


def _contents(report: Report, numbers: dict[str, int]) -> str:
    chapters = [entry for chapter in report.chapters for entry in ((chapter.anchor, chapter.title), *chapter.sections)]
    below = {anchor for chapter in report.chapters for anchor, _ in chapter.sections}
    charts = [(f"figure-{n}", f"Figure {n}. {finding}") for n, finding in enumerate(report.charts, 1)]
    tables = [(f"table-{n}", f"Table {n}. {caption}") for n, caption in enumerate(report.tables, 1)]
    parts = [_list("Contents", "contents", chapters, numbers, below)]
    parts += [_list("Figures", "list-of-figures", charts, numbers), _list("Tables", "list-of-tables", tables, numbers)]
    return "\n".join(parts)


def _list(
    title: str, anchor: str, entries: list[tuple[str, str]], numbers: dict[str, int], below: Collection[str] = ()
) -> str:
    if not entries:
        return ""
    lines = "".join(
        f'<li{" class=below" if at in below else ""}><a href="#{at}"><span>{escape(text)}</span><span class="sheet">{numbers.get(at, "")}</span></a></li>'
        for at, text in entries
    )
    kind = "contents" if anchor == "contents" else "contents exhibits"
    return f'<nav class="{kind}" aria-labelledby="{anchor}"><h2 id="{anchor}">{title}</h2><ol>{lines}</ol></nav>'
