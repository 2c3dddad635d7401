"""Child deaths as they are counted: every death in scope with its labels, and the years and windows counted in.

`period` is a financial year (or the year so far, `2017-18 to Q2`), with `window` for how many years end with it. Ages,
categories and the like are lscb.child_deaths'; here they are only put into words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from lscb import ages_at_death as ages
from lscb import child_deaths as deaths
from lscb.counting import ethnic_group, labelled, tally
from lscb.errors import UserError
from lscb.intervals import wilson
from lscb.periods import Quarter, year_label, year_so_far

from .quarter_inputs import Inputs, NotCovered
from .reasons import NOT_BACK, because

RETURN = "child_deaths"
NOT_RECORDED = "not recorded"
YES_NO = ("yes", "no", NOT_RECORDED)
SEXES = ("male", "female", NOT_RECORDED)
EXPECTED = ("expected", "unexpected", "not known", NOT_RECORDED)
MODIFIABLE = ("identified", "none identified", "insufficient information", NOT_RECORDED)
BEFORE_LIMIT = ("yes", "no, or not known")
DOMAINS = ("domain_child", "domain_social", "domain_physical", "domain_service")
CIRCUMSTANCES = ("child_protection_plan", "statutory_order", "asylum_seeker")
NOTIFIED, REVIEWED = "cdop_deaths_notified", "cdop_reviews_completed"


def categories(inputs: Inputs) -> dict[int, str]:
    """The label of each statutory category, in their order; several that are counted together have one."""
    names = inputs.standard("child_deaths.categories")
    under = groups_of_labels(inputs, "child_deaths.category_groups", names)
    return {number: f"{number}. {names[number]}" if group == number else str(group) for number, group in under.items()}


def groups_of_labels(inputs: Inputs, setting: str, labels: Iterable[Any]) -> dict[Any, Any]:
    """What each label is counted as: itself, or the group that a setting puts it into with others.

    Raises UserError where the setting names a label that there is not, or one twice, or a group as a label of others.
    """
    labels, groups = list(labels), inputs.standard(setting)
    under = {label: name for name, some in groups.items() for label in some}
    strange = [label for label in under if label not in labels]
    strange += [name for name, some in groups.items() if name in set(labels) - set(some)]
    if strange or len(under) < sum(map(len, groups.values())):
        what = f"{strange[0]!r} is none" if strange else "one of them stands twice"
        raise UserError(f"{setting}: {what}; name each of {', '.join(map(str, labels))} in one group at most.")
    return {label: under.get(label, label) for label in labels}


def cases(inputs: Inputs) -> pd.DataFrame:
    """Every death in scope with what it is counted by, as text; `notified_on` and `review_completed_on` as days.

    Deaths from the 18th birthday on (or dated before birth) are out of scope of every count; `child_deaths_quality`
    says how many. Nothing dated after the period's last day is used.
    """
    rows = inputs.need(RETURN)
    rows = rows[rows["area"].isin(inputs.areas)].reset_index(drop=True)
    end = np.datetime64(inputs.period.last_day)
    born, died = rows["born_on"], rows["died_on"]
    candidates = deaths.primary_category(rows["categories"])
    recorded = pd.to_numeric(rows["category"]).astype("Int64")
    names, bands = categories(inputs), groups_of_labels(inputs, "child_deaths.age_groups", ages.AGE_BANDS)
    lived = ages.age_in_days(born, died)
    timed = deaths.time_to_review(died, rows["review_completed_on"])
    weeks, limit = rows["gestation_weeks"], inputs.standard("child_deaths.previable_weeks")
    frame = rows.assign(
        category=candidates.fillna(recorded).map(names).astype("str").fillna(NOT_RECORDED),
        age_band=ages.age_band(born, died).map(bands),  # none from the 18th birthday
        stage=ages.stage(born, died),
        previable=np.where(ages.previable(lived, weeks, limit) == "yes", *BEFORE_LIMIT),
        sex=labelled(rows["sex"], NOT_RECORDED),
        expected=labelled(rows["expected"], NOT_RECORDED),
        modifiable=labelled(rows["modifiable_factors"], NOT_RECORDED),
        ethnicity=ethnic_group(rows["ethnicity"]),
        standing=deaths.standing(rows, end),
        days=timed["days"],
        time_to_review=timed["within"].fillna(NOT_RECORDED),
        **{name: labelled(rows[name], NOT_RECORDED) for name in CIRCUMSTANCES},
    )
    return frame[frame["age_band"].notna()].reset_index(drop=True)


def coverage(inputs: Inputs, rows: pd.DataFrame) -> pd.DataFrame:
    """Every area, period and window that the return covers wholly: area, period, window, first and last (days).

    Financial years that have ended, with the windows that end with them, and the year so far where it has not. The
    return covers from the start of the financial year in which its first death was notified.
    """
    period = inputs.period
    lines: list[tuple[str, str, str, date, date]] = []
    starts = rows.groupby("area", observed=True)["notified_on"].min()
    for area in inputs.areas:
        first = Quarter.of(starts[area].date()).start if area in starts else period.start
        for year in range(first, period.year_ended + 1):
            for length in sorted({*inputs.standard("child_deaths.years"), *inputs.standard("child_deaths.breakdowns")}):
                if year - length + 1 >= first:
                    ends = Quarter(year - length + 1, 1).first_day, Quarter(year, 4).last_day
                    lines.append((area, year_label(year), window_name(length), *ends))
        if period.number < 4:
            lines.append(
                (area, year_so_far(period), window_name(1), Quarter(period.start, 1).first_day, period.last_day)
            )
    frame = pd.DataFrame(lines, columns=["area", "period", "window", "first", "last"])
    return frame.assign(first=pd.to_datetime(frame["first"]), last=pd.to_datetime(frame["last"]))


def window_name(years: int) -> str:
    return f"{years} year" if years == 1 else f"{years} years"


def current(inputs: Inputs, spans: pd.DataFrame) -> pd.DataFrame:
    """The spans of each area that breakdowns are made for: the newest of each window of `child_deaths.breakdowns`.

    Raises NotCovered where the return reaches back for none of them."""
    newest = spans.groupby(["area", "window"], observed=True)["last"].transform("max") == spans["last"]
    windows = [window_name(years) for years in inputs.standard("child_deaths.breakdowns")]
    chosen = spans[newest & spans["window"].isin(windows)].reset_index(drop=True)
    if chosen.empty:
        raise NotCovered(not_back(inputs, " and ".join(windows)))
    return chosen


def not_back(inputs: Inputs, window: str, before: int = 0) -> str:
    """That the return begins too late for a window that ends with the newest whole year, or so many years before."""
    year = year_label(inputs.period.year_ended - before)
    return because("child_deaths", NOT_BACK, where=f"{window} from the end of {year}")


def within(rows: pd.DataFrame, spans: pd.DataFrame, date: str) -> pd.DataFrame:
    """The rows whose `date` lies in a span, once for each span they lie in, with its period and window."""
    both = rows.drop(columns=["period", "window"], errors="ignore").merge(spans, on="area")
    return both[(both[date] >= both["first"]) & (both[date] <= both["last"])]


def counts_within(rows, spans, date, margins, measure) -> pd.DataFrame:
    keys = spans[["area", "period", "window"]]
    return tally(within(rows, spans, date), keys, margins).assign(measure=measure)


def shares(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Share rows from `count` and `of`, with Wilson's interval; not applicable where there is nothing to divide by."""
    low, high = wilson(frame["count"], frame["of"])
    none = frame["of"] == 0
    share = frame.assign(measure=measure, value=frame["count"] / frame["of"].where(~none), low=low, high=high)
    share = share.assign(method="Wilson", status=np.where(none, "not_applicable", "shown"), reason="")
    share.loc[none, ["count", "of", "value", "low", "high"]] = np.nan
    share.loc[none, "reason"] = "there is none to take a share of"
    return share
