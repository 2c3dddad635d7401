"""Which list of statistical neighbours was in force on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .area_tables import named
from .project_data import standard

if TYPE_CHECKING:
    import pandas as pd


def in_force(lists: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """One authority's neighbours from the newest of its lists that was out by a day, or from the oldest where none was.

    lists : model_year, neighbour, closeness_order; as_of : None for the newest list
    Columns: area, area_name, model_year, closeness_order; `attrs["note"]` says which list was used and why.
    """
    import pandas as pd

    years = sorted(lists["model_year"].unique())
    since = {int(y): day for y, day in standard("as_of.neighbours").items()}
    before = [y for y in years if as_of is None or since.get(int(y), date(int(y), 1, 1)) <= as_of]
    year = int(before[-1] if before else years[0])
    chosen = lists[lists["model_year"] == year].sort_values("closeness_order")
    columns = {
        "area": chosen["neighbour"].astype("str"),
        "model_year": year,
        "closeness_order": chosen["closeness_order"].astype("int64"),
    }
    frame = named(pd.DataFrame(columns).reset_index(drop=True))
    late = f", the oldest held; the one in force on {as_of:%d %B %Y} is not held" if not before and as_of else ""
    frame.attrs["note"] = f"DfE's list of {year}{late}"
    return frame
