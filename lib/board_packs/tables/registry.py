"""The registry of table functions: which there are, what each reads, and the making of all of them.

A table function lives in a module of this package, takes the quarter's Inputs and returns its table:

    @table("hrda_by_quarter", returns=["hrda_referrals"])
    def hrda_by_quarter(inputs): ...
"""

from __future__ import annotations

import importlib
import pkgutil
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lscb.errors import UserError
from lscb.long_table import FIGURES, TOTAL, cells, dimensions
from openstats.project_data import DATA, read

from . import reasons
from .quarter_inputs import Inputs, NotCovered, NotReceived

if TYPE_CHECKING:
    import pandas as pd

Made = TypeVar("Made", bound="Callable[[Inputs], pd.DataFrame | dict[str, pd.DataFrame]]")


@dataclass(frozen=True)
class Builder:
    """One table (or family of tables) and what it is made from."""

    names: tuple[str, ...]
    build: Callable[[Inputs], pd.DataFrame | dict[str, pd.DataFrame]]
    returns: tuple[str, ...] = ()
    open_data: tuple[str, ...] = ()
    apart: bool = False


LIBRARY = Path(__file__).parents[2]
NOTHING = "the return or the official file holds nothing of it for this area and period"
NOT_HELD = "the official file does not give it"
_BUILDERS: dict[str, Builder] = {}


def table(
    *names: str, returns: Iterable[str] = (), open_data: Iterable[str] = (), apart: bool = False
) -> Callable[[Made], Made]:
    """Register a function that makes the table `names[0]`, or a dict of all `names`.

    returns : the returns it reads (it runs when at least one arrived; use `inputs.need` for one it cannot do without)
    open_data : the open data sets it reads, by their names in data/sources.yml
    apart : its lines are what an area itself has named (themes, audits, headings): a run of several areas makes it for
        each alone, so that none is shown what another calls its own. All other tables are made in one pass
    """

    def register(build: Made) -> Made:
        _BUILDERS[names[0]] = Builder(names, build, tuple(returns), tuple(open_data), apart)
        return build

    return register


@lru_cache
def builders() -> tuple[Builder, ...]:
    """Every registered table function, in the order of their names."""
    package = __name__.rpartition(".")[0]
    for module in sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)])):
        importlib.import_module(f"{package}.{module}")
    return tuple(_BUILDERS[name] for name in sorted(_BUILDERS))


@lru_cache
def documentation() -> dict[str, Any]:
    """`tables`, `measures` and `relations` of data/dictionary: tables.yml first, then each return's own file."""
    described: dict[str, Any] = {"tables": {}, "measures": {}, "relations": []}
    folder = DATA / "dictionary"
    for path in [folder / "tables.yml", *sorted(p for p in folder.glob("*.yml") if p.name != "tables.yml")]:
        entry = read(path)
        for kind in ("tables", "measures"):
            for name, text in (entry.get(kind) or {}).items():
                if name in described[kind]:
                    raise UserError(f"data/dictionary/{path.name} describes the {kind[:-1]} {name!r} a second time.")
                described[kind][name] = text
        described["relations"] += entry.get("relations") or []
    return described


@lru_cache
def titles() -> dict[str, str]:
    """What each measure is called where a reader meets it, by its code (data/measure_titles.yml)."""
    return read(DATA / "measure_titles.yml")


@lru_cache
def official() -> frozenset[str]:
    """Measures in tables of returns that come from official files (`official` in the dictionary of tables)."""
    return frozenset(name for name, about in documentation()["measures"].items() if (about or {}).get("official"))


def build(
    inputs: Inputs, only: Iterable[str] | None = None, problems: list[str] | None = None
) -> dict[str, pd.DataFrame]:
    """Every table of the quarter by name (or those of the builders named in `only`).

    A table whose returns did not arrive, or whose open data is not held, is one `not_available` row per area that
    says which and how to get it; so is a table of several areas for each that it has no row of.

    problems : a list that a line is added to for each table that cannot be built, which is then `not_available` too and
        takes no other with it. Without one what breaks is raised
    """
    wanted = None if only is None else set(only)
    every: dict[str, pd.DataFrame] = {}
    for builder in builders():
        if wanted is not None and builder.names[0] not in wanted:
            continue
        try:
            every |= _built(builder, inputs)
        except OSError:
            raise
        except Exception as error:
            if problems is None:
                raise
            problems.append(str(error) if isinstance(error, UserError) else fault(builder.names[0], error))
            every |= absent(builder, inputs, problems[-1])
    return {name: every[name] for name in sorted(every)}


def _built(builder: Builder, inputs: Inputs) -> dict[str, pd.DataFrame]:
    from openstats import Missing

    from .return_gaps import marked  # heavy: whoever only asks what tables there are does without

    try:
        if builder.returns and not any(name in inputs.returns for name in builder.returns):
            raise NotReceived(" and ".join(builder.returns))
        result = builder.build(inputs)
    except NotReceived as lacking:
        return absent(builder, inputs, _came(str(lacking), inputs))
    except (Missing, NotCovered) as lacking:
        return absent(builder, inputs, str(lacking))
    tables = result if isinstance(result, dict) else {builder.names[0]: result}
    if set(tables) != set(builder.names):
        raise ValueError(
            f"the table function of {builder.names[0]} makes {', '.join(sorted(tables))}, not what it says"
        )
    reason = _came(builder.returns[0], inputs) if builder.returns and not builder.open_data else NOTHING
    complete_tables = {
        name: explained(complete(frame, name, inputs, reason), builder) for name, frame in tables.items()
    }
    return {name: marked(frame, inputs, builder.returns, official()) for name, frame in complete_tables.items()}


def _came(name: str, inputs: Inputs) -> str:
    """Why nothing can be made of a return: that it was not received, or holds nothing that can be counted."""
    from .return_gaps import gaps

    lacking = gaps(inputs, [name])
    came = name in inputs.returns
    refused = any(gap.missing for gap in lacking) and not (came and len(inputs.returns[name]))
    if refused or (not came and any(gap.unstated for gap in lacking)):
        return reasons.because(name, reasons.NO_ROW)
    if not came:
        return reasons.because(name, reasons.NOT_RECEIVED)
    if any(gap.nil for gap in lacking):
        return reasons.because(name, reasons.NIL)
    if not any(gap.silent for gap in lacking):  # it has rows of the quarter
        return reasons.because(name, reasons.NOT_OVER_ALL)
    return reasons.because(name, reasons.NOTHING_OF_PERIOD)


def complete(frame: pd.DataFrame, name: str, inputs: Inputs, reason: str) -> pd.DataFrame:
    """A table with a `not_available` row, and its reason, for each area asked for that has none."""
    import pandas as pd

    lacking = [area for area in inputs.areas if not frame["area"].eq(area).any()]
    if not lacking:
        return frame
    labels = dict.fromkeys(dimensions(frame), TOTAL) | {"period": str(inputs.period), "measure": name}
    rows = pd.DataFrame([labels | {"area": area} for area in lacking])
    rows = cells(rows, status="not_available", reason=reason)
    return cells(pd.concat([frame, rows], ignore_index=True)) if len(frame) else rows


def explained(frame: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """A table whose every row without a figure says why, and holds no number besides: no 0 of 10 neighbours' figures."""
    without = frame["status"].isin(["not_available", "not_applicable"])
    frame = frame.assign(**frame[[*FIGURES]].mask(without)) if without.any() else frame
    silent = frame["status"].ne("shown") & frame["reason"].eq("")
    return frame.assign(reason=frame["reason"].mask(silent, reasons.NOT_GIVEN.says if builder.returns else NOT_HELD))


def absent(builder: Builder, inputs: Inputs, reason: str) -> dict[str, pd.DataFrame]:
    """The tables of a builder where there is nothing to make them from: one `not_available` row per area."""
    rows = [dict(area=a, period=str(inputs.period), status="not_available", reason=reason) for a in inputs.areas]
    return {name: cells(rows, measure=name) for name in builder.names}


def fault(name: str, error: Exception) -> str:
    """What broke a table, in one line: the kind of the fault and where, never its message, which may repeat a value of
    a case."""
    steps = [s for s in traceback.extract_tb(error.__traceback__) if Path(s.filename).is_relative_to(LIBRARY)]
    place = f" in {Path(steps[-1].filename).name}, line {steps[-1].lineno}" if steps else ""
    return f"The table {name} could not be built: {type(error).__name__}{place}."
