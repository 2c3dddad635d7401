"""What a folder holds: every file known by its content, its hash, and its parsed copy in data/open/.cache."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .sources import OPEN, NotAsNamed, sources

if TYPE_CHECKING:
    import pandas as pd

# Raised when a reader's result changes, so that a copy parsed by an older one is not used.
VERSION = 4


class Held(NamedTuple):
    """One official file: where it is, what it is (a kind of data/sources.yml) and its SHA-256."""

    path: Path
    kind: str
    sha256: str


RECORD = "fetched.json"  # beside the files it names


def record(folder: Path) -> dict[str, dict]:
    """What was fetched into a folder: {file name: {sha256, set, address}}."""
    try:
        return json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def cache_folder() -> Path:
    """Where parsed copies are kept: data/open/.cache, or the system's temporary folder where that is not writable."""
    folder = OPEN / ".cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    folder = Path(tempfile.gettempdir()) / f"lscb-open-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    folder.mkdir(exist_ok=True)
    return folder


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal text."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def scan(folder: Path) -> tuple[Held, ...]:
    """Every recognised official file under a folder, in the order of their paths; the same content once.

    Size and time of change stand in for reading a file again. Files that are being fetched, hidden files and files
    of no known kind are left out. Raises NotAsNamed for a file that is no longer the one that was fetched.
    """
    if not folder.is_dir():
        return ()
    index, fetched = _index(), record(folder)
    found, fresh, seen = [], {}, set()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not path.is_file() or any(part.startswith(".") for part in inside) or path.suffix == ".part":
            continue
        key, state = str(path.resolve()), path.stat()
        entry = index.get(key)
        if not entry or entry[:3] != [state.st_size, state.st_mtime_ns, VERSION]:
            from .file_kinds import kind

            entry = fresh[key] = [state.st_size, state.st_mtime_ns, VERSION, sha256(path), kind(path)]
        noted = fetched.get(path.name) if path.parent == folder else None
        if noted and noted["sha256"] != entry[3]:
            raise NotAsNamed(
                f"{path.name} is not the file that was fetched (SHA-256 then {noted['sha256'][:12]}…, now "
                f"{entry[3][:12]}…): delete it and run lscb fetch again."
            )
        if entry[4] and entry[3] not in seen:
            seen.add(entry[3])
            found.append(Held(path, entry[4], entry[3]))
    if fresh:
        _remember(fresh)
    return tuple(found)


def fingerprint(folder: Path | str | None = None) -> dict[str, str]:
    """One hash for each set of data/sources.yml: of the hashes of its files that a folder holds.

    A set of which nothing is held is there with the hash of nothing, so that fetching it changes its fingerprint.
    """
    held = scan(Path(folder) if folder else OPEN)
    of = {}
    for name, source in sources().items():
        kinds = {file.kind for file in source.files}
        hashes = sorted(file.sha256 for file in held if file.kind in kinds)
        of[name] = hashlib.sha256("".join(hashes).encode()).hexdigest()
    return of


def parsed(file: Held) -> pd.DataFrame:
    """The content of a held file, from its parsed copy where there is one; else read, kept and returned."""
    from .readers import READERS, load, save

    copy = cache_folder() / f"{file.sha256[:32]}-{file.kind}-{VERSION}.parquet"
    if not copy.is_file():
        frame = READERS[file.kind](file.path)
        with tempfile.NamedTemporaryFile(dir=copy.parent, suffix=".part", delete=False) as part:
            pass
        save(frame, Path(part.name))
        os.replace(part.name, copy)
    return load(copy)


def _index() -> dict[str, list]:
    try:
        return json.loads((cache_folder() / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _remember(fresh: dict[str, list]) -> None:
    folder = cache_folder()
    # Read again just before: another run may have added its own; what is lost is only looked at once more.
    kept = {key: entry for key, entry in (_index() | fresh).items() if os.path.exists(key)}
    with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False, encoding="utf-8") as part:
        json.dump(kept, part)
    os.replace(part.name, folder / "index.json")
