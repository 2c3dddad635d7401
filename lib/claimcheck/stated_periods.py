"""Periods as reports print them: `2017/18`, `Q4 2017-18`, `31 March 2018`, `mid-2016`, `2014-16`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DASH = r"\s*[-/\u2013\u2014]\s*"
NOT_STATED = re.compile(r"^(not (stated|given|printed|known|said)|unknown|unstated|unspecified|none|n/?a|\?|-)?$")


class Period(NamedTuple):
    """A printed period: which reporting years it may mean, and when it ends.

    years : calendar years in which its financial or calendar year may start or stand
    end : months since year 0 at which it ends
    kind : `year`, `quarter`, `month`, `months` (another number of them), `calendar`, `range`, or `malformed` for
        a label no period has
    """

    years: frozenset[int]
    end: int
    kind: str
    months: int = 12


def period(text: object) -> Period | None:
    """The period of a printed label; None where there is none in it (see `_read`)."""
    return _read(str(text or "").strip().lower())


@lru_cache(maxsize=4096)  # a draft prints the same labels over and over
def _read(label: str) -> Period | None:
    """The period of a printed label; None where there is none in it.

    `years` holds the year in which the financial year ends: 2017/18 and 31 March 2018 hold 2018, and so does a bare
    2018, which official tables use for the year to March.
    """
    if not label or NOT_STATED.match(label):
        return None
    if match := DAY.fullmatch(label):
        return _month(int(match[3]) + (2000 if len(match[3]) == 2 else 0), int(match[2]), label)
    if match := SHORT_YEAR.fullmatch(label):
        return _pair(2000 + int(match[1]), match[2], None, label) if int(match[2]) == int(match[1]) + 1 else None
    if match := MONTHS_APART.search(label):
        return _span_of_months(match, label)
    quarter = QUARTER.search(label)
    so_far = SO_FAR.search(label)
    number = int(so_far[1]) if so_far else int(quarter[1] or quarter[2] or quarter[3]) if quarter else None
    if match := re.search(rf"\b(19|20)(\d\d)({DASH})((?:19|20)?\d\d)\b(?!\d)", label):
        pair = _pair(int(match[1] + match[2]), match[4], number, label)
        return pair._replace(kind="months", months=3 * number) if so_far and number and number > 1 else pair
    month = re.search(rf"\b({'|'.join(MONTHS)})[a-z]*\b", label)
    year = re.search(r"\b(19|20)\d\d(?=\b|q)", label)
    if not year:
        return None
    y = int(year[0])
    if number:  # calendar or financial: not said, so either
        return Period(frozenset({y, y + 1}), 12 * y + 3 * number, "quarter", 3)
    if month:
        return _month(y, MONTHS.index(month[1]) + 1, label)
    return Period(frozenset({y}), 12 * y + (6 if "mid" in label else 12), "calendar")


QUARTER = re.compile(r"\bq(?:uarter)?\s*([1-4])\b|-q([1-4])\b|\b(?:19|20)\d\dq([1-4])\b")
SO_FAR = re.compile(
    r"(?:\d\d to|\bq(?:uarter)?\s*1 ?(?:to|-|\u2013)) ?(?:the end of )?q(?:uarter)?\s*([1-4])\b"
)  # 2020-21 to Q2
DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]((?:20)?\d\d)")
SHORT_YEAR = re.compile(r"(\d\d)\s*[/\u2013-]\s*(\d\d)")
MONTH = rf"({'|'.join(MONTHS)})[a-z]*"
MONTHS_APART = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH}(?: ((?:19|20)\d\d))?\s*(?:to|until|-|\u2013|\u2014)\s*"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH}(?: ((?:19|20)\d\d))?"
)


def _month(year: int, month: int, label: str) -> Period | None:
    """A month, or the year that ends with it where the label speaks of a year."""
    if not 1 <= month <= 12:
        return None
    years = frozenset({year if month <= 3 else year + 1})
    yearly = re.search(r"year|12 months|twelve months", label)
    return Period(years, 12 * year + month, "year" if yearly else "month", 12 if yearly else 1)


def _span_of_months(match: re.Match, label: str) -> Period | None:
    """`April to June 2021`, `September 2017 - March 2018`, `Q2 2021/22 (April to June)`."""
    first, last = MONTHS.index(match[1]) + 1, MONTHS.index(match[3]) + 1
    months = (last - first) % 12 + 1
    outside = f"{label[: match.start()]} {label[match.end() :]}"
    beside = period(outside) if re.search(r"\d", outside) else None
    if beside is not None and beside.kind == "quarter":
        starts = (beside.end - 3) % 12 + 1
        agree = starts == first and months == 3
        return beside if agree or len(beside.years) > 1 else beside._replace(kind="malformed")
    year = match[4] or match[2]
    if year is None:
        return beside
    y = int(year) if match[4] else int(year) + (last < first)
    if match[2] and match[4]:
        months += 12 * max(0, int(match[4]) - int(match[2]) - (last < first))
    years = frozenset({y if last <= 3 else y + 1})
    kind = {1: "month", 3: "quarter", 12: "year"}.get(months, "months")
    return Period(years, 12 * y + last, kind, months)


def _pair(first: int, second: str, quarter: int | None, label: str) -> Period:
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if len(second) == 2 and last < first and int(second) == (first + 1) % 100:
        last += 100  # 1999-00
    if last == first + 1:
        end = 12 * first + 3 + (3 * quarter if quarter else 12)
        return Period(frozenset({last}), end, "quarter" if quarter else "year", 3 if quarter else 12)
    if last > first + 1:
        return Period(frozenset(range(first, last + 1)), 12 * last + 12, "range", 12 * (last - first + 1))
    return Period(frozenset({first}), 12 * first + 12, "malformed")


def same_year(one, other) -> bool | None:
    """Whether two printed periods may be of the same year; None where either is not a period."""
    a, b = period(one), period(other)
    if a is None or b is None:
        text_a, text_b = (str(x or "").strip().lower() for x in (one, other))
        return True if text_a and text_a == text_b else None
    if "range" in (a.kind, b.kind):
        return a.years == b.years if a.kind == b.kind else a.years >= b.years or b.years >= a.years
    return bool(a.years & b.years)


def not_stated(text) -> bool:
    """Whether a field says in words that the period is not printed."""
    return isinstance(text, str) and bool(text.strip()) and bool(NOT_STATED.match(text.strip().lower()))


def apart(one: Period, other: Period) -> bool:
    """Whether two labels cannot be of one period: other years, or other months where both name theirs."""
    if not one.years & other.years:
        return True
    exact = ("quarter", "month", "months")
    if one.kind not in exact or other.kind not in exact or len(one.years | other.years) > 1:
        return False
    starts = max(one.end - one.months, other.end - other.months)
    return starts >= min(one.end, other.end)
