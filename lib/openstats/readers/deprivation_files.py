"""The English Indices of Deprivation: Files 1-7 and 9 by neighbourhood, File 10 by authority, CSV or workbook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.deprivation import NEIGHBOURHOODS

from ..deprivation_headings import EDITIONS, MEASURES, SUMMARY, columns, edition_of, index_of
from ..sources import NotAsNamed, number_of
from .workbook_sheets import sheets, table

if TYPE_CHECKING:
    import pandas as pd


def indices(path: Path) -> pd.DataFrame:
    """Neighbourhoods of one edition, one row each.

    Columns: edition, lsoa, lsoa_name, area, area_name, then what the file gives of `<index>_rank`, `_decile`,
    `_score`, `_transformed` and the populations total, children, older, working.
    """
    import pandas as pd

    raw = table(path, lambda names: bool(edition_of(names)) and bool(columns(names)))
    if raw is None or (edition := edition_of(list(raw.columns))) is None:
        raise NotAsNamed(f"{path.name} has no table of neighbourhoods of a known edition (2015, 2019, 2025).")
    keys = {}
    for heading in raw.columns:
        if match := re.match(r"(lsoa|local authority district) (code|name) \(\d{4}\)", heading, re.IGNORECASE):
            first = "lsoa" if match[1].casefold() == "lsoa" else "area"
            keys[first + ("_name" if match[2].casefold() == "name" else "")] = heading
    if missing := {"lsoa", "lsoa_name", "area", "area_name"} - set(keys):
        raise NotAsNamed(f"{path.name} has no column of {' or '.join(sorted(missing))}.")
    used = columns(list(raw.columns))
    frame = raw[[*keys.values(), *used]].rename(columns={name: key for key, name in keys.items()} | used)
    frame = frame.loc[:, ~frame.columns.duplicated()]
    figures = [c for c in frame.columns if c not in keys]
    frame[figures] = frame[figures].apply(pd.to_numeric, errors="coerce").astype("float64")
    for key in keys:
        frame[key] = frame[key].astype("str").str.strip()
    check(frame, edition, path.name)
    return frame.assign(edition=edition)


def check(frame: pd.DataFrame, edition: int, name: str) -> None:
    """Raise NotAsNamed, with counts, for neighbourhoods that stand twice or are unknown, and impossible figures.

    A file of a part of the country passes: it can be mapped. Only the whole country can be summarised.
    """
    from .. import authorities as areas

    twice, wrong = int(frame["lsoa"].duplicated().sum()), int((~frame["lsoa"].str.fullmatch(r"E01\d{6}")).sum())
    strange = sorted(set(frame["area"]) - set(areas.every()))
    count = NEIGHBOURHOODS[edition]
    if twice or wrong or strange or len(frame) > count:
        raise NotAsNamed(
            f"{name}: {number_of(twice, 'neighbourhood stands', 'neighbourhoods stand')} twice, "
            f"{number_of(wrong, 'code is', 'codes are')} not of English neighbourhoods, "
            f"{len(strange):,} not of English authorities{f' ({strange[0]} for one)' if strange else ''}, "
            f"{number_of(len(frame), 'row')} where England has {count:,}: nothing is used from it."
        )
    limits = {"rank": (1, count), "decile": (1, 10)}
    for column in frame.columns.difference(["lsoa", "lsoa_name", "area", "area_name"]):
        low, high = limits.get(column.rpartition("_")[2], (float("-inf"), float("inf")))
        if bad := int((~frame[column].between(low, high)).sum()):
            raise NotAsNamed(
                f"{name}: {column.replace('_', ' ')} is blank or impossible for {number_of(bad, 'neighbourhood')}."
            )


def summaries(path: Path) -> pd.DataFrame:
    """File 10: the published measures of every lower-tier authority.

    Columns: area, index, edition, measure, value, rank, ranked, source.
    """
    import pandas as pd

    parts = []
    for rows in sheets(path).values():
        header = [" ".join(str(cell).split()) for cell in rows[0]] if rows else []
        code = re.match(r"local authority district code \((\d{4})\)", header[0], re.IGNORECASE) if header else None
        if not code or not SUMMARY.search(" ".join(header)):
            continue
        frame, edition = pd.DataFrame(rows[1:], columns=header), EDITIONS.get(code[1])
        frame = frame[frame[header[0]].astype("str").str.match(r"E0[6-9]\d{6}$")]
        for phrase, measure in MEASURES:
            value = next((h for h in header if phrase in h.casefold() and "rank of" not in h.casefold()), None)
            rank = next((h for h in header if f"rank of {phrase}" in h.casefold()), None)
            if value and rank:
                parts.append(
                    pd.DataFrame(
                        {
                            "area": frame[header[0]].astype("str"),
                            "index": index_of(header[2].casefold()),
                            "edition": edition,
                            "measure": measure,
                            "value": pd.to_numeric(frame[value]),
                            "rank": pd.to_numeric(frame[rank]),
                            "ranked": len(frame),
                            "source": f"as published in File 10 (IoD{edition}), among lower-tier authorities",
                        }
                    )
                )
    if not parts:
        raise NotAsNamed(f"{path.name} has no summaries of authorities.")
    return pd.concat(parts, ignore_index=True)
