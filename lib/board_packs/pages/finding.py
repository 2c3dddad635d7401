"""One thing that a pack's first page says, all of them together, and what each kind of it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..tables.reasons import asked_for

WORSE, BETTER, OTHER, SAME, FAR, APART = "worse", "better", "other", "same", "far", "apart"
WAYS = {"worse": WORSE, "better": BETTER, "higher": OTHER, "lower": OTHER, "": SAME}


ROUNDED = "counts are rounded for this audience, so no change is tested"


class Action(NamedTuple):
    """What was agreed and is not done: the first day of the month in which it is due (the last day there is where no date
    was agreed), who answers for it, what it is, and how many there are of it."""

    due: date
    owner: str
    action: str
    number: int


class Finding(NamedTuple):
    """One thing looked at: what came of it, in a sentence with its figure and its rule, and a small chart.

    kind : worse, better, other (changed or different, neither way is better in itself), same, or far (of the worst
        authorities by rank, and not tested), or apart (two counts of it disagree on which side of others it lies)
    by : together (indicators tested together), chart (a rule of a control chart), interval, rank, guidance, agreed (a date),
        twins (the return beside the official figure), told (not tested)
    disagreement : the return's and the official figure of its year, where they disagree
    before : what came of the same rule a quarter earlier; empty where it was not asked
    outside : of each comparison by an interval of its own, whether it lies outside; empty where `kind` says it of one
    heading : under which it stands though nothing came of it
    actions : what of it is late, by name
    """

    kind: str
    by: str
    title: str
    says: str
    page: int
    chart: str = ""
    before: str = ""
    disagreement: str = ""
    outside: tuple[bool, ...] = ()
    heading: str = ""
    actions: tuple[Action, ...] = ()


@dataclass
class Findings:
    """Everything looked at in a pack, and what could not be: reasons with the titles that they keep unknown.

    coming : what was agreed and is due in the next quarter, by what it is called
    """

    items: list[Finding] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    coming: dict[str, list[Action]] = field(default_factory=dict)

    def cannot(self, title: str, why: str) -> None:
        """Notes that nothing can be said of a title, and why."""
        titles = self.unknown.setdefault(why.strip().rstrip("."), [])
        if title not in titles:
            titles.append(title)

    def add(self, others: Findings) -> None:
        """Adds what was found elsewhere."""
        self.items += others.items
        self.coming |= others.coming
        for why, titles in others.unknown.items():
            for title in titles:
                self.cannot(title, why)

    def of(self, *kinds: str, by: str = "") -> list[Finding]:
        """Findings of some kinds, in the order in which they were looked at."""
        return [item for item in self.items if item.kind in kinds and by in ("", item.by)]

    def values(self) -> list:
        """As plain values, of which `of_values` makes the same again."""

        def plain(actions: Iterable[Action]) -> list:
            return [[action.due.isoformat(), *action[1:]] for action in actions]

        items = [[*item._replace(actions=()), plain(item.actions)] for item in self.items]
        return [items, self.unknown, {name: plain(actions) for name, actions in self.coming.items()}]

    @classmethod
    def of_values(cls, items: list, unknown: dict, coming: dict) -> Findings:
        """What `values` gave."""

        def read(actions: list) -> list[Action]:
            return [Action(date.fromisoformat(due), *rest) for due, *rest in actions]

        found = [Finding(*fields[:-2]) for fields in items]
        found = [
            f._replace(outside=tuple(f.outside), actions=tuple(read(i[-1]))) for f, i in zip(found, items, strict=True)
        ]
        return cls(found, {why: [*titles] for why, titles in unknown.items()}, {n: read(a) for n, a in coming.items()})

    @property
    def late(self) -> int:
        """How many agreed actions are late, each by its name."""
        return sum(each.number for item in self.of(WORSE, by="agreed") for each in item.actions)

    @property
    def empty(self) -> bool:
        """Whether nothing of the pack was looked at."""
        return not (self.items or self.unknown)

    @property
    def lacking(self) -> str:
        """What partners are to be asked for; empty where all came, if only to say that there was nothing."""
        return asked_for([*self.unknown], "lacking")

    @property
    def one_by_one(self) -> tuple[float, float, float, float]:
        """How many figures were compared by an interval of their own, how many comparisons that makes (a figure has one
        with each of several places), how many lie outside it, and how many would by chance."""
        each = [i.outside or (i.kind != SAME,) for i in self.items if i.by == "interval"]
        number = sum(map(len, each))
        return float(len(each)), float(number), float(sum(map(sum, each))), number / 20

    @property
    def looked_at(self) -> list[Finding]:
        """What a rule that allows for chance was asked about."""
        return [item for item in self.items if item.by not in ("guidance", "agreed", "rank", "twins", "told")]


def way(difference: float, better: str) -> str:
    """What a difference means where one way is better; `other` where neither is."""
    if better == "neutral":
        return OTHER
    return BETTER if (difference > 0) == (better == "increase") else WORSE
