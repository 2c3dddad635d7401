"""Numbers and labels as text: a number is rounded once, half up in decimals, at the moment a reader will see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard

NOT_SHOWN = "not shown"  # a number that is not there: withheld, missing or never asked, which only its cell can tell
MINUS = "\N{MINUS SIGN}"
PARTS = ("", "quarter", "two quarters", "three quarters")
# Words of the returns that a reader writes otherwise.
SPELT = {
    "idva": "IDVA",
    "lgbt": "LGBT",
    "childrens social care": "Children's social care",
    "imd": "Index of Multiple Deprivation",
    "idaci": "Income deprivation affecting children (IDACI)",
    "idaopi": "Income deprivation affecting older people (IDAOPI)",
    "barriers": "Barriers to housing and services",
}
PERIOD = re.compile(r"(\d{4}-\d{2})-(Q[1-4])")
ACRONYMS = re.compile(r"\b(hrda|cdop|lsoa|imd|idaci|idaopi)\b")
LISTED = 4  # labels above which their number and ends stand for them
NUMBERS = "no one two three four five six seven eight nine".split()


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Half up, away from zero, on the shortest decimal text of the number: 2.675 to two places is 2.68."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # −0 is 0


def _there(value: float | None) -> TypeGuard[float]:
    """Whether there is a figure to print."""
    return value is not None and value == value


def hundredfold(value: float) -> float:
    """A share in per cent, in decimals: 0.8645 is 86.45, which floats make 86.449999."""
    return float(Decimal(repr(float(value))) * 100)


def count(value: float | None) -> str:
    """A count with thousands separated: 254,275. Blank is `not shown`, never 0: a cell says why."""
    return f"{rounded(value):,}" if _there(value) else NOT_SHOWN


def rate(value: float | None, decimals: int = 1) -> str:
    """A rate or an average, printed to `decimals` places: 103.8."""
    return f"{rounded(value, decimals):,}" if _there(value) else NOT_SHOWN


def percent(value: float | None, decimals: int = 1) -> str:
    """A share (fraction of 1) as a percentage: 0.268 is 26.8%."""
    return f"{rounded(hundredfold(value), decimals):,}%" if _there(value) else NOT_SHOWN


def points(value: float | None, decimals: int = 1) -> str:
    """A difference of two shares (fractions of 1) in percentage points: 0.0165 is 1.7 percentage points."""
    return f"{rounded(hundredfold(value), decimals):,} percentage points" if _there(value) else NOT_SHOWN


def money(value: float | None) -> str:
    """Whole pounds: £134,428, and −£105 where more went out than there was."""
    return f"{MINUS if rounded(value) < 0 else ''}£{abs(rounded(value)):,}" if _there(value) else NOT_SHOWN


def ordinal(value: float | None) -> str:
    """67 is 67th, 21 is 21st, 112 is 112th."""
    if not _there(value):
        return NOT_SHOWN
    number = int(value)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def signed(text: str, value: float) -> str:
    """The text of a number's size with its sign before it: +4.0%, −20.1%; none where it rounds to nought."""
    nought = not re.search(r"[1-9]", text)
    return text if nought else f"{'+' if value > 0 else MINUS}{text}"


def when(text: object) -> str:
    """Periods as they are read, in a sentence too: `2017-18-Q4` is 2017-18 Q4, `2017-18 to Q2` the first two quarters
    of 2017-18."""
    text = re.sub(r"(\d{4}-\d{2})-(Q[1-4])", r"\1 \2", str(text))
    return re.sub(r"(\d{4}-\d{2}) to Q([1-3])", lambda match: f"the first {PARTS[int(match[2])]} of {match[1]}", text)


def day(on: date) -> str:
    """A date as it is read: 31 March 2018."""
    return f"{on.day} {on:%B %Y}"


def series(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; `a, of b; and c` where one has a comma of its own; nothing for no items."""
    *head, last = texts = list(items) or [""]
    comma = ";" if any(", " in text for text in texts) else ","
    return f"{f'{comma} '.join(head)}{comma.strip(',')} and {last}" if head else last


def few(labels: list[str], last: str = "") -> str:
    """Labels as `series`; of more than LISTED the first and the last: `several, first 2014-15 Q1 and last 2017-18 Q3`
    (how many would be a number of no table). last : a label of which it is said then whether it is among them, as the newest"""
    if len(labels) <= LISTED:
        return series(f"{number} points of {each}" if number > 1 else each for each, number in Counter(labels).items())
    newest = "" if not last else ", the newest" if labels[-1] == last else ", not the newest"
    return f"several, first {labels[0]} and last {labels[-1]}{newest}"


def plural(number: float | None, one: str, many: str = "") -> str:
    """A number with its noun: `no referrals`, `one referral`, `44 referrals`; `an unstated number of
    referrals`."""
    many = many or f"{one}s"
    if not _there(number):
        return f"an unstated number of {many}"
    whole = rounded(number)
    text = NUMBERS[int(whole)] if whole in (0, 1) else f"{whole:,}"
    return f"{text} {one if whole == 1 else many}"


def label(text: str) -> str:
    """A label of a dimension as a reader writes it: `2017-18 Q4`, `Children's social care`, `Not recorded`."""
    text = PERIOD.sub(r"\1 \2", str(text)).replace("_", " ")
    if text in SPELT:
        return SPELT[text]
    text = ACRONYMS.sub(lambda match: match[0].upper(), text)
    return text[:1].upper() + text[1:] if text.split(" ")[0].islower() else text
