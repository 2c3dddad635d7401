"""Whether a row adds up the rows above it, by its label and by arithmetic."""

from __future__ import annotations

import re
from typing import Any

from .cell_reading import shown
from .grid import Grid
from .headings import Match

BARE = re.compile(r"(?:grand|sub|overall|column|final)?[\s-]*totals?\s*[:.]?", re.I)
SUMMED = re.compile(
    r"(?:grand|sub|overall|column|final)?[\s-]*totals?\b.*"
    r"|(?:sum|average|mean|all|overall|per ?cent)\b.{0,30}|%.{0,30}",
    re.I | re.S,
)
ENDS = re.compile(r".{1,60}\b(?:sub[\s-]?)?totals?\s*[:.]?", re.I | re.S)  # Staffing sub-total
NUMBERS = ("number", "whole_number")


def is_total(grid: Grid, match: Match, row: int, at: int, above: list[int], totals: list[int]) -> bool | None:
    """Whether a row whose cell in column `at` begins like a total is one; None where nobody can tell.

    above : the rows of data above it; totals : the totals above it
    """
    text = shown(grid.columns[at].cell(row)).strip()
    by_column = {column: name for name, column in match.fields.items()}
    f = match.of.fields.get(by_column.get(at, ""))
    if f is not None and f.type in ("choice", "choices") and text.casefold() in map(str.casefold, f.values.values()):
        return False
    keys = {match.fields[k] for k in match.of.key if k in match.fields}
    needed = [c for n, c in match.fields.items() if c != at and (match.of.fields[n].required or c in keys)]
    first = min((c for c, cell in enumerate(grid.row(row)) if shown(cell).strip()), default=at)
    label = SUMMED.fullmatch(text) is not None and not re.match(r"all\b|overall\b", text, re.I)
    if label and first == at and not any(shown(grid.columns[c].cell(row)).strip() for c in needed):
        return True  # a row with what every row of data needs is data, unless its label or its sums say otherwise
    if f is not None and f.type == "identifier" and first == at and not match.of.key and BARE.fullmatch(text):
        return True  # of a list without a key of its own: nobody is called "Total"
    if f is not None and f.type not in ("text", "choice") and f.name not in match.of.key:
        return False
    if BARE.fullmatch(text):
        return True
    if f is not None and f.type == "identifier":
        return False
    if f is not None and not (f.required or f.name in match.of.key):
        return False  # a finding or an action may begin with any word
    if adds_up(grid, match, row, above, totals):
        return True
    return None if label else False


def adds_up(grid: Grid, match: Match, row: int, above: list[int], totals: list[int], fewest: int = 1) -> bool:
    """Whether every number of a row is the sum of those above it, from the top or from the last total.

    fewest : how many numbers other than 0 must be
    """
    columns = [at for n, at in match.fields.items() if match.of.fields[n].type in NUMBERS]
    parts = (above, [r for r in above if totals and r > totals[-1]])
    for rows in parts:
        agree = 0
        for at in columns:
            value = amount(grid.columns[at].cell(row))
            if value is None:
                continue
            amounts = [amount(grid.columns[at].cell(r)) or 0.0 for r in rows]
            if len(rows) > 1 and set(amounts) == {value}:
                continue  # the same in every row: the places of an event, which stand beside each agency
            if abs(sum(amounts) - value) > 0.01:
                break
            agree += value != 0
        else:
            if agree >= fewest and rows:
                return True
    return False


def amount(raw: Any) -> float | None:
    """A number as it is added up, whatever sign of pounds and commas it has; None for anything else."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float)):
        return float(raw) if abs(raw) < 1e15 else None
    text = re.sub(r"[£,\s]", "", raw) if isinstance(raw, str) else ""
    return float(text) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text) else None
