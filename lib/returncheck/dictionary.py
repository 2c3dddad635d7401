"""The dictionary of partner returns: what every field means, which headings and values partners use for it.

One file a return in data/dictionary (tables.yml documents our own tables and is not a return); formats of the sector
in data/dictionary/formats, several returns to a file; what one partner does differently in data/dictionary/mappings.
Validation is built from these files, so a further return needs a further file and no code.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lscb.errors import UserError
from openstats.project_data import DATA, read

TYPES = (
    "identifier text date whole_number number yes_no choice choices gestation lsoa period".split()
)  # how a cell is read; see returncheck.cell_values
STATES = ("missing", "not_known", "suppressed", "not_applicable")
LIMITS = (
    "future values values_of others states min max not_after not_before before_birthday census decimal_weeks".split()
)
ENTRY = (
    "return sender grain key dated_by covers names fields tables measures relations source note derives ignored".split()
)  # what a file may say
FIELD = (
    "says type unit required allowed warn rule blank_means headings sensitivity source_column maps_to first_quarter "
    "last_quarter known_faults source note"
).split()


@lru_cache(50_000)
def fold(text: str) -> str:
    """Text as it is compared: without case, spaces, line breaks, non-breaking spaces and punctuation.

    `&` is "and" and `%` is "percent", since those change what a heading says.
    """
    plain = unicodedata.normalize("NFKC", str(text)).casefold().replace("&", "and").replace("%", "percent")
    return "".join(c for c in plain if c.isalnum())


@dataclass(frozen=True)
class Field:
    """One field of a return, as its dictionary entry says it."""

    name: str
    says: str
    type: str
    rule: str
    unit: str = ""
    required: bool = False
    allowed: dict[str, Any] = field(default_factory=dict)
    warn: dict[str, Any] = field(default_factory=dict)
    blank_means: str = "not recorded"
    headings: tuple[str, ...] = ()
    sensitivity: str = "confidential"
    values: dict[str, str] = field(default_factory=dict)  # folded value or synonym -> the value we keep
    states: dict[str, str] = field(default_factory=dict)  # folded word -> one of STATES

    @property
    def canonical(self) -> tuple[str, ...]:
        """The values that may stand in an accepted row, in the order of the dictionary."""
        return tuple(dict.fromkeys(self.values.values()))


@dataclass(frozen=True)
class Return:
    """One partner return."""

    name: str
    sender: str
    grain: str
    key: tuple[str, ...]
    dated_by: str
    covers: str
    names: tuple[str, ...]
    fields: dict[str, Field]
    derives: str = ""
    ignored: tuple[str, ...] = ()  # headings that its files have and nothing reads

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields.values() if f.required)

    def headings(self) -> dict[str, list[str]]:
        """Folded heading -> the fields it may stand for. Two fields: the heading is ambiguous and never guessed."""
        return self._headings

    @cached_property
    def _headings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in self.fields.values():
            for text in dict.fromkeys([fold(each.name), *map(fold, each.headings)]):
                found.setdefault(text, []).append(each.name)
        return found


@dataclass(frozen=True)
class Mapping:
    """What one partner's files do differently, reviewed by a person: data/dictionary/mappings/<partner>.yml."""

    partner: str
    files: tuple[str, ...] = ()  # file name patterns, such as hrda*.xlsx
    returns: tuple[str, ...] = ()  # the returns that it speaks of; none: all
    headings: dict[str, str] = field(default_factory=dict)  # folded heading -> field, or "ignore"
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # field -> {their value, folded or as it is: ours}
    dates: str = "day first"
    decimal_weeks: bool = False


@lru_cache
def load(folder: Path = DATA / "dictionary") -> dict[str, Return]:
    """Every return of a dictionary folder, by name. Raises UserError naming file and field of the first fault."""
    found: dict[str, Return] = {}
    formats = sorted((folder / "formats").glob("*.yml"))
    entries = [(p, read(p)) for p in sorted(folder.glob("*.yml"))]
    entries += [(p, entry) for p in formats for entry in (read(p).get("returns") or [])]
    raw = {entry["return"]: entry for _, entry in entries if "return" in entry}
    for path, entry in entries:
        if "return" not in entry:
            continue
        if entry["return"] in found:
            raise UserError(f"{path.name} describes the return {entry['return']!r} a second time.")
        found[entry["return"]] = _return(path.name, entry, raw)
    return found


def _return(file: str, entry: dict, raw: dict) -> Return:
    def fail(text):
        raise UserError(f"data/dictionary/{file}: {text}")

    name = entry["return"]
    if unknown := set(entry) - set(ENTRY):
        fail(f"unknown entry {sorted(unknown)[0]!r}; known: {', '.join(ENTRY)}.")
    if not entry.get("fields"):
        fail("no fields.")
    fields = {
        n: _field(n, said or {}, raw, lambda text, n=n: fail(f"field {n}: {text}"))
        for n, said in entry["fields"].items()
    }
    key = tuple(entry.get("key") or ())
    dated = entry.get("dated_by") or ""
    for each in [*key, *([dated] if dated else [])]:
        if each not in fields:
            fail(f"key or dated_by names {each!r}, which is not a field.")
    if dated and fields[dated].type not in ("date", "period"):
        fail(f"dated_by {dated!r} is a {fields[dated].type}; it must be a date or a period.")
    for one in fields.values():
        for rules in (one.allowed, one.warn):
            others = [rules.get("not_after"), rules.get("not_before"), (rules.get("before_birthday") or {}).get("of")]
            for other in filter(None, others):
                if other not in fields or fields[other].type != one.type:
                    fail(f"field {one.name}: is compared with {other!r}, which is not a field of the same type.")
    return Return(
        name, entry.get("sender", ""), entry.get("grain", ""), key, dated, str(entry.get("covers", "")),
        tuple(entry.get("names") or [name]), fields, entry.get("derives", ""),
        tuple(fold(h) for h in entry.get("ignored") or ()),
    )  # fmt: skip


def _field(name: str, said: dict, raw: dict, fail) -> Field:
    if unknown := set(said) - set(FIELD):
        fail(f"unknown entry {sorted(unknown)[0]!r}; known: {', '.join(FIELD)}.")
    if said.get("type") not in TYPES:
        fail(f"type {said.get('type')!r} is not one of {', '.join(TYPES)}.")
    if not said.get("says"):
        fail("`says` is missing: say what the field means.")
    allowed, warn = dict(said.get("allowed") or {}), dict(said.get("warn") or {})
    if unknown := (set(allowed) | set(warn)) - set(LIMITS):
        fail(f"unknown limit {sorted(unknown)[0]!r}; known: {', '.join(LIMITS)}.")
    if "values_of" in allowed:
        where, _, which = allowed["values_of"].partition(".")
        if which not in (raw.get(where) or {}).get("fields", {}):
            fail(f"values_of {allowed['values_of']!r} is not a field of a return.")
        allowed = {**raw[where]["fields"][which].get("allowed", {}), **allowed}
    values = _words(allowed.get("values") or {}, "value", fail)
    states = _words(allowed.get("states") or {}, "state", fail, names=False)
    if unknown := set(states.values()) - set(STATES):
        fail(f"unknown state {sorted(unknown)[0]!r}; known: {', '.join(STATES)}.")
    if said["type"] in ("choice", "choices") and not values and allowed.get("others") != "keep":
        fail("a choice needs its `allowed: {values: ...}`, or `others: keep`.")
    return Field(
        name, " ".join(str(said["says"]).split()), said["type"],
        " ".join(str(said.get("rule") or said["says"]).split()),
        said.get("unit", ""), bool(said.get("required", False)), allowed, warn,
        said.get("blank_means", "not recorded"), tuple(map(str, said.get("headings") or ())),
        said.get("sensitivity", "confidential"), values, states,
    )  # fmt: skip


def _words(listed: dict | list, kind: str, fail, names: bool = True) -> dict[str, str]:
    if isinstance(listed, list):
        listed = {each: [] for each in listed}
    found: dict[str, str] = {}
    for value, synonyms in listed.items():
        if isinstance(value, bool):
            fail(f"put quotes round the {kind} {'yes or no'!r}: YAML reads it as true or false.")
        for word in ([value] if names else []) + list(synonyms or []):
            if found.setdefault(fold(word), str(value)) != str(value):
                fail(f"{word!r} stands for two values, {found[fold(word)]!r} and {value!r}.")
    return found


@lru_cache
def mappings(folder: Path = DATA / "dictionary") -> dict[str, Mapping]:
    """The reviewed mappings by partner. A draft (*.draft.yml) is never read. Raises UserError for a faulty one."""
    found = {}
    for path in sorted((folder / "mappings").glob("*.yml")):
        if path.name.endswith(".draft.yml"):
            continue
        said = read(path)
        known = {"partner", "files", "returns", "headings", "values", "dates", "decimal_weeks", "note"}
        if unknown := set(said) - known:
            raise UserError(
                f"mappings/{path.name}: unknown entry {sorted(unknown)[0]!r}; known: {', '.join(sorted(known))}."
            )
        order = said.get("dates", "day first")
        if order not in ("day first", "month first", "year first"):
            raise UserError(f"mappings/{path.name}: dates must be day first, month first or year first.")
        fields = {f for each in load(folder).values() for f in each.fields} | {"ignore"}
        for heading, name in (said.get("headings") or {}).items():
            if name not in fields:
                raise UserError(f"mappings/{path.name}: {heading!r} is mapped to {name!r}, which is not a field.")
        for name, words in (said.get("values") or {}).items():
            if name not in fields or not isinstance(words, dict):
                raise UserError(f"mappings/{path.name}: values of {name!r}: not a field with its values.")
        found[path.stem] = Mapping(
            str(said.get("partner", path.stem)), tuple(said.get("files") or ()), tuple(said.get("returns") or ()),
            {fold(h): f for h, f in (said.get("headings") or {}).items()},
            {f: {str(w): str(v) for w, v in words.items()} for f, words in (said.get("values") or {}).items()},
            order, bool(said.get("decimal_weeks", False)),
        )  # fmt: skip
    return found
