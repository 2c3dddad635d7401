"""`lscb check`: a folder or one file, checked; a report for each partner of exactly what to fix, and nothing lost."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats.project_data import DATA, ROOT, standard

SHOWN = 40  # problems printed on the terminal; the reports have them all


@dataclass
class CheckResult:
    """What a check found and wrote. `code`: 0 nothing refused, 1 something refused, 2 nothing that can be used."""

    received: object
    code: int
    problems: int
    written: list[Path] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def check(
    path, period: Quarter, area: str, out=None, previous=None, *, accepted: bool = False, dictionary_folder=None
) -> CheckResult:
    """Read a folder (or one file) and write, into `out`, a report for each partner, the rejects and mapping drafts.

    previous : rows received last quarter by return, or the summary.json of that quarter's check
    accepted : also write the accepted rows, one CSV a return
    """
    from . import partner_page as report
    from .check_files import table, text, write_rejects
    from .reading import read

    got = read(path, period, area, dictionary_folder=dictionary_folder)
    _compare(got, _counts(previous))
    levels = got.problems["severity"].value_counts()
    refused = int(got.quality["refused"].sum()) + int(
        ((got.problems["severity"] == "refuse") & got.problems["row"].isna()).sum()
    )
    usable = bool((got.quality["return"] != "").any())
    code = 2 if not usable else 1 if refused else 0
    result = CheckResult(got, code, int(levels.get("refuse", 0) + levels.get("warn", 0)))
    result.lines = list(_lines(got))
    if out is None:
        return result
    os.umask(0o077)
    out = Path(out)
    for partner, names in report.partners(got).items():
        mine = got.problems[got.problems["file"].isin(names)]
        quality = got.quality[got.quality["file"].isin(names)]
        stem = filename(partner)
        result.written.append(text(out / f"{stem}.html", report.page(partner, got, quality, mine)))
        result.written.append(table(out / f"{stem}.problems.csv", mine))
        if draft := report.draft(partner, names, got):
            result.written.append(text(out / "mappings" / f"{stem}.draft.yml", draft))
    for stale in (out / "rejects").glob("*.rejects.csv"):
        stale.unlink()
    result.written += write_rejects(got, out / "rejects")
    if accepted:
        result.written += [table(out / "accepted" / f"{name}.csv", frame) for name, frame in sorted(got.frames.items())]
    rows = got.quality.groupby("return")["received"].sum()
    summary = {
        "period": str(period),
        "area": area,
        "rows": {k: int(v) for k, v in rows.items() if k},
        "files": got.receipt,
    }
    result.written.append(
        text(out / "summary.json", json.dumps(summary, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    )
    return result


def filename(text: str) -> str:
    """A name that is safe as a file's name on any system, whatever a partner called theirs."""
    return re.sub(r"[^\w.-]+", "_", text, flags=re.ASCII).strip("._")[:80] or "partner"


def _counts(previous) -> dict[str, int]:
    if previous is None or isinstance(previous, dict):
        return previous or {}
    try:
        return dict(json.loads(Path(previous).read_text(encoding="utf-8"))["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{previous} is not the summary.json of an earlier check.") from None


def _compare(got, before: dict[str, int]) -> None:
    """Half the usual number of rows, or a return that did not come at all, is a warning."""
    import pandas as pd

    from .reading import _whole

    now = got.quality.groupby("return")["received"].sum()
    said = []
    for name, rows in sorted(before.items()):
        came = int(now.get(name, 0))
        if rows and came < rows * standard("returns.fewer_rows"):
            mine = got.quality.loc[got.quality["return"] == name, "file"]
            text = f"{came:,} rows of {name}; last quarter there were {rows:,}. Check that the file is whole."
            said.append(_whole(mine.iloc[0] if len(mine) else "", "", text, "warn"))
    if said:
        added = pd.concat(said).assign(row=pd.NA)
        got.problems = pd.concat([got.problems, added.astype({"row": "Int64"})], ignore_index=True)


def _lines(got):
    """One line a problem for the terminal: what was refused first, then the warnings; no note."""
    for severity in ("refuse", "warn"):
        some = got.problems[got.problems["severity"] == severity]
        for p in some.head(SHOWN).itertuples(index=False):
            place = ", ".join(
                x
                for x in (
                    p.file,
                    f"sheet {p.sheet}" if p.sheet else "",
                    f"row {p.row}" if str(p.row) != "<NA>" else "",
                    p.cell,
                )
                if x
            )
            yield f"{place}: {p.rule}"
        if len(some) > SHOWN:
            yield (
                f"... and {len(some) - SHOWN:,} more "
                f"{'refusals' if severity == 'refuse' else 'warnings'}, in the reports."
            )


def command(files: list[Path], period: str, area: str, sample: bool = False, returns=None, out=None) -> int:
    """The command `lscb check`: files, or the period's folder. Prints one line a problem; returns the exit code."""
    quarter = Quarter.parse(period)
    areas = [a.strip() for a in area.split(",") if a.strip()]
    if len(areas) != 1 or not re.fullmatch(r"[EWKSN]\d{8}", areas[0]):
        raise UserError("lscb check looks at one area's returns: give one GSS code with --area, such as E06000045.")
    base = Path(out or os.environ.get("LSCB_OUT") or ROOT / "outputs") / str(quarter) / areas[0] / "check"
    before = base.parents[2] / str(quarter - 1) / areas[0] / "check" / "summary.json"
    code, wrote = 0, []
    for place in _places(files, quarter, sample, returns):
        into = base / filename(Path(place).stem) if files else base
        try:
            result = check(place, quarter, areas[0], into, before if before.is_file() and not files else None)
        except PermissionError as error:
            raise UserError(
                f"The reports cannot be written to {error.filename or base}: choose another folder with --out."
            ) from None
        except OSError as error:
            raise UserError(
                f"The reports cannot be written to {base} ({error.strerror}): choose another folder with --out."
            ) from None
        code = max(code, result.code)
        for line in result.lines:
            print(line, file=sys.stderr)
        for q in result.received.quality.itertuples(index=False):
            name = q.file + (f", sheet {q.sheet}" if q.sheet else "")
            if not q._2 and not q.received:
                print(f"{name}: not used. {q.note}")
                continue
            print(
                f"{name}: {q.received:,} row{'s' * (q.received != 1)} of {q._2 or 'no known return'} received, "
                f"{q.accepted:,} accepted ({q.accepted_with_warning:,} with a warning), {q.refused:,} refused"
            )
        wrote += [p for p in result.written if p.suffix == ".html"]
    for path in wrote:
        print(f"Report: {path}")
    return code


def _places(files, quarter: Quarter, sample: bool, returns) -> list[Path]:
    if files:
        if missing := [f for f in files if not Path(f).exists()]:
            raise UserError(f"There is no file {missing[0]}.")
        return [Path(f) for f in files]
    if sample:
        return [DATA / "sample" / str(quarter)]
    named = returns or os.environ.get("LSCB_RETURNS")
    return [Path(named) if named else DATA / "returns" / str(quarter)]
