"""What was circulated: a small durable ledger of released tables. It holds no case data and no reasons.

    data/circulated/<period>/<area>/<number>-<pack>-<audience>/
        entry.yml     pack, period, area, audience, signed off by whom and when, note, and each table's SHA-256
        <table>.csv   as released

Entries are only ever added: a re-issue is another entry, and what it changes is part of what a reader knows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import load as load_table
from lscb.long_table import write

from .audiences import PROJECT, Profile, profile, profiles

if TYPE_CHECKING:
    import pandas as pd

FOLDER = PROJECT.parent / "circulated"
FIELDS = ("pack", "period", "area", "audience", "signed_off_by", "signed_off_on", "note")  # of entry.yml, in order


@dataclass(frozen=True)
class Entry:
    """One pack as it was circulated to one audience."""

    audience: str
    tables: dict[str, pd.DataFrame]
    pack: str = ""
    period: str = ""
    area: str = ""
    signed_off_by: str = ""
    signed_off_on: str = ""
    note: str = ""
    folder: Path | None = field(default=None, compare=False)


def record(entry: Entry, folder: Path = FOLDER, audiences: Path | None = None) -> Entry:
    """Write one entry and return it as read back. A pack that was circulated before becomes a re-issue.

    entry : `signed_off_on` is a date or date and time, ISO 8601; its own `folder` is not looked at
    folder : of the ledger
    audiences : the file of audiences, the project's where not named

    Raises UserError where nobody signed off, where there is nothing to record, or for the audience `restricted`, which
    is never circulated.
    """
    import yaml

    _check(entry, audiences)
    place = folder / str(entry.period) / str(entry.area)
    place.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(p.name[:3]) for p in place.iterdir() if p.name[:3].isdigit()), default=0)
    final = place / f"{number:03d}-{entry.pack}-{entry.audience}"
    unfinished = place / f".{final.name}"
    write(entry.tables, unfinished)
    fields: dict = {name: str(getattr(entry, name)) for name in FIELDS}
    fields["tables"] = {p.stem: _hash(p) for p in sorted(unfinished.glob("*.csv"))}
    (unfinished / "entry.yml").write_text(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True), encoding="utf-8")
    unfinished.rename(final)  # an entry is there whole or not at all
    return _read(final)


def _check(entry: Entry, audiences: Path | None) -> None:
    """Raises UserError for an entry that cannot be recorded."""
    if not str(entry.signed_off_by).strip() or not re.match(r"\d{4}-\d{2}-\d{2}", str(entry.signed_off_on)):
        raise UserError("A circulated pack needs the name of who signed it off and the date, as 2018-05-01.")
    if not profile(entry.audience, audiences).protect:
        raise UserError(f"A pack for the audience {entry.audience} is not circulated: its tables are not protected.")
    if not entry.tables:
        raise UserError(f"The pack {entry.pack} has no tables to record.")
    for name in (entry.pack, *entry.tables):
        if not re.fullmatch(r"[A-Za-z0-9_.-]+", name) or name.startswith("."):
            raise UserError(f"{name!r} cannot be a file's name: use letters, figures, `_` and `-`.")


def load(folder: Path = FOLDER, area: str | None = None) -> list[Entry]:
    """Every entry (of one area), oldest first. Raises UserError for one whose tables are not as they were signed off.

    Other areas' entries are not opened.
    """
    folder = Path(folder)
    there = [_read(path.parent) for path in sorted(folder.glob(f"*/{area or '*'}/[0-9]*/entry.yml"))]
    return sorted(there, key=lambda e: (e.signed_off_on, str(e.folder)))


def _read(place: Path) -> Entry:
    import yaml

    entry = yaml.safe_load((place / "entry.yml").read_text(encoding="utf-8"))
    tables = {}
    for name, digest in entry.pop("tables").items():
        path = place / f"{name}.csv"
        if not path.is_file() or _hash(path) != digest:
            raise UserError(f"{path.name} in {place.name} is not as it was signed off: restore it from the repository.")
        tables[name] = load_table(path)
    return Entry(tables=tables, folder=place, **entry)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
