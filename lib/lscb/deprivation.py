"""The Indices of Deprivation summed up: for every authority the five published measures, each with its rank.

Ranks of neighbourhoods count from the most deprived (1); the average rank and the local concentration are printed the
other way round, so that for all five measures more means more deprived, and rank 1 is the most deprived authority.
The Indices order places at one time: a measure of one edition never says how much better or worse a place has become.

average_rank : population-weighted mean of the ranks turned round (the most deprived of N counts N, equals their mean)
average_score : population-weighted mean of the scores
proportion_decile_1 : share of neighbourhoods in the most deprived tenth of England (published decile, unweighted)
extent : share of the population in the most deprived three tenths of England, the first tenth in full, then 0.95 at
    the 11th percentile falling by equal steps to 0.05 at the 30th
local_concentration : population-weighted mean of the turned ranks of the most deprived neighbourhoods that hold
    exactly a tenth of the authority's population; the last enters with the part that is needed

Weights: everyone; children aged 0-15 for IDACI, people aged 60 and over for IDAOPI, working age for employment.

References: MHCLG, English Indices of Deprivation 2019 research report, appendix on authority summaries; technical
report, appendix N (extent). Of File 10 of 2019 2,653 of 2,853 figures agree to their last place. Weights part the rest:
File 6 rounds people where prisoners were taken out, in 74 authorities, and has fewer older people than File 8 counts on
Pension Credit in two neighbourhoods (Rushmoor 008B, Oldham 022C).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .errors import UserError

MEASURES = ("average_rank", "average_score", "proportion_decile_1", "extent", "local_concentration")
# Which population weighs an index: children for IDACI, and so on; everyone for all that are not named.
WEIGHTS = {"idaci": "children", "idaopi": "older", "employment": "working"}
POPULATIONS = ("total", "children", "older", "working")
# Other headings under which the four populations are known.
SYNONYMS = {
    "total": ("population", "total_population", "population_total", "pop_total"),
    "children": ("children_0_15", "population_0_15", "population_children", "pop_0_15"),
    "older": ("older_60", "population_60_plus", "older_60_plus", "population_older"),
    "working": ("working_age", "population_working_age", "population_working"),
}
NEIGHBOURHOODS = {2015: 32_844, 2019: 32_844, 2025: 33_755}
CONCENTRATED = 0.1  # local concentration looks at exactly this share of an authority's population


def summarise(lsoas: pd.DataFrame) -> pd.DataFrame:
    """The five measures of every authority, for every edition and index of a frame of the whole country.

    lsoas : one row per neighbourhood, index and edition, with the columns area, lsoa, index, edition, rank (1 = most
        deprived), score, decile, and the populations total, children (0-15), older (60 and over), working (working
        age); figures that are not known are blank. As `openstats.Store.lsoas` gives it, or several editions together.

    Returns a DataFrame: area, index, edition, measure, value, rank, ranked; one row per authority, index, edition and
    measure. Unrounded. A value is blank where what it needs is blank for a neighbourhood of the authority: weights,
    or scores.

    Equal values share the better rank. Percentiles and turned ranks need the whole country: a frame that was filtered
    first is refused with UserError, as is one where a neighbourhood is missing or stands twice.
    """
    columns = _standard(lsoas)
    area, areas = _codes(columns["area"])
    lsoa, lsoas_known = _codes(columns["lsoa"])
    if blank := int((area < 0).sum() + (lsoa < 0).sum()):
        raise UserError(f"{blank:,} neighbourhoods have no code or no authority: nothing can be summarised.")
    parts = []
    # One country at a time: its columns fit in the processor's cache, which is worth a factor of four.
    for (edition, index), rows in _groups(columns["edition"], columns["index"]):
        _once_each(lsoa[rows], len(lsoas_known), edition, index)
        rank, score, decile = (columns[name][rows] for name in ("rank", "score", "decile"))
        _whole_country(rank, decile, edition, index)
        values, there = _measures(area[rows], len(areas), rank, score, decile, columns[weighed_by(index)][rows])
        parts.append((edition, index, values, there))
    return _ranked(parts, areas)


def weighed_by(index: str) -> str:
    """Which of POPULATIONS weighs an index, whether it is written `idaci` or `IDACI`."""
    return WEIGHTS.get(str(index).casefold(), "total")


def _measures(
    area: np.ndarray, n_areas: int, rank: np.ndarray, score: np.ndarray, decile: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The five measures of every authority for one index, in the order of MEASURES, and which authorities have any."""
    n = len(rank)
    place = np.nan_to_num(rank).astype("int64")
    turned = n + 1 - rank - (np.bincount(place)[place] - 1) / 2  # equal ranks share the mean of their places
    percentile = np.ceil(rank * (100 / n) - 1e-9)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(area, values, minlength=n_areas)

    people, places = total(weight), np.bincount(area, minlength=n_areas)
    in_decile_1 = np.where(np.isnan(decile), np.nan, decile == 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = [
            total(weight * turned) / people,
            total(weight * score) / people,
            total(in_decile_1) / places,
            total(weight * _extent_weight(percentile)) / people,
            _local_concentration(area, rank, turned, weight, people, percentile),
        ]
    return np.stack(values), places > 0


def _extent_weight(percentile: np.ndarray) -> np.ndarray:
    """What a neighbourhood's people count for in the extent, by its national percentile (whole numbers, rounded up)."""
    steps = np.concatenate([np.ones(11), 0.95 - np.arange(20) * (0.9 / 19), np.zeros(70), [np.nan]])
    return np.asarray(steps[np.where(np.isnan(percentile), 101, percentile).astype("int64")])


def _local_concentration(
    area: np.ndarray,
    rank: np.ndarray,
    turned: np.ndarray,
    weight: np.ndarray,
    people: np.ndarray,
    percentile: np.ndarray,
) -> np.ndarray:
    """Weighted mean of turned ranks over exactly a tenth of each area's people, the most deprived first.

    Only the neighbourhoods up to the percentile in which an area's tenth is reached are put in order.
    """
    needed = CONCENTRATED * people
    if np.isnan(percentile).any():
        return np.full(len(people), np.nan)
    steps = percentile.astype("int64")
    within = np.bincount(area * 101 + steps, weight, minlength=len(people) * 101).reshape(-1, 101).cumsum(axis=1)
    reached = (within < needed[:, None]).sum(axis=1)  # the percentile in which the tenth is complete
    enter = np.flatnonzero(steps <= reached[area])
    enter = enter[np.lexsort((rank[enter], area[enter]))]
    at, weights = area[enter], weight[enter]
    running, ends = np.cumsum(np.nan_to_num(weights)), np.cumsum(np.bincount(at, minlength=len(people)))
    begin = np.concatenate([[0.0], running])[np.concatenate([[0], ends[:-1]])]
    before = running - np.nan_to_num(weights) - begin[at]
    part = np.clip(needed[at] - before, 0, weights)
    return np.bincount(at, part * turned[enter], minlength=len(people)) / needed


def _standard(lsoas: pd.DataFrame) -> dict[str, Any]:
    """The columns that are used, populations under their own names, absent figures blank. The input is not edited."""
    missing = [c for c in ("area", "lsoa", "index", "edition") if c not in lsoas]
    if missing:
        raise UserError(f"Neighbourhoods to summarise need the columns {', '.join(missing)}.")
    columns: dict[str, Any] = {c: lsoas[c] for c in ("area", "lsoa", "index", "edition")}
    for name in ("rank", "score", "decile", *POPULATIONS):
        column = next((c for c in (name, *SYNONYMS.get(name, ())) if c in lsoas), None)
        columns[name] = _numbers(lsoas[column]) if column else np.full(len(lsoas), np.nan)
    return columns


def _numbers(values: pd.Series) -> np.ndarray:
    return values.to_numpy() if values.dtype == "float64" else values.to_numpy("float64", na_value=np.nan)


def _codes(values: pd.Series) -> tuple[np.ndarray, Any]:
    """Each value as a number (-1 for a blank), and the values in order; categories are already both."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.codes.to_numpy("int64"), values.cat.categories
    if len(values) and values.dtype.kind in "iu" and (values.to_numpy() == values.iloc[0]).all():
        return np.zeros(len(values), dtype="int64"), pd.Index(values.iloc[:1])
    return pd.factorize(values, sort=True)


def _groups(edition: pd.Series, index: pd.Series) -> list[tuple[tuple[Any, Any], slice | np.ndarray]]:
    """Each (edition, index) in order with its rows: a slice where they stand together."""
    index_code, indices = _codes(index)
    edition_code, editions = _codes(edition)
    code = edition_code * len(indices) + index_code
    starts = np.concatenate([[0], np.flatnonzero(np.diff(code)) + 1]) if len(code) else np.array([], dtype="int64")
    runs: dict[int, slice | np.ndarray] = {
        int(code[a]): slice(a, b) for a, b in zip(starts, [*starts[1:], len(code)], strict=True)
    }
    if len(runs) < len(starts):
        runs = {number: np.flatnonzero(code == number) for number in np.unique(code).tolist()}
    if -1 in runs or (edition_code < 0).any():
        raise UserError("Some neighbourhoods have no index or no edition: nothing can be summarised.")
    return [((editions[k // len(indices)], indices[k % len(indices)]), runs[k]) for k in sorted(runs)]


def _once_each(lsoa: np.ndarray, places: int, edition: Any, index: Any) -> None:
    if repeated := int((np.bincount(lsoa, minlength=places) > 1).sum()):
        raise UserError(f"{index} {edition}: {repeated:,} neighbourhoods stand twice: nothing can be summarised.")


def _whole_country(rank: np.ndarray, decile: np.ndarray, edition: Any, index: Any) -> None:
    """Raise UserError, with counts, unless the rows are all of one country.

    Published ranks run from 1 to the number of neighbourhoods: a choice of places has ranks above its number, or
    lacks some deciles. Without ranks only the number can be checked.
    """
    n, expected, ranked = len(rank), NEIGHBOURHOODS.get(edition), int((~np.isnan(rank)).sum())
    highest = int(np.nanmax(rank)) if ranked else 0
    tenth = np.nanmax(decile) if not np.isnan(decile).all() else 10
    country = ranked == n == highest and tenth == 10 if ranked else expected in (None, n)
    if not country:
        raise UserError(
            f"{index} {edition}: {n:,} of {max(expected or 0, highest):,} neighbourhoods, {n - ranked:,} of them "
            "without a rank. Ranks and percentiles are of the whole country: give all of England, and choose the "
            "authority afterwards."
        )


def _ranked(parts: list[tuple[Any, Any, np.ndarray, np.ndarray]], areas: Any) -> pd.DataFrame:
    """Values with their ranks, 1 for the highest, equal values sharing the better rank; only areas of the edition."""
    blocks = []
    for edition, index, values, there in parts:
        figures = values[:, there]
        ordered = np.sort(np.where(np.isnan(figures), -np.inf, figures), axis=1)
        above = [
            figures.shape[1] - np.searchsorted(row, line, side="right")
            for row, line in zip(ordered, figures, strict=True)
        ]
        ranks = np.where(np.isnan(figures), np.nan, np.stack(above) + 1.0)
        blocks.append((edition, index, np.flatnonzero(there), figures, ranks, (~np.isnan(figures)).sum(axis=1)))
    number = np.repeat(np.arange(len(blocks)), [len(MEASURES) * len(block[2]) for block in blocks])
    codes, names, measures = (
        pd.array(list(each), dtype="str") for each in (areas, (block[1] for block in blocks), MEASURES)
    )
    return pd.DataFrame(
        {
            "area": codes.take(np.concatenate([np.tile(block[2], len(MEASURES)) for block in blocks])),
            "index": names.take(number),
            "edition": np.array([block[0] for block in blocks])[number],
            "measure": measures.take(
                np.concatenate([np.repeat(np.arange(len(MEASURES)), len(block[2])) for block in blocks])
            ),
            "value": np.concatenate([block[3].ravel() for block in blocks]),
            "rank": np.concatenate([block[4].ravel() for block in blocks]),
            "ranked": np.concatenate([np.repeat(block[5], len(block[2])) for block in blocks]),
        }
    )
