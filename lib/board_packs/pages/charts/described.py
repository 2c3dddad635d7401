"""The words in place of a chart: what is drawn, figure by figure, as a reader without the picture needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cellguard.attacker.printed_shares import range_of
from lscb import control_charts
from lscb.errors import UserError

from ..cell_value import STATES, Cell, nearest, parse, printed, records
from ..number_text import label as spelt
from ..number_text import series, when

if TYPE_CHECKING:
    import pandas as pd

    from lscb.control_charts import Chart

NEWEST = 4  # points of a long series that are read out, beside its first


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
    by : the column of the labels; of more than eight periods the first and the newest four are read out
    chart : a control chart of the rows: which of them its rules flag
    each : a column whose labels (seaborn's `hue`) are told one after the other, in their `order` if it is given; `what`
        has `{}` in the place of the label
    """
    for name in filter(None, (by, each)):
        if name not in rows:
            raise UserError(f"the rows have no column {name!r}; there are {', '.join(map(str, rows.columns))}.")
    if each is not None:
        labels = list(dict.fromkeys(rows[each])) if order is None else list(order)
        parts = [describe(rows[rows[each] == label], what.format(label), style, by) for label in labels]
        return " ".join(parts) or f"{what.format('each')}: no figure is shown."
    shown = rows[rows["status"] == "shown"]
    listed = shown if by != "period" or len(shown) <= 2 * NEWEST else shown.iloc[[0, *range(-NEWEST, 0)]]
    texts = [_one(Cell(row), style, by) for row in records(listed)]
    listing = series(texts) if by == "period" else "; ".join(texts)
    parts = [f"{what}: {listing or 'no figure is shown'}."]
    for status, words in STATES.items():
        if len(hidden := rows[rows["status"] == status]):
            parts.append(
                f"{words.capitalize()}: {series(_labels_once(_hidden(row, style, by) for row in records(hidden)))}."
            )
    if to := max((nearest(row) for row in records(shown)), default=1) - 1:
        parts.append(f"Counts are rounded to the nearest {to + 1}.")
    elif chart is not None and chart.last >= 0 and chart.at_last(chart.limits_shown):
        parts += _of_rules(rows, style, chart)
    return " ".join(parts)


def _of_rules(rows: pd.DataFrame, style: str, chart: Chart) -> list[str]:
    """What a control chart's rules flag, and its limits at the last point."""
    flagged = _labels_once(when(p) for p, cause in zip(rows["period"], chart.cause, strict=True) if cause)
    none = "No point is flagged by a rule of the control chart."
    ends = (
        control_charts.clip(line, 0, 1 if style.startswith("percent") else None) for line in (chart.low, chart.high)
    )
    low, high = (printed({"value": float(chart.at_last(end))}, "value", *parse(style)[1:]) for end in ends)
    rules = f"Flagged by a rule of the control chart: {series(flagged)}." if flagged else none
    there = chart.at_last(chart.has_limits)
    limits = f"At the last point, limits {low} to {high}." if there else "No limits, as the points are all the same."
    return [rules, limits]


def _one(cell: Cell, style: str, by: str) -> str:
    """`19.6% in 2017-18 Q4`, `police 120`, with the interval where the value is described and has one."""
    parse(style)
    text = f"{cell:{style}}"
    if by == "period":
        rounded = cell.rounded and cell.has_interval and style.startswith("percent")
        return f"{text} in {cell:period}" + f" ({cell:interval})" * rounded + " (incomplete)" * cell.incomplete
    text += f" ({cell:interval})" if cell.has_interval and style != "count" else ""
    return f"{_label(by, cell[by])}: {text}"


def _labels_once(labels: Iterable[str]) -> list[str]:
    """Labels once each; of one that several points have, how many."""
    return [each if number == 1 else f"{number} points of {each}" for each, number in Counter(labels).items()]


def _hidden(row: dict, style: str, by: str) -> str:
    """The label of a figure that is not shown; of a withheld count with the range that its reason says."""
    ends = range_of(row.get("reason")) if row["status"] == "suppressed" and style.startswith("count") else None
    return _label(by, row[by]) + (f" ({ends[0]:,} to {ends[1]:,})" if ends else "")


def _label(by: str, text: str) -> str:
    """A label as it is read; a number alone says what it numbers, `decile 3`, unless it is a year."""
    return f"{by} {text}" if str(text).isdigit() and by != "period" else spelt(text)
