"""When official figures came into print, and the newest that somebody could know on a day.

The days are those of data/standards.yml (`as_of`); a year without one follows its publisher's custom: a mid-year
estimate at the end of the next June, births and deaths of a year in the course of the next, by its December, rates of
infant mortality in the DfE's tables and ONS's child mortality statistics by the March after that.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from lscb import population

from .project_data import standard

CUSTOM: dict[str, Callable[[int], date]] = {
    "mid_year_estimates": lambda year: date(year + 1, 6, 30),
    "births_and_deaths": lambda year: date(year + 1, 12, 1),
    "infant_mortality": lambda year: date(year + 2, 3, 31),
    "child_mortality": lambda year: date(year + 2, 3, 31),
}
FIRST = 2010  # the first year of which anything is read


def days(kind: str, until: date, settings: Mapping[int, date] | None = None) -> dict[int, date]:
    """The day on which each year's figures of a kind were published, as far as is known or customary.

    kind : mid_year_estimates, births_and_deaths, infant_mortality, child_mortality, indices (by edition) or neighbours
        (by list)
    settings : days in the place of those of data/standards.yml
    """
    stated = {} if kind in CUSTOM and kind != "mid_year_estimates" else settings or standard(f"as_of.{kind}")
    custom = {year: CUSTOM[kind](year) for year in range(FIRST, until.year + 1)} if kind in CUSTOM else {}
    return custom | {int(year): day for year, day in stated.items()}


def in_print(kind: str, on: date) -> frozenset[int]:
    """The years whose figures of a kind were published by a day."""
    return frozenset(population.published_by(days(kind, on), on))


def official(measure: str, year: int, kind: str, months: Mapping[str, int]) -> date:
    """The day by which a year's figure of one of the DfE's tables is in print: the end of a month.

    kind : financial (to March of the year), academic (to August) or calendar
    months : how many from the end of the year, by kind or for one measure (`as_of.official` of data/standards.yml)
    """
    ended = year * 12 + {"financial": 3, "academic": 8, "calendar": 12}[kind] - 1
    out, month = divmod(ended + months.get(measure, months[kind]), 12)
    return date(out, month + 1, monthrange(out, month + 1)[1])


def newest(kind: str, years: Iterable[int], on: date, settings: Mapping[int, date] | None = None) -> tuple[int, str]:
    """The newest of the years held that was published by a day, and a note where a newer one was out and is not held.

    Where none of them was out by then, the oldest is taken, and the note says so. Raises ValueError for no years.
    """
    years = sorted(set(map(int, years)))
    if not years:
        raise ValueError(f"no year of {kind} is held")
    year, note = population.in_force(years, days(kind, on, settings), on)
    return year, f"{note}: lscb fetch brings what is in print" if note.endswith("is not held") else note
