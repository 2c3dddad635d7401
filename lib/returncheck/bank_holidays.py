"""Bank holidays of England and Wales, and working days between two dates."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd


def ended_in_time(start: pd.Series, end: pd.Series, days: int) -> int:
    """How many ended within so many working days of their start; the day after the start is the first."""
    if not len(start):
        return 0
    first, last = start.to_numpy("datetime64[D]"), end.to_numpy("datetime64[D]")
    years = range(int(str(first.min())[:4]), int(str(last.max())[:4]) + 1)
    holidays = np.array([d for y in years for d in bank_holidays(y)], "datetime64[D]")
    return int((np.busday_count(first + 1, last + 1, holidays=holidays) <= days).sum())


# Days that were moved or added by proclamation (gov.uk, bank holidays of England and Wales).
MOVED: dict[int, dict[date | None, tuple[date, ...]]] = {
    2011: {None: (date(2011, 4, 29),)},
    2012: {date(2012, 5, 28): (date(2012, 6, 4), date(2012, 6, 5))},
    2020: {date(2020, 5, 4): (date(2020, 5, 8),)},
    2022: {date(2022, 5, 30): (date(2022, 6, 2), date(2022, 6, 3)), None: (date(2022, 9, 19),)},
    2023: {None: (date(2023, 5, 8),)},
}


def bank_holidays(year: int) -> list[date]:
    """The bank holidays of England and Wales in a year, substitute days included."""
    easter = _easter(year)
    days = {easter - timedelta(days=2), easter + timedelta(days=1)}
    days |= {_monday(date(year, 5, 1)), _monday(date(year, 5, 25)), _monday(date(year, 8, 25))}
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in days:
            day += timedelta(days=1)
        days.add(day)
    for was, now in MOVED.get(year, {}).items():
        days = (days - {was}) | set(now)
    return sorted(days)


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
