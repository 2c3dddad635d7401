"""The auditor: what a reader of everything released could work out about every hidden cell.

Shares no code with the solver. It reads released tables alone (and the dictionary, which is public), writes down every
sum a patient reader would, and asks whole-number programmes which values each hidden cell can have.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..audiences import Profile, by_name
from .possible_values import PossibleValues
from .printed_facts import Facts
from .printed_sums import Tying
from .reader_findings import breaches, table_of
from .released_packs import Pack, every_pack, named

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["attack", "breaches"]


def attack(
    released: object,
    known: dict | None = None,
    *,
    profile: str | Profile | None = None,
    k: int | None = None,
    relations: Iterable[dict] | None = None,
    full: bool | None = None,
    documentation: Mapping | None = None,
) -> pd.DataFrame:
    """Everything that can be worked out of what was released to one reader, one row per hidden cell.

    released : {name: table}, or a list of such mappings: packs, quarters, audiences, re-issues. Also what
        `history.load` gives, an (audience, tables) pair or {audience: {name: table}}. Rounded counts are told by
        their `reason` ("rounded to the nearest 5") or by their audience
    known : {cell: value} that the reader knows besides; a cell is a mapping of `measure` and its labels, a tuple of
        such pairs, or a key (measure, ((dimension, label), ...)). It has no row of its own in the answer
    profile : the audience of tables that do not say (rounding, threshold, candidates asked for)
    k : candidates asked for (the profile's, or 3)
    relations, documentation : as `protect` takes them: they are public, and the reader has them
    full : False stops at `k` candidates a cell: enough to release a pack. None does so for groups of more than 300
        numbers that are tied together; True never

    Returns measure and dimensions (`Total` where a cell has none), `figure` (count, of, or rest: the implied
    complement), `candidates` (up to twelve: at least so many; up to `k` where not `full`), `possible` (those, where
    they are fewer), `min`, `max` (inf: no limit), `exposed`: fewer than `k` candidates of which one is small.
    Its `attrs["unused"]` names the measures of which figures are printed that nothing was concluded from (medians,
    averages without their counts). Raises UserError for a table that contradicts itself.
    """
    rules = by_name([profile])
    packs = list(every_pack(released, profile, rules))
    promised = [Pack({}, profile, rules)] if profile else packs or [Pack({}, None)]  # what one audience is promised
    public: dict = {"tables": {}, "measures": {}} | dict(documentation or {})
    sums = [*(public.get("relations") or []), *(relations or [])]
    with undisturbed():
        return _attacked(packs, known or {}, k, sums, full, promised, public)


def _attacked(packs, given_cells, k, sums, full, rules, documentation) -> pd.DataFrame:
    asked = k or max(p.candidates for p in rules)
    threshold = min(p.threshold for p in rules)
    doubted: frozenset = frozenset()
    while True:
        facts = Facts(documentation, packs, sums, doubted)
        for cell, value in given_cells.items():
            at = facts.place(facts.as_of(named(cell), facts.now))
            facts.learn(at, value, value)
            facts.hidden.discard(at)
        ties = Tying(facts)
        values = PossibleValues(facts, ties.every(sums))
        if more := ties.doubts or values.doubts:
            doubted |= more
            continue
        candidates = values.candidates(asked, full, threshold)
        if not values.doubts:
            break
        doubted |= values.doubts
    few = values.all_or_none(candidates, asked, min(p.all_or_none for p in rules)) | facts.unrounded
    table = table_of(facts, candidates, asked, threshold, few)
    table.attrs["unused"] = tuple(sorted(facts.unused))
    return table


@contextlib.contextmanager
def undisturbed():
    """HiGHS writes past Python to the process's standard output; and a fifth of the time went into looking for cycles
    among the many numbers kept here, which have none."""
    sys.stdout.flush()
    kept, nowhere, collects = os.dup(1), os.open(os.devnull, os.O_WRONLY), gc.isenabled()
    os.dup2(nowhere, 1)
    gc.disable()
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
        if collects:
            gc.enable()
