"""The Indices of Deprivation that are held: editions, an authority's neighbourhoods, and its five measures.

A county is ranked among upper-tier authorities (as in the publisher's File 11), all others among lower-tier ones
(File 10); `method` says which, and from which authorities a reorganised one was put together.
"""

from __future__ import annotations

import pandas as pd

from openstats import Missing
from openstats import authorities as areas

from .quarter_inputs import Inputs
from .residents import edition, names_of

SETS = ["iod2015", "iod2019", "iod2025"]
MAPPED = ("imd", "idaci")  # the indices whose neighbourhoods are listed one by one
KEYS = ["area", "index", "edition"]
# Decimals of the measures in File 10.
PRINTED_DECIMALS = {
    "average_rank": 2,
    "average_score": 3,
    "proportion_decile_1": 4,
    "extent": 4,
    "local_concentration": 2,
}


def in_print(inputs: Inputs) -> list[int]:
    """The editions held that were out on the period's last day (the oldest where none was); every one of a period that is
    seen from today."""
    newest, every = edition(inputs)[0], str(inputs.period) in inputs.standard("as_of.by_today")
    return [year for year in inputs.open_data.editions() if every or year <= newest]


def editions(inputs: Inputs) -> list[int]:
    """Those of them that can be used: held whole, or not at all and then as committed for the worked example."""
    store = inputs.open_data
    return [year for year in in_print(inputs) if store.whole(year) or not store.has(f"iod{year}")]


def owned(inputs: Inputs, edition: int, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The neighbourhoods of some authorities, with `area` the upper-tier authority where that one was asked for.

    What is committed for the worked example stands in for an index that the files held do not give.
    """
    store = inputs.open_data
    return store.once(("owned", edition, wanted), lambda: store.neighbourhoods(edition, wanted))


def need(frame: pd.DataFrame, inputs: Inputs, what: str = "neighbourhoods") -> pd.DataFrame:
    """The frame; raises Missing, naming the edition in force, where it has no row of any area asked for."""
    if frame.empty:
        raise Missing(f"iod{edition(inputs)[0]}", f"the {what} of {names_of(inputs.areas)}")
    return frame


def computed(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """Measures computed from the whole country for some authorities, of every edition in print.

    A measure whose weights or scores are not held is left out. An authority that the edition does not have is put
    together from its neighbourhoods, and `method` says from which authorities.
    """
    store, day = inputs.open_data, inputs.period.last_day
    whole_editions = [year for year in editions(inputs) if store.whole(year)]
    if not whole_editions or not wanted:
        return pd.DataFrame(columns=[*KEYS, "measure", "value", "rank", "ranked", "method"])
    return pd.concat([store.deprivation(year, wanted, day) for year in whole_editions], ignore_index=True)


def measured(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The measures of some authorities: computed where the national files allow, which rounds nothing, else published.

    A computed figure that does not round to the published one gives way to it: the publisher's weights are not rounded
    to whole people, those in the files are.
    """
    keys = [*KEYS, "measure"]
    frame, printed = computed(inputs, wanted), _printed(inputs, wanted)
    official = printed[printed["method"].str.startswith("as published")]
    both = frame.merge(official[[*keys, "value"]], on=keys, how="left", suffixes=("", "_printed"))
    half = both["measure"].map(PRINTED_DECIMALS).rpow(10.0).rdiv(0.5)
    agree = both["value_printed"].isna() | ((both["value"] - both["value_printed"]).abs() <= half * (1 + 1e-6))
    agreed = both[agree].drop(columns="value_printed")
    parts = [part for part in (agreed, printed) if len(part)] or [frame]
    return pd.concat(parts, ignore_index=True).drop_duplicates(keys).sort_values(keys, ignore_index=True)


def _printed(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The published measures of some authorities; one that was recoded has those of its other code."""
    codes = pd.DataFrame(
        [(other, code) for code in wanted for other in [code, *areas.recoded(code)]], columns=["area", "asked"]
    )
    printed = inputs.open_data.published_summaries().rename(columns={"source": "method"})
    rows = printed[printed["edition"].isin(in_print(inputs))].merge(codes.astype("str"), on="area")
    return rows.assign(area=rows["asked"]).drop(columns="asked")
