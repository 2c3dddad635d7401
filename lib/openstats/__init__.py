"""Official open data: read, checked, kept parsed, and fetched.

`Store(folder)` gives tidy tables from whatever official files a folder holds, in any layout (files are known by what
is in them), falling back to the small published tables of data/reference. `Missing` says which set is not held and
how to get it. `fetch` brings the files; `fingerprint` says what is held, for what depends on it.

Importing this module loads none of the heavy libraries.
"""

from .sources import Missing, NotAsNamed, Set, required, sources

__all__ = ["Missing", "NotAsNamed", "Set", "Store", "command", "fetch", "fingerprint", "required", "sources"]

ELSEWHERE = {"Store": "store", "fetch": "fetching", "command": "fetching", "fingerprint": "holdings"}


def __getattr__(name: str):
    if name in ELSEWHERE:
        from importlib import import_module

        return getattr(import_module(f".{ELSEWHERE[name]}", __name__), name)
    raise AttributeError(f"module {__name__} has no {name}")
