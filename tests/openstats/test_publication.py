"""What was in print on a day, and which of the years held is taken. Days of publication: the ONS release calendar."""

from datetime import date

import pytest

from openstats.project_data import standard
from openstats.publication import days, in_print, newest, official

MARCH_2018 = date(2018, 3, 31)


def test_the_newest_held_that_was_out_is_taken():
    # Mid-2016 was published on 22 June 2017, mid-2017 on 28 June 2018.
    assert newest("mid_year_estimates", [2015, 2016, 2017, 2018], MARCH_2018) == (2016, "")
    assert newest("mid_year_estimates", [2016, 2017], date(2018, 6, 28)) == (2017, "")
    assert newest("mid_year_estimates", [2016, 2017], date(2018, 6, 27))[0] == 2016


def test_a_newer_one_that_was_out_and_is_not_held_is_named_with_how_to_get_it():
    year, note = newest("mid_year_estimates", [2016, 2019], date(2025, 3, 31))
    assert (
        year == 2019 and note.startswith("2023 was published by 31 March 2025 and is not held") and "lscb fetch" in note
    )
    assert newest("indices", [2015, 2019], date(2025, 12, 31)) == (
        2019,
        "2025 was published by 31 December 2025 and is not held: lscb fetch brings what is in print",
    )


def test_where_none_was_out_the_oldest_is_taken_and_that_is_said():
    assert newest("mid_year_estimates", [2019], MARCH_2018) == (
        2019,
        "2019 is the oldest held; it was not yet published on 31 March 2018",
    )


def test_a_year_without_a_day_follows_its_publishers_custom():
    assert days("mid_year_estimates", date(2027, 1, 1))[2025] == date(2026, 6, 30)
    assert newest("mid_year_estimates", [2024, 2025], date(2026, 6, 30)) == (2025, "")
    assert newest("mid_year_estimates", [2024, 2025], date(2026, 6, 29)) == (2024, "")


@pytest.mark.parametrize("day, last", [(date(2017, 11, 30), 2015), (date(2017, 12, 1), 2016), (MARCH_2018, 2016)])
def test_births_of_a_year_appear_in_the_course_of_the_next(day, last):
    assert max(in_print("births_and_deaths", day)) == last


def test_nothing_held_is_no_year():
    with pytest.raises(ValueError, match="no year"):
        newest("mid_year_estimates", [], MARCH_2018)


@pytest.mark.parametrize(
    "measure, year, kind, published, by",
    [  # the day of publication, and the last day of the quarter in which it fell
        ("CPP_rate", 2018, "financial", date(2018, 10, 25), date(2018, 12, 31)),  # DfE, children in need
        ("LAC", 2018, "financial", date(2018, 11, 15), date(2018, 12, 31)),  # DfE, children looked after
        ("LAC", 2020, "financial", date(2020, 12, 10), date(2020, 12, 31)),
        ("TotAbs", 2017, "academic", date(2018, 3, 22), date(2018, 3, 31)),  # DfE, pupil absence in 2016 to 2017
        ("ChildPov", 2023, "financial", date(2024, 3, 21), date(2024, 3, 31)),  # DWP, children in low income families
    ],
)
def test_a_figure_of_the_dfes_tables_is_in_print_from_the_end_of_its_quarter(measure, year, kind, published, by):
    assert published <= official(measure, year, kind, standard("as_of.official")) == by


def test_calendar_years_take_longest():
    assert official("FirstYJS", 2016, "calendar", {"calendar": 15}) == date(2018, 3, 31)
