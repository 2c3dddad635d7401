"""The sums that tie cells together: along a dimension with a Total, quarters to years, years to rolling windows, and
those that are declared.

Numbers that no table prints but a sum gives away (the label that is left out, the one missing quarter) are added.
Where the true numbers contradict a sum, it does not hold and is left out, with a note: distinct people, overlapping
labels, snapshots.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from ..settings import UserError
from ..tables import TOTAL

if TYPE_CHECKING:
    from .cells import Key, Model

YEAR = re.compile(r"(\d{4}-\d{2})(?:-Q([1-4])| to Q([123]))?")
SPANS = ((None, 4), ("to 3", 3), ("to 2", 2), ("to 1", 1))  # the year and the year so far, with their quarters
WINDOW = re.compile(r"([2-9]|\d\d) years")


class Sums:
    """Finds the sums of a model and adds them to it."""

    def __init__(self, model: Model, sheets: dict[tuple[str, str], set[Key]]):
        self.model, self.sheets = model, sheets
        self.found = {tuple(sorted(s)) for s in model.sums}

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

    def value(self, key: Key) -> int | None:
        at = self.model.index.get(key)
        return None if at is None else self.model.values[at]

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
            for total, keys in parts.items():
                union[total] |= keys
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
                rest = left if left or len(labels) == 1 or state == "under" else None
            elif len(labels) == 1 or (state == "under" and seen):
                rest = "?"
            else:
                rest = None
            self._sum(total, sorted(keys), dimension, rest)

    def _known(self, total, keys) -> bool:
        return self.value(total) is not None and all(self.value(k) is not None for k in keys)

    def _sum(self, total: Key, keys: list[Key], dimension: str, rest) -> None:
        """total = its parts, and the rest: a number that no table prints (`?`: not known to us either)."""
        at = self.model.number
        terms = [(at(total), 1)] + [(at(k), -1) for k in keys]
        self._as_issued(terms)
        if rest is not None:
            label = "other than " + ", ".join(dict(k[1])[dimension] for k in keys)
            other = (total[0], tuple(sorted((*total[1], (dimension, label)))))
            terms.append((at(other, None if rest == "?" else rest), -1))
        self.found.add(tuple(sorted(terms)))

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
        wrong = {name for (name, *_), periods in families.items() if self._contradicts(periods, SPANS)}
        for name in sorted(wrong):
            self.model.notes.append(((name, ()), "does not add over quarters"))
        for (measure, year, rest), periods in sorted(families.items()):
            if measure not in wrong and len(periods) > 1 and set(periods) - {1, 2, 3, 4}:
                self._year(measure, year, rest, periods)

    def _contradicts(self, periods: dict, spans, revised: bool = False) -> bool:
        """Whether a year (so far) is not its quarters. `revised`: also where one of them was printed otherwise before,
        which says nothing of the measure."""
        for end, last in spans:
            held = [periods[q] for q in (end, *range(1, last + 1)) if q in periods]
            if end not in periods or not (revised or self.model.revised.isdisjoint(held)):
                continue
            whole, *parts = map(self.value, held)
            known = [h for h in parts if h is not None]
            if whole is not None and (sum(known) > whole or (len(known) == last and sum(known) != whole)):
                return True
        return False

    def _year(self, measure: str, year: str, rest: tuple, periods: dict) -> None:
        at = self.model.number
        quarters = {q: (measure, tuple(sorted((*rest, ("period", f"{year}-Q{q}"))))) for q in (1, 2, 3, 4)}
        spans = [
            (last, periods[end])
            for end, last in reversed(SPANS)
            if end in periods and not self._contradicts(periods, [(end, last)], revised=True)
        ]
        ends = {0: 0} | {last: self.value(key) for last, key in spans if self.value(key) is not None}
        for begin, last in combinations(sorted(ends), 2):  # the year less the year to Q3 is the fourth quarter
            parts = [quarters[q] for q in range(begin + 1, last + 1)]
            unknown = [q for q in parts if self.value(q) is None]
            if len(unknown) == 1 and unknown[0] not in self.model.index:
                left = ends[last] - ends[begin] - sum(self.value(q) for q in parts if q != unknown[0])
                if left >= 0:
                    at(unknown[0], left)
        for end, last in SPANS:
            if end in periods:
                terms = [(at(periods[end]), 1), *((at(quarters[q]), -1) for q in range(1, last + 1))]
                if not self._contradicts(periods, [(end, last)], revised=True):
                    self.found.add(tuple(sorted(terms)))
                self._as_issued(terms)

    def _as_issued(self, terms: list[tuple[int, int]]) -> None:
        """A sum once more with the figures of a pack before they were revised, if it was in print by then."""
        for pack, before in self.model.issues:
            old = [(before.get(i, i), c) for i, c in terms]
            by_then = all(self.model.first.get(i, pack) <= pack for i, _ in old)
            known = [self.model.values[i] for i, _ in old]
            if old != terms and by_then and (None in known or not sum(c * self.model.values[i] for i, c in old)):
                self.found.add(tuple(sorted(old)))

    def _windows(self) -> None:
        """A window of several years is the sum of its years, for measures that add over time.

        Years that are in no table are numbers too: two windows printed a year apart give the year that came in less
        the year that went out.
        """
        found = defaultdict(list)
        for (_, measure), keys in self.sheets.items():
            for key in keys if self.model.docs.adds(measure, "period") else ():
                labels = dict(key[1])
                if match := WINDOW.fullmatch(labels.get("window", "")):
                    parts = [_relabelled(key, window="1 year", period=year) for year in _years(labels, int(match[1]))]
                    if parts:
                        found[measure].append((key, parts))
        for measure, sums in sorted(found.items()):
            left = [self._left(whole, parts) for whole, parts in sums]
            if any(
                n is not None and (n < 0 or n and all(p in self.model.index for p in parts))
                for n, (_, parts) in zip(left, sums, strict=True)
            ):
                self.model.notes.append(((measure, ()), "does not add over rolling windows"))
                continue
            printed = set(self.model.index)
            for (whole, parts), n in sorted(zip(sums, left, strict=True), key=lambda s: s[0]):
                at, missing = self.model.number, [p for p in parts if p not in printed]
                if len(missing) == 1 and self.value(missing[0]) is None:
                    at(missing[0], n)
                self.found.add(tuple(sorted([(at(whole), 1), *((at(p), -1) for p in parts)])))

    def _left(self, whole: Key, parts: list[Key]) -> int | None:
        """What a window leaves for its years that are not in print (0 for none); None where it is not known."""
        known = [self.value(p) for p in parts if p in self.model.index]
        if self.value(whole) is None or None in known:
            return None
        return self.value(whole) - sum(known)

    # -- declared --

    def _declared(self, said: dict) -> None:
        """One declared sum at every combination of the dimensions that it does not fix."""
        from .cells import changed

        whole, parts = _term(said["total"])[1], [_term(part) for part in said["parts"]]
        measure, fixed = whole
        for key in sorted(k for k in self.model.index if k[0] == measure and _has(k, fixed)):
            free = {d: TOTAL for d in fixed}
            named = [(key, 1), *((changed((name, key[1]), free | labels), -sign) for sign, (name, labels) in parts)]
            if any(each is None for each, _ in named) or (said.get("first_only") and self._of_other_periods(key)):
                continue
            left = sum(c * (self.value(each) or 0) for each, c in named)
            unknown = [(each, c) for each, c in named if self.value(each) is None]
            if len(unknown) == 1 and unknown[0][0] not in self.model.index and -left * unknown[0][1] >= 0:
                self.model.number(unknown[0][0], -left * unknown[0][1])  # in no table, but whoever subtracts has it
            terms = [(self.model.number(each), c) for each, c in named]
            self._as_issued(terms)
            left = sum(c * (self.model.values[i] or 0) for i, c in terms)
            open_ = {c > 0 for i, c in terms if self.model.values[i] is None}
            if left and (left < 0) not in open_:  # nothing that is not known could make it up
                self.model.notes.append((key, "a declared sum does not hold"))
                continue
            self.found.add(tuple(sorted(terms)))

    def _of_other_periods(self, key: Key) -> bool:
        """Whether any pack, this one or an earlier, has a row of the same measure and area in another period."""
        (measure, _), labels = key, dict(key[1])
        rows = (dict(k[1]) for (_, name), keys in self.sheets.items() if name == measure for k in keys)
        return any(r.get("area") == labels.get("area") and r.get("period") != labels.get("period") for r in rows)


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
