"""Whether the two sides of a claim may be set beside each other: order in time, place, measure and length of flow."""

from __future__ import annotations

import re
from datetime import date

from .answers import ONLY_IF, REPRODUCES, Answer, only_if, wrong
from .change_arithmetic import months_of
from .claim import Claim
from .printed_numbers import Number
from .stated_periods import Period, period

CHANGES = ("percent_change", "point_difference", "unit_of_change", "multiple", "direction", "count_change")
COMPARISONS = ("percent_difference", "comparison")
SHARES = ("share", "bound", "fraction_words", "share_group")


def like_with_like(claim: Claim, judged: Answer) -> Answer:
    """The answer of the arithmetic, unless its two sides are not alike in what they are figures of."""
    if judged.verdict not in (REPRODUCES, ONLY_IF):
        return judged
    if claim.kind in CHANGES:
        old, new = claim.one("old"), claim.one("new")
        other = (
            None
            if old is None or new is None
            else (_backwards(claim, old, new) or _two_places(old, new) or _two_measures(claim, old, new))
        )
    elif claim.kind in COMPARISONS:
        other = _abolished(claim)
    elif claim.kind in SHARES:
        other = _two_lengths(claim)
    else:
        other = None
    return judged if other is None else Answer({**other, "recalculated": {**judged.recalculated, **other.recalculated}})


def _backwards(claim: Claim, old: Number, new: Number) -> Answer | None:
    """A change whose start is later than its end."""
    before, after = period(old["period"]), period(new["period"])
    if before is None or after is None or not _later(before, after):
        return None
    sentence = f"The change runs backwards, from {old['period']} to {new['period']}: exchange the two or the direction."
    return wrong("direction_reversed", sentence)


def _later(one: Period, other: Period) -> bool:
    sure = {one.kind, other.kind} <= {"year", "quarter", "month"} or one.kind == other.kind
    return sure and one.end > other.end and (one.kind == other.kind or not one.years & other.years)


def _two_places(old: Number, new: Number) -> Answer | None:
    a, b = (" ".join(str(n["geography"] or "").split()).lower() for n in (old, new))
    if not a or not b or a == b:
        return None
    sentence = (
        f"The figures are of two areas, {old['geography']} and {new['geography']}: reproduces only if they cover the "
        "same people; say so."
    )
    return only_if("comparator_other_basis", sentence)


def _two_measures(claim: Claim, old: Number, new: Number) -> Answer | None:
    a, b = (" ".join(str(n["measure"] or "").split()).lower() for n in (old, new))
    if not a or not b or a == b:
        return None
    words = f"{claim.text} {old['unit']} {new['unit']} {a} {b}".lower()
    if re.search(r"\brank|\bscore", words):
        sentence = f"The two are ranks by {old['measure']} and by {new['measure']}: compare each with its own."
        return wrong("rank_of_another_measure", sentence)
    sentence = (
        f"The figures are called {old['measure']} and {new['measure']}: reproduces only if they count the same; say so."
    )
    return only_if("comparator_other_basis", sentence)


def _abolished(claim: Claim) -> Answer | None:
    """A comparator that was no authority any more, or not yet, on the date of its figure."""
    for number in (*claim.all("own"), *claim.all("comparator")):
        when = period(number["period"])
        if when is None or when.kind == "malformed" or not number["geography"]:
            continue
        area = _area(str(number["geography"]))
        day = date((when.end - 1) // 12, (when.end - 1) % 12 + 1, 28)
        if area is not None and not area.in_force(day):
            sentence = (
                f"{number['geography']} was no authority in {number['period']}: name the areas that the figure covers."
            )
            return wrong("comparator_other_basis", sentence)
    return None


def _area(name: str):
    """The authority of a name, where the name is of one alone; else None."""
    from openstats import authorities

    wanted = name.strip().lower()
    areas = [a for a in authorities.every().values() if a.name.lower() == wanted]
    return areas[0] if len(areas) == 1 else None


def _two_lengths(claim: Claim) -> Answer | None:
    """A share whose part and whole were counted over different lengths of time."""
    part, total = claim.one("numerator"), claim.one("denominator")
    if part is None or total is None:
        return None
    a, b = months_of(part), months_of(total)
    if not a or not b or a == b:
        return None
    sentence = (
        "The part and its whole are counted over different lengths of time: reproduces only if that is meant; say so."
    )
    return only_if("comparator_other_basis", sentence)
