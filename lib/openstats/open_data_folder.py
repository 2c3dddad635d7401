"""What a folder of open data holds: every official file, known by its content, with its hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import parsed_copies
from .parsed_copies import VERSION, parsed, replace, sha256
from .sources import OPEN, NotAsNamed, Set, sources

if TYPE_CHECKING:
    import pandas as pd


class Held(NamedTuple):
    """One official file: where it is, what it is (a kind of data/sources.yml) and its SHA-256."""

    path: Path
    kind: str
    sha256: str


RECORD = "fetched.json"  # beside the files it names


def record(folder: Path) -> dict[str, dict[str, str]]:
    """What was fetched into a folder: {file name: {sha256, set, address}}."""
    try:
        entries: dict[str, dict[str, str]] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries


def scan(folder: Path) -> tuple[Held, ...]:
    """Every recognised official file under a folder, in the order of their paths; the same content once.

    Size and times of change stand in for reading a file again (one of them nobody can set). Files that are being
    fetched, hidden files and files of no known kind are left out. Raises NotAsNamed for a file that is not the one
    that was fetched any more.
    """
    if not folder.is_dir():
        return ()
    index, fetched = _index(), record(folder)
    files: list[Held] = []
    fresh: dict[str, list[Any]] = {}
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not path.is_file() or any(part.startswith(".") for part in inside) or path.suffix == ".part":
            continue
        key, state = str(path.resolve()), path.stat()
        entry, now = index.get(key), [VERSION, state.st_size, state.st_mtime_ns, state.st_ctime_ns]
        if not entry or entry[:4] != now:
            from .file_kinds import kind

            entry = fresh[key] = [*now, sha256(path), kind(path)]
        digest, name = str(entry[4]), str(entry[5])
        noted = fetched.get(path.name) if path.parent == folder else None
        if noted and noted["sha256"] != digest:
            raise NotAsNamed(
                f"{path.name} is not the file that was fetched (SHA-256 then {noted['sha256'][:12]}…, now "
                f"{digest[:12]}…): delete it and run lscb fetch again."
            )
        if name and digest not in seen:
            seen.add(digest)
            files.append(Held(path, name, digest))
    if fresh:
        _remember(fresh)
    return tuple(files)


def fingerprint(folder: Path | str | None = None) -> dict[str, str]:
    """One hash for each set of data/sources.yml: of the hashes of its files that a folder holds.

    A set of which nothing is held is there with the hash of nothing, so that fetching it changes its fingerprint.
    """
    files = scan(Path(folder) if folder else OPEN)
    of = {}
    for name, source in sources().items():
        kinds = {file.kind for file in source.files}
        hashes = sorted(file.sha256 for file in files if file.kind in kinds)
        of[name] = hashlib.sha256("".join(hashes).encode()).hexdigest()
    return of


def not_held(folder: Path | str | None = None) -> list[Set]:
    """The sets of data/sources.yml of which a folder holds nothing, in their order."""
    kinds = {file.kind for file in scan(Path(folder) if folder else OPEN)}
    return [source for source in sources().values() if not kinds & {file.kind for file in source.files}]


def content(file: Held) -> pd.DataFrame:
    """The content of an official file as its reader gives it, from its parsed copy where there is one."""
    from .readers import READERS

    return parsed(file.path, file.kind, file.sha256, READERS[file.kind])


def _index() -> dict[str, list[Any]]:
    try:
        entries: dict[str, list[Any]] = json.loads(
            (parsed_copies.cache_folder() / "index.json").read_text(encoding="utf-8")
        )
    except (OSError, ValueError):
        return {}
    return entries


def _remember(fresh: dict[str, list[Any]]) -> None:
    folder = parsed_copies.cache_folder()
    # Read again just before: another run may have added its own; what is lost is only looked at once more.
    kept = {key: entry for key, entry in (_index() | fresh).items() if Path(key).exists()}
    replace(folder / "index.json", json.dumps(kept))
