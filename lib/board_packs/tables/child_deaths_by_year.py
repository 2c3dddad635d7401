"""Both cohorts of child deaths by year and rolling window, with deaths per 100,000 children.

A window that reaches back before the first death the return holds is not available, with the reason.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

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
    not_back,
    window_name,
)
from .national_comparators import newest
from .quarter_inputs import Inputs
from .registry import table


@table("child_deaths_by_year", returns=[RETURN], open_data=["dfe_population"])
@sent(RETURN)
def child_deaths_by_year(inputs: Inputs) -> pd.DataFrame:
    """Both cohorts by year and rolling window, and deaths per 100,000 children. No infants among the deaths notified:
    less those reviewed they are the few infants who wait, and the rest of all who wait are the older children's few."""
    rows = cases(inputs)
    spans = coverage(inputs, rows)
    notified = counts_within(rows, spans, "notified_on", [], NOTIFIED)
    # No rolling years of reviews: years that overlap would say more of each year's few than the Board needs.
    done = counts_within(rows, spans[spans["window"] != "3 years"], "review_completed_on", [], REVIEWED)
    years = spans[spans["period"].str.len() == len("2017-18")]
    parts = [notified, done, *_rates(inputs, years, notified), _england(inputs)]
    return cells(pd.concat([*parts, _not_covered(inputs, spans)], ignore_index=True))


def _rates(inputs: Inputs, years: pd.DataFrame, notified: pd.DataFrame) -> list[pd.DataFrame]:
    """Deaths per 100,000 children, and the denominator of each as a row."""
    people = _children(inputs)
    asked = zip(years["area"], years["period"], years["window"].str.split().str[0].astype(int), strict=True)
    bases = [people(*each) for each in asked]
    base = years[["area", "period", "window"]].assign(
        of=np.array([of for of, _ in bases], float), said=np.array([note for _, note in bases], dtype="object")
    )
    per = inputs.standard("child_deaths.rate")["per"]
    rate = _rated(inputs, base.merge(notified, validate="one_to_one"), per, "cdop_death_rate")
    children = base.assign(measure="cdop_children", count=base["of"], reason=base["said"])
    return [rate, children.drop(columns=["of", "said"])]


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
    year = year_label(inputs.period.year_ended)
    return pd.DataFrame(
        [
            dict(
                area=area,
                period=year,
                window=window,
                measure=measure,
                status="not_available",
                reason=not_back(inputs, window),
            )
            for area in inputs.areas
            for window in windows
            for measure in (NOTIFIED, REVIEWED, "cdop_death_rate")
            if (area, window) not in covered and (measure, window) != (REVIEWED, "3 years")  # as above
        ]
    )
