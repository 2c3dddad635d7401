"""What a number looks like in its cell: a workbook's number formats, as far as they change what a person reads.

00123 is stored as 123 with the format `00000`; 3 may be shown as "<5". A reference is what its cell shows; a number
whose cell shows something else is named, since nobody can know which of the two its sender meant. A date whose cell
shows no day or no month (`Jan-18`, `2018`, `Monday`) is no date that its sender typed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from .grid import Broken

# Formats that every workbook has without saying so, by number (ECMA-376 part 1, 18.8.30).
BUILT_IN = {
    2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 47: "mmss.0", 48: "##0.0E+0",
}  # fmt: skip
PLAIN = {"", "General", "GENERAL", "@", "0", "#", "#,##0"}  # as stored, but for commas
TOKEN = re.compile(r'"([^"]*)"?|\\(.)|([_*].)|\[([^\]]*)\]|(General)|(E[+-])|(.)', re.I | re.S)
SECTION = re.compile(r'((?:"[^"]*"?|\\.|\[[^\]]*\]|[^;"\\\[])*)(;|$)', re.S)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
HOLDS = {
    "<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__, "=": float.__eq__, "<>": float.__ne__,
}  # fmt: skip
AS_TEXT = ("identifier", "text", "choice", "choices", "lsoa")  # what the cell shows is the value
DOUBTFUL = re.compile(r"[<>≤≥~+*=?\d]")  # in fixed text, these change what a number says
DOUBTFUL_TEXT = re.compile(r"[<>≤≥~*=%?]")


class Section(NamedTuple):
    """One part of a format: `parts` are fixed texts (`'` first) and places for digits, in their order."""

    condition: tuple[str, float] | None
    parts: tuple[str, ...]
    general: bool
    dated: str  # the letters of a date or time, in their order

    @property
    def fixed(self) -> str:
        return "".join(p[1:] for p in self.parts if p[0] == "'")

    @property
    def places(self) -> str:
        return "".join(p for p in self.parts if p[0] != "'")


@lru_cache(1024)
def sections(code: str) -> tuple[Section, ...]:
    """The parts of a number format, between its semicolons."""
    result = []
    for part in SECTION.finditer(code[:255]):
        result.append(_section(part[1]))
        if not part[2]:
            break
    return tuple(result)


def _section(text: str) -> Section:
    parts, condition, general, dated = [], None, False, ""
    for token in TOKEN.finditer(text):
        quoted, escaped, spaced, bracket, word, power, other = token.groups()
        if quoted is not None or escaped:
            parts.append("'" + (quoted or escaped or ""))
        elif bracket is not None:
            if rule := CONDITION.fullmatch(bracket):
                condition = rule[1], float(rule[2])
            dated += bracket if bracket.casefold() in ("h", "hh", "m", "mm", "s", "ss") else ""
        elif word:
            general = True
            parts.append("0")
        elif power:
            parts.append("E")
        elif other:
            dated += other if other in "dmyhsDMYHS" else ""
            parts.append(other if other in "0#?.,%/@" else "'" + other)
        elif spaced:
            continue  # a gap or a filler: nothing that is read
    return Section(condition, tuple(parts), general, dated.casefold())


def section(code: str, value: float) -> tuple[Section, bool]:
    """The part of a format that a number is shown by, and whether that part shows its minus sign."""
    parts = sections(code)
    if any(p.condition for p in parts):
        for p in parts[:-1] if len(parts) > 1 else parts:
            if p.condition and HOLDS[p.condition[0]](value, p.condition[1]):
                return p, value < 0
        return parts[-1], value < 0
    if value < 0 and len(parts) > 1:
        return parts[1], False
    if value == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], value < 0


def as_shown(code: str, value: float, kind: str) -> str | Broken | None:
    """What a field of type `kind` holds, where the format makes it other than the stored number; None: the number."""
    part = section(code, float(value))[0]
    if part.dated:
        return _day_shown(code, part.dated) if kind == "date" else None
    if code in PLAIN or kind in ("date", "period"):
        return None
    if not part.parts:
        return Broken("a number that its format hides")
    if kind in ("choice", "choices") and re.fullmatch(r"[#0]+\.0+", part.places) and value == int(value):
        return None  # 8.0 is category 8
    return _text(code, float(value)) if kind in AS_TEXT else _number(part, float(value))


def shows_a_day(code: str) -> bool:
    """Whether a date format shows the day of a month, its month and (but for day and month alone) its year."""
    return all(_day_shown(code, part.dated) is None for part in sections(code)[:1] if part.dated)


def _day_shown(code: str, letters: str) -> Broken | None:
    """A date whose cell shows less than a day and its month. Minutes are an m beside hours or seconds."""
    runs = re.findall(r"d+|m+|y+|h+|s+", letters)
    days = [r for r in runs if r in ("d", "dd")]
    months = [r for i, r in enumerate(runs) if r[0] == "m" and not _minutes(runs, i)]
    if days and months:
        return None
    return Broken(f"a date of which the cell shows only a part (its format is {code[:20]})")


def _minutes(runs: list[str], at: int) -> bool:
    return (at > 0 and runs[at - 1][0] == "h") or (at + 1 < len(runs) and runs[at + 1][0] == "s")


def _number(part: Section, value: float) -> Broken | None:
    fixed, places = part.fixed.strip(), part.places
    if not part.general and not set(places) & set("0#?@"):
        if value == 0 and fixed in ("-", "–", "nil", "Nil"):
            return None  # the accountant's way of showing 0
        return Broken(f'a number that its format shows as "{fixed[:40]}"')
    scaled = re.search(r"[0#?],+(?![0#?,])", places)
    minus = value >= 0 and "-" in "".join(p[1:] for p in part.parts[:1] if p[0] == "'")
    if scaled or minus or DOUBTFUL.search(fixed) or "%" in places:
        return Broken("a number that its format shows as something else (such as <5, or as a percentage)")
    return None


def _text(code: str, value: float) -> str | Broken | None:
    """The digits in the places of the format, fixed text between them: 00-000 shows 12345 as 12-345."""
    part, minus = section(code, value)
    places = part.places
    if not places:
        return Broken(f'a number that its format shows as "{part.fixed[:40]}"')
    if places in ("@", "0", "#", "#,##0") and not part.fixed.strip():
        return None
    if set(places) - set("0#?@") or value != int(value) or abs(value) >= 1e15:
        return Broken("a number that its format shows with decimals, as a percentage or in scientific notation")
    digits, shown, left = str(abs(int(value))), [], len(places)
    for p in reversed(part.parts):
        if p[0] == "'":
            shown.append(p[1:])
            continue
        left -= 1
        take, digits = (digits, "") if not left else (digits[-1:], digits[:-1])
        shown.append(take or ("0" if p == "0" else ""))
    return ("-" if minus else "") + "".join(reversed(shown)).strip()


# --- appearances ------------------------------------------------------------------------------------------------


class Formatted(NamedTuple):
    """A number and the format that its cell shows it by."""

    code: str
    value: float

    def shows(self, kind: str) -> str | Broken | None:
        return as_shown(self.code, self.value, kind)


class Printed(NamedTuple):
    """The text that an .ods file keeps of what a number's or a date's cell shows."""

    text: str
    dated: bool = False

    def shows(self, kind: str) -> str | Broken | None:
        if self.dated:
            complete = len(re.findall(r"\d+", self.text)) + bool(re.search(r"[A-Za-z]{3}", self.text)) >= 2
            day = re.search(r"(?<!\d)\d{1,2}(?!\d)", self.text)
            if kind != "date" or (complete and day and not re.fullmatch(r"\W*[A-Za-z]+\W*\d+\W*", self.text)):
                return None
            return Broken(f'a date of which the cell shows only "{self.text[:20]}"')
        if self.text[:1] == "0" and self.text.isdigit() and len(self.text) > 1:
            return self.text if kind in AS_TEXT else None
        if not any(c.isdigit() for c in self.text) or DOUBTFUL_TEXT.search(self.text):
            return Broken(f'a number that is shown as "{self.text[:40]}"')
        return None


class Summed(NamedTuple):
    """24+3 typed as =24+3: Excel has added weeks and days."""

    text: str

    def shows(self, kind: str) -> Any:
        return (
            Broken(f"Excel has added up {self.text} (format the cell as text first)") if kind == "gestation" else None
        )
