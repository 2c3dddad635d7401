"""HiGHS through scipy, kept quiet: whole-number programmes and the shadow prices of continuous ones.

Limits are gaps and nodes, never seconds, so that the same problem always has the same answer.
"""

from __future__ import annotations

import contextlib
import os

import numpy as np

NODES = 20_000


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


def whole_numbers(cost, equal, low, high, to=0) -> np.ndarray | None:
    """The cheapest whole numbers between `low` and `high` with `equal` @ numbers = `to`; None where there are none."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array

    constraints = [LinearConstraint(csc_array(equal), to, to)] if equal.shape[0] else []
    bounds = Bounds(low, np.where(high >= 10**8, np.inf, high))
    found = milp(cost, integrality=np.ones(len(cost)), bounds=bounds, constraints=constraints)
    return None if found.x is None else np.round(found.x)


def choose(cost, rows, least, low, high, binary: int, gap: float = 0.0, nodes: int = NODES):
    """The cheapest choice with `rows` @ choice >= `least`; the first `binary` variables are 0 or 1.

    Returns (choice, bound): no choice costs less than `bound`; (None, inf) where there is none.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    constraints = [LinearConstraint(rows, least, np.inf)] if rows.shape[0] else []
    integrality = np.zeros(len(cost))
    integrality[:binary] = 1
    options = {"mip_rel_gap": gap, "node_limit": nodes}
    found = milp(cost, integrality=integrality, bounds=Bounds(low, high), constraints=constraints, options=options)
    if found.x is None:
        return None, np.inf
    bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
    return np.round(found.x[:binary]).astype(bool), bound


def highest(cost, equal, low, high) -> tuple[np.ndarray, np.ndarray]:
    """The numbers with `equal` @ numbers = 0 that make cost @ numbers highest, and the price of each sum."""
    from scipy.optimize import linprog

    bounds = np.column_stack([low, np.where(high >= 10**8, np.inf, high)])
    found = linprog(-cost, A_eq=equal, b_eq=np.zeros(equal.shape[0]), bounds=bounds, method="highs-ds")
    return found.x, -found.eqlin.marginals
