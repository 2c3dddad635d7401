"""Child death reviews: category, age at death, pre-viability, the two cohorts, timeliness, factors, and what is odd.

Every function takes values (one, or a Series of many) and returns values; settings such as the gestation limit come
in as arguments. Definitions and their sources: DEFINITIONS.md (a), data/standards.yml.

Two cohorts are never mixed: deaths notified in a period and reviews completed in it. A year's reviews are not of a
year's deaths, so neither is ever a percentage of the other.
"""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from .calendar_months import DAY, add_months, completed_months, days

CATEGORIES = range(1, 11)  # their number is their priority; names in data/standards.yml
AGE_BANDS = ("0-27 days", "28-364 days", "1-4 years", "5-9 years", "10-14 years", "15-17 years")
OUT_OF_SCOPE = "18 or over: out of scope"
STAGES = ("early neonatal", "late neonatal", "post-neonatal", "child")
PREVIABLE = ("yes", "no", "not known", "not applicable")
TIMES = ("within 6 months", "over 6 to 12 months", "over 12 months")
WAITS = ("under 6 months", "6 to under 12 months", "12 months and over")
STANDINGS = ("in progress", "paused", "reopened")


# --- categories ------------------------------------------------------------------------------------------------


def primary_category(candidates) -> int | None:
    """The category to record when several could reasonably apply: the highest in the list, which is the least number.

    candidates : category numbers (1 to 10) in any order, as an iterable, one number, or text such as `7; 8`
    Returns None where there is none: no category is missing, never category 10. A Series gives a Series (Int64).
    Raises ValueError for a candidate outside 1 to 10, alone or beside valid ones.
    """
    if isinstance(candidates, pd.Series):
        found = {text: primary_category(text) for text in candidates.dropna().unique()}
        return candidates.map(found).astype("Int64")
    if candidates is None or candidates is pd.NA:
        return None
    if isinstance(candidates, str):
        candidates = re.split(r"[;,\s]+", candidates.strip())
    elif not isinstance(candidates, Iterable):
        candidates = [candidates]
    return min((n for each in candidates if (n := _category(each)) is not None), default=None)


def _category(candidate) -> int | None:
    """One candidate as a number; None where it is blank."""
    if candidate is None or candidate is pd.NA or candidate != candidate or candidate == "":
        return None
    try:
        number = float(candidate)
    except (TypeError, ValueError):
        number = float("nan")
    if isinstance(candidate, bool) or number not in CATEGORIES:
        raise ValueError(f"{candidate!r} is not a category of death: they are the numbers 1 to 10")
    return int(number)


# --- age at death ----------------------------------------------------------------------------------------------


def age_in_days(born_on, died_on):
    """Completed days of life: 0 on the day of birth, 27 on the last neonatal day.

    Like the other ages: Int64, blank where a date is missing or death lies before birth; one pair of dates gives one
    number or None.
    """
    born, died, one = _pair(born_on, died_on)
    return _ages((died - born).astype("int64"), born, died, one)


def age_in_months(born_on, died_on):
    """Completed months of life. A month is completed on the day of the month of birth; where a month has no such day,
    on the first of the next, as birthdays are: born on 31 January, one month on 1 March."""
    born, died, one = _pair(born_on, died_on)
    return _ages(_months_of_life(born, died), born, died, one)


def age_in_years(born_on, died_on):
    """Completed years of life. Born on 29 February: a year older on 1 March of other years."""
    born, died, one = _pair(born_on, died_on)
    return _ages(_months_of_life(born, died) // 12, born, died, one)


def age_band(born_on, died_on):
    """The DfE's age band: 0-27 days, 28-364 days (from 28 days to the day before the first birthday, even where a
    leap year makes that 365 days), 1-4, 5-9, 10-14 and 15-17 years. From the 18th birthday: OUT_OF_SCOPE. Blank where
    the age is."""
    born, died, one = _pair(born_on, died_on)
    lived, years = (died - born).astype("int64"), _months_of_life(born, died) // 12
    at = [lived < 28, years < 1, years < 5, years < 10, years < 15, years < 18]
    return _labels(np.select(at, AGE_BANDS, OUT_OF_SCOPE), born, died, one)


def stage(born_on, died_on):
    """`early neonatal` (0-6 days), `late neonatal` (7-27), `post-neonatal` (28 days to before the first birthday),
    `child` (1 to 17 years) or OUT_OF_SCOPE. The first two are neonatal, the first three are infant deaths."""
    born, died, one = _pair(born_on, died_on)
    lived, years = (died - born).astype("int64"), _months_of_life(born, died) // 12
    at = [lived < 7, lived < 28, years < 1, years < 18]
    return _labels(np.select(at, STAGES, OUT_OF_SCOPE), born, died, one)


def previable(age_days, gestation_weeks, limit: float = 22):
    """Whether a neonatal death was of a birth before the gestation limit, a subset of neonatal deaths.

    age_days : completed days of life; gestation_weeks : weeks as a number (24 + 3/7) or as `24+3`; limit : in weeks
    Returns `yes` or `no`; `not known` for a neonate (0-27 days) without gestation or a death without age; `not
    applicable` for older children. A birth at the limit itself is not before it.
    """
    one = not isinstance(age_days, pd.Series)
    lived = pd.Series([age_days] if one else age_days).astype("Float64").to_numpy("float64", na_value=np.nan)
    weeks = pd.Series([gestation_weeks] if one else gestation_weeks).map(gestation_days).to_numpy("float64")
    at = [lived > 27, np.isnan(lived) | np.isnan(weeks), weeks < gestation_days(limit)]
    found = np.select(at, ["not applicable", "not known", "yes"], "no")
    return str(found[0]) if one else pd.Series(found, index=age_days.index, dtype="str")


def gestation_days(weeks) -> float:
    """Whole days of a gestation given in weeks (24 + 3/7) or as `24+3`; nan where it is missing."""
    if isinstance(weeks, str) and "+" in weeks:
        whole, days_over = weeks.split("+")
        return int(whole) * 7 + int(days_over)
    missing = weeks is None or weeks is pd.NA or weeks == "" or weeks != weeks
    return float("nan") if missing else float(round(float(weeks) * 7))


# --- cohorts -----------------------------------------------------------------------------------------------------


def notified(deaths: pd.DataFrame, first, last) -> pd.Series:
    """Which deaths were notified from the day `first` to the day `last`, both included."""
    on = days(deaths["notified_on"])
    return pd.Series((on >= _day(first)) & (on <= _day(last)), index=deaths.index)


def completed(deaths: pd.DataFrame, first, last) -> pd.Series:
    """Which deaths had their review completed from the day `first` to the day `last`, whenever they happened."""
    on = days(deaths["review_completed_on"])
    return pd.Series((on >= _day(first)) & (on <= _day(last)), index=deaths.index)


def outstanding(deaths: pd.DataFrame, on) -> pd.Series:
    """Which deaths notified by a day, in any year, have no completed review at its end: not yet completed, or opened
    again since. What happened after that day is not looked at."""
    end = _day(on)
    done, known = days(deaths["review_completed_on"]), days(deaths["notified_on"]) <= end
    again = days(_column(deaths, "reopened_on"))
    return pd.Series(known & (~(done <= end) | ((again >= done) & (again <= end))), index=deaths.index)


def standing(deaths: pd.DataFrame, on) -> pd.Series:
    """`reopened` where a review was opened again by a day, else `paused` where it waits (or waited) for another
    process, such as a coroner's, else `in progress`."""
    again = days(_column(deaths, "reopened_on")) <= _day(on)
    waits = _column(deaths, "paused_for").astype("str").str.strip().fillna("") != ""
    found = np.select([again, waits.to_numpy(bool)], ["reopened", "paused"], "in progress")
    return pd.Series(found, index=deaths.index, dtype="str")


# --- time to review ----------------------------------------------------------------------------------------------


def time_to_review(died_on: pd.Series, completed_on: pd.Series) -> pd.DataFrame:
    """Days from death to the completed review, and its band.

    within : one of TIMES. The day on which 6 (or 12) calendar months end is still within. Both columns are blank
        where a date is missing or the review lies before the death.
    """
    died, done = days(died_on), days(completed_on)
    good = done >= died
    band = np.select([done <= add_months(died, 6), done <= add_months(died, 12)], TIMES[:2], TIMES[2])
    lasted = pd.Series((done - died).astype("float64"), index=died_on.index).where(good)
    return pd.DataFrame(
        {"days": lasted.astype("Int64"), "within": pd.Series(band, index=died_on.index, dtype="str").where(good)}
    )


def quartiles(values) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile: linear interpolation at (n - 1) p (type 7). nan where there is none."""
    found = pd.Series(values).dropna().to_numpy("float64")
    return tuple(np.quantile(found, [0.25, 0.5, 0.75])) if len(found) else (float("nan"),) * 3


def case_age(died_on: pd.Series, on) -> pd.Series:
    """How old outstanding cases are at a day, in completed months since death: one of WAITS."""
    waited = completed_months(days(died_on), np.array([_day(on)]))
    found = np.select([waited < 6, waited < 12], WAITS[:2], WAITS[2])
    return pd.Series(found, index=died_on.index, dtype="str").where(~np.isnan(waited))


# --- contributory factors ------------------------------------------------------------------------------------------


def factor_levels(scores: pd.Series, versions: pd.Series, scales: dict, current: str) -> pd.Series:
    """A domain's scores in words, on the scale of each form's version.

    scales : {version: {score: words}}; a score whose words are blank (0: no information available) is missing, never
        `no factor`. Versions are compared without case and outer blanks; one that is not recorded reads as `current`.
    Raises ValueError for a version without a scale, or a score that is not on it.
    """
    known = {str(name).strip().casefold(): scale for name, scale in scales.items()}
    named = versions.astype("str").str.strip().str.casefold()
    named = named.where(named.notna() & (named != ""), current.strip().casefold())
    pairs = pd.Series(list(zip(named, scores, strict=True)), index=scores.index, dtype="object")
    found = {pair: _level(*pair, known) for pair in set(pairs) if pair[1] is not pd.NA and pair[1] == pair[1]}
    return pd.Series([found.get(pair) for pair in pairs], index=scores.index, dtype="str")


def _level(version: str, score, scales: dict) -> str | None:
    if version not in scales:
        raise ValueError(f"no scale is set for the form version {version!r}; there are: {', '.join(scales)}")
    if score is None:
        return None
    if int(score) not in scales[version]:
        raise ValueError(f"{score!r} is not on the scale of the form version {version!r}")
    return scales[version][int(score)] or None


# --- what the panel should look at -----------------------------------------------------------------------------------

ISSUES = {
    "category not the highest": "The recorded category is not the highest of those that could apply.",
    "death before birth": "The date of death is before the date of birth.",
    "notified before death": "The panel was notified before the date of death.",
    "review before death": "The review was completed before the date of death.",
    "review before notification": "The review was completed before the panel was notified.",
    "reopened before completion": "The review was reopened before it was completed, or never was completed.",
    "gestation missing": "The gestation of a child who died under 28 days is not recorded.",
    "possible duplicate": "Another death has the same dates of birth and death, sex and neighbourhood.",
    "out of scope": "The person had reached the 18th birthday.",
    "reviewed without category": "The review is completed and no category is recorded.",
}


def quality(deaths: pd.DataFrame) -> pd.DataFrame:
    """What the panel should look at: one row per death and issue (death_id, issue, says), in the order of the deaths.

    Dates that are missing put nothing out of order. Duplicates need all four of birth, death, sex and neighbourhood,
    and every one of them is listed. The index is that of the deaths.
    """
    born, died, told, done, again = (
        days(_column(deaths, name))
        for name in ("born_on", "died_on", "notified_on", "review_completed_on", "reopened_on")
    )
    highest = primary_category(_column(deaths, "categories"))
    recorded = pd.to_numeric(_column(deaths, "category")).astype("Int64")
    same = ["born_on", "died_on", "sex", "lsoa"]
    twins = deaths[same].notna().all(axis=1) & deaths.duplicated(
        [c for c in ["area", *same] if c in deaths], keep=False
    )
    lived = age_in_days(deaths["born_on"], deaths["died_on"])
    neonate, weeks = (lived <= 27).fillna(False), _column(deaths, "gestation_weeks").map(gestation_days)
    found = {
        "category not the highest": (recorded != highest).fillna(False),
        "death before birth": died < born,
        "notified before death": told < died,
        "review before death": done < died,
        "review before notification": (done < told) & ~(done < died),
        "reopened before completion": ~np.isnat(again) & ~(again >= done),
        "gestation missing": neonate & weeks.isna(),
        "possible duplicate": twins,
        "out of scope": age_band(deaths["born_on"], deaths["died_on"]) == OUT_OF_SCOPE,
        "reviewed without category": ~np.isnat(done) & (highest.isna() & recorded.isna()),
    }
    marks = pd.DataFrame({name: np.asarray(mark, bool) for name, mark in found.items()}, index=deaths.index)
    rows, issues = np.nonzero(marks.to_numpy())
    names = [list(found)[n] for n in issues]
    return pd.DataFrame(
        {
            "death_id": _column(deaths, "death_id").iloc[rows].astype("str"),
            "issue": pd.Series(names, index=deaths.index[rows], dtype="str"),
            "says": pd.Series([ISSUES[name] for name in names], index=deaths.index[rows], dtype="str"),
        }
    )


# --- shared ----------------------------------------------------------------------------------------------------


def _pair(born_on, died_on) -> tuple[np.ndarray, np.ndarray, object]:
    """Both dates as arrays of days, and the index to answer with (None: one answer for one pair of dates)."""
    many = next((each for each in (born_on, died_on) if isinstance(each, pd.Series)), None)
    if many is None:
        return days([born_on]), days([died_on]), None
    return *np.broadcast_arrays(*(days(v if isinstance(v, pd.Series) else [v]) for v in (born_on, died_on))), many.index


def _months_of_life(born: np.ndarray, died: np.ndarray) -> np.ndarray:
    first, last = born.astype("datetime64[M]"), died.astype("datetime64[M]")
    before = (died - last.astype(DAY)) < (born - first.astype(DAY))
    return (last - first).astype("int64") - before


def _ages(found: np.ndarray, born: np.ndarray, died: np.ndarray, index):
    """Ages as Int64, blank where they cannot be; one number or None where one pair was asked for."""
    known = died >= born
    if index is None:
        return int(found[0]) if known[0] else None
    return pd.Series(np.where(known, found, 0), index=index, dtype="Int64").where(known)


def _labels(found: np.ndarray, born: np.ndarray, died: np.ndarray, index):
    known = died >= born
    if index is None:
        return str(found[0]) if known[0] else None
    return pd.Series(found, index=index, dtype="str").where(known)


def _day(on) -> np.datetime64:
    return days([on])[0]


def _column(deaths: pd.DataFrame, name: str) -> pd.Series:
    """A column, or a blank one where the return has none."""
    return deaths[name] if name in deaths else pd.Series(None, index=deaths.index, dtype="object")
