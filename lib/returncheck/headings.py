"""Which return a sheet is, where its headings stand, and which column is which field. Nothing is guessed.

A heading is known when it equals, but for case, spaces and punctuation, a name of the dictionary or of the partner's
reviewed mapping. Everything else is named with the nearest suggestion and never used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from .cell_values import period, shown
from .dictionary import Mapping, Return, fold
from .grid import Grid, letter

SEARCHED = 60  # rows in which the headings are looked for, blank ones not counted


@dataclass
class Match:
    """A sheet understood as a return. `refused` says why none of its rows can be taken until it is mapped."""

    of: Return
    last: int  # 0-based row of the (lowest) headings
    first: int
    heads: dict[int, str]  # column -> heading as the file has it
    fields: dict[str, int]  # field -> column
    unknown: dict[int, str] = field(default_factory=dict)  # column -> suggestion or ""
    ignored: tuple[int, ...] = ()
    refused: list[tuple[int, str]] = field(default_factory=list)  # (column, sentence)
    absent: list[str] = field(default_factory=list)


def known(returns: dict[str, Return], maps: dict[str, Mapping]):
    """How many of a row's cells are headings of any return: for choosing a CSV's delimiter."""
    words = {h for r in returns.values() for h in r.headings()} | {h for m in maps.values() for h in m.headings}

    def count(cells: list) -> int:
        return sum(1 for c in {fold(c) for c in cells if len(c) < 200} if c in words)

    return count


def match(grid: Grid, returns: dict[str, Return], mapping: Mapping | None, hint: str) -> Match | None:
    """The return whose headings a sheet has, or None. `hint` is the folded file and sheet name: it settles a tie."""
    found_all = []
    for first, last, heads in _candidates(grid):
        for one in returns.values():
            if mapping and mapping.returns and one.name not in mapping.returns:
                continue
            found = _fields(heads, one, mapping)
            distinct = {f for names in found.values() for f in names}
            if len(distinct) < 2:
                continue
            needed = len(distinct & set(one.required)) / max(len(one.required), 1)
            hinted = any(fold(n) in hint for n in one.names)
            ignored = sum(fold(t) in one.ignored for t in heads.values())
            likely = needed >= 0.5 or len(distinct) >= 4
            found_all.append(
                (
                    [likely, needed == 1, len(distinct) + ignored, needed, hinted, first != last, -last],
                    one,
                    first,
                    last,
                    heads,
                    found,
                )
            )
    # A return with all its needed columns goes before one with more columns, unless it explains less than half as many.
    most = max((score[2] for score, *_ in found_all), default=0)
    for score, *_ in found_all:
        score[1] = score[1] and score[2] * 2 >= most
    best = max(found_all, key=lambda each: each[0], default=None)
    if best is None or not best[0][0]:
        return _matrix(grid, returns)
    _, one, first, last, heads, found = best
    made = _settle(one, first, last, heads, found, mapping)
    if made.absent and (matrix := _matrix(grid, {one.name: one})):
        return matrix
    return made


def _candidates(grid: Grid):
    """Rows that may hold the headings: first row, last row, {column: heading}."""
    tried, above = 0, None
    for at in range(min(grid.rows, 2000)):
        texts = {c: shown(cell).strip() for c, cell in enumerate(grid.row(at)) if cell not in (None, "")}
        texts = {c: t for c, t in texts.items() if t}
        if not texts:
            above = None
            continue
        tried += 1
        if tried > SEARCHED:
            return
        if len(texts) > 1:
            yield at, at, texts
        if above:
            joined = _joined(grid, at, above, texts)
            if joined:
                yield at - 1, at, joined
        above = texts


def _joined(grid: Grid, at: int, above: dict[int, str], below: dict[int, str]) -> dict[int, str] | None:
    """Two rows of headings as one, where the file merges cells over them: `Upper / Lower`."""
    wide = [
        (a[1], b[1]) for a, b in grid.merged if a[0] <= at - 1 <= b[0] and b[0] < at and b[1] > a[1] and a[1] in above
    ]
    tall = [a[1] for a, b in grid.merged if a[0] == at - 1 and b[0] == at and a[1] in above]
    if len(above) == 1 and wide and all(wide[0][0] <= c <= wide[0][1] for c in below):
        return None  # a title over everything is no heading
    if not wide and not tall:
        return None
    heads = dict(below)
    for column, text in above.items():
        if column not in heads and (column in tall or wide):
            heads[column] = text
    for a, b in wide:
        for column in range(a, b + 1):
            if column in below:
                heads[column] = f"{above[a]} / {below[column]}"
    return heads


def _fields(heads: dict[int, str], one: Return, mapping: Mapping | None) -> dict[int, list[str]]:
    words, found = one.headings(), {}
    for column, text in heads.items():
        if len(text) > 200:
            continue
        folded = fold(text)
        if mapping and folded in mapping.headings:
            if mapping.headings[folded] in one.fields:
                found[column] = [mapping.headings[folded]]
        elif folded in words:
            found[column] = words[folded]
    return found


def _settle(one: Return, first: int, last: int, heads, found, mapping) -> Match:
    made = Match(one, last, first, heads, {})
    columns: dict[str, list[int]] = {}
    for column, names in sorted(found.items()):
        if len(names) > 1:
            made.refused.append(
                (
                    column,
                    (
                        f'The heading "{heads[column]}" could be {" or ".join(names)}. '
                        "Rename it, or add it to the mapping of this partner."
                    ),
                )
            )
        for name in names[:1] if len(names) == 1 else []:
            columns.setdefault(name, []).append(column)
    for name, places in columns.items():
        made.fields[name] = places[0]
        if len(places) > 1:
            said = " and ".join(f'"{heads[c]}" (column {letter(c)})' for c in places)
            made.refused.append(
                (
                    places[1],
                    (
                        f"Two headings mean {name}: {said}. Keep one, or say in "
                        "the mapping of this partner which to ignore."
                    ),
                )
            )
    ours = {"_file", "_sheet", "_row", "_problems"}
    skip = {h for h, f in mapping.headings.items() if f == "ignore"} if mapping else set()
    ignored = [c for c, t in heads.items() if t in ours or fold(t) in skip or fold(t) in one.ignored]
    made.ignored = tuple(ignored)
    words = {h: f for h, names in one.headings().items() for f in names if f not in made.fields}
    for column, text in heads.items():
        if column not in found and column not in ignored:
            near = get_close_matches(fold(text), words, n=1, cutoff=0.7) if len(text) <= 200 else []
            made.unknown[column] = words[near[0]] if near else ""
    ambiguous = {n for names in found.values() if len(names) > 1 for n in names}
    made.absent = [n for n in one.required if n not in made.fields and n not in ambiguous]
    for name in made.absent:
        near = [heads[c] for c, f in made.unknown.items() if f == name]
        hint = (
            f' The nearest heading is "{near[0]}": rename it, or add it to the mapping of this partner.' if near else ""
        )
        made.refused.append((min(heads), f"There is no column for {name} ({one.fields[name].says}){hint}"))
    return made


def _matrix(grid: Grid, returns: dict[str, Return]) -> Match | None:
    """A table with periods or categories as columns: recognised, so that it can be refused with the right shape."""
    for _, last, heads in _candidates(grid):
        texts = {c: t for c, t in heads.items() if len(t) < 200}
        quarters = [c for c, t in texts.items() if period(t)]
        for one in returns.values():
            words = one.headings()
            named = {f for t in texts.values() for f in words.get(fold(t), [])}
            if not named:
                continue
            spread = quarters if any(f.type == "period" for f in one.fields.values()) else []
            for f in one.fields.values():
                values = [c for c, t in texts.items() if fold(t) in f.values and fold(t) not in words]
                if f.type in ("choice", "choices") and f.name not in named and len(values) > len(spread):
                    spread = values
            if len(spread) < 2:
                continue
            shape = ", ".join(one.required or tuple(one.fields)[:3])
            rest = [n for n in one.fields if n not in one.required][:1]
            shape += "".join(f", {n}" for n in rest)
            made = Match(one, last, last, heads, {})
            made.refused = [
                (
                    spread[0],
                    (
                        f"The columns are categories or periods ({texts[spread[0]]}, {texts[spread[1]]} "
                        f"...). Send {one.grain}, with the columns {shape}."
                    ),
                )
            ]
            return made
    return None
