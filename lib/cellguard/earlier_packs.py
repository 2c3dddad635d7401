"""What was circulated, as numbers of a model: what each earlier pack showed, what it withheld, what was revised since.

Packs are read from the latest back. A figure that a pack printed otherwise than a later one is another number, and so
are, where a sum fails otherwise, figures that one of the two withheld (see model).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .audiences import Profile
from .cell_keys import Key, issue_of
from .cell_model import NOW, Model
from .documentation import Docs
from .table_rows import Line, lines


class Entry(NamedTuple):
    """What one pack showed to one profile, each as the least and the most it can be, and what it withheld."""

    profile: Profile
    shown: dict[Key, tuple[int, int]]
    hidden: dict[Key, int]  # each up to which count its reason calls one of those withheld together small; 0: none
    lines: list[Line]


def packs(issued: list, docs: Docs) -> list[list[Entry]]:
    """The earlier packs, oldest first. Entries of several profiles that follow each other are one pack: one truth."""
    groups: list[list[Entry]] = []
    free = {measure for measure in docs.measures if docs.free(measure)}
    for profile, frames in issued:
        window = lru_cache(maxsize=None)(profile.window)  # the same few thousand figures, many times
        closed = [name for name in sorted(frames) if not docs.open(name)]
        rows = [line for name in closed for line in lines(name, frames[name], docs, free)]
        shown, hidden = {}, {}
        for line in rows:
            for key, value in line.numbers:
                if line.status == "shown" and value is not None:
                    shown[key] = window(value)
                elif line.status == "suppressed":
                    hidden[key] = line.small
        entry = Entry(profile, shown, {k: top for k, top in hidden.items() if k not in shown}, rows)
        if not groups or any(profile.name == e.profile.name or _differ(e.shown, shown) for e in groups[-1]):
            groups.append([])
        groups[-1].append(entry)
    return groups


def _differ(one: dict, other: dict) -> bool:
    return any(max(one[k][0], other[k][0]) > min(one[k][1], other[k][1]) for k in one.keys() & other.keys())


class Past:
    """Adds the earlier packs to a model, from the latest back."""

    def __init__(self, model: Model, sheets: dict[tuple[str, str], set[Key]], now: Iterable[Entry] = ()):
        self.model, self.sheets = model, sheets
        self.there = {i for i, value in enumerate(model.values) if value is not None}  # not withheld, as far as we know
        self.since = {issue_of(key): model.packs for key in model.index}  # the first pack read so far with such figures
        self.state: dict[tuple[str, int], bool | None] = {}  # whether the pack after showed a number to a profile
        for issue, since in model.doubted:
            model.issues.setdefault(issue, []).append(since)
        self.printed: set[tuple] = set()  # revisions of which a pack printed something
        # number -> revisions that it may hint at: shown now, withheld now, withheld on both sides
        self.flips: tuple[dict[int, set[tuple]], ...] = defaultdict(set), defaultdict(set), defaultdict(set)
        for entry in now:  # what a reader has of the last pack, where the model is his
            self.state |= {(entry.profile.name, model.index[key]): False for key in entry.hidden}
            for key, (low, high) in entry.shown.items():
                at = model.index[key]
                self.state[entry.profile.name, at] = True
                least, most = model.seen[NOW].get(at, (low, high))
                model.seen[NOW][at] = max(least, low), min(most, high)

    def read(self, place: int, pack: list[Entry]) -> None:
        """One pack: what it showed is known for good; what it withheld may still be worked out."""
        model = self.model
        other = {k for e in pack for k, (low, high) in e.shown.items() if not self._agrees(k, place, low, high)}
        model.notes += [(key, "printed otherwise in an earlier pack") for key in sorted(other)]
        printed = {(issue_of(key), self.since[issue_of(key)]) for key in other}
        for entry in pack:
            for shown, keys in ((True, entry.shown), (False, entry.hidden)):
                for key in keys:
                    at, issue = model.index.get(model.as_of(key, place)), issue_of(key)
                    after = None if at is None else self.state.get((entry.profile.name, at), at in self.there or None)
                    if at is not None and after is not None and not (shown and after):
                        self.flips[0 if shown else 1 if after else 2][at].add((issue, self.since[issue]))
        self.printed |= printed
        for key in other:
            model.issues.setdefault(key, []).append(self.since[issue_of(key)])
        for key in dict.fromkeys(key for entry in pack for key in entry.shown):
            self._shown(key, place, {e.profile.name: e.shown[key] for e in pack if key in e.shown})
        for entry in pack:
            for key in entry.hidden:
                at = model.at(key, place)
                self.state[entry.profile.name, at] = False
                if model.docs.zero_stands(key) and model.values[at] != 0:
                    model.some.add(at)
            for line in entry.lines:
                model.share(line, place)
                for key, _ in line.numbers:
                    self.sheets[line.table, key[0]].add(key)
                    model.stated[key].add(place)
                    self.since[issue_of(key)] = place

    def _agrees(self, key: Key, place: int, low: int, high: int) -> bool:
        """Whether what a pack printed is still so in the first pack after it."""
        at = self.model.index.get(self.model.as_of(key, place))
        return at is None or self._fits(at, low, high)

    def _fits(self, at: int, low: int, high: int) -> bool:
        ranges = [seen[at] for seen in self.model.seen.values() if at in seen]
        if (value := self.model.values[at]) is not None:
            ranges.append((value, value))
        return all(max(low, least) <= min(high, most) for least, most in ranges)

    def _shown(self, key: Key, place: int, ranges: dict[str, tuple[int, int]]) -> None:
        """A figure that a pack showed. What every profile saw alike on both sides of a revision is one number; two
        that are only rounded alike may be two."""
        model, name = self.model, self.model.as_of(key, place)
        low, high = max(low for low, _ in ranges.values()), min(high for _, high in ranges.values())
        later = model.later(key, place) if name not in model.index and low == high else None
        if later is not None and self._fits(later, low, high):
            if model.values[later] is not None or all(later in model.seen[profile] for profile in ranges):
                model.index[name] = later
        model.number(key)
        at = model.number(name, low if low == high else None)
        for profile, (least, most) in ranges.items():
            was = model.seen[profile].get(at, (least, most))
            model.seen[profile][at] = (max(was[0], least), min(was[1], most))
            self.state[profile, at] = True
