"""`lscb claims read DRAFT`: a draft in, findings out."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from lscb.errors import UserError

from .answers import WRONG
from .claim_files import put
from .draft_reading import Known, Reading, read_draft
from .drafts.reading_apart import open_apart
from .findings_page import findings_page
from .findings_workbook import findings_workbook
from .known_tables import ProtectedTables
from .official_figures import OfficialFigures
from .word_comments import write_comments

FORMATS = ("json", "html", "xlsx")


def command(
    draft: str | Path,
    format: str = "json",
    out: str | Path | None = None,
    comment: str | Path | None = None,
    tables: str | Path | None = None,
    open_data: str | Path | None = None,
    area: str = "",
) -> int:
    """Read a draft, judge its claims, and write the findings; what was not read goes to stderr, one line each.

    tables : a folder of protected tables to compare with
    open_data : the folder of official files; the project's own where none is given
    area : GSS code of the authority; the one the draft names most often where it is blank

    Returns 0 when the draft was read whole, 1 where a limit of time stopped it. Raises UserError (exit code 2) for a
    draft, a format or a target that cannot be used.
    """
    if format not in FORMATS:
        raise UserError(f"--format {format}: choose one of {', '.join(FORMATS)}.")
    if format == "xlsx" and out is None:
        raise UserError("--format xlsx needs --out FILE: a workbook cannot be printed.")
    from openstats import Store

    sources: list[Known] = [OfficialFigures(Store(open_data), area)]
    if tables is not None:
        sources.append(ProtectedTables(Path(tables)))
    reading = _reading(draft, sources)
    for line in reading.unread:
        print(line, file=sys.stderr)
    if format == "json":
        put(json.dumps([f.record() for f in reading.findings], ensure_ascii=False, indent=1) + "\n", out)
    else:
        put(findings_page(reading) if format == "html" else findings_workbook(reading), out)
    if out is not None:
        wrong = sum(f.verdict == WRONG for f in reading.findings)
        print(f"{len(reading.findings)} claims were read; {wrong} do not reproduce: see {out}.", file=sys.stderr)
    if comment is not None:
        _comment(Path(draft), Path(comment), reading)
    return 1 if any("time limit" in line for line in reading.unread) else 0


def _reading(draft: str | Path, sources: list[Known]) -> Reading:
    """The draft read: it makes many small objects and keeps them, so that there is nothing to collect meanwhile."""
    gc.disable()
    try:
        return read_draft(open_apart(draft), sources)
    finally:
        gc.enable()


def _comment(draft: Path, out: Path, reading: Reading) -> None:
    try:
        written = write_comments(draft, out, reading)
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}.") from None
    print(f"{written} comments were written into {out}.", file=sys.stderr)
