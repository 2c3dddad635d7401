"""One figure printed twice, and figures that cover unlike lengths of time."""

from __future__ import annotations

from .answers import Answer, only_if, reproduces, unknown, wrong
from .change_arithmetic import months_of
from .claim import Claim
from .fair_readings import readings_of
from .printed_numbers import Figure, Number, half_up
from .stated_periods import period


def repeat(claim: Claim) -> Answer:
    """The same figure in two places: `printed` here, `elsewhere` there. A rounder print of one may stand for both."""
    printed, elsewhere = claim.figure("printed"), claim.figures("elsewhere")
    if printed is None or not elsewhere:
        return unknown("missing_counts", "The figure is printed in one place only: nothing to compare.")
    for other in elsewhere:
        if not _agree(claim, printed, other):
            where = f" ({other.name})" if other.name else ""
            sentence = (
                f"{printed.text} is printed here and {other.text} elsewhere{where} for the same figure: correct one."
            )
            return wrong("printed_twice_differently", sentence, difference=printed.value - other.value)
    return reproduces("ok", f"{printed.text} is printed alike in each place.")


def _agree(claim: Claim, one: Figure, other: Figure) -> bool:
    """Whether two prints may stand for one figure: equal at the coarser print, or one of them said roughly."""
    step = max(one.step, other.step)
    if half_up(one.value / step) == half_up(other.value / step):
        return True
    return any(other.value in r for r in readings_of(one, claim.text)) or any(
        one.value in r for r in readings_of(other)
    )


def unlike_periods(claim: Claim) -> Answer:
    """Part of a year beside a whole one: not comparable as they stand; where both cover as much, nothing is wrong."""
    old, new = claim.one("old"), claim.one("new")
    a, b = _months(old), _months(new)
    if old is None or new is None or a is None or b is None:
        return unknown("missing_comparator_period", "How long the two figures cover is not printed: print it.")
    if a == b:
        return reproduces("ok", "The two figures cover periods of one length.")
    sentence = (
        f"One figure covers {new['period'] or f'{b} months'}, the other {old['period'] or f'{a} months'}: reproduces "
        "only if the difference in length is said beside them."
    )
    return only_if("comparator_other_basis", sentence)


def _months(number: Number | None) -> int | None:
    if number is None:
        return None
    stated = months_of(number)
    at = period(number["period"])
    return int(stated) if stated else (at.months if at and at.kind != "malformed" else None)
