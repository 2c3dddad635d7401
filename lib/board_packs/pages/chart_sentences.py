"""What may be said of a control chart: for a title, and as sentences, with the true reason where nothing may."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lscb import control_charts
from lscb.long_table import rounded_to
from lscb.scorecard import Series

from ..tables.reasons import INCOMPLETE
from .cell_value import Cell
from .number_text import count, few, series, when

ASSURANCE = {  # of limits against a target (`control_chart_rules.assurance`), after the target and `, which`
    "consistent_pass": "it reaches reliably",
    "inconsistent": "it may reach or miss",
    "consistent_fail": "its limits do not reach",
}


def direction(chart: control_charts.Chart, rows=None, style: str = "") -> str:
    """What the chart's rules allow one to say of its last point: part of a sentence for a title.

    rows : the rows charted, so that it can be said why nothing is, and of which period the last point is
    style : how the newest figure that is shown prints in the place of a reason why no rule can be asked, which the page
        gives once; empty: the reason itself
    """
    if why := _untested(chart, rows):
        if not style or chart.last < 0:
            return why[0]
        newest = Cell(rows.iloc[int(chart.last)].to_dict())
        return f"{newest:{style}}{f' {newest.unit}' * (style == 'rate')} in {newest:period}"
    cause = str(chart.special_cause[int(chart.last)])
    level = "no rule flags the last point" if chart.cause.any() else "no change shown"
    last = int(chart.last)
    to = f"to {when(rows['period'].iloc[last])} " if rows is not None and last < len(rows) - 1 else ""
    return to + (level if cause == "common" else _rule(cause, chart))


def trend(chart: control_charts.Chart, what: str, rows=None) -> str:
    """The same as sentences: `No rule of the chart flags any quarter.` What it says is of the points
    alone, and denies no change of a year that its own interval supports.
    `what` is the figure charted; `rows` as in `direction`."""
    if why := _untested(chart, rows):
        return f"{why[1]}, so whether {what} varies more than by chance cannot be said."
    cause, at = str(chart.special_cause[int(chart.last)]), _of_period(chart, rows)
    text = f"A rule of the chart flags the last point{at}: {_rule(cause, chart)}."
    if cause == "common" and chart.cause.any():
        earlier = f": {few([when(p) for p in rows['period'][chart.cause != 0]])}" if rows is not None else ""
        text = f"No rule of the chart flags the last point{at}; earlier ones are flagged{earlier}."
    elif cause == "common":
        quarterly = rows is not None and rows["period"].str.contains("-Q").all()
        text = f"No rule of the chart flags any {'quarter' if quarterly else 'point'}."
    trial = " Its limits are trial limits, because the points are few." if chart.at_last(chart.trial) else ""
    season = " Each quarter is set beside the same quarter of other years, as the series has a season."
    return text + trial + (season if chart.season.size else "")


def flagged_charts(now: int, looked: int) -> str:
    """How many of the charts looked at a rule flags at the newest quarter: part of a sentence."""
    which = "the one chart" if looked == 1 else f"{count(now) if now else 'any'} of {count(looked)} charts"
    return f"{'a' if now else 'no'} rule flags the newest quarter of {which}"


def mixed_bases(lines: Iterable[Series]) -> str:
    """Which series of rates have quarters of the sender's own population beside quarters of the published one."""
    rates = [line for line in lines if line.unit.startswith("per")]
    mixed = [line for line in rates if len({"as sent" in text for text in line.cells["method"].dropna() if text}) > 1]
    names = series(line.indicator.title for line in mixed)
    what = (
        "In one line stand rates of the population that the return sends and, where it sends none, of the published one"
    )
    return f"{what}: {names}." if names else ""


def _untested(chart: control_charts.Chart, rows) -> tuple[str, str] | None:
    """Why no rule can be asked of a chart, for a title and for a sentence; None where one can."""
    if rows is not None and rounded_rows(rows):
        return "rounded figures, not tested for change", "The figures are rounded for this audience"
    points, states, apart = int((chart.values == chart.values).sum()), set(), ""
    if rows is not None and "reason" in rows:
        states, left = set(rows["status"]), rows["reason"][(rows["status"] == "shown") & np.isnan(chart.values)]
        seen = all(INCOMPLETE.within(reason) for reason in left)
        apart = "" if left.empty else "incomplete" if seen else "incomplete or by another definition"
    if not points and apart:
        return "not tested for change", f"Every figure that is shown is {apart}"
    if not points:
        withheld = states == {"suppressed"}
        return (
            "nothing to chart",
            "Every figure of the chart is withheld" if withheld else "No figure of the chart is shown",
        )
    if points == 1:
        alone = f"There is one value only{f' that is not {apart}' * bool(apart)}"
        return f"one {'complete ' * bool(apart)}value, so no rule can be asked", alone
    if not chart.at_last(chart.limits_shown):
        return "too few points for limits", "There are too few points for limits"
    return None


def rounded_rows(rows) -> bool:
    """Whether figures of some rows are rounded for this audience, so that no finding is made of them."""
    return "reason" in rows and any(rounded_to(reason) > 1 for reason in rows["reason"])


def _of_period(chart: control_charts.Chart, rows) -> str:
    """Of which period the last point is, where that is not the newest of the rows: the newest has no figure shown."""
    last = int(chart.last)
    return (
        f" ({when(rows['period'].iloc[last])}, the newest that is shown)"
        if rows is not None and last < len(rows) - 1
        else ""
    )


def _rule(cause: str, chart: control_charts.Chart) -> str:
    run = chart.constants.run
    return control_charts.SAID[cause].format(run="seven" if run == 7 else run)
