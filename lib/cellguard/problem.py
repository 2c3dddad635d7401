"""One connected part of the problem as arrays: numbers, sums, readers, and what may be hidden from whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack

from .audiences import Profile

FAR = 10**9  # stands for no upper limit; far above any count that a quarter can hold


@dataclass
class Reader:
    """Someone who has everything released to one profile and to those it sees.

    Three states of a number, each with the least and the most it can be: shown as counted, shown rounded, hidden.
    Ranges are distances from the true number. `exact` and `any`: for each number, the decisions that must all hide it
    before it is not shown as counted, and not shown at all (empty: no table prints it).
    """

    profile: Profile
    rounded: np.ndarray  # (numbers, 2) distances while it is shown rounded
    hidden: np.ndarray  # (numbers, 2) distances while it is hidden
    exact: list[tuple[int, ...]]
    any: list[tuple[int, ...]]
    targets: dict[int, int]  # number to protect -> candidates asked for
    unsure: dict[int, int]  # those of unknown value (withheld earlier, in no table) -> the least count that tells

    def ranges(self, unshown: np.ndarray, gone: np.ndarray) -> np.ndarray:
        return np.where(gone[:, None], self.hidden, np.where(unshown[:, None], self.rounded, 0))

    def span(self, target: int, base: int) -> tuple[int, int]:
        """How far a target needs to be looked at, down and up from the true number."""
        if self.profile.inside and 1 <= base <= self.profile.threshold:
            return 1 - base, self.profile.threshold - base
        reach = self.targets[target] - 1
        return -reach, reach


@dataclass
class Part:
    """Numbers that no sum ties to any other, with everything that is decided about them.

    base : one possible truth: the true numbers, and where we do not know them numbers that fit
    sums : (sums, numbers) coefficients; the distances from the truth that fit a sum come to zero in it
    cost, loss : of each decision to hide: cells by weight, and the count that is lost
    must, never : decisions taken already
    follows : (a, b): where a hides, b hides too
    """

    base: np.ndarray
    sums: csr_array
    readers: list[Reader]
    cost: np.ndarray
    loss: np.ndarray
    must: np.ndarray
    never: np.ndarray
    follows: list[tuple[int, int]]


def parts(model, profiles: list[Profile]) -> list[tuple[Part, list[tuple[str, tuple]], list[int]]]:
    """The problem in its connected parts, those left out in which nothing need be hidden.

    Each comes with the (profile, unit key) that its decisions are about, and with its numbers' places in the model.
    What is in no table and not known to us (a year that hid one of its quarters in an earlier pack gives the quarter
    away later) is protected as what an earlier pack withheld: it may be small.
    """
    from .settled import split

    primary = {p.name: primaries(model, p) for p in profiles}
    unknown = {i for i, value in enumerate(model.values) if value is None} - model.constant
    busy = set(unknown).union(*primary.values())
    groups = [g for g in _groups(model) if g.units and busy.intersection(g.numbers)]
    return [piece for g in groups for piece in split(*_part(model, profiles, g, primary, unknown))]


def primaries(model, profile: Profile) -> set[int]:
    """The numbers that are primary for a profile: it prints none of them, and each must keep its candidates.

    - From 1 to its threshold, be it a count in a table, the rest of a group, or a number that follows from others.
    - All or none of a small group: the count of a share (no rate, no average) that is 0 or all of a group of 1 to
      `all_or_none`. The group's size, and the rest of it, are counts like any other.

    This is said of true values. A number whose value we do not know (an earlier pack or its sender withheld it, or it
    is in no table) is treated as primary in every pattern that leaves it few candidates, one of them such a number:
    `Reader.unsure`, `_least_telling`. Numbers that open data print are never primary. A 0 that is not may be shown,
    whatever is hidden of its group: whoever knows the rules knows from it that the group is none of 1 to
    `all_or_none`.
    """
    small = {i for i, value in enumerate(model.values) if value is not None and 1 <= value <= profile.threshold}
    for count, groups in model.shares.items():
        sizes = {model.values[of] for of in groups} - {None}
        if any(1 <= of <= profile.all_or_none and model.values[count] in (0, of) for of in sizes):
            small.add(count)
    return small - model.constant


@dataclass
class Group:
    """Numbers that share a sum or a row, with both. Constants tie nothing together but take part."""

    numbers: list[int]
    sums: list
    units: list


def _groups(model) -> list[Group]:
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
    made: dict[int, Group] = {}
    for i in range(len(parent)):
        if i not in fixed:
            made.setdefault(root(i), Group([], [], [])).numbers.append(i)
    for which, pairs in (("sums", sums), ("units", units)):
        for item, tied in pairs:
            if tied:
                getattr(made[root(tied[0])], which).append(item)
    for group in made.values():
        used = {i for s in group.sums for i, _ in s} | {i for u in group.units for i in u.numbers}
        group.numbers = sorted(used | set(group.numbers), key=lambda i: model.keys[i])
    return sorted(made.values(), key=lambda g: model.keys[g.numbers[0]])


def _part(model, profiles, group: Group, primary: dict, unknown: set):
    at = {number: i for i, number in enumerate(group.numbers)}
    sums = matrix([[(at[number], sign) for number, sign in terms] for terms in group.sums], len(at))
    decisions = [(p, u) for p in profiles for u in group.units]
    index = {(p.name, u.key): d for d, (p, u) in enumerate(decisions)}
    printing: dict[tuple[str, int], list[int]] = {}
    for d, (p, u) in enumerate(decisions):
        for number in u.numbers:
            printing.setdefault((p.name, number), []).append(d)
    seen = _seen(model, profiles, group.numbers)
    base, sums = completion(model, group.numbers, sums, seen)
    readers = [_reader(model, p, profiles, group.numbers, base, printing, seen, primary, unknown) for p in profiles]
    values = dict(zip(group.numbers, base, strict=True))
    part = Part(
        base,
        sums,
        readers,
        np.array([_weight(model, p, u) for p, u in decisions]),
        np.array([values[u.numbers[0]] for _, u in decisions]),
        np.array([any(i in primary[p.name] for i in u.numbers) for p, u in decisions], bool),
        np.array([p.zeros == "always" and values[u.numbers[0]] == 0 for p, u in decisions], bool),
        _follows(decisions, index, model),
    )
    part.never &= ~part.must
    return part, [(p.name, u.key) for p, u in decisions], group.numbers


def matrix(sums: list[list[tuple[int, float]]], width: int) -> csr_array:
    """Sums as a sparse matrix, each once, in an order and with a sign that do not depend on where they were found."""
    rows = []
    for terms in sums:
        row: dict[int, float] = {}
        for i, c in terms:
            row[i] = row.get(i, 0.0) + c
        row = sorted((i, c) for i, c in row.items() if c)
        rows.append(tuple((i, c if row[0][1] > 0 else -c) for i, c in row))
    rows = sorted({row for row in rows if row})
    ends = np.cumsum([0, *map(len, rows)])
    places = np.array([i for row in rows for i, _ in row], dtype=np.int32)
    return csr_array((np.array([c for row in rows for _, c in row], dtype=float), places, ends), (len(rows), width))


def _weight(model, profile: Profile, unit) -> float:
    """What hiding a cell costs a profile: by its measure, as a total, as this quarter's headline, or as any cell."""
    weights = profile.weights or {}
    measure, labels = unit.key
    if measure in (weights.get("measures") or {}):
        return float(weights["measures"][measure])
    plain = float(weights.get("cell", 1))
    total = float(weights.get("total", plain)) if {d for d, _ in labels} <= {"area", "period"} else plain
    headline = bool((model.docs.measures.get(measure) or {}).get("headline"))
    return max(total, float(weights.get("headline", plain))) if headline else total


def _follows(decisions, index, model) -> list[tuple[int, int]]:
    """A share hides where the count that it is made of hides, in whichever table that stands."""
    return [
        (index[p.name, model.keys[number]], d)
        for d, (p, u) in enumerate(decisions)
        for number in u.numbers
        if model.keys[number] != u.key and (p.name, model.keys[number]) in index
    ]


def _seen(model, profiles, numbers) -> dict[str, np.ndarray]:
    """For each profile's reader, the range that earlier packs leave for each number."""
    found = {}
    for p in profiles:
        ranges = np.tile([0, FAR], (len(numbers), 1))
        for name in {p.name, *(s for s in p.sees)}:
            for i, number in enumerate(numbers):
                low, high = model.seen[name].get(number, (0, FAR)) if name in model.seen else (0, FAR)
                ranges[i] = max(ranges[i, 0], low), min(ranges[i, 1], high)
        found[p.name] = ranges
    return found


def _reader(model, profile, profiles, numbers, base, printing, seen, primary, unknown) -> Reader:
    reads = [p for p in profiles if p is profile or p.name in profile.sees]
    exact, every = [], []
    rounded, hidden = np.zeros((len(numbers), 2)), np.zeros((len(numbers), 2))
    least = max(p.least for p in reads)
    for i, number in enumerate(numbers):
        known = number in model.constant and model.values[number] is not None
        past = seen[profile.name][i]
        printed = printing.get((profile.name, number), [])
        exact.append(tuple(d for p in reads if p.round_to == 1 for d in printing.get((p.name, number), ())))
        every.append(tuple(d for p in reads for d in printing.get((p.name, number), ())))
        low, high = (base[i], base[i]) if known else past
        hidden[i] = max(low, least if printed and base[i] else 0), high
        window = tuple(hidden[i])  # rounded never says less than hidden: a cut counts the difference
        for p in reads:
            if p.round_to > 1 and not known:
                near = p.window(p.rounded(base[i]))
                window = max(window[0], near[0]), min(window[1], near[1])
        rounded[i] = min(window[0], base[i]), max(window[1], base[i])
    wanted = primary[profile.name] | unknown
    targets = {i for i, number in enumerate(numbers) if number in wanted}
    unsure = {i: _least_telling(model, numbers[i], profile) for i in sorted(targets) if numbers[i] in unknown}
    return Reader(
        profile,
        rounded - base[:, None],
        hidden - base[:, None],
        exact,
        every,
        dict.fromkeys(sorted(targets), profile.candidates),
        unsure,
    )


def _least_telling(model, number: int, profile: Profile) -> int:
    """1, the least small count; 0 for a number that may be none of a small group."""
    for of in model.shares.get(number, ()):
        value = model.values[of]
        low, high = model.seen[profile.name].get(of, (0, FAR)) if value is None else (value, value)
        if low <= profile.all_or_none and high >= 1:
            return 0
    return 1


def completion(model, numbers, sums: csr_array, seen) -> tuple[np.ndarray, csr_array]:
    """One possible truth: whole numbers that fit the sums and all that was seen; and the sums that hold.

    Sums that cannot hold (a figure revised between two packs) are left out.
    """
    base = np.array([-1 if model.values[i] is None else model.values[i] for i in numbers], dtype=float)
    blank = base < 0
    if blank.any():
        from .milp import whole_numbers

        low = np.maximum.reduce([r[:, 0] for r in seen.values()])[blank]
        high = np.maximum(np.minimum.reduce([r[:, 1] for r in seen.values()])[blank], low)
        base[blank] = 0
        some = sums[:, blank]
        rows = np.flatnonzero(np.diff(some.indptr))
        rest, slack = -(sums @ base)[rows], eye_array(len(rows))
        cost = np.concatenate([np.zeros(len(low)), np.ones(2 * len(rows))])
        zeros, far = np.zeros(2 * len(rows)), np.full(2 * len(rows), FAR)
        terms = hstack([some[rows], slack, -slack])
        found = whole_numbers(cost, terms, np.concatenate([low, zeros]), np.concatenate([high, far]), rest)
        base[blank] = found[: len(low)]
    return base, sums[np.flatnonzero(sums @ base == 0)]
