"""What was received, used and refused: counts of rows by return and by field, never a value of a row."""

from __future__ import annotations

import json

import pandas as pd

from lscb.long_table import TOTAL, cells
from returncheck import dictionary
from returncheck.quarter_coverage import ELSEWHERE

from .quarter_inputs import Inputs
from .reasons import NOT_RECEIVED, because
from .registry import table
from .return_gaps import gaps

COUNTS = ("received", "accepted", "refused", "accepted_with_warning", "missing", "set_aside")


def expected() -> list[str]:
    """The returns of the dictionary, but for the lists of a format that another return is made from."""
    return [name for name, one in dictionary.load().items() if not one.derives]


@table("returns_received", "returns_problems")
def returns_received(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Rows received, accepted and refused by return; and rows that a problem was found in, by return and field.

    Received is accepted and refused together, and refused is what the figures miss and what was set aside: copies,
    corrected rows and rows of a later period. A row with two problems is counted once in each field's number, so
    these do not add. A return that did not arrive is `not_available`. Rows are of one return each: deaths and referrals
    together are a number of nothing, and their sum would let each tell of the others.
    """
    quality = (
        inputs.quality
        if isinstance(inputs.quality, pd.DataFrame)
        else pd.DataFrame(columns=["return", "file", *COUNTS[:4]])
    )
    received, problems = [], []
    for area in inputs.areas:
        every = quality[quality["area"] == area] if "area" in quality else quality
        files = every[every["return"].astype("str") != ""]
        lacking = files["missing"] if "missing" in files else files["refused"]
        files = files.assign(missing=lacking, set_aside=files["refused"] - lacking)
        received += _received(files, area) + _not_covering(inputs, area) + _doubtful(every, area)
        problems += _problems(files, area)
    if not problems:
        problems = [
            dict(area=a, measure="returns_rows_named", count=0, **{"return": TOTAL, "field": TOTAL, "kind": TOTAL})
            for a in inputs.areas
        ]
    period = str(inputs.period)
    return {
        "returns_received": cells(received, period=period, unit="rows"),
        "returns_problems": cells(problems, period=period, unit="rows"),
    }


def _received(files: pd.DataFrame, area: str) -> list[dict]:
    listed = expected()
    came = files.groupby("return")[list(COUNTS)].sum()
    rows = [
        dict(area=area, measure="returns_expected", count=len(listed), **{"return": TOTAL}),
        dict(area=area, measure="returns_arrived", count=sum(n in came.index for n in listed), **{"return": TOTAL}),
    ]
    for name in [*dict.fromkeys([*listed, *came.index])]:
        for kind in COUNTS:
            row = dict(area=area, measure=f"returns_rows_{kind}", **{"return": name})
            if name in came.index:
                row["count"] = int(came[kind][name])
            else:
                row |= dict(status="not_available", reason=because(name, NOT_RECEIVED))
            rows.append(row)
    return rows


def _not_covering(inputs: Inputs, area: str) -> list[dict]:
    """The returns that came and do not cover the quarter: no row of it, or a later first day."""
    first = inputs.period.first_day
    every = gaps(inputs, expected())
    names = [g.name for g in every if g.area == area and (g.silent or (g.covers_from and g.covers_from > first))]
    counts = [(TOTAL, len(names)), *((name, 1) for name in names)]
    return [dict(area=area, measure="returns_not_covering", count=n, **{"return": name}) for name, n in counts]


def _doubtful(files: pd.DataFrame, area: str) -> list[dict]:
    """The returns whose neighbourhoods mostly lie outside the area, and how many files were of no use (copies apart)."""
    name, note = files["return"].astype("str"), files.get("note", pd.Series("", index=files.index)).astype("str")
    elsewhere = [str(n) for n in name[note == ELSEWHERE].unique()]
    counts = [(TOTAL, len(elsewhere)), *((n, 1) for n in elsewhere)]
    rows = [dict(area=area, measure="returns_elsewhere", count=n, **{"return": of}) for of, n in counts]
    unused = files.loc[(name == "") & ~note.str.startswith("the same as"), "file"].nunique()
    return [*rows, dict(area=area, measure="returns_files_unused", count=unused, **{"return": TOTAL})]


def _problems(files: pd.DataFrame, area: str) -> list[dict]:
    counts: dict[tuple[str, str, str], int] = {}
    for name, faults in zip(files["return"], files.get("faults", pd.Series("", index=files.index)), strict=True):
        for field, kind, rows in json.loads(faults) if isinstance(faults, str) and faults else []:
            counts[name, field, kind] = counts.get((name, field, kind), 0) + rows
    return [
        dict(area=area, measure="returns_rows_named", count=n, **{"return": name, "field": field, "kind": kind})
        for (name, field, kind), n in sorted(counts.items())
    ]
