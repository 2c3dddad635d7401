"""Section 11, categories of death, cohorts, months to review, medians, bases of a repeat and intervals of rates, counted
again from the files of other quarters by pandas alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from drawn_quarters import CASES
from scipy.stats import chi2

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "2017-18-Q4"
Z = 1.959963984540054
TOTAL = "Total"


def sent(folder: Path, name: str, *dates: str) -> pd.DataFrame:
    rows = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return rows.assign(**{date: pd.to_datetime(rows[date], errors="coerce") for date in dates})


def year_of(day: pd.Series) -> pd.Series:
    """The calendar year in which the financial year of a day begins; nought of none."""
    return (day.dt.year - (day.dt.month < 4)).fillna(0).astype(int)


def shown(quarter, table: str, measure: str) -> list[dict]:
    rows = [r for r in quarter.tables("restricted").records(table) if (r["measure"], r["status"]) == (measure, "shown")]
    assert rows, (table, measure)
    return rows


# --- section 11 --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=CASES, ids=" ".join)
def drawn(request, drawn_quarter):
    return drawn_quarter(*request.param)


@pytest.fixture(scope="module")
def grades(drawn):
    rows = sent(drawn.returns, "section_11", "audited_on")
    rows = rows[rows["audited_on"] <= pd.Timestamp(drawn.last)]
    marks = rows["grade"].str.replace("_", " ").str.lower().map({"met": 3, "partly met": 2, "not met": 1})
    return rows.assign(mark=marks, year=year_of(rows["audited_on"])).sort_values("audited_on", kind="stable")


def in_force(grades: pd.DataFrame, year: int) -> pd.Series:
    """The newest mark of each agency and standard, of those given in a year or the one before it."""
    return grades[grades["year"].isin([year - 1, year])].groupby(["agency", "standard"])["mark"].last()


def test_section_11_answers_standards_and_changes(drawn, grades):
    now = drawn.first.year
    for row in shown(drawn, "section_11_answers", "section_11_agencies"):
        of = grades[grades["year"] == int(row["period"][:4])].groupby("agency")["audit"].last().str.lower()
        assert row["count"] == (len(of) if row["audit"] == TOTAL else of.str.startswith(row["audit"]).sum()), row
    for row in shown(drawn, "section_11_standards", "section_11_short"):
        marks = in_force(grades, int(row["period"][:4])).xs(row["standard"].partition(".")[0], level="standard")
        assert (row["count"], row["of"]) == ((marks < 3).sum(), len(marks)), row
    if not (grades["year"] == now).any():  # the year's answers are still to come: none is not nought
        for row in drawn.tables("restricted").records("section_11_change"):
            assert row["status"] == "not_available" and "the year's are still to come" in row["reason"]
        return
    both = pd.concat([in_force(grades, now), in_force(grades, now - 1)], axis=1, keys=["now", "was"]).dropna(
        subset="now"
    )
    step = both["now"] - both["was"]
    moved = {TOTAL: len(both), "better": (step > 0).sum(), "worse": (step < 0).sum(), "same": (step == 0).sum(), "new": step.isna().sum()}  # fmt: skip
    assert {r["change"]: r["count"] for r in shown(drawn, "section_11_change", "section_11_graded")} == moved


# --- child deaths ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["E06000045 2017-18-Q4", "E06000044 2019-20-Q3"])
def deaths(request, drawn_quarter, invented_quarter):
    """A quarter, the last day of its period, and its panel's list."""
    area, period = request.param.split()
    quarter = invented_quarter if area == "E06000045" else drawn_quarter(area, period)
    last = pd.Timestamp("2018-03-31" if area == "E06000045" else quarter.last)
    folder = SAMPLE if area == "E06000045" else quarter.returns
    rows = sent(folder, "child_deaths", "born_on", "died_on", "notified_on", "review_completed_on")
    return quarter, last, rows[rows["notified_on"] <= last]


def test_reviews_of_the_deaths_of_a_cohort_within_twelve_months(deaths):
    quarter, last, rows = deaths
    done = rows["review_completed_on"].where(rows["review_completed_on"] <= last)
    soon = rows["died_on"].map(lambda day: day + pd.DateOffset(months=12))
    state = np.select([done.isna(), done <= soon], ["still open", "within 12 months"], "later")
    for row in shown(quarter, "child_deaths_cohort", "cdop_cohort_due"):
        newest, length = int(row["period"][:4]), int(row["window"].split()[0])
        here = year_of(rows["notified_on"]).between(newest - length + 1, newest)
        assert row["count"] == (here & ((state == row["outcome"]) | (row["outcome"] == TOTAL))).sum(), row
    of = {r["outcome"]: r["count"] for r in shown(quarter, "child_deaths_cohort", "cdop_cohort_due")}
    (share,) = shown(quarter, "child_deaths_cohort", "cdop_cohort_in_time_share")
    assert share["value"] == pytest.approx(of["within 12 months"] / of[TOTAL])


def test_rates_of_deaths_have_byars_interval_from_ten_and_the_exact_one_below(deaths):
    quarter, _, rows = deaths
    for row in shown(quarter, "child_deaths_by_year", "cdop_death_rate"):
        newest, length = int(row["period"][:4]), int(row["window"].split()[0])
        n = year_of(rows["notified_on"]).between(newest - length + 1, newest).sum()
        assert row["count"] == n and row["value"] == pytest.approx(100_000 * n / row["of"]), row
        low, high = chi2.ppf(0.025, 2 * n) / 2, chi2.ppf(0.975, 2 * n + 2) / 2
        if n >= 10:
            low, high = n * (1 - 1 / (9 * n) - Z / (3 * n**0.5)) ** 3, (n + 1) * (1 - 1 / (9 * n + 9) + Z / (3 * (n + 1) ** 0.5)) ** 3  # fmt: skip
        assert (row["low"], row["high"]) == pytest.approx((1e5 * low / row["of"], 1e5 * high / row["of"])), row


def test_reviews_by_category_what_was_recorded_and_how_long_they_took(invented_quarter):
    """Of several categories that apply the first in the statutory order, which is the order of their numbers."""
    rows = sent(SAMPLE, "child_deaths", "died_on", "review_completed_on")
    rows = rows[rows["review_completed_on"].between("2013-04-01", "2018-03-31")]
    first = rows["categories"].str.findall(r"\d+").map(lambda each: min(map(int, each), default=0))
    text = {"modifiable": "modifiable_factors", "sex": "sex", "expected": "expected", "child_protection_plan": "child_protection_plan"}  # fmt: skip
    seen = 0
    for row in shown(invented_quarter, "child_deaths_reviewed", "cdop_reviews_completed"):
        labels = {name: row[name] for name in ("category", *text) if row[name] != TOTAL}
        if len(labels) != 1:
            continue
        ((name, label),) = labels.items()
        if name == "category":
            numbers = [int(n) for n in label.partition(".")[0].split("-")] if label[0].isdigit() else [0]
            here = first.between(numbers[0], numbers[-1])
        else:
            here = rows[text[name]].str.replace("_", " ").replace("", "not recorded") == label
        assert row["count"] == here.sum(), row
        seen += 1
    assert seen > 18
    days = (rows["review_completed_on"] - rows["died_on"]).dt.days
    (all_of_them,) = [r for r in shown(invented_quarter, "child_deaths_timeliness", "cdop_days_to_review") if r["standing"] == TOTAL]  # fmt: skip
    assert [all_of_them[end] for end in ("low", "value", "high")] == days.quantile([0.25, 0.5, 0.75]).tolist()
    within = (rows["review_completed_on"] <= rows["died_on"].map(lambda day: day + pd.DateOffset(months=6))).sum()
    (share,) = [r for r in shown(invented_quarter, "child_deaths_timeliness", "cdop_within_6_months_share") if r["standing"] == TOTAL]  # fmt: skip
    assert (share["count"], share["of"]) == (within, len(rows))


# --- domestic abuse ----------------------------------------------------------------------------------------------


def test_days_between_repeats_and_their_bands(deaths):
    """The last referral of the same two people within twelve months, of referrals that name both."""
    quarter, last, _ = deaths
    rows = sent(SAMPLE if quarter.area == "E06000045" else quarter.returns, "hrda_referrals", "referred_on")
    rows = rows[(rows["referred_on"] <= last) & rows["victim_id"].ne("") & rows["perpetrator_id"].ne("")]
    rows = rows.sort_values("referred_on", kind="stable").drop_duplicates(
        ["victim_id", "perpetrator_id", "referred_on"]
    )
    before = rows.groupby(["victim_id", "perpetrator_id"])["referred_on"].shift()
    repeat = rows["referred_on"] <= before.map(lambda day: day + pd.DateOffset(months=12))
    for row in shown(quarter, "hrda_time_between", "hrda_days_between"):
        here = repeat & (year_of(rows["referred_on"]) == int(row["period"][:4]))
        days = (rows["referred_on"] - before)[here].dt.days
        assert [row[end] for end in ("low", "value", "high")] == days.quantile([0.25, 0.5, 0.75]).tolist(), row
    soon = rows["referred_on"] < before.map(lambda day: day + pd.DateOffset(months=3))
    for row in shown(quarter, "hrda_time_between", "hrda_referrals"):
        if row["since_last"] in ("under 3 months", "no earlier referral"):
            of = year_of(rows["referred_on"]) == int(row["period"][:4])
            assert row["count"] == (of & (soon if row["since_last"][0] == "u" else before.isna())).sum(), row
