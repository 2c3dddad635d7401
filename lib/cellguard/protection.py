"""All tables of a quarter protected together, for every audience at once."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from . import history as circulated
from .audiences import Profile, by_name, check_weights, resolved
from .cells import PART, Docs, Model, written
from .milp import quiet
from .model import model
from .problem import Part, parts, primaries
from .render import render
from .solve import Pattern, solve

if TYPE_CHECKING:
    import pandas as pd

LEDGER = ("profile", "table", "cell", "measure", "area", "period", "kind", "rule", "protects", "gap")


class Protected(NamedTuple):
    """`protected`: tables by profile and name. `ledger`: why each cell is hidden; internal, it never leaves."""

    protected: dict[str, dict[str, pd.DataFrame]]
    ledger: pd.DataFrame


def protect(
    tables: dict[str, pd.DataFrame],
    profiles=("partnership", "public"),
    history=None,
    relations=None,
    *,
    documentation: Mapping | None = None,
    memo: Path | None = None,
) -> Protected:
    """Protect every table for every profile, together, against a reader of all that was released so far.

    Parameters
    ----------
    tables : {name: long table}; counts in `count`, shares with `count` and `of` (and `value`); figure columns,
        `status` and `reason` may be missing. Every other column is a dimension, `Total` the label of a total.
    profiles : names in data/disclosure.yml, or Profile objects (see `profiles` for those of another file)
    history : what was circulated before: `history.load(...)`, earlier results, or see `history.entries`
    relations : declared sums, such as {"total": "referrals", "parts": ["first", "repeats"]}; a part may be a measure,
        `-measure`, a mapping with `measure` and fixed labels, or (sign, part). Added to those of the documentation.
    documentation : what is known of the tables: a mapping with `tables` and `measures` by name, and `relations`, as
        the README says; nothing where it is not given
    memo : a folder where solved parts are kept, so that an unchanged part is not solved again. Its names are hashes;
        it holds which cell of a part is hidden, so it belongs with the working tables.

    Returns
    -------
    Protected(protected, ledger). The same input gives the same output, whatever the order of tables and rows.

    Raises UserError where two tables disagree on one cell, or a count is no whole number.
    """
    named = [profiles] if isinstance(profiles, (str, Profile)) else list(profiles)
    rules = by_name(named)
    asked = [resolved(p, rules) for p in named]
    guarded = sorted((p for p in asked if p.protect), key=lambda p: p.name)
    docs = Docs.of(documentation)
    if docs.measures:
        check_weights(guarded, docs.measures)
    issued = [(resolved(n, rules), t) for n, t in circulated.entries(history, [p.name for p in guarded], rules)]
    made = model(tables, docs, issued, [*docs.relations, *(relations or [])])
    hidden: dict[str, set] = {p.name: set() for p in asked}
    rows: list[dict] = []
    if guarded:
        with quiet():
            for part, decisions, numbers in parts(made, guarded):
                found = _solved(part, memo)
                for (name, key), gone in zip(decisions, found.hidden, strict=True):
                    if gone:
                        hidden[name].add(key)
                rows += _ledger(made, guarded, part, decisions, numbers, found)
    rows += [row for p in guarded for row in _implied(made, p, hidden[p.name])]
    rows += [_row(cell=written(key), measure=key[0], kind="note", rule=text) for key, text in made.notes]
    protected = {p.name: render(tables, made, p, hidden[p.name]) for p in asked}
    return Protected(protected, _frame(rows))


def _solved(part: Part, memo: Path | None) -> Pattern:
    """The pattern of a part, from an earlier solution of the same part where there is one."""
    if memo is None:
        return solve(part)
    name = hashlib.sha256(pickle.dumps((5, part), protocol=4)).hexdigest()
    path = memo / f"{name}.npz"
    if path.is_file():
        with np.load(path) as kept:
            short = {(int(r), int(t)): int(k) for r, t, k in kept["short"]}
            return Pattern(kept["hidden"], float(kept["cost"]), float(kept["bound"]), short)
    pattern = solve(part)
    memo.mkdir(parents=True, exist_ok=True)
    short = np.array([(*k, v) for k, v in pattern.short.items()]).reshape(-1, 3)
    draft = memo / f".{name}-{os.getpid()}.npz"  # a worker that is killed must not leave half of one
    np.savez(draft, hidden=pattern.hidden, cost=pattern.cost, bound=pattern.bound, short=short)
    os.replace(draft, path)
    return pattern


def _ledger(made: Model, profiles: list[Profile], part: Part, decisions, numbers, found: Pattern) -> list[dict]:
    """Why each cell of a part is hidden; and for which cells even hiding everything is not enough."""
    by_name = {p.name: p for p in profiles}
    primary = {p.name: primaries(made, p) for p in profiles}
    gap = max(0.0, 1 - found.bound / found.cost) if found.cost else 0.0
    rows = []
    for (name, key), gone in zip(decisions, found.hidden, strict=True):
        if not gone:
            continue
        unit, p = made.units[key], by_name[name]
        own = [i for i in unit.numbers if i in primary[name]]
        kind, rule, protects = "primary", f"1 to {p.threshold}", ""
        if own and not any(1 <= made.values[i] <= p.threshold for i in own):
            rule = f"all or none of a group of up to {p.all_or_none}"
        if not own:
            kind, rule = "further", "hidden so that sums do not give another cell back"
            protects = _near(made, unit, primary[name] or set().union(*primary.values()))
        for table in sorted({table for table, _ in unit.rows}):
            rows.append(_row(name, table, key, kind, rule, protects, round(gap, 6) if gap > 1e-6 else 0.0))
    for (r, target), k in sorted(found.short.items()):
        name, key = part.readers[r].profile.name, made.keys[numbers[target]]
        text = f"even hiding everything leaves {k} possible numbers, {by_name[name].candidates} are asked for"
        rows.append(_row(name, "", key, "short", text))
    return rows


def _implied(made: Model, p: Profile, hidden: set) -> list[dict]:
    """The numbers that no row shows to an audience, that have no row of their own here, and that are not primary:
    whoever works one of them out has found nothing that is protected."""
    shown = {i for key, unit in made.units.items() if key not in hidden for i in unit.numbers}
    shown |= {i for name in (p.name, *p.sees) for i in made.seen.get(name, ())}
    small, cells, told = primaries(made, p), {}, set()
    for i, (measure, labels) in enumerate(made.keys):
        if i in shown or i in made.constant or (measure, labels) in made.units:
            continue
        name, _, figure = measure.partition(PART)
        named = tuple((d, re.sub("^other than ", "not ", label)) for d, label in labels)
        figure = "rest" if named != labels else figure.split(" ")[0] or "count"
        cell = f"{written((name, named))} ({figure})"
        cells[cell] = measure, labels
        told |= {cell} if made.values[i] is None or i in small else set()
    return [_row(p.name, "", key, "implied", "not small", cell=text) for text, key in cells.items() if text not in told]


def _near(made: Model, unit, primary: set[int]) -> str:
    """The primary cells nearest to a further one along the sums, in words; at most three by name."""
    tied = made.neighbours
    reached = frontier = set(unit.numbers)
    while frontier and not frontier & primary:
        frontier = {j for i in frontier for j in tied.get(i, ())} - reached
        reached = reached | frontier
    names = [written(made.keys[i]) for i in sorted(frontier & primary, key=lambda i: made.keys[i])]
    return "; ".join(names[:3]) + (f"; and {len(names) - 3} more" if len(names) > 3 else "")


def _row(profile="", table="", key=None, kind="", rule="", protects="", gap=0.0, cell=None, measure=None) -> dict:
    labels = dict(key[1]) if key else {}
    area, period = labels.get("area", ""), labels.get("period", "")
    cell, measure = cell or written(key), measure or key[0]
    return dict(zip(LEDGER, (profile, table, cell, measure, area, period, kind, rule, protects, gap), strict=True))


def _frame(rows: list[dict]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(LEDGER))
    return frame.sort_values(["profile", "table", "kind", "cell"], ignore_index=True) if rows else frame
