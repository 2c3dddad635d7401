"""Labels of a field that nobody filled: what is not known is not 0.

Where every row counted is `not recorded` (or `not known`), the other labels of the field are not available. This is
read from the protected table, so that it says nothing more than its noughts do; there they stay, for its sums.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from lscb.long_table import FIGURES, KEYS, TOTAL, dimensions

if TYPE_CHECKING:
    import pandas as pd

UNANSWERED = ("not recorded", "not known")
WHY = "it is recorded of none"


def unanswered(frame: pd.DataFrame) -> np.ndarray:
    """Of each row, whether it counts an answer to a field that none of its rows has: all answers are 0, and some rows
    have none; or is the rate of such a count."""
    found = np.zeros(len(frame), bool)
    names = dimensions(frame)
    for name in (name for name in names if name not in KEYS):
        blank = frame[name].isin(UNANSWERED)
        if not blank.any():
            continue
        counted = ~(frame["status"].eq("shown") & frame["count"].eq(0))
        answer = ~blank & frame[name].ne(TOTAL) & frame["status"].ne("not_applicable")
        of = list(zip(*(frame[other].tolist() for other in names if other not in (name, "measure")), strict=True))
        same = list(zip(frame["measure"].tolist(), of, strict=True))
        some, none = (set(compress(same, which & counted)) for which in (answer, blank))
        rated = {(measure, of) for measure in set(frame.loc[frame["of"].notna(), "measure"]) for _, of in none - some}
        found |= answer.to_numpy() & [each in (none | rated) - some for each in same]
    return found


def without_unanswered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows, those of `unanswered` not available; the same frame where there is none."""
    if not {"measure", "status", "count", "of"} <= set(frame) or not (none := unanswered(frame)).any():
        return frame
    frame = frame.copy()
    frame.loc[none, list(FIGURES)] = float("nan")
    frame.loc[none, ["status", "reason"]] = ["not_available", WHY]
    return frame
