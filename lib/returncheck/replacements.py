"""Which of two files stands, where a person has said so: `replaces.yml` beside the returns.

- file: hrda_corrected.xlsx
  replaces: hrda.xlsx
  rows: all            # or the references of the rows: [HR-0007, HR-0012]
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from lscb.errors import UserError
from openstats.project_data import read


def load(root: Path) -> list[dict]:
    """What replaces.yml says. Raises UserError where it cannot be understood."""
    path = root / "replaces.yml"
    if not path.is_file():
        return []
    read.cache_clear()  # a person edits it between two readings of one session
    said = read(path)
    for one in said if isinstance(said, list) else [None]:
        if (
            not isinstance(one, dict)
            or not {"file", "replaces"} <= set(one)
            or not isinstance(one.get("rows", "all"), (list, str))
        ):
            raise UserError(
                "replaces.yml must list entries with `file`, `replaces` and `rows` (all, or a list of references)."
            )
    return said


def replaced(frame: pd.DataFrame, of, stands: list[dict], problems: list, mine: list) -> np.ndarray:
    """The rows that another file replaces: those of the older file with the key of a row of the newer, if told."""
    out = np.zeros(len(frame), bool)
    if not of.key or not stands:
        return out
    keys = frame[of.key[0]].astype("str").str.casefold()
    for name in of.key[1:]:
        keys = keys + "\n" + frame[name].astype("str").str.casefold()
    for one in stands:
        newer, older = (frame["_file"] == str(one["file"])), (frame["_file"] == str(one["replaces"]))
        told = one.get("rows", "all")
        hit = older & keys.isin(set(keys[newer]))
        if told != "all":
            hit &= frame[of.key[0]].astype("str").str.casefold().isin([str(r).casefold() for r in told])
        out |= hit.to_numpy()
        for i in frame.loc[hit, "_sheet_index"].unique():
            s = mine[int(i)]
            rows = frame.loc[hit & (frame["_sheet_index"] == i), "_row"].to_numpy() - 1
            problems.append(
                s.where.problem(
                    rows,
                    s.match.fields.get(of.key[0]),
                    "",
                    of.key[0],
                    "",
                    f"Replaced by the row of {one['file']}, as replaces.yml says.",
                    "note",
                )
            )
    return out
