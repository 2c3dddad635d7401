"""The range of a withheld count that anybody can work out, printed with it: it tells no reader anything new.

It stands in the row's reason: "...; about 30; from 28 to 32". The range is what all sums together leave of the tables
that the audience is given at once (its own and those it sees), and where it has no upper limit the reason says so;
`about` is the rounded figure that one of those prints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..audiences import Profile
from ..protected_tables import WITH_COUNT
from . import undisturbed
from .possible_values import PossibleValues
from .printed_facts import NO_LIMIT, Facts
from .printed_rows import Line
from .printed_sums import Tying
from .released_packs import Pack

if TYPE_CHECKING:
    import pandas as pd

Tables = dict[str, "pd.DataFrame"]
UNLIMITED = "nothing printed limits it"
ABOUT = re.compile(r"; about (\d+)")


def about(reason: str) -> int | None:
    """The rounded figure that other tables of the audience print for a withheld count; None where there is none."""
    match = ABOUT.search(str(reason))
    return int(match[1]) if match else None


def with_ranges(
    tables: Tables, released: Sequence[tuple[Profile, Tables]], documentation: Mapping, relations: list
) -> Tables:
    """An audience's protected tables, with the range of every withheld count in its reason.

    released : what its readers are given with them: these tables, and those of the audiences it sees. Figures of
        earlier packs may have been revised since, and a range that rests on them would be false
    """
    public: dict = {"tables": {}, "measures": {}} | dict(documentation or {})
    facts = Facts(public, [Pack(tables, rule) for rule, tables in released], relations)
    values = PossibleValues(facts, Tying(facts, patient=False).every(relations))
    places = {name: [_place(facts, line) for line in facts.rows(frame)] for name, frame in tables.items()}
    with undisturbed():
        ends = values.ends({at for some in places.values() for at in some if at is not None})
    rounded = _rounded(facts, [each for each in released if each[1] is not tables])
    return {name: _frame(frame, places[name], ends, rounded) for name, frame in tables.items()}


def _place(facts: Facts, line: Line) -> int | None:
    """The number of a withheld count, alone or as the first of a share, whose reason may say a range."""
    names = facts.numbers(line)
    why = str(line.row.get("reason"))
    withheld = line.row.get("status") == "suppressed" and ("between 1 and" in why or why.endswith(WITH_COUNT))
    return facts.at.get(facts.as_of(names[0], facts.now)) if withheld else None


def _rounded(facts: Facts, others: Sequence[tuple[Profile, Tables]]) -> dict[int | None, int]:
    """What other tables of the audience print, rounded, of each count."""
    printed = {}
    for rule, tables in others:
        for frame in tables.values() if rule.round_to > 1 else ():
            for line in facts.rows(frame):
                names, count = facts.numbers(line), line.row.get("count")
                if line.row.get("status") == "shown" and len(names) == 1 and count is not None:
                    printed[facts.at.get(facts.as_of(names[0], facts.now))] = int(count)
    return printed


def _frame(frame: pd.DataFrame, places: list, ends: dict[int, tuple[float, float]], rounded: dict[int | None, int]):
    if "reason" not in frame or "status" not in frame:
        return frame
    reasons = frame["reason"].tolist()
    for i, at in enumerate(places):
        if at is not None:
            near = f"; about {rounded[at]}" if at in rounded else ""
            least, most = ends[at]
            reasons[i] += near + (f"; from {int(least)} to {int(most)}" if most < NO_LIMIT else f"; {UNLIMITED}")
    return frame.assign(reason=reasons)
