"""The rest of the Board's year: what it heard of exploitation, audited, learned, taught, attended and spent.

What carries meaning is written in board.yml; who came to which course and meeting is drawn.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path

from lscb.periods import Quarter, year_label
from openstats.project_data import DATA, read

from .draw import Draw
from .sizes import sized

QUARTERS = Quarter(2017, 4).back(12)
DECISIONS = {"s": "serious case review", "p": "partnership review", "n": "no further action"}
GRADES = {"m": "met", "p": "partly met", "n": "not met"}

# The columns of what board.yml has row by row.
AUDIT = "recommendation_id audit audited_on cases theme finding recommendation owner due_on status".split()
REVIEW = "review_id referred_on decision decided_on themes completed_on published_on".split()
ACTION = "action_id theme recommended_on recommendation action owner due_on done_on impact".split()
PLAN = "action_id reported_on theme action measure owner due_on status".split()
CONTRIBUTION = "year agreed_on partner agreed received purpose".split()
SPENDING = "year reported_on heading budget spent".split()

# Kind of event: events a quarter, hours, places, share of places filled at first and at last (the rise is invented;
# the annual report speaks of one without numbers).
COURSES = {
    "level 3": ("Safeguarding children, level 3", 1, 12, 25, 0.68, 0.80),
    "level 3 refresher": ("Safeguarding children, level 3 refresher", 1, 6, 25, 0.62, 0.74),
    "half-day workshop": ("Learning from reviews", 2, 3, 30, 0.55, 0.68),
    "Wednesday workshop": ("Workshop on a topic of the day", 4, 2, 20, 0.52, 0.70),
    "introduction to neglect": ("Introduction to neglect", 1, 3, 25, 0.60, 0.72),
}
# Who sends staff to courses, and how many of each hundred who come are theirs.
LEARNERS = {
    "Children's Services": 26,
    "Schools": 22,
    "Solent NHS Trust": 13,
    "Early years": 11,
    "University Hospital Southampton": 8,
    "Southampton Voluntary Services": 7,
    "Housing Services": 5,
    "Hampshire Constabulary": 4,
    "Youth Offending Service": 2,
    "National Probation Service": 2,
}
CONFERENCE = date(2017, 11, 29)  # 100 practitioners came
# How likely a seat is filled, and by a deputy. Three partners have agreed with the Chair not to come every time (the
# places of a year's meetings to which they came); schools and colleges came less often in the last year.
SEAT = (0.985, 0.10)
SELDOM = {"South Central Ambulance Service": (0,), "NHS England": (2,), "CAFCASS": (0, 1)}
SCHOOLS = ("Primary schools", "Secondary schools", "Special schools", "Further education")


def texts() -> dict:
    """What of the Board's year is written rather than drawn (board.yml)."""
    return read(Path(__file__).with_name("board.yml"))


def tables(seed: int, scale: float, elsewhere: bool = False) -> dict[str, list[dict]]:
    """The rows of each return, by its name; columns as in its dictionary.

    elsewhere : the quarter is another authority's, whose agencies are named by what they are (`kinds` in members.yml)
    """
    written = texts()
    kinds = read(DATA / "reference" / "members.yml")["kinds"] if elsewhere else {}
    returns = {
        "exploitation": _exploitation(written["exploitation"], scale),
        "section_11": _section_11(written["section_11"], Draw(seed, "section 11")),
        "audits": _rows(
            AUDIT, [(n, *of, *rest) for *of, rows in map(dict.values, written["audits"]) for n, *rest in rows]
        ),
        "case_reviews": [r | {"decision": DECISIONS[r["decision"]]} for r in _rows(REVIEW, written["case_reviews"])],
        "review_actions": _rows(
            ACTION, [(n, theme, *rest) for theme, rows in written["review_actions"].items() for n, *rest in rows]
        ),
        "training": _training(Draw(seed, "training")),
        "meetings": _meetings(Draw(seed, "meetings")),
        "contributions": _contributions(written["contributions"], written["supplement"]),
        "spending": _spending(written["spending"]),
        "plan": _rows(PLAN, [(number, date(2018, 3, 20), *rest) for number, *rest in written["plan"]]),
    }
    return {name: [{k: kinds.get(v, v) for k, v in row.items()} for row in rows] for name, rows in returns.items()}


def _members() -> dict:
    """The worked example's list of members."""
    return read(DATA / "reference" / "members.yml")["lists"][0]


def _exploitation(series: list, scale: float) -> list[dict]:
    return [
        {"measure": measure, "agency": agency, "quarter": str(quarter), "count": sized(number, scale)}
        for measure, agency, numbers in series
        for quarter, number in zip(QUARTERS, numbers, strict=True)
    ]


def _section_11(grades: dict, draw: Draw) -> list[dict]:
    """Those who gave an update this year gave the full audit last year, and the other way about."""
    who = _members()["section_11"]
    rows = []
    for year, now in ((2016, "update"), (2017, "full")):
        for full_in_2017 in (True, False):
            kind = now if full_in_2017 else {"update": "full", "full": "update"}[now]
            for agency in who["full" if full_in_2017 else "update"]:
                day = draw.day(date(year, 10, 2), date(year, 11, 30))
                rows += _grades(agency, day, kind, grades["short"][agency], grades["evidence"], year - 2016)
    return rows


def _grades(agency: str, day: date, audit: str, short: dict, evidence: dict, which: int) -> list[dict]:
    standards = range(1, 12) if audit == "full" else short
    rows = []
    for standard in standards:
        grade = GRADES[short.get(standard, "mm")[which]]
        action = None if grade == "met" else "named in the agency's action plan"
        row = {"agency": agency, "audited_on": day, "audit": audit, "standard": standard, "grade": grade}
        rows.append(row | {"evidence": evidence[grade], "action": action})
    return rows


def _rows(names: list[str], written: list) -> list[dict]:
    """Rows of board.yml by their columns; what is left off at the end of one is blank."""
    return [dict(zip_longest(names, row)) for row in written]


def _training(draw: Draw) -> list[dict]:
    rows: list[list[dict]] = []
    for place, quarter in enumerate(QUARTERS):
        for kind, (title, events, hours, places, first, last) in COURSES.items():
            for _ in range(events if kind != "Wednesday workshop" or quarter.start > 2015 else 0):
                share = first + (last - first) * place / (len(QUARTERS) - 1) + 0.3 * (draw.fraction() - 0.5)
                day = _weekday(draw.day(quarter.first_day, quarter.last_day - timedelta(days=3)))
                day = day - timedelta(days=day.weekday() - 2) if kind == "Wednesday workshop" else day
                rows.append(_event(draw, title, kind, day, hours, places, min(round(places * share), places)))
        if quarter == Quarter.of(CONFERENCE):
            rows.append(_event(draw, "Keeping safe online", "conference", CONFERENCE, 6.75, 120, 100))
    rows.sort(key=lambda event: (event[0]["held_on"], event[0]["kind"]))
    return [{"event_id": f"E{n:03d}", **row} for n, event in enumerate(rows, start=1) for row in event]


def _weekday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def _event(draw: Draw, title, kind, day, hours, places, attended) -> list[dict]:
    """One row per agency that sent somebody; most return the form, nine in ten of them pleased."""
    came: dict[str, int] = {}
    for _ in range(attended):
        agency = draw.pick(LEARNERS)
        came[agency] = came.get(agency, 0) + 1
    rows = []
    for agency in sorted(came):
        forms = sum(draw.chance(0.72) for _ in range(came[agency]))
        good = sum(draw.chance(0.91) for _ in range(forms))
        row = {"event": title, "kind": kind, "held_on": day, "hours": hours, "places": places, "agency": agency}
        rows.append(row | {"attended": came[agency], "evaluations": forms, "rated_good": good})
    return rows


def _meetings(draw: Draw) -> list[dict]:
    board = _members()
    seats = [*board["members"], *board["also_expected"]]
    rows = []
    for year in (2015, 2016, 2017):
        for meeting, entry in board["meetings"].items():
            for number, month in enumerate(entry["months"]):
                day = _weekday(date(year + (month < 4), month, draw.between(4, 25)))
                for seat in seats:
                    if meeting in seat["expected_at"]:
                        rows.append(_seat(draw, meeting, day, seat["agency"], year, number))
    return sorted(rows, key=lambda row: (row["met_on"], row["meeting"]))


def _seat(draw: Draw, meeting: str, day: date, agency: str, year: int, number: int) -> dict:
    filled, by_deputy = SEAT
    if agency in SELDOM:
        filled = float(number in SELDOM[agency])
    elif agency in SCHOOLS:
        filled = 0.9 if year < 2017 else 0.5
    elif meeting != "Main Board":
        filled = 0.88
    there = draw.chance(filled)
    deputy = there and draw.chance(by_deputy)
    apologies = not there and draw.chance(0.7)
    expected = agency not in SELDOM or number < 3  # agreed with the Chair
    answers = {"expected": expected, "attended": there and not deputy, "deputy": deputy, "apologies": apologies}
    return {"meeting": meeting, "met_on": day, "agency": agency} | {k: "yes" if v else "no" for k, v in answers.items()}


def _contributions(rows: list, supplement: list) -> list[dict]:
    together = ["All partners together", *supplement]
    purposes = [(row, "core budget") for row in rows] + [(together, "learning and development")]
    return _rows(
        CONTRIBUTION,
        [
            (year_label(start), date(start, 3, 16), partner, *pounds[at : at + 2], purpose)
            for start, at in ((2016, 0), (2017, 2))
            for (partner, *pounds), purpose in purposes
        ],
    )


def _spending(rows: list) -> list[dict]:
    return _rows(
        SPENDING,
        [
            (year_label(start), date(start + 1, 3, 31), heading, *pounds[at : at + 2])
            for start, at in ((2016, 0), (2017, 2))
            for heading, *pounds in rows
        ],
    )
