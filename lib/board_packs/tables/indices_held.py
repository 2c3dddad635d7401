"""The Indices of Deprivation that are held: editions, an authority's neighbourhoods, and its five measures.

A district's neighbourhoods count to the authority asked for: a county is ranked among upper-tier authorities (as in the
publisher's File 11), all others among lower-tier ones (File 10); `method` says which.
"""

from __future__ import annotations

import pandas as pd

from lscb import deprivation
from openstats import Missing, Store
from openstats import authorities as areas

from .quarter_inputs import Inputs

SETS = ["iod2015", "iod2019", "iod2025"]
MAPPED = ("imd", "idaci")  # the indices whose neighbourhoods are listed one by one
KEYS = ["area", "index", "edition"]


def editions(inputs: Inputs) -> list[int]:
    """The editions that can be used: held whole, or not at all and then as committed for the worked example."""
    store = inputs.open_data
    return [edition for edition in store.editions() if store.whole(edition) or not store.has(f"iod{edition}")]


def is_county(area: str) -> bool:
    return areas.known(area).type == "county"


def owned(inputs: Inputs, edition: int, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The neighbourhoods of some authorities, with `area` the upper-tier authority where that one was asked for.

    What is committed for the worked example stands in for an index that the files held do not give.
    """
    store = inputs.open_data
    return _kept(store, ("owned", edition, wanted), lambda: _owned(store, edition, wanted))


def _owned(store: Store, edition: int, wanted: tuple[str, ...]) -> pd.DataFrame:
    codes = {code: code for code in wanted}
    codes |= {a.code: a.county for a in areas.every().values() if a.type == "district" and a.county in codes}
    national, here = store.lsoas(edition), store.committed(edition)
    national_indices = set(national["index"].cat.categories)
    parts = [national[national["area"].isin(list(codes))]]
    if national is not here:
        parts.append(here[here["area"].isin(list(codes)) & ~here["index"].isin(national_indices)])
    text = dict.fromkeys(["area", "area_name", "lsoa", "lsoa_name", "index"], "str")
    every = pd.concat([part.astype(text) for part in parts if len(part)] or parts[:1], ignore_index=True)
    return every.assign(area=every["area"].astype("str").map(codes))


def need(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """The frame; raises Missing where it has no row of any area asked for."""
    if frame.empty:
        names = ", ".join(areas.name(code) for code in inputs.areas[:3])
        raise Missing("iod2019", f"the neighbourhoods of {names}" + (" and others" if len(inputs.areas) > 3 else ""))
    return frame


def summaries(store: Store, edition: int, upper: bool) -> pd.DataFrame:
    """The five measures of all lower-tier authorities of an edition, or of all upper-tier ones."""
    lsoas = store.lsoas(edition)
    if upper:
        above = lsoas["area"].cat.categories.map(areas.upper_of)
        codes, uppers = pd.factorize(above, sort=True)
        lsoas = lsoas.assign(area=pd.Categorical.from_codes(codes[lsoas["area"].cat.codes], categories=uppers))
    return deprivation.summarise(lsoas)


def computed(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """Measures computed from the whole country for some authorities, of every edition held; counties among upper tier.

    A measure whose weights or scores are not held is left out.
    """
    parts = []
    store = inputs.open_data
    for edition in editions(inputs):
        if not store.whole(edition):
            continue
        for upper in (False, True):
            of_tier = [code for code in wanted if is_county(code) == upper]
            if of_tier:
                summary = _kept(store, ("summaries", edition, upper), lambda e=edition, u=upper: summaries(store, e, u))
                tier = "upper-tier" if upper else "lower-tier"
                parts.append(
                    summary[summary["area"].isin(of_tier)].assign(method=f"computed, among {tier} authorities")
                )
    if not parts:
        return pd.DataFrame(columns=[*KEYS, "measure", "value", "rank", "ranked", "method"])
    return pd.concat(parts, ignore_index=True).dropna(subset="value")


def _kept(store: Store, key, make):
    """What is computed from the whole country is kept with the store: three tables read it."""
    return store.once(key, make)


def measured(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The measures of some authorities: computed where the national files allow, else as published."""
    frame = computed(inputs, wanted)
    printed = inputs.open_data.published_summaries()
    printed = printed[printed["area"].isin(wanted)].rename(columns={"source": "method"})
    keys = [*KEYS, "measure"]
    both = pd.concat([frame, printed], ignore_index=True) if len(frame) else printed
    return both.drop_duplicates(keys).sort_values(keys, ignore_index=True)
