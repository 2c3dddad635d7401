"""One cell read by its field. The order: broken cells, blanks, the partner's own words, states, the type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from .cell_choices import choice, choices, yes_no
from .cell_dates import day
from .cell_numbers import gestation, number
from .cell_places import financial_year, lsoa, quarter
from .cell_reading import MISSING, STATE_NAMES, How, Reading, broken, clean, dash, error, refuse, shown, state_of
from .cell_reading import state_reading as as_state
from .cell_references import identifier
from .dictionary import Field, fold
from .grid import Broken

LONGEST = 2_000


def text(raw: Any, f: Field, how: How) -> Reading:
    """A text as it stands."""
    if isinstance(raw, (date, time, timedelta)):
        return refuse(
            "Text is expected; Excel has turned this cell into a date or time. Format it as text and type it again."
        )
    words = shown(raw)
    return error(words) or dash(words) or Reading(words, 0)


READERS: dict[str, Callable[[Any, Field, How], Reading]] = {
    "identifier": identifier, "text": text, "date": day, "whole_number": number, "number": number, "yes_no": yes_no,
    "choice": choice, "choices": choices, "gestation": gestation, "lsoa": lsoa, "period": quarter,
    "financial_year": financial_year,
}  # fmt: skip


def read_cell(raw: Any, f: Field, how: How) -> Reading:
    """One cell of field `f`: a value, a state, or a problem. Never raises for a cell, whatever it holds."""
    if isinstance(raw, Broken):
        return broken(raw)
    if raw is None:
        return Reading(None, MISSING)
    if isinstance(raw, float) and (raw != raw or raw in (float("inf"), float("-inf"))):
        return refuse("The cell holds no number.")
    if isinstance(raw, str):
        return _read_text(clean(raw), f, how)
    if how.words and isinstance(raw, (int, float)):
        ours = how.words.get(shown(raw))
        if ours is not None:
            return as_state(f, STATE_NAMES.index(ours)) if ours in STATE_NAMES[1:] else READERS[f.type](ours, f, how)
    return READERS[f.type](raw, f, how)


def _read_text(words: str, f: Field, how: How) -> Reading:
    if not words:
        return Reading(None, MISSING)
    if len(words) > LONGEST:
        return refuse("The cell holds more than 2,000 characters: quotes or line breaks may have swallowed others.")
    if any(ord(c) < 32 and c not in "\t\r\n" for c in words):
        return refuse("The cell holds control characters: the text is damaged. Type it again.")
    if "\ufffd" in words:
        return refuse("Some letters were lost when the file was saved. Type the value again.")
    if how.words:
        ours = how.words.get(words, how.words.get(fold(words)))
        if ours is not None:
            if ours in STATE_NAMES[1:]:
                return as_state(f, STATE_NAMES.index(ours))
            words = ours
    state = state_of(words, f)
    if state is not None:
        return as_state(f, state)
    return READERS[f.type](words, f, how)
