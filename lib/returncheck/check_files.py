"""Files that leave the check: owner-only, and no cell in them can run as a formula."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd

from lscb import long_table
from lscb.spreadsheet_text import each_text, unguarded


def folder(path: Path) -> Path:
    """A folder only its owner can enter, made with its parents."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def text(path: Path, content: str | bytes) -> Path:
    """A whole file or none, readable by its owner only."""
    folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def table(path: Path, frame: pd.DataFrame) -> Path:
    """A CSV file, with one ' before every text that a spreadsheet would run (problems have theirs already)."""
    return text(path, long_table.csv_text(each_text(frame, unguarded)))


def write_rejects(rejects: dict[str, pd.DataFrame], out: Path) -> list[Path]:
    """The refused rows of each return, to be corrected and sent again alone."""
    return [table(out / f"{name}.rejects.csv", frame) for name, frame in sorted(rejects.items())]
