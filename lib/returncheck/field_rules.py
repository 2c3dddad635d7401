"""Rules between the fields of a row, the period's last day, and neighbourhoods outside the area.

A rule that a field breaks refuses the row where the field is one that every row needs; else the field gives no value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from lscb.periods import Quarter

from .cell_reading import NOT_KNOWN, VALUE
from .column_reading import Read
from .dictionary import beside
from .headings import Match
from .neighbourhoods import Places, census_in_force
from .problems import NO_VALUE, Where

AFTER = "The date lies after the period's last day ({0:%d/%m/%Y}): "


@dataclass
class Rows:
    """The rows of one sheet as they are read: their columns, which of them are refused, and what was said of them."""

    match: Match
    rows: np.ndarray  # 0-based
    columns: dict[str, Read | None]
    where: Where
    refused: np.ndarray
    problems: list[pd.DataFrame] = field(default_factory=list)

    def place(self, name: str) -> tuple[int | None, str, str]:
        """Column, heading and field, as a problem names them."""
        at = self.match.fields[name]
        return at, self.match.heads[at], name

    def needs(self, name: str) -> bool:
        """Whether a row without this field cannot be counted."""
        return self.match.of.needs(name)

    def say(self, name: str, mask: np.ndarray, rule: str, severity: str) -> None:
        """A problem of some rows' field. `refuse` refuses the row, or takes the value where the field is optional."""
        read = self.columns[name]
        if read is None or not mask.any():
            return
        hit, todo = np.flatnonzero(mask), ""
        if severity == "refuse" and self.needs(name):
            self.refused[hit] = True
        elif severity == "refuse":
            severity, todo = "warn", NO_VALUE
            read.emptied = mask if read.emptied is None else read.emptied | mask
        self.problems.append(
            self.where.problem(self.rows[hit], self.place(name), read.texts(hit), rule, severity, todo)
        )

    def days(self, name: str) -> np.ndarray | None:
        """A field's dates, or None where it has no column."""
        read = self.columns.get(name)
        return None if read is None else np.asarray(read.typed(), "datetime64[D]")

    def numbers(self, name: str) -> np.ndarray | None:
        """A field's numbers, or None where it has no column."""
        read = self.columns.get(name)
        return None if read is None else pd.array(read.typed(), dtype="Float64").to_numpy(float, na_value=np.nan)


def states(read: Read) -> np.ndarray:
    """The state of each row's cell: one that gives no value for a fault in it is not known."""
    result = read.spread(np.where((read.severity == 3) & (read.states == VALUE), NOT_KNOWN, read.states))
    return result if read.emptied is None else np.where(read.emptied, NOT_KNOWN, result)


def apply(rows: Rows, period: Quarter, places: Places) -> None:
    """Every rule between fields, in the order of the dictionary."""
    for name, read in rows.columns.items():
        if read is None or not len(rows.rows):
            continue
        for rules, severity in ((read.f.allowed, "refuse"), (read.f.warn, "warn")):
            if read.f.type == "date":
                _order(rows, name, rules, severity)
            elif read.f.type in ("whole_number", "number"):
                _amounts(rows, name, rules, severity)
        if read.f.type == "date":
            _after_the_period(rows, name, period)
        elif read.f.type == "period" and name == rows.match.of.dated_by:
            cells = [v if isinstance(v, str) else None for v in read.values]
            later = np.array([v is not None and Quarter.parse(v) > period for v in cells], bool)
            rule = f"The quarter lies after {period}: set aside, send it with that quarter's return."
            rows.say(name, read.spread(later), rule, "refuse")
        elif read.f.type == "lsoa":
            _neighbourhoods(rows, name, read, places, period)


def _others(rules: dict[str, Any]) -> list[tuple[str, bool]]:
    """The fields that a field must not be after or before, and whether it is after."""
    return [(other, name == "not_after") for name in ("not_after", "not_before") for other in beside(rules, name)]


def _order(rows: Rows, name: str, rules: dict[str, Any], severity: str) -> None:
    mine, f = rows.days(name), rows.match.of.fields[name]
    if mine is None:
        return
    for other, late in _others(rules):
        days = rows.days(other)
        if days is not None:
            mask = mine > days if late else mine < days
            rows.say(name, mask, f"{name} lies {'after' if late else 'before'} {other}. {f.rule}", severity)
    birthday = rules.get("before_birthday")
    born = rows.days(birthday["of"]) if birthday else None
    if birthday and born is not None:
        rule = f"On this day the child was {birthday['years']} or older. {f.rule}"
        rows.say(name, mine >= birthdays(born, birthday["years"]), rule, severity)


def _amounts(rows: Rows, name: str, rules: dict[str, Any], severity: str) -> None:
    mine, f = rows.numbers(name), rows.match.of.fields[name]
    for other, late in _others(rules):
        others = rows.numbers(other)
        if mine is not None and others is not None:
            mask = mine > others if late else mine < others
            rows.say(name, mask, f"{name} is {'more' if late else 'less'} than {other}. {f.rule}", severity)


def _after_the_period(rows: Rows, name: str, period: Quarter) -> None:
    mine, f = rows.days(name), rows.match.of.fields[name]
    if mine is None:
        return
    later, rule = mine > np.datetime64(period.last_day), AFTER.format(period.last_day)
    if name == rows.match.of.dated_by:
        rows.say(name, later, rule + "set aside, send it with the next quarter's return.", "refuse")
    elif not f.allowed.get("future"):
        rows.say(name, later, rule + "not used as if it had happened by then. Check it.", "warn")


def _neighbourhoods(rows: Rows, name: str, read: Read, places: Places, period: Quarter) -> None:
    """Codes of the census whose neighbourhoods the period's Indices have; most codes are of both censuses."""
    codes = [v if isinstance(v, str) else "" for v in read.values]
    census = max(int(read.f.allowed.get("census", 2011)), census_in_force(period))
    other = np.array([places.of_other_census(c, census) for c in codes], bool)
    outside = np.array([bool(c) and not places.inside(c, census) for c in codes], bool) & ~other
    rule = (
        "The code is of the other census and its area was split or "
        f"merged, so it has no like code of {census}. The row counts without a neighbourhood."
    )
    rows.say(name, read.spread(other), rule, "refuse")
    rows.say(name, read.spread(outside), "The neighbourhood is not in this area. Check it.", "warn")


def birthdays(born: np.ndarray, years: int) -> np.ndarray:
    """The `years`-th birthday; of those born on 29 February it falls on 1 March in other years."""
    months = born.astype("datetime64[M]")
    inside = (born - months.astype("datetime64[D]")).astype("timedelta64[D]")
    return (months + np.timedelta64(12 * years, "M")).astype("datetime64[D]") + inside
