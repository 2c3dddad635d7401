"""Authorities: which exist, when, and what a wrong code is answered with."""

from datetime import date

import pytest

from lscb.errors import UserError
from openstats import authorities as areas


@pytest.mark.parametrize(
    "day, upper, lower",
    [
        # The Indices were published for 326, 317 and 296 lower-tier authorities; upper tier: 152, 151, 153.
        (date(2015, 9, 30), 152, 326),
        (date(2019, 9, 26), 151, 317),
        (date(2024, 10, 1), 153, 296),
    ],
)
def test_as_many_authorities_as_there_were(day, upper, lower):
    assert (len(areas.upper_tier(day)), len(areas.lower_tier(day))) == (upper, lower)


def test_an_authority_begins_and_ends_on_the_first_of_april():
    bournemouth, joined = areas.known("E06000028"), areas.known("E06000058")
    assert bournemouth.in_force(date(2019, 3, 31)) and not bournemouth.in_force(date(2019, 4, 1))
    assert joined.in_force(date(2019, 4, 1)) and not joined.in_force(date(2019, 3, 31))


@pytest.mark.parametrize(
    "text, code",
    [
        ("E06000045", "E06000045"),
        (" e06000045", "E06000045"),
        ("852", "E06000045"),
        ("Southampton", "E06000045"),
        ("southampton city council ", "E06000045"),
        ("St Helens", "E08000013"),
        ("bristol", "E06000023"),
        ("City of London", "E09000001"),
        ("Brighton & Hove", "E06000043"),
        ("hull", "E06000010"),
        ("E07000093", "E10000014"),  # Test Valley, a district of Hampshire
        ("Test Valley", "E10000014"),
        ("Christchurch", "E06000058"),  # a district until 2019
    ],
)
def test_an_authority_is_known_by_whatever_people_call_it(text, code):
    assert areas.find(text, date(2024, 3, 31)).code == code


# The structural changes orders: 2019 Dorset, 2020 Buckinghamshire, 2021 Northamptonshire, 2023 the other four.
@pytest.mark.parametrize(
    "text, day, code",
    [
        ("Dorset", date(2019, 3, 31), "E10000009"),
        ("Dorset", date(2019, 4, 1), "E06000059"),
        ("Buckinghamshire", date(2020, 3, 31), "E10000002"),
        ("E06000060", date(2020, 3, 31), "E10000002"),  # the very same place, then a county
        ("E10000002", date(2020, 4, 1), "E06000060"),
        ("Somerset", date(2023, 4, 1), "E06000066"),
        ("933", date(2023, 3, 31), "E10000027"),
        ("Barnsley", date(2025, 3, 31), "E08000016"),
        ("Barnsley", date(2025, 4, 1), "E08000038"),
        ("E08000016", date(2025, 4, 1), "E08000016"),  # a code that was given stays: recoded, not reorganised
        ("E08000039", date(2018, 3, 31), "E08000039"),
        ("Northampton", date(2021, 4, 1), "E06000062"),
        ("Northampton", date(2021, 3, 31), "E10000021"),
    ],
)
def test_a_name_or_code_means_the_authority_of_the_day(text, day, code):
    assert areas.find(text, day).code == code


@pytest.mark.parametrize(
    "text, day, said",
    [
        (
            "Cumbria",
            date(2024, 3, 31),
            r"ceased on 1 April 2023: .* Cumberland \(E06000063\) and Westmorland and Furness",
        ),
        (
            "E06000063",
            date(2018, 3, 31),
            r"did not exist until 1 April 2023: .*run by Cumbria \(E10000006\); use that code",
        ),
        (
            "BCP",
            date(2018, 3, 31),
            r"Bournemouth \(E06000028\), Poole \(E06000029\) and Dorset \(E10000009\); use one of",
        ),
        ("E10000021", date(2025, 3, 31), r"North Northamptonshire \(E06000061\) and West Northamptonshire"),
        ("Cumbria", None, r"ceased on 1 April 2023: children's services there are run by Cumberland \(E06000063\) and"),
        ("W06000015", None, "not an English authority"),
        ("E12000008", None, "region"),
        ("England", None, "country"),
        ("E06009999", None, "GSS code such as E06000045"),
        ("Suthampton", None, r"E06000045 \(Southampton\)"),
        ("Newcastle", None, r"E08000021 \(Newcastle upon Tyne\)"),
        ("", None, "GSS code"),
    ],
)
def test_what_was_no_authority_is_refused_in_one_line_with_what_was(text, day, said):
    with pytest.raises(UserError, match=said) as refusal:
        areas.find(text, day)
    assert "\n" not in str(refusal.value)


def test_a_list_has_commas_and_a_name_may_have_its_own():
    assert [a.code for a in areas.find_all("Southampton, 851,e06000045")] == ["E06000045", "E06000044"]
    assert [a.name for a in areas.find_all("Bristol, City of")] == ["Bristol, City of"]
    for text in ("E06000045;E06000044", "E06000045 E06000044", "852\n851", "Southampton; Portsmouth;", "852 E06000044"):
        assert [a.code for a in areas.find_all(text)] == ["E06000045", "E06000044"]
    for text in ("Southampton and Portsmouth", "Southampton/Portsmouth", "Southampton & Portsmouth"):
        with pytest.raises(UserError, match="write several with commas between them"):
            areas.find_all(text)
    with pytest.raises(UserError, match=r"\(Bath and North East Somerset\)\.$"):
        areas.find_all("Bath and North East Somersett")
    assert len(areas.find_all("all", date(2024, 10, 1))) == 153


def test_names_counties_and_dfe_numbers():
    assert areas.name("E10000014") == "Hampshire"
    assert len(areas.districts("E10000014")) == 11 and areas.districts("E06000045") == []
    assert areas.upper_of("E07000093") == "E10000014" and areas.upper_of("E06000045") == "E06000045"
    # DfE's number 852 is Southampton; 825 is Buckinghamshire, the county until 2020 and the unitary since.
    assert areas.with_number(852) == "E06000045"
    assert areas.with_number("825", date(2018, 3, 31)) == "E10000002"
    assert areas.with_number(825) == "E06000060" and areas.with_number(1) is None
