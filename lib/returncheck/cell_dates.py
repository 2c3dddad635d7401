"""Dates as people and systems write them: an impossible, partial or doubtful date gives no value."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from .cell_reading import VALUE, How, Reading, dash, narrow, refuse, shown
from .dictionary import Field

EARLIEST = date(1940, 1, 1)  # nobody counted here was born or referred before it: an older date is a slip
LATEST_YEAR = 2100
NO_TIME = (0, 0, 0, "")
SWAPPED = (
    "Excel may have swapped day and month here: other dates of the column stayed text because it could not. Check it."
)
MONTHS = {m: i for i, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
     "sep sept september", "oct october", "nov november", "dec december"), 1) for m in names.split()}  # fmt: skip
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK = re.compile(
    r"(?:[T\s]\s*|,\s*)(?:at\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$",
    re.I,
)
NUMERIC = re.compile(r"(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]{3,9})\.?[\s\-/.,]*"
    r"|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]+)(\d{4}|\d{2}|'\d{2})",  # Feb 2018 is no 20 February
    re.I,
)


def serial(number: float, epoch_1904: bool) -> date | None:
    """The day of an Excel serial number; None outside 1940 to 2100 (2017 is a year, not the 2,017th day)."""
    try:
        when = (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=int(number))
    except (OverflowError, ValueError):
        return None
    return when if EARLIEST <= when and when.year <= LATEST_YEAR else None


def day(raw: Any, f: Field, how: How) -> Reading:
    """A calendar date. A bare number is read as Excel's day and named."""
    if isinstance(raw, (bool, time, timedelta)):
        return refuse(f"A date is expected; this cell is a time or TRUE/FALSE. {f.rule}")
    if isinstance(raw, (int, float)):
        when = serial(raw, how.epoch_1904)
        if when is None:
            return refuse(f"The number {shown(raw)} is not a date. Write day/month/year, such as 31/03/2018. {f.rule}")
        return _likely(when, f, "note", f"A number without a date format, read as {shown(when)}.")
    if not isinstance(raw, date):
        return _date_text(raw, f, how)
    when = raw.date() if isinstance(raw, datetime) else raw
    if how.suspect_serials and when.day <= 12 and when.day != when.month:
        return _likely(when, f, "warn", SWAPPED)
    return _likely(when, f)


def _likely(when: date, f: Field, severity: str = "", rule: str = "") -> Reading:
    if when < EARLIEST or when.year > LATEST_YEAR:
        return refuse(f"{shown(when)} is not a likely date. {f.rule}")
    return Reading(when, VALUE, severity, rule)


def _date_text(text: str, f: Field, how: How) -> Reading:
    """A date as text: a weekday before it must be the right one, a time after it is dropped as local time."""
    bad = refuse(f'"{text[:40]}" is not a date of the calendar. Write day/month/year, such as 31/03/2018. {f.rule}')
    body, clock = _without_time(narrow(text).strip())
    if clock is None:
        return bad
    body, named_day = _without_weekday(body)
    parts = _ymd(body, how)
    if parts is None:
        if re.fullmatch(r"\d{5}(\.\d+)?", body) and clock == NO_TIME and (when := serial(float(body), how.epoch_1904)):
            rule = f"A bare number, read as Excel's day {shown(when)}. Check it, and format the column as a date."
            return _likely(when, f, "warn", rule)
        return dash(text) or bad
    year, month, day_, ambiguous = parts
    try:
        moment = datetime(year, month, day_, *clock[:3])
    except ValueError:
        return bad
    if named_day is not None and moment.weekday() != named_day:
        return refuse(f'"{text[:40]}": the weekday and the date disagree. {f.rule}')
    moment = _local(moment, clock[3]) if clock[3] else moment
    if ambiguous and how.contradicted:
        other = f"{month:02d}/{day_:02d}/{year}" if how.dates == "day first" else f"{day_:02d}/{month:02d}/{year}"
        rule = (
            f"The column mixes day-first and month-first dates: read {how.dates}, "
            f"but could be {other} the other way round. Check it."
        )
        return _likely(moment.date(), f, "warn", rule)
    return _likely(moment.date(), f)


def _without_time(body: str) -> tuple[str, tuple[int, int, int, str] | None]:
    """A text's date, and hour, minute, second and zone of its time of day; None for a time that is none."""
    clock = CLOCK.search(body)
    if clock is None or NUMERIC.fullmatch(body):
        return body, NO_TIME
    hour, minute, second, zone = int(clock[1]), int(clock[2]), int(clock[3] or 0), (clock[5] or "")
    half = (clock[4] or "").replace(".", "").casefold()
    if half:
        if not 1 <= hour <= 12:
            return body, None
        hour = hour % 12 + 12 * (half == "pm")
    if hour > 23 or minute > 59 or second > 59:
        return body, None
    return body[: clock.start()].strip().rstrip(","), (hour, minute, second, zone)


def _without_weekday(body: str) -> tuple[str, int | None]:
    weekday = re.match(r"([a-z]{3,9})\.?,?\s+(?=\d)", body, re.I)
    if weekday and weekday[1][:3].casefold() in DAYS and weekday[1].casefold() not in MONTHS:
        return body[weekday.end() :], DAYS.index(weekday[1][:3].casefold())
    return body, None


def _ymd(body: str, how: How) -> tuple[int, int, int, bool] | None:
    """Year, month, day as written, and whether another order would give another real date."""
    if re.fullmatch(r"\d{8}", body):
        iso = _real(int(body[:4]), int(body[4:6]), int(body[6:]))
        other = _real(int(body[4:]), int(body[2:4]), int(body[:2]))
        return (int(body[:4]), int(body[4:6]), int(body[6:]), False) if iso and not other else None
    if match := NUMERIC.fullmatch(body):
        a, b, c = match[1], match[3], match[4]
        if len(a) == 4 and len(c) <= 2:
            return int(a), int(b), int(c), False
        if len(a) > 2 or len(c) not in (2, 4):
            return None
        if how.dates == "year first" and len(c) == 2:
            return _century(int(a), int(b), int(c), how), int(b), int(c), False
        first, second = int(a), int(b)
        day_, month = (second, first) if how.dates == "month first" else (first, second)
        year = int(c) if len(c) == 4 else _century(int(c), month, day_, how)
        return year, month, day_, first <= 12 and second <= 12 and first != second
    if match := WORDED.fullmatch(body):
        name = (match[2] or match[3]).casefold()
        if name not in MONTHS:
            return None
        month, day_, text = MONTHS[name], int(match[1] or match[4]), match[5].lstrip("'")
        return (int(text) if len(text) == 4 else _century(int(text), month, day_, how)), month, day_, False
    return None


def _real(year: int, month: int, day: int) -> bool:
    try:
        return EARLIEST.year <= date(year, month, day).year <= LATEST_YEAR
    except ValueError:
        return False


def _century(two: int, month: int, day: int, how: How) -> int:
    """The century that does not put a two-digit year after the period's end."""
    return (
        2000 + two
        if (2000 + two, month, day) <= (how.last_day.year, how.last_day.month, how.last_day.day)
        else 1900 + two
    )


def _local(when: datetime, zone: str) -> datetime:
    from datetime import timezone
    from zoneinfo import ZoneInfo

    if zone.upper() in ("Z", "UTC"):
        offset = timedelta()
    else:
        digits = zone.replace(":", "")
        offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5])) * (-1 if digits[0] == "-" else 1)
        if abs(offset) >= timedelta(hours=24):
            return when
    return when.replace(tzinfo=timezone(offset)).astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)


def orders(texts: list[str]) -> tuple[bool, bool]:
    """Whether texts hold dates that only day first, and that only month first, makes possible."""
    day = month = False
    for text in texts:
        match = re.match(r"\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?!\d)", text)
        if match:
            first, second = int(match[1]), int(match[2])
            day, month = day or first > 12 >= second, month or second > 12 >= first
    return day, month
