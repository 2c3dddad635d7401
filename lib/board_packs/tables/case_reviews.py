"""Tables of case reviews: cases referred and what was decided, reviews under way, and what became of their actions.

Cases are children: they are protected. Actions of agencies are not.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from lscb.counting import tally
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter, quarter_of, year_label, year_so_far
from lscb.repeated_texts import doubled, evidence
from returncheck import dictionary

from .absent_returns import sent
from .agreed_actions import actions_due, overdue, with_owners
from .quarter_inputs import Inputs
from .registry import table

STATUTORY = "statutory review"  # a serious case review; since 2019 a local child safeguarding practice review
KINDS = dict.fromkeys(("serious case review", "local child safeguarding practice review"), STATUTORY)
DECISIONS = (STATUTORY, "partnership review", "no further action", "not decided yet")
RAPID, RAPID_SINCE = "rapid review only", date(2018, 7, 4)  # the day of Working Together (2018)
STATES = ("not yet due", "overdue")
EVIDENCE = ("given", "only repeats", "missing")
YEARS = 3


def _ends(inputs: Inputs) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last day of the financial year so far."""
    return pd.Timestamp(Quarter(inputs.period.start, 1).first_day), pd.Timestamp(inputs.period.last_day)


def _cases(inputs: Inputs) -> pd.DataFrame:
    """Cases referred by the period's last day, with the decisions taken by then and the year of the referral."""
    rows, end = inputs.need("case_reviews"), _ends(inputs)[1]
    rows = rows[rows["area"].isin(inputs.areas) & (rows["referred_on"] <= end)]
    decision = rows["decision"].astype("str").where(~(rows["decided_on"] > end))
    year = quarter_of(rows["referred_on"]).str[:7]
    return rows.assign(
        decision=decision.replace(KINDS).fillna("not decided yet"),
        period=year.where(year != inputs.period.year, year_so_far(inputs.period)),
    )


def _spans(inputs: Inputs, rows: pd.DataFrame) -> pd.DataFrame:
    """Every area and year, up to three, whose referrals the return covers."""
    years = [year_label(inputs.period.start - back) for back in range(YEARS - 1, 0, -1)]
    earlier = [year for year in years if len(rows) and year >= rows["period"].min()]
    pairs = [(area, period) for period in [*earlier, year_so_far(inputs.period)] for area in inputs.areas]
    return pd.DataFrame(pairs, columns=["area", "period"])


@table("case_review_referrals", "case_review_themes", "case_review_progress", returns=["case_reviews"], apart=True)
@sent("case_reviews")
def case_reviews(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Cases by decision and year, themes of the year's cases, reviews under way, finished and published."""
    rows = _cases(inputs)
    spans = _spans(inputs, rows)
    cases = rows[rows["period"].isin(spans["period"])]
    decisions = [*DECISIONS[:2], *[RAPID] * (inputs.period.last_day >= RAPID_SINCE), *DECISIONS[2:]]
    now = spans[spans["period"] == year_so_far(inputs.period)]
    themes = cases[cases["period"].isin(now["period"])]
    themes = themes.assign(theme=themes["themes"].astype("str").str.split(";")).explode("theme").dropna(subset="theme")
    # Every theme of the dictionary, so that a theme's place in the table does not say that a case showed it.
    listed = dictionary.load()["case_reviews"].fields["themes"].canonical
    labels = sorted({*listed, *themes["theme"]})
    by_theme = cells(tally(themes, now, [{"theme": labels}]).query("theme != @TOTAL"), measure="cases_with_theme")
    nobody = by_theme["area"].isin(set(cases.merge(now)["area"]) - set(themes["area"]))  # cases, and no theme of any
    by_theme.loc[nobody, "count"] = np.nan
    by_theme.loc[nobody, ["status", "reason"]] = ["not_available", "no case's themes are recorded"]
    return {
        "case_review_referrals": cells(tally(cases, spans, [{"decision": decisions}]), measure="cases_referred"),
        "case_review_themes": by_theme,
        "case_review_progress": _progress(inputs, rows, now),
    }


def _progress(inputs: Inputs, rows: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    first, end = _ends(inputs)
    review = rows["decision"].isin([STATUTORY, "partnership review"])
    open_ = rows[review & ~(rows["completed_on"] <= end)].assign(period=str(inputs.period))
    today = now.assign(period=str(inputs.period))
    parts = [tally(open_, today, []).assign(measure="reviews_under_way")]
    for column, measure in (("completed_on", "reviews_finished"), ("published_on", "reviews_published")):
        in_year = rows[rows[column].between(first, end)].assign(period=year_so_far(inputs.period))
        parts.append(tally(in_year, now, []).assign(measure=measure))
    return cells(pd.concat(parts, ignore_index=True))


ACTIONS = ("review_actions_done", "review_actions_evidence", "review_actions_open", "review_actions_due")


@table(*ACTIONS, returns=["review_actions"], apart=True)
@sent("review_actions")
def review_actions(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Actions done in the year by theme and evidence, recommendations that stand twice, and actions still open, by theme
    and each by its name."""
    rows = inputs.need("review_actions")
    first, end = _ends(inputs)
    rows = rows[rows["area"].isin(inputs.areas) & (rows["recommended_on"] <= end)]
    rows = rows.assign(theme=rows["theme"].astype("str"))
    themes = sorted(rows["theme"].unique())
    done = rows[rows["done_on"].between(first, end)].assign(period=year_so_far(inputs.period))
    now = pd.DataFrame({"area": list(inputs.areas), "period": year_so_far(inputs.period)})
    alike = inputs.standard("review_actions.alike")
    done = done.assign(evidence=evidence(done, alike), doubled=_doubled(done, alike))
    twice = tally(done[done["doubled"]], now, [{"theme": themes}]).assign(measure="actions_doubled", evidence=TOTAL)
    counts = tally(done, now, [{"theme": themes, "evidence": EVIDENCE}]).assign(measure="actions_done")
    left = with_owners(rows)[~(rows["done_on"] <= end)]
    return {
        "review_actions_done": cells(tally(done, now, [{"theme": themes}]), measure="actions_done"),
        "review_actions_evidence": cells(pd.concat([counts, twice], ignore_index=True)),
        "review_actions_open": _open(left, inputs, themes, end),
        "review_actions_due": actions_due(left, inputs, "review_actions_due", "recommendation"),
    }


def _doubled(done: pd.DataFrame, alike: float) -> pd.Series:
    """Within an area, whether an action's recommendation stands in the plan once more."""
    parts = [doubled(part["recommendation"].astype("str"), alike) for _, part in done.groupby("area", observed=True)]
    return pd.concat(parts).reindex(done.index) if parts else pd.Series(dtype=bool)


def _open(rows: pd.DataFrame, inputs: Inputs, themes: list[str], end: pd.Timestamp) -> pd.DataFrame:
    state = np.where(overdue(rows["due_on"], inputs.period), "overdue", "not yet due")
    rows = rows.assign(state=state, days=(end - rows["recommended_on"]).dt.days, period=str(inputs.period))
    today = pd.DataFrame({"area": list(inputs.areas), "period": str(inputs.period)})
    counts = tally(rows, today, [{"theme": themes, "state": STATES}]).assign(measure="actions_open")
    ages = rows.groupby(["area", "period"])["days"].median().rename("value").reset_index()
    ages = ages.assign(measure="actions_open_age", unit="days", method="median", theme=TOTAL, state=TOTAL)
    return cells(pd.concat([counts, ages], ignore_index=True))
