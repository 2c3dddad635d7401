"""Tables of areas: their names beside their codes, and counties added up from their districts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from . import authorities as areas

if TYPE_CHECKING:
    import pandas as pd


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with `area_name` after `area`."""
    by_code = {code: area.name for code, area in areas.every().items()}
    frame = frame.drop(columns="area_name", errors="ignore")
    names = frame["area"].astype("str").map(by_code).fillna(frame["area"].astype("str"))
    frame.insert(list(frame.columns).index("area") + 1, "area_name", names)
    return frame


def with_counties(frame: pd.DataFrame, codes: Iterable[str] | None = None) -> pd.DataFrame:
    """Population with each county that is not among its areas added up from its districts.

    Nomis gives districts only. A county is added for a year and vintage only where all its districts are there.
    """
    import pandas as pd

    county_of = {a.code: a.county for a in areas.every().values() if a.type == "district"}
    parts = frame.assign(county=frame["area"].map(county_of)).dropna(subset="county")
    if codes is not None:
        parts = parts[parts["county"].isin(set(codes))]
    keys = ["county", "mid_year", "vintage"]
    have = frame[["area", "mid_year", "vintage"]].drop_duplicates()
    groups = parts.groupby(keys)["area"].unique().reset_index()
    there = set(have.itertuples(index=False, name=None))
    added = []
    for county, year, vintage, there_too in groups.itertuples(index=False, name=None):
        parts_of = set(areas.districts(county, date(year, 6, 30)))
        if (county, year, vintage) in there or not parts_of or not parts_of <= set(there_too):
            continue
        rows = parts[(parts["mid_year"] == year) & (parts["vintage"] == vintage) & parts["area"].isin(parts_of)]
        sums = rows.groupby(["mid_year", "vintage", "sex", "age"], as_index=False)["population"].sum()
        added.append(sums.assign(area=county))
    kept = frame if codes is None else frame[frame["area"].isin(set(codes))]
    return pd.concat([kept, *added], ignore_index=True) if added else kept.reset_index(drop=True)
