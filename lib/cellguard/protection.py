"""All tables of a quarter protected together, for every audience at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import history as circulated
from .audiences import Profile, by_name, check_weights, resolved
from .cell_keys import written
from .documentation import Docs
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
    profiles=("partnership", "public"),
    history=None,
    relations=None,
    *,
    documentation: Mapping | None = None,
    memo: Path | None = None,
) -> Protected:
    """Protect every table for every profile, together, against a reader of all that was released so far.

    Parameters
    ----------
    tables : {name: long table}; counts in `count`, shares with `count` and `of` (and `value`); figure columns,
        `status` and `reason` may be missing. Every other column is a dimension, `Total` the label of a total.
    profiles : names in data/disclosure.yml, or Profile objects (see `profiles` for those of another file)
    history : what was circulated before: `history.load(...)`, earlier results, or see `history.entries`
    relations : declared sums, such as {"total": "referrals", "parts": ["first", "repeats"]}; a part may be a measure,
        `-measure`, a mapping with `measure` and fixed labels, or (sign, part). Added to those of the documentation.
    documentation : what is known of the tables: a mapping with `tables` and `measures` by name, and `relations`, as
        the README says; nothing where it is not given
    memo : a folder where solved parts are kept, so that an unchanged part is not solved again. Its names are hashes;
        it holds which cell of a part is hidden, so it belongs with the working tables.

    Returns
    -------
    Protected(protected, ledger). The same input gives the same output, whatever the order of tables and rows.

    Raises UserError where two tables disagree on one cell, or a count is no whole number.
    """
    named = [profiles] if isinstance(profiles, (str, Profile)) else list(profiles)
    rules = by_name(named)
    asked = [resolved(p, rules) for p in named]
    guarded = sorted((p for p in asked if p.protect), key=lambda p: p.name)
    docs = Docs.of(documentation)
    if docs.measures:
        check_weights(guarded, docs.measures)
    issued = [(resolved(n, rules), t) for n, t in circulated.entries(history, [p.name for p in guarded], rules)]
    made = build_model(tables, docs, issued, [*docs.relations, *(relations or [])])
    hidden: dict[str, set] = {p.name: set() for p in asked}
    rows: list[dict] = []
    if guarded:
        with quiet():
            for part, decisions, numbers in parts(made, guarded):
                found = solved(part, memo)
                for (name, key), gone in zip(decisions, found.hidden, strict=True):
                    if gone:
                        hidden[name].add(key)
                rows += reasons(made, guarded, part, decisions, numbers, found)
    rows += [row for p in guarded for row in implied(made, p, hidden[p.name])]
    rows += [ledger_row(cell=written(key), measure=key[0], kind="note", rule=text) for key, text in made.notes]
    protected = {p.name: render(tables, made, p, hidden[p.name]) for p in asked}
    return Protected(protected, ledger_frame(rows))
