"""What the audits of changes, multiples and comparisons share."""

from __future__ import annotations

import re
from fractions import Fraction

from . import readings as read
from .answers import ONLY_IF, REPRODUCES, WRONG, Answer, answer, say
from .claim import Claim, exact_count
from .printed_numbers import Number, Span, span, whole_range

CONDITIONS = {
    "half_even_condition": "ties are rounded to the even digit (12.5 to 12); rounded half up it is {right}",
    "unrounded_inputs_condition": "it was worked out from unrounded figures; the printed ones give {right}, "
    "and {range} allowing for their rounding",
    "rounded_count_condition": "it was worked out from unrounded counts; the printed ones give {right}, "
    "and {range} allowing for their rounding",
}


def relative(old: Fraction, new: Fraction) -> Fraction:
    """Change as a percentage of where it started."""
    return (new - old) / old * 100


def from_fit(code: str, made: Span, what: str, decimals: int, unit: str = "%", wrong: str = "", **figures) -> Answer:
    """The answer of a figure that fits in some way (see readings.fit), truncation included."""
    right = f"{say(made.value, decimals)}{unit}"
    if code == "ok":
        return answer(REPRODUCES, "ok", f"{what} {right}, as printed.", **figures)
    if code == "truncated_not_rounded":
        said = f"{what} {say(made.value, decimals + 2)}{unit}: the print cuts the decimals off; rounded it is {right}."
        return answer(WRONG, code, said, **figures)
    condition = CONDITIONS[code].format(
        right=right, range=f"{say(made.low, decimals)} to {say(made.high, decimals)}{unit}"
    )
    return answer(ONLY_IF, code, f"Reproduces only if {condition}.", **figures)


def filled_in(claim: Claim, old, new, printed):
    """Old and new with a value; one that is missing is made from the other and the printed absolute change."""
    old = old if old is not None and old.value is not None else None
    new = new if new is not None and new.value is not None else None
    moved = claim.known("absolute_change")
    if moved and (old is None) != (new is None):
        way = read.printed_direction(moved) or (read.printed_direction(printed, claim.text) if printed else None)
        step = abs(moved.value) * (way or 0)
        if step and old is None:
            old = _derived("old", new.value - step, new)
        elif step:
            new = _derived("new", old.value + step, old)
    return old, new


def _derived(role: str, value: Fraction, beside: Number) -> Number:
    fields = {"value": say(value, beside.decimals), "derived_from": f"{beside.role} and absolute_change"}
    return Number(role, value, 0, beside.unit, 1, fields)


def asked_of(claim: Claim, printed: Number) -> str:
    """What the print claims to be: `percent` of the base, `points`, `times`, or `amount`."""
    if printed.unit == "percent" and (claim.kind == "point_difference" or read.said_in_points(printed, claim.text)):
        return "points"
    if printed.unit in ("percent", "points", "times"):
        return printed.unit
    if printed.unit:
        return "amount"
    if claim.kind == "multiple":
        return "times"
    if claim.kind == "point_difference" or re.search(r"percentage points?|\bpp\b", claim.text.lower()):
        return "points"
    return "percent"


def change_figures(old: Number, new: Number) -> dict:
    figures = {"difference": new.value - old.value}
    if old.value:
        made = span(relative, old, new)
        figures |= {"percent": made.value, "ratio": new.value / old.value}
        if made.low != made.high:
            figures["percent_range"] = [made.low, made.high]
    return figures


def percentages(*numbers: Number) -> bool:
    """Whether the figures may be percentages: said so, or nothing said and none above 100."""
    if all(n.unit in ("percent", "points") for n in numbers):
        return True
    return (
        all(n.unit == "" for n in numbers) and all(n.value <= 100 for n in numbers) and any(n.decimals for n in numbers)
    )


def flows_differ(old: Number, new: Number) -> bool:
    a, b = months_of(old), months_of(new)
    return bool(a and b and a != b)


def months_of(number: Number) -> Fraction | None:
    """Months that a flow counts; None for a snapshot and where nothing says."""
    if number["months"] and (got := read.number_of(number["months"])):
        return got
    basis = str(number["basis"] or "").lower()
    if "snapshot" in basis or not basis:
        return None
    if "quarter" in basis:
        return Fraction(3)
    if "month" in basis:
        return Fraction(1)
    return Fraction(12) if re.search(r"annual|year", basis) else None


def like_for_like(formula, old: Number, new: Number) -> Span | None:
    """The formula on flows of equal length; None where they are equal already."""
    if not flows_differ(old, new):
        return None
    a, b = months_of(old), months_of(new)
    return span(lambda o, n: formula(o / a * max(a, b), n / b * max(a, b)), old, new)


def wrong_way_round(claim, old, new, made, figures, unit, printed) -> Answer:
    went = "rose" if made.value > 0 else "fell"
    amount = f"{say(abs(made.value), max(printed.decimals, 0))}{unit}" if printed.value is not None else ""
    said = f"The figures {went}, from {old.text} to {new.text}" + (f" ({amount})" if amount else "")
    return answer(
        WRONG, "direction_reversed", f"{said}: the sentence has the direction the wrong way round.", **figures
    )


def points_as_percent(old, new, printed, figures) -> Answer:
    points = say(abs(new.value - old.value), max(old.decimals, new.decimals))
    right = (
        f"{points} percentage points, or {say(abs(relative(old.value, new.value)))}% of {old.text}"
        if old.value
        else points
    )
    return answer(
        WRONG, "pp_vs_percent", f"A difference of two percentages is printed as a percentage: it is {right}.", **figures
    )


def good(code: str) -> bool:
    return code not in ("", "truncated_not_rounded")


def off_by_ten(printed: Number, made: Span) -> int | Fraction | None:
    """The power of ten by which a print of two or more digits is off; None where it is not."""
    if made is None or not two_digits(printed):
        return None
    for power in (10, 100, 1000, Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)):
        if read.rounds_to(printed, made.value * power):
            return power
    return None


def two_digits(printed: Number) -> bool:
    """Whether a print has digits enough for a slipped point to be told from another error."""
    return abs(printed.value) / printed.step >= 10


def implied_base(new: Number, printed: Number, way: int | None) -> list | None:
    """The bases from which the print would give the new figure, as [low, high]: whole numbers where it is a count."""
    ends = base_ends(new, printed, way)
    if ends is None:
        return None
    whole = whole_range(*ends) if exact_count(new) else None
    return list(whole or ends)


def base_ends(new: Number, printed: Number, way: int | None):
    if printed.value is None or new.value is None:
        return None
    ends = []
    for size in (abs(printed.value) - printed.step / 2, abs(printed.value) + printed.step / 2):
        for value in new.ends:
            factor = 1 + (way or 1) * size / 100
            if factor <= 0:
                return None
            ends.append(value / factor)
    return min(ends), max(ends)
