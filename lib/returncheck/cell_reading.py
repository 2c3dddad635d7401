"""What a cell can say: a value, one of four states beside a value, or a problem in the sender's words.

Nothing here guesses. A cell whose reading a careful person would doubt gives no value and says why; a cell that is
read, but should be looked at, gives its value and a warning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from .dictionary import Field, fold
from .grid import Broken

VALUE, MISSING, NOT_KNOWN, SUPPRESSED, NOT_APPLICABLE = range(5)
STATE_NAMES = ("value", "missing", "not_known", "suppressed", "not_applicable")

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
DASHES = {"-", "–", "—", "--", "none", "nil", ".", "..", ":"}
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "########"}
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u061c"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # what turns the order in which letters are shown


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
    numbered: bool = False  # most references of the column hold a digit
    words: dict[str, str] = field(default_factory=dict)  # this partner's words for this field


def refuse(rule: str) -> Reading:
    """A cell that gives no value, and why."""
    return Reading(None, VALUE, "refuse", rule)


def warn(value: Any, rule: str) -> Reading:
    """A cell that is read, and should be looked at."""
    return Reading(value, VALUE, "warn", rule)


def shown(raw: Any) -> str:
    """A cell as text, as a person sees it in a sheet without special formats."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        no_decimals = abs(raw) < 1e15 and raw == int(raw)  # neither infinite nor no number
        return str(int(raw)) if no_decimals else repr(raw)
    if isinstance(raw, datetime):
        return _day(raw) if raw.time() == time() else f"{_day(raw)} {raw:%H:%M:%S}"
    if isinstance(raw, date):
        return _day(raw)
    return str(raw)


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"  # strftime drops the zeros of the year 18


def clean(text: str) -> str:
    """Outer blanks (non-breaking ones too) and a guard against formulas dropped; inner text as it is."""
    out = text.strip().strip("\u00a0\u200b\ufeff\u2007\u202f \t\r\n")
    if len(out) > 1 and out[0] == "'" and (out[1] in "=+-@" or (out[1].isalnum() and out.count("'") == 1)):
        out = out[1:]  # 'V10011: Excel's own mark of a text, exported with it
    if out.startswith('="') and out.endswith('"') and '"' not in out[2:-1] and len(out) > 3:
        out = out[2:-1]  # ="00123": how systems keep Excel from dropping the zeros of a text
    return out


def narrow(text: str) -> str:
    """Full-width letters and odd blanks as the usual ones. A superscript or a fraction stays: 5² is not 52."""
    if text.isascii():
        return text
    text = text.translate(dict.fromkeys(map(ord, INVISIBLE)))
    return "".join(
        unicodedata.normalize("NFKC", c) if c.isspace() or unicodedata.decomposition(c).startswith("<wide>") else c
        for c in text
    )


def state_reading(f: Field, state: int) -> Reading:
    """A state. A field that lists "not known" among its values keeps it as a value too."""
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


def dash(text: str) -> Reading | None:
    """The refusal of a text that could mean several things, or None for any other text."""
    if text.casefold() in DASHES:
        return refuse(
            f'"{text}" could mean none, not known or not applicable: write which (0, no, N/K, N/A) or leave it blank.'
        )
    return None


def error(text: str) -> Reading | None:
    """The refusal of a text that is the name of an error, or None for any other text."""
    if text.upper() in ERRORS or re.fullmatch(r"#+", text):
        return refuse(f"The cell holds {text}. Type the value itself.")
    return None


def broken(raw: Broken) -> Reading:
    """The refusal of a cell without a readable value."""
    return refuse(f"The cell holds no readable value: {raw}. Type the value itself.")
