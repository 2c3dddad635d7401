"""A table on a page, or one sentence where there is nothing to print in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..html_table import Table, show
from .base import Note
from .picked import absent

if TYPE_CHECKING:
    import pandas as pd


def sheet(frame: pd.DataFrame, caption: str, rows, **how) -> Table | Note:
    """`tables.show`, but a sentence where the return did not arrive or every figure is withheld: no empty tables."""
    if reason := absent(frame):
        return Note(reason)
    if frame.empty:
        return Note(f"{caption}: there is nothing to show for this period.")
    if (frame["status"] == "suppressed").all():
        return Note(f"{caption}: every figure is withheld.")
    return show(frame, caption, rows, **how)


def mainly_withheld(frame: pd.DataFrame) -> bool:
    """Whether more cells of a protected table are withheld than are shown with a figure above 0."""
    shown = (frame["status"] == "shown") & (frame["count"].fillna(0) > 0)
    return bool((frame["status"] == "suppressed").sum() > shown.sum())
