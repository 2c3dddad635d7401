"""Infant deaths per 1,000 live births as registered, beside England's. Open data only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb.intervals import poisson, poisson_method
from lscb.long_table import cells
from openstats import Missing
from openstats import authorities as areas
from openstats.infant_deaths import COHORT, several_years, years_of_rate
from openstats.publication import in_print

from .child_death_cases import window_name
from .official_indicators import births_of_rates
from .quarter_inputs import Inputs
from .reasons import TO_FETCH
from .registry import table
from .residents import births_in_print

PRINTED = "DfE, Local Authority Interactive Tool: rate of {}"


@table("infant_mortality_official", open_data=["births", "deaths", "child_mortality", "lait"])
def infant_mortality_official(inputs: Inputs) -> pd.DataFrame:
    """Infant deaths per 1,000 live births as registered (ONS), by calendar year and over three, beside England's."""
    births = _births_or_none(inputs).dropna(subset=["live_births", "infant_deaths"])
    if births.empty and not len(_rates_in_print(inputs)):
        raise Missing("births", "live births and infant deaths by calendar year")
    parts = []
    for area, measure in [(a, "infant_mortality") for a in inputs.areas] + [
        (areas.ENGLAND, "infant_mortality_england")
    ]:
        local = births[births["area"] == area]
        parts += [_official(several_years(local, years), area, measure, years) for years in (1, 3)]
    frame = pd.concat(parts, ignore_index=True)
    here = frame[frame["measure"] == "infant_mortality"]
    here = pd.concat([here, *(_later(here, area, inputs) for area in inputs.areas)], ignore_index=True)
    frame = pd.concat([frame[frame["measure"] != "infant_mortality"], here], ignore_index=True)
    return cells(pd.concat([here, *(_beside(frame, area, inputs) for area in inputs.areas)], ignore_index=True))


def _births_or_none(inputs: Inputs) -> pd.DataFrame:
    """ONS births and infant deaths in print at the period's end; no row where none are held."""
    try:
        return births_in_print(inputs)
    except Missing:
        return pd.DataFrame(columns=["area", "year", "live_births", "infant_deaths"])


def _official(figures: pd.DataFrame, area: str, measure: str, years: int) -> pd.DataFrame:
    low, high = poisson(figures["infant_deaths"])
    scale = 1000 / figures["live_births"].to_numpy()
    return pd.DataFrame(
        {
            "area": area,
            "period": figures["year"].astype("str").to_numpy(),
            "window": window_name(years),
            "measure": measure,
            "value": figures["infant_deaths"].to_numpy() * scale,
            "count": figures["infant_deaths"].to_numpy(),
            "of": figures["live_births"].to_numpy(),
            "low": low * scale,
            "high": high * scale,
            "unit": "per 1,000 live births",
            "method": [
                f"{method}; {basis}" if basis == COHORT else method
                for method, basis in zip(poisson_method(figures["infant_deaths"]), figures["basis"], strict=True)
            ],
        }
    )


def _rates_in_print(inputs: Inputs, *codes: str) -> pd.DataFrame:
    """The DfE's printed rates in print at the period's end, of three years or of one: area, period, window, value, method.
    A printed 0 is no count of none, and blank."""
    try:
        lait = inputs.open_data.indicators(("InfMort",))
    except Missing:
        return pd.DataFrame({"area": [], "period": [], "window": [], "value": [], "method": []})
    years = {str(year) for year in in_print("infant_mortality", inputs.period.last_day)}
    wanted = lait["area"].isin(codes or inputs.areas) & lait["period"].isin(years) & lait["value"].notna()
    rates = lait.loc[wanted & ~lait["recoded"].astype(bool), ["area", "period", "value"]].sort_values("period")
    rule = inputs.standard("indicators")["list"]["infant_mortality"]["official"]
    of = [years_of_rate(rule, int(year)) for year in rates["period"]]
    texts = [(window_name(n), PRINTED.format("one year" if n == 1 else "three years")) for n in of]
    more = pd.DataFrame(texts, columns=["window", "method"], index=rates.index, dtype="object")
    return rates.assign(value=rates["value"].mask(rates["value"].eq(0))).join(more)


def _later(here: pd.DataFrame, area: str, inputs: Inputs) -> pd.DataFrame:
    """An area's printed rates of years whose births and deaths are not held: no count, and the interval of what the rate
    makes of the newest births, as on the scorecard. Of one that is no rate, what is registered of single years of its
    window."""
    rates, registered = _rates_in_print(inputs, area), here[here["area"] == area]
    counted, first = (
        {*zip(registered["period"], registered["window"], strict=True)},
        min(registered["period"], default=""),
    )
    pairs = zip(rates["period"], rates["window"], strict=True)
    rates = rates[np.array([pair not in counted and pair[0] >= first for pair in pairs], bool)]
    ones = registered[registered["window"] == window_name(1)]
    rule, reasons = inputs.standard("indicators")["list"]["infant_mortality"]["official"], []
    for period, window, value in zip(rates["period"], rates["window"], rates["value"], strict=True):
        begin = period if window == window_name(1) else str(int(period) - 2)
        dead = ones[ones["count"].gt(0) & ones["period"].between(begin, period)]
        seen = "".join(
            f"; infant deaths registered in {year}: {n:.0f}"
            for year, n in zip(dead["period"], dead["count"], strict=True)
        )
        reasons.append("" if value == value else rule["zero"] + seen)
    rates = rates.assign(measure="infant_mortality", unit="per 1,000 live births", reason=reasons)
    rates["method"] += ": its counts are not held"
    try:
        births = births_of_rates(inputs, rule, {area})
    except Missing:
        return rates
    rates = rates.merge(births.assign(period=births["year"].astype("str"))[["period", "of", "base"]], how="left")
    number = np.floor(rates["value"] * rates["of"] / 1000 + 0.5)
    low, high = poisson(number)
    ends = pd.Series(poisson_method(number), rates.index) + "; " + rates["base"]
    method = rates["method"] + ("; " + ends).where(number.notna(), "")
    rates = rates.assign(low=low * 1000 / rates["of"], high=high * 1000 / rates["of"], method=method)
    return rates.drop(columns=["of", "base"])


def _beside(frame: pd.DataFrame, area: str, inputs: Inputs) -> pd.DataFrame:
    """England's rates for the periods that the area has: from its counts, else the DfE's printed rate."""
    keys = ["period", "window"]
    wanted = frame[(frame["area"] == area) & (frame["measure"] == "infant_mortality")][keys]
    counted = frame[frame["measure"] == "infant_mortality_england"]
    england = wanted.merge(counted.drop(columns="area"), how="left", validate="one_to_one")
    printed = wanted.merge(_rates_in_print(inputs, areas.ENGLAND)[[*keys, "value", "method"]], how="left", on=keys)
    from_dfe = england["value"].isna() & printed["value"].notna()
    england["method"] = england["method"].mask(from_dfe, printed["method"])
    england["value"] = england["value"].fillna(printed["value"].astype("float64"))
    none = england["value"].isna()
    england["reason"] = np.where(none, TO_FETCH(what="not held for England") + " brings ONS births and deaths", "")
    return england.assign(area=area, measure="infant_mortality_england", unit="per 1,000 live births")
