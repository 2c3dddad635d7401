"""A sheet's rows against the dictionary: what each cell says, which rows can be taken and why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lscb.periods import Quarter

from . import postcode_cells
from .cell_reading import MISSING, STATE_NAMES, VALUE, shown
from .column_reading import STATE_TYPE, Read, constant, read_column, typed
from .data_rows import data_rows, matching
from .field_rules import Rows, apply, states
from .grid import Grid, letter
from .headings import Match
from .merged_cells import fill_downwards
from .neighbourhoods import Places
from .other_areas import other_areas
from .partner_mappings import Mapping
from .problems import NO_VALUE, SEVERITIES, TODO, Where, as_sent, safe, spans
from .suggestions import about_headings

MARKED = re.compile(
    r"\W*(?:deleted?|duplicates?|void(?:ed)?|cancelled|withdrawn|(?:entered|created) in error|do not (?:use|count))\b"
    r".{0,60}",
    re.I | re.S,
)
HEADINGS_FIRST = "Correct the headings and send the sheet again; none of its rows is used."
SHIFTED = "The row has more cells than there are headings: a comma inside a value has shifted it."
SHORT = "The row has fewer cells than there are headings; the missing ones at its end are read as blank."


@dataclass
class Taken:
    """What became of one sheet."""

    received: int
    good: pd.DataFrame  # rows that can be taken, typed, with states and provenance
    bad: np.ndarray  # 0-based sheet rows that were refused
    problems: list[pd.DataFrame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bad_keys: pd.DataFrame | None = None  # keys and sheet rows of what was refused


@dataclass(frozen=True)
class Request:
    """For whom and when a sheet is read."""

    period: Quarter
    places: Places
    mapping: Mapping | None = None


def take(grid: Grid, match: Match, request: Request, where: Where) -> Taken:
    """Every row of a matched sheet: taken, or refused with all its problems. Received = taken + refused."""
    found_rows = data_rows(grid, match, where)
    rows, problems, notes = found_rows.rows, found_rows.problems, found_rows.notes
    notes += _hidden(grid, match, rows)
    problems += about_headings(grid, match, rows, where, request.period)
    problems += _marked(grid, match, rows, where)
    problems += other_areas(grid, match, rows, request.places.area, where)
    if match.refused:
        for column, why in match.refused:
            place = (column, match.heads.get(column, ""), "")
            problems.append(where.problem(match.last, place, "", why, "refuse", HEADINGS_FIRST))
        return Taken(len(rows), pd.DataFrame(), rows, problems, notes)
    if not len(rows):
        notes.append("Only headings, no rows: a nil return, accepted as such; if rows were meant, send it again.")
    problems += fill_downwards(grid, match, rows, where)
    columns = {
        name: read_column(grid, match.fields[name], f, request.mapping, request.period, rows)
        if name in match.fields
        else None
        for name, f in match.of.fields.items()
    }
    sheet = Rows(match, rows, columns, where, np.zeros(len(rows), bool), problems)
    for name, read in columns.items():
        if read is not None:
            if read.f.type == "lsoa":
                notes += postcode_cells.place(read, match.heads[match.fields[name]], request.places, request.period)
            _cells(sheet, name, read)
    _shape(grid, sheet)
    _blocked(sheet, found_rows.blocked)
    apply(sheet, request.period, request.places)
    return _result(sheet, notes)


def _result(sheet: Rows, notes: list[str]) -> Taken:
    rows, where = sheet.rows, sheet.where
    frame = _frame(sheet.match, sheet.columns, len(rows))
    frame["_file"], frame["_sheet"] = constant(where.file, len(rows)), constant(where.sheet, len(rows))
    frame["_row"] = rows + 1
    result = Taken(len(rows), frame, rows[sheet.refused], sheet.problems, notes)
    if sheet.refused.any():
        result.good = frame[~sheet.refused]
        result.bad_keys = frame.loc[sheet.refused, [*sheet.match.of.key, "_row"]]
    return result


def _marked(grid: Grid, match: Match, rows: np.ndarray, where: Where) -> list[pd.DataFrame]:
    """Rows that a column of nobody's field calls deleted, a duplicate or the like: they count, and are asked about."""
    problems = []
    for column in match.unknown:
        marked = np.array(matching(grid.columns[column], MARKED, match.last + 1, grid.rows), int)
        marked = marked[np.isin(marked, rows)]
        if len(marked):
            place = (column, match.heads.get(column, ""), "")
            rule = (
                f"Rows are marked here as deleted, a duplicate or the like ({spans(marked)}), in a column that is not "
                "used: they are counted. Take out those that should not be."
            )
            problems.append(where.problem(match.last, place, "", rule, "warn"))
    return problems


def _hidden(grid: Grid, match: Match, rows: np.ndarray) -> list[str]:
    """Notes on rows and columns that Excel does not show and that count."""
    notes = []
    hidden = np.array(sorted(grid.hidden_rows.intersection(rows.tolist())), int) if grid.hidden_rows else np.zeros(0)
    if len(hidden):
        notes.append(
            f"{len(hidden):,} row{'s' * (len(hidden) > 1)} hidden or filtered "
            f"out in Excel, counted like the others: {spans(hidden)}."
        )
    columns = [f'"{match.heads[c]}" ({letter(c)})' for c in sorted(grid.hidden_columns) if c in match.fields.values()]
    if columns:
        notes.append(f"Columns that are hidden in Excel were read like the others: {', '.join(columns)}.")
    return notes


def _cells(sheet: Rows, name: str, read: Read) -> None:
    """The problems of a column's cells; marks the rows that are refused."""
    f, rows, place = read.f, sheet.rows, sheet.place(name)
    levels = read.spread(read.severity)
    if f.required:
        at = read.spread(read.states)
        nothing = (at != VALUE) & (levels < 3)
        if nothing.any():
            sheet.refused |= nothing
            hit = np.flatnonzero(nothing)
            rule = [
                f"{f.name} is {'blank' if at[i] == MISSING else STATE_NAMES[at[i]].replace('_', ' ')}, "
                f"but needed. A blank means: {f.blank_means}. {f.rule}"
                for i in hit
            ]
            sheet.problems.append(sheet.where.problem(rows[hit], place, read.texts(hit), rule, "refuse"))
    if not read.rules:
        return
    needed = sheet.needs(name)
    if needed:
        sheet.refused |= levels == 3
    hit = np.flatnonzero(levels)
    distinct = hit if read.codes is None else read.codes[hit]
    texts = {int(i): as_sent(read.cells[int(i)], read.rules[int(i)]) for i in np.unique(distinct)}
    severity = [SEVERITIES[x] if needed or x != 3 else "warn" for x in levels[hit]]
    values, rules = [texts[int(i)] for i in distinct], [read.rules[int(i)] for i in distinct]
    todo = [TODO[s] if needed or x != 3 else NO_VALUE for s, x in zip(severity, levels[hit], strict=True)]
    sheet.problems.append(sheet.where.problem(rows[hit], place, values, rules, severity, todo))


def _blocked(sheet: Rows, blocked: dict[int, str]) -> None:
    """Rows under a second row of headings: their cells cannot be told apart."""
    if not blocked:
        return
    hit = np.flatnonzero(np.isin(sheet.rows, list(blocked)))
    sheet.refused[hit] = True
    rules = [blocked[int(r)] for r in sheet.rows[hit]]
    sheet.problems.append(sheet.where.problem(sheet.rows[hit], (None, "", ""), "", rules, "refuse"))


def _shape(grid: Grid, sheet: Rows) -> None:
    """Cells beside the headings: in a CSV a comma too many has shifted the row; in a workbook they are named."""
    rows, heads, where = sheet.rows, sheet.match.heads, sheet.where
    width = max(heads, default=-1) + 1
    for at, column in enumerate(grid.columns):
        filled = ~column.spread(column.blank())[rows] if at not in heads and len(rows) else np.zeros(0, bool)
        if not filled.any():
            continue
        hit = np.flatnonzero(filled)
        texts = [safe(shown(column.cell(int(rows[i])))[:80]) for i in hit]
        if where.sheet == "" and at >= width:
            sheet.refused |= filled
            sheet.problems.append(where.problem(rows[hit], (at, "", ""), texts, SHIFTED, "refuse"))
        else:
            rule = f"{len(hit):,} cell{'s' * (len(hit) > 1)} of column {letter(at)} stand under no heading; not used."
            sheet.problems.append(where.problem(rows[hit[0]], (at, "", ""), texts[0], rule, "warn"))
    few = [i for i, r in enumerate(rows) if grid.short.get(int(r), width) < width] if grid.short else []
    if few:
        sheet.problems.append(where.problem(rows[few], (None, "", ""), "", SHORT, "warn"))


def _frame(match: Match, columns: dict[str, Read | None], n: int) -> pd.DataFrame:
    """The rows, typed: a column of values and a column of states for each field of the return."""
    frame = {}
    for name, f in match.of.fields.items():
        read = columns[name]
        at = np.full(n, MISSING, np.int8) if read is None else states(read).astype(np.int8)
        frame[name] = typed([None], f).take(np.zeros(n, int)) if read is None else read.typed()
        frame[f"{name}__state"] = pd.Categorical.from_codes(at, dtype=STATE_TYPE)
    return pd.DataFrame(frame, copy=False)
