"""The change between two counts that were rounded for an audience: the rounding is in its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lscb.intervals import change_of_count, dispersion

from .cell_value import nearest

if TYPE_CHECKING:
    from .cell_value import Cell


def change_at_any_rounding(now: Cell, before: Cell) -> tuple[float, float, float]:
    """The relative change between two cells of rounded counts, and the least and greatest end that its 95% interval has at
    any counts that round to them, as wide as their rounded quarters spread; blank of a share or rate, and where the
    interval has none."""
    if now.value == now.value or not before.count > 0:
        return (float("nan"),) * 3
    new, old = np.meshgrid(_counts(now), _counts(before))
    _, low, high = change_of_count(new, old, effect=dispersion(now.quarters(), before.quarters()))
    return float(now.count / before.count - 1), float(np.min(low)), float(np.max(high))


def _counts(cell: Cell) -> np.ndarray:
    """Every count that rounds to a cell's; 0 is 0."""
    off = nearest(cell.row) // 2 if cell.count > 0 else 0
    return np.arange(cell.count - off, cell.count + off + 1)
