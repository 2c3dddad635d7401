"""Twins: other cases with the same protected tables must give the same guarded packs, byte for byte.

`python twins.py [worlds] [--period 2017-18-Q4 ...] [--only PACK] [--first SEED]` (also `make twins`). From the invented
returns another world is made: rows in another order, under other ids, and records that exchange an attribute, take
another's, or move from one withheld cell to another, as long as no protected cell changes. Whatever then differs in a
page, workbook, zip, name or property was decided by something that a reader must not have: an order, an axis, a
colour, "the largest", a row that is missing. Only the number and time of the run, in one element, may be another.

What a protected table itself tells of withheld cells no twin can show, since its cells are then others. So of every move
it is asked besides which figures are others though no number is that they are made of (`untied`).
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd

import cellguard
from board_packs import tables
from board_packs.publish import disclosure_step, quarter_run, tables_run
from board_packs.quarter import receiving
from board_packs.quarter import run_files as files
from board_packs.quarter.input_digests import inputs
from board_packs.quarter.official_tables import is_open
from board_packs.quarter.pack_settings import guarded
from board_packs.quarter.request import Request, resolve
from cellguard import history
from cellguard.cell_keys import written
from cellguard.documentation import Docs
from cellguard.table_rows import lines as rows_of
from lscb import long_table
from openstats.project_data import DATA

AREA, SAMPLE = "E06000045", "2017-18-Q4"
KEYS = {  # what says which record a row is; a record of several rows keeps its own under the new name
    "child_deaths": ("death_id",),
    "hrda_referrals": ("referral_id", "victim_id", "perpetrator_id"),
    "case_reviews": ("review_id",),
    "audits": ("recommendation_id",),
    "review_actions": ("action_id",),
    "plan": ("action_id",),
    "training": ("event_id",),
}
RARE = 12
TOGETHER = {  # what a record has that its tables count, so that most steps are of those; some fields only as a pair
    "child_deaths": [
        ("categories", "category"), ("ethnicity",), ("gestation_weeks",), ("child_protection_plan",),
        ("statutory_order",), ("expected", "modifiable_factors"), ("sex",), ("domain_service",), ("domain_child",),
        ("review_completed_on",),
    ],
    "hrda_referrals": [("agency",), ("outcome",), ("ethnicity",), ("lgbt",), ("disability",), ("victim_age",),
        ("referred_on", "incident_on"),
    ],
}  # fmt: skip
COUNTED = {"exploitation": ("measure", "agency"), "children_services": ("indicator",)}  # rows that are counts
Returns = dict[str, pd.DataFrame]
Cells = dict[tuple, tuple]


# -- worlds --


def base_world() -> Returns:
    """The invented returns, as text; a run of an earlier period cuts them at its end."""
    folder = DATA / "sample" / SAMPLE
    return {p.stem: pd.read_csv(p, dtype="str", keep_default_na=False) for p in sorted(folder.glob("*.csv"))}


def write(world: Returns, folder: Path) -> Path:
    """A world as a folder of returns."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in world.items():
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    return folder


def renamed(rng, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The same records under each other's ids, in another order."""
    frame = frame.copy()
    for key in KEYS.get(name, ()):
        ids = [i for i in frame[key].unique() if i]
        frame[key] = frame[key].replace(dict(zip(ids, rng.permutation(ids), strict=True)))
    return frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)


@dataclass(frozen=True)
class Move:
    """One step to another world: fields of a return's rows (their places in the base world) with other texts."""

    name: str
    fields: tuple[tuple[int, str, str], ...]
    withheld: bool = False  # whether a withheld figure is another

    @property
    def places(self) -> set[tuple[str, int]]:
        return {(self.name, row) for row, _, _ in self.fields}


def applied(world: Returns, moves: Iterable[Move]) -> Returns:
    world = {name: frame.copy() for name, frame in world.items()}
    for move in moves:
        for row, column, text in move.fields:
            world[move.name].at[row, column] = text
    return world


def drawn(rng, name: str, frame: pd.DataFrame) -> Move:
    """Two counts that move by some; or a record that gets an attribute rare as its own is; or two that exchange one."""
    if name in COUNTED:
        pools = [g.index for _, g in frame[frame["count"].str.isdigit()].groupby(list(COUNTED[name])) if len(g) > 1]
        small = [p for p in pools if frame.loc[p, "count"].astype(int).median() < RARE] or pools
        one, other = map(int, rng.choice(small[rng.integers(len(small))], 2, replace=False))
        more, fewer = int(frame.at[one, "count"]) + 1, max(0, int(frame.at[other, "count"]) - 1)
        return Move(name, ((one, "count", str(more)), (other, "count", str(fewer))))
    columns = TOGETHER.get(name, ()) or [(c,) for c in frame.columns if c not in KEYS.get(name, ())]
    some = columns[int(rng.integers(len(columns)))]
    recent = frame.index[-min(len(frame), 250) :]  # what is withheld is mostly of the last quarter
    texts = frame[list(some)].agg("|".join, axis=1)
    often = texts[recent].value_counts()
    rare = [text for text in often.index if often[text] <= RARE and text.strip("|")]
    one = int(rng.choice([i for i in recent if texts[i] in rare] or recent))
    year = frame.index[-max(len(frame) // 3, min(len(frame), 250)) :]
    others = [i for i in year if texts[i] in rare and texts[i] != texts[one]] or list(year)
    other = int(rng.choice(others))
    taken = [(one, c, frame.at[other, c]) for c in some]
    given = [(other, c, frame.at[one, c]) for c in some] if rng.random() < 0.5 else []
    return Move(name, tuple(taken + given))


# -- tables --


@dataclass
class Base:
    """A period's invented world with its tables, working and protected, by return that they are made from."""

    period: str
    ledger: Path
    room: Path
    world: Returns = field(default_factory=dict)
    working: dict[str, dict] = field(default_factory=dict)
    protected: dict[str, Cells] = field(default_factory=dict)
    hidden: dict[str, set] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, period: str, ledger: Path, room: Path) -> Base:
        base = cls(period, ledger, room, base_world())
        for name in base.world:
            base.working[name] = base.tables_of(base.world, name)
            if name in made_from() and base.working[name]:
                released = base.protect(name, base.working[name])
                base.protected[name] = cells(released)
                base.hidden[name] = {key for key, cell in base.protected[name].items() if cell[-2] == "suppressed"}
        return base

    def request(self, folder: Path) -> Request:
        asked = resolve(self.period, AREA, sample=True, out=self.room / "out", notebooks=None, jobs=1)
        return replace(asked, returns=folder)

    def tables_of(self, world: Returns, name: str) -> dict[str, pd.DataFrame]:
        """The tables made from one return of a world; none where the return cannot be used."""
        folder = write({name: world[name]}, fresh(self.room / "trial") / SAMPLE)
        request = self.request(folder)
        try:
            received = receiving.receive(request, checked=False)
        except cellguard.audiences.UserError:
            return {}
        if received.quality[["refused", "accepted_with_warning"]].sum().sum():  # rows named on page 99
            return {}
        return tables.build(inputs(request, received), only=made_from().get(name, ()))

    def protect(self, name: str, working: dict) -> dict[str, dict]:
        memo = self.room / "memo" / name
        memo.mkdir(parents=True, exist_ok=True)
        asked = {"history": history.load(self.ledger, AREA), "documentation": tables.documentation(), "memo": memo}
        return cellguard.protect(working, tuple(guarded()), **asked).protected

    def holds(self, move: Move) -> Move | None:
        """The move, if no protected cell is another after it; with whether a withheld one is."""
        name = move.name
        if all(self.world[name].at[row, column] == text for row, column, text in move.fields):
            return None
        working = self.tables_of(applied(self.world, [move]), name)
        was, now = cells({"": self.working[name]}), cells({"": working})
        changed = {key[1:] for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        self.told |= {f"{name}: {cell} is another by {move}" for cell in untied(self.working[name], working)}
        if not working or not changed <= {key[1:] for key in self.hidden[name] if key[0] == "partnership"}:
            return None
        if changed and cells(self.protect(name, working)) != self.protected[name]:
            return None
        return replace(move, withheld=bool(changed))

    def moves(self, seed: int, tries: int, returns: Iterable[str] = ()) -> list[Move]:
        """Moves that keep every protected cell, of so many drawn for each return."""
        rng, kept = np.random.default_rng([20, seed]), []
        for name in returns or self.protected:
            for _ in range(tries if self.hidden[name] else tries // 4):
                if move := self.holds(drawn(rng, name, self.world[name])):
                    kept.append(move)
        return kept


def made_from() -> dict[str, tuple[str, ...]]:
    """By return, the builders of tables that are made from it alone."""
    by: dict[str, list[str]] = {}
    for builder in tables.registry.builders():
        if len(builder.returns) == 1:
            by.setdefault(builder.returns[0], []).append(builder.names[0])
    return {name: tuple(names) for name, names in by.items()}


def cells(released: dict[str, dict[str, pd.DataFrame]]) -> Cells:
    """Every cell of every audience's tables with all that is printed of it, whatever its place."""
    every: Cells = {}
    for audience, frames in released.items():
        for table, frame in frames.items():
            dims = long_table.dimensions(frame)
            shown = [*long_table.FIGURES, "unit", "method", "status", "reason"]
            for key, cell in zip(
                frame[dims].itertuples(index=False), frame[shown].itertuples(index=False), strict=True
            ):
                every[audience, table, *key] = tuple(None if v != v else v for v in cell)
    return every


def untied(was: dict[str, pd.DataFrame], now: dict[str, pd.DataFrame]) -> list[str]:
    """The figures of working tables that are others in a second world though every number that they are made of, by the
    dictionary, is the same there: they tell of something that no protected cell is. Averages do, of cases that are counted.
    """
    docs, worlds = Docs.of(tables.documentation()), []
    for working in (was, now):
        numbers, figures = {}, {}
        for name, frame in working.items():
            shown = frame[[c for c in (*long_table.FIGURES, "method", "status", "reason") if c in frame]]
            for line, cell in zip(rows_of(name, frame, docs), shown.astype(str).itertuples(index=False), strict=True):
                numbers |= dict(line.numbers)
                if not line.free and docs.kind(line.key[0]) != "average":
                    figures[name, line.key] = {key for key, _ in line.numbers}.union(line.bases), cell
        worlds.append((numbers, figures))
    (before, then), (after, there) = worlds
    return [
        f"{name}, {written(key)}"
        for name, key in sorted(then.keys() & there.keys(), key=str)
        if then[name, key][1] != there[name, key][1]
        and all(before.get(each) == after.get(each) for each in then[name, key][0] | there[name, key][0])
    ]


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def twin(base: Base, moves: list[Move], seed: int) -> tuple[Returns, list[Move]]:
    """A world some moves away, its returns in another order under other ids; and those moves.

    Of each return a withheld figure moves, if any can, and some records beside it, if together they still hold.
    """
    rng, taken = np.random.default_rng([21, seed]), list[Move]()
    for name in base.world:
        mine = [moves[at] for at in rng.permutation(len(moves)) if moves[at].name == name]
        for chosen in ([m for m in mine if m.withheld][:1] + [m for m in mine if not m.withheld][:3], mine[:1]):
            apart = [m for at, m in enumerate(chosen) if not any(m.places & one.places for one in chosen[:at])]
            if apart and (len(apart) == 1 or base.holds(Move(name, sum((m.fields for m in apart), ())))):
                taken += apart
                break
    world = applied(base.world, taken)
    for name in world:
        trial = world | {name: renamed(rng, name, world[name])}
        if cells({"": base.tables_of(trial, name)}) == cells({"": base.tables_of(world, name)}):
            world = trial
    return world, taken


# -- what leaves --


def run(base: Base, world: Returns, folder: Path, only: tuple[str, ...] = ()) -> tuple[Path, list[str]]:
    """A run of a world; the area's folder and what the run says."""
    returns = write(world, fresh(folder / "returns") / SAMPLE)
    asked = resolve(base.period, AREA, sample=True, out=folder / "out", only=only)
    with mock.patch.object(disclosure_step, "circulated", return_value=base.ledger):
        (outcome,) = quarter_run.run(replace(asked, returns=returns))
    return asked.folder(AREA), outcome.problems


def circulated(periods: Iterable[str], room: Path) -> Path:
    """A ledger in which the invented quarter's own tables of some periods were circulated to every audience."""
    ledger = fresh(room / "ledger")
    for period in periods:
        base = Base(period, ledger, room)
        request = base.request(write(base_world(), fresh(room / "past") / SAMPLE))
        with mock.patch.object(tables_run, "circulated", return_value=ledger):
            ((_, folder),) = tables_run.tables_only(request)
        for audience in guarded():
            paths = sorted((folder / "protected" / audience).glob("*.csv"))
            frames = {path.stem: long_table.load(path) for path in paths if not is_open(path.stem)}
            on = str(receiving.Quarter.parse(period).last_day)
            history.record(history.Entry(audience, frames, "every", period, AREA, "A. Chair", on), ledger)
    return ledger


RUN = re.compile(rb'<p class="run">[^<]*</p>')
PROPERTY = re.compile(rb'<property [^>]*name="Run">.*?</property>')  # of a workbook: the run's number and time


def leaves(folder: Path) -> dict[str, bytes]:
    """Everything of the guarded packs of a run that leaves, by name: bytes but for the element of the run."""
    audiences = {name: a["audience"] for name, a in files.read_json(folder / "manifest.json")["packs"].items()}
    found: dict[str, bytes] = {}
    for pack, audience in sorted(audiences.items()):
        if audience in guarded():
            place = folder / "packs" / pack
            for path in sorted(each for each in place.rglob("*") if each.is_file()):
                found |= {
                    f"{pack}/{n}": content for n, content in parts(str(path.relative_to(place)), path.read_bytes())
                }
    return found


def parts(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """A file, or what is in it: of archives every member with all that the archive says of it but size and check."""
    if name.endswith((".html", "docProps/custom.xml")):
        return [(name, PROPERTY.sub(b"", RUN.sub(b"", content)))]
    if not name.endswith((".zip", ".xlsx", ".ods")):
        return [(name, content)]
    every = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        about = [
            (i.filename, i.date_time, i.external_attr, i.create_system, i.extra, i.comment) for i in archive.infolist()
        ]
        every.append((f"{name}!", repr((about, archive.comment)).encode()))
        for each in archive.namelist():
            every += parts(f"{name}/{each}", archive.read(each))
    return every


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of what differs, with the first place where it does."""
    lines = []
    for name in sorted(one.keys() | other.keys()):
        a, b = one.get(name), other.get(name)
        if a is None or b is None:
            lines.append(f"{name}: in one of the two alone")
        elif a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            lines.append(f"{name}, byte {at}: {a[max(0, at - 60) : at + 60]!r} / {b[max(0, at - 60) : at + 60]!r}")
    return lines


def protected_alike(one: Path, other: Path) -> tuple[bool, list[str]]:
    """Whether two runs protected the same cells; and the tables that nevertheless are not the same bytes."""

    def read(folder: Path) -> dict[str, Path]:
        return {p.relative_to(folder).as_posix(): p for p in sorted((folder / "protected").glob("*/*.csv"))}

    a, b = read(one), read(other)
    alike = [cells({name: {"": long_table.load(path)} for name, path in paths.items()}) for paths in (a, b)]
    return alike[0] == alike[1], [
        n for n in sorted(a.keys() | b.keys()) if n not in a or n not in b or a[n].read_bytes() != b[n].read_bytes()
    ]


def measure(period: str, worlds: int, given: argparse.Namespace, room: Path) -> list[str]:
    """Runs a base world and twins of it; a line for each difference."""
    ledger = circulated(given.circulated, room)
    base, only = Base.of(period, ledger, room), tuple(given.only)
    moves = base.moves(given.first, given.tries, given.returns)
    kinds = Counter(f"{m.name}, withheld" if m.withheld else m.name for m in moves)
    print(f"{period}: {len(moves)} moves: {dict(kinds)}", flush=True)
    if given.show:
        print(*moves, sep="\n", flush=True)
    print(*(f"  TOLD {line}" for line in sorted(base.told)), sep="\n", flush=True)
    if not worlds:
        return sorted(base.told)
    folder, problems = run(base, base.world, room / "base", only)
    print(*(f"  base: {line}" for line in problems), sep="\n")
    before, lines, tally = leaves(folder), sorted(base.told), Counter()
    for seed in range(given.first, given.first + worlds):
        lines += differences(base, folder, before, twin(base, moves, seed), only, seed, tally)
    print(
        f"{period}: {tally['twins']} twins of {worlds} worlds, {len(before)} files each, {tally['moves']} moves, "
        f"{tally['withheld']} of withheld figures: {len(lines)} differ",
        flush=True,
    )
    return lines


def differences(base, folder, before, other, only, seed, tally) -> list[str]:
    world, taken = other
    there, _ = run(base, world, fresh(base.room / "twin"), only)
    alike, order = protected_alike(folder, there)
    if not alike:
        print(f"  {base.period} {seed}: no twin once all is protected together", flush=True)
        return []
    tally += Counter(twins=1, moves=len(taken), withheld=sum(m.withheld for m in taken))
    new = [*(f"protected/{n}" for n in order), *differing(before, leaves(there))]
    said = [f"DIFFERS {base.period} {seed}: {line}" for line in new[:12]] or [f"{base.period} {seed}: equal"]
    print(*(f"  {line}" for line in said), sep="\n", flush=True)
    return new


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("worlds", nargs="?", type=int, default=6)
    asked.add_argument("--period", nargs="*", default=["2017-18-Q4"])
    asked.add_argument("--only", nargs="*", default=[])
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--tries", type=int, default=40, help="moves drawn for each return")
    asked.add_argument("--returns", nargs="*", default=[])
    asked.add_argument("--circulated", nargs="*", default=[], help="periods that were circulated before")
    asked.add_argument("--show", action="store_true", help="print the moves")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as room:
        lines = [x for p in given.period for x in measure(p, given.worlds, given, fresh(Path(room) / p))]
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
