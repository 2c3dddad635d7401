"""Protected tables: the same rows, hidden ones without figures, counts rounded where the audience asks for it.

The reason printed is the true one, as far as it tells nobody which cell is small: withheld as a cell (small, or needed
to protect another: one text for both), withheld with the figures it is worked out from, or not worked out here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lscb.long_table import FIGURES

from .audiences import Profile
from .cell_keys import Key
from .cell_model import Model
from .documentation import Docs
from .rounded_figures import can_follow, change_of, method_of, round_row
from .table_rows import NO_FIGURE, Line

if TYPE_CHECKING:
    import pandas as pd

FOLLOWS = "withheld: worked out from figures that are withheld"
WITH_COUNT = f"{FOLLOWS}, its count among them"  # of a share or rate; what may follow, "; about 30", is of its count
UNROUNDABLE = "not worked out here: it does not follow from rounded counts"
NO_BASE = "not worked out here: the figures it comes from are in no table"


class View(NamedTuple):
    """What one audience may see: `hidden`, the keys of the units that are withheld; `gone`, numbers no row shows;
    `absent`, why rows have no figure whatever is withheld."""

    model: Model
    profile: Profile
    hidden: set[Key]
    gone: set[int]
    absent: dict[Key, str]


def render(tables: dict, model: Model, profile: Profile, hidden: set[Key]) -> dict[str, pd.DataFrame]:
    """Every table as one audience may see it. `hidden`: keys of the units that are withheld from it."""
    by_table: dict[str, list[Line]] = {name: [] for name in tables}
    for line in model.lines:
        by_table[line.table].append(line)
    shown = {i for key, unit in model.units.items() if key not in hidden for i in unit.numbers}
    reasons = {name: frame["reason"].tolist() for name, frame in tables.items() if "reason" in frame}
    none = [line for line in model.lines if line.status in NO_FIGURE and line.table in reasons and not line.bases]
    absent = {line.key: reasons[line.table][line.row] for line in none}
    view = View(model, profile, hidden, set(range(len(model.keys))) - shown - model.constant, absent)
    return {name: _table(frame, by_table[name], view) for name, frame in tables.items()}


def _table(frame: pd.DataFrame, lines: list[Line], view: View) -> pd.DataFrame:
    out = frame.copy()
    for name in FIGURES:
        if name in out:
            out[name] = out[name].astype("float64")
    columns = {name: out[name].tolist() for name in FIGURES if name in out}
    columns["status"] = out["status"].tolist() if "status" in out else [line.status for line in lines]
    columns["reason"] = out["reason"].fillna("").tolist() if "reason" in out else [""] * len(out)
    columns["method"] = out["method"].astype(object).tolist() if "method" in out else [""] * len(out)
    units = out["unit"].tolist() if "unit" in out else [""] * len(out)
    reasons = zip(lines, columns["reason"], strict=True)
    fates = [("", "") if line.free else _fate(line, view, why) for line, why in reasons]
    partly = {line.key[0] for line, (status, _) in zip(lines, fates, strict=True) if status == "suppressed"}
    for i, (line, (status, reason)) in enumerate(zip(lines, fates, strict=True)):
        if status:
            _withhold(columns, i, status, reason)
        elif not line.free and line.status != "shown":
            _blank(columns, i, FIGURES)  # one that its sender withheld may still stand in its row
            columns["method"][i] = ""  # which one it would have been follows from the figure
        elif not line.free:
            if line.key[0] in partly or view.profile.round_to > 1:
                _blank(columns, i, ("rank", "ranked"))  # an order among hidden or unrounded figures says too much
            if view.profile.round_to > 1:
                _round(columns, i, line, view, units[i])
    if "method" not in out:
        del columns["method"]
    return out.assign(**columns)


def _fate(line: Line, view: View, why: str) -> tuple[str, str]:
    """The status and the reason of a row that is not shown; both empty for one that is.

    Why there is no figure (too few, nobody to divide by) says as much as the figure: hidden with its base as well, in
    the words that it would have had with a figure.
    """
    model, profile = view.model, view.profile
    withheld = "suppressed", _worked_out(line.key, model.docs) or profile.hidden_reason()
    if line.numbers and line.key in view.hidden and line.status == "shown":
        return withheld
    of_rounded = change_of(line.key, model.docs) if profile.round_to > 1 and not line.numbers else ()
    bases = [model.index.get(key) for key in (*line.bases, *of_rounded)]
    if line.status in NO_FIGURE and any(
        view.absent.get(key) == why or (model.docs.free(key[0]) and key not in model.index) for key in line.bases
    ):
        return "", ""  # as what it is made of says itself, or an open figure is not held: that is why
    if line.status in ("shown", *NO_FIGURE) and any(base is not None and base in view.gone for base in bases):
        return withheld
    if line.numbers or line.status != "shown":
        return "", ""
    if not bases or None in bases:
        return "not_available", NO_BASE
    if profile.round_to > 1 and not can_follow(line, model.docs):
        return "not_available", UNROUNDABLE
    return "", ""


def _worked_out(key: Key, docs: Docs) -> str:
    """The reason of a withheld figure that is no count, where the count in it, if any, is a cell of its own."""
    kind = docs.kind(key[0])
    if kind in ("share", "rate") and not docs.change(key[0]) and "derived_from" not in docs.measures[key[0]]:
        return WITH_COUNT if docs.base(key[0], "numerator", key) else ""
    return "" if kind in (None, "count") else FOLLOWS


def _withhold(columns: dict, i: int, status: str, reason: str) -> None:
    _blank(columns, i, FIGURES)
    columns["status"][i], columns["reason"][i], columns["method"][i] = status, reason, ""


def _round(columns: dict, i: int, line: Line, view: View, unit) -> None:
    """One shown row as it follows from rounded counts; without a figure where none does."""
    method, reason = columns["method"][i], columns["reason"][i]
    printed = {name: columns[name][i] for name in FIGURES if name in columns and columns[name][i] == columns[name][i]}
    figures, done = round_row(printed, line, view.model, view.profile, method, unit)
    if printed and all(value != value for value in figures.values()):
        _withhold(columns, i, "not_available", UNROUNDABLE)
        return
    for name, value in figures.items():
        columns[name][i] = value
    columns["reason"][i] = "; ".join(each for each in (reason, done) if each)
    counts = [figures[name] for name in ("count",) if name in figures and line.numbers]
    columns["method"][i] = method_of(method, _first_count(line, view, counts), view.profile)


def _first_count(line: Line, view: View, counts: list[float]) -> int | None:
    """The printed count by which a row's method is named."""
    if counts:
        return int(counts[0])
    keys = [key for key, _ in line.numbers] or list(line.bases)
    at = view.model.index.get(keys[0]) if keys else None
    if at is None:
        return None
    value = view.model.values[at] or 0
    return value if at in view.model.constant else view.profile.rounded(value)


def _blank(columns: dict, row: int, names) -> None:
    for name in names:
        if name in columns:
            columns[name][row] = float("nan")
