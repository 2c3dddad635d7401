"""What is known of the deaths notified and the reviews completed: two cohorts, each with its own numbers.

Deaths by age, sex and the like; reviews by category, with modifiable factors, time taken, what is outstanding, scores
of contributory factors, and what the panel should look at.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import ages_at_death as ages
from lscb import child_death_checks as checks
from lscb import child_deaths as deaths
from lscb.calendar_months import add_months, days
from lscb.counting import ETHNIC_GROUPS, tally
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter, year_so_far
from openstats import dated_terms

from .absent_returns import sent
from .child_death_cases import (
    BEFORE_LIMIT,
    CIRCUMSTANCES,
    DOMAINS,
    EXPECTED,
    MODIFIABLE,
    NOT_RECORDED,
    NOTIFIED,
    RETURN,
    REVIEWED,
    SEXES,
    YES_NO,
    cases,
    categories,
    counts_within,
    coverage,
    current,
    groups_of_labels,
    not_back,
    shares,
    window_name,
    within,
)
from .quarter_inputs import Inputs, NotCovered
from .registry import table

OUTCOMES = ("within 12 months", "later", "still open")


@table("child_deaths_notified", returns=[RETURN])
@sent(RETURN)
def child_deaths_notified(inputs: Inputs) -> pd.DataFrame:
    """Deaths notified, by ethnic group. What reviews are counted by is not counted here too: five years' deaths less
    five years' reviews of one age are the few of that age who wait for theirs."""
    rows = cases(inputs)
    spans = current(inputs, coverage(inputs, rows))
    return cells(counts_within(rows, spans, "notified_on", [{"ethnicity": ETHNIC_GROUPS}], NOTIFIED))


@table("child_deaths_reviewed", returns=[RETURN])
@sent(RETURN)
def child_deaths_reviewed(inputs: Inputs) -> pd.DataFrame:
    """Reviews completed, by category, modifiable factors, age, sex and expected; and by what else was recorded. Nothing
    is crossed with anything: of five years' reviews two labels together are one child or none. Ethnic groups are those
    of the deaths notified, which are more."""
    rows = cases(inputs)
    spans = current(inputs, coverage(inputs, rows))
    kinds = [*dict.fromkeys(categories(inputs).values()), NOT_RECORDED]
    bands = list(dict.fromkeys(groups_of_labels(inputs, "child_deaths.age_groups", ages.AGE_BANDS).values()))
    labels = {"category": kinds, "modifiable": MODIFIABLE, "age_band": bands, "sex": SEXES}
    labels |= {"expected": EXPECTED} | dict.fromkeys(CIRCUMSTANCES, YES_NO)
    margins = [{name: each} for name, each in labels.items()]
    every = counts_within(rows, spans, "review_completed_on", margins, REVIEWED)
    return cells(_joined([every, _neonatal(rows, spans)]))


def _neonatal(rows: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Reviews of deaths under 28 days by stage and by viability. Their total is a cell already, that of the age band: as a
    second cell it would go with every part of either."""
    young = rows[rows["stage"].isin(ages.STAGES[:2])]
    margins = [{"stage": ages.STAGES[:2]}, {"previable": BEFORE_LIMIT}]
    counts = counts_within(young, spans, "review_completed_on", margins, "cdop_neonatal_reviews_completed")
    return counts[(counts["stage"] != TOTAL) | (counts["previable"] != TOTAL)]


@table("child_deaths_modifiable", returns=[RETURN])
@sent(RETURN)
def child_deaths_modifiable(inputs: Inputs) -> pd.DataFrame:
    """Of the reviews completed: the share with modifiable factors, of those with sufficient information, and the share
    of expected deaths, of those where it is known."""
    rows = cases(inputs)
    spans = current(inputs, coverage(inputs, rows))
    parts = []
    for column, kept, met, share, base in (
        ("modifiable", MODIFIABLE[:2], "identified", "cdop_modifiable_share", "cdop_reviews_sufficient"),
        ("expected", EXPECTED[:2], "expected", "cdop_expected_share", "cdop_reviews_expected_known"),
    ):
        counts = counts_within(rows[rows[column].isin(kept)], spans, "review_completed_on", [{column: kept}], base)
        of = counts[counts[column] == "Total"].drop(columns=column)
        got = counts[counts[column] == met].drop(columns=[column, "measure"])
        parts += [of, shares(got.merge(of.drop(columns="measure").rename(columns={"count": "of"})), share)]
    return cells(pd.concat(parts, ignore_index=True))


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Counts of several measures in one frame; a dimension that one does not have is its Total."""
    frame = pd.concat(parts, ignore_index=True)
    dims = [c for c in frame.columns if c not in ("area", "period", "window", "measure", "count")]
    return frame.fillna(dict.fromkeys(dims, "Total"))


@table("child_deaths_timeliness", returns=[RETURN])
@sent(RETURN)
def child_deaths_timeliness(inputs: Inputs) -> pd.DataFrame:
    """Time from death to completed review: bands, shares within 6 and 12 months, median and quartiles; in a second
    line without cases that were paused or reopened."""
    every = cases(inputs)
    rows = every[every["time_to_review"] != NOT_RECORDED]
    waits = rows["standing"].where(rows["standing"] == "in progress", "paused or reopened")
    rows = rows.assign(standing=waits.replace("in progress", "neither"))
    spans = current(inputs, coverage(inputs, every))
    labels = {"standing": ("neither", "paused or reopened")}
    counts = counts_within(
        rows, spans, "review_completed_on", [labels | {"time_to_review": deaths.TIMES}], "cdop_reviews_timed"
    )
    keys = ["area", "period", "window", "standing"]
    wide = counts.pivot(index=keys, columns="time_to_review", values="count").reset_index()
    within_12 = wide[list(deaths.TIMES[:2])].sum(axis=1)
    parts = [
        counts,
        wide[keys].assign(measure="cdop_reviews_within_12_months", count=within_12),
        shares(wide[keys].assign(count=wide[deaths.TIMES[0]], of=wide["Total"]), "cdop_within_6_months_share"),
        shares(wide[keys].assign(count=within_12, of=wide["Total"]), "cdop_within_12_months_share"),
        _days(within(rows, spans, "review_completed_on"), wide[keys]),
    ]
    return cells(pd.concat(parts, ignore_index=True).fillna({"time_to_review": "Total"}))


@table("child_deaths_cohort", returns=[RETURN])
@sent(RETURN)
def child_deaths_cohort(inputs: Inputs) -> pd.DataFrame:
    """What became, by the end of the newest year, of the reviews of the deaths notified in the three years before it:
    completed within twelve months of the death, later, or still open. Unlike among the reviews completed in a time, the
    open ones are in. By the day of notification, as deaths are counted everywhere: by that of death a few of each window
    were others than those notified, and the difference of two totals was these few.

    Three years and not all five that reviews are counted over: the reviews completed less those of every death twelve
    months past would be the few of the last twelve months' deaths. Raises NotCovered where the return reaches back less.
    """
    rows = cases(inputs)
    spans = _cohort(inputs, coverage(inputs, rows))
    rows = within(rows, spans, "notified_on")
    limit, end = (add_months(days(rows[day]), 12) for day in ("died_on", "last"))
    reviewed = days(rows["review_completed_on"])
    done = ~np.isnat(reviewed) & (reviewed <= end)
    outcome = np.select([done & (reviewed <= limit), done], ["within 12 months", "later"], "still open")
    keys = spans[["area", "period", "window"]]
    counts = tally(rows.assign(outcome=outcome), keys, [{"outcome": OUTCOMES}]).assign(measure="cdop_cohort_due")
    of = counts[counts["outcome"] == TOTAL].rename(columns={"count": "of"})[[*keys.columns, "of"]]
    met = counts[counts["outcome"] == OUTCOMES[0]].merge(of, on=list(keys.columns), validate="one_to_one")
    share = shares(met.drop(columns=["outcome", "measure"]), "cdop_cohort_in_time_share")
    return cells(pd.concat([counts, share], ignore_index=True).fillna({"outcome": TOTAL}))


def _cohort(inputs: Inputs, spans: pd.DataFrame) -> pd.DataFrame:
    """The three years of each area that end a year before the newest year that has ended."""
    window = window_name(inputs.standard("child_deaths.cohort_years"))
    spans = spans[spans["window"] == window].sort_values("last")
    behind = spans.groupby("area", observed=True).cumcount(ascending=False)  # how many years end after it
    chosen = spans[behind == 1].reset_index(drop=True)
    if chosen.empty:
        raise NotCovered(not_back(inputs, window, 1))
    return chosen


def _days(rows: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Median days to review with its quartiles, per span and standing."""
    every = pd.concat([rows, rows.assign(standing="Total")])
    got = every.groupby(list(keys.columns), observed=True)["days"].apply(deaths.quartiles)
    quarters = got.rename("found").reset_index()
    quarters[["low", "value", "high"]] = quarters["found"].tolist() if len(quarters) else np.empty((0, 3))
    result = keys.merge(quarters.drop(columns="found"), how="left", validate="one_to_one")
    none = np.where(result["value"].isna(), "no review was completed", "")
    return result.assign(
        measure="cdop_days_to_review", unit="days", method="median and quartiles, type 7", reason=none
    ).assign(status=np.where(none == "", "shown", "not_applicable"))


@table("child_deaths_outstanding", returns=[RETURN])
@sent(RETURN)
def child_deaths_outstanding(inputs: Inputs) -> pd.DataFrame:
    """Reviews outstanding on the period's last day, by completed months since the death; and by whether paused or
    reopened, which is not crossed with it: the few of a pack would each be one child."""
    rows, end = cases(inputs), inputs.period.last_day
    open_ = rows[deaths.outstanding(rows, end)]
    open_ = open_.assign(age_of_case=deaths.case_age(open_["died_on"], end), period=year_so_far(inputs.period))
    keys = pd.DataFrame({"area": list(inputs.areas), "period": year_so_far(inputs.period)})
    margins: list[dict] = [{"age_of_case": deaths.WAITS}, {"standing": deaths.STANDINGS}]
    return cells(tally(open_, keys, margins), measure="cdop_reviews_outstanding")


@table("child_deaths_factors", returns=[RETURN])
@sent(RETURN)
def child_deaths_factors(inputs: Inputs) -> pd.DataFrame:
    """Reviews completed by the highest score in each domain of contributory factors, in the words of the forms that were
    in force in those years; which of them a review was written on is in no table, and decides no row."""
    rows, scales, now = cases(inputs), inputs.standard("child_deaths.forms"), inputs.period
    spans = current(inputs, coverage(inputs, rows))
    ended = Quarter(now.year_ended, 4)
    begin = (ended + 1 - 4 * max(inputs.standard("child_deaths.breakdowns"))).first_day
    since = inputs.standard("terms.death_form")
    forms = {dated_terms.term("death_form", begin)} | {n for day, n in since.items() if begin < day <= now.last_day}
    scales = {name: scale for name, scale in scales.items() if name in forms}
    versions, none = _forms(rows, inputs), "no information"
    for name in DOMAINS:
        levels = deaths.factor_levels(rows[name], versions, scales, "")
        rows = rows.assign(**{name: levels.fillna(none)})
    words = list(dict.fromkeys(w for scale in scales.values() for w in scale.values() if w))
    labels = [*words, deaths.OFF_SCALE, none]
    # Zeros are listed too: a row that is there only where there is somebody would tell of them when it is withheld.
    return cells(counts_within(rows, spans, "review_completed_on", [{name: labels} for name in DOMAINS], REVIEWED))


def _forms(rows: pd.DataFrame, inputs: Inputs) -> pd.Series:
    """The version of the form that each review was written on; one that is not recorded is that of its day."""
    end = inputs.period.last_day
    days = rows["review_completed_on"].map(lambda day: end if pd.isna(day) else day.date())
    of_the_day = days.map(lambda day: dated_terms.term("death_form", day)).astype("str")
    named = rows["form_version"].astype("str").str.strip()
    return named.where(named.notna() & named.ne(""), of_the_day).astype("str")


@table("child_deaths_quality", returns=[RETURN])
@sent(RETURN)
def child_deaths_quality(inputs: Inputs) -> pd.DataFrame:
    """How many deaths the panel should look at, by issue. The list of cases is lscb.child_death_checks.quality."""
    rows = inputs.need(RETURN)
    rows = rows[rows["area"].isin(inputs.areas)].reset_index(drop=True)
    rows = rows[days(rows["notified_on"]) <= np.datetime64(inputs.period.last_day)]
    listed = checks.quality(rows)
    listed = listed.assign(area=rows["area"].loc[listed.index], period=year_so_far(inputs.period))
    keys = pd.DataFrame({"area": list(inputs.areas), "period": year_so_far(inputs.period)})
    counts = tally(listed, keys, [{"issue": checks.ISSUES}])
    return cells(counts[counts["issue"] != "Total"], measure="cdop_quality_issues")
