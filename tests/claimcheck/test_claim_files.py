"""Files of claims: read, refused, and written as answers."""

import csv
import json
import re

import pytest
from claim_rows import CORPUS, asked

import claimcheck as claims
from claimcheck.claim import CLAIM_FIELDS, NUMBER_FIELDS
from lscb.errors import UserError
from openstats.project_data import DATA

CLAIMS_FILE = DATA / "reference" / "annual-report-2017-18-claims.json"


def test_json_and_csv_of_the_same_claims_have_the_same_answers(tmp_path):
    chosen = [asked(c) | {"id": c["id"]} for c in CORPUS if c["kind"] in ("percent_difference", "share", "rank")]
    rows, heads = [], []
    for claim in chosen:
        for number in claim["numbers"]:
            rows.append(
                {
                    **{k: v for k, v in claim.items() if k != "numbers"},
                    **{k: v for k, v in number.items() if v is not None},
                }
            )
            heads += [name for name in rows[-1] if name not in heads]
    with open(tmp_path / "c.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "c.json").write_text(json.dumps({"claims": chosen}), encoding="utf-8")
    from_csv, from_json = (claims.audit(claims.read(tmp_path / name)) for name in ("c.csv", "c.json"))
    assert [(a.id, a.verdict, a.diagnosis) for a in from_csv] == [(a.id, a.verdict, a.diagnosis) for a in from_json]


def test_unknown_fields_are_reported_and_the_audit_goes_on(tmp_path, capsys):
    path = tmp_path / "c.json"
    rows = [{"role": "total", "value": 38}, {"role": "divisor", "value": "3", "shade": 1}]
    rows += [{"role": "printed", "value": "13"}]
    claim = {"id": "a1", "kind": "average", "colour": "red", "numbers": rows}
    path.write_text(json.dumps([claim]), encoding="utf-8")
    assert claims.command(path) == 0
    out, err = capsys.readouterr()
    assert "a1" in err and "'colour'" in err and "'shade'" in err
    answer = json.loads(out)[0]
    assert answer["verdict"] == "reproduces" and len(answer["notes"]) == 2


@pytest.mark.parametrize(
    "claim, words",
    [
        ({"id": "k", "kind": "guess", "numbers": [{"role": "printed", "value": "1"}]}, "claim k, kind"),
        ({"id": "k", "kind": "share", "numbers": "5"}, "claim k, numbers"),
        ({"id": "k", "kind": "share", "numbers": [{"value": "1"}]}, "claim k, number 1, role"),
        ({"id": "k", "kind": "share", "numbers": [{"role": "printed", "value": "12..5%"}]}, "claim k, number 1, value"),
        ({"id": "k", "kind": "share", "numbers": [{"role": "printed", "value": [5]}]}, "claim k, number 1, value"),
        ({"id": "k", "kind": "share", "numbers": [{"role": "printed", "value": "5", "decimals": "x"}]}, "decimals"),
        ({"id": "k", "kind": "rate", "per": "many", "numbers": [{"role": "count", "value": "5"}]}, "claim k, per"),
        ("a sentence", "claim 1"),
    ],
)
def test_a_claim_without_shape_is_refused_by_name(claim, words):
    with pytest.raises(UserError, match=re.escape(words)):
        claims.audit([claim])


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("c.json", "{", "not valid JSON"), ("c.json", '{"a": 1}', "list of claims"),
        ("c.csv", "id,kind\n1,share\n", "role"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, text, words):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words):
        claims.read(tmp_path / name)


def test_a_file_that_is_not_there_and_a_format_that_is_not(tmp_path):
    with pytest.raises(UserError, match="not there"):
        claims.read(tmp_path / "none.json")
    with pytest.raises(UserError, match="--format xml"):
        claims.command(tmp_path / "none.json", "xml")


def test_two_claims_of_one_id_are_refused():
    claim = asked(CORPUS[0])
    with pytest.raises(UserError, match=f"claim {claim['id']}, id"):
        claims.audit([claim, claim])


def test_the_template_shows_every_kind_and_every_field():
    path = DATA / "reference" / "claims-template.csv"
    template = claims.read(path)
    assert {claim["kind"] for claim in template} == set(claims.KINDS) and not template.refused
    assert not any("unknown" in line for line in template.problems)
    heads = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert set(heads) == {*CLAIM_FIELDS, *NUMBER_FIELDS} - {"numbers"}
    odd = [a.id for a in claims.audit(template) if a.verdict != claims.REPRODUCES]
    assert sorted(odd) == ["example-repeat", "example-unlike_periods"]  # two examples show what is wrong


def test_formats(tmp_path):
    page = tmp_path / "a.html"
    assert claims.command(CLAIMS_FILE, "html", page) == 0
    html = page.read_text(encoding="utf-8")
    assert '<html lang="en-GB">' in html and html.count("<h1>") == 1 and 'scope="col"' in html
    assert "34% higher" in html and "50.7%" in html and "http" not in html
    answers = claims.audit(claims.read(CLAIMS_FILE))
    rows = list(csv.DictReader(claims.write(answers, "csv").splitlines()))
    assert len(rows) == len(answers) and rows[0]["verdict"] == answers[0].verdict
    assert json.loads(claims.write(answers)) == json.loads(json.dumps(answers))


def test_the_workbook_of_a_list_is_read_back_with_the_same_answers(tmp_path):
    template = DATA / "reference" / "claims-template.csv"
    out = tmp_path / "a.xlsx"
    assert claims.command(template, "xlsx", out) == 0
    again, once = claims.read(out), claims.read(template)
    assert (again.problems, again.refused) == ((), ())
    assert [(a.id, a.verdict, a.diagnosis) for a in claims.audit(again)] == [
        (a.id, a.verdict, a.diagnosis) for a in claims.audit(once)
    ]


def test_a_cell_that_excel_shows_as_a_percentage_is_read_as_one(tmp_path):
    """2 of 16 is 12.5 %: kept as 0.125, shown as 12.5% or, without a decimal, as 13%."""
    import openpyxl

    def answers(shown: str) -> list[str]:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (
            [],
            [None, "id", "kind", "role", "value"],
            [None, "a", "share", "numerator", 2],
            [None, None, None, "denominator", 16],
            [None, None, None, "printed", 0.125],
        ):
            sheet.append(row)
        sheet["E5"].number_format = shown
        book.save(tmp_path / "claims.xlsx")
        read = claims.read(tmp_path / "claims.xlsx")
        assert (read.problems, read.refused) == ((), ())
        return [read[0]["numbers"][2]["value"], claims.audit(read)[0].verdict]

    assert answers("0.0%") == ["12.5%", claims.REPRODUCES]
    assert answers("0%") == ["13%", claims.REPRODUCES]
    assert answers("General")[0] == "0.125"
