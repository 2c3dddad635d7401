"""The board's indicators: which figure is of which year and basis, what may stand beside what, and what it shows.

An indicator's settings (group, basis, denominator, polarity, chart, official measure) are the entry `indicators` of
data/standards.yml, given to these functions as values. A figure of one quarter's flow is never comparable with a
year's, nor one of 31 March 2018 with one of 31 March 2017: `not_comparable` says why, `compare` refuses.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from . import control_charts as charts
from . import rates
from .control_chart_rules import MAKING_DATA_COUNT, Rules
from .long_table import rounded_to
from .periods import Quarter, year_label
from .seasons import seasonal_chart
from .stock_charts import stock_chart


@dataclass(frozen=True)
class Indicator:
    """One indicator as data/standards.yml describes it (the comment above its list says what each entry means)."""

    name: str
    group: str
    title: str
    says: str
    better: str = "neutral"
    target: float | None = None
    quarter: Mapping[str, Any] = field(default_factory=dict)
    official: Mapping[str, Any] = field(default_factory=dict)
    chart: Mapping[str, Any] = field(default_factory=dict)

    @property
    def carries_over(self) -> bool:
        """Whether the quarter's figure is a stock, most of which was there the quarter before."""
        return self.quarter.get("basis") == "snapshot"

    @property
    def kind(self) -> str:
        """The chart that its figures call for: `stock` where they carry over, `p` for shares, `u` for rates that its
        entry asks for (`chart`), `c` for counts of a quarter's events."""
        if self.carries_over:
            return "stock"
        return str(self.chart.get("kind") or ("p" if "of" in self.quarter else "c"))


def indicators(settings: Mapping[str, Any]) -> dict[str, Indicator]:
    """The indicators by name, in the order of the page. `settings`: the entry `indicators` of data/standards.yml."""
    entries = {}
    for name, text in settings["list"].items():
        target = text.get("target")
        fields = {**text, "target": target["value"] if isinstance(target, Mapping) else target}
        entries[name] = Indicator(name, **fields)
        if entries[name].group not in settings["groups"]:
            raise ValueError(
                f"the indicator {name} is in the group {text['group']!r}, which is not in the list of groups"
            )
    return entries


def ends_on(year: int, kind: str) -> date:
    """The last day of a DfE year: `financial` 2018 ends on 31 March 2018, `academic` on 31 August, `calendar` in
    December."""
    return date(year, *{"financial": (3, 31), "academic": (8, 31), "calendar": (12, 31)}[kind])


def period_of(year: int, kind: str) -> str:
    """The period label of a DfE year: financial and academic 2018 are `2017-18`, calendar 2018 is `2018`."""
    return str(year) if kind == "calendar" else year_label(year - 1)


def in_words(period: str, kind: str, basis: str = "") -> str:
    """A period as a person says it: `31 March 2018`, `the year to March 2018`, `the school year 2016/17`, `2017`."""
    if kind == "calendar":
        return period
    if kind == "academic":
        return f"the school year {period.replace('-', '/')}"
    year = int(period[:4]) + 1
    return f"31 March {year}" if basis == "snapshot" else f"the year to March {year}"


class Figure(NamedTuple):
    """A printed figure with what decides whether another may stand beside it.

    period : as printed, such as `31 March 2018`; basis : snapshot, quarterly flow, annual flow; unit : per 10,000, %
    value : a number, or a result of lscb.rates
    """

    value: Any
    measure: str
    period: str
    basis: str
    unit: str
    geography: str = ""


class NotComparable(ValueError):
    """Two figures that must not stand side by side; the message says why."""


def not_comparable(figure: Figure, other: Figure) -> str | None:
    """Why two figures may not be compared, or None where they may: same measure, basis, unit and period."""
    theirs = f"{other.geography or 'the comparator'}'s"
    if figure.measure != other.measure:
        return f"not comparable: {figure.measure} against {other.measure}"
    if figure.basis != other.basis:
        return f"not comparable: one is {_a(figure.basis)}, {theirs} {_a(other.basis)}"
    if figure.unit != other.unit:
        return f"not comparable: one is {figure.unit}, {theirs} {other.unit}"
    if figure.period != other.period:
        return f"not comparable: one is of {figure.period}, {theirs} of {other.period}"
    return None


def compare(figure: Figure, other: Figure) -> rates.Difference:
    """The difference of `figure` from `other`, relative to it. Raises NotComparable where there is none to make."""
    if reason := not_comparable(figure, other):
        raise NotComparable(reason)
    return rates.percent_difference(figure.value, other.value)


def no_comparator(indicator: Indicator, quarter: Quarter) -> str | None:
    """Why a quarter's own figure has no official figure of the same period and basis, or None where it has.

    Only a snapshot of 31 March has one; a quarter's flow is never set beside a year's, nor multiplied by four.
    """
    quarterly, official = indicator.quarter, indicator.official
    if not official:
        return "no official figure for this indicator"
    if quarterly["basis"] == "quarterly flow":
        return "not comparable: one quarter against a year"
    if quarterly.get("official_differs"):
        return f"not comparable: {quarterly['official_differs']}"
    return None if quarter.number == 4 else "not comparable: the official figure is of 31 March"


def _a(basis: str) -> str:
    return f"{'an' if basis[:1] in 'aeiou' else 'a'} {basis}"


def charted(
    indicator: Indicator,
    cells: pd.DataFrame,
    share: bool,
    rules: Rules = MAKING_DATA_COUNT,
    began: Iterable[int] = (),
    baseline: int | None = None,
) -> charts.Chart:
    """The control chart of what the indicator's figures are (`Indicator.kind`), its season allowed for.

    cells : one row per quarter: `period`, `value`, `count` and, for shares and rates, `of`
    Flows (p', u', and u' of counts alone) have limits of chance, widened by the spread between quarters and never
    narrowed; stocks have limits widened by how alike neighbouring quarters are. Figures that disclosure control has
    rounded have no limits: a finding of them could be another than that of the figures as counted.
    """
    count, of = cells["count"].to_numpy(float), cells["of"].to_numpy(float)
    kind = indicator.kind if share or indicator.kind != "u" or (of > 0).any() else "c"
    drawn = cells["value"].to_numpy(float) if share or kind == "u" else count
    if any(rounded_to(text) > 1 for text in cells["reason"].unique()):
        baseline = 0
    more: dict[str, Any] = {"rules": rules, "began": began, "baseline": baseline}
    make: dict[str, Callable[[np.ndarray], charts.Chart]] = {
        "stock": lambda e: stock_chart(drawn - e, **more),
        "p": lambda e: charts.p_chart(count - e * of, of, overdispersed=True, **more),
        "c": lambda e: charts.u_chart(count - e, np.ones(len(count)), overdispersed=True, **more),
        "u": lambda e: charts.u_chart(
            count - e * of / indicator.quarter["per"], of, per=indicator.quarter["per"], overdispersed=True, **more
        ),
    }
    return seasonal_chart(make[kind], drawn, cells["period"])


@dataclass(frozen=True)
class Series:
    """One indicator's series as a table shows it, with its chart; made from protected cells, so nothing else is in it.

    periods : labels in order, without gaps; values : what is drawn (counts, shares as fractions, or rates), nan where
        the cell is not shown; hidden : the periods whose figure is withheld
    latest : the cells of the newest period by measure, each a mapping of the table's columns
    decimals : how many its publisher prints
    cells : the cells that are charted, one a period, in order; a period that is not in the table has blanks
    """

    indicator: Indicator
    periods: tuple[str, ...]
    values: np.ndarray
    hidden: tuple[str, ...]
    unit: str
    chart: charts.Chart
    latest: Mapping[str, Mapping[str, Any]]
    decimals: int = 1
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def variation(self) -> str:
        """What the newest point is (control_charts.Chart.variation); `not_shown` where it has no figure."""
        if not self.periods or np.isnan(self.values).all():
            return ""
        if np.isnan(self.values[-1]):
            return "not_shown"
        return str(self.chart.variation(self.indicator.better))

    @property
    def assurance(self) -> str | None:
        """Whether the newest limits meet the indicator's target (control_chart_rules.assurance); None without one."""
        if self.indicator.target is None or not self.periods:
            return None
        answer = self.chart.assurance(self.indicator.target, self.indicator.better)
        return None if answer is None else str(answer)


def quarters(
    frame: pd.DataFrame,
    indicator: Indicator,
    period: Quarter,
    rules: Rules = MAKING_DATA_COUNT,
    rebases: Iterable[charts.Rebase] = (),
    baseline: int | None = None,
) -> Series:
    """An indicator's quarters from `scorecard_quarter`: its counts, or its shares where it is a share.

    frame : the table of one area; rebases : those a person has decided for this indicator and area
    baseline : the limits rest on the first so many points of each group; None: on all its points
    """
    rows = frame[frame["indicator"] == indicator.quarter["count"]]
    counts, rated = (rows[rows["measure"] == f"services_{what}"] for what in ("count", "rate"))
    share = "of" in indicator.quarter
    without = set(counts.loc[counts["status"] == "shown", "period"]) - set(rated.loc[rated["of"] > 0, "period"])
    per_head = indicator.kind == "u" and not without and not share  # counts, where one lacks its population
    drawn = rows[rows["measure"] == f"{indicator.name}_share"] if share else rated if per_head else counts
    labels = tuple(str(q) for q in _span(drawn["period"], period))
    cells = drawn.set_index("period").reindex(labels).reset_index()
    cells["reason"] = cells.get("reason", pd.Series(dtype=str)).fillna("")
    began = charts.starts([Quarter.parse(p).first_day for p in labels], rebases)
    hidden = tuple(cells.loc[cells["status"] == "suppressed", "period"])
    chart = charted(indicator, cells, share, rules, began, baseline)
    unit = "share" if share else f"per {indicator.quarter['per']:,}" if per_head else "count"
    return Series(indicator, labels, chart.values, hidden, unit, chart, _latest(rows, str(period)), cells=cells)


def years(
    frame: pd.DataFrame, indicator: Indicator, rules: Rules = MAKING_DATA_COUNT, baseline: int | None = None
) -> Series:
    """An indicator's years from `scorecard_year`: the published figures, an individuals chart, of numbers on one day
    that of a stock; without limits where figures are of several years together, and so share years with others.

    baseline : the limits rest on the first so many points; None: on all of them
    """
    rows = frame[frame["indicator"] == indicator.name]
    drawn = rows[rows["measure"] == "official_figure"].sort_values("period").set_index("period")
    shown = drawn[drawn["value"].notna()]
    labels = tuple(shown.index)
    if labels:  # a year between two published ones that is not there stays a gap
        start, end = int(labels[0][:4]), int(labels[-1][:4])
        labels = tuple(str(y) if "-" not in labels[0] else year_label(y) for y in range(start, end + 1))
    values = shown["value"].reindex(labels).to_numpy(float)
    newest = shown.index[-1] if len(shown) else (drawn.index[-1] if len(drawn) else "")
    unit = str(shown["unit"].iloc[-1]) if len(shown) else ""
    make = stock_chart if indicator.official["basis"] == "snapshot" else charts.xmr
    chart = make(values, rules=rules, baseline=0 if "years" in indicator.official else baseline)
    decimals, cells = indicator.official.get("decimals", 1), drawn.reindex(labels).rename_axis("period").reset_index()
    return Series(indicator, labels, values, (), unit, chart, _latest(rows, newest), decimals, cells)


def _span(periods: Iterable[str], last: Quarter) -> list[Quarter]:
    first = min([*(Quarter.parse(p) for p in periods), last])
    return last.back((last.start - first.start) * 4 + last.number - first.number + 1)


def _latest(frame: pd.DataFrame, period: str) -> dict[str, dict[Any, Any]]:
    rows, names = frame[frame["period"] == period].to_numpy(object).tolist(), list(frame.columns)
    return {str(row["measure"]): row for row in (dict(zip(names, values, strict=True)) for values in rows)}
