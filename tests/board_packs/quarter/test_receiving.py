"""Of the invented quarter only the rows that had come by a period's end are received."""

import csv

import pytest

from board_packs.quarter.receiving import receive
from board_packs.quarter.request import resolve
from lscb.periods import Quarter
from openstats.project_data import DATA

AREA = "E06000045"
DATED = {"hrda_referrals": "referred_on", "meetings": "met_on", "children_services": "quarter"}


def had_come(name: str, last: str) -> int:
    """Rows of a committed file that are dated up to a day, or a quarter: both sort as they are written."""
    with (DATA / "sample" / "2017-18-Q4" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(row[DATED[name]] <= last for row in csv.DictReader(file))


@pytest.mark.parametrize("period", ["2017-18-Q4", "2016-17-Q3"])
def test_rows_of_later_quarters_are_in_no_number_of_rows(period, tmp_path):
    asked = resolve(period, AREA, sample=True, out=tmp_path, notebooks=None)
    received = receive(asked, checked=False)
    quality = received.quality.set_index("return")
    for name in DATED:
        last = period if name == "children_services" else str(Quarter.parse(period).last_day)
        one = quality.loc[name]
        assert one["received"] == had_come(name, last) == one["accepted"] + one["refused"]
        assert [line["received"] for line in received.receipt if line["return"] == name] == [one["received"]]
        assert one["accepted"] >= len(received.rows[name]) > 0
