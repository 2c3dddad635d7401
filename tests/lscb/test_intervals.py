"""Intervals against published values and tables, then their properties."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb import intervals, rates

PHE = Path(__file__).parents[3] / "shared" / "reference-tests" / "phe"
shared = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PHE.is_dir(), reason="the published reference values (../shared/reference-tests) are not here"
    ),
]
confidences = st.sampled_from([0.9, 0.95, 0.998])


def both(values, expected):
    """Equal at 1e-9 relative, blank where a blank is expected."""
    np.testing.assert_allclose(
        np.asarray(values, float), np.asarray(expected, float), rtol=1e-9, atol=0, equal_nan=True
    )


@pytest.mark.parametrize("confidence", [0.95, 0.998])
class TestPublishedWorkbooks:
    pytestmark = shared

    def test_rates(self, confidence):
        rows = pd.read_csv(PHE / "rates.csv").query("confidence == @confidence")
        got = [rates.rate(r.numerator, r.denominator, r.multiplier, confidence) for r in rows.itertuples()]
        both([g.value for g in got], rows["value"])
        both([g.low for g in got], rows["lower"])
        both([g.high for g in got], rows["upper"])
        named = rows["method"].fillna("").str.replace("Byars", "Byar's").str.replace("Exact", "Exact Poisson")
        assert [g.method for g in got] == named.tolist()
        assert len(rows) >= 20

    def test_shares(self, confidence):
        rows = pd.read_csv(PHE / "proportions.csv").query("confidence == @confidence")
        got = [rates.share(r.numerator, r.denominator, confidence) for r in rows.itertuples()]
        for name, column in (("value", "value"), ("low", "lower"), ("high", "upper")):
            both([getattr(g, name) * m for g, m in zip(got, rows["multiplier"], strict=True)], rows[column])
        both(
            intervals.wilson(rows["numerator"], rows["denominator"], confidence)[0] * rows["multiplier"], rows["lower"]
        )

    def test_counts_either_side_of_ten(self, confidence):
        rows = pd.read_csv(PHE / "counts_own.csv").query("confidence == @confidence")
        both(intervals.exact_poisson(rows["x"], confidence)[0], rows["exact_lower"])
        both(intervals.exact_poisson(rows["x"], confidence)[1], rows["exact_upper"])
        both(intervals.byar(rows["x"], confidence)[0], rows["byars_lower"])
        both(intervals.byar(rows["x"], confidence)[1], rows["byars_upper"])
        switched = rows["rule_method"].eq("Exact")
        both(intervals.poisson(rows["x"], confidence)[1], rows["exact_upper"].where(switched, rows["byars_upper"]))

    def test_ends_of_shares(self, confidence):
        rows = pd.read_csv(PHE / "wilson_own.csv").query("confidence == @confidence")
        low, high = intervals.wilson(rows["x"], rows["n"], confidence)
        both(low, rows["lower"])
        both(high, rows["upper"])

    def test_intervals_of_the_method_itself(self, confidence):
        rows = pd.read_csv(PHE / "byars_wilson.csv").query("confidence == @confidence")
        for r in rows.itertuples():
            low, high = (
                intervals.byar(r.x, confidence) if r.method == "Byars" else intervals.wilson(r.x, r.n, confidence)
            )
            assert high == pytest.approx(r.upper, rel=1e-9)
            assert math.isnan(r.lower) or low == pytest.approx(r.lower, rel=1e-9)


@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=30), confidence=confidences)
def test_tables_and_single_figures_are_one_formula(counts, confidence):
    low, high = intervals.poisson(counts, confidence)
    single = [rates.number(n, confidence) for n in counts]
    assert low.tolist() == [s.low for s in single]
    assert high.tolist() == [s.high for s in single]
    assert intervals.poisson_method(counts).tolist() == [s.method for s in single]


def test_a_table_leaves_blank_what_has_no_denominator():
    low, high = intervals.wilson([0, 1, np.nan], [0, 2, 5])
    assert np.isnan([low[0], high[0], low[2], high[2]]).all() and low[1] > 0


def test_a_change_is_the_score_interval_of_a_ratio():
    """777 after 883: the limits solve (new - r old)^2 = z^2 r (new + old), the score equation, here by bisection."""
    value, low, high = (float(x) for x in intervals.change_of_count(777, 883))

    def excess(r):
        return (777 - r * 883) ** 2 - 1.959963984540054**2 * r * (777 + 883)

    def root(a, b):
        for _ in range(200):
            a, b = ((a + b) / 2, b) if excess(a) * excess((a + b) / 2) > 0 else (a, (a + b) / 2)
        return a

    assert value == pytest.approx(777 / 883 - 1)
    assert (low, high) == (pytest.approx(root(0.5, 777 / 883) - 1), pytest.approx(root(777 / 883, 1.5) - 1))


def test_counts_whose_quarters_spread_have_a_wider_change():
    """By hand: (10.75^2 + 6.25^2 + 34.25^2 + 29.75^2) / 194.25 and (12.75^2 + 10.25^2 + 1.75^2 + 4.25^2) / 220.75 are
    12.70 together, over six degrees of freedom 2.1; with it 777 after 883 is -23.5% to +1.2%, no change."""
    spread = intervals.dispersion([205, 188, 160, 224], [208, 231, 219, 225])
    assert spread == pytest.approx(12.6993 / 6, abs=1e-4)
    change = [float(x) for x in intervals.change_of_count(777, 883, effect=2.1)]
    assert change == pytest.approx([-0.12005, -0.23469, 0.01178], abs=1e-5)
    assert intervals.dispersion([205, 188, 160, 224], [208, np.nan, 219, 225]) == pytest.approx(2212.75 / 194.25 / 3)
    assert intervals.dispersion([8, 7, 6, 8], [0, 0, 0, 0]) == 1 and intervals.dispersion([]) == 1


def test_two_withheld_quarters_are_one_part_of_twice_the_length():
    """20 and 60 beside 20 of two quarters: 25 a quarter, so 5^2 / 25 + 35^2 / 25 + 30^2 / 50 are 68, over two degrees of
    freedom 34. The two shown alone, about their own mean of 40, would be 20."""
    assert intervals.dispersion([[20, 60, 20], [1, 1, 2]]) == pytest.approx(34)
    assert intervals.dispersion([[100], [4]]) == 1


def test_a_change_from_nothing_is_blank_and_to_nothing_is_minus_one():
    assert np.isnan(intervals.change_of_count(5, 0)).all()
    value, low, _ = intervals.change_of_count(0, 5)
    assert value == low == -1


def test_a_count_beside_one_of_four_times_as_long_is_compared_by_rate():
    """10 of a year beside 40 of four years is no change; Wilson's limits of 10 of 50, 0.11244 and 0.33037, as odds by four."""
    change = [float(x) for x in intervals.change_of_count(10, 40, times=1 / 4)]
    assert change == pytest.approx([0, -0.49326, 0.97346], abs=1e-4)


# Newcombe (1998) Stat Med 17:873-890, Table II, method 10, printed to 4 places.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
]


@pytest.mark.parametrize("met, of, met_before, of_before, low, high", NEWCOMBE)
def test_a_difference_matches_newcombe_1998(met, of, met_before, of_before, low, high):
    found = intervals.difference_of_shares(met, of, met_before, of_before)
    assert found[0] == pytest.approx(met / of - met_before / of_before)
    assert found[1:] == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


# Newcombe (1998) Stat Med 17:873-890, Table II, method 10.
@pytest.mark.parametrize(
    "a, m, b, n, low, high",
    [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (10, 10, 0, 20, 0.6791, 1.0000)],
)
def test_a_difference_of_two_results_matches_newcombe_1998(a, m, b, n, low, high):
    gap, lower, upper = intervals.difference(rates.share(a, m), rates.share(b, n))
    assert gap == pytest.approx(a / m - b / n)
    assert (lower, upper) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(0, 60), st.integers(1, 60), st.floats(1, 5))
def test_a_clustered_interval_is_never_narrower_and_holds_its_share(met, of, effect):
    met = min(met, of)
    low, high = intervals.clustered_wilson(met, of, effect)
    plain_low, plain_high = intervals.wilson(met, of)
    assert low <= met / of + 1e-12 and met / of - 1e-12 <= high
    assert high - low >= plain_high - plain_low - 1e-12


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 300), st.integers(1, 300))
def test_a_difference_holds_itself_turns_over_and_stays_between_minus_one_and_one(met, of, before, of_before):
    met, before = min(met, of), min(before, of_before)
    value, low, high = intervals.difference_of_shares(met, of, before, of_before)
    turned = intervals.difference_of_shares(before, of_before, met, of)
    assert -1 - 1e-12 <= low <= value <= high <= 1 + 1e-12
    assert (turned[0], turned[1], turned[2]) == (pytest.approx(-value), pytest.approx(-high), pytest.approx(-low))


def test_an_interval_at_every_count_that_rounds_to_a_printed_one():
    """Of 3 to 7 less 0 to 2, give or take 10: from 1 less 10 to 7 and 10; within all of them lies 7 less 10 to 1 and 10."""

    def apart(one, two):
        return one - two, one - two - 10, one - two + 10

    assert intervals.widest(apart, (3, 7), (0, 2)) == (-9, 17)
    assert intervals.narrowest(apart, (3, 7), (0, 2)) == (-3, 11)
