"""Answers as JSON, CSV and a page a chair can read."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from html import escape

from lscb.errors import UserError
from lscb.spreadsheet_text import guarded

from .answers import ONLY_IF, REPRODUCES, UNKNOWN, VERDICTS, WRONG, Answer

FORMATS = ("json", "csv", "html", "xlsx")


def write(answers: list[Answer], format: str = "json", claims: list[dict] | None = None) -> str | bytes:
    """The answers as text (`json`, `csv`, or a complete accessible `html` page) or as an `xlsx` workbook.

    claims : the claims as read: the page's quotes, and the workbook's rows to correct
    """
    if format not in FORMATS:
        raise UserError(f"--format {format}: choose one of {', '.join(FORMATS)}.")
    if format == "json":
        return json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
    if format == "csv":
        return _csv(answers)
    if format == "xlsx":
        from .findings_workbook import answers_workbook

        return answers_workbook(answers, claims or [])
    return _page(answers, claims or [])


SHOWN = 8  # of a list of possible numbers in one cell


def _short(figures: dict) -> dict:
    """Recalculated figures for one cell of a table: of long lists the first few and the last."""
    result = {}
    for name, value in figures.items():
        flat = isinstance(value, list) and not any(isinstance(each, list) for each in value)
        if name == "numerators":
            continue
        result[name] = [*value[:SHOWN], "...", value[-1]] if flat and len(value) > SHOWN + 1 else value
    return result


def _csv(answers: list[Answer]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "verdict", "diagnosis", "recalculated", "sentence", "notes"])
    for a in answers:
        figures = json.dumps(_short(a.recalculated), ensure_ascii=False) if a.recalculated else ""
        texts = (a.id, a.verdict, a.diagnosis, figures, a.sentence, "; ".join(a.get("notes", ())))
        writer.writerow([guarded(str(text)) for text in texts])
    return out.getvalue()


TITLES: dict[str, str] = {
    WRONG: "Does not reproduce",
    ONLY_IF: "Reproduces only if a condition holds",
    UNKNOWN: "Cannot be checked from what is printed",
    REPRODUCES: "Reproduces",
}
COUNTED = {  # one claim, several claims
    WRONG: ("does not reproduce", "do not reproduce"),
    ONLY_IF: ("reproduces only if a condition holds", "reproduce only if a condition holds"),
    UNKNOWN: ("cannot be checked from what is printed", "cannot be checked from what is printed"),
    REPRODUCES: ("reproduces", "reproduce"),
}
MEANS = {
    WRONG: "No fair reading of the printed figures gives these. Correct them before the document is signed.",
    ONLY_IF: "Right on a condition that the sentence does not name. Name it, or change the figure.",
    UNKNOWN: "A figure needed to check these is not printed. Print it, or have it to hand.",
    REPRODUCES: "Recalculated from the printed figures, and right.",
}
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#1d1d1d;background:#fff}a{color:#0b4f8a}h2{margin:2.2rem 0 .3rem}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}caption{text-align:left;padding:0 0 .4rem}"
    "th,td{border-bottom:1px solid #6b6b6b;padding:.5rem .6rem;text-align:left;vertical-align:top}"
    "th,td{overflow-wrap:break-word}tbody th{font-weight:400}thead th:first-child{width:42%}"
    "small{display:block;color:#4a4a4a}tr{break-inside:avoid}"
)


def _page(answers: list[Answer], claims: list[dict]) -> str:
    from . import __doc__ as about

    claims_by_id = {str(c.get("id")): c for c in claims}
    counts = Counter(a.verdict for a in answers)
    summary = "".join(
        f'<li><a href="#{v.replace(" ", "-")}">{counts[v]} {COUNTED[v][counts[v] > 1]}</a></li>'
        for v in VERDICTS
        if counts[v]
    )
    noted = "".join(f"<li>{escape(line)}</li>" for a in answers for line in a.get("notes", ()))
    parts = [
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Audit of printed figures</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body><main><h1>Are the printed figures right?</h1>",
        f"<p>{len(answers)} {'claim' if len(answers) == 1 else 'claims'}, recalculated from the figures printed "
        f"with them:</p><ul>{summary}</ul>",
        *(findings([a for a in answers if a.verdict == v], claims_by_id) for v in VERDICTS if counts[v]),
        f"<h2>Given but not understood</h2><ul>{noted}</ul>" if noted else "",
        f"<h2>How they were judged</h2><p>{escape(about.split(chr(10) * 2)[1])}</p></main></body></html>\n",
    ]
    return "".join(parts)


def findings(answers: list[Answer], claims_by_id: dict[str, dict]) -> str:
    """Answers of one verdict as a headed HTML table: what is printed and where, what is wrong, what would be right."""
    verdict = answers[0].verdict
    rows = "".join(
        f'<tr><th scope="row">{escape(quote(claims_by_id.get(a.id, {})))}'
        f"<small>{escape(_where(a.id, claims_by_id))}</small></th>"
        f"<td>{escape(a.sentence)}</td></tr>"
        for a in answers
    )
    return (
        f'<h2 id="{verdict.replace(" ", "-")}">{escape(TITLES[verdict])}: {len(answers)}</h2>'
        f"<table><caption>{escape(MEANS[verdict])}</caption>"
        '<thead><tr><th scope="col">What is printed</th><th scope="col">What the figures say</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def quote(claim: dict) -> str:
    """The sentence of a claim; without one its figures, each after its role."""
    if text := str(claim.get("text") or "").strip():
        return text
    numbers = (n for n in claim.get("numbers") or () if isinstance(n, dict))
    return ", ".join(f"{n.get('role')} {n.get('value') or n.get('word') or 'not printed'}" for n in numbers)


def _where(name: str, claims_by_id: dict[str, dict]) -> str:
    source = str(claims_by_id.get(name, {}).get("source") or "").strip()
    return f"{name} ({source})" if source else name
