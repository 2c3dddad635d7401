"""Protected tables: the same rows, hidden ones without figures, counts rounded where the audience asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb.long_table import FIGURES

from .audiences import Profile
from .cell_model import Model
from .rounded_figures import UNROUNDED_KINDS, method_of, round_row
from .table_rows import NO_FIGURE, Line

if TYPE_CHECKING:
    import pandas as pd


def render(tables: dict, model: Model, profile: Profile, hidden: set) -> dict[str, pd.DataFrame]:
    """Every table as one audience may see it. `hidden`: keys of the units that are withheld from it."""
    by_table: dict[str, list[Line]] = {name: [] for name in tables}
    for line in model.lines:
        by_table[line.table].append(line)
    gone = _gone(model, hidden)
    return {name: _table(frame, by_table[name], model, profile, hidden, gone) for name, frame in tables.items()}


def _gone(model: Model, hidden: set) -> set[int]:
    """Numbers that no shown row prints."""
    shown = {i for key, unit in model.units.items() if key not in hidden for i in unit.numbers}
    return set(range(len(model.keys))) - shown - model.constant


def _table(frame, lines, model, profile, hidden, gone) -> pd.DataFrame:
    out = frame.copy()
    for name in FIGURES:
        if name in out:
            out[name] = out[name].astype("float64")
    columns = {name: out[name].tolist() for name in FIGURES if name in out}
    columns["status"] = out["status"].tolist() if "status" in out else [line.status for line in lines]
    columns["reason"] = out["reason"].fillna("").tolist() if "reason" in out else [""] * len(out)
    methods = out["method"].astype(object).tolist() if "method" in out else [""] * len(out)
    units = out["unit"].tolist() if "unit" in out else [""] * len(out)
    withheld = [not line.free and _withheld(line, model, profile, hidden, gone) for line in lines]
    partly = {line.key[0] for line, each in zip(lines, withheld, strict=True) if each}
    for i, line in enumerate(lines):
        if withheld[i]:
            _blank(columns, i, FIGURES)
            columns["status"][i], columns["reason"][i] = "suppressed", profile.hidden_reason()
            methods[i] = method_of(methods[i], None, profile)
        if line.free or line.status != "shown" or withheld[i]:
            continue
        if line.key[0] in partly or profile.round_to > 1:
            _blank(columns, i, ("rank", "ranked"))  # an order among hidden or unrounded figures says too much
        if profile.round_to > 1:
            methods[i] = round_row(columns, i, line, model, profile, methods[i], units[i])
    if "method" in out:
        columns["method"] = methods
    return out.assign(**columns)


def _withheld(line: Line, model: Model, profile: Profile, hidden: set, gone: set[int]) -> bool:
    """A hidden unit; a figure whose base is hidden or unknown, or cannot be had from rounded counts.

    Why there is no figure (too few, nobody to divide by) says as much as the figure: hidden with its base as well.
    """
    if line.numbers and line.key in hidden and line.status == "shown":
        return True
    bases = [model.index.get(key) for key in line.bases]
    if line.status in ("shown", *NO_FIGURE) and any(base is not None and base in gone for base in bases):
        return True
    if line.numbers or line.status != "shown":
        return False
    if not bases or None in bases:
        return True
    measure = line.key[0]
    return (
        profile.round_to > 1 and not model.docs.recomputed(measure) and model.docs.kind(measure) not in UNROUNDED_KINDS
    )


def _blank(columns: dict, row: int, names) -> None:
    for name in names:
        if name in columns:
            columns[name][row] = float("nan")
