"""The sums of a model as they are found: each is read with the figures in the issue of its time, and kept if it holds.

Where the true numbers contradict a sum, it does not hold and is left out, with a note: distinct people, overlapping
labels, snapshots.
"""

from __future__ import annotations

from collections.abc import Iterable

from .cell_keys import Key
from .cell_model import Model, Terms
from .revision_hints import Suspects

Named = list[tuple[Key, int]]  # keys with coefficients, which come to zero
Sheets = dict[tuple[str, str], set[Key]]  # (table, measure) -> the keys that it prints


class Sums:
    """Collects the sums of a model."""

    def __init__(self, model: Model, sheets: Sheets, suspects: Suspects):
        self.model, self.sheets, self.suspects = model, sheets, suspects
        self.valid: set[Terms] = {tuple(sorted(s)) for s in model.sums}
        self.failed: list[Terms] = []  # sums that do not hold, among others of their kind that do

    def doubts(self) -> set[tuple]:
        """What sums hint at that fail among others of their kind, each with the place of the first pack after."""
        suspects = self.suspects
        return set().union(*(suspects.of(i for i, _ in terms) or suspects.silent(terms) for terms in self.failed))

    def value(self, key: Key) -> int | None:
        """The value of a number, None where it is in no table or not known to us."""
        at = self.model.index.get(key)
        return None if at is None else self.model.values[at]

    def read(self, named: Named) -> set[Terms]:
        """A sum with its figures in the issue of each time at which its total, the first of them, was spoken of."""
        stated = self.model.stated.get(named[0][0]) if self.model.issues else None
        at = self.model.at
        return {tuple(sorted((at(key, place), c) for key, c in named)) for place in stated or {self.model.packs}}

    def fails(self, terms: Iterable[tuple[int, int]]) -> bool:
        """Whether the values that there are do not come to zero, and none that is missing could make it up."""
        terms, values = list(terms), self.model.values
        left = sum(c * (values[i] or 0) for i, c in terms)
        return bool(left) and (left < 0) not in {c > 0 for i, c in terms if values[i] is None}

    def keep(self, sums: set[Terms]) -> None:
        """Those that hold."""
        failed = {terms for terms in sums if self.fails(terms)}
        self.valid |= sums - failed
        self.model.fails |= bool(failed)
        self.failed += sorted(failed)

    def adds_over_time(self, measure: str, sums: set[Terms], over: str) -> bool:
        """Whether a measure adds over time: where more of its sums hold than fail without a figure to doubt."""
        suspects, values = self.suspects, self.model.values
        failed = {terms for terms in sums if self.fails(terms)}
        self.model.fails |= bool(failed)
        plain = sum(not (suspects.of(i for i, _ in terms) or suspects.silent(terms)) for terms in failed)
        complete = [[values[i] for i, _ in terms] for terms in sums - failed]
        hold = sum(any(figures) and None not in figures for figures in complete)
        if plain > len(failed) - plain + hold:
            self.model.notes.append(((measure, ()), f"does not add over {over}"))
            return False
        return True

    def stands(self, named: Named) -> bool:
        """Whether none of the figures of a sum was revised since its total was last in print."""
        total = named[0][0]
        place = max(self.model.stated.get(total, ()), default=self.model.packs)
        return all(self.model.as_of(key, place) == key for key, _ in named)

    def leave(self, named: Named, missing: Key) -> None:
        """Give a number that is in no table what a sum leaves for it, if all others have a value."""
        times, rest = dict(named)[missing], 0
        for key, c in named:
            if key == missing:
                continue
            if (value := self.value(key)) is None:
                return
            rest += c * value
        left, over = divmod(-rest, times)
        if left >= 0 and not over:
            self.model.number(missing, left)
