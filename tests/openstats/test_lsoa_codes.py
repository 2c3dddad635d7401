"""Neighbourhoods' codes of two censuses: whose they are, what became of them, and what is the same in both."""

import csv
from datetime import date
from pathlib import Path

import pytest

from openstats import Store
from openstats.authorities import upper_tier
from openstats.lsoa_codes import lsoa_codes

SHARED = Path(__file__).parents[3] / "shared"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the official files in ../shared/open-data")


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return lsoa_codes(Store(tmp_path_factory.mktemp("nothing")))


@pytest.fixture(scope="module")
def england():
    return lsoa_codes(Store(SHARED / "open-data"))


def test_without_the_national_lookup_the_worked_example_is_known(here):
    # ONS: Southampton had 148 neighbourhoods in 2011 and has 152 since 2021.
    assert not here.whole and (
        len(here.of_authority("E06000045", 2011)),
        len(here.of_authority("E06000045", 2021)),
    ) == (
        148,
        152,
    )
    assert here.censuses("E01000001") == () and here.of_authority("E06000044", 2011) == frozenset()


def test_a_split_neighbourhood_has_no_like_in_the_other_census(here, tmp_path):
    lookup = Store(tmp_path).lookup()
    split = lookup[lookup["change"] == "S"]
    assert split["lsoa11"].nunique() == 4 and len(split) == 8
    assert {here.censuses(code) for code in split["lsoa11"]} == {(2011,)}
    assert {here.censuses(code) for code in split["lsoa21"]} == {(2021,)}
    assert here.censuses("E01017261") == (2011, 2021)


@pytest.mark.shared
@shared
def test_england_has_as_many_neighbourhoods_as_published(england):
    # ONS: 32,844 in 2011, 33,755 in 2021, of which 31,810 unchanged.
    assert (len(england.codes[2011]), len(england.codes[2021])) == (32_844, 33_755)
    assert len(england.codes[2011] & england.codes[2021]) == 31_810


@pytest.mark.shared
@shared
@pytest.mark.parametrize("day", [date(2016, 3, 31), date(2020, 3, 31), date(2024, 3, 31), date(2025, 12, 31)])
def test_every_neighbourhood_lies_in_one_authority_of_any_day(england, day):
    for census in (2011, 2021):
        of = [england.of_authority(area, census) for area in upper_tier(day)]
        # the lookup of 2024 has the authorities of its time: earlier ones are not to be had from it
        assert sum(map(len, of)) == len(frozenset().union(*of)) and all(of) | (census == 2021)
        assert frozenset().union(*of) == england.codes[census] or (census == 2021 and day.year < 2024)


@pytest.mark.shared
@shared
def test_codes_of_an_authority_of_today_and_of_its_predecessors_are_the_same_ground(england):
    joined = england.of_authority("E06000058", 2011)
    assert joined == frozenset().union(
        *(england.of_authority(c, 2011) for c in ("E06000028", "E06000029", "E07000048"))
    )
    assert england.of_authority("E08000038", 2021) == england.of_authority("E08000016", 2021) != frozenset()
    assert len(england.of_authority("E06000045", 2021)) == 152


@pytest.mark.shared
@shared
def test_a_return_with_codes_of_2021_is_placed(england):
    path = SHARED / "cases" / "lsoa_codes_of_2021" / "hrda_lsoa21.csv"
    with open(path, encoding="utf-8", newline="") as file:
        codes = [row["lsoa"] for row in csv.DictReader(file)]
    assert codes and all(2021 in england.censuses(code) for code in codes)
    assert set(codes) <= england.of_authority("E06000045", 2021)


@pytest.mark.shared
@shared
def test_the_indices_alone_tell_the_censuses_apart(england, tmp_path):
    for edition in ("iod2019", "iod2025"):
        (tmp_path / edition).mkdir()
        for file in (SHARED / "open-data" / edition).glob("File_1_*"):
            (tmp_path / edition / file.name).symlink_to(file)
    known = lsoa_codes(Store(tmp_path))
    assert known.whole
    assert all(known.censuses(code) == england.censuses(code) for code in england.codes[2011] | england.codes[2021])
    assert known.of_authority("E06000045", 2011) == england.of_authority("E06000045", 2011)
    # Of 2019 on, Bournemouth, Christchurch and Poole are one: which of them it was in 2016 is then not known.
    assert known.of_authority("E06000058", 2011) and not known.of_authority("E06000029", 2011)
