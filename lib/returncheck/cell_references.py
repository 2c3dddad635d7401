"""References: what stands for one person or event, and what is typed where there is none.

Read as a reference, "not provided" would make strangers one person, and an unseen letter would make one person two.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from typing import Any

from .cell_dates import NUMERIC
from .cell_reading import (
    ERRORS,
    INVISIBLE,
    NOT_KNOWN,
    NOT_KNOWN_WORDS,
    TURNING,
    VALUE,
    How,
    Reading,
    dash,
    narrow,
    refuse,
    warn,
)  # fmt: skip
from .dictionary import Field, fold
from .postcode_shapes import SPACED

NOBODY = {
    fold(w)  # what is typed where a reference is missing; read as one it would join strangers
    for w in (
        "null|nan|as above|see above|as before|same|same as above|ditto|do|blank|empty|withheld|redacted|removed|"
        "anonymous|anon|confidential|pending|awaited|no ID|no reference|no number|not given|test|xx|xxx|xxxx|n a|nka|"
        "missing|error|ref|id|various|multiple|several|other|others|new|yes|no|true|false"
    ).split("|")
}
# Words of which a reference never consists, with or without others beside them.
NOBODY_WORDS = set(
    "not none unknown declined refused provided given disclosed undisclosed withheld unidentified awaiting awaited "
    "pending confirmed supplied obtained stated recorded available applicable allocated assigned see notes note above "
    "below as per tbc tba nk unk anonymous anon victim victims perpetrator perpetrators perp client child mother "
    "father offender suspect person patient subject unborn baby mr mrs ms miss dr example sample dummy deceased".split()
)
LEADING = re.compile(
    r"(?:n\s*/\s*k|not\s|none\b|unknown\b|declined\b|refused\b|see\s|as\s+(?:above|before)|t\.?b\.?c\b|"
    r"awaiting\b|pending\b)",
    re.I,
)
TELEPHONE = re.compile(r"\+\d[\d\s()-]{8,}|0\d{2,4}[\s-]\d{3,8}(?:[\s-]\d{3,4})?|07\d{9}")
NHS_NUMBER = re.compile(r"\d{3}[\s-]\d{3}[\s-]\d{4}")
NAME = re.compile(r"[A-Z][a-z]{2,}")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# P1 & P2; V2/V3; 10233 and 10234: read as one reference they would be a person whom nobody has seen.
SEVERAL = re.compile(
    r"([A-Z]{1,6})[-/ ]?\d+(?:(?:\s*[/,;&+]\s*|\s+and\s+|\s+)\1[-/ ]?\d+)+"
    r"|\d{2,}(?:(?:\s*[;&+]\s*|,\s+|\s+and\s+)\d{2,})+",
    re.I,
)
LOST = "Format the column as text and type it again."


def identifier(raw: Any, f: Field, how: How) -> Reading:
    """A reference as text. What a number has lost, and what is no reference, gives no value."""
    if isinstance(raw, (bool, date, time, timedelta)):
        return refuse(
            "A reference is text; this cell is a date, a time or TRUE/FALSE. Format the cell as text and type it again."
        )
    if isinstance(raw, (int, float)):
        if raw != int(raw):
            return refuse(f"A reference is text; this cell is a number with decimals. {LOST}")
        if abs(raw) >= 1e15:
            return refuse(f"A number of more than 15 digits has lost digits in Excel. {LOST}")
        raw = str(int(raw))
    text, doubt = _visible(raw)
    if isinstance(doubt, Reading):
        return doubt
    return dash(text) or _damaged(text) or _nobody(text, f, how) or _whole(text, doubt)


def _visible(text: str) -> tuple[str, Reading | str]:
    """The text without letters that nobody sees, and a warning or a refusal about them."""
    if text.isascii():
        if number := re.fullmatch(r"(\d+)\.0+", text):
            return number[1], f'"{text}" is read as {number[1]}: a number stored with decimals.'
        if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
            plain = text.replace(",", "")
            return plain, f'"{text}" is read as {plain}: a number shown with commas.'
        return text, ""
    if any(c in TURNING for c in text):
        return text, refuse("The reference holds letters that turn its order on the screen. Type it again.")
    plain = narrow("".join(c for c in text if c not in INVISIBLE))
    if any(c.isalnum() and not c.isascii() and not unicodedata.name(c, "").startswith("LATIN") for c in plain):
        return text, refuse(
            "The reference holds letters or digits of another script that look like others. Type it again."
        )
    return plain, "The reference holds letters that are not seen; it is read without them." if plain != text else ""


def _damaged(text: str) -> Reading | None:
    """A reference that has lost digits, an error, or more than a reference."""
    if re.fullmatch(r"[+-]?\d+(\.\d+)?[eE]\+\d+|\d\.\d+[eE]-?\d+", text):
        return refuse(f"Scientific notation has lost the digits of a reference. {LOST}")
    if re.fullmatch(r"\d{16,}", text) and not text[15:].strip("0"):
        return refuse(f"Excel has replaced the last digits of this reference by zeros. {LOST}")
    if text.startswith("#") and text.rstrip("!?").isupper() and text.upper() in ERRORS:
        return refuse(f"The cell holds the error {text}. Type the value itself.")
    if len(text) > 100 or "\n" in text or "\r" in text:
        return refuse("A reference is one short line; this cell holds more.")
    return None


def _nobody(text: str, f: Field, how: How) -> Reading | None:
    """What is no reference of one person or event."""
    if fold(text) in NOBODY or not any(c.isalnum() for c in text):
        return refuse(f'"{text[:40]}" is not a reference: write the code itself, or leave the cell blank.')
    if fold(text) in NOT_KNOWN_WORDS or not text.strip("0"):
        return Reading(None, NOT_KNOWN)  # "0" is how systems fill an empty reference; it never joins two people
    person = f.sensitivity.startswith("identifying")
    words = [w.casefold() for w in WORD.findall(text)]
    digits = any(c.isdigit() for c in text)
    if (not digits and NOBODY_WORDS.intersection(words)) or LEADING.match(text):
        return refuse(f'"{text[:40]}" is not a reference: write the code itself, or leave the cell blank.')
    if "@" in text and "." in text.partition("@")[2]:
        return refuse("An e-mail address is no reference. Write the code that your system gives.")
    if NUMERIC.fullmatch(text) and re.search(r"[-/. ]", text) and re.search(r"\d{4}|\d{2}$", text):
        return refuse(f'"{text[:40]}" is a date, not a reference. Write the code that your system gives.')
    if person and SPACED.fullmatch(text):
        return refuse(
            "A postcode is no reference, and is not kept in the report. Write the code that your system gives."
        )
    telephone = TELEPHONE.fullmatch(text) and sum(c.isdigit() for c in text) >= 10
    if person and (telephone or NHS_NUMBER.fullmatch(text)):
        return refuse("A telephone or NHS number is no reference. Write the code that your system gives.")
    if person and SEVERAL.fullmatch(text):
        return refuse(f'"{text[:40]}" is more than one reference: write one in the cell.')
    if person and not digits and (len(words) > 1 or how.numbered or NAME.fullmatch(text)):
        return refuse(
            f'"{text[:40]}" has no number, unlike a reference: a name or a remark? Write the code of your system.'
        )
    if person and not digits and len(text) > 2:
        return warn(text, "A reference without a number is unusual: is it a name? Check it.")
    return None


def _whole(text: str, doubt: str) -> Reading:
    return warn(text, doubt) if doubt else Reading(text, VALUE)
