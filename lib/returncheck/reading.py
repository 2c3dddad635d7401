"""A folder of returns, read: every file once, every sheet matched, duplicates settled, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats.project_data import DATA

from . import (
    across_returns,
    annex_a,
    dictionary,
    identifier_warnings,
    partner_mappings,
    quarter_coverage,
    received_files,
    received_rows,
    replacements,
)  # fmt: skip
from .column_reading import constant
from .duplicate_rows import repeated
from .file_reading import QUALITY, FileResult, Reader, Sheet, read_file, unusable
from .neighbourhoods import places
from .problems import COLUMNS, joined, of_file, safe


@dataclass
class Received:
    """What a reading found.

    frames : accepted rows by return: one column a field, `<field>__state`, `area`, and `_file`, `_sheet`, `_row`
    rejects : refused rows by return, as the sender's file has them, with all their problems
    quality : one row per file, sheet and return: received = accepted + refused
    problems : every problem, note and warning, by file, sheet, row and cell as Excel shows them
    receipt : file -> its SHA-256 and size
    missing : by return, refused rows that a figure made from the others lacks (not what belongs to a later period)
    covers_from : by return, the first day that its sender says it covers; what lies before it is not counted as none
    none_of_the_quarter : by return that came without a row of the quarter, the sentence that says so: its figures of
        the quarter are not 0, unless its sender says that there were none
    """

    period: Quarter
    area: str
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    rejects: dict[str, pd.DataFrame] = field(default_factory=dict)
    quality: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=QUALITY))
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS))
    receipt: dict[str, dict] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    covers_from: dict[str, date] = field(default_factory=dict)
    none_of_the_quarter: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, dict] = field(default_factory=dict)  # file -> what a mapping of its partner would need

    @property
    def gaps(self) -> pd.DataFrame:
        """What the figures of a return lack, one row a return of which something is said: `return`, `missing` (refused
        rows), `covers_from` (a day, or blank), `silent` (the sentence of `none_of_the_quarter`, or ""), `nil` (it came
        without a row; with a sentence in `silent`, it is no nil return)."""
        nil = {name for name, frame in self.frames.items() if not len(frame) and not self.missing.get(name)}
        names = sorted({*self.missing, *self.covers_from, *self.none_of_the_quarter, *nil})
        columns = {
            "return": names,
            "missing": [self.missing.get(name, 0) for name in names],
            "covers_from": pd.Series([self.covers_from.get(name) for name in names], dtype="datetime64[us]"),
            "silent": [self.none_of_the_quarter.get(name, "") for name in names],
            "nil": [name in nil for name in names],
        }
        return pd.DataFrame(columns)

    @property
    def accepted(self) -> dict[str, pd.DataFrame]:
        """The accepted rows by return: `frames` under the name that a run calls them by."""
        return self.frames

    @property
    def receipts(self) -> list[dict]:
        """The receipt by file, sheet and return, with its counts, as it stands in manifest.json."""
        return [{k: v for k, v in r.items() if k != "note" or v} for r in self.quality.to_dict("records")]  # type: ignore[misc]


def read(
    folder: str | Path,
    period: Quarter,
    area: str | tuple[str, ...],
    out: str | Path | None = None,
    *,
    dictionary_folder: Path | None = None,
    covers_from: date | None = None,
    open_data: Path | None = None,
) -> Received:
    """Every return in a folder (or in its sub-folder named for the period; or one file).

    area : a GSS code, or several: then each area's files lie in a sub-folder named by its code, and files beside
        those are of the worked example
    out : where to write the rejects (one CSV a return); nothing is written without it
    dictionary_folder : another dictionary than the project's
    covers_from : the first day that the returns cover, where neither they nor a mapping say it
    open_data : official files, from which an area's neighbourhoods are known; LSCB_OPEN_DATA where none is given
    Raises UserError for a folder that is missing or holds no file; a file that cannot be read is a problem, and the
    others are read.
    """
    areas = (area,) if isinstance(area, str) else tuple(area)
    folders = _folders(Path(folder), period, areas)
    at = dictionary_folder or DATA / "dictionary"
    known = dictionary.load(at), partner_mappings.mappings(at), period
    each = {a: _one(path, Reader(*known, places(a, open_data), a, covers_from)) for a, path in folders.items()}
    received = each[areas[0]] if len(areas) == 1 else together(period, areas, each)
    if out is not None:
        from .check_files import write_rejects

        write_rejects(received.rejects, Path(out))
    return received


WORKED_EXAMPLE = "E06000045"


def _folders(folder: Path, period: Quarter, areas: tuple[str, ...]) -> dict[str, Path]:
    """Each area's folder: its own, or of a single area the folder itself."""
    if len(areas) == 1:
        return {areas[0]: folder / areas[0] if (folder / areas[0]).is_dir() else folder}
    base = folder / str(period) if (folder / str(period)).is_dir() else folder
    folders = {a: base / a for a in areas if (base / a).is_dir()}
    if not folders and WORKED_EXAMPLE in areas:
        folders = {WORKED_EXAMPLE: base}
    if not folders:
        raise UserError(
            f"The folder {base} has no sub-folder named by an area's code: put each area's returns in its own."
        )
    return folders


def together(period: Quarter, areas: tuple[str, ...], each: dict[str, Received]) -> Received:
    """What was received of several areas as one; file names begin with the area's code where there are several."""
    result = Received(period, ",".join(areas))
    for kind in ("frames", "rejects"):
        parts: dict[str, list[pd.DataFrame]] = {}
        for received in each.values():
            for name, frame in getattr(received, kind).items():
                parts.setdefault(name, []).append(frame)
        setattr(result, kind, {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()})
    many = len(each) > 1

    def named(a: str, frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(file=a + "/" + frame["file"].astype("str")) if many else frame

    result.quality = pd.concat([named(a, r.quality) for a, r in each.items()], ignore_index=True)
    result.problems = joined([named(a, r.problems) for a, r in each.items()])
    for a, r in each.items():
        for name, rows in r.missing.items():
            result.missing[name] = result.missing.get(name, 0) + rows
        result.none_of_the_quarter |= {n: s for n, s in r.none_of_the_quarter.items()}
        for name, first in r.covers_from.items():
            result.covers_from[name] = max(first, result.covers_from.get(name, first))
        result.receipt |= {(f"{a}/{name}" if many else name): one for name, one in r.receipt.items()}
    return result


def _one(folder: Path, reader: Reader) -> Received:
    """The files of one area."""
    period, area = reader.period, reader.area
    root, paths, problems = _paths(folder, period)
    received = Received(period, area)
    sheets: list[Sheet] = []
    lines: list[dict] = []
    seen: dict[str, str] = {}
    budget = received_files.Budget()
    for path in paths:
        result = _file(path, path.relative_to(root).as_posix(), seen, reader, received, budget)
        budget.rows += sum(s.taken.received for s in result.sheets)
        sheets, problems, lines = sheets + result.sheets, problems + result.problems, lines + result.lines
    stands = replacements.load(root)
    for name in reader.returns:
        _settle(received, [s for s in sheets if s.match.of.name == name], stands, problems)
    received.missing = received_rows.missing(sheets, received.frames)
    received.covers_from, more = quarter_coverage.first_days(sheets, reader.period)
    problems += more
    silent, more = quarter_coverage.without_the_quarter(received.frames, reader, sheets)
    problems += quarter_coverage.elsewhere(received.frames, reader, sheets)
    problems += quarter_coverage.sent_before(received.receipt, root, period)
    problems += annex_a.derive(received.frames, reader.returns, (period, area), received.missing, silent)
    # Made from lists, a return may have the quarter after all.
    received.none_of_the_quarter = quarter_coverage.still_without(silent, received.frames, reader)
    problems += more
    empty, more = quarter_coverage.without_rows((received.frames, received.missing), reader, sheets)
    received.none_of_the_quarter |= empty
    problems += more
    problems += across_returns.warnings(received.frames, reader.returns)
    problems += identifier_warnings.warnings(received.frames, reader.returns)
    received.problems = joined(problems)
    received.quality = received_rows.quality(sheets, lines, received.problems, list(received.receipt), area)
    received.rejects = received_rows.rejects(sheets, received.problems)
    return received


def _file(
    path: Path, name: str, seen: dict[str, str], reader: Reader, received: Received, budget: received_files.Budget
) -> FileResult:
    """One file of the folder, read unless it is the same as an earlier one to the last byte."""
    label = safe(name)
    try:
        if beyond := budget.refusal(path):
            return unusable(label, beyond, note="beyond what is read of a folder")
        sha, size, data = received_files.load(path)
    except OSError as error:
        text = f"The file cannot be opened ({error.strerror or 'no permission'}). Check who may read it."
        return unusable(label, text, note="cannot be opened")
    received.receipt[name] = {"sha256": sha, "bytes": size}
    if sha in seen:
        result = unusable(label, "", sha, f"the same as {seen[sha]}")
        text = f"The same file as {seen[sha]}, to the last byte: read once."
        result.problems = [of_file(label, "", text, "note")]
        return result
    seen[sha] = label
    result = read_file(path, name, data, sha, reader)
    if result.unknown:
        received.unknown[name] = result.unknown
    return result


def _paths(folder: Path, period: Quarter) -> tuple[Path, list[Path], list[pd.DataFrame]]:
    """The folder that is read, its files, and a note for each file that is left out."""
    if folder.is_file():
        return folder.parent, [folder], []
    if not folder.is_dir():
        raise UserError(
            f"There is no folder {folder}: put the returns of {period} there, or name another with --returns."
        )
    root = folder / str(period) if (folder / str(period)).is_dir() else folder
    try:
        every = received_files.visible(root)
    except OSError as error:
        raise UserError(f"The folder {root} cannot be read ({error.strerror}).") from None
    paths = [p for p in every if not received_files.left_out(p)]
    if not paths:
        raise UserError(f"The folder {root} holds no returns: put the files of {period} there as CSV or Excel.")
    notes = [
        of_file(safe(p.relative_to(root).as_posix()), "", f"Not read: {received_files.left_out(p)}.", "note")
        for p in every
        if p not in paths and p.name not in ("README.md", "replaces.yml")
    ]
    return root, paths, notes


def _settle(received: Received, sheets: list[Sheet], stands: list[dict], problems: list[pd.DataFrame]) -> None:
    """Duplicates and conflicts over all files of a return; then what is accepted."""
    parts = [s.taken.good.assign(_sheet_index=i) for i, s in enumerate(sheets) if len(s.taken.good.columns)]
    if not parts:
        return
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].reset_index(drop=True)
    of = sheets[0].match.of
    drop = replacements.replaced(frame, stands, problems, sheets)
    frame = frame[~drop].reset_index(drop=True) if drop.any() else frame
    twice = repeated(of, frame, sheets, problems)
    frame = frame[~twice] if twice.any() else frame
    index = frame["_sheet_index"].to_numpy()
    for i, s in enumerate(sheets):
        s.kept = frame.loc[index == i, "_row"].to_numpy() if len(sheets) > 1 else frame["_row"].to_numpy()
    frame = frame.drop(columns="_sheet_index").reset_index(drop=True)
    received.frames[of.name] = frame.assign(area=constant(received.area, len(frame)))
