"""The annual report's charts: `::: chart hrda.referrals` is `hrda_referrals` here, given the book of the year's tables.

Each chooses rows and draws as the notebook of its subject does, and returns the finished chart, or a sentence where
nothing may be drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb import control_charts

from ...pages import charts

if TYPE_CHECKING:
    from ...pages.book import Book
    from ...pages.charts import Chart
    from ...pages.sentences import Note

HUB, PANEL = "the hub's return of high-risk domestic abuse referrals", "the panel's return of child deaths"


def hrda_referrals(book: Book) -> Chart | Note:
    """Referrals by quarter, the repeats among them darker."""
    rows = book["hrda_by_period"].query("measure == 'hrda_referrals' and children == 'Total'").quarters()
    totals, repeats = (rows.query("repeat == @label").reset_index(drop=True) for label in ("Total", "repeat"))
    _, (ax,) = charts.panels(1, columns=1, height=3)
    ax.bar(totals.index, totals["count"], color=charts.PALE, edgecolor=charts.GREY, linewidth=0.6, label="referrals")
    ax.bar(repeats.index, repeats["count"], color=charts.BLUE, label="of these, repeats")
    charts.gaps(charts.labels(ax, totals), repeats, at=0.04, colour=charts.BLUE)
    charts.legend(ax)
    alt = charts.describe(totals, "Column chart. Referrals by quarter")
    alt += charts.describe(repeats, " Repeats among them")
    return charts.show(ax, "Referrals by quarter", alt, HUB, totals)


def hrda_repeats(book: Book) -> Chart | Note:
    """Repeats as a share of referrals by quarter, as a control chart of the quarters whose look-back is complete."""
    rows = book["hrda_by_period"].query("measure == 'hrda_repeat_rate'").quarters()
    whole = rows.where(~rows["reason"].str.contains("incomplete|changed"))
    overdispersed = book.standard("hrda.series")["overdispersed"]
    chart = control_charts.p_chart(whole["count"], whole["of"], overdispersed=overdispersed)
    _, (ax,) = charts.panels(1, columns=1, height=3)
    charts.control(ax, rows, chart, "percent")
    charts.legend(ax)
    alt = charts.describe(rows, "Control chart. Repeats as a share of referrals by quarter", "percent", chart=chart)
    return charts.show(ax, "Repeats by quarter", alt, HUB, rows)


def child_deaths_rates(book: Book) -> Chart | Note:
    """Deaths notified per 100,000 children over three years at a time, with 95% intervals."""
    rows = book["child_deaths_by_year"].query("measure == 'cdop_death_rate' and window == '3 years'")
    rows = rows.sort_values("period")
    _, (ax,) = charts.panels(1, columns=1, height=2)
    charts.intervals(ax, rows, "period", "rate").set_ylabel("three years to")
    what = "Points with 95% intervals. Deaths notified per 100,000 children over the three years that end with"
    return charts.show(ax, "Deaths per 100,000 children", charts.describe(rows, what, "rate"), f"{PANEL}; ONS", rows)
