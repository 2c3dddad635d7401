"""What a page is made of: the book that a notebook opens, sentences, charts, tables as a person reads them.

A notebook begins with

    from board_packs.pages import cases, changes, charts, comment, open_book, show, stamp
    from board_packs.pages import sentences as say
"""

import os
from importlib import import_module

PLACES = {
    "open_book": "pages.book_opening",
    "show": "pages.readable_table",
    "stamp": "pages.provenance",
    "changes": "pages.provenance",
    "cases": "pages.case_rows",
    "comment": "pages.prose.comments",
    "by_one_count": "pages.official_twins",
    "other_bases": "pages.official_twins",
    "twins": "pages.official_twins",
    "titles": "tables",  # of measures, by their code
}  # fmt: skip  (imported when asked for: the command line opens no page)


if os.environ.get("LSCB_BATCH"):  # the page of a run: it is guarded from here on, before it opens its book
    import_module("board_packs.pages.page_guard").start()


def __getattr__(name: str):
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"board_packs.{PLACES[name]}"), name)
