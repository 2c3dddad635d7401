"""One cell of a table: its figures, its state, and how it prints itself in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from lscb.errors import UserError
from lscb.long_table import FIGURES

from ..tables import documentation
from . import number_text as numbers

# One text for every hidden cell: nothing may tell a primary from a further cell.
STATES = {"suppressed": "withheld", "not_applicable": "not applicable", "not_available": "not available"}
NOT_THERE = {"status": "not_available", "reason": "it is not in the table"}
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
    return make(value) if decimals is None else make(value, decimals)


class Cell:
    """One cell: `value`, `count`, `of`, `low`, `high`, `rank`, `ranked` (nan where blank), `unit`, `method`,
    `status`, `reason`, and its labels by name (`cell["agency"]`).

    In an f-string it prints itself, or `withheld`, `not available`, `not applicable`:
    `{now:count}` `{now:of}` `{now:percent}` `{now:percent:0}` `{now:rate:2}` `{now:money}` `{now:points}`
    `{now:unit}` (its value as its unit asks), `{now:low percent}` (any figure, any style), `{now:share}` (43 of 69), `{now:interval}` (95% interval 50.5% to
    72.8%), `{now:period}` (2017-18 Q4), `{now:state}` (withheld; `shown` where it is).
    """

    def __init__(self, row: Mapping):
        self.row = dict(row)

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
    def is_share(self) -> bool:
        """Whether its value is a fraction of 1: by the dictionary of measures, else by its unit."""
        if kind := (documentation()["measures"].get(self.measure) or {}).get("kind"):
            return kind == "share" or self.unit.startswith(("fraction", "share"))
        return not self.unit or self.unit.startswith(("fraction", "share"))

    @property
    def has_interval(self) -> bool:
        """Whether it is shown with both ends of an interval."""
        return self.shown and self.low == self.low and self.high == self.high

    def __format__(self, spec: str) -> str:
        if spec == "period":
            return numbers.when(self.period)
        if not self.shown:
            return STATES[self.status]
        if spec == "state":
            return "shown"
        if spec == "share":
            return f"{self:count} of {self:of}"
        if spec == "interval":
            return self.ends()
        return printed(self.row, *parse(spec or "count"))

    def ends(self) -> str:
        """`95% interval 50.5% to 72.8%`, in the cell's unit; `no interval` where it has none."""
        if not self.has_interval:
            return "no interval"
        make = numbers.percent if self.is_share else numbers.rate
        return f"95% interval {make(self.low)} to {make(self.high)}"
