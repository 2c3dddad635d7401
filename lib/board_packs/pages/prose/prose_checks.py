"""What a careful reader would question in one sentence of people's prose and the table cells it refers to.

Each check takes a sentence, the book and the report's year, and yields (kind, what is wrong and what would be right).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lscb.long_table import dimensions
from lscb.periods import year_label

from .. import number_text
from .figure_references import MARK, BadReference, Cell, resolve

if TYPE_CHECKING:
    from ..book import Book


@dataclass(frozen=True)
class Sentence:
    """One sentence as written, its references resolved, and what is left of it when they are taken out."""

    text: str
    cells: tuple[Cell, ...]
    compared: tuple[tuple[Cell, Cell], ...]

    @property
    def plain(self) -> str:
        return MARK.sub(" ", self.text)


# --- numbers typed ------------------------------------------------------------------------------------------------

# What a digit may stand for without being a figure: a date, a year, a quarter, a numbered thing of law or practice.
NAMES = re.compile(
    r"""
    \b\d{1,2}\s+(January|February|March|April|May|June|July|August|September|October|November|December)(\s+\d{4})?
    | \b(19|20)\d{2}([-/–]\d{2,4})?\b
    | \bQ[1-4]\b | \b4LSCB\b | \]\([^)]*\) | ^\s*\d+[.)]\s | ^\#+\s.*$
    | \b(per|of|every)\s+1(0{2}|,?000|0,?000|00,?000)\b(?!,)
    | \b\d{1,2}\s*(–|-|-?to-?)\s*\d{1,2}\b(?!\s*%)          # an age range
    | \b(aged?|over|under|within)\s+\d{1,2}s?(\s+to\s+\d{1,2})?\b
    | \b(\d{1,2}|two|three|four|five|six|seven|ten|twelve)\s+(working\s+|calendar\s+)?(years|months|weeks|days|hours)\b
    | \b(sections?|standards?|levels?|chapters?|appendix|appendices|figures?|tables?|parts?|priority|themes?|attainment|progress)\s+\d+
    """,
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
TYPED = re.compile(
    r"£?\d[\d,]*(\.\d+)?\s*(%|per cent)?|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?|half of|thirds?|"
    r"quarters? of(?! (the|that|a|this) year))\b",
    re.IGNORECASE,
)


def typed_numbers(sentence: Sentence, book: Book, year: str):
    for match in TYPED.finditer(NAMES.sub(" ", sentence.plain)):
        yield "typed number", f"{match[0].strip()!r} is typed: refer to the table's cell, so that it stays true."


# --- what the words say of the cells --------------------------------------------------------------------------------

MOVES = {
    1: re.compile(
        r"\b(increas\w*|ris(e|es|en|ing)|rose|gr(ew|ow|owing|own|owth)|climb\w*|(went|gone) up)\b", re.IGNORECASE
    ),
    -1: re.compile(
        r"\b(decreas\w*|declin\w*|fall(s|en|ing)?|fell|drop(s|ped|ping)?|reduc(ed|ing|tion)|(went|gone) down)\b",
        re.IGNORECASE,
    ),
}
LASTING = re.compile(
    r"\b(trend\w*|steadil\w*|continu\w+ to|increasing|decreasing|rising|falling|growing|declining|improving|worsening|"
    r"year on year|consistently)\b",
    re.IGNORECASE,
)


def wording(sentence: Sentence, book: Book, year: str):
    """A percentage followed by another percent sign, or by the words of another unit."""
    for match in MARK.finditer(sentence.text):
        try:
            printed, _ = resolve(match[1], book, year)
        except BadReference:
            continue
        after = sentence.text[match.end() : match.end() + 24]
        if printed.endswith("%") and re.match(r"\s*(%|per cent|percentage point)", after):
            yield "wording", f"{match[1]!r} prints {printed!r}: leave out {after.split()[0]!r} after it."
        if printed.endswith("points") and re.match(r"\s*(%|per cent)", after):
            yield "wording", f"{match[1]!r} is in percentage points, not per cent."


def base(sentence: Sentence, book: Book, year: str):
    """A typed percentage beside two figures: it must be their difference relative to the comparator."""
    typed = re.search(
        r"(\d+(?:\.\d+)?)\s*(?:%|per cent)\s+(?:higher|lower|more|less|fewer|above|below)", sentence.plain
    )
    if not typed or len(sentence.cells) < 2:
        return
    first, other = (cell.number for cell in sentence.cells[:2])
    decimals = len(typed[1].partition(".")[2])
    printed = number_text.rounded(float(typed[1]), decimals)
    if not first or not other or number_text.rounded(abs(first - other) / other * 100, decimals) == printed:
        return
    slip = " it is the difference relative to the wrong figure;" * (
        number_text.rounded(abs(first - other) / first * 100, decimals) == printed
    )
    right = number_text.percent(abs(first - other) / other)
    yield "base", f"{typed[1]}% does not follow from its two figures:{slip} relative to the comparator it is {right}."


def period(sentence: Sentence, book: Book, year: str):
    """The years a sentence names are those of its figures, and a figure of another year says so."""
    named = _years(sentence.plain) | {cell.row["period"] for cell in sentence.cells if cell.style == "period"}
    for cell in sentence.cells:
        if not (_same_year(cell.row["period"], {year[:7]}) or _same_year(cell.row["period"], named)):
            yield "period", f"{cell.text!r} is of {cell.row['period']}: the sentence does not say so."
    for label in sorted(named):
        if sentence.cells and not any(_same_year(cell.row["period"], {label}) for cell in sentence.cells):
            periods = number_text.series(sorted({cell.row["period"] for cell in sentence.cells}))
            yield "period", f"the sentence says {label}, its figures are of {periods}."


def _years(text: str) -> set[str]:
    """Years named, as financial years (`2017-18`) or calendar years (`2016`)."""
    years = {f"{m[1]}-{m[2][-2:]}" for m in re.finditer(r"\b(20\d{2})[-/–](\d{2,4})\b", text)}
    text = re.sub(r"\b20\d{2}[-/–]\d{2,4}\b", " ", text)
    for match in re.finditer(r"\b(?:(\d{1,2}\s+)?(March|mid)[-\s]+)?(20\d{2})\b", text):
        years.add(year_label(int(match[3]) - 1) if match[2] == "March" else match[3])
    return years


def _same_year(label: str, named: set[str]) -> bool:
    """A quarter belongs to its year; a calendar year named alone may be either financial year that touches it."""
    if label in named or label[:7] in named:
        return True
    if re.fullmatch(r"\d{4}-\d{2}.*", label):
        start = int(label[:4])
        return str(start) in named or str(start + 1) in named
    # Mid-year and calendar-year figures belong to the financial year they precede or start in.
    return any(re.fullmatch(r"\d{4}-\d{2}", n) and int(n[:4]) - 1 <= int(label[:4]) <= int(n[:4]) + 1 for n in named)


COMPARATORS = {
    "England": r"(?<!tenth of )\bEngland\b|\bnational(?:ly)?\b",
    "the region": r"\bSouth East\b|\bregion(?:al|ally)?\b",
    "neighbours": r"\bneighbours?\b",
}
LABELLED = {"England": ("england",), "the region": ("region", "south east"), "neighbours": ("neighbours",)}


def comparator(sentence: Sentence, book: Book, year: str):
    """Who is compared is who the figures are of, in the same period and unit."""
    of = [_whose(cell, book.area) for cell in sentence.cells]
    named = {name for name, pattern in COMPARATORS.items() if re.search(pattern, sentence.plain)}
    for name in sorted(named):
        if sentence.cells and name not in of:
            has = number_text.series(sorted({o for o in of if o} or {"the area itself"}))
            yield "comparator", f"the sentence says {name}, its figures are of {has}."
    for cell, whose in zip(sentence.cells, of, strict=True):
        if whose in COMPARATORS and whose not in named:
            yield "comparator", f"{cell.text!r} is the figure of {whose}: the sentence does not say so."
    for first, other in sentence.compared:
        if first.row["period"] != other.row["period"] and _whose(first, book.area) != _whose(other, book.area):
            periods = f"{first.row['period']} and {other.row['period']}"
            yield "comparator", f"{first.text!r} and {other.text!r} are of different periods ({periods})."
        if first.row["unit"] != other.row["unit"]:
            yield "comparator", f"{first.text!r} is {first.row['unit']}, {other.text!r} is {other.row['unit']}."


def _whose(cell: Cell, area: str) -> str | None:
    """The comparator a cell belongs to by its area, its measure or its labels; None for the area itself."""
    from openstats import authorities as areas

    row = cell.row
    labels = " ".join(str(row[name]) for name in _dims(cell) if name not in ("area", "period")).lower()
    place = "" if row["area"] == area else areas.name(row["area"]).lower()
    for name, words_ in LABELLED.items():
        if any(word in f"{labels} {place}" for word in words_):
            return name
    if place and row["area"].startswith("E12"):
        return "the region"
    return None if not place else areas.name(row["area"])


def change(sentence: Sentence, book: Book, year: str):
    """Words of change: two figures must move that way; a lasting change needs a control-chart rule."""
    directions = {sign for sign, pattern in MOVES.items() if pattern.search(sentence.plain)}
    lasting = LASTING.search(sentence.plain)
    if not directions and not lasting:
        return
    if not sentence.cells:
        yield "trend", "a sentence about change refers to no figure: name the cells, or leave the word out."
        return
    for series in _by_series(sentence.cells):
        first, last = series[0], series[-1]
        if len(series) > 1 and len(directions) == 1:
            (sign,) = directions
            if (last.number - first.number) * sign <= 0:
                yield (
                    "direction",
                    f"{first.row['period']} {first.printed}, {last.row['period']} {last.printed}: "
                    f"that is not {'up' if sign > 0 else 'down'}.",
                )
                continue
        if lasting or len(series) == 1:
            yield from _supported(last, directions, book)


def _by_series(cells: tuple[Cell, ...]) -> list[list[Cell]]:
    """Cells of one measure and one set of labels, in the order of their periods."""
    groups: dict[tuple, list[Cell]] = {}
    for cell in cells:
        labels = {k: v for k, v in cell.row.items() if k in _dims(cell) and k != "period"}
        groups.setdefault((cell.table, cell.figure, *sorted(labels.items())), []).append(cell)
    return [sorted(group, key=lambda c: c.row["period"]) for group in groups.values()]


def _dims(cell: Cell) -> list[str]:
    import pandas as pd

    return dimensions(pd.DataFrame([cell.row]))


def _series(cell: Cell, book: Book) -> list[float]:
    """The figure over the periods of the cell's kind (quarters or years) up to its own; hidden points are nan."""
    frame = book[cell.table]
    for dim in _dims(cell):
        if dim != "period":
            frame = frame[frame[dim] == cell.row[dim]]
    frame = frame[frame["period"].str.len() == len(cell.row["period"])].sort_values("period")
    frame = frame[frame["period"] <= cell.row["period"]]
    return frame[cell.figure].where(frame["status"] == "shown").tolist()


def _supported(cell: Cell, directions: set[int], book: Book):
    from lscb import control_charts as trends
    from lscb.control_chart_rules import CAUSES

    chart = trends.xmr(_series(cell, book))
    cause = str(CAUSES[int(chart.at_last(chart.cause))])
    sign = 1 if cause.endswith(("upper", "increasing", "above")) else -1 if cause != "common" else 0
    if not sign or (directions and directions != {sign}):
        yield "trend", f"no rule supports it for {cell.text!r}: {trends.sentence(chart)}."


EXTREMES = {1: re.compile(r"\b(highest|peak\w*|most ever)\b"), -1: re.compile(r"\b(lowest|fewest)\b")}


def superlative(sentence: Sentence, book: Book, year: str):
    """`highest` and `lowest`: strictly so, over every point of the series to that period."""
    for sign, pattern in EXTREMES.items():
        word = pattern.search(sentence.plain)
        if word is None:
            continue
        if not sentence.cells:
            yield "superlative", f"{word[0]!r} refers to no figure: name the cell."
        for series in _by_series(sentence.cells):
            values = _series(series[-1], book)
            others = [v for v in values[:-1] if v == v]
            best = max((v * sign for v in others), default=None)
            if best is None or len(others) < len(values) - 1:
                yield "superlative", f"not every earlier point of {series[-1].text!r} is there to compare."
            elif values[-1] * sign <= best:
                yield (
                    "superlative",
                    f"{series[-1].text!r} is not the {'highest' if sign > 0 else 'lowest'} of its series.",
                )


def share(sentence: Sentence, book: Book, year: str):
    """`majority` is more than half; `doubled` and `halved` are two to one, within the rounding of the figures."""
    if re.search(r"\b(majority|more than half|most of)\b", sentence.plain, re.IGNORECASE):
        shares = [c for c in sentence.cells if c.style == "percent"]
        if not shares:
            yield "share", "a majority refers to no share: name the cell, or say 'the largest number'."
        elif not any(c.number > 0.5 for c in shares):
            yield "share", f"{shares[0].text!r} is {shares[0].printed}: not more than half."
    for word, ratio in {"doubled": 2, "halved": 0.5, "trebled": 3, "tripled": 3}.items():
        if re.search(rf"\b{word}\b", sentence.plain):
            series = next((s for s in _by_series(sentence.cells) if len(s) > 1), None)
            if (
                series is None
                or not series[0].number
                or not 0.95 <= series[-1].number / series[0].number / ratio <= 1.05
            ):
                yield "share", f"{word!r} does not follow from the figures of the sentence."


CHECKS = (typed_numbers, wording, base, period, comparator, change, superlative, share)
