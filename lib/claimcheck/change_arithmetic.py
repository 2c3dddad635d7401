"""What the audits of changes, multiples and comparisons share."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from . import directions, print_fit, printed_numbers
from .answers import Answer, figure_text, wrong
from .claim import Claim, exact_count
from .printed_numbers import Figure, Number, Span, span, whole_range


def relative(old: Fraction, new: Fraction) -> Fraction:
    """Change as a percentage of where it started."""
    return (new - old) / old * 100


def difference(old: Fraction, new: Fraction) -> Fraction:
    """Change in the figures' own unit."""
    return new - old


def pair_with_amount(claim: Claim, old, new, printed):
    """Old and new with a value; one that is missing is made from the other and the printed absolute change."""
    old = old if old is not None and old.value is not None else None
    new = new if new is not None and new.value is not None else None
    moved = claim.figure("absolute_change")
    if moved and (old is None) != (new is None):
        way = directions.printed_direction(moved) or (
            directions.printed_direction(printed, claim.text) if printed else None
        )
        step = abs(moved.value) * (way or 0)
        if step and old is None:
            old = _derived("old", new.value - step, new)
        elif step:
            new = _derived("new", old.value + step, old)
    return old, new


def _derived(role: str, value: Fraction, beside: Figure) -> Number:
    fields = {"value": figure_text(value, beside.decimals), "derived_from": f"{beside.role} and absolute_change"}
    return Figure(role, value, 0, beside.unit, 1, fields)


def claimed_unit(claim: Claim, printed: Figure) -> str:
    """What the print claims to be: `percent` of the base, `points`, `times`, or `amount`."""
    if printed.unit == "percent" and directions.said_in_points(printed, claim.text):
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


def change_figures(old: Figure, new: Figure) -> dict:
    figures: dict[str, Any] = {"difference": new.value - old.value}
    if old.value:
        result = span(relative, old, new)
        figures |= {"percent": result.value, "ratio": new.value / old.value}
        if result.low != result.high:
            figures["percent_range"] = [result.low, result.high]
    return figures


def percentages(*numbers: Figure) -> bool:
    """Whether the figures may be percentages: said so, or nothing said and none above 100."""
    if all(n.unit in ("percent", "points") for n in numbers):
        return True
    return (
        all(n.unit == "" for n in numbers) and all(n.value <= 100 for n in numbers) and any(n.decimals for n in numbers)
    )


def flows_differ(old: Figure, new: Figure) -> bool:
    a, b = months_of(old), months_of(new)
    return bool(a and b and a != b)


def months_of(number: Number) -> Fraction | None:
    """Months that a flow counts; None for a snapshot and where nothing says."""
    if number["months"] and (got := printed_numbers.number_of(number["months"])):
        return got
    basis = str(number["basis"] or "").lower()
    if "snapshot" in basis or not basis:
        return None
    if "quarter" in basis:
        return Fraction(3)
    if "month" in basis:
        return Fraction(1)
    return Fraction(12) if re.search(r"annual|year", basis) else None


def like_for_like(formula, old: Figure, new: Figure) -> Span | None:
    """The formula on flows of equal length; None where they are equal already."""
    a, b = months_of(old), months_of(new)
    if not a or not b or a == b:
        return None
    longest = max(a, b)
    return span(lambda o, n: formula(o / a * longest, n / b * longest), old, new)


def wrong_way_round(claim, old, new, result, figures, unit, printed) -> Answer:
    went = "rose" if result.value > 0 else "fell"
    amount = f"{figure_text(abs(result.value), max(printed.decimals, 0))}{unit}" if printed.value is not None else ""
    sentence = f"The figures {went}, from {old.text} to {new.text}" + (f" ({amount})" if amount else "")
    return wrong("direction_reversed", f"{sentence}: the sentence has the direction the wrong way round.", **figures)


def points_as_percent(old, new, printed, figures) -> Answer:
    points = figure_text(abs(new.value - old.value), max(old.decimals, new.decimals))
    right = (
        f"{points} percentage points, or {figure_text(abs(relative(old.value, new.value)))}% of {old.text}"
        if old.value
        else points
    )
    sentence = f"A difference of two percentages is printed as a percentage: it is {right}."
    return wrong("pp_vs_percent", sentence, **figures)


def implied_base(new: Figure, printed: Figure, way: int | None) -> list | None:
    """The bases from which the print would give the new figure, as [low, high]: whole numbers where it is a count."""
    ends = base_ends(new, printed, way)
    if ends is None:
        return None
    integers = whole_range(*ends) if exact_count(new) else None
    return list(integers or ends)


def base_ends(new: Figure, printed: Figure, way: int | None):
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


def percent_slip(claim: Claim, old: Figure, new: Figure, printed: Figure, figures: dict) -> Answer | None:
    """The usual slip that gives a printed percentage: points, the wrong base, a ratio, a slipped decimal point."""
    result = abs(span(relative, old, new)) if old.value else None
    right = f"{figure_text(result.value, printed.decimals)}%" if result else ""
    if percentages(old, new) and print_fit.likely(printed, abs(span(difference, old, new)), claim.text):
        return points_as_percent(old, new, printed, figures)
    if (
        result
        and new.value
        and print_fit.likely(printed, abs(span(lambda o, n: (n - o) / n * 100, old, new)), claim.text)
    ):
        wide = f" ({figure_text(result.low)} to {figure_text(result.high)} allowing for rounding)"
        share = f"{figure_text(result.value)}%{wide if result.low != result.high else ''}"
        sentence = f"The difference was divided by {new.text} itself; as a share of {old.text} it is {share}."
        return wrong("wrong_base", sentence, base_that_gives_printed=new.value, **figures)
    if print_fit.likely(printed, span(lambda o, n: n / o * 100, old, new), claim.text):
        sentence = f"{printed.text} is {new.text} as a percentage of {old.text}; the difference is {right}."
        return wrong("ratio_printed_as_increase", sentence, **figures)
    if scale := print_fit.off_by_ten(printed, result):
        return wrong("scale_error", f"The print is {scale} times what the figures give, {right}.", **figures)
    return None
