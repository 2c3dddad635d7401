"""Neighbourhoods' codes of two censuses: whose they are, what became of them, and what is the same in both."""

import csv
from datetime import date
from pathlib import Path

import pytest

from openstats import Store
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
    assert here.upper_tier("E01017261") == "E06000045" and here.upper_tier("E01000001") is None
    assert here.censuses("E01000001") == () and here.of_authority("E06000044", 2011) == frozenset()


def test_a_split_neighbourhood_has_no_like_in_the_other_census(here):
    split = [code for code, (change, _) in here.became.items() if change == "S"]
    assert len(split) == 4 and all(2021 not in here.censuses(code) for code in split)
    parts = here.became[split[0]][1]
    assert len(parts) == 2 and all(2011 not in here.censuses(part) for part in parts)
    assert here.fate(split[0]) == here.fate(parts[0]) == "split in 2021" and here.fate("E01000001") == ""
    assert here.censuses("E01017261") == (2011, 2021)


@pytest.mark.shared
@shared
def test_england_has_as_many_neighbourhoods_as_published(england):
    # ONS: 32,844 in 2011, 33,755 in 2021, of which 31,810 unchanged.
    assert (len(england.became), len(england.was)) == (32_844, 33_755)
    assert sum(2021 in england.censuses(code) for code in england.became) == 31_810
    assert {england.fate(code) for code in england.was} == {
        "unchanged", "split in 2021", "merged in 2021", "redrawn in 2021",
    }  # fmt: skip


@pytest.mark.shared
@shared
@pytest.mark.parametrize("day", [date(2016, 3, 31), date(2020, 3, 31), date(2024, 3, 31), date(2025, 12, 31)])
def test_every_neighbourhood_lies_in_one_authority_of_any_day(england, day):
    placed = {code: england.upper_tier(code, day) for code in [*england.became, *england.was]}
    lost = [code for code, area in placed.items() if area is None]
    assert lost == []
    from openstats.authorities import upper_tier

    assert set(placed.values()) - {None} == set(upper_tier(day))


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
    assert {england.upper_tier(code, date(2025, 3, 31)) for code in codes} == {"E06000045"}


@pytest.mark.shared
@shared
def test_the_indices_alone_tell_the_censuses_apart(england, tmp_path):
    for edition in ("iod2019", "iod2025"):
        (tmp_path / edition).mkdir()
        for file in (SHARED / "open-data" / edition).glob("File_1_*"):
            (tmp_path / edition / file.name).symlink_to(file)
    known = lsoa_codes(Store(tmp_path))
    assert known.whole
    codes = [*england.became, *england.was]
    assert all(known.censuses(code) == england.censuses(code) for code in codes)
    assert {known.fate(code) for code in codes} == {"unchanged", "changed in 2021"}
    day = date(2025, 3, 31)
    assert all(known.upper_tier(code, day) == england.upper_tier(code, day) for code in codes[::50])
    # Of 2019 on, Bournemouth, Christchurch and Poole are one: which of them it was in 2016 is then not known.
    joined = sorted(known.of_authority("E06000058", 2021))
    assert {known.upper_tier(code, date(2016, 3, 31)) for code in joined} == {None}
