"""Why each cell is withheld, one row each: internal, it never leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .audiences import Profile
from .cell_keys import PART, written
from .cell_model import Model
from .pattern_search import Pattern
from .primary_cells import primaries
from .solver_parts import Part

if TYPE_CHECKING:
    import pandas as pd

LEDGER = ("profile", "table", "cell", "measure", "area", "period", "kind", "rule", "protects", "gap")


def reasons(made: Model, profiles: list[Profile], part: Part, decisions, numbers, found: Pattern) -> list[dict]:
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
            rows.append(ledger_row(name, table, key, kind, rule, protects, round(gap, 6) if gap > 1e-6 else 0.0))
    for (r, target), k in sorted(found.short.items()):
        name, key = part.readers[r].profile.name, made.keys[numbers[target]]
        text = f"even hiding everything leaves {k} possible numbers, {by_name[name].candidates} are asked for"
        rows.append(ledger_row(name, "", key, "short", text))
    return rows


def implied(made: Model, p: Profile, hidden: set) -> list[dict]:
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
    return [
        ledger_row(p.name, "", key, "implied", "not small", cell=text)
        for text, key in cells.items()
        if text not in told
    ]


def _near(made: Model, unit, primary: set[int]) -> str:
    """The primary cells nearest to a further one along the sums, in words; at most three by name."""
    tied = made.neighbours
    reached = frontier = set(unit.numbers)
    while frontier and not frontier & primary:
        frontier = {j for i in frontier for j in tied.get(i, ())} - reached
        reached = reached | frontier
    names = [written(made.keys[i]) for i in sorted(frontier & primary, key=lambda i: made.keys[i])]
    return "; ".join(names[:3]) + (f"; and {len(names) - 3} more" if len(names) > 3 else "")


def ledger_row(profile="", table="", key=None, kind="", rule="", protects="", gap=0.0, cell=None, measure=None) -> dict:
    labels = dict(key[1]) if key else {}
    area, period = labels.get("area", ""), labels.get("period", "")
    cell, measure = cell or written(key), measure or key[0]
    return dict(zip(LEDGER, (profile, table, cell, measure, area, period, kind, rule, protects, gap), strict=True))


def ledger_frame(rows: list[dict]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(LEDGER))
    return frame.sort_values(["profile", "table", "kind", "cell"], ignore_index=True) if rows else frame
