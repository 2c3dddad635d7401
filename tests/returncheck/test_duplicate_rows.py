"""Rows that stand twice: once where alike, not at all where they differ, whatever the file's format."""

import pytest
import xlsxwriter
from invented_returns import read, rules

CONTACTS = "Child Unique ID,Date of Contact,Contact Source\n" + "".join(
    f"C{i},0{i}/02/2018,Police\n" for i in range(1, 9)
)


def contacts(got):
    frame = got.frames["children_services"].query("quarter == '2017-18-Q4' and indicator == 'contacts'")
    return frame["count"].tolist()


def as_workbook(path, *names):
    book = xlsxwriter.Workbook(path)
    for name in names:
        sheet = book.add_worksheet(name)
        for row, line in enumerate(CONTACTS.strip().split("\n")):
            sheet.write_row(row, 0, line.split(","))
    book.close()


def test_a_list_without_references_in_two_formats_counts_once(tmp_path):
    as_workbook(tmp_path / "list 1.xlsx", "List 1")
    got = read(tmp_path, list_1__csv=CONTACTS)
    assert contacts(got) == [8]
    assert got.quality["received"].sum() == 16 and got.quality["accepted"].sum() == 8
    assert "of a list without references: counted once" in rules(got)


def test_a_copied_sheet_counts_once(tmp_path):
    as_workbook(tmp_path / "annex a.xlsx", "List 1", "List 1 (2)")
    assert contacts(read(tmp_path)) == [8]


def test_a_second_version_with_one_row_more_is_that_one_row(tmp_path):
    assert contacts(read(tmp_path, v1__csv=CONTACTS, v2__csv=CONTACTS + "C9,09/02/2018,School\n")) == [9]


def test_two_versions_that_differ_give_no_figure_until_told_which_stands(tmp_path):
    files = dict(v1__csv=CONTACTS, v2__csv=CONTACTS.replace("C1,01/02", "C1,02/02"))
    got = read(tmp_path, **files)
    assert got.quality["refused"].tolist() == [1, 8] and got.missing == {"annex_a_contacts": 2}
    assert got.frames["children_services"]["count"].isna().all() and "two versions of one list" in rules(got)
    got = read(tmp_path, **files, replaces__yml="- {file: v2.csv, replaces: v1.csv}\n")
    assert contacts(got) == [8]


def test_alike_rows_of_one_sheet_all_count_and_are_named(tmp_path):
    got = read(tmp_path, list_1__csv=CONTACTS + "C1,01/02/2018,Police\n")
    assert contacts(got) == [9] and "stands more than once in the sheet; each counts" in rules(got)


def test_lists_of_two_months_that_share_a_row_keep_the_others(tmp_path):
    march = "Child Unique ID,Date of Contact\nC1,01/02/2018\n" + "".join(f"D{i},0{i}/03/2018\n" for i in range(1, 6))
    assert contacts(read(tmp_path, february__csv=CONTACTS, march__csv=march)) == [13]


@pytest.mark.parametrize("later", ["04/04/2018", "01/02/2018"])
def test_a_figure_of_a_list_with_refused_rows_is_not_given(tmp_path, later):
    got = read(tmp_path, list_1__csv=CONTACTS + f"C9,{later},x\n" + ("" if "/04/" in later else "C10,31/02/2018,x\n"))
    assert contacts(got) == ([8] if "/04/" in later else [None]) or got.missing == {"annex_a_contacts": 1}
    assert bool(got.missing) == ("/04/" not in later)  # a row of the next quarter is not missing from this one
