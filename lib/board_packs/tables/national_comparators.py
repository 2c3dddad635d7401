"""National figures of child death reviews and of domestic abuse conferences, to stand beside an area's own.

data/reference/national-comparators.csv holds what a primary source confirms, each with its basis, publication and day:
the newest of each measure that was in print by the period's last day is used, and where none was, that is said. They
are other bases than the area's own (reviews completed in a year, not deaths of a year; cases at meetings, not
referrals), so a page sets them beside each other and claims no difference.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from lscb.long_table import cells
from openstats.project_data import DATA

from .registry import table

if TYPE_CHECKING:
    from .quarter_inputs import Inputs

FILE = DATA / "reference" / "national-comparators.csv"
MEASURES = {
    "death_rate": "national_death_rate",
    "modifiable_share": "national_modifiable_share",
    "reviews_completed": "national_reviews_completed",
    "case_rate": "national_case_rate",
    "repeat_share": "national_repeat_share",
}


@lru_cache
def published() -> pd.DataFrame:
    """Every national figure that is held, one a row. Callers must not edit what they get."""
    return pd.read_csv(FILE, parse_dates=["period_to", "published_on"])


def newest(inputs: Inputs, measure: str) -> dict:
    """The newest figure of a measure that was in print by the period's last day, as the fields of a row; else why there
    is none, with the earliest that is held."""
    figures = published()[published()["measure"] == measure].sort_values(["period_to", "published_on"])
    last = inputs.period.last_day
    there = figures[["value", "count"]].notna().any(axis=1)  # a row without a figure is an edition that is not held
    in_print = figures["published_on"] <= pd.Timestamp(last)
    out = figures[in_print & there]
    if out.empty:
        first = figures[there].iloc[0]
        reason = f"none that is held was in print on {last.day} {last:%B %Y}; the earliest is of {first['period']}"
        return {"status": "not_available", "reason": reason}
    row = out.iloc[-1]
    method = f"{row['geography']}, {row['period']}: {row['basis']}; {row['publisher']}, {row['publication']}"
    if (later := figures.loc[in_print, "period"].iloc[-1]) != row["period"]:
        method += f"; that of {later} was in print and is not held"
    return {"unit": row["unit"], "method": method} | {name: row[name] for name in ("value", "count", "of")}


@table("national_comparators")
def national_comparators(inputs: Inputs) -> pd.DataFrame:
    """Of each measure the newest national figure in print by the period's last day, or why there is none."""
    rows = [
        {"area": area, "period": str(inputs.period), "measure": name} | newest(inputs, measure)
        for area in inputs.areas
        for measure, name in MEASURES.items()
    ]
    return cells(rows)
