"""Months by the corresponding-date rule, at the ends of February and of short months."""

import numpy as np
import pytest

from lscb.calendar_months import add_months, completed_months, days

# Worked out by hand: the corresponding date, or the last day of a shorter month.
MONTHS = [
    ("2016-02-29", 12, "2017-02-28"), ("2017-01-31", 1, "2017-02-28"), ("2016-01-31", 1, "2016-02-29"),
    ("2017-08-31", 6, "2018-02-28"), ("2016-12-31", 12, "2017-12-31"), ("2017-03-30", 11, "2018-02-28"),
]  # fmt: skip


@pytest.mark.parametrize("start, months, end", MONTHS)
def test_months_end_on_the_corresponding_date(start, months, end):
    assert str(add_months(days([start]), months)[0]) == end
    assert completed_months(days([start]), days([end]))[0] == months
    assert completed_months(days([start]), days([end]) - np.timedelta64(1, "D"))[0] == months - 1


def test_missing_days_stay_missing():
    assert np.isnat(add_months(days([None]), 12)[0])
    assert np.isnan(completed_months(days([None]), days(["2017-01-01"]))[0])
