"""Which values a setting can take when somebody explores with another than that of data/standards.yml."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from lscb.errors import UserError
from openstats import authorities
from openstats.project_data import DATA, read, standard

EDITIONS = (2015, 2019, 2025)
INDICES = ("imd", "idaci")


def check(name: str, value: Any) -> None:
    """Raises UserError, in one line, for a setting that is not in data/standards.yml or a value it cannot take.

    A setting without limits of its own here must have the type of the value that it stands in for.
    """
    try:
        usual = _usual(name)
    except KeyError:
        near = get_close_matches(name, names(), n=1, cutoff=0.4)
        hint = f"; nearest: {near[0]}" if near else ""
        raise UserError(f"settings: data/standards.yml has no {name!r}{hint}.") from None
    limit = LIMITS.get(name) or _like(usual)
    if problem := limit(value):
        raise UserError(f"{name}: {value!r} cannot be used; {problem}.")


def _usual(name: str) -> Any:
    """The value of data/standards.yml, or one part of a value that has several. Raises KeyError where there is none."""
    try:
        return standard(name)
    except KeyError:
        group, dot, part = name.rpartition(".")
        value = standard(group) if dot else None
        if not isinstance(value, dict):
            raise
        return value[part]


def names() -> list[str]:
    """The dotted names of every setting of data/standards.yml."""

    def under(setting: Any, before: str) -> list[str]:
        if not isinstance(setting, dict):
            return [before]
        inner = setting.get("value", setting)
        steps = inner.items() if isinstance(inner, dict) else ()
        return [before, *(name for step, each in steps for name in under(each, f"{before}.{step}"))]

    every = read(DATA / "standards.yml")
    return [name for group in every for name in under(every[group], group)]


def _like(usual: Any) -> Callable[[Any], str]:
    kinds = {bool: "yes or no (True or False)", str: "text", list: "a list", dict: "a mapping of names to values"}
    if isinstance(usual, (int, float)) and not isinstance(usual, bool):
        return number(0, float("inf"))
    kind = type(usual)
    return lambda value: "" if usual is None or type(value) is kind else f"it must be {kinds.get(kind, kind.__name__)}"


def one_of(*possible: Any) -> Callable[[Any], str]:
    """One of a few values."""
    listed = ", ".join("none (None)" if each is None else str(each) for each in possible)
    return lambda value: "" if any(value == e and type(value) is type(e) for e in possible) else f"use one of {listed}"


def _of_repeats(name: str) -> Callable[[Any], str]:
    """One of what the calculation of repeats knows; it is imported when asked, as pandas comes with it."""

    def problem(value: Any) -> str:
        from lscb import repeat_referrals

        return one_of(*getattr(repeat_referrals, name))(value)

    return problem


def number(least: float, most: float, integer: bool = False) -> Callable[[Any], str]:
    """A number from `least` to `most`."""
    kind = "a whole number" if integer else "a number"
    until = f" to {most}" if most != float("inf") else " or more"

    def problem(value: Any) -> str:
        kinds = (int,) if integer else (int, float)
        good = isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most
        return "" if good else f"use {kind} from {least}{until}"

    return problem


def optional(limit: Callable[[Any], str]) -> Callable[[Any], str]:
    """None, which leaves the choice to the rule of the time, or a value within a limit."""
    return lambda value: "" if value is None else limit(value) and f"{limit(value)}, or None for the one in force"


def each(limit: Callable[[Any], str], least: int = 0) -> Callable[[Any], str]:
    """A list whose every value lies within a limit."""

    def problem(value: Any) -> str:
        if not isinstance(value, (list, tuple)) or len(value) < least:
            return "use a list" + (f" of at least {least}" if least else "")
        return next((fault for one in value if (fault := limit(one))), "")

    return problem


def _authority(code: Any) -> str:
    places = authorities.every()
    return "" if isinstance(code, str) and code in places else f"{code!r} is not the code of an English authority"


LIMITS: dict[str, Callable[[Any], str]] = {
    "as_of.mid_year": optional(number(1981, 2100, integer=True)),
    "as_of.edition": optional(one_of(*EDITIONS)),
    "as_of.recast": optional(one_of(2021)),
    "as_of.comparators": each(_authority),
    "context.partnerships": each(each(_authority)),
    "child_deaths.previable_weeks": number(20, 28),
    "child_deaths.years": each(number(1, 10, integer=True), least=1),
    "child_deaths.breakdowns": each(number(1, 10, integer=True), least=1),
    "hrda.repeat.basis": _of_repeats("BASES"),
    "hrda.repeat.key": _of_repeats("KEYS"),
    "hrda.repeat.months": number(1, 60, integer=True),
    "hrda.quarters": number(1, 60, integer=True),
    "hrda.answered_quarters": number(1, 60, integer=True),
    "hrda.again": number(1, 9),
    "hrda.index": one_of(*INDICES),
    "exploitation.quarters": number(1, 60, integer=True),
    "attendance.low": number(0, 1),
    "review_actions.alike": number(0, 1),
    "trends.run": number(5, 12, integer=True),
    "trends.baseline": optional(number(6, 100, integer=True)),
    "rates.confidence": number(0.5, 0.999),
}
