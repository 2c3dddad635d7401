"""The Indices of Deprivation that are held: editions, an authority's neighbourhoods, and its five measures.

A county is ranked among upper-tier authorities (as in the publisher's File 11), all others among lower-tier ones
(File 10); `method` says which, and from which authorities a reorganised one was put together.
"""

from __future__ import annotations

import pandas as pd

from openstats import Missing
from openstats import authorities as areas

from .quarter_inputs import Inputs

SETS = ["iod2015", "iod2019", "iod2025"]
MAPPED = ("imd", "idaci")  # the indices whose neighbourhoods are listed one by one
KEYS = ["area", "index", "edition"]


def editions(inputs: Inputs) -> list[int]:
    """The editions that can be used: held whole, or not at all and then as committed for the worked example."""
    store = inputs.open_data
    return [edition for edition in store.editions() if store.whole(edition) or not store.has(f"iod{edition}")]


def owned(inputs: Inputs, edition: int, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The neighbourhoods of some authorities, with `area` the upper-tier authority where that one was asked for.

    What is committed for the worked example stands in for an index that the files held do not give.
    """
    store = inputs.open_data
    return store.once(("owned", edition, wanted), lambda: store.neighbourhoods(edition, wanted))


def need(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """The frame; raises Missing where it has no row of any area asked for."""
    if frame.empty:
        names = ", ".join(areas.name(code) for code in inputs.areas[:3])
        raise Missing("iod2019", f"the neighbourhoods of {names}" + (" and others" if len(inputs.areas) > 3 else ""))
    return frame


def computed(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """Measures computed from the whole country for some authorities, of every edition held.

    A measure whose weights or scores are not held is left out. An authority that the edition does not have is put
    together from its neighbourhoods, and `method` says from which authorities.
    """
    store, day = inputs.open_data, inputs.period.last_day
    whole_editions = [edition for edition in editions(inputs) if store.whole(edition)]
    if not whole_editions or not wanted:
        return pd.DataFrame(columns=[*KEYS, "measure", "value", "rank", "ranked", "method"])
    return pd.concat([store.deprivation(edition, wanted, day) for edition in whole_editions], ignore_index=True)


def measured(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The measures of some authorities: computed where the national files allow, else as published."""
    frame = computed(inputs, wanted)
    printed = inputs.open_data.published_summaries()
    printed = printed[printed["area"].isin(wanted)].rename(columns={"source": "method"})
    keys = [*KEYS, "measure"]
    both = pd.concat([frame, printed], ignore_index=True) if len(frame) else printed
    return both.drop_duplicates(keys).sort_values(keys, ignore_index=True)
