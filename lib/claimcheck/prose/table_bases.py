"""The sides that a sentence leaves out and a table above it has: the row or column that it names, by the years that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..answers import UNKNOWN, WRONG
from ..printed_numbers import parse
from ..stated_periods import period
from .figure_descriptions import description
from .mentions import Mention
from .passages import Grid, Passages
from .proposal import Proposal, part
from .sentence import Sentence
from .table_claims import CHANGE, RATE, SHARE, cell_part

REACH = 25  # paragraphs, cells counted, below a table's last
OF_TOTAL = re.compile(r"\bof (?:the|this|our|its) (?:overall |grand )?total(?=[.,;)]|$)")
CHANGES = ("percent_change", "count_change", "direction", "point_difference")
GENERAL = description("number total children all rate figure count")
TELLING = description(
    "since then have has had been there made sent came risen rose rise rises fell fallen fall increased increase decreased "
    "decrease reduced reduction grew grown growth went down compared comparison between from last previous over during "
    "period overall number total slight slightly further sharply again"
)
Place = tuple[int, int]


class Series(NamedTuple):
    """A row or column of a table: the words that name it, its cells from the earliest to the latest, and its table."""

    words: frozenset[str]
    cells: list[tuple[int, Place]]
    grid: Grid


def with_table(passages: Passages, proposal: Proposal, series: list[Series]) -> Proposal:
    """A change without its sides, or a share without its whole, with those of the one row or column above that it names.

    What the table's figures do not give accuses only where a slip of a known kind gives the print.
    """
    if proposal.judged.verdict != UNKNOWN or proposal.fields or proposal.sentence.kind == "cell":
        return proposal
    if proposal.kind in CHANGES and not any(p.role == "old" and p.value is not None for p in proposal.parts):
        one = _named(passages, proposal.sentence, series)
        tried = _change(proposal, one) if one else None
        if one and tried:
            accused = tried.judged.verdict == WRONG and _of_nothing_else(passages, proposal.sentence, one)
            return tried if tried.follows or accused else proposal
    if proposal.kind == "share" and [p.role for p in proposal.parts] == ["numerator", "printed"]:
        return _of_total(passages, proposal)
    return proposal


def all_series(passages: Passages) -> list[Series]:
    """Every row of a table with years over its columns, and every column of one with years before its rows."""
    return [series for grid in passages.grids for series in _of_grid(grid)]


def _of_grid(grid: Grid) -> Iterator[Series]:
    head, first = grid.rows[0], grid.columns[0]
    heads = {c: grid.text(head, c) for c in grid.columns[1:]}
    plain = {c: text for c, text in heads.items() if not CHANGE.search(text) and not SHARE.search(text)}
    across = {c: at.end for c, text in plain.items() if (at := period(text)) and at.kind != "malformed"}
    down = {r: at.end for r in grid.rows[1:] if (at := period(grid.text(r, first))) and at.kind != "malformed"}
    if len(across) > 1:
        for row in grid.rows[1:]:
            cells = [(end, (row, c)) for c, end in across.items() if grid.figure(row, c) is not None]
            yield Series(description(grid.text(row, first)) - GENERAL, sorted(cells), grid)
    elif len(down) > 1:
        for column in grid.columns[1:]:
            cells = [(end, (r, column)) for r, end in down.items() if grid.figure(r, column) is not None]
            yield Series(description(grid.text(head, column)) - GENERAL, sorted(cells), grid)


def _above(passages: Passages, sentence: Sentence, grid: Grid) -> bool:
    """Whether a table stands above a sentence under the same heading."""
    last = max(cell.number for cell in grid.cells.values())
    of_table = passages.by_paragraph.get(last, [])[-1:]
    return 0 < sentence.paragraph - last <= REACH and all(cell.section == sentence.section for cell in of_table)


def _of_nothing_else(passages: Passages, sentence: Sentence, series: Series) -> bool:
    """Whether a dated sentence has no words but those of its row, of the table and of how a change is told.

    `Referrals from schools rose by 4.8% in 2023/24` beside a row of all referrals is of another measure.
    """
    dated = any(m.sort == "period" for m in sentence.mentions)
    return dated and description(sentence.text) - series.words <= TELLING | _about(passages, series.grid)


def _about(passages: Passages, grid: Grid) -> frozenset[str]:
    """The words of a table's caption, the line above it, and of its headings."""
    first = min(cell.number for cell in grid.cells.values())
    return description(" ".join([passages.text_of(first - 1), *(grid.text(grid.rows[0], c) for c in grid.columns)]))


def _named(passages: Passages, sentence: Sentence, series: list[Series]) -> Series | None:
    """The one series above a sentence that it names with the most words; none where two are named alike."""
    words = description(sentence.text)
    named = [
        s for s in series if s.words and s.words <= words and len(s.cells) > 1 and _above(passages, sentence, s.grid)
    ]
    most = max((len(s.words) for s in named), default=0)
    best = [s for s in named if len(s.words) == most]
    return best[0] if len(best) == 1 else None


def _change(proposal: Proposal, series: Series) -> Proposal | None:
    """The change between the years that the sentence says; between the last two where it says none."""
    years_said = {at.end for m in proposal.sentence.mentions if m.sort == "period" and (at := period(m.text))}
    ends = [end for end, _ in series.cells]
    years = sorted(years_said & set(ends)) or _calendar(years_said, ends)
    if years_said and not years:
        return None
    last = len(ends) - 1
    old, new = (ends.index(years[0]), ends.index(years[-1])) if len(years) > 1 else (last - 1, last)
    if len(years) == 1 and ends.index(years[0]) < last:
        old = ends.index(years[0])
    sides = [cell_part(series.grid, role, *series.cells[i][1]) for role, i in (("old", old), ("new", new))]
    own = next((p for p in proposal.parts if p.role == "new" and p.value is not None), None)
    if own is not None and own.value != sides[1].value:
        return None
    return replace(proposal, parts=[*sides, *(p for p in proposal.parts if p.role == "printed")], elsewhere=True)


def _calendar(years_said: set[int], ends: list[int]) -> list[int]:
    """`2023` over a column, or in the text, beside a March or December of it."""
    return (
        sorted(end for end in ends if any(end // 12 == other // 12 or abs(end - other) < 12 for other in years_said))
        if len(years_said) > 1
        else []
    )


def _of_total(passages: Passages, proposal: Proposal) -> Proposal:
    """`Health made 1,134 referrals or 18% of the total`: the total of the column in which the named row has the figure."""
    sentence, (of, shown) = proposal.sentence, proposal.parts
    words, got = description(sentence.text), parse(of.value or "")
    if got is None:
        return proposal
    for grid in (g for g in passages.grids if _above(passages, sentence, g)):
        last = grid.totals
        for row, column in grid.cells if len(last) == 1 else ():
            label = description(grid.text(row, grid.columns[0])) - GENERAL
            if (
                row != last[0]
                and grid.figure(row, column) == got.value
                and label
                and label <= words
                and grid.figure(last[0], column)
            ):
                parts = [of, cell_part(grid, "denominator", last[0], column), shown]
                plain = OF_TOTAL.search(sentence.text.lower()) and words - label <= TELLING | _about(passages, grid)
                return replace(proposal, parts=parts, elsewhere=not plain)
    return proposal


def shares_of_tables(passages: Passages, sentences: list[Sentence]) -> list[Proposal]:
    """`51% of plans were for neglect`: the one percentage of a sentence that is a named row's share of its table's total."""
    result = []
    for sentence in sentences:
        shares = [m for m in sentence.figures if m.sort == "percent" and not m.sign]
        if len(shares) != 1 or len(sentence.figures) > 2:
            continue
        for grid in (g for g in passages.grids if _above(passages, sentence, g)):
            result += [p for p in _shares(grid, sentence, shares[0]) if p.follows][:1]
    return result


def _shares(grid: Grid, sentence: Sentence, mention: Mention) -> Iterator[Proposal]:
    first, words = grid.columns[0], description(sentence.text)
    last = grid.totals
    for row in grid.rows[1:] if len(last) == 1 else ():
        label = description(grid.text(row, first)) - GENERAL
        for column in reversed(grid.columns[1:]) if label and label <= words and row not in last else ():
            heading = grid.text(grid.rows[0], column)
            if CHANGE.search(heading) or RATE.search(heading) or "%" in grid.text(row, column):
                continue
            if grid.figure(row, column) is None or grid.figure(last[0], column) is None:
                continue
            sides = [cell_part(grid, "numerator", row, column), cell_part(grid, "denominator", last[0], column)]
            yield Proposal("share", sentence, [*sides, part(sentence, "printed", mention, period="")], elsewhere=True)
