"""What a child death panel should look at in its own list: dates out of order, blanks, duplicates, categories."""

import numpy as np
import pandas as pd

from .ages_at_death import OUT_OF_SCOPE, age_band, age_in_days, gestation_days
from .calendar_months import days
from .child_deaths import column, primary_category

UNUSABLE_DAY = "outstanding for want of a usable review date"  # by which pages say whether all reviews are known
ISSUES = {
    "category not the highest": "The recorded category is not the highest of those that could apply.",
    "death before birth": "The date of death is before the date of birth.",
    "notified before death": "The panel was notified before the date of death.",
    UNUSABLE_DAY: "The day of completion is before the death, or cannot be read.",
    "review before notification": "The review was completed before the panel was notified.",
    "reopened before completion": "The review was reopened before it was completed, or never was completed.",
    "gestation missing": "The gestation of a child who died under 28 days is not recorded.",
    "possible duplicate": "Another death has the same dates of birth and death, sex and neighbourhood.",
    "out of scope": "The person had reached the 18th birthday.",
    "reviewed without category": "The review is completed and no category is recorded.",
}


def quality(deaths: pd.DataFrame) -> pd.DataFrame:
    """What the panel should look at: one row per death and issue (death_id, issue, says), in the order of the deaths.

    Dates that are missing put nothing out of order; a day of completion that cannot be used (its state: `not_known`)
    is listed. Duplicates need all four of birth, death, sex and neighbourhood. The index is that of the deaths.
    """
    born, died, notified, done, again = (
        days(column(deaths, name))
        for name in ("born_on", "died_on", "notified_on", "review_completed_on", "reopened_on")
    )
    unread, highest = column(deaths, "review_completed_on__state"), primary_category(column(deaths, "categories"))
    recorded = pd.to_numeric(column(deaths, "category")).astype("Int64")
    same = ["born_on", "died_on", "sex", "lsoa"]
    twins = deaths[same].notna().all(axis=1) & deaths.duplicated(
        [c for c in ["area", *same] if c in deaths], keep=False
    )
    lived = age_in_days(deaths["born_on"], deaths["died_on"])
    neonate, weeks = (lived <= 27).fillna(value=False), column(deaths, "gestation_weeks").map(gestation_days)
    issues = {
        "category not the highest": (recorded != highest).fillna(value=False),
        "death before birth": died < born,
        "notified before death": notified < died,
        UNUSABLE_DAY: (done < died) | unread.eq("not_known"),
        "review before notification": (done < notified) & ~(done < died),
        "reopened before completion": ~np.isnat(again) & ~(again >= done),
        "gestation missing": neonate & weeks.isna(),
        "possible duplicate": twins,
        "out of scope": age_band(deaths["born_on"], deaths["died_on"]) == OUT_OF_SCOPE,
        "reviewed without category": ~np.isnat(done) & (highest.isna() & recorded.isna()),
    }
    marks = pd.DataFrame({name: np.asarray(mark, bool) for name, mark in issues.items()}, index=deaths.index)
    rows, places = np.nonzero(marks.to_numpy())
    names = [list(issues)[place] for place in places]
    return pd.DataFrame(
        {
            "death_id": column(deaths, "death_id").iloc[rows].astype("str"),
            "issue": pd.Series(names, index=deaths.index[rows], dtype="str"),
            "says": pd.Series([ISSUES[name] for name in names], index=deaths.index[rows], dtype="str"),
        }
    )
