"""One cell of a protected table, and what may be said where it is hidden, was not counted, or never came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb.long_table import KEYS, NOT_DIMENSIONS, TOTAL
from lscb.periods import year_label, year_so_far

from ..book import Book
from ..html_table import text

if TYPE_CHECKING:
    import pandas as pd

NOT_THERE = {"status": "not_available", "reason": "it is not in the table"}


def absent(frame: pd.DataFrame) -> str:
    """Why a whole table is not there, as a sentence; empty where it is."""
    if len(frame) and (frame["status"] == "not_available").all():
        return str(frame["reason"].iloc[0])
    return ""


def cell(frame: pd.DataFrame, measure: str, period: str, **labels: str) -> dict:
    """The one row of a measure; a dimension that is not named is its Total. Not there: status `not_available`."""
    found = frame[(frame["measure"] == measure) & (frame["period"] == period)]
    for name in (c for c in frame.columns if c not in NOT_DIMENSIONS and c not in KEYS):
        found = found[found[name] == labels.get(name, TOTAL)]
    return found.iloc[0].to_dict() if len(found) else dict(NOT_THERE)


def part(frame: pd.DataFrame, measure: str, period: str | None = None, **labels: str) -> pd.DataFrame:
    """The rows of a measure (and period, and labels); dimensions that are not named keep all their labels."""
    found = frame[frame["measure"] == measure]
    found = found if period is None else found[found["period"] == period]
    for name, label in labels.items():
        found = found[found[name] == label]
    return found


def shown(*rows: dict) -> bool:
    return all(row.get("status") == "shown" for row in rows)


def of(row: dict, figure: str = "count", style: str = "count") -> str:
    """One figure of a cell as text, or `withheld`, `not available`, `not applicable`."""
    return text(row, figure, style)


def drawn(row: dict, figure: str = "count") -> float | None:
    """One figure of a cell as a chart draws it: None where it is hidden, nan where there is none."""
    if shown(row):
        return row[figure]
    return None if row["status"] == "suppressed" else float("nan")


def share(row: dict) -> str:
    """`43 of 69 (62.3%)`, or the state in words."""
    if not shown(row):
        return of(row)
    return f"{of(row)} of {of(row, 'of')} ({of(row, 'value', 'percent')})"


def interval(row: dict) -> str:
    """`95% interval 50.5% to 72.8%`; empty where there is none."""
    if not shown(row) or row["low"] != row["low"]:
        return ""
    return f"95% interval {of(row, 'low', 'percent')} to {of(row, 'high', 'percent')}"


def years(book: Book) -> tuple[str, str]:
    """The labels of the financial year so far and of the year before."""
    return year_so_far(book.period), year_label(book.period.start - 1)


def named(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """The rows of some measures, in that order, with a reader's name in place of each measure's."""
    order = {measure: place for place, measure in enumerate(names)}
    found = frame[frame["measure"].isin(names)]
    return found.assign(measure=found["measure"].map(names), place=found["measure"].map(order)).sort_values(
        "place", kind="stable"
    )


def all_last(frame: pd.DataFrame, dim: str) -> pd.DataFrame:
    """Rows with the total of a dimension last, called All; the others stay in their order."""
    found = frame.assign(last=frame[dim] == TOTAL).sort_values("last", kind="stable")
    return found.assign(**{dim: found[dim].replace(TOTAL, "All")}).drop(columns="last")


def without(frame: pd.DataFrame, **labels: str) -> pd.DataFrame:
    """Rows left when those with a label (such as its Total) are taken out."""
    for name, label in labels.items():
        frame = frame[frame[name] != label]
    return frame
