"""Intervals: of a share, of a count, of the difference of two shares and of the change of a count.

Arrays in, arrays out, with a blank (nan) wherever a count or its denominator is blank; shares are fractions of 1 and
nothing is rounded. `lscb.rates` gives the same for one figure, in a result that keeps what it was made from.

Every case is counted, so an interval is not sampling error: it is the range in which a service that performs the same
could fall by chance. It takes cases as independent, so of siblings made subject to plans together it is too narrow.

References: Wilson (1927) J Am Stat Assoc 22:209-212 (shares). Breslow and Day (1987) Statistical Methods in Cancer
Research II, p. 69 (Byar's approximation, counts from 10). Garwood (1936) Biometrika 28:437-442 (exact Poisson, counts
below 10). Switch at 10: OHID, Technical guide, Fingertips statistical methods (rates). Newcombe (1998) Stat Med
17:873-890, method 10 (differences). Rao and Scott (1992) Biometrics 48:577-585 (cases that come in clusters). Graham,
Mengersen and Morton (2003) Stat Med 22:2071-2083 (ratios of counts). McCullagh and Nelder (1989) Generalized Linear
Models, s. 6.2.3 (counts that vary more than by chance).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

Limits = tuple[np.ndarray, np.ndarray]
Estimate = tuple[np.ndarray, np.ndarray, np.ndarray]  # value, low, high

BYAR_FROM = 10  # events; below it the approximation is poor at the lower end and the exact limits are used
Z_95 = 1.959963984540054  # standard normal quantile of a two-sided 95 % interval


def wilson(met: ArrayLike, of: ArrayLike, confidence: float = 0.95) -> Limits:
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


def byar(count: ArrayLike, confidence: float = 0.95) -> Limits:
    """Byar's approximate limits of a Poisson count. The lower limit of 0 is 0."""
    count, z = np.asarray(count, float), _z(confidence)
    above = count + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = 1 - 1 / (9 * count) - z / (3 * np.sqrt(count))
        low = count * (lower * lower * lower)  # a power's last digit may depend on how long the array is
    upper = 1 - 1 / (9 * above) + z / (3 * np.sqrt(above))
    high = above * (upper * upper * upper)
    return np.where(count == 0, 0.0, low), high


def exact_poisson(count: ArrayLike, confidence: float = 0.95) -> Limits:
    """Exact limits of a Poisson count. The lower limit of 0 is 0, which the chi-squared quantile leaves undefined."""
    from scipy.special import chdtri  # the chi-squared quantile by its upper tail, without loading scipy.stats

    _z(confidence)
    count, tail = np.asarray(count, float), (1 - confidence) / 2
    low = chdtri(2 * np.where(count == 0, np.nan, count), 1 - tail) / 2
    return np.where(count == 0, 0.0, low), chdtri(2 * count + 2, tail) / 2


def poisson(count: ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits of a count: exact below BYAR_FROM events, Byar's from there."""
    count = np.asarray(count, float)
    small = count < BYAR_FROM
    exact, approximate = exact_poisson(np.where(small, count, np.nan), confidence), byar(count, confidence)
    return np.where(small, exact[0], approximate[0]), np.where(small, exact[1], approximate[1])


def poisson_method(count: ArrayLike) -> np.ndarray:
    """The name of the method that `poisson` uses: `Exact Poisson`, `Byar's`, or blank where the count is."""
    count = np.asarray(count, float)
    return np.where(np.isnan(count), "", np.where(count < BYAR_FROM, "Exact Poisson", "Byar's"))


def difference(one: Sequence[ArrayLike], other: Sequence[ArrayLike]) -> Estimate:
    """Difference of two independent shares with the 95% interval that their own intervals give.

    one, other : value, low, high of each share, with Wilson's interval (fractions of 1); a `rates.Share` will do
    Two intervals may overlap while that of the difference leaves out 0: compare shares by this, not by eye.
    Newcombe (1998), method 10: the Wilson limits of each share, squared and added.
    """
    p, low, high, q, other_low, other_high = (np.asarray(x, float) for x in (*one[:3], *other[:3]))
    down, up = np.hypot(p - low, other_high - q), np.hypot(high - p, q - other_low)
    return p - q, p - q - down, p - q + up


def difference_of_shares(met: ArrayLike, of: ArrayLike, met_before: ArrayLike, of_before: ArrayLike) -> Estimate:
    """`difference` of two shares given as counts (`met` of `of`); blank where either is of none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        pairs = ((met, of), (met_before, of_before))
        return difference(*((np.divide(some, every, dtype=float), *wilson(some, every)) for some, every in pairs))


def change_of_count(new: ArrayLike, old: ArrayLike, times: ArrayLike = 1, effect: ArrayLike = 1) -> Estimate:
    """Change of a count, or of a rate, from another as a fraction of the old one, with 95% limits.

    times : how many times as much time (or as many people) the new count is of; 1: as much, and -0.12 is 12% fewer
    effect : how many times as large as chance alone makes it the variance of the counts is (`dispersion`)
    Blank where the old count is 0. Given their sum, the new count is binomial, so the Wilson limits p of
    new / (new + old) give those of the ratio as p / (1 - p): the score interval of a ratio of two Poisson rates.
    """
    new, old, times = (np.asarray(x, float) for x in (new, old, times))
    low, high = clustered_wilson(new, new + old, effect)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = [ratio / times - 1 for ratio in (new / old, low / (1 - low), high / (1 - high))]
    return tuple(np.where(old > 0, each, np.nan) for each in change)  # type: ignore[return-value]


def widest(estimate: Callable[..., Estimate], *ranges: tuple[float, float]) -> tuple[float, float]:
    """The least and the greatest end that an estimate's interval has at any whole numbers from the least to the most of
    each range, such as every count that rounds to a printed one; where it is blank (more than all) it has none."""
    low, high = _at_all(estimate, *ranges)
    return float(np.nanmin(low)), float(np.nanmax(high))


def narrowest(estimate: Callable[..., Estimate], *ranges: tuple[float, float]) -> tuple[float, float]:
    """What lies within an estimate's interval at all whole numbers of each range: its lower end is above its upper one
    where nothing does."""
    low, high = _at_all(estimate, *ranges)
    return float(np.nanmax(low)), float(np.nanmin(high))


def _at_all(estimate: Callable[..., Estimate], *ranges: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    _, low, high = estimate(*np.meshgrid(*(np.arange(least, most + 1) for least, most in ranges)))
    return np.asarray(low), np.asarray(high)


def dispersion(*years: ArrayLike) -> float:
    """How many times as large the variance of counts is as chance makes it, never below 1: Pearson's chi-squared of the
    parts of each year about its own mean, over its degrees of freedom (McCullagh and Nelder). A year is its parts
    (quarters), or those and how long each is; none, or one that is blank, says nothing. Which, and why: the README."""
    rows = (np.asarray(year if np.ndim(year) == 2 else (year, [1] * np.size(year)), float) for year in years)
    parts = [(count, length * count.sum() / length.sum()) for count, length in rows if count.sum() > 0]
    freedom, squares = sum(len(n) - 1 for n, _ in parts), sum(float(((n - m) ** 2 / m).sum()) for n, m in parts)
    return max(1.0, squares / freedom) if freedom else 1.0


def clustered_wilson(met: ArrayLike, of: ArrayLike, effect: ArrayLike) -> Limits:
    """Wilson's interval of a share whose cases come in clusters: both counts over the design effect (Rao and Scott)."""
    return wilson(np.asarray(met, float) / effect, np.asarray(of, float) / effect)


def _z(confidence: float) -> float:
    """The standard normal quantile of a two-sided interval; 95 % and 99.8 % are in use, 80 % is a slip."""
    from scipy.special import ndtri

    if not 0.9 <= confidence < 1:
        raise ValueError(f"confidence is a fraction from 0.9 to below 1, such as 0.95; got {confidence}")
    return float(ndtri(0.5 + confidence / 2))
