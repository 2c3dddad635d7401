"""Which figures must have been revised between two packs for all that was printed to be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import ceil, floor

from .cell_keys import issue_of
from .cell_model import Model

FAR = 10**9  # no limit


class Suspects:
    """Revisions, each (see issue_of, the first pack after), that numbers hint at: those not taken as such already.

    The strongest hint is another figure of the same issue that was printed otherwise; then that what was shown is
    withheld: a figure that is known for good is withheld again for no other reason. One that was withheld may well be
    shown, and the weakest hint is one that was withheld again: what else could it be, where nothing else is.
    """

    def __init__(self, model: Model, printed: set[tuple], flips: tuple[dict[int, set[tuple]], ...], taken: bool):
        self.model, self.flips, self.taken = model, flips, taken
        self.printed = defaultdict(set)
        for issue, since in printed - model.doubted:
            self.printed[issue].add((issue, since))

    def of(self, numbers: Iterable[int]) -> set[tuple]:
        """The strongest hints of some numbers, but for those of what was withheld again."""
        printed, *flips, _ = self._hints(list(numbers))
        return next((some for some in (printed, *flips) if some), set())

    def silent(self, terms: Iterable[tuple[int, int]]) -> set[tuple]:
        """Revisions of parts that no pack spoke of again when it spoke of their total: a sum that fails shows them.

        Where nothing else is read as revised they are noted alone (see `Model.silent`).
        """
        model, revisions = self.model, set()
        keys = [(model.plain(i), i, sign) for i, sign in terms]
        places = sorted(place for key, _, sign in keys if sign > 0 for place in model.stated.get(key, ()))
        for key, i, _ in keys:
            spoken = model.stated.get(key, places)
            later = [place for place in places if place not in spoken and place > min(spoken)]
            now = [place for place in later if model.index.get(model.as_of(key, place)) == i]
            revisions |= {(issue_of(key), now[0])} if now else set()
            model.silent_alone |= {(key, now[0])} if now else set()
        self.model.silent |= revisions - self.model.doubted
        return revisions - self.model.doubted if self.taken else set()

    def every(self, numbers: Iterable[int]) -> set[tuple]:
        """All hints of some numbers."""
        return set().union(*self._hints(list(numbers)))

    def _hints(self, numbers: list[int]) -> list[set[tuple]]:
        printed = set().union(*(self.printed.get(issue_of(self.model.keys[i]), ()) for i in numbers))
        return [
            printed,
            *(set().union(*(kind.get(i, ()) for i in numbers)) - self.model.doubted for kind in self.flips),
        ]


def contradicted(model: Model, suspects: Suspects) -> set[tuple]:
    """What is hinted at nearest to each sum that cannot hold, along the sums that narrowed its numbers down."""
    if not model.packs:
        return set()
    low = [0 if value is None else value for value in model.values]
    high = [FAR if value is None else value for value in model.values]
    for seen in model.seen.values():
        for i, (least, most) in seen.items():
            low[i], high[i] = max(low[i], least), min(high[i], most)
    touching = defaultdict(list)
    for s, terms in enumerate(model.sums):
        for i, _ in terms:
            if low[i] < high[i]:
                touching[i].append(s)
    waiting, steps = sorted({s for some in touching.values() for s in some}), 0
    revisions: set[tuple] = set()
    why: dict[int, int] = {}  # number -> the sum that narrowed it last
    while waiting and (steps := steps + 1) < 50 * len(model.sums):
        s = waiting.pop()
        ends = [(i, c, *sorted((c * low[i], c * high[i]))) for i, c in model.sums[s]]
        least, most = sum(end[2] for end in ends), sum(end[3] for end in ends)
        if least > 0 or most < 0:
            revisions |= _nearest(model, s, why, suspects)
            continue
        for i, c, own_least, own_most in ends:
            down, up = sorted(((own_most - most) / c, (own_least - least) / c))
            down, up = max(low[i], ceil(down)), min(high[i], floor(up))
            if down > low[i] or up < min(high[i], FAR // 2):
                low[i], high[i], why[i] = down, up, s
                waiting += [t for t in touching[i] if t != s]
    return revisions


def _nearest(model: Model, failing: int, why: dict[int, int], suspects: Suspects) -> set[tuple]:
    """What a sum's numbers hint at, or those of the sums that narrowed them, or of the ones before these."""
    sums, numbers = {failing}, {i for i, _ in model.sums[failing]}
    while not (revisions := suspects.every(numbers)) and (more := {why[i] for i in numbers if i in why} - sums):
        sums |= more
        numbers |= {i for s in more for i, _ in model.sums[s]}
    return revisions or set().union(*(suspects.silent(model.sums[s]) for s in sums))
