"""Printed numbers as exact fractions, with the range of values that each may stand for.

Everything is a Fraction: a claim is right or wrong at the last printed digit, which binary numbers miss.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import ceil, floor
from typing import NamedTuple

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
ONES += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {w: i for i, w in enumerate(ONES)} | {w: 10 * (i + 2) for i, w in enumerate(TENS)}
WORDS |= {"none": 0, "nil": 0, "no": 0, "a dozen": 12, "once": 1, "twice": 2, "thrice": 3}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
SCALES |= {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9}
NUMERAL = re.compile(
    r"(?P<sign>[-+\u2212\u2013]?)\s*(?:£|\$|€)?\s*(?P<digits>\d{1,3}(?:[, \u202f]\d{3})+(?!\d)|\d+)(?P<point>\.\d+)?"
    r"\s*(?P<scale>thousand|million|billion|hundred|bn|mn|k|m)?(?![a-z])",
    re.IGNORECASE,
)
SPECIAL = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2011": "-", "\u2212": "-"})
VULGAR = re.compile("(\\d*) ?([\u00bc-\u00be\u2150-\u215e])")


def typed_plainly(text: str) -> str:
    """As a person types it: no hard spaces or special minus signs, a quarter sign as 1/4, two and a half as 2.5."""

    def typed(match: re.Match) -> str:
        if match[1]:
            return f"{int(match[1]) + round(unicodedata.numeric(match[2]), 3):g}"
        return unicodedata.normalize("NFKC", match[2]).replace("\u2044", "/")

    return text if text.isascii() else VULGAR.sub(typed, text.translate(SPECIAL))


class Parsed(NamedTuple):
    """A number as read from text: what one printed unit is worth goes with it."""

    value: Fraction
    decimals: int
    scale: int = 1


@lru_cache(maxsize=8192)
def parse(text: str) -> Parsed | None:
    """The number in a printed text: `1,234`, `19.0`, `£134,428`, `62%`, `£1.2m`, `67th`, `Twenty per cent`, or None.

    Brackets of accounts, `(5.2)`, count as minus. `one in five` and other fractions are words: see readings.
    """
    plain = text.strip().lower().replace("\u00a0", " ")
    if match := NUMERAL.search(re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", plain)):
        value = Fraction(
            match["digits"].replace(",", "").replace(" ", "").replace("\u202f", "") + (match["point"] or "")
        )
        scale = SCALES.get(match["scale"] or "", 1)
        minus = match["sign"] in {"-", "\u2212", "\u2013"} and match.start() == 0
        minus = minus or bool(re.fullmatch(r"\(£?[\d.,]+\s*%?\)%?", plain))
        return Parsed(-value * scale if minus else value * scale, len(match["point"] or ".") - 1, scale)
    return _worded(plain)


def _worded(text: str) -> Parsed | None:
    """`twenty`, `sixty-five per cent`, `two hundred and six`, `five`."""
    text = re.sub(r"\s*(per\s?cent(age points?)?|percent)\b.*", "", text).replace("-", " ").strip()
    if text in WORDS:
        return Parsed(Fraction(WORDS[text]), 0)
    total = current = 0
    for word in text.split():
        if word in WORDS and WORDS[word] is not None:
            current += WORDS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in ("thousand", "million"):
            total, current = total + max(current, 1) * SCALES[word], 0
        elif word not in ("and", "a"):
            return None
    return Parsed(Fraction(total + current), 0) if text and (total + current) else None


def half_up(value: Fraction, decimals: int = 0) -> Fraction:
    """Rounded half away from zero, as people round."""
    scale, size = 10**decimals, abs(value) * 10**decimals
    units = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return Fraction(-units if value < 0 else units, scale)


def half_even(value: Fraction, decimals: int = 0) -> Fraction:
    """Rounded half to the even digit, as many programs round."""
    return Fraction(round(value * 10**decimals), 10**decimals)


def truncated(value: Fraction, decimals: int = 0) -> Fraction:
    """Cut off after the printed decimals."""
    sign = -1 if value < 0 else 1
    return sign * Fraction(floor(abs(value) * 10**decimals), 10**decimals)


# --- units ----------------------------------------------------------------------------------------------------

MEASURED = re.compile(
    r"\bper\b|per_|/|\brate\b|ratio|average|mean|median|index|score|\bday|\bweek|\bhour|\bminute|\bfte\b|million|\bm\b"
    r"|thousand|'?000s"
)


def unit_kind(unit: str | None) -> str:
    """Its kind: `percent`, `proportion` (of 1), `points`, `times`, `rate`, `measure` (an average), `money`, `count`."""
    text = str(unit or "").strip().lower()
    if not text:
        return ""
    if re.fullmatch(r"proportion|fraction|decimal( fraction)?|share of (1|one)", text):
        return "proportion"
    if re.search(r"point|\bpps?\b|\bppt\b|%[- ]?pt", text):
        return "points"
    if re.search(r"%|per ?cent|percent|share", text):
        return "percent"
    if re.search(r"\btimes\b|fold|\bx\b|multiple|ratio", text):
        return "times"
    if re.search(r"\bper[ _]|^rate|\brate\b|/ ?1", text):
        return "rate"
    if re.search(r"£|gbp|pound", text) and not MEASURED.search(text):
        return "money"
    return "measure" if MEASURED.search(text) else "count"


def per_of(unit: str | None) -> int | None:
    """The base of a rate's unit: `per 10,000` and `per_10000` give 10000; None where it has none."""
    match = re.search(r"(?:per|/)[ _]*(\d[\d,]*)", (unit or "").lower())
    return int(match[1].replace(",", "")) if match else None


# --- a number of a claim --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """One number of a claim, as printed.

    value : exact; None where it is not printed (or is only a word)
    decimals : printed decimals; one printed unit is `scale` / 10 ** decimals
    unit : its kind, see unit_kind
    fields : all that was given
    measured : the text says that integers here are rates, so rounded
    """

    role: str
    value: Fraction | None
    decimals: int
    unit: str
    scale: int = 1
    fields: dict = field(default_factory=dict)
    measured: bool = False

    def __getitem__(self, name: str):
        value = self.fields.get(name)
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def text(self) -> str:
        """As printed, for a sentence."""
        value = self["value"]
        return str(value) if value is not None else str(self["word"] or "not printed")

    @property
    def words(self) -> str:
        """As printed, with the word beside it: `about 30%`."""
        beside = " ".join(str(self[f] or "") for f in ("word", "comparison")).strip()
        return f"{beside} {self.text}" if beside and self.text not in beside else beside or self.text

    @property
    def name(self) -> str:
        return str(self["name"] or self["period"] or self["geography"] or "")

    @property
    def step(self) -> Fraction:
        """One printed unit."""
        return Fraction(self.scale, 10**self.decimals)

    @property
    def counted(self) -> bool:
        """Whether it is a count, so exact unless `rounded_to` says otherwise."""
        if self.unit in ("percent", "points", "times", "rate", "measure"):
            return False
        return self.decimals == 0 and self.scale == 1 and not self.measured

    @property
    def rounded_count(self) -> bool:
        if self.value is None or self.unit in ("percent", "points", "times", "rate", "measure"):
            return False
        return bool(self["rounded_to"] or (truth(self["approximate"]) and self.counted))

    @property
    def half(self) -> Fraction:
        """Half of what it was rounded to; 0 for an exact count."""
        if rounded := self["rounded_to"]:
            got = parse(str(rounded))
            return got.value / 2 if got else Fraction(0)
        if self.value is None:
            return Fraction(0)
        if truth(self["approximate"]) and self.counted:
            return Fraction(10 ** _trailing_zeros(self.value)) / 2
        return Fraction(0) if self.counted else self.step / 2


@dataclass(frozen=True)
class Figure(Number):
    """A number whose value is printed."""

    value: Fraction

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Least and greatest value that the print may stand for."""
        return self.value - self.half, self.value + self.half


def _trailing_zeros(value: Fraction) -> int:
    digits = str(abs(int(value)))
    return 0 if value == 0 else len(digits) - len(digits.rstrip("0"))


def truth(value) -> bool:
    """A yes or no as JSON or CSV may say it; a text that is not a no is a yes."""
    return str(value).strip().lower() not in ("", "none", "false", "no", "0", "null", "n")


class Span(NamedTuple):
    """A recalculated figure: from the printed figures, and its range over what they may stand for."""

    value: Fraction
    low: Fraction
    high: Fraction
    counts: bool = False  # whether the range comes from rounded counts

    def __abs__(self) -> Span:
        low = Fraction(0) if self.low <= 0 <= self.high else min(abs(self.low), abs(self.high))
        return Span(abs(self.value), low, max(abs(self.low), abs(self.high)), self.counts)

    def times(self, factor: Fraction | int) -> Span:
        """In another unit, the factor being positive."""
        return Span(self.value * factor, self.low * factor, self.high * factor, self.counts)

    def __neg__(self) -> Span:
        return Span(-self.value, -self.high, -self.low, self.counts)


def span(formula: Callable[..., Fraction], *numbers: Figure) -> Span:
    """A formula that rises or falls with each of its numbers, over all that they may stand for."""
    ends = [sorted({*n.ends}) for n in numbers]
    values = [value for corner in product(*ends) if (value := _try(formula, corner)) is not None]
    nominal = formula(*(n.value for n in numbers))
    values.append(nominal)
    return Span(nominal, min(values), max(values), any(n.rounded_count for n in numbers))


def _try(formula, values):
    try:
        return formula(*values)
    except ZeroDivisionError:
        return None


def whole_range(low: Fraction, high: Fraction) -> tuple[int, int] | None:
    """First and last whole number in [low, high); None where there is none."""
    first, last = ceil(low), ceil(high) - 1
    return (first, last) if first <= last else None


AMONG_DIGITS, DIGITS_ON = frozenset("0123456789.,"), re.compile(r"[.,]?\d")


def place_in(number: Number, text: str) -> tuple[int, int] | None:
    """Where a printed figure stands in its sentence; None where it is not found once."""
    printed = str(number["value"] or "").strip().rstrip("%").strip()
    if not printed or printed not in text:
        return None
    ends, at = [], text.find(printed)
    while at >= 0:
        if text[at - 1 : at] not in AMONG_DIGITS and not DIGITS_ON.match(text, at + len(printed)):
            ends.append(at + len(printed))
        at = text.find(printed, at + 1)
    return (ends[0] - len(printed), ends[0]) if len(ends) == 1 else None


def number_of(text) -> Fraction | None:
    got = parse(str(text)) if text is not None else None
    return got.value if got else None


def percent(part: Fraction, total: Fraction) -> Fraction:
    return part / total * 100
