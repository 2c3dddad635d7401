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


def record(
    pack: str,
    period: str,
    area: str,
    audience: str,
    tables: dict[str, pd.DataFrame],
    signed_off_by: str,
    signed_off_on: str,
    note: str = "",
    folder: Path = FOLDER,
) -> Entry:
    """Write one entry and return it as read back. A pack that was circulated before becomes a re-issue.

    signed_off_on : date or date and time, ISO 8601. Raises UserError where nobody signed off, where there is nothing
    to record, or for the audience `restricted`, which is never circulated.
    """
    import yaml

    if not str(signed_off_by).strip() or not re.match(r"\d{4}-\d{2}-\d{2}", str(signed_off_on)):
        raise UserError("A circulated pack needs the name of who signed it off and the date, as 2018-05-01.")
    if not profile(audience).protect:
        raise UserError(f"A pack for the audience {audience} is not circulated: its tables are not protected.")
    if not tables:
        raise UserError(f"The pack {pack} has no tables to record.")
    for name in (pack, *tables):
        if not re.fullmatch(r"[A-Za-z0-9_.-]+", name) or name.startswith("."):
            raise UserError(f"{name!r} cannot be a file's name: use letters, figures, `_` and `-`.")
    place = folder / str(period) / str(area)
    place.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(p.name[:3]) for p in place.iterdir() if p.name[:3].isdigit()), default=0)
    made = place / f"{number:03d}-{pack}-{audience}"
    unfinished = place / f".{made.name}"
    write(tables, unfinished)
    said = dict(pack=pack, period=str(period), area=str(area), audience=audience)
    said |= dict(signed_off_by=str(signed_off_by), signed_off_on=str(signed_off_on), note=note)
    said["tables"] = {p.stem: _hash(p) for p in sorted(unfinished.glob("*.csv"))}
    (unfinished / "entry.yml").write_text(yaml.safe_dump(said, sort_keys=False, allow_unicode=True), encoding="utf-8")
    unfinished.rename(made)  # an entry is there whole or not at all
    return _read(made)


def load(folder: Path = FOLDER, area: str | None = None) -> list[Entry]:
    """Every entry (of one area), oldest first. Raises UserError for one whose tables are not as they were signed off.

    Other areas' entries are not opened.
    """
    folder = Path(folder)
    found = [_read(path.parent) for path in sorted(folder.glob(f"*/{area or '*'}/[0-9]*/entry.yml"))]
    return sorted(found, key=lambda e: (e.signed_off_on, str(e.folder)))


def _read(place: Path) -> Entry:
    import yaml

    said = yaml.safe_load((place / "entry.yml").read_text(encoding="utf-8"))
    tables = {}
    for name, digest in said.pop("tables").items():
        path = place / f"{name}.csv"
        if not path.is_file() or _hash(path) != digest:
            raise UserError(f"{path.name} in {place.name} is not as it was signed off: restore it from the repository.")
        tables[name] = load_table(path)
    return Entry(tables=tables, folder=place, **said)


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


def _of_mapping(said: dict, default, names) -> list:
    if "tables" in said and not _is_table(said["tables"]):
        audience = said.get("audience", said.get("profile"))
        if audience is None:
            inner = said["tables"]
            return entries(inner, default, names)
        inner = said["tables"]
        inner = inner.get(audience, inner) if isinstance(inner, dict) and audience in inner else inner
        return [(audience, _frames(inner))]
    if "protected" in said:
        return entries(said["protected"], default, names)
    if said and all(name in names and isinstance(held, dict) for name, held in said.items()):
        return [(name, _frames(held)) for name, held in said.items()]
    return [(name, _frames(said)) for name in default] if said else []


def _is_table(item) -> bool:
    return hasattr(item, "columns")


def _frames(held: dict) -> dict:
    if not isinstance(held, dict) or not all(_is_table(frame) for frame in held.values()):
        raise UserError("history: the tables of an entry must be a mapping of names to tables.")
    return held
