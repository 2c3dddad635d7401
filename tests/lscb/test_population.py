"""Demographics: shares and changes against published counts, totals that add, and what was known when."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import openstats as opendata
from lscb import population
from openstats.project_data import standard

PUBLISHED = {2015: date(2016, 6, 23), 2016: date(2017, 6, 22), 2017: date(2018, 6, 28)}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return opendata.Store(tmp_path_factory.mktemp("nothing"))


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
