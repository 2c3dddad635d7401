"""One share, rate or count with its interval, the difference from a comparator, and which population divides a rate.

Each result keeps what it was made from. Shares are fractions of 1; nothing is rounded. The formulas of the intervals,
for whole columns, their meaning and their sources are in `lscb.intervals`.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from .intervals import poisson, poisson_method, wilson
from .periods import Quarter


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
    count: float  # type: ignore[assignment]  # the tuple's own method of the name is of no use here
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
    difference : own - comparator, in the unit of both (shares: fraction of 1)
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


def percent_difference(figure: Any, comparator: Any) -> Difference:
    """Difference of `figure` from `comparator`, always relative to the comparator.

    Each is a number or one of this module's results. 104 against 69 is 50.7 % higher; 33.7 % is what one gets by
    dividing by the wrong one. Whether both are of one period and basis is for `scorecard.not_comparable` to say.
    """
    mine, theirs = _value(figure), _value(comparator)
    low, high = (_number(getattr(figure, end, None)) for end in ("low", "high"))
    outside = None if np.isnan([low, high, theirs]).any() else not low <= theirs <= high
    ratio = mine / theirs if theirs else float("nan")
    return Difference((mine - theirs) / theirs * 100 if theirs else float("nan"), mine - theirs, ratio, outside)


def decimal_mean(values: Iterable[float]) -> float:
    """The mean of figures as they were published, in decimals: of 0.864 and 0.865 it is 0.8645, which prints as 86.5%
    (floats make 0.86449999...). Blanks are left out; nan where nothing else is there."""
    there = [Decimal(repr(float(value))) for value in values if value == value]
    return float(sum(there) / len(there)) if there else float("nan")


def _number(value: Any) -> float:
    """A float, nan for None and pandas' NA."""
    return float("nan") if value is None or str(value) == "<NA>" else float(value)


def _value(figure: Any) -> float:
    return _number(getattr(figure, "value", figure))


def mid_year(period: str | Quarter) -> int:
    """The mid-year estimate that a rate divides by: the year to March Y and each of its quarters use mid-(Y-1).

    `2017-18-Q4`, `2017-18` and DfE's year `2018` (to 31 March 2018) all give 2017.
    """
    text = str(period)
    return int(text) - 1 if len(text) == 4 else int(text[:4])


def vintage(measure_rule: Mapping[str, int] | None, year: int) -> str:
    """Which estimate of mid-`year` a measure divides by: `first published` or `current series`.

    measure_rule : the measure's entry in data/standards.yml, such as {"first_published_until": 2017}; a measure
        without one uses the series as revised since, as the DfE's plan rates do
    """
    until = (measure_rule or {}).get("first_published_until")
    since = (measure_rule or {}).get("first_published_from", year)
    return "first published" if until is not None and since <= year <= until else "current series"
