"""Counting rows of every area, period and label in one pass, zeros included, with the totals of each dimension."""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from .long_table import TOTAL
from .periods import Quarter, year_so_far


def tally(rows: pd.DataFrame, spans: pd.DataFrame, margins: Iterable[dict[str, Iterable[str]]]) -> pd.DataFrame:
    """Rows counted by labels within spans.

    rows : one row per case and span it belongs to: the columns of `spans` and one per dimension, text
    spans : the spans to count in, one row each, such as area and period; each gets a figure, 0 where it has no rows
    margins : for each, {dimension: its labels}; two dimensions are crossed, with their totals

    Returns the columns of `spans`, every dimension of `margins` (`Total` where it is not in use) and `count`, each
    cell once.
    Raises ValueError for a label that no margin names, which would drop out of the parts and stay in the total.
    """
    every = [{name: list(labels) for name, labels in margin.items()} for margin in margins]
    dims = list(dict.fromkeys(name for margin in every for name in margin))
    at = pd.MultiIndex.from_frame(spans).get_indexer(pd.MultiIndex.from_frame(rows[list(spans.columns)]))
    parts = [_counted(spans, at, {})]
    done: set[tuple[str, ...]] = {()}
    for margin in every:
        places = {name: pd.Index(labels).get_indexer(pd.Index(rows[name])) for name, labels in margin.items()}
        for name, place in places.items():
            if unknown := set(rows[name].to_numpy(object)[place < 0]):
                raise ValueError(f"{name}: cases with a label that is not counted ({unknown})")
        for used in (u for size in range(1, len(margin) + 1) for u in combinations(margin, size) if u not in done):
            parts.append(_counted(spans, at, {name: (margin[name], places[name]) for name in used}))
            done.add(used)
    return _with_totals(parts, dims)[[*spans.columns, *dims, "count"]]


def _with_totals(parts: list[pd.DataFrame], dims: list[str]) -> pd.DataFrame:
    """The parts as one frame, where a dimension that a part does not have is its Total."""
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(**{name: frame[name].fillna(TOTAL) if name in frame else TOTAL for name in dims})


def _counted(spans: pd.DataFrame, at: np.ndarray, places: dict[str, tuple[list[str], np.ndarray]]) -> pd.DataFrame:
    """Counts at every span and every combination of labels: of each row its span (below 0: none of them) and, by
    dimension, the place of its label."""
    sizes = [len(spans), *(len(labels) for labels, _ in places.values())]
    cells = np.ravel_multi_index([at[at >= 0], *(place[at >= 0] for _, place in places.values())], sizes)
    span, *numbers = np.unravel_index(np.arange(np.prod(sizes)), sizes)
    grid = spans.take(span).reset_index(drop=True)
    for (name, (labels, _)), place in zip(places.items(), numbers, strict=True):
        grid[name] = pd.array(labels, dtype="str").take(place)
    return grid.assign(count=np.bincount(cells, minlength=len(grid)).astype("float64"))


def summed(rows: pd.DataFrame, spans: pd.DataFrame, column: str) -> pd.Series:
    """The sum of a column within each span, 0 where it has no rows; in the order of `spans`."""
    totals = rows.groupby(list(spans.columns), observed=True)[column].sum().rename("sum").reset_index()
    return spans.merge(totals, how="left", validate="one_to_one")["sum"].fillna(0).astype("float64")


def labelled(
    values: pd.Series, missing: str, labels: Iterable[str] | None = None, other: str | None = None
) -> pd.Series:
    """Values as labels to count by: underscores as blanks, `missing` where there is none, and `other` (if given) for
    what is not one of `labels`. True and False are `yes` and `no`."""
    if pd.api.types.is_bool_dtype(values.dtype):
        values = values.map({True: "yes", False: "no"})
    text = values.astype("str").str.replace("_", " ")
    text = text.where(text.notna() & (text != ""), missing).fillna(missing)
    if other is not None:
        text = text.where(text.isin([*(labels or ()), missing]), other)
    return text.astype("str")


ETHNIC_GROUPS = ("White", "Mixed", "Asian", "Black", "Other", "not recorded")


def ethnic_group(values: pd.Series) -> pd.Series:
    """The broad group, the same in the Censuses of 2011 and 2021, of an ethnic group as the dictionary names it; the
    Roma of 2021 are White, as they are there."""
    first = values.astype("str").str.replace(r"_.*", "", regex=True)
    broad = {"gypsy": "White", "roma": "White", "white": "White", "mixed": "Mixed", "asian": "Asian", "black": "Black"}
    groups = first.map(broad).where(first.notna(), "not recorded")
    return groups.fillna("Other").astype("str")


def spread(rows: pd.DataFrame, period: Quarter, quarters: int = 12) -> pd.DataFrame:
    """Rows repeated for each period they belong to: their quarter, and their financial year.

    rows : with `area` and `quarter` (text); rows after `period` or more than `quarters` before it are left out
    A year is left out where an area's rows begin within it, and the running one is called `2017-18 to Q2`. The column
    `period` is the label, `span` says `quarter` or `year`.
    """
    recent = [str(q) for q in period.back(quarters)]
    rows = rows[rows["quarter"].isin(recent)]
    first = rows.groupby("area", observed=True)["quarter"].transform("min")
    year = rows["quarter"].str[:7]
    from_april = (first.str[:7] < year) | first.str.endswith("Q1")
    label = year.where(year != period.year, year_so_far(period))
    by_year = rows.assign(period=label, span="year")[from_april & ((year == period.year) | _complete(year, recent))]
    return pd.concat([rows.assign(period=rows["quarter"], span="quarter"), by_year], ignore_index=True)


def _complete(year: pd.Series, quarters: list[str]) -> pd.Series:
    return (year + "-Q1").isin(quarters)


def sums(rows: pd.DataFrame, columns: Iterable[str], dims: Iterable[str] = ()) -> pd.DataFrame:
    """Sums by area, period and label, with the totals of each dimension. A sum with a missing part is missing."""
    columns, dims = list(columns), list(dims)
    parts = []
    for size in range(len(dims) + 1):
        for used in combinations(dims, size):
            grouped = rows.groupby(["area", "period", *used], observed=True)[columns]
            complete = grouped.count().eq(grouped.size(), axis=0)
            parts.append(grouped.sum().astype("float64").where(complete).reset_index())
    keys = ["area", "period", *dims]
    return _with_totals(parts, dims)[[*keys, *columns]].sort_values(keys, ignore_index=True)
