"""The Indices of Deprivation by neighbourhood: deciles, ranks, and change between editions. Open data only.

Every edition in print has rows; `period` is the edition's year.
"""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pandas as pd

from lscb import deprivation
from lscb.long_table import cells

from .indices_held import KEYS, MAPPED, SETS, editions, measured, need, owned
from .quarter_inputs import Inputs
from .reasons import TO_FETCH
from .registry import table

METHOD_CHANGES = {
    (
        "idaci",
        2025,
    ): "relative position only; IDACI 2025 counts income after housing costs, so its scores do not compare",
}

ONE = "one edition of the Indices was in print on the period's last day"
RECAST = "; on the neighbourhoods of 2021: a part has the tenth of what was split, merged ones the tenth they shared"


@table("deprivation_deciles", open_data=SETS)
def deprivation_deciles(inputs: Inputs) -> pd.DataFrame:
    """Neighbourhoods, and children aged 0-15, by national decile: counts, and the share of the area's own.

    Published deciles. Children are those of the edition's own population; an edition without them is not available.
    """
    parts = []
    for edition in editions(inputs):
        local = owned(inputs, edition, inputs.areas)
        local = local.dropna(subset="decile")
        keys = [local["area"], local["index"].astype("str"), local["decile"].astype("int64").rename("decile")]
        groups = local.assign(neighbourhoods=1.0).groupby(keys)[["neighbourhoods", "children"]]
        counts = groups.sum(min_count=1).rename(columns={"children": "children_0_15"})
        parts.append(_with_empty(counts).assign(edition=edition))
    frame = need(pd.concat(parts, ignore_index=True), inputs)
    rows = frame.melt([*KEYS, "decile"], ["neighbourhoods", "children_0_15"], "measure", "count")
    complete = rows.groupby([*KEYS, "measure"])["count"].sum(min_count=1).rename("of").reset_index()
    shares = rows.merge(complete, on=[*KEYS, "measure"], validate="many_to_one")
    shares = shares.assign(value=shares["count"] / shares["of"], measure=shares["measure"] + "_share")
    totals = complete.rename(columns={"of": "count"}).assign(decile="Total")
    rows = pd.concat([rows.astype({"decile": "str"}), totals, shares.astype({"decile": "str"})], ignore_index=True)
    kind = rows["measure"].str.startswith("neighbourhoods")
    lacking = rows["count"].isna()
    rows["unit"] = np.where(kind, "neighbourhoods", "children aged 0-15")
    rows["reason"] = np.where(lacking, TO_FETCH(what="the edition's population is not held (File 7 or File 6)"), "")
    return cells(rows, period=rows["edition"].astype("str"))


def _with_empty(counts: pd.DataFrame) -> pd.DataFrame:
    """Every decile of every area and index: one without neighbourhoods has 0, and no children, not a blank."""
    pairs = dict.fromkeys((area, index) for area, index, _ in counts.index)
    full = pd.MultiIndex.from_tuples(
        [(*pair, decile) for pair in pairs for decile in range(1, 11)], names=counts.index.names
    )
    frame = counts.reindex(full)
    empty = frame["neighbourhoods"].isna()
    recorded = frame["children_0_15"].notna().groupby(level=[0, 1]).transform("any")
    frame["neighbourhoods"] = frame["neighbourhoods"].fillna(0.0)
    frame["children_0_15"] = frame["children_0_15"].mask(empty & recorded, 0.0)
    return frame.reset_index()


@table("deprivation_lsoa", open_data=SETS)
def deprivation_lsoa(inputs: Inputs) -> pd.DataFrame:
    """Every neighbourhood's national decile and rank on IMD and IDACI, and its children aged 0-15.

    neighbourhood_decile : value is the published decile, rank the national rank (1 = most deprived) of `ranked`.
    """
    parts = []
    for edition in editions(inputs):
        local = owned(inputs, edition, inputs.areas)
        local = local[local["index"].isin(MAPPED)]
        ranked = deprivation.NEIGHBOURHOODS[edition]
        base = local.rename(columns={"decile": "value"})[[*KEYS, "lsoa", "lsoa_name", "value", "rank"]]
        parts.append(base.assign(measure="neighbourhood_decile", ranked=ranked, unit="decile"))
        young = local[(local["index"] == "imd") & local["children"].notna()].rename(columns={"children": "count"})
        young = young[[*KEYS, "lsoa", "lsoa_name", "count"]].assign(index="Total", unit="children aged 0-15")
        parts.append(young.assign(measure="neighbourhood_children_0_15"))
    frame = pd.concat([part.astype({c: "str" for c in ("index", "lsoa", "lsoa_name")}) for part in parts])
    frame = need(frame, inputs).reset_index(drop=True)
    return cells(frame, period=frame["edition"].astype("str"))


@table("deprivation_change", open_data=[*SETS, "lsoa_lookup"])
def deprivation_change(inputs: Inputs) -> pd.DataFrame:
    """How neighbourhoods moved among England's between one edition and the next, on boundaries that did not change.

    decile_change : national decile in the later edition less that in the earlier (below 0: relatively more deprived);
        for a neighbourhood that was split or merged `not_applicable`, with what became of it
    neighbourhoods_moved : their count by direction: more_deprived, same, less_deprived, not_comparable
    rank_change : change of the authority's rank of a summary measure, each among the authorities of its own edition

    All of it is relative: when a place's decile rises others have fallen, and nothing is said of how deprived it is.
    """
    years = editions(inputs)
    if not (steps := list(pairwise(years))):
        places = product(inputs.areas, MAPPED, ["Total"])
        rows = pd.DataFrame(places, columns=["area", "index", "editions"]).assign(direction="Total", reason=ONE)
        return cells(rows, period=str(inputs.period), measure="neighbourhoods_moved", status="not_available")
    parts = [_moves(inputs, earlier, later) for earlier, later in steps]
    moves = pd.concat(parts, ignore_index=True)
    sizes = moves.groupby(["area", "index", "editions", "direction", "period"], sort=False).size()
    counted = sizes.rename("count").reset_index().assign(measure="neighbourhoods_moved", unit="neighbourhoods")
    totals = counted.groupby(["area", "index", "editions"])["count"].transform("sum")
    counted = counted.assign(of=totals, value=counted["count"] / totals)
    moves = moves.drop(columns="direction").assign(measure="decile_change", unit="deciles")
    frame = need(pd.concat([moves, counted, _rank_changes(inputs, steps)], ignore_index=True), inputs)
    for name in ("lsoa", "lsoa_name", "direction", "of_measure"):
        frame[name] = frame[name].fillna("Total")
    return cells(frame)


def _moves(inputs: Inputs, earlier: int, later: int) -> pd.DataFrame:
    """One row per neighbourhood of the earlier edition and index, with its change of decile; of the neighbourhoods of
    2021 where the setting `as_of.recast` asks for those."""
    was, now = (owned(inputs, e, inputs.areas) for e in (earlier, later))
    was, now = (f[f["index"].isin(MAPPED)].astype({"index": "str", "lsoa": "str"}) for f in (was, now))
    note = ""
    if inputs.standard("as_of.recast"):
        was, now = (_recast(inputs, frame) if e < 2020 else frame for frame, e in ((was, earlier), (now, later)))
        note = RECAST if earlier < 2020 else ""
        was = was.assign(change=was.get("change", "U"), lsoa21=was["lsoa"])
    elif earlier < 2020 <= later:
        look = inputs.open_data.lookup().drop_duplicates("lsoa11").rename(columns={"lsoa11": "lsoa"})
        was = was.merge(look, on="lsoa", how="left", validate="many_to_one")
        was["lsoa21"] = was["lsoa21"].where(was["change"] == "U")
    else:
        was = was.assign(change="U", lsoa21=was["lsoa"])
    now = now[["lsoa", "index", "decile"]].rename(columns={"lsoa": "lsoa21", "decile": "later"})
    both = was.merge(now, on=["lsoa21", "index"], how="left", validate="many_to_one")
    step = both["later"] - both["decile"]
    directions = np.select(
        [step < 0, step > 0, step == 0], ["more_deprived", "less_deprived", "same"], "not_comparable"
    )
    fate = both["change"].map({"S": "split in 2021", "M": "merged in 2021", "X": "redrawn in 2021"})
    method = [METHOD_CHANGES.get((index, later), "relative position only") + note for index in both["index"]]
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


def _recast(inputs: Inputs, frame: pd.DataFrame) -> pd.DataFrame:
    """An edition's rows on the neighbourhoods of 2021, with `change`, what became of those of 2011.

    A part of one that was split has its decile; one that was merged has the decile that all its parts share. Merged of
    several deciles, or redrawn, has none: what it would have had can only be worked out from scores, not looked up.
    """
    look = inputs.open_data.lookup().rename(columns={"lsoa11": "lsoa"})
    look = look.assign(parts=look.groupby("lsoa21")["lsoa"].transform("size"))
    pairs = frame.merge(look, on="lsoa", how="left")
    pairs = pairs.assign(lsoa=pairs["lsoa21"].fillna(pairs["lsoa"])).drop(columns="lsoa21")
    shared = pairs.groupby(["area", "index", "lsoa"], sort=False)["decile"].agg(["nunique", "count"])
    pairs = pairs.join(shared, on=["area", "index", "lsoa"])
    sure = (pairs["nunique"] == 1) & (pairs["count"] == pairs["parts"]) & (pairs["change"] != "X")
    return pairs.assign(decile=pairs["decile"].where(sure)).drop_duplicates(["area", "index", "lsoa"])


def _rank_changes(inputs: Inputs, steps: list[tuple[int, int]]) -> pd.DataFrame:
    every = measured(inputs, inputs.areas).dropna(subset="rank").rename(columns={"measure": "of_measure"})
    keys = ["area", "index", "of_measure"]
    parts = []
    for earlier, later in steps:
        was, now = (every[every["edition"] == e][[*keys, "rank", "ranked"]] for e in (earlier, later))
        both = was.merge(now, on=keys, suffixes=("_was", ""), validate="one_to_one")
        notes = [
            f"{METHOD_CHANGES.get((i, later), 'relative position only')}; rank {int(a)} of {int(n)} in {earlier}"
            for i, a, n in zip(both["index"], both["rank_was"], both["ranked_was"], strict=True)
        ]
        change = both.assign(value=both["rank"] - both["rank_was"], method=notes, period=str(later))
        parts.append(
            change[[*keys, "value", "rank", "ranked", "method", "period"]].assign(editions=f"{earlier} to {later}")
        )
    return pd.concat(parts, ignore_index=True).assign(measure="rank_change", unit="places, below 0 more deprived")
