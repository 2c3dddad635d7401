"""Live births and infant deaths by calendar year: as registered, and since then as ONS links deaths to births."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .area_tables import named, recast
from .sources import reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    import pandas as pd

FIGURES = ["live_births", "infant_deaths", "neonatal_deaths"]
NATIONAL = 150  # areas; fewer are of the worked example alone
REGISTERED, COHORT = "deaths registered in the year", "children who died in the year"


def several_years(births: pd.DataFrame, years: int) -> pd.DataFrame:
    """Infant deaths and live births of so many calendar years together, by area and `year`, the last of them.

    births : rows of `of`. A year that is not held, or has a blank, is in no sum, and no sum is of deaths on two bases.
    """
    rows = births.sort_values(["area", "year"], ignore_index=True)
    rows = rows.assign(linked=rows["basis"].eq(COHORT).astype("float64"))
    groups = rows.groupby("area")
    together = groups[["live_births", "infant_deaths", "linked"]].rolling(years).sum().reset_index(level=0, drop=True)
    in_a_row = rows["year"] - groups["year"].shift(years - 1) == years - 1
    return rows[["area", "year", "basis"]].join(together)[in_a_row & together["linked"].isin([0, years])]


def years_of_rate(rule: Mapping[str, Any], year: int) -> int:
    """Of how many calendar years the DfE's rate of infant mortality of a year is (data/standards.yml)."""
    return 1 if year >= rule["one_year_since"] else int(rule["years"])


def of(parts: Callable[[str], list[pd.DataFrame]]) -> pd.DataFrame:
    """Live births and deaths under one year and under four weeks.

    parts : the content of every file held of a kind
    Columns: area, area_name, year (int), live_births, infant_deaths, neonatal_deaths, blank where not published, and
    basis: `REGISTERED` (ONS's yearly workbooks of births and of deaths, and what is committed) or, of a year for which
    those are not held, `COHORT` (ONS's child mortality statistics). One year is of one basis. An authority that a file
    does not give is the sum of its districts or predecessors, where they add up exactly.
    """
    import pandas as pd

    here = pd.read_csv(reference("births-infant-deaths.csv"))
    births, deaths, keys = parts("births"), parts("deaths"), ["area", "year"]
    if births and deaths:
        national = pd.concat(births).merge(pd.concat(deaths), on=keys, how="outer", validate="one_to_one")
        here = pd.concat([national, here], ignore_index=True).drop_duplicates(keys)
    areas = here.dropna(subset=FIGURES[:2]).groupby("year")["area"].nunique()
    complete = set(areas.index[areas >= NATIONAL])
    later = [part[~part["year"].isin(complete)] for part in parts("child_mortality")]
    cohort = {year for part in later for year in part["year"]}
    here = pd.concat([here[~here["year"].isin(cohort)], *later], ignore_index=True).drop_duplicates(keys)
    here = recast(here, FIGURES, ["year"])
    here["basis"] = here["year"].isin(cohort).map({True: COHORT, False: REGISTERED})
    return named(here.sort_values(["area", "year"], ignore_index=True))
