"""What ties the numbers together: the sums that a patient reader would write down."""

from __future__ import annotations

import re
from collections import defaultdict

from lscb.long_table import TOTAL

from .printed_facts import Facts
from .released_packs import Name, moved


class Tying:
    """The sums of a patient reader, each as {number: sign} that is zero."""

    def __init__(self, facts: Facts, patient: bool = True):
        self.facts, self.patient = facts, patient  # a patient reader takes a label that is not there for nobody
        self.sums: set[frozenset] = set()
        self.doubts: set[tuple] = set()  # what must have been revised for sums to hold that fail

    def every(self, declared: list) -> list[dict[int, int]]:
        self._dimensions()
        self._periods()
        for count, of in self.facts.shares:
            at = self.facts.place
            if of in self.facts.at and count in self.facts.at:
                rest = (count[0], count[1], f"rest of {of[0]}")
                self.facts.hidden.add(at(rest))
                self._sum(at(of), [at(count), at(rest)])
        for relation in declared:
            self._declared(relation)
        return [dict(s) for s in sorted(map(sorted, self.sums))]

    def _sum(self, total: int, parts: list[int]) -> None:
        if total not in parts:
            self.sums.add(frozenset([(total, 1), *((p, -1) for p in parts)]))

    def _adds(self, measure: str, dimension: str) -> bool:
        entry = self.facts.documentation["measures"].get(measure) or {}
        adds = entry.get("adds_over")
        if adds is None:
            return dimension != "window" and entry.get("kind") not in ("average", "rank", "index")
        return adds == "all" or (adds != "none" and dimension in adds)

    def _dimensions(self) -> None:
        splits: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))  # in the order of their rows
        for (table, measure, figure), names in self.facts.sheets.items():
            for name in names:
                for dimension, label in sorted(name[1]):
                    total = (measure, name[1] - {(dimension, label)}, figure)
                    if dimension in ("period", "issue") or not self._adds(measure, dimension):
                        continue
                    if total in self.facts.at:
                        splits[measure, dimension, figure][table][total][name] = None
        for (_, dimension, _), tables in splits.items():
            together: dict = defaultdict(dict)
            for parts in tables.values():
                for total, names in parts.items():
                    together[total] |= names
            options = [together] if len(tables) > 1 and self._fits(dimension, together) == "all" else tables.values()
            for parts in [together, *tables.values()]:
                self._doubt(parts)
            for parts in options:
                self._split(dimension, parts, tables)

    def _doubt(self, parts: dict) -> None:
        """Where totals are not their parts, if each of these has a figure that may have been revised: others hold."""
        revisions = []
        for total, names in parts.items():
            (low, high), (least, most) = self._range(names), self._range([total])
            if len(names) > 1 and (low > most or high < least):
                revisions.append(self.facts.suspects([[self.facts.at[n] for n in (total, *names)]]))
        if all(revisions):
            self.doubts.update(*revisions)

    def _range(self, names) -> tuple[float, float]:
        places = [self.facts.at[n] for n in names]
        return sum(self.facts.low[p] for p in places), sum(self.facts.high[p] for p in places)

    def _fits(self, dimension: str, parts: dict) -> str:
        """`over` where parts exceed a total; `some` where a label must be missing; `all` where they may add up."""
        labels = {dict(n[1])[dimension] for names in parts.values() for n in names}
        worst = "all" if len(labels) > 1 else "some"
        for total, names in parts.items():
            (low, high), (least, most) = self._range(names), self._range([total])
            if low > most:
                return "over"
            if high < least:
                worst = "some"
        return worst

    def _closed(self, dimension: str, parts: dict) -> dict:
        """The totals with every label, where none of these need leave anybody out, however few labels others have."""
        labels = {n[1] - t[1] for t, names in parts.items() for n in names}
        whole = {t: names for t, names in parts.items() if {n[1] - t[1] for n in names} == labels}
        return whole if self._fits(dimension, whole) == "all" else {}

    def _split(self, dimension: str, parts: dict, tables: dict) -> None:
        fits = self._fits(dimension, parts)
        finer = [
            o
            for o in tables.values()
            if o is not parts and all(n.keys() < o.get(t, {}).keys() for t, n in parts.items())
        ]
        if fits == "over" or any(self._fits(dimension, o) != "over" for o in finer):
            return
        at, closed = self.facts.place, self._closed(dimension, parts)
        every = {n[1] - t[1] for t, names in parts.items() for n in names}
        for total, names in parts.items():
            places = [at(n) for n in names]
            some = len(names) == 1 or (len(names) < len(every) and not self.patient)  # nothing says that it is all
            if total not in closed and (fits == "some" or some):
                label = "not " + ", ".join(sorted(dict(n[1])[dimension] for n in names))
                rest = at((total[0], total[1] | {(dimension, label)}, "rest"))
                self.facts.hidden.add(rest)
                places.append(rest)
            self._sum(at(total), places)

    def _periods(self) -> None:
        """Quarters add to the year and to the year so far, years to a rolling window of "3 years": the parts as they
        were when the total was issued. Measures of which most such sums fail do not add over time; of others a sum that
        fails has a part that was revised and not printed again.
        """
        candidates: dict[tuple[Name, tuple[Name, ...]], None] = {}
        mentioned: dict[Name, int] = defaultdict(int)
        holds: dict[tuple[str, str], int] = defaultdict(int)
        for (_, measure, _), names in self.facts.sheets.items():
            if self._adds(measure, "period"):
                for name in names:
                    for parts in dict.fromkeys(self._parts_in_time(name, time) for time in self.facts.when(name)):
                        if parts:
                            candidates[name, parts] = None
                        for part in parts:
                            mentioned[part] += 1
        kept = []
        doubts: dict[tuple[str, str], set] = defaultdict(set)
        plain: dict[tuple[str, str], int] = defaultdict(int)
        for name, parts in candidates:
            printed = [p for p in parts if p in self.facts.at]
            if not printed and all(mentioned[p] < 2 for p in parts):
                continue
            (low, high), (least, most) = self._range(printed), self._range([name])
            fails = low > most or (high < least and len(printed) == len(parts))
            holds[name[0], name[2]] += -1 if fails else 1
            if not fails:
                kept.append((name, parts))
            terms = dict.fromkeys((self.facts.at[n] for n in printed), -1) | {self.facts.at[name]: 1}
            suspects = self._hints(terms) if fails else set()
            doubts[name[0], name[2]] |= suspects
            plain[name[0], name[2]] += 1 if fails and not suspects else -1
        for key, suspects in doubts.items():
            if plain[key] <= 0:
                self.doubts |= suspects
        for name, parts in kept:
            if holds[name[0], name[2]] > 0:
                new = [p for p in parts if p not in self.facts.at]
                self._sum(self.facts.place(name), [self.facts.place(p) for p in parts])
                self.facts.hidden |= {self.facts.at[p] for p in new}

    def _parts_in_time(self, name: Name, time: int) -> tuple[Name, ...]:
        """The numbers of shorter periods that a number adds up, in the issue of a time; none where it adds none."""
        own_labels = dict(name[1])
        period, window = own_labels.get("period", ""), own_labels.get("window", "")
        length, _, unit = window.partition(" ")
        if unit == "years" and length.isdigit() and (match := re.fullmatch(r"(\d{4})(-\d{2})?", period)):
            changes = {"window": "1 year"}
            years = range(int(match[1]) - int(length) + 1, int(match[1]) + 1)
            labels = [f"{y}-{(y + 1) % 100:02d}" if match[2] else str(y) for y in years]
        elif match := re.fullmatch(r"(\d{4}-\d{2})(?: to Q([1-3]))?", period):
            changes = {}
            labels = [f"{match[1]}-Q{n}" for n in range(1, int(match[2] or 4) + 1)]
        else:
            return ()
        others = frozenset(p for p in name[1] if p[0] not in ("period", "issue", *changes)) | frozenset(changes.items())
        return tuple(self.facts.as_of((name[0], others | {("period", at)}, name[2]), time) for at in labels)

    def _declared(self, relation: dict) -> None:
        """A declared sum of every total that there is, and of those that it is the only one to give."""
        _, (measure, fixed) = self._term(relation["total"])
        terms, at = [self._term(p) for p in relation["parts"]], self.facts.at
        totals = [*self.facts.counts.get(measure, ())]
        while totals:
            total = totals.pop()
            labels = dict(total[1])
            if any(labels.get(d, TOTAL) != label for d, label in fixed.items()):
                continue
            if relation.get("yearly") and not re.fullmatch(r"\d{4}(-\d\d)?", labels.get("period", "")):
                continue
            others = frozenset(p for p in total[1] if p[0] not in (*fixed, "issue"))
            named = [(s, name, there) for s, (name, labels) in terms if (there := moved(others, labels)) is not None]
            if len(named) < len(terms):
                continue
            for time in self.facts.when(total):
                parts = [(s, self.facts.as_of((name, there, "count"), time)) for s, name, there in named]
                new = list(dict.fromkeys(name for _, name in parts if name not in at))  # in no table
                if relation.get("rest"):  # the parts may be fewer than their total, or (-1) more
                    if new:
                        continue
                    new = [(total[0], total[1], f"rest of all beyond {relation['parts']}")]
                    parts.append((-1 if relation["rest"] == -1 else 1, new[0]))
                self._signed(total, parts, self._may_be(relation.get("unless"), others))
                self.facts.hidden |= {at[name] for name in new if len(new) < 3}  # and yet the rest may give it away
                totals += [n for n in new if len(new) == 1 and n[0] == measure and n[2] == "count"]

    def _signed(self, total: Name, parts: list[tuple[int, Name]], doubtful: bool) -> None:
        """A total less its parts comes to nothing, if it may."""
        signs = defaultdict(int, {self.facts.place(total): 1})
        for sign, name in parts:  # one that is named twice counts twice
            signs[self.facts.place(name)] -= sign
        if not doubtful:
            self._if_it_holds([(i, sign) for i, sign in signs.items() if sign])

    def _if_it_holds(self, signed: list[tuple[int, int]]) -> None:
        low = sum(s * (self.facts.low[i] if s > 0 else self.facts.high[i]) for i, s in signed)
        high = sum(s * (self.facts.high[i] if s > 0 else self.facts.low[i]) for i, s in signed)
        if low <= 0 <= high:
            self.sums.add(frozenset(signed))
        else:
            self.doubts |= self._hints(dict(signed))

    def _hints(self, terms: dict[int, int]) -> set[tuple]:
        """What a sum that fails says was revised."""
        return self.facts.suspects([terms]) or self.facts.silent([terms])

    def _may_be(self, unless, rest: frozenset) -> bool:
        """Whether there may be some of what would break a sum, as any pack printed it."""
        if unless is None:
            return False
        _, (measure, labels) = self._term(unless)
        there = moved(rest, labels)
        issues = [self.facts.at[n] for n in self.facts.counts.get(measure, ()) if _without_issue(n[1]) == there]
        return any(self.facts.high[i] > 0 for i in issues)

    def _term(self, part) -> tuple[int, tuple[str, dict]]:
        if isinstance(part, str):
            return (-1, (part[1:].strip(), {})) if part[0] == "-" else (1, (part, {}))
        if isinstance(part, dict):
            return int(part.get("sign", 1)), (
                part["measure"],
                {d: str(v) for d, v in part.items() if d not in ("measure", "sign")},
            )
        if isinstance(part[0], str):
            return 1, (part[0], dict(part[1]))
        sign, term = self._term(part[1])
        return sign * int(part[0]), term


def _without_issue(labels: frozenset) -> frozenset:
    return frozenset(p for p in labels if p[0] != "issue")
