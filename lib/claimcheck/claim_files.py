"""Files of claims as people have them: JSON, CSV as Excel writes it, .xlsx and .ods; one row per number."""

from __future__ import annotations

import csv
import io
import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from lscb.errors import UserError

from .answer_pages import FORMATS, TITLES, write
from .answers import Answer
from .claim import CLAIM_FIELDS, NUMBER_FIELDS, claim
from .workbook_formats import percent_cells

TEMPLATE = "data/reference/claims-template.csv"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
LARGEST = 20_000_000  # bytes; a list of claims is far smaller


class Claims(list):
    """Claims as read (dicts in the order of the file).

    problems : what was given but is not known, one line each
    refused : what of the file is no claim, one line each; the others are read all the same
    """

    problems: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def read(path: str | Path) -> Claims:
    """The claims of a file: a JSON list, `{"claims": [...]}`, CSV or a workbook's first sheet, one row per number.

    Raises UserError for a file that cannot be opened as any of these. A claim without a shape is named in `refused`,
    with its field, and left out.
    """
    path = Path(path)
    if not path.is_file():
        raise UserError(f"{path} is not there: give the claims as JSON, CSV or Excel ({TEMPLATE} shows how).")
    if path.stat().st_size > LARGEST:
        raise UserError(
            f"{path.name} is larger than {LARGEST // 10**6} MB: a list of claims is not; give the list alone."
        )
    if path.suffix.lower() == ".json":
        claims, problems, refused = _from_json(_text(path), path.name)
    else:
        claims, problems, refused = _from_rows(_rows(path), path.name)
    return _checked(claims, problems, refused)


def _checked(claims: list, problems: list[str], refused: list[str]) -> Claims:
    """The claims that have a shape, each id once."""
    result, ids = Claims(), set()
    for place, fields in enumerate(claims):
        try:
            each = claim(fields, place)
        except UserError as error:
            refused.append(str(error))
            continue
        if each.id in ids:
            refused.append(f"claim {each.id}, id: used by two claims; give each its own.")
            continue
        ids.add(each.id)
        problems.extend(each.problems)
        result.append(fields)
    result.problems, result.refused = tuple(problems), tuple(refused)
    return result


def _text(path: Path) -> str:
    """The text of a file in the encodings that office programs write."""
    content = path.read_bytes()
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content[:4096]:
        raise UserError(f"{path.name} cannot be read as text: save it as CSV UTF-8, or as an Excel workbook.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _from_json(text: str, name: str) -> tuple[list, list[str], list[str]]:
    try:
        content = json.loads(text, parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UserError(f"{name}{line}: not valid JSON; write a list of claims as {TEMPLATE} does as CSV.") from None
    problems = []
    if isinstance(content, dict):
        problems = [f"{name}: unknown field {field!r} is not used" for field in content if field != "claims"]
        content = content.get("claims")
    if not isinstance(content, list):
        raise UserError(f'{name}: write a list of claims, or {{"claims": [...]}}.')
    return content, problems, []


def _rows(path: Path) -> list[list[str]]:
    """The rows of a table of claims, as text."""
    if path.suffix.lower() in WORKBOOKS:
        return _sheet(path)
    text = _text(path)
    first = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise UserError(f"{path.name} cannot be read as a table: save it as CSV UTF-8 and send it again.") from None


def _sheet(path: Path) -> list[list[str]]:
    """The sheet that has the columns of claims, else the first, of an Excel or OpenDocument workbook."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError):
        how = "if it has a password, remove it; else save it again as .xlsx"
        raise UserError(f"{path.name} cannot be opened as a workbook: {how}.") from None
    first = [next((row for row in sheet if any(str(c).strip() for c in row)), []) for sheet in sheets]
    heads = [{str(c).strip().lower() for c in row} for row in first]
    place = next((i for i, h in enumerate(heads) if {"id", "kind", "role"} <= h), 0)
    if not sheets:
        return []
    percents = percent_cells(path, place)
    rows = [[_cell(c, percents.get((i, j))) for j, c in enumerate(row)] for i, row in enumerate(sheets[place])]
    return _without_margin(rows)


def _without_margin(rows: list[list[str]]) -> list[list[str]]:
    """Rows without the empty ones above them and the empty columns on their left."""
    filled = [i for i, row in enumerate(rows) if any(cell.strip() for cell in row)]
    rows = rows[filled[0] :] if filled else []
    left = min((j for row in rows for j, cell in enumerate(row) if cell.strip()), default=0)
    return [row[left:] for row in rows]


def _cell(value: object, percent: int | None = None) -> str:
    """A cell as it shows: 12.0% where it is a percentage of one decimal; 19 for 19.0, as no other format is read."""
    if percent is not None and isinstance(value, float | int):
        shown = (Decimal(str(value)) * 100).quantize(Decimal(1).scaleb(-percent), ROUND_HALF_UP)
        return f"{shown}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _from_rows(rows: list[list[str]], name: str) -> tuple[list, list[str], list[str]]:
    heads = [h.strip().lower() for h in (rows[0] if rows else [])]
    missing = [h for h in ("id", "kind", "role") if h not in heads]
    if missing:
        raise UserError(f"{name}: the first row must name the columns; missing: {', '.join(missing)}.")
    columns = {*CLAIM_FIELDS, *NUMBER_FIELDS}
    problems = [f"{name}: unknown column {h!r} is not used" for h in heads if h and h not in columns]
    claims: dict[str, dict] = {}
    refused: dict[str, str] = {}
    latest = ""
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {h: c.strip() for h, c in zip(heads, row, strict=False) if h in columns and c.strip()}
        latest = cells.get("id", latest)
        wrong = _row_problem(claims.get(latest, {}), cells, row, heads, latest)
        if wrong:
            refused.setdefault(latest or f"row {line}", f"{name}, row {line}{wrong}")
            continue
        claim_fields = claims.setdefault(latest, {"id": latest, "numbers": []})
        claim_fields.update({f: cells[f] for f in CLAIM_FIELDS if f in cells})
        claim_fields["numbers"].append({f: cells[f] for f in NUMBER_FIELDS if f in cells})
    return [c for name_, c in claims.items() if name_ not in refused], problems, list(refused.values())


def _row_problem(claim_fields: dict, cells: dict, row: list[str], heads: list[str], name: str) -> str:
    """What makes a row unusable, as the end of a sentence that names it; `` where nothing does."""
    if len(row) > len(heads) and any(c.strip() for c in row[len(heads) :]):
        return f": {len(row)} cells under {len(heads)} headings; put text with commas in quotes."
    if not name:
        return ", id: blank; give the claim an id on its first row."
    for field in CLAIM_FIELDS:
        if field in cells and claim_fields.get(field, cells[field]) != cells[field]:
            return f", {field}: {cells[field]!r} differs from the claim's earlier row."
    return ""


def command(file: str | Path, format: str = "json", out: str | Path | None = None) -> int:
    """`lscb claims FILE [--format json|csv|html|xlsx] [--out FILE]`: 0 when every claim was judged, whatever it found.

    Unknown fields, and claims that have no shape, are named on stderr, one line each; the others are judged all the
    same, and the exit code is 1 if any was refused. Raises UserError (exit code 2) for a file or a format that cannot
    be used.
    """
    from . import audit

    if format not in FORMATS:
        raise UserError(f"--format {format}: choose one of {', '.join(FORMATS)}.")
    claims = read(file)
    for line in (*claims.problems, *claims.refused):
        print(line, file=sys.stderr)
    if claims.refused and not claims:
        return 2
    put(write(audit(claims), format, claims), out)
    return 1 if claims.refused else 0


def put(content: str | bytes, out: str | Path | None) -> None:
    """Write to a file, or as text to standard output. Raises UserError where the file cannot be written."""
    if out is None:
        if isinstance(content, bytes):
            raise UserError("A workbook cannot be printed: give its file with --out.")
        sys.stdout.write(content)
        return
    try:
        Path(out).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}.") from None


__all__ = ["TITLES", "Answer", "Claims", "command", "put", "read", "write"]
