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
NEAR = (12, 60)  # numbers moved at first where only some candidates are asked for
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
        for ratio in ratios:
            for terms, ends in _as_rows(*ratio):
                row, fixed = inside(terms)
                rows.append(row)
                least.append(ends[0] - fixed)
                most.append(ends[1] - fixed)
        if self.capped:
            self.high = np.minimum(self.high, np.maximum(self.low, 0) + FURTHEST)
        self.rows, self.least, self.most = rows, np.array(least), np.array(most)
        self.values: list[set[int]] = [set() for _ in numbers]  # found possible so far
        self.touching: list[list[int]] = [[] for _ in numbers]  # rows of each number
        for r, row in enumerate(rows):
            for i in row:
                self.touching[i].append(r)
        self.base: np.ndarray | None = None  # one whole solution
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
        self.base = np.round(found.x)
        for values, value in zip(self.values, self.base.astype(int).tolist(), strict=True):
            values.add(value)
        return self.base

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
        signs = np.random.default_rng(1)
        for _ in range(8 if len(wanted) > 8 else 0):
            some = np.zeros(len(self.numbers))
            some[list(places.values())] = signs.choice([-1.0, 1.0], len(wanted))
            self.solve(some, self.low, np.minimum(self.high, self.low + 1000))
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
        for size in NEAR:
            if len(values) < enough:
                self._around(at, enough, size)
        cost = np.zeros(len(self.numbers))
        if len(values) < enough and min(values) > small:
            high = self.high.copy()
            high[at] = min(small, high[at])
            if high[at] < self.low[at] or self.solve(cost, self.low, high) is None:
                return values, min(values), max(values)
        for sign in (1.0, -1.0) if len(values) < enough else ():
            low, high = self.low.copy(), self.high.copy()
            low[at], high[at] = max(low[at], min(values) - enough), min(high[at], max(values) + enough)
            cost[at] = sign
            self.solve(cost, low, high)
        between = sorted(range(min(values), max(values) + 1), key=lambda v: (abs(v - min(values)), v))
        for value in between:
            if len(values) >= enough:
                break
            if value not in values:
                self._possible(at, value)
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

    def _around(self, at: int, enough: int, size: int) -> None:
        """Look for other values of one number by moving only the numbers nearest to it, all others as last found."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        chosen, base = {at: 0}, self.base
        for number in (queue := [at]):
            for other in (i for r in self.touching[number] for i in self.rows[r]):
                if other not in chosen and len(chosen) < size:
                    chosen[other] = len(chosen)
                    queue.append(other)
        rows = sorted({r for i in chosen for r in self.touching[i]})
        matrix, fixed = np.zeros((len(rows), len(chosen))), np.zeros(len(rows))
        for place, r in enumerate(rows):
            for i, c in self.rows[r].items():
                if i in chosen:
                    matrix[place, chosen[i]] = c
                else:
                    fixed[place] += c * base[i]
        ties = LinearConstraint(matrix, self.least[rows] - fixed, self.most[rows] - fixed)
        low, high = self.low[queue], self.high[queue]
        cost, start = np.zeros(len(queue)), int(base[at])
        asked = [(1.0, start - enough, start), (-1.0, start, start + enough)]
        asked += [(0.0, start + step, start + step) for step in (1, -1, 2, -2)]
        for sign, least, most in asked:
            if len(self.values[at]) >= enough:
                return
            cost[0], low[0], high[0] = sign, max(least, self.low[at]), min(most, self.high[at])
            if low[0] > high[0] or (not sign and least in self.values[at]):
                continue
            found = milp(cost, integrality=np.ones(len(queue)), bounds=Bounds(low, high), constraints=ties)
            if found.x is not None:
                for i, value in zip(queue, np.round(found.x).astype(int).tolist(), strict=True):
                    self.values[i].add(value)
