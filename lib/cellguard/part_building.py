"""The connected parts of a model, each as the arrays that a solver needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from zlib import crc32

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack

from .audiences import Profile
from .cell_keys import Key
from .cell_model import NOW, Model
from .earlier_claims import OneOf
from .highs_programmes import whole_numbers
from .part_splitting import split
from .primary_cells import primaries
from .solver_parts import FAR, Part, Reader, matrix

Claim = tuple[tuple[int, ...], int]  # one of these places holds a number from 1 to the top
MOST_RANKS = 15  # of sums one above the other: sexes, quarters, years, windows are four


def parts(
    model: Model, profiles: list[Profile], readers: list[Profile] | None = None
) -> list[tuple[Part, list[tuple[str, tuple]], list[int]]]:
    """The problem in its connected parts, those left out in which nothing need be hidden.

    profiles : whose cells are decided about
    readers : from whom they must be safe; all of these where nobody is named

    Each comes with the (profile, unit key) that its decisions are about, and with its numbers' places in the model.
    What is in no table and not known to us (a year that hid one of its quarters in an earlier pack gives the quarter
    away later) is protected as what an earlier pack withheld: it may be small.
    """
    primary = {p.name: primaries(model, p) for p in readers or profiles}
    unknown = {i for i, value in enumerate(model.values) if value is None} - model.constant
    busy = set(unknown).union(*primary.values())
    groups = [g for g in _groups(model) if g.units and busy.intersection(g.numbers)]
    return [piece for g in groups for piece in split(*_part(model, profiles, g, primary, unknown))]


@dataclass
class Group:
    """Numbers that share a sum or a row, with both. Constants tie nothing together but take part."""

    numbers: list[int]
    sums: list
    units: list


def _groups(model: Model) -> list[Group]:
    parent = list(range(len(model.keys)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    fixed = {i for i in model.constant if model.values[i] is not None}
    sums = [(s, [i for i, _ in s if i not in fixed]) for s in model.sums]
    units = [(u, [i for i in u.numbers if i not in fixed]) for _, u in sorted(model.units.items())]
    for _, tied in sums + units:
        for i in tied[1:]:
            parent[root(i)] = root(tied[0])
    groups: dict[int, Group] = {}
    for i in range(len(parent)):
        if i not in fixed:
            groups.setdefault(root(i), Group([], [], [])).numbers.append(i)
    for which, pairs in (("sums", sums), ("units", units)):
        for item, tied in pairs:
            if tied:
                getattr(groups[root(tied[0])], which).append(item)
    for group in groups.values():
        used = {i for s in group.sums for i, _ in s} | {i for u in group.units for i in u.numbers}
        group.numbers = sorted(used | set(group.numbers), key=lambda i: model.keys[i])
    return sorted(groups.values(), key=lambda g: model.keys[g.numbers[0]])


def _part(model, profiles, group: Group, primary: dict, unknown: set):
    at = {number: i for i, number in enumerate(group.numbers)}
    sums = matrix([[(at[number], sign) for number, sign in terms] for terms in group.sums], len(at))
    decisions = [(p, u) for p in profiles for u in group.units]
    index = {(p.name, u.key): d for d, (p, u) in enumerate(decisions)}
    printing: dict[tuple[str, int], list[int]] = {}
    for d, (p, u) in enumerate(decisions):
        for number in u.numbers:
            printing.setdefault((p.name, number), []).append(d)
    seen = {p.name: _seen(model, {p.name, *p.sees}, group.numbers) for p in profiles}
    claims = {p.name: _claims(model, p, at) for p in profiles}
    every = seen | {NOW: _seen(model, [NOW], group.numbers)}
    base, sums = completion(model, group.numbers, sums, every, list(dict.fromkeys(chain(*claims.values()))))
    ground = Ground(model, profiles, group.numbers, base, printing, seen, claims)
    readers = [_reader(ground, p, primary[p.name] | unknown, unknown) for p in profiles if p.name in primary]
    values, ranks = dict(zip(group.numbers, base, strict=True)), _ranks(model, group)
    part = Part(
        base,
        sums,
        readers,
        np.array([_weight(model, p, u) for p, u in decisions]),
        np.array([visible_size(p, u.key, values[u.numbers[0]], profiles, ranks[u.numbers[0]]) for p, u in decisions]),
        np.array([any(i in primary.get(p.name, ()) for i in u.numbers) for p, u in decisions], bool),
        np.array([not values[u.numbers[0]] and (p.least or model.docs.zero_stands(u.key)) for p, u in decisions], bool),
        _follows(decisions, index, model),
    )
    part.never &= ~part.must
    return part, [(p.name, u.key) for p, u in decisions], group.numbers


def _weight(model, profile: Profile, unit) -> float:
    """What hiding a cell costs a profile: by its measure, as a total, as this quarter's headline, or as any cell.

    `weight` in the dictionary's entry of a measure is how many times as much, or so of its `cell` and its `total`.
    """
    weights = profile.weights or {}
    measure, labels = unit.key
    if measure in (weights.get("measures") or {}):
        return float(weights["measures"][measure])
    entry, is_total = model.docs.measures.get(measure) or {}, {d for d, _ in labels} <= {"area", "period", "window"}
    times = entry.get("weight", 1)
    times = times.get("total" if is_total else "cell", 1) if isinstance(times, dict) else times
    plain = float(weights.get("cell", 1))
    total = float(weights.get("total", plain)) if is_total else plain
    return float(times) * (max(total, float(weights.get("headline", plain))) if entry.get("headline") else total)


def visible_size(p: Profile, key: Key, count: float, profiles: list[Profile], rank: int) -> float:
    """What hiding a cell is taken to lose, from what its reader may know: among equally many cells the least decides.

    Were it the count itself, who knows the rule would learn from the choice: of 5, 15 and 15, where the total shows
    that the two hidden are 20, the further one is no more than the 15 that is printed, and the small one is 5. So it is
    the rounded figure that another audience prints (where it prints none, the middle of its small counts), then the
    rank: parts before their total; then an order of names.
    """
    rounding = [q for q in profiles if q.name in p.sees and q.round_to > 1]
    printed = [(q.threshold + 1) / 2 if 1 <= count <= q.threshold else q.rounded(count) for q in rounding]
    return max(printed, default=0.0) + (rank + crc32(repr(key).encode()) % 64 / 64) / (1 + MOST_RANKS)


def _ranks(model: Model, group: Group) -> dict[int, int]:
    """For each number how many sums lie below it, one above the other: 0 for what is no total, nor of what is a share.

    Figures that were revised can make circles of sums, which end here.
    """
    above = [(of, [count]) for count in group.numbers for of in sorted(model.shares.get(count, ()))]
    for terms in group.sums:
        totals = [i for i, sign in terms if sign > 0]
        if len(totals) == 1 and len(terms) > 2:
            above.append((totals[0], [i for i, sign in terms if sign < 0]))
    ranks: dict[int, int] = defaultdict(int)
    for _ in range(MOST_RANKS):
        for total, some in above:
            ranks[total] = min(MOST_RANKS, max(ranks[total], *(1 + ranks[i] for i in some)))
    return ranks


def _follows(decisions, index, model) -> list[tuple[int, int]]:
    """A share hides where the count that it is made of hides, in whichever table that stands."""
    return [
        (index[p.name, model.keys[number]], d)
        for d, (p, u) in enumerate(decisions)
        for number in u.numbers
        if model.keys[number] != u.key and (p.name, model.keys[number]) in index
    ]


def _seen(model: Model, names: Iterable[str], numbers: list[int]) -> np.ndarray:
    """The range that what some profiles were shown leaves for each number."""
    ranges = np.array([[int(number in model.some), FAR] for number in numbers]).reshape(-1, 2)
    for there in (model.seen[name] for name in names if name in model.seen):
        for i, number in enumerate(numbers):
            if number in there:
                ranges[i] = max(ranges[i, 0], there[number][0]), min(ranges[i, 1], there[number][1])
    return ranges


@dataclass
class Ground:
    """What the readers of one part are made from: its numbers with one possible truth, which decisions print which, and
    what earlier packs leave of each."""

    model: Model
    profiles: list[Profile]
    numbers: list[int]
    base: np.ndarray
    printing: dict[tuple[str, int], list[int]]
    seen: dict[str, np.ndarray]
    claims: dict[str, list[Claim]]


def _reader(ground: Ground, profile: Profile, wanted: set[int], unknown: set[int]) -> Reader:
    """A profile's reader. `wanted`: the numbers that must be protected; of those `unknown` we do not know the value."""
    reads = [p for p in ground.profiles if p is profile or p.name in profile.sees]
    printing, base = ground.printing, ground.base

    def printed(number: int, some: list[Profile]) -> tuple[int, ...]:
        return tuple(d for p in some for d in printing.get((p.name, number), ()))

    exact = [printed(number, [p for p in reads if p.round_to == 1]) for number in ground.numbers]
    every = [printed(number, reads) for number in ground.numbers]
    ranges = np.array([_ranges(ground, i, profile, reads) for i in range(len(base))], float).reshape(-1, 2, 2)
    rounded, hidden = ranges[:, 0] - base[:, None], ranges[:, 1] - base[:, None]
    targets = [i for i, number in enumerate(ground.numbers) if number in wanted]
    inside = bool(profile.inside) and (profile.inside != "beside" or len(reads) > 1)
    unsure = [i for i in targets if ground.numbers[i] in unknown]
    telling = {i: _least_telling(ground.model, ground.numbers[i], profile) for i in unsure}
    wishes = dict.fromkeys(targets, profile.candidates)
    claims = [(some, top) for some, top in ground.claims[profile.name] if _small(some, top, base)]
    return Reader(profile, rounded, hidden, exact, every, wishes, telling, inside, claims)


def _ranges(ground: Ground, i: int, profile: Profile, reads: list[Profile]) -> tuple:
    """The least and the most that a number can be while it is shown rounded, and while it is hidden."""
    number, true = ground.numbers[i], ground.base[i]
    constant = number in ground.model.constant and ground.model.values[number] is not None
    least = max(p.least for p in reads) if ground.printing.get((profile.name, number)) and true else 0
    low, high = (true, true) if constant else ground.seen[profile.name][i]
    hidden = window = max(low, least), high  # rounded never says less than hidden: a cut counts the difference
    for p in reads:
        if p.round_to > 1 and not constant:
            near = p.window(p.rounded(true))
            window = max(window[0], near[0]), min(window[1], near[1])
    return (min(window[0], true), max(window[1], true)), hidden


def _claims(model, profile: Profile, at: dict[int, int]) -> list[Claim]:
    """What earlier packs' reasons say to a profile's reader of the numbers of a group, as places in it."""
    every = dict.fromkeys(c for name in sorted({profile.name, *profile.sees}) for c in model.claims.get(name, ()))
    return [(tuple(sorted(at[i] for i in some)), top) for some, top in every if at.keys() >= some]


def _small(some: tuple[int, ...], top: int, base: np.ndarray) -> bool:
    """Whether a claim is true. One that is not is of figures that were revised, or not protected by these rules."""
    return bool(((base[list(some)] >= 1) & (base[list(some)] <= top)).any())


def _least_telling(model, number: int, profile: Profile) -> int:
    """1, the least small count; 0 for a number that may be none of a small group."""
    for of in model.shares.get(number, ()):
        value = model.values[of]
        low, high = model.seen[profile.name].get(of, (0, FAR)) if value is None else (value, value)
        if low <= profile.all_or_none and high >= 1:
            return 0
    return 1


def completion(model, numbers, sums: csr_array, seen, claims: list[Claim]) -> tuple[np.ndarray, csr_array]:
    """One possible truth: whole numbers that fit the sums and all that was seen and said; and the sums that hold.

    Sums that cannot hold (a figure revised between two packs) are left out.
    """
    base = np.array([-1 if model.values[i] is None else model.values[i] for i in numbers], dtype=float)
    blank = base < 0
    if blank.any():
        low = np.maximum.reduce([r[:, 0] for r in seen.values()])[blank]
        high = np.maximum(np.minimum.reduce([r[:, 1] for r in seen.values()])[blank], low)
        base[blank] = 0
        some = sums[:, blank]
        rows = np.flatnonzero(np.diff(some.indptr))
        rest, slack = -(sums @ base)[rows], eye_array(len(rows))
        cost = np.concatenate([np.zeros(len(low)), np.ones(2 * len(rows))])
        terms, least = hstack([some[rows], slack, -slack]), np.concatenate([low, np.zeros(2 * len(rows))])
        fit = partial(whole_numbers, cost, terms, least, to=rest)
        solution = fit(high=np.concatenate([high, np.full(2 * len(rows), FAR)]))
        if solution is None:
            raise RuntimeError("no table fits what was circulated, although every sum may be broken")
        fit = partial(fit, high=np.concatenate([high, np.full(2 * len(rows), FAR * bool(cost @ solution))]))
        base[blank] = _with_claims(fit, solution, _open_claims(claims, base, blank), cost)[: len(low)]
    hold = sums @ base == 0
    model.fails |= not hold.all()
    return base, sums[np.flatnonzero(hold)]


def _open_claims(claims: list[Claim], base: np.ndarray, blank: np.ndarray) -> list[OneOf]:
    """The claims that only numbers of unknown value can make true, as places among these."""
    place, sure = np.cumsum(blank) - 1, np.where(blank, -1, base)
    some = [([i for i in numbers if blank[i]], top) for numbers, top in claims if not _small(numbers, top, sure)]
    return [OneOf(place[few], np.ones(len(few)), np.full(len(few), top)) for few, top in some if few]


def _with_claims(fit: Callable, solution: np.ndarray, claims: list[OneOf], cost: np.ndarray) -> np.ndarray:
    """A solution that breaks no more sums, with which every claim is true, or as many as can be one after the other."""
    if all(claim.holds(solution) for claim in claims):
        return solution
    most, true = cost @ solution + 0.5, list[OneOf]()
    for more in (claims, *([claim] for claim in claims)):
        if not all(claim.holds(solution) for claim in (*true, *more)):
            other = fit(one_of=[*true, *more])
            if other is None or cost @ other > most:
                continue
            solution = other
        if more is claims:
            break
        true += more
    return solution
