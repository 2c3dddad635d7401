"""Audiences: what is primary for each, how it is rounded, what a further hidden cell costs (data/disclosure.yml)."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from lscb.errors import UserError
from openstats.project_data import DATA, read

FILE = "data/disclosure.yml"
WEIGHTS = ("cell", "total", "headline", "measures")


@dataclass(frozen=True)
class Profile:
    """One audience's rules; the fields are those of data/disclosure.yml, where they are explained."""

    name: str
    threshold: int = 0
    round_to: int = 1
    candidates: int = 3
    inside: bool = False
    zeros: str = "may_hide"
    all_or_none: int = 0
    sees: tuple[str, ...] = ()
    weights: dict = field(default_factory=dict)
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


def profiles() -> dict[str, Profile]:
    """Every profile of data/disclosure.yml by name. Raises UserError, one line, for what cannot be a rule."""
    said = read(DATA / "disclosure.yml").get("profiles")
    if not isinstance(said, dict) or not said:
        raise UserError(f"{FILE} has no audiences under `profiles:`: restore it from the repository.")
    made = {name: _profile(name, settings) for name, settings in said.items()}
    for name, one in made.items():
        if lost := [other for other in one.sees if other not in made or other == name]:
            raise UserError(f"{FILE}, profile {name}: sees names {lost[0]!r}; the others are {_others(made, name)}.")
    return made


def profile(asked) -> Profile:
    """A profile by name, or a Profile as it is. Raises UserError with those that exist."""
    if isinstance(asked, Profile):
        return _checked(asked)
    known = profiles()
    if asked not in known:
        raise UserError(f"{asked!r} is not a profile of {FILE}: use one of {', '.join(known)}.")
    return known[asked]


def _others(made: dict, name: str) -> str:
    return ", ".join(other for other in made if other != name) or "none"


def _profile(name, said) -> Profile:
    """One entry of the file. Its banner is asked for: every page is marked."""
    where = f"{FILE}, profile {name}"
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UserError(f"{where}: the name becomes a folder: use small letters, digits and _.")
    if not isinstance(said, dict):
        raise UserError(f"{where} has no settings: indent them below its name, as for the others, or take it out.")
    fields = {key: value for key, value in said.items() if key != "sources"}
    if unknown := [str(key) for key in fields if key not in set(Profile.__dataclass_fields__) - {"name"}]:
        near = get_close_matches(unknown[0], Profile.__dataclass_fields__, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "the comment at the top of the file lists what there is."
        raise UserError(f"{where}: {unknown[0]!r} is not a setting; {hint}")
    if not isinstance(sees := fields.get("sees", []), list) or not all(isinstance(other, str) for other in sees):
        raise UserError(f"{where}: sees must be a list of profiles, such as [public], or [].")
    if not isinstance(fields.get("banner"), str) or not fields["banner"].strip():
        raise UserError(f"{where}: banner must say in a few words who may read the pages.")
    return _checked(Profile(name=name, **(fields | {"sees": tuple(sees)})))


def _checked(made: Profile) -> Profile:
    """The profile, if its rules can be kept. Raises UserError with the first that cannot, and what to write."""
    if not isinstance(made.protect, bool):
        raise UserError(f"{FILE}, profile {made.name}: protect must be true or false, not {made.protect!r}.")
    if not made.protect:
        return made
    for setting, least in (("threshold", 1), ("round_to", 1), ("candidates", 2), ("all_or_none", 0)):
        if not _whole(value := getattr(made, setting)) or value < least:
            said = "blank" if value is None else repr(value)
            raise UserError(
                f"{FILE}, profile {made.name}: {setting} must be a whole number from {least}; it is {said}."
            )
    top = made.threshold
    problems = {
        f"zeros must be may_hide or always, not {made.zeros!r}": made.zeros not in ("may_hide", "always"),
        f"inside must be true or false, not {made.inside!r}": not isinstance(made.inside, bool),
        f"{made.candidates} candidates do not fit inside 1 to {top}: ask for at most {top}, or set inside: false": (
            made.inside is True and made.candidates > top
        ),
        f"{top + 1} would round to 0: round_to must be at most {2 * top + 2} where the threshold is {top}": (
            made.rounded(top + 1) == 0
        ),
    }
    found = next((problem for problem, holds in problems.items() if holds), "") or _weights(made.weights)
    if found:
        raise UserError(f"{FILE}, profile {made.name}: {found}.")
    return made


def _whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _weights(said) -> str:
    """What is wrong with a profile's weights; empty where nothing is."""
    if not isinstance(said, dict):
        return "weights must be settings in braces, such as {cell: 1, total: 3, headline: 5, measures: {}}"
    if unknown := [str(key) for key in said if key not in WEIGHTS]:
        return f"weights has no {unknown[0]!r}: use {', '.join(WEIGHTS)}"
    measures = said.get("measures") or {}
    if not isinstance(measures, dict):
        return "measures of weights must name each with its weight, such as {referrals: 3}"
    for name, weight in ({k: v for k, v in said.items() if k != "measures"} | measures).items():
        if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 < weight < float("inf"):
            return f"the weight of {name} must be a number above 0, not {weight!r}"
    return _unknown_measure(measures)


def _unknown_measure(measures: dict) -> str:
    """A measure that no dictionary has would weigh nothing, unseen."""
    if not measures:
        return ""
    from board_packs.tables import documentation

    known = documentation()["measures"]
    lost = next((str(name) for name in measures if name not in known), "")
    near = get_close_matches(lost, known, n=1) if lost else []
    hint = f"did you mean {near[0]!r}?" if near else "data/dictionary lists them"
    return f"weights names the measure {lost!r}, which there is not: {hint}" if lost else ""
