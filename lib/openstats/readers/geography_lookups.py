"""Lookups of neighbourhoods: 2011 to 2021, and to authorities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..sources import NotAsNamed, number_of

if TYPE_CHECKING:
    import pandas as pd


def lsoas(path: Path) -> pd.DataFrame:
    """Every English neighbourhood of 2011 with what became of it: lsoa11, change (U, S, M, X), lsoa21."""
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    names = {name.casefold(): name for name in frame.columns}
    wanted = [("lsoa11_code", "lsoa11cd"), ("change_code", "chngind"), ("lsoa21_code", "lsoa21cd")]
    frame = frame[[next(names[n] for n in pair if n in names) for pair in wanted]]
    frame.columns = ["lsoa11", "change", "lsoa21"]
    frame = frame[frame["lsoa11"].str.startswith("E")].drop_duplicates(ignore_index=True)
    if odd := int((~frame["change"].isin(list("USMX"))).sum()):
        raise NotAsNamed(f"{path.name}: {number_of(odd, 'row')} with a change code other than U, S, M or X.")
    unchanged = frame[frame["change"] == "U"]
    if bad := int((unchanged["lsoa11"].duplicated() | unchanged["lsoa21"].duplicated()).sum()):
        raise NotAsNamed(
            f"{path.name}: {number_of(bad, 'neighbourhood is', 'neighbourhoods are')} unchanged, yet there twice."
        )
    return frame


def areas_of(path: Path) -> pd.DataFrame:
    """The authority of every English neighbourhood: lsoa, area, area_name."""
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    lsoa = next(c for c in frame.columns if c.startswith("lsoa") and c.endswith("code"))
    area = next(c for c in frame.columns if c.startswith("ltla") and c.endswith("code"))
    frame = frame[[lsoa, area, area.replace("code", "name")]].drop_duplicates()
    frame.columns = ["lsoa", "area", "area_name"]
    frame = frame[frame["lsoa"].str.startswith("E")]
    if twice := int(frame["lsoa"].duplicated().sum()):
        raise NotAsNamed(
            f"{path.name}: {number_of(twice, 'neighbourhood lies', 'neighbourhoods lie')} in two authorities."
        )
    return frame.reset_index(drop=True)
