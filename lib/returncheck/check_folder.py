"""A folder or one file of returns, checked: a report for each partner of exactly what to fix, and nothing lost."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats.project_data import standard
from openstats.sources import number_of

from . import mapping_drafts, partner_page
from .check_files import table, text, write_rejects
from .problems import RIGHT_FILE, joined, of_file
from .reading import Received, read

SHOWN = 40  # problems printed on the terminal; the reports have them all
VALUE = re.compile(r'^".*?"(?=:| is | may | could | has )', re.DOTALL)  # of a cell, with which its rule begins
READ_AS, SHOWN_AS = re.compile(r"is read as \S+:"), re.compile(r'(shows as|shows only|shown as) ".*?"', re.DOTALL)
ALIKE = ["file", "sheet", "column", "rule"]  # of these, many rows are one problem


@dataclass
class CheckResult:
    """What a check found and wrote. `code`: 0 nothing refused; 1 something refused, or a file that is not of
    this quarter or area; 2 nothing that can be used."""

    received: Received
    code: int
    problems: int
    written: list[Path] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def check(
    path: str | Path,
    period: Quarter,
    area: str,
    out: str | Path | None = None,
    previous: dict[str, int] | str | Path | None = None,
    *,
    accepted: bool = False,
    **options: Any,
) -> CheckResult:
    """Read a folder (or one file) and write, into `out`, a report for each partner, the rejects and mapping drafts.

    previous : rows received last quarter by return, or the summary.json of that quarter's check
    accepted : also write the accepted rows, one CSV a return
    options : `dictionary_folder` and `covers_from`, as `read` takes them
    """
    received = read(path, period, area, **options)
    _compare(received, previous)
    levels = received.problems["severity"].value_counts()
    whole_files = (received.problems["severity"] == "refuse") & received.problems["row"].isna()
    refused = int(received.quality["refused"].sum()) + int(whole_files.sum())
    usable = bool((received.quality["return"] != "").any())
    others = bool(received.problems["todo"].eq(RIGHT_FILE).any())
    code = 2 if not usable else 1 if refused or others else 0
    result = CheckResult(received, code, int(levels.get("refuse", 0) + levels.get("warn", 0)))
    result.lines = list(_lines(received.problems))
    if out is not None:
        os.umask(0o077)
        result.written = _write(received, Path(out), accepted, options.get("dictionary_folder"))
    return result


def _write(received: Received, out: Path, accepted: bool, dictionary_folder: Path | None) -> list[Path]:
    """The reports, rejects, drafts and the summary. Raises OSError where the folder cannot be written to."""
    written = []
    for partner, names in partner_page.partners(received).items():
        problems = received.problems[received.problems["file"].isin(names)]
        quality = received.quality[received.quality["file"].isin(names)]
        stem = filename(partner)
        page = partner_page.page(partner, received.period, quality, problems, dictionary_folder)
        written.append(text(out / f"{stem}.html", page))
        written.append(table(out / f"{stem}.problems.csv", problems))
        if draft := mapping_drafts.draft(partner, names, received, dictionary_folder):
            written.append(text(out / "mappings" / f"{stem}.draft.yml", draft))
    for stale in (out / "rejects").glob("*.rejects.csv"):
        stale.unlink()
    written += write_rejects(received.rejects, out / "rejects")
    if accepted:
        written += [table(out / "accepted" / f"{name}.csv", frame) for name, frame in sorted(received.frames.items())]
    rows = received.quality.groupby("return")["received"].sum()
    summary = {
        "period": str(received.period),
        "area": received.area,
        "rows": {str(k): int(v) for k, v in rows.items() if k},
        "files": received.receipt,
    }
    content = json.dumps(summary, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return [*written, text(out / "summary.json", content)]


def filename(text: str) -> str:
    """A name that is safe as a file's name on any system, whatever a partner called theirs."""
    return re.sub(r"[^\w.-]+", "_", text, flags=re.ASCII).strip("._")[:80] or "partner"


def _summary(previous: dict[str, int] | str | Path | None) -> tuple[dict[str, int], dict[str, str]]:
    """Of an earlier check: rows by return, and the files by their SHA-256."""
    if previous is None or isinstance(previous, dict):
        return previous or {}, {}
    try:
        summary = json.loads(Path(previous).read_text(encoding="utf-8"))
        files = {one["sha256"]: name for name, one in summary.get("files", {}).items()}
        return dict(summary["rows"]), files
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"{previous} is not the summary.json of an earlier check.") from None


def _compare(received: Received, previous: dict[str, int] | str | Path | None) -> None:
    """Half the usual number of rows, a return that did not come, or last quarter's file again, is a warning."""
    before, files = _summary(previous)
    now = received.quality.groupby("return")["received"].sum()
    more = []
    for name, rows in sorted(before.items()):
        came = int(now.get(name, 0))
        if rows and came < rows * standard("returns.fewer_rows"):
            mine = received.quality.loc[received.quality["return"] == name, "file"]
            rule = (
                f"{number_of(came, 'row')} of {name}; last quarter there were {rows:,}. Check that the file is whole."
            )
            more.append(of_file(str(mine.iloc[0]) if len(mine) else "", "", rule, "warn"))
    for name, one in received.receipt.items():
        if one["sha256"] in files:
            rule = f"This is last quarter's file {files[one['sha256']]} again, to the last byte: was the new one sent?"
            more.append(of_file(name, "", rule, "warn", RIGHT_FILE))
    if more:
        received.problems = joined([received.problems, *more])


def without_value(rule: str) -> str:
    """The rule of a cell without what stands in it: what is printed on a screen holds no case."""
    rule = VALUE.sub("What stands there", rule)
    return READ_AS.sub("is read otherwise:", SHOWN_AS.sub(r"\1 otherwise", rule))


def _lines(problems: pd.DataFrame) -> Iterator[str]:
    """One line a problem for the terminal, without a value of a cell, many rows with the same one together: refusals
    first, then the warnings; no note."""
    for severity, kind in (("refuse", "refusals"), ("warn", "warnings")):
        some = problems[problems["severity"] == severity]
        rules = some["rule"].astype("str")
        bare = rules.map({rule: without_value(rule) for rule in rules.unique()})
        some = some.assign(rule=rules.where(some["cell"].astype("str") == "", bare))
        counts = some.groupby(ALIKE, sort=False, dropna=False, observed=True).size()
        firsts = some.drop_duplicates(ALIKE).head(SHOWN).to_dict("records")
        for p, number in zip(firsts, counts, strict=False):
            row = "" if pd.isna(p["row"]) else f"row {p['row']}"
            place = ", ".join(filter(None, (p["file"], f"sheet {p['sheet']}" if p["sheet"] else "", row, p["cell"])))
            yield f"{place}{f' and {number - 1:,} more' if number > 1 else ''}: {p['rule']}"
        if (more := int(counts.iloc[SHOWN:].sum())) > 0:
            yield f"... and {more:,} more {kind}, in the reports."
