"""What is printed: the least and the most that each number can be, as far as its own row says."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

from ...tables import FIGURES, LABELS
from .packs import Name, Pack, labelled, moved

NO_LIMIT = float("inf")


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
            yield str(measure), labelled(zip(dims, (v[i] for v in labels), strict=True)), row

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
            there = moved(labels, other)
            names.append((name, there or labels | {("period", "unknown")}, "of" if name == measure else "count"))
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
