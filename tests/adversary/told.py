"""What a guarded table tells besides its numbers: nothing that an unprotected row decides.

`python told.py [seeds] [--first SEED] [--period 2017-18-Q4 ...] [--returns NAME ...]`. From the invented rows of a return two
worlds are drawn: some of its rows, with fields that are blank or all the same; and those with a few fields others, rows
fewer or more, in another order. Tables of both are made, some cells withheld that are drawn too, and both are printed for
every guarded audience. A row may then be another in the second world (its figures, method, status or reason, whether it
is there, its place) only where a printed number is that it is made of, by the dictionary. Whole twins cannot be drawn as
cheaply, and say the same: where every protected number is the same, every guarded table is, to the byte.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd
import twins

import cellguard
from board_packs import tables
from board_packs.quarter import receiving
from board_packs.quarter.disclosure_control import panel_only
from board_packs.quarter.input_digests import inputs
from board_packs.quarter.pack_settings import guarded
from board_packs.quarter.row_sums import ROWS
from board_packs.tables.protected_marks import of_audience
from board_packs.tables.reasons import NO_ROW_OF
from cellguard import protected_tables
from cellguard.attacker.printed_ranges import with_ranges
from cellguard.cell_keys import Key, written
from cellguard.documentation import Docs
from cellguard.model_building import build_model
from cellguard.primary_cells import primaries
from cellguard.table_rows import lines as rows_of
from lscb import long_table

GIVEN = {
    "exploitation": "count",
    "children_services": "count",
    "audits": "cases",
}  # numbers that a sender gives as such
TEXTS = ("unit", "method", "status", "reason")
AVERAGES = ("value", "low", "high")  # of an average, numbers of their own, which are withheld with their count
Tables = dict[str, pd.DataFrame]
Row = tuple[str, Key]  # a table and the row's key


class Printed(NamedTuple):
    """A world as an audience has it: what each row says, the numbers it is made of, and each number as printed."""

    rows: dict[Row, tuple[str, ...]]
    made_of: dict[
        Row, tuple[set[Key], set[Key], str]
    ]  # its own numbers, others, and its status before any was withheld
    numbers: dict[Key, int | None]
    order: dict[str, list[Key]]
    tables: Tables


# -- worlds --


def first_world(rng, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a return; or some of them, and a field of which none, or always the same, is known."""
    if name in GIVEN:
        return frame
    if rng.random() < 0.6:
        some = rng.choice(len(frame), min(len(frame), int(rng.integers(1, 80))), replace=False)
        frame = frame.iloc[sorted(some)].reset_index(drop=True)
    if rng.random() < 0.4:
        column = rng.choice(frame.columns)
        frame = frame.assign(**{column: "" if rng.random() < 0.5 else frame[column].iloc[0]})
    return frame


def second_world(rng, name: str, frame: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """The same with a few fields others, as `every` row of the return has them where these say nothing else; or a few rows
    fewer or more; in another order."""
    frame, some = frame.copy(), int(rng.integers(1, 5))
    recent = frame.index[-min(len(frame), 400) :]
    if name in GIVEN:
        given = [i for i in frame.index if frame.at[i, GIVEN[name]].isdigit()]
        for row in rng.choice(given, some):
            frame.at[int(row), GIVEN[name]] = str(rng.integers(0, 12))
    elif (kind := rng.random()) < 0.2 and len(frame) > some:
        frame = frame.drop(index=rng.choice(recent, some, replace=False))
    elif kind < 0.3:
        frame = pd.concat([frame, frame.loc[rng.choice(recent, some)]])
    else:
        column = str(rng.choice(frame.columns))
        some_have = frame if frame[column].nunique() > 1 else every
        for row in map(int, rng.choice(recent, some)):
            another = str(some_have.at[int(rng.choice(recent)), column])
            frame.at[row, column] = another if rng.random() < 0.65 else rng.choice(["", "of no kind"])
    return frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)


def tables_of(base: twins.Base, name: str, world: pd.DataFrame) -> Tables:
    """The tables made of one return, without the marks of what it lacks, which are made of protected numbers; none where
    it cannot be read."""
    request = base.request(twins.write({name: world}, twins.fresh(base.room / "trial") / twins.SAMPLE))
    try:
        received = receiving.receive(request, checked=False)
    except cellguard.audiences.UserError:
        return {}
    made = tables.build(inputs(request, received), only=(*twins.made_from().get(name, ()), "returns_received"))
    return {table: frame for table, frame in of_audience(made, {}).items() if table not in panel_only()}


# -- what is told --


def printed(made: Tables, docs: Docs, audience: str, withheld) -> Printed:
    """Tables as an audience has them, where of every unit `withheld` says whether it is."""
    model = build_model(made, docs, [], docs.relations)
    small = primaries(model, cellguard.profile(audience))
    hidden = {key for key, unit in model.units.items() if withheld(key) or small & set(unit.numbers)}
    frames = protected_tables.render(made, model, cellguard.profile(audience), hidden)
    rows, made_of, numbers, order = {}, {}, {}, {}
    for line in model.lines:
        frame = frames[line.table]
        names = ("count", "of") if docs.kind(line.key[0]) == "average" else long_table.FIGURES
        shown = frame[[c for c in (*names, *TEXTS) if c in frame]].iloc[line.row]
        rows[line.table, line.key] = tuple(map(str, shown))
        made_of[line.table, line.key] = {key for key, _ in line.numbers}, set(line.bases), line.status
        order.setdefault(line.table, []).append(line.key)
    for name, frame in frames.items():
        for line in rows_of(name, frame, docs):
            numbers |= {key: n for key, n in line.numbers if n is not None or key not in numbers}
    return Printed(rows, made_of, numbers, order, frames)


def whole(key: Key) -> Key:
    """The key of the number of all cases of a period and window."""
    return key[0], tuple(each for each in key[1] if each[0] in ("area", "period", "window"))


def told(one: Printed, other: Printed, docs: Docs) -> Iterator[str]:
    """What is another though no printed number is that it is made of."""
    used = [key for key in one.numbers.keys() | other.numbers.keys() if key[0] == ROWS]
    if any(0 in (one.numbers.get(key), other.numbers.get(key)) for key in used):
        return  # of a return without a row that can be used the tables say so
    for row in sorted(one.rows.keys() | other.rows.keys(), key=str):
        table, key = row
        if docs.open(table) or docs.free(key[0]):
            continue
        if row not in one.rows or row not in other.rows:
            if not any(
                docs.zero_stands(each) and one.numbers.get(each, "") != other.numbers.get(each, "")
                for each in (key, whole(key))
            ):
                yield f"{table}, {written(key)} stands in one of the two alone"
        elif any(NO_ROW_OF.pattern.search(world.rows[row][-1]) for world in (one, other)):
            continue  # a person says so, see disclosure_control.unsettled
        elif one.rows[row] != other.rows[row]:
            (own, bases, was), (more, others, then) = one.made_of[row], other.made_of[row]
            keys = bases | others | ((own | more) if was == then or docs.zero_stands(key) else set())
            if all(one.numbers.get(each, "") == other.numbers.get(each, "") for each in keys):
                yield f"{table}, {written(key)}: {one.rows[row]} / {other.rows[row]}"
    for table in one.order.keys() & other.order.keys():
        both = set(one.order[table]) & set(other.order[table])
        if [k for k in one.order[table] if k in both] != [k for k in other.order[table] if k in both]:
            yield f"{table}: the same rows in another order"


def pair(base: twins.Base, name: str, seed: int) -> list[str]:
    """What guarded tables tell of two worlds of a return that a seed draws."""
    rng, docs = np.random.default_rng([23, seed, crc32(name.encode())]), Docs.of(tables.documentation())
    first = first_world(rng, name, base.world[name])
    both = [tables_of(base, name, world) for world in (first, second_world(rng, name, first, base.world[name]))]
    often, worlds = rng.choice([0, 0.1, 0.3]), dict[str, tuple[Printed, ...]]()
    for audience in guarded() if all(both) else ():
        worlds[audience] = tuple(
            printed(made, docs, audience, lambda key: crc32(repr((seed, key)).encode()) % 100 < 100 * often)
            for made in both
        )
    lines = [f"{audience}: {line}" for audience, (one, other) in worlds.items() for line in told(one, other, docs)]
    return [f"{name} {seed}, {line}" for line in [*lines, *told_together(worlds)]]


def told_together(worlds: dict[str, tuple[Printed, ...]]) -> Iterator[str]:
    """What is another for who reads two audiences, where all that both print is the same: a range beside a withheld
    number rests on the numbers of both."""
    if any(one.numbers != other.numbers or one.order != other.order for one, other in worlds.values()):
        return
    about = tables.documentation()
    for audience in worlds:
        rule = cellguard.profile(audience)
        released = [
            [(cellguard.profile(each), worlds[each][at].tables) for each in (audience, *rule.sees)] for at in (0, 1)
        ]
        one, other = (with_ranges(some[0][1], some, about, []) for some in released)
        yield from (f"{audience}: {table} of both together" for table in one if not one[table].equals(other[table]))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("seeds", nargs="?", type=int, default=20)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--period", nargs="*", default=[twins.SAMPLE])
    asked.add_argument("--returns", nargs="*", default=[])
    given, every = asked.parse_args(), list[str]()
    with tempfile.TemporaryDirectory() as room:
        for period in given.period:
            base = twins.Base(period, Path(room) / "ledger", Path(room), twins.base_world())
            for name in given.returns or base.world:
                lines = [x for seed in range(given.first, given.first + given.seeds) for x in pair(base, name, seed)]
                print(f"{period}, {name}: {given.seeds} pairs of worlds, {len(lines)} rows told", flush=True)
                print(*(f"  TOLD {line}" for line in lines[:12]), sep="\n", flush=True)
                every += lines
    return bool(every)


if __name__ == "__main__":
    sys.exit(main())
