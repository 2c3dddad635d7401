"""The slope index of inequality, by hand."""

import pytest

from lscb import inequality


def test_a_slope_by_hand():
    """Two halves with rates 0.02 and 0.01, in the middle of their halves: 0.01 apart over half the way."""
    found = inequality.slope([20, 10], [1000, 1000])
    assert found.value == pytest.approx(0.02)
    # Variance of (r1 - r2) / 0.5 with Poisson counts: 4 (20 + 10) / 1000^2.
    half = 1.959963984540054 * 2 * 30**0.5 / 1000
    assert (found.low, found.high) == (pytest.approx(0.02 - half), pytest.approx(0.02 + half))
    clustered = inequality.slope([20, 10], [1000, 1000], effect=4)  # four times the variance
    assert clustered == pytest.approx((0.02, 0.02 - 2 * half, 0.02 + 2 * half))


def test_a_slope_leaves_out_groups_without_people_and_needs_two():
    assert inequality.slope([20, 0, 10], [1000, 0, 1000]) == pytest.approx(inequality.slope([20, 10], [1000, 1000]))
    with pytest.raises(ValueError, match="two groups"):
        inequality.slope([20, 0], [1000, 0])
