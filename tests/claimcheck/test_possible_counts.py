"""Possible numbers behind percentages, by hand and by brute force."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import claimcheck as claims
from claimcheck import printed_numbers as numbers

# ../shared/reference/annual-report-2017-18-figures.csv: totals up to 260 that fit a quarter's three percentages.
QUARTERS = [
    (["26.8", "62.0", "38.0"], [71, 142, 179, 205, 213, 250]),
    (["21.8", "58.0", "42.0"], [119, 174, 188, 193, 238, 243, 257]),
    (["18.8", "55.0", "45.0"], [80, 149, 160, 191, 202, 218, 229, 240, 260]),
    (["19.6", "56.7", "43.3"], [97, 194, 224, 240, 245]),
]


@pytest.mark.parametrize("percentages, sizes", QUARTERS)
def test_feasible_counts_of_the_annual_report_quarters(percentages, sizes):
    assert claims.feasible_counts(percentages, 1, up_to=260).feasible_n == sizes


def test_feasible_counts_of_the_deaths_reviewed():
    found = claims.feasible_counts([20, 40, 60, 80], 0, n=4)
    assert found.possible is False and found.feasible_n[:3] == [5, 10, 15]
    assert found["numerators"][5] == [[1], [2], [3], [4]]


def brute(percentages, decimals, n, rule) -> bool:
    shares = {Decimal(100 * k) / Decimal(n) for k in range(n + 1)}
    rounded = {share.quantize(Decimal(1).scaleb(-decimals), rule) for share in shares}
    return all(Decimal(p) in rounded for p in percentages)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=4), st.integers(0, 1))
def test_feasible_counts_equal_rounding_every_share_of_every_size(tenths, decimals):
    percentages = [str(t // 10) if decimals == 0 else str(Decimal(t) / 10) for t in tenths]
    found = claims.feasible_counts(percentages, decimals, up_to=60)
    sizes = range(1, 61)
    assert found.feasible_n == [n for n in sizes if brute(percentages, decimals, n, ROUND_HALF_UP)]
    assert found.half_even_n == [n for n in sizes if brute(percentages, decimals, n, ROUND_HALF_EVEN)]
    assert found.half_even_changes == (found.half_even_n != found.feasible_n)


def test_half_even_changes_what_eighths_can_print():
    assert 8 not in claims.feasible_counts(["12"], 0, up_to=8).feasible_n
    assert 8 in claims.feasible_counts(["12"], 0, up_to=8).half_even_n
    assert claims.feasible_counts(["12"], 0, up_to=8).half_even_changes


@given(st.fractions(-1000, 1000, max_denominator=4000), st.integers(0, 3))
def test_rounding_rules_equal_decimal_arithmetic(value, decimals):
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    for ours, rule in [
        (numbers.half_up, ROUND_HALF_UP), (numbers.half_even, ROUND_HALF_EVEN), (numbers.truncated, ROUND_DOWN)
    ]:  # fmt: skip
        assert ours(value, decimals) == Fraction(exact.quantize(Decimal(1).scaleb(-decimals), rule))
