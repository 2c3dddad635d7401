"""Which counts a group of printed percentages allows, in whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from .answers import Record

UP_TO = 500
LONG = 1000


def feasible_counts(
    percentages: Sequence,
    decimals: int | Sequence[int],
    n: int | None = None,
    up_to: int = UP_TO,
    constraint: str = "none",
) -> Record:
    """The group sizes in which every one of these percentages can occur, rounded half up at the printed decimals.

    percentages : as printed (text, whole number, Decimal or Fraction; a float by its shortest text)
    decimals : printed decimals, one for all or one each
    n : the printed group size, if there is one
    constraint : `exhaustive`, the counts add to the size; `exclusive`, to no more than it; `none`, they may overlap
    up_to : the greatest size looked at (and `n`, if that is greater)

    Returns a Record with
    feasible_n : every possible size, in order
    numerators : for each of them, the possible counts behind each percentage (of over 1,000 the first and the last)
    possible : whether `n` is one of them; None without `n`
    half_even_n, half_even_changes : those where ties are rounded to the even digit, and whether they differ

    Raises ValueError for no percentages, or decimals that do not match them.
    """
    percentages = [_exact(p) for p in percentages]
    places = [decimals] * len(percentages) if isinstance(decimals, int) else list(decimals)
    if not percentages or len(places) != len(percentages):
        raise ValueError("feasible_counts needs at least one percentage, and one number of decimals for each")
    sizes = list(range(1, up_to + 1)) + ([n] if n is not None and n > up_to else [])
    asked = [(_units(p, d), 200 * 10**d) for p, d in zip(percentages, places, strict=True)]
    tied = [size for size in sizes if size % 8 == 0]  # half a printed unit falls on a count of no other size
    half_up = _joint(asked, sizes, _half_up, constraint)
    half_even = {k: v for k, v in half_up.items() if k % 8} | _joint(asked, tied, _half_even, constraint)
    return Record(
        feasible_n=list(half_up),
        numerators=half_up,
        n=n,
        possible=None if n is None else n in half_up,
        half_even_n=sorted(half_even),
        half_even_changes=sorted(half_even) != list(half_up),
    )


@lru_cache(maxsize=512)  # a draft prints the same whole percentages over and over
def possible_sizes(percentage: Fraction, decimals: int) -> frozenset[int]:
    """The group sizes up to UP_TO in which one percentage can occur, rounded half up."""
    units, scale = _units(percentage, decimals), 200 * 10**decimals
    low, high = max(0, 2 * units - 1), 2 * units + 1
    return frozenset(n for n in range(1, UP_TO + 1) if -(-low * n // scale) < min(n + 1, -(-high * n // scale)))


def sizes_of_group(
    printed: Sequence[tuple[Fraction, int]], n: int | None = None, constraint: str = "none"
) -> list[int]:
    """The group sizes up to UP_TO, and `n`, that allow all of some percentages with their decimals."""
    sizes = frozenset.intersection(*(possible_sizes(*p) for p in printed))
    if n is not None and n > UP_TO and all(half_up_numerators(*p, n) for p in printed):
        sizes |= {n}
    asked = [(_units(p, d), 200 * 10**d) for p, d in printed] if constraint != "none" else []
    return sorted(n for n in sizes if not asked or _together([_half_up(*a, n) for a in asked], n, constraint))


def _together(counts: list[range], n: int, constraint: str) -> bool:
    """Whether the counts of a group's parts can add to its size, or to no more."""
    least, most = sum(c[0] for c in counts), sum(c[-1] for c in counts)
    return constraint == "none" or (least <= n and (constraint == "exclusive" or most >= n))


def half_up_numerators(percentage: Fraction, decimals: int, n: int) -> range:
    """Counts of `n` that print as this percentage, halves rounded up."""
    return _half_up(_units(percentage, decimals), 200 * 10**decimals, n)


def half_even_numerators(percentage: Fraction, decimals: int, n: int) -> range:
    """Counts of `n` that print as this percentage, halves rounded to the even digit."""
    return _half_even(_units(percentage, decimals), 200 * 10**decimals, n)


def truncated_numerators(percentage: Fraction, decimals: int, n: int) -> range:
    """Counts of `n` that print as this percentage when its further decimals are cut off."""
    units, scale = _units(percentage, decimals), 100 * 10**decimals
    return range(-(-units * n // scale), min(n, -(-(units + 1) * n // scale) - 1) + 1)


def _units(percentage: Fraction, decimals: int) -> int:
    units = percentage * 10**decimals
    if units.denominator != 1:
        raise ValueError(f"{float(percentage)} has more than {decimals} decimals")
    return int(units)


def _half_up(units: int, scale: int, n: int) -> range:
    """k of n prints as `units` where 2 units - 1 <= k * scale / n < 2 units + 1."""
    low, high = (2 * units - 1) * n, (2 * units + 1) * n
    return range(max(0, -(-low // scale)), min(n, -(-high // scale) - 1) + 1)


def _half_even(units: int, scale: int, n: int) -> range:
    low, high = (2 * units - 1) * n, (2 * units + 1) * n
    if units % 2 == 0:
        return range(max(0, -(-low // scale)), min(n, high // scale) + 1)
    return range(max(0, low // scale + 1), min(n, -(-high // scale) - 1) + 1)


def _joint(asked, sizes, numerators, constraint: str) -> dict[int, list[list[int]]]:
    possible = {}
    for n in sizes:
        fits = [numerators(units, scale, n) for units, scale in asked]
        if all(fits) and _together(fits, n, constraint):
            possible[n] = [count_list(counts) for counts in fits]
    return possible


def count_list(counts: range) -> list[int]:
    """The counts of a range; of a long one its first and last."""
    return [counts[0], counts[-1]] if counts[-1] - counts[0] >= LONG else list(counts)


def _exact(value) -> Fraction:
    if isinstance(value, float):
        value = Decimal(repr(value))
    return Fraction(str(value).strip().rstrip("%").replace(",", "") if isinstance(value, str) else value)
