"""Words on pages are words that somebody knows: a label that a partner typed stands in the tables only if it is in the
project's lists, or a person has approved it (data/labels/<area>.yml). Until then it is `other, not yet approved`.

    approved:
      - {field: training.event, label: Neglect conference, by: A. Analyst, on: 2026-11-29, as: ""}
    overruled:
      - {page: 65_assurance, text: Ask Angela, by: A. Analyst, on: 2026-11-29, reason: a campaign}
    quarters:
      - {return: hrda_referrals, quarter: 2017-18-Q2, by: A. Analyst, on: 2026-11-29, was: left out}
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pandas as pd
import yaml

from lscb.errors import UserError
from lscb.long_table import FIGURES
from lscb.periods import Quarter
from openstats import authorities
from openstats.project_data import DATA, read
from returncheck import dictionary
from returncheck.identifier_shapes import recognised
from returncheck.identifier_warnings import is_typed
from returncheck.spelling import UNSEEN

from . import run_files as files
from .merged_labels import OTHER, together
from .receiving import Received

EXAMPLE = "example.yml"  # the labels of the invented quarter, which the project itself made up
PERIOD = re.compile(r"(?:19|20)\d\d(?:[-/](?:\d\d)?\d\d)?(?:-Q[1-4])?|\d{1,2}")  # longer ones may be references
WAS = ("left out", "nothing came")  # a quarter without a row
FORMULA = frozenset("=+-@\t\r")  # what a spreadsheet would work out
UNTOUCHED = {*FIGURES, "area", "period", "measure", "unit", "method", "status"}


@dataclass(frozen=True)
class New:
    """A label that nobody knows yet: where it stands, how often, and what in it looks like an identifier."""

    field: str
    label: str
    rows: int
    looks_like: tuple[str, ...] = ()


@dataclass(frozen=True)
class Approvals:
    """What a person has decided for an area."""

    approved: list[dict] = field(default_factory=list)
    overruled: list[dict] = field(default_factory=list)
    quarters: list[dict] = field(default_factory=list)

    def settled(self) -> dict[tuple[str, str], str]:
        """Of quarters without a row, by return and quarter, whether they were left out or nothing came; the last word."""
        return {(one["return"], one["quarter"]): one["was"] for one in self.quarters}

    def renamed(self) -> dict[str, str]:
        """Labels that are printed as others, by field and label."""
        return {f"{one['field']}={fold(one['label'])}": one["as"] for one in self.approved if one.get("as")}

    def texts(self, page: str) -> set[str]:
        """What may leave on a page, such as `65_assurance`, though it looks like an identifier."""
        return {one["text"] for one in self.overruled if one["page"] in (page, page[:2])}


def fold(text: str) -> str:
    return " ".join(str(text).split()).casefold()


def typed_fields() -> dict[str, set[str]]:
    """Every field in which a partner types words of its own, with the words of its list."""
    fields: dict[str, set[str]] = {}
    for name, about in dictionary.load().items():
        for column, rule in about.fields.items():
            if is_typed(rule):
                fields[f"{name}.{column}"] = {fold(value) for value in rule.allowed.get("values") or ()}
    return fields


@lru_cache
def project_words() -> frozenset[str]:
    """The project's lists: members and their posts, meetings, settings, choices of every return (`police` refers, so a
    partner may call itself Police), names of authorities."""
    words: set[str] = {"", "total", "england"}

    def take(thing: Any) -> None:
        if isinstance(thing, dict):
            take(list(thing))
            take(list(thing.values()))
        elif isinstance(thing, list):
            for each in thing:
                take(each)
        elif isinstance(thing, str):
            words.add(fold(thing))

    for path in (DATA / "reference" / "members.yml", DATA / "standards.yml"):
        take(read(path))
    for about in dictionary.load().values():
        for rule in about.fields.values():
            take(list(dict((rule.allowed or {}).get("values") or {})) if rule.type in ("choice", "choices") else [])
    words |= {fold(authorities.name(code)) for code in authorities.every()}
    return frozenset(words)


def load(area: str) -> Approvals:
    """What was approved for an area, and the words of the project's own example."""
    approvals = Approvals()
    for path in (DATA / "labels" / EXAMPLE, DATA / "labels" / f"{area}.yml"):
        if path.is_file():
            entry = read(path)
            approvals.approved.extend(entry.get("approved") or [])
            approvals.overruled.extend(entry.get("overruled") or [])
            approvals.quarters.extend(entry.get("quarters") or [])
    return approvals


def new(received: Received, area: str, approvals: Approvals) -> list[New]:
    """Every label of an area's returns that is in no list and was not approved, in the order of fields and labels."""
    return [label for label, nobody_knows in labels_typed(received, area, approvals) if nobody_knows]


def labels_typed(received: Received, area: str, approvals: Approvals) -> list[tuple[New, bool]]:
    """Every label of an area's returns in a field of a partner's own words, and whether it is new."""
    approved = {f"{one['field']}={fold(one['label'])}" for one in approvals.approved}
    labels: list[tuple[New, bool]] = []
    for name, values in typed_fields().items():
        table, _, column = name.partition(".")
        frame = received.rows.get(table)
        if frame is None or column not in frame:
            continue
        rows = frame[frame["area"] == area] if "area" in frame else frame
        counts = rows[column].dropna().explode().astype(str).value_counts()
        for label in sorted(counts.index):
            text = fold(label)
            listed = text in values or text in project_words() or PERIOD.fullmatch(text)
            unknown = not listed and f"{name}={text}" not in approved
            labels.append((New(name, label, int(counts[label]), tuple(recognised(label)) if unknown else ()), unknown))
    return labels


def replacements(received: Received, area: str) -> dict[str, str]:
    """What stands in the tables instead of a label (folded): `Other, not yet approved` for all of them together (numbers
    would tell their order); or what a person wants it called. Blank for a label that may be printed as it stands,
    whatever it has inside (`British Transport Police` where `Police` is not approved)."""
    approvals = load(area)
    typed = labels_typed(received, area, approvals)
    others = {fold(one.label): OTHER for one, unknown in typed if unknown}
    known = {fold(one.label): "" for one, unknown in typed if not unknown}
    return known | others | {key.partition("=")[2]: name for key, name in approvals.renamed().items()}


def printed(frame: pd.DataFrame, instead: dict[str, str]) -> pd.DataFrame:
    """A table with every label, and every reason, in the words that may be printed. Labels that nobody approved stand
    together in one row."""
    if not any(instead.values()):
        return frame
    columns = {}
    for name in frame.columns:
        if name not in UNTOUCHED and not pd.api.types.is_numeric_dtype(frame[name]):
            words = {value: _printed(str(value), instead) for value in frame[name].dropna().unique()}
            if any(value != word for value, word in words.items()):
                columns[name] = frame[name].map(words)
    return together(frame.assign(**columns), columns) if columns else frame


def _printed(value: str, instead: dict[str, str]) -> str:
    text = fold(value)
    if text in instead:
        return instead[text] or value
    if {text, text.replace(" ", "_")} & project_words():  # `mental health`, though somebody is called Mental
        return value
    return next((word for label, word in instead.items() if word and len(label) > 3 and label in text), value)


def approve(area: str, field_name: str, label: str, by: str, name: str = "") -> None:
    """Approves a label for an area's pages, or has it printed as `name`. Raises UserError for a field that there is not."""
    if field_name not in typed_fields():
        raise UserError(f"{field_name!r} is no field with words of a partner's own: {', '.join(typed_fields())}.")
    for word in (name,) if name else (label,):  # what would be printed
        if word[:1] in FORMULA or UNSEEN.search(word):
            raise UserError(f"{word!r} begins like a formula or has letters nobody sees: use --as with plain words.")
    _add(area, "approved", {"field": field_name, "label": label, "by": by, "on": _today(), "as": name})


def overrule(area: str, page: str, text: str, by: str, reason: str) -> None:
    """Lets a page leave with a text that the release check refuses, by name and reason."""
    if not reason.strip():
        raise UserError("--overrule needs a reason: --reason TEXT.")
    _add(area, "overruled", {"page": page, "text": text, "by": by, "on": _today(), "reason": reason})


def settle(area: str, name: str, quarter: str, was: str, by: str) -> None:
    """Says of a quarter that a return has no row of whether its file was left out or nothing came, by name."""
    about = dictionary.load().get(name)
    if about is None or about.every != "quarter" or about.fields[about.dated_by].type != "date":
        raise UserError(f"--quarter {name!r}: that is no return of dated rows for a quarter.")
    if was not in WAS:
        raise UserError(f'--as {was!r}: write "{WAS[0]}" or "{WAS[1]}".')
    entry = {"return": name, "quarter": str(Quarter.parse(quarter)), "was": was, "by": by, "on": _today()}
    _add(area, "quarters", entry)


def _add(area: str, kind: str, entry: dict) -> None:
    if not entry["by"].strip():
        raise UserError("Who decides? Add --by NAME.")
    path = DATA / "labels" / f"{area}.yml"
    every = dict(read(path)) if path.is_file() else {}
    every[kind] = [*(every.get(kind) or []), entry]
    path.parent.mkdir(exist_ok=True)
    files.write_text(path, yaml.safe_dump(every, sort_keys=False, allow_unicode=True))
    read.cache_clear()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def lines(labels: Iterable[New]) -> list[str]:
    """What a person is shown of new labels."""
    return [
        f"{one.field}={one.label} ({one.rows} {'row' if one.rows == 1 else 'rows'})"
        + (f": looks like {', '.join(one.looks_like)}" if one.looks_like else "")
        for one in labels
    ]
