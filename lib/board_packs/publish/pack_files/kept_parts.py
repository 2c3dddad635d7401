"""Parts of an area's packs that are kept from run to run, as solved parts of its protection are: what would come out the
same, from the same tables by the same code, is not made again.

One file for each part, which its next version replaces, so that they do not pile up. One that is damaged is made again.
Whatever is made of parts is read and checked like everything that leaves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...quarter import run_files as files

ROOM = Path("working", "parts")


class KeptParts:
    """The parts of one audience's packs by name, plain values (what JSON has) each.

    tables : the folder of the audience's tables; area : that of the area, None where nothing is kept for another run;
    code : of what makes the parts
    """

    def __init__(self, tables: Path, area: Path | None = None, code: str = ""):
        self.tables, self.code = tables, code
        self.folder = area / ROOM if area and code else None
        self.ready: dict[str, dict] = {}
        self.hashes: dict[str, str] = {}

    def of_table(self, kind: str, table: str, make: Callable[[], Any]) -> Any:
        """A part that is made of one table, for whichever audience: most tables are the same for several."""
        return self.of(f"{kind} {table}", lambda: (make(), [table]), kind, anybodys=True)

    def of(self, name: str, make: Callable[[], tuple[Any, Iterable[str]]], *key: Any, anybodys: bool = False) -> Any:
        """A part as it was made before, where it would come out the same; else made now, and kept.

        make : gives the part and the names of the tables that it was made of; key : what else it is made of; anybodys :
            what was made for another audience may be taken
        """
        mark = files.digest([self.code, key])

        def fits(entry: dict) -> bool:
            return entry.get("of") == mark and all(self.hash(table) == sha for table, sha in entry["tables"].items())

        entry = next(filter(fits, self._kept(name, anybodys)), None)
        if entry is None:
            part, tables = make()
            entry = {"of": mark, "tables": {table: self.hash(table) for table in tables}, "part": part}
            self._write(name, entry)
        self.ready[name] = entry
        return entry["part"]

    @contextmanager
    def texts(self, name: str) -> Iterator[set[str]]:
        """Texts that the release check has read before, on whatever page or pack of the area, and recognised nobody in, by
        the same code; those that it adds are kept under this name."""
        self.of(name, lambda: ([], ()))
        own, others = self.ready[name], sorted(self.folder.glob("* texts*.json")) if self.folder else []
        kept = [own, *(entry for entry in map(self._entry, others) if entry.get("of") == own["of"])]
        before = {text for entry in kept for text in entry["part"]}
        texts = set(before)
        yield texts
        if new := texts - before:
            self._write(name, own | {"part": sorted(new.union(own["part"]))})

    def hash(self, table: str) -> str:
        """The SHA-256 of a table's file, empty where it is not there."""
        if table not in self.hashes:
            path = self.tables / f"{table}.csv"
            self.hashes[table] = files.sha256(path) if path.is_file() else ""
        return self.hashes[table]

    def _path(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{self.tables.name} {name}.json"

    def _kept(self, name: str, anybodys: bool) -> Iterator[dict]:
        yield self.ready.get(name, {})
        if self.folder:
            yield self._entry(self._path(name))
            yield from map(self._entry, sorted(self.folder.glob(f"* {name}.json")) if anybodys else ())

    def _entry(self, path: Path) -> dict:
        try:
            sha, _, text = path.read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return {}
        return json.loads(text) if sha and sha == files.sha256_of(text.encode()) else {}

    def _write(self, name: str, entry: dict) -> None:
        if self.folder:
            files.private(self.folder)
            text = json.dumps(entry, ensure_ascii=False)
            files.write_text(self._path(name), f"{files.sha256_of(text.encode())}\n{text}")
