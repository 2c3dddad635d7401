"""Sums along a dimension with a Total: its labels add to it at every combination of the others.

Numbers that no table prints but a sum gives away (the label that is left out) are added.
"""

from __future__ import annotations

from collections import defaultdict

from .cell_keys import Key
from .sum_collection import Named, Sums

Scheme = dict[Key, set[Key]]  # the key of each total -> those of its parts


def add(sums: Sums) -> None:
    """The sums of every dimension of every measure."""
    for (_, dimension), by_table in sorted(_schemes(sums).items()):
        for scheme in _chosen(sums, dimension, by_table):
            _add_scheme(sums, dimension, scheme)


def _schemes(sums: Sums) -> dict[tuple[str, str], dict[str, Scheme]]:
    """(measure, dimension) -> {table: {total's key: set of its parts}}."""
    schemes: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for (table, measure), keys in sums.sheets.items():
        for key in keys:
            for at, (dimension, _) in enumerate(key[1]):
                if dimension == "period" or not sums.model.docs.adds(measure, dimension):
                    continue
                total = (measure, key[1][:at] + key[1][at + 1 :])
                if total in sums.model.index:
                    schemes[measure, dimension][table][total].add(key)
    return schemes


def _chosen(sums: Sums, dimension: str, by_table: dict[str, Scheme]) -> list[Scheme]:
    """The ways to split a total that hold: all labels of all tables together where they add up exactly.

    So does a table on its own that leaves out labels of nobody: what it prints may be all that is shown of them.
    """
    union: Scheme = defaultdict(set)
    for parts in by_table.values():
        _doubt(sums, parts)
        for total, keys in parts.items():
            union[total] |= keys
    _doubt(sums, union)
    if len(by_table) > 1 and _state(sums, dimension, union) == "exact":
        fewer = [p for _, p in sorted(by_table.items()) if any(keys != union[t] for t, keys in p.items())]
        return [union, *(parts for parts in fewer if _state(sums, dimension, parts) == "exact")]
    chosen = []
    for table, parts in sorted(by_table.items()):
        if (state := _state(sums, dimension, parts)) == "over":
            note = f"does not add over {dimension} in {table}: more in parts than in all"
            sums.model.notes.append((min(parts), note))
        elif state == "exact" or not any(
            _within(sums, dimension, parts, other) for name, other in by_table.items() if name != table
        ):
            chosen.append(parts)
    return chosen


def _labels(dimension: str, parts: Scheme) -> set[str]:
    return {dict(k[1])[dimension] for keys in parts.values() for k in keys}


def _state(sums: Sums, dimension: str, parts: Scheme) -> str:
    """`over` where some parts exceed their total, `exact` where all that have values add up, else `under`."""
    states, several = set(), len(_labels(dimension, parts)) > 1
    for total, keys in parts.items():
        all_of, values = sums.value(total), [sums.value(k) for k in keys]
        there = sum(value for value in values if value is not None)
        if all_of is not None and there > all_of:
            return "over"
        if all_of is not None and None not in values:
            states.add(there == all_of and several)
    return "exact" if states == {True} else "under"


def _doubt(sums: Sums, parts: Scheme) -> None:
    """Note where a total is not its parts, if each such one has a figure to doubt: all others hold."""
    at, wrong = sums.model.number, []
    for total, keys in parts.items():
        terms = tuple((at(key), c) for key, c in [(total, 1), *((k, -1) for k in sorted(keys))])
        if len(keys) > 1 and sums.fails(terms):
            wrong.append(terms)
    if all(sums.suspects.of(i for i, _ in terms) for terms in wrong):
        sums.failed += wrong


def _within(sums: Sums, dimension: str, parts: Scheme, other: Scheme) -> bool:
    """Whether another table splits every one of these totals further, and holds."""
    return _state(sums, dimension, other) != "over" and all(k < other.get(t, set()) for t, k in parts.items())


def _rest(sums: Sums, total: Key, keys: set[Key]) -> int | None:
    """What a total leaves beside its parts; None where one of them has no value."""
    all_of, values = sums.value(total), [sums.value(k) for k in keys]
    if all_of is None or None in values:
        return None
    return all_of - sum(value for value in values if value is not None)


def _add_scheme(sums: Sums, dimension: str, parts: Scheme) -> None:
    """Each total with its parts, and with a rest (a number that no table prints) where there may be one: beside one
    label always, and never where all labels are there, if that is all of every such total, however few others have."""
    labels, state = _labels(dimension, parts), _state(sums, dimension, parts)
    complete_ones = {total: keys for total, keys in parts.items() if _labels(dimension, {total: keys}) == labels}
    closed = complete_ones if _state(sums, dimension, complete_ones) == "exact" else {}
    rests = {total: _rest(sums, total, keys) for total, keys in parts.items()}
    complete = any(rest is not None for rest in rests.values())
    for total, keys in sorted(parts.items()):
        rest = rests[total]
        has_rest = len(keys) == 1 or bool(rest) or (state == "under" and (rest is not None or complete))
        has_rest &= total not in closed
        named: Named = [(total, 1), *((k, -1) for k in sorted(keys))]
        if has_rest:
            label = "other than " + ", ".join(dict(k[1])[dimension] for k in sorted(keys))
            other = (total[0], tuple(sorted((*total[1], (dimension, label)))))
            sums.model.number(other, rest)
            named.append((other, -1))
        sums.keep(sums.read(named))
