"""What was circulated: a small durable ledger of released tables. It holds no case data and no reasons.

Entries are only ever added: a re-issue is another entry, and what it changes is part of what a reader knows. So is a
withdrawal: what was sent once is known. Each entry holds the hash of the one before (see circulated_entries).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import FIGURES, NOT_DIMENSIONS, TOTAL

from . import circulated_entries as ledger
from .audiences import PROJECT, Profile, profile, profiles
from .circulated_entries import Entry

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FOLDER", "Entry", "circulated_last", "differences", "entries", "head", "load", "number", "record", "verify",
           "withdraw"]  # fmt: skip
FOLDER = PROJECT.parent / "circulated"


def record(
    entry: Entry,
    folder: Path = FOLDER,
    audiences: Path | None = None,
    printed: Mapping[str, pd.DataFrame] | None = None,
) -> Entry:
    """Write one entry and return it as read back. A pack that was circulated before becomes a re-issue.

    entry : `signed_off_on` is a date or date and time, ISO 8601; its own `folder` is not looked at
    folder : of the ledger
    audiences : the file of audiences, the project's where not named
    printed : the tables as they were read back from the pack itself, by name; what differs is not recorded

    Raises UserError where nobody signed off, where there is nothing to record, where the pack prints something else,
    where the ledger was edited, or for the audience `restricted`, which is never circulated.
    """
    _check(entry, audiences)
    if printed is not None and (other := differences(entry.tables, printed)):
        raise UserError(
            f"The pack {entry.pack} does not print the tables that would be recorded: {other[0]} Run the pack again "
            "and circulate what that makes."
        )
    _intact(Path(folder), str(entry.area))
    place = ledger.write(entry, Path(folder))
    return ledger.read(place, ledger.read_fields(place / "entry.yml"))


def withdraw(entry: Entry, by: str, on: str, why: str, folder: Path = FOLDER) -> Entry:
    """Add the withdrawal of an entry, as `load` gave it. Its readers have it all the same: `load` still gives it.

    Raises UserError for an entry that is withdrawn already, and where nobody signed off or no reason is given.
    """
    if entry.folder is None or entry.withdrawn:
        raise UserError(f"The pack {entry.pack} is withdrawn already, or was never recorded: nothing was added.")
    if not why.strip():
        raise UserError("A withdrawal needs a reason: say why in a few words.")
    _signed(by, on)
    _intact(Path(folder), entry.area)
    name = f"{entry.folder.parent.parent.name}/{entry.folder.name}"
    gone = replace(entry, tables={}, signed_off_by=by, signed_off_on=on, note=why, sent="", withdraws=name)
    ledger.write(gone, Path(folder))
    return next(each for each in load(folder, entry.area) if each.folder == entry.folder)


def load(folder: Path = FOLDER, area: str | None = None) -> list[Entry]:
    """Every entry with tables (of one area), oldest first, withdrawn ones too.

    Raises UserError for a ledger that is not as it was signed off. Other areas' entries are not opened.
    """
    loaded: list[Entry] = []
    tables: dict[str, pd.DataFrame] = {}
    for name in [area] if area else areas(folder):
        _intact(Path(folder), name)
        chain = ledger.chain(Path(folder), name)
        gone = {fields["withdraws"]: fields for _, fields in chain if fields.get("withdraws")}
        for place, fields in chain:
            if not fields.get("withdraws"):
                end = gone.get(f"{place.parent.parent.name}/{place.name}")
                withdrawn = f"{end['signed_off_by']}, {end['signed_off_on']}: {end['note']}" if end else ""
                loaded.append(ledger.read(place, fields, withdrawn, tables))
    return sorted(loaded, key=lambda e: (e.signed_off_on, str(e.folder)))


def areas(folder: Path = FOLDER) -> list[str]:
    """The areas of which something was circulated."""
    return sorted({path.parent.parent.name for path in Path(folder).glob("*/*/[0-9]*/entry.yml")})


def verify(folder: Path = FOLDER, area: str | None = None, last: str | None = None) -> list[str]:
    """What in the ledger differs from what was recorded, a sentence each; none where all is as it was.

    last : what `head` gave when the last entry of the area was recorded; an older copy of the ledger does not have it
    """
    sentences = [fault for name in ([area] if area else areas(folder)) for fault in ledger.faults(Path(folder), name)]
    if (
        last is not None
        and area
        and last not in {ledger.digest(p / "entry.yml") for p, _ in ledger.chain(folder, area)}
    ):
        sentences.append(
            f"The ledger of {area} lacks the entry that was recorded last: an older copy was put back. "
            "Restore the newest from the repository."
        )
    return sentences


def head(folder: Path, area: str) -> str:
    """The hash of an area's last entry, empty where there is none: what a manifest keeps to know an older copy by."""
    chain = ledger.chain(Path(folder), area)
    return ledger.digest(chain[-1][0] / "entry.yml") if chain else ""


def circulated_last(folder: Path, area: str) -> str:
    """The day on which a pack of an area was circulated last, called back or not; empty where none was."""
    sent = (fields for _, fields in ledger.chain(folder, area) if not fields.get("withdraws"))
    return max((str(fields["signed_off_on"])[:10] for fields in sent), default="")


def number(folder: Path, area: str) -> int:
    """How many entries an area's ledger has, withdrawals among them."""
    return len(ledger.chain(Path(folder), area))


def differences(tables: Mapping[str, pd.DataFrame], printed: Mapping[str, pd.DataFrame]) -> list[str]:
    """Where a pack's own tables are not those that would be recorded, a sentence each, without figures.

    Cells are compared by their dimensions, in the figures and the status that both have; a pack may leave out columns
    but no cells.
    """
    sentences = [f"the pack has no table {name}." for name in tables if name not in printed]
    for name in (name for name in tables if name in printed):
        recorded, shown = _cells(tables[name]), _cells(printed[name])
        for key in sorted(recorded.keys() | shown.keys()):
            if recorded.get(key) is None or shown.get(key) is None:
                sentences.append(f"{name}: {_named(key)} is in one of the two alone.")
            elif any(not _same(recorded[key][c], shown[key][c]) for c in recorded[key].keys() & shown[key].keys()):
                sentences.append(f"{name}: {_named(key)} is another figure.")
    return sentences


def _cells(frame: pd.DataFrame) -> dict[tuple, dict]:
    dims = [c for c in frame.columns if c not in NOT_DIMENSIONS]
    kept = [c for c in (*FIGURES, "status") if c in frame]
    rows = frame.to_dict("records")
    return {tuple(sorted((d, str(r[d])) for d in dims if str(r[d]) != TOTAL)): {c: r[c] for c in kept} for r in rows}


def _named(key: tuple) -> str:
    return ", ".join(f"{dimension} {label}" for dimension, label in key)


def _same(one, other) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one) == str(other)
    return (one != one and other != other) or abs(one - other) <= 1e-9 * max(abs(one), 1.0)


def _check(entry: Entry, audiences: Path | None) -> None:
    """Raises UserError for an entry that cannot be recorded."""
    _signed(entry.signed_off_by, entry.signed_off_on)
    if not profile(entry.audience, audiences).protect:
        raise UserError(f"A pack for the audience {entry.audience} is not circulated: its tables are not protected.")
    if not entry.tables:
        raise UserError(f"The pack {entry.pack} has no tables to record.")
    for name in (entry.pack, *entry.tables):
        if not re.fullmatch(r"[A-Za-z0-9_.-]+", name) or name.startswith("."):
            raise UserError(f"{name!r} cannot be a file's name: use letters, figures, `_` and `-`.")


def _signed(by: str, on: str) -> None:
    if not str(by).strip() or not re.match(r"\d{4}-\d{2}-\d{2}", str(on)):
        raise UserError("A circulated pack needs the name of who signed it off and the date, as 2018-05-01.")


def _intact(folder: Path, area: str) -> None:
    for fault in ledger.faults(folder, area):
        raise UserError(f"The record of what was circulated cannot be relied on. {fault}")


def entries(
    history, default: Iterable[str] = ("partnership",), names: Collection[str] | None = None
) -> list[tuple[str | Profile, dict[str, pd.DataFrame]]]:
    """(audience, tables) of whatever was circulated, oldest first.

    Accepts what `load` gives; an earlier result of `protect`, or its `protected`; mappings with `tables` and
    `audience` (or `profile`); (audience, tables) pairs; plain {name: table} mappings, taken as circulated to every
    audience of `default`; and a list of any of these, nested or not. An audience is a name or a Profile.

    names : of profiles, by which {audience: tables} is told from {name: table}; the project's where not given
    """
    names = profiles() if names is None else names
    if history is None:
        return []
    if isinstance(history, Entry):
        return [(history.audience, history.tables)]
    if hasattr(history, "protected"):
        return entries(history.protected, default, names)
    if isinstance(history, dict):
        return _of_mapping(history, default, names)
    if isinstance(history, tuple) and len(history) == 2 and isinstance(history[0], (str, Profile)):
        return [(history[0], _frames(history[1]))]
    if isinstance(history, (list, tuple)):
        return [pair for item in history for pair in entries(item, default, names)]
    raise UserError(f"history holds a {type(history).__name__}: give entries with an audience and their tables.")


def _of_mapping(mapping: dict, default, names) -> list:
    if "tables" in mapping and not _is_table(mapping["tables"]):
        audience = mapping.get("audience", mapping.get("profile"))
        if audience is None:
            inner = mapping["tables"]
            return entries(inner, default, names)
        inner = mapping["tables"]
        inner = inner.get(audience, inner) if isinstance(inner, dict) and audience in inner else inner
        return [(audience, _frames(inner))]
    if "protected" in mapping:
        return entries(mapping["protected"], default, names)
    if mapping and all(name in names and isinstance(tables, dict) for name, tables in mapping.items()):
        return [(name, _frames(tables)) for name, tables in mapping.items()]
    return [(name, _frames(mapping)) for name in default] if mapping else []


def _is_table(item) -> bool:
    return hasattr(item, "columns")


def _frames(tables: dict) -> dict:
    if not isinstance(tables, dict) or not all(_is_table(frame) for frame in tables.values()):
        raise UserError("history: the tables of an entry must be a mapping of names to tables.")
    return tables
