"""Files that leave the check: owner-only, and no cell in them can run as a formula."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from lscb import long_table
from lscb.spreadsheet_text import each_text, unguarded

AT_ONCE = 50_000  # rows written at a time: a long file of refused rows need not be held twice as text


def folder(path: Path) -> Path:
    """A folder only its owner can enter, made with its parents."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def text(path: Path, content: str | Iterable[str]) -> Path:
    """A whole file or none, readable by its owner only."""
    folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            for part in [content] if isinstance(content, str) else content:
                file.write(part.encode("utf-8", "replace"))
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def table(path: Path, frame: pd.DataFrame) -> Path:
    """A CSV file, with one ' before every text that a spreadsheet would run (problems have theirs already)."""
    parts = range(0, max(len(frame), 1), AT_ONCE)
    texts = (long_table.csv_text(each_text(frame.iloc[at : at + AT_ONCE], unguarded)) for at in parts)
    heading = len(long_table.csv_text(frame.iloc[:0]))  # a heading may hold line breaks
    return text(path, (part if not n else part[heading:] for n, part in enumerate(texts)))


def write_rejects(rejects: dict[str, pd.DataFrame], out: Path) -> list[Path]:
    """The refused rows of each return, to be corrected and sent again alone."""
    return [table(out / f"{name}.rejects.csv", frame) for name, frame in sorted(rejects.items())]
