"""What was circulated, as numbers of a model: what each earlier pack showed, what it withheld, what was revised since.

Packs are read from the latest back. A figure that a pack printed otherwise than a later one is another number, and so
are, where a sum fails otherwise, figures that one of the two withheld (see model).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from .cells import issue_of, lines

if TYPE_CHECKING:
    from .audiences import Profile
    from .cells import Docs, Key, Line, Model

FAR = 10**9  # no limit


class Entry(NamedTuple):
    """What one pack showed to one profile, each as the least and the most it can be, and what it withheld."""

    profile: Profile
    shown: dict[Key, tuple[int, int]]
    hidden: set[Key]
    lines: list[Line]


def packs(issued: list, docs: Docs) -> list[list[Entry]]:
    """The earlier packs, oldest first. Entries of several profiles that follow each other are one pack: one truth."""
    made: list[list[Entry]] = []
    for profile, frames in issued:
        closed = [name for name in sorted(frames) if not docs.open(name)]
        own = [line for name in closed for line in lines(name, frames[name], docs) if not line.free]
        shown, hidden = {}, set()
        for line in own:
            for key, value in line.numbers:
                if line.status == "shown" and value is not None:
                    shown[key] = profile.window(value)
                elif line.status == "suppressed":
                    hidden.add(key)
        entry = Entry(profile, shown, hidden - shown.keys(), own)
        if not made or any(profile.name == e.profile.name or _differ(e.shown, shown) for e in made[-1]):
            made.append([])
        made[-1].append(entry)
    return made


def _differ(one: dict, other: dict) -> bool:
    return any(max(one[k][0], other[k][0]) > min(one[k][1], other[k][1]) for k in one.keys() & other.keys())


class Suspects:
    """Revisions, each (see issue_of, the first pack after), that numbers hint at: those not taken as such already.

    The strongest hint is another figure of the same issue that was printed otherwise; then that what was shown is
    withheld: a figure that is known for good is withheld again for no other reason. One that was withheld may well be
    shown, and the weakest hint is one that was withheld again: what else could it be, where nothing else is.
    """

    def __init__(self, made: Model, told: set[tuple], flips: tuple[dict[int, set[tuple]], ...]):
        self.made, self.flips = made, flips
        self.told = defaultdict(set)
        for issue, since in told - made.doubted:
            self.told[issue].add((issue, since))

    def __bool__(self) -> bool:
        return bool(self.told or any(self.flips))

    def of(self, numbers: Iterable[int]) -> set[tuple]:
        """The strongest hints of some numbers, but for those of what was withheld again."""
        told, *flips, _ = self._hints(list(numbers))
        return next((some for some in (told, *flips) if some), set())

    def every(self, numbers: Iterable[int]) -> set[tuple]:
        """All hints of some numbers."""
        return set().union(*self._hints(list(numbers)))

    def _hints(self, numbers: list[int]) -> list[set[tuple]]:
        told = set().union(*(self.told.get(issue_of(self.made.keys[i]), ()) for i in numbers))
        return [told, *(set().union(*(kind.get(i, ()) for i in numbers)) - self.made.doubted for kind in self.flips)]


class Past:
    """Adds the earlier packs to a model, from the latest back."""

    def __init__(self, made: Model, sheets: dict[tuple[str, str], set[Key]]):
        self.made, self.sheets = made, sheets
        self.own = {i for i, value in enumerate(made.values) if value is not None}  # not withheld, as far as we know
        self.since = {issue_of(key): made.packs for key in made.index}  # the first pack read so far with such figures
        self.state: dict[tuple[str, int], bool] = {}  # whether the pack after showed a number to a profile
        self.told: set[tuple] = set()  # revisions of which a pack printed something
        self.flips = defaultdict(set), defaultdict(set), defaultdict(set)  # number -> revisions that it may hint at

    def read(self, place: int, pack: list[Entry]) -> None:
        """One pack: what it showed is known for good; what it withheld may still be worked out."""
        made = self.made
        other = {k for e in pack for k, (low, high) in e.shown.items() if not self._agrees(k, place, low, high)}
        made.notes += [(key, "printed otherwise in an earlier pack") for key in sorted(other)]
        told = {(issue_of(key), self.since[issue_of(key)]) for key in other}
        revised: dict[tuple, int] = {key: self.since[issue_of(key)] for key in other} | dict(told & made.doubted)
        for entry in pack:
            for shown, keys in ((True, entry.shown), (False, entry.hidden)):
                for key in keys:
                    at, issue = made.index.get(made.as_of(key, place)), issue_of(key)
                    after = self.state.get((entry.profile.name, at), at in self.own or None)
                    if after is not None and not (shown and after):
                        flip = issue, self.since[issue]
                        if flip in made.doubted:
                            revised[issue] = self.since[issue]
                        self.flips[0 if shown else 1 if after else 2][at].add(flip)
        self.told |= told
        for name, since in revised.items():
            made.issues.setdefault(name, []).append(since)
        for key in dict.fromkeys(key for entry in pack for key in entry.shown):
            self._shown(key, place, {e.profile.name: e.shown[key] for e in pack if key in e.shown})
        for entry in pack:
            for key in entry.hidden:
                at = made.at(key, place)
                self.state[entry.profile.name, at] = False
            for line in entry.lines:
                made.share(line, place)
                for key, _ in line.numbers:
                    self.sheets[line.table, key[0]].add(key)
                    made.stated[key].add(place)
                    self.since[issue_of(key)] = place

    def _agrees(self, key: Key, place: int, low: int, high: int) -> bool:
        """Whether what a pack printed is still so in the first pack after it."""
        at = self.made.index.get(self.made.as_of(key, place))
        return at is None or self._fits(at, low, high)

    def _fits(self, at: int, low: int, high: int) -> bool:
        ranges = [seen[at] for seen in self.made.seen.values() if at in seen]
        if self.made.values[at] is not None:
            ranges.append((self.made.values[at], self.made.values[at]))
        return all(max(low, least) <= min(high, most) for least, most in ranges)

    def _shown(self, key: Key, place: int, ranges: dict[str, tuple[int, int]]) -> None:
        """A figure that a pack showed. What every profile saw alike on both sides of a revision is one number."""
        made, name = self.made, self.made.as_of(key, place)
        low, high = max(low for low, _ in ranges.values()), min(high for _, high in ranges.values())
        if name not in made.index and (later := made.later(key, place)) is not None and self._fits(later, low, high):
            if made.values[later] is not None or all(later in made.seen[profile] for profile in ranges):
                made.index[name] = later
        made.number(key)
        at = made.number(name, low if low == high else None)
        for profile, (least, most) in ranges.items():
            was = made.seen[profile].get(at, (least, most))
            made.seen[profile][at] = (max(was[0], least), min(was[1], most))
            self.state[profile, at] = True


def contradicted(made: Model, suspects: Suspects) -> set[tuple]:
    """What is hinted at nearest to each sum that cannot hold, along the sums that narrowed its numbers down."""
    if not suspects:
        return set()
    low = [0 if value is None else value for value in made.values]
    high = [FAR if value is None else value for value in made.values]
    for seen in made.seen.values():
        for i, (least, most) in seen.items():
            low[i], high[i] = max(low[i], least), min(high[i], most)
    touching = defaultdict(list)
    for s, terms in enumerate(made.sums):
        for i, _ in terms:
            if low[i] < high[i]:
                touching[i].append(s)
    waiting, steps = sorted({s for some in touching.values() for s in some}), 0
    found: set[tuple] = set()
    why: dict[int, int] = {}  # number -> the sum that narrowed it last
    while waiting and (steps := steps + 1) < 50 * len(made.sums):
        s = waiting.pop()
        ends = [(i, c, *sorted((c * low[i], c * high[i]))) for i, c in made.sums[s]]
        least, most = sum(end[2] for end in ends), sum(end[3] for end in ends)
        if least > 0 or most < 0:
            found |= _nearest(made, s, why, suspects)
            continue
        for i, c, own_least, own_most in ends:
            down, up = sorted(((own_most - most) / c, (own_least - least) / c))
            down, up = max(low[i], ceil(down)), min(high[i], floor(up))
            if down > low[i] or up < min(high[i], FAR // 2):
                low[i], high[i], why[i] = down, up, s
                waiting += [t for t in touching[i] if t != s]
    return found


def _nearest(made: Model, failing: int, why: dict[int, int], suspects: Suspects) -> set[tuple]:
    """What a sum's numbers hint at, or those of the sums that narrowed them, or of the ones before these."""
    sums, numbers = {failing}, {i for i, _ in made.sums[failing]}
    while not (found := suspects.every(numbers)) and (more := {why[i] for i in numbers if i in why} - sums):
        sums |= more
        numbers |= {i for s in more for i, _ in made.sums[s]}
    return found
