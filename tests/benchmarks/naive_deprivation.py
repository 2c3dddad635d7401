"""The five measures written out one authority at a time: a second opinion for tests, the slow side of the benchmark."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb.deprivation import MEASURES, WEIGHTS


def summarise(lsoas: pd.DataFrame) -> pd.DataFrame:
    """As `deprivation.summarise` for a whole country with all figures, with `groupby.apply`; no checks.

    Returns one row per edition, index and area (as its index) with a column per measure.
    """
    n = lsoas["lsoa"].nunique()
    groups = lsoas.groupby(["edition", "index", "area"], observed=True)
    return groups[["rank", "score", "decile", "total", "children", "older", "working"]].apply(_one, n)


def ranks(measures: pd.DataFrame) -> pd.DataFrame:
    """Ranks of `summarise`'s columns within edition and index, 1 for the highest."""
    return measures.groupby(level=["edition", "index"], observed=True).rank(ascending=False, method="min")


def _one(place: pd.DataFrame, n: int) -> pd.Series:
    people = place[WEIGHTS.get(place.name[1], "total")]
    turned = n + 1 - place["rank"]
    percentile = np.ceil(100 * place["rank"] / n)
    counts = np.where(percentile <= 10, 1, np.where(percentile <= 30, 0.95 - (percentile - 11) * 0.9 / 19, 0))
    worst = place.sort_values("rank")
    own = worst[WEIGHTS.get(place.name[1], "total")]
    enters = (0.1 * own.sum() - (own.cumsum() - own)).clip(lower=0).clip(upper=own)
    values = (
        (people * turned).sum() / people.sum(),
        (people * place["score"]).sum() / people.sum(),
        (place["decile"] == 1).mean(),
        (people * counts).sum() / people.sum(),
        (enters * (n + 1 - worst["rank"])).sum() / enters.sum(),
    )
    return pd.Series(values, index=MEASURES)
