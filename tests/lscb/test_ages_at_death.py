"""Ages at death at every edge, worked out by hand: days, months, years, bands, stages, births before the limit."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb import ages_at_death as ages

# born, died, days, months, years, band, stage
AGES = [
    ("2017-01-01", "2017-01-01", 0, "0-27 days", "early neonatal"),
    ("2017-01-01", "2017-01-07", 6, "0-27 days", "early neonatal"),
    ("2017-01-01", "2017-01-08", 7, "0-27 days", "late neonatal"),
    ("2017-01-01", "2017-01-28", 27, "0-27 days", "late neonatal"),
    ("2017-01-01", "2017-01-29", 28, "28-364 days", "post-neonatal"),
    ("2017-02-01", "2017-03-01", 28, "28-364 days", "post-neonatal"),
    ("2016-01-15", "2017-01-14", 365, "28-364 days", "post-neonatal"),  # leap year: 365 days, still an infant
    ("2016-01-15", "2017-01-15", 366, "1-4 years", "child"),
    ("2017-03-01", "2018-02-28", 364, "28-364 days", "post-neonatal"),
    ("2016-02-29", "2017-02-28", 365, "28-364 days", "post-neonatal"),  # the birthday is 1 March
    ("2016-02-29", "2017-03-01", 366, "1-4 years", "child"),
    ("2012-02-29", "2016-02-28", 1460, "1-4 years", "child"),
    ("2012-02-29", "2016-02-29", 1461, "1-4 years", "child"),
    ("2012-06-10", "2017-06-09", 1825, "1-4 years", "child"),
    ("2012-06-10", "2017-06-10", 1826, "5-9 years", "child"),
    ("2007-06-10", "2017-06-10", 3653, "10-14 years", "child"),
    ("2002-06-10", "2017-06-10", 5479, "15-17 years", "child"),
    ("1999-06-10", "2017-06-09", 6574, "15-17 years", "child"),
    ("1999-06-10", "2017-06-10", 6575, ages.OUT_OF_SCOPE, ages.OUT_OF_SCOPE),
    ("2000-02-29", "2018-02-28", 6574, "15-17 years", "child"),
    ("2000-02-29", "2018-03-01", 6575, ages.OUT_OF_SCOPE, ages.OUT_OF_SCOPE),
    ("2017-01-31", "2017-02-28", 28, "28-364 days", "post-neonatal"),
    ("2017-01-31", "2017-03-01", 29, "28-364 days", "post-neonatal"),
]


@pytest.mark.parametrize("born, died, lived, band, stage", AGES)
def test_ages_at_their_edges(born, died, lived, band, stage):
    assert ages.age_in_days(born, died) == lived
    assert (ages.age_band(born, died), ages.stage(born, died)) == (band, stage)


def test_ages_of_many_equal_ages_of_each():
    born, died = (pd.Series([row[n] for row in AGES]) for n in (0, 1))
    assert ages.age_in_days(born, died).tolist() == [row[2] for row in AGES]
    assert ages.age_band(born, pd.to_datetime(died)).tolist() == [row[3] for row in AGES]


def test_an_age_that_cannot_be_is_blank():
    born, died = pd.Series(["2017-01-02", None, "2017-01-01"]), pd.Series(["2017-01-01", "2017-01-01", None])
    assert ages.age_in_days(born, died).isna().all() and ages.age_band(born, died).isna().all()
    assert ages.age_in_days("2017-01-02", "2017-01-01") is None


@given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(28, 7500))
def test_a_birthday_makes_a_year(born, lived):
    died = born + timedelta(days=lived)
    # Years as people count them: the birthday reached by (month, day), 29 February after 28 and before 1 March.
    years = died.year - born.year - ((died.month, died.day) < (born.month, born.day))
    bands = ["28-364 days", *["1-4 years"] * 4, *["5-9 years"] * 5, *["10-14 years"] * 5, *["15-17 years"] * 3]
    assert ages.age_band(born, died) == (bands[years] if years < 18 else ages.OUT_OF_SCOPE)


@pytest.mark.parametrize(
    "days_lived, weeks, limit, expected",
    [
        (0, "21+6", 22, "yes"), (0, "22+0", 22, "no"), (0, 22, 22, "no"), (0, 21 + 6 / 7, 22, "yes"),
        (27, "20+0", 22, "yes"), (28, "20+0", 22, "not applicable"), (0, None, 22, "not known"),
        (28, None, 22, "not applicable"), (400, 40, 22, "not applicable"), (None, "20+0", 22, "not known"),
        (0, "23+6", "23+6", "no"), (0, "23+5", "23+6", "yes"), (3, "23+6", 24, "yes"),
        (0, float("nan"), 22, "not known"), (0, "24+x", 22, "not known"), (0, "full term", 22, "not known"),
    ],
)  # fmt: skip
def test_previable_is_a_neonate_before_the_limit(days_lived, weeks, limit, expected):
    assert ages.previable(days_lived, weeks, limit) == expected


def test_previable_of_many():
    found = ages.previable(pd.Series([0, 0, 40], dtype="Int64"), pd.Series([21.0, np.nan, 21.0]))
    assert found.tolist() == ["yes", "not known", "not applicable"]
