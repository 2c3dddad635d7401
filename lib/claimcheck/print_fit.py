"""Whether a printed figure follows from a recalculated one, and the answer for each way in which it may."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .answers import Answer, figure_text, only_if, reproduces, wrong
from .fair_readings import Reading, plain, readings_of
from .printed_numbers import Figure, Number, Span, half_even, half_up, truncated, truth


def fit(
    number: Number, result: Span, text: str = "", allowed: list[Reading] | None = None, strict: bool = False
) -> str:
    """The code of how a print follows from a recalculated figure, or `` where no fair reading gives it.

    `ok`, `half_even_condition`, `rounded_count_condition`, `unrounded_inputs_condition`, `truncated_not_rounded`.
    """
    fair = allowed if allowed is not None else (readings_of(number, text, strict) if isinstance(number, Figure) else [])
    if any(result.value in reading for reading in fair):
        return "ok"
    simple = next((r for r in fair if r.plain), None)
    if simple and not number["rounded_to"] and _prints(half_even, result.value, number):
        return "half_even_condition"
    if result.low != result.high and any(reading.touches(result.low, result.high) for reading in fair):
        return "rounded_count_condition" if result.counts else "unrounded_inputs_condition"
    if simple and len(fair) == 1 and _prints(truncated, result.value, number):
        return "truncated_not_rounded"
    return ""


def likely(number: Figure, result: Span, text: str = "") -> bool:
    """Whether another formula explains a print: at its last digit, since a slip is not a rough figure."""
    if any(reading.plain for reading in readings_of(number, text)) and not truth(number["approximate"]):
        return fit(number, result, text, [plain(abs(number.value), number.step / 2)]) not in (
            "",
            "truncated_not_rounded",
        )
    return rounds_to(number, result.value)


def _prints(rule: Callable[[Fraction, int], Fraction], value: Fraction, number: Number) -> bool:
    return rule(value / number.scale, number.decimals) * number.scale == abs(number.value or 0)


def rounds_to(number: Figure, value: Fraction) -> bool:
    """Whether the figure prints as this number, half up, no words considered."""
    return half_up(value / number.scale, number.decimals) * number.scale == abs(number.value)


CONDITIONS = {
    "half_even_condition": "ties are rounded to the even digit (12.5 to 12); rounded half up it is {right}",
    "unrounded_inputs_condition": "it was worked out from unrounded figures; the printed ones give {right}, "
    "and {range} allowing for their rounding",
    "rounded_count_condition": "it was worked out from unrounded counts; the printed ones give {right}, "
    "and {range} allowing for their rounding",
}


def fit_answer(
    code: str, result: Span, what: str, decimals: int, unit: str = "%", printed: Figure | None = None, **figures: Any
) -> Answer:
    """The answer of a figure that fits in some way (see readings.fit), truncation included."""
    right = f"{figure_text(result.value, decimals)}{unit}"
    if code == "ok":
        exact = printed is None or rounds_to(printed, abs(result.value))
        fairly = "as printed" if exact or printed is None else f"fairly printed as {printed.words}"
        return reproduces("ok", f"{what} {right}, {fairly}.", **figures)
    if code == "truncated_not_rounded":
        sentence = (
            f"{what} {figure_text(result.value, decimals + 2)}{unit}: the print "
            f"cuts the decimals off; rounded it is {right}."
        )
        return wrong(code, sentence, **figures)
    condition = CONDITIONS[code].format(
        right=right, range=f"{figure_text(result.low, decimals)} to {figure_text(result.high, decimals)}{unit}"
    )
    return only_if(code, f"Reproduces only if {condition}.", **figures)


def follows(code: str) -> bool:
    return code not in ("", "truncated_not_rounded")


def off_by_ten(printed: Figure, result: Span | None) -> int | Fraction | None:
    """The power of ten by which a print of two or more digits is off; None where it is not."""
    return power_of_ten(printed, result) if result is not None and two_digits(printed) else None


def power_of_ten(printed: Figure, result: Span) -> int | Fraction | None:
    """The power of ten by which a print is off; None where it is off by none."""
    powers = (10, 100, 1000, Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000))
    return next((power for power in powers if rounds_to(printed, result.value * power)), None)


def two_digits(printed: Figure) -> bool:
    """Whether a print has digits enough for a slipped point to be told from another error."""
    return abs(printed.value) / printed.step >= 10
