"""Relations that nobody declared: `python tests/adversary/undeclared_sums.py [seeds]` looks for them in invented quarters.

Worlds drawn anew are built at the end of three years each. A count that is the sum of up to three others, or equals one,
in all of them, and that no dimension, period or declared relation explains, is a relation that a patient reader has
too; so is one that is never more than another, or than two others together, and often hardly less. It is reported for
the developer to declare it (data/dictionary, `relations`) or to say why it is chance. Equal sums are looked up, not
tried: of n counts there are n squared sums, each found in one step.

What was looked at once, and is chance or follows from declared sums, stands in judged_sums.yml with the reason and is
not printed again.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from sample_sequences import drawn

from lscb.long_table import NOT_DIMENSIONS, TOTAL
from lscb.periods import Quarter

ENDS = ("2015-16-Q4", "2016-17-Q4", "2017-18-Q4")  # the quarters that each world is built for
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


def since(cells: dict[Cell, int], end: str) -> dict[Cell, int]:
    """The counts of a quarter with their periods as so many quarters or years before its end."""
    last, moved = Quarter.parse(end), {}
    for (measure, labels), count in cells.items():
        there = dict(labels)
        if re.fullmatch(r"\d{4}-\d\d-Q[1-4]", period := str(there.get("period", ""))):
            quarter = Quarter.parse(period)
            there["period"] = f"{4 * (last.start - quarter.start) + last.number - quarter.number} quarters before"
        elif re.fullmatch(r"\d{4}-\d\d", period):
            there["period"] = f"{last.start - int(period[:4])} years before"
        moved[measure, frozenset(there.items())] = count
    return moved


def table_of(worlds: list[dict[Cell, int]]) -> tuple[list[Cell], np.ndarray]:
    """The counts that all worlds have and that differ between them, and their values in each."""
    shared = sorted(set.intersection(*(set(world) for world in worlds)), key=str)
    values = np.array([[world[cell] for world in worlds] for cell in shared]).reshape(-1, len(worlds))
    kept = [i for i in range(len(shared)) if len(set(values[i])) > 1]
    return [shared[i] for i in kept], values[kept]


def relations(worlds: list[dict[Cell, int]]) -> list[tuple[Cell, tuple[Cell, ...]]]:
    """(total, parts) of every sum of one to three counts that holds in all worlds, of counts that are seldom small."""
    found: list[tuple[Cell, tuple[Cell, ...]]] = []
    for cells, values in subjects(*table_of(worlds)):
        kept = np.median(values, axis=1) >= LEAST
        cells, values = [cell for cell, there in zip(cells, kept, strict=True) if there], values[kept]
        at, sums = defaultdict(list), defaultdict(list)
        for i, row in enumerate(values):
            at[row.tobytes()].append(i)
        some = [(i, j) for i, j in combinations(range(len(cells)), 2) if _akin(cells[i], cells[j])]
        for i, j in some:
            sums[(values[i] + values[j]).tobytes()].append((i, j))
        found += [(cells[i], (cells[j],)) for same in at.values() for i, j in combinations(same, 2)]
        found += [
            (cells[k], (cells[i], cells[j])) for name, pairs in sums.items() for k in at.get(name, ()) for i, j in pairs
        ]
        for k, part in ((k, part) for pair in some for k, part in (pair, pair[::-1])):
            for i, j in sums.get((values[k] - values[part]).tobytes(), ()):
                if part < i:
                    found.append((cells[k], (cells[part], cells[i], cells[j])))
    return [(total, parts) for total, parts in found if all(_akin(total, part) for part in parts)]


def bounds(worlds: list[dict[Cell, int]]) -> list[tuple[Cell, tuple[Cell, Cell]]]:
    """(count, others) of every count that is never more than two others together though more than either, and mostly by so
    few less that it gives one of them away: of one label beside totals."""
    found = []
    for cells, values in subjects(*table_of(worlds)):
        for k, cell in enumerate(cells):
            near = [
                i for i, other in enumerate(cells) if i != k and _akin(cell, other) and (values[i] < values[k]).any()
            ]
            near = [i for i in near if np.median(values[i]) > 0]
            slack = values[near][:, None] + values[near][None] - values[k]
            fits = (slack.min(axis=2) >= 0) & (slack.max(axis=2) > 0) & (np.median(slack, axis=2) <= SMALL)
            pairs = [(cells[near[i]], cells[near[j]]) for i, j in zip(*np.nonzero(np.triu(fits, 1)), strict=True)]
            found += [(cell, pair) for pair in pairs if _akin(*pair) and _of_one_label(cell, *pair)]
    return found


def _of_one_label(*cells: Cell) -> bool:
    """Whether counts are totals or of one label alone, the same for all that have one."""
    return len({label for _, labels in cells for label in labels if label[0] not in ("period", "window")}) < 2


def subjects(cells: list[Cell], values: np.ndarray) -> Iterator[tuple[list[Cell], np.ndarray]]:
    """The counts of each subject (`cdop_...`): others are related by chance."""
    names = np.array([cell[0].partition("_")[0] for cell in cells])
    for name in sorted(set(names)):
        some = np.flatnonzero(names == name)
        yield [cells[i] for i in some], values[some]


def _akin(one: Cell, other: Cell) -> bool:
    """Whether two counts are of one period, or of one and the one before."""
    times = [str(dict(cell[1]).get("period", "")).partition(" ") for cell in (one, other)]
    return times[0][2] == times[1][2] and (times[0] == times[1] or abs(int(times[0][0]) - int(times[1][0])) == 1)


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


def report(seeds=(0, 1, 2)) -> list[str]:
    """A line for each relation that holds in the worlds of these seeds and that nobody declared."""
    from board_packs.quarter.row_sums import row_sums
    from board_packs.tables import documentation

    known, worlds = documentation(), []
    drawn_tables = [tables for seed in seeds for tables in drawn(seed, ENDS)]
    worlds = [since(counts(tables, known), end) for tables, end in zip(drawn_tables, ENDS * len(seeds), strict=True)]
    declared = {names(relation) for relation in [*known["relations"], *row_sums(drawn_tables)]}
    declared.add(frozenset(name for name, entry in known["measures"].items() if entry.get("protect") == "none"))
    for entry in known["measures"].values():
        bases = [entry[role] for role in ("numerator", "denominator") if role in entry]
        if len(bases) == 2:
            declared.add(frozenset(base if isinstance(base, str) else base["measure"] for base in bases))
    lines = defaultdict(list)
    for sign, some in (("=", relations(worlds)), ("<=", bounds(worlds))):
        for total, parts in some:
            if not explained(total, parts, declared):
                key = f" {sign} ".join([total[0], " + ".join(sorted(part[0] for part in parts))])
                lines[key].append(f"{written(total)} {sign} " + " + ".join(map(written, parts)))
    for small, large in orders(worlds):
        if not any({small, large} <= some for some in declared):
            lines[f"{small} <= {large}"].append("wherever both stand")
    return [f"{key}: {len(some)} times, such as {some[0]}" for key, some in sorted(lines.items())]


def written(cell: Cell) -> str:
    return ", ".join([cell[0], *(f"{d} {label}" for d, label in sorted(cell[1]))])


def judged() -> set[str]:
    """The relations that somebody has looked at: their measures, and how many times they hold."""
    text = (Path(__file__).parent / "judged_sums.yml").read_text(encoding="utf-8")
    return {line for group in yaml.safe_load(text) for line in group["lines"]}


def new(lines: list[str], known: set[str]) -> list[str]:
    """The lines of a report that nobody has judged."""
    return [line for line in lines if line.partition(" times, such as ")[0] not in known]


if __name__ == "__main__":
    every = report(tuple(map(int, sys.argv[1:])) or (0, 1, 2))
    for line in (lines := new(every, judged())):
        print(line)
    print(f"{len(lines)} new relations; {len(every) - len(lines)} were judged before (judged_sums.yml).")
