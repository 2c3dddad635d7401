"""Financial quarters: the calendar is the reference."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb.errors import UserError
from lscb.periods import Quarter, quarter_of, year_label, year_start


def test_the_fourth_quarter_is_january_to_march():
    quarter = Quarter.parse("2017-18-Q4")
    assert (quarter.first_day, quarter.last_day) == (date(2018, 1, 1), date(2018, 3, 31))
    assert str(quarter + 1) == "2018-19-Q1"
    assert [str(q) for q in quarter.back(3)] == ["2017-18-Q2", "2017-18-Q3", "2017-18-Q4"]
    assert [str(q) for q in quarter.so_far] == ["2017-18-Q1", "2017-18-Q2", "2017-18-Q3", "2017-18-Q4"]


@pytest.mark.parametrize(
    "period, begins", [("2017-18-Q3", 2016), ("2017-18-Q4", 2017), ("2018-19-Q1", 2017), ("1999-00-Q4", 1999)]
)
def test_the_newest_year_that_has_ended_is_the_quarters_own_on_31_march_alone(period, begins):
    assert Quarter.parse(period).year_ended == begins


def test_a_leap_year_ends_february_on_the_29th():
    assert Quarter.of(date(2016, 2, 29)) == Quarter.parse("2015-16-Q4")


def test_the_century_turns():
    assert year_label(1999) == "1999-00" and year_start("1999-00") == 1999
    assert str(Quarter.parse("1999-00-Q4") + 1) == "2000-01-Q1"


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_own_quarter_and_no_other(day):
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert Quarter.parse(str(quarter)) == quarter
    assert (quarter + 1).first_day == quarter.last_day + timedelta(days=1)
    assert (quarter - 1).last_day < day < (quarter + 1).first_day


@pytest.mark.parametrize("text", ["2017-18", "2017-19-Q1", "2017-18-Q5", "2017/18-Q1", "", "2017-18-Q0", "Q4 2017-18"])
def test_what_is_not_a_quarter_is_refused(text):
    with pytest.raises(UserError, match="2017-18-Q4"):
        Quarter.parse(text)


@pytest.mark.parametrize("text", ["2017-19", "2017", "17-18"])
def test_what_is_not_a_year_is_refused(text):
    with pytest.raises(UserError, match="2017-18"):
        year_start(text)


@pytest.mark.parametrize(
    "day, quarter",
    [
        (date(2018, 3, 31), "2017-18-Q4"),
        (date(2018, 4, 1), "2018-19-Q1"),
        (date(2017, 12, 31), "2017-18-Q3"),
        (date(2000, 2, 29), "1999-00-Q4"),
    ],
)
def test_quarter_of_a_day_at_its_edges(day, quarter):
    assert quarter_of(pd.Series([pd.Timestamp(day), pd.NaT])).tolist()[0] == quarter


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_quarter_of_agrees_with_periods(day):
    assert quarter_of(pd.Series([pd.Timestamp(day)])).iloc[0] == str(Quarter.of(day))
