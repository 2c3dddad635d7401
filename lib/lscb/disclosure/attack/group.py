"""Whole-number programmes over one group of numbers that are tied together."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from .facts import NO_LIMIT

if TYPE_CHECKING:
    from .reckoning import Reckoning

FURTHEST = 2_000  # people in the largest group that is looked for behind a percentage without its counts
NODES = 2_000  # of one programme; where that is not enough nothing is concluded
ENOUGH = 12  # candidates counted at most; a cell with so many is far from found


def _as_rows(count: int, of: int, low: float, high: float):
    """What a printed share says of its two numbers, in whole coefficients where it is unrounded."""
    if low < high:
        return [({count: 1.0, of: -low}, (-1e-7, NO_LIMIT)), ({count: 1.0, of: -high}, (-NO_LIMIT, 1e-7))]
    exact = Fraction(low).limit_denominator(FURTHEST)
    if abs(float(exact) - low) > 1e-10:
        return []  # no share of so few: it says nothing here
    return [({count: float(exact.denominator), of: -float(exact.numerator)}, (0.0, 0.0))]


class Group:
    """One tied group: every whole-number solution found is kept, and says what is possible for all its numbers."""

    def __init__(self, reckoning: Reckoning, numbers, sums, ratios):
        self.numbers = numbers
        at = {n: i for i, n in enumerate(numbers)}
        self.low, self.high = reckoning.low[numbers].copy(), reckoning.high[numbers].copy()
        rows, least, most = [], [], []

        def inside(terms: dict[int, float]) -> tuple[dict[int, float], float]:
            """The terms of a sum that are unknown here, and what those that are known elsewhere come to."""
            row, fixed = {}, 0.0
            for i, c in terms.items():
                if i in at:
                    row[at[i]] = row.get(at[i], 0) + c
                else:
                    fixed += c * reckoning.low[i]
            return row, fixed

        for terms in sums:
            row, fixed = inside(terms)
            rows.append(row)
            least.append(-fixed)
            most.append(-fixed)
        self.capped = bool(ratios)  # a share alone bounds nothing, and any multiple of a group fits as well
        for count, of, low, high in ratios:
            for terms, ends in _as_rows(count, of, low, high):
                row, fixed = inside(terms)
                rows.append(row)
                least.append(ends[0] - fixed)
                most.append(ends[1] - fixed)
        if self.capped:
            self.high = np.minimum(self.high, np.maximum(self.low, 0) + FURTHEST)
        self.rows, self.least, self.most = rows, np.array(least), np.array(most)
        self.solutions: list[np.ndarray] = []
        self._matrix = None

    def _constraints(self):
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        if self._matrix is None:
            entries = [(r, i, c) for r, row in enumerate(self.rows) for i, c in row.items()]
            r, i, c = zip(*entries, strict=True)
            self._matrix = csr_array((np.array(c, float), (r, i)), shape=(len(self.rows), len(self.numbers)))
        return LinearConstraint(self._matrix, self.least, self.most)

    def solve(self, cost, low, high) -> np.ndarray | None:
        """The whole numbers within the ranges for which `cost` is least; None where there are none."""
        from scipy.optimize import Bounds, milp

        constraints = [self._constraints()]
        for top in (high, np.minimum(high, low + 10_000)):  # no limit: look for a large one
            for whole in (0, 1):  # where the continuous answer is whole it is the answer
                integral = np.full(len(cost), whole)
                bounds, options = Bounds(low, top), {"node_limit": NODES}
                found = milp(cost, integrality=integral, bounds=bounds, constraints=constraints, options=options)
                if found.x is None or np.abs(found.x - np.round(found.x)).max() < 1e-7:
                    break
            if found.status not in (3, 4):
                break
        if found.x is None:
            return None
        best = np.round(found.x)
        self.solutions.append(best)
        return best

    def reckon(self, wanted: list[int], enough: int, full: bool) -> dict:
        places = {n: self.numbers.index(n) for n in wanted}
        if not self.rows:
            return {n: self._free(p) for n, p in places.items()}
        every = np.zeros(len(self.numbers))
        every[list(places.values())] = 1.0
        if self.solve(every, self.low, self.high) is None:
            return {}  # contradicts itself: nothing can be concluded from it
        self.solve(-every, self.low, np.minimum(self.high, self.low + 1000))
        signs = np.random.default_rng(1)
        for _ in range(8 if len(wanted) > 8 else 0):
            some = np.zeros(len(self.numbers))
            some[list(places.values())] = signs.choice([-1.0, 1.0], len(wanted))
            self.solve(some, self.low, np.minimum(self.high, self.low + 1000))
        return {n: self._one(p, enough, full) for n, p in places.items()}

    def _free(self, at: int) -> tuple[set[int], float, float]:
        """A number that nothing is tied to: anything within its own range."""
        low, high = self.low[at], self.high[at]
        return set(range(int(low), int(min(high, low + ENOUGH - 1)) + 1)), low, high

    def _one(self, at: int, enough: int, full: bool) -> tuple[set[int], float, float]:
        values = {int(s[at]) for s in self.solutions}
        if not full:
            return self._enough(at, enough, values)
        least, most = self._end(at, 1.0, values), self._end(at, -1.0, values)
        values = {int(s[at]) for s in self.solutions if least <= s[at] <= most}
        top = most if np.isfinite(most) else least + 10 * enough
        for value in range(int(least), int(min(top, least + 10 * enough)) + 1):
            if len(values) >= enough:
                break
            if value not in values and self._possible(at, value):
                values.add(value)
        return values, least, most

    def _enough(self, at: int, enough: int, values: set[int]) -> tuple[set[int], float, float]:
        """Candidates until there are enough, nearest to those found first; the least and the most of those."""
        cost = np.zeros(len(self.numbers))
        for sign in (1.0, -1.0) if len(values) < enough else ():
            low, high = self.low.copy(), self.high.copy()
            low[at], high[at] = max(low[at], min(values) - enough), min(high[at], max(values) + enough)
            cost[at] = sign
            best = self.solve(cost, low, high)
            values |= set() if best is None else {int(best[at])}
        between = sorted(range(min(values), max(values) + 1), key=lambda v: (abs(v - min(values)), v))
        for value in between:
            if len(values) >= enough:
                break
            if value not in values and self._possible(at, value):
                values.add(value)
        if len(values) < enough:  # not contiguous: look as far as anything can be
            values |= {int(min(self._end(at, sign, values), max(values) + 1)) for sign in (1.0, -1.0)}
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

    def _possible(self, at: int, value: int) -> bool:
        low, high = self.low.copy(), self.high.copy()
        low[at] = high[at] = value
        return self.solve(np.zeros(len(low)), low, high) is not None
