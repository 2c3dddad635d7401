"""Control charts of rare events, such as deaths: the time between them rather than how many there were.

References: Nelson (1994) J Qual Technol 26:239-240 (days between rare events). Benneyan (2001) Health Care Manag Sci
4:305-318 (cases between rare events).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from .control_chart_rules import LINES, MAKING_DATA_COUNT
from .control_charts import Chart, grouped_chart, mean_along, xmr


def t_chart(days: ArrayLike) -> Chart:
    """Days between rare events: an individuals chart of days ** (1/3.6), which is nearly normal, drawn in days.

    A high point is a long time without an event. The lower limit of the transformed days stops at 0 days.
    """
    transformed = xmr(np.array(days, float) ** (1 / 3.6))
    lines = {name: np.maximum(getattr(transformed, name), 0) ** 3.6 for name in LINES}
    return replace(transformed, values=np.array(days, float), **lines)


def g_chart(between: ArrayLike) -> Chart:
    """Cases without an event between one and the next, such as births between deaths: geometric limits.

    The mean of such counts is m and their standard deviation sqrt(m (m + 1)); the limits lie three of them either side
    and stop at 0. A high point is a long run without an event. The counts are far from symmetric, so that only a point
    outside the limits is flagged. Benneyan (2001) Health Care Manag Sci 4:305-318.
    """

    def limits(used: np.ndarray, _here: slice) -> tuple[np.ndarray, np.ndarray]:
        mean = mean_along(used)
        return mean, 3 * np.sqrt(mean * (mean + 1))

    chart = grouped_chart(np.array(between, float), limits, None, (), MAKING_DATA_COUNT)
    lines = {name: np.maximum(getattr(chart, name), 0) for name in LINES}
    flags = {name: flag if name == "outside" else np.zeros_like(flag) for name, flag in chart.rules.items()}
    return replace(chart, **lines, rules=flags)


def days_between(events: Iterable[date]) -> np.ndarray:
    """Days from each event to the next, in the order of time; two on one day are 0 days apart."""
    ordered = np.sort(np.array(list(events), "datetime64[D]"))
    return np.diff(ordered).astype(float)
