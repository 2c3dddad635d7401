"""The words in place of a chart: what is drawn, figure by figure, as a reader without the picture needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cellguard.attacker.printed_shares import range_of
from lscb import control_charts
from lscb.errors import UserError

from ..book import once
from ..cell_value import STATES, Cell, nearest, parse, printed, records
from ..number_text import few, series, when
from ..number_text import label as spelt

if TYPE_CHECKING:
    import pandas as pd

    from lscb.control_charts import Chart

NEWEST = 3  # points of a long series that are read out, beside its first
MOST = 6  # labels that are read out, those with the most first


def describe(
    rows: pd.DataFrame,
    what: str,
    style: str = "count",
    by: str = "period",
    chart: Chart | None = None,
    each: str | None = None,
    order: Iterable[str] | None = None,
) -> str:
    """The alternative text of a chart of some rows.

    what : the kind of chart and what it shows, such as `Column chart. Referrals by quarter`
    style : the figure that is drawn, as a cell prints it: `count`, `percent`, `low rate:0`
    by : the column of the labels; of more than six periods the first and the newest three are read out, of more than seven labels
        the six with the most; of each of several series half as many
    chart : a control chart of the rows: which of them its rules flag
    each : a column whose labels (seaborn's `hue`) are told one after the other, in their `order` if it is given; `what`
        has `{}` in the place of the label
    order : without `each`, that of labels drawn from the least up: of many those with the least are read out
    """
    for name in filter(None, (by, each)):
        if name not in rows:
            raise UserError(f"the rows have no column {name!r}; there are {', '.join(map(str, rows.columns))}.")
    if each is not None:
        labels = list(dict.fromkeys(rows[each])) if order is None else list(order)
        parts = [
            _described(rows[rows[each] == label], spelt(label) if at else what.format(label), style, by, alone=False)
            for at, label in enumerate(labels)
        ]
        return " ".join(parts) or f"{what.format('each')}: no figure is shown."
    return _described(rows, what, style, by, chart, least=order is not None)


def _described(
    rows: pd.DataFrame,
    what: str,
    style: str,
    by: str,
    chart: Chart | None = None,
    alone: bool = True,
    least: bool = False,
) -> str:
    """One series in words; `alone`: with its intervals, and as many figures as there is room for; `least`: from these up."""
    shown = rows[rows["status"] == "shown"]
    cells = [Cell(row) for row in records(shown)]
    around = by != "period" and alone and style != "count" and any(cell.has_interval for cell in cells)
    texts = [_one(cell, style, by, around) for cell in _listed(cells, parse(style)[0], by, alone, least)]
    texts += [f"the others have no {'less' if least else 'more'}"] * (by != "period" and len(texts) < len(cells))
    listing = series(texts) if by == "period" else "; ".join(texts)
    rounding = ", rounding included," * any(cell.rounded for cell in cells)
    brackets = f" (95% intervals{rounding} in brackets)" * around
    parts = [f"{what}{brackets}: {listing or 'no figure is shown'}."]
    for status, words in STATES.items():
        if len(hidden := rows[rows["status"] == status]):
            parts.append(f"{words.capitalize()}: {few([_hidden(row, style, by) for row in records(hidden)])}.")
    if to := max((nearest(row) for row in records(shown)), default=1) - 1:
        parts.append(once(f"Counts are rounded to the nearest {to + 1}.", what))
    elif chart is not None and chart.last >= 0 and chart.at_last(chart.limits_shown):
        parts += _of_rules(rows, style, chart)
    return " ".join(filter(None, parts))


def _listed(cells: list[Cell], figure: str, by: str, alone: bool, least: bool) -> list[Cell]:
    """The figures that are read out: of a long series the first and the newest, of many labels those with the most (or
    the `least`); labels in an order of their own, as tenths are, all."""
    newest = NEWEST if alone else 1
    if by == "period":
        return cells if len(cells) <= 2 * newest else [cells[0], *cells[-newest:]]
    most = MOST if alone else MOST // 2
    if len(cells) <= most + 1 or all(str(cell[by]).isdigit() for cell in cells):
        return cells
    return sorted(cells, key=lambda cell: getattr(cell, figure) * (1 if least else -1))[:most]


def _of_rules(rows: pd.DataFrame, style: str, chart: Chart) -> list[str]:
    """What a control chart's rules flag, and its limits at the last point."""
    flagged = [when(p) for p, cause in zip(rows["period"], chart.cause, strict=True) if cause]
    none = "No point is flagged by a rule of the control chart."
    ends = (
        control_charts.clip(line, 0, 1 if style.startswith("percent") else None) for line in (chart.low, chart.high)
    )
    low, high = (printed({"value": float(chart.at_last(end))}, "value", *parse(style)[1:]) for end in ends)
    rules = (
        f"Flagged by a rule of the control chart: {few(flagged, when(rows['period'].iloc[int(chart.last)]))}."
        if flagged
        else none
    )
    there = chart.at_last(chart.has_limits)
    limits = f"At the last point, limits {low} to {high}." if there else "No limits, as the points are all the same."
    return [rules, limits]


def _one(cell: Cell, style: str, by: str, around: bool) -> str:
    """`19.6% in 2017-18 Q4`, `police 120`, with the ends of its interval where `around`."""
    text = f"{cell:{style}}"
    if by == "period":
        return f"{text} in {cell:period}{' (incomplete)' * cell.incomplete}"
    ends = re.sub("95% interval(, rounding included,)? ", "", f"{cell:interval}") if cell.has_interval else ""
    return f"{_label(by, cell[by])}: {text}{f' ({ends})' * (around and bool(ends))}"


def _hidden(row: dict, style: str, by: str) -> str:
    """The label of a figure that is not shown; of a withheld count with the range that its reason says."""
    ends = range_of(row.get("reason")) if row["status"] == "suppressed" and style.startswith("count") else None
    return _label(by, row[by]) + (f" ({ends[0]:,} to {ends[1]:,})" if ends else "")


def _label(by: str, text: str) -> str:
    """A label as it is read; a number alone says what it numbers, `decile 3`, unless it is a year."""
    return f"{by} {text}" if str(text).isdigit() and by != "period" else spelt(text)
