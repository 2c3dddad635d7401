"""Rates and intervals against published values, then their properties, then what is refused."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_packs.pages.number_text import rounded
from lscb import rates
from lscb.intervals import BYAR_FROM
from lscb.periods import Quarter
from openstats.project_data import standard

SHARED = Path(__file__).parents[3] / "shared" / "reference-tests"
PHE, DFE = SHARED / "phe", SHARED / "dfe"
shared = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PHE.is_dir(), reason="the published reference values (../shared/reference-tests) are not here"
    ),
]


# --- published ---------------------------------------------------------------------------------------------------

# Newcombe (1998) Stat Med 17:857-872, Table I, method 3; printed to 4 places.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize("met, of, low, high", NEWCOMBE)
def test_share_matches_newcombe_1998(met, of, low, high):
    got = rates.share(met, of)
    assert got.low == pytest.approx(low, abs=5e-5)
    assert got.high == pytest.approx(high, abs=5e-5)
    assert (got.value, got.met, got.of, got.method) == (met / of, met, of, "Wilson")


# Garwood's exact limits of a Poisson count, as tables print them (to 3 places).
@pytest.mark.parametrize(
    "count, low, high", [(0, 0, 3.689), (4, 1.090, 10.242), (5, 1.623, 11.668), (9, 4.115, 17.085)]
)
def test_small_counts_have_exact_poisson_limits(count, low, high):
    got = rates.number(count)
    assert (got.low, got.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))
    assert got.method == "Exact Poisson"


# OHID, PHEindicatormethods' workbook testdata_Byars_Wilson, rows 2 and 5.
@pytest.mark.parametrize(
    "confidence, low, high",
    [(0.95, 50.163187710459454, 82.84913854593984), (0.998, 42.8802614714802, 94.00029084431802)],
)
def test_counts_from_ten_have_byars_limits(confidence, low, high):
    got = rates.number(65, confidence)
    assert (got.low, got.high) == (pytest.approx(low, rel=1e-12), pytest.approx(high, rel=1e-12))
    assert (got.value, got.method) == (65, "Byar's")


def test_looked_after_children_of_march_2018():
    # DfE, Children looked after in England 2018: Southampton 522, rate 104; ONS mid-2017 as first published 50,305.
    got = rates.rate(522, 50305, vintage="first published")
    assert [rounded(x, 1) for x in (got.value, got.low, got.high)] == [rounded(x, 1) for x in (103.8, 95.1, 113.1)]
    assert rounded(got.value) == 104
    assert (got.count, got.population, got.per, got.vintage, got.method) == (
        522,
        50305,
        10_000,
        "first published",
        "Byar's",
    )


# The annual report's three differences on the wrong base, and on the right one (printed 34 %, 26 %, 18 %).
@pytest.mark.parametrize("own, comparator, percent", [(104, 69, 50.7), (69, 51, 35.3), (66, 54, 22.2)])
def test_differences_are_relative_to_the_comparator(own, comparator, percent):
    got = rates.percent_difference(own, comparator)
    assert got.percent == pytest.approx(percent, abs=0.05)
    assert got.difference == own - comparator
    assert got.ratio == pytest.approx(own / comparator)
    assert got.outside is None


def rates_of(rows):
    return [rates.rate(n, people).value for n, people in zip(rows["count"], rows["population_0_17"], strict=True)]


class TestOfficialRates:
    """Printed rates again, each from the population vintage that its publisher used."""

    pytestmark = shared

    def test_plans_of_every_authority_and_year(self):
        rows = pd.read_csv(DFE / "cpp_at_31_march.csv")
        got = rates_of(rows)
        assert [float(rounded(v, 1)) for v in got] == rows["published_rate_per_10000"].tolist()
        assert len(rows) == 1492
        assert {
            rates.mid_year(str(y)) - m for y, m in zip(rows["year_to_31_march"], rows["mid_year"], strict=True)
        } == {0}
        assert {rates.vintage({}, year) for year in rows["mid_year"]} == {"current series"}

    @pytest.mark.parametrize("name, expected", [("lac_at_31_march.csv", 1483), ("lac_ees_2021_2025.csv", 755)])
    def test_looked_after_children_of_every_authority_and_year(self, name, expected):
        rows = pd.read_csv(DFE / name)
        got = rates_of(rows)
        assert [int(rounded(v)) for v in got] == rows["published_rate_per_10000"].tolist()
        assert len(rows) == expected
        rule = standard("indicators.list.looked_after.official")["population"]
        first = ~rows["population_source"].str.contains("current series|own column")
        named = [rates.vintage(rule, year) == "first published" for year in rows["mid_year"]]
        assert named == first.tolist()


# --- properties --------------------------------------------------------------------------------------------------

confidences = st.sampled_from([0.9, 0.95, 0.998])


@given(of=st.integers(1, 50_000), data=st.data(), confidence=confidences)
def test_a_share_lies_inside_its_interval(of, data, confidence):
    got = rates.share(data.draw(st.integers(0, of)), of, confidence)
    assert 0 <= got.low <= got.value <= got.high <= 1


@given(of=st.integers(1, 50_000))
def test_the_ends_of_none_and_all_are_exact(of):
    assert rates.share(0, of).low == 0.0
    assert rates.share(of, of).high == 1.0


@given(count=st.integers(0, 5_000), population=st.integers(1, 10**7), confidence=confidences)
def test_a_rate_lies_inside_its_interval_and_zero_is_a_rate(count, population, confidence):
    got = rates.rate(count, population, confidence=confidence)
    assert 0 <= got.low <= got.value < got.high
    assert (got.low == 0) == (count == 0)


@given(own=st.floats(0.1, 1e4), comparator=st.floats(0.1, 1e4))
def test_a_difference_adds_back_to_the_figure(own, comparator):
    got = rates.percent_difference(own, comparator)
    assert comparator * (1 + got.percent / 100) == pytest.approx(own)
    assert float(got) == got.percent


# --- boundaries --------------------------------------------------------------------------------------------------


def test_the_method_changes_between_nine_and_ten():
    assert (rates.number(9).method, rates.number(10).method) == ("Exact Poisson", "Byar's")
    assert standard("rates.byar_from") == BYAR_FROM


def test_a_comparator_on_the_end_of_the_interval_is_not_outside_it():
    own = rates.rate(522, 50305)
    assert rates.percent_difference(own, own.high).outside is False
    assert rates.percent_difference(own, own.high + 1e-9).outside is True
    assert rates.percent_difference(own, own.low - 1e-9).outside is True
    assert rates.percent_difference(rates.share(3, 4), rates.share(1, 2)).outside is False


def test_nothing_to_divide_by_is_blank_not_infinite():
    got = rates.percent_difference(5, 0)
    assert math.isnan(got.percent) and math.isnan(got.ratio) and got.difference == 5


@pytest.mark.parametrize("count, population", [(None, 100), (10, None), (float("nan"), 100), (pd.NA, 5)])
def test_a_blank_stays_blank(count, population):
    got = rates.rate(count, population)
    assert math.isnan(got.value) and math.isnan(got.low) and math.isnan(got.high)
    assert math.isnan(rates.share(count, population).value)


@pytest.mark.parametrize("period", ["2018", "2017-18", "2017-18-Q1", Quarter(2017, 4)])
def test_the_year_to_march_divides_by_the_mid_year_before_it(period):
    assert rates.mid_year(period) == 2017


@pytest.mark.parametrize(
    "year, expected",
    [(2014, "current series"), (2015, "first published"), (2017, "first published"), (2018, "current series")],
)
def test_the_vintage_goes_with_the_measure(year, expected):
    rule = standard("indicators.list.looked_after.official")["population"]
    assert rates.vintage(rule, year) == expected
    assert rates.vintage(standard("indicators.list.plans.official")["population"], year) == "current series"


# --- refusals ----------------------------------------------------------------------------------------------------


# The cases of PHEindicatormethods' tests (testProportions.R, testRates.R), and confidence 1.
@pytest.mark.parametrize(
    "met, of, confidence",
    [(-80, 100, 0.95), (80, 0, 0.95), (30, -100, 0.95), (101, 100, 0.95), (65, 100, 0.8), (65, 100, 1)],
)
def test_impossible_shares_are_refused(met, of, confidence):
    with pytest.raises(ValueError, match="share|confidence"):
        rates.share(met, of, confidence)


@pytest.mark.parametrize(
    "count, population, confidence", [(-65, 100, 0.95), (30, 0, 0.95), (80, -100, 0.95), (65, 100, 0.5)]
)
def test_impossible_rates_are_refused(count, population, confidence):
    with pytest.raises(ValueError, match="rate|confidence"):
        rates.rate(count, population, confidence=confidence)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        rates.number(-1)


def test_a_mean_of_published_figures_is_taken_in_decimals():
    # by hand: ten figures that add up to 8.645; their float sum divided by ten is 0.8644999999999999
    figures = [0.861, 0.868, 0.861, 0.868, 0.861, 0.868, 0.861, 0.868, 0.864, 0.865]
    assert rates.decimal_mean(figures) == 0.8645
    assert rates.decimal_mean([0.5, float("nan")]) == 0.5
    assert rates.decimal_mean([]) != rates.decimal_mean([])
