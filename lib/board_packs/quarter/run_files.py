"""Files of a run: written whole or not at all, readable by their owner alone, known by their content."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lscb.errors import UserError
from openstats.parsed_copies import sha256
from openstats.project_data import DATA

BIG = 1 << 20  # from this size on a file is read again only when its size or times have changed, as git does
KEPT = "hashes.json"
SEAL = ".seal.json"


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest(value) -> str:
    """A short name for any JSON value, 24 hexadecimal digits."""
    return sha256_of(json.dumps(value, sort_keys=True, default=str).encode())[:24]


def as_written(hashes: Mapping[Path, str]) -> bool:
    """Whether every file is there with the content it was written with."""
    return all(path.is_file() and sha256(path) == sha for path, sha in hashes.items())


def private(folder: Path) -> Path:
    """The folder, made if it is not there, open to its owner only, also if it was there before. Raises UserError where
    that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise UserError(f"{folder} cannot be written ({error.strerror}): choose another folder with --out.") from None
    return folder


def write_text(path: Path, text: str | bytes) -> None:
    """Replaces a file in one step, so that a killed run leaves the old one or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    os.replace(draft, path)


def write_json(path: Path, value) -> None:
    write_text(path, json_text(value))


def json_text(value) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False, default=str) + "\n"


def read_json(path: Path, default=None):
    """What `write_json` left, or `default` where there is nothing readable."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return default


def replace_folder(draft: Path, final: Path) -> None:
    """Puts a finished folder in its place. In between there is none rather than half of one.

    Another worker may be putting the same folder there (a job that was thought lost is done twice): the last one stays.
    """
    old = final.with_name(f".old-{final.name}-{os.getpid()}")
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in range(20, -1, -1):
        shutil.rmtree(old, ignore_errors=True)
        try:
            if final.exists():
                os.rename(final, old)
            os.rename(draft, final)
            break
        except OSError:  # the other one was quicker, this time
            if not left or not draft.exists():
                raise
    shutil.rmtree(old, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Removes what a killed run left: drafts begin with a dot."""
    for left in [*folder.glob(".*"), *folder.glob("*/.*"), *folder.glob("*/*/.*")]:
        if left.name in (".lock", ".keys.json", SEAL):
            continue
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path, patience: float = 0) -> Iterator[None]:
    """Holds a folder for one run at a time; the hold ends with the process, however it ends.

    patience : seconds to wait for another run. Raises UserError where it still writes then
    """
    private(folder)
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once are not guarded against
        yield
        return
    with open(os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise UserError(
                        f"Another run is writing to {folder}: wait for it, or choose another --out."
                    ) from None
            time.sleep(0.5)
        yield


@contextmanager
def closed() -> Iterator[None]:
    """Meanwhile whatever this process and its workers write can be read by its owner alone, at any umask."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def checked(folder: Path, force: bool = False) -> Path:
    """A folder of kept results whose every file is as it was when `seal` noted it; others are removed (all, with
    `force`), so that what was damaged or put there is made again."""
    private(folder)
    notes = read_json(folder / SEAL, {}) or {}
    for path in [path for path in folder.rglob("*") if path.is_file() and path.name != SEAL]:
        name = path.relative_to(folder).as_posix()
        if force or path.is_symlink() or name not in notes or sha256(path) != notes[name]:
            path.unlink()
    return folder


def seal(folder: Path) -> None:
    """Notes the content of every file of a folder, for `checked`."""
    if folder.is_dir():
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        write_json(folder / SEAL, {path.relative_to(folder).as_posix(): sha256(path) for path in files})


class Hashes:
    """SHA-256 of files; big ones are remembered by size and times in `folder`/hashes.json."""

    def __init__(self, folder: Path | None):
        self.file = folder / KEPT if folder else None
        self.seen = (read_json(self.file, {}) if self.file else {}) or {}
        self.new: dict[str, list] = {}

    def of(self, path: Path) -> str:
        stat = path.stat()
        if stat.st_size < BIG:
            return sha256(path)
        mark = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
        entry = self.seen.get(str(path))
        if not entry or entry[0] != mark:
            entry = self.seen[str(path)] = self.new[str(path)] = [mark, sha256(path)]
        return entry[1]

    def tree(self, folder: Path | None, *patterns: str) -> dict[str, str]:
        """Every file under a folder (or those that fit one of the patterns) with its hash, by relative name."""
        if folder is None or not folder.is_dir():
            return {}
        paths = {p for pattern in patterns or ("**/*",) for p in folder.glob(pattern) if p.is_file()}
        hidden = {
            p for p in paths if any(part.startswith((".", "__pycache__")) for part in p.relative_to(folder).parts)
        }
        return {str(p.relative_to(folder)): self.of(p) for p in sorted(paths - hidden)}

    def save(self) -> None:
        if self.file and self.new and self.file.parent.is_dir():
            write_json(self.file, self.seen)


def code(hashes: Hashes) -> str:
    """One hash for what computes: the library, the dictionary, the settings, Python and the packages installed."""
    library = Path(__file__).parents[2]
    packages = sorted({name for place in sys.path if os.path.isdir(place)
                       for name in os.listdir(place) if name.endswith(".dist-info")})  # fmt: skip
    settings = {p.name: hashes.of(p) for p in sorted(DATA.glob("*.yml"))}
    return digest(
        [
            hashes.tree(library, "**/*.py", "**/*.j2", "**/*.json", "**/*.css"),
            hashes.tree(DATA / "dictionary"),
            settings,
            [hashes.of(path) for path in sorted(DATA.glob("*.txt"))],
            sys.version,
            packages,
        ]
    )


def open_data(folder: Path | None, hashes: Hashes) -> str:
    """The content of the official files (of data/open, or another folder) and of the reference tables."""
    return digest([hashes.tree(folder or DATA / "open"), hashes.tree(DATA / "reference")])
