"""The values of an area's returns that could point to a person: what must not be read on any page."""

from __future__ import annotations

import pandas as pd

from returncheck import dictionary
from returncheck.person_names import names

from . import labels
from .receiving import Received

POINTING = ("identifier", "date", "text", "lsoa", "gestation")  # types whose every value can point to a person


def identifying(received: Received, area: str) -> list[list[str]]:
    """[field, type, value] of everything in an area's returns that could point to a person.

    Of a free text that is meant for pages, the names of people in it (type `name`). Ages, sexes, yes and no are labels
    of tables: disclosure control is for them.
    """
    approved = {f"{one['field']}={labels.fold(one['label'])}" for one in labels.load(area).approved}
    values: dict[tuple[str, str], set[str]] = {}
    returns = dictionary.load()
    for name, frame in received.rows.items():
        rows = frame[frame["area"] == area] if "area" in frame else frame
        for column, field in returns[name].fields.items():
            secret = str(field.sensitivity).startswith("identifying")
            if column in rows and (field.type == "text" or (secret and field.type in POINTING)):
                kept = rows[column].dropna()
                if field.type == "text" and not secret:  # a label that a person approved may stand on any page
                    words = kept.astype(str).map(lambda text, at=f"{name}.{column}": f"{at}={labels.fold(text)}")
                    kept = kept[~words.isin(approved)]
                kind, texts = _texts(kept, field.type, secret)
                values.setdefault((column, kind), set()).update(texts)
    return [[name, kind, value] for (name, kind), texts in sorted(values.items()) for value in sorted(texts)]


def _texts(column: pd.Series, kind: str, secret: bool) -> tuple[str, set[str]]:
    """The kind that a column's values are looked for as, and the values as they are written."""
    if kind == "date":
        return kind, set(column.dt.strftime("%Y-%m-%d"))
    if kind == "gestation":  # kept in weeks, written in weeks and days
        return kind, {f"{int(weeks)}+{round(weeks % 1 * 7)}" for weeks in column}
    if kind == "text" and not secret:
        return "name", {person for text in column.astype(str).unique() for person in names(text)}
    return kind, set(map(str, column))
