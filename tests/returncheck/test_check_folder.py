# ruff: noqa: E501  (rows of cases read best as rows)
"""`lscb check`: what it writes, for whom, and that nothing it writes can run."""

import csv
import json
import re
import stat
import subprocess
import sys
from html.parser import HTMLParser

import pandas as pd
import pytest
from bench_parts.returns import measure
from fuzz_returns import main as fuzz
from invented_returns import HRDA, hrda, table

import returncheck as returns
from lscb.errors import UserError
from lscb.periods import Quarter
from returncheck import check_files, duplicate_rows
from returncheck.check_folder import without_value

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
HEADS = "Referral ID,Victim ID,Date of referral,Outcome,Odd one\n"


@pytest.fixture
def checked(tmp_path):
    def check(previous=None, **files):
        (tmp_path / "in").mkdir(exist_ok=True)
        for name, text in files.items():
            path = tmp_path / "in" / name.replace("___", "/").replace("__", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return returns.check(tmp_path / "in", PERIOD, AREA, tmp_path / "out", previous)

    return check


def test_what_is_printed_names_cells_and_rules_and_never_a_value(checked):
    odd = "Zelda Quux", "14 Acacia Road", "23/13/2017", "99/99", '"R"" is 1"', "12345.0", "1,234", "seven"
    rows = [
        hrda(id=f"R{n}{i}", **{name: text})
        for i, text in enumerate(odd)
        for n, name in enumerate(("victim", "perpetrator", "on", "children", "disability", "lsoa"))
    ]
    lines = checked(hrda__csv=table(HRDA, *[[f'"{c}"' if "," in c else c for c in row] for row in rows])).lines
    assert len(lines) >= 6 and not [
        line for line in lines for text in odd if text.strip('"').replace('""', '"') in line
    ]
    assert any(
        re.search(r"hrda.csv, row \d+, F\d+ and \d+ more: What stands there is not yes or no", line) for line in lines
    )


@pytest.mark.parametrize("text", ["417.0", "41,417"])
def test_a_reference_that_is_read_otherwise_is_printed_neither_as_sent_nor_as_read(checked, text):
    lines = checked(hrda__csv=table(HRDA, hrda(id="R1", victim=f'"{text}"'))).lines
    assert any("is read otherwise" in line for line in lines) and not [line for line in lines if "417" in line]


def test_how_a_number_is_shown_is_not_printed():
    rule = 'What stands there is a number that its format shows as "417 Quux". Send it as text.'
    assert without_value(rule) == "What stands there is a number that its format shows as otherwise. Send it as text."


def test_many_rows_with_one_problem_are_one_line(checked):
    rows = [hrda(id=f"R{n}", disability="perhaps" if n < 700 else "Y") for n in range(800)]
    (line,) = [each for each in checked(hrda__csv=table(HRDA, *rows)).lines if "yes or no" in each]
    assert line.startswith("hrda.csv, row 2, F2 and 699 more: What stands there is not yes or no")


def test_exit_codes(checked):
    assert checked(hrda__csv=HEADS + "R1,V1,01/02/2018,Heard,\n").code == 0
    assert checked(hrda__csv=HEADS + "R1,V1,nonsense,Heard,\n").code == 1
    assert checked(hrda__csv="a,b\n1,2\n").code == 2


def test_a_report_for_each_partner_with_only_their_cells(checked, tmp_path):
    checked(police___a__csv=HEADS + "R1,V1,secret1,Heard,\n", health___b__csv=HEADS + "R2,V2,secret2,Heard,\n")
    for partner, own, other in (("police", "secret1", "secret2"), ("health", "secret2", "secret1")):
        page = (tmp_path / "out" / f"{partner}.html").read_text()
        rows = (tmp_path / "out" / f"{partner}.problems.csv").read_text()
        assert own in page and other not in page and own in rows and other not in rows
        assert "C2" in page and "A blank means" in page and page.startswith('<!doctype html><html lang="en-GB">')
        HTMLParser().feed(page)
        assert "<script" not in page and "http" not in page


RUNS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", " =1"]


@pytest.mark.parametrize("text", RUNS)
def test_nothing_written_can_run(checked, tmp_path, text):
    result = checked(hrda__csv=HEADS + f'"R1{text}","{text}",nonsense,"{text}",\n"{text}",V2,01/02/2018,Heard,\n')
    for path in (tmp_path / "out").rglob("*.csv"):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell.lstrip().startswith(("=", "+", "-", "@")), (path.name, cell)
    assert "<" not in text and result.received.quality["received"].sum() == 2


def test_html_of_a_partner_is_shown_and_not_run(checked, tmp_path):
    checked(hrda__csv=HEADS + "<script>alert(1)</script>,V1,<img src=x onerror=y>,Heard,\n")
    page = (tmp_path / "out" / "hrda.html").read_text()
    assert "<script" not in page and "<img" not in page and "&lt;img" in page


def test_only_the_owner_can_read_what_is_written(checked, tmp_path):
    checked(hrda__csv=HEADS + "R1,V1,nonsense,Heard,\n")
    for path in (tmp_path / "out").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_mapping_is_drafted_and_never_applied(checked, tmp_path):
    result = checked(hrda__csv="Referral ID,Victm ID,Date of referral\nR1,V1,01/02/2018\n")
    draft = (tmp_path / "out" / "mappings" / "hrda.draft.yml").read_text()
    assert '"Victm ID": victim_id' in draft
    assert result.received.frames["hrda_referrals"]["victim_id"].isna().all()


def test_a_reviewed_mapping_is_applied(tmp_path):
    from shutil import copytree

    from openstats.project_data import DATA

    copytree(DATA / "dictionary", tmp_path / "dictionary")
    (tmp_path / "dictionary" / "mappings" / "hub.yml").write_text(
        "partner: hub\nfiles: ['hub*.csv']\ndates: month first\nheadings: {Vctm: victim_id, Date: referred_on, Spare: ignore}\n"
        "values: {children_in_household: {'-': 0, 'None': missing}, victim_sex: {'1': male}}\n"
    )
    (tmp_path / "in").mkdir()
    text = "Referral ID,Vctm,Date,Children,Victim sex,Spare\nR1,V1,04/25/2017,-,1,x\nR2,V2,04/03/2017,None,2,\n"
    (tmp_path / "in" / "hub1.csv").write_text(text)
    got = returns.read(tmp_path / "in", PERIOD, AREA, dictionary_folder=tmp_path / "dictionary")
    frame = got.frames["hrda_referrals"]
    assert frame["victim_id"].tolist() == ["V1", "V2"] and frame["children_in_household"].tolist() == [0, pd.NA]
    assert frame["victim_sex"].fillna("").tolist() == ["male", ""]  # 2 is not declared
    assert frame["referred_on"].dt.strftime("%d %b").tolist() == ["25 Apr", "03 Apr"]
    assert got.problems.loc[got.problems["todo"].str.startswith("The row counts"), "cell"].tolist() == ["E3"]


def test_half_the_usual_rows_is_a_warning(checked, tmp_path):
    rows = "".join(f"R{i},V{i},01/02/2018,Heard,\n" for i in range(49))
    said = lambda result: " ".join(result.received.problems["rule"])  # noqa: E731
    assert "last quarter there were 100" in said(checked({"hrda_referrals": 100}, hrda__csv=HEADS + rows))
    assert "last quarter" not in said(checked({"hrda_referrals": 98}, hrda__csv=HEADS + rows))
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["rows"] == {"hrda_referrals": 49}


def test_file_names_with_path_characters(checked, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a..\\..\\=evil;<b>.csv").write_text(HEADS + "R1,V1,nonsense,Heard,\n")
    result = returns.check(tmp_path / "in", PERIOD, AREA, tmp_path / "out")
    assert all(tmp_path / "out" in p.resolve().parents for p in result.written) and result.code == 1


def test_the_command_on_one_file_loads_no_plotting(tmp_path):
    (tmp_path / "hrda.csv").write_text(HEADS + "R1,V1,nonsense,Heard,\n")
    code = (
        "import sys\nfrom pathlib import Path\nimport returncheck as returns\n"
        f"code = returns.command([Path({str(tmp_path / 'hrda.csv')!r})], '2017-18-Q4', 'E06000045', False, None, Path({str(tmp_path / 'out')!r}))\n"
        "heavy = {'matplotlib', 'seaborn', 'geopandas', 'papermill', 'nbconvert', 'scipy'} & set(sys.modules)\n"
        "sys.exit(f'{code} {heavy}' if code != 1 or heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("hrda.csv, row 2, C2:") and "1 refused" in done.stdout


def test_the_command_says_in_one_line_what_is_not_there(tmp_path):
    with pytest.raises(UserError, match="no file"):
        returns.command([tmp_path / "none.csv"], "2017-18-Q4", AREA)
    with pytest.raises(UserError, match="one area"):
        returns.command([], "2017-18-Q4", "all")


def test_several_areas_each_in_its_folder(tmp_path):
    for area in ("E06000045", "E06000044"):
        (tmp_path / area).mkdir()
        (tmp_path / area / "hrda.csv").write_text(HEADS + "R1,V1,01/02/2018,Heard,\n")
    got = returns.read(tmp_path, PERIOD, ("E06000045", "E06000044"))
    assert sorted(got.frames["hrda_referrals"]["area"]) == ["E06000044", "E06000045"]
    assert sorted(got.receipt) == ["E06000044/hrda.csv", "E06000045/hrda.csv"]


def test_a_new_return_needs_a_dictionary_file_only(tmp_path):
    (tmp_path / "dictionary").mkdir()
    (tmp_path / "dictionary" / "visits.yml").write_text(
        "return: visits\nkey: [visit_id]\nfields:\n  visit_id: {says: reference, type: identifier, required: true}\n"
        "  spent: {says: cost, type: number, unit: pounds, allowed: {min: 0}}\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "v.csv").write_text('Visit ID,Spent\nA,"£1,234.50"\nB,-2\n')
    got = returns.read(tmp_path / "in", PERIOD, AREA, dictionary_folder=tmp_path / "dictionary")
    assert got.frames["visits"]["spent"].fillna(0).tolist() == [1234.5, 0]  # B's amount is named, and B counts
    assert got.quality[["received", "refused"]].values.tolist() == [[2, 0]]


def test_the_invented_quarter_is_accepted_whole():
    from openstats.project_data import DATA

    got = returns.read(DATA / "sample" / "2017-18-Q4", PERIOD, AREA)
    assert got.quality["refused"].sum() == 0 and {"child_deaths", "hrda_referrals", "children_services"} <= set(
        got.frames
    )


def test_mutated_files_break_no_promise():
    assert fuzz(120) == 0


def test_the_page_leads_with_its_answer_and_names_equal_problems_once(checked, tmp_path):
    rows = "".join(f"R{n},V{n},{'31/02/2018' if n < 20 else '01/02/2018'}\n" for n in range(25))
    checked(hrda__csv="Referral ID,Victim ID,Date of referral\n" + rows)
    page = (tmp_path / "out" / "hrda.html").read_text()
    assert "5 of 25 rows accepted. 20 rows refused." in page
    assert page.count("is not a date of the calendar") == 1 and "C2, C3," in page and "and 8 more" in page
    assert len((tmp_path / "out" / "hrda.problems.csv").read_text().splitlines()) >= 21  # the CSV has them all


def test_what_is_benched_is_read_whole():
    measured = measure(rows=3_000, sheet_rows=300, pairs=1)
    assert min(measured.ratios.values()) > 0


def test_the_page_says_first_what_blocks_and_speaks_in_headings(checked, tmp_path):
    checked(hrda__csv="Ref No,Date of referral,Victim ID,Odd one\nR1,01/02/2018,V1,x\nR2,31/02/2018,V1,-\n")
    page = (tmp_path / "out" / "hrda.html").read_text()
    order = [page.index(h) for h in ("First: what keeps a file", "Headings that we do not know", "What came")]
    assert order == sorted(order)
    assert "rename it to one of: Referral ID, Victim ID," in page and "Did you mean &quot;Referral ID&quot;?" in page
    for word in ("referral_id", "the mapping of", "born_on"):
        assert word not in page.split("What we expect")[0], word


def test_a_cell_that_gave_no_value_stands_apart_from_rows_that_were_not_used(checked, tmp_path):
    checked(hrda__csv="Referral ID,Date of referral,Victim ID,Children\nR1,01/02/2018,V1,-\nR2,31/02/2018,V1,1\n")
    page = (tmp_path / "out" / "hrda.html").read_text()
    refused, emptied = page.index("Correct these and send the rows again"), page.index("Cells that could not be read")
    assert refused < page.index("B3") < emptied < page.index(">D2<")
    assert "'-" not in page and ">-<" in page  # as the file has it: a page runs nothing


def test_no_report_keeps_a_postcode(checked, tmp_path):
    checked(
        hrda__csv="Referral ID,Date of referral,Victim ID,LSOA,Address\nR1,31/02/2018,SO14 1AA,SO14 2BB,1 High St SO15 3CC\n"
    )
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert not any(code in path.read_text() for code in ("1AA", "2BB", "3CC")), path
    assert "31/02/2018" in (tmp_path / "out" / "rejects" / "hrda_referrals.rejects.csv").read_text()


def test_two_files_of_one_name_have_two_reports(tmp_path):
    for name in ("a.csv", "a.txt"):
        (tmp_path / name).write_text(HEADS + f"R{name[-1]},V1,01/02/2018,Heard,\n")
    returns.command([tmp_path / "a.csv", tmp_path / "a.txt"], "2017-18-Q4", AREA, False, None, tmp_path / "out")
    assert len(list((tmp_path / "out").rglob("*.html"))) == 2


def test_many_rows_that_share_a_key_are_counted_and_named_by_their_number(tmp_path, monkeypatch):
    monkeypatch.setattr(duplicate_rows, "MOST_NAMED", 3)
    monkeypatch.setattr(check_files, "AT_ONCE", 4)
    (tmp_path / "in").mkdir()
    rows = [hrda(victim=f"V{i}") for i in range(10)] + [hrda(id="R2")]
    heads = ["Referral ID", "Victim ID", "Perpetrator ID", '"Date of\nreferral"', *HRDA[4:]]
    (tmp_path / "in" / "hrda.csv").write_text(table(heads, *rows))
    done = returns.check(tmp_path / "in", PERIOD, AREA, tmp_path / "out")
    assert done.received.quality[["received", "accepted", "refused"]].values.tolist() == [[11, 1, 10]]
    assert done.received.problems["rule"].str.contains("stands with other content").sum() == 3
    assert done.received.problems["rule"].str.contains("7 more rows stand more than once").sum() == 1
    rejects = pd.read_csv(tmp_path / "out" / "rejects" / "hrda_referrals.rejects.csv")
    assert rejects["Victim ID"].tolist() == [f"V{i}" for i in range(10)] and rejects["_problems"].notna().all()
    assert "Date of\nreferral" in rejects and (rejects["Referral ID"] == "R1").all()


def test_a_fault_of_every_row_is_kept_once_and_told_of_every_row(tmp_path):
    """A victim of 104 years is asked about. As text each of 3,000 warnings took some 300 bytes; the page names one line."""
    heads = [*HRDA, "Victim age"]
    rows = [[*hrda(id=f"R{n}", victim=f"V{n}", on="03/02/2018"), "104"] for n in range(3000)]
    (tmp_path / "hrda.csv").write_text(table(heads, *rows))
    got = returns.check(tmp_path, Quarter.parse("2017-18-Q4"), "E06000045", tmp_path / "out")
    warned = got.received.problems[got.received.problems["field"] == "victim_age"]
    assert list(warned["row"]) == list(range(2, 3002)) and warned["cell"].iloc[-1] == "H3001"
    assert warned.reset_index(drop=True).memory_usage(deep=True).sum() < 60 * 3000
    lines = (tmp_path / "out" / "hrda.problems.csv").read_text().splitlines()
    assert sum(",victim_age,104,An unusual number" in line for line in lines) == 3000
    page = (tmp_path / "out" / "hrda.html").read_text()
    assert "H2, H3, H4" in page and "H13 and 2,988 more" in page and page.count("An unusual number") == 1
