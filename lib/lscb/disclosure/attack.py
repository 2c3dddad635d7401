"""The auditor: what a reader of everything released could work out about every hidden cell.

Shares no code with the solver. It reads released tables alone (and the dictionary, which is public), writes down every
sum a patient reader would, and asks whole-number programmes which values each hidden cell can have.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import sys
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ..settings import DATA, UserError, read
from ..tables import FIGURES, LABELS, TOTAL, documentation

if TYPE_CHECKING:
    import pandas as pd

Name = tuple[str, frozenset, str]  # measure, labels without Totals, which of its numbers: count, of, rest
NO_LIMIT = float("inf")
LARGE = 300  # numbers tied together, above which every end is worked out only when asked for
FURTHEST = 2_000  # people in the largest group that is looked for behind a percentage without its counts
NODES = 2_000  # of one programme; where that is not enough nothing is concluded
ENOUGH = 12  # candidates counted at most; a cell with so many is far from found
FINANCIAL = re.compile(r"(\d{4}-\d{2})(?:(?:-Q| to Q)([1-4]))?$")


def attack(
    released,
    known: dict | None = None,
    *,
    profile: str | None = None,
    k: int | None = None,
    relations=None,
    full: bool | None = None,
) -> pd.DataFrame:
    """Everything that can be worked out of what was released to one reader, one row per hidden cell.

    Parameters
    ----------
    released : {name: table}, or a list of such mappings: packs, quarters, audiences, re-issues. Also what
        `history.load` gives, an (audience, tables) pair or {audience: {name: table}}. Rounded counts are known by
        their `reason` ("rounded to the nearest 5") or by their audience, where that is given.
    known : {cell: value} that the reader knows besides; a cell is a mapping of `measure` and its labels, a tuple of
        such pairs, or a key (measure, ((dimension, label), ...)). It has no row of its own in the answer
    profile : the audience of tables that do not say (rounding, threshold, candidates asked for)
    k : candidates asked for (the profile's, or 3)
    relations : declared sums, as `protect` takes them; those of tables.yml are always used
    full : False stops at `k` candidates a cell, with `min` and `max` those found: enough to release a pack. None does
        so only for groups of more than 300 numbers that are tied together; True never

    Returns
    -------
    measure and dimensions (`Total` where a cell has none), `figure` (count, of, or rest: the implied complement),
    `candidates` (whole numbers counted one by one, up to twelve: twelve means at least so many; up to `k` where not
    `full`), `possible` (the candidates as text, where they are fewer), `min`, `max` (inf: no limit), `exposed`: fewer
    than `k` candidates of which one is in 1..threshold, or is none of a small group. A hidden cell that a small count
    could not be is never exposed.

    A table that contradicts itself raises UserError.
    """
    packs = list(_packs(released, profile))
    with _silent():
        return _attacked(packs, known or {}, k, relations, full)


def _attacked(packs, known, k, relations, full) -> pd.DataFrame:
    facts = Facts(documentation(), packs)
    for cell, value in known.items():
        facts.learn(facts.place(_named(cell)), value, value)
        facts.hidden.discard(facts.place(_named(cell)))
    sums = Tying(facts).every([*documentation().get("relations", []), *(relations or [])])
    asked = k or max((p.candidates for p in packs), default=3)
    reckoning = Reckoning(facts, sums)
    found = reckoning.candidates(asked, full)
    few = reckoning.none_of_few(max((p.all_or_none for p in packs), default=0))
    return _answer(facts, found, asked, min((p.threshold for p in packs), default=5), few)


@contextlib.contextmanager
def _silent():
    """HiGHS writes past Python to the process's standard output."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def breaches(found: pd.DataFrame, ledger: pd.DataFrame, profile: str) -> pd.DataFrame:
    """The rows of an attack that break the promise: exposed cells that the ledger of `protect` calls primary, and
    exposed cells that it does not know (implied complements, earlier packs).

    Without a ledger a further cell with few candidates looks exposed too: the promise is for primary cells only.
    """
    import pandas as pd

    further = ledger[(ledger["profile"] == profile) & (ledger["kind"] == "further")]
    dims = [c for c in found.columns if c not in (*RESULT, "measure")]
    cells = [_text(row["measure"], {d: row[d] for d in dims}) for row in found.to_dict("records")]
    of_further = pd.Series(cells, index=found.index).isin(set(further["cell"])) & (found["figure"] == "count")
    return found[found["exposed"] & ~of_further]


RESULT = ("figure", "candidates", "possible", "min", "max", "exposed")


def _text(measure: str, labels: dict) -> str:
    return f"{measure}: " + ", ".join(f"{d} {v}" for d, v in sorted(labels.items()) if v != TOTAL)


# -- what was released --


class Pack:
    """Tables of one audience, with the rules that a reader of them knows."""

    def __init__(self, tables: dict, audience: str | None):
        self.tables = tables
        said = read(DATA / "disclosure.yml")["profiles"].get(audience, {}) if audience else {}
        text = [str(r) for t in tables.values() if "reason" in t for r in t["reason"].dropna().unique()]
        limits = [int(n) for r in text for n in re.findall(r"between 1 and (\d+)", r)]
        nearest = [int(n) for r in text for n in re.findall(r"rounded to the nearest (\d+)", r)]
        self.whole = said.get("round_to", 1)  # every count, where the audience is known
        usual = 7 if nearest or self.whole > 1 else 5
        self.threshold = said.get("threshold", max(limits, default=usual))
        self.candidates = said.get("candidates", 3)
        self.all_or_none = said.get("all_or_none", self.threshold)
        self.least = 1 if said.get("zeros") == "always" else 0

    def window(self, count: float, reason) -> tuple[float, float]:
        """The least and the most that a printed count can be."""
        match = re.search(r"rounded to the nearest (\d+)", str(reason))
        nearest = int(match[1]) if match else self.whole
        if nearest <= 1 or count == 0 or count % nearest:
            return count, count
        return max(count - nearest // 2, self.threshold + 1), count + (nearest - 1) // 2


def _packs(released, audience):
    """Every set of tables in whatever was given, with its audience where that is said."""
    if hasattr(released, "protected"):
        released = released.protected
    if hasattr(released, "tables") and hasattr(released, "audience"):
        yield from _packs(released.tables, released.audience)
    elif isinstance(released, tuple) and len(released) == 2 and isinstance(released[0], str):
        yield from _packs(released[1], released[0])
    elif isinstance(released, dict) and "tables" in released and isinstance(released["tables"], (dict, list)):
        yield from _packs(released["tables"], released.get("audience", released.get("profile", audience)))
    elif isinstance(released, dict) and all(hasattr(t, "columns") for t in released.values()):
        yield Pack(released, audience)
    elif isinstance(released, dict):
        for name, held in released.items():
            said = name if name in read(DATA / "disclosure.yml")["profiles"] else audience
            yield from _packs(held, said)
    elif isinstance(released, (list, tuple)):
        for each in released:
            yield from _packs(each, audience)
    else:
        raise UserError(f"attack cannot read a {type(released).__name__}: give tables by name, or a list of such.")


def _named(cell) -> Name:
    """A cell that a person wrote down."""
    if isinstance(cell, tuple) and len(cell) == 2 and isinstance(cell[0], str) and not isinstance(cell[1], str):
        measure, labels = cell[0], dict(cell[1])
    else:
        labels = dict(cell)
        measure = str(labels.pop("measure", "count"))
    figure = str(labels.pop("figure", "count"))
    return measure, _labels(labels.items()), figure


def _labels(pairs) -> frozenset:
    kept = []
    for dimension, label in pairs:
        if label is None or label != label or str(label) in (TOTAL, ""):
            continue
        text = str(label)
        if dimension == "period" and text.endswith(" to Q1"):
            text = text[:-6] + "-Q1"
        elif dimension == "period" and text.endswith(" to Q4"):
            text = text[:-6]
        kept.append((dimension, text))
    return frozenset(kept)


def _moved(labels: frozenset, changes: dict) -> frozenset | None:
    """Labels of a number that the dictionary names from another's; `quarters_back` and `years_back` move the period.
    None where the period has no such quarter."""
    changes = {d: str(label) for d, label in changes.items()}
    back = int(changes.pop("quarters_back", 0)) + 4 * int(changes.pop("years_back", 0))
    if back:
        match = re.fullmatch(r"(\d{4})(-\d{2})?(?:-Q([1-4]))?(.*)", dict(labels).get("period", ""))
        if not match or (back % 4 and not match[3]):
            return None
        place = int(match[1]) * 4 + int(match[3] or 1) - 1 - back
        year = str(place // 4) + (f"-{(place // 4 + 1) % 100:02d}" if match[2] else "")
        changes["period"] = year + (f"-Q{place % 4 + 1}" if match[3] else "") + match[4]
    return frozenset(p for p in labels if p[0] not in changes) | _labels(changes.items())


class Facts:
    """What is printed: the least and the most that each number can be, as far as its own row says."""

    def __init__(self, said: dict, packs: list[Pack]):
        self.said, self.packs = said, packs
        self.at: dict[Name, int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.hidden: set[int] = set()
        self.open: set[int] = set()
        self.stale: set[int] = set()  # withheld in a later pack than one that showed it: it may have been revised
        self.sheets: dict[tuple[str, str, str], set[Name]] = defaultdict(set)
        self.ratios: list[tuple[int, int, float, float]] = []  # numerator, denominator, share at least, at most
        self.shares: list[tuple[Name, Name]] = []
        self.revised = itertools.count(1)
        self.links = self._links()
        for pack in reversed(packs):  # the latest issue of a figure stands
            for name, frame in pack.tables.items():
                self._read(pack, name, frame)

    def place(self, name: Name) -> int:
        if name not in self.at:
            self.at[name] = len(self.low)
            self.low.append(0.0)
            self.high.append(NO_LIMIT)
        return self.at[name]

    def learn(self, at: int, low: float, high: float) -> bool:
        """Narrow a number to a range; False where that leaves nothing, because it was revised."""
        least, most = max(self.low[at], low), min(self.high[at], high)
        if least > most:
            return False
        self.low[at], self.high[at] = least, most
        return True

    def _rows(self, frame):
        dims = [c for c in frame.columns if c not in FIGURES and c not in LABELS and c != "measure"]
        columns = {c: frame[c].tolist() for c in ("value", "count", "of", "status", "reason", "unit") if c in frame}
        measures = frame["measure"].tolist() if "measure" in frame else ["count"] * len(frame)
        labels = [frame[d].tolist() for d in dims]
        for i, measure in enumerate(measures):
            row = {c: (None if v[i] != v[i] else v[i]) for c, v in columns.items()}
            yield str(measure), _labels(zip(dims, (v[i] for v in labels), strict=True)), row

    def _measure(self, measure: str) -> dict:
        return self.said["measures"].get(measure) or self.links.get(measure) or {}

    def _read(self, pack: Pack, table: str, frame) -> None:
        opened = bool((self.said["tables"].get(table) or {}).get("open"))
        decimals = max((_decimals(v) for v in frame["value"].dropna()), default=0) if "value" in frame else 0
        for measure, labels, row in self._rows(frame):
            free = opened or self._measure(measure).get("protect") == "none"
            if row.get("status") in ("not_applicable", "not_available"):
                continue
            withheld = row.get("status") == "suppressed"
            share = row.get("of") is not None or self._measure(measure).get("kind") in ("share", "rate")
            share |= self._bare(measure, row)
            share |= "denominator" in self._measure(measure) and "numerator" in self._measure(measure)
            numbers = self._share(measure, labels) if share else [(measure, labels, "count")]
            nothing = row.get("count") is None and row.get("of") is None
            if nothing and not withheld and not (share and row.get("value") is not None):
                continue
            change = "less" in self._measure(measure)  # prints neither of its numbers
            for name, figure in () if change else zip(numbers, ("count", "of"), strict=False):
                self._number(pack, table, name, row.get(figure), row.get("reason"), withheld, free)
            if share and not free:
                self._ratio(numbers, row, measure, decimals)

    def _bare(self, measure: str, row: dict) -> bool:
        """A percentage printed without either count, of a measure that the dictionary does not know."""
        figures = (row.get("count"), row.get("of"), row.get("value"))
        unknown = measure not in self.said["measures"] and figures[:2] == (None, None) and figures[2] is not None
        return unknown and ("%" in str(row.get("unit")) or ("of" in row and 0 < figures[2] < 1))

    def _number(self, pack, table, name, printed, reason, withheld, free) -> None:
        at = self.place(name)
        self.sheets[table, name[0], name[2]].add(name)
        free = free or (self.said["measures"].get(name[0]) or {}).get("protect") == "none"
        if free:
            self.open.add(at)
        if printed is not None:
            if at in self.hidden:
                self.stale.add(at)
            low, high = (printed, printed) if free else pack.window(printed, reason)
            if not self.learn(at, low, high):
                earlier = (name[0], name[1] | {("issue", f"other {next(self.revised)}")}, name[2])
                self.learn(self.place(earlier), low, high)
        elif withheld:
            self.hidden.add(at)
            if pack.least:
                self.learn(at, pack.least, NO_LIMIT)

    def _share(self, measure: str, labels: frozenset) -> list[Name]:
        """The two numbers of a share: those of other measures where the dictionary says so, else its own."""
        names = []
        for role, figure in (("numerator", "count"), ("denominator", "of")):
            said = self._measure(measure).get(role)
            if said is None:
                names.append((measure, labels, figure))
                continue
            other = {"measure": said} if isinstance(said, str) else dict(said)
            name = other.pop("measure")
            moved = _moved(labels, other)
            names.append((name, moved or labels | {("period", "unknown")}, "of" if name == measure else "count"))
        return names

    def _ratio(self, numbers, row, measure, decimals: int) -> None:
        """A share leaves out the rest of its group; printed alone, it ties its two numbers together."""
        kind = self._measure(measure).get("kind")
        count, of = numbers
        if kind not in ("rate", "average"):
            self.shares.append((count, of))
        if row.get("value") is None or (row.get("count") is not None and row.get("of") is not None):
            return
        unit = str(row.get("unit") or "")
        per = re.search(r"per ([\d,]+)", unit)
        scale = (
            float(per[1].replace(",", "")) if per else 100.0 if unit.strip() in ("%", "percent", "per cent") else 1.0
        )
        low, high = _printed(row["value"] + self._measure(measure).get("less", 0), scale, decimals)
        self.learn(self.place(of), 1, NO_LIMIT)  # nobody's share is not printed
        self.ratios.append((self.place(count), self.place(of), low, high))

    def _links(self) -> dict[str, dict]:
        """Shares that the dictionary does not know, by counts that they equal wherever both are printed."""
        counts, shares = defaultdict(dict), defaultdict(list)
        for pack in self.packs:
            for frame in pack.tables.values():
                for measure, labels, row in self._rows(frame):
                    if row.get("of") is not None and measure not in self.said["measures"]:
                        shares[measure].append((labels, row.get("count"), row["of"]))
                    elif row.get("count") is not None:
                        counts[measure].setdefault(labels, set()).add(row["count"])
        links = {}
        for measure, rows in shares.items():
            links[measure] = {"kind": "share" if all(c is None or c <= of for _, c, of in rows) else "rate"}
            for role, figure in (("numerator", 1), ("denominator", 2)):
                for other in sorted(counts):
                    if _always_equal(rows, figure, counts[other]):
                        links[measure][role] = other
                        break
        return links


def _always_equal(rows: list, figure: int, counts: dict) -> bool:
    """Whether a share's number is the other measure's count wherever both are printed, often enough to notice."""
    both = [(r[figure], counts[r[0]]) for r in rows if r[figure] is not None and r[0] in counts]
    return len({b[0] for b in both}) > 2 and all(figure in held for figure, held in both)


def _decimals(value: float) -> int:
    """Decimals of a printed figure: 18.8 has one, 55.0 none of its own (its table's other figures tell)."""
    text = repr(float(value))
    return 17 if "e" in text else len(text.split(".")[-1].rstrip("0"))


def _printed(value: float, scale: float, decimals: int) -> tuple[float, float]:
    """The shares that a printed figure can stand for: half a unit of its table's last decimal up and down.

    Figures of twelve decimals and more are unrounded and stand for themselves.
    """
    half = 0.0 if decimals >= 12 else 0.5 * 10.0**-decimals
    return max(value - half, 0.0) / scale, (value + half) / scale


# -- what ties the numbers together --


class Tying:
    """The sums of a patient reader, each as {number: sign} that is zero."""

    def __init__(self, facts: Facts):
        self.facts = facts
        self.sums: set[frozenset] = set()

    def every(self, declared: list) -> list[dict[int, int]]:
        self._dimensions()
        self._quarters()
        self._windows()
        for count, of in self.facts.shares:
            at = self.facts.place
            if of in self.facts.at and count in self.facts.at:
                rest = (count[0], count[1], f"rest of {of[0]}")
                self.facts.hidden.add(at(rest))
                self._sum(at(of), [at(count), at(rest)])
        for said in declared:
            self._declared(said)
        return [dict(s) for s in sorted(self.sums, key=sorted)]

    def _sum(self, total: int, parts: list[int]) -> None:
        if total not in parts:
            self.sums.add(frozenset([(total, 1), *((p, -1) for p in parts)]))

    def _adds(self, measure: str, dimension: str, figure: str) -> bool:
        said = self.facts.said["measures"].get(measure) or {}
        adds = said.get("adds_over")
        if adds is None:
            return dimension != "window" and said.get("kind") not in ("average", "rank", "index")
        return adds == "all" or (adds != "none" and dimension in adds)

    def _dimensions(self) -> None:
        splits = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        for (table, measure, figure), names in self.facts.sheets.items():
            for name in names:
                for dimension, label in name[1]:
                    total = (measure, name[1] - {(dimension, label)}, figure)
                    if dimension != "period" and total in self.facts.at and self._adds(measure, dimension, figure):
                        splits[measure, dimension, figure][table][total].add(name)
        for (_, dimension, _), tables in splits.items():
            together = defaultdict(set)
            for parts in tables.values():
                for total, names in parts.items():
                    together[total] |= names
            options = [together] if len(tables) > 1 and self._fits(dimension, together) == "all" else tables.values()
            for parts in options:
                self._split(dimension, parts, tables)

    def _range(self, names) -> tuple[float, float]:
        places = [self.facts.at[n] for n in names]
        return sum(self.facts.low[p] for p in places), sum(self.facts.high[p] for p in places)

    def _fits(self, dimension: str, parts: dict) -> str:
        """`over` where parts exceed a total; `some` where a label must be missing; `all` where they may add up."""
        labels = {dict(n[1])[dimension] for names in parts.values() for n in names}
        worst = "all" if len(labels) > 1 else "some"
        for total, names in parts.items():
            (low, high), (least, most) = self._range(names), self._range([total])
            if low > most:
                return "over"
            if high < least:
                worst = "some"
        return worst

    def _split(self, dimension: str, parts: dict, tables: dict) -> None:
        fits = self._fits(dimension, parts)
        finer = [o for o in tables.values() if o is not parts and all(n < o.get(t, set()) for t, n in parts.items())]
        if fits == "over" or any(self._fits(dimension, o) != "over" for o in finer):
            return
        at = self.facts.place
        for total, names in parts.items():
            places = [at(n) for n in names]
            if fits == "some":
                label = "not " + ", ".join(sorted(dict(n[1])[dimension] for n in names))
                rest = at((total[0], total[1] | {(dimension, label)}, "rest"))
                self.facts.hidden.add(rest)
                places.append(rest)
            self._sum(at(total), places)

    def _quarters(self) -> None:
        years = defaultdict(dict)
        for (_, measure, figure), names in self.facts.sheets.items():
            if self._adds(measure, "period", figure):
                for name in names:
                    label = dict(name[1]).get("period", "")
                    if match := FINANCIAL.match(label):
                        others = name[1] - {("period", label)}
                        years[measure, figure, others, match[1]][label] = name
        refuted = set()
        for key, held in years.items():
            for label, quarters in self._spans(key[3], held):
                low, high = self._range([held[q] for q in quarters if q in held])
                least, most = self._range([held[label]])
                if low > most or (high < least and all(q in held for q in quarters)):
                    refuted.add(key[:2])
        for key, held in years.items():
            if key[:2] in refuted or len(held) < 2:
                continue
            measure, figure, others, year = key
            for label, quarters in self._spans(year, held):
                parts = [self.facts.place((measure, others | {("period", q)}, figure)) for q in quarters]
                self.facts.hidden |= {p for p, q in zip(parts, quarters, strict=True) if q not in held}
                self._sum(self.facts.place(held[label]), parts)

    def _windows(self) -> None:
        """What was printed for several years together ("3 years") is the sum of what is printed for each of them."""
        held, refuted = [], set()
        for (_, measure, figure), names in self.facts.sheets.items():
            if not self._adds(measure, "period", figure):
                continue
            for name in names:
                said = dict(name[1])
                length, _, unit = said.get("window", "").partition(" ")
                last, dash, _ = said.get("period", "").partition("-")
                if unit != "years" or not (length + last).isdigit() or len(said["period"]) > len("2017-18"):
                    continue
                rest = name[1] - {("window", said["window"]), ("period", said["period"])}
                years = range(int(last) - int(length) + 1, int(last) + 1)
                labels = [f"{y}-{str(y + 1)[2:]}" if dash else str(y) for y in years]
                parts = [(measure, rest | {("window", "1 year"), ("period", year)}, figure) for year in labels]
                printed = [p for p in parts if p in self.facts.at]
                if len(printed) < len(parts) - 1:
                    continue
                (low, high), (least, most) = self._range(printed), self._range([name])
                if low > most or (high < least and len(printed) == len(parts)):
                    refuted.add((measure, figure))
                held.append((name, parts))
        for name, parts in held:
            if (name[0], name[2]) not in refuted:
                new = [p for p in parts if p not in self.facts.at]
                self._sum(self.facts.place(name), [self.facts.place(p) for p in parts])
                self.facts.hidden |= {self.facts.at[p] for p in new}

    def _spans(self, year: str, held: dict):
        for label, last in ((year, 4), (f"{year} to Q3", 3), (f"{year} to Q2", 2), (f"{year} to Q1", 1)):
            if label in held:
                yield label, [f"{year}-Q{q}" for q in range(1, last + 1)]

    def _declared(self, said: dict) -> None:
        _, (measure, fixed) = self._term(said["total"])
        terms = [self._term(p) for p in said["parts"]]
        totals = [n for n in list(self.facts.at) if n[0] == measure and n[2] == "count"]
        for total in totals:
            if any(dict(total[1]).get(d, TOTAL) != label for d, label in fixed.items()):
                continue
            rest = frozenset(p for p in total[1] if p[0] not in fixed)
            named = [(sign, name, _moved(rest, labels)) for sign, (name, labels) in terms]
            if any(labels is None for _, _, labels in named):
                continue
            known, signed = len(self.facts.low), [(self.facts.place(total), 1)]
            for sign, name, labels in named:
                signed.append((self.facts.place((name, labels, "count")), -sign))
            new = {i for i, _ in signed if i >= known}  # in no table
            self.facts.hidden |= new if len(new) == 1 else set()  # and yet the rest may give it away
            low = sum(s * (self.facts.low[i] if s > 0 else self.facts.high[i]) for i, s in signed)
            high = sum(s * (self.facts.high[i] if s > 0 else self.facts.low[i]) for i, s in signed)
            if low <= 0 <= high:
                self.sums.add(frozenset(signed))

    def _term(self, said) -> tuple[int, tuple[str, dict]]:
        if isinstance(said, str):
            return (-1, (said[1:].strip(), {})) if said[0] == "-" else (1, (said, {}))
        if isinstance(said, dict):
            return int(said.get("sign", 1)), (
                said["measure"],
                {d: str(v) for d, v in said.items() if d not in ("measure", "sign")},
            )
        if isinstance(said[0], str):
            return 1, (said[0], dict(said[1]))
        sign, term = self._term(said[1])
        return sign * int(said[0]), term


# -- what is possible --


class Reckoning:
    """Whole-number programmes over the numbers that are not settled, one tied group at a time."""

    def __init__(self, facts: Facts, sums: list[dict[int, int]]):
        self.facts, self.sums = facts, sums
        self.low, self.high = np.array(facts.low), np.array(facts.high)
        self._narrow()
        self._fill()
        self._narrow()

    def _fill(self) -> None:
        """A share of a group of known size gives its numerator."""
        for count, of, low, high in self.facts.ratios:
            if self.low[of] == self.high[of]:
                least, most = np.ceil(low * self.low[of] - 1e-6), np.floor(high * self.low[of] + 1e-6)
                if max(least, self.low[count]) <= min(most, self.high[count]):
                    self.low[count] = max(least, self.low[count])
                    self.high[count] = min(most, self.high[count])

    def _narrow(self) -> None:
        """Tighten every range by every sum until nothing changes. A sum that cannot hold is set aside: what it ties
        was revised, or is not additive after all."""
        waiting = list(range(len(self.sums)))
        touching = defaultdict(list)
        for s, terms in enumerate(self.sums):
            for i in terms:
                touching[i].append(s)
        dropped, steps = set(), 0
        while waiting and steps < 200 * len(self.sums) + 1000:
            steps += 1
            s = waiting.pop()
            if s in dropped:
                continue
            changed = self._tighten(self.sums[s])
            if changed is None and (revised := self.facts.stale.intersection(self.sums[s])):
                for i in revised:
                    self.low[i], self.high[i] = 0.0, NO_LIMIT
                    waiting += touching[i]
                self.facts.stale -= revised
                continue
            if changed is None:
                dropped.add(s)
                continue
            waiting += [t for i in changed for t in touching[i] if t != s]
        self.sums = [terms for s, terms in enumerate(self.sums) if s not in dropped]

    def _tighten(self, terms: dict[int, int]) -> list[int] | None:
        ends = {i: sorted((c * self.low[i], c * self.high[i])) for i, c in terms.items()}
        new = {}
        for i, c in terms.items():
            rest_low = sum(e[0] for j, e in ends.items() if j != i)
            rest_high = sum(e[1] for j, e in ends.items() if j != i)
            low, high = sorted((-rest_low / c, -rest_high / c))
            low, high = max(self.low[i], np.ceil(low - 1e-9)), min(self.high[i], np.floor(high + 1e-9))
            if low > high:
                return None
            if (low, high) != (self.low[i], self.high[i]):
                new[i] = (low, high)
        for i, (low, high) in new.items():
            self.low[i], self.high[i] = low, high
        return list(new)

    def candidates(self, asked: int, full: bool | None) -> dict[int, tuple[set[int], float, float]]:
        """For each hidden number: candidates found, least, most."""
        found = {}
        for group, sums, ratios in self._groups():
            wanted = [i for i in group if i in self.facts.hidden and i not in self.facts.open]
            if wanted:
                every = len(group) <= LARGE if full is None else full
                found |= Group(self, group, sums, ratios).reckon(wanted, ENOUGH if every else asked, every)
        settled = (i for i in self.facts.hidden if i not in found and i not in self.facts.open)
        return found | {i: ({int(self.low[i])}, self.low[i], self.low[i]) for i in settled}

    def none_of_few(self, most: int) -> set[int]:
        """Numerators of groups that may be as small as that, of which none would say something of everyone."""
        pairs = [(self.facts.at.get(count), self.facts.at.get(of)) for count, of in self.facts.shares]
        return {c for c, of in pairs if None not in (c, of) and self.low[of] <= most and self.high[of] >= 1}

    def _groups(self):
        loose = self.low < self.high
        tied = [[i for i in s if loose[i]] for s in self.sums]
        tied += [[i for i in r[:2] if loose[i]] for r in self.facts.ratios]
        leader = list(range(len(loose)))

        def lead(i):
            while leader[i] != i:
                leader[i] = leader[leader[i]]
                i = leader[i]
            return i

        for some in tied:
            for i in some[1:]:
                leader[lead(i)] = lead(some[0])
        groups = defaultdict(lambda: ([], [], []))
        for i in np.flatnonzero(loose):
            groups[lead(i)][0].append(int(i))
        for s, some in zip(self.sums, tied, strict=False):
            if some:
                groups[lead(some[0])][1].append(s)
        for r, some in zip(self.facts.ratios, tied[len(self.sums) :], strict=True):
            if some:
                groups[lead(some[0])][2].append(r)
        return list(groups.values())


def _as_rows(count: int, of: int, low: float, high: float):
    """What a printed share says of its two numbers, in whole coefficients where it is unrounded."""
    if low < high:
        return [({count: 1.0, of: -low}, (-1e-7, NO_LIMIT)), ({count: 1.0, of: -high}, (-NO_LIMIT, 1e-7))]
    exact = Fraction(low).limit_denominator(FURTHEST)
    if abs(float(exact) - low) > 1e-10:
        return []  # no share of so few: it says nothing here
    return [({count: float(exact.denominator), of: -float(exact.numerator)}, (0.0, 0.0))]


class Group:
    """One tied group: every whole-number solution found is kept, and says what is possible for all its numbers."""

    def __init__(self, reckoning: Reckoning, numbers, sums, ratios):
        self.numbers = numbers
        at = {n: i for i, n in enumerate(numbers)}
        self.low, self.high = reckoning.low[numbers].copy(), reckoning.high[numbers].copy()
        rows, least, most = [], [], []

        def inside(terms: dict[int, float]) -> tuple[dict[int, float], float]:
            """The terms of a sum that are unknown here, and what those that are known elsewhere come to."""
            row, fixed = {}, 0.0
            for i, c in terms.items():
                if i in at:
                    row[at[i]] = row.get(at[i], 0) + c
                else:
                    fixed += c * reckoning.low[i]
            return row, fixed

        for terms in sums:
            row, fixed = inside(terms)
            rows.append(row)
            least.append(-fixed)
            most.append(-fixed)
        self.capped = bool(ratios)  # a share alone bounds nothing, and any multiple of a group fits as well
        for count, of, low, high in ratios:
            for terms, ends in _as_rows(count, of, low, high):
                row, fixed = inside(terms)
                rows.append(row)
                least.append(ends[0] - fixed)
                most.append(ends[1] - fixed)
        if self.capped:
            self.high = np.minimum(self.high, np.maximum(self.low, 0) + FURTHEST)
        self.rows, self.least, self.most = rows, np.array(least), np.array(most)
        self.solutions: list[np.ndarray] = []
        self._matrix = None

    def _constraints(self):
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        if self._matrix is None:
            entries = [(r, i, c) for r, row in enumerate(self.rows) for i, c in row.items()]
            r, i, c = zip(*entries, strict=True)
            self._matrix = csr_array((np.array(c, float), (r, i)), shape=(len(self.rows), len(self.numbers)))
        return LinearConstraint(self._matrix, self.least, self.most)

    def solve(self, cost, low, high) -> np.ndarray | None:
        """The whole numbers within the ranges for which `cost` is least; None where there are none."""
        from scipy.optimize import Bounds, milp

        constraints = [self._constraints()]
        for top in (high, np.minimum(high, low + 10_000)):  # no limit: look for a large one
            for whole in (0, 1):  # where the continuous answer is whole it is the answer
                integral = np.full(len(cost), whole)
                bounds, options = Bounds(low, top), {"node_limit": NODES}
                found = milp(cost, integrality=integral, bounds=bounds, constraints=constraints, options=options)
                if found.x is None or np.abs(found.x - np.round(found.x)).max() < 1e-7:
                    break
            if found.status not in (3, 4):
                break
        if found.x is None:
            return None
        best = np.round(found.x)
        self.solutions.append(best)
        return best

    def reckon(self, wanted: list[int], enough: int, full: bool) -> dict:
        places = {n: self.numbers.index(n) for n in wanted}
        if not self.rows:
            return {n: self._free(p) for n, p in places.items()}
        every = np.zeros(len(self.numbers))
        every[list(places.values())] = 1.0
        if self.solve(every, self.low, self.high) is None:
            return {}  # contradicts itself: nothing can be concluded from it
        self.solve(-every, self.low, np.minimum(self.high, self.low + 1000))
        signs = np.random.default_rng(1)
        for _ in range(8 if len(wanted) > 8 else 0):
            some = np.zeros(len(self.numbers))
            some[list(places.values())] = signs.choice([-1.0, 1.0], len(wanted))
            self.solve(some, self.low, np.minimum(self.high, self.low + 1000))
        return {n: self._one(p, enough, full) for n, p in places.items()}

    def _free(self, at: int) -> tuple[set[int], float, float]:
        """A number that nothing is tied to: anything within its own range."""
        low, high = self.low[at], self.high[at]
        return set(range(int(low), int(min(high, low + ENOUGH - 1)) + 1)), low, high

    def _one(self, at: int, enough: int, full: bool) -> tuple[set[int], float, float]:
        values = {int(s[at]) for s in self.solutions}
        if not full:
            return self._enough(at, enough, values)
        least, most = self._end(at, 1.0, values), self._end(at, -1.0, values)
        values = {int(s[at]) for s in self.solutions if least <= s[at] <= most}
        top = most if np.isfinite(most) else least + 10 * enough
        for value in range(int(least), int(min(top, least + 10 * enough)) + 1):
            if len(values) >= enough:
                break
            if value not in values and self._possible(at, value):
                values.add(value)
        return values, least, most

    def _enough(self, at: int, enough: int, values: set[int]) -> tuple[set[int], float, float]:
        """Candidates until there are enough, nearest to those found first; the least and the most of those."""
        cost = np.zeros(len(self.numbers))
        for sign in (1.0, -1.0) if len(values) < enough else ():
            low, high = self.low.copy(), self.high.copy()
            low[at], high[at] = max(low[at], min(values) - enough), min(high[at], max(values) + enough)
            cost[at] = sign
            best = self.solve(cost, low, high)
            values |= set() if best is None else {int(best[at])}
        between = sorted(range(min(values), max(values) + 1), key=lambda v: (abs(v - min(values)), v))
        for value in between:
            if len(values) >= enough:
                break
            if value not in values and self._possible(at, value):
                values.add(value)
        if len(values) < enough:  # not contiguous: look as far as anything can be
            values |= {int(min(self._end(at, sign, values), max(values) + 1)) for sign in (1.0, -1.0)}
        return values, min(values), max(values)

    def _end(self, at: int, sign: float, values: set[int]) -> float:
        """The least (sign 1) or most (sign -1) that a number can be."""
        limit = self.low[at] if sign > 0 else self.high[at]
        if limit in values:
            return limit
        cost = np.zeros(len(self.numbers))
        cost[at] = sign
        best = self.solve(cost, self.low, self.high)
        if best is None:  # the solver gave up: nothing better than what is known
            return limit
        value = best[at]
        if self.capped and sign < 0 and value >= self.low[at] + FURTHEST / 2:
            return NO_LIMIT
        return NO_LIMIT if sign < 0 and value >= self.low[at] + 5_000 and not np.isfinite(self.high[at]) else value

    def _possible(self, at: int, value: int) -> bool:
        low, high = self.low.copy(), self.high.copy()
        low[at] = high[at] = value
        return self.solve(np.zeros(len(low)), low, high) is not None


def _answer(facts: Facts, found: dict, asked: int, threshold: int, few: set[int]) -> pd.DataFrame:
    import pandas as pd

    names = {at: name for name, at in facts.at.items()}
    dims = sorted({d for at in found for d, _ in names[at][1]} | {"area", "period"})
    rows = []
    for at, (values, least, most) in found.items():
        measure, labels, figure = names[at]
        small = any(1 <= v <= threshold for v in values) or (at in few and 0 in values)
        small &= (facts.said["measures"].get(measure) or {}).get("protect") != "none"  # agencies, money: nobody to find
        rows.append(
            {"measure": measure}
            | {d: dict(labels).get(d, TOTAL) for d in dims}
            | dict(
                figure=figure.split(" of ")[0],
                candidates=len(values),
                min=least,
                max=most,
                exposed=len(values) < asked and small,
            )
            | dict(possible=", ".join(map(str, sorted(values))) if len(values) < ENOUGH else "")
        )
    frame = pd.DataFrame(rows, columns=["measure", *dims, *RESULT])
    return frame.sort_values(["measure", *dims, "figure"], ignore_index=True)
