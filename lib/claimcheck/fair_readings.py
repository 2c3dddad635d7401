"""How people read a printed figure: as rounded, as `over`, `almost` or `roughly`, as a fraction or a multiple in words.

A reading is the range of true values that makes the print fair. Where two readings are fair, both count: an audit
that accuses a fair sentence is not used a second time.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from .printed_numbers import Figure, Parsed, parse, place_in, truth

# What `nearly`, `just over` and `about` still cover, as shares of the printed figure. Rulings of this project, not
# found in a source: wide, because a doubtful case is not an error.
NEARLY, JUST, ABOUT = Fraction(15, 100), Fraction(15, 100), Fraction(1, 8)
BARE_FRACTION, WORST_FRACTION = Fraction(1, 10), Fraction(5, 100)  # `a third`: a tenth of it, 5 points at most
INFINITE = Fraction(10**15)
ORDINALS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
ORDINALS |= {"eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20}
SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
SMALL |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20}
MULTIPLES = {
    "unchanged": 1,
    "doubl": 2,
    "twice": 2,
    "twofold": 2,
    "trebl": 3,
    "tripl": 3,
    "threefold": 3,
    "three-fold": 3,
}
MULTIPLES |= {"quadrupl": 4, "fourfold": 4, "four-fold": 4, "quintupl": 5, "fivefold": 5, "five-fold": 5, "tenfold": 10}
WORDS_BESIDE = [  # the first that is found counts
    ("just over", r"\b(just|slightly|a little|marginally) (over|above|more than|higher than|in excess of)\b"),
    ("just under", r"\b(just|slightly|a little|marginally) (under|below|less than|fewer than|short of|shy of)\b"),
    ("nearly", r"\b(nearly|almost|close to|approaching|not quite|virtually|nearing)\b"),
    ("at least", r"\b(at least|no (less|fewer) than|not less than|a minimum of|minimum|or more|gte|ge)\b|>=|≥"),
    (
        "at most",
        r"\b(at most|no more than|not more than|a maximum of|maximum|or (less|fewer)|lte|le)\b|<=|≤"
        r"|\b(?<!add )(?<!adds )(?<!adding )up to\b",
    ),
    ("well over", r"\b(well|considerably|significantly|far|much) (over|above|more than)\b"),
    (
        "over",
        r"\b(over|more than|above|exceed(s|ed|ing)?|in excess of|greater than|upwards of|gt)\b|>|^(more|greater)$",
    ),
    ("under", r"\b(under|less than|fewer than|below|lower than|lt)\b|<|^(less|fewer|lower)$"),
    ("about", r"\b(about|around|roughly|approximately|approx|circa|c\.|some|in the region of|or so|broadly)\b|~|≈"),
]
QUALIFIERS = [
    (name, re.compile(p), re.compile(rf"(?:{p})\s*(?:(?:a |an |by |of |the )*[£(]?| [£(]) $"))
    for name, p in WORDS_BESIDE
]
QUALIFIED = re.compile("|".join(pattern.pattern for _, pattern, _ in QUALIFIERS))


class Reading(NamedTuple):
    """The true values for which the print is fair, from `low` to `high`."""

    low: Fraction
    high: Fraction
    low_in: bool = True
    high_in: bool = False
    plain: bool = False  # printed as a rounded figure, no word beside it
    words: str = ""

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, Fraction | int):
            return False
        above = value >= self.low if self.low_in else value > self.low
        return above and (value <= self.high if self.high_in else value < self.high)

    def touches(self, low: Fraction, high: Fraction) -> bool:
        """Whether any value from low to high is fair; the ends themselves may be where rounding turns."""
        if low == high:
            return low in self
        return low < self.high and high > self.low


def qualifier(*texts) -> str:
    """`over`, `nearly`, `about` … in the first text that has one; `` for none."""
    for text in texts:
        words = str(text or "").lower().replace("_", " ")
        if QUALIFIED.search(words):
            return next(name for name, pattern, _ in QUALIFIERS if pattern.search(words))
    return ""


def around(value: Fraction, word: str, half: Fraction = Fraction(0)) -> Reading:
    """The reading of a qualified figure; `half` is half a printed unit."""
    size = abs(value)
    match word:
        case "over" | "well over":
            return Reading(value, INFINITE, low_in=False)
        case "at least":
            return Reading(value, INFINITE)
        case "under":
            return Reading(-INFINITE, value)
        case "at most":
            return Reading(-INFINITE, value, high_in=True)
        case "just over":
            return Reading(value, value + max(size * JUST, half), low_in=False, high_in=True)
        case "just under" | "nearly":
            return Reading(value - max(size * NEARLY, half), value + (half if word == "nearly" else 0))
        case _:
            wide = max(size * ABOUT, half)
            return Reading(value - wide, value + wide, high_in=True)


def plain(value: Fraction, half: Fraction) -> Reading:
    return Reading(value - half, value + half, plain=True)


def readings_of(number: Figure, text: str = "", strict: bool = False) -> list[Reading]:
    """Every fair reading of a printed figure. `text` is the claim's own: a word there beside the figure is read too.

    strict : the claim is a bound (`more than 60%`), so that its word replaces the reading as a rounded figure. In a
    sentence about a change or a difference `more than` may as well be its direction.
    """
    value, half = abs(number.value), number.step / 2
    if number["rounded_to"]:
        half = max(half, number.half)
    band = next((ends for f in ("value", "word") if (ends := range_in(number[f]))), None)
    if band is not None:
        return [Reading(band[0] * number.scale - half, band[1] * number.scale + half)]
    softened = qualifier(number["word"], _worded(number["approximate"]), _value_words(number))
    word = qualifier(number["comparison"]) or softened
    if word and (strict or softened not in ("", "over", "under")):
        return [around(value, word, half)]
    fair = [plain(value, half)]
    if word:
        fair.append(around(value, word, half))
    if (ends := range_in(text, spoken=True)) and value in (abs(end) for end in ends):
        fair.append(Reading(min(map(abs, ends)) - half, max(map(abs, ends)) + half))
    if (high := _other_end(number, text)) and value < high:
        fair.append(Reading(value - half, high + half))
    if beside := _beside(number, text):
        fair.append(around(value, beside, half))
    if truth(number["approximate"]):
        fair.append(around(value, "about", half))
    return fair


FIGURE = r"(?:£|\$)?(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?\s*(?:%|per ?cent|percent)?"
RANGE = re.compile(rf"(?<![\d.,/-]){FIGURE}\s*(?:-|\u2013|\u2014|to|and)\s*{FIGURE}")


def range_in(text, spoken: bool = False) -> tuple[Fraction, Fraction] | None:
    """The ends of `20-25%`, `20 to 25 per cent`, `between 20% and 25%`; None for none.

    spoken : only after the word `between`, as in a sentence, where other dashes join years and ages
    """
    text = str(text or "").lower()
    match = (
        re.search(rf"\bbetween {RANGE.pattern}", text) if spoken or "between" in text else RANGE.fullmatch(text.strip())
    )
    if match is None or (" and " in match[0] and "between" not in match[0]):
        return None
    low, high = (Fraction(end.rstrip(",").replace(",", "")) for end in match.groups())
    return (low, high) if low < high else None


TO_PERCENT = re.compile(r"(?<![\d.,])(\d[\d.,]*)\s?%(?=\s?(?:to|-|\u2013)\s?(\d[\d,]*(?:\.\d+)?)\s?%)")


def _other_end(number: Figure, text: str) -> Fraction | None:
    """The higher end of a range of percentages that begins with the figure: `95 of 330 (28% to 30%)`."""
    begins = number.text.rstrip("% ")
    highs = (match[2] for match in TO_PERCENT.finditer(text) if match[1] == begins)
    return next((Fraction(high.replace(",", "")) * number.scale for high in highs), None)


def _worded(approximate):
    return approximate if isinstance(approximate, str) else None


def _value_words(number: Figure) -> str:
    return number["value"] if isinstance(number["value"], str) and re.search(r"[a-z<>~≥≤]", number["value"]) else ""


def _beside(number: Figure, text: str) -> str:
    """The qualifier that stands right before the figure in the sentence, or `or more` after it."""
    place = place_in(number, text)
    if place is None:
        return ""
    before = " ".join(text[: place[0]].lower().split()[-3:]) + " "
    if not QUALIFIED.search(before):
        return ""
    return next((name for name, _, ends in QUALIFIERS if ends.search(before)), "")


def fraction_in(words: str) -> tuple[int, int] | None:
    """`two thirds` (2, 3), `one in five` (1, 5), `nine out of ten` (9, 10), `3/4` (3, 4); None for none."""
    words = words.lower().replace("-", " ")
    number = r"(\d+|" + "|".join(SMALL) + r")"
    if match := re.search(rf"\b{number} (?:in|out of)(?: every)? {number}\b", words):
        return _small(match[1]), _small(match[2])
    if match := re.search(r"\b(\d+) ?/ ?(\d+)\b", words):
        return int(match[1]), int(match[2])
    if match := re.search(r"\b(?:(\w+) )?(" + "|".join(ORDINALS) + r")s?\b", words):
        return SMALL.get(match[1] or "", 1), ORDINALS[match[2]]
    return None


def _small(text: str) -> int:
    return int(text) if text.isdigit() else SMALL[text]


def fraction_readings(words: str) -> list[Reading]:
    """The shares (of 1) for which a fraction in words is fair; empty where there is none in them."""
    text, word = words.lower(), qualifier(words)
    if re.search(r"\b(vast|overwhelming|large|great|significant) (majority|proportion)", text) and "majority" in text:
        return [Reading(Fraction(60, 100), Fraction(1), high_in=True, words="majority")]
    if re.search(r"\bmajority\b|\bmost\b", text):
        return [Reading(Fraction(1, 2), Fraction(1), low_in=False, high_in=True, words="majority")]
    if re.search(r"\bminority\b", text):
        return [Reading(Fraction(0), Fraction(1, 2))]
    if fraction := fraction_in(words):
        over, of = fraction
        return _fraction(Fraction(over, of), over, of, word) if of else []
    if re.search(r"\ball\b", text):
        return (
            [Reading(Fraction(85, 100), Fraction(1))]
            if word == "nearly"
            else [Reading(Fraction(1), Fraction(1), high_in=True)]
        )
    if re.search(r"\bnone\b", text):
        return [Reading(Fraction(0), Fraction(0), high_in=True)]
    return []


def _fraction(value: Fraction, over: int, of: int, word: str) -> list[Reading]:
    if word and word != "about":
        return [around(value, word)]
    share, most = (ABOUT, WORST_FRACTION * 3 / 2) if word else (BARE_FRACTION, WORST_FRACTION)
    wide = min(value * share, most)
    fair = [Reading(value - wide, value + wide, high_in=True)]
    if over == 1 and of >= 3:  # one in five: 1 / share, rounded, is 5
        fair.append(Reading(Fraction(2, 2 * of + 1), Fraction(2, 2 * of - 1), low_in=False, high_in=True))
    return fair


HALF_WIDE = Fraction(1, 5)
HALF_TIMES = re.compile(r"\b(one|two|three|four) and a half times\b")


def multiple_readings(words: str) -> list[Reading]:
    """The ratios new / old for which `doubled`, `halved`, `threefold` … are fair; empty where none is said."""
    text, word = words.lower(), qualifier(words)
    if halves := HALF_TIMES.search(text):  # as coarse as the words are
        times = SMALL[halves[1]] + Fraction(1, 2)
        wide = [around(times, word)] if word else []
        return wide or [Reading(times + k - HALF_WIDE, times + k + HALF_WIDE, high_in=True) for k in _more(text)]
    number = r"(\d+(?:\.\d+)?|" + "|".join(w for w in SMALL if len(w) > 2) + ")"
    if match := re.search(rf"\b{number}(?:[ -]?times|[ -]?fold|x)\b", text):
        got = parse(match[1]) or Parsed(Fraction(0), 0)
        if word:
            return [around(got.value, word)]
        half = Fraction(1, 2 * 10**got.decimals)
        return [Reading(got.value + more - half, got.value + more + half) for more in _more(text)]
    if re.search(r"\bhalv(ed|es|e|ing)\b", text):
        half = Fraction(1, 2)
        if word in ("over", "well over"):
            return [Reading(Fraction(0), half)]
        if word in ("nearly", "just under"):
            return [Reading(half - Fraction(1, 100), Fraction(57, 100), high_in=True)]
        return [Reading(Fraction(2, 5), Fraction(57 if word else 53, 100), high_in=True)]
    for stem, value in MULTIPLES.items():
        if stem in text:
            times = Fraction(value)
            if word in ("over", "well over", "at least", "just over", "under", "at most"):
                return [around(times, word)]
            if word in ("nearly", "just under"):
                return [Reading(times * (1 - NEARLY), times * Fraction(102, 100))]
            least = 1 - ABOUT if word == "about" else Fraction(95, 100)
            return [Reading(times * least, times + Fraction(1, 2))]
    return []


def _more(text: str) -> tuple[int, ...]:
    """`three times more` is 3 times to some and 4 to others; `three times as many` is 3."""
    return (0, 1) if re.search(r"\b(more|higher|greater|larger|increase)", text) else (0,)
