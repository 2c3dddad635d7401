"""Sheets with periods or categories as columns, or turned on their side: recognised, so that they can be refused with
the right shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .cell_places import quarter_of
from .dictionary import Return, fold
from .grid import Grid
from .heading_rows import Heads, candidates

LEFTMOST, TALLEST = 3, 200  # columns and rows in which headings that stand one below another are looked for


class Spread(NamedTuple):
    """A matrix: the return it would be, where its headings stand, its first such column, and what to send instead."""

    of: Return
    rows: Heads
    column: int
    sentence: str


def matrix(grid: Grid, returns: dict[str, Return]) -> Spread | None:
    """A table with periods or categories as columns. Only the row with the most headings of a return is looked at."""
    for one in returns.values():
        words = one.headings()
        best, most = None, 0
        for rows in candidates(grid, returns):
            named = {f for t in rows.heads.values() if len(t) < 200 for f in words.get(fold(t), [])}
            if len(named) > most:
                best, most = rows, len(named)
        spread = _spread(one, best.heads) if best else []
        if best and len(spread) >= 2:
            return Spread(one, best, spread[0], _sentence(one, [best.heads[c] for c in spread]))
    return None


def _spread(one: Return, heads: dict[int, str]) -> list[int]:
    """The columns that are values of a field which the headings do not name."""
    words = one.headings()
    texts = {c: t for c, t in heads.items() if len(t) < 200}
    named = {f for t in texts.values() for f in words.get(fold(t), [])}
    periods = any(f.type == "period" and f.name not in named for f in one.fields.values())
    spread = [c for c, t in texts.items() if quarter_of(t)] if periods else []
    for f in one.fields.values():
        values = [c for c, t in texts.items() if fold(t) in f.values and fold(t) not in words]
        if f.type in ("choice", "choices") and f.name not in named and len(values) > len(spread):
            spread = values
    return spread


def on_its_side(grid: Grid, returns: Mapping[str, Return]) -> str:
    """What to do with a sheet whose first columns hold a return's headings one below another; blank for any other."""
    for column in grid.columns[:LEFTMOST]:
        texts = [str(column.cell(row) or "") for row in range(min(grid.rows, TALLEST))]
        for one in (one for one in returns.values() if one.derives != "nothing"):
            words = one.headings()
            named = {f for t in texts if len(t) < 200 for f in words.get(fold(t), [])}
            if (
                len(named) >= 3
                and named & set(one.known_by)
                and len(named & set(one.required)) * 2 >= len(one.required)
            ):
                return (
                    f"The sheet is turned on its side: the headings of {one.name} stand one below another. In Excel, "
                    f"copy it, choose Paste Special, Transpose in a new sheet, and send that: {one.grain}."
                )
    return ""


def _sentence(one: Return, texts: list[str]) -> str:
    shape = ", ".join(one.required or tuple(one.fields)[:3])
    rest = [n for n in one.fields if n not in one.required][:1]
    shape += "".join(f", {n}" for n in rest)
    return (
        f"The columns are categories or periods ({texts[0]}, {texts[1]} ...). "
        f"Send {one.grain}, with the columns {shape}."
    )
