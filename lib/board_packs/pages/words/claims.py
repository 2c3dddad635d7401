"""What a chair should see before signing: the findings of the audit, each with its quote and what would be right.

Counts come from the table `published_claims`; quotes and findings from the published report's own claims, which
hold nothing of any return.
"""

from __future__ import annotations

from html import escape

import claimcheck as claims
from claimcheck.claim_files import TITLES
from lscb.long_table import TOTAL

from ...tables.published_claims import AREA, CLAIMS_FILE, YEAR
from ..book import Book
from ..html_table import Table, show
from .base import Answer, Note, count

ELSEWHERE = (
    "No claims are kept for this area. Write those of its own report as in data/reference/claims-template.csv and run "
    "lscb claims on them."
)


class Findings(str):
    """Findings as a notebook shows them."""

    def _repr_html_(self) -> str:
        return str(self)


def _count(book: Book, verdict: str = TOTAL, family: str = TOTAL, measure: str = "published_claims"):
    frame = book["published_claims"]
    if "verdict" not in frame:
        return float("nan")
    at = (frame["verdict"] == verdict) & (frame["family"] == family) & (frame["measure"] == measure)
    found = frame[at & (frame["status"] == "shown")]["count"]
    return float(found.iloc[0]) if len(found) else float("nan")


def headline(book: Book) -> Answer:
    """How many claims of the report do not reproduce, and how many stand."""
    if book.area != AREA:
        return Answer(ELSEWHERE)
    wrong, only, unknown, right = (_count(book, verdict) for verdict in claims.VERDICTS)
    return Answer(
        f"Of {count(_count(book))} claims in the annual report {YEAR}, {count(wrong)} do not reproduce from what is "
        f"printed, {count(only)} reproduce only under a condition that is not printed, {count(unknown)} cannot be "
        f"checked, and {count(right)} reproduce."
    )


def summary(book: Book) -> Table | Note:
    """Verdicts by number of claims."""
    if book.area != AREA:
        return Note(ELSEWHERE)
    frame = book["published_claims"]
    frame = frame[(frame["measure"] == "published_claims") & (frame["family"] == TOTAL)]
    frame = frame.assign(verdict=frame["verdict"].map({**TITLES, TOTAL: "All claims"}))
    return show(
        frame, f"Claims of the annual report {YEAR} by verdict", {"verdict": "Verdict"}, {"Claims": ("count", "count")}
    )


def diagnoses(book: Book) -> Table | Note:
    """What is wrong, by family of diagnosis, among the claims that do not reproduce."""
    if book.area != AREA:
        return Note(ELSEWHERE)
    frame = book["published_claims"]
    at = (frame["measure"] == "published_claims") & (frame["verdict"] == claims.WRONG) & (frame["family"] != TOTAL)
    frame = frame[at].assign(family=frame["family"].map(FAMILY_WORDS))
    return show(
        frame,
        "Claims that do not reproduce, by what is wrong",
        {"family": "What is wrong"},
        {"Claims": ("count", "count")},
    )


FAMILY_WORDS = {
    "base": "A percentage on the wrong base",
    "impossible": "A percentage or base that cannot be",
    "parts": "Parts that do not add",
    "change": "A change or fraction that does not follow",
    "rate": "A rate or an average that does not follow",
    "trend": "A trend or superlative that is not supported",
    "comparator": "A comparator of another basis or year",
    "label": "A label of another period",
    "rank": "A rank of another measure",
    "missing": "A figure that is missing",
    "rounding": "Rounding",
    "ok": "Nothing",
}


def findings(book: Book, verdict: str) -> Findings | Note:
    """Every claim of one verdict: what is printed, and the finding."""
    if book.area != AREA:
        return Note(ELSEWHERE)
    given = claims.read(CLAIMS_FILE)
    quotes = {claim["id"]: claim["text"] for claim in given}
    answers = [a for a in claims.audit(given) if a.verdict == verdict]
    if not answers:
        return Findings("<p>None.</p>")
    items = "".join(f"<li><p><q>{escape(quotes[a.id])}</q></p><p>{escape(a.sentence)}</p></li>" for a in answers)
    return Findings(f'<ul class="findings">{items}</ul>')


def alone(book: Book) -> Note:
    """How many figures of the report are in a claim, and how many stand alone."""
    if book.area != AREA:
        return Note(ELSEWHERE)
    listed, used, left = (_count(book, measure=f"published_figures{m}") for m in ("", "_in_claims", "_alone"))
    return Note(
        f"The report prints {count(listed)} figures; {count(used)} are part of a claim above. The other {count(left)} "
        "stand alone: labels, dates, definitions and counts beside which nothing is printed that could contradict them."
    )
