"""One group's sums as a programme that is asked again and again."""

from __future__ import annotations

import numpy as np

OPTIONS: dict[str, int | str] = {"output_flag": False, "threads": 1, "presolve": "off", "simplex_strategy": 0}
NODES = 2_000  # of one programme; where that is not enough nothing is concluded


def are_whole(numbers: np.ndarray) -> np.ndarray:
    """Which of these are whole, as near as HiGHS comes."""
    return np.abs(numbers - np.round(numbers)) < 1e-7


class Programme:
    """The sums of a group, asked again and again: each answer starts from the one before, a few steps away."""

    def __init__(self, rows: list[dict[int, float]], least, most, width: int):
        import highspy
        from scipy.sparse import csr_array

        self.status, self.highs = highspy.HighsModelStatus, highspy.Highs()
        for option, value in OPTIONS.items():
            self.highs.setOptionValue(option, value)
        zero = np.zeros(width)
        self.start: highspy.HighsBasis | None = None  # of the last answer that was whole
        self.now = np.array([zero, zero, zero])  # costs and both ends of every number, as the model has them
        self.highs.addVars(width, zero, zero)
        starts = np.cumsum([0, *map(len, rows)])
        at = np.array([i for row in rows for i in row], np.int32)
        terms = np.array([c for row in rows for c in row.values()], float)
        self.highs.addRows(len(rows), least, most, len(at), starts[:-1].astype(np.int32), at, terms)
        self.rows = csr_array((terms, at, starts), shape=(len(rows), width)), least, most

    def least(self, cost, low, high) -> tuple[np.ndarray | None, bool]:
        """The numbers, whole or not, for which `cost` is least, if any; and whether anything limits it."""
        wanted = np.array([cost, low, high])
        (cheaper,), (moved,) = np.nonzero(wanted[0] != self.now[0]), np.nonzero((wanted[1:] != self.now[1:]).any(0))
        self.highs.changeColsCost(len(cheaper), cheaper.astype(np.int32), wanted[0, cheaper])
        self.highs.changeColsBounds(len(moved), moved.astype(np.int32), wanted[1, moved], wanted[2, moved])
        self.now = wanted
        self.highs.run()
        if self.highs.getModelStatus() not in (self.status.kOptimal, self.status.kInfeasible):
            self.highs.clearSolver()
            self.highs.run()
        if (status := self.highs.getModelStatus()) == self.status.kOptimal:
            x = np.array(self.highs.getSolution().col_value)
            if are_whole(x).all():
                self.start = self.highs.getBasis()
            return x, True
        return None, status == self.status.kInfeasible

    def in_whole_numbers(self, cost, low, high, continuous) -> np.ndarray | None:
        """The same in whole numbers, as far as a search of limited length finds any: first with only those moved that
        share a sum with one that is not whole in `continuous`."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        if self.start is not None:
            self.highs.setBasis(self.start)  # from where all were whole: what is not once stays so for long
        (ties, least, most), best, nearest = self.rows, None, np.round(continuous)
        touched = abs(ties) @ ~are_whole(continuous) > 0
        for moved in (abs(ties).T @ touched > 0, np.ones(len(cost), bool)):
            touched, fixed = abs(ties) @ moved > 0, ties @ np.where(moved, 0, nearest)
            some = LinearConstraint(ties[touched][:, moved], (least - fixed)[touched], (most - fixed)[touched])
            bounds, every = Bounds(low[moved], high[moved]), np.ones(moved.sum())
            new = milp(cost[moved], integrality=every, bounds=bounds, constraints=some, options={"node_limit": NODES})
            if new.x is not None:
                best = nearest.copy()
                best[moved] = new.x
                if cost @ best < cost @ continuous + 1 - 1e-6 or np.count_nonzero(cost) > 1:
                    break  # costs are whole: none is cheaper; and of many numbers at once any will do
        return best
