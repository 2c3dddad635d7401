"""Tables made from published statistics alone: nothing in them comes from a return."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lscb.long_table import dimensions

from ..tables import documentation


def is_open(name: str) -> bool:
    """Whether a table is documented as `open`: made from official files only."""
    return bool((documentation()["tables"].get(name) or {}).get("open"))


def labels(frames: Iterable[pd.DataFrame]) -> set[str]:
    """Every label of these tables: neighbourhood codes, names of places."""
    return {str(label) for frame in frames for name in dimensions(frame) for label in frame[name].unique()}
