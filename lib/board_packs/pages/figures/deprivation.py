"""Deprivation in pictures: decile maps, children and neighbourhoods by decile, domains. Open data only."""

from __future__ import annotations

import os

from lscb.long_table import TOTAL
from openstats import authorities as areas

from .. import maps
from ..book import Book
from ..words import Note, count, percent, series
from ..words.context import pick
from ..words.deprivation import INDICES, edition
from .base import BLUE, INK, ORANGE, Chart, axes, save

SOURCE = (
    "Source: Ministry of Housing, Communities and Local Government, English Indices of Deprivation {year} (Open "
    "Government Licence v3.0)."
)
OUTLINES = " Outlines: Office for National Statistics. Contains OS data © Crown copyright and database right."
LSOA_YEAR = {"2015": 2011, "2019": 2011, "2025": 2021}


def _store():
    from openstats import Store

    return Store(os.environ.get("LSCB_OPEN_DATA") or None)


def decile_map(
    book: Book, index: str = "imd", chosen: int | str = "in force", palette: str = "board", extent: str = "authority"
) -> Chart | Note:
    """Every neighbourhood coloured by its national decile.

    index : imd or idaci · chosen : an edition, or the one in force · palette : board (red to blue) or safe
    extent : authority, region or England (the last two need the national files)
    """
    from openstats import Missing

    year = edition(book, chosen)
    try:
        deciles, where = _deciles(book, index, year, extent)
        outlines = _store().boundaries(LSOA_YEAR[year])
    except Missing as missing:
        return Note(str(missing))
    outlines = outlines[outlines["lsoa"].isin(deciles.index)]
    if outlines.empty:
        return Note(f"The outlines of {where} are not held: lscb fetch gets them.")
    shown = deciles.reindex(outlines["lsoa"]).to_numpy()
    title = f"{INDICES[index]}, {year}"
    return maps.deciles(
        outlines, shown, title, _map_alt(deciles, INDICES[index], year, where), SOURCE.format(year=year) + OUTLINES,
        palette=palette, labels=_labels(book.area) if extent == "authority" else None,
    )  # fmt: skip


def _deciles(book: Book, index: str, year: str, extent: str):
    """Decile by neighbourhood code, and the name of what is mapped. Raises Missing without the national files."""
    from openstats import Missing

    if extent == "authority":
        frame = pick(book["deprivation_lsoa"], area=book.area, edition=year, index=index, status="shown")
        frame = pick(frame, measure="neighbourhood_decile")
        if frame.empty:
            raise Missing(f"iod{year}", f"the neighbourhoods of {areas.name(book.area)}")
        return frame.set_index("lsoa")["value"], areas.name(book.area)
    if not _store().whole(int(year)):
        raise Missing(f"iod{year}", f"a map of more than {areas.name(book.area)}")
    every = _store().lsoas(int(year))
    every = every[every["index"] == index]
    if extent == "region":
        region = areas.known(book.area).region
        inside = [code for code, area in areas.every().items() if area.region == region]
        every = every[every["area"].isin(inside)]
        where = areas.name(region)
    elif extent == "England":
        where = "England"
    else:
        raise ValueError(f"extent {extent!r} is not one of authority, region, England")
    return every.astype({"lsoa": "str"}).set_index("lsoa")["decile"], where


def _map_alt(deciles, name: str, year: str, where: str) -> str:
    by = deciles.dropna().astype("int64").value_counts()
    counts = series(f"{count(by.get(d, 0))} in decile {d}" for d in range(1, 11))
    return (
        f"Map of {where}: {count(deciles.notna().sum())} neighbourhoods coloured by their decile of the {name} {year}, "
        f"1 the most deprived: {counts}."
    )


def _labels(area: str) -> dict[str, tuple[float, float]]:
    """Places people know, for orientation: those of data/reference/places.csv."""
    import geopandas
    import pandas as pd

    from openstats.project_data import DATA

    places = pd.read_csv(DATA / "reference" / "places.csv", comment="#")
    places = places[places["area"] == area]
    points = geopandas.GeoSeries.from_xy(places["longitude"], places["latitude"], crs=4326).to_crs(27700)
    return dict(zip(places["place"], zip(points.x, points.y, strict=True), strict=True))


def by_decile(book: Book, chosen: int | str = "in force") -> Chart | Note:
    """Share of neighbourhoods and of children aged 0-15 in each national decile; an even spread is a tenth each."""
    import numpy as np

    year = edition(book, chosen)
    frame = _by_decile(book, edition=year, index="imd")
    if frame.empty:
        return Note(f"No {year} deciles are held for this area.")
    figure, ax = axes(height=3.2)
    x, said = np.arange(1, 11), []
    kinds = (("neighbourhoods_share", BLUE, "neighbourhoods"), ("children_0_15_share", ORANGE, "children aged 0 to 15"))
    for offset, (measure, colour, name) in zip((-0.2, 0.2), kinds, strict=True):
        part = pick(frame, measure=measure)
        if part.empty:
            continue
        shares = part.assign(decile=part["decile"].astype("int64")).set_index("decile")["value"].reindex(x)
        ax.bar(x + offset, shares, width=0.38, color=colour, label=name)
        said.append(f"{name}: {series(percent(s) for s in shares)}")
    ax.axhline(0.1, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    ax.text(10.55, 0.1, " even\n spread", fontsize=8, va="center")
    ax.set(xticks=x, xlabel="Tenth of England (1 = most deprived)", ylabel="Share of the area's own")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    figure.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=9)
    alt = f"Column chart by decile 1 to 10 of the IMD {year}, 1 the most deprived. Share of {'; of '.join(said)}."
    return save(figure, alt, SOURCE.format(year=year))


def _by_decile(book: Book, **labels):
    """The shown cells of the ten deciles with these labels."""
    frame = pick(book["deprivation_deciles"], area=book.area, status="shown", **labels)
    return frame if frame.empty else frame[frame["decile"] != TOTAL]


def domains(book: Book, chosen: int | str = "in force") -> Chart | Note:
    """A heat table: for each domain, how many neighbourhoods are in each decile. The number is printed in every box.

    Where the edition's domains are not held, the newest edition whose are, and the picture says which.
    """
    import numpy as np

    frame = _by_decile(book, measure="neighbourhoods")
    if frame.empty:
        return Note("No deciles are held for this area.")
    with_domains = sorted(frame.loc[~frame["index"].isin(["imd", "idaci", "idaopi"]), "edition"].unique())
    year = edition(book, chosen)
    if with_domains and year not in with_domains:
        year = with_domains[-1]
    frame = pick(frame, edition=year)
    names = [name for name in INDICES if (frame["index"] == name).any()]
    if not names:
        return Note(f"No {year} deciles are held for this area.")
    grid = np.array(
        [
            pick(frame, index=name).assign(decile=lambda f: f["decile"].astype("int64")).sort_values("decile")["count"]
            for name in names
        ]
    )
    figure, ax = axes(height=0.9 + 0.36 * len(names))
    image = ax.imshow(grid, cmap="Blues", aspect="auto", vmin=0, vmax=max(1.0, grid.max() * 1.15))
    for (row, column), number in np.ndenumerate(grid):
        dark = number > 0.6 * image.norm.vmax
        ax.text(column, row, count(number), ha="center", va="center", fontsize=9, color="white" if dark else INK)
    ax.set(
        xticks=range(10), xticklabels=range(1, 11), yticks=range(len(names)), yticklabels=[INDICES[n] for n in names]
    )
    ax.set_xlabel(f"Tenth of England in {year} (1 = most deprived)")
    ax.grid(visible=False)
    ax.hlines(np.arange(len(names) - 1) + 0.5, -0.5, 9.5, color="white", linewidth=2)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    first = series(f"{INDICES[n]} {count(row[0])}" for n, row in zip(names, grid, strict=True))
    alt = f"Table of neighbourhoods by decile for each index of {year}. In the most deprived tenth: {first}."
    return save(figure, alt, SOURCE.format(year=year))
