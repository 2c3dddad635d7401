"""The template of every return: filled in, it is read without a mapping, and its example never as data."""

import shutil
import subprocess
from datetime import date

import openpyxl
import pytest
from invented_returns import AREA, PERIOD

import returncheck as returns
from lscb.errors import UserError
from returncheck import dictionary, template


def filled(path, one, about=()):
    """The template with one good row under the example, as a person would type it."""
    template.write([one.name], path, PERIOD)
    book = openpyxl.load_workbook(path)
    sheet = book[one.name.replace("_", " ")[:31]]
    for column, f in enumerate(one.fields.values(), 1):
        value = template.example(f, PERIOD)
        if f.type == "identifier":
            value = "R0001"
        elif f.type == "text":
            value = "2017-18" if f.name == "year" else "Words of the sender"
        sheet.cell(3, column, value)
    for row, value in about:
        book[template.ABOUT].cell(row, 2, value)
    book.save(path)


USED = [n for n, one in dictionary.load().items() if one.derives != "nothing"]  # the others are recognised, and left


@pytest.mark.parametrize("name", USED)
def test_what_comes_back_is_read_without_a_mapping(tmp_path, name):
    one = dictionary.load()[name]
    filled(tmp_path / f"{name}.xlsx", one)
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.quality[["return", "received", "accepted"]].values.tolist() == [[name, 1, 1]], got.problems[
        "rule"
    ].tolist()
    frame = got.frames[name]
    assert frame["_row"].tolist() == [3]
    for f in one.fields.values():
        assert frame[f"{f.name}__state"].tolist() == ["value"], (f.name, got.problems["rule"].tolist())
    rules = got.problems.query("severity != 'note' and row.notna()")["rule"].tolist()
    assert all("not in this area" in rule for rule in rules), rules
    assert "Row 2 is an example" in " ".join(got.problems["rule"])


def test_an_empty_template_is_a_nil_return_unless_it_says_otherwise(tmp_path):
    path = template.write(["children_services"], tmp_path / "cs.xlsx", PERIOD)
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.quality[["received", "note"]].values.tolist() == [[0, "nil return"]]
    book = openpyxl.load_workbook(path)
    about = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "Nothing to report")
    about[1].value = "No"
    book.save(path)
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.quality[["return", "received", "note"]].values.tolist() == [["children_services", 0, "no rows came"]]


def test_the_sheet_about_it_says_from_when_it_covers_and_of_which_period(tmp_path):
    one = dictionary.load()["hrda_referrals"]
    filled(tmp_path / "hrda.xlsx", one, [(3, "2017-18-Q3"), (5, date(2017, 12, 1))])
    got = returns.read(tmp_path, PERIOD, AREA)
    assert got.covers_from == {"hrda_referrals": date(2017, 12, 1)}
    assert "says that it is of 2017-18-Q3; it is read for 2017-18-Q4" in " ".join(got.problems["rule"])


def test_lists_notes_and_checks_stand_in_the_workbook(tmp_path):
    template.write(["child_deaths"], tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["child deaths"]
    heads = {c.value: c for c in sheet[1]}
    assert "A blank means: the review is not completed" in heads["Review completed on"].comment.text
    kinds = {str(v.sqref).split(":")[0].rstrip("0123456789"): v.type for v in sheet.data_validations.dataValidation}
    assert kinds[heads["Sex"].column_letter] == "list" and kinds[heads["Died on"].column_letter] == "date"
    assert sheet["A2"].number_format == "@"  # a reference keeps its zeros
    assert book[template.LISTS].sheet_state == "hidden"
    assert [c.value for c in book[template.LISTS]["A"]][:2] == ["male", "female"]


def test_a_partner_gets_all_its_returns_in_one_workbook(tmp_path):
    path = template.command("", "multi-agency safeguarding hub", "2017-18-Q4", tmp_path)
    assert set(openpyxl.load_workbook(path).sheetnames) == {
        template.ABOUT,
        "hrda referrals",
        "exploitation",
        template.LISTS,
    }
    with pytest.raises(UserError, match="The senders are"):
        template.command("", "the moon", "", tmp_path)
    with pytest.raises(UserError, match="is not a return"):
        template.command("hrda", "", "", tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (libreoffice-calc)")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_saves_a_template_as_it_was_filled_in(tmp_path, kind):
    one = dictionary.load()["child_deaths"]
    source = tmp_path / "sent" / "child_deaths.xlsx"
    source.parent.mkdir()
    filled(source, one, [(5, date(2017, 4, 1))])
    to = [
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        kind,
        "--outdir",
        tmp_path / "back",
    ]
    subprocess.run(["soffice", *to, source], check=True, capture_output=True, timeout=120)
    first, back = returns.read(source.parent, PERIOD, AREA), returns.read(tmp_path / "back", PERIOD, AREA)
    rows = [got.frames["child_deaths"].drop(columns="_file").astype("str") for got in (first, back)]
    assert len(rows[0]) == 1 and rows[0].equals(rows[1]) and back.covers_from == first.covers_from != {}
    assert set(back.problems["rule"]) <= set(first.problems["rule"])
    if kind == "xlsx":
        sheets = [openpyxl.load_workbook(path)["child deaths"] for path in (source, tmp_path / "back" / source.name)]
        notes = [sum(cell.comment is not None for cell in sheet[1]) for sheet in sheets]
        assert notes[0] == notes[1] > 0
        assert len(sheets[0].data_validations.dataValidation) == len(sheets[1].data_validations.dataValidation) > 0
