"""Deprivation in words, and the rows that the page's tables show. A rank is never printed without its measure."""

from __future__ import annotations

import re

import pandas as pd

from lscb.long_table import TOTAL
from openstats import authorities as areas
from openstats.project_data import DATA, read

from ..book import Book
from ..html_table import Table, show, text
from .base import Answer, Note, count, ordinal, percent, series
from .context import in_force, one, pick

INDICES = {
    "imd": "Index of Multiple Deprivation",
    "idaci": "Income deprivation affecting children (IDACI)",
    "idaopi": "Income deprivation affecting older people (IDAOPI)",
    "income": "Income",
    "employment": "Employment",
    "education": "Education, skills and training",
    "health": "Health and disability",
    "crime": "Crime",
    "barriers": "Barriers to housing and services",
    "living_environment": "Living environment",
}
MEASURES = {
    "average_score": "Average score",
    "average_rank": "Average rank",
    "proportion_decile_1": "Share of neighbourhoods in the most deprived tenth",
    "extent": "Extent",
    "local_concentration": "Local concentration",
}


def edition(book: Book, chosen: int | str = "in force") -> str:
    """The edition a page shows: the one in force on the period's last day, or the one chosen by its year."""
    if str(chosen) != "in force":
        return str(chosen)
    return in_force(book, "indices_in_force") or "2015"


def headline(book: Book, chosen: int | str = "in force") -> Answer:
    """Neighbourhoods in England's most and least deprived tenth, and the authority's rank, its measure named."""
    year, place = edition(book, chosen), areas.name(book.area)
    deciles = pick(book["deprivation_deciles"], area=book.area, edition=year, measure="neighbourhoods")
    if deciles.empty:
        return Answer(f"No {year} Indices of Deprivation are held for {place}: lscb fetch gets them.")
    first, last, whole = (one(deciles, "count", index="imd", decile=d) for d in ("1", "10", TOTAL))
    said = (
        f"In {year}, {count(first)} of {place}'s {count(whole)} neighbourhoods were in the most deprived tenth of "
        f"England and {'none' if last == 0 else count(last)} in the least deprived"
    )
    summary = pick(book["deprivation_summary"], area=book.area, edition=year, index="imd", measure="average_score")
    rank, ranked = (one(summary, f) for f in ("rank", "ranked"))
    if rank == rank:
        said += (
            f"; by average score it ranks {ordinal(rank)} of {count(ranked)} authorities, 1st being the most deprived"
        )
    return Answer(said + ".")


def children(book: Book, chosen: int | str = "in force") -> Note:
    """How many children live in the most deprived tenth and in the two most deprived."""
    year = edition(book, chosen)
    frame = pick(book["deprivation_deciles"], area=book.area, edition=year, index="imd")
    shown, of = (one(pick(frame, measure="children_0_15"), "count", decile=d) for d in ("1", TOTAL))
    share = one(pick(frame, measure="children_0_15_share"), "value", decile="1")
    places = one(pick(frame, measure="neighbourhoods_share"), "value", decile="1")
    if shown != shown:
        return Note(f"The {year} edition's population is not held here, so children cannot be counted by decile.")
    return Note(
        f"{count(shown)} of {count(of)} children aged 0 to 15 ({percent(share)}) lived in the most deprived tenth, "
        f"which is {percent(places)} of the neighbourhoods{_counted_in(year)}."
    )


def _counted_in(year: str) -> str:
    """The mid-year whose population an edition was published with, from its entry among the sources."""
    vintage = read(DATA / "sources.yml")["sets"].get(f"iod{year}", {}).get("vintage", "")
    found = re.search(r"populations of (mid-\d{4})", vintage)
    return f"; children are those of {found[1]}, with whom the {year} edition was published" if found else ""


def domains(book: Book, chosen: int | str = "in force") -> Note:
    """Which edition the domains are shown of, where it is not the page's own."""
    deciles, year = pick(book["deprivation_deciles"], area=book.area, measure="neighbourhoods"), edition(book, chosen)
    if deciles.empty:
        return Note("No Indices of Deprivation are held for this area.")
    held = deciles.loc[~deciles["index"].isin(["imd", "idaci", "idaopi"]), "edition"].astype(str)
    if held.empty or year in set(held):
        return Note("Neighbourhoods in each tenth of England, by index and domain.")
    return Note(
        f"Domains of the {year} edition are not held here. These are of {max(held)}, another edition with another "
        "method: they show which domains matter in this area, not what they were at the time of this page."
    )


def ranks(book: Book, chosen: int | str = "in force") -> pd.DataFrame:
    """The five measures of the Index of Multiple Deprivation, each with its own rank."""
    frame = pick(book["deprivation_summary"], area=book.area, edition=edition(book, chosen), index="imd")
    return _named(frame)


def among_neighbours(book: Book, chosen: int | str = "in force") -> pd.DataFrame:
    """The same measures and the rank among statistical neighbours; empty where they are not held."""
    frame = book["deprivation_neighbours"]
    if "beside" not in frame:
        return frame.iloc[:0]
    frame = pick(frame, area=book.area, edition=edition(book, chosen), index="imd", beside=areas.name(book.area))
    return _named(frame.assign(measure=frame["measure"].str.removesuffix("_among_neighbours")))


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    place = {name: k for k, name in enumerate(MEASURES)}
    frame = frame[frame["measure"].isin(place)].sort_values("measure", key=lambda names: names.map(place))
    return frame.assign(measure=frame["measure"].map(MEASURES))


def extremes(book: Book, chosen: int | str = "in force", most: bool = True, number: int = 10) -> pd.DataFrame:
    """The neighbourhoods with the lowest (most deprived) or highest national rank on the IMD."""
    frame = pick(
        book["deprivation_lsoa"],
        area=book.area,
        edition=edition(book, chosen),
        index="imd",
        measure="neighbourhood_decile",
    )
    return frame.sort_values("rank", ascending=most).head(number)


def many_and_deprived(book: Book, chosen: int | str = "in force", number: int = 10) -> pd.DataFrame:
    """Neighbourhoods in the two most deprived tenths with the most children aged 0-15, most first."""
    frame = pick(book["deprivation_lsoa"], area=book.area, edition=edition(book, chosen))
    poor = pick(frame, index="imd", measure="neighbourhood_decile")
    if poor.empty:
        return poor
    poor = poor[poor["value"] <= 2].set_index("lsoa")
    young = pick(frame, measure="neighbourhood_children_0_15")
    young = young[young["lsoa"].isin(poor.index)].sort_values(["count", "lsoa"], ascending=[False, True]).head(number)
    return young.assign(value=young["lsoa"].map(poor["value"]), rank=young["lsoa"].map(poor["rank"]))


def moved(book: Book) -> pd.DataFrame:
    """Neighbourhoods by the direction they moved among England's, between each edition and the next."""
    frame = pick(book["deprivation_change"], area=book.area, measure="neighbourhoods_moved", index="imd")
    names = {
        "more_deprived": "To a more deprived tenth",
        "same": "Same tenth",
        "less_deprived": "To a less deprived tenth",
        "not_comparable": "Split, merged or redrawn",
    }
    if frame.empty:
        return frame
    order = frame["direction"].map(list(names).index)
    frame = frame.assign(place=order).sort_values(["editions", "place"], kind="stable").drop(columns="place")
    return frame.assign(direction=frame["direction"].map(names))


def changed_rank(book: Book) -> Note:
    """Change of the authority's rank between editions, measure by measure: relative, and only between editions."""
    frame = pick(book["deprivation_change"], area=book.area, measure="rank_change", index="imd", status="shown")
    if frame.empty:
        return Note("Fewer than two editions are held, so nothing can be said of change.")
    said = []
    for step, part in frame.groupby("editions", sort=True):
        moves = [
            f"{MEASURES[row.of_measure].lower()} {_from(row)} to {ordinal(row.rank)} of {count(row.ranked)}"
            for row in part.sort_values("of_measure", key=lambda m: m.map(list(MEASURES).index)).itertuples()
        ]
        said.append(f"{step}: {series(moves)}.")
    return Note(
        "Ranks, each by its own measure, 1st the most deprived; the number of authorities changed too. "
        + " ".join(said)
    )


def _from(row) -> str:
    """`from 67th of 326`, out of a cell's method."""
    found = re.search(r"rank (\d+) of (\d+)", row.method)
    return f"from {ordinal(int(found[1]))} of {count(int(found[2]))}" if found else ""


# --- tables ------------------------------------------------------------------------------------------------------


def decile_table(book: Book, chosen: int | str = "in force") -> Table:
    """Neighbourhoods and children in each national decile."""
    year = edition(book, chosen)
    frame = pick(book["deprivation_deciles"], area=book.area, edition=year, index="imd")
    names = {"neighbourhoods": "Neighbourhoods", "children_0_15": "Children aged 0 to 15"}
    frame = frame[frame["measure"].isin(names)].assign(measure=lambda f: f["measure"].map(names))
    caption = f"Neighbourhoods and children by tenth of England (1 = most deprived), IMD {year}"
    return show(frame, caption, {"decile": "Tenth"}, spread="measure", order=list(names.values()))


def crowded(book: Book, chosen: int | str = "in force") -> Table | Note:
    """Where children are many as well as deprived."""
    frame, year = many_and_deprived(book, chosen), edition(book, chosen)
    if frame.empty:
        return Note("No neighbourhood is in the two most deprived tenths, or the edition's population is not held.")
    columns = {
        "Children aged 0 to 15": ("count", "count"),
        "Tenth": ("value", "count"),
        "Rank in England": ("rank", "ordinal"),
    }
    caption = f"Neighbourhoods in the two most deprived tenths with the most children, IMD {year}"
    return show(frame, caption, {"lsoa_name": "Neighbourhood", "lsoa": "Code"}, columns)


def most(book: Book, chosen: int | str = "in force") -> Table:
    """The most deprived neighbourhoods by national rank."""
    return _places_table(book, chosen, True, "most")


def least(book: Book, chosen: int | str = "in force") -> Table:
    """The least deprived neighbourhoods by national rank."""
    return _places_table(book, chosen, False, "least")


def _places_table(book: Book, chosen: int | str, first: bool, word: str) -> Table:
    frame, year = extremes(book, chosen, first, 10 if first else 5), edition(book, chosen)
    columns = {"Rank": ("rank", "ordinal"), "Of": ("ranked", "count"), "Tenth": ("value", "count")}
    caption = f"The {word} deprived neighbourhoods, IMD {year} (1st = most deprived in England)"
    return show(frame, caption, {"lsoa_name": "Neighbourhood", "lsoa": "Code"}, columns)


def rank_table(book: Book, chosen: int | str = "in force") -> Table:
    """Each measure of the IMD with its own rank among authorities."""
    columns = {"Value": ("printed", "text"), "Rank": ("rank", "ordinal"), "Ranked": ("ranked", "count")}
    caption = f"Index of Multiple Deprivation {edition(book, chosen)}: five measures, each with its own rank"
    frame = ranks(book, chosen)
    printed = [_measured(row) for row in frame.to_dict("records")]
    return show(frame.assign(printed=printed), caption, {"measure": "Measure"}, columns)


def _measured(row: dict) -> str:
    """A measure as its unit asks: shares in per cent, scores and average ranks to one place, or its state in words."""
    share = row["measure"] in (MEASURES["proportion_decile_1"], MEASURES["extent"])
    return text(row, "value", "percent" if share else "rate:1")


def neighbour_table(book: Book, chosen: int | str = "in force") -> Table | Note:
    """The rank of each measure among the area and its statistical neighbours."""
    frame = among_neighbours(book, chosen)
    if frame.empty:
        return Note("How neighbours compare needs the national files: lscb fetch gets them.")
    columns = {"Rank": ("rank", "ordinal"), "Ranked": ("ranked", "count")}
    note = frame["method"].iloc[0]
    caption = (
        f"Rank among the area and its statistical neighbours, {edition(book, chosen)} (1st = most deprived; {note})"
    )
    return show(frame, caption, {"measure": "Measure"}, columns)


def moved_table(book: Book) -> Table | Note:
    """Neighbourhoods by the direction they moved among England's, edition to edition."""
    frame = moved(book)
    if frame.empty:
        return Note("Fewer than two editions are held, so nothing can be said of movement.")
    columns = {"Neighbourhoods": ("count", "count"), "Of": ("of", "count"), "Share": ("value", "percent")}
    caption = "Neighbourhoods by how their tenth of England changed, Index of Multiple Deprivation"
    return show(frame, caption, {"editions": "Editions", "direction": "Moved"}, columns)
