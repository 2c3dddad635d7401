"""The long table: one row per cell, one shape for every table of the project, and its reading and writing.

Columns: `area`, `period`, `measure` and further dimensions; then figures from FIGURES only; then `status`
(one of STATUSES) and `reason`. Every column that is not in NOT_DIMENSIONS is a dimension; the label of a total
is `Total`; a dimension that a table does not have counts as its `Total`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import UserError
from .spreadsheet_text import each_text, guarded, unguarded

if TYPE_CHECKING:
    import pandas as pd

TOTAL = "Total"
FIGURES = ("value", "count", "of", "low", "high", "rank", "ranked")
LABELS = ("unit", "method", "status", "reason")
NOT_DIMENSIONS = FIGURES + LABELS
KEYS = ("area", "period", "measure")
STATUSES = ("shown", "suppressed", "not_applicable", "not_available")
ROUNDED = re.compile(r"rounded to the nearest (\d+)")  # the reason of a row whose counts are rounded for an audience


def cells(rows: pd.DataFrame | Iterable[Mapping[str, Any]], **constant: Any) -> pd.DataFrame:
    """A table in its standing form: keys, dimensions, figures, labels, in that order.

    Constant columns may be given by keyword. Missing figure columns are blank; a missing `status` is `shown` where
    the row has a figure and `not_available` where it has none. Raises ValueError for a missing key, an unknown
    status, or two rows with one key.
    """
    import pandas as pd

    frame = pd.DataFrame(rows if isinstance(rows, pd.DataFrame) else list(rows)).assign(**constant)
    missing = [key for key in KEYS if key not in frame]
    if missing:
        raise ValueError(f"a table needs the columns {', '.join(KEYS)}; missing: {', '.join(missing)}")
    for name in FIGURES:
        frame[name] = pd.to_numeric(frame[name]) if name in frame else float("nan")
        frame[name] = frame[name].astype("float64")
    for name in ("unit", "method", "reason"):
        frame[name] = frame[name].fillna("").astype("str") if name in frame else ""
    blank = frame[list(FIGURES)].isna().all(axis=1)
    default = pd.Series("shown", index=frame.index).mask(blank, "not_available")
    frame["status"] = frame["status"].fillna(default) if "status" in frame else default
    if unknown := set(frame["status"]) - set(STATUSES):
        raise ValueError(f"unknown status: {', '.join(sorted(unknown))}")
    dims = dimensions(frame)
    for name in dims:
        frame[name] = frame[name].astype("str")
    if frame.duplicated(dims).any():
        twice = frame.loc[frame.duplicated(dims), dims].iloc[0].to_dict()
        raise ValueError(f"two rows for one cell: {twice}")
    return frame[[*dims, *FIGURES, *LABELS]].reset_index(drop=True)


def rounded_to(reason: object) -> int:
    """What a row's counts are rounded to, as its reason says; 1 where it says nothing of it."""
    match = ROUNDED.search(str(reason))
    return int(match[1]) if match else 1


def dimensions(frame: pd.DataFrame) -> list[str]:
    """The columns that say which cell a row is: the keys first, then the others in their order."""
    others = [c for c in frame.columns if c not in NOT_DIMENSIONS and c not in KEYS]
    return [*[k for k in KEYS if k in frame.columns], *others]


def write(frames: dict[str, pd.DataFrame], folder: Path) -> None:
    """One CSV per table, UTF-8, figures unrounded (shortest text that reads back the same), blank for no figure; text
    that a spreadsheet would run is guarded."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        out = each_text(frame, guarded)
        columns = [_written(out[column], column in FIGURES) for column in out]
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([list(out.columns), *zip(*columns, strict=True)])


def _written(column: pd.Series, figures: bool) -> list[Any]:
    """A column's cells as they are written: csv writes what is no figure as it is."""
    if figures:
        return [_text(value) for value in column.tolist()]
    return column.tolist() if not column.hasnans else column.astype("object").where(column.notna(), "").tolist()


def _text(value: float) -> str:
    if value != value:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def csv_text(frame: pd.DataFrame) -> str:
    """Any frame as CSV for people: every text and heading guarded, blank for what is missing."""
    out = each_text(frame, guarded).rename(columns=lambda name: guarded(str(name)))
    return out.to_csv(index=False, lineterminator="\n")


def texts(path: str | Path) -> pd.DataFrame:
    """What `csv_text` was given, every cell as text, blank where nothing was."""
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    return each_text(frame, unguarded).rename(columns=unguarded)


def load(path: str | Path) -> pd.DataFrame:
    """One table as `write` left it: dimensions and labels text, figures numbers or blank.

    Raises UserError where a row has not as many fields as there are headings, ValueError where a figure is no number.
    """
    import numpy as np
    import pandas as pd

    with Path(path).open(newline="", encoding="utf-8-sig") as file:  # pandas takes twice as long for so few rows
        headings, *rows = filter(None, csv.reader(file))
    if any(len(row) != len(headings) for row in rows):
        raise UserError(
            f"{Path(path).name} has rows with fewer or more fields than headings: give every column its heading."
        )
    written = list(zip(*rows, strict=True)) or [()] * len(headings)
    columns: dict[str, Any] = dict(zip(map(unguarded, headings), written, strict=True))
    text = pd.StringDtype(na_value=np.nan)
    for name, column in columns.items():
        figures = [float(cell) if cell else np.nan for cell in column] if name in FIGURES else None
        columns[name] = pd.array([*map(unguarded, column)], dtype=text) if figures is None else np.array(figures, float)
    return pd.DataFrame(columns)
