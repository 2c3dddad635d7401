"""Demographics: shares and changes against published counts, totals that add, and what was known when."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import openstats as opendata
from board_packs.tables import Inputs
from board_packs.tables import residents as context
from lscb import population
from lscb.periods import Quarter
from openstats.project_data import standard

PUBLISHED = {2015: date(2016, 6, 23), 2016: date(2017, 6, 22), 2017: date(2018, 6, 28)}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return opendata.Store(tmp_path_factory.mktemp("nothing"))


@pytest.fixture(scope="module")
def inputs(store):
    return Inputs(Quarter.parse("2017-18-Q4"), ("E06000045",), {}, None, store)


@pytest.mark.parametrize(
    "day, year",
    [
        (date(2017, 6, 21), 2015),  # the day before mid-2016 was published
        (date(2017, 6, 22), 2016),
        (date(2018, 3, 31), 2016),  # the annual report's 254,275 people
        (date(2018, 6, 28), 2017),
    ],
)
def test_a_board_knows_what_was_published_by_then(day, year):
    assert population.in_force([2015, 2016, 2017], PUBLISHED, day) == (year, "")


def test_a_year_that_is_not_held_is_replaced_by_the_nearest_and_said():
    assert population.in_force([2015], PUBLISHED, date(2018, 3, 31)) == (
        2015,
        "2016 was published by 31 March 2018 and is not held",
    )
    year, note = population.in_force([2017], PUBLISHED, date(2018, 3, 31))
    assert year == 2017 and "oldest held" in note


def test_shares_of_the_annual_report_mid_2016(store):
    """ONS mid-2016: Southampton 51,277 of 254,275 aged 15-24 = 20.17%, England 12.19% (reference of the report)."""
    limits = standard("context.dependency")
    made = population.age_shares(store.population(), limits["child_until"], limits["old_from"])
    made = made[(made["mid_year"] == 2016) & (made["measure"] == "share_15_24")].set_index("area")
    assert made.loc["E06000045", ["count", "of"]].tolist() == [51_277, 254_275]
    assert made.loc["E06000045", "value"] == pytest.approx(0.2017, abs=5e-5)
    assert made.loc["E92000001", "value"] == pytest.approx(0.1219, abs=5e-5)


def test_dependency_ratio_by_hand():
    people = pd.DataFrame(
        {
            "area": "x",
            "mid_year": 2016,
            "vintage": "v",
            "sex": "male",
            "age": [15, 16, 64, 65],
            "population": [1, 2, 3, 4],
        }
    )
    made = population.age_shares(people, 15, 65).set_index("measure")
    assert made.loc["dependency_ratio", ["count", "of"]].tolist() == [5, 5]
    assert made.loc["child_share_0_17", "count"] == 3


@given(st.lists(st.tuples(st.sampled_from(["male", "female"]), st.integers(0, 90), st.integers(0, 9_999)), min_size=1))
def test_totals_are_the_sum_of_their_parts(rows):
    people = pd.DataFrame(rows, columns=["sex", "age", "population"]).assign(area="x", mid_year=2016, vintage="v")
    made = population.with_totals(people.assign(band=population.band_label(people["age"])), "band")
    whole = people["population"].sum()
    assert made[(made["sex"] == "Total") & (made["band"] == "Total")]["population"].item() == whole
    for sexes, bands in [(True, False), (False, True), (False, False)]:
        part = made[((made["sex"] == "Total") == sexes) & ((made["band"] == "Total") == bands)]
        assert part["population"].sum() == whole


def test_labels_at_their_ends():
    ages = pd.Series([0, 4, 5, 89, 90])
    assert population.age_label(ages).tolist() == ["0", "4", "5", "89", "90+"]
    assert population.band_label(ages).tolist() == ["0-4", "0-4", "5-9", "85-89", "90+"]


def test_children_keep_their_vintages(inputs):
    """Southampton 0-17: 49,901 and 50,305 as first published; 48,847 and 49,138 in the current series (DfE)."""
    made = context.children(inputs).set_index(["area", "measure", "period", "vintage"])
    own = made.loc["E06000045"]
    assert own.loc[("children_0_17", "2016", "first published"), "count"] == 49_901
    assert own.loc[("children_0_17", "2017", "current series"), "count"] == 49_138
    revised = own.loc[("children_revision", "2016", "current series")]
    assert (revised["count"], revised["of"]) == (48_847 - 49_901, 49_901)
    change = own.loc[("children_change", "2017", "current series")]
    assert change["count"] == 49_138 - 48_847 and change["of"] == 48_847
    assert own.loc[("children_0_19", "2016", "first published"), "count"] == 60_083
    assert ("children_change", "2012", "current series") not in own.index  # nothing before it


def test_the_pyramid_adds_to_the_annual_reports_population(inputs):
    """Annual report 2017-18: 254,275 people, 129,879 male and 124,396 female."""
    made = context.population_by_age_sex(inputs)
    own = made[(made["area"] == "E06000045") & (made["period"] == "2016") & (made["age"] == "Total")]
    assert own.set_index("sex")["count"].to_dict() == {"Total": 254_275, "male": 129_879, "female": 124_396}
    bands = context.population_by_band(inputs)
    one = bands[(bands["area"] == "E92000001") & (bands["period"] == "2017") & (bands["sex"] == "Total")]
    assert one[one["age_band"] != "Total"]["value"].sum() == pytest.approx(1)
    assert one["age_band"].tolist()[:3] == ["0-4", "5-9", "10-14"]


def test_infant_deaths_a_year_as_the_annual_report_printed(inputs):
    """ONS: 9, 13 and 16 infant deaths in 2014-16, 12.7 a year; the annual report prints 13."""
    made = context.infant_deaths_average(inputs).set_index("period")
    assert made.loc["2016", "count"] == 38 and made.loc["2016", "value"] == pytest.approx(38 / 3)


@pytest.mark.parametrize("period, last", [("2016-17-Q4", "2015"), ("2017-18-Q2", "2015"), ("2017-18-Q3", "2016")])
def test_infant_deaths_only_of_years_in_print_by_the_last_day(store, period, last):
    """ONS publishes a year's births and deaths in the course of the next: 2016 is in print by 31 December 2017."""
    made = context.infant_deaths_average(Inputs(Quarter.parse(period), ("E06000045",), {}, None, store))
    assert made["period"].max() == last


def test_what_was_in_force_for_march_2018(inputs):
    made = context.context_as_of(inputs).set_index("measure")
    assert made["value"].to_dict() == {"mid_year_in_force": 2016, "indices_in_force": 2015, "neighbours_in_force": 2021}
    assert "is not held" in made.loc["neighbours_in_force", "method"]


def test_another_area_without_the_national_file_names_the_set(store):
    other = Inputs(Quarter.parse("2017-18-Q4"), ("E08000035",), {}, None, store)
    with pytest.raises(opendata.Missing, match=r"(?s)Leeds.*lscb fetch"):
        context.population_by_age_sex(other)
    with pytest.raises(opendata.Missing, match="Leeds"):
        context.children(other)
    facts = context.published_facts(other)
    assert facts["status"].tolist() == ["not_available"]


def test_the_four_areas_side_by_side(inputs):
    made = context.partnership_areas(inputs)
    total = made[(made["period"] == "2016") & (made["age_group"] == "Total")].set_index("beside")["count"]
    # ONS mid-2016: Portsmouth 214,832, Hampshire 1,360,426, Isle of Wight 139,798 (MYE2 - All).
    assert total.to_dict() == {
        "Southampton": 254_275,
        "Portsmouth": 214_832,
        "Hampshire": 1_360_426,
        "Isle of Wight": 139_798,
    }
