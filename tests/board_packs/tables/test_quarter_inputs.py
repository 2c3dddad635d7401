"""What table functions are given: settings in the place of the standards, and what they cannot be."""

from __future__ import annotations

import pytest

from board_packs.tables import Inputs
from board_packs.tables.setting_limits import names
from lscb.errors import UserError
from lscb.periods import Quarter
from openstats import Store
from openstats.project_data import standard

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"


def given(settings):
    return Inputs(PERIOD, (AREA,), {}, None, Store(None), settings)


def test_without_settings_the_standards_hold():
    assert given({}).standard("hrda.repeat.months") == standard("hrda.repeat.months") == 12


def test_a_setting_stands_in_for_its_standard_alone():
    asked = given({"hrda.repeat.months": 6})
    assert asked.standard("hrda.repeat.months") == 6
    assert asked.standard("hrda.repeat.key") == "victim+perpetrator"
    assert standard("hrda.repeat.months") == 12


def test_a_part_of_a_value_is_replaced_and_the_rest_stays():
    asked = given({"child_deaths.few.no_rate_below": 5})
    assert asked.standard("child_deaths.few") == {"no_rate_below": 5, "unreliable_below": 20}
    assert standard("child_deaths.few")["no_rate_below"] == 3


@pytest.mark.parametrize(
    "name, value, said",
    [
        ("hrda.repeat.basis", "incidnt", "referral, incident"),
        ("hrda.repeat.bais", "incident", "hrda.repeat.basis"),
        ("as_of.edition", 2020, "2015, 2019, 2025"),
        ("as_of.comparators", ["E06000044", "X"], "'X'"),
        ("hrda.repeat.months", 0, "from 1 to 60"),
        ("hrda.repeat.months", 61, "from 1 to 60"),
        ("hrda.repeat.months", True, "whole number"),
        ("child_deaths.years", [], "at least 1"),
        ("child_deaths.previable_weeks", 40, "20 to 28"),
        ("child_deaths.few", 3, "mapping"),
        ("trends.run", "seven", "number"),
    ],
)
def test_what_is_not_possible_is_refused_in_one_line(name, value, said):
    with pytest.raises(UserError) as refusal:
        given({name: value})
    assert said in str(refusal.value) and name.split(".")[0] in str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "name, value",
    [("hrda.repeat.months", 1), ("hrda.repeat.months", 60), ("as_of.edition", 2025), ("as_of.edition", None)],
)
def test_the_ends_of_what_is_possible_are_possible(name, value):
    assert given({name: value}).standard(name) == value


def test_every_setting_has_a_name_that_can_be_asked():
    assert {"hrda.repeat.basis", "child_deaths.few.no_rate_below", "as_of.comparators"} <= set(names())


def test_comparators_of_ones_own_choosing_replace_the_neighbours():
    usual, chosen = given({}), given({"as_of.comparators": ["E06000044", AREA, "E08000003"]})
    assert len(usual.comparators(AREA)) == 10
    frame = chosen.comparators(AREA)
    assert list(frame["area"]) == ["E06000044", "E08000003"]  # never the area itself
    assert "Portsmouth" in frame.attrs["note"] and "Manchester" in frame.attrs["note"]
