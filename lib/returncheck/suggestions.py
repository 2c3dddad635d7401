"""What a heading that is not known could be: proposed only where its words, and the cells below it, fit the field."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from lscb.periods import Quarter

from .cell_reading import shown
from .cell_values import read_cell
from .column_reading import how_of
from .dictionary import Field
from .grid import Grid
from .headings import UNKNOWN, Match
from .problems import Where, safe

SHORT_FOR = {
    "no": "reference", "nr": "reference", "num": "reference", "ref": "reference", "perp": "perpetrator", "dob": "birth",
    "dod": "death", "vic": "victim", "vctm": "victim", "org": "organisation", "cat": "category", "id": "reference",
    "number": "reference",
}  # fmt: skip
FILLERS = {"of", "the", "a", "and", "in", "s", "to", "for", "date", "on"}
LOOKED_AT = 50  # distinct cells
ALIKE = 0.75
REFERENCE = {"reference", "case", "code", "identifier", "unique", "number"}
NEARER = "If we need this column, give it that heading; if not, leave it out."


def about_headings(grid: Grid, match: Match, rows: np.ndarray, where: Where, period: Quarter) -> list[pd.DataFrame]:
    """Problems and notes of the headings; fills `match.unknown` and the sentences of what is absent."""
    for column in match.unknown:
        match.unknown[column] = suggestion(grid, match, column, rows, period)
    _absent(match)
    problems = []
    doubts = dict(match.doubts)
    for column, near in sorted(match.unknown.items()):
        hint = f" Did you mean {near}?" if near else ""
        rule = doubts.get(column, f"{UNKNOWN}; the column is not used.{hint}")
        doubtful = column in doubts and rule.startswith(UNKNOWN)
        severity, todo = ("warn", NEARER if near else "") if near or doubtful else ("note", "")
        place = (column, match.heads[column], "")
        problems.append(where.problem(match.last, place, safe(match.heads[column][:80]), rule, severity, todo))
    optional = [n for n in match.of.fields if n not in match.fields and n not in match.absent]
    if optional and not match.refused:
        rule = f"No column for {', '.join(optional)}; read as blank."
        problems.append(where.problem(match.last, (None, "", ""), "", rule, "note"))
    return problems


def _absent(match: Match) -> None:
    for name in match.absent:
        near = [match.heads[c] for c, f in match.unknown.items() if f == name]
        hint = f' It may be "{near[0]}": rename it, or add it to the mapping of this partner.' if near else ""
        text = f"There is no column for {name} ({match.of.fields[name].says}){hint}"
        match.refused.append((min(match.heads), text))


def suggestion(grid: Grid, match: Match, column: int, rows: np.ndarray, period: Quarter) -> str:
    """The field that an unknown heading most likely means, or ""."""
    heading = match.heads[column]
    if len(heading) > 200 or column in dict(match.doubts):
        return ""
    cells = _distinct(grid, column, rows)
    best = ("", 0.0)
    for f in match.of.fields.values():
        if f.name in match.fields:
            continue
        score = max((likeness(heading, text) for text in (f.name.replace("_", " "), *f.headings)), default=0.0)
        if score > best[1] and fits(cells, f, period, every=len(cells) == len(rows)):
            best = f.name, score
    if best[0]:
        return best[0]
    words = {SHORT_FOR.get(w, w) for w in _words(heading)}
    needed = [f for f in (match.of.fields[n] for n in match.absent) if f.type == "identifier"]
    if len(needed) != 1:
        return ""
    usual = {SHORT_FOR.get(w, w) for text in needed[0].headings for w in _words(text)}
    if (
        words & REFERENCE
        and words <= usual | REFERENCE
        and fits(cells, needed[0], period, every=len(cells) == len(rows))
    ):
        return needed[0].name  # "Ref No" where nothing else could be the reference that every row needs
    return ""


def likeness(heading: str, text: str) -> float:
    """How alike two headings are, 0 to 1; 0 where a word of one has no like in the other."""
    ours = [SHORT_FOR.get(w, w) for w in _words(text)]
    theirs = [SHORT_FOR.get(w, w) for w in _words(heading)]
    if not ours or not theirs:
        return 0.0
    best = [max(_ratio(w, o) for o in ours) for w in theirs]
    back = [max(_ratio(o, w) for w in theirs) for o in ours]
    return 0.0 if min(best + back) < ALIKE else sum(best + back) / len(best + back)


def _ratio(a: str, b: str) -> float:
    return 1.0 if a == b else SequenceMatcher(None, a, b).ratio()


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z]+|\d+", text.casefold()) if w not in FILLERS] or re.findall(
        r"[a-z]+", text.casefold()
    )


def _distinct(grid: Grid, column: int, rows: np.ndarray) -> list:
    cells: dict[str, object] = {}
    for row in rows[:2_000]:
        cell = grid.columns[column].cell(int(row))
        if shown(cell).strip():
            cells.setdefault(shown(cell), cell)
            if len(cells) >= LOOKED_AT:
                break
    return list(cells.values())


def fits(cells: list, f: Field, period: Quarter, every: bool = False) -> bool:
    """Whether cells read as values of a field: nine in ten do. A reference that every row needs differs in each."""
    how = how_of(f, None, period)
    readings = [read_cell(cell, f, how) for cell in cells]
    good = sum(r.severity != "refuse" and (r.severity != "warn" or f.type == "choice") for r in readings)
    if f.type == "choice" and f.allowed.get("others") == "keep":
        good = sum(r.severity == "" for r in readings) * 2
    if f.type in ("identifier", "text") and cells:
        dates = Field("", "", "date", "")
        good = min(good, len(cells) - sum(read_cell(c, dates, how).severity != "refuse" for c in cells))
    return good >= 0.9 * len(cells) and (
        every or not (f.required and f.type == "identifier") or len(cells) >= LOOKED_AT
    )
