"""Which areas a return arrived from: a table of an area without accepted rows says so, and never prints zeros.

A nil return (only headings) has its zeros counted. Headings whose sender says that there was something, rows that are
all of later days, or rows that were all refused, are none.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps

import pandas as pd

from lscb.long_table import cells, dimensions

from .quarter_inputs import Inputs, NotCovered
from .reasons import NO_ROW, NOT_RECEIVED, because
from .return_gaps import gaps


def sent(name: str) -> Callable:
    """Decorates a table function of one return: it is given the areas that have sent rows (or a nil return); every
    other area gets one row (in each table) that says why it has none. Raises NotCovered where no area has any."""

    def decorate(build: Callable[[Inputs], pd.DataFrame | dict]) -> Callable[[Inputs], pd.DataFrame | dict]:
        @wraps(build)
        def table(inputs: Inputs) -> pd.DataFrame | dict:
            absent = missing(inputs, name)
            if not absent:
                return build(inputs)
            if len(absent) == len(inputs.areas):
                raise NotCovered(next(iter(absent.values())))
            fewer = copy(inputs)
            object.__setattr__(fewer, "areas", tuple(a for a in inputs.areas if a not in absent))
            result = build(fewer)
            if isinstance(result, dict):
                return {each: _with(frame, each, absent, inputs) for each, frame in result.items()}
            return _with(result, build.__name__, absent, inputs)

        return table

    return decorate


def _with(frame: pd.DataFrame, table: str, absent: dict[str, str], inputs: Inputs) -> pd.DataFrame:
    rows = [_row(table, frame, area, inputs, why) for area, why in absent.items()]
    return cells(pd.concat([frame, pd.DataFrame(rows)], ignore_index=True))


def missing(inputs: Inputs, name: str) -> dict[str, str]:
    """The areas without accepted rows of a return that is no nil return, and why."""
    rows = inputs.need(name)
    empty = [area for area in inputs.areas if not (rows["area"] == area).any()]
    if not empty:
        return {}
    quality, absent = inputs.quality, {}
    for area in empty:
        files = _files(quality, name, area)
        if files is None or files.empty:
            absent[area] = because(name, NOT_RECEIVED)
        elif files["refused"].any() or any(gap.unstated for gap in gaps(inputs, [name]) if gap.area == area):
            absent[area] = because(name, NO_ROW)
    return absent


def _files(quality, name: str, area: str) -> pd.DataFrame | None:
    """What the quality frame says of one return from one area; None where there is no such frame."""
    if not isinstance(quality, pd.DataFrame) or "return" not in quality:
        return None
    files = quality[quality["return"] == name]
    return files[files["area"] == area] if "area" in files else files


def _row(table: str, frame: pd.DataFrame, area: str, inputs: Inputs, why: str) -> dict:
    labels = {d: "Total" for d in dimensions(frame)} | {"area": area, "period": str(inputs.period), "measure": table}
    return labels | dict(status="not_available", reason=why)
