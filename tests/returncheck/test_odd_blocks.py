"""Blocks, lines and years that once made a figure in silence: each is read as a careful person reads it, or named."""

import pytest
from invented_returns import read, rules

HRDA = "Referral ID,Date of referral,Victim ID,Agency,Children in household\n"
ONE = "R1,03/02/2018,V1,Police,2\n"
SPENDING = "Year,Reported on,Heading,Budget,Spent\n"


def test_another_list_below_is_named_and_makes_no_row(tmp_path):
    """Its year was once the reference of a referral, made on the day of its report."""
    got = read(tmp_path, a__csv=f"{HRDA}{ONE}\n{SPENDING}2017-18,31/03/2018,Staff,100,90\n")
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R1"]
    assert "Row 4 is a second row of headings, of another list (Year, Reported on, Heading)" in rules(got)
    assert got.missing == {"hrda_referrals": 1}


def test_two_lists_beside_each_other_are_refused_with_both_named(tmp_path):
    heads = HRDA.strip() + ",," + SPENDING
    got = read(tmp_path, a__csv=heads + ONE.strip() + ",,2017-18,31/03/2018,Staff,100,90\n")
    assert got.frames == {} and got.quality["refused"].tolist() == [1]
    (rule,) = [r for r in got.problems["rule"] if r.startswith("Two lists")]
    assert "hrda_referrals" in rule and "spending" in rule


def test_a_row_of_data_with_words_of_other_headings_is_data(tmp_path):
    """Theme, finding and owner are headings of the audits; here they are words of a training event's row."""
    heads = "Event ID,Kind,Held on,Agency,Places,Attended\n"
    got = read(tmp_path, a__csv=heads + "T1,Theme,05/02/2018,Owner,20,5\n")
    assert got.frames["training"]["agency"].tolist() == ["Owner"]


@pytest.mark.parametrize(
    "heading", ["Date of referral (dd/mm/yyyy)", "Date of referral [DD-MM-YY]", "Date of referral *", "Date of referral (required)"]
)  # fmt: skip
def test_how_a_heading_is_to_be_filled_in_is_no_part_of_it(tmp_path, heading):
    got = read(tmp_path, a__csv=HRDA.replace("Date of referral", heading) + ONE)
    assert len(got.frames["hrda_referrals"]) == 1


def test_a_heading_with_more_to_say_is_another(tmp_path):
    got = read(tmp_path, a__csv=HRDA.replace("Date of referral", "Date of referral (second)") + ONE)
    assert got.frames.get("hrda_referrals") is None or got.frames["hrda_referrals"].empty


@pytest.mark.parametrize("text", ["2017-18", "2017/18", "2017-2018", "17/18", "FY 2017-18", "2017 – 18"])
def test_financial_years_are_one_however_written(tmp_path, text):
    """Money of 2017/18 was once in no year of the table."""
    got = read(tmp_path, a__csv=f"{SPENDING}{text},31/03/2018,Staff,100,90\n")
    assert got.frames["spending"]["year"].tolist() == ["2017-18"]


@pytest.mark.parametrize("text", ["2017", "2017-19", "2017-17", "18", "1718"])
def test_what_is_no_financial_year_is_refused(tmp_path, text):
    got = read(tmp_path, a__csv=f"{SPENDING}{text},31/03/2018,Staff,100,90\n2017-18,31/03/2018,Venue,1,1\n")
    assert got.frames["spending"]["heading"].tolist() == ["Venue"]


def test_a_sum_that_only_arithmetic_suggests_is_asked_about_and_counted(tmp_path):
    rows = "2017-18,31/03/2018,Staff,10,5\n2017-18,31/03/2018,Venue,20,6\n"
    got = read(tmp_path, a__csv=f"{SPENDING}{rows}2017-18,31/03/2018,Other,30,11\n")
    assert len(got.frames["spending"]) == 3
    assert "Row 4 adds up the rows above it, but does not say that it is a total; it is counted." in rules(got)
    other = read(tmp_path, a__csv=f"{SPENDING}{rows}2017-18,31/03/2018,Other,30,12\n")
    assert "adds up" not in rules(other)


@pytest.mark.parametrize("label", ["Average", "%", "Per cent"])
def test_a_line_of_averages_or_shares_is_asked_about(tmp_path, label):
    got = read(tmp_path, a__csv=f"{SPENDING}2017-18,31/03/2018,Staff,10,5\n2017-18,31/03/2018,{label},15,6\n")
    assert "Row 3 begins like a total" in rules(got)


def test_a_total_of_agencies_beside_places_that_each_row_repeats(tmp_path):
    heads = "Event ID,Kind,Held on,Agency,Places,Attended\n"
    rows = "".join(f"T1,neglect,05/02/2018,{who},20,{n}\n" for who, n in (("Police", 5), ("Health", 6), ("All", 11)))
    got = read(tmp_path, a__csv=heads + rows)
    assert got.frames["training"]["attended"].sum() == 11 and "Row 4 is a total" in rules(got)


def test_a_test_row_is_no_data_and_a_victim_called_test_is_a_row(tmp_path):
    got = read(tmp_path, a__csv=f"{HRDA}TEST1,03/02/2018,V9,Police,2\n{ONE}R2,03/02/2018,Test,Police,1\n")
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R1", "R2"]
    assert "Row 2 is an example, not a row of data" in rules(got)


@pytest.mark.parametrize("text", ["Q2 17/18", "17/18 Q2", "Q2 2017-18", "2017-2018 Q2"])
def test_quarters_as_people_write_them(tmp_path, text):
    got = read(tmp_path, a__csv=f"Measure,Agency,Quarter,Count\nreferrals,safeguarding hub,{text},3\n")
    assert got.frames["exploitation"]["quarter"].tolist() == ["2017-18-Q2"]


def test_sums_within_a_list_are_asked_about_and_the_total_of_all_is_none(tmp_path):
    """Staff and agency staff make pay; with the sums and the total the budget was once three times what it is."""
    lines = [("Staff", 100, 90), ("Agency staff", 50, 40), ("Pay", 150, 130), ("Venue", 20, 10), ("Print", 5, 5),
             ("Non-pay", 25, 15), ("Total expenditure", 175, 145)]  # fmt: skip
    got = read(tmp_path, a__csv=SPENDING + "".join(f"2017-18,31/03/2018,{h},{b},{s}\n" for h, b, s in lines))
    assert "Row 4 adds up the rows above it" in rules(got) and "Row 7 adds up the rows above it" in rules(got)
    assert "Row 8 is a total, not a row of data" in rules(got) and len(got.frames["spending"]) == 6


def test_rows_of_another_authority_are_named(tmp_path):
    heads = "Referral ID,Date of referral,Victim ID,Local authority\n"
    got = read(tmp_path, a__csv=heads + "R1,03/02/2018,V1,Southampton\nR2,03/02/2018,V2,Portsmouth\n")
    assert "1 row is of another authority by this column (Portsmouth), and counted" in rules(got)
    got = read(tmp_path, a__csv=heads + "R1,03/02/2018,V1,Southampton\nR2,03/02/2018,V2,Shirley\n")
    assert "another authority" not in rules(got)


@pytest.mark.parametrize(("sheet", "rows"), [("OLD do not use", 1), ("Old", 1), ("Superseded", 1), ("Old Town", 2)])
def test_a_sheet_set_aside_by_its_name_is_not_counted(tmp_path, sheet, rows):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name, reference in (("Q4", "R1"), (sheet, "R2")):
            page = book.add_worksheet(name)
            page.write_row(0, 0, HRDA.strip().split(","))
            page.write_row(1, 0, [reference, "03/02/2018", f"V{reference}", "Police", 1])
    got = read(tmp_path)
    assert len(got.frames["hrda_referrals"]) == rows
    assert ("is by its name no data" in rules(got)) == (rows == 1)
