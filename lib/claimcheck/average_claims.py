"""Claims of averages: a total over a divisor, an overall percentage beside those of its parts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import print_fit
from .answers import Answer, figure_text, only_if, range_text, unknown, wrong
from .claim import Claim
from .group_claims import paired
from .print_fit import fit_answer
from .printed_numbers import Figure, Span, percent, span


def average(claim: Claim) -> Answer:
    """A total over a divisor."""
    total, divisor, printed = claim.figure("total"), claim.figure("divisor"), claim.one("printed")
    parts = claim.all("part")
    if total is None and parts and len(parts) == len(claim.figures("part")):
        total, number = _summed(claim.figures("part"))
        divisor = divisor or number
    if printed is None or (printed.value is None and not printed["word"]):
        return unknown("missing_counts", "No average is printed: nothing to check.")
    if divisor is None or total is None:
        return _average_without(total, divisor, printed)
    if divisor.value == 0:
        return wrong("impossible_base", "There is no average over 0.")
    result = span(lambda t, d: t / d, total, divisor)
    figures: dict[str, Any] = {"average": result.value}
    what = f"{total.text} over {divisor.text} is"
    if printed.unit == "percent" and total.unit != "percent" and abs(result.value) <= 1:
        result = result.times(100)
    if not isinstance(printed, Figure):
        sentence = f"{what} {figure_text(result.value)}; the average is not printed as a number."
        return unknown("missing_counts", sentence, **figures)
    if code := print_fit.fit(printed, result, claim.text):
        return fit_answer(code, result, what, printed.decimals, "", printed=printed, **figures)
    if len(str(abs(printed.value).numerator).strip("0")) > 1 and print_fit.power_of_ten(printed, result):
        slip = f"{what} {figure_text(result.value, printed.decimals)}: the decimal point has slipped."
        return wrong("scale_error", slip, **figures)
    sentence = f"{what} {figure_text(result.value, max(printed.decimals, 1))}, not {printed.text}."
    size, half = abs(printed.value), printed.step / 2
    over = [total.value / (size + half), total.value / (size - half)] if size > half else None
    return wrong("average_does_not_follow", sentence, base_that_gives_printed=over, **figures)


def _summed(parts: list[Figure]) -> tuple[Figure, Figure]:
    """The total of parts, and their number, as if printed."""
    words = " + ".join(p.text for p in parts)
    total = Figure("total", sum((p.value for p in parts), Fraction(0)), 0, "count", 1, {"value": words})
    return total, Figure("divisor", Fraction(len(parts)), 0, "count", 1, {"value": str(len(parts))})


def _average_without(total, divisor, printed) -> Answer:
    if total is not None and printed.value:
        half, size = printed.step / 2, abs(printed.value)
        ends = [total.value / (size + half), total.value / (size - half)] if size > half else None
        sentence = "The number by which the total was divided is not printed"
        return unknown(
            "missing_denominator",
            sentence + (f"; it implies {range_text(ends)}." if ends else "."),
            base_that_gives_printed=ends,
        )
    if divisor is not None and printed.value is not None:
        ends = [divisor.value * v for v in printed.ends]
        sentence = f"The total is not printed; the average implies {range_text(ends)}."
        return unknown("missing_counts", sentence, total=ends)
    return unknown("missing_counts", "Neither total nor divisor is printed: print both.")


def weighted_mean(claim: Claim) -> Answer:
    """An overall percentage beside those of its parts."""
    printed, shares = claim.one("printed"), claim.figures("percentage")
    numerators, denominators = claim.all("numerator"), claim.all("denominator")
    if not isinstance(printed, Figure):
        return unknown("missing_counts", "No overall figure is printed: nothing to check.")
    simple = _simple_mean(shares, numerators, denominators)
    result = _weighted(claim, shares, numerators, denominators)
    figures = {"percent": result.value if result else None, "simple_mean": simple.value if simple else None}
    if result is not None:
        return _against_weights(claim, printed, result, simple, shares, figures)
    if not shares:
        return unknown("missing_counts", "The percentages or the counts of the parts are not printed: print them.")
    if _outside(printed, shares):
        return _outside_answer(printed, shares, figures)
    sentence = (
        f"{printed.text} lies within the parts, {_least(shares)} to {_greatest(shares)}; reproduces only if their "
        "numbers weigh so: print them."
    )
    return only_if(
        "weights_condition", sentence, limits=[min(p.value for p in shares), max(p.value for p in shares)], **figures
    )


def _least(shares):
    return min(shares, key=lambda p: p.value).text


def _greatest(shares):
    return max(shares, key=lambda p: p.value).text


def _outside(printed: Figure, shares: list[Figure]) -> bool:
    low, high = min(p.ends[0] for p in shares), max(p.ends[1] for p in shares)
    value, half = printed.value, printed.step / 2
    return value + half <= low or value - half >= high


def _outside_answer(printed, shares, figures) -> Answer:
    sentence = (
        f"{printed.text} lies outside its parts, {_least(shares)} to {_greatest(shares)}: no weights can give it."
    )
    return wrong(
        "outside_range_of_parts",
        sentence,
        limits=[min(p.value for p in shares), max(p.value for p in shares)],
        **figures,
    )


def _against_weights(claim, printed, result, simple, shares, figures) -> Answer:
    code = print_fit.fit(printed, result, claim.text)
    unit = "%" if printed.unit in ("percent", "") else ""
    if code and code != "truncated_not_rounded":
        return fit_answer(
            code, result, "Weighted by their numbers the parts give", printed.decimals, unit, printed=printed, **figures
        )
    if simple is not None and print_fit.fit(printed, simple, claim.text) in (
        "ok",
        "half_even_condition",
        "unrounded_inputs_condition",
    ):
        sentence = (
            f"{printed.text} is the mean of the parts' percentages; weighted by their numbers it is "
            f"{figure_text(result.value, max(printed.decimals, 1))}{unit}."
        )
        return wrong("mean_of_percentages", sentence, **figures)
    if code:
        return fit_answer(
            code, result, "Weighted by their numbers the parts give", printed.decimals, unit, printed=printed, **figures
        )
    if shares and _outside(printed, shares):
        return _outside_answer(printed, shares, figures)
    right = f"{figure_text(result.value, max(printed.decimals, 1))}{unit}"
    sentence = f"Weighted by their numbers the parts give {right}, not {printed.text}."
    return wrong("average_does_not_follow", sentence, **figures)


def _complete(numbers: list[Figure]) -> bool:
    return bool(numbers) and all(n.value is not None for n in numbers)


def _simple_mean(shares, numerators, denominators) -> Span | None:
    if len(shares) > 1:
        k = len(shares)
        low, high = (sum((p.ends[i] for p in shares), Fraction(0)) / k for i in (0, 1))
        return Span(sum((p.value for p in shares), Fraction(0)) / k, low, high)
    if (
        _complete(numerators)
        and _complete(denominators)
        and len(numerators) == len(denominators) > 1
        and all(d.value for d in denominators)
    ):
        mean = sum((percent(a.value, b.value) for a, b in paired(numerators, denominators)), Fraction(0)) / len(
            numerators
        )
        return Span(mean, mean, mean)
    return None


def _weighted(claim: Claim, shares, numerators, denominators) -> Span | None:
    """The overall percentage from counts, or from percentages and the numbers they are of; None without weights."""
    rounded = any(n.rounded_count for n in [*numerators, *denominators])
    if _complete(numerators) and _complete(denominators) and sum(d.value for d in denominators):
        top, bottom = sum(a.value for a in numerators), sum(b.value for b in denominators)
        if len(numerators) == len(denominators) or len(denominators) == 1:
            wide_top, wide = sum(a.half for a in numerators), min(sum(b.half for b in denominators), bottom / 2)
            return Span(
                percent(top, bottom),
                percent(top - wide_top, bottom + wide),
                percent(top + wide_top, bottom - wide),
                rounded,
            )
    if _complete(shares) and _complete(denominators) and len(shares) == len(denominators):
        pairs, of = paired(shares, denominators), sum(d.value for d in denominators)
        if of:
            value, low, high = (
                sum(x * d.value for x, d in zip(xs, (d for _, d in pairs), strict=True)) / of
                for xs in ([p.value for p, _ in pairs], [p.ends[0] for p, _ in pairs], [p.ends[1] for p, _ in pairs])
            )
            return Span(value, low, high, rounded)
    if _complete(shares) and _complete(numerators) and len(shares) == len(numerators) and all(p.value for p in shares):
        top = sum(a.value for a in numerators)
        of = [
            sum(a.value * 100 / x for (p, a) in paired(shares, numerators) for x in [f(p)])
            for f in (lambda p: p.value, lambda p: p.ends[1], lambda p: p.ends[0] or p.value)
        ]
        if all(of):
            return Span(percent(top, of[0]), percent(top, of[2]), percent(top, of[1]), rounded)
    return None
