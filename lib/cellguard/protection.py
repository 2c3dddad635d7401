"""All tables of a quarter protected together, for every audience at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from . import history as circulated
from .attacker.printed_ranges import with_ranges
from .audiences import Profile, by_name, check_thresholds, check_weights, resolved
from .cell_keys import Key
from .cell_model import Model
from .documentation import Docs
from .earlier_packs import Entry
from .highs_programmes import quiet
from .model_building import build_model
from .part_building import parts
from .protected_tables import render
from .solved_parts import solved
from .withholding_ledger import implied, ledger_frame, ledger_row, reasons

if TYPE_CHECKING:
    import pandas as pd


class Protected(NamedTuple):
    """`protected`: tables by profile and name. `ledger`: why each cell is hidden; internal, it never leaves."""

    protected: dict[str, dict[str, pd.DataFrame]]
    ledger: pd.DataFrame


def protect(
    tables: dict[str, pd.DataFrame],
    profiles: str | Profile | Iterable[str | Profile] = ("partnership", "public"),
    history: object = None,
    relations: Iterable[dict] | None = None,
    *,
    documentation: Mapping | None = None,
    memo: Path | None = None,
) -> Protected:
    """Protect every table for every profile, together, against a reader of all that was released so far.

    tables : {name: long table}; counts in `count`, shares with `count` and `of` (and `value`); figure columns,
        `status` and `reason` may be missing. Every other column is a dimension, `Total` the label of a total
    profiles : names in data/disclosure.yml, or Profile objects (see `profiles` for those of another file)
    history : what was circulated before: `history.load(...)`, earlier results, or see `history.entries`
    relations : declared sums, such as {"total": "referrals", "parts": ["first", "repeats"]}; a part may be a measure,
        `-measure`, a mapping with `measure` and fixed labels, or (sign, part). Added to those of the documentation
    documentation : what is known of the tables: a mapping with `tables` and `measures` by name, and `relations`
    memo : a folder where solved parts are kept, so that an unchanged part is not solved again; it holds which cell is
        hidden, so it belongs with the working tables

    The same input gives the same output, whatever the order of tables and rows. Raises UserError where two tables
    disagree on one cell, or a count is no whole number.
    """
    asked, issued = _audiences(profiles, history)
    docs = Docs.of(documentation)
    check_thresholds(asked)
    check_weights(asked if docs.measures else (), docs.measures)
    sums = [*docs.relations, *(relations or [])]
    read = partial(build_model, tables, docs, relations=sums)
    model, hidden, rows = _hidden(read, issued, asked, memo)
    protected = {p.name: render(tables, model, p, hidden[p.name]) for p in asked}
    for p in (p for p in asked if p.protect and p.ranges):
        released = [(each, protected[each.name]) for each in asked if each.protect and each.name in (p.name, *p.sees)]
        protected[p.name] = with_ranges(protected[p.name], released, documentation or {}, sums)
    return Protected(protected, ledger_frame(rows))


def _audiences(profiles, history) -> tuple[list[Profile], list[tuple[Profile, dict]]]:
    """The profiles asked for, and what was circulated before, each with its profile."""
    names = [profiles] if isinstance(profiles, (str, Profile)) else list(profiles)
    rules = by_name(names)
    asked = [resolved(p, rules) for p in names]
    default = sorted(p.name for p in asked if p.protect)
    return asked, [(resolved(n, rules), t) for n, t in circulated.entries(history, default, rules)]


def _hidden(
    read: Callable[..., Model], issued: list, asked: list[Profile], memo: Path | None
) -> tuple[Model, dict[str, set[Key]], list[dict]]:
    """The model as it is `read`, the keys that are hidden by profile, and the rows of the ledger.

    What a pack showed and the next withheld, a reader may take for one number or for a revised one: it is safe either
    way; and so where a sum shows that of figures which were not printed again some are others. And where something was
    revised, it is safe from each reader who takes every figure for what it was before as long as nothing that he is
    shown contradicts that: he would find a wrong number, and be as sure of it as of a right one.
    """
    model = last = read(issued)
    guarded = sorted((p for p in asked if p.protect), key=lambda p: p.name)
    hidden, rows = _decided(model, guarded, guarded, memo, {p.name: set() for p in asked})
    for revised in filter(None, (model.withdrawn, model.silent, model.silent_alone)):
        last = read(issued, revised=revised)
        hidden, more = _decided(last, guarded, guarded, memo, hidden)
        rows += more
    before = hidden if model.as_before else None
    while before != hidden:  # each time what is withheld besides may leave a revision unseen
        before = hidden
        for p in guarded:
            reads = [p, *(q for q in guarded if q.name in p.sees)]
            past = [pack for pack in issued if pack[0].name in (p.name, *p.sees)]
            other = read(past, reading=[shown_to(model, q, hidden[q.name]) for q in reads])
            hidden, more = _decided(other, reads, [p], memo, hidden)
            rows += more
    rows += [row for p in guarded for row in implied(last, p, hidden[p.name])]
    rows += [ledger_row(key, "note", text) for key, text in dict.fromkeys([*model.notes, *last.notes])]
    return model, hidden, rows


def _decided(
    model: Model, audiences: list[Profile], readers: list[Profile], memo: Path | None, before: dict[str, set[Key]]
) -> tuple[dict[str, set[Key]], list[dict]]:
    """The keys of all cells that are hidden, by profile, so that it is safe from these readers; and the rows of the
    ledger of those that were not `before`."""
    hidden = {name: set(keys) for name, keys in before.items()}
    rows: list[dict] = []
    with quiet():
        for part, decisions, numbers in parts(model, audiences, readers) if readers else ():
            already = np.array([key in before[name] for name, key in decisions], bool)
            part.must |= already
            part.never &= ~already
            pattern = solved(part, memo)
            for (name, key), gone in zip(decisions, pattern.hidden, strict=True):
                if gone:
                    hidden[name].add(key)
            least = float(part.cost[already].sum()) if already.any() else pattern.bound  # of another reading's cells
            new = pattern._replace(hidden=pattern.hidden & ~already, bound=least)
            rows += reasons(model, audiences, part, decisions, numbers, new)
    return hidden, rows


def shown_to(model: Model, p: Profile, hidden: set[Key]) -> Entry:
    """What an audience is shown of this quarter, and what it is not."""
    shown: dict[Key, tuple[int, int]] = {}
    gone: dict[Key, int] = {}
    for key, unit in model.units.items():
        for i in unit.numbers:
            value = model.values[i]
            if value is None:
                continue
            if i in model.constant:
                shown[model.keys[i]] = value, value
            elif key in hidden:
                gone[model.keys[i]] = p.threshold
            else:
                shown[model.keys[i]] = p.window(p.rounded(value))
    return Entry(p, shown, {key: top for key, top in gone.items() if key not in shown}, [])
