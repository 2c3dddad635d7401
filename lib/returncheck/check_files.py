"""Files that leave the check: owner-only, and no cell in them can run as a formula."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd

from .problems import safe


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


def table(path: Path, frame: pd.DataFrame, guard: bool = True) -> Path:
    """A CSV file. `guard`: texts that a spreadsheet would run are written with a ' before them."""
    out = frame.copy()
    for name in out.columns if guard else ():
        if not pd.api.types.is_numeric_dtype(out[name]) and not pd.api.types.is_datetime64_any_dtype(out[name]):
            values = out[name].astype("str")
            risky = values.str.match(r"\s*[=+\-@＝＋－＠|%\t\r]").fillna(False)
            if risky.any():
                out[name] = values.mask(
                    risky, [safe(v) if r else v for v, r in zip(values.fillna(""), risky, strict=True)]
                )
    out.columns = [safe(str(c)) if guard else c for c in out.columns]
    return text(path, out.to_csv(index=False, lineterminator="\n"))


def write_rejects(rejects: dict[str, pd.DataFrame], out: Path) -> list[Path]:
    """The refused rows of each return, to be corrected and sent again alone."""
    return [table(out / f"{name}.rejects.csv", frame) for name, frame in sorted(rejects.items())]
