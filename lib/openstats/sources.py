"""The register of open data sets, data/sources.yml, and what to say when one is not held."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lscb.errors import UserError

from . import authorities as areas
from .project_data import DATA, read

if TYPE_CHECKING:
    from lscb.periods import Quarter

OPEN = DATA / "open"
REFERENCE = DATA / "reference"


GET_IT = "Get it with `lscb fetch`, or `lscb fetch --from` a folder that has the file."


class Missing(Exception):
    """An open data set that is not held: its name and how to get it, in one line for the page that needs it."""

    def __init__(self, name: str, what: str = ""):
        self.name = name
        title = sources()[name].title if name in sources() else name.replace("_", " ")
        lacks = f"{title}: no figure is held for {what}." if what else f"{title} is not among the files held."
        super().__init__(f"{lacks} {GET_IT}")


class NotAsNamed(Missing, UserError):
    """A file that is not what its name says, or whose figures contradict each other: the reason, with counts.

    As a Missing it leaves the tables that need it `not_available`, with the reason.
    """

    def __init__(self, line: str):
        Exception.__init__(self, line)
        self.name = ""


class File(NamedTuple):
    """One file of a set.

    kind : what it is by its content (see file_kinds.py); address : blank where only `page` leads to it
    sha256 : of the publisher's file, blank where it is not known before the first fetch
    paged : `arcgis` or `nomis` for an address that answers in pages; mid_year : of a yearly workbook, else None
    """

    name: str
    kind: str
    address: str = ""
    page: str = ""
    sha256: str = ""
    paged: str = ""
    mid_year: int | None = None


class Set(NamedTuple):
    """One open data set: who publishes it, under which licence, which vintage it is and what it serves."""

    name: str
    title: str
    publisher: str
    release: str
    licence: str
    attribution: str
    vintage: str
    serves: str
    files: tuple[File, ...]


@lru_cache
def sources() -> dict[str, Set]:
    """Every set of data/sources.yml by its name."""
    entry = read(DATA / "sources.yml")
    sets = {}
    for name, text in entry["sets"].items():
        licence = entry["licences"][text["licence"]]
        sets[name] = Set(
            name=name,
            title=str(text["title"]),
            publisher=str(text["publisher"]),
            release=str(text["release"]),
            licence=licence["name"],
            attribution=text.get("attribution", licence["attribution"]),
            vintage=text["vintage"],
            serves=text["serves"],
            files=tuple(File(**{"page": text["page"]} | file) for file in text["files"]),
        )
    return sets


def required(period: Quarter, area: str) -> list[tuple[Set, File]]:
    """The files with an address that a quarter of an area needs, each with its set.

    area : a code, name or DfE number, several with commas between them, or `all`
    Every edition of the Indices (the map shows them all) and both sets of outlines; of the yearly workbooks those of
    mid-years before the period's last day. `{area}` and `{areas}` in names and addresses are filled in, a file for
    each authority: the authority with its districts, its region and England.
    """
    day = period.last_day
    codes = [each.code for each in areas.find_all(area, day)]
    wanted = []
    for source in sources().values():
        for file in source.files:
            if not file.address or (file.mid_year is not None and file.mid_year >= day.year):
                continue
            for code in codes if "{area}" in file.name else codes[:1]:
                beside = [code, *areas.districts(code, day), areas.known(code).region, areas.ENGLAND]
                address = file.address.replace("{areas}", ",".join(beside))
                wanted.append((source, file._replace(name=file.name.replace("{area}", code), address=address)))
    return wanted


def by_hand() -> list[Set]:
    """The sets of which no file has an address: they come by `--from` only."""
    return [source for source in sources().values() if not any(file.address for file in source.files)]


def reference(name: str) -> Path:
    """A committed table of data/reference. Raises UserError where it has been removed."""
    path = REFERENCE / name
    if not path.is_file():
        raise UserError(f"data/reference/{name} is missing: restore it from the repository.")
    return path


def number_of(number: int, one: str, many: str = "") -> str:
    """A number with its noun as a message has it: `1 row`, `2,345 rows`; with a verb, `1 row is`, `2 rows are`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
