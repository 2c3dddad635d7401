"""The questions a page can be asked: settings of data/standards.yml it may be made with, and choices of its own.

With a setting other than the standards' the tables are built anew, for exploring: the page says so and is in no pack.
A choice of what a page draws changes no figure, and may leave. What cannot be is refused in one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats import authorities
from openstats.project_data import standard

from ..tables import setting_limits

# Questions that are settings, by their dotted names in data/standards.yml.
SETTINGS = {
    "mid_year": "as_of.mid_year",
    "edition": "as_of.edition",
    "recast": "as_of.recast",
    "comparators": "as_of.comparators",
    "previable_weeks": "child_deaths.previable_weeks",
    "basis": "hrda.repeat.basis",
    "key": "hrda.repeat.key",
    "months": "hrda.repeat.months",
    "index_of_deprivation": "hrda.index",
    "quarters": "exploitation.quarters",
    "low_attendance": "attendance.low",
    "alike": "review_actions.alike",
    "run": "trends.run",
    "baseline": "trends.baseline",
}


def quarter(value: object) -> str:
    """A financial quarter, as 2015-16-Q1."""
    return str(Quarter.parse(str(value)))


def one_of(*possible: object) -> Callable[[object], object]:
    """One of a few labels or numbers."""

    def chosen(value: object) -> object:
        known = {str(each).casefold(): each for each in possible}
        if str(value).casefold() not in known:
            raise UserError(f"use one of {', '.join(map(str, possible))}")
        return known[str(value).casefold()]

    return chosen


def some(value: object) -> list[str]:
    """Labels, in a list or with commas between them; `fitting` knows which there are."""
    parts = value if isinstance(value, (list, tuple, set)) else str(value).split(",")
    return list(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))


def places(value: object) -> list[str]:
    """Codes of authorities; each may be given by its code, its DfE number or its name."""
    listed = ",".join(map(str, value)) if isinstance(value, (list, tuple, set)) else str(value)
    return [area.code for area in authorities.find_all(listed)]


def indicators(value: object) -> list[str]:
    """Indicators by their names in data/standards.yml."""
    names = some(value)
    for name in names:
        if name not in standard("indicators.list"):
            near = get_close_matches(name, standard("indicators.list"), n=1)
            there = f"nearest: {near[0]}" if near else f"there are {', '.join(standard('indicators.list'))}"
            raise UserError(f"data/standards.yml has no indicator {name!r}; {there}")
    return names


def groups(value: object) -> list[str]:
    """Groups whose meetings are taken together; `Total` is all of them, and stands alone."""
    names = some(value)
    if "Total" in names and len(names) > 1:
        raise UserError('"Total" is all meetings together: name it alone, or leave it out')
    return names


# Choices of what a page draws: the usual answer, and what checks another.
CHOICES: dict[str, tuple[object, Callable[[object], object]]] = {
    "since": (None, quarter),
    "index": ("imd", one_of("imd", "idaci")),
    "palette": ("board", one_of("board", "safe")),
    "extent": ("authority", one_of("authority", "region", "England")),
    "window": ("5 years", one_of("1 year", "5 years")),
    "indicators": (None, indicators),
    "kind": ("Total", str),
    "meetings": (None, groups),
}
# Choices that are labels of one of the page's own tables: the table, and the dimension.
LABELS = {"kind": ("training_attendance", "kind"), "meetings": ("board_attendance", "meeting")}


def answered(questions: Mapping[str, object]) -> tuple[dict, dict]:
    """The values in force by question, and the settings that are not the standards' ({dotted name: value}).

    None, "" or an empty list asks for the usual answer. Raises UserError, one line, for a question that there is not and for a value
    that cannot be.
    """
    in_force: dict[str, object] = {}
    settings: dict[str, object] = {}
    for name, asked in questions.items():
        if name in SETTINGS:
            usual = standard(SETTINGS[name])
            in_force[name] = usual if _nothing(asked) else _setting(name, asked, usual)
            if in_force[name] != usual:
                settings[SETTINGS[name]] = in_force[name]
        elif name in CHOICES:
            usual, check = CHOICES[name]
            in_force[name] = usual if _nothing(asked) else _choice(name, asked, check)
            if name == "window" and in_force[name] != usual:  # the tables themselves are of five years
                settings["child_deaths.breakdowns"] = [int(str(in_force[name]).split()[0])]
        else:
            near = get_close_matches(name, [*SETTINGS, *CHOICES], n=1)
            raise UserError(f"no page can be asked {name!r}" + (f"; do you mean {near[0]!r}?" if near else "."))
    return in_force, settings


def fitting(in_force: Mapping[str, object], book: Any) -> dict:
    """The choices, where they depend on what the page's tables hold: labels as their table spells them.

    Raises UserError, one line with what there is, for a label that its table has not, and for charts that would begin
    after the page's period. Where the table did not come, the page says that itself.
    """
    values = dict(in_force)
    if (since := values.get("since")) and str(since) > str(book.period):
        raise UserError(f"since: {since!r} is after the page's period, {book.period}: use that or an earlier quarter.")
    if values.get("comparators") and not set(values["comparators"]) - {book.area}:  # type: ignore[call-overload]
        raise UserError(f"comparators: {book.place} beside itself says nothing: name other authorities.")
    if (year := values.get("mid_year")) and not book["context_as_of"].cell(measure="mid_year_in_force").shown:
        raise UserError(f"mid_year: no estimate of mid-{year} is held for {book.place}: use another year, or None.")
    for name, (table, dimension) in LABELS.items():
        asked = values.get(name)
        if not asked or asked == "Total":
            continue
        there = {label.casefold(): label for label in sorted(set(book[table][dimension]))}
        wanted = [asked] if isinstance(asked, str) else list(asked)  # type: ignore[call-overload]
        unknown = [each for each in wanted if each.casefold() not in there]
        if there and unknown:
            raise UserError(f"{name}: there is no {unknown[0]!r}; use {_or(there.values())}.")
        spelt = [there.get(each.casefold(), each) for each in wanted]
        values[name] = spelt[0] if isinstance(asked, str) else spelt
    return values


def _or(labels: Iterable[str]) -> str:
    *others, last = (repr(label) for label in labels)
    return f"{', '.join(others)} or {last}" if others else last


def _nothing(asked: object) -> bool:
    return asked is None or asked == "" or (isinstance(asked, (list, tuple)) and not asked)


def _setting(name: str, asked: object, usual: object) -> object:
    """The value of a setting, of its type (papermill hands over text), within its limits."""
    try:
        value = places(asked) if name == "comparators" else some(asked) if isinstance(usual, list) else _number(asked)
        setting_limits.check(SETTINGS[name], value)
    except UserError as error:
        raise UserError(f"{name}: {str(error).removeprefix(f'{SETTINGS[name]}: ')}") from None
    return value


def _number(asked: object) -> object:
    """A number where it is one, or is written as one; anything else as it is."""
    with suppress(ValueError, TypeError):
        number = float(asked)  # type: ignore[arg-type]
        return asked if isinstance(asked, bool) else int(number) if number.is_integer() else number
    return asked


def _choice(name: str, asked: object, check: Callable[[object], object]) -> object:
    try:
        return check(asked)
    except UserError as error:
        raise UserError(f"{name}: {asked!r} cannot be used; {str(error).rstrip('.')}.") from None
