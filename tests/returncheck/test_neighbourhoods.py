"""Codes of both censuses: the event counts in any case, and a code that has no like is named."""

import csv
import tracemalloc
from pathlib import Path

import pytest
from invented_returns import HRDA, emptied, hrda, problem, read, table

from lscb.periods import Quarter
from openstats.project_data import DATA
from returncheck.neighbourhoods import Places, census_in_force

SHARED = Path(__file__).parents[3] / "shared"
SPLIT_2011, OF_2021, BOTH = "E01017156", "E01035442", "E01017139"
CASES = SHARED / "cases" / "lsoa_codes_of_2021" / "hrda_lsoa21.csv"


def test_the_census_is_that_of_the_indices_in_force():
    # The Indices of 2019 have the neighbourhoods of 2011, those of 2025 (October 2025) those of 2021.
    assert census_in_force(Quarter.parse("2017-18-Q4")) == census_in_force(Quarter.parse("2024-25-Q4")) == 2011
    assert census_in_force(Quarter.parse("2025-26-Q3")) == 2021


def test_a_code_of_2021_alone_counts_without_a_place_while_the_indices_have_those_of_2011(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(lsoa=OF_2021), hrda(id="R2", lsoa=BOTH)))
    frame = got.frames["hrda_referrals"]
    assert frame["lsoa"].fillna("").tolist() == ["", BOTH] and frame["lsoa__state"].tolist() == ["not_known", "value"]
    assert [cell for cell, _ in emptied(got)] == ["G2"]


def test_and_has_its_place_once_they_have_those_of_2021(tmp_path):
    rows = hrda(lsoa=OF_2021, on="05/11/2025"), hrda(id="R2", lsoa=BOTH, on="05/11/2025")
    got = read(tmp_path, Quarter.parse("2025-26-Q3"), hrda__csv=table(HRDA, *rows))
    assert got.frames["hrda_referrals"]["lsoa"].tolist() == [OF_2021, BOTH] and problem(got, "warn") == []
    old = next(c for c in Places("E06000045").codes[2011] if c not in Places("E06000045").codes[2021])
    got = read(tmp_path, Quarter.parse("2025-26-Q3"), hrda__csv=table(HRDA, hrda(lsoa=old, on="05/11/2025")))
    assert got.frames["hrda_referrals"]["lsoa"].isna().tolist() == [True] and [c for c, _ in emptied(got)] == ["G2"]


def test_of_an_area_whose_codes_are_not_held_nothing_is_said(tmp_path):
    here = Places("E06000044", tmp_path)
    assert here.codes == {} and here.inside("E01000001", 2011) and not here.outside("E01000001")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the official files in ../shared/open-data")
@pytest.mark.shared
def test_another_areas_codes_come_from_the_official_files():
    portsmouth = Places("E06000044", SHARED / "open-data")
    # ONS: Portsmouth had 125 neighbourhoods in 2011.
    assert len(portsmouth.codes[2011]) == 125
    assert portsmouth.outside("E01017139") and not any(portsmouth.outside(c) for c in portsmouth.codes[2011])


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the official files in ../shared/open-data")
@pytest.mark.shared
def test_a_second_area_holds_no_second_copy_of_the_official_files():
    """A copy takes 90 MB, an area's own codes some kilobytes; of 150 areas read together each would have one."""
    assert Places("E06000044", SHARED / "open-data").codes
    tracemalloc.start()
    wight = Places("E06000046", SHARED / "open-data")
    assert len(wight.codes[2011]) == 89  # ONS: the Isle of Wight in 2011
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 5_000_000


@pytest.mark.skipif(not CASES.is_file(), reason="needs ../shared/cases")
@pytest.mark.shared
def test_every_referral_of_the_case_counts(tmp_path):
    got = read(tmp_path, Quarter.parse("2024-25-Q4"), hrda__csv=CASES.read_bytes())
    assert got.quality[["received", "accepted"]].values.tolist() == [[39, 39]]


@pytest.mark.parametrize("period, on, census", [("2021-22-Q4", "03/02/2022", 2011), ("2025-26-Q3", "05/11/2025", 2021)])
def test_every_one_of_many_referrals_with_codes_of_2021_counts(tmp_path, period, on, census):
    """2,963 referrals, as a city has them in three years, over all its neighbourhoods of 2021: a code that the census in
    force does not have leaves the map and no count. Which codes were there before is read from the lookup itself."""
    with (DATA / "reference" / "southampton-lsoa-2011-2021.csv").open(encoding="utf-8", newline="") as file:
        fates = {row["lsoa21"]: row["change"] for row in csv.DictReader(line for line in file if line[0] != "#")}
    codes = sorted(fates)
    sent = [codes[n % len(codes)] for n in range(2963)]
    rows = [hrda(id=f"R{n}", victim=f"V{n}", lsoa=code, on=on) for n, code in enumerate(sent)]
    got = read(tmp_path, Quarter.parse(period), hrda__csv=table(HRDA, *rows))
    assert got.quality[["received", "accepted", "refused"]].values.tolist() == [[2963, 2963, 0]]
    placed = [code if census == 2021 or fates[code] == "U" else "" for code in sent]
    assert len(codes) == 152 and got.frames["hrda_referrals"]["lsoa"].fillna("").tolist() == placed
    assert len(emptied(got)) == placed.count("") and ("" in placed) == (census == 2011)
