"""The annual report's charts of the scorecard: an indicator by quarter with its control chart, by year beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb import scorecard
from lscb.errors import UserError

from ...pages import chart_settings, charts
from ...pages import sentences as say
from .report_charts import newest

if TYPE_CHECKING:
    from ...pages.book import Book
    from ...pages.charts import Chart

STYLE = {"share": "percent", "count": "count"}
OFFICIAL = "DfE, Local Authority Interactive Tool"


def scorecard_quarters(book: Book, indicator: str) -> Chart | say.Note:
    """An indicator of the children's services return by quarter, as a control chart; the finding says what it shows."""
    each = _indicator(book, indicator, "quarter")
    began = chart_settings.starts(book).get(indicator, ())
    line = scorecard.quarters(book["scorecard_quarter"], each, book.period, chart_settings.rules(book), began)
    if line.chart.last < 0:
        return say.Note(f"{each.title} by quarter: no figure is there to draw.")
    style = STYLE.get(line.unit, "rate")
    _, (ax,) = charts.panels(1, columns=1, height=2.4)
    charts.control(ax, line.cells, line.chart, style, each.better)
    alt = charts.describe(line.cells, f"Control chart. {each.title} by quarter", style, chart=line.chart)
    title = newest(f"{each.title} by quarter", line.cells, line.chart, style)
    return charts.show(ax, title, alt, "the children's services return", line.cells)


def scorecard_years(book: Book, indicator: str) -> Chart | say.Note:
    """An indicator's published figures by year beside the neighbours' mean, the region and England: of the scorecard,
    or of children's lives (context.children in data/standards.yml)."""
    context = indicator in book.standard("context.children")["list"]
    each = _indicator(book, indicator, "official", "context.children" if context else "indicators")
    official = book["children_in_context" if context else "scorecard_year"]
    line = scorecard.years(official, each)
    if line.chart.last < 0:
        return say.Note(f"{each.title} by year: no published figure is held.")
    names = {
        "official_figure": book.place,
        "official_neighbours": "neighbours' mean",
        "official_region": "region",
        "official_england": "England",
    }
    rows = official.query("indicator == @indicator and measure in @names").replace({"measure": names})
    wide = rows.pivot(index="period", columns="measure", values="value")
    wide = wide.reindex(index=line.periods, columns=list(names.values())).dropna(axis="columns", how="all")
    _, (ax,) = charts.panels(1, columns=1, height=2.4)
    charts.lines(ax, wide, styles=("o-", "D:", "^-.", "s--"))
    if line.unit == "share":
        charts.shares(ax)
    here, england = (rows.cell(line.periods[-1], who) for who in (book.place, "England"))
    style = f"unit:{line.decimals}"
    texts = [charts.describe(part, f"Line chart. {each.title}, {who}", "unit:1" if "mean" in str(who) else style)
             for who, part in rows.groupby("measure")]  # fmt: skip
    unit = "" if line.unit == "share" else f" {line.unit}"
    beside = f", England {england:{style}}" if england.shown else ""
    title = f"{each.title}, {here:period}: {here:{style}}{unit}{beside}"
    return charts.show(ax, title, " ".join(texts), OFFICIAL, rows)


def _indicator(book: Book, name: str, part: str, among: str = "indicators") -> scorecard.Indicator:
    """An indicator of the standards that has this part; UserError names those there are."""
    entries = scorecard.indicators(book.standard(among))
    there = [n for n, each in entries.items() if getattr(each, part)]
    if name not in there:
        raise UserError(f"indicator {name!r}: there are {', '.join(there)}.")
    return entries[name]


__all__ = ["scorecard_quarters", "scorecard_years"]
