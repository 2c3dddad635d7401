"""The command `lscb check`: which files, where the reports go, what is printed."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats import authorities
from openstats.project_data import DATA, ROOT

from .check_folder import CheckResult, check, filename


def command(
    files: list[Path],
    period: str,
    area: str,
    sample: bool = False,
    returns: Path | None = None,
    out: Path | None = None,
    covers_from: str | None = None,
) -> int:
    """Checks files, or the period's folder. Prints one line a problem; returns the exit code.

    sample : the invented quarter is meant
    returns : the folder of returns
    out : the folder for the reports
    covers_from : the first day that the files cover, such as 2016-04-01, where they do not say it themselves
    """
    quarter, first = Quarter.parse(period), _day(covers_from)
    areas = [each.code for each in authorities.find_all(area, quarter.last_day)]
    if len(areas) != 1:
        raise UserError("lscb check looks at one area's returns: give one GSS code with --area, such as E06000045.")
    base = Path(out or os.environ.get("LSCB_OUT") or ROOT / "outputs") / str(quarter) / areas[0] / "check"
    before = base.parents[2] / str(quarter - 1) / areas[0] / "check" / "summary.json"
    earlier = before if before.is_file() and not files else None
    code, pages = 0, list[Path]()
    for path in _places(files, quarter, sample, returns):
        into = base / filename(path.name) if files else base
        try:
            result = check(path, quarter, areas[0], into, earlier, covers_from=first)
        except OSError as error:
            where, why = error.filename or base, f" ({error.strerror})" if error.strerror else ""
            raise UserError(
                f"The reports cannot be written to {where}{why}: choose another folder with --out."
            ) from None
        code = max(code, result.code)
        _print(result)
        pages += [p for p in result.written if p.suffix == ".html"]
    for page in pages:
        print(f"Report: {page}")
    return code


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UserError(f"--covers-from {text!r} is not a date: write it like 2016-04-01.") from None


def _print(result: CheckResult) -> None:
    for line in result.lines:
        print(line, file=sys.stderr)
    for q in result.received.quality.to_dict("records"):
        name = str(q["file"]) + (f", sheet {q['sheet']}" if q["sheet"] else "")
        if not q["return"] and not q["received"]:
            why = f" {q['note'][:1].upper()}{q['note'][1:]}"
            print(f"{name}: not used.{'' if any(line.startswith(f'{name}: ') for line in result.lines) else why}")
            continue
        print(
            f"{name}: {q['received']:,} row{'s' * (q['received'] != 1)} of {q['return'] or 'no known return'} "
            f"received, {q['accepted']:,} accepted ({q['accepted_with_warning']:,} with a warning), "
            f"{q['refused']:,} refused"
        )


def _places(files: list[Path], quarter: Quarter, sample: bool, returns: Path | None) -> list[Path]:
    if files:
        if missing := [f for f in files if not Path(f).exists()]:
            raise UserError(f"There is no file {missing[0]}.")
        return [Path(f) for f in files]
    if sample:
        if not (committed := DATA / "sample" / str(quarter)).is_dir():
            there = ", ".join(sorted(path.name for path in (DATA / "sample").glob("*-Q?")))
            raise UserError(
                f"The invented quarter to check is of {there}; of {quarter}, write one: lscb sample --period {quarter} "
                "--area AREA --out FOLDER, then check it with --returns FOLDER in the place of --sample."
            )
        return [committed]
    folder = returns or os.environ.get("LSCB_RETURNS")
    return [Path(folder) if folder else DATA / "returns" / str(quarter)]
