"""Claims of parts and their printed total."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations

from . import fair_readings, printed_numbers
from .answers import Answer, figure_text, only_if, reproduces, unknown, wrong
from .claim import Claim
from .printed_numbers import Figure, Number, Span, half_up, span

OVERLAP = re.compile(
    r"more than one|than once|in both|\boverlap|(several|multiple|many) (categories|groups|reasons|agencies|factors)"
    r"|double[- ]count|not mutually exclusive|could (choose|select|tick)"
)


def parts_total(claim: Claim) -> Answer:
    """Parts that should add to a printed total; a part with `sign` - is subtracted."""
    parts, total = claim.all("part"), claim.one("total")
    printed_parts = claim.figures("part")
    if not isinstance(total, Figure) or len(printed_parts) < len(parts) or not printed_parts:
        return _incomplete(claim, parts, printed_parts, total)
    result = _added(printed_parts)
    figures = {"total": result.value, "difference": total.value - result.value}
    places = max(n.decimals for n in [*printed_parts, total])
    plain_scale = total.scale == 1 and all(p.scale == 1 for p in printed_parts)
    what = f"The parts add to {figure_text(result.value, places if plain_scale else 0)}"
    constraint = claim.constraint or ("none" if OVERLAP.search(claim.text.lower()) else "exhaustive")
    if how := _as_printed(claim, printed_parts, total, result, constraint):
        return reproduces("ok_rounding" if "within rounding" in how else "ok", f"{what}, {how}.", **figures)
    low, high = total.ends
    if result.low <= high and result.high >= low and (result.low != result.high or low != high):
        counts = any(p.rounded_count for p in [*printed_parts, total])
        code = "rounded_count_condition" if counts else "unrounded_inputs_condition"
        sentence = f"{what}; reproduces only if the parts or the total ({total.text}) were rounded after adding."
        return only_if(code, sentence, **figures)
    if constraint == "none":
        how = "the groups overlap" if result.value > total.value else "others are in none of the groups"
        sentence = f"{what}, not {total.text}: reproduces only if {how}; say so."
        return only_if("overlap_condition", sentence, **figures)
    gap = total.value - result.value
    size = f"{figure_text(abs(gap), places)} too {'many' if gap > 0 else 'few'}"
    extra = _part_that_explains(printed_parts, gap)
    sentence = f"{what}, not {total.text}: {size} in the total." + (f" It is {extra}." if extra else "")
    return wrong("parts_do_not_add", sentence, **figures)


def _incomplete(claim: Claim, parts: list[Number], printed_parts: list[Figure], total: Number | None) -> Answer:
    """The total or a part is not printed: what the others leave for it."""
    result = sum((_signed(p) for p in printed_parts), Fraction(0))
    if total is None or total.value is None:
        sentence = f"The total is not printed; the parts give {figure_text(result, 0)}."
        return unknown("missing_counts", sentence, total=result)
    rest = total.value - result
    if rest < 0 and claim.constraint != "none" and all(p["sign"] is None for p in parts):
        sentence = f"The printed parts alone are {figure_text(result, 0)}, more than {total.text}."
        return wrong("parts_do_not_add", sentence, total=result)
    sentence = f"A part is not printed; the others leave {figure_text(rest, 0)} of {total.text}."
    return unknown("missing_counts", sentence, missing_part=rest)


def _added(parts: list[Figure]) -> Span:
    """The parts' sum, each corner of their ranges tried where they are few."""
    if len(parts) >= 13:
        return _sum(parts)
    return span(lambda *v: sum(x * _factor(p) for x, p in zip(v, parts, strict=True)), *parts)


def _as_printed(claim: Claim, parts: list[Figure], total: Figure, result: Span, constraint: str) -> str:
    """How the printed total fairly follows from its parts; `` where it does not."""
    if result.value == total.value:
        return "as printed"
    if any(value == total.value for value in _coarse(result, total)):
        return f"printed as {total.text}"
    if constraint == "exclusive" and result.value <= total.value:
        return f"within {total.text}"
    if any(result.value in r for r in fair_readings.readings_of(total, claim.text) if not r.plain):
        return f"fairly printed as {total.text}"
    percentages = all(p.unit == "percent" for p in parts) and (total.unit == "percent" or total.value == 100)
    if percentages and len(parts) > 2 and abs(result.value - total.value) <= sum(p.step for p in parts) / 2:
        return f"within rounding of {total.text}"
    return ""


def _coarse(result: Span, total: Figure) -> list[Fraction]:
    """The sum as the total is printed, where that is in coarser units: £1.2m of parts in pounds."""
    if total.step == 1 and not total["rounded_to"]:
        return [half_up(result.value)] if result.low != result.high and result.value.denominator == 1 else []
    unit = printed_numbers.number_of(total["rounded_to"]) or total.step
    return [half_up(result.value / unit) * unit] if result.low == result.high else []


def _sum(parts: list[Figure]) -> Span:
    value = sum((_signed(p) for p in parts), Fraction(0))
    slack = sum((p.half for p in parts), Fraction(0))
    return Span(value, value - slack, value + slack, any(p.rounded_count for p in parts))


def _factor(part: Figure) -> int:
    return (
        -1
        if str(part["sign"] or "").strip().lower()
        in ("-", "-1", "minus", "\u2212", "negative", "subtract", "subtracted", "less", "deducted")
        else 1
    )


def _signed(part: Figure) -> Fraction:
    return part.value * _factor(part)


def _part_that_explains(parts: list[Figure], gap: Fraction) -> str:
    """A part, or two, that the printed total seems to leave out or to count twice."""
    for size in (1, 2):
        for some in combinations(parts, size):
            if sum(_signed(p) for p in some) == abs(gap):
                names = " and ".join(f"{p.text}" + (f" ({p.name})" if p.name else "") for p in some)
                return f"{names}, {'counted twice or missing from the parts' if gap > 0 else 'left out of the total'}"
    digits = str(abs(int(gap)))
    return (
        "a multiple of 9, as when two digits are exchanged"
        if gap and gap.denominator == 1 and int(gap) % 9 == 0 and len(digits) < 4
        else ""
    )
