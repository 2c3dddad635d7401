"""What was in print on a day, and which of the years held is taken. Days of publication: the ONS release calendar."""

import itertools
from datetime import date

import pytest

from lscb.periods import Quarter
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


# Days on which the DfE published a year's figures (release histories on gov.uk), by the measures that came with them:
# characteristics of children in need; children looked after in England; pupil absence of the whole school year.
IN_NEED = ["CIN", "CPP_rate", "CPP_Total_Rateper10,000", "ReReferral", "Section_47", "ISCP_Conf", "CP_conf_15days"]
RELEASES = [
    (IN_NEED, "financial", {2016: "2016-11-03", 2017: "2017-11-02", 2018: "2018-10-25", 2019: "2019-10-31", 2020: "2020-11-05",
                            2021: "2021-10-28", 2022: "2022-10-27", 2023: "2023-10-26", 2024: "2024-10-31"}),
    (["LAC", "LAC_Start_Rate", "LAC_Cease_Rate", "CareLeaverEET"], "financial",
     {2016: "2016-09-29", 2017: "2017-09-28", 2018: "2018-11-15", 2019: "2019-12-05", 2020: "2020-12-10", 2021: "2021-11-18",
      2022: "2022-11-17", 2023: "2023-11-16", 2024: "2024-11-14"}),
    (["TotAbs", "TotPerAbNew"], "academic", {2016: "2017-03-23", 2017: "2018-03-22", 2018: "2019-03-21", 2019: "2020-03-26",
                                             2021: "2022-03-24", 2022: "2023-03-23", 2023: "2024-03-21", 2024: "2025-03-20"}),
    (["ChildPov"], "financial", {2023: "2024-03-21", 2024: "2025-03-27"}),  # DWP, children in low-income families
]  # fmt: skip
# Children looked after came out two days before a quarter's end until 2017: such a quarter uses the year before's.
LATE = {("LAC", 2016), ("LAC", 2017)}


@pytest.mark.parametrize("measures, kind, days_out", RELEASES)
def test_a_figure_of_the_dfes_tables_is_used_from_the_quarter_in_which_it_came_out(measures, kind, days_out):
    """Never before it was out, and no quarter later than need be."""
    for measure, (year, day) in itertools.product(measures, days_out.items()):
        published = date.fromisoformat(day)
        by = official(measure, year, kind, standard("as_of.official"))
        quarter = Quarter.of(published) + ((measures[0], year) in LATE)
        assert published <= by <= quarter.last_day, (measure, year)
        assert Quarter.of(by) == quarter, (measure, year)


def test_calendar_years_take_longest():
    assert official("FirstYJS", 2016, "calendar", {"calendar": 15}) == date(2018, 3, 31)
