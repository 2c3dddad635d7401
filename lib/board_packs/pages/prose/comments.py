"""A quarter's commentary on a page: data/narrative/<period>/<notebook>.md, signed and dated by a person.

The file begins with `---`, `by:`, `on:` and `area:` lines, `---`; then Markdown in which every figure is a reference to
a cell of the page's own tables. It stands on the pages of that area alone, and one with `sample: yes` on those of the
invented quarter alone: nobody's words stand beside another area's figures. A comment that cannot stand for an audience
(a withheld figure, an unsupported trend) is left off that audience's page, and `findings` says why, with file and line.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from openstats import authorities
from openstats.project_data import DATA
from returncheck.identifier_shapes import recognised
from returncheck.spelling import UNSEEN

from ...quarter import labels
from ..book import Html
from ..number_text import day
from .figure_references import MARK, resolve
from .prose_audit import Finding, audit

if TYPE_CHECKING:
    from lscb.periods import Quarter

    from ..book import Book

HEAD = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)


def path(book: Book, notebook: str) -> Path:
    """Where a page's comment would be."""
    return DATA / "narrative" / str(book.period) / f"{notebook}.md"


def comment(book: Book, notebook: str, file: Path | None = None) -> Html:
    """The analyst's comment on a page, or nothing. `notebook` is its name without `.ipynb`, such as `40_hrda`."""
    file = file or path(book, notebook)
    if book.exploring:  # a person signed the standards' figures
        return Html("")
    if (
        not file.is_file()
        or not written_for(file, book.area, book.period, book.sample)
        or any(finding.stops for finding in findings(book, file))
    ):
        return Html("")
    from .markdown_text import markdown

    head, body = parts(file)
    body = UNSEEN.sub("", body)  # letters nobody sees can turn the figures beside them round
    printed = MARK.sub(lambda mark: escape(resolve(mark[1], book, str(book.period))[0]), body)
    signed = f"{escape(head['by'])}, {day(head['on'])}"
    return Html(
        f'<section class="comment" aria-label="Analyst\'s comment"><h2>The analyst\'s comment</h2>{markdown(printed)}'
        f'<p class="signed">{signed}</p></section>'
    )


def written_for(file: Path, area: str, period: Quarter, sample: bool) -> bool:
    """Whether people's words are of an area, by its code or its name of the time, and of the invented quarter where that
    is what is made. Words that name no area are taken for the area's own: `findings` asks for it."""
    head = parts(file)[0]
    try:
        named = authorities.find(str(head.get("area", area)), period.last_day).code
    except UserError:
        return False
    return named == area and bool(head.get("sample")) == (sample and "area" in head)


def findings(book: Book, file: Path) -> list[Finding]:
    """What is wrong with a comment for the book's audience: who, when and where missing, and what audit finds. Nothing
    of one that is not there or was written of another area."""
    if not file.is_file() or not written_for(file, book.area, book.period, book.sample):
        return []
    name = f"{file.parent.name}/{file.name}"
    head, body = parts(file)
    remarks = []
    if not head.get("by") or not isinstance(head.get("on"), date) or not head.get("area"):
        asked = f"begin with ---, by: NAME, on: 2018-04-20, area: {book.area}, --- on lines of their own."
        remarks.append(Finding(name, 1, "signature", asked))
    lines = file.read_text(encoding="utf-8").count("\n") - body.count("\n")
    remarks += people(body, name, labels.load(book.area).texts(file.stem), lines)
    for finding in audit(body, name, book, str(book.period)):
        remarks.append(Finding(finding.file, finding.line + lines, finding.kind, finding.said))
    return remarks


def people(prose: str, file: str, overruled: set[str], lines: int = 0) -> list[Finding]:
    """A finding for each line of people's prose that looks as if it pointed to a person. `lines` stand before it."""
    return [
        Finding(file, number, "identifier", f"it looks like {kind}: leave it out.")
        for number, text in enumerate(prose.splitlines(), lines + 1)
        for kind in identifiers(text, overruled)
    ]


def identifiers(text: str, overruled: set[str]) -> list[str]:
    """What a line of prose has that looks as if it pointed to a person; its references to cells are none."""
    text = MARK.sub(" ", text)
    for passage in overruled:
        text = text.replace(passage, " ")
    usual = ("a date", "a school or a hospital")  # of these only what is said of a life
    return [kind for kind in recognised(text) if kind not in usual or "a date of birth" in recognised(text)]


def parts(file: Path) -> tuple[dict, str]:
    """The head of people's words, by its entries (none where there is no head), and the text below it."""
    import yaml

    text = file.read_text(encoding="utf-8")
    match = HEAD.match(text)
    try:  # YAML reads the word `on` as true
        head = yaml.safe_load(match[1]) if match else {}
    except yaml.YAMLError:
        head = {}
    head = {"on" if key is True else key: value for key, value in head.items()} if isinstance(head, dict) else {}
    return head, (text[match.end() :] if match else text)
