"""Who lives here, in words: the answer, and what has to be said beside the figures."""

from __future__ import annotations

import pandas as pd

from lscb.long_table import TOTAL
from openstats import authorities as areas

from ..book import Book
from ..html_table import Table, show
from .base import Answer, Note, count, ordinal, percent, rate

ENGLAND = areas.ENGLAND


def in_force(book: Book, measure: str) -> str | None:
    """The year of what was in force on the period's last day, as a label of `period`; None where none is held."""
    frame = book["context_as_of"]
    year = frame[(frame["area"] == book.area) & (frame["measure"] == measure) & (frame["status"] == "shown")]["value"]
    return str(int(year.iloc[0])) if len(year) else None


def pick(frame: pd.DataFrame, **labels) -> pd.DataFrame:
    """The cells with these labels; a dimension that a table does not have counts as its Total."""
    for dim, label in labels.items():
        if dim in frame:
            frame = frame[frame[dim] == label]
        elif label != TOTAL and dim != "status":
            frame = frame.iloc[:0]
    return frame


def one(frame: pd.DataFrame, figure: str, **labels) -> float:
    """One figure of the one cell with these labels; nan where there is none or it is not shown.

    Where a figure is held in two vintages, the first published: it is what a board could know.
    """
    found = pick(frame, **labels)
    if len(found) > 1 and "vintage" in found:
        found = found[found["vintage"] == "first published"]
    shown = found[found["status"] == "shown"]
    return float(shown[figure].iloc[0]) if len(shown) else float("nan")


def headline(book: Book) -> Answer:
    """How many live here, how many of them children, and the share of young adults beside England's."""
    year, place = in_force(book, "mid_year_in_force"), areas.name(book.area)
    if year is None:
        return Answer(f"No population estimate is held for {place}: lscb fetch gets it.")
    people = book["population_by_age_sex"]
    whole, male, female = (
        one(people, "count", area=book.area, period=year, sex=sex, age=TOTAL) for sex in (TOTAL, "male", "female")
    )
    children = one(book["children"], "count", area=book.area, period=year, measure="children_0_17")
    young, england = (
        one(book["age_shares"], "value", area=a, period=year, measure="share_15_24") for a in (book.area, ENGLAND)
    )
    return Answer(
        f"In mid-{year} {place} had {count(whole)} residents, {count(male)} male and {count(female)} female; "
        f"{count(children)} were children aged 0 to 17, and {percent(young)} were aged 15 to 24, "
        f"against {percent(england)} in England."
    )


def children(book: Book) -> Note:
    """Children 0-17 and 0-19, their share among neighbours, and what became of the estimate."""
    year, place = in_force(book, "mid_year_in_force"), areas.name(book.area)
    if year is None:
        return Note("No population estimate is held.")
    frame, shares = book["children"], book["age_shares"]
    older = one(frame, "count", area=book.area, period=year, measure="children_0_19")
    share = one(shares, "value", area=book.area, period=year, measure="child_share_0_17")
    england = one(shares, "value", area=ENGLAND, period=year, measure="child_share_0_17")
    said = [
        f"{count(older)} residents were aged 0 to 19. Children aged 0 to 17 were {percent(share)} of residents, "
        f"against {percent(england)} in England."
    ]
    rank, ranked = (one(shares, f, area=book.area, period=year, measure="child_share_0_17") for f in ("rank", "ranked"))
    if rank == rank:
        said.append(
            f"Among {place} and its statistical neighbours that share ranks {ordinal(rank)} of {count(ranked)}."
        )
    first, now = (
        one(frame[frame["vintage"] == vintage], "count", area=book.area, period=year, measure="children_0_17")
        for vintage in ("first published", "current series")
    )
    if first == first and now == now and first != now:
        said.append(
            f"The estimate of children for mid-{year} was first published as {count(first)} and is {count(now)} in the "
            "current series: a rate says which of the two it divides by."
        )
    return Note(" ".join(said))


def infant_deaths(book: Book) -> Note:
    """Infant deaths a year, as a three-year mean: a single year is too few to say anything."""
    frame = book["infant_deaths_average"]
    known = frame[(frame["area"] == book.area) & (frame["status"] == "shown")].sort_values("period")
    if known.empty:
        return Note("No registered infant deaths are held for this area.")
    last = known.iloc[-1]
    first = int(last["period"]) - 2
    return Note(
        f"Registered deaths under one year: {count(last['count'])} in the three years {first} to {last['period']}, "
        f"{rate(last['value'])} a year on average."
    )


def sources(book: Book) -> Note:
    """Which mid-year was in force, and why another was taken if so."""
    row = pick(book["context_as_of"], measure="mid_year_in_force", area=book.area)
    row = row[row["value"].notna()]
    if row.empty:
        return Note("No mid-year estimate is held for this area.")
    row = row.iloc[0]
    note = f" ({row['method']})" if row["method"] else ""
    year = int(row["value"])
    said = f"Estimates are those in force on the last day of the period: mid-{year}{note}."
    later = [int(period) for period in vintages(book)["period"] if int(period) > year]
    if later:
        said += (
            f" A later mid-year, {max(later)}, is in the table of children because rates of the year to March "
            f"{book.period.last_day.year} divide by it; it was published after the period."
        )
    return Note(said)


# --- tables ------------------------------------------------------------------------------------------------------


def groups(book: Book) -> Table | Note:
    """Shares of young adults and of children, and the dependency ratio, beside England's and among neighbours."""
    year = in_force(book, "mid_year_in_force")
    if year is None:
        return Note("No population estimate is held.")
    frame = pick(book["age_shares"], period=year, vintage="first published")
    names = {"share_15_24": "Aged 15 to 24", "child_share_0_17": "Aged 0 to 17"}
    frame = frame[frame["measure"].isin(names)]
    frame = frame.assign(measure=frame["measure"].map(names), place=frame["area"].map(areas.name))
    columns = {
        "Residents": ("count", "count"),
        "Of": ("of", "count"),
        "Share": ("value", "percent"),
    }
    caption = f"Young residents, mid-{year}"
    if frame["rank"].notna().any():
        columns |= {"Rank": ("rank", "ordinal"), "Ranked": ("ranked", "count")}
        caption += ". Rank: highest first, among the area and its statistical neighbours"
    return show(frame, caption, {"measure": "Group", "place": "Place"}, columns)


def vintages(book: Book) -> pd.DataFrame:
    """Children aged 0-17 by mid-year and vintage, to the last mid-year before the period's end."""
    frame = pick(book["children"], area=book.area, measure="children_0_17")
    frame = frame[frame["period"].str.fullmatch(r"\d{4}")]
    return frame[frame["period"].astype("int64") < book.period.last_day.year].sort_values("period")


def partners(book: Book) -> Table | Note:
    """The areas of the wider partnership side by side."""
    frame = book["partnership_areas"]
    year = in_force(book, "mid_year_in_force")
    shown = pick(frame, area=book.area, status="shown", period=year) if year else frame.iloc[:0]
    if shown.empty:
        return Note("No wider partnership is set for this area (data/standards.yml, context.partnerships).")
    shown = shown[shown["age_group"].isin(["0-17", "0-19", "15-24"])]
    columns = {
        "Residents of that age": ("count", "count"),
        "All residents": ("of", "count"),
        "Share": ("value", "percent"),
    }
    caption = f"Children and young people in the areas of the wider partnership, mid-{year}"
    return show(shown, caption, {"beside": "Area", "age_group": "Ages"}, columns)


def facts(book: Book) -> Table | Note:
    """Published figures as printed, each with the year its source states."""
    frame = pick(book["published_facts"], area=book.area, status="shown")
    if frame.empty:
        return Note("No published facts are kept for this area in data/reference/published-facts.csv.")
    shares = frame["unit"].str.startswith("share")
    frame = frame.assign(printed=[percent(v) if s else count(v) for v, s in zip(frame["value"], shares, strict=True)])
    heads = {"fact": "What", "beside": "Where", "stated_year": "Year"}
    return show(frame, "Published figures of the annual report 2017-18", heads, {"Printed": ("printed", "text")})
