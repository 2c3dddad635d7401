"""Authorities through time: which was made of which, and whether figures of some add up exactly to another.

Every authority is taken as a set of the smallest pieces that reorganisation since 2013 moved whole: the districts and
unitary authorities of 2013. Two authorities with the same pieces are the same place under two codes; figures that count
things can be added wherever the pieces fit together without a rest. Small changes of a boundary that came with a new
code (Barnsley and Sheffield in 2025) are taken as none.

Source: the structural changes orders of 2018 to 2022, the Barnsley and Sheffield (Boundary Change) Order 2024
(SI 2024/1328); data/reference/area-changes.csv.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from .authority_codes import LOWER_TIER, UPPER_TIER, Area, every
from .project_data import DATA


@lru_cache
def _became() -> dict[str, str]:
    with (DATA / "reference" / "area-changes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["became"] for row in csv.DictReader(file)}


@cache  # of every authority there was: some 500
def pieces(code: str) -> frozenset[str]:
    """The districts and unitary authorities of 2013 that an authority's land consists of; none for any other area."""
    area = every().get(code)
    if area is None or area.type not in {*LOWER_TIER, *UPPER_TIER}:
        return frozenset()
    if area.type == "county":
        parts = [a.code for a in every().values() if a.type == "district" and a.county == code]
    else:
        parts = [old for old, new in _became().items() if new == code]
    return frozenset().union(*map(pieces, parts)) if parts else frozenset({code})


def same_place(code: str) -> list[str]:
    """Every code under which this very place was or is an authority, in order; with the code itself."""
    return sorted(c for c in every() if pieces(c) and pieces(c) == pieces(code)) or [code]


def recoded(code: str) -> list[str]:
    """The other codes of the same authority: a new code without a reorganisation, as in Barnsley in 2025."""
    kind = every()[code].type if code in every() else ""
    return [c for c in same_place(code) if c != code and every()[c].type == kind]


def cover(code: str, available: Iterable[str]) -> list[str] | None:
    """Those of some authorities whose land together is exactly that of another; None where they do not fit.

    One that is the whole place is taken before parts of it, and larger parts before smaller.
    """
    wanted, chosen, got = pieces(code), [], frozenset[str]()
    fitting = sorted({c for c in available if pieces(c) and pieces(c) <= wanted}, key=lambda c: (-len(pieces(c)), c))
    for candidate in fitting:
        if not pieces(candidate) & got:
            chosen.append(candidate)
            got |= pieces(candidate)
    return sorted(chosen) if wanted and got == wanted else None


def made_of(code: str, on: date) -> list[Area]:
    """The authorities that were in force on a day and together were exactly this place; none where they do not fit.

    For one in force itself that is the authority alone: Bournemouth, Christchurch and Poole in 2016 were three
    (Christchurch a district of Dorset), Dorset of today in 2016 five districts.
    """
    area = every().get(code)
    if area is not None and area.in_force(on):
        return [area]
    there = [a.code for a in every().values() if a.in_force(on)]
    return [every()[c] for c in cover(code, there) or ()]


@lru_cache(maxsize=8192)
def upper_tier_then(code: str, on: date) -> tuple[Area, ...]:
    """The authorities that ran children's services on a day on any of this place's land, in order."""
    land = pieces(code)
    there = (a for a in every().values() if a.type in UPPER_TIER and a.in_force(on))
    return tuple(sorted(a for a in there if pieces(a.code) & land))


def lower_tier_then(code: str, on: date) -> str | None:
    """The one lower-tier authority in force on a day that holds all of this place's land; None where several do."""
    there = (a for a in every().values() if a.type in LOWER_TIER and a.in_force(on))
    return next((a.code for a in there if pieces(code) and pieces(code) <= pieces(a.code)), None)
