"""Parsed copies of official files, so that none is read twice: kept in a private folder, checked before use.

A copy is named by the SHA-256 of the file that it was parsed from, and stands beside the SHA-256 of its own content:
one that was cut or changed is not used but made again. The folder belongs to the user who runs
the project and nobody else may write to it; where data/open is not such a place, the user's own cache folder is used,
and where that is not either, a temporary one of this process.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .sources import OPEN, REFERENCE

if TYPE_CHECKING:
    import pandas as pd

# Raised when a reader's result changes, so that a copy parsed by an older one is not used.
VERSION = 5


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder() -> Path:
    """Where parsed copies are kept: the first of data/open/.cache and the user's cache folder that is private."""
    personal = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return next((folder for folder in (OPEN / ".cache", personal / "lscb-open") if private(folder)), None) or _passing()


def private(folder: Path) -> bool:
    """Whether a folder is there (made if need be), belongs to this user alone and can be written to.

    A link is not followed: who may write where it leads is somebody else's decision.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or (hasattr(os, "getuid") and state.st_uid != os.getuid()):
            return False
        if state.st_mode & 0o022:  # made by an earlier version, or under a permissive umask
            folder.chmod(0o700)
        return os.access(folder, os.W_OK)
    except (OSError, RuntimeError):
        return False


@lru_cache
def _passing() -> Path:
    """A private folder of this process, removed at its end."""
    folder = Path(tempfile.mkdtemp(prefix="lscb-open-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def parsed(path: Path, kind: str, content: str, read: Callable[[Path], pd.DataFrame]) -> pd.DataFrame:
    """What `read` makes of a file, from its copy where that is whole; else read, kept and returned.

    content : the file's SHA-256
    """
    copy = cache_folder() / f"{content[:32]}-{kind}-{VERSION}-{_places()}.parquet"
    mark = copy.with_suffix(".sha256")
    try:
        good = mark.read_text(encoding="ascii") == sha256(copy)
    except (OSError, ValueError):
        good = False
    if not good:
        with tempfile.NamedTemporaryFile(dir=copy.parent, suffix=".part", delete=False) as part:
            pass
        _save(read(path), Path(part.name))
        replace(mark, sha256(Path(part.name)))
        Path(part.name).replace(copy)
    return _load(copy)


@lru_cache
def _places() -> str:
    """A few letters that change with the list of authorities, by which readers know areas."""
    return sha256(REFERENCE / "areas.csv")[:8]


def replace(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".part", delete=False, encoding="utf-8") as part:
        part.write(text)
    Path(part.name).replace(path)


def _save(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False)  # GeoParquet where it has outlines


def _load(path: Path) -> pd.DataFrame:
    import pandas as pd
    import pyarrow.parquet

    if b"geo" in (pyarrow.parquet.read_schema(path).metadata or {}):
        import geopandas

        return geopandas.read_parquet(path)
    return pd.read_parquet(path)
