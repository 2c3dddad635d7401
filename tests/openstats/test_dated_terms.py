"""Names of bodies, reviews and services by the day: Acts and guidance give the days, data/standards.yml keeps them."""

from datetime import date

import pytest

from openstats import dated_terms

# What a name was the day before it changed, and on the day (Children and Social Work Act 2017 with the transitional
# guidance of 2018; Health and Care Act 2022; one probation service from 26 June 2021; NCMD from 1 April 2019).
CHANGES = [
    ("partnership", date(2019, 9, 29), "Local Safeguarding Children Board", "Safeguarding Children Partnership"),
    ("review", date(2019, 9, 29), "serious case review", "local child safeguarding practice review"),
    ("commissioner", date(2022, 7, 1), "Clinical commissioning group", "Integrated care board"),
    ("probation", date(2021, 6, 26), "National Probation Service", "Probation Service"),
    ("rehabilitation", date(2021, 6, 26), "Community Rehabilitation Company", ""),
    ("death_form", date(2019, 4, 1), "Form C", "Analysis form"),
    ("guidance", date(2018, 7, 4), "Working Together to Safeguard Children (2015)",
     "Working Together to Safeguard Children (2018)"),
    ("guidance", date(2023, 12, 15), "Working Together to Safeguard Children (2018)",
     "Working Together to Safeguard Children (2023)"),
]  # fmt: skip


@pytest.mark.parametrize("name, day, before, after", CHANGES)
def test_a_name_changes_on_its_day(name, day, before, after):
    assert dated_terms.term(name, date.fromordinal(day.toordinal() - 1)) == before
    assert dated_terms.term(name, day) == after


def test_names_inside_a_text_are_those_of_the_day():
    text = "Serious Case Review Group, National Probation Service; the boardroom"
    assert dated_terms.in_terms_of(text, date(2018, 3, 31)) == text
    later = dated_terms.in_terms_of(text, date(2025, 12, 31))
    assert later == "Safeguarding Practice Review Group, Probation Service; the boardroom"
    assert dated_terms.in_terms_of(later, date(2018, 3, 31)) == text  # and back


def test_what_had_ended_is_named_and_never_blanked():
    assert dated_terms.ended(date(2021, 6, 26)) == {"Community Rehabilitation Company"}
    assert dated_terms.in_terms_of("Community Rehabilitation Company", date(2025, 1, 1)) != ""


def test_a_list_of_members_ends_with_its_board():
    listed, note = dated_terms.members("E06000045", date(2018, 3, 31))
    assert len(listed["members"]) == 24 and note == ""  # the annual report 2017-18's table has 24 rows
    listed, note = dated_terms.members("E06000045", date(2017, 3, 31))
    assert listed and "written down after the period" in note
    listed, note = dated_terms.members("E06000045", date(2025, 12, 31))
    assert listed == {} and "31 March 2018" in note and "ended on 29 September 2019" in note
    assert dated_terms.members("E06000044", date(2018, 3, 31))[0] == {}
