"""The cases behind a book's tables, for the analyst's own exploring: they never leave."""

from __future__ import annotations

from lscb.errors import UserError

from .book import Book
from .case_marking import watch
from .page_guard import in_batch


def cases(book: Book, name: str):
    """The accepted rows of a return, to explore in an `internal` cell. They must not leave it.

    They are the rows the tables were made from, kept beside them in working/rows. A return that did not come has none:
    an empty frame with the columns of its dictionary.
    Raises UserError for a name that is no return, where the rows are no longer kept, in a run, and where a program runs
    the notebook with nobody there.
    """
    import pandas as pd

    from returncheck import dictionary

    if in_batch():
        raise UserError(f"cases(book, {name!r}) belongs in a cell tagged internal: a page that leaves has no cases.")
    if (marks := watch()) is not None:
        marks.given()
    returns = dictionary.load()
    if name not in returns:
        raise UserError(f"{name!r} is not a return; there are {', '.join(sorted(returns))}.")
    rooms = [f / "working" / "rows" for f in (book.folder, book.folder.parent, book.folder.parent.parent)]
    room = next((room for room in rooms if room.is_dir()), None)
    if room is None:
        raise UserError("No rows are kept beside these tables: `lscb run` makes both (`lscb purge` removes the rows).")
    if (kept := room / f"{name}.parquet").is_file():
        return pd.read_parquet(kept)
    return _no_rows(returns[name])


def _no_rows(entry):
    """The frame of a return of which nothing came: its fields, typed, with their states, and where a row came from."""
    import pandas as pd

    from returncheck import column_reading as rows

    columns = {}
    for name, asked in entry.fields.items():
        columns |= {name: rows.typed([], asked), f"{name}__state": pd.Categorical([], dtype=rows.STATE_TYPE)}
    origin = {"_file": "str", "_sheet": "str", "_row": "int64", "area": "str"}
    return pd.DataFrame(columns | {column: pd.Series(dtype=dtype) for column, dtype in origin.items()})
