"""One cell of a table: its figures, its state, and how it prints itself in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import TYPE_CHECKING

from cellguard.attacker.printed_ranges import about
from cellguard.attacker.printed_shares import range_of
from lscb.errors import UserError
from lscb.long_table import FIGURES, NOT_DIMENSIONS, rounded_to

from ..tables import documentation
from ..tables.reasons import INCOMPLETE
from . import number_text as numbers

if TYPE_CHECKING:
    from pandas import DataFrame

# One text for every hidden cell: nothing may tell a primary from a further cell.
STATES = {"suppressed": "withheld", "not_applicable": "not applicable", "not_available": "not available"}
ELSEWHEN = "what is held does not cover it"  # of other periods it is there
NOT_THERE = {"status": "not_available", "reason": "nothing is held of it"}
WORKED_OUT = "number worked out from the printed share"  # so that it may be off by one or two
STYLES = ("count", "percent", "rate", "points", "money", "ordinal", "unit", "text")
FIGURE = {"count": "count", "percent": "value", "rate": "value", "points": "value", "money": "value", "ordinal": "rank",
          "unit": "value"}  # fmt: skip
PHRASES = ("of", "interval", "share", "state", "period")


def parse(spec: str) -> tuple[str, str, int | None]:
    """`low percent:0` as its figure (or column), style and decimals; `percent` alone is the style's usual figure.

    Raises UserError for a style that there is not.
    """
    words, _, decimals = spec.partition(":")
    *figure, style = words.split()
    if style in FIGURES and style != "count" and not figure:
        figure, style = [style], {"of": "count", "rank": "ordinal", "ranked": "count"}.get(style, "rate")
    if style not in STYLES or len(figure) > 1 or (decimals and not decimals.isdigit()):
        raise UserError(
            f"{spec!r} is not how a cell prints: write one of {', '.join([*STYLES, *PHRASES])}, such as {{now:count}}, "
            "or a figure before it, such as {now:low percent}, and decimals after a colon, {now:percent:0}."
        )
    return (figure[0] if figure else FIGURE.get(style, "")), style, int(decimals) if decimals else None


def withheld(reason: str) -> str:
    """What a table says in the place of a withheld count: the public's rounded figure, or the range that anybody can
    work out, where the reason of the cell has them: `withheld, about 30`, `withheld, 4 to 8`; else `withheld`."""
    if (near := about(reason)) is not None:
        return f"{STATES['suppressed']}, about {near:,}"
    ends = range_of(reason)
    return f"{STATES['suppressed']}, {ends[0]:,} to {ends[1]:,}" if ends else STATES["suppressed"]


def printed(row: Mapping, figure: str, style: str, decimals: int | None = None) -> str:
    """One figure of a row as text, or its state in words; a dash where the row is shown and the figure is blank."""
    if row.get("status", "shown") != "shown":
        return STATES[row["status"]]
    value = row[figure]
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return "–"
    if style == "text":
        return str(value)
    if style == "unit":  # as the row's own unit asks
        unit = str(row.get("unit", ""))
        style = "percent" if unit.startswith(("fraction", "share")) else "count" if unit == "count" else "rate"
    make = getattr(numbers, style)
    if style in ("percent", "rate", "points") and nearest(row) > 1:
        if figure == "value" and (ends := rounding(row)):
            low, high, places = ends
            return f"{make(low, places)} to {make(high, places)}"
        most = carried(row)
        decimals = most if decimals is None else min(decimals, most)
    return make(value) if decimals is None else make(value, decimals)


def nearest(row: Mapping) -> int:
    """What a row's counts are rounded to for this audience; 1 where they are as counted."""
    return rounded_to(row.get("reason"))


def printed_as(cell: Cell) -> tuple[float, float]:
    """The least and the greatest count that is printed as a cell's; 0 is 0."""
    off = nearest(cell.row) // 2 if cell.count > 0 else 0
    return cell.count - off, cell.count + off


def nearest_base(row: Mapping) -> int:
    """What the number that a row divides by is rounded to; 1 of a population, of which nothing is withheld."""
    measures, to = documentation()["measures"], nearest(row)
    base = (measures.get(row.get("measure")) or {}).get("denominator")
    named = isinstance(base, str) and (measures.get(base) or {}).get("protect") == "none"
    per_head = re.fullmatch(r"per [\d,]+", str(row.get("unit")))  # of a row that a page has made of another
    return 1 if named or per_head or float(row.get("of", float("nan"))) % to else to


def possible(row: Mapping) -> tuple[float, float]:
    """The least and the greatest that a share or rate can be at any counts that round to those of its row.

    What it is divided by is rounded too, unless it is a population. No share is above 1. Not a number where the row has not both counts, and of 0, which is 0.
    """
    value, count, of = (float(row.get(name, float("nan"))) for name in ("value", "count", "of"))
    off, of_off = nearest(row) // 2, nearest_base(row) // 2
    if not (count > off and of > of_off):
        return float("nan"), float("nan")
    scale, most = value * of / count, (count + off) / (of - of_off)
    return scale * (count - off) / (of + of_off), scale * (min(most, 1) if count <= of else most)


def _per_cent(row: Mapping) -> int:
    """100 for a share, which prints in per cent; 1 for a rate."""
    unit = str(row.get("unit") or "")
    return 100 if not unit or unit.startswith(("fraction", "share")) else 1


def carried(row: Mapping) -> int:
    """How many decimals, 0 or 1, a share or rate of rounded counts can carry: none that rounding could change."""
    low, high = possible(row)
    value = float(row.get("value", float("nan")))
    return int(max(high - value, value - low) * _per_cent(row) <= 0.05)


def rounding(row: Mapping) -> tuple[float, float, int] | None:
    """Between which ends the rounding of its counts leaves a share or rate, outwards at some decimals (one below 10, else
    none), and how many those are; None where it moves the figure by no more than a half of its last digit."""
    low, high = possible(row)
    value, per = float(row.get("value", float("nan"))), _per_cent(row)
    places = int(high * per < 10)
    if carried(row) or not max(high - value, value - low) * per > 0.5 / 10**places:
        return None
    step = per * 10**places
    return floor(round(low * step, 9)) / step, ceil(round(high * step, 9)) / step, places


class Cell:
    """One cell: `value`, `count`, `of`, `low`, `high`, `rank`, `ranked` (nan where blank), `unit`, `method`,
    `status`, `reason`, and its labels by name (`cell["agency"]`).

    In an f-string it prints itself, or `withheld`, `not available`, `not applicable`:
    `{now:count}` `{now:of}` `{now:percent}` `{now:percent:0}` `{now:rate:2}` `{now:money}` `{now:points}`
    `{now:unit}` (its value as its unit asks), `{now:low percent}` (any figure, any style), `{now:share}` (43 of 69), `{now:interval}` (95% interval 50.5% to
    72.8%), `{now:period}` (2017-18 Q4), `{now:state}` (withheld; `shown` where it is). A figure of counts that are
    rounded for this audience is `about 45`, without decimals that the rounding could change; so is a withheld count of
    which the public's rounded figure is printed. A share or rate that the rounding can move by more than a half of its
    last digit is the range that it leaves: `69% to 82%`.
    """

    def __init__(self, row: Mapping, table: str = "", journal: list[dict] | None = None):
        """A row, the table that it is from, and a journal that takes a mark for each number that is printed of it."""
        self.row, self.table, self.journal = dict(row), table, journal
        self.quarters: Callable[[], list] = list  # of a year's number those of its quarters, of a quarter's its series

    def __getattr__(self, name: str):
        if name in FIGURES:
            return self.row.get(name, float("nan"))
        if name in ("unit", "method", "status", "reason", "period", "measure"):
            return self.row.get(name, "")
        raise AttributeError(f"a cell has no {name!r}")

    def __getitem__(self, label: str) -> str:
        return self.row[label]

    def __repr__(self) -> str:
        kind = "count" if self.value != self.value else "percent" if self.is_share else "rate"
        return f"{self.measure} {self.period}: {self:{kind}}".strip()

    @property
    def shown(self) -> bool:
        """Whether its figures may be printed."""
        return self.status == "shown"

    @property
    def near(self) -> str:
        """`about 30`, of a withheld count whose reason has the public's rounded figure; else nothing."""
        near = about(self.reason) if self.status == "suppressed" else None
        return "" if near is None else f"about {near:,}"

    @property
    def most(self) -> float:
        """The greatest that its value can be at any counts that round to those printed; its value where none is rounded."""
        high = possible(self.row)[1]
        return high if self.rounded and high == high else self.value

    @property
    def is_share(self) -> bool:
        """Whether its value is a fraction of 1: by the dictionary of measures, else by its unit."""
        if kind := (documentation()["measures"].get(self.measure) or {}).get("kind"):
            return kind == "share" or self.unit.startswith(("fraction", "share"))
        return not self.unit or self.unit.startswith(("fraction", "share"))

    @property
    def has_interval(self) -> bool:
        """Whether it is shown with both ends of an interval: quartiles and a range are none."""
        if any(word in self.method for word in ("quartiles", "range of")):
            return False
        return self.shown and self.low == self.low and self.high == self.high

    @property
    def incomplete(self) -> bool:
        """Whether it is marked as one that cannot all be seen, so that its figure is no estimate of the truth."""
        return self.shown and INCOMPLETE.within(self.reason)

    @property
    def rounded(self) -> bool:
        """Whether its counts are rounded for this audience, so that no finding is made of it."""
        return nearest(self.row) > 1

    def __format__(self, spec: str) -> str:
        if self.near and spec in ("", "count"):
            return self.near
        text = self.plain(spec)
        number = spec not in ("period", "state", "interval") and text[:1].isdigit() and " to " not in text
        estimated = WORKED_OUT in self.method and spec in ("", "count", "share")
        about = (self.rounded or estimated) and self.shown and number
        if spec == "share" and about and not self.count:
            return f"0 of about {self.plain('of')}"  # a nought is one, of a number that is rounded
        if spec == "of" and nearest_base(self.row) == 1:
            about = False
        return f"about {text}" if about and re.search("[1-9]", text) else text  # a nought is one

    def plain(self, spec: str) -> str:
        """As the cell prints itself, without `about` before a rounded figure."""
        if spec == "period":
            return numbers.when(self.period)
        if not self.shown:
            return STATES[self.status]
        if spec == "state":
            return "shown"
        if spec == "share":
            return f"{self.plain('count')} of {self.plain('of')}"
        if spec == "interval":
            return self.ends()
        figure, style, decimals = parse(spec or "count")
        return self.noted(figure, printed(self.row, figure, style, decimals))

    def noted(self, figure: str, text: str) -> str:
        """The text, once its number stands in the journal: of which table, cell and figure it is."""
        alone = figure in FIGURES and " to " not in text  # the ends of a range are no figures of the cell
        if self.journal is not None and alone and (number := re.search(r"\d[\d,]*(?:\.\d+)?", text)):
            labels = {name: label for name, label in self.row.items() if name not in NOT_DIMENSIONS}
            where = {name: label for name, label in labels.items() if isinstance(label, str)}
            self.journal.append({"number": number[0], "table": self.table, "figure": figure, "labels": where})
        return text

    def ends(self) -> str:
        """`95% interval 50.5% to 72.8%`, in the cell's unit; `no interval` where it has none."""
        if not self.has_interval:
            return "no interval"
        style = "percent" if self.is_share else "rate"
        row = self.row | {"unit": self.unit or ("share" if self.is_share else "rate")}
        low, high = (self.noted(end, printed(row, end, style)) for end in ("low", "high"))
        return f"95% interval{', rounding included,' if self.rounded else ''} {low} to {high}"


def records(frame: DataFrame) -> list[dict]:
    """The rows of a frame as dictionaries of Python's own values: pandas' `to_dict("records")` of unlike columns takes
    twice as long for a few rows, and ten times for many."""
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy(object).tolist()]
