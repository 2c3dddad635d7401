"""The register of open data sets, data/sources.yml, and what to say when one is not held."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..settings import DATA, UserError, read

OPEN = DATA / "open"
REFERENCE = DATA / "reference"


class Missing(Exception):
    """An open data set that is not held: its name and how to get it, in one line for the page that needs it."""

    def __init__(self, name: str, what: str = ""):
        self.name = name
        title = sources()[name].title if name in sources() else name.replace("_", " ")
        lacks = f"{title}: no figure is held for {what}." if what else f"{title} is not among the files held."
        super().__init__(f"{lacks} Get it with `lscb fetch`, or `lscb fetch --from FOLDER` where someone has the file.")


class NotAsNamed(UserError):
    """A file that is not what its name says, or whose figures contradict each other: the reason, with counts."""


class File(NamedTuple):
    """One file of a set. `address` is blank where the publisher offers it only through its page (`page`)."""

    name: str
    kind: str
    address: str
    page: str
    sha256: str
    paged: bool


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
    needed: str
    any_of: bool
    files: tuple[File, ...]


@lru_cache
def sources() -> dict[str, Set]:
    """Every set of data/sources.yml by its name."""
    entry = read(DATA / "sources.yml")
    licences = entry.get("licences") or {}
    made = {}
    for name, text in (entry.get("sets") or {}).items():
        files = tuple(
            File(
                f["name"],
                f["kind"],
                f.get("address", ""),
                f.get("page", text.get("page", "")),
                f.get("sha256") or "",
                bool(f.get("paged")),
            )
            for f in text["files"]
        )
        licence = licences.get(text["licence"], {"name": text["licence"], "attribution": ""})
        made[name] = Set(
            name,
            text["title"],
            text["publisher"],
            str(text["release"]),
            licence["name"],
            text.get("attribution") or licence["attribution"],
            str(text["vintage"]),
            text["serves"],
            text.get("needed", ""),
            bool(text.get("any_of")),
            files,
        )
    return made


def required(period, area: str) -> list[str]:
    """The sets that a quarter of an area needs: those in force by the period's last day, then the later editions."""
    return [name for name, source in sources().items() if source.needed != "no"]


def reference(name: str) -> Path:
    """A committed table of data/reference. Raises UserError where it has been removed."""
    path = REFERENCE / name
    if not path.is_file():
        raise UserError(f"data/reference/{name} is missing: restore it from the repository.")
    return path
