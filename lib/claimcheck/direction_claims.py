"""Claims of a direction: increased, slightly down, no change."""

from __future__ import annotations

import re

from . import directions
from .answers import Answer, unknown, wrong
from .change_claims import judge_change
from .claim import Claim
from .multiple_claims import word_of_change
from .printed_numbers import Figure, Number

EVERY = re.compile(r"\b(each|every|consistently|steadily|continu\w*|successive|(year|quarter|month)[- ]on[- ]\w+)\b")


def _every_step(claim: Claim, points: list[Figure]) -> Answer | None:
    """`has fallen each year`: a step that goes the other way refutes it; None where no such word stands there."""
    printed = claim.one("printed")
    words = str(printed["word"] or "") if printed is not None else claim.text
    way = directions.direction(printed["direction"] if printed is not None else None, words, claim.text)
    if not way or not EVERY.search(words.lower()):
        return None
    for before, after in zip(points, points[1:], strict=False):
        if (after.value - before.value) * way <= 0:
            words = f"Not every step: from {before.text} to {after.text} it did not {'rise' if way > 0 else 'fall'}."
            return wrong("change_does_not_follow", words)
    return None


def direction(claim: Claim) -> Answer:
    """`increased`, `slightly down`, `no change`: between two figures, or the first and last of several points."""
    points = claim.figures("point")
    if len(points) > 2 and (step := _every_step(claim, points)):
        return step
    old, new = claim.figure("old"), claim.figure("new")
    if new is None and points:
        new = points[-1]
    if old is None and len(points) > 1:
        old = points[0]
    printed = claim.one("printed")
    if old is None or new is None:
        return unknown("missing_base", "The figures that the direction is between are not both printed: print both.")
    if printed is None:
        printed = Number("printed", None, 0, "", 1, {"word": claim.text})
    amount = printed.unit == "count" and re.search(r"\bby\b", str(printed["word"] or ""))
    if isinstance(printed, Figure) and (amount or printed.unit in ("percent", "points", "times")):
        return judge_change(claim, old, new, printed)
    return word_of_change(claim, old, new, printed)
