"""What one cell says: a value, one of four states beside a value, or a problem in the sender's words.

Nothing here guesses. A cell whose reading a careful person would doubt gives no value and says why; a cell that is
read, but should be looked at, gives its value and a warning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from lscb.periods import Quarter

from .dictionary import Field, fold

VALUE, MISSING, NOT_KNOWN, SUPPRESSED, NOT_APPLICABLE = range(5)
STATE_NAMES = ("value", "missing", "not_known", "suppressed", "not_applicable")
EARLIEST = date(1940, 1, 1)  # nobody counted here was born or referred before it: an older date is a slip
LATEST_YEAR = 2100

# Words for the states, as partners write them (folded). A field's own values and a partner's mapping come first.
NOT_KNOWN_WORDS = {
    fold(w)
    for w in (
        "N/K|NK|not known|unknown|not recorded|not stated|not specified|unspecified|don't know|DK|U/K|unk|"
        "to be confirmed|TBC|unavailable|not available"
    ).split("|")
}
NOT_APPLICABLE_WORDS = {fold(w) for w in ("N/A", "NA", "not applicable", "not app")}
LESS_THAN = re.compile(
    r"(?:<|&lt;|≤|<=|less than|fewer than|under)\s*(?:or equal to\s*)?\d{1,3}|\d or (?:fewer|under|less)", re.I
)
NOBODY = {
    fold(w)  # what is typed where a reference is missing; read as one it would join strangers
    for w in (
        "null|nan|as above|see above|as before|same|same as above|ditto|do|blank|empty|withheld|redacted|removed|"
        "anonymous|anon|confidential|pending|awaited|no ID|no reference|no number|not given|test|xx|xxx|xxxx"
    ).split("|")
}
YES, NO = {"y", "yes", "true", "1"}, {"n", "no", "false", "0"}
TICKS, CROSSES = {"✓", "✔", "☑", "√"}, {"x", "×", "✗", "✘"}
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
PERIODS = (
    re.compile(r"(\d{4})\s*[-/]\s*(\d{4}|\d{2})\s*[-/,]?\s*(?:quarter|qtr|q)\s*([1-4])", re.I),
    re.compile(r"(?:quarter|qtr|q)\s*([1-4])\s*[-/,(]?\s*(?:of\s+)?(\d{4})\s*[-/]\s*(\d{4}|\d{2})\)?", re.I),
)
MONTH_SPANS = {(4, 6): 1, (7, 9): 2, (10, 12): 3, (1, 3): 4}


class Broken(str):
    """A cell that holds no readable value (an error, a formula without a stored value). Its text says why."""


class Reading(NamedTuple):
    """What a cell says. `severity` is blank, `note`, `warn` or `refuse`; `rule` is the sentence the sender sees."""

    value: Any
    state: int
    severity: str = ""
    rule: str = ""


@dataclass(frozen=True)
class How:
    """What is known of a column or its file before its cells are read."""

    last_day: date
    dates: str = "day first"
    epoch_1904: bool = False
    ticks: bool = False  # every filled cell of the column is a tick or an x
    contradicted: bool = False  # the column has dates that its declared order makes impossible
    suspect_serials: bool = False  # real dates with days up to 12 beside text dates with days over 12
    decimal_weeks: bool = False
    words: dict[str, str] = field(default_factory=dict)  # this partner's words for this field
    number_format: str = ""


def refuse(rule: str) -> Reading:
    return Reading(None, VALUE, "refuse", rule)


def shown(raw: Any) -> str:
    """A cell as text, as a person sees it in a sheet without special formats."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw == int(raw) and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.strftime("%d/%m/%Y") if raw.time() == time() else raw.strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(raw, date):
        return raw.strftime("%d/%m/%Y")
    return str(raw)


def clean(text: str) -> str:
    """Outer blanks (non-breaking ones too) and our own guard against formulas dropped; inner text as it is."""
    out = text.strip().strip("\u00a0\u200b\ufeff\u2007\u202f \t\r\n")
    if len(out) > 1 and out[0] == "'" and out[1] in "=+-@":
        out = out[1:]
    if out.startswith('="') and out.endswith('"') and '"' not in out[2:-1] and len(out) > 3:
        out = out[2:-1]  # ="00123": how systems keep Excel from dropping the zeros of a text
    return out


def narrow(text: str) -> str:
    """Full-width letters and odd blanks as the usual ones. A superscript or a fraction stays: 5² is not 52."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFKC", c) if c.isspace() or unicodedata.decomposition(c).startswith("<wide>") else c
        for c in text
    )


def read_cell(raw: Any, f: Field, how: How) -> Reading:
    """One cell of field `f`. The order: broken cells, blanks, the partner's own words, states, then the type."""
    if isinstance(raw, Broken):
        return refuse(f"The cell holds no readable value: {raw}. Type the value itself.")
    if raw is None:
        return Reading(None, MISSING)
    if isinstance(raw, float) and (raw != raw or raw in (float("inf"), float("-inf"))):
        return refuse("The cell holds no number.")
    if isinstance(raw, str):
        text = clean(raw)
        if not text:
            return Reading(None, MISSING)
        if len(text) > 2000:
            return refuse("The cell holds more than 2,000 characters: quotes or line breaks may have swallowed others.")
        if any(ord(c) < 32 and c not in "\t\r\n" for c in text):
            return refuse("The cell holds control characters: the text is damaged. Type it again.")
        if "\ufffd" in text:
            return refuse("Some letters were lost when the file was saved. Type the value again.")
        if how.words:
            ours = how.words.get(text, how.words.get(fold(text)))
            if ours is not None:
                if ours in STATE_NAMES[1:]:
                    return _state(f, STATE_NAMES.index(ours))
                text = raw = ours
        state = state_of(text, f)
        if state is not None:
            return _state(f, state)
        return _READERS[f.type](text, f, how)
    if how.words and isinstance(raw, (int, float)):
        ours = how.words.get(shown(raw))
        if ours is not None:
            return _state(f, STATE_NAMES.index(ours)) if ours in STATE_NAMES[1:] else _READERS[f.type](ours, f, how)
    return _READERS[f.type](raw, f, how)


def _state(f: Field, state: int) -> Reading:
    # A field that lists "not known" among its values keeps it as a value too: three states of the field's own.
    value = STATE_NAMES[state] if STATE_NAMES[state] in f.canonical else None
    return Reading(value, state)


def state_of(text: str, f: Field) -> int | None:
    """The state that a text stands for, or None where it is to be read as a value."""
    folded = fold(text)
    if folded in f.states:
        return STATE_NAMES.index(f.states[folded])
    if folded and f.values.get(folded) in STATE_NAMES[1:]:
        return STATE_NAMES.index(f.values[folded])
    if folded in f.values:
        return None
    if text in ("*", "**"):
        return SUPPRESSED
    if f.type in ("whole_number", "number"):
        if text in ("c", "C", "[c]") or LESS_THAN.fullmatch(text):
            return SUPPRESSED
        if text in ("z", "Z", "[z]"):
            return NOT_APPLICABLE
    if text in ("?", "??") or (text in ("#N/A", "#N/A!")):
        return None
    if folded in NOT_KNOWN_WORDS:
        return NOT_KNOWN
    if folded in NOT_APPLICABLE_WORDS:
        return NOT_APPLICABLE
    return None


DASHES = {"-", "–", "—", "--", "none", "nil", ".", "..", ":"}


def _dash(text: str) -> Reading | None:
    if text.casefold() in DASHES:
        return refuse(
            f'"{text}" could mean none, not known or not applicable: write which (0, no, N/K, N/A) or leave it blank.'
        )
    return None


# --- text and identifiers ---------------------------------------------------------------------------------------


def _identifier(raw: Any, f: Field, how: How) -> Reading:
    if isinstance(raw, bool) or isinstance(raw, (date, time, timedelta)):
        return refuse(
            "A reference is text; this cell is a date, a time or TRUE/FALSE. Format the cell as text and type it again."
        )
    if isinstance(raw, (int, float)):
        if raw != int(raw):
            return refuse(
                "A reference is text; this cell is a number with decimals. Format the cell as text and type it again."
            )
        if abs(raw) >= 1e15:
            return refuse(
                "A number of more than 15 digits has lost digits in Excel. Format "
                "the column as text and type the reference again."
            )
        raw = str(int(raw))
    if (dash := _dash(raw)) is not None:
        return dash
    if fold(raw) in NOBODY or not any(c.isalnum() for c in raw):
        return refuse(f'"{raw[:40]}" is not a reference: write the code itself, or leave the cell blank.')
    if re.fullmatch(r"[+-]?\d+(\.\d+)?[eE]\+\d+|\d\.\d+[eE]-?\d+", raw):
        return refuse(
            "Scientific notation has lost the digits of a reference. Format the column as text and type it again."
        )
    if re.fullmatch(r"\d{16,}", raw) and not raw[15:].strip("0"):
        return refuse(
            "Excel has replaced the last digits of this reference by "
            "zeros. Format the column as text and type it again."
        )
    if raw.startswith("#") and raw.rstrip("!?").isupper() and raw.upper() in _ERRORS:
        return refuse(f"The cell holds the error {raw}. Type the value itself.")
    if not raw.strip("0"):
        return Reading(None, NOT_KNOWN)  # "0" is how systems fill an empty reference; it never joins two people
    if len(raw) > 100 or "\n" in raw or "\r" in raw:
        return refuse("A reference is one short line; this cell holds more.")
    return Reading(raw, VALUE)


_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "########"}


def _text(raw: Any, f: Field, how: How) -> Reading:
    if isinstance(raw, (date, time, timedelta)):
        return refuse(
            "Text is expected; Excel has turned this cell into a date or time. Format it as text and type it again."
        )
    text = shown(raw)
    if text.upper() in _ERRORS or re.fullmatch(r"#+", text):
        return refuse(f"The cell holds {text}. Type the value itself.")
    return _dash(text) or Reading(text, VALUE)


# --- numbers ----------------------------------------------------------------------------------------------------


def _number(raw: Any, f: Field, how: How) -> Reading:
    if isinstance(raw, bool):
        return refuse(f"A number is expected; this cell is {shown(raw)}. {f.rule}")
    if isinstance(raw, (date, time, timedelta)):
        return refuse(
            f"Excel holds a date or a time here, not a number. Format the cell as a number and type it again. {f.rule}"
        )
    if isinstance(raw, str):
        text = narrow(raw).strip()
        if text.casefold() in ("nil", "zero"):
            return _limits(0.0, f)
        if f.unit == "pounds":
            text = re.sub(r"^(-?)\s*£\s*", r"\1", text)
        if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", text) or not text.isascii():
            return _dash(raw) or refuse(f'"{raw[:60]}" is not a number. {f.rule}')
        raw = float(text)
    return _limits(float(raw), f)


def _limits(value: float, f: Field) -> Reading:
    if f.type == "whole_number" and value != int(value):
        return refuse(f"A whole number is expected. {f.rule}")
    low, high = f.allowed.get("min"), f.allowed.get("max")
    if (low is not None and value < low) or (high is not None and value > high):
        between = (
            f"from {low} to {high}"
            if low is not None and high is not None
            else (f"at least {low}" if high is None else f"at most {high}")
        )
        return refuse(f"The number must be {between}. {f.rule}")
    if abs(value) >= 1e15:
        return refuse("A number of more than 15 digits has lost digits.")
    low, high = f.warn.get("min"), f.warn.get("max")
    if (low is not None and value < low) or (high is not None and value > high):
        return Reading(value, VALUE, "warn", f"An unusual number: check it. {f.rule}")
    return Reading(value, VALUE)


def _gestation(raw: Any, f: Field, how: How) -> Reading:
    """Weeks. 24+3 is 24 weeks 3 days; a decimal is read only where the partner's mapping declares decimal weeks."""
    if isinstance(raw, bool) or isinstance(raw, (date, time, timedelta)):
        return refuse(f"Excel holds a date, a time or TRUE/FALSE here. {f.rule}")
    text = narrow(shown(raw)).strip()
    days = re.fullmatch(
        r"(\d{1,2})\s*\+\s*([0-6])(?:\s*/\s*7)?|(\d{1,2})\s*w(?:ee)?k?s?\.?,?\s*(?:and\s+)?([0-6])\s*d(?:ays?)?",
        text,
        re.I,
    )
    if days:
        weeks = float(days[1] or days[3]) + int(days[2] or days[4]) / 7
    elif whole := re.fullmatch(r"(\d{1,2})\s*(?:w(?:ee)?k?s?)?", text, re.I):
        weeks = float(whole[1])
    elif how.decimal_weeks and re.fullmatch(r"\d{1,2}\.\d{1,3}", text):
        weeks = float(text)
    else:
        return _dash(text) or refuse(f'"{text[:40]}" is not a gestation. {f.rule}')
    return _limits(weeks, f)


# --- yes or no, choices -----------------------------------------------------------------------------------------


def _yes_no(raw: Any, f: Field, how: How) -> Reading:
    if isinstance(raw, (date, time, timedelta)):
        return refuse(f"Excel holds a date or a time here. {f.rule}")
    text = shown(raw).strip().casefold()
    if text in YES or text in TICKS or (how.ticks and text in CROSSES):
        return Reading(True, VALUE)
    if text in NO:
        return Reading(False, VALUE)
    if text in CROSSES:
        return refuse(f'"{shown(raw)}" may mean yes or no in a column that is not all ticks: write Yes or No. {f.rule}')
    return _dash(shown(raw)) or refuse(f'"{shown(raw)[:60]}" is not yes or no. {f.rule}')


def _choice(raw: Any, f: Field, how: How) -> Reading:
    if isinstance(raw, (date, time, timedelta)):
        return refuse(f"Excel holds a date or a time here. {f.rule}")
    text = shown(raw)
    one = one_of(text, f)
    if one is not None:
        return Reading(one, VALUE)
    if text.upper() in _ERRORS or re.fullmatch(r"#+", text):
        return refuse(f"The cell holds {text}. Type the value itself.")
    dash = _dash(text)
    if dash is None and f.allowed.get("others") == "keep" and len(text) <= 60 and any(c.isalpha() for c in text):
        return Reading(text, VALUE, "warn", f'"{text}" is not on the list of the dictionary; kept as sent. {f.rule}')
    return dash or refuse(f'"{text[:60]}" is not one of: {listed(f)}. {f.rule}')


def listed(f: Field, most: int = 12) -> str:
    """The allowed values as a sender reads them."""
    names = list(f.canonical)
    return ", ".join(names[:most]) + (
        f" and {len(names) - most} more (see the dictionary)" if len(names) > most else ""
    )


def one_of(text: str, f: Field) -> str | None:
    """The value that a text names, or None. `8 - Perinatal event` is read where number and name agree."""
    folded = fold(text)
    if "?" in text:
        return None  # the sender is not sure, and nobody else is
    if folded.isdigit():  # without its punctuation 1.0 would be 10, and 3- would be 3
        exact = re.fullmatch(r"\(?0?(\d{1,2})(?:\.0*)?\)?", narrow(text).strip())
        return f.values.get(exact[1]) if exact else None
    if folded in f.values and folded:
        return f.values[folded]
    code = re.fullmatch(r"\s*(\d{1,2})\s*[-–.:)]\s*(.+)", text, re.S)
    if code and code[1].lstrip("0") in f.values and f.values.get(fold(code[2])) == f.values[code[1].lstrip("0")]:
        return f.values[code[1].lstrip("0")]
    return None


def _choices(raw: Any, f: Field, how: How) -> Reading:
    """Several values, `;` between them, in the order of the dictionary, each once."""
    if isinstance(raw, (date, time, timedelta)):
        return refuse(
            "Excel has turned this list into a date (7/8 is 7 August to "
            f"it). Format the cell as text and write 7;8. {f.rule}"
        )
    if isinstance(raw, float) and raw != int(raw):
        return refuse(
            f"Excel has turned this list into a number with decimals. Format the cell as text and write 7;8. {f.rule}"
        )
    text = shown(raw)
    whole = one_of(text, f)
    parts = [text] if whole is not None else [p for p in re.split(r"[;|\n\r]+", text) if p.strip()]
    if len(parts) == 1 and whole is None and re.fullmatch(r"\s*\d{1,2}(\s*(,|/|&|\+|\band\b|\s)\s*\d{1,2})+\s*", text):
        parts = re.findall(r"\d{1,2}", text)
    found = [one_of(p, f) for p in parts]
    if not found or None in found:
        return _dash(text) or refuse(f'"{text[:60]}" is not a list of: {listed(f)}. {f.rule}')
    order = {v: i for i, v in enumerate(f.canonical)}
    return Reading(";".join(sorted(set(found), key=order.__getitem__)), VALUE)


# --- dates ------------------------------------------------------------------------------------------------------


def serial(number: float, epoch_1904: bool) -> date | None:
    """The day of an Excel serial number; None outside 1940 to 2100 (2017 is a year, not the 2,017th day)."""
    try:
        day = (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=int(number))
    except (OverflowError, ValueError):
        return None
    return day if EARLIEST <= day and day.year <= LATEST_YEAR else None


def _date(raw: Any, f: Field, how: How) -> Reading:
    if isinstance(raw, bool) or isinstance(raw, (time, timedelta)):
        return refuse(f"A date is expected; this cell is a time or TRUE/FALSE. {f.rule}")
    if isinstance(raw, datetime):
        day = raw.date()
    elif isinstance(raw, date):
        day = raw
    elif isinstance(raw, (int, float)):
        found = serial(raw, how.epoch_1904)
        if found is None:
            return refuse(f"The number {shown(raw)} is not a date. Write day/month/year, such as 31/03/2018. {f.rule}")
        return _day(
            found, f, Reading(None, VALUE, "note", f"A number without a date format, read as {found:%d/%m/%Y}.")
        )
    else:
        return _date_text(raw, f, how)
    said = Reading(None, VALUE)
    if how.suspect_serials and day.day <= 12 and day.day != day.month:
        said = Reading(
            None,
            VALUE,
            "warn",
            (
                "Excel may have swapped day and month here: other dates of the "
                "column stayed text because it could not. Check it."
            ),
        )
    return _day(day, f, said)


def _day(day: date, f: Field, said: Reading | None = None) -> Reading:
    if day < EARLIEST or day.year > LATEST_YEAR:
        return refuse(f"{day:%d/%m/%Y} is not a likely date. {f.rule}")
    return Reading(day, VALUE, said.severity, said.rule) if said else Reading(day, VALUE)


def _date_text(text: str, f: Field, how: How) -> Reading:
    body, zone = narrow(text).strip(), ""
    bad = refuse(f'"{text[:40]}" is not a date of the calendar. Write day/month/year, such as 31/03/2018. {f.rule}')
    clock = CLOCK.search(body)
    hour = minute = second = 0
    if clock and not NUMERIC.fullmatch(body):
        hour, minute, second, zone = int(clock[1]), int(clock[2]), int(clock[3] or 0), (clock[5] or "")
        half = (clock[4] or "").replace(".", "").casefold()
        if half:
            if not 1 <= hour <= 12:
                return bad
            hour = hour % 12 + 12 * (half == "pm")
        if hour > 23 or minute > 59 or second > 59:
            return bad
        body = body[: clock.start()].strip().rstrip(",")
    weekday = re.match(r"([a-z]{3,9})\.?,?\s+(?=\d)", body, re.I)
    named_day = None
    if weekday and weekday[1][:3].casefold() in DAYS and weekday[1].casefold() not in MONTHS:
        named_day, body = DAYS.index(weekday[1][:3].casefold()), body[weekday.end() :]
    read = _ymd(body, how)
    if read is None:
        if re.fullmatch(r"\d{5}(\.\d+)?", body) and not clock:
            found = serial(float(body), how.epoch_1904)
            if found:
                return _day(
                    found,
                    f,
                    Reading(
                        None,
                        VALUE,
                        "warn",
                        (
                            f"A bare number, read as Excel's day {found:%d/%m/%Y}. "
                            "Check it, and format the column as a date."
                        ),
                    ),
                )
        return _dash(text) or bad
    year, month, day, ambiguous = read
    try:
        when = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return bad
    if named_day is not None and when.weekday() != named_day:
        return refuse(f'"{text[:40]}": the weekday and the date disagree. {f.rule}')
    if zone:
        when = _local(when, zone)
    if ambiguous and how.contradicted:
        other = f"{month:02d}/{day:02d}/{year}" if how.dates == "day first" else f"{day:02d}/{month:02d}/{year}"
        return _day(
            when.date(),
            f,
            Reading(
                None,
                VALUE,
                "warn",
                (
                    f"The column mixes day-first and month-first dates: read {how.dates}, "
                    f"but could be {other} the other way round. Check it."
                ),
            ),
        )
    return _day(when.date(), f)


def _ymd(body: str, how: How) -> tuple[int, int, int, bool] | None:
    """Year, month, day as written, and whether another order would give another real date."""
    if re.fullmatch(r"\d{8}", body):
        iso = _real(int(body[:4]), int(body[4:6]), int(body[6:]))
        other = _real(int(body[4:]), int(body[2:4]), int(body[:2]))
        return (int(body[:4]), int(body[4:6]), int(body[6:]), False) if iso and not other else None
    if found := NUMERIC.fullmatch(body):
        a, b, c = found[1], found[3], found[4]
        if len(a) == 4 and len(c) <= 2:
            return int(a), int(b), int(c), False
        if len(a) > 2 or len(c) not in (2, 4):
            return None
        if how.dates == "year first" and len(c) == 2:
            return _century(int(a), int(b), int(c), how), int(b), int(c), False
        first, second = int(a), int(b)
        day, month = (second, first) if how.dates == "month first" else (first, second)
        year = int(c) if len(c) == 4 else _century(int(c), month, day, how)
        return year, month, day, first <= 12 and second <= 12 and first != second
    if found := WORDED.fullmatch(body):
        name = (found[2] or found[3]).casefold()
        if name not in MONTHS:
            return None
        month, day, year = MONTHS[name], int(found[1] or found[4]), found[5].lstrip("'")
        return (int(year) if len(year) == 4 else _century(int(year), month, day, how)), month, day, False
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
        found = re.match(r"\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?!\d)", text)
        if found:
            first, second = int(found[1]), int(found[2])
            day, month = day or first > 12 >= second, month or second > 12 >= first
    return day, month


# --- places and periods -----------------------------------------------------------------------------------------


def _lsoa(raw: Any, f: Field, how: How) -> Reading:
    text = re.sub(r"\s+", "", narrow(shown(raw))).upper() if isinstance(raw, str) else shown(raw)
    if re.fullmatch(r"[EW]01\d{6}", text):
        return Reading(text, VALUE)
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", text):
        return refuse(f"A postcode is never read here, and is not kept in the report. {f.rule}")
    return _dash(shown(raw)) or refuse(f'"{shown(raw)[:40]}" is not a neighbourhood code. {f.rule}')


def _period(raw: Any, f: Field, how: How) -> Reading:
    if not isinstance(raw, str):
        return refuse(
            f"A quarter is expected; this cell is {'a date' if isinstance(raw, date) else 'a number'}. {f.rule}"
        )
    found = period(raw)
    return (
        Reading(str(found), VALUE)
        if found
        else (_dash(raw) or refuse(f'"{raw[:40]}" is not a financial quarter. {f.rule}'))
    )


@lru_cache(4096)
def period(text: str) -> Quarter | None:
    """A financial quarter as people write it: 2017-18-Q4, Q4 2017/18, Quarter 4 2017-18, Jan-Mar 2018."""
    body = narrow(text).strip().replace("–", "-")
    for i, pattern in enumerate(PERIODS):
        if found := pattern.fullmatch(body):
            start, end, number = (found[1], found[2], found[3]) if i == 0 else (found[2], found[3], found[1])
            if (int(start) + 1) % 100 == int(end) % 100 and (len(end) == 2 or int(end) == int(start) + 1):
                return Quarter(int(start), int(number))
            return None
    span = re.fullmatch(r"([a-z]{3,9})\s*(?:-|to)\s*([a-z]{3,9})\s+(\d{4})", body, re.I)
    if span and (MONTHS.get(span[1].casefold()), MONTHS.get(span[2].casefold())) in MONTH_SPANS:
        months = MONTHS[span[1].casefold()], MONTHS[span[2].casefold()]
        return Quarter(int(span[3]) - (months == (1, 3)), MONTH_SPANS[months])
    return None


_READERS = {
    "identifier": _identifier, "text": _text, "date": _date, "whole_number": _number, "number": _number,
    "yes_no": _yes_no, "choice": _choice, "choices": _choices, "gestation": _gestation, "lsoa": _lsoa,
    "period": _period,
}  # fmt: skip
