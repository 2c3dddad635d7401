"""Quarters of other authorities and periods, made so that the truth is known, sent as files and read back as pages.

Every row is invented. The truth of a case stands beside it, and was written down before its page was first read: what
must stand on the page, and what may not because the truth contradicts it (regular expressions).
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from typing import NamedTuple

import page_reader
import pytest

import returncheck
from board_packs.tables import Inputs, registry
from lscb import long_table
from lscb.periods import Quarter
from openstats import Store

# What no page says of anything: texts of ours, and words that a state and a verb or an article cannot share.
NEVER = (
    r"it is not in the table", r"is withheld\. withheld", r"is not available\. it is", r"\bnan\b", r"\bNone\b",
    r"\b1 [a-z]+s (was|were|are|have)\b", r"\bwithin 1 days\b", r"there (was|were) (withheld|not available)",
    r"(withheld|not available) (expected|referrals|deaths|reviews|children|attendances|events)\b",
)  # fmt: skip


class Case(NamedTuple):
    """The files of a quarter, the page that is read, and what it must say and may not."""

    period: str
    area: str
    page: str
    files: dict[str, list[dict]]
    must: tuple[str, ...]
    never: tuple[str, ...] = ()


def page(case: Case, folder, store: Store | None = None):
    """The page of a case: its files written, checked, counted and read by the notebook."""
    sent = folder / "sent"
    sent.mkdir()
    for name, rows in case.files.items():
        with (sent / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, HEADS[name])
            writer.writeheader()
            writer.writerows(rows)
    quarter = Quarter.parse(case.period)
    received = returncheck.read(sent, quarter, case.area)
    returns = {name: frame.assign(area=case.area) for name, frame in received.frames.items()}
    inputs = Inputs(
        quarter, (case.area,), returns, received.quality, store or Store(None), {}, received.gaps.assign(area=case.area)
    )
    names = {
        each.names[0]
        for each in registry.builders()
        if set(each.returns) & set(case.files) or (each.returns and not each.open_data)
    }
    long_table.write(registry.build(inputs, names | OPEN.get(case.page, set())), folder / "working")
    return page_reader.run(
        case.page, folder / "working", "restricted", period=case.period, area=case.area, sample=False
    )


def printed(made) -> str:
    """What a page says from its answer on, without its rules of method."""
    answer = next(n for n, run in enumerate(made.cells) if "say.answer(" in run.source)
    rest = [run.text for run in made.cells[answer:] if "changes(book" not in run.source]
    return "\n".join(rest).replace("No figure of this page is withheld.", "")


OPEN = {  # tables of open data that a page reads beside those of its return
    "40_hrda": {"national_comparators"},
    "50_scorecard": {"scorecard_year"},
    "80_board": {"board_membership"},
    "30_child_deaths": {"national_comparators", "infant_mortality_official", "context_as_of"},
}
HEADS = {
    "hrda_referrals": ["referral_id", "referred_on", "victim_id", "perpetrator_id", "children_in_household", "disability", "lsoa"],
    "child_deaths": ["death_id", "born_on", "died_on", "notified_on", "review_completed_on", "modifiable_factors", "expected"],
    "exploitation": ["measure", "agency", "quarter", "count"],
    "children_services": ["quarter", "indicator", "count", "population"],
    "meetings": ["meeting", "met_on", "agency", "expected", "attended", "deputy", "apologies"],
    "case_reviews": ["review_id", "referred_on", "decision", "decided_on", "themes", "completed_on", "published_on"],
    "plan": ["action_id", "reported_on", "theme", "action", "measure", "due_on", "status"],
    "review_actions": ["action_id", "theme", "recommended_on", "recommendation", "action", "owner", "due_on", "done_on", "impact"],
    "section_11": ["agency", "standard", "audited_on", "audit", "grade"],
    "audits": ["recommendation_id", "audit", "audited_on", "theme", "recommendation", "owner", "due_on", "status"],
    "training": ["event_id", "event", "kind", "held_on", "hours", "places", "agency", "attended", "evaluations", "rated_good"],
}  # fmt: skip


def back(period: str, number: int) -> list[Quarter]:
    return Quarter.parse(period).back(number)


def referrals(period: str, numbers: list[int], repeats: float = 0.2, children=lambda n, k: 1, **columns) -> list[dict]:
    """So many referrals in each of the quarters to a period; of each the first `repeats` are of a pair referred half a
    year before, so that their share is the truth of every quarter from the third on."""
    rows = []
    for n, (quarter, number) in enumerate(zip(back(period, len(numbers)), numbers, strict=True)):
        for k in range(number):
            pair = f"{n - 2}-{numbers[n - 2] - 1 - k}" if n > 1 and k < repeats * number else f"{n}-{k}"
            day = quarter.first_day + timedelta(days=(k * 7) % 85)
            rows.append({"referral_id": f"R{n}-{k}", "referred_on": day, "victim_id": f"V{pair}", "perpetrator_id": f"P{pair}", "children_in_household": children(n, k)} | columns)  # fmt: skip
    return rows


def deaths(period: str, numbers: list[int], review_after: int | None = 200, **columns) -> list[dict]:
    """So many deaths in each of the years (the newest so far) to a period, each reviewed so many days after it."""
    rows, last = [], Quarter.parse(period)
    for n, number in enumerate(numbers):
        year = last.start - len(numbers) + 1 + n
        for k in range(number):
            died = date(year, 4, 2) + timedelta(days=k * 40)
            reviewed = died + timedelta(days=review_after) if review_after else ""
            reviewed = reviewed if reviewed and reviewed <= last.last_day else ""
            rows.append({"death_id": f"D{n}-{k}", "born_on": date(year - 6, 1, 1), "died_on": died, "notified_on": died + timedelta(days=2), "review_completed_on": reviewed} | columns)  # fmt: skip
    return rows


def seats(period: str, agencies: int) -> list[dict]:
    """One meeting of a quarter, to which so many agencies came."""
    day = Quarter.parse(period).first_day + timedelta(days=9)
    row = {
        "meeting": "Executive",
        "met_on": day,
        "expected": "yes",
        "attended": "yes",
        "deputy": "no",
        "apologies": "no",
    }
    return [row | {"agency": f"Agency {n}"} for n in range(agencies)]


def planned(period: str, due_on: str) -> list[dict]:
    """A business plan of one action, reported in a quarter."""
    day = Quarter.parse(period).first_day + timedelta(days=9)
    return [{"action_id": "B1", "reported_on": day, "theme": "Neglect", "action": "Agree who leads", "measure": "", "due_on": due_on, "status": "not started"}]  # fmt: skip


def agreed(number: int, recommended_on: str, due_on: str, done_on: str = "") -> dict:
    """An action of a case review."""
    return {"action_id": f"R{number}", "theme": "Neglect", "recommended_on": recommended_on, "recommendation": f"Agree who leads on {number} things", "action": "", "owner": "Police", "due_on": due_on, "done_on": done_on, "impact": ""}  # fmt: skip


def counts(period: str, **series) -> list[dict]:
    """The children's services return: a count a quarter of each indicator."""
    return [
        {"quarter": str(q), "indicator": name, "count": n, "population": 100_000}
        for name, values in series.items()
        for q, n in zip(back(period, len(values)), values, strict=True)
    ]


def partners(period: str, measure: str, agency: str, values) -> list[dict]:
    return [
        {"measure": measure, "agency": agency, "quarter": str(q), "count": n}
        for q, n in zip(back(period, len(values)), values, strict=True)
    ]


NOISE = [3, -6, 1, 5, -4, 2, 6, -5, 0, -2, 4, 1, 5, -3, -6, 2, -1, 4, -2, -4]
SWING = [12, 4, -6, -14, -10, -2, 8, 14, 18, 10, 0, -8, -14, -6, 2, 10, 18, 22, 18, 16]  # of a stock: high for a year

CASES = {
    # Truth: every quarter has 20 % repeats; of the newest nothing before nine months is there to see it by.
    "truncated at nine months": Case(
        "2023-24-Q3", "E08000003", "40_hrda", {"hrda_referrals": referrals("2023-24-Q3", [50, 50, 50, 50])[50:]},
        (r"50 referrals were made", r"How many were repeats is incomplete", r"seen: 10 of 50"),
        (r"% were repeats", r"[\d.]+% (more|fewer)", r"A low repeat rate", r"\b0 referrals\b"),
    ),
    # Truth: households with children fall from 80 to 40 % after three steady years; referrals and repeats do not move.
    "fewer households with children": Case(
        "2022-23-Q4", "E09000007", "40_hrda",
        {"hrda_referrals": referrals("2022-23-Q4", [60] * 16, children=lambda n, k: int(k % 5 < (4 if n < 12 else 2)))},
        (r"Households with children in 2022-23: 40\.0%; 40\.0 percentage points lower than the 80\.0% of 2021-22",
         r"no change shown against 240", r"20\.0% were repeats \(12 of 60"),
        (r"% (more|fewer) than the 240", r"no change in the share of households"),
    ),
    # Truth: ten referrals a quarter, all the time; half go to a meeting. Two quarters of a year are not half a year's fall.
    "half a year beside a whole one": Case(
        "2021-22-Q2", "E10000030", "60_exploitation_and_missing",
        {"exploitation": [*partners("2021-22-Q2", "referrals", "safeguarding hub", [10] * 10),
                          *partners("2021-22-Q2", "strategy meetings", "safeguarding hub", [5] * 10),
                          *partners("2021-22-Q2", "children flagged", "police", [100 + n for n in NOISE[:10]])]},
        (r"In the first two quarters of 2021-22, 20 referrals had exploitation as a factor\.", r"10 of 20 went to a strategy meeting \(50\.0%",
         r"at the end of 2021-22 Q2, no change shown against", r"no change shown against 50\.0%"),
        (r"20 referrals had exploitation as a factor \(40", r"fewer than the 40", r"less than the 40", r"percentage points (higher|lower)"),
    ),
    # Truth: eight deaths a year, four of this half year; none reviewed, so that nothing is known of factors or of time.
    "deaths all open, four years": Case(
        "2021-22-Q2", "E10000030", "30_child_deaths", {"child_deaths": deaths("2021-22-Q2", [8, 8, 8, 8, 4], review_after=None)},
        (r"4 child deaths were notified", r"The panel completed no reviews", r"36 reviews were outstanding",
         r"[Tt]he child deaths return does not reach back 5 years from the end of 2020-21"),
        (r"modifiable factors were identified in", r"came within 6 months", r"\b0 of 0\b", r"\b0\.0%", r"nothing is held of it",
         r"higher than", r"lower than", r"What did the reviews with modifiable factors"),
    ),
    # Truth: plans swing as stocks do and referrals fall every summer by a quarter, neither has changed; assessments rose
    # by a third for good a year ago: one indicator has changed, and no other.
    "one shift among a season and a stock": Case(
        "2023-24-Q3", "E08000003", "50_scorecard",
        {"children_services": counts("2023-24-Q3",
            referrals=[(750 if q.number == 2 else 1_000) + 5 * e for q, e in zip(back("2023-24-Q3", 20), NOISE, strict=True)],
            plans_at_period_end=[500 + 2 * s for s in SWING],
            assessments_completed=[(400 if n < 16 else 540) + 2 * e for n, e in enumerate(NOISE)])},
        (r"have changed|has changed \(higher: assessments completed\)", r"Referrals: no change shown",
         r"Children on child protection plans: no change shown"),
        (r"lower:", r"higher: [^)]*referrals", r"higher: [^)]*plans", r"better:", r"worse:"),
    ),
    # Truth: forty of a hundred referrals have no neighbourhood; victims are named nowhere, so that nothing is known of
    # people or of repeats, though every referral is counted.
    "unplaced and nobody named": Case(
        "2022-23-Q4", "E09000007", "40_hrda", {"hrda_referrals": referrals("2022-23-Q4", [100] * 8, victim_id="", perpetrator_id="", lsoa="")},
        (r"100 referrals were made", r"How many were repeats is not available", r"Distinct people referred: not available",
         r"[Nn]obody can tell who came more than once\.",
         r"Why does no referral say of whom it is"),
        (r"not applicable", r"\b0 victims", r"\b0\.0% were repeats", r"Distinct people referred: 0", r"on one day: 0", r"decile 1: 0\.0",
         r"Which agency's referrals", r"Were the repeats heard", r"A low repeat rate", r"(higher|lower) at the most deprived end"),
    ),
    # Truth: the first quarter of use. Twelve agencies were expected at its one meeting, and all came; no year is held.
    "a register of one quarter": Case(
        "2024-25-Q4", "E06000017", "80_board", {"meetings": seats("2024-25-Q4", 12)},
        (r"The meetings return does not cover all the time that this is counted over", r"100\.0% \(12 of 12\)", r"No list of this area's members"),
        (r"holds nothing of this period", r"members\.yml", r"why expected seats were empty"),
    ),
    # Truth: one referral in the quarter, two in each of the seven before.
    "one referral": Case(
        "2025-26-Q3", "E06000017", "00_start_here", {"hrda_referrals": referrals("2025-26-Q3", [2] * 7 + [1])},
        (r"In 2025-26 Q3 one referral was made\.",), (r"\b1 referrals", r"There were"),
    ),
    # Truth: thirty referrals, all of the quarter; no year is held, of which rates are.
    "referrals of one quarter": Case(
        "2024-25-Q4", "E06000017", "40_hrda", {"hrda_referrals": referrals("2024-25-Q4", [30])},
        (r"30 referrals were made", r"covers no whole year", r"How many were repeats is incomplete"),
        (r"or the official file holds nothing", r"neighbourhoods are not held", r"% were repeats"),
    ),
    # Truth: counts of one quarter's interviews, none of the year; six of ten were held in time.
    "interviews of one quarter": Case(
        "2024-25-Q4", "E06000017", "60_exploitation_and_missing",
        {"exploitation": [row for what, n in (("due", 10), ("held", 8), ("within 72 hours", 6)) for row in partners("2024-25-Q4", f"return interviews {what}", "police", [n])]},
        (r"No agency sent a full count of return interviews for 2024-25", r"60\.0% in 2024-25 Q4"),
        (r"\bnot counted", r"none counted", r"no return interviews"),
    ),
    # Truth: nothing was due yet, and nothing was late.
    "a plan of which nothing is due": Case(
        "2024-25-Q4", "E06000017", "80_board", {"plan": planned("2024-25-Q4", "2025-09-30")},
        (r"No action of the business plan was due by 31 March 2025",), (r"Of 0 actions", r"0 are not done"),
    ),
    # Truth: one action of a review, agreed for the quarter's last day and not done at its end; none was done this year.
    "an action due on the last day": Case(
        "2024-25-Q4", "E06000017", "70_case_reviews",
        {"review_actions": [{"action_id": "R1", "theme": "Neglect", "recommended_on": "2024-03-31", "recommendation": "Agree who leads", "action": "", "owner": "Police", "due_on": "2025-03-31", "done_on": "", "impact": ""}]},
        (r"open: 1, past their date: 1", r"No action was agreed as done in 2024-25", r"recommended: 365 days",
         r"The list has its newest day in March 2024: it may be an older one"),
        (r"of 0 what changed", r"Half of the open actions"),
    ),
    # Truth: one action was done; of two nobody knows, as their day is before they were recommended; three are open, of which
    # one is late, one is not, and one was to be done before it was recommended, so that nobody knows.
    "actions with days out of order": Case(
        "2024-25-Q4", "E06000017", "70_case_reviews",
        {"review_actions": [agreed(1, "2024-01-10", "2024-09-30", "2024-06-01"), agreed(2, "2024-05-01", "2024-07-31", "2024-03-20"),
                            agreed(3, "2024-05-01", "2025-07-31", "2024-04-30"), agreed(4, "2024-05-01", "2024-04-30"),
                            agreed(5, "2024-05-01", "2024-12-31"), agreed(6, "2024-05-01", "2025-12-31")]},
        (r"done: 1; open: 3, past their date: 1\.", r"2 actions have a day of completion that cannot be used, and count neither as done nor as open",
         r"Whether one open action is past the date agreed is not known", r"Actions open: 3; past their date: 1",
         r"On which day was each action done, and by when is each due"),
        (r"open: [45]", r"past their date: [2-9]"),
    ),
    # Truth: no referral of two years; of the last quarter of exploitation and of missing episodes nothing was sent.
    "no referral in two years": Case(
        "2024-25-Q4", "E06000017", "60_exploitation_and_missing",
        {"exploitation": [*partners("2024-25-Q4", "referrals", "safeguarding hub", [0] * 8), *partners("2024-25-Q4", "strategy meetings", "safeguarding hub", [0] * 8)]},
        (r"no referrals had exploitation as a factor: none in 2023-24 either",), (r"whether that is a change", r"went to a strategy meeting is not"),
    ),
    "nothing of the last quarter": Case(
        "2024-25-Q4", "E06000017", "60_exploitation_and_missing",
        {"exploitation": partners("2024-25-Q3", "missing episodes", "police", [30, 31, 29, 30]) + partners("2024-25-Q3", "return interviews due", "police", [9] * 4)},
        (r"no usable row",), (r"counted by Total", r"Total not available"),
    ),
    # Truth: one action, of which nobody knows whether it was done.
    "no action but one whose day cannot be used": Case(
        "2024-25-Q4", "E06000017", "70_case_reviews", {"review_actions": [agreed(1, "2024-05-01", "2024-07-31", "2024-03-20")]},
        (r"One action has a day of completion that cannot be used, and counts neither", r"No action of a case review is known to be open",
         r"No action is known to be done in 2024-25"),
        (r"past their date: 1", r"open: 1"),
    ),
    # Truth: one case; its review was finished, and published, on days before it was referred: when, nobody knows. What was
    # decided of another cannot be read: it is not one that waits for a decision.
    "reviews with days out of order": Case(
        "2024-25-Q4", "E06000017", "70_case_reviews",
        {"case_reviews": [{"review_id": "C1", "referred_on": "2024-06-01", "decision": "partnership review", "decided_on": "2024-07-01", "themes": "neglect", "completed_on": "2024-05-01", "published_on": "2024-05-20"},
                          {"review_id": "C2", "referred_on": "2024-06-03", "decision": "N/K", "decided_on": "", "themes": "neglect"}]},
        (r"the day of completion of some case reviews cannot be used", r"the day of publication of some case reviews cannot be used",
         r"partnership review 1,? (and )?.*not known 1"),
        (r"not decided yet 1",),
    ),
    # Truth: ten deaths of the year, of whose reviews one was completed after it and one on a day before the death.
    "a review before its death": Case(
        "2024-25-Q4", "E06000017", "30_child_deaths",
        {"child_deaths": [row | {"review_completed_on": day} for row, day in zip(deaths("2024-25-Q4", [10], None), ("2024-09-01", "2024-01-01", *[""] * 8), strict=True)]},
        (r"Not all known: the day of completion of some child deaths cannot be used", r"outstanding for want of a usable review date \(1\)"),
    ),
    # Truth: three recommendations of an audit: one is done, one is late, and one was to be done before the audit reported.
    "a recommendation due before its audit": Case(
        "2024-25-Q4", "E06000017", "65_assurance",
        {"section_11": [{"agency": "Police", "standard": "1", "audited_on": "2024-06-03", "audit": "full", "grade": "met"}],
         "audits": [{"recommendation_id": f"A{n}", "audit": "Neglect audit", "audited_on": "2024-06-03", "theme": "Neglect", "recommendation": f"Agree {n} leads", "owner": "Police", "due_on": due, "status": status}
                    for n, (due, status) in enumerate([("2024-09-30", "done"), ("2024-12-31", "not started"), ("2024-05-31", "in progress")])]},
        (r"Past their date and not done: 1\.", r"Whether one recommendation is past the date agreed is not known", r"By when is each recommendation due"),
        (r"not done: 2",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_page_says_nothing_that_the_truth_contradicts(name, tmp_path):
    case = CASES[name]
    text = printed(page(case, tmp_path))
    lacking = [words for words in case.must if not re.search(words, text)]
    wrong = [found[0] for words in (*case.never, *NEVER) if (found := re.search(words, text))]
    assert not lacking and not wrong, (lacking, wrong, text[:4_000])


@pytest.mark.shared
def test_how_many_referrals_lie_in_no_tenth_stands_below_the_tenths(tmp_path, shared):
    """Truth: of a hundred referrals a quarter sixty live in the most deprived tenth and forty nobody knows where: the rate
    of that tenth is of 240, and the 160 others are in none."""
    files = Store(shared / "open-data").neighbourhoods(2019, ["E08000003"])
    places = files[(files["index"] == "imd") & (files["decile"] == 1)]["lsoa"]
    rows = [
        row | {"lsoa": places.iloc[n % 50] if n % 5 < 3 else ""}
        for n, row in enumerate(referrals("2022-23-Q4", [100] * 8))
    ]
    case = Case("2022-23-Q4", "E08000003", "40_hrda", {"hrda_referrals": rows}, ())
    text = page(case, tmp_path, Store(shared / "open-data")).cell("In no tenth of these").text
    assert "without a neighbourhood, 160; outside the area, 0. Each rate is too low by its part of them." in text


def test_a_page_of_a_year_that_is_not_held_gives_that_as_its_reason(tmp_path):
    """Truth: the return begins with the quarter; nothing was withheld, and nothing is nought."""
    rows = {"hrda_referrals": referrals("2021-22-Q4", [40, 40, 40, 40])}
    text = printed(page(Case("2021-22-Q4", "E09000007", "40_hrda", rows, ()), tmp_path))
    assert "not compared, as the figure of 2020-21 is not available" in text
    assert "withheld so that" not in text and "100.0% more" not in text


def test_nobody_is_short_of_seats_where_nobody_met(tmp_path):
    """Truth: one meeting was held a year ago, none since; of no seat is a share, and no agency filled less than others."""
    seat = {"meeting": "Executive", "met_on": "2020-05-05", "agency": "Police", "expected": "yes", "attended": "yes", "deputy": "no", "apologies": "no"}  # fmt: skip
    text = printed(page(Case("2021-22-Q2", "E10000030", "80_board", {"meetings": [seat]}, ()), tmp_path))
    for words in (r"[Nn]o agenc(y|ies) (filled|below)", r"0 agencies", r"\b0 of 0\b", r"why expected seats were empty"):
        assert not re.search(words, text), words


def test_half_a_year_of_training_tells_of_no_year(tmp_path):
    """Truth: six events in each of two quarters are held, of which the police came to all; whom the year reached, and
    whether the year before did, nobody knows, and of the two quarters before nobody is said to have stayed away."""
    held = [quarter.first_day + timedelta(days=12 * k) for quarter in back("2021-22-Q4", 2) for k in range(6)]
    rows = [{"event_id": f"E{n}", "event": "Course", "kind": "level 3", "held_on": day, "hours": 6, "places": 20, "agency": "Police", "attended": 12} for n, day in enumerate(held)]  # fmt: skip
    text = printed(page(Case("2021-22-Q4", "E09000007", "75_learning", {"training": rows}, ()), tmp_path))
    assert "How many places were filled in 2021-22 is not available" in text
    assert "Agency 2021-22 Q3 2021-22 Q4 Police 72 72 All 72 72" in text
    assert "of those that did in it or in 2020-21" not in text


@pytest.mark.parametrize("themes, said", [(("", ""), "no case's themes are recorded"), (("neglect", ""), "Neglect 1")])
def test_themes_that_nobody_recorded_are_not_nought(tmp_path, themes, said):
    """Truth: two cases were referred in the year; what they are about is recorded of none, or of one."""
    rows = [{"review_id": f"C{n}", "referred_on": "2022-06-01", "decision": "partnership review", "decided_on": "2022-07-01", "themes": each} for n, each in enumerate(themes)]  # fmt: skip
    text = printed(page(Case("2022-23-Q4", "E09000007", "70_case_reviews", {"case_reviews": rows}, ()), tmp_path))
    assert said.lower() in text.lower()
    assert ("Safe sleeping 0" in text) == any(themes)


@pytest.mark.parametrize("period, name, of", [
    ("2022-23-Q4", "30_child_deaths", "child_deaths"),
    ("2022-23-Q4", "40_hrda", "hrda_referrals"),
    ("2022-23-Q4", "60_exploitation_and_missing", "exploitation"),
    ("2022-23-Q3", "70_case_reviews", "case_reviews"),
    ("2022-23-Q4", "75_learning", "training"),
])  # fmt: skip
def test_a_nil_return_is_said_and_breaks_no_page(tmp_path, period, name, of):
    """Truth: the partner had nothing to report: a nil return, which is neither withheld nor missing."""
    text = printed(page(Case(period, "E09000007", name, {of: []}, ()), tmp_path))
    assert re.search(r"[Nn]il return|\bno (referrals|child deaths)|had nothing to report", text), text[:1_500]
    assert "withheld" not in text.partition("What changed in method")[0].replace(
        "No figure of this page is withheld", ""
    )
