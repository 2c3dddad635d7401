"""What ties the numbers together: the sums that a patient reader would write down."""

from __future__ import annotations

import re
from collections import defaultdict

from ...tables import TOTAL
from .facts import Facts
from .packs import moved

FINANCIAL = re.compile(r"(\d{4}-\d{2})(?:(?:-Q| to Q)([1-4]))?$")


class Tying:
    """The sums of a patient reader, each as {number: sign} that is zero."""

    def __init__(self, facts: Facts):
        self.facts = facts
        self.sums: set[frozenset] = set()

    def every(self, declared: list) -> list[dict[int, int]]:
        self._dimensions()
        self._quarters()
        self._windows()
        for count, of in self.facts.shares:
            at = self.facts.place
            if of in self.facts.at and count in self.facts.at:
                rest = (count[0], count[1], f"rest of {of[0]}")
                self.facts.hidden.add(at(rest))
                self._sum(at(of), [at(count), at(rest)])
        for said in declared:
            self._declared(said)
        return [dict(s) for s in sorted(self.sums, key=sorted)]

    def _sum(self, total: int, parts: list[int]) -> None:
        if total not in parts:
            self.sums.add(frozenset([(total, 1), *((p, -1) for p in parts)]))

    def _adds(self, measure: str, dimension: str, figure: str) -> bool:
        said = self.facts.said["measures"].get(measure) or {}
        adds = said.get("adds_over")
        if adds is None:
            return dimension != "window" and said.get("kind") not in ("average", "rank", "index")
        return adds == "all" or (adds != "none" and dimension in adds)

    def _dimensions(self) -> None:
        splits = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        for (table, measure, figure), names in self.facts.sheets.items():
            for name in names:
                for dimension, label in name[1]:
                    total = (measure, name[1] - {(dimension, label)}, figure)
                    if dimension != "period" and total in self.facts.at and self._adds(measure, dimension, figure):
                        splits[measure, dimension, figure][table][total].add(name)
        for (_, dimension, _), tables in splits.items():
            together = defaultdict(set)
            for parts in tables.values():
                for total, names in parts.items():
                    together[total] |= names
            options = [together] if len(tables) > 1 and self._fits(dimension, together) == "all" else tables.values()
            for parts in options:
                self._split(dimension, parts, tables)

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

    def _split(self, dimension: str, parts: dict, tables: dict) -> None:
        fits = self._fits(dimension, parts)
        finer = [o for o in tables.values() if o is not parts and all(n < o.get(t, set()) for t, n in parts.items())]
        if fits == "over" or any(self._fits(dimension, o) != "over" for o in finer):
            return
        at = self.facts.place
        for total, names in parts.items():
            places = [at(n) for n in names]
            if fits == "some":
                label = "not " + ", ".join(sorted(dict(n[1])[dimension] for n in names))
                rest = at((total[0], total[1] | {(dimension, label)}, "rest"))
                self.facts.hidden.add(rest)
                places.append(rest)
            self._sum(at(total), places)

    def _quarters(self) -> None:
        years = defaultdict(dict)
        for (_, measure, figure), names in self.facts.sheets.items():
            if self._adds(measure, "period", figure):
                for name in names:
                    label = dict(name[1]).get("period", "")
                    if match := FINANCIAL.match(label):
                        others = name[1] - {("period", label)}
                        years[measure, figure, others, match[1]][label] = name
        refuted = set()
        for key, held in years.items():
            for label, quarters in self._spans(key[3], held):
                low, high = self._range([held[q] for q in quarters if q in held])
                least, most = self._range([held[label]])
                if low > most or (high < least and all(q in held for q in quarters)):
                    refuted.add(key[:2])
        for key, held in years.items():
            if key[:2] in refuted or len(held) < 2:
                continue
            measure, figure, others, year = key
            for label, quarters in self._spans(year, held):
                parts = [self.facts.place((measure, others | {("period", q)}, figure)) for q in quarters]
                self.facts.hidden |= {p for p, q in zip(parts, quarters, strict=True) if q not in held}
                self._sum(self.facts.place(held[label]), parts)

    def _windows(self) -> None:
        """What was printed for several years together ("3 years") is the sum of what is printed for each of them."""
        held, refuted = [], set()
        for (_, measure, figure), names in self.facts.sheets.items():
            if not self._adds(measure, "period", figure):
                continue
            for name in names:
                said = dict(name[1])
                length, _, unit = said.get("window", "").partition(" ")
                last, dash, _ = said.get("period", "").partition("-")
                if unit != "years" or not (length + last).isdigit() or len(said["period"]) > len("2017-18"):
                    continue
                rest = name[1] - {("window", said["window"]), ("period", said["period"])}
                years = range(int(last) - int(length) + 1, int(last) + 1)
                labels = [f"{y}-{str(y + 1)[2:]}" if dash else str(y) for y in years]
                parts = [(measure, rest | {("window", "1 year"), ("period", year)}, figure) for year in labels]
                printed = [p for p in parts if p in self.facts.at]
                if len(printed) < len(parts) - 1:
                    continue
                (low, high), (least, most) = self._range(printed), self._range([name])
                if low > most or (high < least and len(printed) == len(parts)):
                    refuted.add((measure, figure))
                held.append((name, parts))
        for name, parts in held:
            if (name[0], name[2]) not in refuted:
                new = [p for p in parts if p not in self.facts.at]
                self._sum(self.facts.place(name), [self.facts.place(p) for p in parts])
                self.facts.hidden |= {self.facts.at[p] for p in new}

    def _spans(self, year: str, held: dict):
        for label, last in ((year, 4), (f"{year} to Q3", 3), (f"{year} to Q2", 2), (f"{year} to Q1", 1)):
            if label in held:
                yield label, [f"{year}-Q{q}" for q in range(1, last + 1)]

    def _declared(self, said: dict) -> None:
        _, (measure, fixed) = self._term(said["total"])
        terms = [self._term(p) for p in said["parts"]]
        totals = [n for n in list(self.facts.at) if n[0] == measure and n[2] == "count"]
        for total in totals:
            if any(dict(total[1]).get(d, TOTAL) != label for d, label in fixed.items()):
                continue
            rest = frozenset(p for p in total[1] if p[0] not in fixed)
            named = [(sign, name, moved(rest, labels)) for sign, (name, labels) in terms]
            if any(labels is None for _, _, labels in named):
                continue
            known, signed = len(self.facts.low), [(self.facts.place(total), 1)]
            for sign, name, labels in named:
                signed.append((self.facts.place((name, labels, "count")), -sign))
            new = {i for i, _ in signed if i >= known}  # in no table
            self.facts.hidden |= new if len(new) == 1 else set()  # and yet the rest may give it away
            low = sum(s * (self.facts.low[i] if s > 0 else self.facts.high[i]) for i, s in signed)
            high = sum(s * (self.facts.high[i] if s > 0 else self.facts.low[i]) for i, s in signed)
            if low <= 0 <= high:
                self.sums.add(frozenset(signed))

    def _term(self, said) -> tuple[int, tuple[str, dict]]:
        if isinstance(said, str):
            return (-1, (said[1:].strip(), {})) if said[0] == "-" else (1, (said, {}))
        if isinstance(said, dict):
            return int(said.get("sign", 1)), (
                said["measure"],
                {d: str(v) for d, v in said.items() if d not in ("measure", "sign")},
            )
        if isinstance(said[0], str):
            return 1, (said[0], dict(said[1]))
        sign, term = self._term(said[1])
        return sign * int(said[0]), term
