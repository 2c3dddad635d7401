"""One file of a partner: opened, each sheet matched with a return, its rows taken, everything else named."""

from __future__ import annotations

import re
from collections.abc import Mapping as Names
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from lscb.periods import Quarter

from . import headings, partner_mappings
from .cell_reading import shown
from .dictionary import Return
from .file_limits import Unreadable
from .grid import Grid, Opened
from .isolated_opening import FAULT, open_isolated
from .matrix_sheets import on_its_side
from .neighbourhoods import Places
from .partner_mappings import Mapping
from .problems import Where, of_file, safe
from .sheet_rows import Request, Taken, take
from .statements import Statements, statements

QUALITY = "file sheet return received accepted accepted_with_warning refused sha256 note".split()
ARTICLE = {"xls": "an", "xlsx": "an", "ods": "an", "HTML": "an", "CSV": "a"}
NOT_DATA = {"example", "examples", "template", "instructions", "guidance", "notes", "readme", "read me", "lists",
            "lookups", "codes", "code lists", "how to", "about", "cover"}  # fmt: skip
SET_ASIDE = re.compile(
    r"\b(?:do not use|don't use|superseded|obsolete|old (?:version|data|copy|sheet|return)s?)\b"
    r"|^\W*(?:old|archived?)\W*$",
    re.I,
)


@dataclass
class Sheet:
    """One matched sheet on its way: what was taken, and where its refused rows can be fetched from."""

    where: Where
    grid: Grid
    match: headings.Match
    taken: Taken
    sha: str
    kept: np.ndarray = field(default_factory=lambda: np.zeros(0, int))  # rows, as Excel counts, that are accepted
    states: Statements = field(default_factory=Statements)
    note: str = ""  # what is to be said of it first
    missing: int = 0  # refused rows that a figure made from the others lacks
    copies: int = 0  # rows that stand in another file or sheet as well, which is counted


@dataclass(frozen=True)
class Reader:
    """What every file of a folder is read with."""

    returns: dict[str, Return]
    mappings: dict[str, Mapping]
    period: Quarter
    places: Places
    area: str = ""
    covers_from: date | None = None


@dataclass
class FileResult:
    """What became of one file.

    sheets : the matched ones
    problems : tables of problems, notes and warnings
    lines : quality lines of what matches no return
    unknown : by return, heading -> the field it may be; under "" the headings of a sheet that matches none
    """

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[pd.DataFrame] = field(default_factory=list)
    lines: list[dict] = field(default_factory=list)
    unknown: dict[str, dict[str, str]] = field(default_factory=dict)


def quality_line(where: Where, name: str, counts: tuple[int, int, int], sha: str, note: str) -> dict:
    """A line of the quality table. `counts`: received, accepted, accepted with a warning."""
    received, accepted, warned = counts
    cells = (where.file, where.sheet, name, received, accepted, warned, received - accepted, sha, note)
    return dict(zip(QUALITY, cells, strict=True))


def unusable(label: str, rule: str, sha: str = "", note: str = "") -> FileResult:
    """A file of which nothing can be used, with its sentence."""
    line = quality_line(Where(label, ""), "", (0, 0, 0), sha, note or rule)
    return FileResult(problems=[of_file(label, "", rule)], lines=[line])


def read_file(path: Path, name: str, data: bytes | None, sha: str, reader: Reader) -> FileResult:
    """A file (its name relative to the folder) against the dictionary. Never raises for what a file holds."""
    label = safe(name)
    try:
        count = headings.counter(reader.returns, reader.mappings.values())
        opened = open_isolated(path, count, data)
    except Unreadable as error:
        return unusable(label, str(error), sha)
    except OSError as error:
        return unusable(label, f"The file cannot be read ({error.strerror or 'no permission'}).", sha)
    notes = [*opened.notes, *_other_kind(path, opened)]
    result = FileResult(problems=[of_file(label, "", text, "note") for text in notes])
    mapping = partner_mappings.of_file(name, reader.mappings)
    states = statements(opened.grids, reader.period)
    states.first_day(mapping.covers_from if mapping else None, reader.covers_from)
    result.problems += [of_file(label, "", text, "warn") for text in states.problems]
    unmatched = []
    for grid in opened.grids:
        where = Where(label, safe(grid.name))
        if grid.hidden:
            text = f"The sheet {where.sheet!r} is hidden in Excel; it is not counted."
            lists = where.sheet.strip().casefold() in NOT_DATA
            result.problems.append(of_file(label, where.sheet, text, "note" if lists else "warn"))
        elif not _sheet(grid, where, name, mapping, (sha, reader, result)) and _filled(grid):
            unmatched += [] if grid.name in states.sheets else [(where, grid)]
    for sheet in result.sheets:
        sheet.states = states
    _unmatched(unmatched, sha, reader.returns, result)
    if not result.sheets and not unmatched and not result.lines:
        hidden = any(g.hidden for g in opened.grids)
        text = "The file has no sheet that is not hidden." if hidden else "The file has no filled cells."
        result.problems.append(of_file(label, "", text))
        result.lines.append(quality_line(Where(label, ""), "", (0, 0, 0), sha, text))
    return result


def _other_kind(path: Path, opened: Opened) -> list[str]:
    """A note where a file's name says that it is something else than it is."""
    ending, kind = path.suffix.lower().lstrip("."), opened.kind
    usual = {"xlsx": ("xlsx", "xlsm"), "HTML": ("html", "htm"), "CSV": ("csv", "txt", "tsv", "")}.get(kind, (kind,))
    if ending in usual:
        return []
    return [f"Its name ends in .{ending}, but it is {ARTICLE.get(kind, 'a')} {kind} file; read as what it is."]


def _filled(grid: Grid) -> bool:
    return bool(grid.rows) and any(not c.blank().all() for c in grid.columns)


def by_name_no_data(sheet: str) -> bool:
    """Whether a sheet says by its name that its rows are none to count: guidance, or set aside."""
    return sheet.strip().casefold() in NOT_DATA or SET_ASIDE.search(sheet) is not None


def _sheet(grid: Grid, where: Where, name: str, mapping: Mapping | None,
           rest: tuple[str, Reader, FileResult]) -> bool:  # fmt: skip
    """Reads one sheet into the result. Returns whether it is dealt with: matched, or named as no sheet of data."""
    sha, reader, result = rest
    try:
        match = headings.match(grid, reader.returns, mapping, f"{name} {grid.name}")
        if match is None:
            return False
        if by_name_no_data(where.sheet):
            text = (
                f"The sheet {where.sheet!r} is by its name no data; it is not counted. Give it another name if it is."
            )
            result.problems.append(of_file(where.file, where.sheet, text, "warn"))
            return True
        if match.of.derives == "nothing":
            text = f"Recognised as {match.of.grain}: nothing of it is needed, so it is left."
            result.problems.append(of_file(where.file, where.sheet, text, "note"))
            result.lines.append(quality_line(where, "", (0, 0, 0), sha, f"{match.of.grain}: not needed, left"))
            return True
        taken = take(grid, match, Request(reader.period, reader.places, mapping), where)
    except Exception:  # noqa: BLE001  (whatever a file holds, it stops no other)
        result.problems.append(of_file(where.file, where.sheet, FAULT))
        result.lines.append(quality_line(where, "", (0, 0, 0), sha, FAULT))
        return True
    result.sheets.append(Sheet(where, grid, match, taken, sha))
    result.problems += taken.problems
    result.problems += [of_file(where.file, where.sheet, text, "note") for text in taken.notes]
    if match.unknown or match.refused:
        result.unknown[match.of.name] = {match.heads[c]: f for c, f in match.unknown.items()}
    return True


def _unmatched(sheets: list[tuple[Where, Grid]], sha: str, returns: Names[str, Return], result: FileResult) -> None:
    """Sheets without the headings of a return: named, with what their first row holds."""
    formats = ", and the lists of Annex A, the CIN census and SSDA903" if "annex_a_contacts" in returns else ""
    for where, grid in sheets:
        texts = [shown(x)[:30] for x in (grid.row(0) if grid.rows else []) if shown(x).strip()]
        some = ", ".join(map(safe, texts[:6])) or "blank"
        text = on_its_side(grid, returns) or (
            f"It matches no return: no headings of one were found (first row: {some}). "
            f"Known returns: {', '.join(n for n, one in returns.items() if not one.derives)}{formats}."
        )
        if result.sheets:
            result.problems.append(of_file(where.file, where.sheet, f"This sheet was not read. {text}", "warn"))
            continue
        result.problems.append(of_file(where.file, where.sheet, text))
        result.lines.append(quality_line(where, "", (0, 0, 0), sha, "matches no return of the dictionary"))
        result.unknown.setdefault("", {}).update(dict.fromkeys(texts[:40], ""))
