"""Financial quarters and years, April to March: `2017-18-Q4`, `2017-18`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .errors import UserError

if TYPE_CHECKING:
    import pandas as pd

QUARTER = re.compile(r"(\d{4})-(\d{2})-Q([1-4])")
YEAR = re.compile(r"(\d{4})-(\d{2})")


def year_label(start: int) -> str:
    """The financial year that starts on 1 April of `start`: 2017 gives `2017-18`."""
    return f"{start}-{(start + 1) % 100:02d}"


def year_start(label: str) -> int:
    """The calendar year in which a financial year starts: `2017-18` gives 2017. Raises UserError otherwise."""
    match = YEAR.fullmatch(label)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise UserError(f"{label!r} is not a financial year: write it as 2017-18.")
    return int(match[1])


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a financial year. `start` is the calendar year of its April; `number` is 1 to 4."""

    start: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """`2017-18-Q4` as a Quarter. Raises UserError for anything else, 2017-19-Q1 included."""
        match = QUARTER.fullmatch(str(text).strip())
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise UserError(f"{text!r} is not a period: write a financial quarter as 2017-18-Q4.")
        return cls(int(match[1]), int(match[3]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which a day falls."""
        months = (day.year * 12 + day.month - 1) - 3
        return cls(months // 12, months % 12 // 3 + 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def year(self) -> str:
        """Its financial year, `2017-18`."""
        return year_label(self.start)

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.start + (self.number == 4), (3 * self.number + 1 - 1) % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """The day it ends."""
        return (self + 1).first_day - timedelta(days=1)

    @property
    def year_ended(self) -> int:
        """The year in which the newest financial year begins that has ended by its last day: 2017 of 2017-18-Q4."""
        return self.start - (self.number < 4)

    def __add__(self, quarters: int) -> Quarter:
        count = self.start * 4 + self.number - 1 + quarters
        return Quarter(count // 4, count % 4 + 1)

    def __sub__(self, quarters: int) -> Quarter:
        return self + -quarters

    def back(self, quarters: int) -> list[Quarter]:
        """This quarter and those before it, `quarters` in all, oldest first."""
        return [self - k for k in range(quarters - 1, -1, -1)]

    @property
    def so_far(self) -> list[Quarter]:
        """The quarters of its financial year up to and including this one."""
        return self.back(self.number)


def quarter_of(days: pd.Series) -> pd.Series:
    """The financial quarter of each date, as text; missing where there is no date."""
    months = days.dt.year * 12 + days.dt.month - 4
    start, number = months // 12, months % 12 // 3 + 1
    text = start.astype("Int64").astype("str") + "-" + ((start + 1) % 100).astype("Int64").astype("str").str.zfill(2)
    quarters: pd.Series = text + "-Q" + number.astype("Int64").astype("str")
    return quarters.where(days.notna())


def year_so_far(period: Quarter) -> str:
    """The label of a period's financial year: `2017-18` at its end, `2017-18 to Q2` before."""
    return period.year if period.number == 4 else f"{period.year} to Q{period.number}"
