"""The four rules of a control chart, each a function, and what a flagged point means; a fifth is of stocks alone
(`stock_charts.drift`).

Every function works along the last axis: values may be one series (points) or many (series x points). nan is a point
that is not there, and no run continues through it. The rules are those of NHS England's Making Data Count, as
NHSRplotthedots 0.1 applies them.

References: Wheeler (1993) Understanding Variation (2.66 and 3.267). NHS England, Making Data Count (the four rules,
runs of seven). NHSRplotthedots 0.1 (screening, order of labels).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

CAUSES = np.array(
    "common above_upper below_lower trend_increasing trend_decreasing "
    "two_of_three_above two_of_three_below shift_above shift_below drift_increasing drift_decreasing".split()
)
RULES = ("outside", "trend", "two_of_three", "shift")  # in the order in which they name a point
NAMED = (*RULES, "drift")  # with the one that stocks have
LINES = ("mean", "low", "high", "near_low", "near_high")
MEANINGS = {  # what a high and a low point mean, by the direction that is better
    "increase": ("improvement", "concern"),
    "decrease": ("concern", "improvement"),
    "neutral": ("neutral_high", "neutral_low"),
}
ROUNDING = 1e-12  # relative: a point on a line is not put off it by the last binary digit


class Rules(NamedTuple):
    """The constants of the method; data/standards.yml holds the same, dated and cited (a test compares them)."""

    limit: float = 2.66  # x mean moving range, mean to limit: 3 / 1.128
    near: float = 2 / 3  # of the way from the mean to a limit
    screen: float = 3.267  # x mean moving range: a larger moving range is an outlier
    run: int = 7  # points of a shift or of a trend
    trial_below: int = 12  # points: fewer give trial limits
    none_below: int = 6  # points: fewer give no limits
    drift: float = 0.0027  # chance of a line that is taken for a rise or fall of a stock; three standard errors


MAKING_DATA_COUNT = Rules()


def outside(values: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """+1 above the upper limit, -1 below the lower. A point on a limit is inside."""
    slack = _slack(values)
    above, below = (values > high + slack).astype(np.int8), (values < low - slack).astype(np.int8)
    return np.asarray(above - below)


def seven_on_one_side(side: ArrayLike, run: int = 7) -> np.ndarray:
    """+1 or -1 at each point that ends `run` consecutive points on that side of the mean; a point on it breaks."""
    side = np.asarray(side, np.int8)
    total = _sum_of_last(side, run)
    return np.where(abs(total) == run, np.sign(total), 0).astype(np.int8)


def seven_trend(values: ArrayLike, run: int = 7) -> np.ndarray:
    """+1 or -1 at each point that ends `run` consecutive points, each above (below) the one before; a tie breaks."""
    values = np.asarray(values, float)
    step = np.zeros(values.shape, np.int8)
    step[..., 1:] = np.nan_to_num(np.sign(np.diff(values)))
    return seven_on_one_side(step, run - 1)


def part_of_run(ends: ArrayLike, run: int = 7) -> np.ndarray:
    """The sign of a run at each of its `run` points, given where runs end; of two runs the later names the point."""
    ends = np.asarray(ends, np.int8)
    part = np.zeros_like(ends)
    for ahead in range(min(run, ends.shape[-1])):
        here = part[..., : ends.shape[-1] - ahead]
        np.copyto(here, ends[..., ahead:], where=ends[..., ahead:] != 0)
    return part


def two_of_three(near: ArrayLike, side: ArrayLike) -> np.ndarray:
    """+1 or -1 at each point near a limit in three consecutive points on one side, of which two or more are near.

    near : 1 where a point lies beyond the near limit and not outside the limit
    side : which side of the mean, -1, 0 or 1
    """
    near, side = np.asarray(near, np.int8), np.asarray(side, np.int8)
    ends = (abs(_sum_of_last(side, 3)) == 3) & (_sum_of_last(near, 3) >= 2)
    flagged: np.ndarray = part_of_run(ends, 3) * near * side
    return flagged


def assurance(low: ArrayLike, high: ArrayLike, target: ArrayLike, better: str) -> np.ndarray:
    """`consistent_pass`, `consistent_fail` or `inconsistent` of limits against a target; `` without target, limits
    or a direction that is better."""
    low, high, target = np.broadcast_arrays(*(np.array(x, float) for x in (low, high, target)))
    above, below = target > high + _slack(high), target < low - _slack(low)
    passed, failed = (below, above) if better == "increase" else (above, below)
    unknown = np.isnan(low) | np.isnan(high) | np.isnan(target) | (MEANINGS[better] == MEANINGS["neutral"])
    return np.select([unknown, passed, failed], ["", "consistent_pass", "consistent_fail"], "inconsistent")


def flagged_by(values: np.ndarray, lines: list[np.ndarray], count: np.ndarray, rules: Rules) -> list[np.ndarray]:
    """What each rule says of each point, in the order of RULES; nothing where there are too few points for limits.

    lines : mean, low, high, near_low, near_high at each point; count : the points that they rest on
    """
    mean, low, high, near_low, near_high = lines
    side = outside(values, mean, mean)
    beyond = outside(values, low, high)
    near = (outside(values, near_low, near_high) != 0) & (beyond == 0)
    flagged = [
        beyond,
        part_of_run(seven_trend(values, rules.run), rules.run),
        two_of_three(near, side),
        part_of_run(seven_on_one_side(side, rules.run), rules.run),
    ]
    return [np.where(count >= rules.none_below, each, 0).astype(np.int8) for each in flagged]


def _sum_of_last(entries: np.ndarray, length: int) -> np.ndarray:
    """Sum over the `length` entries that end at each point; 0 where there are not so many."""
    total, points = np.zeros(entries.shape, np.int8), entries.shape[-1]
    if points >= length:
        for back in range(length):
            total[..., length - 1 :] += entries[..., length - 1 - back : points - back]
    return total


def _slack(values: np.ndarray) -> np.ndarray:
    largest: np.ndarray = np.max(np.nan_to_num(abs(values)), axis=-1, keepdims=True, initial=0)
    return ROUNDING * largest


def meaning(cause: np.ndarray, better: str) -> np.ndarray:
    """`common`, or what a flagged point (index into CAUSES) means; `better` is `increase`, `decrease` or `neutral`."""
    words = np.array(["common", *MEANINGS[better] * len(NAMED)])
    return np.asarray(words[cause])
