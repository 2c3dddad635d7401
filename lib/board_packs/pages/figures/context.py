"""Who lives here: the population pyramid and children by age. Open data, so no cell is ever hidden."""

from __future__ import annotations

from lscb.long_table import TOTAL
from openstats import authorities as areas

from ..book import Book
from ..words import Note, count, percent
from ..words.context import ENGLAND, in_force, pick
from .base import BLUE, GREY, INK, ORANGE, PALE, Chart, axes, save

SOURCE = "Source: Office for National Statistics, mid-year population estimates (Open Government Licence v3.0)."


def pyramid(book: Book) -> Chart | Note:
    """Residents by five-year band and sex as shares of all residents, England's outline over them."""
    import numpy as np

    year, place = in_force(book, "mid_year_in_force"), areas.name(book.area)
    if year is None:
        return Note("There is no population estimate to draw.")
    frame = pick(book["population_by_band"], period=year)
    frame = frame[(frame["age_band"] != TOTAL) & (frame["vintage"] == frame["vintage"].iloc[0])]
    bands = frame["age_band"].unique().tolist()
    shares = frame.pivot_table(index="age_band", columns=["area", "sex"], values="value").reindex(bands)
    figure, ax = axes(height=5.2)
    y = np.arange(len(bands))
    for sex, side, colour in (("male", -1, BLUE), ("female", 1, ORANGE)):
        ax.barh(y, side * shares[book.area, sex], height=0.86, color=colour, label=f"{place}, {sex}")
        if (ENGLAND, sex) in shares:
            edge = np.repeat(side * shares[ENGLAND, sex].to_numpy(), 2)
            steps = np.column_stack([y - 0.5, y + 0.5]).ravel()
            ax.plot(edge, steps, color=INK, linewidth=1.4, label="England" if side == 1 else None)
    drawn = shares.loc[:, shares.columns.get_level_values("sex") != TOTAL]
    most = 1.05 * float(drawn.max().max())
    ticks = np.arange(0, most, 0.02)
    ax.set(yticks=y, yticklabels=bands, xlim=(-most, most), xlabel="Share of all residents")
    ax.set_xticks([*-ticks[:0:-1], *ticks], [f"{abs(t):.0%}" for t in [*-ticks[:0:-1], *ticks]])
    ax.grid(axis="x", color=PALE, linewidth=0.8)
    ax.grid(axis="y", visible=False)
    figure.legend(loc="outside upper left", ncols=3, frameon=False, fontsize=9)
    return save(figure, _pyramid_alt(shares, book.area, place, year), SOURCE)


def _pyramid_alt(shares, area: str, place: str, year: str) -> str:
    """The band where the area differs most from England, in words."""
    own = shares[area].drop(columns=TOTAL, errors="ignore").sum(axis=1)
    said = (
        f"Population pyramid of {place}, mid-{year}. Largest band: {own.idxmax()}, {percent(own.max())} of residents."
    )
    if ENGLAND in shares:
        england = shares[ENGLAND].drop(columns=TOTAL, errors="ignore").sum(axis=1)
        gap = own - england
        said += (
            f" Widest above England: {gap.idxmax()}, {percent(own[gap.idxmax()])} against "
            f"{percent(england[gap.idxmax()])}. Widest below: {gap.idxmin()}, {percent(own[gap.idxmin()])} against "
            f"{percent(england[gap.idxmin()])}."
        )
    return said


def children_by_age(book: Book) -> Chart | Note:
    """Residents aged 0 to 19 by single year of age."""
    year, place = in_force(book, "mid_year_in_force"), areas.name(book.area)
    if year is None:
        return Note("There is no population estimate to draw.")
    frame = pick(book["population_by_age_sex"], area=book.area, period=year, sex=TOTAL)
    frame = frame[frame["age"].isin([str(age) for age in range(20)])].drop_duplicates("age")
    ages = frame["age"].astype("int64").to_numpy()
    figure, ax = axes(height=3.0)
    ax.bar(ages, frame["count"], color=[BLUE if age < 18 else GREY for age in ages])
    ax.set(xticks=ages, xlabel="Age in years (18 and 19 in grey: not children in law)", ylabel="Residents")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    by = frame.set_index("age")["count"]
    alt = (
        f"Column chart of residents of {place} by single year of age, mid-{year}: {count(by['0'])} under one, "
        f"{count(by['4'])} aged 4, {count(by['10'])} aged 10, {count(by['17'])} aged 17, {count(by['19'])} aged 19."
    )
    return save(figure, alt, SOURCE)


def children_over_time(book: Book) -> Chart | Note:
    """Children aged 0-17 by mid-year up to the period: the current series, and what was first published."""
    place, last = areas.name(book.area), book.period.last_day.year - 1
    frame = pick(book["children"], area=book.area, measure="children_0_17", status="shown")
    frame = frame[frame["period"].astype("int64") <= last]
    if frame.empty:
        return Note("There is no population of children to draw.")
    figure, ax = axes(height=3.0)
    said = []
    for vintage, colour, style in (("current series", BLUE, "o-"), ("first published", ORANGE, "D")):
        part = pick(frame, vintage=vintage).sort_values("period")
        if part.empty:
            continue
        ax.plot(part["period"].astype("int64"), part["count"], style, color=colour, label=vintage)
        ends = part.iloc[[0, -1]] if len(part) > 1 else part
        figures = " and ".join(f"{count(c)} in mid-{p}" for p, c in zip(ends["period"], ends["count"], strict=True))
        said.append(f"{vintage}: {figures}")
    ax.set(ylabel="Children aged 0 to 17", xticks=sorted(frame["period"].astype("int64").unique()))
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.set_ylim(0, 1.08 * frame["count"].max())
    figure.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=9)
    return save(figure, f"Line chart of children aged 0 to 17 in {place}, by mid-year; {'; '.join(said)}.", SOURCE)
