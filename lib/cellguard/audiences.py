"""Audiences: what is primary for each, how it is rounded, what a further hidden cell costs (data/disclosure.yml)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from lscb.errors import UserError
from lscb.strict_yaml import parse

PROJECT = Path(__file__).resolve().parents[2] / "data" / "disclosure.yml"  # the audiences where no other file is named
FILE = "data/disclosure.yml"
WEIGHTS = ("cell", "total", "headline", "measures")


@dataclass(frozen=True)
class Profile:
    """One audience's rules; the fields are those of data/disclosure.yml, where they are explained."""

    name: str
    threshold: int = 0
    round_to: int = 1
    candidates: int = 3
    inside: bool | str = False
    zeros: str = "may_hide"
    all_or_none: int = 0
    sees: tuple[str, ...] = ()
    weights: dict = field(default_factory=dict)
    ranges: bool = False
    protect: bool = True
    banner: str = ""

    def window(self, printed: float) -> tuple[int, int]:
        """The least and the most that a printed count can be: 10 rounded to the nearest 5 is 8 to 12; 0 is 0."""
        if self.round_to == 1 or printed == 0:
            return int(printed), int(printed)
        least = int(printed) - self.round_to // 2
        return max(least, self.threshold + 1), int(printed) + (self.round_to - 1) // 2

    @property
    def least(self) -> int:
        """The smallest count that a hidden cell can be, to a reader who knows the rules."""
        return 1 if self.zeros == "always" else 0

    def rounded(self, count: float) -> int:
        """The count as this audience sees it: to the nearest multiple, halves up; 0 stays 0."""
        return int((count + self.round_to / 2) // self.round_to * self.round_to)

    def hidden_reason(self) -> str:
        """The one text of every hidden cell: it must not tell a primary from a further one."""
        return f"withheld: between 1 and {self.threshold}, or needed to protect another figure"

    def rounded_reason(self) -> str:
        return f"rounded to the nearest {self.round_to}"


def profiles(file: Path | None = None, measures: Collection[str] | None = None) -> dict[str, Profile]:
    """Every profile of a file of audiences by name.

    file : in the form of the project's data/disclosure.yml, which is read where none is named
    measures : names that there are, as documented: weights of any other are refused

    Raises UserError, one line, for what cannot be a rule.
    """
    path = Path(file or PROJECT)
    name = FILE if path == PROJECT else str(path)
    settings = _read(path, name).get("profiles")
    if not isinstance(settings, dict) or not settings:
        raise UserError(f"{name} has no audiences under `profiles:`: restore it from the repository.")
    rules = {each: _profile(each, fields, name) for each, fields in settings.items()}
    for each, rule in rules.items():
        if lost := [other for other in rule.sees if other not in rules or other == each]:
            raise UserError(f"{name}, profile {each}: sees names {lost[0]!r}; the others are {_others(rules, each)}.")
    check_thresholds(rules.values())
    if measures is not None:
        check_weights(rules.values(), measures, name)
    return rules


def profile(asked: str | Profile, file: Path | None = None) -> Profile:
    """A profile by name, or a Profile as it is. Raises UserError with those that exist."""
    return _checked(asked) if isinstance(asked, Profile) else resolved(asked, profiles(file))


def by_name(asked: Iterable[str | Profile | None]) -> dict[str, Profile]:
    """The project's profiles, where it has a file of them, and in their place any that are given as a Profile."""
    there = profiles() if PROJECT.is_file() else {}
    return there | {each.name: _checked(each) for each in asked if isinstance(each, Profile)}


def resolved(asked: str | Profile, rules: Mapping[str, Profile]) -> Profile:
    """The profile of a name, or a Profile as it is. Raises UserError with those that exist."""
    if isinstance(asked, Profile):
        return _checked(asked)
    if asked not in rules:
        raise UserError(f"{asked!r} is not a profile of {FILE}: use one of {', '.join(rules) or 'your own'}.")
    return rules[asked]


def check_thresholds(rules: Iterable[Profile]) -> None:
    """Raises UserError for an audience that sees another which shows what is small for itself: the other one would
    withhold for its sake what it calls small in its reasons, and none of it need be."""
    there = {rule.name: rule for rule in rules if rule.protect}
    for each, name in [(rule, name) for rule in there.values() for name in rule.sees if name in there]:
        low, most = there[name].threshold, max(each.threshold, each.all_or_none)
        if low < most:
            raise UserError(f"profile {each.name} sees {name}, whose threshold is {low}: it must be at least {most}.")


def check_weights(rules: Iterable[Profile], measures: Collection[str], file: str = FILE) -> None:
    """Raises UserError for a weight of a measure that is not among the documented ones: it would weigh nothing."""
    for rule in rules:
        for lost in (str(name) for name in rule.weights.get("measures") or {} if name not in measures):
            near = get_close_matches(lost, measures, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "data/dictionary lists them"
            raise UserError(
                f"{file}, profile {rule.name}: weights names the measure {lost!r}, which there is not: {hint}."
            )


def _read(path: Path, name: str) -> dict:
    try:
        return _parsed(path.read_text(encoding="utf-8"), name)
    except FileNotFoundError:
        raise UserError(f"{name} is not there: name another file of audiences, or restore it.") from None
    except UnicodeDecodeError:
        raise UserError(f"{name} is not UTF-8 text: save it as UTF-8, or restore it.") from None


@lru_cache
def _parsed(text: str, name: str) -> dict:
    return parse(text, name)


def _others(rules: dict, name: str) -> str:
    return ", ".join(other for other in rules if other != name) or "none"


def _profile(name, settings, file: str) -> Profile:
    """One entry of the file. Its banner is asked for: every page is marked."""
    where = f"{file}, profile {name}"
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UserError(f"{where}: the name becomes a folder: use small letters, digits and _.")
    if not isinstance(settings, dict):
        raise UserError(f"{where} has no settings: indent them below its name, as for the others, or take it out.")
    fields = {key: value for key, value in settings.items() if key != "sources"}
    if unknown := [str(key) for key in fields if key not in set(Profile.__dataclass_fields__) - {"name"}]:
        near = get_close_matches(unknown[0], Profile.__dataclass_fields__, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "the comment at the top of the file lists what there is."
        raise UserError(f"{where}: {unknown[0]!r} is not a setting; {hint}")
    if not isinstance(sees := fields.get("sees", []), list) or not all(isinstance(other, str) for other in sees):
        raise UserError(f"{where}: sees must be a list of profiles, such as [public], or [].")
    if not isinstance(fields.get("banner"), str) or not fields["banner"].strip():
        raise UserError(f"{where}: banner must say in a few words who may read the pages.")
    return _checked(Profile(name=name, **(fields | {"sees": tuple(sees)})), file)


def _checked(rule: Profile, file: str = FILE) -> Profile:
    """The profile, if its rules can be kept. Raises UserError with the first that cannot, and what to write."""
    if not isinstance(rule.protect, bool):
        raise UserError(f"{file}, profile {rule.name}: protect must be true or false, not {rule.protect!r}.")
    if not rule.protect:
        return rule
    for setting, least in (("threshold", 1), ("round_to", 1), ("candidates", 2), ("all_or_none", 0)):
        if not _whole(value := getattr(rule, setting)) or value < least:
            shown = "blank" if value is None else repr(value)
            raise UserError(
                f"{file}, profile {rule.name}: {setting} must be a whole number from {least}; it is {shown}."
            )
    top = rule.threshold
    problems = {
        f"zeros must be may_hide or always, not {rule.zeros!r}": rule.zeros not in ("may_hide", "always"),
        f"ranges must be true or false, not {rule.ranges!r}": not isinstance(rule.ranges, bool),
        f"inside must be true, false or beside, not {rule.inside!r}": rule.inside not in (True, False, "beside"),
        f"{rule.candidates} candidates do not fit inside 1 to {top}: ask for at most {top}, or set inside: false": (
            bool(rule.inside) and rule.candidates > top
        ),
        f"{top + 1} would round to 0: round_to must be at most {2 * top + 2} where the threshold is {top}": (
            rule.rounded(top + 1) == 0
        ),
    }
    problem = next((each for each, holds in problems.items() if holds), "") or _weights(rule.weights)
    if problem:
        raise UserError(f"{file}, profile {rule.name}: {problem}.")
    return rule


def _whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _weights(weights) -> str:
    """What is wrong with a profile's weights; empty where nothing is."""
    if not isinstance(weights, dict):
        return "weights must be settings in braces, such as {cell: 1, total: 3, headline: 5, measures: {}}"
    if unknown := [str(key) for key in weights if key not in WEIGHTS]:
        return f"weights has no {unknown[0]!r}: use {', '.join(WEIGHTS)}"
    measures = weights.get("measures") or {}
    if not isinstance(measures, dict):
        return "measures of weights must name each with its weight, such as {referrals: 3}"
    for name, weight in ({k: v for k, v in weights.items() if k != "measures"} | measures).items():
        if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 < weight < float("inf"):
            return f"the weight of {name} must be a number above 0, not {weight!r}"
    return ""
