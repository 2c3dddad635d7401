"""Sums over time: quarters to years and to the year so far, years to rolling windows.

Numbers that no table prints but a sum gives away (the one missing quarter) are added.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

from .cell_keys import Key
from .cell_model import Terms
from .sum_collection import Named, Sums

YEAR = re.compile(r"(\d{4}-\d{2})(?:-Q([1-4])| to Q([123]))?")
SPANS = ((None, 4), ("to 3", 3), ("to 2", 2), ("to 1", 1))  # the year and the year so far, with their quarters
WINDOW = re.compile(r"([2-9]|\d\d) years")


def add_quarters(sums: Sums) -> None:
    """Quarters add to years, and the year so far is the sum of its quarters, for measures that add over time."""
    families = _years_with_quarters(sums)
    printed = set(sums.model.index)
    read: dict[str, set[Terms]] = defaultdict(set)
    for (measure, year, rest), periods in families.items():
        for end, last in SPANS:
            if end in periods:
                named = [(periods[end], 1), *((q, -1) for q in _of_year(measure, year, rest, last))]
                read[measure] |= sums.read(named)
    adding = {measure for measure, some in sorted(read.items()) if sums.adds_over_time(measure, some, "quarters")}
    for (measure, year, rest), periods in families.items():
        if measure in adding:
            _give_away(sums, periods, _of_year(measure, year, rest, 4), printed)
    for measure in adding:
        sums.keep(read[measure])


def _years_with_quarters(sums: Sums) -> dict[tuple[str, str, tuple], dict]:
    """(measure, year, other labels) -> the keys of its periods: quarters by number, None the year, `to 3` so far."""
    families: dict = defaultdict(dict)
    for (_, measure), keys in sums.sheets.items():
        if not sums.model.docs.adds(measure, "period"):
            continue
        for key in keys:
            if match := YEAR.fullmatch(dict(key[1]).get("period", "")):
                rest = tuple(p for p in key[1] if p[0] != "period")
                span = int(match[2]) if match[2] else match[3] and f"to {match[3]}"
                families[measure, match[1], rest][span] = key
    return {k: periods for k, periods in sorted(families.items()) if len(periods) > 1}


def _give_away(sums: Sums, periods: dict, quarters: list[Key], printed: set[Key]) -> None:
    """Quarters in no table that are what a year (so far) leaves of its others become numbers."""
    ends = {0: 0}
    for end, last in reversed(SPANS):
        value = sums.value(periods[end]) if end in periods else None
        if value is not None:
            named = [(periods[end], 1), *((q, -1) for q in quarters[:last])]
            if sums.stands(named) and not sums.fails((sums.model.number(key), c) for key, c in named):
                ends[last] = value
    for begin, last in combinations(sorted(ends), 2):  # the year less the year to Q3 is the fourth quarter
        values = {q: sums.value(q) for q in quarters[begin:last]}
        missing = [q for q, value in values.items() if value is None]
        if len(missing) == 1 and missing[0] not in printed:
            left = ends[last] - ends[begin] - sum(value for value in values.values() if value is not None)
            if left >= 0:
                sums.model.number(missing[0], left)


def add_windows(sums: Sums) -> None:
    """A window of several years is the sum of its years, for measures that add over time.

    Years that are in no table are numbers too: two windows printed a year apart give the year that came in less the
    year that went out.
    """
    by_measure, printed = defaultdict(list), set(sums.model.index)
    for (_, measure), keys in sums.sheets.items():
        for key in keys if sums.model.docs.adds(measure, "period") else ():
            if named := _window(key):
                by_measure[measure].append(named)
    for measure, windows in sorted(by_measure.items()):
        read: set[Terms] = set().union(*(sums.read(named) for named in windows))
        if sums.adds_over_time(measure, read, "rolling windows"):
            for named in sorted(windows):
                missing = [key for key, _ in named if key not in printed]
                if len(missing) == 1 and sums.value(missing[0]) is None and sums.stands(named):
                    sums.leave(named, missing[0])
            sums.keep(read)


def _window(key: Key) -> Named:
    """A window as the sum of its years; empty for a number that is none."""
    labels = dict(key[1])
    match = WINDOW.fullmatch(labels.get("window", ""))
    years = _years(labels, int(match[1])) if match else []
    parts = [(key[0], tuple(sorted((labels | {"window": "1 year", "period": year}).items()))) for year in years]
    return [(key, 1), *((part, -1) for part in parts)] if parts else []


def _of_year(measure: str, year: str, rest: tuple, last: int) -> list[Key]:
    return [(measure, tuple(sorted((*rest, ("period", f"{year}-Q{q}"))))) for q in range(1, last + 1)]


def _years(labels: dict, length: int) -> list[str]:
    """The years of a window that ends with its period, financial (2017-18) or calendar; none for other periods."""
    period = labels.get("period", "")
    if not re.fullmatch(r"\d{4}(-\d{2})?", period):
        return []
    last = int(period[:4])
    return [f"{y}-{(y + 1) % 100:02}" if "-" in period else str(y) for y in range(last - length + 1, last + 1)]
