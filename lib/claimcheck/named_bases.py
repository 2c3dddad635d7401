"""Which of several printed points a sentence names as the base of its change."""

from __future__ import annotations

import re

from .claim import Claim
from .printed_numbers import Figure
from .stated_periods import period

PREVIOUS = re.compile(
    r"(on|from|than|over|against|compared (to|with)|since) (the |that of the )?(previous|preceding|last|prior) "
    r"(financial |calendar )?(year|quarter|month|period)|\b(year|quarter|month)[- ]on[- ](year|quarter|month)\b"
    r"|\b(the )?(year|quarter|month) before\b|\blast (year|quarter|month)\b"
)
YEAR = r"(?:q[1-4] |quarter [1-4] (?:of )?|mid-)?(?:19|20)\d\d(?:\s*[-/\u2013]\s*(?:19|20)?\d\d)?(?:[ -]q[1-4])?"
FROM = re.compile(rf"\b(?:since|from|on|over|than in|than|compared (?:to|with)|against)(?: in)? ({YEAR})")


def named_base(claim: Claim, points: list[Figure]) -> Figure:
    """The point that the sentence compares the last one with: the one it names, else the first."""
    printed = claim.one("printed")
    stated = [n["base_period_stated"] for n in claim.numbers if isinstance(n["base_period_stated"], str)]
    words = " ".join(str(x or "") for x in ((printed["word"] if printed is not None else ""), claim.text)).lower()
    for label in (*stated, *FROM.findall(words)):
        wanted = period(label)
        same = [p for p in points[:-1] if wanted and (at := period(p["period"])) and at.end == wanted.end]
        if same:
            return same[0]
    if match := PREVIOUS.search(words):
        return _before(points, "year" in match[0])
    return points[0]


def names_a_base(claim: Claim) -> bool:
    """Whether the sentence itself says from when its change is counted."""
    printed = claim.one("printed")
    words = " ".join(str(x or "") for x in ((printed["word"] if printed is not None else ""), claim.text)).lower()
    return bool(PREVIOUS.search(words))


def _before(points: list[Figure], yearly: bool) -> Figure:
    """The point before the last; of quarters or months, the one a year before where the sentence says a year."""
    last = period(points[-1]["period"])
    for point in points[:-1]:
        at = period(point["period"])
        if yearly and last and at and last.end - at.end == 12:
            return point
    return points[-2]
