"""How unequal a rate is from the most to the least deprived: the slope index of inequality."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .intervals import Z_95


class Slope(NamedTuple):
    """Slope index of inequality, per head: the rate at the most deprived end less that at the least, on a line."""

    value: float
    low: float
    high: float


def slope(count: ArrayLike, population: ArrayLike, effect: float = 1.0) -> Slope:
    """Slope index of inequality over groups in order from the most to the least deprived, with its 95% interval.

    A straight line is fitted through the groups' rates at the middle of each group's place in the population (0 the
    most, 1 the least deprived), weighted by population; the value is the rate at 0 less the rate at 1. Counts are
    Poisson, which gives the interval; where their events come in clusters, their variance is `effect` times as large
    (`intervals.clustered_wilson`). Groups without people are left out.
    Source: Pamuk (1985) Popul Stud 39:17-31; Mackenbach and Kunst (1997) Soc Sci Med 44:757-771.
    Raises ValueError with fewer than two groups.
    """
    count, population = np.asarray(count, float), np.asarray(population, float)
    lived = population > 0
    if lived.sum() < 2:
        raise ValueError("a slope needs at least two groups with people in them")
    count, population = count[lived], population[lived]
    share = population / population.sum()
    place = np.cumsum(share) - share / 2
    apart = place - (share * place).sum()
    weights = -share * apart / (share * apart**2).sum()
    value = float((weights * count / population).sum())
    half = Z_95 * float(np.sqrt(effect * (weights**2 * count / population**2).sum()))
    return Slope(value, value - half, value + half)
