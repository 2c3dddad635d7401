"""The sums that tie cells together: along a dimension with a Total, quarters to years, years to rolling windows, and
those that are declared. Each is read with the figures in the issue of its time.

Numbers that no table prints but a sum gives away (the label that is left out, the one missing quarter) are added.
Where the true numbers contradict a sum, it does not hold and is left out, with a note: distinct people, overlapping
labels, snapshots.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import TOTAL

from .cells import changed

if TYPE_CHECKING:
    from .cells import Key, Model
    from .past import Suspects

    Terms = tuple[tuple[int, int], ...]  # numbers with coefficients, which come to zero

YEAR = re.compile(r"(\d{4}-\d{2})(?:-Q([1-4])| to Q([123]))?")
SPANS = ((None, 4), ("to 3", 3), ("to 2", 2), ("to 1", 1))  # the year and the year so far, with their quarters
WINDOW = re.compile(r"([2-9]|\d\d) years")


class Sums:
    """Finds the sums of a model and adds them to it."""

    def __init__(self, model: Model, sheets: dict[tuple[str, str], set[Key]], suspects: Suspects):
        self.model, self.sheets, self.suspects = model, sheets, suspects
        self.found = {tuple(sorted(s)) for s in model.sums}
        self.failed: list[Terms] = []  # sums that do not hold, among others of their kind that do

    def find(self, declared: list) -> None:
        """Every sum: of each dimension, of quarters, and `declared` ones."""
        schemes = self._schemes()
        for (measure, dimension), by_table in sorted(schemes.items()):
            for scheme in self._chosen(measure, dimension, by_table):
                self._add_parts(dimension, scheme)
        self._quarters()
        self._windows()
        for said in declared:
            self._declared(said)
        self.model.sums = sorted(self.found)

    def doubts(self) -> set[tuple]:
        """What sums hint at that fail among others of their kind, each with the place of the first pack after."""
        return set().union(*(self.suspects.of(i for i, _ in terms) for terms in self.failed))

    def value(self, key: Key) -> int | None:
        at = self.model.index.get(key)
        return None if at is None else self.model.values[at]

    def _read(self, named: list[tuple[Key, int]]) -> set[Terms]:
        """A sum with its figures in the issue of each time at which its total, the first of them, was spoken of."""
        stated = self.model.stated.get(named[0][0]) if self.model.issues else None
        at = self.model.at
        return {tuple(sorted((at(key, place), c) for key, c in named)) for place in stated or {self.model.packs}}

    def _fails(self, terms: Terms) -> bool:
        """Whether what is known does not come to zero, and nothing that is not known could make it up."""
        left = sum(c * (self.model.values[i] or 0) for i, c in terms)
        return bool(left) and (left < 0) not in {c > 0 for i, c in terms if self.model.values[i] is None}

    def _keep(self, sums: set[Terms]) -> None:
        """Those that hold."""
        failed = {terms for terms in sums if self._fails(terms)}
        self.found |= sums - failed
        self.failed += sorted(failed)

    # -- dimensions with a total --

    def _schemes(self) -> dict:
        """(measure, dimension) -> {table: {total's key: set of its parts}}."""
        schemes = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        for (table, measure), keys in self.sheets.items():
            for key in keys:
                for at, (dimension, _) in enumerate(key[1]):
                    if dimension == "period" or not self.model.docs.adds(measure, dimension):
                        continue
                    total = (measure, key[1][:at] + key[1][at + 1 :])
                    if total in self.model.index:
                        schemes[measure, dimension][table][total].add(key)
        return schemes

    def _chosen(self, measure, dimension, by_table) -> list[dict]:
        """The ways to split a total that hold: all labels of all tables together where they add up exactly.

        So does a table on its own that leaves out labels of nobody: what it prints may be all that is shown of them.
        """
        union = defaultdict(set)
        for parts in by_table.values():
            self._doubt(parts)
            for total, keys in parts.items():
                union[total] |= keys
        self._doubt(union)
        if len(by_table) > 1 and self._state(dimension, union) == "exact":
            fewer = [p for _, p in sorted(by_table.items()) if any(keys != union[t] for t, keys in p.items())]
            return [union, *(parts for parts in fewer if self._state(dimension, parts) == "exact")]
        chosen = []
        for table, parts in sorted(by_table.items()):
            if (state := self._state(dimension, parts)) == "over":
                first = min(parts)
                self.model.notes.append((first, f"does not add over {dimension} in {table}: more in parts than in all"))
            elif state == "exact" or not any(
                self._within(dimension, parts, other) for name, other in by_table.items() if name != table
            ):
                chosen.append(parts)
        return chosen

    def _state(self, dimension: str, parts: dict) -> str:
        """`over` where some parts exceed their total, `exact` where all that are known add up, else `under`."""
        states = set()
        labels = {dict(k[1])[dimension] for keys in parts.values() for k in keys}
        for total, keys in parts.items():
            whole, known = self.value(total), [self.value(k) for k in keys]
            if whole is not None and sum(k for k in known if k is not None) > whole:
                return "over"
            if whole is not None and None not in known:
                states.add(sum(known) == whole and len(labels) > 1)
        return "exact" if states == {True} else "under"

    def _doubt(self, parts: dict) -> None:
        """Note where a total is not its parts, if each such one has a figure to doubt: all others hold."""
        at, wrong = self.model.number, []
        for total, keys in parts.items():
            terms = tuple((at(key), c) for key, c in [(total, 1), *((k, -1) for k in sorted(keys))])
            if len(keys) > 1 and self._fails(terms):
                wrong.append(terms)
        if all(self.suspects.of(i for i, _ in terms) for terms in wrong):
            self.failed += wrong

    def _within(self, dimension: str, parts: dict, other: dict) -> bool:
        """Whether another table splits every one of these totals further, and holds."""
        return self._state(dimension, other) != "over" and all(k < other.get(t, set()) for t, k in parts.items())

    def _add_parts(self, dimension: str, parts: dict) -> None:
        labels = {dict(k[1])[dimension] for keys in parts.values() for k in keys}
        state = self._state(dimension, parts)
        seen = any(self._known(t, keys) for t, keys in parts.items())
        for total, keys in sorted(parts.items()):
            if self._known(total, keys):
                left = self.value(total) - sum(self.value(k) for k in keys)
                rest = left if left or state == "under" else None
            elif len(labels) == 1 or (state == "under" and seen):
                rest = "?"
            else:
                rest = None
            self._sum(total, sorted(keys), dimension, rest)

    def _known(self, total, keys) -> bool:
        return self.value(total) is not None and all(self.value(k) is not None for k in keys)

    def _sum(self, total: Key, keys: list[Key], dimension: str, rest) -> None:
        """total = its parts, and the rest: a number that no table prints (`?`: not known to us either)."""
        named = [(total, 1)] + [(k, -1) for k in keys]
        if rest is not None:
            label = "other than " + ", ".join(dict(k[1])[dimension] for k in keys)
            other = (total[0], tuple(sorted((*total[1], (dimension, label)))))
            self.model.number(other, None if rest == "?" else rest)
            named.append((other, -1))
        self._keep(self._read(named))

    # -- time --

    def _quarters(self) -> None:
        """Quarters add to years, and the year so far is the sum of its quarters, for measures that add over time."""
        families = defaultdict(dict)
        for (_, measure), keys in self.sheets.items():
            if not self.model.docs.adds(measure, "period"):
                continue
            for key in keys:
                period = dict(key[1]).get("period", "")
                if match := YEAR.fullmatch(period):
                    rest = tuple(p for p in key[1] if p[0] != "period")
                    families[measure, match[1], rest][
                        (match[2] and int(match[2])) or (match[3] and f"to {match[3]}")
                    ] = key
        families = {k: periods for k, periods in sorted(families.items()) if len(periods) > 1}
        printed, read = set(self.model.index), defaultdict(set)
        for (measure, year, rest), periods in families.items():
            for end, last in SPANS:
                if end in periods:
                    named = [(periods[end], 1), *((q, -1) for q in _of_year(measure, year, rest, last))]
                    read[measure] |= self._read(named)
        adding = {measure for measure, sums in sorted(read.items()) if self._adds(measure, sums, "quarters")}
        for (measure, year, rest), periods in families.items():
            if measure in adding:
                self._give_away(periods, _of_year(measure, year, rest, 4), printed)
        for measure in adding:
            self._keep(read[measure])

    def _adds(self, measure: str, sums: set[Terms], over: str) -> bool:
        """Whether a measure adds over time: where more of its sums hold than fail without a figure to doubt."""
        suspects, values = self.suspects, self.model.values
        failed = {terms for terms in sums if self._fails(terms)}
        plain = sum(not suspects.of(i for i, _ in terms) for terms in failed)
        known = sum(
            any(values[i] for i, _ in terms) and None not in (values[i] for i, _ in terms) for terms in sums - failed
        )
        if plain > len(failed) - plain + known:
            self.model.notes.append(((measure, ()), f"does not add over {over}"))
            return False
        return True

    def _stands(self, named: list[tuple[Key, int]]) -> bool:
        """Whether none of the figures of a sum was revised since its total was last in print."""
        total = named[0][0]
        place = max(self.model.stated.get(total, ()), default=self.model.packs)
        return all(self.model.as_of(key, place) == key for key, _ in named)

    def _give_away(self, periods: dict, quarters: list[Key], printed: set[Key]) -> None:
        """Quarters in no table that are what a year (so far) leaves of its others become numbers."""
        ends = {0: 0}
        for end, last in reversed(SPANS):
            if end in periods and self.value(periods[end]) is not None:
                named = [(periods[end], 1), *((q, -1) for q in quarters[:last])]
                if self._stands(named) and not self._fails([(self.model.number(key), c) for key, c in named]):
                    ends[last] = self.value(periods[end])
        for begin, last in combinations(sorted(ends), 2):  # the year less the year to Q3 is the fourth quarter
            parts = quarters[begin:last]
            unknown = [q for q in parts if self.value(q) is None]
            if len(unknown) == 1 and unknown[0] not in printed:
                left = ends[last] - ends[begin] - sum(self.value(q) for q in parts if q != unknown[0])
                if left >= 0:
                    self.model.number(unknown[0], left)

    def _windows(self) -> None:
        """A window of several years is the sum of its years, for measures that add over time.

        Years that are in no table are numbers too: two windows printed a year apart give the year that came in less
        the year that went out.
        """
        found, printed = defaultdict(list), set(self.model.index)
        for (_, measure), keys in self.sheets.items():
            for key in keys if self.model.docs.adds(measure, "period") else ():
                labels = dict(key[1])
                if match := WINDOW.fullmatch(labels.get("window", "")):
                    parts = [_relabelled(key, window="1 year", period=year) for year in _years(labels, int(match[1]))]
                    if parts:
                        found[measure].append([(key, 1), *((part, -1) for part in parts)])
        for measure, sums in sorted(found.items()):
            read = set().union(*(self._read(named) for named in sums))
            if self._adds(measure, read, "rolling windows"):
                for named in sorted(sums):
                    missing = [key for key, _ in named if key not in printed]
                    if len(missing) == 1 and self.value(missing[0]) is None and self._stands(named):
                        self._left(named, missing[0])
                self._keep(read)

    def _left(self, named: list[tuple[Key, int]], missing: Key) -> None:
        """Give a number that is in no table what a sum leaves for it, if all others are known."""
        others = [(self.value(key), c) for key, c in named if key != missing]
        times = dict(named)[missing]
        if all(value is not None for value, _ in others):
            left, over = divmod(-sum(c * value for value, c in others), times)
            if left >= 0 and not over:
                self.model.number(missing, left)

    # -- declared --

    def _declared(self, said: dict) -> None:
        """One declared sum at every combination of the dimensions that it does not fix."""
        whole, parts = _term(said["total"])[1], [_term(part) for part in said["parts"]]
        measure, fixed = whole
        for key in sorted(k for k in self.model.index if k[0] == measure and _has(k, fixed) and not _reissued(k)):
            free = {d: TOTAL for d in fixed}
            named = [(key, 1), *((changed((name, key[1]), free | labels), -sign) for sign, (name, labels) in parts)]
            if any(each is None for each, _ in named) or (said.get("first_only") and self._of_other_periods(key)):
                continue
            if (named := _added_up(named))[:1] != [(key, 1)]:
                continue  # a total that is a part of itself says nothing of it
            unknown = [each for each, _ in named if self.value(each) is None]
            if len(unknown) == 1 and unknown[0] not in self.model.index and self._stands(named):
                self._left(named, unknown[0])  # in no table, but whoever subtracts has it
            read = self._read(named)
            if any(map(self._fails, read)):
                self.model.notes.append((key, "a declared sum does not hold"))
            self._keep(read)

    def _of_other_periods(self, key: Key) -> bool:
        """Whether any pack, this one or an earlier, has a row of the same measure and area in another period."""
        (measure, _), labels = key, dict(key[1])
        rows = (dict(k[1]) for (_, name), keys in self.sheets.items() if name == measure for k in keys)
        return any(r.get("area") == labels.get("area") and r.get("period") != labels.get("period") for r in rows)


def _added_up(named: list[tuple[Key, int]]) -> list[tuple[Key, int]]:
    """Each number once, with all its coefficients: a part that is named twice counts twice."""
    times: dict[Key, int] = defaultdict(int)
    for key, c in named:
        times[key] += c
    return [(key, c) for key, c in times.items() if c]


def _term(said) -> tuple[int, tuple[str, dict]]:
    """A part as (sign, (measure, labels)): `m`, `-m`, a mapping with `measure` (and `sign`), a key, (sign, part).

    `quarters_back`, `years_back` and a period such as "year so far" (cells.OF_ITS_YEAR) stand among the labels.
    """
    if isinstance(said, str):
        return (-1, (said[1:].strip(), {})) if said.startswith("-") else (1, (said, {}))
    if isinstance(said, (tuple, list)) and len(said) == 2 and isinstance(said[0], (int, float)):
        sign, term = _term(said[1])
        return int(said[0]) * sign, term
    if isinstance(said, (tuple, list)) and len(said) == 2 and isinstance(said[0], str):
        return 1, (said[0], dict(said[1]))
    if isinstance(said, dict) and "measure" in said:
        labels = {d: str(v) for d, v in said.items() if d not in ("measure", "sign")}
        return int(said.get("sign", 1)), (said["measure"], labels)
    raise UserError(f"a declared sum names {said!r}: write a measure, or a mapping with `measure` and its labels.")


def _reissued(key: Key) -> bool:
    return bool(key[1]) and key[1][-1][0] == "issue"


def _of_year(measure: str, year: str, rest: tuple, last: int) -> list[Key]:
    return [(measure, tuple(sorted((*rest, ("period", f"{year}-Q{q}"))))) for q in range(1, last + 1)]


def _years(labels: dict, length: int) -> list[str]:
    """The years of a window that ends with its period, financial (2017-18) or calendar; none for other periods."""
    period = labels.get("period", "")
    if not re.fullmatch(r"\d{4}(-\d{2})?", period):
        return []
    last = int(period[:4])
    return [f"{y}-{(y + 1) % 100:02}" if "-" in period else str(y) for y in range(last - length + 1, last + 1)]


def _relabelled(key: Key, **labels: str) -> Key:
    return key[0], tuple(sorted((dict(key[1]) | labels).items()))


def _has(key: Key, labels: dict) -> bool:
    held = dict(key[1])
    return all(held.get(d, TOTAL) == label for d, label in labels.items())
