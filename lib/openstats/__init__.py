"""England's official statistics for one authority or all: fetched, recognised by content, read, in one store.

`Store(folder)` gives tidy tables from whatever official files a folder holds, in any layout (files are known by what
is in them), falling back to the small published tables of data/reference. `Missing` says which set is not held and
how to get it. `fetch` brings the files; `fingerprint` says what is held, for what depends on it.

authorities, authority_codes, authority_changes : codes, names and DfE numbers; reorganisations since 2013
sources, fetching, download, network, links_page : the register of data sets; bringing their files, or links to them
file_kinds, open_data_folder, parsed_copies : what a file is; what a folder holds; parsed once
readers : one function for each kind of file
store, area_tables, infant_deaths, deprivation_indices, deprivation_headings, deprivation_summaries, dfe_symbols,
    neighbour_lists, boundaries : the tables
lsoa_codes : of which census a neighbourhood's code is, and its authority
postcodes : their neighbourhoods, from a directory that the user has
dated_terms : what bodies, reviews and services are called on a day
publication : when figures came into print, and the newest that was out on a day
project_data : where data/ lies, and its settings

Importing this package loads none of the heavy libraries.
"""

from typing import Any

from .sources import Missing, NotAsNamed, Set, required, sources

__all__ = ["Missing", "NotAsNamed", "Set", "Store", "command", "fetch", "fingerprint", "required", "sources"]

ELSEWHERE = {"Store": "store", "fetch": "fetching", "command": "fetching", "fingerprint": "open_data_folder"}


def __getattr__(name: str) -> Any:
    if name in ELSEWHERE:
        from importlib import import_module

        return getattr(import_module(f".{ELSEWHERE[name]}", __name__), name)
    raise AttributeError(f"module {__name__} has no {name}")
