"""Control charts of stocks that carry over from one point to the next, such as children on a plan.

References
----------
Vasilopoulos and Stamboulis (1978) J Qual Technol 10:20-30 (limits of correlated points). Kendall (1954) Biometrika
41:403-404 (correlation in short series).
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from .control_chart_rules import MAKING_DATA_COUNT, Rules
from .control_charts import Chart, grouped_chart, mean_along


def lag_correlation(values: ArrayLike) -> np.ndarray:
    """How alike a point and the next are in each series, from 0 to 0.9; the usual estimate is too low in short series,
    and is corrected for that (Kendall 1954). 0 where there are too few points; pairs across a gap are left out."""
    values = np.asarray(values, float)
    apart = values - mean_along(values)
    count = (~np.isnan(values)).sum(-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        raw = np.nansum(apart[..., 1:] * apart[..., :-1], axis=-1) / np.nansum(apart**2, axis=-1)
        corrected = (count * raw + 1) / (count - 4)
    return np.where(count > 5, np.clip(np.nan_to_num(corrected), 0, 0.9), 0.0)


def stock_chart(
    values: ArrayLike, *, baseline: int | None = None, began: Iterable[int] = (), rules: Rules = MAKING_DATA_COUNT
) -> Chart:
    """Individuals chart of a stock, such as children on a plan at a quarter's end, most of whom were there before.

    Points that carry over lie closer to their neighbours than to the mean, so limits from moving ranges are too narrow:
    they are widened by 1 / sqrt(1 - r), r the correlation of a point with the next (`lag_correlation` of the baseline).
    Runs are what such a series does by itself: where r is above 0, only a point outside the limits is flagged.
    """

    def limits(used: np.ndarray, _here: slice) -> tuple[np.ndarray, np.ndarray]:
        r = lag_correlation(used)[..., None]
        return mean_along(used), rules.limit * mean_along(abs(np.diff(used))) / np.sqrt(1 - r)

    values = np.array(values, float)
    chart = grouped_chart(values, limits, baseline, began, rules)
    first = values if baseline is None else values[..., :baseline]
    alone = lag_correlation(first)[..., None] == 0
    flags = {name: flag if name == "outside" else np.where(alone, flag, 0) for name, flag in chart.rules.items()}
    return replace(chart, rules=flags)
