"""HiGHS, kept quiet: whole-number programmes through scipy, and the shadow prices of continuous ones.

Limits are gaps and nodes, never seconds, so that the same problem always has the same answer.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .earlier_claims import OneOf

NODES = 20_000
BEYOND = 1e5  # stands for no limit where a number is one of several of which one must be small


@contextlib.contextmanager
def quiet():
    """HiGHS writes stray lines to the process's standard output, past Python: send them nowhere."""
    import sys

    sys.stdout.flush()
    with open(os.devnull, "wb") as nowhere:
        kept = os.dup(1)
        try:
            os.dup2(nowhere.fileno(), 1)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def whole_numbers(cost, equal, low, high, to=0, one_of: Sequence[OneOf] = ()) -> np.ndarray | None:
    """The cheapest whole numbers between `low` and `high` with `equal` @ numbers = `to` and with all of `one_of`; None
    where there are none."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array, hstack

    low, high, width = np.array(low, float), np.where(high >= 10**8, np.inf, high), len(cost)
    more = sum(len(each.places) for each in one_of)
    equal = hstack([equal, csc_array((equal.shape[0], more))]) if more else equal
    constraints = [LinearConstraint(csc_array(equal), to, to)] if equal.shape[0] else []
    if one_of:
        constraints.append(_choices(one_of, low, high))
    bounds = Bounds(np.concatenate([low, np.zeros(more)]), np.concatenate([high, np.ones(more)]))
    cost = np.concatenate([cost, np.zeros(more)])
    result = milp(cost, integrality=np.ones(len(cost), int), bounds=bounds, constraints=constraints)
    return None if result.x is None else np.round(result.x[:width])


def _choices(one_of: Sequence[OneOf], low: np.ndarray, high: np.ndarray):
    """Rows over the numbers and, after them, a choice for each place: where taken, the number is between its ends.

    Numbers of them without a limit get one (BEYOND) in `high`.
    """
    from scipy.optimize import LinearConstraint
    from scipy.sparse import coo_array, diags_array, hstack, vstack

    places, least, most = (np.concatenate(each) for each in zip(*one_of, strict=True))
    np.minimum.at(high, places, np.maximum(np.maximum(most, low[places]), 0) + BEYOND)
    count, width, which = len(places), len(low), np.repeat(np.arange(len(one_of)), [len(o.places) for o in one_of])
    picked = coo_array((np.ones(count), (np.arange(count), places)), (count, width))
    above, below = np.maximum(high[places] - most, 0), np.maximum(least - low[places], 0)
    rows = vstack([
        hstack([picked, diags_array(above)]),
        hstack([picked, -diags_array(below)]),
        hstack([coo_array((len(one_of), width)), coo_array((np.ones(count), (which, np.arange(count))))]),
    ], format="csc")  # fmt: skip
    endless, ones = np.full(count, np.inf), np.ones(len(one_of))
    ends = np.concatenate([-endless, least - below, ones]), np.concatenate([most + above, endless, ones * np.inf])
    return LinearConstraint(rows, *ends)


def choose(
    cost: np.ndarray, rows, least: np.ndarray, low: np.ndarray, high: np.ndarray, binary: int, gap: float = 0.0
) -> tuple[np.ndarray | None, float]:
    """The cheapest choice with `rows` @ choice >= `least`; the first `binary` variables are 0 or 1.

    Returns (choice, bound): no choice costs less than `bound`; (None, inf) where there is none.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    constraints = [LinearConstraint(rows, least, np.inf)] if rows.shape[0] else []
    either = np.zeros(len(cost), int)
    either[:binary] = 1
    bounds = Bounds(low, high)
    result = milp(
        cost,
        integrality=either,
        bounds=bounds,
        constraints=constraints,
        options={"mip_rel_gap": gap, "node_limit": NODES},
    )
    if result.x is None:
        return None, np.inf
    bound = result.mip_dual_bound if result.mip_dual_bound is not None else result.fun
    return np.round(result.x[:binary]).astype(bool), bound


class Programme:
    """The same sums asked again and again, with other ranges and other numbers pushed: HiGHS goes on from where it was.

    Through highspy: scipy starts anew each time, which took eight times as long over 3,000 numbers.
    """

    def __init__(self, equal):
        import highspy

        (rows, width), self.status = equal.shape, highspy.HighsModelStatus
        self.low = self.high = zero = np.zeros(width)
        self.highs = highspy.Highs()
        options = {"output_flag": False, "threads": 1, "presolve": "off", "simplex_strategy": 0}  # 0: whichever suits
        for option, value in options.items():
            self.highs.setOptionValue(option, value)
        sums = (equal.indptr.astype(np.int32), equal.indices.astype(np.int32), equal.data.astype(float))
        ends, real = np.zeros(rows), np.zeros(width, np.int32)
        self.highs.passModel(width, rows, equal.nnz, 1, 1, 0.0, zero, zero, zero, ends, ends, *sums, real)

    def limit(self, low: np.ndarray, high: np.ndarray) -> None:
        """The ranges of all numbers, for all that is asked from here on."""
        changed = np.flatnonzero((low != self.low) | (high != self.high))
        self.low, self.high = low.astype(float), high.astype(float)
        self._bounds(changed, self.low[changed], self.high[changed])

    def highest(self, places, cost, low, high) -> tuple[np.ndarray | None, np.ndarray | None]:
        """The numbers with every sum 0 that make cost @ numbers[places] highest, and the price of each sum.

        `low` and `high` are the ranges of `places` this once. (None, None) where nothing fits.
        """
        places, cost = np.asarray(places, np.int32), np.asarray(cost, float)
        self.highs.changeColsCost(len(places), places, -cost)
        self._bounds(places, np.asarray(low, float), np.asarray(high, float))
        self.highs.run()
        if self.highs.getModelStatus() not in (self.status.kOptimal, self.status.kInfeasible):
            self.highs.clearSolver()  # lost its way: from the start
            self.highs.run()
        status, solution = self.highs.getModelStatus(), self.highs.getSolution()
        self.highs.changeColsCost(len(places), places, np.zeros(len(places)))
        self._bounds(places, self.low[places], self.high[places])
        if status == self.status.kOptimal:
            return np.array(solution.col_value), -np.array(solution.row_dual)
        if status == self.status.kInfeasible:
            return None, None
        raise RuntimeError(f"HiGHS could not solve a part of {len(self.low)} numbers: {status}")

    def _bounds(self, places: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        places = np.asarray(places, np.int32)
        self.highs.changeColsBounds(len(places), places, low, np.where(high >= 10**8, np.inf, high))
