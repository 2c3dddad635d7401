"""Both cohorts of child deaths by year and rolling window, with deaths per 100,000 children and per 1,000 births.

A window that reaches back before the first death the return holds is not available, with the reason.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import ages_at_death as ages
from lscb.intervals import poisson, poisson_method
from lscb.long_table import cells
from lscb.periods import year_label, year_start
from openstats import Missing

from .absent_returns import sent
from .child_death_cases import (
    NOTIFIED,
    RETURN,
    REVIEWED,
    cases,
    counts_within,
    coverage,
    window_name,
)
from .national_comparators import newest
from .quarter_inputs import Inputs
from .registry import table
from .residents import births_in_print


@table("child_deaths_by_year", returns=[RETURN], open_data=["dfe_population", "births", "deaths", "child_mortality"])
@sent(RETURN)
def child_deaths_by_year(inputs: Inputs) -> pd.DataFrame:
    """Both cohorts by year and rolling window, deaths per 100,000 children and infant deaths per 1,000 births."""
    rows = cases(inputs)
    spans = coverage(inputs, rows)
    infants = rows[rows["stage"].isin(ages.STAGES[:3])]
    notified = counts_within(rows, spans, "notified_on", [], NOTIFIED)
    # Infants over five years alone: less them, a year's deaths would tell the few of one year and over. No rolling years
    # of reviews: years that overlap would say more of each year's few than the Board needs.
    five, singly = spans[spans["window"] == "5 years"], spans[spans["window"] != "3 years"]
    young = counts_within(infants, five, "notified_on", [], "cdop_infant_deaths_notified")
    done = counts_within(rows, singly, "review_completed_on", [], REVIEWED)
    years = spans[spans["period"].str.len() == len("2017-18")]
    parts = [notified, young, done, *_rates(inputs, years, notified, young), _england(inputs)]
    return cells(pd.concat([*parts, _not_covered(inputs, spans)], ignore_index=True))


def _rates(inputs: Inputs, years: pd.DataFrame, notified: pd.DataFrame, young: pd.DataFrame) -> list[pd.DataFrame]:
    """Deaths per 100,000 children and infant deaths per 1,000 births, each with its denominator as a row."""
    children, births = _children(inputs), _births(inputs)
    rate, infant = inputs.standard("child_deaths.rate"), inputs.standard("child_deaths.infant_rate")
    parts = []
    for counts, people, per, names in (
        (notified, children, rate["per"], ("cdop_death_rate", "cdop_children")),
        (young, births, infant["per"], ("cdop_infant_death_rate", "cdop_live_births")),
    ):
        asked = zip(years["area"], years["period"], years["window"].str.split().str[0].astype(int), strict=True)
        bases = [people(*each) for each in asked]
        base = years[["area", "period", "window"]].assign(
            of=np.array([of for of, _ in bases], float), said=np.array([note for _, note in bases], dtype="object")
        )
        parts.append(_rated(inputs, base.merge(counts, validate="one_to_one"), per, names[0]))
        parts.append(base.assign(measure=names[1], count=base["of"], reason=base["said"]).drop(columns=["of", "said"]))
    return parts


def _rated(inputs: Inputs, frame: pd.DataFrame, per: float, measure: str) -> pd.DataFrame:
    """A rate per row of `count` and `of`; none where there are too few deaths to divide, or no denominator."""
    few = inputs.standard("child_deaths.few")
    low, high = poisson(frame["count"])
    scale = per / frame["of"]
    method = pd.Series(poisson_method(frame["count"]), index=frame.index) + "; " + frame["said"].astype("str")
    unreliable = frame["count"] < few["unreliable_below"]
    rated = frame.assign(
        measure=measure,
        value=frame["count"] * scale,
        low=low * scale,
        high=high * scale,
        unit=f"per {per:,}",
        method=method.where(~unreliable, method + f"; unreliable: fewer than {few['unreliable_below']} deaths"),
        reason="",
    ).drop(columns="said")
    none = (frame["count"] < few["no_rate_below"]) | frame["of"].isna()
    rated.loc[none, ["value", "low", "high", "count", "of"]] = np.nan
    rated.loc[none, "method"] = ""
    small = f"fewer than {few['no_rate_below']} deaths: too few for a rate"
    rated.loc[none, "reason"] = np.where(frame["of"].isna(), frame["said"], small)[none]
    return rated


def _children(inputs: Inputs):
    """Children aged 0-17 over a window: the mid-year estimates before each year's end, added up."""
    vintage = inputs.standard("child_deaths.rate")["vintage"]
    try:
        population = inputs.open_data.children()
        population = (
            population[population["vintage"] == vintage].set_index(["area", "mid_year"])["population_0_17"].to_dict()
        )
    except Missing:
        population = {}

    def over(area: str, period: str, years: int) -> tuple[float, str]:
        wanted = range(year_start(period) - years + 1, year_start(period) + 1)
        if absent := [str(y) for y in wanted if (area, y) not in population]:
            return np.nan, f"children aged 0-17 of mid-{', mid-'.join(absent)} ({vintage}) are not held"
        return sum(population[area, y] for y in wanted), f"mid-{', mid-'.join(map(str, wanted))}, {vintage}"

    return over


def _births(inputs: Inputs):
    """Live births over a window: of the calendar year before each year's end, or the latest before it in print."""
    published = births_or_none(inputs)
    printed = published[published["live_births"].notna()]
    births = printed.set_index(["area", "year"])["live_births"].to_dict()

    def over(area: str, period: str, years: int) -> tuple[float, str]:
        base = []
        for year in range(year_start(period) - years + 1, year_start(period) + 1):
            used = [y for y in range(year, year - 3, -1) if (area, y) in births]
            if not used:
                return np.nan, f"live births of {year} are not held"
            base.append(used[0])
        return sum(births[area, y] for y in base), f"live births of {', '.join(map(str, base))}"

    return over


def births_or_none(inputs: Inputs) -> pd.DataFrame:
    """ONS births and infant deaths in print at the period's end; no row where none are held."""
    try:
        return births_in_print(inputs)
    except Missing:
        return pd.DataFrame(columns=["area", "year", "live_births", "infant_deaths"])


def _england(inputs: Inputs) -> pd.DataFrame:
    """England's rate, the latest in print at the period's end; not available where none was."""
    row: dict[str, object] = dict(
        measure="cdop_england_death_rate", period=inputs.period.year, window=window_name(1), unit="per 100,000"
    )
    row |= newest(inputs, "death_rate")
    return pd.DataFrame([row | dict(area=area, count=None) for area in inputs.areas])


def _not_covered(inputs: Inputs, spans: pd.DataFrame) -> pd.DataFrame:
    """A row per cohort, and one of the rate, for each window of the newest year that the return does not reach back to."""
    covered = set(zip(spans["area"], spans["window"], strict=True))
    windows = [window_name(years) for years in inputs.standard("child_deaths.years")]
    year = year_label(inputs.period.start - (inputs.period.number < 4))
    reason = "the return does not reach back so far"
    return pd.DataFrame(
        [
            dict(area=area, period=year, window=window, measure=measure, status="not_available", reason=reason)
            for area in inputs.areas
            for window in windows
            for measure in (NOTIFIED, REVIEWED, "cdop_death_rate")
            if (area, window) not in covered
        ]
    )
