"""Why each cell is withheld, one row each: internal, it never leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .audiences import Profile
from .cell_keys import PART, Key, written
from .cell_model import Model
from .pattern_search import Pattern
from .primary_cells import primaries
from .solver_parts import Part

if TYPE_CHECKING:
    import pandas as pd

LEDGER = ("profile", "table", "cell", "measure", "area", "period", "kind", "rule", "protects", "gap")


def reasons(model: Model, profiles: list[Profile], part: Part, decisions, numbers, pattern: Pattern) -> list[dict]:
    """Why each cell of a part is hidden; and for which cells even hiding everything is not enough."""
    by_name = {p.name: p for p in profiles}
    primary = {p.name: primaries(model, p) for p in profiles}
    gap = max(0.0, 1 - pattern.bound / pattern.cost) if pattern.cost else 0.0
    gap = round(gap, 6) if gap > 1e-6 else 0.0
    rows = []
    for (name, key), gone in zip(decisions, pattern.hidden, strict=True):
        if not gone:
            continue
        unit, p = model.units[key], by_name[name]
        primaries_of = [i for i in unit.numbers if i in primary[name]]
        kind, rule, protects = "primary", f"1 to {p.threshold}", ""
        if primaries_of and not any(1 <= (model.values[i] or 0) <= p.threshold for i in primaries_of):
            rule = f"all or none of a group of up to {p.all_or_none}"
        if not primaries_of:
            kind, rule = "further", "hidden so that sums do not give another cell back"
            protects = _near(model, unit, primary[name] or set().union(*primary.values()))
        for table in sorted({table for table, _ in unit.rows}):
            rows.append(ledger_row(key, kind, rule, name, table, protects=protects, gap=gap))
    for (r, target), k in sorted(pattern.short.items()):
        name, key = part.readers[r].profile.name, model.keys[numbers[target]]
        text = f"even hiding everything leaves {k} possible numbers, {by_name[name].candidates} are asked for"
        rows.append(ledger_row(key, "short", text, name))
    return rows


def implied(model: Model, p: Profile, hidden: set) -> list[dict]:
    """The numbers that no row shows to an audience, that have no row of their own here, and that are not primary:
    whoever works one of them out has found nothing that is protected."""
    shown = {i for key, unit in model.units.items() if key not in hidden for i in unit.numbers}
    shown |= {i for name in (p.name, *p.sees) for i in model.seen.get(name, ())}
    small, cells, unsaid = primaries(model, p), {}, set()
    for i, (measure, labels) in enumerate(model.keys):
        if i in shown or i in model.constant or (measure, labels) in model.units:
            continue
        name, _, figure = measure.partition(PART)
        named = tuple((d, re.sub("^other than ", "not ", label)) for d, label in labels)
        figure = "rest" if named != labels else figure.split(" ")[0] or "count"
        cell = f"{written((name, named))} ({figure})"
        cells[cell] = measure, labels
        unsaid |= {cell} if model.values[i] is None or i in small else set()
    return [
        ledger_row(key, "implied", "not small", p.name, cell=text) for text, key in cells.items() if text not in unsaid
    ]


def _near(model: Model, unit, primary: set[int]) -> str:
    """The primary cells nearest to a further one along the sums, in words; at most three by name."""
    tied = model.neighbours
    reached = frontier = set(unit.numbers)
    while frontier and not frontier & primary:
        frontier = {j for i in frontier for j in tied.get(i, ())} - reached
        reached = reached | frontier
    names = [written(model.keys[i]) for i in sorted(frontier & primary, key=lambda i: model.keys[i])]
    return "; ".join(names[:3]) + (f"; and {len(names) - 3} more" if len(names) > 3 else "")


def ledger_row(key: Key, kind: str, rule: str, profile: str = "", table: str = "", **more) -> dict:
    """One row of the ledger; more: `protects`, `gap`, and `cell` where it is not written as its key."""
    labels = dict(key[1])
    place = {"measure": key[0], "area": labels.get("area", ""), "period": labels.get("period", "")}
    row = {"profile": profile, "table": table, "kind": kind, "rule": rule, "protects": "", "gap": 0.0}
    return row | place | {"cell": written(key)} | more


def ledger_frame(rows: list[dict]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(LEDGER))
    return frame.sort_values(["profile", "table", "kind", "cell"], ignore_index=True) if rows else frame
