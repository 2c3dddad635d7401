"""Counts, amounts and gestations."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

from .cell_reading import VALUE, How, Reading, dash, narrow, refuse, shown, warn
from .dictionary import Field

WEEKS_AND_DAYS = re.compile(
    r"(\d{1,2})\s*\+\s*([0-6])(?:\s*/\s*7)?|(\d{1,2})\s*w(?:ee)?k?s?\.?,?\s*(?:and\s+)?([0-6])\s*d(?:ays?)?", re.I
)


def number(raw: Any, f: Field, how: How) -> Reading:
    """A count or an amount; nil is 0, and pounds may have their sign and their commas."""
    if isinstance(raw, bool):
        return refuse(f"A number is expected; this cell is {shown(raw)}. {f.rule}")
    if isinstance(raw, (date, time, timedelta)):
        return refuse(
            f"Excel holds a date or a time here, not a number. Format the cell as a number and type it again. {f.rule}"
        )
    if isinstance(raw, str):
        text = narrow(raw).strip()
        if text.casefold() in ("nil", "zero"):
            return limits(0.0, f)
        if f.unit == "pounds":
            text = re.sub(r"^(-?)\s*£\s*", r"\1", text)
        if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", text) or not text.isascii():
            return dash(raw) or refuse(f'"{raw[:60]}" is not a number. {f.rule}')
        raw = float(text)
    return limits(float(raw), f)


def limits(value: float, f: Field) -> Reading:
    """A number within what the dictionary allows, with a warning beyond what it calls usual."""
    if abs(value) >= 1e15:
        return refuse("A number of more than 15 digits has lost digits.")
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
    low, high = f.warn.get("min"), f.warn.get("max")
    if (low is not None and value < low) or (high is not None and value > high):
        return warn(value, f"An unusual number: check it. {f.rule}")
    return Reading(value, VALUE)


def gestation(raw: Any, f: Field, how: How) -> Reading:
    """Weeks. 24+3 is 24 weeks 3 days; a decimal is read only where the partner's mapping declares decimal weeks."""
    if isinstance(raw, (bool, date, time, timedelta)):
        return refuse(f"Excel holds a date, a time or TRUE/FALSE here. {f.rule}")
    text = narrow(shown(raw)).strip()
    if days := WEEKS_AND_DAYS.fullmatch(text):
        weeks = float(days[1] or days[3]) + int(days[2] or days[4]) / 7
    elif weeks_only := re.fullmatch(r"(\d{1,2})\s*(?:w(?:ee)?k?s?)?", text, re.I):
        weeks = float(weeks_only[1])
    elif how.decimal_weeks and re.fullmatch(r"\d{1,2}\.\d{1,3}", text):
        weeks = float(text)
    else:
        return dash(text) or refuse(f'"{text[:40]}" is not a gestation. {f.rule}')
    return limits(weeks, f)
