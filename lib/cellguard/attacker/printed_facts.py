"""What is printed: the least and the most that each number can be, as far as its own row says.

Packs are read oldest first. Where one prints another figure than an earlier one did, that measure's figures of that
period are a new issue from there on: other numbers, with sums of their own. So they are where one withholds what an
earlier one printed, or prints what it withheld, if a sum fails without that (`doubted`).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable

from lscb.long_table import rounded_to

from .printed_rows import Line, Rows
from .printed_shares import bare, decimals, range_of, shares_of
from .released_packs import Name, Pack, at_once, moved

NO_LIMIT = float("inf")
UNKNOWN = ("not_applicable", "not_available")


class Facts:
    """Numbers by name, each with the least and the most that it can be; those that are withheld; printed shares."""

    def __init__(self, documentation: dict, packs: list[Pack], sums: Iterable = (), doubted: frozenset = frozenset()):
        self.documentation = documentation
        rows = Rows(packs, documentation["measures"], sums)
        self.rows, self.links = rows.of, rows.links
        self.at: dict[Name, int] = {}
        self.counts: dict[str, list[Name]] = defaultdict(list)  # by measure, in the order in which they came
        self.low: list[float] = []
        self.high: list[float] = []
        self.times: dict[int, set[int]] = defaultdict(set)  # when a number was spoken of
        self.hidden: set[int] = set()
        self.open: set[int] = set()
        self.printed_last: dict[tuple, bool] = {}  # audience and number: whether it was printed last, or withheld
        # number: revisions that it may hint at; the last of what was withheld before as well
        self.hints: tuple[dict, dict, dict] = defaultdict(set), defaultdict(set), defaultdict(set)
        self.doubted = doubted  # measure, area, period and time: revised although no pack says so
        self.sheets: dict[tuple[str, str, str], dict[Name, None]] = defaultdict(dict)  # in the order of their rows
        self.ratios: list[tuple] = []  # numerator, denominator, share at least, at most, people beyond (rounding)
        self.shares: list[tuple[Name, Name]] = []
        self.exact: dict[object, dict[int, int]] = defaultdict(dict)  # by audience: printed as it is, since when
        self.reasoned: dict[tuple, dict[int, int]] = defaultdict(dict)  # audience and time: withheld, up to which count
        self.unrounded: set[int] = set()  # numbers printed rounded beside a share of the true ones
        self.unused: set[str] = set()  # measures of which a figure is printed that nothing is concluded from
        self.changes: list[tuple] = []  # two shares as pairs of numbers, later and earlier; their difference's ends
        self.issues: dict[tuple, list[int]] = defaultdict(list)  # measure, area, period: times when it was revised
        self.revised, self.now = itertools.count(1), 0
        self._seen: dict[tuple, set[object]] = defaultdict(set)  # by table, rules and decimals: rows
        self._said: dict[tuple, dict[Line, tuple[dict, dict]]] = defaultdict(dict)  # by table and rules: what rows say
        self._keys: dict[Name, tuple] = {}
        self._opened: dict[tuple[str, str], bool] = {}
        read = [(pack, frames, *self._states(pack, frames)) for pack, frames in zip(packs, rows.packs, strict=True)]
        for self.now, some in enumerate(at_once(read)):
            doubts = sorted((key for *key, time in doubted if time == self.now), key=str)
            changed = (key for pack, _, *states in some for key in self._changed(pack, *states))
            for key in dict.fromkeys([*map(tuple, doubts), *changed]):
                self.issues[key].append(self.now)
            for pack, frames, figures, gone in some:
                for name, frame, lines in frames:
                    self._read(pack, name, decimals(frame), lines)
                self._spoken(pack, figures, gone)

    def _spoken(self, pack: Pack, figures: dict[Name, tuple[float, float]], gone: dict[Name, int]) -> None:
        """What a pack printed and what it withheld, and what its reasons say of that."""
        for shown, names in ((True, [*figures]), (False, [*gone])):
            for name in names:
                at = self.place(self.as_of(name, self.now) if self.issues else name)
                self.times[at].add(self.now)
                self.printed_last[pack.audience, at] = shown
                if shown and figures[name][0] == figures[name][1]:
                    self.exact[pack.audience].setdefault(at, self.now)
                elif not shown and gone[name] >= pack.all_or_none > 0:
                    self.reasoned[pack.audience, self.now][at] = gone[name]

    def place(self, name: Name) -> int:
        if name not in self.at:
            self.at[name] = len(self.low)
            if name[2] == "count":
                self.counts[name[0]].append(name)
            self.low.append(0.0)
            self.high.append(NO_LIMIT)
        return self.at[name]

    def learn(self, at: int, low: float, high: float) -> bool:
        """Narrow a number to a range; False where that leaves nothing, because it was revised."""
        least, most = max(self.low[at], low), min(self.high[at], high)
        if least > most:
            return False
        self.low[at], self.high[at] = least, most
        return True

    def when(self, name: Name) -> Collection[int]:
        """When a number was spoken of, one time between revisions; the last for one that no pack has."""
        begun = sorted({time for times in self.issues.values() for time in times})
        times = self.times.get(self.at[name], ()) if begun else ()
        return {bisect_right(begun, time): time for time in sorted(times)}.values() or {self.now}

    def suspects(self, sums: Iterable[Iterable[int]], twice: bool = False) -> set[tuple]:
        """Revisions that numbers of some sums hint at, those first of what was printed before it was withheld: what is
        known anyway is withheld for no other reason. `twice`: of what was withheld again, which hints at hardly any."""
        numbers = {i for terms in sums for i in terms}
        for hints in self.hints[2:] if twice else self.hints[:2]:
            if revisions := set().union(*(hints.get(i, ()) for i in numbers)) - self.doubted:
                return revisions
        return set()

    def began(self) -> Iterable[tuple[int, int]]:
        """The numbers that figures were from a revision on, each with its time."""
        for name, at in self.at.items():
            if (number := dict(name[1]).get("issue", "")).isdigit():
                yield at, self.issues[self._key(name)][int(number) - 1]

    def silent(self, sums: Iterable[dict[int, int]]) -> set[tuple]:
        """Revisions of parts that no pack spoke of again when it did of their total, which sums that fail show."""
        names, revisions = [*self.at], set()
        for terms in sums:
            times = sorted(time for i, sign in terms.items() if sign > 0 for time in self.times.get(i, ()))
            for i in terms:
                spoken = self.times.get(i, times)
                later = [time for time in times if time not in spoken and time > min(spoken)]
                revisions |= {(*self._key(names[i]), later[0])} if later else set()
        return revisions - self.doubted

    def as_of(self, name: Name, time: int) -> Name:
        """A number in the issue that stood at a time (names without an issue are of the first)."""
        number = sum(began <= time for began in self.issues.get(self._key(name), ())) if self.issues else 0
        return (name[0], name[1] | {("issue", str(number))}, name[2]) if number else name

    def _key(self, name: Name) -> tuple:
        """Measure, area and period, which are revised together."""
        if name not in self._keys:
            labels = dict(name[1])
            self._keys[name] = name[0], labels.get("area"), labels.get("period")
        return self._keys[name]

    def measure(self, name: str) -> dict:
        """What the dictionary says of a measure, or the numbers themselves where it does not know it."""
        return self.documentation["measures"].get(name) or self.links.get(name) or {}

    def numbers(self, line: Line) -> list[Name]:
        """The number of a count, or the two of a share: those of other measures where the dictionary says so."""
        if line.numbers is None:
            entry, row = self.measure(line.measure), line.row
            share = row.get("of") is not None or entry.get("kind") in ("share", "rate")
            share |= line.measure not in self.documentation["measures"] and bare(row)
            share |= "denominator" in entry and "numerator" in entry
            line.numbers = self._share(line.measure, line.labels) if share else [(line.measure, line.labels, "count")]
        return line.numbers

    def _share(self, measure: str, labels: frozenset) -> list[Name]:
        names = []
        for role, figure in (("numerator", "count"), ("denominator", "of")):
            entry = self.measure(measure).get(role)
            if entry is None:
                names.append((measure, labels, figure))
                continue
            other = {"measure": entry} if isinstance(entry, str) else dict(entry)
            name = other.pop("measure")
            there = moved(labels, other)
            names.append((name, there or labels | {("period", "unknown")}, "of" if name == measure else "count"))
        return names

    def _free(self, table: str, measure: str) -> bool:
        if (free := self._opened.get((table, measure))) is None:
            free = bool((self.documentation["tables"].get(table) or {}).get("open"))
            self._opened[table, measure] = free = free or self.measure(measure).get("protect") == "none"
        return free

    def _printed(self, line: Line) -> list[tuple]:
        """Its numbers with what is printed of each; a change prints neither of its two."""
        if line.printed is None:
            figures = () if "less" in self.measure(line.measure) else map(line.row.get, ("count", "of"))
            line.printed = list(zip(self.numbers(line), figures, strict=False))
        return line.printed

    def _states(self, pack: Pack, frames: list) -> tuple[dict[Name, tuple[float, float]], dict[Name, int]]:
        """What a pack prints, each with the least and the most that it can be, and what it withholds.

        Of what it withholds, the highest count that the reason names as small (0 where it names none).
        """
        figures: dict[Name, tuple[float, float]] = {}
        gone: dict[Name, int] = {}
        for table, _, lines in frames:
            there = self._said[table, pack.rules]
            for line in lines:
                if line not in there:
                    there[line] = self._says(pack, table, line)
                figures |= there[line][0]
                gone |= there[line][1]
        return figures, {name: top for name, top in gone.items() if name not in figures}

    def _says(self, pack: Pack, table: str, line: Line) -> tuple[dict[Name, tuple[float, float]], dict[Name, int]]:
        """What a row prints and what it withholds, as `_states` has it of a pack; neither where it has no figure."""
        figures, gone = {}, {}
        state, reason = line.row.get("status"), line.row.get("reason")
        for name, printed in self._printed(line) if state not in UNKNOWN else ():
            if printed is not None:
                figures[name] = pack.range(printed, reason, self._open(table, line, name))
            elif state == "suppressed":
                small = re.search(r"between 1 and (\d+)", str(reason))
                gone[name] = int(small[1]) if small else 0
        return figures, gone

    def _changed(self, pack: Pack, figures: dict, gone: dict[Name, int]):
        """Measure, area and period of figures that were printed otherwise before."""
        for shown, names in ((True, [*figures]), (False, [*gone])):
            for name in names:
                if (at := self.at.get(self.as_of(name, self.now) if self.issues else name)) is None:
                    continue
                low, high = figures[name] if shown else (0, NO_LIMIT)
                if shown and max(low, self.low[at]) > min(high, self.high[at]):
                    yield self._key(name)
                before = self.printed_last.get((pack.audience, at))
                if before is not None and not (shown and before):
                    self.hints[1 if shown else 0 if before else 2][at].add((*self._key(name), self.now))

    def _open(self, table: str, line: Line, name: Name) -> bool:
        return self._free(table, line.measure) or self._free("", name[0])

    def _read(self, pack: Pack, table: str, places: int, lines: list[Line]) -> None:
        seen = self._seen[table, pack.rules, places]
        for line in lines:
            row, numbers = line.row, line.numbers or self.numbers(line)
            names = [self.as_of(name, self.now) for name in numbers] if self.issues else numbers
            key = line if names == numbers else (line, *names)
            if key in seen or row.get("status") in UNKNOWN:
                continue
            seen.add(key)
            withheld, share = row.get("status") == "suppressed", len(numbers) == 2
            nothing = row.get("count") is None and row.get("of") is None
            if nothing and not withheld and not (share and row.get("value") is not None):
                if row.get("value") is not None and not self._free(table, line.measure):
                    self.unused.add(line.measure)
                continue
            reasons = row.get("reason"), None if withheld else row.get("reason")  # a range is of the count, the first
            for name, (plain, printed), why in zip(names, self._printed(line), reasons, strict=False):
                self._number(pack, table, name, printed, why, withheld, self._open(table, line, plain))
                if withheld and not share and self._never_none(plain):
                    self.learn(self.at[name], 1, NO_LIMIT)
            if share and not self._free(table, line.measure):
                entry = self.measure(line.measure)
                if entry.get("kind") not in ("rate", "average"):
                    self.shares.append((names[0], names[1]))
                self._change(line, places)
                nearest = 1 if self._free(table, line.measure) else pack.nearest(row)
                for low, high, beyond in shares_of(row, entry, places, nearest):
                    self.learn(self.place(names[1]), 1, NO_LIMIT)  # nobody's share is not printed
                    self.ratios.append((self.place(names[0]), self.place(names[1]), low, high, beyond))
                    if row.get("count") is not None and row.get("of") is not None:
                        self.unrounded |= {self.at[name] for name in names}

    def _never_none(self, name: Name) -> bool:
        """Whether a withheld number is 1 at least, as the dictionary says of its measure or of that one's totals."""
        zeros, parts = (
            self.measure(name[0]).get("zeros"),
            {label for label, _ in name[1]} - {"area", "period", "window"},
        )
        return zeros == "always" or (zeros == "totals" and not parts)

    def _change(self, line: Line, places: int) -> None:
        """The difference of a share (that its measure is the `change_of`) from a year before."""
        share, value = self.measure(line.measure).get("change_of"), line.row.get("value")
        before = moved(line.labels, {"years_back": 1})
        if share is None or value is None or before is None or "numerator" not in self.measure(share):
            return
        if rounded_to(line.row.get("reason")) > 1:
            return  # of rounded shares, which are printed
        if "numerator" not in self.measure(line.measure):
            pairs = [self._share(share, labels) for labels in (line.labels, before)]
            later, earlier = ([self.place(self.as_of(name, self.now)) for name in pair] for pair in pairs)
            half = 0.0 if places >= 12 else 0.5 * 10.0**-places
            self.changes.append((later, earlier, value - half, value + half))

    def _number(self, pack: Pack, table: str, name: Name, printed, reason, withheld: bool, free: bool) -> None:
        at = self.place(name)
        self.sheets[table, name[0], name[2]][name] = None
        if free:
            self.open.add(at)
        if printed is not None:
            low, high = pack.range(printed, reason, free)
            if not self.learn(at, low, high):
                other = (name[0], name[1] | {("issue", f"other {next(self.revised)}")}, name[2])
                self.learn(self.place(other), low, high)
        elif withheld:
            self.hidden.add(at)
            if pack.least:
                self.learn(at, pack.least, NO_LIMIT)
            if (ends := range_of(reason)) and name[2] == "count":
                self.learn(at, *ends)
