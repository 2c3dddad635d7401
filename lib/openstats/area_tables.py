"""Tables of areas: their names beside their codes, and counts of authorities added up from those of others."""

from __future__ import annotations

from collections.abc import Iterable
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


def recast(
    frame: pd.DataFrame, figures: list[str], keys: list[str], codes: Iterable[str] | None = None
) -> pd.DataFrame:
    """Counts of areas, with those authorities added up that a file does not give: from districts or predecessors.

    frame : one row per area and `keys`; figures : columns of counts, which are added; keys : what else tells rows
        apart, the first of which (a year) and the vintage, if there is one, decide which areas are there together
    codes : the areas wanted; None for all of the frame and every upper-tier authority since 2013

    An authority is added up only where the land of others there is exactly its own, and a sum with a missing part is
    missing. A county that Nomis lacks is the sum of its districts; Dorset of today was five districts until 2019; an
    authority that was recoded has the figures of its other code.
    """
    import pandas as pd

    wanted = {a.code for a in areas.every().values() if a.type in areas.UPPER_TIER} if codes is None else set(codes)
    together = [keys[0], *(["vintage"] if "vintage" in keys else [])]
    there = frame.groupby(together, observed=True)["area"].unique()
    sums = []
    for group, present in there.items():
        names = set(map(str, present))
        parts = {code: cover for code in sorted(wanted - names) if (cover := areas.cover(code, names))}
        if not parts:
            continue
        rows = frame[(frame[together] == (list(group) if isinstance(group, tuple) else [group])).all(axis=1)]
        rows = rows[rows["area"].isin({part for cover in parts.values() for part in cover})]
        pairs = pd.DataFrame(
            [(code, part) for code, cover in parts.items() for part in cover], columns=["whole", "area"], dtype="str"
        )
        rows = rows.merge(pairs, on="area")
        total = rows.groupby(["whole", *keys], observed=True)[figures].sum(min_count=1)
        gaps = rows[figures].isna().groupby([rows["whole"], *(rows[key] for key in keys)], observed=True).any()
        sums.append(total.mask(gaps).reset_index().rename(columns={"whole": "area"}))
    kept = frame if codes is None else frame[frame["area"].isin(wanted)]
    if not sums:
        return kept.reset_index(drop=True)
    added = pd.concat(sums, ignore_index=True)
    types = {name: frame[name].dtype for name in [*keys, *figures] if added[name].notna().all()}
    return pd.concat([kept, added.astype(types)], ignore_index=True)
