"""The rows of a sheet that may hold its headings: one row, a merged row over another, or a row of groups over one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .cell_reading import shown
from .dictionary import Return, fold
from .grid import Grid

SEARCHED = 60  # rows in which the headings are looked for, blank ones not counted


@dataclass(frozen=True)
class Heads:
    """Headings that a sheet may have.

    first, last : the rows they stand in, 0-based
    heads : column -> heading
    groups : column -> the word over it in a row of groups that no merged cell ties to its columns
    """

    first: int
    last: int
    heads: dict[int, str]
    groups: dict[int, str] = field(default_factory=dict)


def candidates(grid: Grid, returns: dict[str, Return]) -> Iterator[Heads]:
    """Rows that may hold the headings, from the top."""
    tried, above = 0, dict[int, str]()
    for at in range(min(grid.rows, 2000)):
        texts = {c: shown(cell).strip() for c, cell in enumerate(grid.row(at)) if cell not in (None, "")}
        texts = {c: t for c, t in texts.items() if t}
        if not texts:
            above = {}
            continue
        tried += 1
        if tried > SEARCHED:
            return
        groups = _groups(above, texts, returns) if above and not _merged(grid, at, above, texts) else {}
        if len(texts) > 1:
            yield Heads(at - bool(groups), at, texts, groups)
        if above and (merged := _merged(grid, at, above, texts)):
            yield Heads(at - 1, at, merged)
        above = texts


def _merged(grid: Grid, at: int, above: dict[int, str], below: dict[int, str]) -> dict[int, str] | None:
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


def _groups(above: dict[int, str], below: dict[int, str], returns: dict[str, Return]) -> dict[int, str]:
    """The word over each column, where the row above is one of groups: `Victim,,Perpetrator,` over `ID,Age,ID,Age`.

    A row above is taken for groups where it has fewer cells than there are headings, at least two, and at least half
    of its words begin or complete headings of a return. Titles ("Prepared by", a date) do not.
    """
    if not 2 <= len(above) < len(below) or any(len(t) > 40 for t in above.values()):
        return {}
    starts = sorted(above)
    over = {c: above[max(s for s in starts if s <= c)] for c in below if c >= starts[0]}
    words = {h for one in returns.values() for h in one.headings()}
    if sum(fold(t) in words for t in above.values()) * 2 > len(above):
        return {}  # headings themselves, above a first row of data
    related = {
        t for c, t in over.items() if fold(t) + fold(below[c]) in words or (fold(t) and fold(t) in fold(below[c]))
    }
    return over if len(related) * 2 >= len(set(over.values())) else {}
