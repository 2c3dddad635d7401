"""The annual report's charts: `::: chart hrda.referrals` is `hrda_referrals` here, given the book of the year's tables.

Each chooses rows and draws as the notebook of its subject does, and returns the finished chart, or a sentence where
nothing may be drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb import control_charts
from lscb.periods import Quarter
from openstats import authorities

from ...pages import charts, mapped_places
from ...pages import sentences as say
from ...pages.book_rows import Rows
from ...pages.number_text import label

if TYPE_CHECKING:
    import pandas as pd

    from ...pages.book import Book
    from ...pages.charts import Chart
    from ...pages.sentences import Note

HUB, PANEL = "the hub's return of high-risk domestic abuse referrals", "the panel's return of child deaths"

ONS = "Office for National Statistics, mid-year population estimates (Open Government Licence v3.0)"
INDICES = (
    "Ministry of Housing, Communities and Local Government, English Indices of Deprivation {} (Open Government Licence "
    "v3.0). Outlines: Office for National Statistics. Contains OS data © Crown copyright and database right"
)


def newest(what: str, charted: pd.DataFrame, chart: control_charts.Chart, style: str = "percent") -> str:
    """The title of a chart by quarter: what its rules find or, of rounded figures, which no rule is asked of, the newest
    beside that of the same quarter a year before."""
    rows = Rows(charted)
    shown = rows[rows["status"] == "shown"]
    if not say.rounded_rows(rows) or shown.empty:
        return f"{what}: {say.direction(chart, rows)}"
    now = rows.cell(shown["period"].iloc[-1])
    before = rows.cell(str(Quarter.parse(now.period) - 4))
    beside = f", {before:{style}} a year before" if before.shown else ""
    return f"{what}: {now:{style}} in {now:period}{beside}"


def _shares(rows: Rows, title: str, what: str, source: str, wide: bool = True, height: float = 3) -> Chart | Note:
    """Shares by quarter as a control chart of those that are complete. `wide`: limits allow for the quarters' spread."""
    complete = rows.where(~rows.gives("incomplete", "changed"))
    chart = control_charts.p_chart(complete["count"], complete["of"], overdispersed=wide)
    _, (ax,) = charts.panels(1, columns=1, height=height)
    charts.control(ax, rows, chart, "percent")
    alt = charts.describe(rows, f"Control chart. {what}", "percent", chart=chart)
    return charts.show(ax, newest(title, rows, chart), alt, source, rows)


def _with_part(
    totals: Rows, part: Rows, words: tuple[str, str], title: str, source: str, height: float
) -> Chart | Note:
    """Columns of all, those of a part darker; `words`: what all are, and what of these the part is."""
    _, (ax,) = charts.panels(1, columns=1, height=height)
    ax.bar(totals.index, totals["count"], color=charts.PALE, edgecolor=charts.GREY, linewidth=0.6, label="referrals")
    ax.bar(part.index, part["count"], color=charts.BLUE, label=f"of these, {words[1]}")
    charts.gaps(charts.labels(ax, totals), part, at=0.04, colour=charts.BLUE)
    alt = f"{charts.describe(totals, f'Column chart. {words[0]}')} {charts.describe(part, f'Of these, {words[1]}')}"
    return charts.show(ax, title, alt, source, totals)


def context_pyramid(book: Book) -> Chart | Note:
    """Residents by five-year band and sex as shares of all residents, England's outline over them."""
    year = f"{book['context_as_of'].cell(measure='mid_year_in_force').value:.0f}"
    rows = book["population_by_band"].query("period == @year and age_band != 'Total'")
    rows = rows.sort_values("vintage", ascending=False, kind="stable").drop_duplicates(["area", "sex", "age_band"])
    here, england = (rows[rows["area"] == area] for area in (book.area, authorities.ENGLAND))
    _, (ax,) = charts.panels(1, columns=1, height=4.7)
    if len(here):
        charts.pyramid(ax, here, england)
    both = here[here["sex"] == "Total"].reset_index(drop=True)
    what = f"Population pyramid of {book.place}, mid-{year}. Residents by age, as shares of all"
    alt = charts.describe(both, what, "percent", by="age_band")
    young, there = (
        book["age_shares"].cell(year, "share_15_24", area=area) for area in (book.area, authorities.ENGLAND)
    )
    beside = f": {young:percent} aged 15 to 24, England {there:percent}" if young.shown and there.shown else ""
    return charts.show(ax, f"Residents by age and sex, mid-{year}{beside}", alt, ONS, here)


def deprivation_decile_map(
    book: Book, index: str = "imd", palette: str = "board", extent: str = "authority"
) -> Chart | Note:
    """Every neighbourhood in the colour of its national decile, of the edition in force on the period's last day."""
    edition = f"{book['context_as_of'].cell(measure='indices_in_force').value:.0f}"
    shapes = mapped_places.neighbourhoods(book, index, edition, extent)
    _, (ax,) = charts.panels(1, columns=1)
    charts.decile_map(ax, shapes, shapes["decile"], palette, shapes.attrs["places"])
    what = f"{label(index)} {edition}"
    rows = book["deprivation_deciles"].query("measure == 'neighbourhoods' and index == @index and edition == @edition")
    worst, every = (rows.cell(edition, decile=decile) for decile in ("1", "Total"))
    title = f"{what}: {worst:count} of {every:count} neighbourhoods in England's most deprived tenth"
    alt = mapped_places.described(shapes, what)[1]
    return charts.show(ax, title if worst.shown else what, alt, INDICES.format(edition), shapes)


def hrda_referrals(book: Book) -> Chart | Note:
    """Referrals by quarter, the repeats among them darker."""
    every = book["hrda_by_period"].query("measure == 'hrda_referrals' and children == 'Total'")
    now, before = (every.query("repeat == 'Total'").cell(year) for year in (book.year, book.last_year))
    rows = every.quarters()
    totals, repeats = (rows.query("repeat == @label").reset_index(drop=True) for label in ("Total", "repeat"))
    title = f"Referrals by quarter: {now:count} in {now:period}, {before:count} in {before:period}"
    return _with_part(totals, repeats, ("Referrals by quarter", "repeats"), title, HUB, 3)


def hrda_repeats(book: Book) -> Chart | Note:
    """Repeats as a share of referrals by quarter, as a control chart of the quarters whose look-back is complete."""
    rows, wide = book["hrda_by_period"].query("measure == 'hrda_repeat_rate'").quarters(), book.standard("hrda.series")
    return _shares(rows, "Repeats by quarter", "Repeats as a share of referrals by quarter", HUB, wide["overdispersed"])


def child_deaths_rates(book: Book) -> Chart | Note:
    """Deaths notified per 100,000 children over three years at a time, with 95% intervals."""
    rows = book["child_deaths_by_year"].query("measure == 'cdop_death_rate' and window == '3 years'")
    rows = rows.sort_values("period")
    _, (ax,) = charts.panels(1, columns=1, height=2)
    charts.intervals(ax, rows, "period", "rate").set_ylabel("three years to")
    what = "Points with 95% intervals. Deaths notified per 100,000 children over the three years that end with"
    now = rows.tail(1).cell() if len(rows) else None
    title = "Deaths per 100,000 children"
    if now is not None and now.shown:
        title = f"{title}: {now:rate:0} over the three years to {now:period}, {now:interval}"
    return charts.show(ax, title, charts.describe(rows, what, "rate"), f"{PANEL}; ONS", rows)


def board_attendance(book: Book, meeting: str = "") -> Chart | Note:
    """Share of expected seats filled by agency at one meeting in the year so far, the emptiest first."""
    meeting = meeting or book.term("main_meeting")
    rows = book["board_attendance"].query("period == @book.year_so_far and measure == 'seats_filled'")
    seats = rows.query("meeting == @meeting").by("agency").sort_values(["value", "agency"]).reset_index(drop=True)
    _, (ax,) = charts.panels(1, columns=1, height=0.4 + 0.3 * len(seats))
    ax.barh(seats["agency"], seats["value"], color=charts.BLUE)
    ax.invert_yaxis()
    charts.labels(ax, seats, "percent", by="agency", across=True).set(xlabel="Share of expected seats filled")
    charts.shares(ax, "x")
    alt = charts.describe(
        seats, f"Bar chart. Expected seats filled at the {meeting}", "percent", "agency", order=seats["agency"]
    )
    every = say.plural(int((seats["value"] == 1).sum()), "agency", "agencies")
    counted = int(seats["value"].notna().sum())
    title = f"Expected seats filled at the {meeting}: {every} of {counted} filled each of theirs"
    return charts.show(ax, title, alt, "the return of meetings", seats)


def exploitation_funnel(book: Book) -> Chart | Note:
    """The share of each year's referrals that went to a strategy meeting, with its interval."""
    rows = book["exploitation_funnel"].query("measure == 'exploitation_to_meeting' and not period.str.contains('-Q')")
    rows = rows.sort_values("period")
    _, (ax,) = charts.panels(1, columns=1)
    charts.intervals(ax, rows, "period")
    alt = charts.describe(rows, "Points with 95% intervals. Referrals that went to a strategy meeting", "percent")
    return charts.show(
        ax, "Referrals that went to a strategy meeting", alt, "exploitation return of the partners", rows
    )


def learning_filled(book: Book) -> Chart | Note:
    """Share of places filled by quarter, as a control chart."""
    rows = book["training_attendance"].query("measure == 'training_filled' and kind == 'Total'").quarters()
    source = "training return of the Board's coordinator"
    return _shares(rows, "Places filled", "Share of places filled by quarter", source)


def assurance_standards(book: Book) -> Chart | Note:
    """Agencies short of each standard of the section 11 audit in the year."""
    now = book.year_so_far
    rows = book["section_11_standards"].query("measure == 'section_11_short' and period == @now").reset_index(drop=True)
    _, (ax,) = charts.panels(1, columns=1, height=3.6)
    ax.barh(rows.index, rows["count"].fillna(0), color=charts.BLUE)
    ax.invert_yaxis()
    charts.labels(ax, rows, by="standard", across=True).set_xlabel("Agencies short of the standard")
    alt = charts.describe(rows, f"Bar chart. Agencies short of each standard, {now}", by="standard")
    title = "Agencies short of each standard"
    if rows["count"].max() > 0:
        most = rows[rows["count"] == rows["count"].max()]
        first = most.head(1).cell()
        title = (
            f"{title}, most at {say.series([label(name) for name in most['standard']])}: {first:count} of {first:of}"
        )
    return charts.show(ax, title, alt, "section 11 self-assessments", rows)


def exploitation_referrals(book: Book) -> Chart | Note:
    """Referrals with exploitation as a factor by year, those that went to a strategy meeting darker."""
    rows = book["exploitation_funnel"].query("not period.str.contains('-Q')").sort_values("period")
    totals, met = (
        rows.query("measure == @m").reset_index(drop=True) for m in ("exploitation_referrals", "exploitation_meetings")
    )
    now = totals.tail(1).cell()
    title = "Referrals with exploitation as a factor" + (f", {now:period}: {now:count}" if len(totals) else "")
    words = ("Referrals with exploitation as a factor by year", "went to a strategy meeting")
    return _with_part(totals, met, words, title, "exploitation return of the partners", 2.6)


def exploitation_flags(book: Book) -> Chart | Note:
    """Children whom the police flag as at risk, at each quarter's end."""
    flags = book["exploitation_flags"].quarters()
    _, (ax,) = charts.panels(1, columns=1, height=2.4)
    ax.plot(flags.index, flags["count"], "o-", color=charts.BLUE)
    charts.gaps(ax, flags)
    charts.periods(ax, flags["period"])
    ax.set_ylim(0, None)
    now = flags.cell(book.period)
    alt = charts.describe(flags, "Line chart. Children flagged by the police at each quarter's end")
    title = f"Children flagged by the police, end of {now:period}: {now:count}"
    return charts.show(ax, title, alt, "exploitation return of the partners", flags)


def hrda_children(book: Book) -> Chart | Note:
    """Referrals with children in the household as a share of those that record it, by quarter, as a control chart."""
    rows = book["hrda_by_period"].query("measure == 'hrda_households_with_children'").quarters()
    what, wide = "Referrals with children in the household", book.standard("hrda.series")["overdispersed"]
    return _shares(rows, "Children in the household", what, HUB, wide, 2.4)


def child_deaths_notified(book: Book) -> Chart | Note:
    """Deaths notified and reviews completed by year: two groups of children, side by side."""
    yearly = book["child_deaths_by_year"].query("window == '1 year'").sort_values("period")
    names = {"cdop_deaths_notified": "Deaths notified", "cdop_reviews_completed": "Reviews completed"}
    parts = {title: yearly.query("measure == @m").reset_index(drop=True) for m, title in names.items()}
    fig, axes = charts.panels(2, columns=2, height=2.3)
    for ax, (title, rows) in zip(axes, parts.items(), strict=True):
        ax.bar(rows.index, rows["count"].fillna(0), color=charts.BLUE)
        charts.labels(ax, rows).set_title(title, loc="left")
    alt = " ".join(charts.describe(rows, f"Column chart. {title} by year") for title, rows in parts.items())
    now = parts["Deaths notified"].tail(1).cell()
    return charts.show(fig, f"Deaths notified in {now:period}: {now:count}", alt, PANEL, yearly)


def finance_contributions(book: Book) -> Chart | Note:
    """What each partner contributed in the year and the year before."""
    rows = book["contributions"].query("measure == 'contribution_received' and partner != 'Total'")
    now = rows.query("period == @book.year").sort_values("value", ascending=False).reset_index(drop=True)
    before = rows.query("period == @book.last_year").set_index("partner")["value"].reindex(now["partner"])
    _, (ax,) = charts.panels(1, columns=1, height=0.6 + 0.45 * max(len(now), 1))
    ax.barh(now.index - 0.2, now["value"], height=0.38, color=charts.BLUE, label=book.year)
    ax.barh(
        now.index + 0.2, before.to_numpy(), height=0.38, color=charts.PALE, edgecolor=charts.GREY, label=book.last_year
    )
    for year, shift, values in ((book.year, -0.2, now["value"]), (book.last_year, 0.2, before)):
        for place, value in enumerate(values.to_numpy()):
            text = say.money(value) + (f": {year}" if not place else "")
            at = (value if value == value else 0, place + shift)
            ax.annotate(text, at, (4, 0), textcoords="offset points", va="center", fontsize=8.5)
    ax.invert_yaxis()
    ax.margins(x=0.2)
    ax.set_yticks(range(len(now)), [label(text) for text in now["partner"]])
    ax.grid(axis="y", visible=False)
    ax.set(xlabel="Pounds")
    alt = charts.describe(now, f"Bar chart. Contributions in {book.year}", "money", by="partner")
    total = book["contributions"].cell(book.year, "contribution_received", partner="Total")
    return charts.show(
        ax, f"Partners contributed {total:money} in {book.year}", alt, "the return of contributions", now
    )


__all__ = ["assurance_standards", "board_attendance", "child_deaths_notified", "child_deaths_rates", "context_pyramid",
           "deprivation_decile_map", "exploitation_flags", "exploitation_funnel", "exploitation_referrals",
           "finance_contributions", "hrda_children", "hrda_referrals", "hrda_repeats", "learning_filled"]  # fmt: skip
