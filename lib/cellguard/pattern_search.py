"""The least loss that is safe: choose the cheapest pattern, ask each reader's safety check, add its cuts, choose again.

The cuts hold for every safe pattern, so the first cheapest pattern that is safe is the true minimum. Where a
part is too large to finish, what has been chosen is kept and the rest added greedily: safe, with a bound that says
how far from the least it can be.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from .highs_programmes import LARGE, Effort, choose
from .safety import SMALL, SafetyCheck, safety_checks
from .solver_parts import FAR, Part

ROUNDS = 400  # of choosing and cutting before the rest is added greedily
TIES = 0.9  # of one cell: what all sizes together weigh beside the number of cells


class Pattern(NamedTuple):
    """What is hidden, the cost and the bound below which no safe pattern's cost can be, and what could not be given.

    short : (reader, target) -> candidates that even hiding everything leaves
    """

    hidden: np.ndarray
    cost: float
    bound: float
    short: dict[tuple[int, int], int]


class Master:
    """The cheapest pattern under all cuts so far."""

    def __init__(self, part: Part, effort: Effort | None = None):
        self.part, self.effort = part, effort or Effort(len(part.base))
        self.size = len(part.cost)
        self.extra: dict[tuple[int, ...], int] = {}
        self.rows: list[dict[int, float]] = []
        self.least: list[float] = []
        for a, b in part.follows:
            self.add({b: 1.0, a: -1.0}, 0.0)
        scale = 1 + part.loss[part.loss > 0].sum()
        self.cost = part.cost + TIES * part.loss / scale
        self.low = part.must.astype(float)
        self.high = 1 - part.never.astype(float)

    def add(self, row: dict[int, float], least: float) -> None:
        self.rows.append(row)
        self.least.append(least)

    def variable(self, need: tuple[int, ...]) -> int:
        """The variable that is 1 only where every decision in `need` hides."""
        need = tuple(sorted(set(need)))
        if len(need) == 1:
            return need[0]
        if need not in self.extra:
            self.extra[need] = self.size + len(self.extra)
            for each in need:
                self.add({each: 1.0, self.extra[need]: -1.0}, 0.0)
        return self.extra[need]

    def decisions(self, variable: int) -> tuple[int, ...]:
        """The decisions that a variable stands for."""
        if variable < self.size:
            return (variable,)
        return next(need for need, v in self.extra.items() if v == variable)

    def choose(self, gap: float):
        """(hidden, bound) of the cheapest pattern; (None, inf) where no pattern fits every cut."""
        width = self.size + len(self.extra)
        if not width:
            return np.zeros(0, bool), 0.0  # nothing can be decided any more: what is known is known
        self.effort.add(1_000 * self.size)
        entries = [(r, v, c) for r, row in enumerate(self.rows) for v, c in row.items()]
        r, v, c = zip(*entries, strict=True) if entries else ((), (), ())
        rows = csr_array((c, (r, v)), shape=(len(self.rows), width))
        more = len(self.extra)
        cost = np.concatenate([self.cost, np.zeros(more)])
        low, high = np.concatenate([self.low, np.zeros(more)]), np.concatenate([self.high, np.ones(more)])
        return choose(cost * 100, rows, np.array(self.least), low, high, self.size, gap)


def solve(part: Part) -> Pattern:
    """The safe pattern of least loss for one part, or a safe one with its bound."""
    effort = Effort(len(part.base))
    asked, master = safety_checks(part, effort), Master(part, effort)
    short: dict[tuple[int, int], int] = {}
    for r, check in enumerate(asked):
        short |= {(r, t): k for t, k in _aim(part, check, master, dict(check.targets)).items()}
    # Within a gap it is hidden values that decide which of many patterns is found, and other cases with the same
    # protected tables would get another one: the parts of quarters are below LARGE.
    gaps = [0.05, 0.0] if master.size <= LARGE else [0.05, 0.01]  # rough choices find most cuts as well
    bound, gap = 0.0, gaps.pop(0)
    for _ in range(ROUNDS):
        hidden, reached = master.choose(gap)
        if hidden is None:
            raise RuntimeError("no pattern fits the cuts: a cut was wrong")
        bound = max(bound, reached / 100)
        if not _deepen(part, asked, master, hidden) and not _wake(part, asked, master, hidden, short):
            if not gaps:
                return _result(part, master, hidden, bound, short)
            gap = gaps.pop(0)
    return _result(part, master, greedy(part, asked, master, hidden, short), bound, short)


def is_safe(part: Part, pattern: Pattern) -> bool:
    """Whether a pattern keeps the promise to every reader, but where it says that even hiding everything cannot."""
    if (part.must & ~pattern.hidden).any() or (part.never & pattern.hidden).any():
        return False
    if any(pattern.hidden[a] and not pattern.hidden[b] for a, b in part.follows):
        return False
    for r, check in enumerate(safety_checks(part)):
        asked = {t: pattern.short.get((r, t), k) for t, k in (check.targets | check.watched).items()}
        if check.unsafe(*check.levels(pattern.hidden), first=True, among=asked):
            return False
    return True


def _aim(part: Part, check: SafetyCheck, master: Master, targets: dict[int, int]) -> dict[int, int]:
    """Ask for the protection of targets: as many candidates as hiding everything gives; return those that fall short.

    The first cuts are what each sum alone asks of the cells beside a target.
    """
    short = {}
    levels = check.levels(~part.never)
    for target, _ in check.unsafe(*levels, among=targets):
        while targets[target] > 1 and check.unsafe(*levels, among={target: targets[target]}):
            targets[target] -= 1
        short[target] = targets[target]
    check.targets |= targets
    zero, sums = np.zeros(part.sums.shape[0]), check.by_number
    for target in targets:
        span = slice(sums.indptr[target], sums.indptr[target + 1])
        for row, sign in zip(sums.indices[span], sums.data[span], strict=True):
            price = zero.copy()
            price[row] = 1 / sign
            for prices in ([price, -price], [price, zero], [zero, -price]):
                if cut := _cut(check, target, prices):
                    _add(master, check, cut)
    return short


def _wake(part: Part, checks, master: Master, hidden: np.ndarray, short: dict) -> bool:
    """Make targets of the watched numbers that this pattern gives away; whether there were any."""
    woken = False
    for r, check in enumerate(checks):
        for target, _ in check.unsafe(*check.levels(hidden), among=check.watched):
            asked = {target: check.watched.pop(target)}
            short |= {(r, t): k for t, k in _aim(part, check, master, asked).items()}
            woken = True
    return woken


def _cut(check: SafetyCheck, target: int, prices: list) -> tuple[np.ndarray, np.ndarray, float] | None:
    """(per number not shown as counted, per number not shown at all, least): a sum every safe pattern reaches.

    However the sums are combined, a number can move no further than what is hidden lets it: the bound of linear
    programming duality, for up and for down together. Prices are brought to simple fractions, for which the
    bound is exact; any prices give a true bound.
    """
    unshown, gone = np.zeros(len(check.part.base)), np.zeros(len(check.part.base))
    least = check.targets[target] - 1.0
    low, high = check.reader.span(target, check.part.base[target])
    for sign, price in zip((1.0, -1.0), prices, strict=True):
        places, slope = _slope(check.part, target, sign, price)
        window, full = _most(slope, check.reader.rounded[places]), _most(slope, check.reader.hidden[places])
        at_target = slope[places == target]
        least -= max(0.0, *(at_target * max(low, check.reader.hidden[target, 0])), *(at_target * min(high, FAR)))
        window[places == target] = full[places == target] = 0
        unshown[places] += window
        gone[places] += full - window
    least -= unshown[check.always_unshown].sum() + gone[check.always_gone].sum()
    unshown[check.always_unshown], gone[check.always_gone] = 0, 0
    if least <= SMALL:
        return None
    return np.minimum(unshown, least), np.minimum(gone, least), least


def _slope(part: Part, target: int, sign: float, price: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers that a combination of sums leaves beside sign x target, and how often each."""
    price = np.round(price * 12) / 12
    used, sums = np.flatnonzero(price), part.sums
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


def _add(master: Master, check: SafetyCheck, cut) -> dict[int, float]:
    unshown, gone, least = cut
    row: dict[int, float] = {}
    for coefficients, needs in ((unshown, check.reader.exact), (gone, check.reader.any)):
        for number in np.flatnonzero(coefficients):
            v = master.variable(needs[number])
            row[v] = row.get(v, 0.0) + coefficients[number]
    row = {v: min(c, least) for v, c in row.items()}
    master.add(row, least)
    return row


def _deepen(part: Part, checks, master: Master, hidden: np.ndarray) -> bool:
    """Cuts for a pattern, then for the same pattern with all their cells hidden too, until nothing more is asked.

    Cuts that have no cell in common raise the bound together: fewer choices are needed. False for a safe pattern.
    """
    trial, asked = hidden.copy(), _separate(part, checks, master, hidden)
    broken = bool(asked)
    while asked:
        before = trial.copy()
        for row in asked:
            trial[[d for v in row for d in master.decisions(v)]] = True
        trial &= ~part.never
        if (trial == before).all():
            break
        asked = _separate(part, checks, master, trial)
    return broken


def _separate(part: Part, checks, master: Master, hidden: np.ndarray) -> list[dict[int, float]]:
    """Add a cut for every target that the pattern does not protect; none where it protects all."""
    added = []
    for check in checks:
        unshown, gone = check.levels(hidden)
        for target, prices in check.unsafe(unshown, gone):
            cut = _cut(check, target, prices) if prices else None
            if cut is None or cut[0] @ unshown + cut[1] @ gone >= cut[2] - 1e-6:
                added.append(_cover(part, check, target, hidden))
                master.add(added[-1], 1.0)
            else:
                added.append(_add(master, check, cut))
    return added


def _cover(part: Part, check: SafetyCheck, target: int, hidden: np.ndarray) -> dict[int, float]:
    """At least one more cell of those without which the target stays unsafe, however much else is hidden."""
    trial = hidden.copy()
    open_ones = [v for v in np.lexsort((part.loss, part.cost)) if not hidden[v] and not part.never[v]]

    def unsafe(pattern) -> bool:
        return bool(check.unsafe(*check.levels(pattern), among={target: check.targets[target]}))

    def grow(some: list[int]) -> None:
        nonlocal trial
        more = trial.copy()
        more[some] = True
        if unsafe(more):
            trial = more
        elif len(some) > 1:
            grow(some[: len(some) // 2])
            grow(some[len(some) // 2 :])

    if open_ones:
        grow(open_ones)
    return {v: 1.0 for v in open_ones if not trial[v]}


def greedy(part: Part, checks, master: Master, hidden: np.ndarray, short: dict) -> np.ndarray:
    """Keep what is hidden and go on until it is safe, then show again what need not be hidden."""
    while _separate(part, checks, master, hidden) or _wake(part, checks, master, hidden, short):
        master.low = np.maximum(master.low, hidden.astype(float))
        hidden, _ = master.choose(0.01)
    for v in np.lexsort((-part.loss, -part.cost)):
        if hidden[v] and not part.must[v]:
            trial = hidden.copy()
            trial[v] = False
            follows = any(b == v and trial[a] for a, b in part.follows)
            if not follows and not any(
                o.unsafe(*o.levels(trial), first=True, among=o.targets | o.watched) for o in checks
            ):
                hidden = trial
    return hidden


def _result(part: Part, master: Master, hidden: np.ndarray, bound: float, short) -> Pattern:
    return Pattern(hidden, float(master.cost[hidden].sum()), bound, short)
