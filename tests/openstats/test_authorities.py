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
    "code, said",
    [
        ("E07000093", r"Test Valley.*district.*Hampshire; use E10000014"),
        ("W06000015", "not an English authority"),
        ("E12000008", "region"),
        ("E92000001", "country"),
        ("E06009999", "GSS code such as E06000045"),
        ("Southampton", "use its code, E06000045"),
        ("Suthampton", "GSS code"),
        ("", "GSS code"),
    ],
)
def test_anything_but_an_upper_tier_authority_is_refused_with_what_to_do(code, said):
    with pytest.raises(UserError, match=said):
        areas.check(code)


def test_names_counties_and_dfe_numbers():
    assert areas.check("E06000045") == "E06000045" and areas.name("E10000014") == "Hampshire"
    assert len(areas.districts("E10000014")) == 11 and areas.districts("E06000045") == []
    assert areas.upper_of("E07000093") == "E10000014" and areas.upper_of("E06000045") == "E06000045"
    # DfE's number 852 is Southampton; 825 is Buckinghamshire, the county until 2020 and the unitary since.
    assert areas.with_number(852) == "E06000045"
    assert areas.with_number("825", date(2018, 3, 31)) == "E10000002"
    assert areas.with_number(825) == "E06000060" and areas.with_number(1) is None
