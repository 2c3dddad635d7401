"""Partner returns as they arrive: any sensible file, every problem named, no row lost, the original never touched.

    received = returns.read(folder, Quarter.parse("2017-18-Q4"), "E06000045")
    received.frames["hrda_referrals"]      # accepted rows, typed, with the state of every field
    received.problems                      # every problem by file, sheet, row and cell
    received.quality                       # received = accepted + refused, to the row

Rulings for hard cases: data/returns/README.md. Everything a field may hold is in data/dictionary.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .received_files import sha256

__all__ = ["CheckResult", "Received", "check", "fingerprint", "read", "sha256"]


def __getattr__(name: str) -> Any:
    # pandas is loaded by the first reading, not by the import: a fingerprint needs none of it.
    if name in ("read", "Received"):
        from . import reading

        return getattr(reading, name)
    if name in ("check", "CheckResult", "command"):
        from . import check_command, check_folder

        return getattr(check_command if name == "command" else check_folder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def fingerprint(folder: str | Path) -> dict[str, str]:
    """File name (relative to the folder) -> SHA-256 of every file that a reading would look at; empty if none."""
    from .received_files import candidates

    folder = Path(folder)
    if not folder.is_dir():
        return {}
    stands = [folder / "replaces.yml"] if (folder / "replaces.yml").is_file() else []
    return {p.relative_to(folder).as_posix(): sha256(p) for p in [*candidates(folder), *stands]}
