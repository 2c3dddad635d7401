"""Numbers of people in a draft beside the mid-year estimates and the registered deaths that are held."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .answers import REPRODUCES, figure_text, reproduces, unknown, wrong
from .claim import claim as typed_claim
from .draft_reading import Finding, placed
from .judgement import judge
from .printed_numbers import half_up
from .prose.proposal import Part, Proposal, part
from .prose.sentence import Sentence

Held = Callable[..., Any]  # a set of the store by its name; None where it is not held
ENGLAND = "E92000001"
AGED = re.compile(
    r"<(?P<count>n\d+)> (?:children|young people|people|residents)[^<>;]{0,40}?aged? ?"
    r"\(?(?P<low>\d{1,2})\s?(?:-|\u2013|to)\s?(?P<high>\d{1,2})"
)
INFANTS = re.compile(
    r"average of <(?P<count>n\d+)> infants? (?:dying|deaths?|died)|average of <(?P<count2>n\d+)> infant deaths"
)
SHARE_AGED = re.compile(
    r"<(?P<own>p\d+)>[^<>;.]{0,40}? aged? (?:between )?(?P<low>\d{1,2}) ?(?:-|\u2013|to|and) ?(?P<high>\d{1,2})\b"
    r"(?:[^<>;.]{0,60}?<(?P<comp>p\d+)> (?:nationally|in england|for england|across england))?"
)
APART = Fraction(1, 1000)  # of a share: a later revision of the estimates moves one by less


def people_findings(held: Held, sentence: Sentence, area: str, year: int) -> list[Finding]:
    """What the official estimates say of a sentence's people, shares of people by age, and infant deaths."""
    return [
        *_aged(held, sentence, area, year),
        *_aged_shares(held, sentence, area, year),
        *_infants(held, sentence, area, year),
    ]


def _aged_shares(held: Held, sentence: Sentence, area: str, year: int) -> list[Finding]:
    """`20% are aged between 15 and 24, compared to 12.4% nationally`, each beside the mid-year estimates."""
    result = []
    for match in SHARE_AGED.finditer(sentence.template):
        ages = int(match["low"]), int(match["high"])
        for token, place in ((match["own"], area), (match["comp"], ENGLAND)):
            frame = held("population", [place]) if token and ages[0] < ages[1] <= 89 else None
            frame = frame[frame["mid_year"] < year] if frame is not None else None
            if frame is None or frame.empty:
                continue
            inside = frame[frame["age"].between(*ages)].groupby("mid_year")["population"].sum()
            every = frame.groupby("mid_year")["population"].sum()
            shares = {int(y): Fraction(int(inside[y]), int(every[y])) for y in inside.index}
            result.append(_share(sentence, token, shares, f"{ages[0]} to {ages[1]}", place))
    return result


def _share(sentence: Sentence, token: str, shares: dict[int, Fraction], band: str, place: str) -> Finding:
    mention = sentence.of(token)
    printed = Fraction(mention.value or 0)
    places = len(mention.text.partition(".")[2])
    named = re.search(r"\b(20\d\d)\b", sentence.text)
    year = int(named[1]) if named and int(named[1]) in shares else max(shares)
    where = "England" if place == ENGLAND else "the area"
    if any(half_up(share * 100, places) == printed for share in shares.values()):
        judged = reproduces("ok", f"{mention.text}% of {where} were aged {band}, as in the mid-year estimates.")
    else:
        gap = min(abs(share - printed / 100) for share in shares.values())
        sure = gap - Fraction(1, 200 * 10**places) > APART
        right = ", ".join(f"{figure_text(s * 100, places)}% in mid-{y}" for y, s in sorted(shares.items())[-2:])
        line = f"The estimates for {where} have {right} aged {band}, not {mention.text}%: name the source."
        judged = wrong("wrong_population", line) if sure else unknown("missing_population", line)
    shown = Proposal(
        "repeat", sentence, [part(sentence, "printed", mention)], source=f"ONS mid-year estimates, mid-{year}"
    )
    return placed(shown, judged)


def _aged(held: Held, sentence: Sentence, area: str, year: int) -> list[Finding]:
    """A number of people of an age band beside the mid-year estimate in force."""
    result = []
    for match in AGED.finditer(sentence.template):
        frame = held("population", [area])
        if frame is None or int(match["high"]) > 89:
            continue
        rows = frame[frame["age"].between(int(match["low"]), int(match["high"])) & (frame["mid_year"] < year)]
        totals = {int(y): int(n) for y, n in rows.groupby("mid_year")["population"].sum().items()}
        if not totals:
            continue
        mention = sentence.of(match["count"])
        result.append(_people(sentence, mention, totals, f"{match['low']} to {match['high']}"))
    return result


def _people(sentence: Sentence, mention: Any, totals: dict[int, int], band: str) -> Finding:
    latest = max(totals)
    count = int(mention.value)
    unit = 10 ** (len(str(count)) - len(str(count).rstrip("0")))
    if any(int(half_up(Fraction(n, unit))) * unit == count for n in totals.values()):
        judged = reproduces("ok", f"{mention.text} people aged {band}, as in the mid-year estimates.")
    else:
        sure = abs(count / totals[latest] - 1) > 0.02
        line = (
            f"The estimate for mid-{latest} has {totals[latest]:,} people aged "
            f"{band}, not {mention.text}: name the source."
        )
        judged = wrong("wrong_population", line) if sure else unknown("missing_population", line)
    shown = Proposal(
        "repeat", sentence, [part(sentence, "printed", mention)], source=f"ONS mid-year estimates, mid-{latest}"
    )
    return placed(shown, judged)


def _infants(held: Held, sentence: Sentence, area: str, year: int) -> list[Finding]:
    """An average of infant deaths a year beside the mean of the last three years registered."""
    match = INFANTS.search(sentence.template)
    frame = held("births_infant_deaths") if match else None
    if match is None or frame is None:
        return []
    rows = frame[(frame["area"] == area) & (frame["year"] < year)].sort_values("year").tail(5)
    mention = sentence.of(match["count"] or match["count2"])
    averages: list[Finding] = []
    for start in range(len(rows) - 2, 0, -1):  # the last three years first, then those known a year or two earlier
        three = rows.iloc[start - 1 : start + 2]
        years = f"{three['year'].iloc[0]} to {three['year'].iloc[-1]}"
        deaths = [int(n) for n in three["infant_deaths"]]
        numbers = [Part("part", str(n), more={"name": str(y)}) for y, n in zip(three["year"], deaths, strict=True)]
        full = Proposal(
            "average", sentence, [*numbers, part(sentence, "printed", mention)], source=f"ONS infant deaths, {years}"
        )
        averages.append(placed(full, judge(typed_claim(full.claim("infants")))))
    right = [f for f in averages if f.verdict == REPRODUCES]
    return (right or averages)[:1]
