"""Cells and the sums that tie them: what a reader of every table together could write down as equations.

A number is a count that may be printed in several places: a count row prints one, a share row two (its numerator and
its denominator). Its key is (measure, ((dimension, label), ...)) without the `Total`s, so that equal cells of
different tables are one number. Numbers that are not printed but follow from those that are (an implied complement,
a quarter that only a year gives away) are numbers too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lscb.errors import UserError
from lscb.long_table import NOT_DIMENSIONS, TOTAL
from lscb.periods import Quarter, year_label

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, tuple[tuple[str, str], ...]]
NO_FIGURE = ("not_available", "not_applicable")  # a status, with a reason
NOT_ADDITIVE_KINDS = ("average", "rank", "index")
BACK = ("quarters_back", "years_back")  # of a declared number: the same one of an earlier period
OF_ITS_YEAR = ("year so far", "year before", "end of the year before")  # a declared number's period, from its total's


def cell_key(measure: str, labels: dict | Iterable[tuple[str, str]]) -> Key:
    """The key of a cell: its measure and its labels, `Total` (and blank) left out, year-to-date in one spelling."""
    pairs = labels.items() if isinstance(labels, dict) else labels
    kept = ((d, _label(d, label)) for d, label in pairs if label is not None and label == label)
    return measure, tuple(sorted((d, label) for d, label in kept if label not in (TOTAL, "")))


def _label(dimension: str, label) -> str:
    """A label as text. The year to its first quarter is that quarter, to its fourth the year."""
    text = str(label)
    if dimension == "period" and " to Q" in text:
        return text.replace(" to Q1", "-Q1").replace(" to Q4", "")
    return text


def parse(asked, measure: str | None = None) -> Key:
    """A cell given by a person: a key, a dict or a tuple of pairs with `measure` and the dimensions, as a key."""
    if isinstance(asked, tuple) and len(asked) == 2 and isinstance(asked[0], str) and isinstance(asked[1], tuple):
        return cell_key(*asked)
    labels = {k: v for k, v in dict(asked).items() if k not in NOT_DIMENSIONS}
    return cell_key(str(labels.pop("measure", measure or "count")), labels)


def written(key: Key) -> str:
    """A key as a person reads it: `referrals: area E06000045, period 2017-18-Q4, sex female`."""
    return f"{key[0]}: " + ", ".join(f"{d} {label}" for d, label in key[1])


def changed(key: Key, labels: dict) -> Key | None:
    """The same cell with other labels; a label of `Total` drops the dimension.

    `quarters_back` and `years_back` among the labels move the period, and so does a period of OF_ITS_YEAR; None where
    the period has no such quarter or year.
    """
    held, labels = dict(key[1]), dict(labels)
    if labels.get("period") in OF_ITS_YEAR:
        labels["period"] = _of_its_year(held.get("period", ""), labels["period"])
    quarters, years = (int(labels.pop(name, 0)) for name in BACK)
    if quarters or years:
        labels["period"] = _earlier(held.get("period", ""), quarters, years)
    return None if None in labels.values() else cell_key(key[0], held | labels)


def _earlier(period: str, quarters: int, years: int) -> str | None:
    """A period so many quarters and years before: of a quarter, or by whole years of any other."""
    if re.fullmatch(r"\d{4}-\d{2}-Q[1-4]", period):
        return str(Quarter.parse(period) - (quarters + 4 * years))
    if quarters or not (match := re.fullmatch(r"(\d{4})(-\d{2})?( to Q[23])?", period)):
        return None
    start = int(match[1]) - years
    return (year_label(start) if match[2] else str(start)) + (match[3] or "")


def _of_its_year(period: str, said: str) -> str | None:
    """The financial year of a period up to its end, the whole year before it, or that year's last quarter."""
    if not (match := re.fullmatch(r"(\d{4})-\d{2}(?:(?:-| to )Q([1-4]))?", period)):
        return None
    if said == "year so far":
        return f"{period[:7]} to Q{match[2] or 4}"
    before = year_label(int(match[1]) - 1)
    return before if said == "year before" else f"{before}-Q4"


class Line(NamedTuple):
    """One row of one table: its own key, and the keys of the numbers it prints."""

    table: str
    row: int
    key: Key
    numbers: tuple[tuple[Key, float | None], ...]
    bases: tuple[Key, ...]  # numbers that must be shown for the row to be shown, though it does not print them
    status: str
    free: bool  # passes unchanged: an open table, or a measure that needs no protection


@dataclass
class Docs:
    """What data/dictionary says of tables and measures, with what the numbers themselves show where it is silent."""

    tables: dict
    measures: dict
    relations: list = field(default_factory=list)

    @classmethod
    def of(cls, documentation: Mapping | None) -> Docs:
        """What a mapping with `tables`, `measures` and `relations` says; nothing where there is none."""
        given = documentation or {}
        return cls(given.get("tables") or {}, dict(given.get("measures") or {}), list(given.get("relations") or []))

    def open(self, table: str) -> bool:
        return bool((self.tables.get(table) or {}).get("open"))

    def free(self, measure: str) -> bool:
        return (self.measures.get(measure) or {}).get("protect") == "none"

    def kind(self, measure: str) -> str | None:
        return (self.measures.get(measure) or {}).get("kind")

    def adds(self, measure: str, dimension: str) -> bool:
        """Whether the parts of a dimension add to its total: yes where nothing is said, but for rolling windows."""
        name = measure.split(PART)[0]
        said = (self.measures.get(name) or {}).get("adds_over")
        if said is None:
            return dimension != "window" and self.kind(name) not in NOT_ADDITIVE_KINDS
        return said == "all" or (said != "none" and dimension in said)

    def base(self, measure: str, role: str, key: Key) -> Key | None:
        """The key of a row's numerator or denominator, where the dictionary (or the numbers) name its measure."""
        said = (self.measures.get(measure) or {}).get(role)
        if said is None:
            return None
        said = {"measure": said} if isinstance(said, str) else dict(said)
        return changed((said.pop("measure"), key[1]), said)

    def change(self, measure: str) -> bool:
        """Whether a figure is its numerator by its denominator `less` 1: it prints neither of them."""
        return "less" in (self.measures.get(measure) or {})

    def recomputed(self, measure: str) -> bool:
        """Whether a figure without counts of its own is its numerator by its denominator, so that rounded ones do."""
        said = self.measures.get(measure) or {}
        return {"numerator", "denominator"} <= set(said) and not {"less", "derived_from", "from"} & set(said)

    def pair(self, line: Line) -> tuple[Key, Key] | None:
        """The keys of a row's numerator and denominator: printed in it, or in other tables."""
        if len(line.numbers) == 2:
            return line.numbers[0][0], line.numbers[1][0]
        if not self.recomputed(line.key[0]):
            return None
        top, base = (self.base(line.key[0], role, line.key) for role in ("numerator", "denominator"))
        return (top, base) if top and base else None

    def bases(self, measure: str, key: Key) -> tuple[Key, ...]:
        """Every number that a figure without counts of its own was computed from."""
        said = self.measures.get(measure) or {}
        extra = said.get("derived_from") or said.get("from") or []
        extra = [extra] if isinstance(extra, (str, dict)) else extra
        named = [said[role] for role in ("numerator", "denominator") if role in said] + list(extra)
        found = []
        for item in named:
            item = {"measure": item} if isinstance(item, str) else dict(item)
            found.append(changed((item.pop("measure"), key[1]), item))
        return tuple(base for base in found if base)


PART = " · "  # between a share's measure and which of its own numbers is meant


def lines(name: str, frame: pd.DataFrame, docs: Docs) -> list[Line]:
    """The rows of a table as numbers with keys. Raises UserError for a count that is no whole number."""
    dims = sorted(c for c in frame.columns if c not in NOT_DIMENSIONS and c != "measure")
    blank = [None] * len(frame)
    measures = frame["measure"].astype(str).tolist() if "measure" in frame else ["count"] * len(frame)
    labels = _pairs(frame, dims)
    figures = {f: frame[f].astype("float64").tolist() if f in frame else blank for f in ("value", "count", "of")}
    status = frame["status"].tolist() if "status" in frame else blank
    opened = docs.open(name)
    made = []
    for i, measure in enumerate(measures):
        key = measure, labels[i]
        count, of, value = (_number(figures[f][i]) for f in ("count", "of", "value"))
        state = status[i] or ("shown" if (count, of, value) != (None, None, None) else "not_available")
        made.append(_line(name, i, key, count, of, value, state, opened or docs.free(measure), docs))
    return made


def _pairs(frame: pd.DataFrame, dims: list[str]) -> list[tuple[tuple[str, str], ...]]:
    """The labels of every row as `cell_key` writes them: each label of a column is looked at once."""
    columns = []
    for dimension in dims:
        held = frame[dimension].tolist()
        pair = {label: cell_key("", [(dimension, label)])[1] for label in dict.fromkeys(held)}
        columns.append([pair[label] for label in held])
    return [sum(row, ()) for row in zip(*columns, strict=True)] if dims else [()] * len(frame)


def _number(value) -> float | None:
    return None if value is None or value != value else float(value)


def _line(name, row, key, count, of, value, state, free, docs: Docs) -> Line:
    measure = key[0]
    hidden = state == "suppressed"
    if state not in ("shown", "suppressed"):
        return Line(name, row, key, (), () if free else docs.bases(measure, key), state, free)
    if free and not all(map(_natural, (count, of))):
        return Line(name, row, key, (), (), state, free)  # an open change of -349 is in no sum that could tell
    if of is not None or (hidden and docs.kind(measure) in ("share", "rate") and not docs.change(measure)):
        top = docs.base(measure, "numerator", key) or (measure + PART + "count", key[1])
        base = docs.base(measure, "denominator", key) or (measure + PART + "of", key[1])
        numbers = ((top, _whole(count, key)), (base, of if of is None else _whole(of, key)))
        if count is None and not hidden:
            numbers = numbers[1:]
        return Line(name, row, key, numbers, (), state, free)
    if count is not None or (hidden and value is None and docs.kind(measure) in (None, "count")):
        return Line(name, row, key, ((key, _whole(count, key)),), docs.bases(measure, key), state, free)
    return Line(name, row, key, (), docs.bases(measure, key), state, free)


def _natural(count: float | None) -> bool:
    return count is None or (count >= 0 and abs(count - round(count)) <= 1e-6)


def _whole(count: float | None, key: Key) -> int | None:
    if count is None:
        return None
    if not _natural(count):
        raise UserError(f"{written(key)} is {count}: a count must be a whole number from 0.")
    return round(count)


@dataclass
class Unit:
    """What is hidden or shown as one: every row with one key."""

    key: Key
    numbers: tuple[int, ...]
    rows: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class Model:
    """Everything a reader could write down: numbers, the units that print them, the sums between them.

    values : what is true now, None where it is not known to us either (hidden by its sender, or in an earlier pack)
    constant : numbers that every reader has (open data, measures that need no protection)
    sums : signed sums that are zero, as ((number, coefficient), ...)
    seen : by profile, what earlier packs showed: number -> (least, most) possible
    lines : this quarter's rows
    pairs : keys of a share's numerator and its denominator, with the place of a pack that has the share
    shares : numerator of a share, in any pack -> its denominators
    packs : how many there were before; each stands at its place from 0, this quarter's own at the end
    stated : key -> places of the packs that showed or withheld it
    issues : what was revised (see issue_of) -> the places from which another issue of its figures stood
    doubted : what was revised unseen, see `model`, each with the place from which another issue of it stood
    notes : relations that do not hold, for the ledger
    """

    docs: Docs
    lines: list[Line] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    values: list[int | None] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)
    constant: set[int] = field(default_factory=set)
    units: dict[Key, Unit] = field(default_factory=dict)
    sums: list[tuple[tuple[int, int], ...]] = field(default_factory=list)
    seen: dict[str, dict[int, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))
    pairs: dict[tuple[tuple[Key, Key], int], None] = field(default_factory=dict)
    shares: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    packs: int = 0
    stated: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    issues: dict[tuple, list[int]] = field(default_factory=dict)
    doubted: set[tuple] = field(default_factory=set)
    notes: list[tuple[Key, str]] = field(default_factory=list)

    @cached_property
    def neighbours(self) -> dict[int, set[int]]:
        """For each number, those that share a sum or a row with it. Asked for when the model is complete."""
        tied: dict[int, set[int]] = defaultdict(set)
        for each in [[i for i, _ in s] for s in self.sums] + [u.numbers for u in self.units.values()]:
            for i in each:
                tied[i].update(each)
        return tied

    def share(self, line: Line, place: int) -> None:
        """Note which number of a row is a share of which: a rate's population is no group of people.

        A share that prints its value alone is noted too: whoever has its two counts knows what it is a share of.
        """
        if not line.free and self.docs.kind(line.key[0]) not in ("rate", "average") and (pair := self.docs.pair(line)):
            self.pairs[pair, place] = None

    def number(self, key: Key, value: int | None = None) -> int:
        """The index of a number, made when new. Raises UserError when two tables disagree on it."""
        at = self.index.setdefault(key, len(self.keys))
        if at == len(self.keys):
            self.keys.append(key)
            self.values.append(value)
        elif value is not None and self.values[at] is None:
            self.values[at] = value
        elif value is not None and self.values[at] != value:
            raise UserError(
                f"{written(key)} is {self.values[at]} in one table and {value} in another: one cell, one number."
            )
        return at

    def begun(self, key: Key) -> set[int]:
        """The places from which another issue of a figure stood: its own, or one of all that are revised with it."""
        return {*self.issues.get(key, ()), *self.issues.get(issue_of(key), ())} if self.issues else set()

    def as_of(self, key: Key, place: int) -> Key:
        """A key in the issue of its figures that stood at the place of a pack; in the last one it is the plain key."""
        return _issue(key, sum(place < began for began in self.begun(key)))

    def later(self, key: Key, place: int) -> int | None:
        """The number of a figure in the first issue after that of a place; None where no pack since has it."""
        number = sum(place < began for began in self.begun(key))
        held = (self.index.get(_issue(key, n)) for n in range(number - 1, -1, -1))
        return next((at for at in held if at is not None), None)

    def at(self, key: Key, place: int) -> int:
        """The number of a figure at a place, made when new. Every figure has one of the last issue as well."""
        self.number(key)
        return self.number(self.as_of(key, place))


def issue_of(key: Key) -> tuple:
    """What is revised together: the figures of a measure, an area and a period."""
    held = dict(key[1])
    return key[0], held.get("area"), held.get("period")


def _issue(key: Key, number: int) -> Key:
    return (key[0], (*key[1], ("issue", f"before revision {number}"))) if number else key


def guess(tables: dict[str, pd.DataFrame], docs: Docs) -> dict[str, pd.DataFrame]:
    """Where the dictionary does not know a share's measure: link its numbers to counts they always equal.

    Linking too much only protects more: a reader who sees the same number twice may take it for the same cell.
    Adds to `docs.measures`; returns tables whose denominator had to be worked out from a share beside its count.
    """
    filled = {}
    counts: dict[str, dict[Key, float]] = defaultdict(dict)
    shares: dict[str, list] = defaultdict(list)
    for name, frame in sorted(tables.items()):
        if "value" in frame and "count" in frame:
            frame = _implied(frame, docs)
            filled[name] = frame
        for line in lines(name, frame, docs):
            if line.status != "shown" or not line.numbers:
                continue
            if len(line.numbers) == 1 and line.numbers[0][0] == line.key:
                counts[line.key[0]][line.key] = line.numbers[0][1]
            elif len(line.numbers) == 2 and line.key[0] not in docs.measures:
                shares[line.key[0]].append((line.key, line.numbers[0][1], line.numbers[1][1]))
    for measure, rows in shares.items():
        said = {"kind": "share" if all(n <= of for _, n, of in rows) else "rate"}
        for role, at in (("numerator", 1), ("denominator", 2)):
            if link := _same(measure, rows, at, counts):
                said[role] = link
        docs.measures[measure] = said
    return filled


def _implied(frame: pd.DataFrame, docs: Docs) -> pd.DataFrame:
    """Rows of an unknown measure with a count and a share of 1 but no denominator: count / share gives it away."""
    of = frame["of"] if "of" in frame else frame["count"] * float("nan")
    unknown = of.isna() & (frame["count"] > 0) & (frame["value"] > 0) & (frame["value"] <= 1)
    if "measure" in frame:
        unknown &= ~frame["measure"].isin(list(docs.measures))
    of_whole = frame["count"] / frame["value"].where(unknown)
    fits = unknown & ((of_whole - of_whole.round()).abs() < 1e-6)
    return frame.assign(of=of.where(~fits, of_whole.round())) if fits.any() else frame


def _same(measure: str, rows: list, at: int, counts: dict) -> dict | None:
    """The count measure (at the same labels, or with one dimension at its Total) that equals a share's number."""
    dims = sorted({d for key, *_ in rows for d, _ in key[1]} - {"area", "period"})
    options = [{}] + [{d: TOTAL} for d in dims] + ([dict.fromkeys(dims, TOTAL)] if len(dims) > 1 else [])
    for name in sorted(counts):
        for option in options:
            held = [counts[name].get(changed((name, row[0][1]), option)) for row in rows]
            if all(h == row[at] for h, row in zip(held, rows, strict=True)):
                return {"measure": name, **option}
    own = measure + PART + ("count" if at == 1 else "of")
    for option in options[1:] if at == 2 else []:
        groups = defaultdict(set)
        for row in rows:
            groups[changed(row[0], option)].add(row[at])
        if len(groups) < len(rows) and all(len(g) == 1 for g in groups.values()):
            return {"measure": own, **option}
    return None
