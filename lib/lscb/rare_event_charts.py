"""Control charts of rare events, such as deaths: the time between them rather than how many there were.

References
----------
Nelson (1994) J Qual Technol 26:239-240 (days between rare events).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from .control_chart_rules import LINES, MAKING_DATA_COUNT, Rules
from .control_charts import Chart, xmr


def t_chart(
    days: ArrayLike,
    *,
    screen: bool = True,
    baseline: int | None = None,
    began: Iterable[int] = (),
    rules: Rules = MAKING_DATA_COUNT,
) -> Chart:
    """Days between rare events: an individuals chart of days ** (1/3.6), which is nearly normal, drawn in days.

    A high point is a long time without an event. The lower limit of the transformed days stops at 0 days.
    """
    transformed = xmr(np.array(days, float) ** (1 / 3.6), screen=screen, baseline=baseline, began=began, rules=rules)
    lines = {name: np.maximum(getattr(transformed, name), 0) ** 3.6 for name in LINES}
    return replace(transformed, values=np.array(days, float), **lines)


def days_between(events: Iterable[date]) -> np.ndarray:
    """Days from each event to the next, in the order of time; two on one day are 0 days apart."""
    ordered = np.sort(np.array(list(events), "datetime64[D]"))
    return np.diff(ordered).astype(float)
