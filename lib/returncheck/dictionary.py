"""The dictionary of partner returns: what every field means, which headings and values partners use for it.

One file a return in data/dictionary (tables.yml documents our own tables and is not a return); formats of the sector
in data/dictionary/formats, several returns to a file. Validation is built from these files, so a further return needs
a further file and no code. What one partner does differently: partner_mappings.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NoReturn

from lscb.errors import UserError
from openstats.project_data import DATA, read

TABLES = "tables.yml"  # documents our own tables
TYPES = (
    "identifier text date whole_number number yes_no choice choices gestation lsoa period financial_year".split()
)  # how a cell is read; see returncheck.cell_values
STATES = ("missing", "not_known", "suppressed", "not_applicable")
LIMITS = (
    "future values values_of others states min max not_after not_before before_birthday census decimal_weeks".split()
)
ENTRY = (
    "return title sender grain key dated_by known_by every covers names fields tables measures relations source note "
    "derives ignored"
).split()  # what a file may say
FIELD = (
    "says type unit required allowed warn rule blank_means headings instead sensitivity source_column maps_to "
    "first_quarter last_quarter known_faults source note"
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
    instead: tuple[str, ...] = ()  # headings of a column that is read where none of `headings` is there
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
    known_by: tuple[str, ...] = ()  # fields that only this return has: without one of them a sheet is not it
    title: str = ""  # as people say it, within a sentence
    every: str = "quarter"  # how often there are rows: quarter, year or never: a period without one is said loudly

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that every row needs."""
        return tuple(f.name for f in self.fields.values() if f.required)

    def needs(self, name: str) -> bool:
        """Whether a row cannot be counted without a field: it identifies the row, dates it or is what it counts."""
        return name == self.dated_by or name in self.key or self.fields[name].required

    def headings(self) -> dict[str, list[str]]:
        """Folded heading -> the fields it may stand for. Two fields: the heading is ambiguous and never guessed."""
        return self._headings

    @cached_property
    def _headings(self) -> dict[str, list[str]]:
        words: dict[str, list[str]] = {}
        for each in self.fields.values():
            for text in dict.fromkeys([fold(each.name), *map(fold, (*each.headings, *each.instead))]):
                words.setdefault(text, []).append(each.name)
        return words


@lru_cache
def load(folder: Path = DATA / "dictionary") -> dict[str, Return]:
    """Every return of a dictionary folder, by name. Raises UserError naming file and field of the first fault."""
    returns: dict[str, Return] = {}
    formats = sorted((folder / "formats").glob("*.yml"))
    entries = [(p, read(p)) for p in sorted(folder.glob("*.yml")) if p.name != TABLES]
    entries += [(p, entry) for p in formats for entry in (read(p).get("returns") or [])]
    raw = {entry["return"]: entry for _, entry in entries if "return" in entry}
    for path, entry in entries:
        if "return" not in entry:
            continue
        if entry["return"] in returns:
            raise UserError(f"{path.name} describes the return {entry['return']!r} a second time.")
        returns[entry["return"]] = _return(path.name, entry, raw)
    return returns


Fail = Callable[[str], NoReturn]


def _return(file: str, entry: dict, raw: dict) -> Return:
    def fail(text: str) -> NoReturn:
        raise UserError(f"data/dictionary/{file}: {text}")

    if unknown := set(entry) - set(ENTRY):
        fail(f"unknown entry {sorted(unknown)[0]!r}; known: {', '.join(ENTRY)}.")
    if not entry.get("fields"):
        fail("no fields.")
    fields = {
        n: _field(n, each or {}, raw, lambda text, n=n: fail(f"field {n}: {text}"))  # type: ignore[misc]
        for n, each in entry["fields"].items()
    }
    key, dated = tuple(entry.get("key") or ()), entry.get("dated_by") or ""
    distinct = tuple(entry.get("known_by") or fields)
    for each in [*key, *([dated] if dated else []), *distinct]:
        if each not in fields:
            fail(f"key, dated_by or known_by names {each!r}, which is not a field.")
    if dated and fields[dated].type not in ("date", "period"):
        fail(f"dated_by {dated!r} is a {fields[dated].type}; it must be a date or a period.")
    _check_comparisons(fields, fail)
    return Return(
        entry["return"], entry.get("sender", ""), entry.get("grain", ""), key, dated, str(entry.get("covers", "")),
        tuple(entry.get("names") or [entry["return"]]), fields, entry.get("derives", ""),
        tuple(fold(h) for h in entry.get("ignored") or ()), distinct,
        str(entry.get("title") or entry["return"].replace("_", " ")), str(entry.get("every", "quarter")),
    )  # fmt: skip


def _check_comparisons(fields: dict[str, Field], fail: Fail) -> None:
    for one in fields.values():
        for rules in (one.allowed, one.warn):
            birthday = (rules.get("before_birthday") or {}).get("of")
            for other in filter(None, [*beside(rules, "not_after"), *beside(rules, "not_before"), birthday]):
                if other not in fields or fields[other].type != one.type:
                    fail(f"field {one.name}: is compared with {other!r}, which is not a field of the same type.")


def beside(rules: dict[str, Any], name: str) -> list[str]:
    """The fields that a rule of order sets a field beside: one, or a list of them."""
    others = rules.get(name) or []
    return [others] if isinstance(others, str) else others


def _field(name: str, entry: dict, raw: dict, fail: Fail) -> Field:
    if unknown := set(entry) - set(FIELD):
        fail(f"unknown entry {sorted(unknown)[0]!r}; known: {', '.join(FIELD)}.")
    if entry.get("type") not in TYPES:
        fail(f"type {entry.get('type')!r} is not one of {', '.join(TYPES)}.")
    if not entry.get("says"):
        fail("`says` is missing: say what the field means.")
    allowed, warn = _limits(entry, raw, fail)
    values = _words(allowed.get("values") or {}, "value", fail)
    states = _words(allowed.get("states") or {}, "state", fail, names=False)
    if unknown := set(states.values()) - set(STATES):
        fail(f"unknown state {sorted(unknown)[0]!r}; known: {', '.join(STATES)}.")
    if entry["type"] in ("choice", "choices") and not values and allowed.get("others") != "keep":
        fail("a choice needs its `allowed: {values: ...}`, or `others: keep`.")
    return Field(
        name, " ".join(str(entry["says"]).split()), entry["type"],
        " ".join(str(entry.get("rule") or entry["says"]).split()),
        entry.get("unit", ""), bool(entry.get("required", False)), allowed, warn,
        entry.get("blank_means", "not recorded"), tuple(map(str, entry.get("headings") or ())),
        tuple(map(str, entry.get("instead") or ())), entry.get("sensitivity", "confidential"), values, states,
    )  # fmt: skip


def _limits(entry: dict, raw: dict, fail: Fail) -> tuple[dict, dict]:
    """What a field allows and warns of; `values_of` takes the list of another return's field."""
    allowed, warn = dict(entry.get("allowed") or {}), dict(entry.get("warn") or {})
    if unknown := (set(allowed) | set(warn)) - set(LIMITS):
        fail(f"unknown limit {sorted(unknown)[0]!r}; known: {', '.join(LIMITS)}.")
    if "values_of" in allowed:
        where, _, which = allowed["values_of"].partition(".")
        if which not in (raw.get(where) or {}).get("fields", {}):
            fail(f"values_of {allowed['values_of']!r} is not a field of a return.")
        allowed = {**raw[where]["fields"][which].get("allowed", {}), **allowed}
    return allowed, warn


def _words(listed: dict | list, kind: str, fail: Fail, names: bool = True) -> dict[str, str]:
    """Folded value or synonym -> value."""
    if isinstance(listed, list):
        listed = {each: [] for each in listed}
    words: dict[str, str] = {}
    for value, synonyms in listed.items():
        if isinstance(value, bool):
            fail(f"put quotes round the {kind} 'yes or no': YAML reads it as true or false.")
        for word in ([value] if names else []) + list(synonyms or []):
            if words.setdefault(fold(word), str(value)) != str(value):
                fail(f"{word!r} stands for two values, {words[fold(word)]!r} and {value!r}.")
    return words
