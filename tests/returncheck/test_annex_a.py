# ruff: noqa: E501  (rows of cases read best as rows)
"""Formats of the sector, read as they are: invented workbooks in the shape of Annex A, SafeLives and an eCDOP list."""

from datetime import date, datetime

import pytest
import xlsxwriter

import returncheck as returns
from lscb.periods import Quarter
from returncheck.bank_holidays import bank_holidays

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
COMMON = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
BORN = datetime(2008, 5, 5)


def workbook(path, sheets):
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(r, c, cell, day)
                elif cell is not None:
                    sheet.write(r, c, cell)
    book.close()


def child(n, *rest):
    return [f"C{n}", "a) Female", "a) WBRI", BORN, 9, *rest]


@pytest.fixture
def annex_a(tmp_path):
    d = datetime
    workbook(tmp_path / "Annex A.xlsx", {
        "Cover": [["Annex A"], ["Prepared for inspection"]],
        "List 1": [[*COMMON, "Date of Contact", "Contact Source"], child(1, d(2018, 1, 1), "Police"), child(2, d(2018, 3, 31), "School"), child(3, d(2017, 10, 2), "School")],
        "List 3": [[*COMMON, "Date of referral", "Referral Source", "Referral outcome"], child(1, d(2018, 1, 2), "1A", "Assessment"), child(2, d(2018, 2, 2), "1A", "NFA")],
        "List 4": [[*COMMON, "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"],
                   # 45 working days from 2 January 2018 (the day after is the first) end on 6 March 2018: no holiday between.
                   child(1, d(2018, 1, 2), d(2018, 3, 6)), child(2, d(2018, 1, 2), d(2018, 3, 7)), child(3, d(2018, 1, 2), None)],
        "List 5": [[*COMMON, "Strategy discussion initiating Section 47 Enquiry Start Date", "Date of Initial Child Protection Conference"],
                   # 15 working days from 12 March 2018 pass over Good Friday and Easter Monday: 4 April; from 5 March: 26 March.
                   child(1, d(2018, 3, 5), d(2018, 3, 26)), child(2, d(2018, 3, 5), d(2018, 3, 27)), child(3, d(2018, 1, 9), None)],
        "List 7": [[*COMMON, "Child Protection Plan Start Date", "Number of Previous Child Protection Plans", "Child Protection Plan End Date"],
                   child(1, d(2016, 1, 2), 0, None), child(2, d(2018, 1, 2), 1, None), child(3, d(2018, 2, 2), 0, d(2018, 3, 31))],
        "List 8": [[*COMMON, "Date Started to be Looked After", "Date Ceased to be Looked After", "Child's Legal Status"],
                   child(1, d(2015, 1, 2), None, "C2"), child(2, d(2017, 11, 2), d(2018, 1, 5), "V2"), child(3, d(2018, 3, 31), None, "C2")],
        "List 9": [["Child Unique ID", "Gender", "Date of Birth", "LA In Touch", "Activity Status"],
                   ["L1", "b) Male", d(1999, 3, 31), "Yes", "F1"], ["L2", "b) Male", d(1996, 4, 1), "No", "G5"],
                   ["L3", "b) Male", d(1999, 4, 1), "Yes", "F1"], ["L4", "b) Male", d(1996, 3, 31), "Yes", "F1"]],
    })  # fmt: skip
    return returns.read(tmp_path, PERIOD, AREA)


def test_annex_a_becomes_indicators(annex_a):
    frame = annex_a.frames["children_services"]
    now = frame[frame["quarter"] == "2017-18-Q4"].set_index("indicator")["count"].to_dict()
    assert now == {
        "contacts": 2, "referrals": 2, "assessments_completed": 2, "assessments_within_45_days": 1, "section_47_started": 3,
        "conferences_held": 2, "conferences_within_15_days": 1, "plans_at_period_end": 2, "plans_started": 2, "plans_ended": 1,
        "repeat_plans_started": 1, "looked_after_at_period_end": 2, "looked_after_started": 1, "looked_after_ended": 1,
        "care_leavers_19_21": 2, "care_leavers_in_touch": 1, "care_leavers_in_work_or_education": 1,
    }  # fmt: skip
    before = frame[frame["quarter"] == "2017-18-Q3"].set_index("indicator")["count"].to_dict()
    assert before["contacts"] == 1 and before["plans_at_period_end"] == 1 and before["looked_after_at_period_end"] == 2
    assert "referrals" not in before  # that list has no row of the quarter before


def test_every_list_is_counted_and_its_rows_are_named(annex_a):
    quality = annex_a.quality
    assert (quality["received"] == quality["accepted"] + quality["refused"]).all() and quality["refused"].sum() == 0
    assert quality["sheet"].tolist() == ["List 1", "List 3", "List 4", "List 5", "List 7", "List 8", "List 9"]


def test_what_the_sender_says_stands_before_what_a_list_makes(tmp_path):
    workbook(tmp_path / "a.xlsx", {"List 1": [[*COMMON, "Date of Contact"], child(1, datetime(2018, 1, 1))]})
    (tmp_path / "cs.csv").write_text("Indicator,Quarter,Count\nContacts,2017-18-Q4,7\n")
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.frames["children_services"]["count"].tolist() == [7]
    assert "makes contacts of 2017-18-Q4 1; the children_services return says 7" in " ".join(got.problems["rule"])


def test_safelives_quarterly_fields(tmp_path):
    heads = "Marac,Quarter,Number of cases discussed,Number of repeat cases,Number of children,Partner agency referrals,BME cases,LGBT cases,Male victims"
    (tmp_path / "safelives.csv").write_text(f"{heads}\nInvented,Q4 2017-18,120,30,150,40,<5,*,6\n")
    frame = returns.read(tmp_path, PERIOD, AREA).frames["marac_quarterly"]
    assert frame[["cases", "repeats", "children", "partner_referrals", "male_victims"]].values.tolist() == [
        [120, 30, 150, 40, 6]
    ]
    assert frame["minority_ethnic_victims__state"].tolist() == ["suppressed"] and frame["lgbt_victims"].isna().all()


def test_an_ecdop_like_case_list(tmp_path):
    heads = [
        "eCDOP Case ID",
        "Date of birth",
        "Date of death",
        "Date of notification",
        "Date of CDOP review",
        "Gender",
        "Gestational age at birth",
        "Primary category",
        "Modifiable factors identified",
        "Expected death",
    ]
    workbook(
        tmp_path / "eCDOP export.xlsx",
        {
            "Cases": [
                ["Export"],
                [],
                heads,
                [
                    "E1",
                    "01/01/2017",
                    "03/01/2017",
                    "04/01/2017",
                    "",
                    "Female",
                    "24+3",
                    "8 - Perinatal/neonatal event",
                    "Yes",
                    "N",
                ],
            ]
        },
    )
    frame = returns.read(tmp_path, PERIOD, AREA).frames["child_deaths"]
    assert frame[["death_id", "sex", "category", "modifiable_factors", "expected"]].values.tolist() == [
        ["E1", "female", "8", "identified", "unexpected"]
    ]
    assert frame["_row"].tolist() == [4] and frame["review_completed_on__state"].tolist() == ["missing"]


def test_bank_holidays():
    # gov.uk, bank holidays of England and Wales, 2018 and the year of two substitutes and a funeral.
    d = date
    assert bank_holidays(2018) == [
        d(2018, 1, 1),
        d(2018, 3, 30),
        d(2018, 4, 2),
        d(2018, 5, 7),
        d(2018, 5, 28),
        d(2018, 8, 27),
        d(2018, 12, 25),
        d(2018, 12, 26),
    ]
    assert bank_holidays(2022) == [
        d(2022, 1, 3),
        d(2022, 4, 15),
        d(2022, 4, 18),
        d(2022, 5, 2),
        d(2022, 6, 2),
        d(2022, 6, 3),
        d(2022, 8, 29),
        d(2022, 9, 19),
        d(2022, 12, 26),
        d(2022, 12, 27),
    ]


def counted(got, quarter="2017-18-Q4"):
    frame = got.frames["children_services"].query("quarter == @quarter")
    return dict(zip(frame["indicator"], frame["count"], strict=True))


EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n"


def test_episodes_of_the_ssda903_count_children_and_no_short_breaks(tmp_path):
    # By hand: A in care since 2015 changed placement on 1 February (X1); B started on 10 January and ended on 31 March;
    # C is a short break; D started on the last day; E ended in December.
    rows = ["A,02/01/2015,S,C2,N1,U1,01/02/2018,X1", "A,01/02/2018,P,C2,N1,U1,,", "B,10/01/2018,S,V2,N1,U1,31/03/2018,E4A",
            "C,05/01/2018,S,V4,N1,U1,12/01/2018,E4A", "D,31/03/2018,S,V2,N1,U1,,", "E,01/06/2017,S,V2,N1,U1,20/12/2017,E4A"]  # fmt: skip
    (tmp_path / "episodes.csv").write_text(EPISODES + "\n".join(rows) + "\n")
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.quality["return"].tolist() == ["ssda903_episodes"]
    assert counted(got) == {"looked_after_at_period_end": 2, "looked_after_started": 2, "looked_after_ended": 1}
    assert counted(got, "2017-18-Q3") == {
        "looked_after_at_period_end": 1,
        "looked_after_started": 0,
        "looked_after_ended": 1,
    }


def test_care_leavers_of_the_ssda903(tmp_path):
    rows = ["A,31/03/1999,YES,F1,U,1", "B,01/05/1997,DIED,0,U,1", "C,01/05/1998,NO,G5,U,1", "D,01/05/1990,YES,F1,U,1"]
    (tmp_path / "oc3.csv").write_text("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM,SUIT\n" + "\n".join(rows) + "\n")
    numbers = counted(returns.read(tmp_path, PERIOD, AREA))
    assert numbers == {"care_leavers_19_21": 3, "care_leavers_in_touch": 1, "care_leavers_in_work_or_education": 1}


CIN = {
    "assessments.csv": "LAchildID,AssessmentActualStartDate,AssessmentInternalReviewDate,AssessmentAuthorisationDate\nA,02/01/2018,,06/03/2018\n",
    "plans.csv": "LAchildID,CPPstartDate,CPPendDate,NumberOfPreviousCPP\nA,02/01/2018,,1\nB,02/01/2017,05/01/2018,0\n",
    "s47.csv": "LAchildID,S47ActualStartDate,InitialCPCtarget,DateOfInitialCPC\nA,05/03/2018,26/03/2018,26/03/2018\n",
    "referrals.csv": "LAchildID,CINreferralDate,ReferralSource,ReferralNFA\nA,02/01/2018,1A,0\n",
}


def test_tables_of_the_cin_census(tmp_path):
    for name, text in CIN.items():
        (tmp_path / name).write_text(text)
    assert counted(returns.read(tmp_path, PERIOD, AREA)) == {
        "assessments_completed": 1, "assessments_within_45_days": 1, "plans_at_period_end": 1, "plans_started": 1, "plans_ended": 1,
        "repeat_plans_started": 1, "section_47_started": 1, "conferences_held": 1, "conferences_within_15_days": 1, "referrals": 1,
    }  # fmt: skip


LEFT = {
    "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA,1,01/02/2010,WBRI,A1,0,\n",
    "missing.csv": "CHILD,DOB,MISSING,MIS_START,MIS_END\nA,01/02/2010,M,01/02/2018,02/02/2018\n",
    "list 10.csv": "Child Unique ID,Gender,Date of Birth,Date of Decision that Child Should be Placed for Adoption\nA,F,01/02/2010,01/02/2018\n",
    "list 11.csv": "Individual adopter identifier,Gender,Date Enquiry Received,Date Adopter Approved\nX1,F,01/02/2018,\n",
}


@pytest.mark.parametrize("name", LEFT)
def test_what_the_scorecard_does_not_need_is_named_and_left(tmp_path, name):
    (tmp_path / name).write_text(LEFT[name])
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.frames == {} and "not needed, left" in got.quality["note"].iloc[0]
    assert got.problems["severity"].tolist() == ["note"]


@pytest.mark.parametrize("name", ["List 12 - Missing episodes", "List 9 - Care leavers", "Children"])
def test_a_list_of_children_by_reference_and_birth_date_is_no_list_of_ours(tmp_path, name):
    text = "Child Unique ID,Date of Birth,Date missing\nA,01/05/1998,03/02/2018\nB,05/05/2008,03/02/2018\n"
    (tmp_path / f"{name}.csv").write_text(text)
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.frames == {} and "It matches no return" in " ".join(got.problems["rule"])


def test_a_list_with_unreadable_dates_gives_no_figure_that_looks_whole(tmp_path):
    rows = [child(n, datetime(2017, 2, 3), None) for n in range(10)]
    rows += [child(20, "not known", None), child(21, datetime(2017, 2, 3), "ongoing")]
    workbook(
        tmp_path / "a.xlsx",
        {"List 8": [[*COMMON, "Date Started to be Looked After", "Date Ceased to be Looked After"], *rows]},
    )
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.quality[["received", "refused"]].values.tolist() == [[12, 1]]
    assert got.frames["children_services"]["count"].isna().all()
    assert "2 rows of this list refused or with a date that cannot be read" in " ".join(got.problems["rule"])
