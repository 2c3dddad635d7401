"""ONS's Postcode Directory: the neighbourhood of every postcode. Of its fifty columns three are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..sources import NotAsNamed

if TYPE_CHECKING:
    import pandas as pd

# The headings of before and after the directory's change of August 2025.
COLUMNS = {"postcode": ("pcds", "pcd"), "lsoa11": ("lsoa11", "lsoa11cd"), "lsoa21": ("lsoa21", "lsoa21cd")}
NEIGHBOURHOOD = r"^[EW]01[0-9]{6}$"


def postcodes(path: Path) -> pd.DataFrame:
    """Postcodes of England and Wales, those no longer in use too: postcode (no spaces), lsoa11, lsoa21 (or blank).

    A directory from before the Census of 2021 has no lsoa21: it is blank throughout. Raises NotAsNamed where no row
    has a neighbourhood.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv

    with path.open(encoding="utf-8-sig") as file:
        names = [name.strip().strip('"') for name in file.readline().split(",")]
    there = {name.casefold(): name for name in names}
    used = {ours: next((there[t] for t in theirs if t in there), "") for ours, theirs in COLUMNS.items()}
    columns = [name for name in used.values() if name]
    options = pyarrow.csv.ConvertOptions(include_columns=columns, column_types=dict.fromkeys(columns, pa.string()))
    table = pyarrow.csv.read_csv(path, convert_options=options)
    blank = pa.nulls(table.num_rows, pa.string())
    frame = {ours: table[name] if name else blank for ours, name in used.items()}
    frame["postcode"] = pc.utf8_upper(pc.replace_substring(frame["postcode"], " ", ""))
    for census in ("lsoa11", "lsoa21"):
        frame[census] = pc.if_else(pc.match_substring_regex(frame[census], NEIGHBOURHOOD), frame[census], None)
    either = pc.or_(pc.is_valid(frame["lsoa11"]), pc.is_valid(frame["lsoa21"]))
    rows = pa.table(frame).filter(either).to_pandas().astype("str").drop_duplicates(ignore_index=True)
    if rows.empty:
        raise NotAsNamed(f"{path.name} has no postcode with a neighbourhood.")
    return pd.DataFrame(rows)
