"""`lscb claims read DRAFT`: a draft in, findings out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from lscb.errors import UserError

from .claim_files import put
from .draft_reading import Known, read_draft
from .findings_page import findings_page
from .findings_workbook import findings_workbook
from .word_comments import write_comments

FORMATS = ("json", "html", "xlsx")


def read_command(
    draft: str | Path,
    format: str = "json",
    out: str | Path | None = None,
    comment: str | Path | None = None,
    known: Sequence[Known] = (),
) -> int:
    """Read a draft, judge its claims, and write the findings; what was not read goes to stderr, one line each.

    Returns 0 when the draft was read whole, 1 where a limit of time stopped it. Raises UserError (exit code 2) for a
    draft, a format or a target that cannot be used.
    """
    if format not in FORMATS:
        raise UserError(f"--format {format}: choose one of {', '.join(FORMATS)}.")
    if format == "xlsx" and out is None:
        raise UserError("--format xlsx needs --out FILE: a workbook cannot be printed.")
    reading = read_draft(draft, known)
    for line in reading.unread:
        print(line, file=sys.stderr)
    if format == "json":
        put(json.dumps([f.record() for f in reading.findings], ensure_ascii=False, indent=1) + "\n", out)
    else:
        put(findings_page(reading) if format == "html" else findings_workbook(reading), out)
    if comment is not None:
        try:
            written = write_comments(Path(draft), Path(comment), reading)
        except OSError as error:
            raise UserError(f"{comment} cannot be written: {error.strerror}.") from None
        print(f"{written} comments were written into {comment}.", file=sys.stderr)
    return 1 if any("time limit" in line for line in reading.unread) else 0
