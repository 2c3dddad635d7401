"""One figure printed twice and differently: in two sentences, or in the text and a table of the same draft."""

from __future__ import annotations

import re
from fractions import Fraction

from ..printed_numbers import half_up
from ..stated_periods import Period, period
from .figure_descriptions import NEAR, clause, description, is_slip, moves, proper_names, same_digits
from .mentions import Mention
from .passages import Passages
from .proposal import Part, Proposal, part
from .sentence import Sentence
from .table_claims import Grid, grids
from .wording import MOVE, PLACE

GENERAL = {
    "percent",
    "percentage",
    "share",
    "proportion",
    "rate",
    "figure",
    "count",
    "table",
    "interval",
    "note",
}  # of a heading that says nothing of its own


def repeats(passages: Passages) -> list[Proposal]:
    """Figures of one description and one period with two values."""
    return [*_in_text(passages), *_of_one_whole(passages), *_against_tables(passages)]


PART_OF_WHOLE = re.compile(r"<(?P<part>n\d+)>(?: \([^()]*\))?(?:,? or <p\d+>,?)? (?:out )?of (?:the |our |all |these |those )*<(?P<all>n\d+)>")
TOLD = set("recorded identified noted found reported seen summary overall total end said".split())  # how it is told, not what


def _of_one_whole(passages: Passages) -> list[Proposal]:
    """`358 of the 512 are with foster carers` and, pages on, `345 of the 512 … with foster carers`: one part of one whole, twice."""
    parts: list[tuple[Sentence, Mention, Mention, frozenset[str]]] = []
    result = []
    for sentence in (s for s in passages.sentences if s.kind != "cell"):
        for match in PART_OF_WHOLE.finditer(sentence.template):
            one, whole = sentence.of(match["part"]), sentence.of(match["all"])
            words = description(re.sub(r"<\w+>", " ", sentence.template)) - {w.rstrip("s") for w in TOLD}
            for other, there, of, before in parts:
                far = other is not sentence and of.value == whole.value != None and one.value != there.value  # noqa: E711
                if far and _one_part(sentence, one, words, other, there, before):
                    result.append(_repeat(sentence, one, other, there))
                    break
            parts.append((sentence, one, whole, words))
    return result


def _one_part(sentence: Sentence, one: Mention, words, other: Sentence, there: Mention, before) -> bool:
    """Whether two parts of one whole are said to be of the same thing and time, and are near."""
    shared = len(words & before) / min(len(words), len(before)) if words and before else 0
    near = abs((one.value or 0) - (there.value or 0)) <= max(one.value or 0, there.value or 0) / 3
    times = [period(s.period_of(m)) for s, m in ((sentence, one), (other, there))]
    alike = {bool(re.search(r"\b(?:not|no|without|never)\b", s.text.lower())) for s in (sentence, other)}
    return bool(
        near and len(words & before) > 1 and shared >= 0.6 and len(alike) == 1 and not moves(sentence) and not moves(other)
        and (times[0] is None or times[1] is None or times[0].end == times[1].end)
        and not (proper_names(sentence.text) ^ proper_names(other.text))
    )  # fmt: skip


def _after(sentence: Sentence, mention: Mention) -> frozenset[str]:
    """What a percentage is said of: the words after it, up to the next mark."""
    return description(re.split(r"[,;:()]|\d|\b(?:and|while|which|compared)\b", sentence.text[mention.span[1] :])[0])


def _common_words(text: str) -> frozenset[str]:
    """The description of a clause without its proper names, which are compared by themselves."""
    return description(" ".join(w for w in text.split() if w.strip(".,") not in proper_names(text)))


def _in_text(passages: Passages) -> list[Proposal]:
    described: list[tuple[Sentence, Mention, frozenset[str], float]] = []
    seen: set[tuple] = set()
    result = []
    for sentence in (s for s in passages.sentences if s.kind != "cell"):
        for mention in (m for m in sentence.figures if _is_telling(m)):
            percent, value = mention.sort == "percent", float(mention.value or 0)
            words = _after(sentence, mention) if percent else _common_words(clause(sentence, mention))
            if (key := (mention.sort, value, words, sentence.period_of(mention))) in seen:
                continue
            for other, there, before, near in described:
                if mention.sort != there.sort or not 0 < abs(value - near) <= max(value, near) / 4:
                    continue
                far = other.paragraph != sentence.paragraph and not moves(sentence) and not moves(other)
                if (far and _one_figure(sentence, mention, words, other, there, before)) or (
                    other is not sentence and is_slip(passages, sentence, mention, other, there)
                ):
                    result.append(_repeat(sentence, mention, other, there))
                    break
            seen.add(key)
            described.append((sentence, mention, words, value))
    return result


def _is_telling(mention: Mention) -> bool:
    """Whether a figure is large enough that two prints of it can be told from two figures."""
    if mention.sort not in ("count", "percent", "money", "rate") or not mention.value or mention.sign:
        return False
    return mention.sort != "count" or mention.value >= 100


def _one_figure(sentence: Sentence, mention: Mention, words, other: Sentence, there: Mention, before) -> bool:
    """Whether two figures are described alike, of one period and place, and are near but not equal."""
    if (
        min(len(words), len(before)) < 2
        or mention.sort != there.sort
        or mention.value == there.value
        or not mention.value
        or not there.value
    ):
        return False
    if abs(mention.value - there.value) / max(abs(mention.value), abs(there.value)) > NEAR:
        return False
    shared = len(words & before) / len(words | before)
    large = mention.value >= 1000 and mention.sort == "count"
    if shared < (0.8 if large else 0.99) or (len(words & before) < (2 if large else 3)):
        return False
    names = [proper_names(clause(s, m)) for s, m in ((sentence, mention), (other, there))]
    if names[0] and names[1] and not names[0] & names[1]:
        return False
    times = [period(s.period_of(m)) for s, m in ((sentence, mention), (other, there))]
    dated = [{m.text for m in s.mentions if m.sort == "period"} for s in (sentence, other)]
    if (times[0] is None) != (times[1] is None) or (times[0] and times[1] and times[0].end != times[1].end):
        return False
    places = [set(PLACE.findall(s.text.lower())) for s in (sentence, other)]
    return dated[0] == dated[1] and places[0] == places[1]


def _repeat(sentence: Sentence, mention: Mention, other: Sentence, there: Mention) -> Proposal:
    elsewhere = part(other, "elsewhere", there)
    elsewhere.more["name"] = f"paragraph {other.paragraph}"
    return Proposal(
        "repeat", sentence, [part(sentence, "printed", mention), elsewhere], source=f"paragraph {other.paragraph}"
    )


def _against_tables(passages: Passages) -> list[Proposal]:
    """A dated figure of the text beside the table cell of its row and period."""
    result = []
    for grid in grids(passages):
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
                if (
                    sentence.kind != "cell"
                    and abs(sentence.paragraph - first) < 40
                    and words <= description(sentence.text)
                ):
                    result += _beside(grid, row, columns, sentence, words)
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


def _beside(grid: Grid, row: int, columns: dict, sentence: Sentence, words: frozenset[str]) -> list[Proposal]:
    """Dated figures of a sentence that differ from the cell of their row and period."""
    others = [description(grid.text(r, grid.columns[0])) for r in grid.rows[1:] if r != row]
    if any(words < o <= description(sentence.text) for o in others):
        return []  # a longer row name fits the sentence better
    result = []
    for mention in sentence.figures:
        at = period(sentence.period_of(mention))
        near = description(f"{clause(sentence, mention)} {sentence.text[: mention.span[0]]}")
        if at is None or mention.sort not in ("count", "percent") or mention.sign or not words & near:
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
