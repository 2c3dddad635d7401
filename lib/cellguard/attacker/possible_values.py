"""What is possible: ranges narrowed by every sum, then one tied group of numbers at a time."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from math import ceil, floor

import numpy as np

from .printed_facts import NO_LIMIT, Facts
from .printed_reasons import Reasons, claims
from .tied_group import ENOUGH, Group

Ends = dict[int, tuple[float, float]]  # number -> the least and the most that it is asked to be
LARGE = 300  # numbers tied together, above which every end is worked out only when asked for


class PossibleValues:
    """Whole-number programmes over the numbers that are not settled, one tied group at a time."""

    def __init__(self, facts: Facts, sums: list[dict[int, int]]):
        self.facts, self.sums = facts, sums
        self.low, self.high = np.array(facts.low), np.array(facts.high)
        self.printed = self.low == self.high
        self.doubts: set[tuple] = set()  # what must have been revised for sums to hold that fail
        self.dropped: list[dict[int, int]] = []  # sums that cannot hold
        self._narrow()
        self._invert()
        self._fill()
        self._narrow()

    def _invert(self) -> None:
        """A change beside one of its two shares gives the other."""
        printed = {(count, of): (low, high) for count, of, low, high, beyond in self.facts.ratios if not beyond}
        for later, earlier, low, high in self.facts.changes:
            for there, sought, least, most in ((earlier, later, low, high), (later, earlier, -high, -low)):
                ends = printed.get(tuple(there))
                if all(self.low[i] == self.high[i] for i in there) and self.low[there[1]]:
                    ends = (self.low[there[0]] / self.low[there[1]],) * 2
                if ends and any(self.low[i] < self.high[i] for i in sought):
                    self.low[sought[1]] = max(self.low[sought[1]], 1)
                    self.facts.ratios.append((*sought, max(ends[0] + least, 0.0), ends[1] + most, 0.0))

    def _fill(self) -> None:
        """A share of a group of known size gives its numerator."""
        for count, of, low, high, beyond in self.facts.ratios:
            if self.low[of] == self.high[of]:
                least = np.ceil(low * self.low[of] - beyond - 1e-6)
                most = np.floor(high * self.low[of] + beyond + 1e-6)
                if max(least, self.low[count]) <= min(most, self.high[count]):
                    self.low[count] = max(least, self.low[count])
                    self.high[count] = min(most, self.high[count])

    def _narrow(self) -> None:
        """Tighten every range by every sum until nothing changes. A sum that cannot hold is set aside: what it ties
        was revised, or is not additive after all."""
        why: dict[int, int] = {}  # number -> the sum that tightened it last
        waiting = list(range(len(self.sums)))
        touching = defaultdict(list)
        for s, terms in enumerate(self.sums):
            for i in terms:
                touching[i].append(s)
        lows, highs, dropped, steps = self.low.tolist(), self.high.tolist(), set(), 0
        while waiting and steps < 200 * len(self.sums) + 1000:
            steps += 1
            s = waiting.pop()
            if s in dropped:
                continue
            changed = self._tighten(self.sums[s], lows, highs)
            if changed is None:
                dropped.add(s)
                self.dropped.append(self.sums[s])
                self._doubt(s, why)
                continue
            why |= dict.fromkeys(changed, s)
            waiting += [t for i in changed for t in touching[i] if t != s]
        self.low, self.high = np.array(lows, float), np.array(highs, float)
        self.sums = [terms for s, terms in enumerate(self.sums) if s not in dropped]

    def _doubt(self, failing: int, why: dict[int, int]) -> None:
        """What may have been revised of a sum's figures, or of those that its figures were worked out from."""
        for hint in (self.facts.suspects, partial(self.facts.suspects, twice=True), self.facts.silent):
            read, more = set[int](), {failing}
            while more:
                read |= more
                sums = [self.sums[s] for s in read]
                if revisions := hint(sums):
                    self.doubts |= revisions
                    return
                more = {why[i] for terms in sums for i in terms if i in why} - read

    @staticmethod
    def _tighten(terms: dict[int, int], lows: list, highs: list) -> list[int] | None:
        """The numbers of a sum that it narrows; None where it cannot hold."""
        ends = {i: (c * lows[i], c * highs[i]) if c > 0 else (c * highs[i], c * lows[i]) for i, c in terms.items()}
        least, most = sum([low for low, _ in ends.values()]), sum([high for _, high in ends.values()])
        if least == most == 0:
            return []
        new = {}
        for i, c in terms.items():  # what all others come to at least and at most leaves it a range
            rest_low = least - ends[i][0] if least > -NO_LIMIT else sum(e[0] for j, e in ends.items() if j != i)
            rest_high = most - ends[i][1] if most < NO_LIMIT else sum(e[1] for j, e in ends.items() if j != i)
            low, high = (-rest_high / c, -rest_low / c) if c > 0 else (-rest_low / c, -rest_high / c)
            low = max(lows[i], ceil(low - 1e-9)) if low > -NO_LIMIT else lows[i]
            high = min(highs[i], floor(high + 1e-9)) if high < NO_LIMIT else highs[i]
            if low > high:
                return None
            if low != lows[i] or high != highs[i]:
                new[i] = low, high
        for i, (low, high) in new.items():
            lows[i], highs[i] = low, high
        return list(new)

    def candidates(self, asked: int, full: bool | None, threshold: int) -> dict[int, tuple[set[int], float, float]]:
        """For each hidden number: candidates found, least, most."""
        candidates: dict[int, tuple[set[int], float, float]] = {}
        self.asked = (self.facts.hidden | self.facts.unrounded) - self.facts.open
        self.groups: dict[int, Group] = {}
        for group, sums, ratios in self._groups(self.low < self.high, self.sums):
            tied = Group(self.low, self.high, group, sums, ratios)
            self.groups |= dict.fromkeys(group, tied)
            wanted = [i for i in group if i in self.asked]
            if wanted:
                every = len(group) <= LARGE if full is None else full
                answers = tied.reckon(wanted, ENOUGH if every else asked, every, threshold)
                if not answers:  # they contradict each other
                    facts = self.facts
                    self.doubts |= facts.suspects(sums) or facts.suspects(sums, twice=True) or facts.silent(sums)
                candidates |= answers
        self._by_reasons(candidates, asked, threshold)
        settled = (i for i in self.asked if i not in candidates)
        return candidates | {i: ({int(self.low[i])}, self.low[i], self.low[i]) for i in settled}

    def ends(self, wanted: set[int]) -> dict[int, tuple[float, float]]:
        """The least and the most that numbers can be in whole solutions of everything printed, the reasons apart; where
        what ties them contradicts itself, as they are printed themselves."""
        printed = np.array([self.facts.low, self.facts.high]).T
        ends = {i: (self.low[i], self.high[i]) for i in wanted}
        false: set[int] = set()
        for group, sums, ratios in self._groups(self.low < self.high, self.sums):
            some = [i for i in group if i in wanted]
            tied = Group(self.low, self.high, group, sums, ratios)
            answers = tied.reckon(some, enough=1, full=True, small=0) if some else {}
            ends |= {i: (least, most) for i, (_, least, most) in answers.items()}
            false.update(i for i in some if i not in answers)
        for group, sums, _ in self._groups(printed[:, 0] < printed[:, 1], [*self.sums, *self.dropped]):
            false.update(group if any(terms in self.dropped for terms in sums) else ())
        return ends | {i: tuple(printed[i]) for i in false & wanted}

    def _by_reasons(self, candidates: dict[int, tuple[set[int], float, float]], asked: int, threshold: int) -> None:
        """Leave of the candidates those with which every printed reason is true, where these are too few."""
        every = claims(self.facts, self.sums)
        for group in {id(group): group for group in self.groups.values()}.values():
            reasons = Reasons(group, every, self.low, self.high)
            open_yet = {i for i in group.numbers if len(candidates.get(i, ((),))[0]) >= asked}
            places = {at: i for at, i in enumerate(group.numbers) if i in open_yet and group.low[at] <= threshold}
            values = reasons.values([*places], asked) if reasons.claims else {}
            for at, some in values.items():
                if 0 < len(some) < asked:
                    candidates[places[at]] = some, min(some), max(some)

    def all_or_none(self, candidates: dict, asked: int, most: int) -> set[int]:
        """Counts with fewer than `asked` candidates that may be primary as all or none of a small group.

        A share has a group, the count of those of it whom it names, and the rest (a rate or an average has no group).
        The count is primary where the group is of 1 to `most` and the count is none of it or all of it. The size of
        the group and the rest are counts like any other. How large the group is, and with it what is primary, the
        reader knows only as far as it is printed:

        - a count that nothing prints may be primary where one whole solution of everything printed has it so;
        - a count that some row prints is not primary by the rules, which print no such number. They were broken only
          where every solution has it primary.
        """
        few = set()
        for count, of in self.facts.shares:
            rest = (count[0], count[1], f"rest of {of[0]}")
            if not all(name in self.facts.at for name in (count, of, rest)):
                continue
            some, size, others = (self.facts.at[name] for name in (count, of, rest))
            if some not in candidates or len(candidates[some][0]) >= asked:
                continue
            small: Ends = {size: (1, most)}
            otherwise: list[Ends] = []
            if self.printed[some]:
                n = self.low[some]
                otherwise = [{size: (n + 1, NO_LIMIT)}] if n else [{size: (0, 0)}, {size: (most + 1, NO_LIMIT)}]
            may_be = any(self._fits(small | {side: (0, 0)}) for side in (some, others))
            if may_be and not any(map(self._fits, otherwise)):
                few.add(some)
        return few

    def _fits(self, asked: Ends) -> bool:
        """Whether a whole solution has each of these numbers, all of one group, between these ends."""
        ends = {i: (max(self.low[i], low), min(self.high[i], high)) for i, (low, high) in asked.items()}
        if any(low > high for low, high in ends.values()):
            return False
        group = next((self.groups[i] for i in ends if i in self.groups), None)
        if group is None or not group.rows:
            return True
        low, high = group.low.copy(), group.high.copy()
        for i in ends:
            if self.groups.get(i) is group:
                at = group.numbers.index(i)
                low[at], high[at] = max(low[at], ends[i][0]), min(high[at], ends[i][1])
        return bool((low <= high).all()) and group.solve(np.zeros(len(low)), low, high) is not None

    def _groups(self, loose, sums):
        """The numbers that are not known, with what ties them together: groups, each with its sums and its shares."""
        tied = [[i for i in s if loose[i]] for s in sums]
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
        for s, some in zip(sums, tied, strict=False):
            if some:
                groups[lead(some[0])][1].append(s)
        for r, some in zip(self.facts.ratios, tied[len(sums) :], strict=True):
            if some:
                groups[lead(some[0])][2].append(r)
        return list(groups.values())
