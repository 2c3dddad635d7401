"""What was circulated for an area before, as a run may rely on it: whole, unedited, and no older copy of it."""

from __future__ import annotations

from pathlib import Path

from cellguard import history
from lscb.errors import UserError

from . import run_files as files
from .request import shown

HEAD = "circulated.json"  # beside a run: the last entry that was recorded from its packs
EDITED = "{} was changed by hand: make sure that {} is the newest copy, then delete that file and circulate again."


def keep_head(folder: Path, ledger: Path, area: str) -> None:
    """Notes beside an area's run which entry is the ledger's last, so that an older copy of it is known as one."""
    files.write_json(folder / HEAD, {"entries": history.number(ledger, area), "last": history.head(ledger, area)})


def faults(folder: Path, ledger: Path, area: str) -> list[str]:
    """What in an area's ledger is not as it was recorded, from any run of the area that is still there; a sentence
    each. folder : of one of its runs"""
    notes = {path: files.read_json(path) for path in sorted(folder.parent.parent.glob(f"*/{area}/{HEAD}"))}
    unreadable = [path for path, note in notes.items() if not (note and {"entries", "last"} <= set(note))]
    newest: dict = max(filter(None, notes.values()), key=lambda note: note.get("entries", 0), default={})
    return [EDITED.format(shown(path), shown(ledger)) for path in unreadable] or history.verify(
        ledger, area, newest.get("last")
    )


def load(folder: Path, ledger: Path, area: str) -> list[history.Entry]:
    """The entries of an area, oldest first. Raises UserError where the ledger cannot be relied on."""
    for fault in faults(folder, ledger, area):
        raise UserError(f"The record of what was circulated cannot be relied on. {fault}")
    return history.load(ledger, area)
