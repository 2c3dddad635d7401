"""CSV for people: a text that a spreadsheet would run as a formula has a ' before it, and is read back without it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# What Excel, LibreOffice or a data import take for the beginning of a formula, also behind spaces and in full width.
# Texts that are guarded already are guarded once more, so that reading back loses nothing.
FORMULA = re.compile(r"'*\s*[=+\-@|%\t\r＝＋－＠]")


def guarded(text: str) -> str:
    """A text as it is written: with a ' before what would be run."""
    return "'" + text if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def each_text(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """The frame with every text changed; each different text is looked at once."""
    columns = {}
    for name in frame.columns:
        if frame[name].dtype.kind in "OTU" or str(frame[name].dtype) in ("str", "string", "category"):
            texts = [text for text in frame[name].unique() if isinstance(text, str)]
            if new := {text: after for text in texts if (after := change(text)) != text}:
                columns[name] = (
                    frame[name].astype("object").map(lambda text, new=new: new.get(text, text), na_action="ignore")
                )
    return frame.assign(**columns) if columns else frame
