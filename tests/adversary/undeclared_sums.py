"""Sums that nobody declared: `python tests/adversary/undeclared_sums.py [seeds]` looks for them in invented quarters.

A count that is the sum or the difference of two others, or equals another, in every quarter of three worlds drawn anew,
and that no dimension, period or declared relation explains, is a relation that a patient reader has too. It is
reported for the developer to declare it (data/dictionary, `relations`) or to say why it is chance. Numbers are looked
up, not tried by threes: of n counts there are n squared sums, each found in one step.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd

from lscb.long_table import NOT_DIMENSIONS, TOTAL

SMALL = 7  # the highest count that an audience withholds
LEAST = 8  # a sum of smaller numbers is too often chance
Cell = tuple[str, frozenset]


def counts(tables: dict[str, pd.DataFrame], documentation: dict) -> dict[Cell, int]:
    """Every shown count made from returns that has no denominator of its own, by measure and labels."""
    opened = {name for name, entry in documentation["tables"].items() if (entry or {}).get("open")}
    found: dict[Cell, int] = {}
    for name, frame in tables.items():
        if name in opened or "count" not in frame:
            continue
        dims = [c for c in frame.columns if c not in (*NOT_DIMENSIONS, "area", "measure")]
        for row in frame[frame["count"].notna() & (frame["status"] == "shown")].to_dict("records"):
            labels = frozenset((d, row[d]) for d in dims if row[d] != TOTAL)
            if row.get("of") is None or row["of"] != row["of"]:
                found[row["measure"], labels] = int(row["count"])
    return found


def relations(worlds: list[dict[Cell, int]]) -> list[tuple[Cell, tuple[Cell, ...]]]:
    """(total, parts) of every sum of one or two counts that holds in all worlds, of counts that differ between them."""
    shared = sorted(set.intersection(*(set(world) for world in worlds)), key=str)
    values = np.array([[world[cell] for cell in shared] for world in worlds])
    kept = [i for i in range(len(shared)) if values[:, i].min() >= LEAST and len(set(values[:, i])) > 1]
    at = defaultdict(list)
    for i in kept:
        at[tuple(values[:, i])].append(i)
    found = [(shared[i], (shared[j],)) for same in at.values() for i, j in combinations(same, 2)]
    for i, j in combinations(kept, 2):
        if _akin(shared[i], shared[j]):
            found += [(shared[k], (shared[i], shared[j])) for k in at.get(tuple(values[:, i] + values[:, j]), ())]
    return [(total, parts) for total, parts in found if all(_akin(total, part) for part in parts)]


def _akin(one: Cell, other: Cell) -> bool:
    """Whether two counts are of one subject (`cdop_...`), one period and one window: others are equal by chance."""
    times = [{d: label for d, label in cell[1] if d in ("period", "window")} for cell in (one, other)]
    return times[0] == times[1] and one[0].partition("_")[0] == other[0].partition("_")[0]


def orders(worlds: list[dict[Cell, int]], least: int = 6) -> list[tuple[str, str]]:
    """(smaller, larger) of every two measures of which one is at most the other wherever both stand at the same labels,
    or a label of the one beside the total of the other, in all worlds: at least so often, and once by so few that the
    rest is small."""
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for world in worlds:
        at = defaultdict(dict)
        for (measure, labels), count in world.items():
            at[labels][measure] = count
        for labels, some in at.items():
            times = frozenset(each for each in labels if each[0] in ("period", "window"))
            for (small, n), (large, most) in product(some.items(), (some | at.get(times, {})).items()):
                if small != large and small.partition("_")[0] == large.partition("_")[0]:
                    pairs[small, large].append((n, most))
    return sorted(
        pair for pair, some in pairs.items()
        if len(some) >= least and all(n <= most for n, most in some) and any(0 < n < most <= n + SMALL for n, most in some)
    )  # fmt: skip


def explained(total: Cell, parts: tuple[Cell, ...], declared: set[frozenset]) -> bool:
    """Whether one measure splits into itself, or a declared relation has these measures."""
    measures = {total[0], *(part[0] for part in parts)}
    return len(measures) == 1 or any(measures <= names for names in declared)


def names(relation: dict) -> frozenset:
    """The measures of a declared relation."""

    def measure(term):
        if isinstance(term, str):
            return term.lstrip("- ")
        return term["measure"] if isinstance(term, dict) else measure(term[1])

    return frozenset(measure(term) for term in (relation["total"], *relation["parts"]))


def report(seeds=(0, 1, 2), period: str = "2017-18-Q4", area: str = "E06000045") -> list[str]:
    """A line for each relation that holds in the worlds of these seeds and that nobody declared."""
    from board_packs.tables import documentation

    known = documentation()
    worlds = [counts(drawn(seed, period, area), known) for seed in seeds]
    declared = {names(relation) for relation in known["relations"]}
    for entry in known["measures"].values():
        bases = [entry[role] for role in ("numerator", "denominator") if role in entry]
        if len(bases) == 2:
            declared.add(frozenset(base if isinstance(base, str) else base["measure"] for base in bases))
    lines = defaultdict(list)
    for total, parts in relations(worlds):
        if not explained(total, parts, declared):
            key = " = ".join([total[0], " + ".join(sorted(part[0] for part in parts))])
            lines[key].append(f"{written(total)} = " + " + ".join(map(written, parts)))
    for small, large in orders(worlds):
        if not any({small, large} <= some for some in declared):
            lines[f"{small} <= {large}"].append("wherever both stand")
    return [f"{key}: {len(some)} times, such as {some[0]}" for key, some in sorted(lines.items())]


def written(cell: Cell) -> str:
    return ", ".join([cell[0], *(f"{d} {label}" for d, label in sorted(cell[1]))])


def drawn(seed: int, period: str, area: str) -> dict[str, pd.DataFrame]:
    """All tables of an invented quarter, before disclosure control."""
    from board_packs import sample, tables
    from board_packs.quarter import receiving
    from board_packs.quarter import table_stages as stages
    from board_packs.quarter.request import resolve

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / period
        sample.write(folder, seed=seed)
        asked = resolve(period, area, returns=folder.parent, out=folder.parent / "out", notebooks=None)
        return tables.build(stages.inputs(asked, receiving.receive(asked, checked=False)))


if __name__ == "__main__":
    for line in report(tuple(map(int, sys.argv[1:])) or (0, 1, 2)):
        print(line)
