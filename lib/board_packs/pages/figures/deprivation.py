"""The decile map of the annual report."""

from __future__ import annotations

from .. import charts, mapped_places
from ..book import Book
from ..readable_table import label
from .base import axes

SOURCE = (
    "Ministry of Housing, Communities and Local Government, English Indices of Deprivation {} (Open Government Licence "
    "v3.0). Outlines: Office for National Statistics. Contains OS data © Crown copyright and database right"
)


def decile_map(book: Book, index: str = "imd", palette: str = "board", extent: str = "authority"):
    """Every neighbourhood in the colour of its national decile, of the edition in force on the period's last day.

    index : imd or idaci; palette : board (red to blue) or safe; extent : authority, region or England
    """
    edition = f"{book['context_as_of'].cell(measure='indices_in_force').value:.0f}"
    shapes = mapped_places.neighbourhoods(book, index, edition, extent)
    places = mapped_places.known_places(book.area) if extent == "authority" else {}
    _, ax = axes()
    charts.decile_map(ax, shapes, shapes["decile"], palette, places)
    what = f"{label(index)} {edition}"
    return charts.show(ax, what, mapped_places.described(shapes, what), SOURCE.format(edition), shapes)
