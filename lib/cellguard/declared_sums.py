"""Sums that the tables do not show and somebody declared: first referrals and repeats are all referrals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lscb.errors import UserError
from lscb.long_table import TOTAL

from .cell_keys import PART, YEAR, Key, changed
from .sum_collection import Named, Sums


def add(sums: Sums, declared: Iterable[dict]) -> None:
    """Every declared sum at every combination of the dimensions that it does not fix.

    A number that no table prints, and which is the only such one of a sum, is a total in its turn: what was outstanding
    at the end of a year that no table has gives that of the year before.
    """
    for relation in declared:
        (_, (measure, fixed)), parts = term(relation["total"]), [term(part) for part in relation["parts"]]
        index, rest = sums.model.index, rest_of(parts) if relation.get("rest") else ""
        waiting = sorted(k for k in index if k[0] == measure and _has(k, fixed) and not _reissued(k))
        if relation.get("yearly"):
            waiting = [key for key in waiting if YEAR.fullmatch(dict(key[1]).get("period", ""))]
        while waiting:
            key = waiting.pop(0)
            named = _named(key, fixed, parts)
            absent = [each for each, _ in named if each not in index]
            if (rest and (absent or not named)) or _may_be(sums, key, relation.get("unless")):
                continue  # nothing is known of a number beyond another that no table has
            sign = 1 if relation.get("rest") == -1 else -1
            named += [((f"{measure}{PART}{rest}", key[1]), sign)] if rest else []
            _add_one(sums, key, named)
            waiting += [k for k in absent if len(absent) == 1 and k[0] == measure and _has(k, fixed)]


def _may_be(sums: Sums, total: Key, unless: dict | str | None) -> bool:
    """Whether a reader, who has not the true numbers that a sum is held against, knows of what may break it."""
    if unless is None or not sums.suspects.taken:
        return False
    _, (measure, labels) = term(unless)
    there = changed((measure, total[1]), labels)
    return there in sums.model.index and sums.value(there) != 0


def rest_of(parts: Iterable[tuple[int, tuple[str, dict]]]) -> str:
    """What a total is called beyond its parts, or its parts beyond it, where these need not be equal."""
    return "rest beyond " + ", ".join(" ".join([measure, *labels.values()]) for _, (measure, labels) in parts)


def _named(key: Key, fixed: dict, parts: list) -> Named:
    """A total with its parts at its own labels; empty where one is of a period that there is not."""
    free = {d: TOTAL for d in fixed}
    named: Named = [(key, 1)]
    for sign, (measure, labels) in parts:
        if (part := changed((measure, key[1]), free | labels)) is None:
            return []
        named.append((part, -sign))
    times: dict[Key, int] = defaultdict(int)  # a part that is named twice counts twice
    for each, c in named:
        times[each] += c
    return [(each, c) for each, c in times.items() if c]


def _add_one(sums: Sums, key: Key, named: Named) -> None:
    if named[:1] != [(key, 1)]:
        return  # a total that is a part of itself says nothing of it
    missing = [each for each, _ in named if sums.value(each) is None]
    if len(missing) == 1 and missing[0] not in sums.model.index and sums.stands(named):
        sums.leave(named, missing[0])  # in no table, but whoever subtracts has it
    read = sums.read(named)
    if any(map(sums.fails, read)):
        sums.model.notes.append((key, "a declared sum does not hold"))
    sums.keep(read)


def term(part) -> tuple[int, tuple[str, dict]]:
    """A part as (sign, (measure, labels)): `m`, `-m`, a mapping with `measure` (and `sign`), a key, (sign, part).

    `quarters_back`, `years_back` and a period such as "year so far" (cell_keys.OF_ITS_YEAR) stand among the labels.
    Raises UserError for anything else.
    """
    if isinstance(part, str):
        return (-1, (part[1:].strip(), {})) if part.startswith("-") else (1, (part, {}))
    if isinstance(part, (tuple, list)) and len(part) == 2 and isinstance(part[0], (int, float)):
        sign, inner = term(part[1])
        return int(part[0]) * sign, inner
    if isinstance(part, (tuple, list)) and len(part) == 2 and isinstance(part[0], str):
        return 1, (part[0], dict(part[1]))
    if isinstance(part, dict) and "measure" in part:
        labels = {d: str(v) for d, v in part.items() if d not in ("measure", "sign")}
        return int(part.get("sign", 1)), (part["measure"], labels)
    raise UserError(f"a declared sum names {part!r}: write a measure, or a mapping with `measure` and its labels.")


def _reissued(key: Key) -> bool:
    return bool(key[1]) and key[1][-1][0] == "issue"


def _has(key: Key, labels: dict) -> bool:
    there = dict(key[1])
    return all(there.get(d, TOTAL) == label for d, label in labels.items())
