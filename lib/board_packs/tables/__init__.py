"""Every table of a quarter, computed once, in one shape: long, one row per cell.

Columns: `area`, `period`, `measure` and further dimensions; then figures from FIGURES only; then `status`
(one of STATUSES) and `reason`. Every column that is not in NOT_DIMENSIONS is a dimension; the label of a total
is `Total`; a dimension that a table does not have counts as its `Total`. Tables are documented in
data/dictionary/tables.yml, or in the `tables` and `measures` of a return's own dictionary file.

A table function lives in a module of this package, takes the quarter's Inputs and returns its table:

    @table("hrda_by_quarter", returns=["hrda_referrals"])
    def hrda_by_quarter(inputs): ...
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lscb.errors import UserError
from lscb.long_table import cells
from openstats.project_data import DATA, read

if TYPE_CHECKING:
    import pandas as pd

    from lscb.periods import Quarter


@dataclass(frozen=True)
class Inputs:
    """What the tables of a quarter are computed from: values only, no files of the run, no clock.

    period : the quarter; nothing dated after its last day may be used
    areas : GSS codes; every frame of `returns` has an `area` column, so that all areas go through in one pass
    returns : accepted rows by return name, typed as returncheck gives them; a return that did not arrive is absent
    quality : what was received, accepted and refused, one row per file and return (see returncheck)
    open_data : openstats.Store, which raises opendata.Missing where a set is not held
    """

    period: Quarter
    areas: tuple[str, ...]
    returns: dict[str, pd.DataFrame]
    quality: Any = None
    open_data: Any = None

    def need(self, name: str) -> pd.DataFrame:
        """The accepted rows of a return. Raises NotReceived, which leaves its tables `not_available`."""
        if name not in self.returns:
            raise NotReceived(name)
        return self.returns[name]


class NotReceived(Exception):
    """A return that did not arrive: its tables are `not_available` and their pages say so."""


@dataclass(frozen=True)
class Builder:
    """One table (or family of tables) and what it is made from."""

    names: tuple[str, ...]
    build: Callable[[Inputs], pd.DataFrame | dict[str, pd.DataFrame]]
    returns: tuple[str, ...] = ()
    open_data: tuple[str, ...] = ()
    apart: bool = False


_BUILDERS: dict[str, Builder] = {}


def table(*names: str, returns: Iterable[str] = (), open_data: Iterable[str] = (), apart: bool = False):
    """Register a function that makes the table `names[0]`, or a dict of all `names`.

    returns : the returns it reads (it runs when at least one arrived; use `inputs.need` for one it cannot do without)
    open_data : the open data sets it reads, by their names in data/sources.yml
    apart : its lines are what an area itself has named (themes, audits, headings): a run of several areas makes it for
        each alone, so that none is shown what another calls its own. All other tables are made in one pass
    """

    def register(build):
        _BUILDERS[names[0]] = Builder(names, build, tuple(returns), tuple(open_data), apart)
        return build

    return register


@lru_cache
def builders() -> tuple[Builder, ...]:
    """Every registered table function, in the order of their names."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return tuple(_BUILDERS[name] for name in sorted(_BUILDERS))


@lru_cache
def documentation() -> dict[str, dict]:
    """`tables`, `measures` and `relations` of data/dictionary: tables.yml first, then each return's own file."""
    said: dict[str, Any] = {"tables": {}, "measures": {}, "relations": []}
    folder = DATA / "dictionary"
    for path in [folder / "tables.yml", *sorted(p for p in folder.glob("*.yml") if p.name != "tables.yml")]:
        entry = read(path)
        for kind in ("tables", "measures"):
            for name, text in (entry.get(kind) or {}).items():
                if name in said[kind]:
                    raise UserError(f"data/dictionary/{path.name} describes the {kind[:-1]} {name!r} a second time.")
                said[kind][name] = text
        said["relations"] += entry.get("relations") or []
    return said


def build(inputs: Inputs, only: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
    """Every table of the quarter by name (or those of the builders named in `only`).

    A table whose returns did not arrive, or whose open data is not held, is one `not_available` row per area that
    says which and how to get it.
    """
    from openstats import Missing

    wanted = None if only is None else set(only)
    made: dict[str, pd.DataFrame] = {}
    for builder in builders():
        if wanted is not None and builder.names[0] not in wanted:
            continue
        try:
            if builder.returns and not any(name in inputs.returns for name in builder.returns):
                raise NotReceived(" and ".join(builder.returns))
            result = builder.build(inputs)
        except NotReceived as absent:
            result = _absent(builder, inputs, f"The return {absent} was not received for this quarter.")
        except Missing as absent:
            result = _absent(builder, inputs, str(absent))
        made |= result if isinstance(result, dict) else {builder.names[0]: result}
        if extra := set(made) - {n for b in builders() for n in b.names}:
            raise ValueError(f"{builder.build.__name__} made tables it did not declare: {', '.join(sorted(extra))}")
    return {name: made[name] for name in sorted(made)}


def _absent(builder: Builder, inputs: Inputs, reason: str) -> dict[str, pd.DataFrame]:
    rows = [dict(area=a, period=str(inputs.period), status="not_available", reason=reason) for a in inputs.areas]
    return {name: cells(rows, measure=name) for name in builder.names}
