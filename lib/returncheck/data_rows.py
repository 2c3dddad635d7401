"""Which rows of a sheet are data: blank rows, totals, notes, examples and headings are not, and each is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .cell_reading import shown
from .dictionary import fold
from .grid import Column, Grid
from .headings import Match
from .problems import Where, safe, spans
from .total_lines import NUMBERS, adds_up, is_total

TOTAL = re.compile(
    r"\s*(?:grand\s+|sub[- ]?|overall\s+|column\s+)?totals?\b.{0,60}"
    r"|\s*(?:sum|average|mean|all|overall|per ?cent)\b.{0,30}|\s*%.{0,30}"
    r"|.{1,60}\b(?:sub[\s-]?)?totals?\s*[:.]?",
    re.I | re.S,
)
EXAMPLE = re.compile(
    r"\W*(?:examples?(?:[\s:_-].{0,60}|\d{0,4})|e\.g\.?(?:\W.{0,60})?|dummy row.{0,40})\W*", re.I | re.S
)
TEST = re.compile(r"\W*tests?(?:[ _-]?(?:row|record|case|data))?[ _-]?\d{0,4}\W*", re.I)  # in place of a reference
HINTS = re.compile(  # how to fill a column in, under its heading
    r"\W*[(\[<].{1,60}[)\]>]\W*|\W*(?:dd?[/. -]mm?m?[/. -]yy(?:yy)?|y(?:es)?/no?|(?:free )?text|number|numeric|date|"
    r"required|mandatory|optional|drop ?down.{0,20})\W*",
    re.I,
)
A_TOTAL, A_NOTE = "a total, not a row of data", "a note or a heading, not a row of data"
HOW_TO = "how to fill the columns in, not a row of data"
AN_EXAMPLE, AGAIN = "an example, not a row of data", "the headings again, not a row of data"
OTHER_ORDER = (
    "Row {0} is a second row of headings, with the columns in another order ({1}): "
    "rows below it are not read. Put that block into a sheet of its own."
)
OTHER_RETURN = (
    "Row {0} is a second row of headings, of another list ({1}): "
    "rows below it are not read. Put that block into a sheet of its own."
)
MOST_ADDED = 2_000  # rows; a longer list is no table of sums
ADDED_UP = "Row {0} adds up the rows above it, but does not say that it is a total; it is counted. Is it a row of data?"


@dataclass
class DataRows:
    """The rows of a sheet, 0-based.

    rows : rows of data
    blocked : those of them that stand under other headings than the first, with the sentence that says so
    """

    rows: np.ndarray
    blocked: dict[int, str] = field(default_factory=dict)
    problems: list[pd.DataFrame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def data_rows(grid: Grid, match: Match, where: Where) -> DataRows:
    """The rows of data of a sheet, and what was left out and why."""
    start, stop = match.last + 1, grid.rows
    filled = np.zeros(max(stop - start, 0), np.int32)
    blank = [c.blank() for c in grid.columns]
    for column, empty in zip(grid.columns, blank, strict=True):
        filled += ~column.spread(empty)[start:stop]
    result = DataRows(np.flatnonzero(filled) + start)
    rows = result.rows
    if len(rows) and len(rows) < rows[-1] - start + 1:
        gaps = np.setdiff1d(np.arange(start, rows[-1]), rows, assume_unique=True)
        text = f"{len(gaps):,} blank row{'s' * (len(gaps) > 1)} between the data, not counted: {spans(gaps)}."
        result.notes.append(text)
    out = _notes(grid, match, blank, rows[filled[rows - start] == 1]) if len(match.fields) > 2 else {}
    out |= _examples(grid, match, start, stop)
    texts = [shown(cell).strip() for cell in grid.row(start)] if start < stop else []
    if sum(map(bool, texts)) > 1 and all(HINTS.fullmatch(text) for text in texts if text):
        out[start] = HOW_TO
    again, result.blocked = _second_headings(grid, match, rows)
    out |= again
    out |= _totals(grid, match, result, out, where)
    if out:
        result.problems.append(_named(grid, out, where))
        result.rows = rows[~np.isin(rows, np.fromiter(out, int, len(out)))]
        result.blocked = {r: why for r, why in result.blocked.items() if r not in out}
    _prepared(grid, match, result)
    return result


def _named(grid: Grid, out: dict[int, str], where: Where) -> pd.DataFrame:
    rows = sorted(out)
    texts = [safe(next((shown(x) for x in grid.row(row) if shown(x).strip()), "")[:80]) for row in rows]
    rules = [f"Row {row + 1} is {out[row]}; it is not counted." for row in rows]
    return where.problem(np.array(rows), (None, "", ""), texts, rules, "note")


def _notes(grid: Grid, match: Match, blank: list[np.ndarray], alone: np.ndarray) -> dict[int, str]:
    """Rows of a single cell that is no reference."""
    out: dict[int, str] = {}
    keys = [match.fields[k] for k in match.of.key if k in match.fields]
    for at, (column, empty) in enumerate(zip(grid.columns, blank, strict=True)):
        for row in alone[~column.spread(empty)[alone]] if len(alone) else ():
            text = shown(column.cell(int(row))).strip()
            if at not in keys or " " in text or not any(ch.isdigit() for ch in text):
                out[int(row)] = A_NOTE
    return out


def _examples(grid: Grid, match: Match, start: int, stop: int) -> dict[int, str]:
    """Rows that a template gives as an example: the word stands in the key, in a reference or beside the fields."""
    keys = set(match.of.key) | {f.name for f in match.of.fields.values() if f.type == "identifier"}
    fields = {at: name for name, at in match.fields.items()}
    rows: list[int] = []
    for at, column in enumerate(grid.columns):
        name = fields.get(at, "")
        if not name or name in keys:
            rows += matching(column, EXAMPLE, start, stop)
        if name in match.of.key and match.of.fields[name].type == "identifier":
            rows += matching(column, TEST, start, stop)  # no system gives the word as a reference
    return dict.fromkeys(rows, AN_EXAMPLE)


def _second_headings(grid: Grid, match: Match, rows: np.ndarray) -> tuple[dict[int, str], dict[int, str]]:
    """Rows that hold the headings once more; and the rows under headings that stand in another order."""
    words = match.of.headings()
    if match.elsewhere:
        words = {word: [""] for word in match.elsewhere} | words
    hits: dict[int, int] = {}
    for column in sorted(grid.columns, key=lambda c: hasattr(c.cells, "type")):
        if hasattr(column.cells, "type") and len(hits) == 0 and any(not hasattr(c.cells, "type") for c in grid.columns):
            break  # a long column of references: no other column holds a heading, so no row can be one of headings
        for row in _heading_cells(column, words, match.last + 1):
            hits[row] = hits.get(row, 0) + 1
    again: dict[int, str] = {}
    blocked: dict[int, str] = {}
    order = ""
    usual = {c: words.get(fold(t), [fold(t)]) for c, t in match.heads.items()}
    for row in sorted(r for r, n in hits.items() if n >= 2):
        texts = {c: fold(shown(x)) for c, x in enumerate(grid.row(row)) if shown(x).strip()}
        foreign = [t for t in texts.values() if t not in match.of.headings()]
        other_return = len(foreign) * 2 > len(texts)
        only_headings = len(texts) >= 3 and all(text in words for text in texts.values())
        if hits[row] * 2 < len(texts) or (other_return and not only_headings):
            continue
        again[row] = AGAIN
        names = {c: words.get(t, [t]) for c, t in texts.items()}
        other = [shown(grid.columns[c].cell(row))[:30] for c in names if usual.get(c) != names[c]]
        what = OTHER_RETURN if other_return else OTHER_ORDER
        order = what.format(row + 1, ", ".join(map(safe, other[:3]))) if other else ""
        below = rows[rows > row]
        blocked |= {int(r): order for r in below} if order else dict.fromkeys(map(int, below), "")
    return again, {row: why for row, why in blocked.items() if why}


def _heading_cells(column: Column, words: dict[str, list[str]], start: int) -> list[int]:
    """Rows from `start` on whose cell is a heading of the return."""
    if hasattr(column.cells, "type"):
        if column.plain is not None and column.plain.all():
            return []
        import pyarrow as pa
        import pyarrow.compute as pc

        folded = pc.replace_substring_regex(pc.utf8_lower(column.cells), r"[\s._/-]+", "")
        hit = pc.is_in(folded, pa.array(list(words), folded.type)).to_numpy(zero_copy_only=False)
    else:
        hit = np.fromiter(
            (type(c) is str and len(c) < 100 and fold(c) in words for c in column.cells), bool, len(column.cells)
        )
    return [int(r) for r in np.flatnonzero(column.spread(hit)) if r >= start] if hit.any() else []


def _totals(grid: Grid, match: Match, result: DataRows, out: dict[int, str], where: Where) -> dict[int, str]:
    """Lines that add up the lines above. One that only begins like one, and does not add up, is asked about."""
    start, stop = match.last + 1, grid.rows
    candidates = sorted({(r, at) for at, c in enumerate(grid.columns) for r in matching(c, TOTAL, start, stop)})
    data = [int(r) for r in result.rows if int(r) not in out] if candidates or len(result.rows) <= MOST_ADDED else []
    totals = dict.fromkeys(_bare_sums(grid, match, data), A_TOTAL)
    data = [row for row in data if row not in totals]
    sums = _sums(grid, match, data)
    for row, at in candidates:
        if row in out or row in totals:
            continue
        above = [r for r in data if r < row and r not in totals and r not in sums]
        sure = is_total(grid, match, row, at, above, sorted(totals))
        if sure:
            totals[row] = A_TOTAL
        elif sure is None:
            text = safe(shown(grid.columns[at].cell(row))[:80])
            rule = (
                f"Row {row + 1} begins like a total, but does not add up the rows above it; "
                "it is counted. Is it a row of data?"
            )
            result.problems.append(where.problem(row, (at, match.heads.get(at, ""), ""), text, rule, "warn"))
    for row in sums:
        if row not in totals:
            rule = ADDED_UP.format(row + 1)
            result.problems.append(where.problem(row, (None, "", ""), "", rule, "warn"))
    return totals


def _bare_sums(grid: Grid, match: Match, data: list[int]) -> list[int]:
    """Rows of nothing but two numbers or more that add up those above them, without what identifies or dates a row."""
    fields = {at: match.of.fields[name] for name, at in match.fields.items()}
    others = [at for at, f in fields.items() if f.type not in NUMBERS]
    if not others or not any(fields[at].required for at in others):
        return []
    empty = np.ones(grid.rows, bool)
    for at in others:
        empty &= grid.columns[at].spread(grid.columns[at].blank())[: grid.rows]
    bare = [row for row in data if empty[row]]
    return [row for row in bare if adds_up(grid, match, row, [r for r in data if r < row and r not in bare], [], 2)]


def _sums(grid: Grid, match: Match, data: list[int]) -> list[int]:
    """Rows that add up those above them by arithmetic alone: two or more since the last such row, or all of them.

    Lists of cases, with a reference in each row, have small numbers that add up by chance. So has a single column of
    numbers: there only the last row is looked at.
    """
    numbers = sum(match.of.fields[name].type in NUMBERS for name in match.fields)
    if len(data) < 3 or len(data) > MOST_ADDED or any(f.type == "identifier" for f in match.of.fields.values()):
        return []
    sums: list[int] = []
    run: list[int] = []
    for row in data:
        own = [r for r in data if r < row and r not in sums]
        looked = len(run) > 1 and (numbers > 1 or row == data[-1])
        if looked and (adds_up(grid, match, row, run, []) or (row == data[-1] and adds_up(grid, match, row, own, []))):
            sums.append(row)
            run = []
        else:
            run.append(row)
    return sums


def _prepared(grid: Grid, match: Match, result: DataRows) -> None:
    """Rows at the end that were filled down in advance: alike but for their number, without what every row needs."""
    rows = result.rows
    keys = {match.fields[k] for k in match.of.key if k in match.fields}
    needed = [at for n, at in match.fields.items() if match.of.fields[n].required and at not in keys]
    if len(rows) < 3 or not needed:
        return
    empty = np.ones(len(rows), bool)
    for at in needed:
        empty &= grid.columns[at].spread(grid.columns[at].blank())[rows]
    first = len(rows) - int(np.argmin(empty[::-1])) if not empty.all() else 0
    if len(rows) - first < 3:
        return
    texts = {tuple(shown(c.cell(int(r))) for at, c in enumerate(grid.columns) if at not in keys) for r in rows[first:]}
    if len(texts) == 1:
        result.notes.append(
            f"{len(rows) - first:,} rows at the end were filled down in advance and "
            f"hold nothing of their own, not counted: {spans(rows[first:])}."
        )
        result.rows = rows[:first]


def matching(column: Column, pattern: re.Pattern[str], start: int, stop: int) -> list[int]:
    """Rows whose cell is wholly what a pattern says."""
    if hasattr(column.cells, "type"):
        import pyarrow.compute as pc

        if column.plain is not None and column.plain[start if column.codes is None else 0 :].all():
            return []
        hit = pc.match_substring_regex(column.cells, f"(?is)^(?:{pattern.pattern})$").to_numpy(zero_copy_only=False)
    else:
        hit = np.fromiter(
            (
                type(c) is str and len(c) < 200 and pattern.fullmatch(c.strip()) is not None
                for c in column.cells
            ),
            bool,
            len(column.cells),
        )  # fmt: skip
    if not hit.any():
        return []
    return [int(r) for r in np.flatnonzero(column.spread(hit)) if start <= r < stop]
