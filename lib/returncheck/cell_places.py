"""Neighbourhood codes and financial quarters."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from lscb.periods import Quarter, year_label

from .cell_dates import MONTHS
from .cell_reading import VALUE, How, Reading, dash, narrow, refuse, shown
from .dictionary import Field
from .postcode_shapes import LIKE

PERIODS = (
    re.compile(r"(\d{4}|\d{2})\s*[-/]\s*(\d{4}|\d{2})\s*[-/,]?\s*(?:quarter|qtr|q)\s*([1-4])", re.I),
    re.compile(r"(?:quarter|qtr|q)\s*([1-4])\s*[-/,(]?\s*(?:of\s+)?(\d{4}|\d{2})\s*[-/]\s*(\d{4}|\d{2})\)?", re.I),
)
YEARS = re.compile(r"(?:fy|financial year)?\s*(\d{4}|\d{2})\s*[-/]\s*(\d{4}|\d{2})", re.I)
MONTH_SPANS = {(4, 6): 1, (7, 9): 2, (10, 12): 3, (1, 3): 4}


def lsoa(raw: Any, f: Field, how: How) -> Reading:
    """A neighbourhood's code. A postcode is none until it is placed (see postcode_cells), and no report keeps it."""
    text = re.sub(r"\s+", "", narrow(shown(raw))).upper() if isinstance(raw, str) else shown(raw)
    if re.fullmatch(r"[EW]01\d{6}", text):
        return Reading(text, VALUE)
    if LIKE.fullmatch(text):
        return refuse(f"A postcode is not kept. {f.rule}")
    return dash(shown(raw)) or refuse(f'"{shown(raw)[:40]}" is not a neighbourhood code. {f.rule}')


def quarter(raw: Any, f: Field, how: How) -> Reading:
    """A financial quarter, kept as 2017-18-Q4."""
    if not isinstance(raw, str):
        kind = "a date" if isinstance(raw, date) else "a number"
        return refuse(f"A quarter is expected; this cell is {kind}. {f.rule}")
    when = quarter_of(raw)
    if when:
        return Reading(str(when), VALUE)
    return dash(raw) or refuse(f'"{raw[:40]}" is not a financial quarter. {f.rule}')


def financial_year(raw: Any, f: Field, how: How) -> Reading:
    """A financial year, kept as 2017-18; written 2017/18, 2017-2018, 17/18 or FY 2017-18 as well. A year alone could be
    the one it begins or ends in."""
    if not isinstance(raw, str):
        kind = "a date" if isinstance(raw, date) else "one number"
        return refuse(f"A financial year is expected; this cell is {kind}. {f.rule}")
    parts = YEARS.fullmatch(narrow(raw).strip().replace("–", "-"))
    year = _first_year(parts[1], parts[2]) if parts else None
    if year is not None:
        return Reading(year_label(year), VALUE)
    return dash(raw) or refuse(f'"{raw[:40]}" is not a financial year. {f.rule}')


def _first_year(start: str, end: str) -> int | None:
    """The year that a financial year begins in, of both as they are written; None where the second does not follow."""
    first = int(start) if len(start) == 4 else 2000 + int(start)
    follows = int(end) == first + 1 if len(end) == 4 else int(end) == (first + 1) % 100
    return first if follows and (len(start) == 4 or len(end) == 2) else None


@lru_cache(4096)
def quarter_of(text: str) -> Quarter | None:
    """A financial quarter as people write it: 2017-18-Q4, Q4 2017/18, Quarter 4 2017-18, Jan-Mar 2018."""
    body = narrow(text).strip().replace("–", "-")
    for i, pattern in enumerate(PERIODS):
        if parts := pattern.fullmatch(body):
            start, end, number = (parts[1], parts[2], parts[3]) if i == 0 else (parts[2], parts[3], parts[1])
            year = _first_year(start, end)
            return None if year is None else Quarter(year, int(number))
    span = re.fullmatch(r"([a-z]{3,9})\s*(?:-|to)\s*([a-z]{3,9})\s+(\d{4})", body, re.I)
    if span and span[1].casefold() in MONTHS and span[2].casefold() in MONTHS:
        months = MONTHS[span[1].casefold()], MONTHS[span[2].casefold()]
        if months in MONTH_SPANS:
            return Quarter(int(span[3]) - (months == (1, 3)), MONTH_SPANS[months])
    return None
