"""Words that a partner typed and that look as if they pointed to a person: a warning to the sender, in `lscb check`.

Of fields whose words may come to stand on a page once somebody approves them. The words themselves are not repeated.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .dictionary import Field, Return, fold
from .identifier_shapes import recognised
from .problems import of_file, table

MOST = 20_000  # different texts of a field that are looked at: some seconds
TODO = "Take it out and send the row again. No page prints it before a person has approved it."


def is_typed(field: Field) -> bool:
    """Whether a partner types words of its own here that are not identifying from the start."""
    free = field.type == "text" and not str(field.sensitivity).startswith("identifying")
    return free or (field.type in ("choice", "choices") and field.allowed.get("others") == "keep")


def warnings(frames: dict[str, pd.DataFrame], returns: dict[str, Return]) -> list[pd.DataFrame]:
    """A warning for each row of each typed field that looks as if it held an identifier, naming column and kind."""
    tables: list[pd.DataFrame] = []
    for name, frame in frames.items():
        for field in returns[name].fields.values():
            if is_typed(field) and field.name in frame:
                tables += _of_column(frame, field)
    return tables


def _of_column(frame: pd.DataFrame, field: Field) -> list[pd.DataFrame]:
    words = frame[field.name].dropna().explode().dropna().astype(str)
    different = [text for text in words.unique() if fold(text) not in field.values]
    kinds = {text: kind for text in different[:MOST] if (kind := ", ".join(recognised(text)))}
    tables = []
    if len(different) > MOST:
        rule = f"{field.name} has {len(different):,} different texts: the first {MOST:,} were read for identifiers."
        tables.append(of_file(str(frame["_file"].iloc[0]), "", rule, "warn", TODO))
    if kinds:
        like = words.map(kinds).dropna()
        rows = frame.loc[like.index]
        rules = {kind: f"{field.name} holds what looks like {kind}: no returns need it there." for kind in set(like)}
        tables.append(
            table(
                rows["_row"].fillna(0).to_numpy(np.int64), "", file=rows["_file"].astype(str),
                sheet=rows["_sheet"].astype(str), column=field.name, field=field.name, rule=like.map(rules), todo=TODO,
                severity="warn",
            )
        )  # fmt: skip
    return tables
