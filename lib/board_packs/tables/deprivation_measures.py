"""The five measures of every index and edition: ranks among authorities, and beside the statistical neighbours.

Open data only. Every edition in print has rows; `period` is the edition's year.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import deprivation
from lscb.long_table import cells
from openstats import Missing
from openstats import authorities as areas

from .indices_held import KEYS, MAPPED, SETS, in_print, measured, need
from .quarter_inputs import Inputs
from .reasons import TO_FETCH
from .registry import table
from .residents import absent

UNITS = {
    "average_rank": "rank turned round, most deprived highest",
    "average_score": "score",
    "proportion_decile_1": "share of neighbourhoods",
    "extent": "share of residents",
    "local_concentration": "rank turned round, most deprived highest",
}


@table("deprivation_summary", open_data=SETS)
def deprivation_summary(inputs: Inputs) -> pd.DataFrame:
    """The five measures of every index and edition, each with its own rank among the authorities of the edition.

    A measure that the files held cannot give is `not_available`, and the reason says what it needs.
    """
    measures = need(measured(inputs, inputs.areas), inputs, "deprivation")
    indices = ["imd", "idaci", *sorted(set(measures["index"]) - {"imd", "idaci"})]
    wanted = pd.MultiIndex.from_product(
        [inputs.areas, indices, in_print(inputs), deprivation.MEASURES], names=[*KEYS, "measure"]
    )
    frame = measures.set_index([*KEYS, "measure"]).reindex(wanted).reset_index()
    # an index beside IMD and IDACI is listed for the areas that have a figure of it, whoever else was asked for
    others = frame["value"].notna().groupby([frame["area"], frame["index"]]).transform("any")
    frame = frame[others | frame["index"].isin(("imd", "idaci"))].reset_index(drop=True)
    lacking = frame["value"].isna()
    places = zip(frame["area"], frame["edition"], lacking, strict=True)
    frame["reason"] = [_why(inputs, area, edition) if blank else "" for area, edition, blank in places]
    frame["status"] = np.where(lacking, "not_available", "shown")
    frame["unit"] = frame["measure"].map(UNITS)
    return cells(frame, period=frame["edition"].astype("str"))


def _why(inputs: Inputs, area: str, edition: int) -> str:
    """Why an authority has no figure in an edition."""
    store = inputs.open_data
    if store.whole(edition) and area not in store.authorities(edition):
        return f"{areas.name(area)} is not an authority of the {edition} edition"
    if store.has(f"iod{edition}") and not store.whole(edition):
        return f"{store.lacking(edition):,} neighbourhoods of the {edition} edition are missing from the files held"
    return TO_FETCH(what=f"needs the national files of {edition} with all ranks, scores and populations (File 7)")


@table("deprivation_neighbours", open_data=[*SETS, "lait"])
def deprivation_neighbours(inputs: Inputs) -> pd.DataFrame:
    """The authority beside its statistical neighbours on IMD and IDACI: values, and the rank among them.

    `beside` is the authority described; the rank (1 = most deprived) is among the area and its neighbours of the list
    in force. A neighbour that no longer exists in an edition, or is not held, has no row; `ranked` counts those there.
    """
    near = _near(inputs)
    pairs = pd.DataFrame(
        [(page, code) for page, frame in near.items() for code in [page, *frame["area"]]], columns=["page", "area"]
    )
    notes = {page: frame.attrs["note"] for page, frame in near.items()}
    every = measured(inputs, tuple(pairs["area"].unique()))
    every = every[every["index"].isin(MAPPED)][[*KEYS, "measure", "value"]]
    beside = pairs.merge(every, on="area").assign(beside=lambda f: f["area"].map(areas.name))
    beside = beside.drop(columns="area").rename(columns={"page": "area"})
    groups = beside.groupby([*KEYS, "measure"])["value"]
    beside["rank"] = groups.rank(ascending=False, method="min")
    beside["ranked"] = groups.transform("count")
    beside = need(beside[beside["ranked"] > 1], inputs, "neighbours")
    beside = beside.assign(unit=beside["measure"].map(UNITS), method=beside["area"].map(notes))
    beside["measure"] = beside["measure"] + "_among_neighbours"
    beside = beside.assign(period=beside["edition"].astype("str")).astype({"edition": "str"})
    return cells(absent(inputs, beside, "average_rank_among_neighbours", "its statistical neighbours are not held"))


def _near(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """The neighbours of every area that has a list. Raises Missing where none has."""
    near, missing = {}, None
    for area in inputs.areas:
        try:
            near[area] = inputs.comparators(area)
        except Missing as absence:
            missing = absence
    if not near and missing:
        raise missing
    return near
