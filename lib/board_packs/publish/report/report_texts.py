"""What agencies wrote in their returns on plans, audits and reviews, of the words that a person has approved for pages.

::: texts review_actions            rows of a return of agencies' actions, one table for each theme
caption: Action plan
columns: {recommendation: Recommendation, action: What was done, impact: What changed, evidence: Evidence}
rows: done this year
by: theme
:::

`rows` is one of ROWS. No row is of a child: of returns of cases there is no such block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lscb.errors import UserError
from lscb.periods import Quarter
from lscb.repeated_texts import evidence

from ...pages.number_text import label
from ...quarter import labels
from ...quarter.receiving import Received

if TYPE_CHECKING:
    from ...pages.book import Book

OF_AGENCIES = ("plan", "audits", "review_actions")
ROWS = ("all", "done this year", "of the year or open")
GIVEN = {"given": "says what changed", "only repeats": "only repeats the action", "missing": "none"}
BLANK = "not said"


def texts(book: Book, received: Received, name: str, options: dict) -> tuple[dict[str, list[list[str]]], bool]:
    """The lines of each group (one group, named blank, without `by`), and whether words without approval were left out.

    A line has a text for each column: a date as month and year, a blank as `not said`. Raises UserError for a return
    that is not of agencies, and for columns and rows that there are not.
    """
    if name not in OF_AGENCIES:
        raise UserError(f"::: texts {name}: there are {', '.join(OF_AGENCIES)}.")
    if (asked := options.get("rows", "all")) not in ROWS:
        raise UserError(f"::: texts {name}: rows is one of {', '.join(ROWS)}.")
    frame = received.rows.get(name)
    if frame is None:
        return {}, False
    rows = _chosen(frame[frame["area"] == book.area], book, asked)
    if "impact" in rows:
        words = rows[["impact", "action", "recommendation"]].astype("str").where(rows.notna())
        rows = rows.assign(evidence=evidence(words, book.standard("review_actions.alike")).map(GIVEN))
    columns, by = list(options.get("columns") or {}), [options["by"]] if "by" in options else []
    if lacking := [column for column in columns + by if column not in rows]:
        raise UserError(f"::: texts {name}: there is no column {lacking[0]!r}; there are {', '.join(rows.columns)}.")
    approvals = labels.load(book.area)
    unknown = {(one.field, labels.fold(one.label)) for one in labels.new(received, book.area, approvals)}
    kept = [
        all((f"{name}.{c}", labels.fold(row[c])) not in unknown for c in columns + by)
        for row in rows.to_dict("records")
    ]
    groups: dict[str, list[list[str]]] = {}
    for row in rows[kept].to_dict("records"):
        *line, group = [_printed(f"{name}.{c}", row[c], approvals.renamed()) for c in columns + by] + [""] * (not by)
        groups.setdefault(group, []).append(line)
    return groups, not all(kept)


def _chosen(rows: pd.DataFrame, book: Book, asked: str) -> pd.DataFrame:
    """The rows asked for, in the order of their themes."""
    first = pd.Timestamp(Quarter(book.period.start, 1).first_day)
    last = pd.Timestamp(book.period.last_day)
    if asked == "done this year":
        rows = rows[rows["done_on"].between(first, last)]
    elif asked == "of the year or open":
        rows = rows[(rows["audited_on"] <= last) & ((rows["audited_on"] >= first) | (rows["status"] != "done"))]
    group = "audit" if "audit" in rows else "theme"
    return rows.assign(**{group: rows[group].astype("str")}).sort_values(group, kind="stable")


def _printed(field: str, value: Any, renamed: dict[str, str]) -> str:
    if pd.isna(value):
        return BLANK
    if isinstance(value, pd.Timestamp):
        return f"{value:%B %Y}"
    return label(renamed.get(f"{field}={labels.fold(value)}", str(value)))
