"""Drawing by chance, the same on every machine and in every Python."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random

# Ethnic groups of the city's residents, about as in the 2011 Census (shares in per cent, rounded).
ETHNICITY = {"white_british": 76, "white_other": 8, "asian": 8, "black": 3, "mixed": 3, "other": 1, "not known": 1}


class Draw:
    """A stream of chance. Each subject has its own, so that changing one return leaves the others as they were.

    Only `Random.random` is called: Python promises its stream for a seed, and promises it for nothing else.
    """

    def __init__(self, seed: int, subject: str):
        self._random = Random(f"{seed} {subject}").random

    def fraction(self) -> float:
        """A number from 0 to just under 1."""
        return self._random()

    def chance(self, share: float) -> bool:
        return self._random() < share

    def below(self, n: int) -> int:
        """A whole number from 0 to n-1."""
        return int(self._random() * n)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def one(self, items: Sequence):
        return items[self.below(len(items))]

    def pick(self, weights: Mapping):
        """One of the keys, as likely as its weight."""
        totals = list(accumulate(weights.values()))
        return list(weights)[min(bisect(totals, self._random() * totals[-1]), len(totals) - 1)]

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.below((last - first).days + 1))

    def some(self, n: int, of: int) -> set[int]:
        """`n` different whole numbers from 0 to of-1."""
        order = list(range(of))
        for i in range(n):
            j = i + self.below(of - i)
            order[i], order[j] = order[j], order[i]
        return set(order[:n])


def months_later(day: date, months: int) -> date:
    """The corresponding date `months` later (or earlier); the month's last day where there is none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
