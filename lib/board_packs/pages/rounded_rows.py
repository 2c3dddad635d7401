"""Intervals of figures whose counts were rounded for an audience: the rounding is in them.

A share of 160 of 810 that were both rounded to the nearest 5 may be of 158 to 162 of 808 to 812: its interval reaches
from the lower end of the least to the upper end of the greatest. An interval of a change that a table holds, or of a
median, does not follow from rounded counts, and is blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cellguard.rounded_figures import effect_in
from lscb.intervals import change_of_count, clustered_wilson, dispersion, poisson

from .cell_value import ROUNDED, nearest

if TYPE_CHECKING:
    import pandas as pd

    from .cell_value import Cell

ENDS = ["low", "high"]


def with_rounding(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with the rounding in their intervals; the same frame where none is rounded or none has an interval.

    Of a share (Wilson) both counts can be off, of a rate (Byar, exact Poisson) the count and what it is divided by where
    that is rounded too; a population is not.
    """
    if not {*ENDS, "count", "of", "value", "method", "reason", "status"} <= set(frame):
        return frame
    to = frame["reason"].astype(str).str.extract(ROUNDED, expand=False).astype(float)
    here = (to.notna() & frame["low"].notna()).to_numpy()
    if not here.any():
        return frame
    rows, nearest = frame[here], to[here].to_numpy(float)
    count, of, value = (rows[name].to_numpy(float) for name in ("count", "of", "value"))
    method = rows["method"].astype(str)
    by = method.map(effect_in).to_numpy(float)
    few, many, fewer, more = _possible(count, of, nearest)
    share = method.str.startswith("Wilson").to_numpy()
    rate = method.str.contains("Byar's|Exact Poisson").to_numpy() & (count > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = value * of / count
        shares = clustered_wilson(np.fmin(few, more), more, by)[0], clustered_wilson(np.fmin(many, fewer), fewer, by)[1]
        rates = poisson(few / by)[0] * by / more * scale, poisson(many / by)[1] * by / fewer * scale
        low, high = (np.select([share, rate], both, np.nan) for both in zip(shares, rates, strict=True))
    frame = frame.copy()
    frame.loc[here, ENDS] = np.column_stack([low, high])
    return frame


def _possible(count: np.ndarray, of: np.ndarray, to: np.ndarray) -> tuple[np.ndarray, ...]:
    """Least and greatest that a count can be, and what it is of, where that is rounded as well; 0 is 0."""
    off = to // 2
    of_off = np.where(of % to == 0, off, 0)
    few, many = np.where(count > 0, count - off, 0), np.where(count > 0, count + off, 0)
    return few, many, np.fmax(of - of_off, 1), of + of_off


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
