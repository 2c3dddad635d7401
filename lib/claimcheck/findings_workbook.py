"""Findings of a draft as an Excel workbook: one row per claim to read, one row per number to correct and send back."""

from __future__ import annotations

import io

from .answers import Answer
from .claim import ROLES_OF
from .draft_reading import Finding, Reading

FINDINGS = ("id", "verdict", "text", "sentence", "kind", "diagnosis", "paragraph", "source", "open")
NUMBERS = (
    "id", "kind", "text", "source", "per", "constraint", "document_period", "role", "value", "decimals", "unit",
    "period", "word",
    "direction", "approximate", "comparison", "sign", "rounded_to", "basis", "months", "geography", "name", "measure",
    "label_in_text", "base_period_stated", "derived_from", "same_population", "own_unit", "comparator_unit",
)  # fmt: skip
WIDTHS = {"text": 60, "sentence": 60, "verdict": 20, "kind": 18, "diagnosis": 24}


def findings_workbook(reading: Reading) -> bytes:
    """A workbook of two sheets: `Findings`, and `Claims`, which `lscb claims` reads back after corrections."""
    findings = [[_cell(_name(n), f, column) for column in FINDINGS] for n, f in enumerate(reading.findings, 1)]
    numbers = [row for n, f in enumerate(reading.findings, 1) for row in _number_rows(_name(n), f)]
    return _workbook(findings, numbers)


def answers_workbook(answers: list[Answer], claims: list[dict]) -> bytes:
    """The same workbook of a list of claims and its answers."""
    by_id = {str(c.get("id")): c for c in claims}
    rows = [{**{name: by_id.get(a.id, {}).get(name) for name in ("text", "kind", "source")}, **a} for a in answers]
    findings = [[str(row.get(column) or "") for column in FINDINGS] for row in rows]
    numbers = []
    for fields in claims:
        for i, number in enumerate(fields.get("numbers") or []):
            row = {"id": fields["id"], **number, **(fields if i == 0 else {})}
            numbers.append([str(row.get(column) if row.get(column) is not None else "") for column in NUMBERS])
    return _workbook(findings, numbers)


def _workbook(findings: list[list[str]], numbers: list[list[str]]) -> bytes:
    """Both sheets, with lists to choose kinds and roles from."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    wrap, bold = (
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"bold": True, "text_wrap": True}),
    )
    _sheet(book, "Findings", FINDINGS, findings, wrap, bold)
    claims = _sheet(book, "Claims", NUMBERS, numbers, wrap, bold)
    last = max(len(numbers), 1) + 200
    lists = book.add_worksheet("Lists")
    lists.write_column(0, 0, sorted(ROLES_OF))
    roles = sorted({role for kinds in ROLES_OF.values() for role in kinds})
    lists.write_column(0, 1, roles)
    lists.hide()
    claims.data_validation(1, 1, last, 1, {"validate": "list", "source": f"=Lists!$A$1:$A${len(ROLES_OF)}"})
    claims.data_validation(1, 7, last, 7, {"validate": "list", "source": f"=Lists!$B$1:$B${len(roles)}"})
    book.close()
    return target.getvalue()


def _name(number: int) -> str:
    return f"c{number:03d}"


def _sheet(book, name: str, heads: tuple[str, ...], rows: list[list[str]], wrap, bold):
    """A sheet of text cells, so that 19.0 stays 19.0, with filters and its headings fixed."""
    sheet = book.add_worksheet(name)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, WIDTHS.get(head, 14))
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell, wrap)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    return sheet


def _cell(name: str, finding: Finding, column: str) -> str:
    if column == "id":
        return name
    value = getattr(finding, column)
    return ("yes" if value else "") if column == "open" else str(value)


def _number_rows(name: str, finding: Finding) -> list[list[str]]:
    """The numbers of a claim, its own fields on the first row only."""
    result = []
    for i, number in enumerate(finding.numbers):
        fields = {"id": name, **{k: v for k, v in number.items() if k != "where" and v is not None}}
        if i == 0:
            where = f"paragraph {finding.paragraph}"
            fields |= {"kind": finding.kind, "text": finding.text, "source": where, **finding.fields}
        result.append([str(fields.get(column, "")) for column in NUMBERS])
    return result
