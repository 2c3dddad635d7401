"""A folder of returns, read: every file once, every sheet matched, duplicates settled, nothing lost."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pandas as pd

from lscb.errors import UserError
from lscb.periods import Quarter

from . import across_returns as across
from . import data_rows as rows
from . import dictionary, headings
from . import file_opening as files
from . import replacements as told
from .cell_values import shown
from .dictionary import Mapping, fold
from .neighbourhoods import places

QUALITY = "file sheet return received accepted accepted_with_warning refused sha256 note".split()
EXTRA = ["area", "faults"]  # for the tables: whose rows, and rows by field and kind of problem, as JSON


@dataclass
class Received:
    """What a reading found.

    frames : accepted rows by return: one column a field, `<field>__state`, `area`, and `_file`, `_sheet`, `_row`
    rejects : refused rows by return, as the sender's file has them, with all their problems
    quality : one row per file, sheet and return: received = accepted + refused
    problems : every problem, note and warning, by file, sheet, row and cell as Excel shows them
    receipt : file -> its SHA-256 and size
    """

    period: Quarter
    area: str
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    rejects: dict[str, pd.DataFrame] = field(default_factory=dict)
    quality: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=QUALITY))
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=rows.COLUMNS))
    receipt: dict[str, dict] = field(default_factory=dict)
    unknown: dict[str, dict] = field(default_factory=dict)  # file -> what a mapping of its partner would need

    @property
    def accepted(self) -> dict[str, pd.DataFrame]:
        """The accepted rows by return: `frames` under the name that a run calls them by."""
        return self.frames

    @property
    def receipts(self) -> list[dict]:
        """The receipt by file, sheet and return, with its counts, as it stands in manifest.json."""
        rows = self.quality.to_dict("records")
        return [{k: v for k, v in r.items() if k != "note" or v} for r in rows]


@dataclass
class _Sheet:
    """One matched sheet on its way: what was taken, and where its refused rows can be fetched from."""

    where: rows.Where
    grid: object
    match: headings.Match
    taken: rows.Taken
    sha: str


def read(folder, period: Quarter, area, out=None, *, dictionary_folder=None) -> Received:
    """Every return in a folder (or in its sub-folder named for the period; or one file).

    area : a GSS code, or several: then each area's files lie in a sub-folder named by its code, and files beside
        those are of the worked example
    out : where to write the rejects (one CSV a return); nothing is written without it
    Raises UserError for a folder that is missing or holds no file; a file that cannot be read is a problem, and the
    others are read.
    """
    areas = (area,) if isinstance(area, str) else tuple(area)
    folder = Path(folder)
    if len(areas) == 1:
        own = folder / areas[0]
        got = _one(own if own.is_dir() else folder, period, areas[0], dictionary_folder)
    else:
        got = _several(folder, period, areas, dictionary_folder)
    if out is not None:
        from .check_files import write_rejects

        write_rejects(got, Path(out))
    return got


WORKED_EXAMPLE = "E06000045"


def _several(folder: Path, period: Quarter, areas: tuple[str, ...], at: Path | None) -> Received:
    base = folder / str(period) if (folder / str(period)).is_dir() else folder
    held = {a: base / a for a in areas if (base / a).is_dir()}
    if not held and WORKED_EXAMPLE in areas:
        held = {WORKED_EXAMPLE: base}
    if not held:
        raise UserError(
            f"The folder {base} has no sub-folder named by an area's code: put each area's returns in its own."
        )
    each = {a: _one(path, period, a, at) for a, path in held.items()}
    whole = Received(period, ",".join(areas))
    for name in dict.fromkeys(n for g in each.values() for n in g.frames):
        whole.frames[name] = pd.concat([g.frames[name] for g in each.values() if name in g.frames], ignore_index=True)
    for name in dict.fromkeys(n for g in each.values() for n in g.rejects):
        whole.rejects[name] = pd.concat(
            [g.rejects[name] for g in each.values() if name in g.rejects], ignore_index=True
        )
    many = len(each) > 1

    def named(a: str, frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(file=a + "/" + frame["file"].astype("str")) if many else frame

    whole.quality = pd.concat([named(a, g.quality) for a, g in each.items()], ignore_index=True)
    whole.problems = pd.concat([named(a, g.problems) for a, g in each.items()], ignore_index=True)
    for a, g in each.items():
        whole.receipt |= {(f"{a}/{name}" if many else name): said for name, said in g.receipt.items()}
    return whole


def _one(folder: Path, period: Quarter, area: str, dictionary_folder: Path | None) -> Received:
    root, paths = _paths(folder, period)
    at = [dictionary_folder] if dictionary_folder else []
    known, maps = dictionary.load(*at), dictionary.mappings(*at)
    got = Received(period, area)
    sheets: list[_Sheet] = []
    quality, problems = [], []
    seen: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        label = rows.safe(name)
        try:
            sha, size, data = files.load(path)
        except OSError as error:
            problems.append(
                _whole(
                    label,
                    "",
                    f"The file cannot be opened ({error.strerror or 'no permission'}). Check who may read it.",
                )
            )
            quality.append(_line(label, "", "", 0, 0, 0, "", "cannot be opened"))
            continue
        got.receipt[name] = {"sha256": sha, "bytes": size}
        if sha in seen:
            problems.append(_whole(label, "", f"The same file as {seen[sha]}, to the last byte: read once.", "note"))
            quality.append(_line(label, "", "", 0, 0, 0, sha, f"the same as {seen[sha]}"))
            continue
        seen[sha] = label
        made, said, lines = _file(path, data, name, label, sha, known, maps, period, area, got)
        sheets += made
        problems += said
        quality += lines
    _settle(got, sheets, problems, quality, known, root)
    _derive(got, known, problems)
    problems += across.warnings(got.frames, known, period)
    _assemble(got, sheets, problems, quality)
    return got


def _paths(folder: Path, period: Quarter) -> tuple[Path, list[Path]]:
    if folder.is_file():
        return folder.parent, [folder]
    if not folder.is_dir():
        raise UserError(
            f"There is no folder {folder}: put the returns of {period} there, or name another with --returns."
        )
    root = folder / str(period) if (folder / str(period)).is_dir() else folder
    try:
        found = files.candidates(root)
    except OSError as error:
        raise UserError(f"The folder {root} cannot be read ({error.strerror}).") from None
    if not found:
        raise UserError(f"The folder {root} holds no returns: put the files of {period} there as CSV or Excel.")
    return root, found


def _mapping(name: str, maps: dict[str, Mapping]) -> Mapping | None:
    """The reviewed mapping of a file: by the folder it lies in, by the patterns the mapping names, or by its name."""
    path = Path(name)
    for stem, one in maps.items():
        if (
            stem in path.parts[:-1]
            or one.partner in path.parts[:-1]
            or any(fnmatch(path.name.lower(), p.lower()) for p in one.files)
        ):
            return one
    return next((m for s, m in maps.items() if fold(path.stem).startswith(fold(s)) and not m.files), None)


def _whole(file: str, sheet: str, rule: str, severity: str = "refuse", todo: str = "") -> pd.DataFrame:
    row = dict.fromkeys(rows.COLUMNS, "") | dict(file=file, sheet=sheet, row=0, rule=rule, severity=severity)
    row["todo"] = todo or (rows.TODO[severity] if severity != "refuse" else "Send the file again as the sentence says.")
    return pd.DataFrame([row])


def _line(file, sheet, name, received, accepted, warned, sha, note) -> dict:
    return dict(
        zip(QUALITY, (file, sheet, name, received, accepted, warned, received - accepted, sha, note), strict=True)
    )


def _file(path, data, name, label, sha, known, maps, period, area, got):
    sheets, problems, lines = [], [], []
    try:
        opened = files.open_file(path, headings.known(known, maps), data)
    except files.Unreadable as error:
        return [], [_whole(label, "", str(error))], [_line(label, "", "", 0, 0, 0, sha, str(error))]
    except OSError as error:
        text = f"The file cannot be read ({error.strerror or 'no permission'})."
        return [], [_whole(label, "", text)], [_line(label, "", "", 0, 0, 0, sha, text)]
    ending = path.suffix.lower().lstrip(".")
    if opened.kind.lower() not in (ending, "csv" if ending in ("txt", "tsv", "") else "") and not (
        opened.kind == "xlsx" and ending == "xlsm"
    ):
        if not (opened.kind == "HTML" and ending in ("html", "htm")):
            opened.notes.append(
                f"Its name ends in .{ending}, but it is {'an' if opened.kind == 'xls' else 'a'} "
                f"{opened.kind} file; read as what it is."
            )
    problems += [_whole(label, "", text, "note") for text in opened.notes]
    mapping = _mapping(name, maps)
    matched = 0
    unmatched = []
    for grid in opened.grids:
        sheet = rows.safe(grid.name)
        where = rows.Where(label, sheet)
        if grid.hidden:
            problems.append(_whole(label, sheet, f"The sheet {sheet!r} is hidden in Excel; it is not counted.", "warn"))
            continue
        found = headings.match(grid, known, mapping, fold(name) + fold(grid.name))
        if found is None:
            if grid.rows and any(c.blank().all() == np.False_ for c in grid.columns):
                unmatched.append((sheet, grid))
            continue
        matched += 1
        taken = rows.take(grid, found, mapping, period, places(area), where)
        sheets.append(_Sheet(where, grid, found, taken, sha))
        problems += taken.problems
        problems += [_whole(label, sheet, text, "note") for text in taken.notes]
        if found.unknown or found.refused:
            got.unknown.setdefault(name, {})[found.of.name] = {found.heads[c]: f for c, f in found.unknown.items()}
    for sheet, grid in unmatched:
        texts = [shown(x)[:30] for x in (grid.row(0) if grid.rows else []) if shown(x).strip()][:6]
        text = (
            "No headings of a return were found (first row: "
            f"{', '.join(map(rows.safe, texts)) or 'blank'}). Known returns: {', '.join(known)}."
        )
        problems.append(
            _whole(
                label, sheet, f"{'This sheet was not read. ' if matched else ''}{text}", "warn" if matched else "refuse"
            )
        )
        if not matched:
            lines.append(_line(label, sheet, "", 0, 0, 0, sha, "matches no return of the dictionary"))
    if not matched and not unmatched:
        text = (
            "The file has no filled cells."
            if not any(g.hidden for g in opened.grids)
            else "The file has no sheet that is not hidden."
        )
        problems.append(_whole(label, "", text))
        lines.append(_line(label, "", "", 0, 0, 0, sha, text))
    return sheets, problems, lines


def _settle(got: Received, sheets: list[_Sheet], problems, quality, known, root: Path) -> None:
    """Duplicates and conflicts over all files of a return; then what is accepted, refused and counted."""
    stands = told.load(root)
    for name in known:
        mine = [s for s in sheets if s.match.of.name == name]
        if not mine:
            continue
        parts = [s.taken.good.assign(_sheet_index=i) for i, s in enumerate(mine) if len(s.taken.good.columns)]
        frame = (
            pd.concat(parts, ignore_index=True)
            if len(parts) > 1
            else (parts[0].reset_index(drop=True) if parts else None)
        )
        if frame is None:
            continue
        drop = told.replaced(frame, known[name], stands, problems, mine)
        frame = frame[~drop] if drop.any() else frame
        twice = _duplicates(frame, known[name], mine, problems)
        if twice.any():
            frame = frame[~twice]
        kept = frame["_sheet_index"].to_numpy()
        for i, s in enumerate(mine):
            s.kept = frame.loc[kept == i, "_row"].to_numpy() if len(mine) > 1 else frame["_row"].to_numpy()
        frame = frame.drop(columns="_sheet_index").reset_index(drop=True)
        got.frames[name] = frame.assign(area=rows.constant(got.area, len(frame)))


def _duplicates(frame: pd.DataFrame, of, mine: list[_Sheet], problems) -> np.ndarray:
    """Rows that are not taken because their key stands elsewhere: identical rows once, different ones not at all."""
    out = np.zeros(len(frame), bool)
    if not of.key or not len(frame):
        return out
    keys = pd.concat([_folded(frame[k]) for k in of.key], axis=1, keys=range(len(of.key)))
    _beside_refused(frame, keys, of, mine, problems, out)
    if len(of.key) == 1 and _all_distinct(keys[0]):
        return out
    shared = keys.duplicated(keep=False).to_numpy() & keys.notna().all(axis=1).to_numpy() & ~out
    if not shared.any():
        return out
    fields = [c for n in of.fields for c in (n, f"{n}__state")]
    content = frame.loc[shared, fields]
    content = content.assign(**{k: keys.loc[shared, i] for i, k in enumerate(of.key)})
    hashed = pd.util.hash_pandas_object(content, index=False).to_numpy()
    at = np.flatnonzero(shared)
    group = keys[shared].groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    together = pd.DataFrame({"at": at, "group": group, "hash": hashed})
    differs = together.groupby("group")["hash"].transform("nunique").to_numpy() > 1
    first = ~together.duplicated("group").to_numpy()
    leading = together.groupby("group")["at"].transform("first").to_numpy()
    where = [_place(mine, frame, i) for i in at]
    by_group: dict[int, list[str]] = {}
    for g, place in zip(group, where, strict=True):
        by_group.setdefault(g, []).append(place)
    said: dict[int, list[tuple]] = {}
    for k in range(len(at)):
        i = int(frame["_sheet_index"].iat[at[k]])
        row = int(frame["_row"].iat[at[k]]) - 1
        if differs[k]:
            others = [p for p in by_group[group[k]] if p != where[k]][:4]
            rule = (
                f"The same {' and '.join(of.key)} stands with other content in {', '.join(others)}: "
                "neither is used until you say which stands (send one, or name it in replaces.yml)."
            )
            said.setdefault(i, []).append((row, rule, "refuse", ""))
            out[at[k]] = True
        elif not first[k]:
            rule = f"The same row as {_place(mine, frame, leading[k])}: counted once."
            said.setdefault(i, []).append((row, rule, "warn", "Nothing: the other one is used."))
            out[at[k]] = True
    for i, rows_said in said.items():
        s = mine[i]
        at_column = s.match.fields.get(of.key[0])
        read = [s.grid.columns[at_column].cell(r) for r, *_ in rows_said]
        numbers = np.array([r for r, *_ in rows_said])
        table = s.where.problem(
            numbers,
            at_column,
            s.match.heads[at_column],
            of.key[0],
            [rows.safe(shown(v)[:80]) for v in read],
            [x[1] for x in rows_said],
            [x[2] for x in rows_said],
            "-",
        )
        table["todo"] = [x[3] or rows.TODO["refuse"] for x in rows_said]
        problems.append(table)
    return out


def _beside_refused(frame: pd.DataFrame, keys: pd.DataFrame, of, mine: list[_Sheet], problems, out: np.ndarray) -> None:
    """A good row whose key stands again on a refused row of the same sheet: which of the two is right is unknown.

    In another file it is the correction of the refused row, sent again alone, and is taken.
    """
    for i, s in enumerate(mine):
        if s.taken.bad_keys is None or not len(s.taken.bad_keys):
            continue
        bad = pd.concat([_folded(s.taken.bad_keys[k]) for k in of.key], axis=1, keys=range(len(of.key)))
        bad = set(bad.dropna().itertuples(index=False, name=None))
        if not bad:
            continue
        own = np.flatnonzero(frame["_sheet_index"].to_numpy() == i)
        first = keys[0].iloc[own].isin({b[0] for b in bad}).to_numpy()
        hit = [k for k in own[first] if tuple(keys.iloc[k]) in bad]
        if hit:
            at = s.match.fields[of.key[0]]
            numbers = frame["_row"].to_numpy()[hit] - 1
            texts = [rows.safe(shown(s.grid.columns[at].cell(int(r)))[:80]) for r in numbers]
            rule = (
                f"The same {' and '.join(of.key)} stands on another row of this sheet, "
                "which is refused: neither is used until one is left."
            )
            problems.append(s.where.problem(numbers, at, s.match.heads[at], of.key[0], texts, rule, "refuse"))
            out[hit] = True


def _folded(column: pd.Series) -> pd.Series:
    """A key as it is compared: without case."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if str(column.dtype) != "str":
        return column
    return pd.Series(pd.array(pc.utf8_lower(pa.array(column)), dtype="str"), index=column.index)


def _all_distinct(column: pd.Series) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    if str(column.dtype) != "str":
        return False
    held = pa.array(column)
    if len(held) > 1 and not held.null_count and pc.all(pc.less(held[:-1], held[1:])).as_py():
        return True  # in order, as systems number their rows
    return pc.count_distinct(held, mode="only_valid").as_py() == len(held) - held.null_count


def _place(mine, frame, i) -> str:
    where = mine[int(frame["_sheet_index"].iat[i])].where
    return f"row {frame['_row'].iat[i]} of {where.file}{f', sheet {where.sheet}' if where.sheet else ''}"


def _derive(got: Received, known, problems) -> None:
    """Returns that come in a format of the sector, turned into the return that the tables read."""
    from . import annex_a as formats

    formats.derive(got, known, problems, _whole)


def _assemble(got: Received, sheets: list[_Sheet], problems, quality) -> None:
    table = pd.concat(problems, ignore_index=True) if problems else pd.DataFrame(columns=rows.COLUMNS)
    table["row"] = table["row"].astype("Int64").mask(table["row"].astype("int64") <= 0)
    got.problems = table
    warned = table[(table["severity"] == "warn") & table["row"].notna() & (table["field"] != "")]
    for s in sheets:
        kept = getattr(s, "kept", np.zeros(0, int))
        mine = warned[(warned["file"] == s.where.file) & (warned["sheet"] == s.where.sheet)]
        count = int(np.isin(kept, mine["row"].to_numpy("int64")).sum()) if len(mine) else 0
        note = (
            "refused until its headings are mapped"
            if s.match.refused
            else ("nil return" if not s.taken.received else "")
        )
        line = _line(s.where.file, s.where.sheet, s.match.of.name, s.taken.received, len(kept), count, s.sha, note)
        quality.append(line | {"faults": _faults(table, s.where)})
    order = {f: i for i, f in enumerate(got.receipt)}
    quality.sort(key=lambda q: order.get(q["file"].lstrip("'"), -1))
    got.quality = pd.DataFrame(quality, columns=QUALITY + EXTRA).assign(area=got.area)
    got.quality["faults"] = got.quality["faults"].astype("object").fillna("[]").astype("str")
    _rejects(got, sheets)


def _faults(table: pd.DataFrame, where: rows.Where) -> str:
    """Rows with a problem by field and kind (refused, warning): counts only, no value."""
    mine = table[
        (table["file"] == where.file) & (table["sheet"] == where.sheet) & table["row"].notna() & (table["field"] != "")
    ]
    mine = mine[mine["severity"].isin(["refuse", "warn"])]
    counted = mine.groupby(["field", "severity"])["row"].nunique()
    kinds = {"refuse": "refused", "warn": "warning"}
    return json.dumps([[field, kinds[severity], int(n)] for (field, severity), n in counted.items()])


def _rejects(got: Received, sheets: list[_Sheet]) -> None:
    """The refused rows with the sender's own headings and all their problems, to be corrected and sent alone."""
    parts: dict[str, list[pd.DataFrame]] = {}
    problems = got.problems[got.problems["severity"].isin(["refuse", "warn"]) & got.problems["row"].notna()]
    grouped = {k: g for k, g in problems.groupby(["file", "sheet"])} if len(problems) else {}
    for s in sheets:
        kept = getattr(s, "kept", np.zeros(0, int)) - 1
        if len(kept) == s.taken.received:
            continue
        good = s.taken.good["_row"].to_numpy() - 1 if len(s.taken.good.columns) else np.zeros(0, int)
        out = np.sort(np.concatenate([s.taken.bad, good[~np.isin(good, kept)]]).astype(int))
        if not len(out):
            continue
        mine = grouped.get((s.where.file, s.where.sheet))
        sheetwide = " ".join(why for _, why in s.match.refused)
        why: dict[int, str] = {}
        if mine is not None:
            mine = mine[mine["row"].isin(out + 1)]
            text = mine["cell"].where(mine["cell"] == "", mine["cell"] + ": ") + mine["rule"]
            why = text.groupby(mine["row"].astype("int64")).agg("; ".join).to_dict()
        made = {
            "_file": s.where.file,
            "_sheet": s.where.sheet,
            "_row": out + 1,
            "_problems": [why.get(int(r) + 1, sheetwide) for r in out],
        }
        taken: dict[str, int] = {}
        for at, column in enumerate(s.grid.columns):
            heading = s.match.heads.get(at, "") or f"(column {at + 1})"
            taken[heading] = taken.get(heading, 0) + 1
            heading = heading if taken[heading] == 1 else f"{heading} ({taken[heading]})"
            if heading not in made:
                made[heading] = [shown(column.cell(int(r))) for r in out]
        parts.setdefault(s.match.of.name, []).append(pd.DataFrame(made))
    got.rejects = {name: pd.concat(each, ignore_index=True) for name, each in parts.items()}
