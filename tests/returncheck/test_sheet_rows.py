# ruff: noqa: E501  (rows of cases read best as rows)
"""Which rows of a sheet are data, and which of them are taken."""

import json
from datetime import datetime

import pytest
from invented_returns import HRDA, hrda, problem, read, table


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


def test_a_warning_is_counted_of_accepted_rows_alone(tmp_path):
    """Row 3 (a copy) and row 5 (no day) are refused, each with a warning as well; rows 4 and 6 are accepted with a warning
    about disability, row 6 with another about children. So no field names more than the two."""
    rows = [
        hrda(),
        hrda(),
        hrda(id="R2", disability="odd"),
        hrda(id="R3", on="nonsense", disability="odd"),
        hrda(id="R4", disability="odd", children="x"),
    ]
    line = read(tmp_path, hrda__csv=table(HRDA, *rows)).quality.iloc[0]
    assert (line["accepted"], line["refused"], line["accepted_with_warning"]) == (3, 2, 2)
    assert sorted(json.loads(line["faults"])) == [
        ["children_in_household", "warning", 1], ["disability", "warning", 2], ["referred_on", "refused", 1]
    ]  # fmt: skip


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
    assert got.missing == {"hrda_referrals": 1} and got.quality["missing"].tolist() == [1]
    assert rejects["_row"].tolist() == [3] and "D3" in rejects["_problems"].iloc[0]
    rejects["Date of referral"] = "04/04/2017"
    got = read(tmp_path, a_corrected__csv=rejects.to_csv(index=False))
    assert sorted(got.frames["hrda_referrals"]["referral_id"]) == ["R1", "R2"]
    assert got.quality[["received", "accepted", "refused"]].sum().tolist() == [3, 2, 1]
    assert got.missing == {}  # the row that was refused has come


@pytest.mark.parametrize("above", ["", "Nothing to report,Yes\n\n", "Prepared by,CSV export\n\n"])
def test_only_headings_are_a_nil_return(tmp_path, above):
    got = read(tmp_path, hrda__csv=above + table(HRDA))
    assert len(got.frames["hrda_referrals"]) == 0 and got.quality["note"].tolist() == ["nil return"]
    assert got.none_of_the_quarter == {} and "warn" not in got.problems["severity"].tolist()


def test_only_headings_whose_sender_says_that_there_was_something_are_said_loudly(tmp_path):
    got = read(tmp_path, hrda__csv="Nothing to report,No\n\n" + table(HRDA))
    assert got.quality["note"].tolist() == ["no rows came"]
    assert got.problems.loc[got.problems["severity"].eq("warn"), "rule"].tolist() == [
        "Only headings came, and it says that there was something: no figure is made from it. If there was nothing, write "
        '"Nothing to report" and "Yes" in two cells above its headings.'
    ]
    assert got.gaps[["return", "nil"]].values.tolist() == [["hrda_referrals", True]] and got.gaps["silent"].ne("").all()


def test_rows_after_the_period_only_are_no_nil_return(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(on="05/04/2018")))
    assert got.quality[["received", "refused", "note"]].values.tolist() == [[1, 1, ""]]
    assert "No row of it is of the period or before" in got.none_of_the_quarter["hrda_referrals"]


def test_a_second_file_with_rows_is_no_empty_return(tmp_path):
    got = read(tmp_path, a__csv=table(HRDA), b__csv=table(HRDA, hrda(on="05/02/2018")))
    assert got.none_of_the_quarter == {} and sorted(got.quality["note"]) == ["", "nil return"]


def test_a_comma_too_many_refuses_the_row(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda() + ["extra"], hrda(id="R2")))
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R2"] and problem(got) == [("H2", "extra")]


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


def test_a_row_with_its_reference_and_date_is_data_whatever_the_reference(tmp_path):
    rows = hrda(id="Total-1"), hrda(id="R2"), ["Total", "", "", "", "8"]
    got = read(tmp_path, hrda__csv=table(HRDA, *rows))
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["Total-1", "R2"]
    assert got.quality["received"].sum() == 2
