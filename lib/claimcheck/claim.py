"""A claim: a printed sentence and its numbers, checked for shape before anything is recalculated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from lscb.errors import UserError

from .fair_readings import qualifier, range_in
from .printed_numbers import Figure, Number, Parsed, number_of, parse, per_of, truth, typed_plainly, unit_kind

CLAIM_FIELDS = (
    "id text source kind numbers per constraint same_population document_period own_unit comparator_unit".split()
)
NUMBER_FIELDS = (
    "role value decimals unit period word approximate comparison direction sign rounded_to basis months geography"
    " name measure base_period_stated label_in_text derived_from"
).split()
ROLES = {
    "percent_change multiple direction unit_of_change point_difference": "old new printed absolute_change point",
    "percent_difference comparison": "own comparator printed",
    "share bound fraction_words": "numerator denominator share old new printed",
    "percent_group complement parts_percent": "percentage n",
    "share_group": "numerator percentage denominator",
    "parts_total": "part total",
    "average": "total divisor printed part",
    "weighted_mean": "percentage numerator denominator printed",
    "rate rate_group": "count population printed candidate_population",
    "trend superlative": "point printed",
    "period_label": "old new printed",
    "repeat": "printed elsewhere",
    "count_change": "old new printed",
    "unlike_periods": "old new printed",
    "rank": "printed out_of candidate areas old new",
    "interval": "low high printed",
}
ROLES_OF = {kind: set(roles.split()) for kinds, roles in ROLES.items() for kind in kinds.split()}
STAND_INS = {  # another kind's role for the same thing, read where the kind's own role is not given
    "old": "comparator", "new": "own", "comparator": "old", "own": "new", "total": "denominator n",
    "denominator": "n divisor population total", "n": "denominator divisor", "numerator": "count total part",
    "count": "numerator", "population": "denominator", "percentage": "printed", "point": "part", "divisor": "n",
}  # fmt: skip
WORDED = ("period_label",)  # kinds whose printed value is a label, not a figure
CONSTRAINTS = ("exhaustive", "exclusive", "none")


@dataclass(frozen=True)
class Claim:
    """One claim, its numbers typed.

    problems : what was given but not understood; said, never acted upon
    """

    id: str
    text: str
    kind: str
    numbers: tuple[Number, ...]
    fields: dict = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def __getitem__(self, name: str):
        value = self.fields.get(name)
        return None if isinstance(value, str) and not value.strip() else value

    def all(self, role: str) -> list[Number]:
        return [n for n in self.numbers if n.role == role]

    def one(self, role: str) -> Number | None:
        """The number of a role: the first that has a value, else the first."""
        numbers = self.all(role)
        return next((n for n in numbers if n.value is not None), numbers[0] if numbers else None)

    def figure(self, role: str) -> Figure | None:
        """The first number of a role that has a value."""
        return next(iter(self.figures(role)), None)

    def figures(self, role: str) -> list[Figure]:
        """The numbers of a role that have a value, in their order."""
        return [n for n in self.numbers if n.role == role and isinstance(n, Figure)]

    @property
    def per(self) -> int | None:
        """The base of the rate: as given, or as the unit or the sentence says it."""
        if self["per"]:
            return int(number_of(self["per"]) or 0) or None
        printed = self.one("printed")
        stated = (per_of(printed["unit"]) if printed else None) or per_of(self.text)
        return stated or (100 if printed and printed.unit == "percent" else None)

    @property
    def constraint(self) -> str:
        return str(self["constraint"] or "").strip().lower()


def claim(fields: dict, place: int = 0) -> Claim:
    """A Claim from its fields. Raises UserError naming the claim and the field that cannot be used."""
    if not isinstance(fields, dict):
        raise UserError(
            f"claim {place + 1} is not a set of fields: write it as {{'id': …, 'kind': …, 'numbers': […]}}."
        )
    name = str(fields.get("id") or f"number {place + 1} of the file")
    kind = str(fields.get("kind") or "").strip().lower().replace(" ", "_").replace("-", "_")
    kind = kind.replace("percentage_", "percent_")
    if kind not in ROLES_OF:
        raise UserError(f"claim {name}, kind: {fields.get('kind')!r} is not one of {', '.join(ROLES_OF)}.")
    numbers = fields.get("numbers")
    if not isinstance(numbers, list):
        raise UserError(f"claim {name}, numbers: a list of numbers is needed, each with its role.")
    problems = [f"claim {name}: unknown field {f!r} is not used" for f in fields if f not in CLAIM_FIELDS]
    if fields.get("per") not in (None, "") and (number_of(fields["per"]) or 0) <= 0:
        raise UserError(f"claim {name}, per: {fields['per']!r} is not a whole number such as 10000.")
    if fields.get("constraint") and str(fields["constraint"]).strip().lower() not in CONSTRAINTS:
        problems.append(f"claim {name}: constraint {fields['constraint']!r} is not one of {', '.join(CONSTRAINTS)}")
    roles = _roles(numbers, kind)
    typed = tuple(_number(n, i, name, kind, fields, problems, roles) for i, n in enumerate(numbers))
    return Claim(name, typed_plainly(str(fields.get("text") or "")), kind, typed, dict(fields), tuple(problems))


def _roles(numbers: list, kind: str) -> dict[str, str]:
    """What each role as written is read as: `Percentage 2` and `percentages` are a percentage; see STAND_INS."""
    allowed, roles = ROLES_OF[kind], {}
    for name in (str(n.get("role") or "") for n in numbers if isinstance(n, dict)):
        role = re.sub(r"[\s-]+", "_", name.strip().lower())
        bare = re.sub(r"[_.#(]*(\d+|(?<=[_.#(])[a-z])\)?$", "", role)
        roles[name] = next((r for r in (role, bare, bare.removesuffix("s")) if r in allowed), role)
    for name, role in roles.items():
        stand_ins = [r for r in STAND_INS.get(role, "").split() if r in allowed and r not in roles.values()]
        roles[name] = stand_ins[0] if role not in allowed and stand_ins else role
    return roles


def _number(entry, place: int, name: str, kind: str, claim_fields: dict, problems: list[str], roles: dict) -> Number:
    where = f"claim {name}, number {place + 1}"
    if not isinstance(entry, dict):
        raise UserError(f"{where} is not a set of fields: write it as {{'role': …, 'value': …}}.")
    role = roles[str(entry.get("role") or "")]
    if not role:
        raise UserError(f"{where}, role: missing; {kind} takes {', '.join(sorted(ROLES_OF[kind]))}.")
    problems += [f"{where}: unknown field {f!r} is not used" for f in entry if f not in NUMBER_FIELDS]
    if role not in ROLES_OF[kind]:
        problems.append(f"{where}: role {role!r} is not used by {kind} ({', '.join(sorted(ROLES_OF[kind]))})")
    value = entry.get("value")
    if isinstance(value, bool) or not isinstance(value, str | int | float | type(None)):
        raise UserError(f'{where}, value: {value!r} is not a printed number; write it as text, such as "19.0".')
    if isinstance(value, str):
        value = typed_plainly(value)
    got = None if value is None or kind in WORDED else _parsed(str(value), where, kind, role)
    decimals = _whole(entry.get("decimals"), where, "decimals")
    unit = unit_kind(entry.get("unit")) or _unit_of(value, role, kind, claim_fields)
    word = typed_plainly(str(entry.get("word") or ""))
    if word and truth(entry.get("approximate")) and not qualifier(word):
        word = f"about {word}"
    fields = {**entry, "value": value, "word": word}
    if got is None and role == "printed" and range_in(fields["word"]):
        got = parse(fields["word"])
    if got is None and isinstance(value, str) and value.strip() and not fields.get("word") and kind not in WORDED:
        fields["word"] = value
    if got and role != "printed" and isinstance(value, str):
        if re.match(r"\s*[<>\u2264\u2265]", value) or range_in(value) or re.search(r"\d\s*[-\u2013/]\s*\d", value):
            got = None  # `<5` is a suppressed count, `20-25` a band, `2014-15` a period: none is a number
        elif qualifier(value) and not fields.get("approximate"):
            fields["approximate"] = True
    places = decimals if decimals is not None else (got.decimals if got else 0)
    if got and (got.value / got.scale * 10**places).denominator != 1:
        places = got.decimals  # more digits are printed than `decimals` says
    if unit == "proportion":
        unit, got, places = _of_100(got, places)
    measured = not unit and role in RATED and bool(RATE_WORDS.search(str(claim_fields.get("text") or "").lower()))
    if got is None:
        return Number(role, None, places, unit, 1, fields, measured)
    return Figure(role, got.value, places, unit, got.scale, fields, measured)


def _of_100(got: Parsed | None, places: int) -> tuple[str, Parsed | None, int]:
    """A fraction of 1 as the percentage that it prints: 0.29 is 29%, to the nearest 1."""
    if got is None or abs(got.value) > 1:
        return "percent", got, places
    spare = max(0, 2 - places)
    return "percent", Parsed(got.value * 100, max(0, places - 2), 10**spare), max(0, places - 2)


def _parsed(text: str, where: str, kind: str, role: str):
    if re.search(r"\b(in|out of)\b|/|\b(half|third|quarter)", text) and role == "printed" and kind != "rank":
        return None  # a fraction in words, kept as the number's word
    if kind == "rank" and (place := ordinal(text)):
        return Parsed(Fraction(place), 0)
    if re.search(r"\d", text) and (re.search(r"\d[.,]{2,}\d|\d\.\d+\.\d", text) or parse(text) is None):
        raise UserError(f'{where}, value: {text!r} cannot be read as a number; write it as printed, such as "1,234".')
    return parse(text)


def ordinal(text: str) -> int | None:
    """`third`, `joint tenth`: the rank that a word gives; None where there is none."""
    words = re.findall(r"[a-z]+", text.lower())
    return next((ORDINALS.index(w) + 1 for w in words if w in ORDINALS), None)


ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()


def _whole(value, where: str, name: str) -> int | None:
    if value is None or str(value).strip() == "":
        return None
    got = parse(str(value))
    if got is None or got.value.denominator != 1 or got.value < 0:
        raise UserError(f"{where}, {name}: {value!r} is not a whole number.")
    return int(got.value)


RATED = {"old", "new", "own", "comparator", "point"}
RATE_WORDS = re.compile(r"\brates?\b|\bper 1[\d,]+|\baverage|\bindex\b|\bscore")
PERCENT_ROLES = {"percentage", "share"}
PERCENT_KINDS = {"percent_change", "percent_difference", "share", "percent_group", "complement", "parts_percent"}


def _unit_of(value, role: str, kind: str, claim_fields: dict) -> str:
    """The kind of unit where none is given: by the sign beside the value, the role, and the kind of claim."""
    if isinstance(value, str) and (sign := unit_kind("%" if "%" in value else "")):
        return sign
    if isinstance(value, str) and re.search(r"per ?cent", value.lower()):
        return "points" if "point" in value.lower() else "percent"
    if role in PERCENT_ROLES:
        return "percent"
    if role in ("own", "comparator"):
        unit = claim_fields.get("own_unit" if role == "own" else "comparator_unit") or claim_fields.get("own_unit")
        return unit_kind(unit)
    if role == "printed" and kind in PERCENT_KINDS:
        return "percent"
    if role == "printed" and kind == "point_difference":
        return "points"
    if role == "printed" and kind == "multiple":
        return "times"
    return ""


def typed(claims: Iterable) -> list[Claim]:
    """Claims from their fields, ids checked. Raises UserError for two of one id."""
    result = [each if isinstance(each, Claim) else claim(each, i) for i, each in enumerate(claims)]
    seen = set()
    for each in result:
        if each.id in seen:
            raise UserError(f"claim {each.id}, id: used by two claims; give each its own.")
        seen.add(each.id)
    return result


def stated(number: Number, name: str) -> bool:
    return name in number.fields and truth(number.fields[name])


def exact_count(number: Number) -> bool:
    return number.value is not None and number.counted and number.half == 0 and number.value.denominator == 1
