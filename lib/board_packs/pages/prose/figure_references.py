"""References to table cells in people's prose: `{{ hrda_by_quarter.repeat_rate["2017-18"] }}`.

{{ table.measure }}                          the report's year and area, totals of every other dimension
{{ table.measure[2016-17, female] }}         labels, each naming one value of one dimension
{{ table.measure[2016-17].count }}           another figure of the cell: value, count, of, low, high, rank, ranked
{{ table.measure | percent:0 }}              another style: count, percent, points, rate, money, ordinal, words
{{ table.measure[latest] }}                  the newest period there is a figure of; `| period` prints which that is
{{ table.measure[latest but one] }}          the newest but one
{{ table.measure[latest of other] }}         of the newest period that the other measure has: England's beside the area's
{{ table.measure compared with table.other }}  "50.7% higher than": relative to the second, always
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from math import ceil, floor
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import FIGURES, TOTAL, dimensions

from ...tables import documentation
from .. import number_text
from ..cell_value import nearest, nearest_base, possible, printed

if TYPE_CHECKING:
    import pandas as pd

    from ..book import Book

MARK = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
SAID = re.compile(r"said +([^:]+): *(.+)", re.DOTALL)  # somebody else's figure and where it is from
COMPARED = re.compile(r"\s+compared\s+with\s+")
REFERENCE = re.compile(
    r"(?P<table>[A-Za-z_]\w*)\.(?P<measure>[A-Za-z_]\w*)(?:\[(?P<labels>[^\]]*)\])?(?:\.(?P<figure>\w+))?"
    r"(?:\s*\|\s*(?P<style>\w+)(?::(?P<decimals>\d))?)?"
)
LABEL = re.compile(r"\s*\"[^\"]*\"|\s*'[^']*'|[^,\s][^,]*")
LATEST, BEFORE, LATEST_OF = "latest", "latest but one", "latest of "
SMALL = "no one two three four five six seven eight nine".split()
KIND_FIGURE = {"count": "count", "money": "value", "rank": "rank"}
KIND_STYLE = {"count": "count", "share": "percent", "money": "money", "rank": "ordinal"}


class BadReference(UserError):
    """A reference that names no cell, or one that may not be printed. The message says what to write instead."""


class NotShown(BadReference):
    """A reference that is right, to a figure that is not there or may not be printed; `why` says so in a few words."""

    def __init__(self, text: str, why: str):
        super().__init__(text)
        self.why = why


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
        """The figure as a reader sees it, rounded here and nowhere before; `about` one that is made of rounded counts."""
        if self.style == "period":
            return number_text.when(self.row["period"])
        to = nearest(self.row)
        counted = self.style not in ("ordinal", "money") and not (self.figure == "of" and nearest_base(self.row) == 1)
        text = self._figure()
        return f"about {text}" if to > 1 and counted and self.number and " to " not in text else text

    def _figure(self) -> str:
        if self.style == "words":
            number = int(number_text.rounded(self.number))
            return SMALL[number] if 0 <= number < len(SMALL) else number_text.count(number)
        return printed(self.row, self.figure, self.style, self.decimals)


def find(text: str, book: Book, year: str) -> Cell:
    """The cell that `text` (without its braces) names. Raises BadReference with the nearest existing name."""
    match = REFERENCE.fullmatch(text.strip())
    if not match:
        raise BadReference(f"{text!r} is not a reference: write it as table.measure[label] | style.")
    if match["table"] not in book.names():
        if match["table"] in documentation().get("tables", {}):
            raise NotShown(f"the table {match['table']!r} was not built", "the data for it are not held")
        raise BadReference(f"there is no table {match['table']!r}{near(match['table'], book.names())}")
    frame = book[match["table"]]
    measures = frame["measure"].unique().tolist()
    if match["measure"] not in measures and (frame.empty or match["measure"] in documentation()["measures"]):
        why = getattr(frame, "absent", "") or "there is no figure of it for this area and year"
        raise NotShown(f"{text!r} is not there: {why}", why.rstrip("."))
    if match["measure"] not in measures:
        raise BadReference(
            f"the table {match['table']!r} has no measure {match['measure']!r}{near(match['measure'], measures)}"
        )
    labels = [part.strip().strip("\"'") for part in LABEL.findall(match["labels"] or "")]
    if of := next((label for label in labels if label.startswith(LATEST_OF)), ""):
        other = frame[frame["measure"] == of.removeprefix(LATEST_OF)]
        rest = [label for label in labels if label != of]
        labels = [*rest, _newest(other, [*dimensions(frame)], rest, book.area, text)["period"]]
    row = _select(frame[frame["measure"] == match["measure"]], labels, book.area, year, text)
    kind = documentation()["measures"].get(match["measure"], {}).get("kind", "")
    figure = match["figure"] or KIND_FIGURE.get(kind, "value")
    if figure not in FIGURES:
        raise BadReference(f"{figure!r} is not a figure of a cell{near(figure, list(FIGURES))}")
    _must_be_shown(row, figure, text)
    style = match["style"] or (KIND_STYLE.get(kind, "rate") if figure in ("value", "rank", "low", "high") else "count")
    if style not in {"count", "percent", "points", "rate", "money", "ordinal", "words", "period"}:
        raise BadReference(f"{style!r} is not a style: count, percent, points, rate, money, ordinal, words or period.")
    return Cell(text, match["table"], row, figure, style, int(match["decimals"]) if match["decimals"] else None)


def _select(frame: pd.DataFrame, labels: list[str], area: str, year: str, text: str) -> dict:
    """The one row with these labels; what they leave open is the report's area and year, then `Total`."""
    dims = [d for d in dimensions(frame) if d != "measure"]
    taken: set[str] = set()
    if asked := {LATEST, BEFORE} & set(labels):
        rest = [label for label in labels if label not in asked]
        return _newest(frame, dims, rest, area, text, back=int(BEFORE in asked))
    for label in labels:
        holding = [d for d in dims if d not in taken and (frame[d] == label).any()]
        if not holding:
            labels_there = sorted({v for d in dims if d not in taken for v in frame[d].unique()})
            message = f"{text!r}: no cell is labelled {label!r}{near(label, labels_there)}"
            when = f"for {label}" if label[:4].isdigit() else "for this area and year"
            raise NotShown(message, f"there is no figure of it {when}")
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
        elif dim == "area" and choices:  # England's figure never stands for one that the area has not
            raise NotShown(f"{text!r}: no cell is of this area", "there is no figure of it for this area and year")
        elif len(choices) > 1:
            message = f"{text!r}: say which {dim.replace('_', ' ')}: {', '.join(choices[:8])}."
            if dim == "period":
                raise NotShown(message, f"there is no figure of it for {year}")
            raise BadReference(message)
    return frame.iloc[0].to_dict()


def _newest(frame: pd.DataFrame, dims: list[str], labels: list[str], area: str, text: str, back: int = 0) -> dict:
    """The one row with these labels in the newest period that has a figure of it, or so many such periods before."""
    kept = frame[(frame["status"] == "shown") & (frame["period"].str.contains("-Q") == False)]  # noqa: E712  a mask
    every = frame
    for label in labels:
        kept, every = (rows[(rows[[d for d in dims if d != "period"]] == label).any(axis=1)] for rows in (kept, every))
    if "area" in dims and (kept["area"] == area).any():
        kept = kept[kept["area"] == area]
    periods = sorted(set(kept["period"]), reverse=True)[back:]
    if not periods:
        reasons = [str(reason) for reason in every["reason"].unique() if reason]
        why = reasons[0] if len(reasons) == 1 else "there is no figure of it for this area"
        raise NotShown(f"{text!r}: no period has a figure of it", why.rstrip("."))
    return _select(frame, [*labels, periods[0]], area, periods[0], text)


def _must_be_shown(row: dict, figure: str, text: str) -> None:
    if row["status"] == "suppressed":
        message = f"{text!r} is withheld from this audience: say it without the number, such as 'a small number of'."
        raise NotShown(message, "withheld, so that nobody can be recognised")
    if row["status"] != "shown" or row[figure] != row[figure]:
        why = f" ({row['reason']})" if row["reason"] else ""
        others = [f for f in FIGURES if row[f] == row[f]]
        has = f"; the cell has {number_text.series(others)}" if others else ""
        raise NotShown(f"{text!r} has no {figure} to print{why}{has}.", row["reason"].rstrip(".") or "not available")


def near(name: str, there: list[str]) -> str:
    near = get_close_matches(name, there, n=1)
    return f"; nearest: {near[0]!r}." if near else f"; there are: {', '.join(there[:12])}."


def compare(cell: Cell, other: Cell) -> str:
    """`50.7% higher than`: the difference relative to the second cell; of rounded figures the range that is left,
    `21% to 34% higher than`.

    Raises BadReference where the two cells have different units, the second is zero, or rounding hides which is higher.
    """
    if cell.style != other.style:
        raise BadReference(f"{cell.text!r} and {other.text!r} are printed differently: they cannot be compared.")
    if other.number == 0:
        raise BadReference(f"{other.text!r} is zero: nothing is a percentage of it.")
    (low, high), (least, most) = _ends(cell), _ends(other)
    if cell.number == other.number and low == high and least == most:
        return "the same as"
    way = "higher" if low > most else "lower" if high < least else ""
    if not way:
        raise BadReference(
            f"{cell.text!r} and {other.text!r} are rounded: either may be the higher. Print both instead."
        )
    apart = sorted(abs(one / two - 1) for one, two in ((low, most), (high, least)))
    if apart[0] == apart[1]:
        return f"{number_text.percent(apart[0])} {way} than"
    ends = floor(round(100 * apart[0], 9)) / 100, ceil(round(100 * apart[1], 9)) / 100
    return f"{number_text.percent(ends[0], 0)} to {number_text.percent(ends[1], 0)} {way} than"


def _ends(cell: Cell) -> tuple[float, float]:
    """The least and the most that a figure can be at any rounding of its counts; itself twice where none is rounded."""
    off = nearest(cell.row) // 2
    if not off or not cell.number or cell.figure not in ("value", "count", "of"):
        return cell.number, cell.number
    return possible(cell.row) if cell.figure == "value" else (cell.number - off, cell.number + off)


def resolve(mark: str, book: Book, year: str) -> tuple[str, list[Cell]]:
    """What stands in place of one `{{ … }}`, and the cells it was made from."""
    if figure := SAID.fullmatch(mark):
        return figure[1].strip(), []
    parts = COMPARED.split(mark)
    cells = [find(part, book, year) for part in parts]
    if len(cells) == 1:
        return cells[0].printed, cells
    if len(cells) == 2:
        return compare(*cells), cells
    raise BadReference(f"{mark!r} compares more than two figures: use one sentence for each.")
