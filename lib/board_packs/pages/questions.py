"""The questions a page can be asked: settings of data/standards.yml it may be made with, and choices of its own.

With a setting other than the standards' the tables are built anew, for exploring: the page says so and is in no pack.
A choice of what a page draws changes no figure, and may leave. What cannot be is refused in one line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats.project_data import standard

from ..tables import setting_limits

# Questions that are settings, by their dotted names in data/standards.yml.
SETTINGS = {
    "mid_year": "as_of.mid_year",
    "edition": "as_of.edition",
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
        fitting = {str(each): each for each in possible}
        if str(value) not in fitting:
            raise UserError(f"use one of {', '.join(fitting)}")
        return fitting[str(value)]

    return chosen


def some(value: object) -> list[str]:
    """Labels, in a list or with commas between them; the page itself says which there are."""
    parts = value.split(",") if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return [str(part).strip() for part in parts if str(part).strip()]


def indicators(value: object) -> list[str]:
    """Indicators by their names in data/standards.yml."""
    names = some(value)
    for name in names:
        if name not in standard("indicators.list"):
            near = get_close_matches(name, standard("indicators.list"), n=1)
            raise UserError(f"data/standards.yml has no indicator {name!r}" + (f"; nearest: {near[0]}" if near else ""))
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


def answered(questions: Mapping[str, object]) -> tuple[dict, dict]:
    """The values in force by question, and the settings that are not the standards' ({dotted name: value}).

    None or "" asks for the usual answer. Raises UserError, one line, for a question that there is not and for a value
    that cannot be.
    """
    in_force: dict[str, object] = {}
    settings: dict[str, object] = {}
    for name, asked in questions.items():
        if name in SETTINGS:
            usual = standard(SETTINGS[name])
            in_force[name] = usual if asked is None or asked == "" else _setting(name, asked, usual)
            if in_force[name] != usual:
                settings[SETTINGS[name]] = in_force[name]
        elif name in CHOICES:
            usual, check = CHOICES[name]
            in_force[name] = usual if asked is None or asked == "" else _choice(name, asked, check)
            if name == "window" and in_force[name] != usual:  # the tables themselves are of five years
                settings["child_deaths.breakdowns"] = [int(str(in_force[name]).split()[0])]
        else:
            near = get_close_matches(name, [*SETTINGS, *CHOICES], n=1)
            raise UserError(f"no page can be asked {name!r}" + (f"; do you mean {near[0]!r}?" if near else "."))
    return in_force, settings


def _setting(name: str, asked: object, usual: object) -> object:
    """The value of a setting, of its type (papermill hands over text), within its limits."""
    value = asked
    if isinstance(usual, list) and not isinstance(asked, list):
        value = some(asked)
    elif isinstance(asked, str) and asked.isdigit():
        value = int(asked)
    try:
        setting_limits.check(SETTINGS[name], value)
    except UserError as error:
        raise UserError(f"{name}: {str(error).partition(': ')[2]}") from None
    return value


def _choice(name: str, asked: object, check: Callable[[object], object]) -> object:
    try:
        return check(asked)
    except UserError as error:
        raise UserError(f"{name}: {asked!r} cannot be used; {str(error).rstrip('.')}.") from None
