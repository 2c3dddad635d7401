"""The invented quarter of other authorities and periods: whole, of its place and time, and accepted without a word."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import returncheck
from board_packs import sample
from board_packs.quarter import labels
from board_packs.quarter.receiving import Received
from board_packs.sample.any_authority import known_by
from lscb.errors import UserError
from lscb.periods import Quarter
from openstats import Store
from openstats.lsoa_codes import lsoa_codes

SHARED = Path(__file__).parents[4] / "shared" / "open-data"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the official files in ../shared/open-data")
CITY = "E06000045"


def rows(folder: Path, name: str) -> list[dict]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, period: str, area: str, store=None) -> Path:
    sample.write_for(folder, Quarter.parse(period), area, store or Store(None))
    return folder


@pytest.mark.parametrize("period", ["2016-17-Q1", "2020-21-Q2", "2026-27-Q2"])
def test_every_row_is_accepted_and_none_is_of_a_later_day(tmp_path, period):
    quarter = Quarter.parse(period)
    write(tmp_path, period, CITY)
    received = returncheck.read(tmp_path, quarter, CITY)
    assert received.quality["refused"].sum() == 0 and len(received.frames) == 13
    for name, frame in received.frames.items():
        for column in frame.select_dtypes("datetime"):
            if column != "due_on":
                assert not (frame[column] > str(quarter.last_day)).any(), (name, column)
    referred = received.frames["hrda_referrals"]["referred_on"]
    assert quarter.first_day <= referred.max().date() <= quarter.last_day
    reviewed = received.frames["child_deaths"].dropna(subset="category")
    assert reviewed["review_completed_on"].notna().all()  # what was recorded later is not there yet


@pytest.mark.parametrize("period", ["2018-19-Q4", "2025-26-Q3"])
def test_its_agencies_and_its_words_are_known_to_the_project(tmp_path, period):
    """None stands as `Other, not yet approved`: a first page named nobody who had interviewed late."""
    received = returncheck.read(write(tmp_path, period, "E08000025"), Quarter.parse(period), "E08000025")
    assert labels.new(Received(received.frames), "E08000025", labels.load("E08000025")) == []


def test_the_same_words_give_the_same_bytes_and_another_place_others(tmp_path):
    one, two, other = (write(tmp_path / n, "2020-21-Q2", a) for n, a in (("1", CITY), ("2", CITY), ("3", "E08000003")))
    same = [p.read_bytes() == (two / p.name).read_bytes() for p in sorted(one.iterdir())]
    assert len(same) == 14 and all(same)
    assert (one / "hrda_referrals.csv").read_bytes() != (other / "hrda_referrals.csv").read_bytes()


@shared
@pytest.mark.shared
@pytest.mark.parametrize(
    "period, area, census",
    [("2016-17-Q4", "E06000028", 2011), ("2020-21-Q2", "E06000060", 2011), ("2024-25-Q4", "E06000063", 2021)],
)
def test_it_lies_on_its_own_neighbourhoods_in_the_census_of_the_time_and_in_its_size(tmp_path, period, area, census):
    store = Store(SHARED)
    write(tmp_path, period, area, store)
    placed = {row["lsoa"] for name in ("hrda_referrals", "child_deaths") for row in rows(tmp_path, name)}
    own = lsoa_codes(store).of_authority(area, census)
    assert placed <= own and len(placed) > len(own) / 2
    children = {"E06000028": 36_000, "E06000060": 125_000, "E06000063": 53_000}[area]  # about; ONS mid-year estimates
    stated = int(
        rows(tmp_path, "children_services")[-1]["population"] or rows(tmp_path, "children_services")[0]["population"]
    )
    assert 0.85 < stated / children < 1.15
    # the worked example has 777 referrals in its last year for 50,305 children
    year = period[:4]
    last = [r for r in rows(tmp_path, "hrda_referrals") if r["referred_on"] >= f"{int(year)}-04-01"]
    share = {"2": 0.505, "4": 1.0}[period[-1]]
    assert 0.8 < len(last) / (777 * share * children / 50_305) < 1.2


def test_without_official_files_the_rows_have_no_neighbourhood(tmp_path):
    write(tmp_path, "2024-25-Q4", "E08000003")
    assert {row["lsoa"] for row in rows(tmp_path, "hrda_referrals")} == {""}
    said = (tmp_path / "README.md").read_text()  # Manchester has more: nobody may take its few rows for its own size
    assert "340 children: no official file of the authority is held" in said and "own neighbourhoods" not in said
    assert "own neighbourhoods" in (write(tmp_path / "city", "2024-25-Q4", CITY) / "README.md").read_text()


@pytest.mark.parametrize(
    "period, there, gone",
    [
        ("2018-19-Q4", {"Clinical commissioning group", "Community Rehabilitation Company"}, {"Integrated care board"}),
        ("2021-22-Q4", {"Clinical commissioning group", "Probation Service"}, {"Community Rehabilitation Company"}),
        ("2022-23-Q1", {"Clinical commissioning group"}, {"Integrated care board"}),  # until 30 June 2022
        ("2022-23-Q2", {"Integrated care board", "Probation Service"}, {"Clinical commissioning group"}),
    ],
)
def test_agencies_are_called_as_they_were_on_the_day(tmp_path, period, there, gone):
    write(tmp_path, period, "E08000003")
    agencies = {row["agency"] for row in rows(tmp_path, "meetings")} | {
        r["partner"] for r in rows(tmp_path, "contributions")
    }
    assert there <= agencies and not gone & agencies
    assert not {name for name in agencies if "Southampton" in name or "Hampshire" in name or "Solent" in name}


def test_what_had_not_happened_by_the_last_day_is_taken_away():
    quarter = Quarter.parse("2020-21-Q2")
    late = {"died_on": date(2020, 9, 1), "notified_on": date(2020, 9, 2), "review_completed_on": date(2020, 10, 1)}
    late |= {"categories": "8", "category": 8, "modifiable_factors": "identified"}
    (row,) = known_by([late, late | {"notified_on": date(2020, 10, 1)}], "child_deaths", quarter)
    assert row["review_completed_on"] is row["categories"] is row["modifiable_factors"] is None
    assert row["died_on"] == date(2020, 9, 1)


def test_a_place_of_a_few_hundred_children_has_a_quarter_too(tmp_path, monkeypatch):
    """The Isles of Scilly have about 400 children: of 777 referrals about six are left, of 14 deaths none or one."""

    class Small(Store):
        def children(self):
            import pandas as pd

            return pd.DataFrame({"area": ["E06000053"], "mid_year": [2019], "population_0_17": [400], "vintage": ["x"]})

    write(tmp_path, "2020-21-Q4", "E06000053", Small(None))
    year = [row for row in rows(tmp_path, "hrda_referrals") if row["referred_on"] >= "2020-04-01"]
    assert 4 <= len(year) <= 9 and len(rows(tmp_path, "child_deaths")) <= 4


@pytest.mark.parametrize(
    "period, area, said",
    [
        ("2015-16-Q4", CITY, "2016-17-Q1 to 2030-31-Q4"),
        ("2031-32-Q1", CITY, "2016-17-Q1 to 2030-31-Q4"),
        ("2016-17-Q4", "E06000058", "did not exist"),
        ("2024-25-Q4", "nowhere", "nowhere"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(tmp_path, period, area, said):
    with pytest.raises(UserError, match=said) as refusal:
        write(tmp_path, period, area)
    assert "\n" not in str(refusal.value)
