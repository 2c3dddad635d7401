"""Numbers and periods as reports print them."""

from fractions import Fraction

import pytest

from claimcheck import printed_numbers as numbers
from claimcheck.stated_periods import period, same_year


@pytest.mark.parametrize(
    "text, value, decimals",
    [
        ("1,234", 1234, 0), ("19.0", 19, 1), ("£134,428", 134428, 0), ("62%", 62, 0), ("67th", 67, 0),
        ("£1.2m", 1_200_000, 1), ("-12.0%", -12, 1), ("Twenty per cent", 20, 0), ("sixty-five per cent", 65, 0),
        ("nine", 9, 0), ("two hundred and six", 206, 0), ("\u22125.2", Fraction(-26, 5), 1),
        ("2 million", 2_000_000, 0), ("0.5", Fraction(1, 2), 1),
    ],
)  # fmt: skip
def test_numbers_read_as_printed(text, value, decimals):
    got = numbers.parse(text)
    assert (got.value, got.decimals) == (value, decimals)


@pytest.mark.parametrize("text", ["doubled", "the majority", "", "in line with"])
def test_words_are_not_numbers(text):
    assert numbers.parse(text) is None


@pytest.mark.parametrize(
    "one_, other, same",
    [
        ("2017/18", "31 March 2018", True), ("2017-18-Q4", "2017-18", True), ("2018", "2017/18", True),
        ("31 March 2018", "31 March 2017", False), ("2016/17", "2017/18", False), ("2014-16", "2013-15", False),
        ("2014-16", "2014 - 16", True), ("not stated", "2017/18", None),
    ],
)  # fmt: skip
def test_periods_of_one_year(one_, other, same):
    assert same_year(one_, other) is same


def test_labels_that_no_period_has():
    assert period("2017 - 17").kind == "malformed" and period("2017-18").kind == "year"
    assert period("1999-00").kind == "year" and period("2014-16").kind == "range"
    so_far = {"2020-21 to Q2": 6, "Q1 to Q3 2020-21": 9, "2020/21 to the end of Q3": 9}  # months from 1 April 2020
    for label, months in so_far.items():
        assert period(label)[1:] == (12 * 2020 + 3 + months, "months", months), label
    assert {period(label).kind for label in ("2020-21 to Q1", "2020-21 - Q2", "2020-21 Q2")} == {"quarter"}
