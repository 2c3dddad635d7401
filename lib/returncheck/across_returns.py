"""Across returns: each finding a warning with the rows, since only a person can say which side is right."""

from __future__ import annotations

import pandas as pd


def warnings(frames: dict[str, pd.DataFrame], known: dict, period) -> list[pd.DataFrame]:
    """The same person in two returns, and stocks that do not follow from the quarter before."""
    return [*_same_person(frames, known), *_stocks(frames)]


def _rows(frame: pd.DataFrame, name: str, column: str, rule: list[str] | str) -> pd.DataFrame:
    from .data_rows import COLUMNS, TODO, safe

    made = pd.DataFrame(
        {
            "file": frame["_file"].astype("str"), "sheet": frame["_sheet"].astype("str"), "row": frame["_row"],
            "column": column, "cell": "",
            "field": column, "value": [safe(str(v)) for v in frame[column]], "rule": rule,
            "todo": TODO["warn"], "severity": "warn",
        },
        columns=COLUMNS,
    )  # fmt: skip
    made["row"] = made["row"].fillna(0).astype("int64")
    return made


def _same_person(frames, known) -> list[pd.DataFrame]:
    """A person's identifier that stands in two returns (lists of one format share their children: not told)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    people = [
        (name, f.name)
        for name in frames
        for f in known[name].fields.values()
        if f.type == "identifier" and str(f.sensitivity).startswith("identifying")
    ]
    folded, made = {}, []
    for at, (name, column) in enumerate(people):
        for other, its in people[:at]:
            if other == name or (known[other].derives and known[name].derives):
                continue
            for key in ((name, column), (other, its)):
                if key not in folded:
                    folded[key] = pc.utf8_lower(pa.array(frames[key[0]][key[1]]))
            hit = pc.is_in(folded[name, column], pc.drop_null(folded[other, its])).to_numpy(zero_copy_only=False)
            if hit.any():
                rule = f"The same reference stands in {other} ({its}): check whether it is the same person."
                made.append(_rows(frames[name].loc[hit], name, column, rule))
    return made


STOCKS = (
    ("plans_at_period_end", "plans_started", "plans_ended"),
    ("looked_after_at_period_end", "looked_after_started", "looked_after_ended"),
)


def _stocks(frames) -> list[pd.DataFrame]:
    """Open cases + started - ended = open cases a quarter later."""
    from lscb.periods import Quarter

    frame = frames.get("children_services")
    if frame is None or not len(frame):
        return []
    counts = frame[frame["count"].notna()]
    held = {(i, q): int(c) for i, q, c in zip(counts["indicator"], counts["quarter"], counts["count"], strict=True)}
    made = []
    for stock, started, ended in STOCKS:
        for index in counts.index[counts["indicator"] == stock]:
            quarter = counts.at[index, "quarter"]
            parts = (
                held.get((stock, str(Quarter.parse(quarter) - 1))),
                held.get((started, quarter)),
                held.get((ended, quarter)),
            )
            if None in parts:
                continue
            expected = parts[0] + parts[1] - parts[2]
            if expected != held[stock, quarter]:
                rule = (
                    f"{parts[0]} at the end of the quarter before, {parts[1]} started and "
                    f"{parts[2]} ended make {expected}, not {held[stock, quarter]}."
                )
                made.append(_rows(frame.loc[[index]], "children_services", "count", rule))
    return made
