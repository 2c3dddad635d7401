"""Claims in and answers out: JSON, CSV (one row per number) and a page a chair can read."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from html import escape
from pathlib import Path

from ..settings import UserError
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, VERDICTS, WRONG, Answer
from .model import CLAIM_FIELDS, NUMBER_FIELDS, typed

FORMATS = ("json", "csv", "html")


class Claims(list):
    """Claims as read (dicts in the order of the file). `problems`: what was given but is not known, one line each."""

    problems: tuple[str, ...] = ()


def read(path: str | Path) -> Claims:
    """The claims of a file: a JSON list, `{"claims": [...]}`, or CSV with one row per number.

    Raises UserError for a file that is neither, and for a claim that has no shape, naming the claim and the field.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(
            f"{path} is not there: give the claims as JSON or CSV (data/reference/claims-template.csv)."
        ) from None
    except (UnicodeDecodeError, OSError) as error:
        raise UserError(f"{path.name} cannot be read: save it as UTF-8 text ({error.__class__.__name__}).") from None
    if path.suffix.lower() == ".csv":
        claims, problems = _from_csv(text, path.name)
    else:
        claims, problems = _from_json(text, path.name)
    made = Claims(claims)
    made.problems = (*problems, *(line for each in typed(claims) for line in each.problems))
    return made


def _from_json(text: str, name: str) -> tuple[list[dict], list[str]]:
    try:
        held = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        raise UserError(f"{name}, line {error.lineno}: not valid JSON ({error.msg.lower()}).") from None
    problems = []
    if isinstance(held, dict):
        problems = [f"{name}: unknown field {field!r} is not used" for field in held if field != "claims"]
        held = held.get("claims")
    if not isinstance(held, list):
        raise UserError(f'{name}: write a list of claims, or {{"claims": [...]}}.')
    return held, problems


def _from_csv(text: str, name: str) -> tuple[list[dict], list[str]]:
    rows = csv.reader(io.StringIO(text))
    heads = [h.strip().lower() for h in next(rows, [])]
    missing = [h for h in ("id", "kind", "role") if h not in heads]
    if missing:
        raise UserError(f"{name}: the first row must name the columns; missing: {', '.join(missing)}.")
    known = {*CLAIM_FIELDS, *NUMBER_FIELDS}
    problems = [f"{name}: unknown column {h!r} is not used" for h in heads if h and h not in known]
    claims: dict[str, dict] = {}
    for line, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(heads):
            raise UserError(
                f"{name}, row {line}: {len(row)} cells under {len(heads)} headings; put text with commas in quotes."
            )
        cells = {h: c.strip() for h, c in zip(heads, row, strict=False) if h in known and c.strip()}
        _add_row(claims, cells, name, line)
    return list(claims.values()), problems


def _add_row(claims: dict[str, dict], cells: dict, name: str, line: int) -> None:
    if "id" not in cells:
        raise UserError(f"{name}, row {line}, id: blank; repeat the claim's id on each of its rows.")
    claim = claims.setdefault(cells["id"], {"id": cells["id"], "numbers": []})
    for field in CLAIM_FIELDS:
        if field in cells and claim.setdefault(field, cells[field]) != cells[field]:
            raise UserError(f"{name}, row {line}, {field}: {cells[field]!r} differs from the claim's earlier row.")
    claim["numbers"].append({f: cells[f] for f in NUMBER_FIELDS if f in cells})


# --- answers out ------------------------------------------------------------------------------------------------


def write(answers: list[Answer], format: str = "json", claims: list[dict] | None = None) -> str:
    """The answers as text: `json`, `csv`, or a complete accessible `html` page. `claims` gives the page its quotes."""
    if format not in FORMATS:
        raise UserError(f"--format {format}: choose one of {', '.join(FORMATS)}.")
    if format == "json":
        return json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
    if format == "csv":
        return _csv(answers)
    return _page(answers, claims or [])


def _csv(answers: list[Answer]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "verdict", "diagnosis", "recalculated", "sentence", "notes"])
    for a in answers:
        figures = json.dumps(a.recalculated, ensure_ascii=False) if a.recalculated else ""
        writer.writerow([a.id, a.verdict, a.diagnosis, figures, a.sentence, "; ".join(a.get("notes", ()))])
    return out.getvalue()


TITLES = {
    WRONG: "Does not reproduce",
    ONLY_IF: "Reproduces only if a condition holds",
    UNKNOWN: "Cannot be checked from what is printed",
    REPRODUCES: "Reproduces",
}
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#1d1d1d;background:#fff}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.4rem 0}"
    "th,td{border-bottom:1px solid #6b6b6b;padding:.4rem .6rem;text-align:left;vertical-align:top}"
    ".table{overflow-x:auto}"
)


def _page(answers: list[Answer], claims: list[dict]) -> str:
    from . import __doc__ as about

    quotes = {str(c.get("id")): str(c.get("text") or "") for c in claims}
    counts = Counter(a.verdict for a in answers)
    summary = "; ".join(f"{counts[v]} {TITLES[v].lower()}" for v in VERDICTS if counts[v])
    parts = [
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Audit of printed figures</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body><main><h1>Are the printed figures right?</h1>",
        f"<p>{len(answers)} claims: {escape(summary)}.</p>",
        *(findings([a for a in answers if a.verdict == v], quotes, heading=True) for v in VERDICTS if counts[v]),
        f"<h2>How they were judged</h2><p>{escape(about.split(chr(10) * 2)[1])}</p></main></body></html>\n",
    ]
    return "".join(parts)


def findings(answers: list[Answer], quotes: dict[str, str], heading: bool = False) -> str:
    """Answers of one verdict as an HTML table: what is printed, what is wrong, what would be right."""
    if not answers:
        return ""
    title = TITLES[answers[0].verdict]
    rows = "".join(
        f'<tr><th scope="row">{escape(a.id)}</th><td>{escape(quotes.get(a.id, ""))}</td>'
        f"<td>{escape(a.sentence)}</td></tr>"
        for a in answers
    )
    label = f"{title}: {len(answers)}"
    return (
        (f"<h2>{escape(title)}</h2>" if heading else "")
        + f'<div class="table" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"<table><caption>{escape(label)}</caption>"
        '<thead><tr><th scope="col">Claim</th><th scope="col">Printed</th><th scope="col">Finding</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def command(file: str | Path, format: str = "json", out: str | Path | None = None) -> int:
    """`lscb claims FILE [--format json|csv|html] [--out FILE]`: 0 when it is done, whatever it found.

    Unknown fields are named on stderr, one line each; the audit is done all the same. Raises UserError (exit
    code 2) for a file or a format that cannot be used.
    """
    from . import audit

    if format not in FORMATS:
        raise UserError(f"--format {format}: choose one of {', '.join(FORMATS)}.")
    claims = read(file)
    for line in claims.problems:
        print(line, file=sys.stderr)
    text = write(audit(claims), format, claims)
    if out is None:
        sys.stdout.write(text)
        return 0
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}.") from None
    return 0
