"""What a file says of itself, in cells with a label before them: its period, its sender, from when it covers.

    Period | 2017-18-Q4
    Covers from | 01/04/2016

The labels stand above the headings, or on a sheet of their own ("About this return", as the template has it).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lscb.periods import Quarter

from .cell_dates import day
from .cell_places import quarter_of
from .cell_reading import How, shown
from .dictionary import Field, fold
from .grid import Grid

LABELS = {
    "period": "period", "quarter": "period", "reportingperiod": "period", "sender": "sender", "sentby": "sender",
    "returnfrom": "sender", "coversfrom": "covers_from", "coversfromfirstday": "covers_from",
    "returncoversfrom": "covers_from", "datacoversfrom": "covers_from", "nothingtoreport": "nil", "nilreturn": "nil",
}  # fmt: skip
SEARCHED = 20  # rows from the top
ABOUT = "about"  # a sheet whose name begins so holds statements and no rows


@dataclass
class Statements:
    """What was said, and which sheets say nothing else.

    covers_from : the first day that is covered; None where nobody says it
    nil : the sender says that there was nothing in the quarter, or that there was something; None where nothing is said
    """

    period: Quarter | None = None
    sender: str = ""
    covers_from: date | None = None
    nil: bool | None = None
    sheets: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def first_day(self, *others: date | None) -> None:
        """Where the file does not say from when it covers, the first of other sources that does."""
        for other in others:
            self.covers_from = self.covers_from or other


def statements(grids: list[Grid], period: Quarter) -> Statements:
    """The statements of a file's sheets that are not hidden; one that is of another period is a problem."""
    result = Statements()
    for grid in grids:
        if grid.hidden:
            continue
        if fold(grid.name).startswith(ABOUT):
            result.sheets.add(grid.name)
        for row in range(min(grid.rows, SEARCHED)):
            cells = [c for c in grid.row(row) if shown(c).strip()]
            label = LABELS.get(fold(shown(cells[0]).split("(")[0])) if cells else None
            about = grid.name in result.sheets
            if label and len(cells) >= 2 and (about or (len(cells) == 2 and label != "sender")):
                _read(label, cells[1], period, result)
    if result.period and result.period != period:
        result.problems.append(
            f"The file says that it is of {result.period}; it is read for {period}. Is it the right one?"
        )
    return result


def _read(label: str, cell: object, period: Quarter, result: Statements) -> None:
    text = shown(cell).strip()
    if label == "period":
        result.period = quarter_of(text) or result.period
    elif label == "sender":
        result.sender = text[:80]
    elif label == "nil":
        result.nil = text.casefold() in ("y", "yes", "true", "1", "x")
    else:
        reading = day(
            cell, Field("covers_from", "", "date", "Write the first day that the return covers."), How(period.last_day)
        )
        if isinstance(reading.value, date):
            result.covers_from = reading.value
        else:
            result.problems.append(f'"Covers from" is "{text[:40]}", which is no date: write it as 01/04/2016.')
