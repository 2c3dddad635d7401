"""Invented tables for the tests of disclosure control: one, linked, over quarters, with percentages.

And an exhaustive search for the least loss, by trying every pattern and, for each, every value that a cell can have:
it shares nothing with the solver or the auditor.
"""

import itertools

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

import cellguard

AREA = "E06000045"
NAMES = ("sex", "band", "agency", "ward")
TOP = {"partnership": 5, "public": 7}
DOCUMENTATION: dict = {}  # of the tables of one test, see the fixture `dictionary`


def protect(*args, **more):
    return cellguard.protect(*args, **{"documentation": DOCUMENTATION} | more)


def attack(*args, **more):
    return cellguard.attack(*args, **{"documentation": DOCUMENTATION} | more)


def counts(rng, sizes):
    """People per combination of labels: most small, some large, as a quarter's numbers are."""
    return rng.poisson(rng.gamma(0.8, rng.choice([1, 3, 8]) / 0.8, sizes))


def margins(base, keep, period="2017-18-Q4", measure="referrals"):
    """The long table of `base` summed to the dimensions in `keep`, with every Total."""
    summed = base.sum(axis=tuple(i for i in range(base.ndim) if i not in keep))
    for axis in range(summed.ndim):
        summed = np.concatenate([summed, summed.sum(axis=axis, keepdims=True)], axis=axis)
    rows = []
    for place, count in np.ndenumerate(summed):
        labels = {
            NAMES[k]: "Total" if at == size - 1 else f"{NAMES[k]} {at}"
            for k, at, size in zip(keep, place, summed.shape, strict=True)
        }
        rows.append({"area": AREA, "period": period, "measure": measure, **labels, "count": int(count)})
    return pd.DataFrame(rows)


def single(seed):
    rng = np.random.default_rng(seed)
    return {"referrals": margins(counts(rng, tuple(rng.integers(2, 6, 2))), (0, 1))}


def linked(seed):
    """Two to four tables of the same people, each by one or two of three dimensions."""
    rng = np.random.default_rng(seed)
    base = counts(rng, tuple(rng.integers(2, 5, 3)))
    ways = [w for size in (1, 2) for w in itertools.combinations(range(3), size)]
    chosen = rng.choice(len(ways), int(rng.integers(2, 5)), replace=False)
    return {"by_" + "_".join(NAMES[k] for k in ways[i]): margins(base, ways[i]) for i in sorted(chosen)}


def quarters(seed, number=5):
    """Packs of consecutive quarters, each with the quarter's table and the year so far."""
    rng = np.random.default_rng(seed)
    bases, packs = [counts(rng, (3, 3)) for _ in range(number)], []
    for q, base in enumerate(bases):
        year, n = ("2016-17", "2017-18", "2018-19")[q // 4], q % 4 + 1
        pack = {"quarter": margins(base, (0, 1), f"{year}-Q{n}")}
        if n > 1:
            pack["so_far"] = margins(sum(bases[q - n + 1 : q + 1]), (q % 2,), f"{year} to Q{n}" if n < 4 else year)
        packs.append(pack)
    return packs


def percentages(seed):
    """Referrals, and the share of them that are repeats, with count, denominator and unrounded value."""
    rng = np.random.default_rng(seed)
    base = counts(rng, (3, 3)) * 2
    repeats = rng.binomial(base, 0.3)
    all_, some = margins(base, (0, 1)), margins(repeats, (0, 1))
    share = some.assign(measure="repeat_share", of=all_["count"], value=some["count"] / all_["count"])
    share = share[share["of"] > 0].reset_index(drop=True)
    return {"referrals": all_, "repeat_share": share}


def primary(tables, top):
    """{(measure, labels): count} of every count from 1 to `top`, in `count` columns of count rows."""
    found = {}
    for frame in tables.values():
        for row in frame.to_dict("records"):
            if 1 <= row["count"] <= top:
                labels = {d: v for d, v in row.items() if d in ("area", "period", *NAMES) and v != "Total"}
                labels["period"] = labels["period"].replace(" to Q4", "")
                found[row["measure"], frozenset(labels.items())] = row["count"]
    return found


def rows_of(found, figure="count"):
    """An attack's answer by (measure, labels)."""
    dims = [c for c in found.columns if c in ("area", "period", *NAMES)]
    rows = found[found["figure"] == figure].to_dict("records")
    return {(r["measure"], frozenset((d, r[d]) for d in dims if r[d] != "Total")): r for r in rows}


def broken(found, wanted, k=3):
    """Primary cells that are not hidden, have too few candidates, or whose true count is ruled out (a false attack)."""
    held = rows_of(found)
    return [
        (cell, count)
        for cell, count in wanted.items()
        if cell not in held or held[cell]["candidates"] < k or _ruled_out(held[cell], count)
    ]


def _ruled_out(row, count):
    """A count that is not among all the candidates: the attack is wrong."""
    return row["candidates"] < 3 and not row["min"] <= count <= row["max"]


def readers(protected):
    """(what a reader has, threshold) of the partnership alone, the public alone, and a reader of both."""
    both = [protected[name] for name in protected]
    return [(protected[name], TOP[name]) for name in protected] + [(both, min(TOP[name] for name in protected))]


# -- the exhaustive search --


def visible(values):
    """Sizes as public's printed figures tell them: to the nearest 5, a withheld one as 4."""
    values = np.asarray(values)
    return np.where((values >= 1) & (values <= TOP["public"]), 4, np.floor(values / 5 + 0.5) * 5)


def least(sizes, values, profiles):
    """(further cells, their visible size) of the least safe pattern of one two-way table, by trying every pattern."""
    values, sums = np.asarray(values), _sums(*sizes)
    both = len(profiles) == 2

    def lost(chosen):
        return float(sum(visible(values)[i] for p, i in chosen if both and p == "partnership"))

    small = {p: (values >= 1) & (values <= TOP[p]) for p in profiles}
    free = [(p, i) for p in profiles for i in np.flatnonzero(~small[p])]
    for size in range(len(free) + 1):
        for chosen in sorted(itertools.combinations(free, size), key=lost):
            hidden = {p: small[p].copy() for p in profiles}
            for p, i in chosen:
                hidden[p][i] = True
            if all(_safe(p, hidden, values, small[p], sums) for p in profiles):
                return size, lost(chosen)


def _sums(rows, columns):
    wide, made = columns + 1, []
    for i in range(rows + 1):
        made.append([(i * wide + j, 1) for j in range(columns)] + [(i * wide + columns, -1)])
    for j in range(wide):
        made.append([(i * wide + j, 1) for i in range(rows)] + [(rows * wide + j, -1)])
    matrix = np.zeros((len(made), (rows + 1) * wide))
    for s, terms in enumerate(made):
        for i, sign in terms:
            matrix[s, i] = sign
    return matrix


def _safe(profile, hidden, values, small, sums):
    """Whether each small cell has three candidates. Every reader knows the printed reason: of the cells withheld that
    hang together one is small. Who has both audiences' tables needs three that are small themselves."""
    low, high = np.zeros(len(values)), np.full(len(values), np.inf)
    for seen in [profile] if profile == "public" else [p for p in hidden]:
        shown = ~hidden[seen]
        nearest = np.floor(values / 5 + 0.5) * 5
        around = np.where(values == 0, 0, 2) if seen == "public" else 0
        centre = nearest if seen == "public" else values
        low = np.where(shown, np.maximum(low, centre - around), low)
        high = np.where(shown, np.minimum(high, centre + around), high)
    inside = profile == "partnership" and len(hidden) > 1
    ends = [(max(low[i], 1), min(high[i], TOP[profile])) if inside else (low[i], high[i]) for i in range(len(low))]
    loose = hidden[profile] | (values > 0 if profile == "public" else False)

    def some(cell):
        return [None] if inside else [i for i in _together(cell, loose, sums) if hidden[profile][i]]

    return all(_three(low, high, sums, i, *ends[i], some(i), TOP[profile]) for i in np.flatnonzero(small))


def _together(cell, loose, sums):
    """The cells that are not known exactly and hang together with one through sums of such cells."""
    group, size = {cell}, 0
    while size < len(group):
        size = len(group)
        for row in sums:
            some = set(np.flatnonzero((row != 0) & loose))
            group |= some if some & group else set()
    return sorted(group)


def _three(low, high, sums, cell, least, most, some, top):
    """Whether a cell has three values from `least` to `most` in tables where one of `some` is from 1 to `top`."""
    found, lowest, highest = set(), low.copy(), high.copy()
    lowest[cell], highest[cell] = least, most
    for one in some:
        low, high = lowest.copy(), highest.copy()
        if one is not None:
            low[one], high[one] = max(low[one], 1), min(high[one], top)
        while len(found) < 3 and (low <= high).all():
            bounds, ties = Bounds(low, high), LinearConstraint(sums, 0, 0)
            best = milp(np.eye(len(low))[cell], integrality=1, bounds=bounds, constraints=ties)
            if best.x is None:
                break
            found.add(round(best.x[cell]))
            low[cell] = round(best.x[cell]) + 1
    return len(found) >= 3
