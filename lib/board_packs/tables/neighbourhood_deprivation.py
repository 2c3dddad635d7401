"""The Indices of Deprivation: summaries with ranks, deciles, neighbourhoods, change between editions. Open data only.

Every edition held has rows; `period` is the edition's year. A district's neighbourhoods count to the authority asked
for: a county is ranked among upper-tier authorities (as in the publisher's File 11), all others among lower-tier ones
(File 10); `method` says which.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import deprivation
from lscb.long_table import cells
from openstats import Missing, Store
from openstats import authorities as areas

from .quarter_inputs import Inputs
from .registry import table
from .residents import absent

SETS = ["iod2015", "iod2019", "iod2025"]
MAPPED = ("imd", "idaci")  # the indices whose neighbourhoods are listed one by one
LIKE = {(2015, 2019): "2011", (2019, 2025): "2021"}
METHOD_CHANGES = {
    (
        "idaci",
        2025,
    ): "relative position only; IDACI 2025 counts income after housing costs, so its scores do not compare",
}
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
    given = set(national["index"].cat.categories)
    parts = [national[national["area"].isin(list(codes))]]
    if national is not here:
        parts.append(here[here["area"].isin(list(codes)) & ~here["index"].isin(given)])
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
        codes, known = pd.factorize(above, sort=True)
        lsoas = lsoas.assign(area=pd.Categorical.from_codes(codes[lsoas["area"].cat.codes], categories=known))
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
                made = _kept(store, ("summaries", edition, upper), lambda e=edition, u=upper: summaries(store, e, u))
                tier = "upper-tier" if upper else "lower-tier"
                parts.append(made[made["area"].isin(of_tier)].assign(method=f"computed, among {tier} authorities"))
    if not parts:
        return pd.DataFrame(columns=[*KEYS, "measure", "value", "rank", "ranked", "method"])
    return pd.concat(parts, ignore_index=True).dropna(subset="value")


def _kept(store: Store, key, make):
    """What is computed from the whole country is kept with the store: three tables read it."""
    return store._once(key, make)


def measured(inputs: Inputs, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The measures of some authorities: computed where the national files allow, else as published."""
    made = computed(inputs, wanted)
    printed = inputs.open_data.published_summaries()
    printed = printed[printed["area"].isin(wanted)].rename(columns={"source": "method"})
    keys = [*KEYS, "measure"]
    both = pd.concat([made, printed], ignore_index=True) if len(made) else printed
    return both.drop_duplicates(keys).sort_values(keys, ignore_index=True)


@table("deprivation_summary", open_data=SETS)
def deprivation_summary(inputs: Inputs) -> pd.DataFrame:
    """The five measures of every index and edition, each with its own rank among the authorities of the edition.

    A measure that the files held cannot give is `not_available`, and the reason says what it needs.
    """
    made = measured(inputs, inputs.areas)
    if made.empty:
        raise Missing("iod2019", "the deprivation of " + ", ".join(areas.name(code) for code in inputs.areas[:3]))
    indices = ["imd", "idaci", *sorted(set(made["index"]) - {"imd", "idaci"})]
    wanted = pd.MultiIndex.from_product(
        [inputs.areas, indices, inputs.open_data.editions(), deprivation.MEASURES], names=[*KEYS, "measure"]
    )
    frame = made.set_index([*KEYS, "measure"]).reindex(wanted).reset_index()
    # an index beside IMD and IDACI is listed for the areas that have a figure of it, whoever else was asked for
    others = frame["value"].notna().groupby([frame["area"], frame["index"]]).transform("any")
    frame = frame[others | frame["index"].isin(("imd", "idaci"))].reset_index(drop=True)
    lacking = frame["value"].isna()
    frame["reason"] = [
        _why(inputs, row.area, row.edition) if row.value != row.value else "" for row in frame.itertuples()
    ]
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
    return f"needs the national files of {edition} with all ranks, scores and populations (File 7): lscb fetch"


UNITS = {
    "average_rank": "rank turned round, most deprived highest",
    "average_score": "score",
    "proportion_decile_1": "share of neighbourhoods",
    "extent": "share of residents",
    "local_concentration": "rank turned round, most deprived highest",
}


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
    made = pairs.merge(every, on="area").assign(beside=lambda f: f["area"].map(areas.name))
    made = made.drop(columns="area").rename(columns={"page": "area"})
    groups = made.groupby([*KEYS, "measure"])["value"]
    made["rank"] = groups.rank(ascending=False, method="min")
    made["ranked"] = groups.transform("count")
    if made.empty or (made["ranked"] < 2).all():
        raise Missing("iod2019", "the neighbours of " + ", ".join(areas.name(code) for code in inputs.areas[:3]))
    made = made[made["ranked"] > 1]
    made = made.assign(unit=made["measure"].map(UNITS), method=made["area"].map(notes))
    made["measure"] = made["measure"] + "_among_neighbours"
    made = made.assign(period=made["edition"].astype("str")).astype({"edition": "str"})
    return cells(absent(inputs, made, "average_rank_among_neighbours", "its statistical neighbours are not held"))


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


@table("deprivation_deciles", open_data=SETS)
def deprivation_deciles(inputs: Inputs) -> pd.DataFrame:
    """Neighbourhoods, and children aged 0-15, by national decile: counts, and the share of the area's own.

    Published deciles. Children are those of the edition's own population; an edition without them is not available.
    """
    parts = []
    for edition in editions(inputs):
        own = owned(inputs, edition, inputs.areas)
        own = own.dropna(subset="decile")
        keys = [own["area"], own["index"].astype("str"), own["decile"].astype("int64").rename("decile")]
        counts = own.assign(neighbourhoods=1.0).groupby(keys)[["neighbourhoods", "children"]]
        counts = counts.sum(min_count=1).rename(columns={"children": "children_0_15"})
        parts.append(_with_empty(counts).assign(edition=edition))
    frame = need(pd.concat(parts, ignore_index=True), inputs)
    made = frame.melt([*KEYS, "decile"], ["neighbourhoods", "children_0_15"], "measure", "count")
    whole = made.groupby([*KEYS, "measure"])["count"].sum(min_count=1).rename("of").reset_index()
    shares = made.merge(whole, on=[*KEYS, "measure"], validate="many_to_one")
    shares = shares.assign(value=shares["count"] / shares["of"], measure=shares["measure"] + "_share")
    totals = whole.rename(columns={"of": "count"}).assign(decile="Total")
    made = pd.concat([made.astype({"decile": "str"}), totals, shares.astype({"decile": "str"})], ignore_index=True)
    kind = made["measure"].str.startswith("neighbourhoods")
    lacking = made["count"].isna()
    made["unit"] = np.where(kind, "neighbourhoods", "children aged 0-15")
    made["reason"] = np.where(lacking, "the edition's population is not held (File 7 or File 6): lscb fetch", "")
    return cells(made, period=made["edition"].astype("str"))


def _with_empty(counts: pd.DataFrame) -> pd.DataFrame:
    """Every decile of every area and index: one without neighbourhoods has 0, and no children, not a blank."""
    pairs = counts.index.droplevel("decile").unique()
    full = pd.MultiIndex.from_tuples(
        [(*pair, decile) for pair in pairs for decile in range(1, 11)], names=counts.index.names
    )
    made = counts.reindex(full)
    empty = made["neighbourhoods"].isna()
    known = made["children_0_15"].notna().groupby(level=[0, 1]).transform("any")
    made["neighbourhoods"] = made["neighbourhoods"].fillna(0.0)
    made["children_0_15"] = made["children_0_15"].mask(empty & known, 0.0)
    return made.reset_index()


@table("deprivation_lsoa", open_data=SETS)
def deprivation_lsoa(inputs: Inputs) -> pd.DataFrame:
    """Every neighbourhood's national decile and rank on IMD and IDACI, and its children aged 0-15.

    neighbourhood_decile : value is the published decile, rank the national rank (1 = most deprived) of `ranked`.
    """
    parts = []
    for edition in editions(inputs):
        own = owned(inputs, edition, inputs.areas)
        own = own[own["index"].isin(MAPPED)]
        ranked = deprivation.NEIGHBOURHOODS[edition]
        base = own.rename(columns={"decile": "value"})[[*KEYS, "lsoa", "lsoa_name", "value", "rank"]]
        parts.append(base.assign(measure="neighbourhood_decile", ranked=ranked, unit="decile"))
        young = own[(own["index"] == "imd") & own["children"].notna()].rename(columns={"children": "count"})
        young = young[[*KEYS, "lsoa", "lsoa_name", "count"]].assign(index="Total", unit="children aged 0-15")
        parts.append(young.assign(measure="neighbourhood_children_0_15"))
    made = pd.concat([part.astype({c: "str" for c in ("index", "lsoa", "lsoa_name")}) for part in parts])
    made = need(made, inputs).reset_index(drop=True)
    return cells(made, period=made["edition"].astype("str"))


@table("deprivation_change", open_data=[*SETS, "lsoa_lookup"])
def deprivation_change(inputs: Inputs) -> pd.DataFrame:
    """How neighbourhoods moved among England's between one edition and the next, on boundaries that did not change.

    decile_change : national decile in the later edition less that in the earlier (below 0: relatively more deprived);
        for a neighbourhood that was split or merged `not_applicable`, with what became of it
    neighbourhoods_moved : their count by direction: more_deprived, same, less_deprived, not_comparable
    rank_change : change of the authority's rank of a summary measure, each among the authorities of its own edition

    All of it is relative: when a place's decile rises others have fallen, and nothing is said of how deprived it is.
    """
    held = editions(inputs)
    steps = [(a, b) for a, b in zip(held, held[1:], strict=False)]
    parts = [_moves(inputs, earlier, later) for earlier, later in steps]
    moves = pd.concat(parts, ignore_index=True)
    counted = moves.groupby(["area", "index", "editions", "direction", "period"], sort=False).size()
    counted = counted.rename("count").reset_index().assign(measure="neighbourhoods_moved", unit="neighbourhoods")
    whole = counted.groupby(["area", "index", "editions"])["count"].transform("sum")
    counted = counted.assign(of=whole, value=counted["count"] / whole)
    moves = moves.drop(columns="direction").assign(measure="decile_change", unit="deciles")
    made = need(pd.concat([moves, counted, _rank_changes(inputs, steps)], ignore_index=True), inputs)
    for name in ("lsoa", "lsoa_name", "direction", "of_measure"):
        made[name] = made[name].fillna("Total")
    return cells(made)


def _moves(inputs: Inputs, earlier: int, later: int) -> pd.DataFrame:
    """One row per neighbourhood of the earlier edition and index, with its change of decile."""
    was, now = (owned(inputs, e, inputs.areas) for e in (earlier, later))
    was, now = (f[f["index"].isin(MAPPED)].astype({"index": "str", "lsoa": "str"}) for f in (was, now))
    if earlier < 2020 <= later:
        look = inputs.open_data.lookup().drop_duplicates("lsoa11").rename(columns={"lsoa11": "lsoa"})
        was = was.merge(look, on="lsoa", how="left", validate="many_to_one")
    else:
        was = was.assign(change="U", lsoa21=was["lsoa"])
    was["lsoa21"] = was["lsoa21"].where(was["change"] == "U")
    now = now[["lsoa", "index", "decile"]].rename(columns={"lsoa": "lsoa21", "decile": "later"})
    both = was.merge(now, on=["lsoa21", "index"], how="left", validate="many_to_one")
    step = both["later"] - both["decile"]
    directions = np.select(
        [step < 0, step > 0, step == 0], ["more_deprived", "less_deprived", "same"], "not_comparable"
    )
    fate = both["change"].map({"S": "split in 2021", "M": "merged in 2021", "X": "redrawn in 2021"})
    method = [METHOD_CHANGES.get((index, later), "relative position only") for index in both["index"]]
    return pd.DataFrame(
        {
            "area": both["area"],
            "period": str(later),
            "index": both["index"],
            "editions": f"{earlier} to {later}",
            "lsoa": both["lsoa"],
            "lsoa_name": both["lsoa_name"].astype("str"),
            "direction": directions,
            "value": step,
            "method": method,
            "status": np.where(step.isna(), "not_applicable", "shown"),
            "reason": fate.where(step.isna()).fillna("not held in both editions").where(step.isna(), ""),
        }
    )


def _rank_changes(inputs: Inputs, steps: list[tuple[int, int]]) -> pd.DataFrame:
    every = measured(inputs, inputs.areas).dropna(subset="rank").rename(columns={"measure": "of_measure"})
    keys = ["area", "index", "of_measure"]
    parts = []
    for earlier, later in steps:
        was, now = (every[every["edition"] == e][[*keys, "rank", "ranked"]] for e in (earlier, later))
        both = was.merge(now, on=keys, suffixes=("_was", ""), validate="one_to_one")
        said = [
            f"{METHOD_CHANGES.get((i, later), 'relative position only')}; rank {int(a)} of {int(n)} in {earlier}"
            for i, a, n in zip(both["index"], both["rank_was"], both["ranked_was"], strict=True)
        ]
        made = both.assign(value=both["rank"] - both["rank_was"], method=said, period=str(later))
        parts.append(
            made[[*keys, "value", "rank", "ranked", "method", "period"]].assign(editions=f"{earlier} to {later}")
        )
    return pd.concat(parts, ignore_index=True).assign(measure="rank_change", unit="places, below 0 more deprived")
