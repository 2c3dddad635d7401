"""A chapter's text before its references are printed: names of periods and places, and sentences that may not stand.

`@year`, `@last_year`, `@year_end`, `@mid_year` (of residents), `@children_mid_year`, `@children_series`, `@last_mid_year`, `@edition`, `@place`, `@england` and the dated terms
(`@partnership`, `@board`, `@main_meeting`, `@review`, `@guidance` …) are written as they are for the book, in text, in
references and in exhibits, so that one chapter serves every year and area.

`{? A sentence with {{ references }}. ?}` stands only where all its figures may be printed; else what lacks is said.
`{{ said 500: the account's own count, March 2018 }}` is a figure of somebody else's, printed with its source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lscb.periods import year_label
from openstats import authorities
from openstats.project_data import standard

from ...tables import documentation
from ...tables.reasons import UNHELD
from .figure_references import MARK, REFERENCE, BadReference, NotShown, resolve

if TYPE_CHECKING:
    from ..book import Book

NAME = re.compile(r"\{\{ *@([a-z_]+) *\}\}|(?<![\w@])@([a-z_]+)\b")
OPENINGS = ("**In short.** ", "**What changed.** ", "- ")  # what opens a sentence stays where the sentence does not
LATER = "The estimates of all residents that are held end with mid-{}; those of later years would be needed."
FIRST, REVISED = "first published", "current series"  # of estimates of children
SERIES = {FIRST: "as first published", REVISED: "by the estimates as they stand today"}
OPTIONAL = re.compile(r"\{\?(.*?)\?\}", re.DOTALL)


def names(book: Book) -> dict[str, str]:
    """What each `@name` stands for in this book; blank where the table that says it is not there."""
    as_of = book["context_as_of"] if "context_as_of" in book.names() else None

    def in_force(measure: str) -> str:
        cell = as_of.cell(measure=measure) if as_of is not None else None
        return f"{cell.value:.0f}" if cell is not None and cell.shown else ""

    series = _series(book, newer := in_force("children_mid_year_in_force"))
    mid_year = in_force("mid_year_in_force")
    ours = {
        "year": book.year,
        "last_year": book.last_year,
        "year_before_last": _year(book, -2),
        "next_year": _year(book, 1),
        "year_end": str(book.period),
        "end_year": str(int(book.year[:4]) + 1),
        "mid_year": mid_year,
        "children_mid_year": newer,
        "children_series": series,
        "as_published": SERIES[series],
        "last_mid_year": str(int(newer) - 1) if newer else "",
        "later_residents": LATER.format(mid_year) if mid_year and newer > mid_year else "",
        "edition": in_force("indices_in_force"),
        "place": book.place,
        "england": authorities.ENGLAND,
    }
    return ours | {name: book.term(name) for name in standard("terms")}


def _series(book: Book, mid_year: str) -> str:
    """The series of estimates that the children of a mid-year are taken from: as first published, where that is held."""
    estimates = (
        book["children"].query("area == @book.area and period == @mid_year") if "children" in book.names() else None
    )
    return FIRST if estimates is not None and (estimates["vintage"] == FIRST).any() else REVISED


def _year(book: Book, later: int) -> str:
    """The financial year so many years after the book's."""
    return year_label(int(book.year[:4]) + later)


def settled(text: str, book: Book, year: str) -> str:
    """The text with its names written out, and each optional sentence or what stands in its place; lines stay lines."""
    words = names(book)
    text = NAME.sub(lambda mark: words.get(mark[1] or mark[2], mark[0]), text)
    return OPTIONAL.sub(lambda part: _or_what_lacks(part[1].strip(), book, year), text)


def _or_what_lacks(sentence: str, book: Book, year: str) -> str:
    """The sentence, where its figures may be printed; else what is lacking and why, on as many lines."""
    for mark in MARK.findall(sentence):
        try:
            resolve(mark, book, year)
        except NotShown as lacking:
            what = _named(mark)
            opening = next((mark for mark in OPENINGS if sentence.startswith(mark)), "")
            why = (
                "no published figure is held" if any(each.within(lacking.why) for each in UNHELD) else lacking.why
            )  # readers fetch nothing
            stop = "," if ": " in why else ":"
            words = f"{opening}{what[:1].upper()}{what[1:]}{stop} {why}.".rsplit(" ", sentence.count("\n"))
            return "\n".join(words)
        except BadReference:
            break  # the audit names it at its line
    return sentence


def _named(mark: str) -> str:
    """What a reference is of, in words: the indicator it names, else what its measure counts."""
    reference = REFERENCE.match(mark.strip())
    if reference is None:
        return "a figure"
    measure = reference["measure"]
    indicators = {**standard("indicators")["list"], **standard("context.children")["list"]}
    labels = re.findall(r"[\w]+", reference["labels"] or "")
    if title := next((indicators[label]["title"] for label in labels if label in indicators), ""):
        return f"{title}, in England" if measure.endswith("england") else str(title)
    says = str((documentation()["measures"].get(measure) or {}).get("says", measure.replace("_", " ")))
    return re.split(r"[;(:.]| -- ", says)[0].strip()
