"""Which counts a printed percentage implies, and percentages that no count gives."""

from __future__ import annotations

from fractions import Fraction

from .answers import Answer, figure_text, only_if, wrong
from .claim import exact_count
from .possible_counts import half_even_numerators, half_up_numerators, sizes_of_group, truncated_numerators
from .printed_numbers import Figure, half_up, percent


def implied_base(numerator: Figure, printed: Figure) -> list | None:
    """The denominators of which the numerator prints as this percentage; None where there is none."""
    half, size = printed.step / 2, abs(printed.value)
    if size <= half:
        return None
    low, high = numerator.ends
    ends = (low * 100 / (size + half), high * 100 / (size - half))
    if not exact_count(numerator):
        return list(ends)
    fits = [n for n in whole_between(*ends) if half_up(percent(numerator.value, Fraction(n)), printed.decimals) == size]
    return [fits[0], fits[-1]] if fits else None


def whole_between(low: Fraction, high: Fraction) -> list[int]:
    """Whole numbers from low to high: all of a short range, the two ends of a long one."""
    first, last = max(1, -(-low.numerator // low.denominator)), high.numerator // high.denominator
    if last - first > 20:
        return [first, first + 1, last - 1, last]
    return list(range(first, last + 1))


def impossible(percentages: list[Figure], n: int, possible: list[int] | None = None) -> Answer:
    pairs = [(p.value, p.decimals) for p in percentages]
    possible = sizes_of_group(pairs, n) if possible is None else possible
    printed = ", ".join(p.text for p in percentages)
    if all(half_even_numerators(v, d, n) for v, d in pairs):
        sentence = f"Reproduces only if ties are rounded to the even digit: half up, {n} cannot give {printed}."
        return only_if("half_even_condition", sentence, feasible_n=possible)
    telling = [v for v, _ in pairs if v not in (0, 100)]
    if len(telling) > 1 and all(truncated_numerators(v, d, n) for v, d in pairs):
        right = ", ".join(
            figure_text(percent(Fraction(truncated_numerators(v, d, n)[0]), Fraction(n)), d) for v, d in pairs
        )
        sentence = f"Of {n} these percentages have their decimals cut off; rounded they are {right}."
        return wrong("truncated_not_rounded", sentence, feasible_n=possible)
    single = dict.fromkeys(
        p.text for p, (v, d) in zip(percentages, pairs, strict=True) if not half_up_numerators(v, d, n)
    )
    could = (
        f"; possible numbers: {first_few(possible)}" if possible else f"; no number up to {max(500, n)} allows them all"
    )
    sentence = f"Each one of {n} is {figure_text(Fraction(100, n))}%, so {n} cannot give {', '.join(single)}{could}."
    return wrong("impossible_percentage", sentence, feasible_n=possible)


def first_few(numbers: list[int], most: int = 8) -> str:
    text = ", ".join(map(str, numbers[:most]))
    return text + (f" … ({len(numbers)} up to {numbers[-1]})" if len(numbers) > most else "")
