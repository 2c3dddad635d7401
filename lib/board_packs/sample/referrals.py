"""Invented referrals for high-risk domestic abuse: chains of the same victim and perpetrator.

A referral is a repeat when the same victim and perpetrator were last referred on an earlier day within twelve
calendar months. Chains are built so that the rule, applied to the rows, gives exactly the repeats of TARGETS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from lscb.periods import Quarter

from .draw import ETHNICITY, Draw, months_later
from .sizes import sized

# Referrals, repeats, and referrals with children in the household, by quarter. Those of 2017-18 are the smallest of the
# fifteen whole-number solutions to the annual report's percentages in which the third quarter is the lowest: 777
# referrals, for which 883 in the year before is the only number that is 12.0 % more, 160 of them repeats (18.1 %)
# and 566 with children (64.1 %). The quarters of the years before are invented. The first year is look-back only:
# repeats of referrals before it cannot be seen, which is why they are few.
TARGETS = {
    "2014-15-Q1": (139, 6, 90), "2014-15-Q2": (148, 15, 94),
    "2014-15-Q3": (142, 20, 91), "2014-15-Q4": (153, 25, 99),
    "2015-16-Q1": (171, 32, 112), "2015-16-Q2": (183, 33, 117),
    "2015-16-Q3": (176, 34, 110), "2015-16-Q4": (190, 34, 124),
    "2016-17-Q1": (208, 41, 131), "2016-17-Q2": (231, 37, 151),
    "2016-17-Q3": (219, 44, 137), "2016-17-Q4": (225, 38, 147),
    "2017-18-Q1": (205, 55, 127), "2017-18-Q2": (188, 41, 109),
    "2017-18-Q3": (160, 30, 88), "2017-18-Q4": (224, 44, 127),
}  # fmt: skip
# Quarters without a published percentage, in which a few cells are missing or doubled on purpose.
UNTIDY = ("2014-15", "2015-16")

AGENCY = {
    "police": 66,
    "health": 12,
    "childrens_social_care": 7,
    "idva": 5,
    "housing": 4,
    "education": 3,
    "probation": 3,
}
OUTCOME = {"action_plan": 55, "heard": 40, "transferred": 3, "other": 2}


# One referral of 2015-16-Q2 came twice, from two agencies on one day: counted once, listed as a duplicate.
DOUBLED = "2015-16-Q2"


@dataclass
class Pair:
    """A victim and a perpetrator, when they were last referred and with how many children."""

    victim: dict
    perpetrator: str | None
    last: date | None = None
    children: int = 0


class City:
    """Everyone referred so far, and who can be referred again.

    `order` holds (day, pair) as they came. On a given day those before `lapsed` were referred more than twelve
    months ago and those from `earlier` on are of the day itself, so that a repeat is drawn from between the two.
    """

    def __init__(self, draw: Draw, places: Mapping):
        self.draw, self.places = draw, places
        self.order: list[tuple[date, Pair]] = []
        self.lapsed = self.earlier = self.victims = self.perpetrators = 0

    def turn_to(self, day: date) -> None:
        while self.earlier < len(self.order) and self.order[self.earlier][0] < day:
            self.earlier += 1
        while self.lapsed < self.earlier and months_later(self.order[self.lapsed][0], 12) < day:
            self.lapsed += 1

    def again(self) -> Pair:
        """A pair last referred within twelve months, more likely one of late."""
        return self._drawn(self.lapsed, self.earlier)

    def anew(self, untidy: bool) -> Pair:
        """A referral that is no repeat: mostly new people, some whose last referral has lapsed, some victims again
        with somebody else, and in untidy years some without a perpetrator."""
        draw = self.draw
        if self.lapsed > 50 and draw.chance(0.06):
            return self._drawn(0, self.lapsed)
        if self.earlier > 50 and draw.chance(0.04):
            return Pair(self.order[draw.below(self.earlier)][1].victim, self._perpetrator())
        unnamed = untidy and draw.chance(0.015)
        return Pair(self._victim(), None if unnamed else self._perpetrator())

    def note(self, day: date, pair: Pair) -> None:
        if pair.perpetrator is not None:  # without one nobody can tell whether the next referral is a repeat
            pair.last = day
            self.order.append((day, pair))

    def _drawn(self, low: int, high: int) -> Pair:
        for _ in range(1000):
            day, pair = self.order[high - 1 - int((high - low) * self.draw.fraction() ** 2)]
            if pair.last == day:  # else they have been referred since
                return pair
        return Pair(self._victim(), self._perpetrator())  # nobody is left to be referred again

    def _perpetrator(self) -> str:
        self.perpetrators += 1
        return f"P{self.perpetrators:05d}"

    def _victim(self) -> dict:
        self.victims += 1
        draw = self.draw
        return {
            "victim_id": f"V{self.victims:05d}",
            "age": 16 + int(54 * draw.fraction() ** 1.7),
            "since": None,
            "victim_sex": "female" if draw.chance(0.94) else "male",
            "ethnicity": draw.pick(ETHNICITY),
            "disability": draw.pick({"no": 78, "yes": 12, None: 10}),
            "lgbt": draw.pick({"no": 82, "yes": 2, None: 16}),
            "lsoa": draw.pick(self.places),
        }


def rows(draw: Draw, scale: float, places: Mapping) -> list[dict]:
    """One row per referral in the order of their dates; columns as in data/dictionary/hrda_referrals.yml."""
    city = City(draw, places)
    targets = {name: [sized(n, scale) for n in counts] for name, counts in TARGETS.items()}
    referrals = [row for name, counts in targets.items() for row in _quarter(city, name, counts)]
    return [{"referral_id": f"R{number:05d}", **row} for number, row in enumerate(referrals, start=1)]


def _quarter(city: City, name: str, counts: list[int]) -> list[dict]:
    total, repeats, with_children = counts
    draw, quarter = city.draw, Quarter.parse(name)
    untidy = quarter.year in UNTIDY
    days = sorted(draw.day(quarter.first_day, quarter.last_day) for _ in range(total))
    early = total // 3 if not city.order else 0  # at the very start there is nobody to be referred again
    again = {early + n for n in draw.some(min(repeats, total - early), total - early)}
    chosen: list[tuple[date, Pair, bool]] = []
    for number, day in enumerate(days):
        city.turn_to(day)
        repeat = number in again and city.lapsed < city.earlier  # in a small place nobody may be left
        pair = city.again() if repeat else city.anew(untidy)
        city.note(day, pair)
        chosen.append((day, pair, repeat))
    children = _children(draw, chosen, with_children)
    lines = [_row(city, day, pair, n, untidy) for (day, pair, _), n in zip(chosen, children, strict=True)]
    if name == DOUBLED:
        named = (n for n, (_, pair, _) in enumerate(chosen) if pair.perpetrator and lines[n]["agency"] == "police")
        for place in islice(named, 1):
            lines.insert(place + 1, {**lines[place], "agency": "health"})
    return lines


def _children(draw: Draw, chosen: list[tuple[date, Pair, bool]], wanted: int) -> list[int]:
    """Children in the household of each referral, above 0 in exactly `wanted` of them.

    A pair referred again keeps its number where the total allows it.
    """
    some = {1: 38, 2: 34, 3: 18, 4: 7, 5: 3}
    numbers = [pair.children if repeat else draw.pick(some) * draw.chance(0.6) for _, pair, repeat in chosen]
    mixed = sorted(draw.some(len(chosen), len(chosen)), key=lambda _: draw.fraction())
    for n in sorted(mixed, key=lambda n: chosen[n][2]):  # new people first
        over = sum(c > 0 for c in numbers) - wanted
        if over == 0:
            break
        if over > 0 and numbers[n]:
            numbers[n] = 0
        elif over < 0 and not numbers[n]:
            numbers[n] = draw.pick(some)
    for (_, pair, _), number in zip(chosen, numbers, strict=True):
        pair.children = number
    return numbers


def _row(city: City, day: date, pair: Pair, children: int, untidy: bool) -> dict:
    draw, victim = city.draw, pair.victim
    victim["since"] = victim["since"] or day
    if draw.chance(0.03):
        victim["lsoa"] = draw.pick(city.places)  # moved
    incident = None if untidy and draw.chance(0.03) else day - timedelta(days=int(12 * draw.fraction() ** 3))
    return {
        "victim_id": victim["victim_id"],
        "perpetrator_id": pair.perpetrator,
        "referred_on": day,
        "incident_on": incident,
        "agency": draw.pick(AGENCY),
        "children_in_household": children,
        "victim_age": victim["age"] + (day - victim["since"]).days // 365,
        "victim_sex": victim["victim_sex"],
        "ethnicity": victim["ethnicity"],
        "disability": victim["disability"],
        "lgbt": victim["lgbt"],
        "lsoa": victim["lsoa"],
        "outcome": draw.pick(OUTCOME),
    }
