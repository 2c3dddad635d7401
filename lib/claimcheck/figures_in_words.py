"""A figure that a claim holds only in its words, `fell by 40%`, `a 250% rise`: checked like one of its own field."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from .claim import Claim
from .fair_readings import multiple_readings
from .printed_numbers import Figure, Number, parse

NUMBER = r"(?<![\w.,/-])(?:£\s?)?\d[\d,]*(?:\.\d+)?"
SPELT = r"(?:[a-z]+-)?[a-z]+"
POINTS = re.compile(rf"({NUMBER})\s*(?:%|per ?cent)?[\s-]*(?:percentage[\s-]+points?|points?\b|pps?\b)", re.IGNORECASE)
PERCENT = re.compile(rf"({NUMBER})\s*(?:%|per ?cent\b)", re.IGNORECASE)
SPELT_PERCENT = re.compile(rf"\b({SPELT})\s+(?:per ?cent|percent)\b", re.IGNORECASE)
AMOUNT = re.compile(
    rf"\bby ({NUMBER})(?!\s*(?:%|per|times|fold|year|quarter|month|day|in\b|out\b|of\b|[-/]|th\b))", re.IGNORECASE
)
CHANGES = ("percent_change", "point_difference", "unit_of_change", "direction", "multiple")
KINDS = (*CHANGES, "percent_difference", "comparison")
BESIDE = re.compile(  # the figures of a sentence that are said to be the size of a change or a difference
    rf"(?:\bby|\bof|\bup|\bdown|\brose|\bfell) {NUMBER}\s*(?:%|per ?cent|percentage points?|points?)"
    rf"|{NUMBER}\s*(?:%|per ?cent|percentage points?|points?) "
    r"(?:increase|decrease|rise|fall|drop|reduction|growth|higher|lower|more|less|fewer|above|below)",
    re.IGNORECASE,
)


class Worded(NamedTuple):
    """A figure found in words, and the unit that stands with it."""

    text: str
    unit: str


def figures_in(words: str) -> list[Worded]:
    """The percentages, points and amounts that words give; fractions and multiples in words are read elsewhere."""
    points = [Worded(m, "points") for m in POINTS.findall(words)]
    percent = [Worded(m, "percent") for m in PERCENT.findall(words) if m not in {p.text for p in points}]
    spelt = [Worded(m, "percent") for m in SPELT_PERCENT.findall(words) if parse(m) is not None]
    shares = [*points, *percent, *spelt]
    return shares or [Worded(m, "count") for m in AMOUNT.findall(words)]


def with_figures_of_words(claim: Claim) -> Claim:
    """The claim with the figure of its printed words, or of its sentence where nothing is printed, as its print.

    A word beside a number is left to the kind's own judge. A sentence with several figures that no field holds stays
    as it is, and its `problems` say so: none of them is guessed to be the print.
    """
    if claim.kind not in KINDS or claim.figure("printed") is not None:
        return claim
    printed = claim.one("printed")
    words = str(printed["word"] or "") if printed is not None else claim.text
    if multiple_readings(words):
        return claim
    if printed is None:
        words = " ".join(BESIDE.findall(words))
    others = {n.value for n in claim.numbers if n.value is not None}
    free = [w for w in figures_in(words) if (got := parse(w.text)) is not None and got.value not in others]
    if len({w.text for w in free}) != 1:
        return claim
    return replace(claim, numbers=(*(n for n in claim.numbers if n is not printed), _print(free[0], printed, words)))


def _print(worded: Worded, printed: Number | None, words: str) -> Figure:
    got = parse(worded.text)
    assert got is not None
    fields = {**(printed.fields if printed is not None else {}), "value": worded.text, "word": words}
    fields["unit"] = {"percent": "%", "points": "percentage points", "count": "count"}[worded.unit]
    return Figure("printed", got.value, got.decimals, worded.unit, got.scale, fields)
