"""Ranges of numbers as narrow as each sum alone makes them."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from .solver_parts import FAR

ROUNDS = 50  # of narrowing; stopping early only leaves more to the solver


def narrowed(sums: csr_array, ranges: np.ndarray) -> np.ndarray:
    """Ranges of distances from the truth as each sum alone narrows them, over and over."""
    terms = sums.tocoo()
    row, number, sign = *terms.coords, terms.data
    low, high = ranges[:, 0].astype(float), ranges[:, 1].astype(float)
    for _ in range(ROUNDS if len(row) else 0):
        ends = np.sort([sign * low[number], sign * high[number]], axis=0)
        rest = [_rest(row, end, far, sums.shape[0]) for end, far in zip(ends, (-np.inf, np.inf), strict=True)]
        ends = np.sort([-rest[0] / sign, -rest[1] / sign], axis=0)
        before = low.copy(), high.copy()
        np.maximum.at(low, number, np.ceil(ends[0] - 1e-9))
        np.minimum.at(high, number, np.floor(ends[1] + 1e-9))
        if (low == before[0]).all() and (high == before[1]).all():
            break
    return np.column_stack([low, high])


def _rest(row: np.ndarray, end: np.ndarray, far: float, rows: int) -> np.ndarray:
    """For each term of a sum, what its other terms come to at their ends; `far` where one of them has no limit."""
    endless = np.abs(end) >= FAR / 2
    near = np.where(endless, 0.0, end)
    others = np.bincount(row, endless, rows)[row] - endless
    return np.where(others > 0, far, np.bincount(row, near, rows)[row] - near)
