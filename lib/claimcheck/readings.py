"""How people read a printed figure: as rounded, as `over`, `almost` or `roughly`, as a fraction or a multiple in words.

A reading is the range of true values that makes the print fair. Where two readings are fair, both count: an audit
that accuses a fair sentence is not used a second time.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from .printed_numbers import Number, Span, half_even, half_up, parse, truncated, truth

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

QUALIFIERS = [  # the first that is found counts
    ("just over", r"\b(just|slightly|a little|marginally) (over|above|more than|higher than|in excess of)\b"),
    ("just under", r"\b(just|slightly|a little|marginally) (under|below|less than|fewer than|short of|shy of)\b"),
    ("nearly", r"\b(nearly|almost|close to|approaching|not quite|virtually|nearing)\b"),
    ("at least", r"\b(at least|no (less|fewer) than|not less than|a minimum of|minimum|or more|gte|ge)\b|>=|≥"),
    ("at most", r"\b(at most|no more than|not more than|up to|a maximum of|maximum|or (less|fewer)|lte|le)\b|<=|≤"),
    ("well over", r"\b(well|considerably|significantly|far|much) (over|above|more than)\b"),
    (
        "over",
        r"\b(over|more than|above|exceed(s|ed|ing)?|in excess of|greater than|upwards of|gt)\b|>|^(more|greater)$",
    ),
    ("under", r"\b(under|less than|fewer than|below|lower than|lt)\b|<|^(less|fewer|lower)$"),
    ("about", r"\b(about|around|roughly|approximately|approx|circa|c\.|some|in the region of|or so|broadly)\b|~|≈"),
]


class Reading(NamedTuple):
    """The true values for which the print is fair, from `low` to `high`."""

    low: Fraction
    high: Fraction
    low_in: bool = True
    high_in: bool = False
    plain: bool = False  # printed as a rounded figure, no word beside it
    words: str = ""

    def __contains__(self, value: Fraction) -> bool:
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
        for name, pattern in QUALIFIERS:
            if text and re.search(pattern, str(text).lower().replace("_", " ")):
                return name
    return ""


def around(value: Fraction, said: str, half: Fraction = Fraction(0)) -> Reading:
    """The reading of a qualified figure; `half` is half a printed unit."""
    size = abs(value)
    match said:
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
            return Reading(value - max(size * NEARLY, half), value + (half if said == "nearly" else 0))
        case _:
            wide = max(size * ABOUT, half)
            return Reading(value - wide, value + wide, high_in=True)


def plain(value: Fraction, half: Fraction) -> Reading:
    return Reading(value - half, value + half, plain=True)


def readings(number: Number, text: str = "", strict: bool = False) -> list[Reading]:
    """Every fair reading of a printed figure. `text` is the claim's own: a word there beside the figure is read too.

    strict : the claim is a bound (`more than 60%`), so that its word replaces the reading as a rounded figure. In a
    sentence about a change or a difference `more than` may as well be its direction.
    """
    value, half = abs(number.value), number.step / 2
    if number["rounded_to"]:
        half = max(half, number.half)
    band = next((found for f in ("value", "word") if (found := range_in(number[f]))), None)
    if band is not None:
        return [Reading(band[0] * number.scale - half, band[1] * number.scale + half)]
    softened = qualifier(number["word"], _worded(number["approximate"]), _value_words(number))
    said = qualifier(number["comparison"]) or softened
    if said and (strict or softened not in ("", "over", "under")):
        return [around(value, said, half)]
    found = [plain(value, half)]
    if said:
        found.append(around(value, said, half))
    if (band := range_in(text, spoken=True)) and value in (abs(end) for end in band):
        found.append(Reading(min(map(abs, band)) - half, max(map(abs, band)) + half))
    if beside := _beside(number, text):
        found.append(around(value, beside, half))
    if truth(number["approximate"]):
        found.append(around(value, "about", half))
    return found


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


def _worded(approximate):
    return approximate if isinstance(approximate, str) else None


def _value_words(number: Number) -> str:
    return number["value"] if isinstance(number["value"], str) and re.search(r"[a-z<>~≥≤]", number["value"]) else ""


def _beside(number: Number, text: str) -> str:
    """The qualifier that stands right before the figure in the sentence, or `or more` after it."""
    place = _place(number, text)
    if place is None:
        return ""
    before = " ".join(text[: place[0]].split()[-3:])
    for name, pattern in QUALIFIERS:
        if re.search(rf"({pattern})\s*(a |an |by |of |the )*[£(]?$", before.lower() + " "):
            return name
        if re.search(rf"({pattern})\s*[£(]?$", before.lower()):
            return name
    return ""


# --- words ----------------------------------------------------------------------------------------------------


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
    text, said = words.lower(), qualifier(words)
    if re.search(r"\b(vast|overwhelming|large|great|significant) (majority|proportion)", text) and "majority" in text:
        return [Reading(Fraction(60, 100), Fraction(1), high_in=True, words="majority")]
    if re.search(r"\bmajority\b|\bmost\b", text):
        return [Reading(Fraction(1, 2), Fraction(1), low_in=False, high_in=True, words="majority")]
    if re.search(r"\bminority\b", text):
        return [Reading(Fraction(0), Fraction(1, 2))]
    if fraction := fraction_in(words):
        over, of = fraction
        return _fraction(Fraction(over, of), over, of, said) if of else []
    if re.search(r"\ball\b", text):
        return (
            [Reading(Fraction(85, 100), Fraction(1))]
            if said == "nearly"
            else [Reading(Fraction(1), Fraction(1), high_in=True)]
        )
    if re.search(r"\bnone\b", text):
        return [Reading(Fraction(0), Fraction(0), high_in=True)]
    return []


def _fraction(value: Fraction, over: int, of: int, said: str) -> list[Reading]:
    if said and said != "about":
        return [around(value, said)]
    share, most = (ABOUT, WORST_FRACTION * 3 / 2) if said else (BARE_FRACTION, WORST_FRACTION)
    wide = min(value * share, most)
    found = [Reading(value - wide, value + wide, high_in=True)]
    if over == 1 and of >= 3:  # one in five: 1 / share, rounded, is 5
        found.append(Reading(Fraction(2, 2 * of + 1), Fraction(2, 2 * of - 1), low_in=False, high_in=True))
    return found


def multiple_readings(words: str) -> list[Reading]:
    """The ratios new / old for which `doubled`, `halved`, `threefold` … are fair; empty where none is said."""
    text, said = words.lower(), qualifier(words)
    number = r"(\d+(?:\.\d+)?|" + "|".join(w for w in SMALL if len(w) > 2) + ")"
    if match := re.search(rf"\b{number}(?:[ -]?times|[ -]?fold|x)\b", text):
        got = parse(match[1])
        if said:
            return [around(got.value, said)]
        half = Fraction(1, 2 * 10**got.decimals)
        return [Reading(got.value + more - half, got.value + more + half) for more in _more(text)]
    if re.search(r"\bhalv(ed|es|e|ing)\b", text):
        half = Fraction(1, 2)
        if said in ("over", "well over"):
            return [Reading(Fraction(0), half)]
        if said in ("nearly", "just under"):
            return [Reading(half - Fraction(1, 100), Fraction(57, 100), high_in=True)]
        return [Reading(Fraction(2, 5), Fraction(57 if said else 53, 100), high_in=True)]
    for stem, value in MULTIPLES.items():
        if stem in text:
            times = Fraction(value)
            if said in ("over", "well over", "at least", "just over", "under", "at most"):
                return [around(times, said)]
            if said in ("nearly", "just under"):
                return [Reading(times * (1 - NEARLY), times * Fraction(102, 100))]
            least = 1 - ABOUT if said == "about" else Fraction(95, 100)
            return [Reading(times * least, times + Fraction(1, 2))]
    return []


def _more(text: str) -> tuple[int, ...]:
    """`three times more` is 3 times to some and 4 to others; `three times as many` is 3."""
    return (0, 1) if re.search(r"\b(more|higher|greater|larger|increase)", text) else (0,)


# --- does a recalculated figure fit? --------------------------------------------------------------------------


def fit(number: Number, made: Span, text: str = "", given: list[Reading] | None = None, strict: bool = False) -> str:
    """The code of how a print follows from a recalculated figure, or `` where no fair reading gives it.

    `ok`, `half_even_condition`, `rounded_count_condition`, `unrounded_inputs_condition`, `truncated_not_rounded`.
    """
    fair = readings(number, text, strict) if given is None else given
    if any(made.value in reading for reading in fair):
        return "ok"
    simple = next((r for r in fair if r.plain), None)
    if simple and not number["rounded_to"] and _prints(half_even, made.value, number):
        return "half_even_condition"
    if made.low != made.high and any(reading.touches(made.low, made.high) for reading in fair):
        return "rounded_count_condition" if made.counts else "unrounded_inputs_condition"
    if simple and len(fair) == 1 and _prints(truncated, made.value, number):
        return "truncated_not_rounded"
    return ""


def likely(number: Number, made: Span, text: str = "") -> bool:
    """Whether another formula explains a print: at its last digit, since a slip is not a rough figure."""
    if any(reading.plain for reading in readings(number, text)) and not truth(number["approximate"]):
        return fit(number, made, text, [plain(abs(number.value), number.step / 2)]) not in ("", "truncated_not_rounded")
    return rounds_to(number, made.value)


def _prints(rule, value: Fraction, number: Number) -> bool:
    return rule(value / number.scale, number.decimals) * number.scale == abs(number.value)


def rounds_to(number: Number, value: Fraction) -> bool:
    """Whether the figure prints as this number, half up, no words considered."""
    return half_up(value / number.scale, number.decimals) * number.scale == abs(number.value)


# --- direction ------------------------------------------------------------------------------------------------

SAME = re.compile(
    r"no (appreciable |significant |real |material |discernible |overall |substantial )?(change|trend|difference)"
    r"|stabl|stabil|steady(?! (rise|increase|decline|fall|decrease|improve))|similar|the same|comparable|in line"
    r"|unchang|consistent with|level with|static|flat|constant|plateau|not change|maintain"
    r"|remain(ed|s)? (broadly|at|around|largely)"
    r"|on a par|equal to|close to"
)
UP = re.compile(
    r"increas|\bris(e|es|en|ing)\b|\brose\b|\bup\b|upward|higher|\bmore\b|\bgr(ew|ow)|growth|above|greater|\bgain|climb"
    r"|exceed|surge|escalat|jump|doubl|tripl|trebl|quadrupl|-?fold\b|\bover\b|larger|peak"
)
DOWN = re.compile(
    r"decreas|\bfall|\bfell\b|\bdrop|\bdown|lower|\bfewer\b|\bless\b|reduc|declin|below|\bcut\b|shr(a|u)nk|halv|diminish"
    r"|\bunder\b|smaller|slump|dip"
)


def direction(*texts) -> int | None:
    """+1 for a rise, -1 for a fall, 0 for no change, of the first text that says one alone; None where none does."""
    for text in texts:
        plain_text = str(text or "").strip().lower()
        if plain_text in ("+", "plus"):
            return 1
        if plain_text in ("-", "\u2212", "minus"):
            return -1
        if SAME.search(plain_text):
            return 0
        up, down = bool(UP.search(plain_text)), bool(DOWN.search(plain_text))
        if up != down:
            return 1 if up else -1
    return None


def printed_direction(number: Number, text: str = "") -> int | None:
    """Where the print says the figure went: by its field, its sign, its word, its unit, and last by the sentence."""
    named = direction(number["direction"])
    if named is None and number.value is not None and number.value < 0:
        return -1
    if named is None:
        named = direction(number["word"], number["sign"] if number["sign"] not in (1, -1) else None, number["unit"])
    if named is None and isinstance(number["value"], str) and re.match(r"\s*\+", number["value"]):
        return 1
    return _direction_beside(number, text) if named is None else named


ROSE = re.compile(
    r"\bincreas|\bris(e|es|en|ing)\b|\brose\b|\bgr(ew|own|owth)\b|\bup (by|from|\d)|\bclimb|\bhigher\b|\babove\b"
)
SANK = re.compile(
    r"\bdecreas|\bfall(s|en|ing)?\b|\bfell\b|\bdrop|\bdeclin|\breduc|\bdown (by|from|\d)|\blower\b|\bbelow\b"
)


def _direction_beside(number: Number, text: str) -> int | None:
    """The direction that the words around the printed figure say, where they say one alone."""
    place = _place(number, text)
    if place is None:
        return None
    around_it = " ".join(text[: place[0]].lower().split()[-6:] + ["%"] + text[place[1] :].lower().split()[:5])
    up, down = bool(ROSE.search(around_it)), bool(SANK.search(around_it))
    return None if up == down else (1 if up else -1)


def _place(number: Number, text: str) -> tuple[int, int] | None:
    """Where a printed figure stands in its sentence; None where it is not found once."""
    printed = str(number["value"] or "").strip().rstrip("%").strip()
    found = [m.span() for m in re.finditer(rf"(?<![\d.,]){re.escape(printed)}(?![\d]|[.,]\d)", text)] if printed else []
    return found[0] if len(found) == 1 else None


def said_in_points(number: Number, text: str) -> bool:
    """Whether the sentence calls the printed figure percentage points."""
    place = _place(number, text)
    after = text[place[1] :].lower() if place else ""
    return bool(re.match(r"\s*(%|per ?cent)?[\s-]*((percentage|percent|%)[\s-]*points?|pps?)\b", after))


GROWTH = r"(increase|rise|growth|more|higher|greater|larger|up)"


def said_as_growth(number: Number, text: str) -> bool | None:
    """Whether the words next to a printed percentage make it an increase (`a 100% rise`, `up by 100%`).

    None where `100% of` or `to 100%` makes it a multiple; False where neither is said.
    """
    place = _place(number, text)
    after = text[place[1] :].lower() if place else ""
    before = text[: place[0]].lower() if place else ""
    if re.match(r"\s*(%|per ?cent)?\s+of\b", after) or re.search(r"\bto\s*$", before):
        return None
    if re.match(rf"\s*(%|per ?cent)?\s*{GROWTH}", after) or re.search(rf"{GROWTH}\w*\s+(of|by)\s*$", before):
        return True
    return False


def number_of(text) -> Fraction | None:
    got = parse(str(text)) if text is not None else None
    return got.value if got else None
