"""What a page can be asked, and what it cannot: one line that says what to write."""

import pytest

from board_packs.pages.questions import CHOICES, SETTINGS, answered
from lscb.errors import UserError
from openstats.project_data import standard


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_asked_is_the_standard_and_explores_nothing(name, nothing):
    in_force, exploring = answered({name: nothing})
    assert in_force == {name: standard(SETTINGS[name])} and exploring == {}


def test_another_value_explores_and_the_standards_own_does_not():
    in_force, exploring = answered({"basis": "incident", "key": "victim+perpetrator", "months": "6"})
    assert in_force == {"basis": "incident", "key": "victim+perpetrator", "months": 6}
    assert exploring == {"hrda.repeat.basis": "incident", "hrda.repeat.months": 6}


def test_papermill_hands_over_text():
    assert answered({"comparators": "E06000044, E06000046"})[0] == {"comparators": ["E06000044", "E06000046"]}
    assert answered({"edition": "2019"})[1] == {"as_of.edition": 2019}


def test_a_choice_of_what_is_drawn_explores_nothing():
    assert answered({"palette": "safe", "since": "2016-17-Q1"}) == ({"palette": "safe", "since": "2016-17-Q1"}, {})


@pytest.mark.parametrize(
    "question, line",
    [
        ({"edition": 2020}, "edition: 2020 cannot be used; use one of 2015, 2019, 2025, or None for the one in force."),
        ({"basis": "x"}, "basis: 'x' cannot be used; use one of referral, incident."),
        ({"months": 0}, "months: 0 cannot be used; use a whole number from 1 to 60."),
        ({"months": 61}, "months: 61 cannot be used; use a whole number from 1 to 60."),
        ({"previable_weeks": "x"}, "previable_weeks: 'x' cannot be used; use a number from 20 to 28."),
        ({"comparators": ["E99"]}, "comparators: 'E99' is not the code, DfE number or name of an English authority: use a GSS code such as E06000045 (Southampton)."),
        ({"recast": 2011}, "recast: 2011 cannot be used; use one of 2021, or None for the one in force."),
        ({"indicators": "plan"}, "indicators: 'plan' cannot be used; data/standards.yml has no indicator 'plan'; nearest: plans."),
        ({"meetings": "Total,Executive"}, "meetings: 'Total,Executive' cannot be used; \"Total\" is all meetings together: name it alone, or leave it out."),
        ({"palette": "red"}, "palette: 'red' cannot be used; use one of board, safe."),
        ({"since": "2016"}, "since: '2016' cannot be used; '2016' is not a period: write a financial quarter as 2017-18-Q4."),
        ({"bassis": "x"}, "no page can be asked 'bassis'; do you mean 'basis'?"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_line(question, line):
    with pytest.raises(UserError) as raised:
        answered(question)
    assert str(raised.value) == line


def test_every_usual_choice_passes_its_own_check():
    for usual, check in CHOICES.values():
        assert usual is None or check(usual) == usual
