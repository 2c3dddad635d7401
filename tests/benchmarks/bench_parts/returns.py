"""Checking a return against only reading it: a large CSV beside pyarrow, a large .xlsx beside calamine.

Both are read in pairs in one process, each pair straight after the other; the ratio is the median of the pairs.
"""

from __future__ import annotations

import csv
import gc
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import returncheck as returns
from lscb.periods import Quarter

PERIOD, AREA = Quarter(2017, 4), "E06000045"
HEADS = [
    "Referral ID", "Victim ID", "Perpetrator ID", "Date of referral", "Date of incident", "Agency",
    "Children in household", "Victim age", "Victim sex", "Ethnicity", "Disability", "LGBT", "LSOA", "Outcome",
]  # fmt: skip
AGENCIES, SEXES = ("Police", "IDVA", "Housing", "GP", "Probation"), ("F", "F", "F", "M")
ETHNIC, OUTCOMES = ("White British", "Asian Indian", "Black African", "N/K"), ("Heard", "Action plan", "NFA")


class Measured(NamedTuple):
    """How many times longer checking takes than reading alone."""

    csv: float
    xlsx: float

    @property
    def ratios(self) -> dict[str, float]:
        return {"a CSV checked / read by pyarrow": self.csv, "an .xlsx checked / read by calamine": self.xlsx}


def row(i: int) -> list[str]:
    """An invented referral, right in every cell, from its number."""
    day, month = i % 28 + 1, i % 3 + 1
    return [
        f"HR-{i:07d}", f"V{i * 7919 % 600_011:06d}", f"P{i * 104_729 % 500_009:06d}", f"{day:02d}/{month:02d}/2018",
        f"{max(day - i % 4, 1):02d}/{month:02d}/2018", AGENCIES[i % 5], "<5" if i % 97 == 0 else str(i % 5),
        str(18 + i % 60), SEXES[i % 4], ETHNIC[i % 4], "YN"[i % 2], "N", f"E010171{40 + i % 50:02d}", OUTCOMES[i % 3],
    ]  # fmt: skip


def text(path: Path, rows: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADS, *map(row, range(rows))])


def workbook(path: Path, rows: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("HRDA")
    for r, cells in enumerate([HEADS, *map(row, range(rows))]):
        for c, cell in enumerate(cells):
            sheet.write_number(r, c, int(cell)) if r and c in (6, 7) and cell.isdigit() else sheet.write_string(
                r, c, cell
            )
    book.close()


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = perf_counter()
    work()
    return perf_counter() - began


def ratio(folder: Path, rows: int, alone: Callable[[Path], object], pairs: int) -> float:
    """Checking a folder of one file over reading the file alone. Raises AssertionError where a row was lost."""
    path = next(folder.iterdir())
    quality = returns.read(folder, PERIOD, AREA).quality  # what is imported on first use is not what is measured
    assert quality["received"].sum() == quality["accepted"].sum() == rows, "a row of the invented return was lost"
    alone(path)
    checked = [
        (seconds(lambda: returns.read(folder, PERIOD, AREA)), seconds(lambda: alone(path))) for _ in range(pairs)
    ]
    return statistics.median(a / b for a, b in checked)


def measure(rows: int = 1_000_000, sheet_rows: int = 100_000, pairs: int = 5) -> Measured:
    """The two ratios; each should be at most five."""
    import pyarrow.csv
    import python_calamine

    def calamine(path):
        return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()

    with tempfile.TemporaryDirectory() as place:
        one, two = Path(place, "csv"), Path(place, "xlsx")
        one.mkdir(), two.mkdir()
        text(one / "hrda.csv", rows)
        workbook(two / "hrda.xlsx", sheet_rows)
        return Measured(ratio(one, rows, pyarrow.csv.read_csv, pairs), ratio(two, sheet_rows, calamine, pairs))


if __name__ == "__main__":
    for what, times in measure().ratios.items():
        print(f"{what}: {times:.2f}")
