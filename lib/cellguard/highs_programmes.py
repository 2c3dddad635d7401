"""HiGHS, kept quiet: whole-number programmes through scipy, and the shadow prices of continuous ones.

Limits are gaps and nodes, never seconds, so that the same problem always has the same answer.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lscb.errors import UserError

if TYPE_CHECKING:
    from .earlier_claims import OneOf

NODES = 20_000
LARGE = 3_000  # decisions above which a choice is looked for in fewer nodes, and need not be the very cheapest
WORK = 10**10  # of one part: numbers of each continuous programme, ten times; of a whole one twenty times squared
FEWER = (
    "protect fewer at once. Leave out tables of most dimensions, join labels, or split the tables by area or year and "
    "leave out the totals of all."
)
BEYOND = 1e5  # stands for no limit where a number is one of several of which one must be small


class Effort:
    """What was asked about one part so far. A part that is too large ends with a sentence after so much of it."""

    def __init__(self, numbers: int):
        self.numbers, self.spent, self.programmes, self.said = numbers, 0, 0, 0

    def add(self, work: int) -> None:
        """Count one more programme. Raises UserError where it is one too many."""
        self.spent, self.programmes = self.spent + work, self.programmes + 1
        if self.spent > WORK:
            raise UserError(
                f"{self.numbers:,} figures hang together through their totals, and {self.programmes:,} programmes did "
                f"not settle which must be withheld: {FEWER}"
            )
        if self.numbers >= LARGE // 6 and self.spent * 100 > self.said * WORK:
            self.said = self.spent * 100 // WORK + 1
            text = "%s figures that hang together: %s programmes, %s %% of the most"
            logging.getLogger("cellguard").info(text, f"{self.numbers:,}", f"{self.programmes:,}", self.said - 1)


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
    every = np.ones(len(cost), int)
    result = milp(cost, integrality=every, bounds=bounds, constraints=constraints, options={"node_limit": NODES})
    if result.x is None and result.status == 1:
        raise UserError(f"Whether {width:,} figures fit all that is known was not settled: {FEWER}")
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
        options={"mip_rel_gap": gap, "node_limit": NODES if binary <= LARGE else NODES // 40},
    )
    if result.x is None and result.status != 1:
        return None, np.inf
    bound = next((float(b) for b in (result.mip_dual_bound, result.fun) if b is not None), 0.0)
    if result.x is None:  # of so few nodes: whatever may be hidden is, which keeps every cut
        return high[:binary] > 0, bound
    return np.round(result.x[:binary]).astype(bool), bound


class Programme:
    """The same sums asked again and again, with other ranges and other numbers pushed: HiGHS goes on from where it was.

    Through highspy: scipy starts anew each time, which took eight times as long over 3,000 numbers.
    """

    def __init__(self, equal, effort: Effort):
        import highspy

        self.effort = effort
        (rows, width), self.status = equal.shape, highspy.HighsModelStatus
        self.low = self.high = zero = np.zeros(width)
        self.highs = highspy.Highs()
        options: dict[str, int | str] = {"output_flag": False, "threads": 1, "presolve": "off"}
        options["simplex_strategy"] = 0  # whichever suits
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
        self.effort.add(10 * len(self.low))
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
