"""Repeat referrals and deprivation's measures in one pass, against one group after another in pandas."""

from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple

import naive_deprivation
import numpy as np
import pandas as pd

from lscb import deprivation, repeat_referrals


class Measured(NamedTuple):
    """How many times as fast as group by group, row for row."""

    repeats: float
    measures: float

    @property
    def ratios(self) -> dict[str, float]:
        return {"repeat referrals, times faster": self.repeats, "deprivation, times faster": self.measures}


def seconds(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began


def repeats(rows: int = 200_000, part: int = 2_000) -> float:
    """Flagging the repeats of referrals, over the days between those of the same pair of people, a pair at a time.

    part : how many of the rows the slow way is timed on
    """
    draw = np.random.default_rng(1)
    made = pd.DataFrame({"victim_id": draw.integers(1, 60_000, rows), "perpetrator_id": draw.integers(1, 3, rows)})
    made["referred_on"] = draw.integers(16_000, 17_500, rows).astype("datetime64[D]").astype("datetime64[s]")
    pairs = made.head(part).groupby(["victim_id", "perpetrator_id"])
    slow = seconds(lambda: pairs.apply(lambda pair: pair["referred_on"].sort_values().diff()))
    return slow / part / (seconds(lambda: repeat_referrals.flag_repeats(made)) / rows)


def measures(neighbourhoods: int = 32_844, areas: int = 150) -> float:
    """The five measures of the index of 2015 and their ranks, over the same an authority at a time; figures invented."""
    chance = np.random.default_rng(1)
    rank = chance.permutation(neighbourhoods) + 1.0
    frame = pd.DataFrame({"edition": 2015, "index": "imd", "lsoa": [f"E{n:08}" for n in range(neighbourhoods)]})
    frame["area"] = chance.integers(0, areas, neighbourhoods).astype("str")
    frame = frame.assign(rank=rank, score=60 * chance.random(neighbourhoods))
    frame["decile"] = np.ceil(10 * rank / neighbourhoods)
    for population in deprivation.POPULATIONS:
        frame[population] = chance.integers(100, 2000, neighbourhoods).astype(float)
    frame["index"] = frame["index"].astype("category")
    fast = min(seconds(lambda: deprivation.summarise(frame)) for _ in range(5))
    return seconds(lambda: naive_deprivation.ranks(naive_deprivation.summarise(frame))) / fast


def measure() -> Measured:
    return Measured(repeats(), measures())


if __name__ == "__main__":
    for what, times in measure().ratios.items():
        print(f"{what}: {times:.0f}")
