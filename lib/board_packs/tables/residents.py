"""Who lives here: population by age and sex, children, age shares, the wider partnership. Open data only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import population
from lscb.errors import UserError
from lscb.long_table import cells
from openstats import Missing
from openstats import authorities as areas
from openstats.infant_deaths import COHORT, several_years
from openstats.publication import in_print, newest
from openstats.sources import reference

from .quarter_inputs import Inputs
from .reasons import TO_FETCH
from .registry import table

ENGLAND = areas.ENGLAND
POPULATION = ["mid_year_estimates", "nomis_population"]
GROUPS = (("Total", 0, 90), ("0-17", 0, 17), ("0-19", 0, 19), ("15-24", 15, 24), ("18-64", 18, 64), ("65+", 65, 90))


def mid_year(inputs: Inputs, estimates: pd.DataFrame) -> tuple[int, str]:
    """The mid-year that a board could know on the period's last day, and a note where another had to be taken."""
    wanted, years = inputs.standard("as_of.mid_year"), sorted(estimates["mid_year"].unique())
    if wanted is not None:
        return _asked(wanted, years, "as_of.mid_year")
    return newest("mid_year_estimates", years, inputs.period.last_day, inputs.standard("as_of.mid_year_estimates"))


def _asked(wanted: int, available: list[int], name: str) -> tuple[int, str]:
    """A year that a page was asked for. Raises UserError where it is not held."""
    if wanted not in available:
        years = ", ".join(map(str, available)) or "none"
        raise UserError(f"{name}: {wanted} is not held; held are {years}.")
    return wanted, "as asked for"


def people(inputs: Inputs, more: tuple[str, ...] = (ENGLAND,)) -> pd.DataFrame:
    """Residents by single year of the areas asked for and of `more`. Raises Missing where no area asked for is held."""
    estimates = inputs.open_data.population((*inputs.areas, *more))
    if not estimates["area"].isin(inputs.areas).any():
        raise Missing("mid_year_estimates", "the population of " + names_of(inputs.areas))
    return _estimates_in_print(inputs, estimates)


def _estimates_in_print(inputs: Inputs, estimates: pd.DataFrame) -> pd.DataFrame:
    """Without the mid-years that came out after the period's last day, unless it is seen from today."""
    if estimates.empty or str(inputs.period) in inputs.standard("as_of.by_today"):
        return estimates
    return estimates[estimates["mid_year"] <= mid_year(inputs, estimates)[0]]


def births_in_print(inputs: Inputs) -> pd.DataFrame:
    """ONS births and infant deaths in print at the period's end: those of a year appear in the course of the next, in
    its child mortality statistics a few months later."""
    births = _linked_in_print(inputs, inputs.open_data.births_infant_deaths())
    return births[births["year"].isin(in_print("births_and_deaths", inputs.period.last_day))]


def _linked_in_print(inputs: Inputs, births: pd.DataFrame) -> pd.DataFrame:
    """Without the years of the child mortality statistics that were not yet in print."""
    late = births["basis"].eq(COHORT) & ~births["year"].isin(in_print("child_mortality", inputs.period.last_day))
    return births[~late]


def names_of(codes) -> str:
    names = [areas.name(code) for code in codes]
    return ", ".join(names) if len(names) < 4 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def absent(inputs: Inputs, frame: pd.DataFrame, name: str, reason: str) -> pd.DataFrame:
    """A table with a `not_available` row for each area asked for that has none."""
    there = set(frame["area"].unique())
    lacking = [code for code in inputs.areas if code not in there]
    rows = [
        dict(area=a, period=str(inputs.period), measure=name, status="not_available", reason=reason) for a in lacking
    ]
    if not rows:
        return frame
    texts = [c for c in frame.columns if frame[c].dtype == "str" and c not in rows[0]]
    return pd.concat([frame, pd.DataFrame(rows).assign(**dict.fromkeys(texts, "Total") | {"method": "", "unit": ""})])


@table("context_as_of", open_data=[*POPULATION, "lait"])
def context_as_of(inputs: Inputs) -> pd.DataFrame:
    """Which mid-year (of residents by age, of children alone), year of infant deaths, edition of the Indices and neighbour
    list were the newest in print on the period's last day.

    `value` is the year; `method` says why another was taken where the right one is not held.
    """
    rows = []
    estimates = inputs.open_data.population(inputs.areas)[["area", "mid_year"]].drop_duplicates()
    years = {area: mid_year(inputs, local) for area, local in estimates.groupby("area")}
    children = {area: mid_year(inputs, local) for area, local in _local(inputs, inputs.open_data.children())}
    held = _linked_in_print(inputs, inputs.open_data.births_infant_deaths()).dropna(subset=["infant_deaths"])
    day = inputs.period.last_day
    deaths = {area: newest("births_and_deaths", local["year"], day) for area, local in _local(inputs, held)}
    indices = edition(inputs)
    for area in inputs.areas:
        none = (np.nan, TO_FETCH(what="no population estimate is held"))
        rows.append((area, "mid_year_in_force", *years.get(area, none)))
        rows.append((area, "children_mid_year_in_force", *children.get(area, none)))
        rows.append(
            (area, "infant_deaths_in_force", *deaths.get(area, (np.nan, TO_FETCH(what="no infant deaths are held"))))
        )
        rows.append((area, "indices_in_force", *indices))
        try:
            near = inputs.comparators(area)
            rows.append((area, "neighbours_in_force", near["model_year"].iloc[0], near.attrs["note"]))
        except Missing as missing:
            rows.append((area, "neighbours_in_force", np.nan, str(missing)))
    frame = pd.DataFrame(rows, columns=["area", "measure", "value", "method"])
    return cells(frame, period=str(inputs.period), unit="year")


def _local(inputs: Inputs, frame: pd.DataFrame):
    """The rows of each area asked for."""
    return frame[frame["area"].isin(inputs.areas)].groupby("area", observed=True)


def edition(inputs: Inputs) -> tuple[int, str]:
    """The edition of the Indices in force on the period's last day, and a note where it is not held."""
    wanted, years = inputs.standard("as_of.edition"), inputs.open_data.editions()
    if wanted is not None:
        return _asked(wanted, years, "as_of.edition")
    return newest("indices", years, inputs.period.last_day, inputs.standard("as_of.indices"))


@table("population_by_age_sex", open_data=POPULATION)
def population_by_age_sex(inputs: Inputs) -> pd.DataFrame:
    """Residents by single year of age and sex, of every mid-year in print, beside England."""
    estimates = people(inputs)
    single = estimates.assign(age=population.age_label(estimates["age"]))
    frame = population.with_totals(single, "age").rename(columns={"mid_year": "period", "population": "count"})
    frame = frame.assign(measure="residents", unit="people")
    return cells(absent(inputs, frame, "residents", TO_FETCH(what="no population estimate is held")))


@table("population_by_band", open_data=POPULATION)
def population_by_band(inputs: Inputs) -> pd.DataFrame:
    """Residents by five-year band and sex as a share of all residents, for the pyramid, beside England."""
    estimates = people(inputs)
    banded = estimates.assign(age_band=population.band_label(estimates["age"]))
    frame = population.with_totals(banded, "age_band")
    total = frame[(frame["sex"] == "Total") & (frame["age_band"] == "Total")].set_index(population.KEYS)["population"]
    of = total.reindex(pd.MultiIndex.from_frame(frame[population.KEYS])).to_numpy()
    frame = frame.rename(columns={"mid_year": "period", "population": "count"})
    frame = frame.assign(
        of=of, value=frame["count"].to_numpy() / of, measure="residents_share", unit="share of residents"
    )
    return cells(absent(inputs, frame, "residents_share", TO_FETCH(what="no population estimate is held")))


@table("children", open_data=["dfe_population", *POPULATION])
def children(inputs: Inputs) -> pd.DataFrame:
    """Children by mid-year and vintage: 0-17 (the denominator of rates) and 0-19, change from the year before,
    and what became of the figure first published. The newest is the one that rates of the period divide by.
    """
    wanted = [*inputs.areas, ENGLAND]
    estimates = inputs.open_data.children()
    estimates = estimates[estimates["area"].isin(wanted)]
    if not estimates["area"].isin(inputs.areas).any():
        raise Missing("dfe_population", "the children of " + names_of(inputs.areas))
    single = inputs.open_data.population(wanted)
    older = population.between(single, 0, 19).rename("count").reset_index().assign(measure="children_0_19")
    younger = estimates.rename(columns={"population_0_17": "count"}).assign(measure="children_0_17")
    change = population.changes(estimates).rename(columns={"change": "value", "before": "of"})
    change["count"] = change["population_0_17"] - change["of"]
    revised = population.revisions(estimates).rename(columns={"share": "value", "first": "of", "difference": "count"})
    frame = pd.concat(
        [
            older.assign(unit="people"),
            younger.assign(unit="people"),
            change.assign(measure="children_change", unit="share of the year before"),
            revised.assign(measure="children_revision", unit="share of the first figure", vintage="current series"),
        ],
        ignore_index=True,
    ).rename(columns={"mid_year": "period"})
    frame = frame[["area", "period", "measure", "vintage", "value", "count", "of", "unit"]]
    frame = frame[frame["period"] <= max(inputs.period.last_day.year - 1, mid_year(inputs, estimates)[0])]
    return cells(absent(inputs, frame, "children_0_17", TO_FETCH(what="no population of children is held")))


@table("age_shares", open_data=[*POPULATION, "lait"])
def age_shares(inputs: Inputs) -> pd.DataFrame:
    """Shares of young people, of children, and the dependency ratio, beside England and ranked among neighbours.

    The rank is of the area among itself and its statistical neighbours of the list in force, 1 for the highest; it is
    blank where the population of a neighbour is not held.
    """
    near = {area: _neighbours(inputs, area) for area in inputs.areas}
    estimates = people(inputs, (ENGLAND, *{code for codes in near.values() for code in codes}))
    limits = inputs.standard("context.dependency")
    every = population.age_shares(estimates, limits["child_until"], limits["old_from"])
    local = every[every["area"].isin([*inputs.areas, ENGLAND])]
    places = every.set_index(["measure", "mid_year", "vintage", "area"])["value"].to_dict()
    ranks = [_rank(places, row, near.get(str(row.area), ())) for row in local.itertuples()]
    local = local.assign(rank=[r[0] for r in ranks], ranked=[r[1] for r in ranks], unit="share of residents")
    local["unit"] = local["unit"].mask(
        local["measure"] == "dependency_ratio", "dependants for each person of working age"
    )
    among = {a: f"ranked among its {len(c)} statistical neighbours and itself" for a, c in near.items()}
    unranked = local["area"].ne(ENGLAND) & local["rank"].isna()
    local["method"] = (
        local["area"].map(among).mask(unranked, "not ranked: the population of its neighbours is not held")
    )
    frame = local.rename(columns={"mid_year": "period"})
    return cells(absent(inputs, frame, "child_share_0_17", TO_FETCH(what="no population estimate is held")))


def _neighbours(inputs: Inputs, area: str) -> tuple[str, ...]:
    try:
        return tuple(inputs.comparators(area)["area"])
    except Missing:
        return ()


def _rank(places: dict, row, near: tuple[str, ...]) -> tuple[float, float]:
    others = [places.get((row.measure, row.mid_year, row.vintage, code), np.nan) for code in near]
    if not others or np.isnan(others).any():
        return np.nan, np.nan
    return 1 + sum(value > row.value for value in others), len(others) + 1


@table("partnership_areas", open_data=POPULATION)
def partnership_areas(inputs: Inputs) -> pd.DataFrame:
    """The areas of the wider partnership side by side: residents by age group and their share, of every mid-year in print.

    `beside` is the name of the area described; `area` the one whose page it stands on.
    """
    groups = inputs.standard("context.partnerships")
    partners = {area: next((g for g in groups if area in g), ()) for area in inputs.areas}
    if not any(partners.values()):
        reason = "no wider partnership is named for this area"
        rows = [dict(area=a, measure="partner_residents", beside="Total", reason=reason) for a in inputs.areas]
        return cells(rows, period=str(inputs.period), status="not_available")
    estimates = inputs.open_data.population({code for codes in partners.values() for code in codes})
    estimates = _estimates_in_print(inputs, estimates)
    parts = [
        population.between(estimates, first, last).rename("count").reset_index().assign(age_group=label)
        for label, first, last in GROUPS
    ]
    every = pd.concat(parts, ignore_index=True)
    total = every[every["age_group"] == "Total"].set_index(population.KEYS)["count"]
    of = total.reindex(pd.MultiIndex.from_frame(every[population.KEYS])).to_numpy()
    every = every.assign(of=of, value=every["count"].to_numpy() / of)
    pairs = pd.DataFrame([(a, code) for a, codes in partners.items() for code in codes], columns=["page", "area"])
    frame = pairs.merge(every, on="area", how="inner")
    frame["beside"] = frame["area"].map(areas.name)
    frame = frame.drop(columns="area").rename(columns={"page": "area", "mid_year": "period"})
    frame = frame.assign(measure="partner_residents", unit="share of residents")
    reason = "no wider partnership is named for this area"
    return cells(absent(inputs, frame, "partner_residents", reason))


@table("infant_deaths_average", open_data=["births", "deaths", "child_mortality"])
def infant_deaths_average(inputs: Inputs) -> pd.DataFrame:
    """Infant deaths a year on average over three calendar years in print: `count` deaths in `of` years."""
    births = births_in_print(inputs)
    births = births[births["area"].isin(inputs.areas)]
    if births.empty:
        raise Missing("deaths", "the infant deaths of " + names_of(inputs.areas))
    three = several_years(births, 3).dropna(subset=["infant_deaths"])
    average = three.assign(count=three["infant_deaths"], of=3.0, value=three["infant_deaths"] / 3)
    average = average.rename(columns={"year": "period"})[["area", "period", "value", "count", "of"]]
    average = average.assign(measure="infant_deaths_a_year", window="3 years", unit="deaths a year")
    return cells(absent(inputs, average, "infant_deaths_a_year", TO_FETCH(what="no infant deaths are held")))


@table("published_facts")
def published_facts(inputs: Inputs) -> pd.DataFrame:
    """What others have published about the area, as printed, each with its year (or that none was stated); before
    the year of the publication is over nothing, unless the period is seen from today (`as_of.by_today`)."""
    every = pd.read_csv(reference("published-facts.csv"), dtype={"year": "str"})
    written = every["source"].str.extract(r"(\d{4})-\d\d", expand=False).fillna(0).astype("int64")
    newest = inputs.period.start - (str(inputs.period) not in inputs.standard("as_of.by_today"))
    facts = every[every["area"].isin(inputs.areas) & (written <= newest)]
    facts = facts.rename(columns={"place": "beside", "source": "method"}).assign(
        measure="published_fact", period=str(inputs.period)
    )
    facts = absent(inputs, facts, "published_fact", "no figure printed elsewhere by then is kept for this area")
    return cells(facts.rename(columns={"year": "stated_year"}))
