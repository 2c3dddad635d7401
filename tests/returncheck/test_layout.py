"""Layouts of workbooks that are read or refused, never guessed: groups of headings, merged cells, struck-out text, dates."""

from datetime import datetime

import pytest
import xlsxwriter
import xlwt
from invented_returns import emptied, problem, read, rules

HEADS = ["Referral ID", "Date of referral", "Victim ID", "Children in household"]


@pytest.fixture
def book(tmp_path):
    """Writes one .xlsx from a function of (workbook, worksheet) and reads it."""

    def fill(write):
        with xlsxwriter.Workbook(tmp_path / "hrda.xlsx") as book:
            sheet = book.add_worksheet("HRDA")
            write(book, sheet)
        return read(tmp_path)

    return fill


GROUPS = "Referral,,,Victim,,Perpetrator,,\n"
UNDER = "Referral ID,Date of referral,Agency,Victim ID,Victim age,Perpetrator ID,Ethnicity,Outcome\n"
ROW = "R1,01/02/2018,Police,V1,30,P1,White British,Heard\n"


def test_what_stands_under_the_perpetrator_is_not_the_victims(tmp_path):
    got = read(tmp_path, hrda__csv=GROUPS + UNDER + ROW)
    row = got.frames["hrda_referrals"].iloc[0]
    assert row[["referral_id", "agency", "victim_id", "victim_age", "perpetrator_id"]].tolist() == [
        "R1",
        "police",
        "V1",
        30,
        "P1",
    ]
    assert got.frames["hrda_referrals"]["ethnicity"].isna().all()
    assert [cell for cell, _ in problem(got, "warn")] == ["G2", "H2"] and '"Ethnicity" is under "Perpetrator"' in rules(
        got
    )


def test_what_stands_under_the_victim_is_the_victims(tmp_path):
    text = "Referral,,Victim,,,Perpetrator\nReferral ID,Date of referral,ID,Age,Ethnicity,ID\nR1,01/02/2018,V1,30,White British,P1\n"
    frame = read(tmp_path, hrda__csv=text).frames["hrda_referrals"]
    fields = ["victim_id", "victim_age", "ethnicity", "perpetrator_id"]
    assert frame[fields].values.tolist() == [["V1", 30, "white_british", "P1"]]


@pytest.mark.parametrize(
    "title", ["HRDA referrals,,,\n", "Prepared by,J. Doe,Date,01/04/2018\n", "OFFICIAL,,SENSITIVE,\n"]
)
def test_a_title_above_the_headings_is_no_group(tmp_path, title):
    frame = read(tmp_path, hrda__csv=title + UNDER + ROW).frames["hrda_referrals"]
    assert frame["ethnicity"].tolist() == ["white_british"] and frame["outcome"].tolist() == ["heard"]


def test_a_reference_merged_over_three_referrals_is_of_each(book):
    def write(_, sheet):
        sheet.write_row(0, 0, HEADS)
        for r in range(1, 5):
            sheet.write_row(r, 0, [f"R{r}", "01/02/2018"])
        sheet.merge_range(1, 2, 3, 2, "V1")

    got = book(write)
    assert got.frames["hrda_referrals"]["victim_id"].fillna("").tolist() == ["V1", "V1", "V1", ""]
    assert [cell for cell, _ in problem(got, "warn")] == ["C3", "C4"]


@pytest.mark.parametrize(
    ("code", "read_as"),
    [("dd/mm/yyyy", True), ("d mmmm yyyy", True), ("dd/mm/yy hh:mm", True), ("[$-F800]dddd, mmmm dd, yyyy", True), ("d-mmm", True),
     ("mmm-yy", False), ("yyyy", False), ("ddd", False), ("mmmm yyyy", False), ("hh:mm", False), ("mm:ss", False), ('"Q"q yyyy', False)],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_date_that_its_cell_does_not_show_is_none(tmp_path, code, read_as, kind):
    if kind == "xlsx":
        book = xlsxwriter.Workbook(tmp_path / "hrda.xlsx")
        sheet, style, close = book.add_worksheet("HRDA"), book.add_format({"num_format": code}), book.close
    else:
        book = xlwt.Workbook()
        sheet, style = book.add_sheet("HRDA"), xlwt.easyxf(num_format_str=code)
        close = lambda: book.save(str(tmp_path / "hrda.xls"))  # noqa: E731
    for c, text in enumerate(HEADS):
        sheet.write(0, c, text)
    for c, text in enumerate(["R1", None, "V1", 2]):
        sheet.write(1, c, datetime(2018, 1, 1) if text is None else text, *([style] if text is None else []))
    close()
    got = read(tmp_path)
    assert len(got.frames["hrda_referrals"]) == read_as
    assert [cell for cell, _ in problem(got)] == ([] if read_as else ["B2"])


def test_struck_out_text_gives_no_value_wherever_it_stands(book):
    def write(book, sheet):
        struck = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["R1", "01/02/2018", "V1"])
        sheet.write_rich_string(1, 3, struck, "1", "2")
        sheet.write_row(2, 0, ["R2", "01/02/2018"])
        sheet.write(2, 2, "V2", struck)
        sheet.write_number(2, 3, 3, struck)
        sheet.write_row(3, 0, ["R3", "01/02/2018", "V3", 4])

    got = book(write)
    frame = got.frames["hrda_referrals"]
    assert frame["victim_id"].fillna("").tolist() == ["V1", "", "V3"]
    assert frame["children_in_household"].fillna(-1).tolist() == [-1, -1, 4]
    assert [cell for cell, _ in emptied(got)] == ["C3", "D2", "D3"]


def test_struck_out_text_of_an_old_workbook(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("HRDA")
    for c, text in enumerate(HEADS):
        sheet.write(0, c, text)
    for c, text in enumerate(["R1", "01/02/2018", "V1", 2]):
        sheet.write(1, c, text, xlwt.easyxf("font: struck_out on") if c == 2 else xlwt.easyxf())
    sheet.col(3).hidden = True
    book.save(str(tmp_path / "hrda.xls"))
    got = read(tmp_path)
    assert got.frames["hrda_referrals"]["victim_id"].isna().all()
    assert '"Children in household" (D)' in rules(got)  # a hidden column counts, and is named
    assert got.frames["hrda_referrals"]["children_in_household"].tolist() == [2]


def test_hidden_columns_count_and_are_named(book):
    def write(_, sheet):
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["R1", "01/02/2018", "V1", 2])
        sheet.set_column(2, 2, None, None, {"hidden": True})

    got = book(write)
    assert got.frames["hrda_referrals"]["victim_id"].tolist() == ["V1"]
    assert 'hidden in Excel were read like the others: "Victim ID" (C)' in rules(got)


def test_a_sheet_of_examples_is_no_data(book):
    def write(book, sheet):
        for one, reference in ((sheet, "R1"), (book.add_worksheet("Example"), "R2")):
            one.write_row(0, 0, HEADS)
            one.write_row(1, 0, [reference, "01/02/2018", "V1", 2])

    got = book(write)
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R1"]
    assert "The sheet 'Example' is by its name no data" in rules(got)


def test_a_cell_over_several_rows_of_a_web_page_is_of_each(tmp_path):
    page = (
        "<html><table><tr><th rowspan=2>Referral ID<th rowspan=2>Date of referral<th colspan=2>Victim</tr><tr><th>ID<th>Age</tr>"
        "<tr><td>R1<td rowspan=2>01/02/2018<td rowspan=2>V1<td>30</tr><tr><td>R2<td>31</tr><tr><td>R3<td>02/02/2018<td>V3<td>32</tr>"
        "</table></html>"
    )
    got = read(tmp_path, hrda__xls=page)
    frame = got.frames["hrda_referrals"]
    assert frame[["referral_id", "victim_id", "victim_age"]].values.tolist() == [
        ["R1", "V1", 30],
        ["R2", "V1", 31],
        ["R3", "V3", 32],
    ]
    assert frame["referred_on"].dt.day.tolist() == [1, 1, 2] and [c for c, _ in problem(got, "warn")] == ["B4", "C4"]


@pytest.mark.parametrize("label", ["", "Field,"])
def test_a_sheet_turned_on_its_side_is_told_how_to_turn_it_back(tmp_path, label):
    before = "1," if label else ""
    across = zip(
        UNDER.strip().split(","), ROW.strip().split(","), ROW.replace("R1", "R2").strip().split(","), strict=True
    )
    text = "".join(f"{before}{','.join(line)}\n" for line in across)
    got = read(tmp_path, hrda__csv=text)
    assert got.frames == {} and len(got.problems) == 1
    assert "turned on its side: the headings of hrda_referrals stand one below another" in rules(got)
    assert "Transpose" in rules(got) and "one row per referral" in rules(got) and "matches no return" not in rules(got)


def test_a_list_that_happens_to_hold_a_heading_is_not_on_its_side(tmp_path):
    got = read(tmp_path, notes__csv="Notes,By\nVictim ID was missing,AB\nAgency,AB\nOutcome,CD\n")
    assert "on its side" not in rules(got) and "matches no return" in rules(got)
