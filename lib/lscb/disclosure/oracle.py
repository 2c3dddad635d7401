"""Is a pattern safe for a reader? If not, what must be hidden as well: cuts that no safe pattern breaks."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from .milp import highest, whole_numbers
from .problem import FAR, Part, Reader

SMALL = 1e-7
MANY, TRIES = 8, 8


class Oracle:
    """What one reader can work out in one part of the problem, for any pattern of hidden cells.

    Other tables that fit everything (`others`, as distances from the true one) are kept: most patterns are shown safe
    by tables found for an earlier one.
    """

    def __init__(self, part: Part, reader: Reader):
        self.part, self.reader = part, reader
        self.targets = dict(reader.targets)
        self.others = np.zeros((0, len(part.base)))
        self.need_unshown = np.zeros((0, len(part.base)), bool)
        self.need_gone = np.zeros((0, len(part.base)), bool)
        self.incidence = csr_array(part.sums != 0).astype(float)
        self.columns = csr_array(part.sums.T)  # for products with prices, of which most are nothing
        self.always_unshown = np.array([not need for need in reader.exact])
        self.always_gone = np.array([not need for need in reader.any])
        if part.base.any():
            self.remember(part.base)  # nothing at all, or all of it twice: fits where nothing is shown

    # -- what is known to be possible --

    def remember(self, other: np.ndarray) -> None:
        """Keep another possible table, with its mirror image and its smallest whole fraction where they fit."""
        other = np.round(other)
        step = np.gcd.reduce(np.abs(other[other != 0]).astype(np.int64)) if other.any() else 0
        kept = [other] if step <= 1 else [other, other / step]
        for each in [k for y in kept for k in (y, -y)]:
            hidden, rounded = self.reader.hidden, self.reader.rounded
            if (each >= hidden[:, 0]).all() and (each <= hidden[:, 1]).all():
                self.others = np.vstack([self.others, each])
                self.need_unshown = np.vstack([self.need_unshown, each != 0])
                outside = (each < rounded[:, 0]) | (each > rounded[:, 1])
                self.need_gone = np.vstack([self.need_gone, outside])

    def values(self, unshown: np.ndarray, gone: np.ndarray) -> np.ndarray:
        """The other tables kept that fit this pattern."""
        breaks = (self.need_unshown @ ~unshown) | (self.need_gone @ ~gone)
        return self.others[~breaks]

    def candidates(self, target: int, fitting: np.ndarray) -> set[int]:
        """Distances from the true number that are known to be possible for a target."""
        low, high = (-FAR, FAR)
        if self.reader.profile.inside:
            low, high = self.reader.span(target, self.part.base[target])
        return {0} | {int(y) for y in np.unique(fitting[:, target]) if low <= y <= high}

    # -- safe or not --

    def unsafe(self, unshown: np.ndarray, gone: np.ndarray, first: bool = False) -> list[tuple[int, list]]:
        """Targets with too few candidates, each with the prices that prove it (none where only whole numbers do)."""
        fitting = self.values(unshown, gone)
        ranges = self.reader.ranges(unshown, gone)
        held = {t: self.candidates(t, fitting) for t in self.targets}
        doubtful = [t for t, k in self.targets.items() if len(held[t]) < k]
        if not doubtful:
            return []
        groups = self._groups(ranges)
        if len(doubtful) > MANY:
            self._scatter(doubtful, ranges, groups)
        found = []
        for target in doubtful:
            if len(self.candidates(target, self.values(unshown, gone))) >= self.targets[target]:
                continue
            prices = self._check(target, ranges, groups, unshown, gone)
            if prices is not None:
                found.append((target, prices))
                if first:
                    break
        return found

    def _scatter(self, doubtful: list[int], ranges: np.ndarray, groups: np.ndarray) -> None:
        """Find tables that move many targets at once, some up and some down: cheaper than one target at a time."""
        signs = np.random.default_rng(0)
        for group in np.unique(groups[doubtful]):
            some = [t for t in doubtful if groups[t] == group]
            if group < 0 or len(some) <= MANY:
                continue
            near, _, sums, limits = self._local(some[0], ranges, groups)
            places = np.searchsorted(near, some)
            for place, target in zip(places, some, strict=True):
                low, high = self.reader.span(target, self.part.base[target])
                limits[place] = max(limits[place, 0], low), min(limits[place, 1], high)
            for _ in range(TRIES):
                cost = np.zeros(len(near))
                cost[places] = signs.choice([-1.0, 1.0], len(some))
                best, _ = highest(cost, sums, *limits.T)
                if best is not None and np.abs(best - np.round(best)).max() < SMALL:
                    self._found(near, np.round(best))

    def _groups(self, ranges: np.ndarray) -> np.ndarray:
        """For each number that may vary, which numbers vary with it; -1 for those that are fixed."""
        loose = ranges[:, 1] > ranges[:, 0]
        tied = self.incidence[:, loose]
        labels = np.full(len(loose), -1)
        if loose.any():
            labels[loose] = connected_components(tied.T @ tied, directed=False)[1]
        return labels

    def _local(self, target: int, ranges: np.ndarray, groups: np.ndarray):
        """The sums and ranges of the numbers that vary with a target."""
        near = np.flatnonzero(groups == groups[target]) if groups[target] >= 0 else np.array([target])
        sums = np.flatnonzero((self.part.sums[:, near] != 0).any(axis=1))
        return near, sums, self.part.sums[np.ix_(sums, near)], ranges[near].astype(float).copy()

    def _check(self, target, ranges, groups, unshown, gone) -> list | None:
        """None where the target is safe, else the prices of the two programmes that bound it (or an empty list)."""
        near, rows, sums, limits = self._local(target, ranges, groups)
        at = int(np.flatnonzero(near == target)[0])
        low, high = self.reader.span(target, self.part.base[target])
        limits[at] = max(limits[at, 0], low), min(limits[at, 1], high)
        prices, reach = [], 0.0
        for sign in (1.0, -1.0):
            cost = np.zeros(len(near))
            cost[at] = sign
            if len(rows):
                best, price = highest(cost, sums, *limits.T)
            else:
                best, price = np.zeros(len(near)), np.zeros(0)
                best[at] = limits[at, 1] if sign > 0 else limits[at, 0]
            full = np.zeros(len(self.part.sums))
            full[rows] = price
            prices.append(full)
            reach += abs(best[at])
            if np.abs(best - np.round(best)).max() < SMALL:
                self._found(near, best)
        if reach < self.targets[target] - 1 - 1e-6:
            return prices if self._matters(target, near, at, sums, ranges) else None
        held = self.candidates(target, self.values(unshown, gone))
        held |= self._whole(target, held, near, at, sums, limits)
        if len(held) >= self.targets[target] or not self._matters(target, near, at, sums, ranges):
            return None
        return []

    def _found(self, near, best) -> None:
        other = np.zeros(len(self.part.base))
        other[near] = np.round(best)
        if other.any():
            self.remember(other)

    def _whole(self, target, held: set, near, at, sums, limits) -> set[int]:
        """More candidates, each a whole table found, until there are enough or no more."""
        held = set(held)
        for value in sorted(range(int(limits[at, 0]), int(limits[at, 1]) + 1), key=lambda v: (abs(v), v)):
            if len(held) >= self.targets[target]:
                break
            if value in held:
                continue
            fixed = limits.copy()
            fixed[at] = value
            cost = np.zeros(len(near))
            best = whole_numbers(cost, sums, fixed[:, 0], fixed[:, 1])
            if best is not None:
                held.add(value)
                self._found(near, best)
        return held

    def _matters(self, target, near, at, sums, ranges) -> bool:
        """Whether a target of unknown value may be a small count; one that cannot is no longer a target."""
        if target not in self.reader.unsure:
            return True
        limits = ranges[near].astype(float).copy()
        base = self.part.base[target]
        limits[at] = max(limits[at, 0], 1 - base), min(limits[at, 1], self.reader.profile.threshold - base)
        possible = limits[at, 0] <= limits[at, 1]
        if possible and whole_numbers(np.zeros(len(near)), sums, *limits.T) is not None:
            return True
        del self.targets[target]
        return False

    # -- what else must be hidden --

    def cut(self, target: int, prices: list) -> tuple[np.ndarray, np.ndarray, float] | None:
        """(per number not shown as counted, per number not shown at all, least): a sum every safe pattern reaches.

        However the sums are combined, a number can move no further than what is hidden lets it: the bound of linear
        programming duality, for up and for down together. Prices are brought to simple fractions, for which the
        bound is exact; any prices give a true bound.
        """
        unshown, gone, least = np.zeros(len(self.part.base)), np.zeros(len(self.part.base)), 0.0
        least = self.targets[target] - 1.0
        low, high = self.reader.span(target, self.part.base[target])
        for sign, price in zip((1.0, -1.0), prices, strict=True):
            slope = -(self.columns @ (np.round(price * 12) / 12)) if len(price) else np.zeros(len(unshown))
            slope[target] += sign
            slope[np.abs(slope) < SMALL] = 0
            window, full = _most(slope, self.reader.rounded), _most(slope, self.reader.hidden)
            own = max(slope[target] * max(low, self.reader.hidden[target, 0]), slope[target] * min(high, FAR))
            window[target] = full[target] = 0
            least -= max(own, 0.0)
            unshown += window
            gone += full - window
        least -= unshown[self.always_unshown].sum() + gone[self.always_gone].sum()
        unshown[self.always_unshown], gone[self.always_gone] = 0, 0
        if least <= SMALL:
            return None
        return np.minimum(unshown, least), np.minimum(gone, least), least


def _most(slope: np.ndarray, ranges: np.ndarray) -> np.ndarray:
    """The most that slope x distance can be within each range."""
    return np.maximum(np.maximum(slope * ranges[:, 0], slope * ranges[:, 1]), 0.0)
