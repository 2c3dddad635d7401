"""Authorities through time: what each was made of, and what adds up to what. By hand from the orders of 2018 to 2024."""

from datetime import date

import pytest

from openstats import authorities as areas
from openstats.authority_codes import every

BCP, DORSET, COUNTY = "E06000058", "E06000059", "E10000009"


def names(code, year):
    return [area.name for area in areas.made_of(code, date(year, 6, 30))]


def test_an_authority_of_today_is_made_of_those_of_the_time():
    assert names(BCP, 2016) == ["Bournemouth", "Poole", "Christchurch"]
    assert names(DORSET, 2016) == [
        "East Dorset", "North Dorset", "Purbeck", "West Dorset", "Weymouth and Portland",
    ]  # fmt: skip
    assert names("E06000064", 2016) == ["Barrow-in-Furness", "Eden", "South Lakeland"]
    assert names("E06000060", 2016) == names("E10000002", 2016) == ["Buckinghamshire"]
    assert names("E06000045", 2016) == ["Southampton"] and names("E08000038", 2016) == ["Barnsley"]
    # Somerset's districts of 2013 to 2019 were five, to 2023 four: the county was there all along.
    assert names("E06000066", 2016) == ["Somerset"]


def test_a_county_that_lost_a_district_is_no_authority_of_today():
    assert names(COUNTY, 2020) == []
    assert names("E10000006", 2024) == ["Cumberland", "Westmorland and Furness"]


def test_figures_are_added_from_what_is_there_or_not_at_all():
    assert areas.cover(BCP, ["E06000028", "E06000029", "E07000048", COUNTY]) == ["E06000028", "E06000029", "E07000048"]
    assert areas.cover(BCP, ["E06000028", "E06000029", COUNTY]) is None  # Christchurch stands within Dorset only
    assert areas.cover("E06000066", ["E10000027", "E07000187", "E07000188"]) == ["E10000027"]
    assert areas.cover("E08000038", ["E08000016", "E08000019"]) == ["E08000016"]
    assert areas.cover("E12000008", ["E06000045"]) is None


@pytest.mark.parametrize(
    "day", [date(2013, 4, 1), date(2016, 6, 30), date(2019, 9, 26), date(2021, 4, 1), date(2025, 4, 1)]
)
def test_on_any_day_the_country_is_covered_once(day):
    everything = {piece for area in every().values() for piece in areas.pieces(area.code)}
    for tier in (areas.upper_tier(day), areas.lower_tier(day)):
        parts = [areas.pieces(code) for code in tier]
        assert sum(map(len, parts)) == len(frozenset().union(*parts)) == len(everything) == 326


def test_every_authority_of_the_day_is_found_by_its_code_and_by_its_name():
    for day in (date(2016, 6, 30), date(2020, 6, 30), date(2025, 6, 30)):
        for code in areas.upper_tier(day):
            assert areas.find(code, day).code == code
            assert areas.find(areas.name(code), day).code == code


def test_a_district_lies_in_the_authority_of_any_later_day():
    assert areas.lower_tier_then("E07000026", date(2024, 3, 31)) == "E06000063"  # Allerdale in Cumberland
    assert areas.lower_tier_then("E06000063", date(2016, 3, 31)) is None  # three districts then
    assert areas.recoded("E08000016") == ["E08000038"] and areas.recoded("E10000002") == []
    assert areas.same_place("E10000002") == ["E06000060", "E10000002"]
