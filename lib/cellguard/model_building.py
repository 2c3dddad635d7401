"""The cells of a quarter's tables and of all packs before it, with every sum between them, as one model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from . import declared_sums, earlier_reasons, sums_of_dimensions, sums_over_time
from .cell_keys import PART, Key, written
from .cell_model import Model, Unit
from .documentation import Docs
from .earlier_packs import Entry, Past, packs
from .revision_hints import Suspects, contradicted
from .sum_collection import Sums
from .table_rows import Line, lines
from .undocumented_shares import guess

if TYPE_CHECKING:
    import pandas as pd


def build_model(
    tables: dict[str, pd.DataFrame],
    docs: Docs,
    issued: list,
    relations: list,
    revised: Collection[tuple] = (),
    reading: Sequence[Entry] = (),
) -> Model:
    """The cells of this quarter's tables and of what was circulated, and every sum between them.

    A figure that one pack showed and another withheld is one number, unless a sum then fails: it was revised unseen.
    The figures of its measure, area and period are others from the pack on where that changed, and all is read again.

    issued : (profile, tables) of each earlier pack, oldest first, as history.entries gives them
    relations : declared sums, as protect takes them
    revised : revisions that are taken as such from the outset, as `withdrawn` or `silent` of another reading has them
    reading : what one reader is shown of this quarter, his own audience first: then the model is his
    """
    now, before, doubted = _now(tables, docs, reading), packs(issued, docs), set(revised)
    while True:
        model = Model(docs, now, packs=len(before), doubted=doubted)
        sheets: dict[tuple[str, str], set[Key]] = defaultdict(set)
        for line in now:
            _add(model, line, sheets)
        past = Past(model, sheets, reading)
        for place, pack in reversed(list(enumerate(before))):
            past.read(place, pack)
        model.withdrawn = frozenset(set().union(*past.flips[0].values()) - doubted)
        _complements(model)
        suspects = Suspects(model, past.printed, past.flips, taken=bool(reading or revised))
        sums = Sums(model, sheets, suspects)
        sums_of_dimensions.add(sums)
        sums_over_time.add_quarters(sums)
        sums_over_time.add_windows(sums)
        declared_sums.add(sums, relations)
        model.sums = sorted(sums.valid)
        if not (more := sums.doubts() or contradicted(model, suspects)):
            earlier_reasons.add(model, [*before, list(reading)])
            return model
        doubted = _first(more, doubted).union(revised)


def _first(more: set[tuple], doubted: set[tuple]) -> set[tuple]:
    """The doubts that there are, with the first of some more; later ones of the same figures may be none then."""
    first = {issue: place for issue, place in more if place == min(place for _, place in more)}
    return {each for each in doubted if each[1] <= first.get(each[0], each[1])}.union(first.items())


def _now(tables: dict[str, pd.DataFrame], docs: Docs, reading: Sequence[Entry]) -> list[Line]:
    """This quarter's rows, as a reader has them where it is one's."""
    guessed = guess(tables, docs)
    now = [line for name in sorted(tables) for line in lines(name, guessed.get(name, tables[name]), docs)]
    return [_as_shown(line, reading[0]) for line in now] if reading else now


def _as_shown(line: Line, entry: Entry) -> Line:
    """A row with the numbers that a reader is shown as they were counted."""
    ends = [entry.shown.get(key, (0, 1)) for key, _ in line.numbers]
    numbers = [(key, n if low == high else None) for (key, n), (low, high) in zip(line.numbers, ends, strict=True)]
    return line if line.free else line._replace(numbers=tuple(numbers))


def _add(model: Model, line: Line, sheets) -> None:
    """One row of this quarter: its numbers, the unit it belongs to."""
    numbers = []
    for key, value in line.numbers:
        at = model.number(key, value)
        numbers.append(at)
        sheets[line.table, key[0]].add(key)
        model.stated[key].add(model.packs)
        if line.free or model.docs.free(key[0]):
            model.constant.add(at)
        if line.status == "shown" and value != 0 and model.docs.zero_stands(key):
            model.some.add(at)
    model.share(line, model.packs)
    if line.free or not numbers or line.status != "shown":
        return
    unit = model.units.setdefault(line.key, Unit(line.key, tuple(numbers)))
    unit.numbers = tuple(dict.fromkeys((*unit.numbers, *numbers)))
    unit.rows.append((line.table, line.row))


def _complements(model: Model) -> None:
    """Those of a group whom a share leaves out, of every pack: 5 of 8 says 3 as well."""
    for group in dict.fromkeys(tuple(model.as_of(key, place) for key in pair) for pair, place in model.pairs):
        top, base = (model.index.get(key) for key in group)
        if top is None or base is None or top == base:
            continue
        count, of = model.values[top], model.values[base]
        if count is not None and of is not None and count > of:
            continue
        (measure, labels), base_key = group
        key = (f"{measure}{PART}rest of {base_key[0]}", labels)
        if key in model.index:
            key = (f"{measure}{PART}rest of {written(base_key)}", labels)
        rest = model.number(key, None if count is None or of is None else of - count)
        model.shares[top].add(base)
        model.sums.append(((base, 1), (top, -1), (rest, -1)))
