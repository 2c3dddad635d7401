"""What is possible for the numbers of one group that are tied together, by whole-number programmes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from lscb.errors import UserError

from .group_programme import Programme, are_whole
from .printed_facts import NO_LIMIT

FURTHEST = 2_000  # people in the largest group that is looked for behind a percentage without its counts
WORK = 10**10  # asked of one group: its numbers ten times a programme, their square twenty times a whole one
ENOUGH = 12  # candidates counted at most; a cell with so many is far from found


def _as_rows(count: int, of: int, low: float, high: float, beyond: float):
    """What a printed share says of its two numbers, in whole coefficients where it is unrounded."""
    if low < high or beyond:
        slack = 1e-7 + beyond
        return [({count: 1.0, of: -low}, (-slack, NO_LIMIT)), ({count: 1.0, of: -high}, (-NO_LIMIT, slack))]
    exact = Fraction(low).limit_denominator(FURTHEST)
    if abs(float(exact) - low) > 1e-10:
        return []  # no share of so few: it says nothing here
    return [({count: float(exact.denominator), of: -float(exact.numerator)}, (0.0, 0.0))]


class Group:
    """One tied group: every whole-number solution found is kept, and says what is possible for all its numbers."""

    def __init__(self, low: np.ndarray, high: np.ndarray, numbers, sums, ratios):
        self.numbers = numbers
        at = {n: i for i, n in enumerate(numbers)}
        self.low, self.high = low[numbers].copy(), high[numbers].copy()
        rows, least, most = [], [], []

        def inside(terms: dict[int, float]) -> tuple[dict[int, float], float]:
            """The terms of a sum that are unknown here, and what those that are known elsewhere come to."""
            row: dict[int, float] = {}
            fixed = 0.0
            for i, c in terms.items():
                if i in at:
                    row[at[i]] = row.get(at[i], 0) + c
                else:
                    fixed += c * low[i]
            return row, fixed

        for terms in sums:
            row, fixed = inside(terms)
            rows.append(row)
            least.append(-fixed)
            most.append(-fixed)
        self.capped = bool(ratios)  # a share alone bounds nothing, and any multiple of a group fits as well
        for ratio in ratios:
            for terms, ends in _as_rows(*ratio):
                row, fixed = inside(terms)
                rows.append(row)
                least.append(ends[0] - fixed)
                most.append(ends[1] - fixed)
        if self.capped:
            self.high = np.minimum(self.high, np.maximum(self.low, 0) + FURTHEST)
        self.rows, self.work = rows, 0
        self.values: list[set[int]] = [set() for _ in numbers]  # found possible so far
        self.solutions: list[np.ndarray] = []  # every whole one
        self.programme = Programme(rows, np.array(least), np.array(most), len(numbers)) if rows else None

    def solve(self, cost, low, high) -> np.ndarray | None:
        """The whole numbers within the ranges for which `cost` is least; None where there are none."""
        programme = self.programme
        if programme is None:
            raise ValueError("a group without sums is solved by its ranges alone")
        self._count(10 * len(self.numbers))
        for top in (high, np.minimum(high, low + 10_000)):  # no limit: look for a large one
            numbers, bounded = programme.least(cost, low, top)
            if bounded:
                break
        if numbers is not None and not are_whole(numbers).all():  # else it is the answer
            self._count(20 * len(numbers) ** 2)
            numbers = programme.in_whole_numbers(cost, low, top, numbers)
        if numbers is None:
            return None
        numbers = np.round(numbers) + 0.0  # -0.0 is 0.0
        for i in range(len(numbers)) if not self.solutions else np.flatnonzero(numbers != self.solutions[-1]):
            self.values[i].add(int(numbers[i]))
        self.solutions.append(numbers)
        return numbers

    def _count(self, work: int) -> None:
        self.work += work
        if self.work > WORK:
            many = f"{len(self.numbers):,} figures that are not known hang together through their totals"
            raise UserError(f"{many}, too many to say what can be worked out of them: release fewer tables at once.")

    def reckon(self, wanted: list[int], enough: int, full: bool, small: int) -> dict:
        """Candidates of every number wanted; not `full`: until it has `enough`, or could be no `small` count."""
        places = {n: self.numbers.index(n) for n in wanted}
        if not self.rows:
            return {n: self._free(p) for n, p in places.items()}
        every = np.zeros(len(self.numbers))
        every[list(places.values())] = 1.0
        if self.solve(every, self.low, self.high) is None:
            return {}  # contradicts itself: nothing can be concluded from it
        self.solve(-every, self.low, np.minimum(self.high, self.low + 1000))
        signs, short, gain = np.random.default_rng(1), list(places.values()), len(places)
        while len(short) > 8 and gain > len(short) / 20:  # as long as many are found at once
            low, high, some = self.low.copy(), self.high.copy(), np.zeros(len(self.numbers))
            near = self.solutions[-1][short]
            low[short], high[short] = np.maximum(low[short], near - enough), np.minimum(high[short], near + enough)
            some[short] = signs.choice([-1.0, 1.0], len(short))
            gain = -sum(len(self.values[p]) for p in short)
            self.solve(some, low, high)
            gain += sum(len(self.values[p]) for p in short)
            short = [p for p in short if len(self.values[p]) < enough]
        return {n: self._one(p, enough, full, small) for n, p in places.items()}

    def _free(self, at: int) -> tuple[set[int], float, float]:
        """A number that nothing is tied to: anything within its own range."""
        low, high = self.low[at], self.high[at]
        return set(range(int(low), int(min(high, low + ENOUGH - 1)) + 1)), low, high

    def _one(self, at: int, enough: int, full: bool, small: int) -> tuple[set[int], float, float]:
        values = self.values[at]
        if not full:
            return self._enough(at, enough, values, small)
        least, most = self._end(at, 1.0, values), self._end(at, -1.0, values)
        top = most if np.isfinite(most) else least + 10 * enough
        for value in range(int(least), int(min(top, least + 10 * enough)) + 1):
            if len(values) >= enough:
                break
            if value not in values:
                self._possible(at, value)
        return values, least, most

    def _enough(self, at: int, enough: int, values: set[int], small: int) -> tuple[set[int], float, float]:
        """Candidates until there are enough, nearest to those found first; the least and the most of those."""
        cost = np.zeros(len(self.numbers))
        for cost[at] in (1.0, -1.0):
            if len(values) < enough:
                low, high = self.low.copy(), self.high.copy()
                low[at], high[at] = max(low[at], min(values) - enough), min(high[at], max(values) + enough)
                self.solve(cost, low, high)
        between = sorted(range(min(values), max(values) + 1), key=lambda v: (abs(v - min(values)), v))
        for value in between:
            if len(values) >= enough:
                break
            if value not in values:
                self._possible(at, value)
        if len(values) < enough and min(values) > small:
            high = self.high.copy()
            high[at] = min(small, high[at])
            if high[at] < self.low[at] or self.solve(0 * cost, self.low, high) is None:
                return values, min(values), max(values)
        for sign in (1.0, -1.0) if len(values) < enough else ():
            self._end(at, sign, values)  # not contiguous: look as far as anything can be
        return values, min(values), max(values)

    def _end(self, at: int, sign: float, values: set[int]) -> float:
        """The least (sign 1) or most (sign -1) that a number can be."""
        limit = self.low[at] if sign > 0 else self.high[at]
        if limit in values:
            return limit
        cost = np.zeros(len(self.numbers))
        cost[at] = sign
        best = self.solve(cost, self.low, self.high)
        if best is None:  # the solver gave up: nothing better than what is known
            return limit
        value = best[at]
        if self.capped and sign < 0 and value >= self.low[at] + FURTHEST / 2:
            return NO_LIMIT
        return NO_LIMIT if sign < 0 and value >= self.low[at] + 5_000 and not np.isfinite(self.high[at]) else value

    def _possible(self, at: int, value: int) -> None:
        low, high = self.low.copy(), self.high.copy()
        low[at] = high[at] = value
        self.solve(np.zeros(len(low)), low, high)
