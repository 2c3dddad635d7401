"""English authorities: their codes, names, tiers, counties, regions and DfE numbers, and when each was in force."""

import csv
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .project_data import DATA

ENGLAND = "E92000001"
NOW = date(9999, 4, 1)  # a day on which the authorities that have not ceased are in force, without a look at a clock
UPPER_TIER = ("unitary authority", "metropolitan district", "London borough", "county")
LOWER_TIER = ("unitary authority", "metropolitan district", "London borough", "district")


class Area(NamedTuple):
    """One authority, region or country.

    start, end : the years on whose 1 April it came into force and ceased; None where that lies outside 2012-2025
    county, region : GSS codes, blank where there is none; dfe_number : blank for a district
    """

    code: str
    name: str
    type: str
    county: str
    region: str
    dfe_number: str
    start: int | None
    end: int | None

    def in_force(self, on: date) -> bool:
        """Whether it existed on a day."""
        year = on.year - (on < date(on.year, 4, 1))
        return (self.start is None or self.start <= year) and (self.end is None or year < self.end)


@lru_cache
def every() -> dict[str, Area]:
    """Every English authority since 2013, with the regions and England, by code (data/reference/areas.csv)."""
    with (DATA / "reference" / "areas.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: _area(row) for row in csv.DictReader(file)}


def _area(row: dict[str, str]) -> Area:
    start, end = (int(row[name]) if row[name] else None for name in ("from", "until"))
    return Area(row["code"], row["name"], row["type"], row["county"], row["region"], row["dfe_number"], start, end)


def upper_tier(on: date | None = None) -> list[str]:
    """The codes of the authorities that run children's services, in order: those in force on a day, or now."""
    return _of(UPPER_TIER, on)


def lower_tier(on: date | None = None) -> list[str]:
    """The codes of unitary authorities, districts, metropolitan districts and London boroughs, in order."""
    return _of(LOWER_TIER, on)


def _of(types: tuple[str, ...], on: date | None) -> list[str]:
    return sorted(
        a.code for a in every().values() if a.type in types and (a.in_force(on) if on is not None else a.end is None)
    )


def districts(county: str, on: date | None = None) -> list[str]:
    """The districts of a county on a day, or ever; none for any other area."""
    return sorted(
        a.code
        for a in every().values()
        if a.type == "district" and a.county == county and (on is None or a.in_force(on))
    )


def with_number(number: int | str, on: date | None = None) -> str | None:
    """The code of the upper-tier authority with a DfE number on a day, or now; None where there is none."""
    number = str(number).removesuffix(".0")
    numbered = [a for a in every().values() if a.dfe_number == number and a.type in UPPER_TIER]
    right = [a for a in numbered if (a.in_force(on) if on is not None else a.end is None)]
    return next((a.code for a in right or numbered), None)
