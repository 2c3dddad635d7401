"""The auditor: what a reader of everything released could work out about every hidden cell.

Shares no code with the solver. It reads released tables alone (and the dictionary, which is public), writes down every
sum a patient reader would, and asks whole-number programmes which values each hidden cell can have.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lscb.long_table import TOTAL

from ..audiences import Profile, by_name
from .possible_values import PossibleValues
from .printed_facts import Facts
from .printed_sums import Tying
from .released_packs import Pack, every_pack, named
from .tied_group import ENOUGH

if TYPE_CHECKING:
    import pandas as pd


def attack(
    released,
    known: dict | None = None,
    *,
    profile: str | Profile | None = None,
    k: int | None = None,
    relations=None,
    full: bool | None = None,
    documentation: Mapping | None = None,
) -> pd.DataFrame:
    """Everything that can be worked out of what was released to one reader, one row per hidden cell.

    Parameters
    ----------
    released : {name: table}, or a list of such mappings: packs, quarters, audiences, re-issues. Also what
        `history.load` gives, an (audience, tables) pair or {audience: {name: table}}. Rounded counts are known by
        their `reason` ("rounded to the nearest 5") or by their audience, where that is given.
    known : {cell: value} that the reader knows besides; a cell is a mapping of `measure` and its labels, a tuple of
        such pairs, or a key (measure, ((dimension, label), ...)). It has no row of its own in the answer
    profile : the audience of tables that do not say (rounding, threshold, candidates asked for)
    k : candidates asked for (the profile's, or 3)
    relations : declared sums, as `protect` takes them; those of the documentation are always used
    documentation : as `protect` takes it: it is public, and its reader has it
    full : False stops at `k` candidates a cell, with `min` and `max` those found: enough to release a pack. None does
        so only for groups of more than 300 numbers that are tied together; True never

    Returns
    -------
    measure and dimensions (`Total` where a cell has none), `figure` (count, of, or rest: the implied complement),
    `candidates` (whole numbers counted one by one, up to twelve: twelve means at least so many; up to `k` where not
    `full`), `possible` (the candidates as text, where they are fewer), `min`, `max` (inf: no limit), `exposed`: fewer
    than `k` candidates of which one is in 1..threshold, or is none of a small group. A hidden cell that a small count
    could not be is never exposed.

    A table that contradicts itself raises UserError.
    """
    rules = by_name([profile])
    packs = list(every_pack(released, profile, rules))
    promised = [Pack({}, profile, rules)] if profile else packs or [Pack({}, None)]  # what one audience is promised
    public = {"tables": {}, "measures": {}} | dict(documentation or {})
    sums = [*(public.get("relations") or []), *(relations or [])]
    with _undisturbed():
        return _attacked(packs, known or {}, k, sums, full, promised, public)


def _attacked(packs, known, k, sums, full, rules, documentation) -> pd.DataFrame:
    asked = k or max(p.candidates for p in rules)
    threshold = min(p.threshold for p in rules)
    doubted: frozenset = frozenset()
    while True:
        facts = Facts(documentation, packs, doubted)
        for cell, value in known.items():
            at = facts.place(facts.as_of(named(cell), facts.now))
            facts.learn(at, value, value)
            facts.hidden.discard(at)
        ties = Tying(facts)
        values = PossibleValues(facts, ties.every(sums))
        if more := ties.doubts or values.doubts:
            doubted |= more
            continue
        found = values.candidates(asked, full, threshold)
        if not values.doubts:
            break
        doubted |= values.doubts
    few = values.all_or_none(found, asked, min(p.all_or_none for p in rules))
    return _answer(facts, found, asked, threshold, few)


@contextlib.contextmanager
def _undisturbed():
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


def breaches(
    found: pd.DataFrame, ledger: pd.DataFrame, profile: str, before: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The rows of an attack that break the promise: exposed numbers, but for those of which the ledger of `protect`
    says that they are not primary: further cells, and what is implied without being small.

    Released tables alone do not say which of what could be small is: without a ledger such a number with few
    candidates looks exposed too. One that the ledger does not know is a breach.

    before : an attack on what was circulated already. Numbers that had just these candidates then are left out: this
        release tells nothing of them, and withholding it would protect nobody
    """
    import pandas as pd

    told = ledger[ledger["profile"] == profile]
    further, implied = (set(told.loc[told["kind"] == kind, "cell"]) for kind in ("further", "implied"))
    known = set() if before is None else {(*cell, row["possible"]) for cell, row in _exposed(before)}
    rows = _exposed(found)
    safe = [
        (c in further and figure != "rest") or f"{c} ({figure})" in implied or (c, figure, row["possible"]) in known
        for (c, figure), row in rows
    ]
    exposed = found[found["exposed"]]
    return exposed[~pd.Series(safe, index=exposed.index, dtype=bool)]


def _exposed(found: pd.DataFrame) -> list[tuple[tuple[str, str], dict]]:
    """(cell, figure) as the ledger writes them, and the row, of every exposed number."""
    dims = [c for c in found.columns if c not in (*RESULT, "measure")]
    rows = found[found["exposed"]].to_dict("records")
    return [((_text(row["measure"], {d: row[d] for d in dims}), row["figure"]), row) for row in rows]


RESULT = ("figure", "candidates", "possible", "min", "max", "exposed")


def _text(measure: str, labels: dict) -> str:
    return f"{measure}: " + ", ".join(f"{d} {v}" for d, v in sorted(labels.items()) if v != TOTAL)


def _answer(facts: Facts, found: dict, asked: int, threshold: int, few: set[int]) -> pd.DataFrame:
    import pandas as pd

    names = {at: name for name, at in facts.at.items()}
    dims = sorted({d for at in found for d, _ in names[at][1]} | {"area", "period"})
    rows = []
    for at, (values, least, most) in found.items():
        measure, labels, figure = names[at]
        small = at in few or any(1 <= v <= threshold for v in values)
        small &= (facts.said["measures"].get(measure) or {}).get("protect") != "none"  # agencies, money: nobody to find
        rows.append(
            {"measure": measure}
            | {d: dict(labels).get(d, TOTAL) for d in dims}
            | dict(
                figure=figure.split(" of ")[0],
                candidates=len(values),
                min=least,
                max=most,
                exposed=len(values) < asked and small,
            )
            | dict(possible=", ".join(map(str, sorted(values))) if len(values) < ENOUGH else "")
        )
    frame = pd.DataFrame(rows, columns=["measure", *dims, *RESULT])
    return frame.sort_values(["measure", *dims, "figure"], ignore_index=True)
