"""Tables of the pages made from open data alone, built for one area from the files of a folder."""

from pathlib import Path

from board_packs import tables
from lscb import long_table
from lscb.periods import Quarter
from openstats import Store

SHARED = Path(__file__).parents[3] / "shared" / "open-data"


def build(folder: Path, area: str, store: Store, period: str = "2017-18-Q4", settings: dict | None = None) -> Path:
    """The folder with the tables of residents and of deprivation of one area."""
    modules = (".residents", ".neighbourhood_deprivation", ".deprivation_measures")
    names = [b.names[0] for b in tables.registry.builders() if b.build.__module__.endswith(modules)]
    long_table.write(tables.build(tables.Inputs(Quarter.parse(period), (area,), {}, None, store), names), folder)
    return folder
