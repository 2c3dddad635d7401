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

from .file_reading import Sheet

FORM = "replaces.yml must list entries with `file`, `replaces` and `rows` (all, or a list of references)."


def load(root: Path) -> list[dict]:
    """What replaces.yml says. Raises UserError where it cannot be understood."""
    path = root / "replaces.yml"
    if not path.is_file():
        return []
    read.cache_clear()  # a person edits it between two readings of one session
    entries: object = read(path)
    if not isinstance(entries, list):
        raise UserError(FORM)
    for one in entries:
        if (
            not isinstance(one, dict)
            or not {"file", "replaces"} <= set(one)
            or not isinstance(one.get("rows", "all"), (list, str))
        ):
            raise UserError(FORM)
    return entries


def replaced(frame: pd.DataFrame, stands: list[dict], problems: list, sheets: list[Sheet]) -> np.ndarray:
    """The rows of a return that another file replaces.

    Those of the older file with the key of a row of the newer; of a list without a key, all of the older file.
    """
    out = np.zeros(len(frame), bool)
    of = sheets[0].match.of
    if not stands:
        return out
    keys = pd.Series("", index=frame.index)
    for name in of.key:
        keys = keys + "\n" + frame[name].astype("str").str.casefold()
    for one in stands:
        newer, older = (frame["_file"] == str(one["file"])), (frame["_file"] == str(one["replaces"]))
        chosen = one.get("rows", "all")
        hit = older & keys.isin(set(keys[newer]))
        if chosen != "all" and of.key:
            hit &= frame[of.key[0]].astype("str").str.casefold().isin([str(r).casefold() for r in chosen])
        out |= hit.to_numpy()
        for i in frame.loc[hit, "_sheet_index"].unique():
            s = sheets[int(i)]
            rows = frame.loc[hit & (frame["_sheet_index"] == i), "_row"].to_numpy() - 1
            s.copies += len(rows)
            place = (s.match.fields.get(of.key[0]), "", of.key[0]) if of.key else (None, "", "")
            rule = f"Replaced by the row of {one['file']}, as replaces.yml says."
            problems.append(s.where.problem(rows, place, "", rule, "note"))
    return out
