"""Rows that stand more than once, in one sheet or in several: counted once where alike, not at all where they differ.

Of a list without a key, whole rows are compared between files and sheets; alike rows of one sheet all count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from openstats.sources import number_of

from .cell_reading import shown
from .dictionary import Return
from .file_reading import Sheet
from .problems import TODO, of_file, safe

OTHER_USED = "Nothing: the other one is used."
AT_ONCE = 100_000  # rows compared at a time
MOST_NAMED = 20_000  # rows of a sheet that are named one by one; the others by their number
MANY = (
    "{0} more than once, with the same or with other content: {1} Are these the right columns? They are in the rejects "
    "file."
)


@dataclass
class Repeats:
    """The accepted rows of one return from all its sheets, and those of them that are taken out again.

    frame : the rows, with `_sheet_index`
    out : which of them are not counted
    """

    of: Return
    frame: pd.DataFrame
    sheets: list[Sheet]
    problems: list[pd.DataFrame]
    out: np.ndarray = field(init=False)
    index: np.ndarray = field(init=False)  # the sheet of each row
    rows: np.ndarray = field(init=False)
    rules: dict[int, list[tuple[int, str, str, str]]] = field(
        default_factory=dict
    )  # by sheet: row, rule, severity, todo

    more: dict[tuple[int, str], int] = field(default_factory=dict)  # by sheet and severity, rows not named

    def __post_init__(self) -> None:
        self.out = np.zeros(len(self.frame), bool)
        self.index = self.frame["_sheet_index"].to_numpy(int)
        self.rows = self.frame["_row"].to_numpy(int)

    def place(self, i: int) -> str:
        """A row as its sender finds it."""
        return f"row {self.rows[i]} of {self.sheet(i).where}"

    def sheet(self, i: int) -> Sheet:
        return self.sheets[int(self.index[i])]

    def say(self, i: int, rule: str, severity: str, todo: str = "") -> None:
        """What is said of a row; it is not counted, unless the severity is `note`."""
        self.out[i] |= severity != "note"
        self.sheet(i).copies += severity == "warn"
        lines = self.rules.setdefault(int(self.index[i]), [])
        if len(lines) >= MOST_NAMED:
            self.more[int(self.index[i]), severity] = self.more.get((int(self.index[i]), severity), 0) + 1
            return
        lines.append((int(self.rows[i]) - 1, rule, severity, todo or TODO[severity]))

    def report(self) -> None:
        """Adds what was said, a table for each sheet."""
        key = self.of.key[0] if self.of.key else ""
        for i, lines in self.rules.items():
            sheet = self.sheets[i]
            at = sheet.match.fields.get(key)
            rows = np.array([row for row, *_ in lines])
            texts: Any = ""
            if at is not None:
                texts = [safe(shown(sheet.grid.columns[at].cell(int(r)))[:80]) for r in rows]
            place = (at, sheet.match.heads.get(at, "") if at is not None else "", key)
            rules, severities, todo = ([line[n] for line in lines] for n in (1, 2, 3))
            self.problems.append(sheet.where.problem(rows, place, texts, rules, severities, todo))
        for (i, severity), count in self.more.items():
            where, used = self.sheets[i].where, "each counted once." if severity == "warn" else "none of them is used."
            self.problems.append(
                of_file(
                    where.file,
                    where.sheet,
                    MANY.format(number_of(count, "more row stands", "more rows stand"), used),
                    severity,
                )
            )


def repeated(of: Return, frame: pd.DataFrame, sheets: list[Sheet], problems: list[pd.DataFrame]) -> np.ndarray:
    """Which rows of a return are not counted, since they stand elsewhere too; each is named in `problems`."""
    repeats = Repeats(of, frame, sheets, problems)
    if len(frame):
        if of.key:
            _by_key(repeats)
        else:
            _without_key(repeats)
        repeats.report()
    return repeats.out


def _by_key(repeats: Repeats) -> None:
    of, frame = repeats.of, repeats.frame
    keys = pd.concat([_folded(frame[k]) for k in of.key], axis=1, keys=range(len(of.key)))
    _beside_refused(repeats, keys)
    if len(of.key) == 1 and _all_distinct(keys[0]):
        return
    shared = keys.duplicated(keep=False).to_numpy() & keys.notna().all(axis=1).to_numpy() & ~repeats.out
    if not shared.any():
        return
    content = frame.loc[shared, [c for n in of.fields for c in (n, f"{n}__state")]]
    content = content.assign(**{k: keys.loc[shared, i] for i, k in enumerate(of.key)})
    at = np.flatnonzero(shared)
    group = keys[shared].groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    together = pd.DataFrame({"at": at, "group": group, "hash": _hashes(content)})
    differs = together.groupby("group")["hash"].transform("nunique").to_numpy() > 1
    first = ~together.duplicated("group").to_numpy()
    leading = together.groupby("group")["at"].transform("first").to_numpy()
    members = {g: list(rows) for g, rows in together.groupby("group").head(5).groupby("group")["at"]}  # to name four
    for k, i in enumerate(map(int, at)):
        if differs[k]:
            others = [repeats.place(int(j)) for j in members[group[k]] if j != i][:4]
            rule = (
                f"The same {' and '.join(of.key)} stands with other content in {', '.join(others)}: "
                "neither is used until you say which stands (send one, or name it in replaces.yml)."
            )
            repeats.say(i, rule, "refuse")
        elif not first[k]:
            repeats.say(i, f"The same row as {repeats.place(int(leading[k]))}: counted once.", "warn", OTHER_USED)


def _hashes(content: pd.DataFrame) -> np.ndarray:
    """A number for each row, the same for rows with the same content but for case."""
    numbers: np.ndarray = np.zeros(len(content), np.uint64)
    for column in content:
        for at in range(0, len(content), AT_ONCE):  # a long list's texts whole would be held twice
            some = _folded(content[column].iloc[at : at + AT_ONCE])
            of_column = pd.util.hash_pandas_object(some, index=False).to_numpy(np.uint64)
            numbers[at : at + AT_ONCE] = numbers[at : at + AT_ONCE] * np.uint64(1_000_003) + of_column
    return numbers


def _beside_refused(repeats: Repeats, keys: pd.DataFrame) -> None:
    """A good row whose key stands again on a refused row of the same sheet: which of the two is right is unknown.

    In another file it is the correction of the refused row, sent again alone, and is taken.
    """
    of = repeats.of
    for i, sheet in enumerate(repeats.sheets):
        if sheet.taken.bad_keys is None or not len(sheet.taken.bad_keys):
            continue
        bad = pd.concat([_folded(sheet.taken.bad_keys[k]) for k in of.key], axis=1, keys=range(len(of.key)))
        bad_rows = dict(zip(bad.itertuples(index=False, name=None), sheet.taken.bad_keys["_row"], strict=True))
        bad_rows = {key: row for key, row in bad_rows.items() if not any(pd.isna(part) for part in key)}
        here = np.flatnonzero(repeats.frame["_sheet_index"].to_numpy() == i)
        first = keys[0].iloc[here].isin({key[0] for key in bad_rows}).to_numpy()
        for k in map(int, here[first]):
            if (key := tuple(keys.iloc[k])) in bad_rows:
                rule = (
                    f"The same {' and '.join(of.key)} stands on row {bad_rows[key]} of this sheet, "
                    "which is refused: neither is used until one is left."
                )
                repeats.say(k, rule, "refuse")


def _without_key(repeats: Repeats) -> None:
    """Whole rows of a list without a key, between its sheets: what two sheets share counts once."""
    frame = repeats.frame
    index = frame["_sheet_index"].to_numpy()
    fields = [n for n in repeats.of.fields]
    table = pd.DataFrame({"at": np.arange(len(frame)), "sheet": index, "hash": _hashes(frame[fields])})
    table["nth"] = table.groupby(["sheet", "hash"]).cumcount()  # alike rows of one sheet are that many rows
    for sheet in sorted(set(index))[1:]:
        mine, before = table[table["sheet"] == sheet], table[table["sheet"] < sheet]
        before = before[~repeats.out[before["at"].to_numpy()]]
        twin = mine.merge(before, on=["hash", "nth"], suffixes=("", "_before")).drop_duplicates("at")
        for at, other in zip(twin["at"], twin["at_before"], strict=True):
            rule = f"The same row as {repeats.place(int(other))}, of a list without references: counted once."
            repeats.say(int(at), rule, "warn", OTHER_USED)
        _versions(repeats, mine, before, set(twin["at"]), set(twin["at_before"]))
    alike = table[(table["nth"] > 0) & ~repeats.out]
    for at in alike["at"].head(200):
        repeats.say(int(at), "This row stands more than once in the sheet; each counts. Is that right?", "note")


def _versions(repeats: Repeats, mine: pd.DataFrame, before: pd.DataFrame, shared: set[int], theirs: set[int]) -> None:
    """Two sheets that share half of their rows or more are versions of one list: what differs in both is refused."""
    for other in sorted(set(before["sheet"])):
        older = before[before["sheet"] == other]
        common = sum(int(at) in theirs for at in older["at"])
        if common * 2 < min(len(older), len(mine)) or not common:
            continue
        only_older = [int(at) for at in older["at"] if int(at) not in theirs]
        only_newer = [int(at) for at in mine["at"] if int(at) not in shared]
        if not only_older or not only_newer:
            continue
        for at in only_older + only_newer:
            rule = (
                f"{repeats.sheet(only_older[0]).where} and {repeats.sheet(only_newer[0]).where} are two "
                "versions of one list, and this row stands in one of them only: not used until you say which stands "
                "(send one, or name it in replaces.yml)."
            )
            if not repeats.out[at]:
                repeats.say(at, rule, "refuse")


def _folded(column: pd.Series) -> pd.Series:
    """A column as it is compared: without case."""
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
    cells = pa.array(column)
    if len(cells) > 1 and not cells.null_count and pc.all(pc.less(cells[:-1], cells[1:])).as_py():
        return True  # in order, as systems number their rows
    return bool(pc.count_distinct(cells, mode="only_valid").as_py() == len(cells) - cells.null_count)
