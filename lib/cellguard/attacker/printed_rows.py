"""The rows of released tables, each read once however many packs print it; those that say nothing of anybody are left
out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lscb.long_table import FIGURES, LABELS

from .printed_shares import linked
from .released_packs import Name, Pack, labelled

PRINTED = ("value", "count", "of", "low", "high", "rank", "status", "reason", "unit", "method")
MADE_OF = ("numerator", "denominator", "derived_from", "from", "change_of")


class Line:
    """One row, read once however many packs print it."""

    __slots__ = ("labels", "measure", "numbers", "printed", "row")

    def __init__(self, measure: str, labels: frozenset, row: dict):
        self.measure, self.labels, self.row = measure, labels, row
        self.numbers: list[Name] | None = None
        self.printed: list[tuple] | None = None  # of these, with what the row prints of each


class Rows:
    """The rows of every table of some packs; `packs` has those of each that say something, by table."""

    def __init__(self, packs: list[Pack], measures: Mapping[str, dict], sums: Iterable[Mapping]):
        self.idle = idle_measures(measures, sums)
        self.nothing = Line("", frozenset(), {})
        self._read_all(packs, measures)
        if self.links:  # a share that the documentation does not know may be of any of them
            self.idle = frozenset()
            self._read_all(packs, measures)

    def _read_all(self, packs: list[Pack], measures: Mapping[str, dict]) -> None:
        self.lines: dict[tuple, dict[tuple, Line]] = defaultdict(dict)  # columns: rows
        self.frames: dict[int, tuple] = {}  # each frame, kept so that its number stays its own, with its rows
        self.packs = []
        for pack in packs:
            rows = [(name, frame, self._telling(frame)) for name, frame in pack.tables.items()]
            self.packs.append([each for each in rows if each[2]])
        self.links = linked((line for lines in self.lines.values() for line in lines.values()), measures)

    def _telling(self, frame) -> list[Line]:
        """The rows of a table that say something of anybody."""
        if "measure" in frame and self.idle.issuperset(frame["measure"].tolist()):
            return []
        return [line for line in self.of(frame) if line is not self.nothing]

    def of(self, frame) -> list[Line]:
        """The rows of a table, in its order; those of one that was read before are there. All that say nothing are
        `nothing`."""
        if id(frame) in self.frames:
            return self.frames[id(frame)][1]
        dims = tuple(c for c in frame.columns if c not in FIGURES and c not in LABELS and c != "measure")
        printed = tuple(c for c in PRINTED if c in frame)
        of = ("measure",) if "measure" in frame else ()
        places = [*map(frame.columns.tolist().index, (*dims, *printed, *of))]
        rows = [*map(tuple, frame.to_numpy(object, na_value=None)[:, places].tolist())]
        there = self.lines[dims, printed, of]
        for values in [values for values in dict.fromkeys(rows) if values not in there]:
            if of and values[-1] in self.idle:
                there[values] = self.nothing
                continue
            labels = labelled(zip(dims, values, strict=False))
            row = dict(zip(printed, values[len(dims) :], strict=False))
            there[values] = Line(str(values[-1]) if of else "count", labels, row)
        lines = [there[values] for values in rows]
        self.frames[id(frame)] = frame, lines
        return lines


def idle_measures(measures: Mapping[str, dict], sums: Iterable[Mapping]) -> frozenset[str]:
    """Measures of which nothing printed says anything of anybody: they need no protection, no figure that does is made
    of them, and no declared sum has them."""
    waiting = [name for name, about in measures.items() if about.get("protect") != "none"]
    terms = [relation.get(role) for relation in sums for role in ("total", "parts", "unless")]
    waiting += [name for each in terms for name in measures_named(each)]
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [part for role in MADE_OF for part in measures_named((measures.get(name) or {}).get(role))]
    return frozenset(measures.keys() - needed)


def measures_named(terms) -> list[str]:
    """The measures that terms name: `m`, `-m`, a mapping with `measure`, or a list or pair with such in it."""
    if isinstance(terms, str):
        return [terms.lstrip("- ")]
    if isinstance(terms, Mapping):
        return [str(terms["measure"])] if "measure" in terms else []
    return (
        [name for term in terms if not isinstance(term, (int, float)) for name in measures_named(term)] if terms else []
    )
