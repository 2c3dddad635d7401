"""The finding over a chart by quarter: what its rules find or, of rounded figures, the newest beside a year before."""

import pytest

from board_packs.publish.report.report_charts import newest
from lscb import control_charts, long_table

COUNTS = {
    "2016-17-Q3": 390,
    "2016-17-Q4": 350,
    "2017-18-Q1": 345,
    "2017-18-Q2": 340,
    "2017-18-Q3": 360,
    "2017-18-Q4": 330,
}


def rows(counts, reason=""):
    cell = dict(area="E06000045", measure="services_count", unit="children", reason=reason)
    lines = [cell | dict(period=period, count=count) if count is not None else
             cell | dict(period=period, status="suppressed", reason="withheld") for period, count in counts.items()]  # fmt: skip
    return long_table.cells(lines)


@pytest.mark.parametrize(
    "changed, title",
    [
        ({}, "Plans: about 330 in 2017-18 Q4, about 350 a year before"),
        ({"2017-18-Q4": None}, "Plans: about 360 in 2017-18 Q3, about 390 a year before"),  # the newest that is shown
        ({"2016-17-Q4": None}, "Plans: about 330 in 2017-18 Q4"),
    ],
)
def test_rounded_figures_stand_beside_those_of_the_year_before(changed, title):
    rounded = rows(COUNTS | changed, "rounded to the nearest 5")
    assert newest("Plans", rounded, control_charts.xmr(rounded["count"]), "count") == title


def test_figures_as_counted_are_told_by_the_rules():
    counted = rows(COUNTS)
    title = newest("Plans", counted, control_charts.xmr(counted["count"]), "count")
    # by hand: mean 352.5, moving ranges 40, 5, 5, 20, 30 of mean 20, so limits 299.3 and 405.7
    assert title.startswith("Plans: no change")
