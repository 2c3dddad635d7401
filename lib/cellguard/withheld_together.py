"""What the reasons of one pack say: of the figures that are withheld together at least one is small, but not which.

Withheld together are the figures that hang together through sums of numbers which the pack's audience does not know
exactly: none of them was needed to protect a figure beyond. What an earlier pack withheld is among them: a later one
may withhold large figures alone, for its sake. Protection and attack each find for themselves what was printed, and
take this from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple


class Claim(NamedTuple):
    """One of these numbers is from 1 to `top`."""

    numbers: frozenset[int]
    top: int


def claims_of(
    tops: dict[int, int],
    earlier: Collection[int],
    sums: Iterable[Iterable[int]],
    exact: Collection[int],
    unprinted: set[int],
) -> Iterator[Claim]:
    """What a pack's reasons say.

    tops : the numbers that it withholds, each up to which count its reason calls small
    earlier : the numbers that packs before it withheld
    sums : the numbers of each sum that its reader could write down; of these he knows some exactly, and some no table
        prints
    """
    ties = _ties([{i for i in terms if i not in exact} for terms in sums], unprinted)
    for group in _together(ties):
        withheld = group & tops.keys()
        if len(group) > 1 and withheld:
            yield Claim(frozenset(withheld | group & unprinted.union(earlier)), max(tops[i] for i in withheld))


def _ties(sums: list[set[int]], unprinted: set[int]) -> list[set[int]]:
    """Numbers that may give each other away: those of one sum, but for sums of several that no table prints. Of these
    only two together, with the same ones, give anything away."""
    ties = []
    sharing: dict[frozenset[int], list[set[int]]] = defaultdict(list)
    for numbers in sums:
        free = sorted(numbers & unprinted)
        if len(free) < 2:
            ties.append(numbers)
        for some in (combinations(free, 2) if len(free) < 5 else [free]) if len(free) > 1 else ():
            sharing[frozenset(some)].append(numbers - unprinted)
    return ties + [set().union(*several) for several in sharing.values() if len(several) > 1]


def _together(sums: list[set[int]]) -> list[set[int]]:
    """The numbers that hang together through sums."""
    group_of: dict[int, set[int]] = {}
    for numbers in sums:
        groups = {id(group_of[i]): group_of[i] for i in numbers if i in group_of}
        together = max(groups.values(), key=len) if groups else set()
        for other in groups.values():
            if other is not together:
                together |= other
                group_of |= dict.fromkeys(other, together)
        together.update(numbers)
        group_of |= dict.fromkeys(numbers, together)
    return list({id(group): group for group in group_of.values()}.values())
