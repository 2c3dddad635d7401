"""The rows of a protected table as a DataFrame that pandas filters and groups, and that finds its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import ClassVar

import numpy as np
import pandas as pd

from cellguard.attacker.printed_ranges import about
from lscb import intervals
from lscb.errors import UserError
from lscb.long_table import KEYS, NOT_DIMENSIONS, TOTAL
from lscb.stock_charts import dispersion_of

from ..tables import documentation, reasons
from ..tables.registry import official
from .cell_value import ELSEWHEN, NOT_THERE, Cell, records


class Rows(pd.DataFrame):
    """A table of the book, or what was computed from one.

    Everything of a DataFrame works on it; filtering, sorting, adding columns and joining give Rows again, grouping and
    pivoting plain frames.
    """

    _metadata: ClassVar = ["absent", "silent", "source", "journal"]
    source = ""  # the table's name, by which a pack's readers find its data
    journal: list[dict] | None = None  # of its book, for the marks of what its cells print (see Book.printed)
    absent = ""  # why the whole table is not there, as a sentence; rows chosen from it know it too
    silent = ""  # why it has no figure of the page's own quarter and year

    @property
    def _constructor(self):
        return Rows

    def cell(self, period: object = None, measure: str | None = None, **labels: str) -> Cell:
        """The one cell of a period and a measure; a dimension that is not named is its Total, or its only label.

        A cell that is not in the table prints `not available`. Raises UserError for a dimension that there is not,
        and where several cells are left: it says which dimension to name.
        """
        rows = self.reset_index() if self.index.name in ("period", *labels) else self
        wanted = {"period": period, "measure": measure} | labels
        there = np.ones(len(rows), bool)  # rows are chosen once, of all labels: copies of a table cost more than masks
        for name, label in wanted.items():
            if label is None:
                continue
            if name not in rows:
                if not there.any() or self.absent:
                    return Cell(NOT_THERE | {"period": str(period or ""), "reason": self.absent})
                raise UserError(f"the table has no dimension {name!r}; there are {', '.join(_dimensions(rows))}.")
            there &= _are(rows, name, str(label))
        left = records(rows[there]) if there.any() else []
        for name in (dimensions := _dimensions(rows)):
            if wanted.get(name) is None:
                left = [row for row in left if row[name] == TOTAL] or left
        if len(left) > 1:
            apart = next(d for d in dimensions if len({row[d] for row in left if row[d] == row[d]}) > 1)
            raise UserError(f"several cells are meant: name {apart}, such as {apart}={left[0][apart]!r}.")
        if not left:
            known = {"period": str(period or ""), "measure": measure or ""}
            self._known_measure(measure)
            why = self.absent or self.silent or self._elsewhen(period, measure)
            return Cell(NOT_THERE | known | ({"reason": why} if why else {}))
        cell = Cell(left[0], self.source, self.journal)
        cell.quarters = partial(self._quarters, cell)
        return cell

    def _quarters(self, cell: Cell) -> list:
        """The numbers of a year's quarters, as `intervals.dispersion` takes them: those that are withheld are one part, what
        the others leave of the year, since they are its smallest. None of what does not add to the year. Of a quarter:
        the periods and numbers of its series up to it, those that are shown."""
        same = self.reset_index() if self.index.name else self
        for name in set(_dimensions(same)) - {"period"}:
            same = same[_are(same, name, cell[name])]
        if "-Q" in cell.period:
            same = Rows(same).quarters()
            same = same[
                (same["period"] <= cell.period) & (same["status"] == "shown") & ~same.gives("incomplete", "changed")
            ]
            return [same["period"].tolist(), same["count"].tolist()]
        parts = same[same["period"].astype(str).str.fullmatch(f"{cell.period}-Q[1-4]")]
        shown, hidden = (
            parts[parts["status"] == "shown"]["count"].tolist(),
            int((parts["status"] == "suppressed").sum()),
        )
        if len(shown) == 4 and not cell.rounded:
            return shown if sum(shown) == cell.count else []
        over = (documentation()["measures"].get(cell.measure) or {}).get("adds_over", "none")
        if over != "all" and "period" not in over:
            return []
        return [[*shown, max(cell.count - sum(shown), 0)], [1] * len(shown) + [hidden]] if hidden else shown

    def _elsewhen(self, period: object, measure: str | None) -> str:
        """The reason of a period that there is not, where the measure is there of others; else empty."""
        there = set(self[self["measure"] == measure]["period"]) if period and measure and len(self) else set()
        return ELSEWHEN if there and str(period) not in there else ""

    def _known_measure(self, measure: str | None) -> None:
        """Raises UserError for a measure that no table has: a slip of the pen is no figure that is not available."""
        measures = documentation()["measures"]
        if measure and len(self) and measure not in measures and measure not in set(self["measure"]):
            near = get_close_matches(measure, [*dict.fromkeys(self["measure"]), *measures], n=1)
            raise UserError(f"there is no measure {measure!r}" + (f"; nearest: {near[0]!r}." if near else "."))

    def unless_mostly_withheld(self) -> Rows:
        """These rows; none, and the reason, where more cells are withheld than are shown with a figure above 0, be it
        the public's rounded one of a withheld count."""
        figure = self["count"].fillna(self.get("value", 0)).fillna(0)
        near = (hidden := self["status"] == "suppressed") & self["reason"].map(about).notna()
        if (hidden & ~near).sum() <= (near | (self["status"] == "shown") & (figure > 0)).sum():
            return self
        none = Rows(self.iloc[:0])
        none.absent = MOSTLY_WITHHELD
        return none

    def by(self, *names: str, measure: str | None = None, totals: bool = False) -> Rows:
        """The breakdown along some dimensions: all others at their Total, these without it (`totals`: with it, last)."""
        rows = self if measure is None else self[self["measure"] == measure]
        for name in _dimensions(rows):
            if name in names:
                last = (rows[name] == TOTAL).to_numpy()
                rows = rows.iloc[last.argsort(kind="stable")] if totals else rows[~last]
            elif name not in KEYS and (rows[name] == TOTAL).any():
                rows = rows[rows[name] == TOTAL]
        return rows.reset_index(drop=True)

    def in_order(self, column: str, labels: Iterable[str]) -> Rows:
        """The rows with one of some labels, in the order of the labels; of a mapping the label as a reader writes it.

        labels : such as `{"plan_actions": "Actions"}`; a row with another label is left out
        """
        order = {label: place for place, label in enumerate(labels)}
        rows = self[self[column].isin(list(order))].sort_values(column, key=lambda c: c.map(order), kind="stable")
        return rows.replace({column: dict(labels)}) if isinstance(labels, Mapping) else rows

    @property
    def partial(self) -> list[Because]:
        """How many rows of which return these figures lack, or that it came without one, as sentences."""
        return [_sentence(mark[0]) for mark in self._marks]

    @property
    def missing(self) -> list[float]:
        """The numbers of rows that `partial` prints."""
        numbers = (re.search(r"[\d,]+", mark.groupdict().get("rows", "")) for mark in self._marks)
        return [float(number[0].replace(",", "")) for number in numbers if number]

    @property
    def _marks(self) -> list[re.Match]:
        texts: Iterable[str] = self["reason"].astype("str").unique() if "reason" in self else []
        return list({mark[0]: mark for text in texts for mark in reasons.marks(text)}.values())

    def gives(self, *names: str) -> pd.Series:
        """Whether the reason of each row is one of those by name (`tables.reasons`), such as `incomplete`."""
        return reasons.gives(self["reason"].astype("str"), *names)

    def quarters(self, since: str | None = None) -> Rows:
        """The rows of quarters, in the order of time, from `since` on; those of years are left out."""
        rows = self[self["period"].str.contains("-Q")]
        return rows[rows["period"] >= (since or "")].sort_values("period", kind="stable").reset_index(drop=True)

    def in_time(self) -> Rows:
        """Quarters and years in the order of time, a year after its quarters."""
        order = self["period"].str.replace(r"^(\d{4}-\d{2})$", r"\1-Q9", regex=True)
        return self.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def spread(now: Cell, before: Cell) -> float:
    """How many times as large as chance makes it the variance of two counts is: of years as their quarters spread, of two
    quarters as the control chart of their series has it, that of a stock where its quarters do not add."""
    if "-Q" not in now.period:
        return intervals.dispersion(now.quarters(), before.quarters())
    over = (documentation()["measures"].get(now.measure) or {}).get("adds_over", "none")
    periods, numbers = now.quarters() or ([], [])
    return dispersion_of(periods, numbers, over != "all" and "period" not in over)


def _dimensions(rows: pd.DataFrame) -> list[str]:
    """The columns of labels: text that is no figure, unit, method, status or reason, and no area."""
    kinds = zip(rows.columns, rows.dtypes, strict=True)
    return [c for c, dtype in kinds if c not in NOT_DIMENSIONS and c != "area" and dtype.kind not in "bifM"]


def _are(rows: pd.DataFrame, name: str, label: str) -> np.ndarray:
    """Which rows have that label."""
    return np.asarray(
        rows[name].array == label, bool
    )  # without a Series of the answers, which takes half as long again


MOSTLY_WITHHELD = "left out, as most of its figures are withheld."


def table(frame: pd.DataFrame, dimensions: Iterable[str], newest: Iterable[str] = ()) -> Rows:
    """A table as it was read, as Rows. One that is not there has no rows, but all its columns, so that it is filtered
    and grouped like any other, and knows the reason. So does one without a figure of the `newest` periods."""
    absent = ""
    if len(frame) and (frame["status"] == "not_available").all() and frame["measure"].nunique() == 1:
        absent = _sentence(str(frame.loc[frame["period"] == frame["period"].max(), "reason"].iloc[0]))
        lacking = {name: TOTAL for name in dimensions if name not in frame}
        frame = frame.assign(**lacking).iloc[:0]
    rows = Rows(frame)
    rows.absent = absent
    now = frame[frame["period"].isin(list(newest)) & ~frame["measure"].isin(official())]
    if len(now) and (now["status"] == "not_available").all():
        rows.silent = _sentence(str(now["reason"].iloc[0]))
    return rows


class Because(str):
    """Why a table is not there, as a sentence."""


def _sentence(reason: str) -> Because:
    """A reason as it stands by itself, with its capital and its full stop."""
    return Because(f"{reason[:1].upper()}{reason[1:].rstrip('.')}." if reason else "")
