"""Across returns: each finding a warning with the rows, since only a person can say which side is right."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lscb.periods import Quarter

from .dictionary import Return
from .problems import TODO, safe, table


def warnings(frames: dict[str, pd.DataFrame], returns: dict[str, Return]) -> list[pd.DataFrame]:
    """The same person in two returns, said to both senders; and stocks that do not follow from the quarter before."""
    return [*_same_person(frames, returns), *_stocks(frames)]


def _rows(frame: pd.DataFrame, column: str, rule: list[str] | str) -> pd.DataFrame:
    return table(
        frame["_row"].fillna(0).to_numpy("int64"), "", file=frame["_file"].astype("str"),
        sheet=frame["_sheet"].astype("str"), column=column, field=column, value=[safe(str(v)) for v in frame[column]],
        rule=rule, todo=TODO["warn"], severity="warn",
    )  # fmt: skip


def _same_person(frames: dict[str, pd.DataFrame], returns: dict[str, Return]) -> list[pd.DataFrame]:
    """A person's identifier that stands in two returns (lists of one format share their children: not said)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    people = [
        (name, f.name)
        for name in frames
        for f in returns[name].fields.values()
        if f.type == "identifier" and f.sensitivity.startswith("identifying")
    ]
    folded: dict[tuple[str, str], Any] = {}
    tables = []
    for at, one in enumerate(people):
        for other in people[:at]:
            if other[0] == one[0] or (returns[other[0]].derives and returns[one[0]].derives):
                continue
            for key in (one, other):
                if key not in folded:
                    folded[key] = pc.utf8_lower(pa.array(frames[key[0]][key[1]]))
            for (name, column), (second, its) in ((one, other), (other, one)):
                hit = pc.is_in(folded[name, column], pc.drop_null(folded[second, its])).to_numpy(zero_copy_only=False)
                if hit.any():
                    rule = f"The same reference stands in {second} ({its}): check whether it is the same person."
                    tables.append(_rows(frames[name].loc[hit], column, rule))
    return tables


STOCKS = (
    ("plans_at_period_end", "plans_started", "plans_ended"),
    ("looked_after_at_period_end", "looked_after_started", "looked_after_ended"),
)


def _stocks(frames: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Open cases + started - ended = open cases a quarter later."""
    frame = frames.get("children_services")
    if frame is None or not len(frame) or not {"indicator", "quarter", "count"} <= set(frame):
        return []
    some = frame[frame["count"].notna()]
    counts = {(i, q): int(c) for i, q, c in zip(some["indicator"], some["quarter"], some["count"], strict=True)}
    tables = []
    for stock, started, ended in STOCKS:
        for index, quarter in some.loc[some["indicator"] == stock, "quarter"].items():
            before = counts.get((stock, str(Quarter.parse(quarter) - 1)))
            new, gone = counts.get((started, quarter)), counts.get((ended, quarter))
            if before is None or new is None or gone is None:
                continue
            expected = before + new - gone
            if expected != counts[stock, quarter]:
                rule = (
                    f"{before} at the end of the quarter before, {new} started and "
                    f"{gone} ended make {expected}, not {counts[stock, quarter]}."
                )
                tables.append(_rows(frame.loc[[index]], "count", rule))
    return tables
