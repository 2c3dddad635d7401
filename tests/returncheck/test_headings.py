# ruff: noqa: E501  (rows of cases read best as rows)
"""Which return a sheet is, and which column is which field."""

import pytest
from invented_returns import HRDA, hrda, read, rules, table


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


@pytest.mark.parametrize(("heads", "used"), [
    ("Referral ID,Date of referral,Perpetrator ID,Ethnicity,Victim ID", False),
    ("Referral ID,Date of referral,Perpetrator ID,Victim ethnicity,Victim ID", True),
    ("Referral ID,Date of referral,Ethnicity,Perpetrator ID,Victim ID", True),
    ("Referral ID,Date of referral,Victim ID,Perpetrator ID,Ethnicity", True),
])  # fmt: skip
def test_a_heading_among_another_persons_columns_is_not_used(tmp_path, heads, used):
    cells = {"Referral ID": "M1", "Date of referral": "05/01/2018", "Perpetrator ID": "P1", "Victim ID": "V1"}
    row = [cells.get(head, "White British") for head in heads.split(",")]
    got = read(tmp_path, hrda__csv=table(heads.split(","), row))
    assert got.frames["hrda_referrals"]["ethnicity"].notna().tolist() == [used]
    assert ("before those of the victim" in rules(got)) != used
