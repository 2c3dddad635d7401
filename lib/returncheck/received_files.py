"""The files of a folder of returns: which are looked at, which are left out, and what each one's bytes are."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .file_limits import MOST_BYTES

NOTES = (".md", ".yml", ".yaml", ".json", ".py", ".sha256")  # our own notes, or a program's
SYSTEM = ("thumbs.db", "desktop.ini")


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load(path: Path) -> tuple[str, int, bytes | None]:
    """A file's SHA-256 and size, and its bytes where they are few enough to hold: what is hashed is what is read."""
    if path.stat().st_size > MOST_BYTES:
        return sha256(path), path.stat().st_size, None
    data = path.read_bytes()
    return hashlib.sha256(data).hexdigest(), len(data), data


def candidates(folder: Path) -> list[Path]:
    """The files of a folder that may be returns, by name. Notes, links, hidden and lock files are left out."""
    return [p for p in visible(folder) if not left_out(p)]


def visible(folder: Path) -> list[Path]:
    """Every file of a folder and its sub-folders but hidden ones, lock files and those of the operating system."""
    return [
        p
        for p in sorted(folder.rglob("*"))
        if (p.is_file() or p.is_symlink())
        and not any(part.startswith((".", "~$")) for part in p.relative_to(folder).parts)
        and p.name.lower() not in SYSTEM
    ]


def left_out(path: Path) -> str:
    """Why a file is not looked at, or "" where it is."""
    if path.is_symlink():
        return "a link to another place, which is not followed: put the file itself here"
    if path.suffix.lower() in NOTES or path.name.lower() in ("readme", "readme.txt"):
        return f"a {path.suffix.lower() or 'README'} file, which is no return: send rows as CSV or as an Excel workbook"
    return ""
