"""Entries of the ledger of what was circulated, as files: written once, each with the hash of the one before.

    <ledger>/<period>/<area>/<number>-<pack>-<audience>/
        entry.yml     its place in the area's chain, the hash of the entry before it, pack, period, area, audience,
                      signed off by whom and when, note, the SHA-256 of the file that was sent and of each table, and
                      a seal: the SHA-256 of all that
        <table>.csv   as released

A withdrawal is an entry without tables that names the one it withdraws.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lscb import long_table
from lscb.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("pack", "period", "area", "audience", "signed_off_by", "signed_off_on", "note", "sent", "withdraws")
LATER = ("sent", "withdraws")  # not in every entry


@dataclass(frozen=True)
class Entry:
    """One pack as it was circulated to one audience.

    sent : the SHA-256 of the very file that was sent; empty where nobody noted it
    withdraws : the name of an earlier entry's folder that this one withdraws; it has no tables then
    withdrawn : by whom, when and why it was withdrawn; empty for one that stands. Its readers have it all the same
    """

    audience: str
    tables: dict[str, pd.DataFrame]
    pack: str = ""
    period: str = ""
    area: str = ""
    signed_off_by: str = ""
    signed_off_on: str = ""
    note: str = ""
    sent: str = ""
    withdraws: str = ""
    withdrawn: str = field(default="", compare=False)
    folder: Path | None = field(default=None, compare=False)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seal(fields: dict) -> str:
    """The SHA-256 of what an entry.yml says but for the seal itself: it shows an edit of the last entry too."""
    said = {name: value for name, value in fields.items() if name != "seal"}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def chain(folder: Path, area: str) -> list[tuple[Path, dict]]:
    """An area's entries in the order of their recording: (folder, what entry.yml says)."""
    entries = [(path.parent, read_fields(path)) for path in folder.glob(f"*/{area}/[0-9]*/entry.yml")]
    return sorted(entries, key=lambda each: (int(each[1].get("place") or 0), str(each[0])))


def read_fields(path: Path) -> dict:
    """What an entry.yml says. Raises UserError where it cannot be read."""
    import yaml

    try:
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        fields = None
    if not isinstance(fields, dict) or not isinstance(fields.get("tables"), dict):
        raise UserError(
            f"{path.name} in {path.parent.name} is not as it was signed off: restore it from the repository."
        )
    return fields


def write(entry: Entry, folder: Path) -> Path:
    """Add an entry to the ledger in `folder`, after the last of its area; the folder it stands in."""
    import yaml

    place = folder / str(entry.period) / str(entry.area)
    place.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(p.name[:3]) for p in place.iterdir() if p.name[:3].isdigit()), default=0)
    final = place / f"{number:03d}-{entry.pack}-{entry.audience}"
    unfinished = place / f".{final.name}"
    unfinished.mkdir(exist_ok=True)
    long_table.write(entry.tables, unfinished)
    before = chain(folder, str(entry.area))
    fields: dict = {"place": int(before[-1][1].get("place") or 0) + 1 if before else 1}
    fields["before"] = digest(before[-1][0] / "entry.yml") if before else ""
    fields |= {name: str(getattr(entry, name)) for name in FIELDS if getattr(entry, name) or name not in LATER}
    fields["tables"] = {p.stem: digest(p) for p in sorted(unfinished.glob("*.csv"))}
    fields["seal"] = seal(fields)
    (unfinished / "entry.yml").write_text(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True), encoding="utf-8")
    unfinished.rename(final)  # an entry is there whole or not at all
    return final


def read(place: Path, fields: dict, withdrawn: str = "", before: dict[str, pd.DataFrame] | None = None) -> Entry:
    """An entry with its tables. Raises UserError for one whose tables are not as they were signed off.

    before : tables of other entries by their SHA-256; packs of one audience share most of theirs, and each is read once
    """
    tables, before = {}, {} if before is None else before
    for name, sha in fields["tables"].items():
        path = place / f"{name}.csv"
        if not path.is_file() or digest(path) != sha:
            raise UserError(f"{path.name} in {place.name} is not as it was signed off: restore it from the repository.")
        if sha not in before:
            before[sha] = long_table.load(path)
        tables[name] = before[sha].copy()  # pandas copies nothing until somebody writes
    texts = {name: str(fields.get(name, "")) for name in FIELDS}
    return Entry(tables=tables, withdrawn=withdrawn, folder=place, **texts)


def faults(folder: Path, area: str) -> list[str]:
    """What differs from what was recorded for an area, a sentence each; none where the chain holds."""
    sentences, sha, place = [], "", 0
    for entry, fields in (entries := chain(folder, area)):
        name, place = f"{fields.get('period')} {entry.name}", place + 1
        if fields.get("place") != place:
            sentences.append(f"An entry before {name} of {area} is missing: restore the ledger from the repository.")
            place = int(fields.get("place") or place)
        elif fields.get("before") != sha:
            sentences.append(f"The entry before {name} of {area} was edited: restore the ledger from the repository.")
        for table, recorded in fields["tables"].items():
            path = entry / f"{table}.csv"
            if not path.is_file() or digest(path) != recorded:
                sentences.append(
                    f"{path.name} of {name}, {area}, is not as it was signed off: restore it from the repository."
                )
        if extra := sorted({p.stem for p in entry.glob("*.csv")} - fields["tables"].keys()):
            sentences.append(f"{extra[0]}.csv of {name}, {area}, was never signed off: remove it.")
        sha = digest(entry / "entry.yml")
    if entries and fields.get("seal") != seal(fields):  # of the others the next one tells
        sentences.append(f"entry.yml of {name}, {area}, is not as it was recorded: restore it from the repository.")
    return sentences
