"""The range of a withheld count that anybody can work out, printed with it: it tells no reader anything new.

It stands in the row's reason: "...; about 30; from 28 to 32". The range is what every sum, over and over, leaves of the
tables that the audience has (its own and those it sees), and where it has no upper limit the reason says so; `about` is
the rounded figure that one of those prints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..audiences import Profile
from .possible_values import PossibleValues
from .printed_facts import NO_LIMIT, Facts
from .printed_sums import Tying
from .released_packs import Name, Pack

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

    released : all that its readers have, oldest first: earlier packs, these tables, those of the audiences it sees
    """
    facts, low, high = _narrowed(released, documentation, relations)
    rounded = _rounded(facts, [each for each in released if each[1] is not tables])
    return {name: _frame(frame, facts, low, high, rounded) for name, frame in tables.items()}


def _narrowed(released, documentation: Mapping, relations: list) -> tuple[Facts, np.ndarray, np.ndarray]:
    public: dict = {"tables": {}, "measures": {}} | dict(documentation or {})
    doubted: frozenset = frozenset()
    while True:
        facts = Facts(public, [Pack(tables, rule) for rule, tables in released], doubted)
        ties = Tying(facts)
        values = PossibleValues(facts, ties.every(relations))
        if not (more := ties.doubts or values.doubts):
            return facts, values.low, values.high
        doubted |= more


def _rounded(facts: Facts, others: Sequence[tuple[Profile, Tables]]) -> dict[Name, int]:
    """What other tables of the audience print, rounded, of each count."""
    printed = {}
    for rule, tables in others:
        for frame in tables.values() if rule.round_to > 1 else ():
            for line in facts.rows(frame):
                names, count = facts.numbers(line), line.row.get("count")
                if line.row.get("status") == "shown" and len(names) == 1 and count is not None:
                    printed[names[0]] = int(count)
    return printed


def _frame(frame: pd.DataFrame, facts: Facts, low: np.ndarray, high: np.ndarray, rounded: dict[Name, int]):
    if "reason" not in frame or "status" not in frame:
        return frame
    reasons = frame["reason"].tolist()
    for i, line in enumerate(facts.rows(frame)):
        names = facts.numbers(line)
        if line.row.get("status") != "suppressed" or len(names) != 1 or "between 1 and" not in str(reasons[i]):
            continue
        at = facts.at.get(facts.as_of(names[0], facts.now))
        if at is None:
            continue
        near = f"; about {rounded[names[0]]}" if names[0] in rounded else ""
        ends = f"from {int(low[at])} to {int(high[at])}" if high[at] < NO_LIMIT else UNLIMITED
        reasons[i] = f"{reasons[i]}{near}; {ends}"
    return frame.assign(reason=reasons)
