"""Is a pattern safe for a reader? If not, what must be hidden as well: cuts that no safe pattern breaks."""

from __future__ import annotations

import numpy as np
from scipy.sparse import block_array, csc_array
from scipy.sparse.csgraph import connected_components

from .milp import highest, whole_numbers
from .problem import FAR, Part, Reader
from .settled import narrowed

SMALL = 1e-7
FEW, IDLE = 4, 3  # targets that are looked at one by one; tries in a row without a new candidate


class Oracle:
    """What one reader can work out in one part of the problem, for any pattern of hidden cells.

    Other tables that fit everything (`others`, as distances from the true one) are kept: most patterns are shown safe
    by tables found for an earlier one.
    """

    def __init__(self, part: Part, reader: Reader):
        self.part, self.reader = part, reader
        self.targets = {t: k for t, k in reader.targets.items() if t not in reader.unsure}
        self.watched = {t: k for t, k in reader.targets.items() if t in reader.unsure}  # targets once a pattern tells
        self.known: set[bytes] = set()
        self.kept = 0  # tables kept so far, in arrays that grow by doubling
        self.others = np.zeros((64, len(part.base)))
        self.breaks = np.zeros((64, 2 * len(part.base)), np.float32)  # numbers that must not be shown, then not at all
        self.ties = abs(part.sums).sign()
        self.by_number = csc_array(part.sums)
        self.blocks: dict[int, tuple] = {}
        self.pattern, self.fits = np.zeros(0, np.float32), np.zeros(0, bool)
        self.always_unshown = np.array([not need for need in reader.exact])
        self.always_gone = np.array([not need for need in reader.any])
        if part.base.any() and not (part.sums @ part.base).any():
            self.remember(part.base)  # nothing at all, or all of it twice: fits where nothing is shown

    # -- what is known to be possible --

    def remember(self, other: np.ndarray) -> None:
        """Keep another possible table, with its mirror image and its smallest whole fraction where they fit."""
        other = np.round(other)
        step = np.gcd.reduce(np.abs(other[other != 0]).astype(np.int64)) if other.any() else 0
        kept = [other] if step <= 1 else [other, other / step]
        for each in [k for y in kept for k in (y, -y)]:
            hidden, rounded = self.reader.hidden, self.reader.rounded
            if (each >= hidden[:, 0]).all() and (each <= hidden[:, 1]).all() and each.tobytes() not in self.known:
                self.known.add(each.tobytes())
                if self.kept == len(self.others):
                    self.others = np.vstack([self.others, np.zeros_like(self.others)])
                    self.breaks = np.vstack([self.breaks, np.zeros_like(self.breaks)])
                outside = (each < rounded[:, 0]) | (each > rounded[:, 1])
                self.others[self.kept] = each
                self.breaks[self.kept] = np.concatenate([each != 0, outside])
                self.kept += 1

    def look(self, unshown: np.ndarray, gone: np.ndarray) -> None:
        """Which of the tables kept fit this pattern; from here on `candidates` speaks of it."""
        pattern = (~np.concatenate([unshown, gone])).astype(np.float32)
        if not np.array_equal(pattern, self.pattern):
            self.pattern, self.fits = pattern, np.zeros(0, bool)

    def candidates(self, target: int) -> set[int]:
        """Distances from the true number that are known to be possible for a target."""
        if len(self.fits) < self.kept:
            more = self.breaks[len(self.fits) : self.kept] @ self.pattern == 0
            self.fits = np.concatenate([self.fits, more])
        low, high = (-FAR, FAR)
        if self.reader.profile.inside:
            low, high = self.reader.span(target, self.part.base[target])
        return {0} | {int(y) for y in set(self.others[: self.kept, target][self.fits].tolist()) if low <= y <= high}

    # -- safe or not --

    def unsafe(self, unshown: np.ndarray, gone: np.ndarray, first=False, among=None) -> list[tuple[int, list]]:
        """Targets with too few candidates, each with the prices that prove it (none where only whole numbers do).

        first : stop at one; among : {target: candidates asked for}, all targets where not said
        """
        asked = self.targets if among is None else among
        self.look(unshown, gone)
        doubtful = [t for t, k in asked.items() if k > 1 and len(self.candidates(t)) < k]
        if not doubtful:
            return []
        ranges = self.reader.ranges(unshown, gone)
        groups = self._groups(ranges)
        doubtful = self._possibly_small(doubtful, ranges)
        if len(doubtful) > FEW:
            self._scatter(asked, doubtful, ranges, groups)
        found = []
        for target in doubtful:
            if len(self.candidates(target)) >= asked[target]:
                continue
            prices = self._check(target, asked[target], ranges, groups)
            if prices is not None:
                found.append((target, prices))
                if first:
                    break
        return found

    def _possibly_small(self, doubtful: list[int], ranges: np.ndarray) -> list[int]:
        """Without the targets of unknown value that even the sums one by one show not to be small."""
        unsure, top = self.reader.unsure, self.reader.profile.threshold
        if unsure.keys().isdisjoint(doubtful):
            return doubtful
        low, high = self.part.base + narrowed(self.part.sums, ranges).T
        return [t for t in doubtful if t not in unsure or (low[t] <= top and high[t] >= unsure[t])]

    def _scatter(self, asked: dict, doubtful: list[int], ranges: np.ndarray, groups: np.ndarray) -> None:
        """Find tables that move many targets at once, some up and some down: cheaper than one target at a time."""
        signs = np.random.default_rng(0)
        for group in np.unique(groups[doubtful]):
            some = [t for t in doubtful if groups[t] == group]
            if group < 0 or len(some) <= FEW:
                continue
            near, _, sums, limits = self._local(some[0], ranges, groups)
            places = np.searchsorted(near, some)
            for place, target in zip(places, some, strict=True):
                low, high = self.reader.span(target, self.part.base[target])
                limits[place] = max(limits[place, 0], low), min(limits[place, 1], high)
            idle = 0
            while len(some) > FEW and idle < IDLE:
                cost = np.zeros(len(near))
                cost[np.searchsorted(near, some)] = signs.choice([-1.0, 1.0], len(some))
                best, _ = highest(cost, sums, *limits.T)
                if best is not None and np.abs(best - np.round(best)).max() < SMALL:
                    self._found(near, np.round(best))
                before = len(some)
                some = [t for t in some if len(self.candidates(t)) < asked[t]]
                idle = idle + 1 if len(some) == before else 0

    def _groups(self, ranges: np.ndarray) -> np.ndarray:
        """For each number that may vary, which numbers vary with it; -1 for those that are fixed."""
        loose = ranges[:, 1] > ranges[:, 0]
        labels = np.full(len(loose), -1)
        self.blocks = {}
        if loose.any():
            tied = self.ties[:, np.flatnonzero(loose)]
            both = block_array([[None, tied], [tied.T, None]])
            labels[loose] = connected_components(both, directed=False)[1][tied.shape[0] :]
        return labels

    def _local(self, target: int, ranges: np.ndarray, groups: np.ndarray):
        """The sums and ranges of the numbers that vary with a target."""
        name = int(groups[target]) if groups[target] >= 0 else -1 - target
        if name not in self.blocks:
            near = np.flatnonzero(groups == name) if name >= 0 else np.array([target])
            columns = self.by_number[:, near]
            sums = np.unique(columns.indices)
            self.blocks[name] = near, sums, csc_array(columns.tocsr()[sums])
        near, sums, terms = self.blocks[name]
        return near, sums, terms, ranges[near].astype(float)

    def _check(self, target, asked: int, ranges, groups) -> list | None:
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
            full = np.zeros(self.part.sums.shape[0])
            full[rows] = price
            prices.append(full)
            reach += abs(best[at])
            if np.abs(best - np.round(best)).max() < SMALL:
                self._found(near, best)
                if len(self.candidates(target)) >= asked:
                    return None
        if reach < asked - 1 - 1e-6:
            return prices if self._matters(target, near, at, sums, ranges) else None
        held = self._whole(asked, self.candidates(target), near, at, sums, limits)
        if len(held) >= asked or not self._matters(target, near, at, sums, ranges):
            return None
        return []

    def _found(self, near, best) -> None:
        """Keep another table in the pieces that hang together: each alone fits as well, and more patterns."""
        other = np.zeros(len(self.part.base))
        other[near] = np.round(best)
        moved = np.flatnonzero(other)
        if len(moved):
            tied = self.ties[:, moved]
            tied = tied[np.flatnonzero(np.diff(tied.indptr))]
            both = block_array([[None, tied], [tied.T, None]]) if tied.shape[0] else csc_array((len(moved),) * 2)
            labels = connected_components(both, directed=False)[1][tied.shape[0] :]
            for label in np.unique(labels):
                piece = np.zeros(len(other))
                piece[moved[labels == label]] = other[moved[labels == label]]
                self.remember(piece)

    def _whole(self, asked: int, held: set, near, at, sums, limits) -> set[int]:
        """More candidates, each a whole table found, until there are enough or no more."""
        held = set(held)
        for value in sorted(range(int(limits[at, 0]), int(limits[at, 1]) + 1), key=lambda v: (abs(v), v)):
            if len(held) >= asked:
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
        """Whether a target of unknown value may be a small count in this pattern; one that cannot need not be safe."""
        top, base = self.reader.profile.threshold, self.part.base[target]
        least = self.reader.unsure.get(target)
        if least is None or any(least <= base + y <= top for y in self.candidates(target)):
            return True
        limits = ranges[near].astype(float).copy()
        limits[at] = max(limits[at, 0], least - base), min(limits[at, 1], top - base)
        if limits[at, 0] > limits[at, 1]:
            return False
        other = whole_numbers(np.zeros(len(near)), sums, *limits.T)
        if other is not None:
            self._found(near, other)
        return other is not None

    # -- what else must be hidden --

    def cut(self, target: int, prices: list) -> tuple[np.ndarray, np.ndarray, float] | None:
        """(per number not shown as counted, per number not shown at all, least): a sum every safe pattern reaches.

        However the sums are combined, a number can move no further than what is hidden lets it: the bound of linear
        programming duality, for up and for down together. Prices are brought to simple fractions, for which the
        bound is exact; any prices give a true bound.
        """
        unshown, gone = np.zeros(len(self.part.base)), np.zeros(len(self.part.base))
        least = self.targets[target] - 1.0
        low, high = self.reader.span(target, self.part.base[target])
        for sign, price in zip((1.0, -1.0), prices, strict=True):
            places, slope = self._slope(target, sign, price)
            window, full = _most(slope, self.reader.rounded[places]), _most(slope, self.reader.hidden[places])
            own = slope[places == target]
            least -= max(0.0, *(own * max(low, self.reader.hidden[target, 0])), *(own * min(high, FAR)))
            window[places == target] = full[places == target] = 0
            unshown[places] += window
            gone[places] += full - window
        least -= unshown[self.always_unshown].sum() + gone[self.always_gone].sum()
        unshown[self.always_unshown], gone[self.always_gone] = 0, 0
        if least <= SMALL:
            return None
        return np.minimum(unshown, least), np.minimum(gone, least), least

    def _slope(self, target: int, sign: float, price: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The numbers that a combination of sums leaves beside sign x target, and how often each."""
        price = np.round(price * 12) / 12
        used, sums = np.flatnonzero(price), self.part.sums
        spans = [slice(sums.indptr[row], sums.indptr[row + 1]) for row in used]
        places = np.concatenate([[target], *(sums.indices[span] for span in spans)]).astype(int)
        terms = [-price[row] * sums.data[span] for row, span in zip(used, spans, strict=True)]
        places, back = np.unique(places, return_inverse=True)
        slope = np.bincount(back, np.concatenate([[sign], *terms]))
        slope[np.abs(slope) < SMALL] = 0
        return places, slope


def _most(slope: np.ndarray, ranges: np.ndarray) -> np.ndarray:
    """The most that slope x distance can be within each range."""
    return np.maximum(np.maximum(slope * ranges[:, 0], slope * ranges[:, 1]), 0.0)
