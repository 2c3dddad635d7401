"""Periods as reports print them: `2017/18`, `Q4 2017-18`, `31 March 2018`, `mid-2016`, `2014-16`."""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DASH = r"\s*[-/\u2013\u2014]\s*"
NOT_STATED = re.compile(r"^(not (stated|given|printed|known|said)|unknown|unstated|unspecified|none|n/?a|\?|-)?$")


class Period(NamedTuple):
    """A printed period: which reporting years it may mean, and when it ends.

    years : calendar years in which its financial or calendar year may start or stand
    end : months since year 0 at which it ends
    kind : `year`, `quarter`, `month`, `calendar`, `range`, or `malformed` for a label no period has
    """

    years: frozenset[int]
    end: int
    kind: str
    months: int = 12


def period(text) -> Period | None:
    """The period of a printed label; None where there is none in it.

    `years` holds the year in which the financial year ends: 2017/18 and 31 March 2018 hold 2018, and so does a bare
    2018, which official tables use for the year to March.
    """
    label = str(text or "").strip().lower()
    if not label or NOT_STATED.match(label):
        return None
    quarter = re.search(r"\bq(?:uarter)?\s*([1-4])\b|-q([1-4])\b", label)
    number = int(quarter[1] or quarter[2]) if quarter else None
    if match := re.search(rf"\b(19|20)(\d\d)({DASH})((?:19|20)?\d\d)\b(?!\d)", label):
        return _pair(int(match[1] + match[2]), match[4], number, label)
    month = re.search(rf"\b({'|'.join(MONTHS)})[a-z]*\b", label)
    year = re.search(r"\b(19|20)\d\d\b", label)
    if not year:
        return None
    y = int(year[0])
    if number:  # calendar or financial: not said, so either
        return Period(frozenset({y, y + 1}), 12 * y + 3 * number, "quarter", 3)
    if month:
        m = MONTHS.index(month[1]) + 1
        ends = y if m <= 3 else y + 1
        yearly = re.search(r"year|12 months|twelve months", label)
        return Period(frozenset({ends}), 12 * y + m, "year" if yearly else "month", 12 if yearly else 1)
    return Period(frozenset({y}), 12 * y + (6 if "mid" in label else 12), "calendar")


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
