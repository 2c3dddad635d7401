"""The Indices of Deprivation, neighbourhood by neighbourhood: from one wide row each to one row per index."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING

from . import authorities as areas
from .sources import NotAsNamed, number_of, reference

if TYPE_CHECKING:
    import pandas as pd

# Weights of the domains in the IMD score; their exponentially transformed scores are in File 9.
DOMAINS = {
    "income": 0.225,
    "employment": 0.225,
    "education": 0.135,
    "health": 0.135,
    "crime": 0.093,
    "barriers": 0.093,
    "living_environment": 0.093,
}
LSOA_YEAR = {2015: 2011, 2019: 2011, 2025: 2021}  # the census whose neighbourhoods an edition has
WEIGHTS = ("total", "children", "older", "working")
INDICES = ("imd", "idaci", "idaopi", *DOMAINS)


def joined(parts: list[pd.DataFrame], edition: int) -> pd.DataFrame:
    """The files of an edition side by side, one row per neighbourhood.

    Raises NotAsNamed where a neighbourhood is there twice or missing from one of them, or where two files give
    different figures: with the count.
    """
    wide = parts[0].drop(columns="edition").set_index("lsoa")
    for part in parts[1:]:
        other = part.drop(columns="edition").set_index("lsoa")
        if len(missing := wide.index.symmetric_difference(other.index)):
            raise NotAsNamed(
                f"Indices of {edition}: {number_of(len(missing), 'neighbourhood')} in one file and not in another "
                f"({missing[0]} for one): fetch the files again, all of one release."
            )
        other = other.reindex(wide.index)
        for column in other.columns.intersection(wide.columns):
            if not wide[column].equals(other[column]):
                differ = int((wide[column] != other[column]).sum())
                raise NotAsNamed(
                    f"Indices of {edition}: two files differ in {column.replace('_', ' ')} for {differ:,} "
                    "neighbourhoods: keep the files of one release only."
                )
        wide = wide.join(other[other.columns.difference(wide.columns)])
    return with_score(wide.reset_index())


def with_score(wide: pd.DataFrame) -> pd.DataFrame:
    """The frame with the IMD score: published (Files 5 and 7), else the weighted sum of File 9, at 3 decimals."""
    transformed = [f"{domain}_transformed" for domain in DOMAINS]
    if "imd_score" not in wide and set(transformed) <= set(wide.columns):
        parts = [wide[f"{domain}_transformed"] * weight for domain, weight in DOMAINS.items()]
        wide = wide.assign(imd_score=functools.reduce(operator.add, parts).round(3))
    return wide.drop(columns=[c for c in transformed if c in wide])


def long(wide: pd.DataFrame, edition: int) -> pd.DataFrame:
    """One row per neighbourhood and index, for every index of which something is there.

    area, lsoa and index are categories: at 33,755 neighbourhoods and ten indices text would cost more than the sums.
    """
    import numpy as np
    import pandas as pd

    figures = ("rank", "score", "decile")
    there = [i for i in INDICES if any(f"{i}_{figure}" in wide for figure in figures)]
    n, blank = len(wide), np.full(len(wide), np.nan)
    frame = pd.DataFrame(index=range(n * len(there)))
    for name in ("area", "area_name", "lsoa", "lsoa_name"):
        text = pd.Categorical(wide[name].astype("str"))
        frame[name] = pd.Categorical.from_codes(np.tile(text.codes, len(there)), text.categories)
    frame["index"] = pd.Categorical.from_codes(
        np.repeat(np.arange(len(there)), n), categories=pd.Index(there, dtype="str")
    )
    frame["edition"] = edition
    for figure in figures:
        columns = [wide.get(f"{i}_{figure}", pd.Series(blank)).to_numpy("float64") for i in there]
        frame[figure] = np.concatenate(columns) if columns else blank
    for weight in WEIGHTS:
        frame[weight] = np.tile(wide[weight].to_numpy("float64") if weight in wide else blank, len(there))
    return frame


def reference_wide(edition: int) -> pd.DataFrame:
    """Southampton's neighbourhoods from data/reference, as one wide row each."""
    import pandas as pd

    year = 2021 if edition == 2025 else 2011
    frame = pd.read_csv(reference(f"southampton-lsoa-{year}-deprivation.csv"))
    names = {f"lsoa{year % 100}cd": "lsoa", f"lsoa{year % 100}nm": "lsoa_name"}
    for column in frame.columns:
        stem, _, figure = column.rpartition("_")
        if stem.endswith(str(edition)):
            index = stem.removesuffix(str(edition))
            index = {"housing_services": "barriers", "environment": "living_environment"}.get(index, index)
            names[column] = f"{index}_{figure}"
    middle = {2015: 2012, 2019: 2015}.get(edition)
    names |= {f"pop_total_mid{middle}": "total", f"pop_0_15_mid{middle}": "children"}
    wide = frame[[column for column in frame.columns if column in names]].rename(columns=names)
    return wide.assign(area="E06000045", area_name=areas.name("E06000045"))
