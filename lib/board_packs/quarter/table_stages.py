"""From returns to protected tables: what every page of an area is made from, built again only where inputs changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from lscb import __version__, long_table
from openstats import authorities
from openstats.project_data import DATA

from ..tables import Inputs
from . import run_files as files
from .receiving import Received, store
from .receiving import receive as receive
from .request import Request

KEYS = ".keys.json"
POINTING = ("identifier", "date", "text", "lsoa", "gestation")  # types whose every value can point to a person


class Watched(Inputs):
    """Inputs that note what a table function reads, so that it is run again only when that has changed."""

    def __getattribute__(self, name):
        if name in ("quality", "open_data"):
            object.__getattribute__(self, "seen").add(name)
        return object.__getattribute__(self, name)


class WatchedRows(dict):
    """Accepted rows by return, noting which were asked for."""

    def __init__(self, rows: dict, seen: set):
        super().__init__(rows)
        self.seen = seen

    def __contains__(self, name):
        self.seen.add(f"return {name}")
        return super().__contains__(name)

    def __getitem__(self, name):
        self.seen.add(f"return {name}")
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.seen.add(f"return {name}")
        return super().get(name, default)

    def __iter__(self):
        self.seen.add("every return")
        return super().__iter__()

    def items(self):
        self.seen.add("every return")
        return super().items()

    def keys(self):
        self.seen.add("every return")
        return super().keys()

    def values(self):
        self.seen.add("every return")
        return super().values()


def inputs(request: Request, received: Received, watched: set | None = None, areas: tuple[str, ...] = ()) -> Inputs:
    """What table functions get, of all areas asked for or of some."""
    seen = set() if watched is None else watched
    made = Watched.__new__(Watched)
    object.__setattr__(made, "seen", seen)
    rows = WatchedRows(received.rows, seen)
    held = store(request.open_data)
    Inputs.__init__(made, request.period, areas or request.areas, rows, received.quality, held, request.settings)
    return made


def digests(request: Request, received: Received, hashes: files.Hashes) -> dict[str, str]:
    """The content of everything a table function can read for an area, by the names that Watched notes."""
    found = {f"return {name}": _frame(frame) for name, frame in sorted(received.rows.items())}
    found["every return"] = files.digest(found)
    found["quality"] = _frame(received.quality)
    found["open_data"] = open_digest(request, hashes)
    return found


def open_digest(request: Request, hashes: files.Hashes) -> str:
    return files.digest([hashes.tree(request.open_data or DATA / "open"), hashes.tree(DATA / "reference")])


def _frame(value) -> str:
    """The content of a frame (or a mapping of frames) without where its rows came from."""
    import hashlib

    import pandas as pd

    if isinstance(value, dict):
        return files.digest({str(k): _frame(v) for k, v in value.items()})
    if not isinstance(value, pd.DataFrame):
        return files.digest(repr(value))
    kept = value[[c for c in value.columns if not str(c).startswith("_")]]
    rows = pd.util.hash_pandas_object(kept.astype("str"), index=False).to_numpy().tobytes()
    return hashlib.sha256(json.dumps(list(map(str, kept.columns))).encode() + rows).hexdigest()[:24]


def build(request: Request, received: Received, code: str, hashes: files.Hashes) -> dict[str, list[str]]:
    """Brings working/ of every area up to date. Returns the names of the tables `made` and of those `kept`.

    A table is made in one pass for all areas whose inputs changed, and written at once. Each area gets what it would
    get if it were alone: one of which a table holds nothing is told so in the table made for it alone. A table that
    cannot be built is `not_available` with its reason, which `received.broken` has by area; the others stand.
    """
    from ..tables import registry

    books = {area: request.folder(area) / "working" for area in request.areas}
    known = {area: files.read_json(folder / KEYS, {}) for area, folder in books.items()}
    parts = {area: received.of((area,)) if len(books) > 1 else received for area in books}
    content = {area: digests(request, parts[area], hashes) for area in books}
    made, kept, fresh = set(), set(), {area: {} for area in books}
    for builder in registry.builders():
        name = builder.names[0]
        todo = []
        for area, folder in books.items():
            entry = known[area].get(name)
            same = entry and entry["key"] == _key(entry["reads"], content[area], code)
            if same and not request.force and _whole(folder, entry["files"]):
                fresh[area][name] = entry
                kept.update(entry["files"])
            else:
                todo.append(area)
        if not todo:
            continue
        seen = {f"return {name}" for name in builder.returns}
        frames: dict = {}
        if len(todo) > 1 and not builder.apart:
            some = received if len(todo) == len(books) else received.of(tuple(todo))
            broken: list[str] = []
            frames = registry.build(inputs(request, some, seen, tuple(todo)), only=[name], problems=broken)
            frames = {} if broken else frames  # then each is tried alone, so that one area's rows stop no other's
        for area in todo:
            own, problems = {table: share(frame, area) for table, frame in frames.items()}, []
            if not own or any(bare(frame, area) for frame in own.values()):
                own = registry.build(inputs(request, parts[area], seen, (area,)), only=[name], problems=problems)
                received.broken.setdefault(area, []).extend(problems)
            made.update(own)
            reads = sorted(seen)
            long_table.write(own, files.private(books[area]))
            written = {table: files.sha256(books[area] / f"{table}.csv") for table in own}
            key = "" if problems else _key(reads, content[area], code)  # what broke is tried again by the next run
            fresh[area][name] = {"reads": reads, "key": key, "files": written}
    for area, folder in books.items():
        wanted = {table for entry in fresh[area].values() for table in entry["files"]}
        for path in folder.glob("*.csv"):
            if path.stem not in wanted:
                path.unlink()
        files.write_json(folder / KEYS, fresh[area])
    return {"made": sorted(made), "kept": sorted(kept - made)}


def _key(reads: list[str], content: dict[str, str], code: str) -> str:
    return files.digest([code, {name: content.get(name, "absent") for name in reads}])


def _whole(folder: Path, written: dict[str, str]) -> bool:
    paths = {folder / f"{table}.csv": sha for table, sha in written.items()}
    return all(path.is_file() and files.sha256(path) == sha for path, sha in paths.items())


def share(frame, area: str):
    """The rows of a table that belong into one area's folder: its own, and those of England. Whoever else an area is
    compared with stands in `beside` of the area's own rows, so that another area asked for takes nothing away."""
    return frame[frame["area"].isin((area, authorities.ENGLAND))].reset_index(drop=True)


def bare(frame, area: str) -> bool:
    """Whether a table made for several areas has no figure of this one."""
    return not (frame["status"].ne("not_available") & frame["area"].eq(area)).any()


def about(request: Request, area: str, received: Received, code: str) -> dict:
    """What the pages of an area say about their origin: written beside the tables."""
    from ..tables.registry import builders

    reads = {name: list(b.returns) for b in builders() for name in b.names}
    sources = {name: list(b.open_data) for b in builders() for name in b.names}
    return {
        "period": str(request.period),
        "area": area,
        "area_name": authorities.name(area),
        "sample": request.sample,
        "version": __version__,
        "code": code[:12],
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": dict(request.settings),
        "receipt": [line for line in received.receipt if line.get("area", area) == area],
        "reads": reads,
        "open_data": sources,
    }


def keep_rows(request: Request, received: Received) -> None:
    """The accepted rows of every area beside its working tables, for the `internal` part of a page."""
    for area in request.areas:
        folder = files.private(request.folder(area) / "working" / "rows")
        for old in folder.glob("*.parquet"):
            old.unlink()
        for name, frame in received.rows.items():
            frame[frame["area"] == area].reset_index(drop=True).to_parquet(folder / f"{name}.parquet")


def identifying(received: Received, area: str) -> list[list[str]]:
    """[field, type, value] of everything in an area's returns that could point to a person.

    Of a free text that is meant for pages, the names of people in it (type `name`). Ages, sexes, yes and no are labels
    of tables: disclosure control is for them.
    """
    from returncheck import dictionary

    from .person_names import names

    found: dict[tuple[str, str], set] = {}
    known = dictionary.load()
    for name, frame in received.rows.items():
        own = frame[frame["area"] == area] if "area" in frame else frame
        for field_name, said in known[name].fields.items():
            secret, kind = str(said.sensitivity).startswith("identifying"), said.type
            if field_name not in own or not (kind == "text" or (secret and kind in POINTING)):
                continue
            values = own[field_name].dropna()
            if kind == "date":
                values = values.dt.strftime("%Y-%m-%d")
            elif kind == "gestation":  # kept in weeks, written in weeks and days
                values = values.map(lambda weeks: f"{int(weeks)}+{round(weeks % 1 * 7)}")
            elif kind == "text" and not secret:
                kind, values = "name", {person for text in values.astype(str).unique() for person in names(text)}
            found.setdefault((field_name, kind), set()).update(map(str, values))
    return [[name, kind, value] for (name, kind), values in sorted(found.items()) for value in sorted(values)]
