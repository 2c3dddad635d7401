"""Simulated scorecards: how often one without a change names an indicator, and how often a real change is found.

    python -m bench_parts.scorecards        prints each figure on a line

Nineteen indicators of 24 quarters each, the last four against the twenty before them, as page 50 tests them. A series
without a change is normal and its points independent, or alike to the degree that stocks are; a change is a shift of
2.5 standard deviations over the last four quarters, or of a stock a steady rise by twelve in all. Charts looked at one
by one are simulated beside them.
"""

from typing import NamedTuple

import numpy as np

from lscb.control_charts import u_chart
from lscb.rare_event_charts import g_chart, t_chart
from lscb.scorecard_changes import changes
from lscb.stock_charts import stock_chart

INDICATORS, POINTS, RECENT, SHIFT, RISE = 19, 24, 4, 2.5, 12.0
STOCKS = (0.0, 0.5, 0.8, 0.9)  # how alike a point and the next are


class Measured(NamedTuple):
    """Shares of simulated scorecards, by what they are of; printed as they are."""

    ratios: dict[str, float]


def series(r: float, shape: tuple[int, ...], random: np.random.Generator) -> np.ndarray:
    """Series without a change along the last axis, each point r times the last and chance for the rest."""
    shocks = random.normal(size=shape)
    values = np.empty(shape)
    values[..., 0] = shocks[..., 0]
    for n in range(1, shape[-1]):
        values[..., n] = r * values[..., n - 1] + np.sqrt(1 - r**2) * shocks[..., n]
    return values


def scorecards(r: float, stock: bool, number: int, seed: int = 3) -> tuple[float, float]:
    """Share of scorecards without a change that name an indicator, and share of shifts of one indicator found."""
    random, false, detected = np.random.default_rng(seed), 0, 0
    for _ in range(number):
        values = series(r, (INDICATORS, POINTS), random)
        false += bool(changes(values, stock).changed.any())
        values[0, -RECENT:] += SHIFT
        detected += bool(changes(values, stock).changed[0])
    return false / number, detected / number


def steady_rises(r: float, number: int, seed: int = 5) -> float:
    """Share of steady rises of one stock found, among nineteen."""
    random, detected = np.random.default_rng(seed), 0
    for _ in range(number):
        values = series(r, (INDICATORS, POINTS), random)
        values[0] += np.linspace(0, RISE, POINTS)
        detected += bool(changes(values, True).changed[0])
    return detected / number


def one_by_one(number: int = 20_000, seed: int = 2) -> dict[str, float]:
    """Share of single charts without a change of which a rule flags the newest of twenty points."""
    random = np.random.default_rng(seed)
    counts = random.poisson(60, (number, 20)).astype(float)
    flow = u_chart(counts, np.ones_like(counts), overdispersed=True).cause[:, -1] != 0
    stock = stock_chart(100 + 10 * series(0.8, (number, 20), random)).cause[:, -1] != 0
    return {"flow": float(flow.mean()), "stock": float(stock.mean())}


def rare_events(number: int = 20_000, seed: int = 4) -> dict[str, float]:
    """Share of charts of rare events without a change of which a rule flags the newest of twenty: days between deaths
    that come by chance alone, thirty apart, and births between deaths of one in 250."""
    random = np.random.default_rng(seed)
    between = t_chart(np.round(random.exponential(30, (number, 20)))).cause[:, -1] != 0
    births = g_chart(random.geometric(1 / 250, (number, 20)) - 1.0).cause[:, -1] != 0
    return {"days between deaths": float(between.mean()), "births between deaths": float(births.mean())}


def measure(number: int = 2_000) -> Measured:
    """Every figure that the scorecard promises: false alarms of at most 0.10, a shift of a flow found in at least 0.8."""
    found = {}
    false, power = scorecards(0.0, False, number)
    found["scorecards without a change that name one, events of a quarter"] = false
    found["shifts of 2.5 sigma over four quarters found, events of a quarter"] = power
    for r in STOCKS:
        false, power = scorecards(r, True, number)
        found[f"scorecards without a change that name one, stocks with correlation {r}"] = false
        found[f"shifts of 2.5 sigma over four quarters found, stocks with correlation {r}"] = power
    for r in STOCKS[:2]:
        found[f"steady rises by 12 sigma found, stocks with correlation {r}"] = steady_rises(r, number)
    for kind, share in (one_by_one() | rare_events()).items():
        found[f"single charts without a change flagged at the newest point, {kind}"] = share
    return Measured(found)


if __name__ == "__main__":
    for what, share in measure().ratios.items():
        print(f"{share:.3f}  {what}")
