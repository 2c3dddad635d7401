"""Is a pattern safe for a reader? If not, which numbers he finds, and the prices that prove it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csc_array

from .earlier_claims import OneOf
from .highs_programmes import Effort, Programme, whole_numbers
from .possible_tables import PossibleTables
from .range_narrowing import narrowed
from .solver_parts import Part

SMALL = 1e-7
FEW, IDLE = 4, 3  # targets that are looked at one by one; tries in a row without a new candidate


class Block(NamedTuple):
    """Numbers that vary together, their sums, and which of them earlier packs say are small."""

    near: np.ndarray
    sums: csc_array
    claims: list[OneOf]


def safety_checks(part: Part, effort: Effort | None = None) -> list[SafetyCheck]:
    """One for each reader. A table found for one is tried for all: partnership's reader knows what public's knows."""
    every = [PossibleTables(reader, part.base) for reader in part.readers]
    return [SafetyCheck(part, at, every, effort or Effort(len(part.base))) for at in range(len(every))]


class SafetyCheck:
    """What one reader can work out in one part of the problem, for any pattern of hidden cells."""

    def __init__(self, part: Part, at: int, every: list[PossibleTables], effort: Effort):
        self.part, self.tables, self.others, self.effort = part, every[at], every, effort
        self.reader = reader = part.readers[at]
        self.targets = {t: k for t, k in reader.targets.items() if t not in reader.unsure}
        self.watched = {t: k for t, k in reader.targets.items() if t in reader.unsure}  # targets once a pattern tells
        self.by_number = csc_array(part.sums)
        self.programme = Programme(self.by_number, effort)
        self.blocks: dict[int, Block] = {}
        self.tried: set[bytes] = set()
        self.needs = [_needs(reader.exact), _needs(reader.any)]
        self.always_unshown = np.array([not need for need in reader.exact])
        self.always_gone = np.array([not need for need in reader.any])
        if part.base.any() and not (part.sums @ part.base).any():
            some = np.flatnonzero(part.base)
            self._keep(some, part.base[some].astype(np.int64))  # nothing at all, or all of it twice

    def levels(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each number, where these decisions hide: is it not shown as counted; is it not shown at all."""
        size = len(self.part.base)
        unshown, gone = (np.bincount(number, ~hidden[need], size) == 0 for number, need in self.needs)
        return unshown, gone

    def candidates(self, target: int) -> set[int]:
        """Distances from the true number that are known to be possible for a target."""
        distances = self.tables.distances(target)
        if not self.reader.inside:
            return distances
        low, high = self.reader.span(target, self.part.base[target])
        return {y for y in distances if low <= y <= high}

    def unsafe(self, unshown: np.ndarray, gone: np.ndarray, first=False, among=None) -> list[tuple[int, list]]:
        """Targets with too few candidates, each with the prices that prove it (none where only whole numbers do).

        first : stop at one; among : {target: candidates asked for}, all targets where not said
        """
        asked = self.targets if among is None else among
        self.tables.look(unshown, gone)
        doubtful = [t for t, k in asked.items() if k > 1 and len(self.candidates(t)) < k]
        called_small = self._called_small(asked, gone)
        if not doubtful and not called_small:
            return []
        ranges = self.reader.ranges(unshown, gone)
        groups = self._groups(ranges)
        self.programme.limit(*ranges.T)
        doubtful = self._possibly_small(doubtful, ranges)
        if len(doubtful) > FEW:
            self._scatter(asked, doubtful, ranges, groups)
        exposed = []
        for target in doubtful:
            if len(self.candidates(target)) >= asked[target]:
                continue
            prices = self._check(target, asked[target], ranges, groups)
            if prices is not None:
                exposed.append((target, prices))
                if first:
                    return exposed
        for target in (t for t in called_small if t not in dict(exposed)):
            if not self._hides_among(target, asked[target], ranges, groups, gone):
                exposed.append((target, []))
                if first:
                    break
        return exposed

    def _called_small(self, asked: dict[int, int], gone: np.ndarray) -> list[int]:
        """The withheld targets of which fewer small candidates than asked for are known: were there enough, the reason
        would be true of each."""
        rule, base, unsure = self.reader.profile, self.part.base, self.reader.unsure
        if self.reader.inside or not 0 < rule.all_or_none <= rule.threshold:
            return []  # they are asked for anyway; or a share of more may be withheld, and the reason says nothing
        known = [t for t, k in asked.items() if k > 1 and gone[t] and t not in unsure]
        return [t for t in known if sum(1 <= base[t] + y <= rule.threshold for y in self.candidates(t)) < asked[t]]

    def _hides_among(self, target: int, asked: int, ranges: np.ndarray, groups: np.ndarray, gone: np.ndarray) -> bool:
        """Whether a target has enough candidates in tables where it, or another that hangs together with it and is not
        shown, is small."""
        base, top = self.part.base, self.reader.profile.threshold
        block = self._local(target, groups)
        low, high = np.maximum(ranges[:, 0], 1 - base), np.minimum(ranges[:, 1], top - base)
        some = block.near[(gone & (low <= high))[block.near]]
        some = some[~np.isin(some, list(self.reader.unsure))]
        small = (base[some] >= 1) & (base[some] <= top)
        values = self.tables.leaving(target, some[small])  # the reason is true of the true table too
        (least, most), some = self._span(target, ranges), some[np.lexsort((~small, some != target))]
        for one in some:
            if len(values) >= asked:
                break
            limits = ranges.copy()
            limits[one] = low[one], high[one]
            self.programme.limit(*limits.T)
            ends = limits[one] if one == target else (least, most)
            for value in sorted(set(range(int(ends[0]), int(ends[1]) + 1)) - values, key=abs):
                if len(values) < asked and self._possible(target, value, value, block, limits):
                    values.add(value)
        return len(values) >= asked

    def _possibly_small(self, doubtful: list[int], ranges: np.ndarray) -> list[int]:
        """Without the targets of unknown value that even the sums one by one show not to be small."""
        unsure, top = self.reader.unsure, self.reader.profile.threshold
        if len(doubtful) <= FEW or unsure.keys().isdisjoint(doubtful):
            return doubtful
        low, high = self.part.base + narrowed(self.part.sums, ranges).T
        return [t for t in doubtful if t not in unsure or (low[t] <= top and high[t] >= unsure[t])]

    def _scatter(self, asked: dict, doubtful: list[int], ranges: np.ndarray, groups: np.ndarray) -> None:
        """Find tables that move many targets at once, some up and some down: cheaper than one target at a time."""
        signs = np.random.default_rng(0)
        for group in np.unique(groups[doubtful]):
            some = [t for t in doubtful if groups[t] == group]
            # the truth we know, a distance of 0, fits all of them at once
            some = [t for t in some if np.prod(self.reader.span(t, self.part.base[t])) <= 0]
            if group < 0 or len(some) <= FEW:
                continue
            near = self._local(some[0], groups).near
            ends = np.array([self._span(t, ranges) for t in some])
            pushed, idle = np.array(some), 0
            while len(some) > FEW and idle < IDLE:
                inside = np.isin(pushed, some)
                cost = np.where(inside, signs.choice([-1.0, 1.0], len(pushed)), 0.0)
                best, _ = self.programme.highest(pushed, cost, *ends.T)
                self._collect(near, best)
                before = len(some)
                some = [t for t in some if len(self.candidates(t)) < asked[t]]
                idle = idle + 1 if len(some) == before else 0

    def _groups(self, ranges: np.ndarray) -> np.ndarray:
        """For each number that may vary, which numbers vary with it; -1 for those that are fixed."""
        loose = np.flatnonzero(ranges[:, 1] > ranges[:, 0])
        labels = np.full(len(ranges), -1)
        labels[loose] = self._tied(loose)
        self.blocks, self.widest = {}, ranges
        return labels

    def _tied(self, some: np.ndarray) -> np.ndarray:
        """For each of some numbers, which of them hang together through sums."""
        starts, ends = self.by_number.indptr[some], self.by_number.indptr[some + 1]
        before = np.concatenate([[0], np.cumsum(ends - starts)])
        terms = np.repeat(starts - before[:-1], ends - starts) + np.arange(before[-1])
        sums, number = self.by_number.indices[terms], np.repeat(np.arange(len(some)), ends - starts)
        labels, near = np.arange(len(some)), np.full(self.part.sums.shape[0], len(some))
        while True:  # each takes the first of those it shares a sum with, and the first of that one's
            np.minimum.at(near, sums, labels[number])
            first = labels.copy()
            np.minimum.at(first, number, near[sums])
            first = first[first]
            if (first == labels).all():
                return labels
            labels = first

    def _local(self, target: int, groups: np.ndarray) -> Block:
        """The numbers that vary with a target, and what is known of them together."""
        name = int(groups[target]) if groups[target] >= 0 else -1 - target
        if name not in self.blocks:
            near = np.flatnonzero(groups == name) if name >= 0 else np.array([target])
            columns = self.by_number[:, near]
            sums = csc_array(columns.tocsr()[np.unique(columns.indices)])
            self.blocks[name] = Block(near, sums, self.tables.claims.of(near, self.widest))
        return self.blocks[name]

    def _span(self, target: int, ranges: np.ndarray) -> tuple[float, float]:
        """The range of a target as far as it needs to be looked at."""
        low, high = self.reader.span(target, self.part.base[target])
        return max(ranges[target, 0], low), min(ranges[target, 1], high)

    def _check(self, target, asked: int, ranges, groups) -> list | None:
        """None where the target is safe, else the prices of the two programmes that bound it (or an empty list)."""
        block = self._local(target, groups)
        low, high = self._span(target, ranges)
        prices, reach = [], 0.0
        for sign in (1.0, -1.0):
            best, price = self.programme.highest([target], [sign], [low], [high])
            if best is None and low <= 0 <= high:
                raise RuntimeError("the true table fits no range: the part was put together wrongly")
            if best is None:
                return None  # of unknown value, and none that is small fits
            prices.append(price)
            reach += sign * best[target]
            self._collect(block.near, best)
            if len(self.candidates(target)) >= asked:
                return None
        if reach < asked - 1 - 1e-6:
            return prices if self._matters(target, block, ranges) else None
        values = self._more_candidates(target, asked, block, ranges)
        if len(values) >= asked or not self._matters(target, block, ranges):
            return None
        return []

    def _collect(self, near: np.ndarray, best: np.ndarray | None) -> bool:
        """Keep another table, if it is one of whole numbers, in the pieces that hang together: each alone fits as well,
        and more patterns."""
        if best is None or np.abs(best[near] - np.round(best[near])).max() >= SMALL:
            return False
        other = np.round(best[near]).astype(np.int64)
        moved = np.flatnonzero(other)
        labels = self._tied(near[moved])
        for label in np.unique(labels):
            piece = moved[labels == label]
            self._keep(near[piece], other[piece])
        return True

    def _keep(self, places: np.ndarray, moves: np.ndarray) -> None:
        name = places.tobytes() + moves.tobytes()
        if name not in self.tried:
            self.tried.add(name)
            for each in self.others:
                each.keep(places, moves)

    def _more_candidates(self, target: int, asked: int, block: Block, ranges) -> set[int]:
        """More candidates, each a whole table found, until there are enough or no more."""
        values = set(self.candidates(target))
        low, high = map(int, self._span(target, ranges))
        for value in sorted(range(low, high + 1), key=lambda v: (abs(v), v)):
            if len(values) >= asked:
                break
            if value not in values and self._possible(target, value, value, block, ranges):
                values.add(value)
        return values

    def _possible(self, target: int, low: float, high: float, block: Block, ranges) -> bool:
        """Whether there is a whole table with the target's distance between these two; it is kept."""
        near, sums, claims = block
        if claims and self._collect(near, self._as_said(target, low, high, block, ranges)):
            return True
        best, _ = self.programme.highest([target], [0.0], [low], [high])
        if best is None:
            return False
        if self._collect(near, best) and all(claim.holds(best[near]) for claim in claims):
            return True
        limits = ranges[near].astype(float)
        limits[near == target] = low, high
        self.effort.add(20 * len(near) ** 2)
        solution = whole_numbers(np.zeros(len(near)), sums, limits[:, 0], limits[:, 1], one_of=claims)
        if solution is not None:
            best[near] = solution
            self._collect(near, best)
        return solution is not None

    def _as_said(self, target: int, low: float, high: float, block: Block, ranges: np.ndarray) -> np.ndarray | None:
        """A table with the target's distance between these two in which one small number of each claim stays small."""
        ends = {target: (low, high)}
        for places, least, most in block.claims:
            small = np.flatnonzero((least <= 0) & (most >= 0))
            at = min(small, key=lambda i: block.near[places[i]] == target)
            name = int(block.near[places[at]])
            before = ends.get(name, ranges[name])
            ends[name] = max(before[0], least[at]), min(before[1], most[at])
        lows, highs = zip(*ends.values(), strict=True)
        fits = all(least <= most for least, most in ends.values())
        return self.programme.highest([*ends], np.zeros(len(ends)), lows, highs)[0] if fits else None

    def _matters(self, target, block: Block, ranges) -> bool:
        """Whether a target of unknown value may be a small count in this pattern; one that cannot need not be safe."""
        top, base = self.reader.profile.threshold, self.part.base[target]
        least = self.reader.unsure.get(target)
        if least is None or any(least <= base + y <= top for y in self.candidates(target)):
            return True
        low, high = max(ranges[target, 0], least - base), min(ranges[target, 1], top - base)
        return low <= high and self._possible(target, low, high, block, ranges)


def _needs(all_of: list[tuple[int, ...]]) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of a number and a decision that must hide it."""
    pairs = [(number, decision) for number, need in enumerate(all_of) for decision in need]
    numbers, decisions = np.array(pairs, int).reshape(-1, 2).T
    return numbers, decisions
