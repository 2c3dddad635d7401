"""Shares, rates and counts with the interval each of them needs, and the difference from a comparator.

Arrays in, arrays out (`wilson`, `byar`, `exact_poisson`, `poisson`), with a blank (nan) wherever a count or its
denominator is blank. `share`, `rate` and `number` are the same formulas for one figure, in a result that keeps what
it was made from. Shares are fractions of 1; nothing is rounded.

Every case is counted, so an interval is not sampling error: it is the range in which a service performing no
differently could fall by chance, and it takes cases as independent. Siblings made subject to plans together are not,
so intervals of children's counts are somewhat too narrow.

References
----------
Wilson (1927) J Am Stat Assoc 22:209-212 (shares). Breslow and Day (1987) Statistical Methods in Cancer Research II,
p. 69 (Byar's approximation, counts from 10). Garwood (1936) Biometrika 28:437-442 (exact Poisson, counts below 10).
Switch at 10: OHID, Technical guide, Fingertips statistical methods (rates).
"""

import math
from typing import NamedTuple

import numpy as np

from .periods import Quarter

BYAR_FROM = 10  # events; below it the approximation is poor at the lower end and the exact limits are used


class Share(NamedTuple):
    """A share and its interval, fractions of 1: `met` cases of `of`."""

    value: float
    low: float
    high: float
    met: float
    of: float
    method: str = "Wilson"
    confidence: float = 0.95


class Rate(NamedTuple):
    """Events per `per` people and its interval. `vintage` says which estimate of the population it divides by."""

    value: float
    low: float
    high: float
    count: float
    population: float
    per: float
    vintage: str
    method: str
    confidence: float = 0.95


class Number(NamedTuple):
    """A count of events and the interval of the count itself (no population)."""

    value: float
    low: float
    high: float
    method: str
    confidence: float = 0.95


class Difference(NamedTuple):
    """How far a figure lies from its comparator.

    percent : (own - comparator) / comparator x 100; nan where the comparator is 0
    difference : own - comparator, in the unit of both (shares: fraction of 1, so x 100 for percentage points)
    ratio : own / comparator; nan where the comparator is 0
    outside : whether the comparator lies outside the interval of `own`; None where `own` came without one
    """

    percent: float
    difference: float
    ratio: float
    outside: bool | None

    def __float__(self) -> float:
        return self.percent


def share(met: float | None, of: float | None, confidence: float = 0.95) -> Share:
    """Share of a counted group that met a standard, with its Wilson interval.

    met, of : counts, 0 <= met <= of, of at least 1; None or nan gives a blank result
    Raises ValueError for any other count: no cases means no share, never 0 %.
    """
    met, of = _number(met), _number(of)
    if of <= 0 or met < 0 or met > of:
        raise ValueError(f"a share needs 0 <= met <= of and of >= 1, got met={met:g}, of={of:g}")
    low, high = wilson(met, of, confidence)
    return Share(met / of, float(low), float(high), met, of, "Wilson", confidence)


def rate(
    count: float | None, population: float | None, per: float = 10_000, confidence: float = 0.95, vintage: str = ""
) -> Rate:
    """Events per `per` people: Byar's interval from 10 events, exact Poisson below. A count of 0 has a rate of 0.

    count : events or people counted, at least 0 (it may exceed the population); None or nan gives a blank result
    population : of the same area and the mid-year of `mid_year`, above 0; None or nan gives a blank result
    vintage : which estimate that is (`first published`, `current series`), kept in the result
    """
    count, population = _number(count), _number(population)
    if count < 0 or population <= 0:
        raise ValueError(f"a rate needs count >= 0 and population > 0, got {count:g} and {population:g}")
    low, high = (float(end) / population * per for end in poisson(count, confidence))
    method = str(poisson_method(count))
    return Rate(count / population * per, low, high, count, population, per, vintage, method, confidence)


def number(count: float | None, confidence: float = 0.95) -> Number:
    """A count of events with the interval of its Poisson mean: Byar's from 10, exact below."""
    count = _number(count)
    if count < 0:
        raise ValueError(f"a count is 0 or more, got {count:g}")
    low, high = poisson(count, confidence)
    return Number(count, float(low), float(high), str(poisson_method(count)), confidence)


def percent_difference(own, comparator) -> Difference:
    """Difference of `own` from `comparator`, always relative to the comparator.

    Each is a number or one of this module's results. 104 against 69 is 50.7 % higher; 33.7 % is what one gets by
    dividing by the wrong one. Whether both are of one period and basis is for `scorecard.not_comparable` to say.
    """
    mine, theirs = _value(own), _value(comparator)
    low, high = getattr(own, "low", None), getattr(own, "high", None)
    outside = None if low is None or np.isnan([low, high, theirs]).any() else not low <= theirs <= high
    ratio = mine / theirs if theirs else float("nan")
    return Difference((mine - theirs) / theirs * 100 if theirs else float("nan"), mine - theirs, ratio, outside)


# --- the formulas, on arrays -----------------------------------------------------------------------------------


def wilson(met, of, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Low and high ends of the Wilson score interval of `met` of `of`, fractions of 1; blank where `of` is 0."""
    met, of = np.asarray(met, float), np.asarray(of, float)
    z = _z(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = z * np.sqrt(z**2 + 4 * met * (1 - met / of))
        low = (2 * met + z**2 - spread) / (2 * (of + z**2))
        high = (2 * met + z**2 + spread) / (2 * (of + z**2))
    blank = np.isnan(met) | ~(of > 0)  # exact ends below: floats miss 0 and 1
    low, high = np.where(met == 0, 0.0, low), np.where(met == of, 1.0, high)
    return np.where(blank, np.nan, low), np.where(blank, np.nan, high)


def byar(count, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Byar's approximate limits of a Poisson count. The lower limit of 0 is 0."""
    count, z = np.asarray(count, float), _z(confidence)
    above = count + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = 1 - 1 / (9 * count) - z / (3 * np.sqrt(count))
        low = count * (lower * lower * lower)  # a power's last digit may depend on how long the array is
    upper = 1 - 1 / (9 * above) + z / (3 * np.sqrt(above))
    high = above * (upper * upper * upper)
    return np.where(count == 0, 0.0, low), high


def exact_poisson(count, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of a Poisson count. The lower limit of 0 is 0, which the chi-squared quantile leaves undefined."""
    from scipy.special import chdtri  # the chi-squared quantile by its upper tail, without loading scipy.stats

    _z(confidence)
    count, tail = np.asarray(count, float), (1 - confidence) / 2
    low = chdtri(2 * np.where(count == 0, np.nan, count), 1 - tail) / 2
    return np.where(count == 0, 0.0, low), chdtri(2 * count + 2, tail) / 2


def poisson(count, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a count: exact below BYAR_FROM events, Byar's from there."""
    count = np.asarray(count, float)
    small = count < BYAR_FROM
    exact, approximate = exact_poisson(np.where(small, count, np.nan), confidence), byar(count, confidence)
    return np.where(small, exact[0], approximate[0]), np.where(small, exact[1], approximate[1])


def poisson_method(count) -> np.ndarray:
    """The name of the method that `poisson` uses: `Exact`, `Byar's`, or blank where the count is."""
    count = np.asarray(count, float)
    return np.where(np.isnan(count), "", np.where(count < BYAR_FROM, "Exact Poisson", "Byar's"))


def _z(confidence: float) -> float:
    """The standard normal quantile of a two-sided interval; 95 % and 99.8 % are in use, 80 % is a slip."""
    from scipy.special import ndtri

    if not 0.9 <= confidence < 1:
        raise ValueError(f"confidence is a fraction from 0.9 to below 1, such as 0.95; got {confidence}")
    return float(ndtri(0.5 + confidence / 2))


def _number(value) -> float:
    """A float, nan for None and pandas' NA."""
    return float("nan") if value is None or str(value) == "<NA>" else float(value)


def _value(figure) -> float:
    return _number(getattr(figure, "value", figure))


# --- which population a rate divides by ------------------------------------------------------------------------


def mid_year(period: str | Quarter) -> int:
    """The mid-year estimate that a rate divides by: the year to March Y and each of its quarters use mid-(Y-1).

    `2017-18-Q4`, `2017-18` and DfE's year `2018` (to 31 March 2018) all give 2017.
    """
    text = str(period)
    return int(text) - 1 if len(text) == 4 else int(text[:4])


def vintage(measure_rule: dict | None, year: int) -> str:
    """Which estimate of mid-`year` a measure divides by: `first published` or `current series`.

    measure_rule : the measure's entry in data/standards.yml, such as {"first_published_until": 2017}; a measure
        without one uses the series as revised since, as the DfE's plan rates do
    """
    until = (measure_rule or {}).get("first_published_until")
    since = (measure_rule or {}).get("first_published_from", year)
    return "first published" if until is not None and since <= year <= until else "current series"


def difference(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[float, float, float]:
    """Difference of two independent shares with the interval that their own intervals give.

    one, other : value, low, high of each share, with Wilson's interval (fractions of 1)
    Two intervals may overlap while that of the difference leaves out 0: compare shares by this, not by eye.

    References
    ----------
    Newcombe (1998) Stat Med 17:873-890, method 10.
    """
    (p, low, high), (q, q_low, q_high) = one, other
    gap = p - q
    return gap, gap - math.hypot(p - low, q_high - q), gap + math.hypot(high - p, q - q_low)
