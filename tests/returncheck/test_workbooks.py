# ruff: noqa: E501  (rows of cases read best as rows)
"""Workbooks as partners make them: .xlsx, .xls, .ods, and what only calls itself one."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
import xlwt

import returncheck as returns
from lscb.periods import Quarter
from returncheck.file_opening import open_file
from returncheck.grid import Gathered, encode

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
HEADS = ["Referral ID", "Victim ID", "Date of referral", "Children in household", "Disability"]


def read(folder):
    got = returns.read(folder, PERIOD, AREA)
    assert (got.quality["received"] == got.quality["accepted"] + got.quality["refused"]).all()
    return got


def refusals(got):
    some = got.problems[got.problems["severity"] == "refuse"]
    return list(zip(some["sheet"], some["cell"], some["value"], strict=True))


def emptied(got):
    """The cells that gave no value in rows that count all the same."""
    some = got.problems[got.problems["todo"].str.startswith("The row counts")]
    return list(zip(some["sheet"], some["cell"], some["value"], strict=True))


@pytest.fixture
def book(tmp_path):
    """Writes one .xlsx from a function of (workbook, worksheet) and reads the folder."""

    def made(fill, name="hrda.xlsx", **options):
        book = xlsxwriter.Workbook(tmp_path / name, options)
        sheet = book.add_worksheet("HRDA")
        fill(book, sheet)
        book.close()
        return read(tmp_path)

    return made


def lines(sheet, rows, at=0):
    for r, row in enumerate(rows, at):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)


def test_dates_of_every_kind_in_one_column(book):
    def fill(book, sheet):
        day, time = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        lines(
            sheet,
            [HEADS, ["R1", "V1"], ["R2", "V2"], ["R3", "V3", "13/04/2017"], ["R4", "V4", 42830], ["R5", "V5", 2017]],
        )
        sheet.write_datetime(1, 2, datetime(2017, 4, 3), day)
        sheet.write_datetime(2, 2, datetime(2017, 4, 3, 23, 59), time)

    got = book(fill)
    days = got.frames["hrda_referrals"]["referred_on"].dt.strftime("%d/%m/%Y").tolist()
    assert days == ["03/04/2017", "03/04/2017", "13/04/2017", "05/04/2017"]  # 42830 is 5 April 2017 in Excel (1900)
    assert refusals(got) == [("HRDA", "C6", "2017")]  # a year is not the 2,017th day of 1900
    warned = got.problems.query("severity == 'warn' and row.notna()")["cell"].tolist()
    assert warned == [
        "C2",
        "C3",
    ]  # real dates with days up to 12 beside text that Excel could not turn: perhaps swapped


@pytest.mark.parametrize("epoch, serial", [(False, 42828), (True, 41366)])
def test_the_workbooks_own_epoch(book, epoch, serial):
    # 3 April 2017 is 42828 from 1900 and 41366 from 1904 (1,462 days apart, Microsoft's documentation of the two).
    got = book(lambda b, s: lines(s, [HEADS, ["R1", "V1", serial]]), date_1904=epoch)
    assert got.frames["hrda_referrals"]["referred_on"].dt.date.tolist() == [date(2017, 4, 3)]


def test_numbers_as_references(book):
    def fill(book, sheet):
        zeros = book.add_format({"num_format": "00000"})
        lines(sheet, [HEADS, ["R1", 123, "03/04/2017"], ["R2", 0, "03/04/2017"], ["R3", 12345678901234567, "03/04/2017"],
                      ["R4", 1.5, "03/04/2017"], ["R5", 0, "03/04/2017"]])  # fmt: skip
        sheet.write_number(5, 1, 42, zeros)

    got = book(fill)
    frame = got.frames["hrda_referrals"].set_index("referral_id")["victim_id"]
    assert frame.fillna("").to_dict() == {"R1": "123", "R2": "", "R3": "", "R4": "", "R5": "00042"}
    assert [c for _, c, _ in emptied(got)] == ["B4", "B5"]


def test_errors_and_formulas(book):
    def fill(book, sheet):
        lines(sheet, [HEADS, *[[f"R{i}", f"V{i}", "03/04/2017"] for i in range(1, 6)]])
        sheet.write_formula(1, 3, "=1+1", None, 2)
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 3, "=A1", None, "")
        sheet.write_formula(4, 3, "=NA()", None, "#N/A")

    got = book(fill)
    frame = got.frames["hrda_referrals"].set_index("referral_id")["children_in_household"]
    assert frame.fillna(-1).to_dict() == {"R1": 2, "R2": -1, "R3": -1, "R4": -1, "R5": -1}
    assert [c for _, c, _ in emptied(got)] == ["D3", "D4", "D5"]


def test_formulas_that_openpyxl_wrote_have_no_stored_value(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(HEADS)
    made.active.append(["R1", "V1", "03/04/2017", "=1+1"])
    made.save(tmp_path / "hrda.xlsx")
    assert [c for _, c, _ in emptied(read(tmp_path))] == ["D2"]


def test_a_number_that_is_really_a_date(book):
    def fill(book, sheet):
        lines(sheet, [HEADS, ["R1", "V1", "03/04/2017"]])
        sheet.write_datetime(1, 3, datetime(2018, 8, 7), book.add_format({"num_format": "d-mmm"}))

    assert emptied(book(fill)) == [("HRDA", "D2", "07/08/2018")]


def test_categories_that_excel_turned_into_a_date(book):
    def fill(book, sheet):
        lines(
            sheet,
            [
                ["Case ID", "DOB", "DOD", "Date notified", "Categories"],
                ["D1", "01/01/2017", "01/02/2017", "02/02/2017"],
            ],
        )
        sheet.write_datetime(1, 4, datetime(2018, 8, 7), book.add_format({"num_format": "d-mmm"}))

    assert [c for _, c, _ in emptied(book(fill, "deaths.xlsx"))] == ["E2"]


def test_title_merged_headings_blank_rows_and_columns_totals(book):
    def fill(book, sheet):
        sheet.merge_range(0, 1, 0, 6, "HRDA referrals, Southampton, January to March 2018")
        sheet.merge_range(3, 2, 3, 3, "Victim")
        sheet.merge_range(3, 1, 4, 1, "Referral ID")
        sheet.merge_range(3, 5, 4, 5, "Date of referral")
        sheet.write_row(4, 2, ["ID", "Age"])
        lines(
            sheet,
            [["", "R1", "V1", 30, "", "03/04/2017"], [], ["", "R2", "V2", 31, "", "04/04/2017"], ["", "Total", "", 61]],
            5,
        )

    got = book(fill)
    frame = got.frames["hrda_referrals"]
    assert frame[["referral_id", "victim_id", "victim_age", "_row"]].values.tolist() == [
        ["R1", "V1", 30, 6],
        ["R2", "V2", 31, 8],
    ]
    assert "Row 9 is a total" in " ".join(got.problems["rule"])


def test_a_merged_heading_keeps_victim_and_perpetrator_apart(book):
    def fill(book, sheet):
        sheet.write_row(1, 0, ["Referral ID", "Referral date", "ID", "Age", "ID", "Age"])
        sheet.merge_range(0, 2, 0, 3, "Victim")
        sheet.merge_range(0, 4, 0, 5, "Perpetrator")
        lines(sheet, [["R1", "03/04/2017", "V1", 30, "P1", 55]], 2)

    frame = book(fill).frames["hrda_referrals"]
    assert frame[["victim_id", "victim_age", "perpetrator_id"]].values.tolist() == [["V1", 30, "P1"]]


def test_hidden_rows_count_and_are_named_hidden_sheets_do_not(book):
    def fill(book, sheet):
        lines(sheet, [HEADS, ["R1", "V1", "03/04/2017"], ["R2", "V2", "03/04/2017"]])
        sheet.set_row(2, None, None, {"hidden": True})
        hidden = book.add_worksheet("Old")
        lines(hidden, [HEADS, ["R9", "V9", "03/04/2017"]])
        hidden.hide()

    got = book(fill)
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R1", "R2"]
    said = " ".join(got.problems["rule"])
    assert "hidden or filtered out in Excel, counted like the others: 3." in said and "'Old' is hidden" in said


def test_two_returns_in_one_workbook(book):
    def fill(book, sheet):
        lines(sheet, [HEADS, ["R1", "V1", "03/04/2017"]])
        lines(book.add_worksheet("Indicators"), [["Indicator", "Quarter", "Count"], ["Contacts", "Q4 2017-18", 5]])
        lines(book.add_worksheet("Notes"), [["Prepared by the hub"]])

    got = book(fill)
    assert {n: len(f) for n, f in got.frames.items()} == {"hrda_referrals": 1, "children_services": 1}
    assert got.quality["sheet"].tolist() == ["HRDA", "Indicators"]


def test_an_old_workbook(tmp_path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("HRDA")
    for c, text in enumerate(HEADS):
        sheet.write(0, c, text)
    for r in range(1, 5):
        sheet.write(r, 0, f"R{r}")
        sheet.write(r, 2, datetime(2017, 4, 3), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
        sheet.write(r, 4, "N")
    sheet.write(1, 1, 42, xlwt.easyxf(num_format_str="00000"))
    sheet.write(2, 3, xlwt.Formula("1/0"))
    sheet.row(3).hidden = True
    sheet.row(4).set_cell_error(3, 0x2A)
    made.save(str(tmp_path / "hrda.xls"))
    got = read(tmp_path)
    frame = got.frames["hrda_referrals"].set_index("referral_id")
    assert frame.loc["R1", "victim_id"] == "00042" and frame.loc["R1", "referred_on"] == datetime(2017, 4, 3)
    assert ("HRDA", "D5", "#N/A") in emptied(got)
    assert "counted like the others: 4." in " ".join(got.problems["rule"])


def test_a_libreoffice_workbook(tmp_path):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    made, table = OpenDocumentSpreadsheet(), Table(name="HRDA")

    def line(*cells):
        row = TableRow()
        for text, given in cells:
            cell = TableCell(**given)
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)

    line(*[(h, {"valuetype": "string"}) for h in HEADS])
    line(
        ("R1", {"valuetype": "string"}),
        ("00042", {"valuetype": "float", "value": "42"}),
        ("03/04/17", {"valuetype": "date", "datevalue": "2017-04-03"}),
        ("2", {"valuetype": "float", "value": "2"}),
    )
    line(
        ("R2", {"valuetype": "string"}),
        ("V2", {"valuetype": "string"}),
        ("03/04/17", {"valuetype": "date", "datevalue": "2017-04-03"}),
        ("#DIV/0!", {"valuetype": "string", "formula": "of:=1/0", "stringvalue": ""}),
    )
    made.spreadsheet.addElement(table)
    made.save(str(tmp_path / "hrda.ods"))
    got = read(tmp_path)
    frame = got.frames["hrda_referrals"]
    assert frame[["referral_id", "victim_id"]].values.tolist() == [["R1", "00042"], ["R2", "V2"]]
    assert frame["children_in_household"].tolist() == [2, pd.NA]
    assert frame["referred_on"].dt.date.tolist() == [date(2017, 4, 3)] * 2
    assert [c for _, c, _ in emptied(got)] == ["D3"]


def test_a_workbook_by_another_name_and_a_page_that_calls_itself_one(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(HEADS)
    made.active.append(["R1", "V1", "03/04/2017"])
    made.save(tmp_path / "hrda.xlsx")
    (tmp_path / "hrda.xlsx").rename(tmp_path / "hrda.csv")
    head = "".join(f"<th>{h}</th>" for h in HEADS)
    page = f"<html><table><tr>{head}</tr><tr><td>R2<td>V2<td>03/04/2017<td>&lt;5<td></tr></table></html>"
    (tmp_path / "more.xls").write_text(page)
    got = read(tmp_path)
    frame = got.frames["hrda_referrals"]
    assert frame["referral_id"].tolist() == ["R1", "R2"]
    assert frame["children_in_household__state"].tolist() == ["missing", "suppressed"]
    said = " ".join(got.problems["rule"])
    assert "name ends in .csv, but it is an xlsx file" in said and "web page (HTML)" in said


# --- bad files --------------------------------------------------------------------------------------------------


def one_sentence(folder):
    got = read(folder)
    assert not got.frames and got.problems["severity"].eq("refuse").sum() == 1
    return got.problems.loc[got.problems["severity"] == "refuse", "rule"].iloc[0]


def packed(path, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_password(tmp_path):
    (tmp_path / "hrda.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert "password" in one_sentence(tmp_path)


def test_a_zip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("returncheck.zip_parts.MOST_UNPACKED", 5_000_000)
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    made.add_worksheet()
    made.close()
    with zipfile.ZipFile(out) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    parts["xl/sharedStrings.xml"] = b"<sst>" + b" " * 6_000_000 + b"</sst>"
    packed(tmp_path / "hrda.xlsx", parts)
    assert (tmp_path / "hrda.xlsx").stat().st_size < 50_000
    assert "unpacks to more than" in one_sentence(tmp_path)


def test_a_cell_at_the_far_corner(book):
    def fill(book, sheet):
        lines(sheet, [HEADS, ["R1", "V1", "03/04/2017"]])
        sheet.write(1_048_575, 16_383, "x")

    got = book(fill)
    assert not got.frames and "far from the others" in got.problems["rule"].iloc[0]


def test_a_million_blank_rows_behind_the_data(book):
    def fill(book, sheet):
        lines(sheet, [HEADS, ["R1", "V1", "03/04/2017"]])
        style = book.add_format({"bold": True})
        for row in range(2, 100_000, 7):
            sheet.write_blank(row, 0, None, style)

    assert len(book(fill).frames["hrda_referrals"]) == 1


@pytest.mark.parametrize("name", ["a.docx", "plain.zip"])
def test_an_archive_that_is_no_workbook(tmp_path, name):
    packed(tmp_path / name, {"word/document.xml" if name == "a.docx" else "hrda.csv": "x"})
    assert one_sentence(tmp_path).startswith("The file is a")


def test_macros_and_links_are_said_and_left_alone(book, tmp_path):
    book(lambda b, s: lines(s, [HEADS, ["R1", "V1", "03/04/2017"]]))
    with zipfile.ZipFile(tmp_path / "hrda.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<x/>")
    got = read(tmp_path)
    assert len(got.frames["hrda_referrals"]) == 1
    assert {"macros" in r or "linked" in r or "links" in r for r in got.problems["rule"]} >= {True}


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [(123, "00000", "00123"), (12345, "000-000", "012-345"), (12, '"HR-"0000', "HR-0012"), (7, "000\\A", "007A"), (7, "00 00", "00 07"),
     (5, "0000;-0000", "0005"), (5, "[>999]0;000", "005"), (12, "[$-809]0000", "0012"), (12345, "#,##0", "12345"), (7, "0_)", "7"),
     (12, "0.00", None), (12345678901234, "0.00E+00", None), (7, '"N/K"', None), (7, ";;;", None), (0.5, "0%", None)],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_reference_is_what_its_cell_shows(tmp_path, number, code, shown, kind):
    # What Excel 365 displays for each number and format.
    row = ["R1", None, "03/04/2017", 2, "Y"]
    if kind == "xlsx":
        book = xlsxwriter.Workbook(tmp_path / "hrda.xlsx")
        sheet, style = book.add_worksheet("HRDA"), book.add_format({"num_format": code})
        write, close = sheet.write, book.close
    else:
        book = xlwt.Workbook()
        sheet, style = book.add_sheet("HRDA"), xlwt.easyxf(num_format_str=code)
        write, close = sheet.write, lambda: book.save(str(tmp_path / "hrda.xls"))
    for c, cell in enumerate(HEADS):
        write(0, c, cell)
    for c, cell in enumerate(row):
        write(1, c, number, style) if cell is None else write(1, c, cell)
    close()
    got = read(tmp_path)
    assert got.frames["hrda_referrals"]["victim_id"].fillna("").tolist() == [shown or ""]
    assert [c for _, c, _ in emptied(got)] == ([] if shown else ["B2"])


@pytest.mark.parametrize(
    ("number", "code", "read_as"),
    [(3, '"<5"', None), (3, '[<5]"<5";0', None), (3, "\\<5", None), (3, '"*"', None), (3, ";;;", None), (3, "0%", None), (3, "0,", None),
     (3, "-0", None), (3, '0"+"', None), (3, "[Red]0", 3), (3, '0 "children"', 3), (3, "0.0", 3), (2.4, "0", None),
     (2, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 2), (0, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 0)],
)  # fmt: skip
def test_a_number_whose_cell_shows_something_else_is_named(book, number, code, read_as):
    def fill(book, sheet):
        lines(sheet, [HEADS, ["R1", "V1", "03/04/2017", None, "Y"]])
        sheet.write(1, 3, number, book.add_format({"num_format": code}))

    got = book(fill)
    assert got.frames["hrda_referrals"]["children_in_household"].fillna(-1).tolist() == [
        -1 if read_as is None else read_as
    ]
    assert [c for _, c, _ in emptied(got)] == (["D2"] if read_as is None else [])


@pytest.mark.parametrize(("code", "read_as"), [("0%", []), ('"£"#,##0.00', [0.98]), ("0.00", [0.98])])
def test_pounds_that_a_cell_shows_as_a_percentage_are_named(book, code, read_as):
    def fill(book, sheet):
        lines(sheet, [["Year", "Reported on", "Heading", "Budget", "Spent"], ["2017-18", "31/03/2018", "Staff", 100]])
        sheet.write(1, 4, 0.98, book.add_format({"num_format": code}))

    assert book(fill).frames["spending"]["spent"].dropna().tolist() == read_as


def test_weeks_and_days_that_excel_has_added_up(book):
    def fill(book, sheet):
        lines(
            sheet,
            [["Case ID", "DOB", "DOD", "Date notified", "Gestation"], ["D1", "01/01/2018", "02/01/2018", "03/01/2018"]],
        )
        sheet.write_formula(1, 4, "=24+3", None, 27)

    assert [c for _, c, _ in emptied(book(fill))] == ["E2"]


def test_an_old_workbook_by_a_newer_name(tmp_path):
    book = xlwt.Workbook()
    lines(book.add_sheet("HRDA"), [HEADS, ["R1", "V1", "03/04/2017", 2, "Y"]])
    book.save(str(tmp_path / "hrda.xlsx"))
    assert read(tmp_path).frames["hrda_referrals"]["victim_id"].tolist() == ["V1"]


def test_errors_in_single_quotes_and_in_cells_without_an_address(book, tmp_path):
    def fill(book, sheet):
        lines(sheet, [HEADS, ["R1", "V1", "03/04/2017", None, "Y"]])
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")

    book(fill)
    with zipfile.ZipFile(tmp_path / "hrda.xlsx") as old:
        parts = {n: old.read(n) for n in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'r="D2" t="e"', b"r='D2' t='e'")
    packed(tmp_path / "hrda.xlsx", parts)
    assert [c for _, c, _ in emptied(read(tmp_path))] == ["D2"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'r="D2" ', b"")
    packed(tmp_path / "hrda.xlsx", parts)
    assert read(tmp_path).frames.get("hrda_referrals", pd.DataFrame()).empty


@pytest.mark.parametrize("column", [256, 26_888])
def test_a_damaged_old_workbook_with_a_cell_far_away(tmp_path, column):
    # One flipped byte had made 16 GB of a 10 kB file: .xls ends at column 255 (counted from 0).
    book = xlwt.Workbook()
    lines(book.add_sheet("HRDA"), [HEADS, ["R1", "V1", "03/04/2017", 2.5, "Y"]])
    book.save(str(tmp_path / "hrda.xls"))
    data = (tmp_path / "hrda.xls").read_bytes()
    cell = b"\x01\x00\x03\x00"  # row 1, column 3
    at = max(data.find(kind + cell) for kind in (b"\x03\x02\x0e\x00", b"\x7e\x02\x0a\x00"))
    assert at > 0
    far = data[: at + 6] + column.to_bytes(2, "little") + data[at + 8 :]
    (tmp_path / "hrda.xls").write_bytes(far)
    if column > 256:
        assert "damaged" in one_sentence(tmp_path)
    else:
        read(tmp_path)


@pytest.mark.parametrize("address", [b's="0" r="XFD1048576"', b"r='XFD1048576'", b'r = "XFD1048576"'])
def test_a_cell_at_the_far_corner_however_its_address_is_written(book, tmp_path, address):
    book(lambda book, sheet: lines(sheet, [HEADS, ["R1", "V1", "03/04/2017", 2, "Y"]]))
    with zipfile.ZipFile(tmp_path / "hrda.xlsx") as old:
        parts = {n: old.read(n) for n in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"</sheetData>", b"<row r='1048576'><c " + address + b"><v>1</v></c></row></sheetData>"
    )
    packed(tmp_path / "hrda.xlsx", parts)
    assert "far from the others" in one_sentence(tmp_path)


def test_a_sheet_longer_than_what_is_taken_at_once(tmp_path):
    """Every cell in its row, of a list from C4 on: texts that all differ, one for all, kinds that mix late, an error."""
    rows = 13_000
    with xlsxwriter.Workbook(tmp_path / "long.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("HRDA")
        for n in range(rows):
            sheet.write_string(3 + n, 2, f"V{n}")
            sheet.write_string(3 + n, 3, "K")
            if n < rows - 1:
                sheet.write_string(3 + n, 4, str(n % 3))
        sheet.write_number(2 + rows, 4, 1)
        sheet.write_formula(2 + rows, 6, "=1/0", None, "#DIV/0!")
    grid = open_file(tmp_path / "long.xlsx", lambda cells: 0).grids[0]
    assert (grid.rows, len(grid.columns)) == (3 + rows, 7)
    at = [0, 3, 10_002, 10_003, 2 + rows]
    assert [[column.cell(r) for r in at] for column in grid.columns[:5]] == [
        [""] * 5, [""] * 5, ["", "V0", "V9999", "V10000", "V12999"], ["", "K", "K", "K", "K"], ["", "0", "0", "1", 1.0],
    ]  # fmt: skip
    assert "#DIV/0!" in grid.columns[6].cell(2 + rows) and grid.columns[6].cell(10_000) == ""
    assert len(grid.columns[4].cells) == 5  # blank, three texts, and the number, which is none of them


@pytest.mark.parametrize("texts", [["a", "b"], [f"t{n}" for n in range(9_000)]])
def test_a_column_taken_in_parts_is_the_one_taken_at_once(texts):
    once, parts = encode(texts * 4), Gathered()
    for part in (texts * 2, texts, texts):
        parts.add(part)
    got = parts.column()
    assert (list(map(str, got.cells)), got.codes.tolist()) == (list(map(str, once.cells)), once.codes.tolist())
    assert [got.cell(n) for n in range(len(texts) * 4)] == texts * 4
