"""What is possible: ranges narrowed by every sum, then one tied group of numbers at a time."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from .facts import NO_LIMIT, Facts
from .group import ENOUGH, Group

LARGE = 300  # numbers tied together, above which every end is worked out only when asked for


class Reckoning:
    """Whole-number programmes over the numbers that are not settled, one tied group at a time."""

    def __init__(self, facts: Facts, sums: list[dict[int, int]]):
        self.facts, self.sums = facts, sums
        self.low, self.high = np.array(facts.low), np.array(facts.high)
        self._narrow()
        self._invert()
        self._fill()
        self._narrow()

    def _invert(self) -> None:
        """A change beside one of its two shares gives the other."""
        printed = {(count, of): (low, high) for count, of, low, high in self.facts.ratios}
        for later, earlier, low, high in self.facts.changes:
            for known, sought, least, most in ((earlier, later, low, high), (later, earlier, -high, -low)):
                ends = printed.get(tuple(known))
                if all(self.low[i] == self.high[i] for i in known) and self.low[known[1]]:
                    ends = (self.low[known[0]] / self.low[known[1]],) * 2
                if ends and any(self.low[i] < self.high[i] for i in sought):
                    self.low[sought[1]] = max(self.low[sought[1]], 1)
                    self.facts.ratios.append((*sought, max(ends[0] + least, 0.0), ends[1] + most))

    def _fill(self) -> None:
        """A share of a group of known size gives its numerator."""
        for count, of, low, high in self.facts.ratios:
            if self.low[of] == self.high[of]:
                least, most = np.ceil(low * self.low[of] - 1e-6), np.floor(high * self.low[of] + 1e-6)
                if max(least, self.low[count]) <= min(most, self.high[count]):
                    self.low[count] = max(least, self.low[count])
                    self.high[count] = min(most, self.high[count])

    def _narrow(self) -> None:
        """Tighten every range by every sum until nothing changes. A sum that cannot hold is set aside: what it ties
        was revised, or is not additive after all."""
        waiting = list(range(len(self.sums)))
        touching = defaultdict(list)
        for s, terms in enumerate(self.sums):
            for i in terms:
                touching[i].append(s)
        dropped, steps = set(), 0
        while waiting and steps < 200 * len(self.sums) + 1000:
            steps += 1
            s = waiting.pop()
            if s in dropped:
                continue
            changed = self._tighten(self.sums[s])
            if changed is None and (revised := self.facts.stale.intersection(self.sums[s])):
                for i in revised:
                    self.low[i], self.high[i] = 0.0, NO_LIMIT
                    waiting += touching[i]
                self.facts.stale -= revised
                continue
            if changed is None:
                dropped.add(s)
                continue
            waiting += [t for i in changed for t in touching[i] if t != s]
        self.sums = [terms for s, terms in enumerate(self.sums) if s not in dropped]

    def _tighten(self, terms: dict[int, int]) -> list[int] | None:
        ends = {i: sorted((c * self.low[i], c * self.high[i])) for i, c in terms.items()}
        new = {}
        for i, c in terms.items():
            rest_low = sum(e[0] for j, e in ends.items() if j != i)
            rest_high = sum(e[1] for j, e in ends.items() if j != i)
            low, high = sorted((-rest_low / c, -rest_high / c))
            low, high = max(self.low[i], np.ceil(low - 1e-9)), min(self.high[i], np.floor(high + 1e-9))
            if low > high:
                return None
            if (low, high) != (self.low[i], self.high[i]):
                new[i] = (low, high)
        for i, (low, high) in new.items():
            self.low[i], self.high[i] = low, high
        return list(new)

    def candidates(self, asked: int, full: bool | None, threshold: int) -> dict[int, tuple[set[int], float, float]]:
        """For each hidden number: candidates found, least, most."""
        found = {}
        for group, sums, ratios in self._groups():
            wanted = [i for i in group if i in self.facts.hidden and i not in self.facts.open]
            if wanted:
                every = len(group) <= LARGE if full is None else full
                found |= Group(self, group, sums, ratios).reckon(wanted, ENOUGH if every else asked, every, threshold)
        settled = (i for i in self.facts.hidden if i not in found and i not in self.facts.open)
        return found | {i: ({int(self.low[i])}, self.low[i], self.low[i]) for i in settled}

    def none_of_few(self, most: int) -> set[int]:
        """Numerators of groups that may be as small as that, of which none would say something of everyone."""
        pairs = [(self.facts.at.get(count), self.facts.at.get(of)) for count, of in self.facts.shares]
        return {c for c, of in pairs if None not in (c, of) and self.low[of] <= most and self.high[of] >= 1}

    def _groups(self):
        loose = self.low < self.high
        tied = [[i for i in s if loose[i]] for s in self.sums]
        tied += [[i for i in r[:2] if loose[i]] for r in self.facts.ratios]
        leader = list(range(len(loose)))

        def lead(i):
            while leader[i] != i:
                leader[i] = leader[leader[i]]
                i = leader[i]
            return i

        for some in tied:
            for i in some[1:]:
                leader[lead(i)] = lead(some[0])
        groups = defaultdict(lambda: ([], [], []))
        for i in np.flatnonzero(loose):
            groups[lead(i)][0].append(int(i))
        for s, some in zip(self.sums, tied, strict=False):
            if some:
                groups[lead(some[0])][1].append(s)
        for r, some in zip(self.facts.ratios, tied[len(self.sums) :], strict=True):
            if some:
                groups[lead(some[0])][2].append(r)
        return list(groups.values())
