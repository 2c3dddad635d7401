"""Shares and rates that the documentation does not know: which counts they are made of, as the numbers show."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lscb.long_table import TOTAL

from .cell_keys import PART, Key, changed
from .documentation import Docs
from .table_rows import lines

if TYPE_CHECKING:
    import pandas as pd


def guess(tables: dict[str, pd.DataFrame], docs: Docs) -> dict[str, pd.DataFrame]:
    """Where the dictionary does not know a share's measure: link its numbers to counts they always equal.

    Linking too much only protects more: a reader who sees the same number twice may take it for the same cell.
    Adds to `docs.measures`; returns tables whose denominator had to be worked out from a share beside its count.
    """
    if all("measure" in frame and set(frame["measure"]) <= docs.measures.keys() for frame in tables.values()):
        return {}
    filled = {}
    counts: dict[str, dict[Key, int | None]] = defaultdict(dict)
    shares: dict[str, list] = defaultdict(list)
    for name, frame in sorted(tables.items()):
        if "value" in frame and "count" in frame:
            frame = _implied(frame, docs)
            filled[name] = frame
        for line in lines(name, frame, docs):
            if line.status != "shown" or not line.numbers:
                continue
            if len(line.numbers) == 1 and line.numbers[0][0] == line.key:
                counts[line.key[0]][line.key] = line.numbers[0][1]
            elif len(line.numbers) == 2 and line.key[0] not in docs.measures:
                shares[line.key[0]].append((line.key, line.numbers[0][1], line.numbers[1][1]))
    for measure, rows in shares.items():
        entry: dict = {"kind": "share" if all(n <= of for _, n, of in rows) else "rate"}
        for role, at in (("numerator", 1), ("denominator", 2)):
            if link := _same(measure, rows, at, counts):
                entry[role] = link
        docs.measures[measure] = entry
        docs.rows.clear()  # which were read without it
    return filled


def _implied(frame: pd.DataFrame, docs: Docs) -> pd.DataFrame:
    """Rows of an unknown measure with a count and a share of 1 but no denominator: count / share gives it away."""
    of = frame["of"] if "of" in frame else frame["count"] * float("nan")
    unknown = of.isna() & (frame["count"] > 0) & (frame["value"] > 0) & (frame["value"] <= 1)
    if "measure" in frame:
        unknown &= ~frame["measure"].isin(list(docs.measures))
    of_whole = frame["count"] / frame["value"].where(unknown)
    fits = unknown & ((of_whole - of_whole.round()).abs() < 1e-6)
    return frame.assign(of=of.where(~fits, of_whole.round())) if fits.any() else frame


def _same(measure: str, rows: list, at: int, counts: dict) -> dict | None:
    """The count measure (at the same labels, or with one dimension at its Total) that equals a share's number."""
    dims = sorted({d for key, *_ in rows for d, _ in key[1]} - {"area", "period"})
    options: list[dict] = [{}] + [{d: TOTAL} for d in dims] + ([dict.fromkeys(dims, TOTAL)] if len(dims) > 1 else [])
    for name in sorted(counts):
        for option in options:
            values = [counts[name].get(changed((name, row[0][1]), option)) for row in rows]
            if all(h == row[at] for h, row in zip(values, rows, strict=True)):
                return {"measure": name, **option}
    own_measure = measure + PART + ("count" if at == 1 else "of")
    for option in options[1:] if at == 2 else []:
        groups = defaultdict(set)
        for row in rows:
            groups[changed(row[0], option)].add(row[at])
        if len(groups) < len(rows) and all(len(g) == 1 for g in groups.values()):
            return {"measure": own_measure, **option}
    return None
