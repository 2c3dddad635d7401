"""The time from one child's death to the next: what a chart of so rare an event is made of.

Each row is two children, so that the table is for the panel alone (`panel_only` in the dictionary): an audience whose
small numbers are protected gets the reason in its place.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import ages_at_death as ages
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter, year_so_far
from lscb.rare_event_charts import days_between
from openstats import Missing

from .absent_returns import sent
from .child_death_cases import RETURN, cases
from .quarter_inputs import Inputs
from .registry import table
from .residents import births_in_print

YEAR = 365.25  # days
DAYS = "cdop_days_between_deaths"
FEW = "fewer than two deaths are held, so there is no time between them"


@table("child_deaths_between", returns=[RETURN], open_data=["births", "deaths", "child_mortality"])
@sent(RETURN)
def child_deaths_between(inputs: Inputs) -> pd.DataFrame:
    """Days from each death to the next, by the day of death, of the deaths notified; and live births between one death
    under one year and the next. `period` is the financial year of the death that ends a span."""
    rows, births = cases(inputs), _births(inputs)
    rows = rows[rows["notified_on"] <= pd.Timestamp(inputs.period.last_day)]
    infants = rows["stage"].isin(ages.STAGES[:3])
    parts = []
    for area in inputs.areas:
        here = rows["area"].eq(area)
        parts.append(_spans(rows.loc[here, "died_on"], area).assign(measure=DAYS, unit="days"))
        young = _spans(rows.loc[here & infants, "died_on"], area)
        a_day = _births_a_day(births[births["area"].eq(area)], pd.to_datetime(young["until"]).dt.year)
        parts.append(young.assign(measure="cdop_births_between_deaths", unit="births", value=young["value"] * a_day))
    frame = pd.concat(parts, ignore_index=True).drop(columns="until")
    frame = frame[frame["value"].notna()].assign(reason="")
    few = [area for area in inputs.areas if area not in set(frame["area"])]
    none = [
        {"area": area, "period": year_so_far(inputs.period), "measure": DAYS, "death": TOTAL, "reason": FEW}
        for area in few
    ]
    return cells(pd.concat([frame, pd.DataFrame(none)], ignore_index=True) if none else frame)


def _births(inputs: Inputs) -> pd.DataFrame:
    """ONS births in print at the period's end; no row where none are held."""
    try:
        return births_in_print(inputs)
    except Missing:
        return pd.DataFrame(columns=["area", "year", "live_births"])


def _spans(died_on: pd.Series, area: str) -> pd.DataFrame:
    """A row for each death but the first: the days since the one before, and its financial year."""
    days = died_on.dropna().sort_values()
    years = [Quarter.of(day.date()).year for day in days.iloc[1:]]
    span = [f"{n:03}" for n in range(2, len(days) + 1)]
    return pd.DataFrame(
        {"area": area, "period": years, "death": span, "value": days_between(days.dt.date), "until": days.iloc[1:]}
    )


def _births_a_day(births: pd.DataFrame, years: pd.Series) -> np.ndarray:
    """Live births a day of each calendar year: its own, or of the newest in print before it; blank where none is."""
    printed = births[births["live_births"].notna()].sort_values("year")
    at = np.searchsorted(printed["year"].to_numpy(float), years.to_numpy(float), side="right") - 1
    yearly = np.append(printed["live_births"].to_numpy(float), np.nan)
    return np.asarray(yearly[at] / YEAR)  # a year before the first in print takes the blank at the end
