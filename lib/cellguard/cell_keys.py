"""The key of a cell, and how it is had from another's: other labels, an earlier period, an earlier issue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lscb.long_table import NOT_DIMENSIONS, TOTAL
from lscb.periods import Quarter, year_label

Key = tuple[str, tuple[tuple[str, str], ...]]
PART = " · "  # between a share's measure and which of its own numbers is meant
YEAR = re.compile(r"\d{4}(-\d{2})?")  # a whole year, financial or calendar
BACK = ("quarters_back", "years_back")  # of a declared number: the same one of an earlier period
OF_ITS_YEAR = ("year so far", "year before", "end of the year before")  # a declared number's period, from its total's


def cell_key(measure: str, labels: dict | Iterable[tuple[str, str]]) -> Key:
    """The key of a cell: its measure and its labels, `Total` (and blank) left out, year-to-date in one spelling."""
    pairs = labels.items() if isinstance(labels, dict) else labels
    kept = ((d, _label(d, label)) for d, label in pairs if label is not None and label == label)
    return measure, tuple(sorted((d, label) for d, label in kept if label not in (TOTAL, "")))


def _label(dimension: str, label) -> str:
    """A label as text. The year to its first quarter is that quarter, to its fourth the year."""
    text = str(label)
    if dimension == "period" and " to Q" in text:
        return text.replace(" to Q1", "-Q1").replace(" to Q4", "")
    return text


def parse(asked, measure: str | None = None) -> Key:
    """A cell given by a person: a key, a dict or a tuple of pairs with `measure` and the dimensions, as a key."""
    if isinstance(asked, tuple) and len(asked) == 2 and isinstance(asked[0], str) and isinstance(asked[1], tuple):
        return cell_key(*asked)
    labels = {k: v for k, v in dict(asked).items() if k not in NOT_DIMENSIONS}
    return cell_key(str(labels.pop("measure", measure or "count")), labels)


def written(key: Key) -> str:
    """A key as a person reads it: `referrals: area E06000045, period 2017-18-Q4, sex female`."""
    return f"{key[0]}: " + ", ".join(f"{d} {label}" for d, label in key[1])


def changed(key: Key, labels: dict) -> Key | None:
    """The same cell with other labels; a label of `Total` drops the dimension.

    `quarters_back` and `years_back` among the labels move the period, and so does a period of OF_ITS_YEAR; None where
    the period has no such quarter or year.
    """
    own_labels, labels = dict(key[1]), dict(labels)
    if labels.get("period") in OF_ITS_YEAR:
        labels["period"] = _of_its_year(own_labels.get("period", ""), labels["period"])
    quarters, years = (int(labels.pop(name, 0)) for name in BACK)
    if quarters or years:
        labels["period"] = _earlier(own_labels.get("period", ""), quarters, years)
    return None if None in labels.values() else cell_key(key[0], own_labels | labels)


def _earlier(period: str, quarters: int, years: int) -> str | None:
    """A period so many quarters and years before: of a quarter, or by whole years of any other."""
    if re.fullmatch(r"\d{4}-\d{2}-Q[1-4]", period):
        return str(Quarter.parse(period) - (quarters + 4 * years))
    if quarters or not (match := re.fullmatch(r"(\d{4})(-\d{2})?( to Q[23])?", period)):
        return None
    start = int(match[1]) - years
    return (year_label(start) if match[2] else str(start)) + (match[3] or "")


def _of_its_year(period: str, span: str) -> str | None:
    """The financial year of a period up to its end, the whole year before it, or that year's last quarter."""
    if not (match := re.fullmatch(r"(\d{4})-\d{2}(?:(?:-| to )Q([1-4]))?", period)):
        return None
    if span == "year so far":
        return f"{period[:7]} to Q{match[2] or 4}"
    before = year_label(int(match[1]) - 1)
    return before if span == "year before" else f"{before}-Q4"


@lru_cache(maxsize=100_000)  # a model asks again and again, of a few thousand
def issue_of(key: Key) -> tuple:
    """What is revised together: the figures of a measure, an area and a period."""
    labels = dict(key[1])
    return key[0], labels.get("area"), labels.get("period")


def issue_key(key: Key, number: int) -> Key:
    return (key[0], (*key[1], ("issue", f"before revision {number}"))) if number else key
