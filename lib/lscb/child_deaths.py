"""Child death reviews: the category, the two cohorts, time to review, contributory factors.

Every function takes values (one, or a Series of many) and returns values; settings such as the scales of a form come
in as arguments. Ages are in lscb.ages_at_death, what is odd in a list in lscb.child_death_checks. Definitions with
their sources and dates: data/standards.yml.

Two cohorts are never mixed: deaths notified in a period and reviews completed in it. A year's reviews are not of a
year's deaths, so neither is ever a percentage of the other.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .calendar_months import add_months, completed_months, days

CATEGORIES = range(1, 11)  # their number is their priority; names in data/standards.yml
TIMES = ("within 6 months", "over 6 to 12 months", "over 12 months")
WAITS = ("under 6 months", "6 to under 12 months", "12 months and over")
OFF_SCALE = "not on a known scale"  # a score that no scale of data/standards.yml can put in words
STANDINGS = ("in progress", "paused", "reopened")


def primary_category(candidates: Any) -> Any:
    """The category to record when several could reasonably apply: the highest in the list, which is the least number.

    candidates : category numbers (1 to 10) in any order, as an iterable, one number, or text such as `7; 8`
    Returns None where there is none: no category is missing, never category 10. A Series gives a Series (Int64).
    Raises ValueError for a candidate outside 1 to 10, alone or beside valid ones.
    """
    if isinstance(candidates, pd.Series):
        numbers = {text: primary_category(text) for text in candidates.dropna().unique()}
        return candidates.map(numbers).astype("Int64")
    if candidates is None or candidates is pd.NA:
        return None
    if isinstance(candidates, str):
        candidates = re.split(r"[;,\s]+", candidates.strip())
    elif not isinstance(candidates, Iterable):
        candidates = [candidates]
    return min((n for each in candidates if (n := _category(each)) is not None), default=None)


def _category(candidate: Any) -> int | None:
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


def notified(deaths: pd.DataFrame, first: Any, last: Any) -> pd.Series:
    """Which deaths were notified from the day `first` to the day `last`, both included."""
    on = days(deaths["notified_on"])
    return pd.Series((on >= _day(first)) & (on <= _day(last)), index=deaths.index)


def completed(deaths: pd.DataFrame, first: Any, last: Any) -> pd.Series:
    """Which deaths had their review completed from the day `first` to the day `last`, whenever they happened."""
    on = days(deaths["review_completed_on"])
    return pd.Series((on >= _day(first)) & (on <= _day(last)), index=deaths.index)


def outstanding(deaths: pd.DataFrame, on: Any) -> pd.Series:
    """Which deaths notified by a day, in any year, have no completed review at its end: not yet completed, or opened
    again since. What happened after that day is not looked at."""
    end = _day(on)
    done, notified_by = days(deaths["review_completed_on"]), days(deaths["notified_on"]) <= end
    again = days(column(deaths, "reopened_on"))
    return pd.Series(notified_by & (~(done <= end) | ((again >= done) & (again <= end))), index=deaths.index)


def standing(deaths: pd.DataFrame, on: Any) -> pd.Series:
    """`reopened` where a review was opened again by a day, else `paused` where it waits (or waited) for another
    process, such as a coroner's, else `in progress`."""
    again = days(column(deaths, "reopened_on")) <= _day(on)
    waits = column(deaths, "paused_for").astype("str").str.strip().fillna("") != ""
    answers = np.select([again, waits.to_numpy(bool)], ["reopened", "paused"], "in progress")
    return pd.Series(answers, index=deaths.index, dtype="str")


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


def quartiles(values: Any) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile: linear interpolation at (n - 1) p (type 7). nan where there is none."""
    there = pd.Series(values).dropna().to_numpy("float64")
    if not len(there):
        return (float("nan"),) * 3
    lower, median, upper = np.quantile(there, [0.25, 0.5, 0.75])
    return float(lower), float(median), float(upper)


def case_age(died_on: pd.Series, on: Any) -> pd.Series:
    """How old outstanding cases are at a day, in completed months since death: one of WAITS."""
    waited = completed_months(days(died_on), np.array([_day(on)]))
    answers = np.select([waited < 6, waited < 12], WAITS[:2], WAITS[2])
    return pd.Series(answers, index=died_on.index, dtype="str").where(~np.isnan(waited))


def factor_levels(
    scores: pd.Series, versions: pd.Series, scales: Mapping[Any, Mapping[int, str]], current: str
) -> pd.Series:
    """A domain's scores in words, on the scale of each form's version.

    scales : {version: {score: words}}; a score whose words are blank (0: no information available) is missing, never
        `no factor`. Versions are compared without case and outer blanks; one that is not recorded reads as `current`.
    A score of a version without a scale, or one that is not on its scale, is OFF_SCALE: it is counted apart, and no
    other row's figure depends on it.
    """
    by_version = {str(name).strip().casefold(): scale for name, scale in scales.items()}
    named = versions.astype("str").str.strip().str.casefold()
    named = named.where(named.notna() & (named != ""), current.strip().casefold())
    pairs = pd.Series(list(zip(named, scores, strict=True)), index=scores.index, dtype="object")
    levels = {
        (version, score): _level(version, score, by_version)
        for version, score in set(pairs)
        if score is not pd.NA and score == score
    }
    return pd.Series([levels.get(pair) for pair in pairs], index=scores.index, dtype="str")


def _level(version: str, score: Any, scales: Mapping[str, Mapping[int, str]]) -> str | None:
    if score is None:
        return None
    scale = scales.get(version, {})
    return (scale[int(score)] or None) if score in scale else OFF_SCALE


def _day(on: Any) -> np.datetime64:
    return np.datetime64(days([on])[0])


def column(deaths: pd.DataFrame, name: str) -> pd.Series:
    """A column, or a blank one where the return has none."""
    return deaths[name] if name in deaths else pd.Series(None, index=deaths.index, dtype="object")
