"""Rows that a column says are of another authority: they are counted all the same, and that is said."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from openstats import authorities

from .cell_reading import shown
from .dictionary import fold
from .grid import Grid
from .headings import Match
from .problems import Where, safe

HEADING = re.compile(r"\b(?:authority|council|borough|la|local area|area)\b", re.I)
MOST = 200  # distinct cells


def other_areas(grid: Grid, match: Match, rows: np.ndarray, area: str, where: Where) -> list[pd.DataFrame]:
    """A warning for each unused column that names authorities other than the area whose returns are read."""
    problems = []
    for column in match.unknown:
        if not HEADING.search(match.heads[column]) or not len(rows):
            continue
        texts = pd.Series([shown(grid.columns[column].cell(int(r))).strip() for r in rows[:100_000]], dtype="str")
        counts = texts.value_counts()
        if len(counts) > MOST:
            continue
        names = {fold(authorities.name(code)): code for code in authorities.every()}
        others = [t for t in counts.index if names.get(fold(str(t)), area) != area]
        if others:
            listed, number = ", ".join(safe(str(t)) for t in others[:5]), int(counts[others].sum())
            rows_are = "row is" if number == 1 else "rows are"
            text = (
                f"{number:,} {rows_are} of another authority by this column ({listed}), and counted: "
                "send the area's own rows only."
            )
            problems.append(where.problem(match.last, (column, match.heads[column], ""), "", text, "warn"))
    return problems
