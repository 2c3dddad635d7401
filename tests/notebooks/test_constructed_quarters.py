"""Quarters made so that the truth is known: no page says what the truth contradicts.

Each row is invented. What a case must say, and must not, is worked by hand from how it was made.
"""

import re

import numpy as np
import pandas as pd
import pytest
from page_reader import run

from board_packs.tables import Inputs, build, registry
from lscb import long_table
from lscb.periods import Quarter
from openstats import Store

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
OPEN = {
    "40_hrda": {"national_comparators"},
    "50_scorecard": {"scorecard_year"},
    "30_child_deaths": {"national_comparators", "infant_mortality_official", "context_as_of"},
}


def page(notebook, returns, folder, **asked):
    """The page of a constructed quarter, from its returns through every table that it reads."""
    names = [
        each.names[0]
        for each in registry.builders()
        if set(each.returns) & set(returns) or OPEN[notebook] & set(each.names)
    ]
    long_table.write(build(Inputs(PERIOD, (AREA,), returns, None, Store(None)), names), folder)
    return run(notebook, folder, **asked)


def holds(text, must, never):
    """Every text that must stand stands, and none of those that the truth contradicts (regular expressions)."""
    lacking = [words for words in must if not re.search(words, text)]
    wrong = [found[0] for words in never if (found := re.search(words, text))]
    assert not lacking and not wrong, (lacking, wrong, text[:2_000])


# --- referrals of domestic abuse -----------------------------------------------------------------------------------


def referrals(quarters=20, each=60, repeats=12, **columns):
    """`each` referrals a quarter to 2017-18-Q4 of which `repeats` are of a pair referred half a year before; the truth
    of every quarter from the third on is repeats / each."""
    rows = []
    for n, quarter in enumerate(PERIOD.back(quarters)):
        day = pd.Timestamp(quarter.first_day)
        for k in range(each):
            pair = f"{n - 2}-{each - 1 - k}" if k < repeats else f"{n}-{k}"
            pair = str(k) if repeats == each else pair
            rows.append((f"R{n}-{k}", day + pd.Timedelta(days=k), f"V{pair}", f"P{pair}"))
    frame = pd.DataFrame(rows, columns=["referral_id", "referred_on", "victim_id", "perpetrator_id"])
    frame["referred_on"] = frame["referred_on"].astype("datetime64[us]")
    return frame.assign(area=AREA, **columns)


def since(rows, day):
    return rows[rows["referred_on"] >= day].reset_index(drop=True)


REFERRALS = {
    "stable": (
        referrals(),
        # beside the people nothing is recorded of any referral: no agency, outcome or age is 0
        [r"60 referrals", r"20\.0% were repeats \(12 of 60", r"no change shown", r"No rule of the chart flags any quarter",
         r"Police not available IDVA not available", r"65 and over not available Not recorded 240 240"],
        [r"\bPolice 0\b", r"\bHeard 0\b", r"\b16-17 0\b", r"higher than the", r"lower than the", r"more than the 240", r"fewer than the 240", r"A rule of the chart flags"],
    ),
    "first quarter of use": (  # none of the twelve repeats can be seen; the truth is 20 %
        since(referrals(), "2018-01-01"),
        [r"60 referrals", r"How many were repeats is incomplete: repeats of earlier referrals cannot all be seen", r"Q4: incomplete",
         r"0\.0% in 2017-18 Q4 \(incomplete\)", r"without all their look-back[^.]*: the repeats of 2017-18 Q4", r"the whole of 2017-18 is not available\. What is held does not cover it"],
        [r"nothing is held of it", r"not available; not available", r"% were repeats", r"fewer than the", r"varies no more", r"A low repeat rate", r"there were not available"],
    ),
    "begins half a year before": (
        since(referrals(), "2017-10-01"),
        [r"60 referrals", r"How many were repeats is incomplete"],
        [r"% were repeats", r"fewer than the", r"more than the", r"varies no more"],
    ),
    "an old file": (
        referrals()[lambda f: f["referred_on"] < "2018-01-01"].reset_index(drop=True),
        [r"cannot be answered|not available"],
        [r"\bno referrals\b", r"\b0 referrals\b", r"100\.0% fewer", r"75\.0% (fewer|more)"],
    ),
    # Of the quarter's 60 twelve are repeats of referrals half a year before, which is the quarter that was left out:
    # none of them can be seen, and of a year that lacks a quarter nothing is known.
    "a quarter left out half a year before": (
        referrals()[lambda f: ~f["referred_on"].between("2017-07-01", "2017-09-30")].reset_index(drop=True),
        [r"60 referrals", r"How many were repeats is incomplete", r"no row of 2017-18 Q2, where many were to be expected: a file may be left out\."],
        [r"% were repeats", r"fewer than the", r"2017-18 Q2: 0", r"180", r"2017-18-Q"],
    ),
    "nobody named": (
        referrals().assign(victim_id=None, perpetrator_id=None),
        [r"60 referrals", r"How many were repeats is not available", r"cannot be told whether they are repeats: 240"],
        [r"Repeats among them: 0", r"\b0\.0% were repeats", r"0 victims", r"Distinct people referred: 0", r"Were the repeats heard"],
    ),
    "no perpetrator named": (
        referrals().assign(perpetrator_id=None),
        [r"60 referrals", r"How many were repeats is not available"],
        [r"\b\d+\.\d% were repeats"],
    ),
    "no neighbourhood": (
        referrals().assign(lsoa=None),
        [r"20\.0% were repeats"],
        [r"decile 1: 0\.0", r"higher at the most deprived end", r"lower at the most deprived end"],
    ),
    "one row": (
        referrals().tail(1).reset_index(drop=True),
        [r"one referral was made"],
        [r"\b1 referrals (were|for)", r"there were not available", r"fewer than the", r"varies no more"],
    ),
    "none a repeat": (
        referrals(repeats=0),
        [r"0\.0% were repeats \(0 of 60"],
        [r"Were the repeats heard", r"Half of the repeats"],
    ),
    "all repeats": (
        referrals(repeats=60),
        [r"100\.0% were repeats \(60 of 60"],
        [r"A low repeat rate"],
    ),
    "doubled this year": (
        pd.concat([referrals(), referrals(4, 60, 0).assign(referral_id=lambda f: "Z" + f["referral_id"], victim_id=lambda f: "Z" + f["victim_id"])], ignore_index=True),
        [r"100\.0% more than the 240 of 2016-17"],
        [r"fewer than the 240", r"no change shown against 240"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFERRALS)
def test_referrals_made_so_that_the_truth_is_known(case, tmp_path):
    rows, must, never = REFERRALS[case]
    holds(page("40_hrda", {"hrda_referrals": rows}, tmp_path).text, must, never)


def deaths(first, last, each=7):
    """`each` deaths notified in every quarter from one day to another, none reviewed yet."""
    quarters = pd.date_range(first, last, freq="QS")
    rows = [
        {"death_id": f"D{n}-{k}", "born_on": day, "died_on": day + pd.Timedelta(days=11 * k), "notified_on": day + pd.Timedelta(days=11 * k)}
        for n, day in enumerate(quarters)
        for k in range(each)
    ]  # fmt: skip
    frame = pd.DataFrame(rows).assign(area=AREA)
    return frame.astype(dict.fromkeys(("born_on", "died_on", "notified_on"), "datetime64[us]"))


DEATHS = {
    "the whole of two years": (deaths("2016-04-01", "2018-03-31"), [r"In 2017-18, 28 child deaths were notified"], [r"a file may be left out", r"\?\."]),
    # half a year of returns: 14 deaths, of a year of which nobody knows the first half
    "begins in the year": (deaths("2017-10-01", "2018-03-31"), [r"no row of 2017-18 Q1 and 2017-18 Q2, where many were to be expected: a file may be left out\."], [r"In 2017-18, 14", r"no reviews? (was|were) outstanding", r"per 100,000 children: \d", r"where no were"]),
    "a quarter left out": (deaths("2016-04-01", "2018-03-31")[lambda f: ~f["notified_on"].between("2017-07-01", "2017-09-30")].reset_index(drop=True), [r"no row of 2017-18 Q2"], [r"In 2017-18, 21", r"2017-18 21\b"]),
    # six a quarter: none in one of eight quarters is too likely (8 exp -6 is one return in fifty) to call it a gap
    "few": (deaths("2016-04-01", "2018-03-31", each=6)[lambda f: ~f["notified_on"].between("2017-07-01", "2017-09-30")].reset_index(drop=True), [r"In 2017-18, 18 child deaths were notified"], [r"a file may be left out", r"\?\."]),
}  # fmt: skip


@pytest.mark.parametrize("case", DEATHS)
def test_deaths_made_so_that_the_truth_is_known(case, tmp_path):
    rows, must, never = DEATHS[case]
    holds(page("30_child_deaths", {"child_deaths": rows}, tmp_path, audience="restricted").text, must, never)


# --- the scorecard ---------------------------------------------------------------------------------------------------


def services(**counts):
    """The children's services return of the last quarters, by indicator."""
    rows = [
        {"area": AREA, "quarter": str(q), "indicator": name, "count": float(n), "population": 50_000.0}
        for name, values in counts.items()
        for q, n in zip(PERIOD.back(len(values)), values, strict=True)
    ]
    return pd.DataFrame(rows)


NOISE = np.array([3, -6, 1, 5, -4, 2, 6, -5, 0, -2, 4, 1, 5, -3, -6, 2, -1, 4, -2, -4])
LEVEL, SUMMER = 200 + NOISE, np.where(np.arange(20) % 4 == 1, 133, 200) + NOISE
CARRIED = 300 + np.cumsum([0, 4, 5, 3, -2, -4, -5, -3, 2, 4, 6, 5, 1, -3, -5, -4, 0, 3, 4, 2])  # a stock that swings
STEADY = 300 + 10 * np.arange(20) + 2 * NOISE  # a stock that rises by half in five years, and does nothing else
SCORECARDS = {
    "stable": (services(referrals=LEVEL), [r"against those before: no change is shown\.", r"Referrals: no change shown"], [r"worse:", r"better:", r"higher:", r"lower:"]),
    "falls each summer by a third": (services(referrals=SUMMER), [r"Referrals: no change shown"], [r"Flagged by a rule", r"higher:", r"lower:"]),
    "a stock that carries over": (services(plans_at_period_end=CARRIED), [r"Children on child protection plans: no change shown"], [r"Flagged by a rule", r"higher:", r"lower:"]),
    "a stock that rises steadily": (services(plans_at_period_end=STEADY), [r"one has changed \(higher: children on child protection plans\)", r"Children on child protection plans: a steady rise over all its points"], [r"plans: no change", r"lower:", r"worse:"]),
    "shifted for a year": (services(referrals=np.r_[LEVEL[:16], LEVEL[16:] + 60]), [r"one has changed \(higher: referrals\)"], [r"lower:", r"none has changed"]),
    "constant": (services(referrals=[200] * 20), [r"Referrals: no change shown"], [r"Flagged by a rule", r"higher:", r"lower:"]),
    "one quarter": (services(referrals=[200]), [r"No indicator of the return has the quarters", r"Referrals: 200 in 2017-18 Q4"], [r"varies no more", r"no quarter is flagged", r"Referrals: no change"]),
    "four quarters": (services(referrals=LEVEL[:4]), [r"Referrals: 205 in 2017-18 Q4", r"No change by quarter is tested"], [r"varies no more", r"no change shown", r"higher:", r"lower:"]),
    "a gap": (services(referrals=LEVEL)[lambda f: f["quarter"] != "2016-17-Q2"], [r"Not available: 2016-17 Q2"], [r"Referrals by quarter:[^.]* 0 in 2016-17 Q2", r"Flagged by a rule"]),
}  # fmt: skip


@pytest.mark.parametrize("case", SCORECARDS)
def test_scorecards_made_so_that_the_truth_is_known(case, tmp_path):
    rows, must, never = SCORECARDS[case]
    text = page("50_scorecard", {"children_services": rows}, tmp_path, indicators="referrals,plans").text
    holds(text.partition("Year by year")[0].partition("What changed in method")[0], must, never)


def test_a_rate_that_lacks_a_population_is_charted_as_the_numbers_there_are(tmp_path):
    """Sixteen steady quarters, of which the first eight came without the population of their rate: nothing has changed,
    all sixteen are there to see, and the test of all together and the chart agree that they can be asked."""
    rows = services(first_time_entrants=20 + NOISE[:16] // 3)
    rows["population"] = rows["population"].where(rows.index >= 8)
    text = page("50_scorecard", {"children_services": rows}, tmp_path, indicators="first_time_entrants").text
    must = [
        r"[Oo]ne indicator was tested, the last 4 quarters",
        r"where chance alone would flag hardly any\.",
        r"First-time entrants to the youth justice system: no change shown",
    ]
    holds(text.partition("What changed in method")[0], must, [r"– in 20", r"flag about 0\.0", r"too few quarters", r"higher:", r"lower:", r"better:", r"worse:"])  # fmt: skip


def test_what_became_better_and_what_became_worse_are_told_apart(tmp_path):
    """A year of half as many re-referrals again, and of a quarter more assessments in time: the one is worse, the other
    better, in the answer and in what each chart shows; one is above its upper limit for the bad, one for the good."""
    shift = np.where(np.arange(20) >= 16, 1, 0)
    rows = services(
        referrals=[200] * 20,
        re_referrals=40 + NOISE // 3 + 25 * shift,
        assessments_completed=[200] * 20,
        assessments_within_45_days=140 + NOISE // 2 + 45 * shift,
    )
    asked = "re_referrals,assessments_in_time"
    text = page("50_scorecard", {"children_services": rows}, tmp_path, indicators=asked).text
    must = [
        r"two have changed \(better: assessments within 45 working days; worse: re-referrals within 12 months\)|"
        r"2 have changed \(better: assessments within 45 working days; worse: re-referrals within 12 months\)",
        r"What stands behind re-referrals within 12 months, and since when\?",
        r"Re-referrals within 12 months.{0,120}upper limit \(concern\)",
        r"Assessments within 45 working days.{0,120}upper limit \(improvement\)",
    ]
    holds(text.partition("What changed in method")[0], must, [r"better: re-referrals", r"worse: assessments"])
