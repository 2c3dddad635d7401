"""References to table cells in people's prose: `{{ hrda_by_quarter.repeat_rate["2017-18"] }}`.

{{ table.measure }}                          the report's year and area, totals of every other dimension
{{ table.measure[2016-17, female] }}         labels, each naming one value of one dimension
{{ table.measure[2016-17].count }}           another figure of the cell: value, count, of, low, high, rank, ranked
{{ table.measure | percent:0 }}              another style: count, percent, points, rate, money, ordinal, words
{{ table.measure compared with table.other }}  "50.7% higher than": relative to the second, always
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import FIGURES, TOTAL, dimensions

from ...tables import documentation
from .. import number_text

if TYPE_CHECKING:
    import pandas as pd

    from ..book import Book

MARK = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
COMPARED = re.compile(r"\s+compared\s+with\s+")
REFERENCE = re.compile(
    r"(?P<table>[A-Za-z_]\w*)\.(?P<measure>[A-Za-z_]\w*)(?:\[(?P<labels>[^\]]*)\])?(?:\.(?P<figure>\w+))?"
    r"(?:\s*\|\s*(?P<style>\w+)(?::(?P<decimals>\d))?)?"
)
LABEL = re.compile(r"\s*\"[^\"]*\"|\s*'[^']*'|[^,\s][^,]*")
SMALL = "no one two three four five six seven eight nine".split()
KIND_FIGURE = {"count": "count", "money": "value", "rank": "rank"}
KIND_STYLE = {"count": "count", "share": "percent", "money": "money", "rank": "ordinal"}


class BadReference(UserError):
    """A reference that names no cell, or one that may not be printed. The message says what to write instead."""


@dataclass(frozen=True)
class Cell:
    """What a reference names: the whole row of its table, and the figure and style to print."""

    text: str
    table: str
    row: dict
    figure: str
    style: str
    decimals: int | None

    @property
    def number(self) -> float:
        return self.row[self.figure]

    @property
    def printed(self) -> str:
        """The figure as a reader sees it, rounded here and nowhere before."""
        if self.style == "words":
            number = int(number_text.rounded(self.number))
            return SMALL[number] if 0 <= number < len(SMALL) else number_text.count(number)
        make = getattr(number_text, self.style)
        return make(self.number) if self.decimals is None else make(self.number, self.decimals)


def find(text: str, book: Book, year: str) -> Cell:
    """The cell that `text` (without its braces) names. Raises BadReference with the nearest existing name."""
    match = REFERENCE.fullmatch(text.strip())
    if not match:
        raise BadReference(f"{text!r} is not a reference: write it as table.measure[label] | style.")
    if match["table"] not in book.names():
        raise BadReference(f"there is no table {match['table']!r}{_near(match['table'], book.names())}")
    frame = book[match["table"]]
    measures = frame["measure"].unique().tolist()
    if match["measure"] not in measures:
        raise BadReference(
            f"the table {match['table']!r} has no measure {match['measure']!r}{_near(match['measure'], measures)}"
        )
    labels = [part.strip().strip("\"'") for part in LABEL.findall(match["labels"] or "")]
    row = _select(frame[frame["measure"] == match["measure"]], labels, book.area, year, text)
    kind = documentation()["measures"].get(match["measure"], {}).get("kind", "")
    figure = match["figure"] or KIND_FIGURE.get(kind, "value")
    if figure not in FIGURES:
        raise BadReference(f"{figure!r} is not a figure of a cell{_near(figure, list(FIGURES))}")
    _must_be_shown(row, figure, text)
    style = match["style"] or (KIND_STYLE.get(kind, "rate") if figure in ("value", "rank", "low", "high") else "count")
    if style not in {"count", "percent", "points", "rate", "money", "ordinal", "words"}:
        raise BadReference(f"{style!r} is not a style: count, percent, points, rate, money, ordinal or words.")
    return Cell(text, match["table"], row, figure, style, int(match["decimals"]) if match["decimals"] else None)


def _select(frame: pd.DataFrame, labels: list[str], area: str, year: str, text: str) -> dict:
    """The one row with these labels; what they leave open is the report's area and year, then `Total`."""
    dims = [d for d in dimensions(frame) if d != "measure"]
    taken = set()
    for label in labels:
        holding = [d for d in dims if d not in taken and (frame[d] == label).any()]
        if not holding:
            labels_there = sorted({v for d in dims if d not in taken for v in frame[d].unique()})
            raise BadReference(f"{text!r}: no cell is labelled {label!r}{_near(label, labels_there)}")
        same = frame[(frame[holding] == label).all(axis=1)]
        if len(holding) > 1 and (frame[holding].nunique(axis=1) > 1).any():
            raise BadReference(
                f"{text!r}: {label!r} is a label of {number_text.series(holding)}; name another measure."
            )
        taken.update(holding)  # several only where they always agree, such as an edition and its year
        frame = same
    for dim in (d for d in dims if d not in taken):
        defaults = {"area": [area], "period": [year, year[:7]]}.get(dim, [TOTAL])  # of a quarter's comment its quarter
        choices = frame[dim].unique().tolist()
        if default := next((label for label in defaults if label in choices), None):
            frame = frame[frame[dim] == default]
        elif len(choices) > 1:
            raise BadReference(f"{text!r}: say which {dim.replace('_', ' ')}: {', '.join(choices[:8])}.")
    return frame.iloc[0].to_dict()


def _must_be_shown(row: dict, figure: str, text: str) -> None:
    if row["status"] == "suppressed":
        raise BadReference(
            f"{text!r} is withheld from this audience: say it without the number, such as 'a small number of'."
        )
    if row["status"] != "shown" or row[figure] != row[figure]:
        why = f" ({row['reason']})" if row["reason"] else ""
        others = [f for f in FIGURES if row[f] == row[f]]
        has = f"; the cell has {number_text.series(others)}" if others else ""
        raise BadReference(f"{text!r} has no {figure} to print{why}{has}.")


def _near(name: str, there: list[str]) -> str:
    near = get_close_matches(name, there, n=1)
    return f"; nearest: {near[0]!r}." if near else f"; there are: {', '.join(there[:12])}."


def compare(cell: Cell, other: Cell) -> str:
    """`50.7% higher than`: the difference relative to the second cell. Shares differ in percentage points too.

    Raises BadReference where the two cells have different units or the second is zero.
    """
    if cell.style != other.style:
        raise BadReference(f"{cell.text!r} and {other.text!r} are printed differently: they cannot be compared.")
    if other.number == 0:
        raise BadReference(f"{other.text!r} is zero: nothing is a percentage of it.")
    if cell.number == other.number:
        return "the same as"
    relative = (cell.number - other.number) / other.number
    return f"{number_text.percent(abs(relative))} {'higher' if relative > 0 else 'lower'} than"


def resolve(mark: str, book: Book, year: str) -> tuple[str, list[Cell]]:
    """What stands in place of one `{{ … }}`, and the cells it was made from."""
    parts = COMPARED.split(mark)
    cells = [find(part, book, year) for part in parts]
    if len(cells) == 1:
        return cells[0].printed, cells
    if len(cells) == 2:
        return compare(*cells), cells
    raise BadReference(f"{mark!r} compares more than two figures: use one sentence for each.")
