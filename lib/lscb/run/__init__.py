"""The quarter, end to end: returns, tables, disclosure control, pages, release check, packs.

In a notebook: `open_tables`, `stamp`, `changes`, `cases`. On the command line: `lscb run` (see lscb.run.whole).
"""

from importlib import import_module

_WHERE = {name: "book" for name in ("open_tables", "stamp", "changes", "cases", "OPENED")}
_WHERE |= {"run": "whole", "resolve": "request"}
__all__ = list(_WHERE)


def __getattr__(name: str):
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
