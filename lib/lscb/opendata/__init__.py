"""Official open data: read, checked, kept parsed, and fetched.

`Store(folder)` gives tidy tables from whatever official files a folder holds, in any layout (files are known by what
is in them), falling back to the small published tables of data/reference. `Missing` says which set is not held and
how to get it. `fetch` brings the files; `fingerprint` says what is held, for what depends on it.

Importing this module loads none of the heavy libraries.
"""

from .sources import Missing, NotAsNamed, Set, required, sources

__all__ = ["Missing", "NotAsNamed", "Set", "Store", "fetch", "fingerprint", "required", "sources"]


def __getattr__(name: str):
    if name == "Store":
        from .store import Store

        return Store
    if name in ("fetch", "fingerprint"):
        from importlib import import_module

        return getattr(import_module(f".{'fetching' if name == 'fetch' else 'holdings'}", __name__), name)
    raise AttributeError(name)
