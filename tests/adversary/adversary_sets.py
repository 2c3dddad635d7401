"""Invented releases for tests/adversary.py: single tables, linked ones, percentages, and quarters one after another."""

import itertools
from dataclasses import dataclass, field

import pandas as pd
from disclosure_tables import NAMES, margins

QUARTERS = [f"{year}-Q{n}" for year in ("2015-16", "2016-17", "2017-18") for n in (1, 2, 3, 4)]


@dataclass
class Release:
    """Tables as counted, pack after pack, and what everybody knows about them.

    shares : measure -> its numerator and denominator (None: its own `count` and `of`)
    printed : measure -> what 1 is printed as (100 for a percentage) and its decimals (None: unrounded)
    issue : of each pack, period -> number of the issue of that period's figures (0 where it says nothing)
    """

    packs: list[dict[str, pd.DataFrame]]
    relations: list[dict] = field(default_factory=list)
    measures: dict[str, dict] = field(default_factory=dict)
    shares: dict[str, tuple] = field(default_factory=dict)
    printed: dict[str, tuple] = field(default_factory=dict)
    issue: list[dict] = field(default_factory=list)

    @property
    def declared(self) -> dict:
        """What `protect` and `attack` are told: the declared sums, and the release's own dictionary of measures."""
        return {"relations": self.relations, "documentation": {"measures": self.measures}}


def people(rng, sizes):
    """People per combination of labels: most small, some large, many none, as a quarter's numbers are."""
    mean = rng.choice([1, 3, 8, 20])
    return rng.poisson(rng.gamma(0.8, mean / 0.8, sizes)) * (rng.random(sizes) > rng.choice([0, 0.3]))


def table(base, keep, measure="referrals", period="2017-18-Q4", **more):
    """The long table of `base` added up to the dimensions in `keep`, with every Total."""
    return margins(base, keep, period, measure).assign(**more).astype({"count": float})


def single(rng) -> Release:
    """One table of one to three dimensions; of some only one label is printed beside the total."""
    dimensions = int(rng.integers(1, 4))
    sizes = tuple(int(n) for n in rng.integers(2, {1: 8, 2: 6, 3: 4}[dimensions], dimensions))
    made = table(people(rng, sizes), tuple(range(dimensions)))
    if rng.random() < 0.25:
        made = made[made["sex"].isin(["sex 0", "Total"])].reset_index(drop=True)
    return Release([{"referrals": made}])


def linked(rng) -> Release:
    """Two to five tables of the same people by one or two of their dimensions; some with parts declared to add up."""
    dimensions = int(rng.integers(2, 4))
    base = people(rng, tuple(int(n) for n in rng.integers(2, 5, dimensions)))
    ways = [w for size in (1, 2) for w in itertools.combinations(range(dimensions), size)]
    chosen = rng.choice(len(ways), min(len(ways), int(rng.integers(2, 6))), replace=False)
    made = {"by_" + "_".join(NAMES[k] for k in ways[i]): table(base, ways[i]) for i in sorted(chosen)}
    relations = []
    if rng.random() < 0.4:
        first, way = rng.binomial(base, 0.5), ways[int(rng.integers(len(ways)))]
        made |= {"first": table(first, way, "first"), "repeats": table(base - first, way, "repeats")}
        relations = [{"total": "referrals", "parts": ["first", "repeats"]}]
    return Release([made], relations)


def percentages(rng) -> Release:
    """Percentages and rates, rounded (18.8 %) or not, with and without the counts they were computed from."""
    base = people(rng, tuple(int(n) for n in rng.integers(2, 5, int(rng.integers(1, 3))))) * int(rng.integers(1, 4))
    keep = tuple(range(base.ndim))
    all_, tables = table(base, keep), {}
    scale, decimals = [(1, None), (1, 3), (100, 1), (100, 0)][int(rng.integers(4))]
    unit = {1: "fraction of 1", 100: "%"}[scale]
    release = Release([tables])
    counted = bool(rng.random() < 0.5)  # whether the share prints the two counts itself
    shown = counted and rng.random() < 0.5  # whether they are in other tables besides
    for name, chance in (("repeat", 0.19), ("household", 0.55))[: int(rng.integers(1, 3))]:
        part = table(rng.binomial(base, chance), keep, f"{name}s")
        made = part.assign(measure=f"{name}_share", value=part["count"] / all_["count"] * scale, of=all_["count"])
        made = made[made["of"] > 0].reset_index(drop=True).assign(unit=unit)
        made["value"] = made["value"] if decimals is None else made["value"].round(decimals)
        release.printed[f"{name}_share"] = (scale, decimals)
        if counted:
            tables[f"{name}_share"] = made
        else:
            tables[f"{name}_share"] = made.drop(columns=["count", "of"])
        if shown or not counted:
            release.shares[f"{name}_share"] = (f"{name}s", "referrals")
            said = {"kind": "share", "numerator": f"{name}s", "denominator": "referrals", "adds_over": "none"}
            release.measures[f"{name}_share"] = said
            tables[f"{name}s"] = part
        if rng.random() < 0.4:
            residents = table(rng.integers(100, 900, base.shape), keep, "residents")
            rate = part.assign(measure=f"{name}_rate", value=part["count"] / residents["count"] * 10_000)
            rate["value"] = rate["value"].round(1)
            tables |= {"residents": residents, f"{name}_rate": rate.drop(columns="count").assign(unit="per 10,000")}
            tables[f"{name}s"] = part
            release.shares[f"{name}_rate"], release.printed[f"{name}_rate"] = (f"{name}s", "residents"), (10_000, 1)
            said = {"kind": "rate", "numerator": f"{name}s", "denominator": "residents", "adds_over": "none"}
            release.measures |= {f"{name}_rate": said, "residents": {"kind": "count", "protect": "none"}}
            break
    if shown or (not counted and rng.random() < 0.7):
        tables["referrals"] = all_
    return release


def histories(rng) -> Release:
    """Three to seven quarters: year to date, years, the quarter before again (revised or not), rolling windows."""
    sizes = tuple(int(n) for n in rng.integers(2, 4, int(rng.integers(1, 3))))
    number, keep = int(rng.integers(3, 8)), tuple(range(len(sizes)))
    begin = int(rng.integers(0, 5))
    bases, release = {}, Release([])
    issue: dict[str, int] = {}
    windows, revises = rng.random() < 0.3, rng.random() < 0.4
    for at in range(begin, begin + number):
        period, year, n = QUARTERS[at], QUARTERS[at][:7], at % 4 + 1
        bases[period] = people(rng, sizes)
        pack = {"quarter": table(bases[period], keep, period=period)}
        since = [q for q in QUARTERS[at - n + 1 : at + 1] if q in bases]
        if at > begin and rng.random() < 0.4:
            before = QUARTERS[at - 1]
            if revises and rng.random() < 0.7:  # one person more than was first said, or one fewer
                place = tuple(int(rng.integers(s)) for s in sizes)
                bases[before] = bases[before].copy()
                bases[before][place] += 1 if bases[before][place] == 0 or rng.random() < 0.5 else -1
                issue[before] = issue.get(before, 0) + 1
                changed = {p for p in (before[:7], *(f"{before[:7]} to Q{i}" for i in range(int(before[-1]), 4)))}
                issue |= {p: issue.get(p, 0) + 1 for p in changed}
            pack["quarter"] = pd.concat([pack["quarter"], table(bases[before], keep, period=before)], ignore_index=True)
        if n > 1 and len(since) == n and rng.random() < 0.7:
            so_far = year if n == 4 else f"{year} to Q{n}"
            way = keep if rng.random() < 0.3 else (int(rng.integers(len(sizes))),)
            pack["so_far"] = table(sum(bases[q] for q in since), way, period=so_far)
        release.packs.append(pack)
        release.issue.append(dict(issue))
    if windows:
        years = [f"{y}-{(y + 1) % 100:02d}" for y in range(2010, 2018)]
        of_year = {y: people(rng, sizes[:1]) for y in years}
        for pack, at in zip(release.packs[::2], range(4, 8), strict=False):
            rows = [
                table(of_year[y], (0,), "deaths", y, window="1 year") for y in years[at - int(rng.integers(3)) : at + 1]
            ]
            for length in (3, 5) if rng.random() < 0.3 else (3,):
                told = sum(of_year[y] for y in years[at - length + 1 : at + 1])
                rows.append(table(told, (0,), "deaths", years[at], window=f"{length} years"))
            pack["deaths"] = pd.concat(rows, ignore_index=True)
    return release


KINDS = {"single": single, "linked": linked, "percentages": percentages, "histories": histories}
