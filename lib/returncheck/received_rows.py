"""What was received, accepted and refused, row by row: the quality table and the refused rows to be corrected."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from .cell_reading import shown
from .file_reading import QUALITY, Sheet, quality_line
from .grid import Column, letter
from .problems import WITHHELD, without_postcodes

AT_ONCE = 100_000  # refused rows written out at a time
EXTRA = ["area", "faults", "missing"]
# For the tables: whose rows; rows by field and kind of problem, as JSON; refused rows that the figures lack.
KINDS = {"refuse": "refused", "warn": "warning"}


def quality(
    sheets: list[Sheet], others: list[dict], problems: pd.DataFrame, order: list[str], area: str
) -> pd.DataFrame:
    """One row per file, sheet and return: received = accepted + refused."""
    lines = list(others)
    of_cells = problems["row"].notna() & (problems["field"] != "") & problems["severity"].isin(list(KINDS))
    named = problems.loc[of_cells, ["file", "sheet", "row", "field", "severity"]]
    for s in sheets:
        mine = named[(named["file"] == s.where.file) & (named["sheet"] == s.where.sheet)]
        mine = mine[(mine["severity"] == "refuse") | mine["row"].isin(s.kept)]  # a refused row has no warning left
        count = mine.loc[mine["severity"] == "warn", "row"].nunique()
        nil = "" if s.taken.received else "nil return"
        note = "refused until its headings are mapped" if s.match.refused else s.note or nil
        line = quality_line(s.where, s.match.of.name, (s.taken.received, len(s.kept), count), s.sha, note)
        lines.append(line | {"faults": _faults(mine), "missing": s.missing})
    place = {f: i for i, f in enumerate(order)}
    lines.sort(key=lambda q: place.get(q["file"].removeprefix("'"), -1))
    table = pd.DataFrame(lines, columns=QUALITY + EXTRA).assign(area=area)
    table["missing"] = table["missing"].astype("object").fillna(0).astype("int64")
    table["faults"] = table["faults"].astype("object").fillna("[]").astype("str")
    return table


def _faults(named: pd.DataFrame) -> str:
    """Rows with a problem by field and kind: counts only, no value. A warning is of a row that was accepted."""
    counts = named.groupby(["field", "severity"])["row"].nunique().reset_index()
    return json.dumps(
        [[f, KINDS[s], int(n)] for f, s, n in zip(counts["field"], counts["severity"], counts["row"], strict=True)]
    )


def missing(sheets: list[Sheet], frames: dict[str, pd.DataFrame]) -> dict[str, int]:
    """By return, the refused rows that a figure made from the accepted ones (`frames`) lacks; and of each sheet.

    Copies of rows that are counted, rows that another file replaces or corrects, and rows of a later period are not
    missing.
    """
    rows: dict[str, int] = {}
    for s in sheets:
        later = {int(r) for t in s.taken.problems for r in t.loc[t["rule"].str.contains(": set aside, "), "row"]}
        elsewhere = later | _sent_again(s, frames.get(s.match.of.name))
        s.missing = max(sum(int(r) + 1 not in elsewhere for r in _refused(s)) - s.copies, 0)
        if s.missing:
            rows[s.match.of.name] = rows.get(s.match.of.name, 0) + s.missing
    return rows


def _sent_again(s: Sheet, frame: pd.DataFrame | None) -> set[int]:
    """Rows, as Excel counts, that are refused and whose key stands on an accepted row: the correction came."""
    bad, key = s.taken.bad_keys, list(s.match.of.key)
    if bad is None or frame is None or not key or not len(bad):
        return set()
    first = bad[key[0]].astype("str").str.casefold()
    near = frame[frame[key[0]].astype("str").str.casefold().isin(first)]
    accepted = {tuple(str(x).casefold() for x in row) for row in near[key].itertuples(index=False)}
    rows = zip(bad[key].itertuples(index=False), bad["_row"], strict=True)
    return {int(r) for row, r in rows if tuple(str(x).casefold() for x in row) in accepted}


def rejects(sheets: list[Sheet], problems: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The refused rows by return, with the sender's headings and all their problems, to be corrected and sent alone.

    A postcode is not kept in them.
    """
    parts: dict[str, list[pd.DataFrame]] = {}
    columns = ["file", "sheet", "row", "cell", "rule"]
    some = problems.loc[problems["severity"].isin(["refuse", "warn"]) & problems["row"].notna(), columns]
    for s in sheets:
        out = _refused(s)
        if len(out):
            mine = some[(some["file"] == s.where.file) & (some["sheet"] == s.where.sheet)]
            parts.setdefault(s.match.of.name, []).append(_rows(s, out, mine))
    return {name: pd.concat(each, ignore_index=True) for name, each in parts.items()}


def _refused(s: Sheet) -> np.ndarray:
    kept = s.kept - 1
    if len(kept) == s.taken.received:
        return np.zeros(0, int)
    good = s.taken.good["_row"].to_numpy() - 1 if len(s.taken.good.columns) else np.zeros(0, int)
    return np.sort(np.concatenate([s.taken.bad, good[~np.isin(good, kept)]]).astype(int))


def _rows(s: Sheet, out: np.ndarray, problems: pd.DataFrame) -> pd.DataFrame:
    sheetwide = " ".join(why for _, why in s.match.refused) or "One of many rows that stand more than once."
    mine = problems[problems["row"].isin(out + 1)]
    text = mine["cell"].where(mine["cell"] == "", mine["cell"] + ": ") + mine["rule"].astype("str")
    why = text.groupby(mine["row"].astype("int64")).agg("; ".join).to_dict() if len(mine) else {}
    nothing = np.zeros(len(out), np.int8)
    columns: dict[str, Any] = {
        "_file": pd.Categorical.from_codes(nothing, pd.Index([s.where.file])),
        "_sheet": pd.Categorical.from_codes(nothing, pd.Index([s.where.sheet])),
        "_row": out + 1,
        "_problems": pd.Categorical([why.get(int(r) + 1, sheetwide) for r in out]),
    }
    seen: dict[str, int] = {}
    keys = {s.match.fields.get(k) for k in s.match.of.key}
    withheld = set(mine.loc[mine["rule"].str.startswith("A postcode").astype(bool), "cell"]) if len(mine) else set()
    for at, column in enumerate(s.grid.columns):
        heading = s.match.heads.get(at, "") or f"(column {at + 1})"
        seen[heading] = seen.get(heading, 0) + 1
        heading = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"
        if heading in columns:
            continue
        hidden = {row for row in out if f"{letter(at)}{row + 1}" in withheld} if withheld else set()
        columns[heading] = _texts(column, out, hidden, (lambda text: text) if at in keys else without_postcodes)
    return pd.DataFrame(columns, copy=False)


def _texts(column: Column, rows: np.ndarray, hidden: set[int], kept: Callable[[str], str]) -> Any:
    """Cells of a column as they were sent, without those of the hidden rows; each different cell is looked at once."""
    if column.codes is None:
        parts = (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))  # as text a list is long
        texts = ([WITHHELD if r in hidden else kept(shown(column.cell(int(r)))) for r in part] for part in parts)
        return pd.concat([pd.Series(each, dtype="str") for each in texts], ignore_index=True).array
    unread = {int(column.codes[row]) for row in hidden}
    different, firsts, codes = np.unique(column.codes[rows], return_index=True, return_inverse=True)
    cells = (shown(column.cell(int(rows[first]))) for first in firsts)
    words = [WITHHELD if code in unread else kept(text) for code, text in zip(different, cells, strict=True)]
    places = {text: n for n, text in enumerate(dict.fromkeys(words))}
    of_code: np.ndarray = np.array([places[text] for text in words], np.int32)
    return pd.Categorical.from_codes(of_code[codes], pd.Index(list(places)))
