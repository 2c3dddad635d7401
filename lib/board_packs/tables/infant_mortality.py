"""Infant deaths per 1,000 live births as registered, beside England's. Open data only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb.intervals import poisson, poisson_method
from lscb.long_table import cells
from openstats import Missing
from openstats import authorities as areas

from .child_death_cases import (
    window_name,
)
from .child_deaths_by_year import births_or_none
from .quarter_inputs import Inputs
from .registry import table


@table("infant_mortality_official", open_data=["births", "deaths", "lait"])
def infant_mortality_official(inputs: Inputs) -> pd.DataFrame:
    """Infant deaths per 1,000 live births as registered (ONS), by calendar year and over three, beside England's."""
    births = births_or_none(inputs).dropna(subset=["live_births", "infant_deaths"])
    if births.empty:
        raise Missing("births", "live births and infant deaths by calendar year")
    parts = []
    for area, measure in [(a, "infant_mortality") for a in inputs.areas] + [
        (areas.ENGLAND, "infant_mortality_england")
    ]:
        local = births[births["area"] == area].set_index("year")[["infant_deaths", "live_births"]].sort_index()
        for years in (1, 3):
            sums = local.rolling(years).sum().dropna()
            sums = sums[(sums.index - local.index.min() + 1) >= years]
            parts.append(_official(sums, area, measure, years))
    frame = pd.concat(parts, ignore_index=True)
    here = frame[frame["measure"] == "infant_mortality"]
    return cells(pd.concat([here, *(_beside(frame, area, inputs) for area in inputs.areas)], ignore_index=True))


def _official(sums: pd.DataFrame, area: str, measure: str, years: int) -> pd.DataFrame:
    low, high = poisson(sums["infant_deaths"])
    scale = 1000 / sums["live_births"].to_numpy()
    return pd.DataFrame(
        {
            "area": area,
            "period": sums.index.astype("str"),
            "window": window_name(years),
            "measure": measure,
            "value": sums["infant_deaths"].to_numpy() * scale,
            "count": sums["infant_deaths"].to_numpy(),
            "of": sums["live_births"].to_numpy(),
            "low": low * scale,
            "high": high * scale,
            "unit": "per 1,000 live births",
            "method": poisson_method(sums["infant_deaths"]),
        }
    )


def _beside(frame: pd.DataFrame, area: str, inputs: Inputs) -> pd.DataFrame:
    """England's rates for the periods that the area has: from its counts, else the DfE's printed three-year rate."""
    wanted = frame[frame["area"] == area][["period", "window"]]
    counted = frame[frame["measure"] == "infant_mortality_england"]
    england = wanted.merge(counted.drop(columns="area"), how="left", validate="one_to_one")
    try:
        lait = inputs.open_data.indicators()
        lait = lait[(lait["measure_code"] == "InfMort") & (lait["area"] == areas.ENGLAND)].set_index("period")["value"]
    except Missing:
        lait = pd.Series(dtype="float64")
    printed = england["period"].map(lait.to_dict()).where(england["window"] == window_name(3))
    from_dfe = england["value"].isna() & printed.notna()
    england["value"] = england["value"].fillna(printed.astype("float64"))
    england["method"] = england["method"].where(~from_dfe, "DfE, Local Authority Interactive Tool: rate of three years")
    none = england["value"].isna()
    england["reason"] = np.where(none, "not held for England: lscb fetch brings ONS births and deaths", "")
    return england.assign(area=area, measure="infant_mortality_england", unit="per 1,000 live births")
