"""The neighbourhoods of postcodes, from the ONS Postcode Directory that a user has put beside the official files.

The directory (all of it, or the file of one postcode area) is the user's own download; nothing here fetches it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .open_data_folder import content

if TYPE_CHECKING:
    from .store import Store

KIND = "postcode_directory"


def neighbourhoods(store: Store, postcodes: Iterable[str], census: int) -> dict[str, str] | None:
    """Postcode -> its neighbourhood's code in a census, of those that the directory has; None where none is held.

    postcodes : in any case and spacing. One that lies in two neighbourhoods (two editions of the directory) has none.
    """
    if not store.has(KIND):
        return None
    wanted = {text: plain(text) for text in postcodes}
    column = f"lsoa{census % 100}"
    places: dict[str, set[str]] = {}
    for file in store.held:
        if file.kind == KIND:
            frame = content(file)
            rows = frame[frame["postcode"].isin(set(wanted.values())) & frame[column].notna()]
            for postcode, code in zip(rows["postcode"], rows[column], strict=True):
                places.setdefault(postcode, set()).add(code)
    placed = {postcode: codes.pop() for postcode, codes in places.items() if len(codes) == 1}
    return {text: placed[postcode] for text, postcode in wanted.items() if postcode in placed}


def plain(postcode: str) -> str:
    """A postcode as it is looked up: capitals, no spaces."""
    return "".join(postcode.split()).upper()
