"""The files of a folder of returns: which are looked at, which are left out, what each one's bytes are, and how much
of a folder is read."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from lscb.errors import UserError
from openstats.parsed_copies import sha256

from .file_limits import FOLDER_BYTES, FOLDER_FILES, FOLDER_ROWS, FOLDER_SECONDS, MOST_BYTES

NOTES = (".md", ".yml", ".yaml", ".json", ".py", ".sha256")  # our own notes, or a program's
SYSTEM = ("thumbs.db", "desktop.ini", ".ds_store", ".gitkeep", ".gitignore")


def load(path: Path) -> tuple[str, int, bytes | None]:
    """A file's SHA-256 and size, and its bytes where they are few enough to hold: what is hashed is what is read."""
    if path.stat().st_size > MOST_BYTES:
        return sha256(path), path.stat().st_size, None
    data = path.read_bytes()
    return hashlib.sha256(data).hexdigest(), len(data), data


def candidates(folder: Path) -> list[Path]:
    """The files of a folder that may be returns, by name. Notes, links, what is hidden and lock files are left out."""
    return [p for p in visible(folder) if not left_out(p)]


def visible(folder: Path) -> list[Path]:
    """Everything of a folder and its sub-folders that is no folder, and hidden, linked or closed folders themselves;
    lock files and those of the operating system are no part of it.

    Raises UserError where that is more than a quarter's returns can be, OSError where the folder cannot be opened.
    """
    os.scandir(folder).close()
    every: list[Path] = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        apart = [name for name in folders if left_out(here / name)]
        folders[:] = [name for name in folders if name not in apart]
        every += [here / name for name in names if name.lower() not in SYSTEM and not name.startswith((".~", "~$"))]
        every += [here / name for name in apart]
        if len(every) > FOLDER_FILES:
            raise UserError(
                f"The folder {folder} holds more than {FOLDER_FILES:,} files: "
                "name that of one quarter's returns with --returns."
            )
    return sorted(every)


def left_out(path: Path) -> str:
    """Why a file is not looked at, or "" where it is."""
    if path.is_symlink():
        return "a link to another place, which is not followed: put the file itself here"
    if path.name.startswith("."):
        return "hidden, as its name begins with a dot: give it another name if it is a return"
    if path.is_dir():
        return "" if os.access(path, os.R_OK | os.X_OK) else "a folder that may not be opened: check who may read it"
    if not path.is_file():
        return "no file of rows: send those as CSV or as an Excel workbook"
    if path.suffix.lower() in NOTES or path.name.lower() in ("readme", "readme.txt"):
        return f"a {path.suffix.lower() or 'README'} file, which is no return: send rows as CSV or as an Excel workbook"
    return ""


@dataclass
class Budget:
    """How much of a folder may still be read. What goes beyond it is refused file by file, each with its sentence."""

    bytes: int = 0
    rows: int = 0
    begun: float = field(default_factory=time.monotonic)

    def refusal(self, path: Path) -> str:
        """Why a file is not read any more, or "" where it is, and then its bytes count."""
        size = path.stat().st_size
        beyond = ""
        if self.bytes + size > FOLDER_BYTES:
            beyond = f"{FOLDER_BYTES / 1e6:,.0f} MB"
        elif self.rows > FOLDER_ROWS:
            beyond = f"{FOLDER_ROWS:,} rows"
        elif time.monotonic() - self.begun > FOLDER_SECONDS:
            beyond = f"{FOLDER_SECONDS / 60:,.0f} minutes"
        if beyond:
            return f"Not read: files before it take up the {beyond} that are read of a folder. Send the quarter's only."
        self.bytes += size
        return ""
