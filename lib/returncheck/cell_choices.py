"""Answers: yes or no, one of a list, several of a list, with the letters and numbers that systems put before them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

from .cell_reading import VALUE, How, Reading, dash, error, narrow, refuse, shown, warn
from .dictionary import Field, fold

YES, NO = {"y", "yes", "true", "1"}, {"n", "no", "false", "0"}
TICKS, CROSSES = {"✓", "✔", "☑", "√"}, {"x", "×", "✗", "✘"}
NOT_A_LIST = "Excel has turned this list into a {0}. Format the cell as text and write 7;8. "
# a) Yes; q) 6: Police; F1: Full time; WBRI - White British; 1 - Male; (b) No; 2. Suicide
CODED = re.compile(r"\s*\(?\s*([A-Za-z]{1,4}|[A-Za-z]?\d{1,2}[A-Za-z]?)\s*[-–—.:)]+\s*(\S.*)", re.S)


def yes_no(raw: Any, f: Field, how: How) -> Reading:
    """Yes or no; a blank is neither."""
    if isinstance(raw, (date, time, timedelta)):
        return refuse(f"Excel holds a date or a time here. {f.rule}")
    answer = _answer(shown(raw), how)
    if answer is None and (coded := CODED.fullmatch(shown(raw))):
        answer = _answer(coded[2], How(how.last_day)) if len(coded[2]) > 1 else None
    if answer is not None:
        return Reading(answer, VALUE)
    one = f.values.get(fold(shown(raw)))
    if one in ("yes", "no"):
        return Reading(one == "yes", VALUE)
    if shown(raw).strip().casefold() in CROSSES:
        return refuse(f'"{shown(raw)}" may mean yes or no in a column that is not all ticks: write Yes or No. {f.rule}')
    return dash(shown(raw)) or refuse(f'"{shown(raw)[:60]}" is not yes or no. {f.rule}')


def _answer(text: str, how: How) -> bool | None:
    text = text.strip().casefold()
    if text in YES or text in TICKS or (how.ticks and text in CROSSES):
        return True
    return False if text in NO else None


def choice(raw: Any, f: Field, how: How) -> Reading:
    """One value of the dictionary's list; another is kept with a warning where the dictionary says so."""
    if isinstance(raw, (date, time, timedelta)):
        return refuse(f"Excel holds a date or a time here. {f.rule}")
    text = shown(raw)
    one = one_of(text, f)
    if one is None and "yes" in f.values and (answer := _answer(text, how)) is not None:
        one = f.values["yes"] if answer else f.values.get("no")
    if one is not None:
        return Reading(one, VALUE)
    if fault := error(text):
        return fault
    doubt = dash(text)
    if doubt is None and f.allowed.get("others") == "keep" and len(text) <= 60 and any(c.isalpha() for c in text):
        return warn(text, f'"{text}" is not on the list of the dictionary; kept as sent. {f.rule}')
    return doubt or refuse(f'"{text[:60]}" is not one of: {listed(f)}. {f.rule}')


def listed(f: Field, most: int = 12) -> str:
    """The allowed values as a sender reads them."""
    names = list(f.canonical)
    return ", ".join(names[:most]) + (
        f" and {len(names) - most} more (see the dictionary)" if len(names) > most else ""
    )


def one_of(text: str, f: Field) -> str | None:
    """The value that a text names, or None. With a code before it, code and name must not name two values."""
    folded = fold(text)
    if "?" in text:
        return None  # the sender is not sure, and nobody else is
    if folded.isdigit():  # without its punctuation 1.0 would be 10, and 3- would be 3
        exact = re.fullmatch(r"\(?0?(\d{1,2})(?:\.0*)?\)?", narrow(text).strip())
        return f.values.get(exact[1]) if exact else None
    if folded in f.values and folded:
        return f.values[folded]
    numbered = re.fullmatch(r"(?:category|cat\.?|code|option)\s*0?(\d{1,2})", text.strip(), re.I)
    if numbered and numbered[1] in f.values:
        return f.values[numbered[1]]
    return _coded(text, f)


def _coded(text: str, f: Field, depth: int = 2) -> str | None:
    """`8 - Perinatal event` where number and name agree; `a) Yes`, `F1: Full time`, `q) 6: Police` by the words."""
    code = CODED.fullmatch(text)
    if code is None or not depth:
        return None
    by_code = f.values.get(fold(code[1].lstrip("0")))
    by_name = f.values.get(fold(code[2])) or _coded(code[2], f, depth - 1)
    if by_code and by_name:
        return by_code if by_code == by_name else None
    if by_name and not (code[1].isdigit() and code[1].lstrip("0") not in f.values and "1" in f.values):
        return by_name
    # A code of the field's own list before words that are not on it: 903 codes are letters and digits together.
    return by_code if by_code and len(code[1]) > 1 and code[1].isalnum() and not code[1].isdigit() else None


def choices(raw: Any, f: Field, how: How) -> Reading:
    """Several values, `;` between them, in the order of the dictionary, each once."""
    if isinstance(raw, (date, time, timedelta)):
        return refuse(NOT_A_LIST.format("date (7/8 is 7 August to it)") + f.rule)
    if isinstance(raw, float) and raw != int(raw):
        return refuse(NOT_A_LIST.format("number with decimals") + f.rule)
    text = shown(raw)
    single = one_of(text, f)
    parts = [text] if single is not None else [p for p in re.split(r"[;|\n\r]+", text) if p.strip()]
    if len(parts) == 1 and single is None and re.fullmatch(r"\s*\d{1,2}(\s*(,|/|&|\+|\band\b|\s)\s*\d{1,2})+\s*", text):
        parts = re.findall(r"\d{1,2}", text)
    values = [one_of(p, f) for p in parts]
    if not values or None in values:
        return dash(text) or refuse(f'"{text[:60]}" is not a list of: {listed(f)}. {f.rule}')
    order = {v: i for i, v in enumerate(f.canonical)}
    return Reading(";".join(sorted({v for v in values if v is not None}, key=order.__getitem__)), VALUE)
