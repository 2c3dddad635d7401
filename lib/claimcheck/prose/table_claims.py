"""Claims that tables make: rows that add to their total, shares of it, changes between columns, labels of columns."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations

from ..printed_numbers import half_up, parse
from ..stated_periods import period
from .passages import TOTAL, Grid, Passages
from .proposal import Part, Proposal
from .result_figures import TARGET
from .sentence import Sentence
from .wording import PLACES

YEAR = re.compile(r"^(?:full |whole )?year$", re.IGNORECASE)
OVERLAP = re.compile(
    r"\b(?:of which|of whom|including|sub-?total|more than one|averages?|mean|rates?|per 1\d*|median|aged under|distinct|unique)\b|%",
    re.IGNORECASE,
)
WITHHELD = re.compile(r"^(?:<\s?\d+|\*|c|x|fewer than \w+|less than \w+|under \d+|s|1-5|-)$", re.IGNORECASE)
SHARE = re.compile(r"%|per ?cent|share|proportion", re.IGNORECASE)
WORDS_OF_SHARES = {"share", "percent", "percentage", "of", "rate", "proportion"}
RATE = re.compile(r"rate|time|complet|attend|target", re.IGNORECASE)
OF_OTHERS = re.compile(rf"{PLACES}|{TARGET.pattern}|\brank|forecast|plan(?:ned)?\b|{OVERLAP.pattern}")
QUARTER = re.compile(r"q[1-4]\b|quarter|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
PEOPLE = re.compile(r"child|people|individual|famil|pupil|person|parent|distinct|open|caseload", re.IGNORECASE)
CHANGE = re.compile(r"change|difference|variance|\+/-|increase|decrease|movement", re.IGNORECASE)


def table_claims(passages: Passages) -> list[Proposal]:
    """Every claim that a table makes of its own figures."""
    result: list[Proposal] = []
    for grid in passages.grids:
        result += _column_totals(grid)
        result += _row_totals(grid)
        result += _changes(grid)
        result += _shares(grid)
    return result


def cell_part(grid: Grid, role: str, row: int, column: int, **more) -> Part:
    """The figure of a cell in a role; its unit is the cell's own or that of its column's heading."""
    cell = grid.cells[(row, column)]
    text = cell.text.strip().rstrip("*")
    unit = "%" if "%" in text or "%" in grid.text(grid.rows[0], column) else ("\u00a3" if "\u00a3" in text else "")
    return Part(role, text, unit, more.pop("period", ""), cell.number, (0, len(cell.text)), more)


def _sentence(grid: Grid, row: int, column: int) -> Sentence:
    """A cell as a sentence of its own: what it says with its row's and column's names."""
    cell = grid.cells[(row, column)]
    return Sentence(cell.text, cell.number, 0, "cell")


def _body(grid: Grid, column: int) -> list[int]:
    """Rows of a column with figures or withheld figures, below the headings."""
    return [
        r
        for r in grid.rows[1:]
        if grid.text(r, column) and (grid.figure(r, column) is not None or WITHHELD.match(grid.text(r, column)))
    ]


def _column_totals(grid: Grid) -> list[Proposal]:
    result = []
    labels = {r: grid.text(r, grid.columns[0]).strip() for r in grid.rows[1:]}
    last = [r for r, label in labels.items() if TOTAL.match(label)]
    of_year = not last
    last = last or [r for r, label in labels.items() if YEAR.match(label)]
    if len(last) != 1 or any(OVERLAP.search(grid.text(r, grid.columns[0])) for r in grid.rows):
        return []
    for column in grid.columns[1:]:
        rows = _body(grid, column)
        inside = [r for r in rows if r < last[0]]
        total = last[0] in rows and grid.figure(last[0], column) is not None
        if (
            not total
            or len(inside) < 2
            or OVERLAP.search(grid.text(grid.rows[0], column))
            or CHANGE.search(grid.text(grid.rows[0], column))
        ):
            continue
        full = inside == [r for r in labels if r < last[0] and grid.text(r, column)]
        if not full or any("%" in grid.text(r, column) for r in rows):
            continue
        people = PEOPLE.search(grid.text(grid.rows[0], column)) and all(QUARTER.match(labels[r]) for r in inside)
        if (of_year or people) and not _nearly_adds(grid, inside, last[0], column):
            continue  # people of four quarters are fewer in the year
        result.append(_total(grid, [(r, column) for r in inside], (last[0], column), [labels[r] for r in inside]))
    return [p for p in result if p is not None]


def _nearly_adds(grid: Grid, rows: list[int], last: int, column: int) -> bool:
    """Whether quarters add to their year, or nearly: where they do not, they are means or days of the year."""
    added = sum((grid.figure(r, column) or Fraction(0) for r in rows), Fraction(0))
    return abs(added - (grid.figure(last, column) or Fraction(0))) <= added / 10


def _row_totals(grid: Grid) -> list[Proposal]:
    heads = {c: grid.text(grid.rows[0], c) for c in grid.columns}
    ends = [c for c in grid.columns if TOTAL.match(heads[c].strip())]
    if not ends and _mostly_adds(grid):
        ends = grid.columns[-1:]
    if len(ends) != 1 or ends[0] != grid.columns[-1] or any(OVERLAP.search(h) for h in heads.values()):
        return []
    result = []
    for row in grid.rows[1:]:
        inside = [c for c in grid.columns[1:-1] if grid.text(row, c)]
        if len(inside) < 2 or OVERLAP.search(grid.text(row, grid.columns[0])) or grid.figure(row, ends[0]) is None:
            continue
        if all(
            grid.figure(row, c) is not None or WITHHELD.match(grid.text(row, c)) for c in inside
        ) and "%" not in grid.text(row, ends[0]):
            result.append(_total(grid, [(row, c) for c in inside], (row, ends[0]), [heads[c] for c in inside]))
    return [p for p in result if p is not None]


def _mostly_adds(grid: Grid) -> bool:
    """Whether the last column is the sum of those before it in most rows, three at least: `Q1 ... Q4, Year`."""
    rows = [[grid.figure(r, c) for c in grid.columns[1:]] for r in grid.rows[1:]]
    full = [row for row in rows if len(row) > 2 and all(value is not None for value in row)]
    adds = [row for row in full if sum(v or 0 for v in row[:-1]) == row[-1] and sum(v != 0 for v in row[:-1]) > 1]
    return len(adds) > 2 and 2 * len(adds) > len(full)


def _total(grid: Grid, parts: list[tuple[int, int]], total: tuple[int, int], names: list[str]) -> Proposal | None:
    """Parts and their total; with withheld parts only whether the rest can be what was withheld.

    A table that breaks one total down several times, one after the other, makes no claim that all its rows add.
    """
    figures = [f for p in parts if (f := grid.figure(*p)) is not None]
    of_all, withheld = grid.figure(*total) or Fraction(0), [p for p in parts if grid.figure(*p) is None]
    running = [sum(figures[: i + 1], Fraction(0)) for i in range(len(figures) - 1)]
    if len(withheld) > 2 or (of_all and of_all in running[1:]):
        return None
    shown = [(p, name) for p, name in zip(parts, names, strict=True) if grid.figure(*p) is not None]
    numbers = [cell_part(grid, "part", *p, name=name) for p, name in shown]
    numbers += [Part("part", None, "", "", grid.cells[p].number, (0, 1), {"word": grid.text(*p)}) for p in withheld]
    numbers.append(cell_part(grid, "total", *total))
    fields = {"constraint": "exhaustive"}
    most = [int(m[1]) - 1 for p in withheld if (m := re.match(r"<\s?(\d+)", grid.text(*p)))]
    if withheld and len(most) == len(withheld) and of_all - sum(figures, Fraction(0)) > sum(most):
        fields["withheld"] = f"{of_all - sum(figures, Fraction(0))} of {of_all}"
    return Proposal("parts_total", _sentence(grid, *total), numbers, fields=fields, source="its own table")


def _of_one_measure(grid: Grid, changes: list[int]) -> list[int]:
    """The columns of periods that a change may lie between: none of a target, another place or a rank, nor shares beside counts."""
    heads = {c: grid.text(grid.rows[0], c).lower() for c in grid.columns[1:] if c not in changes}
    dated = [c for c, text in heads.items() if period(text)]
    plain = [c for c in dated if not OF_OTHERS.search(heads[c]) and not _percents(grid, c)]
    alike = {re.sub("[^a-z]", "", heads[c]) for c in dated}
    return plain if len(plain) > 1 else dated if len(alike) == 1 else []


def _changes(grid: Grid) -> list[Proposal]:
    """A column of changes beside exactly two columns of periods; beside others its base is not in the table."""
    head = grid.rows[0]
    changes = [c for c in grid.columns[1:] if CHANGE.search(grid.text(head, c))]
    dated = _of_one_measure(grid, changes)
    result = []
    ends = {at.end for c in dated if (at := period(grid.text(head, c)))}
    for column in changes:
        base = period(grid.text(head, column))
        if (
            (base is not None and base.end not in ends)
            or len(dated) < 2
            or (
                re.search(r"year[- ]on[- ]year|quarter|target|previous", grid.text(head, column), re.IGNORECASE)
                and len(dated) != 2
            )
        ):
            continue
        old, new = sorted(dated[-2:], key=lambda c: (period(grid.text(head, c)) or (0, 0))[1])
        for row in grid.rows[1:]:
            if any(grid.figure(row, c) is None for c in (old, new, column)):
                continue
            percent = "%" in f"{grid.text(row, column)} {grid.text(head, column)}"
            of_percent = "%" in grid.text(row, old)
            shown = cell_part(grid, "printed", row, column)
            shown.unit = "%" if percent else ""
            sign = shown.value or ""
            shown.more["direction"] = "fall" if sign.startswith(("-", "\u2212", "(")) else "rise"
            shown.value = sign.strip("+-\u2212() ")
            if parse(shown.value) and not (parse(shown.value) or (0,))[0]:
                shown.more.pop("direction")
            sides = [
                cell_part(grid, role, row, c, period=grid.text(head, c)) for role, c in (("old", old), ("new", new))
            ]
            kind = "percent_change" if percent else "count_change"
            sure, of = not (percent and of_percent), _sentence(grid, row, column)
            result.append(Proposal(kind, of, [*sides, shown], sure=sure, source="its own table"))
    return result


def _shares(grid: Grid) -> list[Proposal]:
    """Percentages of a table beside the counts that they are worked out from.

    Of the total of the column to their left, or, row by row, of one column by another where most of the rows follow.
    """
    head = grid.rows[0]
    last = grid.totals
    result = []
    for left, right in zip(grid.columns[1:], grid.columns[2:], strict=False):
        heading = grid.text(head, right)
        if not (SHARE.search(heading) or _percents(grid, right)) or CHANGE.search(heading):
            continue
        rows = [r for r in grid.rows[1:] if grid.figure(r, right) is not None]
        pair = _row_shares(grid, rows, right)
        of_total = len(last) == 1 and _counts(grid, left) and SHARE.search(heading) and not RATE.search(heading)
        for row in rows:
            of = (row, pair[1]) if pair else (last[0], left) if of_total and row < last[0] else None
            part = (row, pair[0] if pair else left)
            if of is not None and grid.figure(*of) is not None and grid.figure(*part) is not None:
                shown = cell_part(grid, "printed", row, right)
                shown.unit = "%"
                parts = [cell_part(grid, "numerator", *part), cell_part(grid, "denominator", *of), shown]
                result.append(Proposal("share", _sentence(grid, row, right), parts, source="its own table"))
    return result


def _percents(grid: Grid, column: int) -> bool:
    cells = [grid.text(r, column) for r in grid.rows[1:] if grid.text(r, column)]
    return bool(cells) and all("%" in cell for cell in cells)


def _counts(grid: Grid, column: int) -> bool:
    return not any("%" in grid.text(r, column) for r in grid.rows)


def _row_shares(grid: Grid, rows: list[int], column: int) -> tuple[int, int] | None:
    """Two columns of which the first is the printed share of the second in most rows, two at least that are not 0 or 100."""
    others = [c for c in grid.columns[1:] if c != column and _counts(grid, c)]
    for part, of in permutations(others, 2):
        known = [(grid.figure(r, part), grid.figure(r, of), r) for r in rows]
        full = [(a, b, r) for a, b, r in known if a is not None and b]
        fits = [r for a, b, r in full if _rounds(grid.text(r, column), a * 100 / b)]
        telling = [r for a, b, r in full if r in fits and 0 < a < b]
        heading = set(re.findall(r"[a-z]+", grid.text(grid.rows[0], column).lower())) - WORDS_OF_SHARES
        named = bool(heading) and heading <= set(re.findall(r"[a-z]+", grid.text(grid.rows[0], part).lower()))
        if len(telling) > 1 and 2 * len(fits) >= len(full) + (not named):
            return part, of
    return None


def _rounds(text: str, value: Fraction) -> bool:
    got = parse(text.rstrip("*"))
    return got is not None and half_up(value, got.decimals) == got.value
