"""Labels that nobody has approved yet stand together as one, which changes no total; a later approval takes one of them
out again, and what that tells a reader of both packs is declared to the disclosure control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from cellguard.history import Entry
from lscb.long_table import FIGURES, KEYS, TOTAL, dimensions

from ..tables import documentation

OTHER = "Other, not yet approved"
SEVERAL = "several names that are not yet approved: not worked out for them together"

Tables = dict[str, pd.DataFrame]


def together(frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """A table with one row for all labels that became `OTHER` in some columns, behind all others of the table.

    Counts and money are added where the measure adds along the column; any other figure of several is not available.
    """
    dims, rows = dimensions(frame), (frame[list(columns)] == OTHER).any(axis=1)
    if not rows.any():
        return frame
    merged = [
        group if len(group) == 1 else _added(group, set(columns))
        for _, group in frame[rows].groupby(dims, sort=True, dropna=False)
    ]
    return pd.concat([frame[~rows], *merged], ignore_index=True)


def _added(group: pd.DataFrame, columns: set[str]) -> pd.DataFrame:
    row, measure = group.iloc[[0]].copy(), documentation()["measures"].get(group["measure"].iloc[0]) or {}
    added = {c for c in columns if row[c].iloc[0] == OTHER}
    figures = [name for name in FIGURES if group[name].notna().any()]
    along = measure.get("adds_over", "none")
    adds = along == "all" or (along != "none" and added <= set(along))
    plain = measure.get("kind") in ("count", "money") and set(figures) <= {"count", "value"}
    row[list(FIGURES)] = float("nan")
    if adds and plain and group["status"].eq("shown").all():
        return row.assign(**{name: group[name].sum() for name in figures})
    return row.assign(status="not_available", reason=SEVERAL)


def since_split(past: list[Entry], now: Tables) -> tuple[list[Entry], list[dict]]:
    """What was circulated, with `OTHER` of each pack under a name of its own, and the sums that tie each to the next.

    What one pack counted under `OTHER` is what the next still counts there with the labels that it has and the first had
    not. past : oldest first. now : this run's tables
    """
    frames = (frame for entry in past for frame in entry.tables.values())
    if not any(OTHER in frame[each].tolist() for frame in frames for each in {*dimensions(frame)} - {*KEYS}):
        return past, []
    packs = [entry.tables for entry in past] + [now]
    labels = [_labels(tables) for tables in packs]
    name = {at: f"{OTHER} at {at + 1}" for at in range(len(past))} | {len(past): OTHER}
    sums, entries = [], []
    for at, entry in enumerate(past):
        split = {key for key, some in labels[at].items() if OTHER in some}
        for measure, dimension in sorted(split):
            later = next((n for n in range(at + 1, len(packs)) if (measure, dimension) in labels[n]), None)
            if later is not None:
                there = labels[later][measure, dimension]
                more = there - labels[at][measure, dimension] | {OTHER} & there
                parts = [name[later] if label == OTHER else label for label in sorted(more)]
                total = {"measure": measure, dimension: name[at]}
                sums.append({"total": total, "parts": [{"measure": measure, dimension: part} for part in parts]})
        entries.append(replace(entry, tables=_renamed(entry.tables, name[at], f"at_{at + 1}")) if split else entry)
    return entries, sums


def _labels(tables: Tables) -> dict[tuple[str, str], set[str]]:
    """(measure, dimension) -> its labels but for the total, in tables where some stand together."""
    every: dict[tuple[str, str], set[str]] = defaultdict(set)
    for frame in tables.values():
        others = [d for d in dimensions(frame) if d not in KEYS]
        measures = frame["measure"].tolist() if others else []
        for dimension in others:
            for measure, label in set(zip(measures, frame[dimension].tolist(), strict=True)):
                every[measure, dimension] |= {label} - {TOTAL}
    return every


def _renamed(tables: Tables, name: str, place: str) -> Tables:
    renamed = {}
    for table, frame in tables.items():
        columns = [c for c in dimensions(frame) if frame[c].eq(OTHER).any()]
        frame = frame.assign(**{c: frame[c].replace({OTHER: name}) for c in columns})
        renamed[f"{table}_{place}" if columns else table] = frame
    return renamed
