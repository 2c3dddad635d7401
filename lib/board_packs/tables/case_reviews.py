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
from .agreed_actions import NOT_KNOWN, actions_due, states, with_owners
from .quarter_inputs import Inputs, unusable
from .registry import table

STATUTORY = "statutory review"  # a serious case review; since 2019 a local child safeguarding practice review
KINDS = dict.fromkeys(("serious case review", "local child safeguarding practice review"), STATUTORY)
DECISIONS = (STATUTORY, "partnership review", "no further action", "not decided yet")
RAPID, RAPID_SINCE = "rapid review only", date(2018, 7, 4)  # the day of Working Together (2018)
STATES = ("not yet due", "overdue", NOT_KNOWN)
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
        decision=decision.replace(KINDS).fillna("not decided yet").mask(unusable(rows, "decision"), NOT_KNOWN),
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
    # Decisions that nobody can read are listed where there are none, too: a row that is there says that there was one.
    decisions = [*DECISIONS[:2], *[RAPID] * (inputs.period.last_day >= RAPID_SINCE), *DECISIONS[2:], NOT_KNOWN]
    now = spans[spans["period"] == year_so_far(inputs.period)]
    themes = cases[cases["period"].isin(now["period"])]
    themes = themes.assign(theme=themes["themes"].astype("str").str.split(";")).explode("theme").dropna(subset="theme")
    # Every theme of the dictionary, so that a theme's place in the table does not say that a case showed it.
    listed = dictionary.load()["case_reviews"].fields["themes"].canonical
    labels = sorted({*listed, *themes["theme"]})
    by_theme = cells(tally(themes, now, [{"theme": labels}]).query("theme != @TOTAL"), measure="cases_with_theme")
    # Cases, and no theme of any: which of the two it is, 0 or this, tells of the cases, and is withheld where they are.
    nobody = by_theme["area"].isin(set(cases.merge(now)["area"]) - set(themes["area"]))
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
    for measure, lost in (
        ("reviews_completion_unknown", review & unusable(rows, "completed_on")),
        ("reviews_publication_unknown", unusable(rows, "published_on")),
    ):
        parts.append(tally(rows[lost].assign(period=str(inputs.period)), today, []).assign(measure=measure))
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
    unknown = unusable(left, "done_on")  # whether they are done is not known
    return {
        "review_actions_done": cells(_aged(tally(done, now, [{"theme": themes}]), rows, first), measure="actions_done"),
        "review_actions_evidence": cells(pd.concat([counts, twice], ignore_index=True)),
        "review_actions_open": _open(left[~unknown], left[unknown], inputs, themes),
        "review_actions_due": actions_due(left, inputs, "review_actions_due", "recommendation"),
    }


def _aged(counts: pd.DataFrame, rows: pd.DataFrame, first: pd.Timestamp) -> pd.DataFrame:
    """Counts with the month of the newest day of an area's list, where that is before the year: it may be an older list,
    which has no day of its own."""
    newest = rows[["recommended_on", "done_on"]].max(axis=1).groupby(rows["area"].astype("str")).max()
    months = {area: f"newest day in {day:%B %Y}" for area, day in newest[newest < first].items()}
    return counts.assign(method=[months.get(area, "") for area in counts["area"]])


def _doubled(done: pd.DataFrame, alike: float) -> pd.Series:
    """Within an area, whether an action's recommendation stands in the plan once more."""
    parts = [doubled(part["recommendation"].astype("str"), alike) for _, part in done.groupby("area", observed=True)]
    return pd.concat(parts).reindex(done.index) if parts else pd.Series(dtype=bool)


def _open(rows: pd.DataFrame, unknown: pd.DataFrame, inputs: Inputs, themes: list[str]) -> pd.DataFrame:
    """Open actions by theme and whether they are late, their age, and by theme those of which it is not known whether
    they are done."""
    today = pd.DataFrame({"area": list(inputs.areas), "period": str(inputs.period)})
    days = (pd.Timestamp(inputs.period.last_day) - rows["recommended_on"]).dt.days
    rows = rows.assign(state=states(rows, inputs.period), days=days, period=str(inputs.period))
    counts = tally(rows, today, [{"theme": themes, "state": STATES}]).assign(measure="actions_open")
    undated = tally(unknown.assign(period=str(inputs.period)), today, [{"theme": themes}])
    ages = rows.groupby(["area", "period"])["days"].median().rename("value").reset_index()
    ages = ages.assign(measure="actions_open_age", unit="days", method="median", theme=TOTAL)
    undue = counts["area"].isin(rows.loc[rows["state"] == NOT_KNOWN, "area"])  # elsewhere `not known` is no state
    parts = [counts[undue | counts["state"].ne(NOT_KNOWN)], undated.assign(measure="actions_day_unknown"), ages]
    return cells(pd.concat(parts, ignore_index=True).fillna({"state": TOTAL}))
