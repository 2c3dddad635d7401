"""Invented child deaths of five years, by the year of their notification, and what their reviews recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from .draw import ETHNICITY, Draw
from .sizes import sized, times

# Deaths notified in each financial year. 14 in 2017-18 is the annual report's; the others are invented, near the
# infant deaths that ONS registered for the city (9, 9, 13, 16 in 2013-2016) with a few older children added.
NOTIFIED = {2013: 15, 2014: 13, 2015: 17, 2016: 17, 2017: 14}
PAUSED = (2015, 2016)  # in each of these years one review still waits for the coroner
FORM = "Form C"
COLUMNS = (
    "born_on", "died_on", "notified_on", "review_completed_on", "sex", "ethnicity", "lsoa", "gestation_weeks",
    "categories", "category", "expected", "modifiable_factors", "child_protection_plan", "statutory_order",
    "asylum_seeker", "domain_child", "domain_social", "domain_physical", "domain_service", "form_version", "paused_for",
)  # fmt: skip

# The five reviews completed in 2017-18, whose percentages the annual report printed (20 % before viability, 40 % other
# neonatal, 20 % life-limiting, 20 % sudden and unexpected in infancy; 80 % expected; 40 % modifiable; 40 % male).
# Four are of deaths of the year, the first of the year before: four of fourteen alone cannot give those percentages.
REVIEWED: list[dict] = [
    dict(died_on=date(2017, 1, 18), days=5, review_completed_on=date(2017, 6, 8), gestation_weeks="25+1",
         categories="8", expected="expected", modifiable_factors="identified", sex="male"),
    dict(died_on=date(2017, 4, 21), days=0, review_completed_on=date(2017, 9, 14), gestation_weeks="21+3",
         categories="8", expected="expected", modifiable_factors="none_identified", sex="female"),
    dict(died_on=date(2017, 5, 9), days=12, review_completed_on=date(2017, 12, 14), gestation_weeks="27+0",
         categories="8;9", expected="expected", modifiable_factors="none_identified", sex="female"),
    dict(died_on=date(2017, 6, 2), days=2415, review_completed_on=date(2017, 12, 14), gestation_weeks=None,
         categories="6;7", expected="expected", modifiable_factors="none_identified", sex="female"),
    dict(died_on=date(2017, 7, 11), days=96, review_completed_on=date(2018, 3, 8), gestation_weeks="38+5",
         categories="10", expected="unexpected", modifiable_factors="identified", sex="male"),
]  # fmt: skip
# How other deaths fall by age in days (first, last day) and the categories recorded at that age.
AGES = {
    (0, 0): 18,
    (1, 6): 22,
    (7, 27): 12,
    (28, 364): 24,
    (370, 1800): 9,
    (1830, 3600): 5,
    (3660, 5400): 5,
    (5490, 6560): 5,
}
CATEGORIES = {
    27: {"8": 62, "7": 24, "7;8": 8, "8;9": 6},
    364: {"10": 34, "7": 26, "9": 14, "8": 10, "5": 8, "6": 8},
    3600: {"4": 26, "7": 22, "6": 18, "5": 14, "9": 10, "3": 10},
    6570: {"3": 26, "2": 20, "4": 20, "6": 16, "5": 12, "1;3": 6},
}
UNEXPECTED = {"1": 1.0, "2": 1.0, "3": 1.0, "10": 1.0, "5": 0.6, "9": 0.5, "8": 0.15}
MODIFIABLE = {"1": 0.9, "2": 0.6, "3": 0.6, "10": 0.7, "8": 0.18, "9": 0.25, "5": 0.25}


def rows(draw: Draw, scale: float, places: Mapping) -> list[dict]:
    """One row per death notified, in the order of notification; columns as in data/dictionary/child_deaths.yml."""
    children = [_reviewed(draw, case) for case in REVIEWED for _ in range(times(draw, scale))]
    for year, deaths in NOTIFIED.items():
        fixed = sum(date(year, 4, 1) <= case["died_on"] < date(year + 1, 4, 1) for case in REVIEWED)
        others = sized(deaths - fixed, scale)
        children += [_drawn(draw, year, paused=year in PAUSED and n < scale) for n in range(others)]
    children.sort(key=lambda row: (row["notified_on"], row["died_on"], row["born_on"]))
    return [{"death_id": f"D{n:04d}", **row, "lsoa": draw.pick(places)} for n, row in enumerate(children, start=1)]


def _reviewed(draw: Draw, case: dict) -> dict:
    """One of the five, completed by chance where the report says nothing."""
    recorded = {name: value for name, value in case.items() if name != "days"}
    case = _case(draw, case["died_on"], case["days"], case["died_on"] + timedelta(days=1))
    return case | recorded | _scores(draw, recorded)


def _drawn(draw: Draw, year: int, paused: bool) -> dict:
    """Another death notified in a financial year. Its review was completed before 2017-18, or is still open: the
    five that the annual report counted in 2017-18 are all in REVIEWED."""
    notified = draw.day(date(year, 4, 1), date(year + 1, 3, 31))
    low, high = draw.pick(AGES)
    row = _case(draw, notified - timedelta(days=int(7 * draw.fraction() ** 2)), draw.between(low, high), notified)
    categories = draw.pick(CATEGORIES[next(limit for limit in CATEGORIES if high <= limit)])
    row["expected"] = "unexpected" if draw.chance(UNEXPECTED.get(categories.split(";")[0], 0.1)) else "expected"
    if high <= 27:
        low = 19 if high == 0 else 24  # those born before 22 weeks live for hours
        weeks = draw.between(low, low + 9) if categories[0] == "8" else draw.between(33, 41)
        row["gestation_weeks"] = None if draw.chance(0.05) else f"{weeks}+{draw.below(7)}"
    reviewed = _panel(row["died_on"] + timedelta(days=75 + int(200 * draw.fraction() ** 2)))
    if year == 2017 or (reviewed >= date(2017, 4, 1) and row["died_on"] > date(2017, 1, 1)):
        return row  # waits for its review
    if paused:
        return row | {"paused_for": "coroner", "expected": "unexpected"}
    row["review_completed_on"] = min(reviewed, date(2017, 3, 9))
    row["categories"] = categories
    share = MODIFIABLE.get(categories.split(";")[0], 0.1)
    findings = {"identified": share, "none_identified": 0.96 - share, "insufficient_information": 0.04}
    row["modifiable_factors"] = draw.pick(findings)
    row["child_protection_plan"] = "yes" if draw.chance(0.05) else "no"
    row["statutory_order"] = "yes" if draw.chance(0.03) else "no"
    return row | _scores(draw, row)


def _case(draw: Draw, died: date, days: int, notified: date) -> dict:
    gestation = f"{draw.between(34, 41)}+{draw.below(7)}" if days < 365 else None
    return dict.fromkeys(COLUMNS) | {
        "born_on": died - timedelta(days=days),
        "died_on": died,
        "notified_on": notified,
        "sex": draw.pick({"male": 55, "female": 45}),
        "ethnicity": draw.pick(ETHNICITY),
        "gestation_weeks": gestation,
        "child_protection_plan": "no",
        "statutory_order": "no",
        "asylum_seeker": "no",
    }


def _scores(draw: Draw, row: dict) -> dict:
    """Domain scores on the scale of Form C: 0 no information, 1 no factor, 2 a factor, 3 a full explanation."""
    scores = row["modifiable_factors"] == "identified"
    return {
        "category": min(row["categories"].split(";"), key=int),
        "domain_child": draw.pick({3: 60, 2: 25, 1: 15}),
        "domain_social": draw.pick({2: 60, 1: 30, 0: 10} if scores else {2: 15, 1: 70, 0: 15}),
        "domain_physical": draw.pick({2: 45, 1: 45, 0: 10} if scores else {2: 5, 1: 80, 0: 15}),
        "domain_service": draw.pick({2: 25, 1: 65, 0: 10}),
        "form_version": FORM,
    }


def _panel(after: date) -> date:
    """The panel's first meeting from a day on: the second Thursday of March, June, September and December."""
    month = date(after.year, after.month, 1)
    while True:
        thursday = month + timedelta(days=(3 - month.weekday()) % 7 + 7)
        if month.month % 3 == 0 and thursday >= after:
            return thursday
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
