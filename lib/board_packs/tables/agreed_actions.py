"""Actions that were agreed and are not done, each by its name: who answers for it and by when it is due.

They are agencies' work and about no child, so none is protected; words that nobody has approved are not printed.
"""

from __future__ import annotations

import pandas as pd

from lscb.counting import labelled, tally
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter

from .quarter_inputs import Inputs, unusable

NOT_KNOWN = "not known"  # whether it is late, or done at all, where a date cannot be used
MONTH = "%Y-%m"  # a day is no page's to print: it may be that of somebody's referral too


def overdue(due_on: pd.Series, period: Quarter) -> pd.Series:
    """Which of the actions not done by the end of a period's last day are late: those agreed for that day or an earlier
    one. At its end the day agreed is over. One without a date is never late."""
    return due_on <= pd.Timestamp(period.last_day)


def states(rows: pd.DataFrame, period: Quarter) -> pd.Series:
    """Whether each of some actions that are not done is overdue; not known where the date agreed cannot be used."""
    late = overdue(rows["due_on"], period).map({True: "overdue", False: "not yet due"})
    return late.mask(unusable(rows, "due_on"), NOT_KNOWN)


def with_owners(rows: pd.DataFrame) -> pd.DataFrame:
    """Every action of a return with who answers for it: `nobody` where that is blank, and `not in the return` where no
    action of the area says it."""
    asked = rows["owner"].notna().groupby(rows["area"]).transform("any")
    return rows.assign(owner=labelled(rows["owner"], "nobody").where(asked, "not in the return"))


def actions_due(rows: pd.DataFrame, inputs: Inputs, measure: str, text: str) -> pd.DataFrame:
    """Actions not done counted by their own words, who answers for them, the month of their date and whether they are late, and
    their total. One whose day of completion cannot be used is among them: whether it is done is not known.

    rows : one per action not known to be done, with `area`, `due_on`, the column `text` that says what was agreed, and
        `owner` of `with_owners`.
    """
    today = pd.DataFrame({"area": list(inputs.areas), "period": str(inputs.period)})
    due, day = rows["due_on"].dt.strftime(MONTH).astype("object").fillna("no date"), unusable(rows, "done_on")
    due = due.mask(unusable(rows, "due_on"), "date cannot be used").mask(day, "day of completion cannot be used")
    rows = rows.assign(
        action=labelled(rows[text], "not recorded"),
        due=due,
        state=states(rows, inputs.period).mask(day, NOT_KNOWN),
        period=str(inputs.period),
    )
    keys = ["area", "period", "state", "due", "action", "owner"]
    each = rows.groupby(keys, observed=True).size().rename("count").reset_index()
    parts = pd.concat([tally(rows, today, []), each], ignore_index=True)
    return cells(parts.fillna(dict.fromkeys(keys[2:], TOTAL)), measure=measure)
