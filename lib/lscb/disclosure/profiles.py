"""Audiences: what is primary for each, how it is rounded, what a further hidden cell costs (data/disclosure.yml)."""

from dataclasses import dataclass, field

from ..settings import DATA, UserError, read


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
    """Every profile of data/disclosure.yml by name."""
    return {name: _profile(name, said) for name, said in read(DATA / "disclosure.yml")["profiles"].items()}


def profile(asked) -> Profile:
    """A profile by name, or a Profile as it is. Raises UserError with those that exist."""
    if isinstance(asked, Profile):
        return _checked(asked)
    known = profiles()
    if asked not in known:
        raise UserError(f"{asked!r} is not a profile of data/disclosure.yml: use one of {', '.join(known)}.")
    return known[asked]


def _profile(name: str, said: dict) -> Profile:
    fields = {key: value for key, value in said.items() if key != "sources"}
    if unknown := set(fields) - set(Profile.__dataclass_fields__):
        raise UserError(f"data/disclosure.yml, profile {name}: unknown setting {', '.join(sorted(unknown))}.")
    return _checked(Profile(name=name, **(fields | {"sees": tuple(fields.get("sees", ()))})))


def _checked(made: Profile) -> Profile:
    if not made.protect:
        return made
    problems = {
        "threshold must be a whole number from 1": not made.threshold >= 1,
        "round_to must be a whole number from 1": made.round_to < 1,
        "candidates must be at least 2": made.candidates < 2,
        "candidates inside the threshold cannot be more than the threshold": made.inside
        and made.candidates > made.threshold,
        "zeros must be may_hide or always": made.zeros not in ("may_hide", "always"),
        "the threshold must hide every count that would round to 0": made.rounded(made.threshold + 1) == 0,
    }
    for problem, holds in problems.items():
        if holds:
            raise UserError(f"data/disclosure.yml, profile {made.name}: {problem}.")
    return made
