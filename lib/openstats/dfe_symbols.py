"""DfE's figures: symbols to states, DfE numbers to GSS codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# DfE's symbols: c suppressed, z not applicable; -, x, : and a blank say only that there is no figure.
STATES = {"c": "suppressed", "z": "not_applicable"}


def tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """Values as numbers with their state beside them; anything unreadable is not available, never 0."""
    import pandas as pd

    text = frame["value"].astype("str").str.strip()
    value = pd.to_numeric(text, errors="coerce").astype("float64")
    status = text.str.lower().map(STATES).fillna("not_available").where(value.isna(), "shown")
    return frame.assign(value=value, status=status, recoded=False)[
        ["measure_code", "measure", "period", "area", "value", "status", "recoded"]
    ]
