"""Postcodes where a neighbourhood's code is wanted: placed by the ONS Postcode Directory, and not kept.

What goes on is the neighbourhood; no frame, report or reject holds the postcode.
"""

from __future__ import annotations

import numpy as np

from lscb.periods import Quarter

from .cell_reading import shown
from .column_reading import Read
from .neighbourhoods import Places, census_in_force

NO_DIRECTORY = (
    "A postcode, and no ONS Postcode Directory is held to place it: put its CSV (or that of your postcode area) into "
    "data/open and check again, or write the neighbourhood's code. The row counts without a neighbourhood."
)
NOT_THERE = (
    "A postcode that the ONS Postcode Directory held does not place. Correct it, or write the neighbourhood's code. "
    "The row counts without a neighbourhood."
)
PLACED = (
    "Column {0}: {1:,} row{2} with a postcode {3} placed by the ONS Postcode Directory in {4} neighbourhood of {5}; "
    "the postcode is not kept."
)


def place(read: Read, heading: str, places: Places, period: Quarter) -> list[str]:
    """Gives a column's postcodes the codes of their neighbourhoods; returns a note of how many rows. Edits `read`."""
    at = [i for i, rule in read.rules.items() if rule.startswith("A postcode")]
    if not at:
        return []
    census = max(int(read.f.allowed.get("census", 2011)), census_in_force(period))
    texts = {i: shown(read.cells[i].as_py() if hasattr(read.cells[i], "as_py") else read.cells[i]) for i in at}
    codes = places.of_postcodes(set(texts.values()), census)
    done = np.zeros(len(read.states), bool)
    for i, text in texts.items():
        code = (codes or {}).get(text)
        if code is None:
            read.rules[i] = NO_DIRECTORY if codes is None else NOT_THERE
            continue
        read.values[i], read.severity[i], done[i] = code, 0, True
        del read.rules[i]
    rows = int(read.spread(done).sum())
    one = rows == 1
    words = (heading, rows, "" if one else "s", "was" if one else "were", "its" if one else "their", census)
    return [PLACED.format(*words)] if rows else []
