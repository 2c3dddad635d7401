"""A figure of the text beside the table cell of its row and period, printed differently."""

from __future__ import annotations

import re
from fractions import Fraction

from ..printed_numbers import half_up
from ..stated_periods import Period, period
from .figure_descriptions import clause, description, same_digits
from .mentions import Mention
from .passages import Grid, Passages
from .proposal import Part, Proposal, part
from .sentence import Sentence
from .wording import MOVE, PLACE

GENERAL = set(
    "percent percentage share proportion rate figure count table interval note".split()
)  # of a heading that says nothing of its own


def repeats_of_tables(passages: Passages) -> list[Proposal]:
    """A dated figure of the text beside the table cell of its row and period."""
    result = []
    for grid in passages.grids:
        head = grid.rows[0]
        columns = {
            c: at for c in grid.columns[1:] if (at := period(grid.text(head, c))) is not None and at.kind != "malformed"
        }
        first = grid.cells[min(grid.cells)].number
        result += _of_other_rows(passages, grid, first)
        for row in grid.rows[1:]:
            label = grid.text(row, grid.columns[0])
            words = description(label)
            if not words:
                continue
            if not columns:
                result += _undated(passages, grid, row, first)
                continue
            for sentence in passages.sentences:
                if sentence.kind != "cell" and words <= description(sentence.text):
                    result += _beside(grid, row, columns, sentence, words, abs(sentence.paragraph - first) < 40)
    return result


def _undated(passages: Passages, grid: Grid, row: int, first: int) -> list[Proposal]:
    """A percentage of the text beside the one percentage of its row, in a table without periods."""
    result = _slips_of_row(passages, grid, row, first)
    shares = [c for c in grid.columns[1:] if "%" in grid.text(row, c) or "%" in grid.text(grid.rows[0], c)]
    label = grid.text(row, grid.columns[0]).lower().strip()
    if len(shares) != 1 or len(label) < 4 or grid.figure(row, shares[0]) is None:
        return result
    heading = description(grid.text(grid.rows[0], shares[0])) - GENERAL
    about = _about(passages, grid) - description(label)
    for sentence in passages.sentences:
        far = sentence.kind == "cell" or abs(sentence.paragraph - first) > 30
        if (
            far
            or re.search(rf"\b(?:{MOVE}|last year|previous|target)\b", sentence.text.lower())
            or PLACE.search(sentence.text.lower())
            or not heading <= description(sentence.text)
            or (about and not about & description(sentence.text))
        ):
            continue
        for mention in (m for m in sentence.figures if m.sort == "percent" and not m.qualifier):
            named = re.search(rf"\b{re.escape(label)}\b", clause(sentence, mention).lower())
            if named and _differs_share(grid, row, shares[0], sentence, mention):
                result.append(_differing(grid, row, shares[0], sentence, mention))
    return result


def _of_other_rows(passages: Passages, grid: Grid, first: int) -> list[Proposal]:
    """`Table 1 shows that in Q4 there were 110`: a count that the named table has in another row than the one named."""
    caption = re.match(r"(?:table|figure) \w+", passages.text_of(first - 1).lower())
    result: list[Proposal] = []
    for sentence in passages.sentences if caption else ():
        text = sentence.text.lower()
        if (
            sentence.kind == "cell"
            or not re.search(rf"\b{caption[0] if caption else ''}\b", text)
            or sentence.paragraph == first - 1
        ):
            continue
        rows = [
            r
            for r in grid.rows[1:]
            if re.search(rf"\b{re.escape(grid.text(r, grid.columns[0]).lower() or '-')}\b", text)
        ]
        counts = [m for m in sentence.figures if m.sort == "count" and m.value and m.value > 9]
        if len(rows) != 1 or len(counts) != 1:
            continue
        there = [(r, c) for r in grid.rows[1:] for c in grid.columns[1:] if grid.figure(r, c) == counts[0].value]
        if len(there) == 1 and there[0][0] != rows[0] and grid.figure(rows[0], there[0][1]):
            result.append(_differing(grid, rows[0], there[0][1], sentence, counts[0]))
    return result


def _slips_of_row(passages: Passages, grid: Grid, row: int, first: int) -> list[Proposal]:
    """A count of the text whose digits stand in another order in the row that its sentence names: of several, the one
    that it stands with, as in `referrals (604), plans (44)`."""
    words, result = description(grid.text(row, grid.columns[0])), []
    labels = [description(grid.text(r, grid.columns[0])) for r in grid.rows[1:] if r != row]
    cells = [(c, Mention("count", grid.text(row, c), (0, 0), grid.figure(row, c))) for c in grid.columns[1:]]
    for sentence in passages.sentences:
        if sentence.kind == "cell" or abs(sentence.paragraph - first) > 40 or not words <= description(sentence.text):
            continue
        several = any(label and label <= description(sentence.text) for label in labels)
        for mention in (m for m in sentence.figures if m.sort == "count"):
            with_it = f"{sentence.text[: mention.span[0]].rpartition(')')[2]} {clause(sentence, mention)}"
            if several and not words <= description(with_it):
                continue
            slips = [c for c, cell in cells if cell.value and same_digits(mention, cell)]
            if slips and not any(m.value == cell.value for m in sentence.figures for _, cell in cells):
                result.append(_differing(grid, row, slips[0], sentence, mention))
    return result


def _about(passages: Passages, grid: Grid) -> frozenset[str]:
    """What a table is of: the words of its caption (the line above it) and of its headings."""
    first = min(cell.number for cell in grid.cells.values())
    heads = " ".join(grid.text(grid.rows[0], c) for c in grid.columns[1:])
    above = passages.text_of(first - 1)
    caption = above if len(above) < 160 and not above.endswith(".") else ""
    return description(f"{caption} {heads}") - GENERAL


def _differs_share(grid: Grid, row: int, column: int, sentence: Sentence, mention: Mention) -> bool:
    """Whether a cell's percentage is near the text's and not equal to it at the coarser print."""
    cell, value = grid.figure(row, column), mention.value
    if not cell or not value or any(m.value == cell for m in sentence.figures):
        return False
    places = min(len(t.strip(" %").partition(".")[2]) for t in (grid.text(row, column), mention.text))
    return half_up(cell, places) != half_up(value, places) and abs(cell - value) / max(cell, value) <= Fraction(1, 2)


def _beside(
    grid: Grid, row: int, columns: dict, sentence: Sentence, words: frozenset[str], near_by: bool
) -> list[Proposal]:
    """Dated figures of a sentence that differ from the cell of their row and period; far from the table, and of money,
    only those that its row has under another period."""
    others = [description(grid.text(r, grid.columns[0])) for r in grid.rows[1:] if r != row]
    if any(words < o <= description(sentence.text) for o in others):
        return []  # a longer row name fits the sentence better
    result = []
    for mention in sentence.figures:
        at = period(sentence.period_of(mention))
        near = description(f"{clause(sentence, mention)} {sentence.text[: mention.span[0]]}")
        if at is None or mention.sort not in ("count", "percent", "money") or mention.sign or not words & near:
            continue
        of_row = {grid.figure(row, c) for c in columns}
        if not (near_by and mention.sort != "money") and (mention.value not in of_row or (mention.value or 0) < 100):
            continue
        same = [c for c, when in columns.items() if _one_time(when, at)]
        result += [
            _differing(grid, row, c, sentence, mention) for c in same if _differs(grid, row, c, sentence, mention)
        ]
    return result


def _one_time(heading: Period, at: Period) -> bool:
    """Whether a table's heading and a printed period are one: `2022` over figures that the text says are of 31 March 2022."""
    if heading.kind == "calendar" and at.kind == "month":
        return heading.years == at.years and (at.end - 1) // 12 * 12 + 12 == heading.end
    return heading.end == at.end and heading.kind == at.kind


def _differs(grid: Grid, row: int, column: int, sentence: Sentence, mention: Mention) -> bool:
    """Whether a cell and a figure of the text are near each other, not equal, and the cell is not printed besides."""
    cell, value = grid.figure(row, column), mention.value
    if cell is None or not cell or not value or ("%" in grid.text(row, column)) != (mention.sort == "percent"):
        return False
    near = abs(cell - value) / max(abs(cell), abs(value)) <= Fraction(1, 2)
    return cell != value and near and all(m.value != cell for m in sentence.figures)


def _differing(grid: Grid, row: int, column: int, sentence: Sentence, mention: Mention) -> Proposal:
    paragraph = grid.cells[(row, column)]
    span = (0, len(paragraph.text))
    elsewhere = Part("elsewhere", paragraph.text, mention.unit, "", paragraph.number, span, {"name": "the table"})
    parts = [part(sentence, "printed", mention), elsewhere]
    return Proposal("repeat", sentence, parts, source=f"the table in paragraph {paragraph.number}")
