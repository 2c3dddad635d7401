"""What one partner's files do differently, reviewed by a person: dictionary/mappings/<partner>.yml."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from lscb.errors import UserError
from openstats.project_data import DATA, read

from .dictionary import fold, load

ENTRY = ("partner", "files", "returns", "headings", "values", "dates", "decimal_weeks", "covers_from", "note")
ORDERS = ("day first", "month first", "year first")


@dataclass(frozen=True)
class Mapping:
    """How one partner's files are read.

    files : file name patterns, such as hrda*.xlsx
    returns : the returns that it speaks of; none: all
    headings : folded heading -> field, or "ignore"
    values : field -> {their value, folded or as it is: ours}
    covers_from : the first day that the partner's returns cover, where the file does not say it
    """

    partner: str
    files: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    dates: str = "day first"
    decimal_weeks: bool = False
    covers_from: date | None = None

    def names(self, file: str) -> bool:
        """Whether one of the patterns is the name of a file, brackets in it read as brackets too."""
        return any(file.lower() == p.lower() or fnmatch(file.lower(), p.lower()) for p in self.files)


@lru_cache
def mappings(folder: Path = DATA / "dictionary") -> dict[str, Mapping]:
    """The reviewed mappings by partner. A draft (*.draft.yml) is never read. Raises UserError for a faulty one."""
    fields = {f for each in load(folder).values() for f in each.fields} | {"ignore"}
    paths = [p for p in sorted((folder / "mappings").glob("*.yml")) if not p.name.endswith(".draft.yml")]
    return {path.stem: _mapping(path, read(path), fields) for path in paths}


def _mapping(path: Path, entry: dict, fields: set[str]) -> Mapping:
    def fail(text: str) -> UserError:
        return UserError(f"mappings/{path.name}: {text}")

    if unknown := set(entry) - set(ENTRY):
        raise fail(f"unknown entry {sorted(unknown)[0]!r}; known: {', '.join(sorted(ENTRY))}.")
    order = entry.get("dates", "day first")
    if order not in ORDERS:
        raise fail("dates must be day first, month first or year first.")
    for heading, name in (entry.get("headings") or {}).items():
        if name not in fields:
            raise fail(f"{heading!r} is mapped to {name!r}, which is not a field.")
    for name, words in (entry.get("values") or {}).items():
        if name not in fields or not isinstance(words, dict):
            raise fail(f"values of {name!r}: not a field with its values.")
    covers = entry.get("covers_from")
    if covers is not None and not isinstance(covers, date):
        raise fail("covers_from must be a date such as 2016-04-01.")
    return Mapping(
        str(entry.get("partner", path.stem)), tuple(map(str, entry.get("files") or ())),
        tuple(entry.get("returns") or ()),
        {fold(h): f for h, f in (entry.get("headings") or {}).items()},
        {f: {str(w): str(v) for w, v in words.items()} for f, words in (entry.get("values") or {}).items()},
        order, bool(entry.get("decimal_weeks", False)), covers,
    )  # fmt: skip


def of_file(name: str, maps: dict[str, Mapping]) -> Mapping | None:
    """The reviewed mapping of a file: by the folder it lies in, by the patterns the mapping names, or by its name."""
    path = Path(name)
    for stem, one in maps.items():
        if stem in path.parts[:-1] or one.partner in path.parts[:-1] or one.names(path.name):
            return one
    return next((m for s, m in maps.items() if fold(path.stem).startswith(fold(s)) and not m.files), None)
