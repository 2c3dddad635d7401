"""Who lives in an area: counts by age band, children, age shares, and which mid-year was known when."""

from __future__ import annotations

from datetime import date

import pandas as pd

from .long_table import TOTAL

OLDEST = 90  # the last single year of age, which holds everyone of that age and over
KEYS = ["area", "mid_year", "vintage"]


def published_by(published: dict[int, date], day: date) -> list[int]:
    """The years whose figures were published by a day, oldest first."""
    return sorted(int(year) for year, on in published.items() if on <= day)


def in_force(years: list[int], published: dict[int, date], day: date) -> tuple[int, str]:
    """The latest held year that was published by a day, and a note where that is not the right one.

    Where none of the years held was out by then, the oldest held is taken; where a later one was out that is not
    held, the nearest before it. Both are said in the note, which is blank otherwise. Raises ValueError for no years.
    """
    years, out = sorted(int(year) for year in years), published_by(published, day)
    before = [year for year in years if year in out or (year not in published and year <= day.year - 2)]
    chosen = before[-1] if before else years[0]
    if not before:
        return chosen, f"{chosen} is the oldest held; it was not yet published on {day:%d %B %Y}"
    if out and out[-1] > chosen:
        return chosen, f"{out[-1]} was published by {day:%d %B %Y} and is not held"
    return chosen, ""


def age_label(age: pd.Series) -> pd.Series:
    """Single years as text: `0` to `89`, `90+`."""
    return age.astype("int64").astype("str").where(age < OLDEST, f"{OLDEST}+")


def band_label(age: pd.Series) -> pd.Series:
    """Bands of five years as text: `0-4` to `85-89`, `90+`."""
    start = age // 5 * 5
    return (start.astype("str") + "-" + (start + 4).astype("str")).where(age < OLDEST, f"{OLDEST}+")


def with_totals(people: pd.DataFrame, label: str) -> pd.DataFrame:
    """Counts by area, mid_year, vintage, sex and `label`, with `Total` of each, sex and label, and of both.

    Raises ValueError for a row that stands twice.
    """
    keys = [*KEYS, "sex", label]
    single = people.groupby(keys, observed=True)["population"].sum().reset_index()
    both = single.groupby([*KEYS, label], observed=True)["population"].sum().reset_index().assign(sex=TOTAL)
    every = pd.concat([single, both], ignore_index=True)
    all_ages = every.groupby([*KEYS, "sex"], observed=True)["population"].sum().reset_index().assign(**{label: TOTAL})
    rows = pd.concat([every, all_ages], ignore_index=True)[[*keys, "population"]]
    first = {text: int(text.rstrip("+").split("-")[0]) for text in rows[label].unique() if text != TOTAL}
    age = rows[label].map(first).fillna(OLDEST + 1)  # 2 before 10, totals last
    order = rows.assign(_age=age, _sex=rows["sex"] == TOTAL).sort_values([*KEYS, "_sex", "sex", "_age"])
    return rows.loc[order.index].reset_index(drop=True)


def between(people: pd.DataFrame, first: int, last: int = OLDEST) -> pd.Series:
    """People aged `first` to `last`, both included, by area, mid_year and vintage (0 where there is nobody)."""
    inside = people["population"].where(people["age"].between(first, last), 0)
    return inside.groupby([people[key] for key in KEYS], observed=True).sum()


def age_shares(people: pd.DataFrame, child_until: int, old_from: int) -> pd.DataFrame:
    """Shares of the population by area, mid_year and vintage, one row per measure: value, count, of.

    share_15_24, child_share_0_17 : people of that age as a fraction of all
    dependency_ratio : people aged 0 to `child_until` or `old_from` and over, for each person between
    """
    everyone = between(people, 0)
    old, young = between(people, old_from), between(people, 0, child_until)
    parts = {
        "share_15_24": (between(people, 15, 24), everyone),
        "child_share_0_17": (between(people, 0, 17), everyone),
        "dependency_ratio": (young + old, everyone - young - old),
    }
    shares = [
        pd.DataFrame({"count": count, "of": of, "value": count / of.where(of > 0)}).assign(measure=name)
        for name, (count, of) in parts.items()
    ]
    return pd.concat(shares).reset_index()


def changes(children: pd.DataFrame) -> pd.DataFrame:
    """Change of a count from the mid-year before, within one vintage: area, mid_year, vintage, change, before.

    `change` is a fraction of the year before; a year whose predecessor is not there has none.
    """
    ordered = children.sort_values(["area", "vintage", "mid_year"])
    last = ordered.groupby(["area", "vintage"])[["mid_year", "population_0_17"]].shift()
    follows = last["mid_year"] == ordered["mid_year"] - 1
    before = last["population_0_17"].where(follows)
    with_change = ordered.assign(before=before, change=(ordered["population_0_17"] - before) / before)
    return with_change[follows][["area", "mid_year", "vintage", "population_0_17", "before", "change"]]


def revisions(children: pd.DataFrame) -> pd.DataFrame:
    """What became of a first-published count: area, mid_year, first, current, difference, share of the first."""
    wide = children.pivot(index=["area", "mid_year"], columns="vintage", values="population_0_17")
    wide = wide.reindex(columns=["first published", "current series"]).dropna()
    wide.columns = ["first", "current"]
    wide = wide.assign(difference=wide["current"] - wide["first"])
    return wide.assign(share=wide["difference"] / wide["first"]).reset_index()
