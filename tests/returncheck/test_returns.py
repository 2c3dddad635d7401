# ruff: noqa: E501  (rows of cases read best as rows)
"""Partner returns as they arrive. Expected readings are the rulings of data/returns/README.md, row by row."""

import hashlib
from datetime import datetime

import pandas as pd
import pytest

import returncheck as returns
from lscb.errors import UserError
from lscb.periods import Quarter

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
HRDA = ["Referral ID", "Victim ID", "Perpetrator ID", "Date of referral", "Children in household", "Disability", "LSOA"]
DEATHS = ["Case ID", "Date of birth", "Date of death", "Date notified", "Gestation", "Categories", "Sex"]


def read(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    got = returns.read(folder, PERIOD, AREA)
    assert (got.quality["received"] == got.quality["accepted"] + got.quality["refused"]).all()
    return got


def table(heads, *rows):
    return "\n".join(",".join(r) for r in [heads, *rows]) + "\n"


def hrda(*, id="R1", victim="V1", perpetrator="P1", on="03/04/2017", children="2", disability="Y", lsoa="E01017139"):
    return [id, victim, perpetrator, on, children, disability, lsoa]


def death(
    *, id="D1", born="01/01/2017", died="01/02/2017", notified="02/02/2017", gestation="40", categories="8", sex="F"
):
    return [id, born, died, notified, gestation, categories, sex]


def problem(got, severity="refuse"):
    """(cell, value) of the problems of one severity."""
    some = got.problems[got.problems["severity"] == severity]
    return list(zip(some["cell"], some["value"], strict=True))


# --- values -----------------------------------------------------------------------------------------------------

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
    assert [c for c, _ in problem(got)] == ["E2"] and not len(got.frames["hrda_referrals"])


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
    assert problem(mixed) == [("F2", "x")]


IDENTIFIERS = [("0012", "0012"), (" R 1 ", "R 1"), ("123456789012345678", "123456789012345678"), ("R-1/a", "R-1/a")]


@pytest.mark.parametrize("text, kept", IDENTIFIERS)
def test_a_reference_is_text_as_displayed(tmp_path, text, kept):
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text))).frames["hrda_referrals"]["victim_id"].tolist() == [
        kept
    ]


@pytest.mark.parametrize("text", ["1.23457E+15", "1234567890123450000", "#REF!"])
def test_a_reference_that_has_lost_digits(tmp_path, text):
    assert problem(read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text)))) == [("B2", text)]


@pytest.mark.parametrize("text", ["0", "N/K", "", "000"])
def test_what_stands_for_nobody_joins_nobody(tmp_path, text):
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text))).frames["hrda_referrals"]["victim_id"].isna().all()


@pytest.mark.parametrize("text, code", [("e01017139", "E01017139"), (" E01 017139", "E01017139")])
def test_a_neighbourhood(tmp_path, text, code):
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(lsoa=text))).frames["hrda_referrals"]["lsoa"].tolist() == [code]


@pytest.mark.parametrize("text", ["Southampton 023A", "AA9A 9AA", "E0101713", "E02003577", "E01035442"])
def test_no_neighbourhood_is_guessed(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(lsoa=text)))  # the last is of 2021: its area was split
    assert [c for c, _ in problem(got)] == ["G2"]
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
    assert [c for c, _ in problem(read(tmp_path, deaths__csv=table(DEATHS, death(gestation=text))))] == ["E2"]


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
def test_a_category_outside_the_list_refuses_the_row(tmp_path, text):
    got = read(tmp_path, deaths__csv=table(DEATHS, death(categories=text)))
    if text == "8;":  # a list that ends in its separator is still a list
        assert got.frames["child_deaths"]["categories"].tolist() == ["8"]
    else:
        assert [c for c, _ in problem(got)] == ["F2"]


def test_sex_by_number_is_read_only_where_declared(tmp_path):
    assert [c for c, _ in problem(read(tmp_path, deaths__csv=table(DEATHS, death(sex="1"))))] == ["G2"]


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


# --- rows -------------------------------------------------------------------------------------------------------


def test_titles_totals_notes_and_blank_rows_are_not_data(tmp_path):
    text = (
        "HRDA referrals\n\n"
        + table(HRDA, hrda(), [], hrda(id="R2"))
        + "Total,,,,4\nNote: figures are provisional\n"
        + ",".join(HRDA)
        + "\n"
    )
    got = read(tmp_path, hrda__csv=text)
    assert got.frames["hrda_referrals"]["_row"].tolist() == [4, 6]
    assert got.quality["received"].tolist() == [2]
    named = " ".join(got.problems["rule"])
    assert all(f"Row {n} is" in named for n in (7, 8, 9)) and "blank row" in named


def test_a_quoted_line_break_is_one_row(tmp_path):
    text = '"Referral\nID",Victim ID,"Date of\nreferral",Outcome\nR1,V1,01/02/2018,"two\nlines"\nR2,V2,nonsense,Heard\n'
    got = read(tmp_path, hrda__csv=text)
    assert problem(got) == [("C3", "nonsense")]


def test_identical_rows_count_once_and_different_ones_not_at_all(tmp_path):
    rows = [hrda(), hrda(), hrda(id="R2"), hrda(id="r2", children="3"), hrda(id="R3")]
    got = read(tmp_path, hrda__csv=table(HRDA, *rows))
    assert got.frames["hrda_referrals"]["_row"].tolist() == [2, 6]
    assert problem(got) == [("A4", "R2"), ("A5", "r2")] and problem(got, "warn") == [("A3", "R1")]


def test_a_good_row_beside_a_refused_one_with_its_reference(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(), hrda(on="nonsense")))
    assert len(got.frames["hrda_referrals"]) == 0 and got.quality["refused"].tolist() == [2]


def test_the_same_file_twice_changes_nothing(tmp_path):
    text = table(HRDA, hrda())
    got = read(tmp_path, a__csv=text, b__csv=text)
    assert len(got.frames["hrda_referrals"]) == 1 and got.quality["received"].sum() == 1


def test_two_files_that_differ_until_told_which_stands(tmp_path):
    files = dict(a__csv=table(HRDA, hrda(), hrda(id="R2")), b__csv=table(HRDA, hrda(children="4")))
    got = read(tmp_path, **files)
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R2"]
    got = read(tmp_path, **files, replaces__yml="- {file: b.csv, replaces: a.csv, rows: [r1]}\n")
    kept = got.frames["hrda_referrals"].set_index("referral_id")["children_in_household"]
    assert kept.to_dict() == {"R1": 4, "R2": 2}


def test_refused_rows_are_corrected_and_sent_alone(tmp_path):
    got = read(tmp_path, a__csv=table(HRDA, hrda(), hrda(id="R2", on="nonsense")))
    rejects = got.rejects["hrda_referrals"]
    assert rejects["_row"].tolist() == [3] and "D3" in rejects["_problems"].iloc[0]
    rejects["Date of referral"] = "04/04/2017"
    got = read(tmp_path, a_corrected__csv=rejects.to_csv(index=False))
    assert sorted(got.frames["hrda_referrals"]["referral_id"]) == ["R1", "R2"]
    assert got.quality[["received", "accepted", "refused"]].sum().tolist() == [3, 2, 1]


def test_only_headings_are_a_nil_return(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA))
    assert len(got.frames["hrda_referrals"]) == 0 and got.quality["note"].tolist() == ["nil return"]


def test_a_comma_too_many_refuses_the_row(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda() + ["extra"], hrda(id="R2")))
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R2"] and problem(got) == [("H2", "extra")]


# --- headings ---------------------------------------------------------------------------------------------------


def test_case_spaces_and_punctuation_of_headings_do_not_matter(tmp_path):
    heads = [
        " referral id ",
        "VICTIM\u00a0ID",
        "Perpetrator-ID",
        "date of  referral.",
        "Children in household",
        "Disability",
        "LSOA",
    ]
    assert len(read(tmp_path, hrda__csv=table(heads, hrda())).frames["hrda_referrals"]) == 1


def test_an_unknown_heading_is_named_with_the_nearest_and_never_used(tmp_path):
    heads = [h if h != "Victim ID" else "Victm ID" for h in HRDA]
    got = read(tmp_path, hrda__csv=table(heads, hrda()))
    assert got.frames["hrda_referrals"]["victim_id"].isna().all()
    assert "Did you mean victim_id?" in " ".join(got.problems["rule"])


def test_a_needed_column_that_is_absent_refuses_the_sheet(tmp_path):
    got = read(tmp_path, hrda__csv=table(["Refferal no ID", *HRDA[1:]], hrda()))
    assert got.quality[["received", "accepted", "refused"]].values.tolist() == [[1, 0, 1]]


def test_two_headings_for_one_field(tmp_path):
    got = read(tmp_path, hrda__csv=table([*HRDA, "Referral date"], hrda() + ["04/04/2017"]))
    assert got.quality["refused"].tolist() == [1] and "Two headings mean referred_on" in " ".join(got.problems["rule"])


def test_a_matrix_is_refused_with_the_expected_shape(tmp_path):
    got = read(tmp_path, cs__csv="Indicator,2017-18-Q3,2017-18-Q4\nContacts,5,6\nReferrals,7,8\n")
    assert got.quality[["return", "received", "refused"]].values.tolist() == [["children_services", 2, 2]]
    assert "indicator, quarter" in " ".join(got.problems["rule"])


def test_a_file_of_no_return_is_one_line(tmp_path):
    got = read(tmp_path, other__csv="a,b\n1,2\n", hrda__csv=table(HRDA, hrda()))
    assert len(got.frames["hrda_referrals"]) == 1
    assert got.problems.loc[got.problems["file"] == "other.csv", "severity"].tolist() == ["refuse"]


# --- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_of_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    text = table([*HRDA, "Agency"], hrda() + ["Café"]).replace(",", delimiter)
    got = read(tmp_path, hrda__csv=text.encode(encoding))
    assert got.frames["hrda_referrals"]["agency"].tolist() == ["Café"]


def test_an_unclosed_quote_refuses_the_whole_file(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(id='"R1'), hrda(id="R2")))
    assert not got.frames and "never closed" in " ".join(got.problems["rule"])


def test_the_fast_and_the_careful_reader_agree(tmp_path):
    rows = [
        hrda(id=f"R{i:05d}", victim=f"V{i % 97}", children=["1", "<5", "nil", "", "two"][i % 5]) for i in range(6000)
    ]
    plain = table(HRDA, *rows)
    assert len(plain) > 200_000
    fast = read(tmp_path, hrda__csv=plain)
    slow = read(tmp_path, hrda__csv=plain.replace("\nR00003,", "\n\nR00003,"))
    columns = [c for c in fast.frames["hrda_referrals"] if not c.startswith("_")]
    pd.testing.assert_frame_equal(fast.frames["hrda_referrals"][columns], slow.frames["hrda_referrals"][columns])
    assert problem(fast)[0] == ("E6", "two") and problem(slow)[0] == ("E7", "two")


BAD = {
    "empty.csv": b"",
    "pdf.csv": b"%PDF-1.4 ...",
    "cut.xlsx": b"PK\x03\x04" + b"\x00" * 50,
    "binary.csv": bytes(range(256)) * 50,
    "page.xls": b"<html><body><p>Session expired</p></body></html>",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path, name):
    (tmp_path / name).write_bytes(BAD[name])
    got = read(tmp_path)
    assert got.problems["severity"].tolist() == ["refuse"] and got.problems["rule"].str.endswith(".").all()


def test_a_folder_that_is_missing_or_empty(tmp_path):
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(UserError, match="2017-18-Q4"):
            returns.read(folder, PERIOD, AREA)


def test_nothing_is_written_beside_the_originals_and_the_hash_is_kept(tmp_path):
    text = table(HRDA, hrda()).encode()
    got = read(tmp_path, hrda__csv=text)
    assert [p.name for p in tmp_path.iterdir()] == ["hrda.csv"] and (tmp_path / "hrda.csv").read_bytes() == text
    assert got.receipt["hrda.csv"] == {"sha256": hashlib.sha256(text).hexdigest(), "bytes": len(text)}
    assert returns.fingerprint(tmp_path) == {"hrda.csv": hashlib.sha256(text).hexdigest()}


# --- across returns ---------------------------------------------------------------------------------------------


def test_a_stock_that_does_not_follow_from_the_quarter_before(tmp_path):
    rows = [
        "plans_at_period_end,2017-18-Q3,50",
        "plans_started,2017-18-Q4,10",
        "plans_ended,2017-18-Q4,5",
        "plans_at_period_end,2017-18-Q4,{}",
    ]
    text = "indicator,quarter,count\n" + "\n".join(rows) + "\n"
    assert problem(read(tmp_path, cs__csv=text.format(55)), "warn") == []
    assert [v for _, v in problem(read(tmp_path, cs__csv=text.format(54)), "warn")] == ["54"]


def test_periods_as_people_write_them(tmp_path):
    texts = ["2017-18-Q1", "Q2 2017/18", "Quarter 3 2017-18", "Jan-Mar 2018"]
    got = read(tmp_path, cs__csv="indicator,quarter,count\n" + "".join(f"contacts,{t},1\n" for t in texts))
    assert got.frames["children_services"]["quarter"].tolist() == [f"2017-18-Q{n}" for n in (1, 2, 3, 4)]
    got = read(
        tmp_path, cs__csv="indicator,quarter,count\ncontacts,2017-18,1\ncontacts,2017-19-Q1,1\ncontacts,2018-19-Q1,1\n"
    )
    assert [c for c, _ in problem(got)] == ["B2", "B3", "B4"]


def test_typed_as_the_contract_says(tmp_path):
    frame = read(tmp_path, hrda__csv=table(HRDA, hrda())).frames["hrda_referrals"]
    kinds = {
        "referral_id": "str",
        "referred_on": "datetime64[us]",
        "children_in_household": "Int64",
        "disability": "boolean",
        "area": "str",
    }
    assert {c: str(frame[c].dtype) for c in kinds} == kinds
    assert frame["referred_on"].iloc[0] == datetime(2017, 4, 3)


@pytest.mark.parametrize("text", ["2²", "½", "²", "0,500", "1,20", "(3)", "3+", "1_0"])
def test_a_count_that_only_looks_like_one(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(children=f'"{text}"')))
    assert [c for c, _ in problem(got)] == ["E2"]


@pytest.mark.parametrize("text", ["Feb 2018", "May 2017", "February 2018", "2018", "10 May"])
def test_a_month_is_no_day(tmp_path, text):
    assert len(problem(read(tmp_path, hrda__csv=table(HRDA, hrda(on=text))))) == 1


@pytest.mark.parametrize("text", ["NULL", "?", "??", "as above", "See above", '""""', "Ditto", "xxx", "---"])
def test_what_is_typed_for_no_reference_joins_nobody(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text)))
    assert [c for c, _ in problem(got)] == ["B2"]


def test_a_text_that_systems_guard_from_excel(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim='"=""00123"""')))
    assert got.frames["hrda_referrals"]["victim_id"].tolist() == ["00123"]


@pytest.mark.parametrize(
    ("text", "kept"), [("1.0", "1"), ("08", "8"), ("8.00", "8"), ("(8)", "8"), ("1 0", None), ("-3", None),
                       ("3?", None), ("3;-", None), ("37", None), ("1²", None), ("3.7", None)]
)  # fmt: skip
def test_a_category_is_its_number_to_the_character(tmp_path, text, kept):
    got = read(tmp_path, deaths__csv=table(DEATHS, death(categories=text)))
    assert got.frames["child_deaths"]["categories"].tolist() == ([kept] if kept else [])
    assert bool(problem(got)) == (kept is None)


def test_a_row_with_its_reference_and_date_is_data_whatever_the_reference(tmp_path):
    rows = hrda(id="Total-1"), hrda(id="R2"), ["Total", "", "", "", "8"]
    got = read(tmp_path, hrda__csv=table(HRDA, *rows))
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["Total-1", "R2"]
    assert got.quality["received"].sum() == 2
