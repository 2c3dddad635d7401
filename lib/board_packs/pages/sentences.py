"""A small grammar of sentences: they take cells and values, and say only what an interval or a rule supports.

`answer`, `note` and `ask` make what a page prints; the rest makes parts of sentences. Numbers print through the cell
(`f"{now:count}"`) or through `count`, `percent`, `rate`, `points`, `money`, `ordinal`, `series`, `plural`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ..quarter.merged_labels import OTHER
from ..tables.reasons import INCOMPLETE, NIL_RETURN, asked_for
from .book import Book, Html, marked, once
from .book_rows import Because, Rows
from .cell_value import Cell, parse
from .chart_sentences import ASSURANCE, direction, flagged_charts, mixed_bases, rounded_rows, trend
from .compared_figures import (
    against,
    against_rest,
    beside,
    change,
    compared,
    could,
    difference,
    gap,
    supported,
    unknown,
    with_interval,
)
from .number_text import (
    NOT_SHOWN,
    count,
    day,
    label,
    money,
    ordinal,
    percent,
    points,
    rate,
    rounded,
    series,
    signed,
    when,
)
from .number_text import (
    plural as counted,
)

__all__ = ["ASSURANCE", "NOT_SHOWN", "Answer", "Note", "Points", "against", "against_rest", "answer", "ask", "beside", "by_today", "change", "compared", "could", "count", "day", "difference", "direction", "ends", "flagged_charts", "gap",
           "label", "lacking", "mixed_bases", "money", "note", "ordinal", "percent", "plural", "points", "rate", "rounded", "rounded_rows", "series", "signed",
           "supported", "trend", "unless_hidden", "when", "with_interval", "withheld"]  # fmt: skip


NOT_AVAILABLE = " is not available. "  # before the reason (see `unless_hidden`)
ABSENT = re.compile(r" is not available(?:\. (?=[A-Z])|: )(?P<why>[^.;]+)(?=[.;])")
AS_ABOVE = ", as above"  # in place of a reason that the page has given
MOST_WORDS = 60  # of a paragraph; longer, its sentences are read one by one


class Said:
    """Sentences that a notebook shows as HTML, with the marks of their numbers (see `book.marked`)."""

    html: Html

    def _repr_html_(self):
        return self.html._repr_html_()


class Answer(Said, str):
    """The page's answer in one sentence; the pack's index prints it beside the page's title."""

    def __init__(self, _: str = ""):
        self.html = marked(f'<p class="answer">{escape(self)}</p>', self)


class Points(Said, list):
    """Sentences that are read one by one, as a list: questions to ask."""

    def __init__(self, texts: Iterable[str] = ()):
        super().__init__(texts)
        lines = "".join(f"<li>{escape(text)}</li>" for text in self)
        self.html = marked(f"<ul>{lines}</ul>" if lines else "", *self)


class Note(Said, str):
    """A paragraph of computed prose, or a list of its sentences where it is long; nothing where there is nothing to say."""

    def __new__(cls, *sentences: str):
        return str.__new__(cls, " ".join(filter(None, sentences)))

    def __init__(self, *sentences: str):
        html = f"<p>{escape(self)}</p>" if self else ""
        if len(sentences) > 1 and len(self.split()) > MOST_WORDS:
            html = "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in sentences if text) + "</ul>"
        self.html = marked(html, self)


def _absent(about, partial: bool = False) -> str:
    """Why a table (or one of several) that sentences are about is not there, or has no figure of the page's quarter;
    empty where all do. `partial`: what its figures lack instead."""
    several = [rows for rows in (about if isinstance(about, (list, tuple)) else [about]) if isinstance(rows, Rows)]
    if partial:
        texts = [lacking(rows) for rows in several]
    else:
        texts = [rows.absent for rows in several] + [rows.silent for rows in several]
    return next(filter(None, texts), "")


def lacking(rows, beside: str = "") -> str:
    """What the figures of some rows lack, as sentences; that their return came without a row once a page."""
    texts = rows.partial if isinstance(rows, Rows) else []
    return " ".join(text for text in texts if not NIL_RETURN.within(text) or once(text, beside))


def answer(*sentences: str, about=None) -> Answer:
    """The page's answer. `about`: the rows it is about (or a list of them); where their table is not there or has no
    figure of the quarter, the answer is the reason in its place; where rows of its return are refused, it says how
    many. Empty sentences are left out, so `"..." if now.shown else ""` may stand for one."""
    if reason := _absent(about):
        once(reason, "")  # given in full here wherever it stood before: the answer is read by itself
        return Answer(f"This cannot be answered. {reason}")
    return Answer(_joined((*sentences, _absent(about, partial=True))))


def note(*sentences: str, about=None) -> Note:
    """A paragraph; where the table it is about is not there, the reason in its place (see `answer`)."""
    if reason := _absent(about):
        return Note(once(reason, str(sentences), f"This is not available{AS_ABOVE}."))
    return Note(*(_joined((text,)) for text in _reasons_once(sentences) if text))


def _joined(sentences: Iterable[str]) -> str:
    """Sentences one after the other, each with a capital; empty ones left out."""
    return " ".join(text[0].upper() + text[1:] for text in _reasons_once(sentences) if text)


def _reasons_once(sentences: Iterable[str]) -> Iterator[str]:
    """Sentences of which none repeats why a figure is not available: `How many reviews is not available either`, or
    `not available, as above` where another paragraph has said why."""
    here: set[str] = set()

    def first(match: re.Match) -> str:
        again = match["why"].lower() in here
        here.add(match["why"].lower())
        full = not again and once(match["why"], match.string[: match.start()])
        return match[0] if full else f" is not available{' either' if again else AS_ABOVE}"

    for text in sentences:
        yield ABSENT.sub(first, once(text, "") if isinstance(text, Because) else str(text or ""))


def ask(*questions: str, about=None) -> Points:
    """Questions for the group, one by one, empty ones left out; where the table is not there, to ask for the return, or for
    what it lacks: nothing where its reason asks nothing of its sender. Names that nobody has approved are `others`."""
    reason = _absent(about)
    if not reason:
        return Points([q.replace(OTHER, "others") for q in questions if q])
    if not (what := asked_for([reason])):
        return Points()
    if once(reason, "what to ask"):
        return Points([f"Ask for {what}: {reason}"])
    return_ = f"the {sender[1]}" if (sender := re.match(r"The (.+? return)", reason)) else "the return"
    return Points([f"Ask for {re.sub(r'(the return|it)(?= lacks|$)', return_, what)}."])


def unless_hidden(text: str, what: str, *cells: Cell) -> str:
    """The text where all cells are shown and none is marked incomplete; else that, or that `what` is withheld, or is not available or applicable, and why."""
    if part := next((cell for cell in cells if cell.incomplete), None):
        return f"{what} is {INCOMPLETE.says} (seen: {part:share})."
    hidden = next((cell for cell in cells if not cell.shown), None)
    if hidden is None:
        return text
    state, absent, why = unknown(hidden, what).partition(" is not available: ")
    return f"{state}{NOT_AVAILABLE}{why[:1].upper()}{why[1:]}." if absent else f"{state}."


def plural(number: Cell | float | None, one: str, many: str = "") -> str:
    """A number with its noun: `no referrals`, `one referral`, `44 referrals`; of a cell its count: `about 45 referrals`
    where that is rounded, or withheld and printed rounded for the public, else `a withheld number of referrals`,
    `an unknown number of referrals`."""
    if isinstance(number, Cell):
        if number.status in ("not_available", "not_applicable"):
            return f"an unknown number of {many or f'{one}s'}"
        if number.near:
            return f"{number.near} {many or f'{one}s'}"
        if not number.shown:
            return f"a withheld number of {many or f'{one}s'}"
        about = "about " if number.rounded and number.count else ""
        number.noted("count", count(number.count))
        return about + counted(number.count, one, many)
    return counted(number, one, many)


def ends(rows: Rows, by: str, style: str) -> str:
    """Figures by label for a title: `police 210 and hub 20`, of more than two the least and the most that are shown."""
    cells = [rows.cell(**{by: name}) for name in rows[by]]
    if len(cells) > 2:
        shown = sorted((cell for cell in cells if cell.shown), key=lambda cell: getattr(cell, parse(style)[0]))
        if len(shown) > 1:
            some = ", of those printed" if any(cell.status == "suppressed" for cell in cells) else ""
            return f"from {shown[0][by]} {shown[0]:{style}} to {shown[-1][by]} {shown[-1]:{style}}{some}"
        return series(f"{cell[by]} {cell:{style}}" for cell in shown) or f"{cells[0]:{style}}"
    return series(f"{cell[by]} {cell:{style}}" for cell in cells)


def withheld(*frames) -> str:
    """Whether anything of some tables is withheld, as the sentence a page ends with."""
    if any((rows["status"] == "suppressed").any() for rows in frames):
        return "Some figures are withheld so that nobody can be recognised; the tables say where."
    return "No figure of this page is withheld."


def by_today(book: Book) -> str:
    """What a page says of official figures that came out after the period's last day; blank where it has none such."""
    words = "Official figures of this period are those in print today: some came out after its last day."
    return words if str(book.period) in book.standard("as_of.by_today") else ""
