"""What the returns of the Board's year share: quarters and years of dated rows, sums by label, texts that repeat.

Values in, values out. Every function takes all areas at once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from .periods import Quarter

TOTAL = "Total"
# Words that carry no meaning of their own when two sentences are compared.
LITTLE = frozenset(
    "a an and are as at be been by for from has have in is it its of on or so that the their they this to was were "
    "who will with".split()
)


def quarter_of(days: pd.Series) -> pd.Series:
    """The financial quarter of each date, as text; missing where there is no date."""
    months = days.dt.year * 12 + days.dt.month - 4
    start, number = months // 12, months % 12 // 3 + 1
    text = start.astype("Int64").astype("str") + "-" + ((start + 1) % 100).astype("Int64").astype("str").str.zfill(2)
    return (text + "-Q" + number.astype("Int64").astype("str")).where(days.notna())


def year_so_far(period: Quarter) -> str:
    """The label of a period's financial year: `2017-18` at its end, `2017-18 to Q2` before."""
    return period.year if period.number == 4 else f"{period.year} to Q{period.number}"


def spread(rows: pd.DataFrame, period: Quarter, quarters: int = 12) -> pd.DataFrame:
    """Rows repeated for each period they belong to: their quarter, and their financial year.

    rows : with `area` and `quarter` (text); rows after `period` or more than `quarters` before it are left out
    A year is left out where an area's rows begin within it, and the running one is called `2017-18 to Q2`. The column
    `period` is the label, `span` says `quarter` or `year`.
    """
    held = [str(q) for q in period.back(quarters)]
    rows = rows[rows["quarter"].isin(held)]
    first = rows.groupby("area", observed=True)["quarter"].transform("min")
    year = rows["quarter"].str[:7]
    whole = (first.str[:7] < year) | first.str.endswith("Q1")
    label = year.where(year != period.year, year_so_far(period))
    by_year = rows.assign(period=label, span="year")[whole & ((year == period.year) | _complete(year, held))]
    return pd.concat([rows.assign(period=rows["quarter"], span="quarter"), by_year], ignore_index=True)


def _complete(year: pd.Series, held: list[str]) -> pd.Series:
    return (year + "-Q1").isin(held)


def sums(rows: pd.DataFrame, columns: Iterable[str], dims: Iterable[str] = ()) -> pd.DataFrame:
    """Sums by area, period and label, with the totals of each dimension. A sum with a missing part is missing."""
    columns, dims = list(columns), list(dims)
    parts = []
    for size in range(len(dims) + 1):
        for used in combinations(dims, size):
            grouped = rows.groupby(["area", "period", *used], observed=True)[columns]
            whole = grouped.count().eq(grouped.size(), axis=0)
            parts.append(grouped.sum().astype("float64").where(whole).reset_index())
    found = pd.concat(parts, ignore_index=True)
    for name in dims:
        found[name] = found[name].fillna(TOTAL) if name in found else TOTAL
    return found[["area", "period", *dims, *columns]].sort_values(["area", "period", *dims], ignore_index=True)


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


# --- texts that say the same -------------------------------------------------------------------------------------


def meaning(text: object) -> frozenset[str]:
    """The words that carry a text's meaning; none where it is blank."""
    if not isinstance(text, str):
        return frozenset()
    return frozenset(re.findall(r"[^\W_]+", text.casefold())) - LITTLE


def contained(text: object, other: object) -> float:
    """How much of a text's meaning stands in another: the share of its words. 0 where either is blank."""
    mine, theirs = meaning(text), meaning(other)
    return len(mine & theirs) / len(mine) if mine and theirs else 0.0


def doubled(texts: pd.Series, alike: float) -> pd.Series:
    """Whether each text stands in the list again: the words of the shorter lie in the other, to the share `alike`.

    The first of two counts as doubled too: a person must say which stands. Blank texts are never doubled.
    """
    found = np.zeros(len(texts), bool)
    for one, other in combinations(range(len(texts)), 2):
        pair = sorted((texts.iloc[one], texts.iloc[other]), key=lambda text: len(meaning(text)))
        if contained(*pair) >= alike:
            found[[one, other]] = True
    return pd.Series(found, index=texts.index)


def evidence(rows: pd.DataFrame, alike: float) -> pd.Series:
    """What each row says of its impact: `given`, `missing`, or `only repeats` its action or recommendation."""
    said = [
        "missing"
        if not meaning(impact)
        else "only repeats"
        if max(contained(impact, other) for other in others) >= alike
        else "given"
        for impact, *others in rows[["impact", "action", "recommendation"]].itertuples(index=False, name=None)
    ]
    return pd.Series(said, index=rows.index, dtype="str")
