"""Cells and the sums that tie them: what a reader of every table together could write down as equations.

A number is a count that may be printed in several places: a count row prints one, a share row two (its numerator and
its denominator). Its key is (measure, ((dimension, label), ...)) without the `Total`s, so that equal cells of
different tables are one number. Numbers that are not printed but follow from those that are (an implied complement,
a quarter that only a year gives away) are numbers too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from lscb.errors import UserError

from .cell_keys import Key, issue_key, issue_of, written
from .documentation import Docs
from .table_rows import Line
from .withheld_together import Claim

NOW = "now"  # among what was seen: what a reader is shown of this quarter itself, as long as it is not withheld
Terms = tuple[tuple[int, int], ...]  # numbers with coefficients, which come to zero


@dataclass
class Unit:
    """What is hidden or shown as one: every row with one key."""

    key: Key
    numbers: tuple[int, ...]
    rows: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class Model:
    """Everything a reader could write down: numbers, the units that print them, the sums between them.

    values : what is true now, None where it is not known to us either (hidden by its sender, or in an earlier pack)
    constant : numbers that every reader has (open data, measures that need no protection)
    sums : signed sums that are zero, as ((number, coefficient), ...)
    some : numbers whose 0 would be shown: a withheld one is 1 at least to every reader
    seen : by profile, what earlier packs showed: number -> (least, most) possible
    lines : this quarter's rows
    pairs : keys of a share's numerator and its denominator, with the place of a pack that has the share
    shares : numerator of a share, in any pack -> its denominators
    packs : how many there were before; each stands at its place from 0, this quarter's own at the end
    stated : key -> places of the packs that showed or withheld it
    issues : what was revised (see issue_of) -> the places from which another issue of its figures stood
    doubted : what was revised unseen, see `model`, each with the place from which another issue of it stood
    withdrawn : revisions, as `doubted` has them, that are read as none: of figures that a pack showed and the next
        withheld, as hardly any other are
    silent : revisions that sums which fail may show, of parts that no pack spoke of when it did of their total
    silent_alone : the same of these parts alone, for who takes all other figures of their issues for what they were
    claims : by profile, what the reasons of earlier packs say that its reader has
    notes : relations that do not hold, for the ledger
    fails : whether a sum does not hold of what is true now and what earlier packs showed
    """

    docs: Docs
    lines: list[Line] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    values: list[int | None] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)
    constant: set[int] = field(default_factory=set)
    units: dict[Key, Unit] = field(default_factory=dict)
    sums: list[Terms] = field(default_factory=list)
    some: set[int] = field(default_factory=set)
    seen: dict[str, dict[int, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))
    pairs: dict[tuple[tuple[Key, Key], int], None] = field(default_factory=dict)
    shares: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    packs: int = 0
    stated: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    issues: dict[tuple, list[int]] = field(default_factory=dict)
    doubted: set[tuple] = field(default_factory=set)
    withdrawn: frozenset[tuple] = frozenset()
    silent: set[tuple] = field(default_factory=set)
    silent_alone: set[tuple] = field(default_factory=set)
    claims: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    notes: list[tuple[Key, str]] = field(default_factory=list)
    fails: bool = False

    @property
    def as_before(self) -> bool:
        """Whether all that earlier packs showed and said is true of the figures of now."""
        every = [([self.values[i] for i in some], top) for claims in self.claims.values() for some, top in claims]
        true = all(any(n is None or 1 <= n <= top for n in some) for some, top in every)
        return not self.packs or (true and not self.issues and not self.fails)

    @cached_property
    def neighbours(self) -> dict[int, set[int]]:
        """For each number, those that share a sum or a row with it. Asked for when the model is complete."""
        tied: dict[int, set[int]] = defaultdict(set)
        for each in [[i for i, _ in s] for s in self.sums] + [u.numbers for u in self.units.values()]:
            for i in each:
                tied[i].update(each)
        return tied

    def share(self, line: Line, place: int) -> None:
        """Note which number of a row is a share of which: a rate's population is no group of people.

        A share that prints its value alone is noted too: whoever has its two counts knows what it is a share of.
        """
        if line.free or self.docs.kind(line.key[0]) in ("rate", "average"):
            return
        numbers = line.numbers
        pair = (numbers[0][0], numbers[1][0]) if len(numbers) == 2 else self.docs.pair(line.key)
        if pair:
            self.pairs[pair, place] = None

    def number(self, key: Key, value: int | None = None) -> int:
        """The index of a number, made when new. Raises UserError when two tables disagree on it."""
        if (at := self.index.get(key)) is None:
            at = self.index[key] = len(self.keys)
            self.keys.append(key)
            self.values.append(value)
        elif value is not None and self.values[at] is None:
            self.values[at] = value
        elif value is not None and self.values[at] != value:
            raise UserError(f"{written(key)} has two different numbers in two rows or tables: one cell, one number.")
        return at

    def plain(self, at: int) -> Key:
        """The key of a number, whichever issue of its figures it is of."""
        measure, labels = self.keys[at]
        return measure, tuple(each for each in labels if each[0] != "issue")

    def begun(self, key: Key) -> set[int]:
        """The places from which another issue of a figure stood: its own, or one of all that are revised with it."""
        return {*self.issues.get(key, ()), *self.issues.get(issue_of(key), ())} if self.issues else set()

    def as_of(self, key: Key, place: int) -> Key:
        """A key in the issue of its figures that stood at the place of a pack; in the last one it is the plain key."""
        return issue_key(key, sum(place < began for began in self.begun(key)))

    def later(self, key: Key, place: int) -> int | None:
        """The number of a figure in the first issue after that of a place; None where no pack since has it."""
        number = sum(place < began for began in self.begun(key))
        numbers = (self.index.get(issue_key(key, n)) for n in range(number - 1, -1, -1))
        return next((at for at in numbers if at is not None), None)

    def at(self, key: Key, place: int) -> int:
        """The number of a figure at a place, made when new. Every figure has one of the last issue as well."""
        self.number(key)
        return self.number(self.as_of(key, place))
