"""Which counts a group of printed percentages allows, in whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from .answers import Record

UP_TO = 500


def feasible_counts(
    percentages: Sequence, decimals: int | Sequence[int], n: int | None = None, up_to: int = UP_TO
) -> Record:
    """The group sizes in which every one of these percentages can occur, rounded half up at the printed decimals.

    percentages : as printed (text, whole number, Decimal or Fraction; a float by its shortest text)
    decimals : printed decimals, one for all or one each
    n : the printed group size, if there is one
    up_to : the greatest size looked at (and `n`, if that is greater)

    Returns a Record with
    feasible_n : every possible size, in order
    numerators : for each of them, the possible counts behind each percentage, in their order
    possible : whether `n` is one of them; None without `n`
    half_even_n : the possible sizes where ties are rounded to the even digit
    half_even_changes : whether that differs from `feasible_n`

    Raises ValueError for no percentages, or decimals that do not match them.
    """
    percentages = [_exact(p) for p in percentages]
    places = [decimals] * len(percentages) if isinstance(decimals, int) else list(decimals)
    if not percentages or len(places) != len(percentages):
        raise ValueError("feasible_counts needs at least one percentage, and one number of decimals for each")
    sizes = list(range(1, up_to + 1)) + ([n] if n is not None and n > up_to else [])
    half_up = _joint(percentages, places, sizes, half_up_numerators)
    half_even = _joint(percentages, places, sizes, half_even_numerators)
    return Record(
        feasible_n=list(half_up),
        numerators=half_up,
        n=n,
        possible=None if n is None else n in half_up,
        half_even_n=list(half_even),
        half_even_changes=list(half_even) != list(half_up),
    )


def half_up_numerators(percentage: Fraction, decimals: int, n: int) -> range:
    """Counts of `n` that print as this percentage, halves rounded up."""
    low, high, unit = _edges(percentage, decimals, n)
    return range(max(0, -(-low // unit)), min(n, -(-high // unit) - 1) + 1)


def half_even_numerators(percentage: Fraction, decimals: int, n: int) -> range:
    """Counts of `n` that print as this percentage, halves rounded to the even digit."""
    low, high, unit = _edges(percentage, decimals, n)
    if percentage * 10**decimals % 2 == 0:
        return range(max(0, -(-low // unit)), min(n, high // unit) + 1)
    return range(max(0, low // unit + 1), min(n, -(-high // unit) - 1) + 1)


def truncated_numerators(percentage: Fraction, decimals: int, n: int) -> range:
    """Counts of `n` that print as this percentage when its further decimals are cut off."""
    low, high, unit = _edges(percentage, decimals, n)
    shift = n  # half a printed unit, in the units of `_edges`
    return range(max(0, -(-(low + shift) // unit)), min(n, -(-(high + shift) // unit) - 1) + 1)


def _edges(percentage: Fraction, decimals: int, n: int) -> tuple[int, int, int]:
    """k counts of n print as the percentage where low <= k * unit < high; all whole."""
    units = percentage * 10**decimals
    if units.denominator != 1:
        raise ValueError(f"{float(percentage)} has more than {decimals} decimals")
    return (2 * units.numerator - 1) * n, (2 * units.numerator + 1) * n, 200 * 10**decimals


def _joint(percentages, places, sizes, numerators) -> dict[int, list[list[int]]]:
    found = {}
    for n in sizes:
        counts = []
        for percentage, decimals in zip(percentages, places, strict=True):
            fits = numerators(percentage, decimals, n)
            if not fits:
                break
            counts.append(list(fits))
        else:
            found[n] = counts
    return found


def _exact(value) -> Fraction:
    if isinstance(value, float):
        value = Decimal(repr(value))
    return Fraction(str(value).strip().rstrip("%").replace(",", "") if isinstance(value, str) else value)
