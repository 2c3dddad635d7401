"""What a map of neighbourhoods is drawn from: their outlines and national deciles, and places people know.

Open data only: deciles of the page's own authority are those of its table, of more than that the national file's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from openstats import authorities

from .number_text import count, plural, series

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from openstats import Store

    from .book import Book

OUTLINES = "outlines ONS, OS data © Crown copyright and database right"
CENSUS = {"2015": 2011, "2019": 2011, "2025": 2021}  # edition of the Indices: census whose neighbourhoods it has


def neighbourhoods(book: Book, index: str, edition: str, extent: str = "authority") -> geopandas.GeoDataFrame:
    """Outlines with the national decile of an index: columns `lsoa`, `decile`, `status`, `geometry`, and of an
    authority `name`, by which a neighbourhood of the map answers.

    index : imd or idaci; edition : its year; extent : authority, region or England (these need the national files)
    `.place` names what is mapped, `.attrs["places"]` the places that people know on it ({name: (easting, northing)}). Where the figures or outlines are not held there are no rows, and `.absent` says
    which and how to get them: `charts.show(..., about=shapes)` prints it.
    """
    import geopandas

    from openstats import Missing, Store

    region = authorities.known(book.area).region
    code = {"authority": book.area, "region": region, "England": authorities.ENGLAND}[extent]
    store, absent = book.once("open data", lambda: Store(os.environ.get("LSCB_OPEN_DATA") or None)), ""
    try:
        deciles = _deciles(book, store, index, edition, extent)
        shapes = store.boundaries(CENSUS[edition])
        shapes = shapes[shapes["lsoa"].isin(deciles.index)]
        if shapes.empty:
            raise Missing(f"boundaries_{CENSUS[edition]}", authorities.name(code))
        shapes = shapes.assign(decile=deciles.reindex(shapes["lsoa"]).to_numpy(float), status="shown")
        if extent == "authority":
            names = book["deprivation_lsoa"].drop_duplicates("lsoa").set_index("lsoa")["lsoa_name"]
            shapes = shapes.assign(name=names.reindex(shapes["lsoa"]).to_numpy())
    except Missing as missing:
        absent, shapes = (
            str(missing),
            geopandas.GeoDataFrame({"lsoa": [], "decile": [], "status": []}, geometry=[], crs=27700),
        )
    shapes.place, shapes.absent = authorities.name(code), absent
    shapes.attrs["places"] = known_places(book.area) if extent == "authority" else {}
    return shapes


def _deciles(book: Book, store: Store, index: str, edition: str, extent: str) -> pd.Series:
    """Decile by code of the neighbourhood. Raises Missing where the authority, or the country, is not held."""
    from openstats import Missing

    if extent == "authority":
        rows = book["deprivation_lsoa"]
        rows = rows[(rows["measure"] == "neighbourhood_decile") & (rows["status"] == "shown")]
        rows = rows[(rows["edition"] == edition) & (rows["index"] == index)]
        if rows.empty:
            raise Missing(f"iod{edition}", f"the neighbourhoods of {book.place}")
        return rows.set_index("lsoa")["value"]
    if edition not in CENSUS or not store.whole(int(edition)):
        raise Missing(f"iod{edition}", f"a map of more than {book.place}")
    rows = store.lsoas(int(edition))
    rows = rows[rows["index"] == index]
    if extent == "region":
        region = authorities.known(book.area).region
        rows = rows[rows["area"].isin([code for code, area in authorities.every().items() if area.region == region])]
    return rows.astype({"lsoa": "str"}).set_index("lsoa")["decile"]


def described(shapes: geopandas.GeoDataFrame, what: str) -> tuple[str, str]:
    """A map's finding, and the words in its place: how many neighbourhoods have each colour. `what` is the index and its
    edition."""
    sizes = shapes["decile"].value_counts().reindex(range(1, 11), fill_value=0)
    every = plural(len(shapes), "neighbourhood")
    finding = f"{what}: {count(sizes[1])} of {every} of {shapes.place} in the most deprived tenth"
    spread = series(f"{count(number)} in decile {decile}" for decile, number in sizes.items())
    words = f"{every} by tenth of England, {what}, 1 the most deprived: {spread}."
    return finding, f"Map of {shapes.place}: {words}"


def known_places(area: str) -> dict[str, tuple[float, float]]:
    """Places for orientation on an authority's map, {name: (easting, northing)}: data/reference/places.csv."""
    import geopandas
    import pandas as pd

    from openstats.project_data import DATA

    places = pd.read_csv(DATA / "reference" / "places.csv", comment="#")
    places = places[places["area"] == area]
    points = geopandas.GeoSeries.from_xy(places["longitude"], places["latitude"], crs=4326).to_crs(27700)
    return dict(zip(places["place"], zip(points.x, points.y, strict=True), strict=True))
