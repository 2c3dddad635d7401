"""What is possible beside the printed reasons: of the figures that are withheld together at least one is small, but not
which (see withheld_together)."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np

from ..withheld_together import Claim, claims_of
from .printed_facts import NO_LIMIT, Facts
from .tied_group import Group

NODES, ROUNDS = 2_000, 4  # of one programme; of looking for many values at once
BEYOND = 1e5  # stands for no limit where a number is one of several of which one must be small


def claims(facts: Facts, sums: list[dict[int, int]]) -> list[Claim]:
    """Everything that the reasons of all packs say."""
    reasons: dict[Claim, None] = {}
    spoken = {i: min(times) for i, times in facts.times.items()}
    first = spoken | {i: min(time, spoken.get(i, time)) for i, time in facts.began()}
    begun = [max((first[i] for i in s if i in first), default=0) for s in sums]  # when a sum's last number came
    withheld: dict[str, set[int]] = defaultdict(set)
    for (audience, time), tops in sorted(facts.reasoned.items(), key=lambda each: (each[0][1], str(each[0][0]))):
        exact = {i for i, since in facts.exact[audience].items() if since <= time and i not in tops} | facts.open
        there = [s for s, since in zip(sums, begun, strict=True) if since <= time]
        unprinted = {i for i in range(len(facts.low)) if spoken.get(i, NO_LIMIT) > time} - facts.open
        reasons |= dict.fromkeys(claims_of(tops, withheld[audience], there, exact, unprinted))
        withheld[audience] |= tops.keys()
    return list(reasons)


class Reasons:
    """The reasons' claims on one tied group, as places in it; those that hold anyway are left out."""

    def __init__(self, group: Group, some: list[Claim], low: np.ndarray, high: np.ndarray):
        self.group, self.stopped = group, False
        self.frames: list[tuple[np.ndarray, np.ndarray]] = []  # ranges in which every claim is true
        at = {n: i for i, n in enumerate(group.numbers)}
        self.claims: list[tuple[list[int], int]] = []
        for claim in some if group.programme is not None else ():
            inside = [at[i] for i in claim.numbers if i in at]
            others = [i for i in claim.numbers if i not in at]
            may = [i for i in others if low[i] <= claim.top and high[i] >= 1]  # small, or small in another group
            if inside and not may:
                self.claims.append((inside, claim.top))

    def values(self, wanted: list[int], enough: int) -> dict[int, set[int]]:
        """Different values, up to `enough`, that numbers can have in tables of which every claim is true."""
        values: dict[int, set[int]] = {at: set() for at in wanted}
        self._note(values, self.group.solutions)
        for seed in range(ROUNDS):
            if short := [at for at in wanted if len(values[at]) < enough]:
                self._move_many(short, values, enough, seed)
        for at in wanted:
            if len(values[at]) < enough:
                self._one_by_one(at, values, enough)
        return values

    def _note(self, values: dict[int, set[int]], tables: list[np.ndarray]) -> None:
        for table in tables:
            if self._hold(table):
                for at, some in values.items():
                    some.add(int(table[at]))

    def _move_many(self, short: list[int], values: dict[int, set[int]], enough: int, seed: int) -> None:
        """Tables near one of which every claim is true, with some numbers of the claims kept small throughout."""
        low, high, signs = self.group.low.copy(), self.group.high.copy(), np.random.default_rng(seed)
        table = self._table(short[seed % len(short)], (1.0, -1.0)[seed % 2])
        if table is None:
            return
        for places, top in self.claims:
            small = [place for place in places if 1 <= table[place] <= top]
            kept = small[int(signs.integers(len(small)))]
            low[kept], high[kept] = max(low[kept], 1), min(high[kept], top)
        self.frames.append((low, high))
        gain = len(short)
        while short and gain > len(short) / 20:
            least, most, some = low.copy(), high.copy(), np.zeros(len(low))
            least[short] = np.clip(table[short] - enough, low[short], high[short])
            most[short] = np.clip(table[short] + enough, low[short], high[short])
            some[short] = signs.choice([-1.0, 1.0], len(short))
            gain = -sum(len(values[at]) for at in short)
            moved = self.group.solve(some, least, most)
            self._note(values, [] if moved is None else [moved])
            gain += sum(len(values[at]) for at in short)
            short = [at for at in short if len(values[at]) < enough]

    def _one_by_one(self, at: int, values: dict[int, set[int]], enough: int) -> None:
        """What one number can be at least and at most, then between; first with the same numbers kept small."""
        for low, high in self.frames:
            cost = np.zeros(len(low))
            for cost[at] in (1.0, -1.0):
                if len(values[at]) < enough:
                    least, most = low.copy(), high.copy()
                    most[at] = min(most[at], least[at] + BEYOND)
                    moved = self.group.solve(cost, least, most)
                    self._note(values, [] if moved is None else [moved])
        for sign in (1.0, -1.0):
            if len(values[at]) < enough:
                self._note_table(values, self._table(at, sign), at, sign)
        for value in range(min(values[at], default=0) + 1, max(values[at], default=0)):
            if len(values[at]) >= enough:
                break
            if value not in values[at]:
                self._note_table(values, self._table(at, 0.0, value, value), at, 0.0)

    def _note_table(self, values: dict[int, set[int]], table: np.ndarray | None, at: int, sign: float) -> None:
        if table is not None:
            self._note(values, [table])
        elif self.stopped:  # nothing is concluded where a search ended without an answer: what is possible without
            values[at] |= self.group.values[at]

    def _hold(self, table: np.ndarray) -> bool:
        return all(((table[places] >= 1) & (table[places] <= top)).any() for places, top in self.claims)

    def _table(self, at: int, sign: float, least: float = -NO_LIMIT, most: float = NO_LIMIT) -> np.ndarray | None:
        """A table of which every claim is true, with one number least (sign 1) or most, between two ends.

        None where there is none, or where the search stopped (`stopped`). One choice for each number of a claim: where
        it is taken, the number is from 1 to the claim's top.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        low, high = (ends.copy() for ends in self._ends)
        low[at], high[at] = max(low[at], least), min(high[at], most)
        self.stopped = False
        if low[at] > high[at]:
            return None
        system, least_of, most_of = self._system
        width, choices = len(low), system.shape[1] - len(low)
        cost = np.zeros(width + choices)
        cost[at] = sign
        answer = milp(
            cost,
            integrality=np.ones(len(cost), int),
            bounds=Bounds(np.concatenate([low, np.zeros(choices)]), np.concatenate([high, np.ones(choices)])),
            constraints=LinearConstraint(system, least_of, most_of),
            options={"node_limit": NODES},
        )
        self.stopped = answer.x is None and answer.status != 2
        return None if answer.x is None else np.round(answer.x[:width])

    @cached_property
    def _ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The least and the most of every number."""
        return self.group.low, np.minimum(self.group.high, np.maximum(self.group.low, 0) + BEYOND)

    @cached_property
    def _system(self) -> tuple:
        """The group's sums, and the claims: rows over its numbers and, after them, one choice for each of a claim's."""
        from scipy.sparse import coo_array, csr_array, diags_array, hstack, vstack

        (low, high), programme = self._ends, self.group.programme
        width = len(low)
        if programme is None:
            raise ValueError("a group without sums has no claims")
        rows, least, most = programme.rows
        claim, places = np.array([(c, p) for c, (some, _) in enumerate(self.claims) for p in some]).T
        tops, count = np.array([top for _, top in self.claims], float)[claim], len(claim)
        number = np.arange(count)
        picked = coo_array((np.ones(count), (number, places)), (count, width))
        one_of = coo_array((np.ones(count), (claim, number)), (len(self.claims), count))
        above, below = np.maximum(high[places] - tops, 0.0), np.maximum(1 - low[places], 0.0)
        system: csr_array = vstack([
            hstack([rows, coo_array((rows.shape[0], count))]),
            hstack([picked, diags_array(above)]),  # at most its claim's top where it is chosen
            hstack([picked, -diags_array(below)]),  # and then at least 1
            hstack([coo_array((len(self.claims), width)), one_of]),
        ], format="csr")  # fmt: skip
        endless, ones = np.full(count, np.inf), np.ones(len(self.claims))
        return (
            system,
            np.concatenate([least, -endless, low[places], ones]),
            np.concatenate([most, tops + above, endless, np.full(len(self.claims), np.inf)]),
        )
