"""A sheet's rows against the dictionary: which are data, what each cell says, which rows can be taken and why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from lscb.periods import Quarter

from . import cell_values as values
from .cell_values import MISSING, STATE_NAMES, VALUE, Broken, How, Reading, clean, read_cell, shown
from .dictionary import Field, Mapping, fold
from .grid import Column, Grid, letter, plain_references
from .headings import Match

TOTAL = re.compile(
    r"\s*(?:grand\s+|sub[- ]?|overall\s+|column\s+)?totals?\b.{0,60}|\s*(?:sum|average|mean)\s*:?\s*", re.I | re.S
)
PLAIN_ID = (
    r"^(?:[A-Za-z][A-Za-z_./-]{0,20}[0-9][A-Za-z0-9_./-]{0,40}|[1-9][0-9]{0,14})$"  # never a state, never damaged
)
STATE_TYPE = pd.CategoricalDtype(list(STATE_NAMES))
SEVERITIES = ("", "note", "warn", "refuse")
COLUMNS = ["file", "sheet", "row", "column", "cell", "field", "value", "rule", "todo", "severity"]
TODO = {
    "refuse": "Correct the cell in your system and send the row again; the rejects file holds it.",
    "warn": "Check it. The row is used as it is; send it again if it is wrong.",
    "note": "Nothing, if this is as you meant it.",
}


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
class Where:
    """File and sheet of the rows, for the reports."""

    file: str
    sheet: str

    def problem(
        self, rows, column: int | None, heading: str, name: str, value, rule, severity, todo=""
    ) -> pd.DataFrame:
        rows = np.atleast_1d(rows)
        cell = ""
        if column is not None:
            import pyarrow as pa
            import pyarrow.compute as pc

            numbers = pa.array(rows + 1).cast(pa.string())
            cell = pd.array(pc.binary_join_element_wise(letter(column), numbers, ""), dtype="str")
        made = {
            "file": self.file, "sheet": self.sheet, "row": rows + 1, "column": heading, "cell": cell, "field": name,
            "value": value, "rule": rule, "todo": todo or TODO.get(severity, ""), "severity": severity,
        }  # fmt: skip
        return pd.DataFrame(made, columns=COLUMNS)


def safe(text: str) -> str:
    """Text that no spreadsheet runs: a guard before = + - @ and what hides them."""
    text = "".join(c if c.isprintable() else " " for c in text[:200])
    return "'" + text if re.match(r"\s*[=+\-@＝＋－＠|%]", text) else text


def data_rows(grid: Grid, match: Match, where: Where) -> tuple[np.ndarray, list[pd.DataFrame], list[str]]:
    """Rows (0-based) that are data. Blank rows, totals, notes and repeated headings are not, and are named."""
    start, stop = match.last + 1, grid.rows
    filled = np.zeros(max(stop - start, 0), np.int32)
    blank = [c.blank() for c in grid.columns]
    for column, empty in zip(grid.columns, blank, strict=True):
        filled += ~column.spread(empty)[start:stop]
    rows = np.flatnonzero(filled) + start
    problems, notes = [], []
    if len(rows) and len(rows) < rows[-1] - start + 1:
        empty = np.setdiff1d(np.arange(start, rows[-1]), rows, assume_unique=True)
        notes.append(f"{len(empty):,} blank row{'s' * (len(empty) > 1)} between the data, not counted: {spans(empty)}.")
    out: dict[int, str] = {}
    keys = [match.fields[k] for k in match.of.key if k in match.fields]
    needed = [at for name, at in match.fields.items() if match.of.fields[name].required or at in keys]
    for at, column in enumerate(grid.columns):
        for row in _matching(column, TOTAL, start, stop):
            texts = [(c, cell) for c, cell in enumerate(grid.row(row)) if shown(cell).strip()]
            first = texts[0][0] if texts else at
            others = [k for k in needed if k != at and shown(grid.columns[k].cell(row)).strip()]
            if first == at and not others:  # a row with what every row of data needs is data, whatever its reference
                out[row] = "a total, not a row of data"
    if len(match.fields) > 2:
        alone = np.zeros(stop - start, bool)
        alone[rows[filled[rows - start] == 1] - start] = True
        for at, (column, empty) in enumerate(zip(grid.columns, blank, strict=True)):
            lone = np.flatnonzero(alone & ~column.spread(empty)[start:stop]) + start if alone.any() else ()
            for row in lone:
                text = shown(column.cell(row)).strip()
                if at not in keys or " " in text or not any(ch.isdigit() for ch in text):
                    out.setdefault(int(row), "a note or a heading, not a row of data")
    if match.heads:
        column, text = min(match.heads.items())
        for row in _matching(grid.columns[column], re.compile(re.escape(text.strip()), re.I), start, stop):
            said = {c: fold(shown(x)) for c, x in enumerate(grid.row(row)) if shown(x).strip()}
            if said and said == {c: fold(t) for c, t in match.heads.items()}:
                out[row] = "the headings again, not a row of data"
    if out:
        named = sorted(out.items())
        texts = [safe(next((shown(x) for x in grid.row(row) if shown(x).strip()), "")[:80]) for row, _ in named]
        said = [f"Row {row + 1} is {why}; it is not counted." for row, why in named]
        problems.append(where.problem(np.array([row for row, _ in named]), None, "", "", texts, said, "note"))
    if out:
        rows = rows[~np.isin(rows, np.fromiter(out, int, len(out)))]
    return rows, problems, notes


def _matching(column: Column, pattern: re.Pattern, start: int, stop: int) -> list[int]:
    """Rows whose cell is wholly what a pattern says."""
    if hasattr(column.cells, "type"):
        import pyarrow.compute as pc

        if column.plain is not None and column.plain[start if column.codes is None else 0 :].all():
            return []
        hit = pc.match_substring_regex(column.cells, f"(?is)^(?:{pattern.pattern})$").to_numpy(zero_copy_only=False)
    else:
        n = len(column.cells)
        hit = np.fromiter(
            (type(c) is str and len(c) < 200 and pattern.fullmatch(c.strip()) is not None for c in column.cells),
            bool,
            n,
        )
    if not hit.any():
        return []
    return [int(r) for r in np.flatnonzero(column.spread(hit)) if start <= r < stop]


def spans(rows: np.ndarray, most: int = 8) -> str:
    """Row numbers as Excel shows them: 5, 9-12."""
    breaks = np.flatnonzero(np.diff(rows) > 1)
    starts, ends = np.r_[rows[0], rows[breaks + 1]], np.r_[rows[breaks], rows[-1]]
    said = [f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in zip(starts, ends, strict=True)]
    return ", ".join(said[:most]) + (f" and {len(said) - most} more places" if len(said) > most else "")


def take(grid: Grid, match: Match, mapping: Mapping | None, period: Quarter, places, where: Where) -> Taken:
    """Every row of a matched sheet: taken, or refused with all its problems. Received = taken + refused."""
    rows, problems, notes = data_rows(grid, match, where)
    hidden = np.array(sorted(grid.hidden_rows.intersection(rows.tolist())), int) if grid.hidden_rows else ()
    if len(hidden):
        notes.append(
            f"{len(hidden):,} row{'s' * (len(hidden) > 1)} hidden or filtered "
            f"out in Excel, counted like the others: {spans(hidden)}."
        )
    problems += _about_headings(grid, match, rows, where)
    if match.refused:
        for column, why in match.refused:
            problems.append(
                where.problem(
                    match.last,
                    column,
                    match.heads.get(column, ""),
                    "",
                    "",
                    why,
                    "refuse",
                    "Correct the headings and send the sheet again; none of its rows is used.",
                )
            )
        return Taken(len(rows), pd.DataFrame(), rows, problems, notes)
    if not len(rows):
        notes.append("Only headings, no rows: a nil return, accepted as such.")
    refused = np.zeros(len(rows), bool)
    columns: dict[str, tuple] = {}
    for name, f in match.of.fields.items():
        at = match.fields.get(name)
        read = _column(grid, at, f, mapping, period, rows) if at is not None else None
        columns[name] = read
        if read is not None:
            heading = match.heads[at]
            problems += _named(grid, at, heading, f, read, rows, refused, where)
    _shape(grid, match, rows, refused, problems, where)
    _across_fields(grid, match, columns, rows, refused, problems, period, places, where)
    frame = _frame(match, columns, len(rows))
    frame["_file"], frame["_sheet"] = constant(where.file, len(rows)), constant(where.sheet, len(rows))
    frame["_row"] = rows + 1
    made = Taken(len(rows), frame, rows[refused], problems, notes)
    if refused.any():
        made.good, made.bad_keys = frame[~refused], frame.loc[refused, [*match.of.key, "_row"]]
    return made


def _about_headings(grid: Grid, match: Match, rows: np.ndarray, where: Where) -> list[pd.DataFrame]:
    made = []
    for column, near in sorted(match.unknown.items()):
        hint = f" Did you mean {near}?" if near else ""
        made.append(
            where.problem(
                match.last,
                column,
                match.heads[column],
                "",
                safe(match.heads[column][:80]),
                f"The heading is not in the dictionary; the column is not used.{hint}",
                "warn" if near else "note",
                "If we need this column, give it that heading; if not, leave it out." if near else "",
            )
        )
    optional = [n for n in match.of.fields if n not in match.fields and n not in match.absent]
    if optional and not match.refused:
        made.append(
            where.problem(match.last, None, "", "", "", f"No column for {', '.join(optional)}; read as blank.", "note")
        )
    return made


@dataclass
class Read:
    """A column read: its readings by distinct cell, and which distinct cell stands in each data row."""

    f: Field
    values: object  # typed array by distinct cell
    states: np.ndarray
    severity: np.ndarray
    rules: dict[int, str]
    codes: np.ndarray | None  # of the data rows; None: one cell a row
    cells: object

    def spread(self, array):
        return array if self.codes is None else array[self.codes]

    def typed(self):
        return self.values if self.codes is None else self.values.take(self.codes)

    def texts(self, hit: np.ndarray):
        """What some data rows hold, safe to show: each distinct cell made safe once."""
        codes = hit if self.codes is None else self.codes[hit]
        some, where = np.unique(codes, return_inverse=True)
        said = [safe(shown(c.as_py() if hasattr(c, "as_py") else c)[:80]) for c in (self.cells[int(i)] for i in some)]
        return pd.array(said, dtype="str").take(where)

    def text(self, row: int) -> str:
        at = self.cells[row if self.codes is None else int(self.codes[row])]
        return shown(at.as_py() if hasattr(at, "as_py") else at)


def _column(grid: Grid, at: int, f: Field, mapping: Mapping | None, period: Quarter, rows: np.ndarray) -> Read:
    import pyarrow as pa

    column = grid.columns[at]
    if column.codes is None and f.type not in ("identifier", "text"):
        column = column.narrow()
    cells, codes = column.cells, column.codes
    contiguous = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    plain = None
    if codes is None:
        plain = column.plain[rows] if column.plain is not None else None
        cells = cells.slice(rows[0], len(rows)) if contiguous else cells.take(pa.array(rows))
    elif len(rows):
        codes = codes[rows[0] : rows[-1] + 1] if contiguous else codes[rows]
        used = np.zeros(len(cells), bool)
        used[codes] = True
        if not used.all():
            keep = np.flatnonzero(used)
            renumber = np.zeros(len(cells), np.int32)
            renumber[keep] = np.arange(len(keep), dtype=np.int32)
            cells, codes = (
                ([cells[i] for i in keep] if isinstance(cells, list) else cells.take(pa.array(keep))),
                renumber[codes],
            )
    else:
        cells, codes = [], np.zeros(0, np.int32)
    if (
        grid.displayed
        and f.type not in ("date", "period")
        and isinstance(cells, list)
        and any(type(c) in (float, int) for c in cells)
    ):
        cells, codes = _as_displayed(cells, codes, grid.displayed(at, f.type), rows)
    return _read(cells, codes, f, _how(cells, f, grid, mapping, period), plain)


def _as_displayed(cells: list, codes: np.ndarray, displayed: dict[int, str], rows: np.ndarray):
    """Numbers as their cells show them, where that is something else (leading zeros, a text)."""
    if not displayed:
        return cells, codes
    from .grid import encode

    made = encode(
        [
            displayed.get(int(r), cells[c]) if type(cells[c]) in (float, int) else cells[c]
            for r, c in zip(rows, codes, strict=True)
        ]
    )
    return made.cells, made.codes


def _how(cells, f: Field, grid: Grid, mapping: Mapping | None, period: Quarter) -> How:
    given = dict(last_day=period.last_day, epoch_1904=grid.epoch_1904)
    if mapping:
        words = {}
        for word, ours in mapping.values.get(f.name, {}).items():
            words[word] = ours
            if fold(word):
                words[fold(word)] = ours
        given |= dict(
            dates=mapping.dates,
            decimal_weeks=mapping.decimal_weeks or bool(f.allowed.get("decimal_weeks")),
            words=words,
        )
    else:
        given["decimal_weeks"] = bool(f.allowed.get("decimal_weeks"))
    if f.type == "yes_no" and isinstance(cells, list):
        filled = {c.strip().casefold() for c in cells if isinstance(c, str) and c.strip()}
        others = any(not isinstance(c, str) and c is not None for c in cells)
        given["ticks"] = bool(filled) and not others and filled <= (values.TICKS | {"x", "×"})
    if f.type == "date":
        texts = [c for c in (cells if isinstance(cells, list) else cells.to_pylist()) if isinstance(c, str)]
        day, month = values.orders(texts)
        order = given.get("dates", "day first")
        given["contradicted"] = (month and order == "day first") or (day and order == "month first")
        real = [c for c in cells if isinstance(c, date)] if isinstance(cells, list) else []
        impossible = month if order == "month first" else day
        given["suspect_serials"] = (
            bool(real)
            and impossible
            and all(c.day <= 12 for c in real)
            and not any(re.match(r"\s*(0?[1-9]|1[0-2])[-/.](0?[1-9]|1[0-2])[-/.]", t) for t in texts)
        )
    return How(**given)


def _read(cells, codes, f: Field, how: How, plain: np.ndarray | None = None) -> Read:
    """Each distinct cell read once; plain references and LSOAs of a long column are recognised all at once."""
    n = len(cells)
    states, severity, rules = np.zeros(n, np.int8), np.zeros(n, np.int8), {}
    if f.type in ("identifier", "text") and not how.words and n > 1000:
        plain, whole = (plain, cells) if plain is not None else _plain(cells)
        todo = np.flatnonzero(~plain)
        if not len(todo):
            return Read(f, pd.array(whole, dtype="str"), states, severity, rules, codes, cells)
        found = list(cells) if isinstance(cells, list) else cells.to_pylist()
        given = [(int(i), found[i]) for i in todo]
    else:
        found, given = [None] * n, enumerate(cells if isinstance(cells, list) else cells.to_pylist())
    for i, raw in given:
        said: Reading = read_cell(raw, f, how)
        found[i], states[i] = said.value, said.state
        if said.severity:
            severity[i], rules[i] = SEVERITIES.index(said.severity), said.rule
    return Read(f, typed(found, f), states, severity, rules, codes, cells)


def _plain(cells) -> tuple[np.ndarray, object]:
    """Which cells are surely references as they stand, and the cells as a pyarrow array where all are text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(cells, list):
        if not all(type(c) is str for c in cells):
            return np.array([type(c) is str and re.search(PLAIN_ID, c) is not None for c in cells], bool), cells
        cells = pa.array(cells, pa.string())
    plain = plain_references(cells)
    if plain is None:
        plain = pc.match_substring_regex(cells, PLAIN_ID).to_numpy(zero_copy_only=False)
    return plain, cells


def typed(found: list, f: Field):
    """Values of a field as an array of its type; None is missing."""
    if f.type == "date":
        return pd.array(np.array(found, dtype="datetime64[D]").astype("datetime64[us]"))
    if f.type == "whole_number":
        blank = np.array([v is None for v in found], bool)
        return pd.arrays.IntegerArray(np.array([0 if v is None else int(v) for v in found], np.int64), blank)
    if f.type in ("number", "gestation"):
        return pd.array(np.array([np.nan if v is None else v for v in found], np.float64))
    if f.type == "yes_no":
        return pd.arrays.BooleanArray(
            np.array([bool(v) for v in found], bool), np.array([v is None for v in found], bool)
        )
    return pd.array(found, dtype="str")


def _named(grid, at, heading, f: Field, read: Read, rows, refused, where: Where) -> list[pd.DataFrame]:
    """The problems of a column's cells; marks the rows that are refused."""
    made = []
    if f.required:
        states = read.spread(read.states)
        nothing = (states != VALUE) & (read.spread(read.severity) < 3)
        if nothing.any():
            refused |= nothing
            hit = np.flatnonzero(nothing)
            rule = [
                (
                    f"{f.name} is {'blank' if states[i] == MISSING else STATE_NAMES[states[i]].replace('_', ' ')}, "
                    f"but needed. A blank means: {f.blank_means}. {f.rule}"
                )
                for i in hit
            ]
            made.append(where.problem(rows[hit], at, heading, f.name, read.texts(hit), rule, "refuse"))
    if not read.rules:
        return made
    levels = read.spread(read.severity)
    refused |= levels == 3
    hit = np.flatnonzero(levels)
    distinct = hit if read.codes is None else read.codes[hit]
    texts = {int(i): _safe_value(read.cells[int(i)], read.rules[int(i)]) for i in np.unique(distinct)}
    severity = [SEVERITIES[x] for x in levels[hit]]
    table = where.problem(
        rows[hit], at, heading, f.name, [texts[i] for i in distinct], [read.rules[i] for i in distinct], severity, "-"
    )
    table["todo"] = table["severity"].map(TODO)
    return [*made, table]


def _safe_value(raw, rule: str) -> str:
    raw = raw.as_py() if hasattr(raw, "as_py") else raw
    if rule.startswith("A postcode"):
        return "(a postcode, withheld)"
    if isinstance(raw, Broken):
        return "(no stored value)" if raw.startswith("a formula") else safe(re.sub("^the error ", "", raw)[:80])
    text = shown(raw)
    return safe(text if len(text) <= 80 else text[:80] + " ...")


def _shape(grid: Grid, match: Match, rows, refused, problems, where: Where) -> None:
    """Cells beside the headings: in a CSV a comma too many has shifted the row; in a workbook they are named."""
    width = max(match.heads, default=-1) + 1
    for at, column in enumerate(grid.columns):
        if at in match.heads:
            continue
        filled = ~column.spread(column.blank())[rows] if len(rows) else np.zeros(0, bool)
        if not filled.any():
            continue
        hit = np.flatnonzero(filled)
        if where.sheet == "" and at >= width:
            refused |= filled
            said, severity = (
                "The row has more cells than there are headings: a comma inside a value has shifted it.",
                "refuse",
            )
            problems.append(
                where.problem(
                    rows[hit], at, "", "", [safe(shown(column.cell(int(rows[i])))[:80]) for i in hit], said, severity
                )
            )
        else:
            problems.append(
                where.problem(
                    rows[hit[0]],
                    at,
                    "",
                    "",
                    safe(shown(column.cell(int(rows[hit[0]])))[:80]),
                    (
                        f"{len(hit):,} cell{'s' * (len(hit) > 1)} of column {letter(at)} "
                        "stand under no heading; they are not used."
                    ),
                    "warn",
                )
            )
    if grid.short:
        few = [i for i, r in enumerate(rows) if grid.short.get(int(r), width) < width]
        if few:
            problems.append(
                where.problem(
                    rows[few],
                    None,
                    "",
                    "",
                    "",
                    "The row has fewer cells than there are headings; the missing ones at its end are read as blank.",
                    "warn",
                )
            )


def _across_fields(grid, match: Match, columns, rows, refused, problems, period: Quarter, places, where: Where) -> None:
    """Rules between fields, the period's last day, neighbourhoods outside the area."""

    def say(name, mask, rule, severity):
        if not mask.any():
            return
        at = match.fields[name]
        hit = np.flatnonzero(mask)
        problems.append(where.problem(rows[hit], at, match.heads[at], name, columns[name].texts(hit), rule, severity))
        if severity == "refuse":
            refused[hit] = True

    arrays = {}

    def days(name):
        if name not in arrays:
            read = columns.get(name)
            arrays[name] = None if read is None else np.asarray(read.typed(), "datetime64[D]")
        return arrays[name]

    for name, read in columns.items():
        if read is None or not len(rows):
            continue
        f = read.f
        for rules, severity in ((f.allowed, "refuse"), (f.warn, "warn")):
            if f.type == "date":
                for other, late in ((rules.get("not_after"), True), (rules.get("not_before"), False)):
                    if other and days(other) is not None:
                        mask = days(name) > days(other) if late else days(name) < days(other)
                        say(name, mask, f"{name} lies {'after' if late else 'before'} {other}. {f.rule}", severity)
                if born := rules.get("before_birthday"):
                    if days(born["of"]) is not None:
                        say(
                            name,
                            days(name) >= birthdays(days(born["of"]), born["years"]),
                            f"On this day the child was {born['years']} or older. {f.rule}",
                            severity,
                        )
            elif f.type in ("whole_number", "number"):
                for other, late in ((rules.get("not_after"), True), (rules.get("not_before"), False)):
                    if other and columns.get(other) is not None:
                        mine, its = (
                            pd.array(columns[n].typed(), dtype="Float64").to_numpy(float, na_value=np.nan)
                            for n in (name, other)
                        )
                        say(
                            name,
                            mine > its if late else mine < its,
                            f"{name} is {'more' if late else 'less'} than {other}. {f.rule}",
                            severity,
                        )
        if f.type == "date":
            later = days(name) > np.datetime64(period.last_day)
            if name == match.of.dated_by:
                say(
                    name,
                    later,
                    (
                        f"The date lies after the period's last day ({period.last_day:%d/%m/%Y}): "
                        "set aside, send it with the next quarter's return."
                    ),
                    "refuse",
                )
            elif not f.allowed.get("future"):
                say(
                    name,
                    later,
                    (
                        f"The date lies after the period's last day ({period.last_day:%d/%m/%Y}): "
                        "not used as if it had happened by then. Check it."
                    ),
                    "warn",
                )
        elif f.type == "period" and name == match.of.dated_by:
            cells = [v if isinstance(v, str) else None for v in read.values]
            later = np.array([v is not None and Quarter.parse(v) > period for v in cells], bool)
            say(
                name,
                read.spread(later),
                f"The quarter lies after {period}: set aside, send it with that quarter's return.",
                "refuse",
            )
        elif f.type == "lsoa":
            codes = [v if isinstance(v, str) else "" for v in read.values]
            census = int(f.allowed.get("census", 2011))
            if places:
                other = np.array([places.of_other_census(c, census) for c in codes], bool)
                outside = np.array([bool(c) and not places.inside(c, census) for c in codes], bool) & ~other
                say(
                    name,
                    read.spread(other),
                    (
                        "The code is of the other census and its area was split or "
                        f"merged, so it has no like code of {census}. {f.rule}"
                    ),
                    "refuse",
                )
                say(name, read.spread(outside), "The neighbourhood is not in this area. Check it.", "warn")


def birthdays(born: np.ndarray, years: int) -> np.ndarray:
    """The `years`-th birthday; of those born on 29 February it falls on 1 March in other years."""
    months = born.astype("datetime64[M]")
    inside = (born - months.astype("datetime64[D]")).astype("timedelta64[D]")
    return (months + np.timedelta64(12 * years, "M")).astype("datetime64[D]") + inside


def _frame(match: Match, columns, n: int) -> pd.DataFrame:
    """The rows, typed: a column of values and a column of states for each field of the return."""
    made = {}
    for name, f in match.of.fields.items():
        read = columns[name]
        if read is None:
            made[name] = typed([None], f).take(np.zeros(n, int))
            states = np.full(n, MISSING, np.int8)
        else:
            made[name] = read.typed()
            states = read.spread(read.states)
        made[f"{name}__state"] = pd.Categorical.from_codes(states, dtype=STATE_TYPE)
    return pd.DataFrame(made, copy=False)


def constant(text: str, n: int):
    """One text n times, as a column."""
    import pyarrow as pa

    return pd.array(pa.repeat(pa.scalar(text, pa.large_string()), n), dtype="str")


__all__ = ["Taken", "Where", "clean", "safe", "take"]
