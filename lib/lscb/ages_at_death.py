"""How old a child was at death: ages, the DfE's bands, stages of infancy, and births before viability.

Each takes dates (one pair, or a Series of many) and gives one answer or a Series. A birthday of 29 February falls on
1 March of other years, unlike the end of a period of months (lscb.calendar_months).

The bands are those of the DfE's annual return on child deaths (LSCB1); a neonatal death is one under 28 completed
days, early neonatal under 7. The gestation limit is a setting, for there is none in statute (data/standards.yml).
"""

from typing import Any

import numpy as np
import pandas as pd

from .calendar_months import DAY, days

AGE_BANDS = ("0-27 days", "28-364 days", "1-4 years", "5-9 years", "10-14 years", "15-17 years")
OUT_OF_SCOPE = "18 or over: out of scope"
Days = np.ndarray
Pair = tuple[Days, Days, pd.Index | None]
STAGES = ("early neonatal", "late neonatal", "post-neonatal", "child")


def age_in_days(born_on: Any, died_on: Any) -> Any:
    """Completed days of life: 0 on the day of birth, 27 on the last neonatal day.

    Like the other ages: Int64, blank where a date is missing or death lies before birth; one pair of dates gives one
    number or None.
    """
    born, died, one = _pair(born_on, died_on)
    return _answer((died - born).astype("int64"), born, died, one, "Int64")


def age_band(born_on: Any, died_on: Any) -> Any:
    """The DfE's age band: 0-27 days, 28-364 days (from 28 days to the day before the first birthday, even where a
    leap year makes that 365 days), 1-4, 5-9, 10-14 and 15-17 years. From the 18th birthday: OUT_OF_SCOPE. Blank where
    the age is."""
    born, died, one = _pair(born_on, died_on)
    lived, years = (died - born).astype("int64"), _months_of_life(born, died) // 12
    at = [lived < 28, years < 1, years < 5, years < 10, years < 15, years < 18]
    return _answer(np.select(at, AGE_BANDS, OUT_OF_SCOPE), born, died, one, "str")


def stage(born_on: Any, died_on: Any) -> Any:
    """`early neonatal` (0-6 days), `late neonatal` (7-27), `post-neonatal` (28 days to before the first birthday),
    `child` (1 to 17 years) or OUT_OF_SCOPE. The first two are neonatal, the first three are infant deaths."""
    born, died, one = _pair(born_on, died_on)
    lived, years = (died - born).astype("int64"), _months_of_life(born, died) // 12
    at = [lived < 7, lived < 28, years < 1, years < 18]
    return _answer(np.select(at, STAGES, OUT_OF_SCOPE), born, died, one, "str")


def previable(age_days: Any, gestation_weeks: Any, limit: float = 22) -> pd.Series | str:
    """Whether a neonatal death was of a birth before the gestation limit, a subset of neonatal deaths.

    age_days : completed days of life; gestation_weeks : weeks as a number (24 + 3/7) or as `24+3`; limit : in weeks
    Returns `yes` or `no`; `not known` for a neonate (0-27 days) without gestation or a death without age; `not
    applicable` for older children. A birth at the limit itself is not before it.
    """
    one = not isinstance(age_days, pd.Series)
    lived = pd.Series([age_days] if one else age_days).astype("Float64").to_numpy("float64", na_value=np.nan)
    weeks = pd.Series([gestation_weeks] if one else gestation_weeks).map(gestation_days).to_numpy("float64")
    at = [lived > 27, np.isnan(lived) | np.isnan(weeks), weeks < gestation_days(limit)]
    answers = np.select(at, ["not applicable", "not known", "yes"], "no")
    return str(answers[0]) if one else pd.Series(answers, index=age_days.index, dtype="str")


def gestation_days(weeks: Any) -> float:
    """Whole days of a gestation given in weeks (24 + 3/7) or as `24+3`; nan where it is missing or no such number."""
    try:
        if isinstance(weeks, str) and "+" in weeks:
            full_weeks, days_over = weeks.split("+")
            return float(int(full_weeks) * 7 + int(days_over))
        missing = weeks is None or weeks is pd.NA or weeks != weeks
        return float("nan") if missing else float(round(float(weeks) * 7))
    except (TypeError, ValueError, OverflowError):
        return float("nan")


def _pair(born_on: Any, died_on: Any) -> Pair:
    """Both dates as arrays of days, and the index to answer with (None: one answer for one pair of dates)."""
    many = next((each for each in (born_on, died_on) if isinstance(each, pd.Series)), None)
    if many is None:
        return days([born_on]), days([died_on]), None
    born, died = (days(each if isinstance(each, pd.Series) else [each]) for each in (born_on, died_on))
    born, died = np.broadcast_arrays(born, died)
    return born, died, many.index


def _months_of_life(born: Days, died: Days) -> np.ndarray:
    first, last = born.astype("datetime64[M]"), died.astype("datetime64[M]")
    before = (died - last.astype(DAY)) < (born - first.astype(DAY))
    return np.asarray((last - first).astype("int64") - before)


def _answer(each: np.ndarray, born: Days, died: Days, index: pd.Index | None, kind: str) -> Any:
    """Ages (Int64) or labels (str), blank where death lies before birth; one of them or None for one pair of dates."""
    possible = died >= born
    if index is None:
        return each[0].item() if possible[0] else None
    values = np.where(possible, each, 0) if kind == "Int64" else each
    return pd.Series(values, index=index, dtype=kind).where(possible)
