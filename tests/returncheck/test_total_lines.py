"""Totals, examples, prepared rows and second blocks: what is no row of data, by hand-read sheets."""

import pytest
from invented_returns import HRDA, hrda, read, rules, table

SPENDING = "Year,Reported on,Heading,Budget,Spent\n"
ROW = "2017-18,31/03/2018,{},{},{}\n"


def spending(*rows):
    return SPENDING + "".join(ROW.format(*row) for row in rows)


@pytest.mark.parametrize("label", ["Total", "Grand total", "TOTALS", "Sub-total", "Total spend", "All headings"])
def test_a_line_that_adds_up_the_others_is_no_heading_of_the_budget(tmp_path, label):
    got = read(tmp_path, spending__csv=spending(("Staff", 100, 90), ("Rent", 50, 40.5), (label, 150, 130.5)))
    assert got.frames["spending"]["heading"].tolist() == ["Staff", "Rent"]
    assert got.quality["received"].tolist() == [2] and "Row 4 is a total" in rules(got)


def test_a_total_of_each_part_and_of_all(tmp_path):
    rows = [("Staff", 100, 90), ("Rent", 50, 40), ("Total office", 150, 130), ("Training", 20, 10), ("Books", 5, 5),
            ("Total learning", 25, 15), ("Total", 175, 145)]  # fmt: skip
    frame = read(tmp_path, spending__csv=spending(*rows)).frames["spending"]
    assert frame["heading"].tolist() == ["Staff", "Rent", "Training", "Books"]
    assert frame[["budget", "spent"]].sum().tolist() == [175, 145]


def test_what_only_begins_like_a_total_is_asked_about_and_counts(tmp_path):
    got = read(tmp_path, spending__csv=spending(("Staff", 100, 90), ("Total care training", 7, 7)))
    assert got.frames["spending"]["heading"].tolist() == ["Staff", "Total care training"]
    assert "does not add up the rows above it; it is counted" in rules(got)


@pytest.mark.parametrize("numbers", [(160, 130), ("", ""), ("*", 130)])
def test_a_line_called_total_is_one_whatever_its_numbers(tmp_path, numbers):
    got = read(tmp_path, spending__csv=spending(("Staff", 100, 90), ("Rent", 50, 40), ("Total", *numbers)))
    assert got.frames["spending"]["heading"].tolist() == ["Staff", "Rent"] and "Row 4 is a total" in rules(got)


def test_a_total_as_a_partner_is_no_partner(tmp_path):
    text = "Year,Agreed on,Partner,Agreed,Received,Purpose\n2017-18,31/03/2017,Police,100,90,core budget\n"
    got = read(tmp_path, c__csv=text + "2017-18,31/03/2017,Total,100,90,core budget\n")
    assert got.frames["contributions"]["partner"].tolist() == ["Police"]


@pytest.mark.parametrize("mark", ["EXAMPLE", "Example 1", "e.g. HR-0001", "EXAMPLE ROW - please delete"])
def test_the_example_of_a_template_is_no_referral(tmp_path, mark):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(id=mark), hrda(id="R2")))
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R2"] and got.quality["received"].tolist() == [1]
    assert "Row 2 is an example" in rules(got)


def test_a_reference_that_only_begins_with_the_letters_is_one(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(id="EXAM12"), hrda(id="EG-4")))
    assert len(got.frames["hrda_referrals"]) == 2


def test_rows_filled_down_in_advance_are_one_note(tmp_path):
    text = table(["Referral ID", "Date of referral", "Agency", "Disability"], ["R1", "01/02/2018", "Police", "No"])
    got = read(tmp_path, hrda__csv=text + ",,Police,No\n" * 40)
    assert got.quality[["received", "accepted", "refused"]].values.tolist() == [[1, 1, 0]]
    assert "40 rows at the end were filled down in advance" in rules(got)
    assert got.problems["severity"].eq("note").all()


def test_one_row_without_its_date_is_not_taken_for_a_prepared_one(tmp_path):
    text = table(["Referral ID", "Date of referral", "Agency"], ["R1", "01/02/2018", "Police"], ["R2", "", "Police"])
    assert read(tmp_path, hrda__csv=text).quality[["accepted", "refused"]].values.tolist() == [[1, 1]]


def test_a_second_block_with_its_columns_in_another_order_is_not_read_by_the_first_headings(tmp_path):
    heads = ["Referral ID", "Date of referral", "Date of incident", "Victim ID"]
    text = table(heads, ["R1", "03/02/2018", "01/02/2018", "V1"])
    other = table([heads[0], heads[2], heads[1], heads[3]], ["R2", "02/01/2018", "05/02/2018", "V2"])
    got = read(tmp_path, hrda__csv=text + "\n" + other)
    frame = got.frames["hrda_referrals"]
    assert frame["referral_id"].tolist() == ["R1"] and got.quality["refused"].tolist() == [1]
    assert "Row 4 is a second row of headings, with the columns in another order" in rules(got)
    again = read(tmp_path, hrda__csv=text + "\n" + table(heads, ["R2", "05/02/2018", "02/01/2018", "V2"]))
    assert again.frames["hrda_referrals"]["referral_id"].tolist() == ["R1", "R2"]


@pytest.mark.parametrize("label", ["Staffing sub-total", "Office total", "STAFF TOTALS:"])
def test_a_label_that_ends_like_a_total_is_one_where_its_numbers_add_up(tmp_path, label):
    got = read(
        tmp_path, spending__csv=spending(("Manager", 60, 50), ("Clerk", 40, 40), (label, 100, 90), ("Rent", 50, 40))
    )
    assert got.frames["spending"]["heading"].tolist() == ["Manager", "Clerk", "Rent"]
    other = read(
        tmp_path, spending__csv=spending(("Manager", 60, 50), ("Clerk", 40, 40), (label, 99, 90), ("Rent", 50, 40))
    )
    assert len(other.frames["spending"]) == 4


def test_a_line_of_sums_without_a_label_is_no_row_that_is_missing(tmp_path):
    heads = "Event ID,Type,Date,Places,Agency,Attended,Evaluations\n"
    rows = "E1,Level 3,10/01/2018,20,Police,5,10\nE2,Level 3,10/02/2018,25,Police,7,7\n"
    got = read(tmp_path, training__csv=heads + rows + ",,,45,,12,17\n")
    assert got.quality[["received", "accepted"]].values.tolist() == [[2, 2]] and got.missing == {}
    assert "Row 4 is a total" in rules(got)
    got = read(tmp_path, training__csv=heads + rows + ",,,45,,13,17\n")  # adds up nothing: a row that lost its event
    assert got.missing == {"training": 1}


def test_a_total_under_a_list_without_a_key_of_its_own(tmp_path):
    text = "Child Unique ID,Date of Contact,Contact Source\n101,05/01/2018,Police\n102,06/02/2018,School\nTotal,2,\n"
    got = read(tmp_path, List_1__csv=text)
    contacts = got.frames["children_services"].query("indicator == 'contacts' and quarter == '2017-18-Q4'")
    assert contacts["count"].tolist() == [2] and got.missing == {}


def test_a_line_that_says_how_to_fill_in_is_no_row(tmp_path):
    how = ["(text)", "(text)", "(text)", "dd/mm/yyyy", "(number)", "Y/N", "(E01...)"]
    got = read(tmp_path, hrda__csv=table(HRDA, how, hrda()))
    assert got.quality[["received", "accepted"]].values.tolist() == [[1, 1]]
    assert "Row 2 is how to fill the columns in" in rules(got)
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(), how)).quality["received"].tolist() == [
        2
    ]  # only under the headings


def test_rows_that_another_column_calls_deleted_are_asked_about_and_count(tmp_path):
    rows = [[*hrda(), "Live"], [*hrda(id="R2"), "DELETED - duplicate"], [*hrda(id="R3"), "entered in error"]]
    got = read(tmp_path, hrda__csv=table([*HRDA, "System status"], *rows))
    assert len(got.frames["hrda_referrals"]) == 3
    assert got.problems.loc[got.problems["rule"].str.contains("marked here as deleted"), "severity"].tolist() == [
        "warn"
    ]
    assert "(3-4)" in rules(got) or "(3, 4)" in rules(got)
