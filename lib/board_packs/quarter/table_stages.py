"""From returns to the working tables of every area, each made again only where what it reads has changed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from lscb import long_table
from lscb.errors import Failed
from openstats import authorities

from .. import tables
from . import labels
from . import run_files as files
from .input_digests import digests, inputs
from .receiving import Received
from .request import Request

KEYS = ".keys.json"
TOGETHER = 8  # areas, whose tables a worker makes in one pass


@dataclass
class Area:
    """One area's working tables: what they were made from last time, and what there is now."""

    code: str
    folder: Path
    received: Received
    content: dict[str, str]  # of every input, its digest
    before: dict[str, dict]  # by builder: reads, key, files
    instead: dict[str, str] = field(default_factory=dict)  # of labels that may not be printed, what stands for them
    now: dict[str, dict] = field(default_factory=dict)

    def keeps(self, name: str, code: str) -> bool:
        """Whether the tables of a builder are there as they would be made again."""
        entry = self.before.get(name)
        if not entry or entry["key"] != self.key(entry["reads"], code):
            return False
        paths = {self.folder / f"{table}.csv": sha for table, sha in entry["files"].items()}
        return files.as_written(paths)

    def key(self, reads: list[str], code: str) -> str:
        return files.digest([code, self.instead, {name: self.content.get(name, "absent") for name in reads}])

    def write(self, name: str, frames: dict[str, pd.DataFrame], reads: list[str], code: str) -> None:
        """Puts the tables of a builder into the folder, and notes what they were made from. No code: one of them could
        not be built, and is tried again by the next run."""
        frames = {table: labels.printed(frame, self.instead) for table, frame in frames.items()}
        long_table.write(frames, files.private(self.folder))
        written = {table: files.sha256(self.folder / f"{table}.csv") for table in frames}
        key = self.key(reads, code) if code else ""
        self.now[name] = {"reads": reads, "key": key, "files": written}

    def close(self) -> None:
        """Removes tables that nothing makes any more, and keeps the notes."""
        wanted = {table for entry in self.now.values() for table in entry["files"]}
        for path in self.folder.glob("*.csv"):
            if path.stem not in wanted:
                path.unlink()
        files.write_json(self.folder / KEYS, self.now)


def build(
    request: Request, received: Received, code: str, hashes: files.Hashes, crew: Any = None
) -> dict[str, list[str]]:
    """Brings working/ of every area up to date. Returns the names of the tables `made` and of those `kept`.

    A table is made in one pass for all areas whose inputs changed, and written at once. Each area gets what it would
    get if it were alone: one of which a table holds nothing is told so in the table made for it alone. A table that
    cannot be built is `not_available` with its reason, which `received.broken` has by area; the others stand.

    crew : the workers that make tables side by side; without, and where they fail, all are made in this process
    """
    areas = [_area(request, received, each, hashes) for each in request.areas]
    builders = [builder.names[0] for builder in tables.registry.builders()]
    for area in areas:
        area.now = {n: area.before[n] for n in builders if not request.force and area.keeps(n, code)}
    kept = {table for area in areas for entry in area.now.values() for table in entry["files"]}
    todo = {name: [area for area in areas if name not in area.now] for name in builders}
    if crew and crew.jobs > 1:
        names = [name for name in builders if todo[name]]
        lacking = [area for area in areas if len(area.now) < len(builders)]
        asyncio.run(_beside(crew, names, lacking, request, received, code))
    make_some(builders, areas, request, received, code)
    new = {table for name, some in todo.items() for area in some for table in area.now[name]["files"]}
    for area in areas:
        area.close()
    return {"made": sorted(new), "kept": sorted(kept - new)}


async def _beside(
    crew: Any, names: list[str], areas: list[Area], request: Request, received: Received, code: str
) -> None:
    """Tables made side by side: of several areas those of some each, few enough for a worker's memory; of one in the order
    of their names, so that those of a subject, which read the same official files, stand together. What fails is left
    for this process to make."""
    turn = asyncio.Semaphore(crew.jobs)

    async def one(share: list[str], some: list[Area]) -> None:
        codes = tuple(area.code for area in some)
        async with turn:
            part = received if len(request.areas) == 1 else received.of(codes)
            with suppress(Failed):
                notes, broken = await crew.do(make_some, share, some, replace(request, areas=codes), part, code)
                for area in some:
                    area.now |= notes[area.code]
                    received.broken.setdefault(area.code, []).extend(broken.get(area.code, []))

    if len(areas) == 1 and len(names) > 1:
        cuts = [len(names) * n // crew.jobs for n in range(crew.jobs + 1)]
        await asyncio.gather(*(one(names[a:b], areas) for a, b in pairwise(cuts) if a < b))
    elif len(areas) > 1:
        size = min(TOGETHER, -(-len(areas) // crew.jobs))
        await asyncio.gather(*(one(names, areas[at : at + size]) for at in range(0, len(areas), size)))


def make_some(names: list[str], areas: list[Area], request: Request, received: Received, code: str) -> tuple:
    """Makes the tables of some builders that some areas lack. Returns by area the notes of what they were made from, and
    a line for each that could not be built."""
    for builder in tables.registry.builders():
        if builder.names[0] in names and (some := [area for area in areas if builder.names[0] not in area.now]):
            _make(builder, some, request, received, code)
    return {area.code: area.now for area in areas}, received.broken


def _area(request: Request, received: Received, code: str, hashes: files.Hashes) -> Area:
    folder = request.folder(code) / "working"
    part = received.of((code,)) if len(request.areas) > 1 else received
    before = files.read_json(folder / KEYS, {})
    instead = labels.replacements(part, code)
    return Area(code, folder, part, digests(request, part, hashes), before, instead)


def _make(builder: tables.Builder, areas: list[Area], request: Request, received: Received, code: str) -> None:
    """Makes and writes the tables of one builder for some areas."""
    name, codes = builder.names[0], tuple(area.code for area in areas)
    seen = {f"return {each}" for each in builder.returns}
    frames: dict[str, pd.DataFrame] = {}
    build = tables.registry.build
    if len(areas) > 1 and not builder.apart:
        some = received if len(areas) == len(request.areas) else received.of(codes)
        together: list[str] = []
        frames = build(inputs(request, some, seen, codes), only=[name], problems=together)
        frames = {} if together else frames  # then each is tried alone, so that one area's rows stop no other's
    for area in areas:
        shares, problems = {table: share(frame, area.code) for table, frame in frames.items()}, list[str]()
        if not shares or any(bare(frame, area.code) for frame in shares.values()):
            shares = build(inputs(request, area.received, seen, (area.code,)), only=[name], problems=problems)
            received.broken.setdefault(area.code, []).extend(problems)
        area.write(name, shares, sorted(seen), "" if problems else code)


def share(frame: pd.DataFrame, area: str) -> pd.DataFrame:
    """The rows of a table that belong into one area's folder: its own, and those of England. Whoever else an area is
    compared with stands in `beside` of the area's own rows, so that another area asked for takes nothing away."""
    return frame[frame["area"].isin((area, authorities.ENGLAND))].reset_index(drop=True)


def bare(frame: pd.DataFrame, area: str) -> bool:
    """Whether a table made for several areas has no figure of this one."""
    return not (frame["status"].ne("not_available") & frame["area"].eq(area)).any()
