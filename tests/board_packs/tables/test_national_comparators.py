"""National figures beside an area's own: the newest in print, with its basis, from primary sources only."""

import csv

import pytest

from board_packs.tables import Inputs, build
from lscb.periods import Quarter
from openstats.project_data import DATA

AREA = "E06000045"
FILE = DATA / "reference" / "national-comparators.csv"


def figures(period):
    """The rows of the table of one quarter, by measure."""
    made = build(Inputs(Quarter.parse(period), (AREA,), {}), ["national_comparators"])["national_comparators"]
    return made.set_index("measure")


@pytest.mark.parametrize(
    "period, value",
    [
        ("2012-13-Q1", None),  # the release of 24 July 2012 came after its last day
        ("2012-13-Q2", 0.20),
        ("2017-18-Q4", 0.22),  # of 2013-14; NHS Digital's 28 % of 2017-18 was not out on its last day
        ("2019-20-Q2", 0.28),
        ("2025-26-Q2", 0.28),
        ("2025-26-Q3", 0.48),
    ],
)
def test_the_newest_that_was_in_print_by_the_last_day(period, value):
    row = figures(period).loc["national_modifiable_share"]
    if value is None:
        assert row["status"] == "not_available" and "in print on 30 June 2012" in row["reason"]
        assert "the earliest is of 2011-12" in row["reason"]
    else:
        assert row["status"] == "shown" and row["value"] == value and "reviews completed in the year" in row["method"]


def test_a_newer_edition_that_was_out_and_is_not_held_is_named():
    """The Department published the reviews of 2015-16 on 14 July 2016, in a file that is not held."""
    assert "2015-16 was in print" not in figures("2016-17-Q1").loc["national_modifiable_share", "method"]
    assert (
        figures("2016-17-Q2")
        .loc["national_modifiable_share", "method"]
        .endswith("that of 2015-16 was in print and is not held")
    )
    assert "not held" not in figures("2019-20-Q2").loc["national_modifiable_share", "method"]


def test_bases_are_kept_apart():
    """Deaths of a year and reviews completed in a year are two bases; cases at meetings are a third."""
    rows = figures("2025-26-Q3")
    assert "deaths of the year" in rows.loc["national_death_rate", "method"]
    assert rows.loc["national_death_rate", ["value", "unit"]].tolist() == [29.8, "per 100,000"]
    assert rows.loc["national_repeat_share", "method"].startswith(
        "United Kingdom, the twelve months to September 2024: of cases"
    )


def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_figure_has_its_source_its_day_and_its_basis():
    for row in rows():
        assert row["value"] or row["count"] or "not held" in row["dated"], row
        blank = {name for name, text in row.items() if not text} - {"value", "count", "of"}
        assert not blank and row["published_on"] > row["period_to"], row


@pytest.mark.shared
def test_each_figure_is_in_the_collection_and_not_second_hand(shared):
    with (shared / "reference" / "national_comparators.csv").open(encoding="utf-8", newline="") as file:
        held = [each for each in csv.DictReader(file) if "secondary" not in each["note"]]
    for row in (row for row in rows() if row["value"] or row["count"]):
        printed = {row["value"], f"{float(row['value'] or 0):.0%}", f"{int(row['count'] or 0):,}"}
        same = [each for each in held if each["url"] == row["url"] and each["period_to"] == row["period_to"]]
        assert any(each["value"] in printed for each in same), row
