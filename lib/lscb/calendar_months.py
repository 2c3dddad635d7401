"""Calendar months by the corresponding-date rule, on whole arrays of days.

A month ends on the day of the same number; where the later month has no such day, on its last: twelve months from
29 February 2016 end on 28 February 2017, a month from 31 January ends on 28 February. That day still counts as
within. (Birthdays follow another rule, see lscb.ages_at_death: a child born on 29 February is one on 1 March.)
"""

from typing import Any

import numpy as np
import pandas as pd

DAY, MONTH = "datetime64[D]", "datetime64[M]"


def days(values: Any) -> np.ndarray:
    """Dates of any kind (text, dates, datetimes, a Series of them) as whole days; NaT where missing.

    Text is 2017-04-01 or, all of a column, 01/04/2017: the day first, never the month. Times of day are dropped.
    Raises ValueError for a text that is no date.
    """
    column = values if isinstance(values, pd.Series) else pd.Series(values)
    try:
        dates = pd.to_datetime(column, format="ISO8601")
    except ValueError:
        dates = pd.to_datetime(column, format="%d/%m/%Y")
    if getattr(dates.dtype, "tz", None) is not None:
        dates = dates.dt.tz_localize(None)
    return dates.to_numpy().astype(DAY)


def add_months(start: np.ndarray, months: int) -> np.ndarray:
    """The day on which a period of whole months from `start` ends (days in, days out, NaT stays NaT)."""
    start = np.asarray(start, DAY)
    first = start.astype(MONTH)
    return _same_day_or_last(first + np.timedelta64(months, "M"), start - first.astype(DAY))


def completed_months(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Whole months from `start` that have ended by `end`; nan where either is missing, negative where end is earlier.

    31 August to 28 February of a common year is 6; 28 February to 30 March is 1.
    """
    start, end = np.broadcast_arrays(np.asarray(start, DAY), np.asarray(end, DAY))
    missing = np.isnat(start) | np.isnat(end)
    apart = (end.astype(MONTH) - start.astype(MONTH)).astype("int64")
    apart = np.where(missing, 0, apart)
    first = start.astype(MONTH)
    reached = _same_day_or_last(first + apart.astype("timedelta64[M]"), start - first.astype(DAY))
    return np.where(missing, np.nan, apart - (end < reached))


def _same_day_or_last(month: np.ndarray, into: np.ndarray) -> np.ndarray:
    """The day `into` days after the first of a month, or the month's last day where it is shorter."""
    last = (month + np.timedelta64(1, "M")).astype(DAY) - np.timedelta64(1, "D")
    return np.asarray(np.minimum(month.astype(DAY) + into, last))
