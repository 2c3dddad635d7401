"""Cells merged over several rows: each row they cover has their value, and that is named."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .cell_reading import shown
from .grid import Grid
from .headings import Match
from .problems import Where, safe


def fill_downwards(grid: Grid, match: Match, rows: np.ndarray, where: Where) -> list[pd.DataFrame]:
    """Fills the cells of data rows (0-based) that a cell merged downwards covers, and names each."""
    if not grid.merged:
        return []
    data, fields, problems = set(rows.tolist()), {at: name for name, at in match.fields.items()}, []
    for (top, left), (bottom, right) in grid.merged:
        covered = [r for r in range(max(top, match.last) + 1, min(bottom, grid.rows - 1) + 1) if r in data]
        if left != right or left not in fields or top <= match.last or not covered:
            continue
        column = grid.columns[left]
        if column.codes is None:
            column = grid.columns[left] = column.narrow()
        text = shown(column.cell(top)).strip()
        codes = column.codes
        empty = [r for r in covered if not shown(column.cell(r)).strip()]
        if not text or codes is None or not empty:
            continue
        if not codes.flags.writeable:
            codes = column.codes = codes.copy()
        codes[empty] = codes[top]
        rule = f"The cell is merged with the one in row {top + 1}: read as {safe(text[:40])} in this row too. Check it."
        place = (left, match.heads.get(left, ""), fields[left])
        problems.append(where.problem(np.array(empty), place, safe(text[:80]), rule, "warn"))
    return problems
