# ruff: noqa: E501  (rows of cases read best as rows)
"""What one cell says, by the type of its field. Expected readings are the rulings of data/returns/README.md."""

import pandas as pd
import pytest
from invented_returns import DEATHS, HRDA, death, emptied, hrda, problem, read, table

DATES = [
    ("03/04/2017", "2017-04-03"), ("2017-04-03", "2017-04-03"), ("3 April 2017", "2017-04-03"), ("03-Apr-17", "2017-04-03"),
    ("3.4.2017", "2017-04-03"), ("03/04/17", "2017-04-03"), ("03/04/2017 14:30", "2017-04-03"), ("2017-04-03T10:00:00", "2017-04-03"),
    ("2017-07-31T23:30:00Z", "2017-08-01"),  # half past midnight in Southampton
    ("Monday 3 April 2017", "2017-04-03"), ("April 3 2017", "2017-04-03"), ("20170403", "2017-04-03"), ("03/04/2017 2:30 PM", "2017-04-03"),
]  # fmt: skip


@pytest.mark.parametrize("text, day", DATES)
def test_a_date_as_people_write_it(tmp_path, text, day):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(on=text)))
    assert got.frames["hrda_referrals"]["referred_on"].dt.strftime("%Y-%m-%d").tolist() == [day]


@pytest.mark.parametrize(
    "text",
    ["29/02/2017", "31/04/2017", "13/25/2017", "2017-13-01", "yesterday", "2017", "00/01/2017", "Tuesday 3 April 2017",
     "03/04", "1/1/1899", "12:30", "01/02/2017 25:00", "-", "32 Jan 2017", "03/04/17/18"],
)  # fmt: skip
def test_no_date_is_guessed(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(on=text)))
    assert len(got.frames["hrda_referrals"]) == 0
    assert [cell for cell, _ in problem(got)] == ["D2"]


def test_a_two_digit_year_is_not_put_after_the_period(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(on="31/03/18"), hrda(id="R2", on="01/04/18")))
    assert got.frames["hrda_referrals"]["referred_on"].dt.year.tolist() == [2018]
    assert problem(got) == [("D3", "01/04/18")]  # 1918: nobody was referred then


def test_an_event_after_the_last_day_is_set_aside_and_the_last_day_is_not(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(on="31/03/2018"), hrda(id="R2", on="01/04/2018")))
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R1"]
    assert problem(got) == [("D3", "01/04/2018")]


def test_a_column_that_contradicts_its_order(tmp_path):
    rows = [hrda(on="03/04/2017"), hrda(id="R2", on="03/25/2017"), hrda(id="R3", on="05/05/2017")]
    got = read(tmp_path, hrda__csv=table(HRDA, *rows))
    assert problem(got) == [("D3", "03/25/2017")]  # impossible day first: refused
    assert problem(got, "warn") == [("D2", "03/04/2017")]  # could be 4 March; 5 May is 5 May either way
    assert got.frames["hrda_referrals"]["referred_on"].dt.strftime("%m-%d").tolist() == ["04-03", "05-05"]


STATES = [
    ("", "missing"), (" ", "missing"), ("N/K", "not_known"), ("unknown", "not_known"), ("<5", "suppressed"), ("*", "suppressed"),
    ("c", "suppressed"), ("N/A", "not_applicable"),
]  # fmt: skip


@pytest.mark.parametrize("text, state", STATES)
def test_four_states_and_none_of_them_is_zero(tmp_path, text, state):
    frame = read(tmp_path, hrda__csv=table(HRDA, hrda(children=text))).frames["hrda_referrals"]
    assert frame["children_in_household"].isna().all()
    assert frame["children_in_household__state"].tolist() == [state]


@pytest.mark.parametrize("text, number", [("0", 0), ("nil", 0), ("3.0", 3), (" 4 ", 4)])
def test_a_count(tmp_path, text, number):
    frame = read(tmp_path, hrda__csv=table(HRDA, hrda(children=text))).frames["hrda_referrals"]
    assert frame["children_in_household"].tolist() == [number]


@pytest.mark.parametrize("text", ["-", "None", "two", "1.5", "-1", "21", "TRUE", "5+", "1-5", "1e1", "١", "O"])
def test_no_count_is_guessed(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(children=text)))
    assert [c for c, _ in emptied(got)] == ["E2"] and problem(got) == []
    assert got.frames["hrda_referrals"]["children_in_household"].isna().tolist() == [True]  # the referral counts


@pytest.mark.parametrize(
    "text, said", [("Y", True), ("Yes", True), ("TRUE", True), ("1", True), ("✓", True), ("N", False), ("No", False), ("FALSE", False), ("0", False)]
)  # fmt: skip
def test_yes_and_no(tmp_path, text, said):
    frame = read(tmp_path, hrda__csv=table(HRDA, hrda(disability=text))).frames["hrda_referrals"]
    assert frame["disability"].tolist() == [said]


def test_an_x_is_yes_only_in_a_column_of_ticks(tmp_path):
    ticks = read(tmp_path, hrda__csv=table(HRDA, hrda(disability="x"), hrda(id="R2", disability="")))
    assert ticks.frames["hrda_referrals"]["disability"].tolist() == [True, pd.NA]  # blank is missing, never no
    mixed = read(tmp_path, hrda__csv=table(HRDA, hrda(disability="x"), hrda(id="R2", disability="No")))
    assert emptied(mixed) == [("F2", "x")]


IDENTIFIERS = [("0012", "0012"), (" R 1 ", "R 1"), ("123456789012345678", "123456789012345678"), ("R-1/a", "R-1/a")]


@pytest.mark.parametrize("text, kept", IDENTIFIERS)
def test_a_reference_is_text_as_displayed(tmp_path, text, kept):
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text))).frames["hrda_referrals"]["victim_id"].tolist() == [
        kept
    ]


@pytest.mark.parametrize("text", ["1.23457E+15", "1234567890123450000", "#REF!"])
def test_a_reference_that_has_lost_digits(tmp_path, text):
    assert emptied(read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text)))) == [("B2", text)]


@pytest.mark.parametrize("text", ["0", "N/K", "", "000"])
def test_what_stands_for_nobody_joins_nobody(tmp_path, text):
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text))).frames["hrda_referrals"]["victim_id"].isna().all()


@pytest.mark.parametrize("text, code", [("e01017139", "E01017139"), (" E01 017139", "E01017139")])
def test_a_neighbourhood(tmp_path, text, code):
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(lsoa=text))).frames["hrda_referrals"]["lsoa"].tolist() == [code]


@pytest.mark.parametrize("text", ["Southampton 023A", "AA9A 9AA", "E0101713", "E02003577", "E01035442"])
def test_no_neighbourhood_is_guessed(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(lsoa=text)))  # the last is of 2021: its area was split
    assert [c for c, _ in emptied(got)] == ["G2"] and len(got.frames["hrda_referrals"]) == 1
    assert "9AA" not in got.problems.to_csv()  # a postcode is not even kept in the report


def test_a_neighbourhood_of_elsewhere_is_a_warning(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(lsoa="E01000001")))
    assert problem(got, "warn") == [("G2", "E01000001")] and len(got.frames["hrda_referrals"]) == 1


@pytest.mark.parametrize(
    "text, weeks", [("24+3", 24 + 3 / 7), ("24", 24), ("24w3d", 24 + 3 / 7), ("24 weeks 3 days", 24 + 3 / 7)]
)
def test_a_gestation(tmp_path, text, weeks):
    frame = read(tmp_path, deaths__csv=table(DEATHS, death(gestation=text))).frames["child_deaths"]
    assert frame["gestation_weeks"].tolist() == pytest.approx([weeks])


@pytest.mark.parametrize("text", ["24.4", "24+7", "240", "38/40", "term"])
def test_no_gestation_is_guessed(tmp_path, text):
    assert [c for c, _ in emptied(read(tmp_path, deaths__csv=table(DEATHS, death(gestation=text))))] == ["E2"]


@pytest.mark.parametrize(
    "text, kept",
    [("8", "8"), ("8;1", "1;8"), ("08", "8"), ("10; 7", "7;10"), ("8 - Perinatal/neonatal event", "8"), ('"7,8"', "7;8"), ("7 & 8", "7;8"),
     ('"Chromosomal, genetic and congenital anomalies; Infection"', "7;9")],
)  # fmt: skip
def test_categories(tmp_path, text, kept):
    assert read(tmp_path, deaths__csv=table(DEATHS, death(categories=text))).frames["child_deaths"][
        "categories"
    ].tolist() == [kept]


@pytest.mark.parametrize("text", ["11", "0", "8;11", "7.8", "8 - Infection", "neonatal", "8;"])
def test_a_category_outside_the_list_gives_no_value(tmp_path, text):
    got = read(tmp_path, deaths__csv=table(DEATHS, death(categories=text)))
    if text == "8;":  # a list that ends in its separator is still a list
        assert got.frames["child_deaths"]["categories"].tolist() == ["8"]
    else:
        assert [c for c, _ in emptied(got)] == ["F2"] and len(got.frames["child_deaths"]) == 1


def test_sex_by_number_is_read_only_where_declared(tmp_path):
    assert [c for c, _ in emptied(read(tmp_path, deaths__csv=table(DEATHS, death(sex="1"))))] == ["G2"]


ORDER = [
    (dict(died="31/12/2016"), "C2"),  # before birth
    (dict(notified="31/01/2017"), "D2"),  # before death
    (dict(born="01/02/1999", died="01/02/2017"), "C2"),  # the 18th birthday is out of scope
]


@pytest.mark.parametrize("change, cell", ORDER)
def test_dates_out_of_order(tmp_path, change, cell):
    got = read(tmp_path, deaths__csv=table(DEATHS, death(**change)))
    assert cell in [c for c, _ in problem(got)] and not len(got.frames["child_deaths"])


@pytest.mark.parametrize("born, died", [("02/02/1999", "01/02/2017"), ("29/02/2000", "28/02/2018")])
def test_the_day_before_the_18th_birthday_is_in(tmp_path, born, died):
    # Born on 29 February: the birthday falls on 1 March in other years.
    got = read(tmp_path, deaths__csv=table(DEATHS, death(born=born, died=died, notified="01/03/2018")))
    assert len(got.frames["child_deaths"]) == 1


def test_periods_as_people_write_them(tmp_path):
    texts = ["2017-18-Q1", "Q2 2017/18", "Quarter 3 2017-18", "Jan-Mar 2018"]
    got = read(tmp_path, cs__csv="indicator,quarter,count\n" + "".join(f"contacts,{t},1\n" for t in texts))
    assert got.frames["children_services"]["quarter"].tolist() == [f"2017-18-Q{n}" for n in (1, 2, 3, 4)]
    got = read(
        tmp_path, cs__csv="indicator,quarter,count\ncontacts,2017-18,1\ncontacts,2017-19-Q1,1\ncontacts,2018-19-Q1,1\n"
    )
    assert [c for c, _ in problem(got)] == ["B2", "B3", "B4"]


@pytest.mark.parametrize("text", ["2²", "½", "²", "0,500", "1,20", "(3)", "3+", "1_0"])
def test_a_count_that_only_looks_like_one(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(children=f'"{text}"')))
    assert [c for c, _ in emptied(got)] == ["E2"]


@pytest.mark.parametrize("text", ["Feb 2018", "May 2017", "February 2018", "2018", "10 May"])
def test_a_month_is_no_day(tmp_path, text):
    assert len(problem(read(tmp_path, hrda__csv=table(HRDA, hrda(on=text))))) == 1


@pytest.mark.parametrize("text", ["NULL", "?", "??", "as above", "See above", '""""', "Ditto", "xxx", "---"])
def test_what_is_typed_for_no_reference_joins_nobody(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text)))
    assert [c for c, _ in emptied(got)] == ["B2"] and got.frames["hrda_referrals"]["victim_id"].isna().all()


def test_a_text_that_systems_guard_from_excel(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim='"=""00123"""')))
    assert got.frames["hrda_referrals"]["victim_id"].tolist() == ["00123"]


@pytest.mark.parametrize(
    ("text", "kept"), [("1.0", "1"), ("08", "8"), ("8.00", "8"), ("(8)", "8"), ("1 0", None), ("-3", None),
                       ("3?", None), ("3;-", None), ("37", None), ("1²", None), ("3.7", None)]
)  # fmt: skip
def test_a_category_is_its_number_to_the_character(tmp_path, text, kept):
    got = read(tmp_path, deaths__csv=table(DEATHS, death(categories=text)))
    assert got.frames["child_deaths"]["categories"].fillna("").tolist() == [kept or ""]
    assert bool(emptied(got)) == (kept is None)
