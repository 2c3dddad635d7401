"""Tables of who lives in an area: vintages, pyramids, infant deaths in print, what was in force."""

from pathlib import Path

import pytest

import openstats as opendata
from board_packs import tables
from board_packs.tables import Inputs
from board_packs.tables import residents as context
from lscb.periods import Quarter


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return opendata.Store(tmp_path_factory.mktemp("nothing"))


@pytest.fixture(scope="module")
def inputs(store):
    return Inputs(Quarter.parse("2017-18-Q4"), ("E06000045",), {}, None, store)


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
    assert made["value"].to_dict() == {
        "mid_year_in_force": 2016,  # mid-2017 came out in June 2018
        "children_mid_year_in_force": 2016,
        "infant_deaths_in_force": 2016,  # published in the course of 2017
        "indices_in_force": 2015,
        "neighbours_in_force": 2021,
    }
    assert "is not held" in made.loc["neighbours_in_force", "method"]


def test_another_area_without_the_national_file_names_the_set(store):
    other = Inputs(Quarter.parse("2017-18-Q4"), ("E08000035",), {}, None, store)
    with pytest.raises(opendata.Missing, match=r"(?s)Leeds.*lscb fetch"):
        context.population_by_age_sex(other)
    with pytest.raises(opendata.Missing, match="Leeds"):
        context.children(other)
    facts = context.published_facts(other)
    assert facts["status"].tolist() == ["not_available"]


@pytest.mark.parametrize("period, by_today, status", [
    ("2017-18-Q3", [], "not_available"), ("2017-18-Q4", [], "not_available"), ("2017-18-Q4", ["2017-18-Q4"], "shown"),
    ("2018-19-Q1", [], "shown"),
])  # fmt: skip
def test_an_annual_reports_figures_are_not_in_print_before_its_year_is_over(store, period, by_today, status):
    asked = Inputs(Quarter.parse(period), ("E06000045",), {}, None, store, {"as_of.by_today": by_today})
    assert set(context.published_facts(asked)["status"]) == {status}


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


SHARED = Path(__file__).parents[4] / "shared" / "open-data"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the official files in ../shared/open-data")
@pytest.mark.parametrize("period, children, edition", [
    # days of publication by ONS: mid-2015 23 June 2016, mid-2017 28 June 2018, mid-2020 25 June 2021, mid-2022 23
    # November 2023, mid-2023 15 July 2024, mid-2024 30 July 2025; of the Indices: 26 September 2019, 30 October 2025
    ("2016-17-Q4", 2015, 2015), ("2018-19-Q1", 2017, 2015), ("2019-20-Q2", 2018, 2019), ("2021-22-Q1", 2020, 2019),
    ("2023-24-Q2", 2021, 2019), ("2023-24-Q3", 2022, 2019), ("2024-25-Q1", 2022, 2019), ("2024-25-Q2", 2023, 2019),
    ("2025-26-Q2", 2024, 2019), ("2025-26-Q3", 2024, 2025),
])  # fmt: skip
@pytest.mark.parametrize("area", ["E06000045", "E06000066"])
def test_a_headline_is_of_the_newest_year_in_print(period, children, edition, area):
    inputs = Inputs(Quarter.parse(period), (area,), {}, None, opendata.Store(SHARED))
    made = context.context_as_of(inputs).set_index("measure")
    assert made.loc["children_mid_year_in_force", "value"] == children
    assert made.loc["indices_in_force", "value"] == edition
    residents = made.loc["mid_year_in_force"]  # by single year of age, mid-2016 to mid-2019 are held
    assert residents["value"] == min(max(children, 2016), 2019)
    assert (residents["method"] != "") == (residents["value"] != children)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the official files in ../shared/open-data")
def test_a_printed_nought_of_infant_mortality_is_no_count_of_none():
    """The DfE prints 0.0 of the City of London for the three years to 2016 and to 2017; the ONS registered one infant's
    death there in 2016. Nothing is made of the 0.0: no figure, no rank, and no place among others."""
    inputs = Inputs(Quarter.parse("2018-19-Q4"), ("E09000001", "E09000012"), {}, None, opendata.Store(SHARED))
    made = tables.build(inputs, ["infant_mortality_official", "scorecard_year"])
    own = made["infant_mortality_official"].query("area == 'E09000001' and measure == 'infant_mortality'")
    (of_2017,) = own.query("period == '2017' and window == '3 years'").to_dict("records")
    assert of_2017["status"] == "not_available" and of_2017["value"] != of_2017["value"]
    assert of_2017["reason"].endswith("it is no count of none; infant deaths registered in 2016: 1")
    rows = made["scorecard_year"].query("indicator == 'infant_mortality' and period == '2017'")
    city = rows.query("area == 'E09000001'")
    assert not set(city["measure"]) & {
        "official_among_all",
        "official_among_neighbours",
        "official_difference_from_england",
    }
    assert set(city.query("measure == 'official_figure'")["status"]) == {"not_available"}
    lowest = rows.query("area == 'E09000012' and measure == 'official_among_all'")["ranked"].item()
    assert lowest == 150  # of the 152 authorities of 2019, less the City and the Isles of Scilly
