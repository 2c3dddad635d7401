"""Protected tables: the same rows, hidden ones without figures, counts rounded where the audience asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..tables import FIGURES
from .cells import Line, Model
from .profiles import Profile

if TYPE_CHECKING:
    import pandas as pd

UNROUNDED_KINDS = ("average", "index", "money")  # figures that no rounded count could be recomputed into
WILSON_Z = 1.959963984540054


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
    methods = out["method"].tolist() if "method" in out else [""] * len(out)
    withheld = [
        not line.free and line.status == "shown" and _withheld(line, model, profile, hidden, gone) for line in lines
    ]
    partly = {line.key[0] for line, each in zip(lines, withheld, strict=True) if each}
    for i, line in enumerate(lines):
        if line.free or line.status != "shown":
            continue
        if withheld[i]:
            _blank(columns, i, FIGURES)
            columns["status"][i], columns["reason"][i] = "suppressed", profile.hidden_reason()
            continue
        if line.key[0] in partly or profile.round_to > 1:
            _blank(columns, i, ("rank", "ranked"))  # an order among hidden or unrounded figures says too much
        if profile.round_to > 1:
            _round(columns, i, line, model, profile, methods[i])
    return out.assign(**columns)


def _withheld(line: Line, model: Model, profile: Profile, hidden: set, gone: set[int]) -> bool:
    """A hidden unit; a figure whose base is hidden or unknown, or cannot be had from rounded counts."""
    if line.numbers and line.key in hidden:
        return True
    bases = [model.index.get(key) for key in line.bases]
    if any(base is not None and base in gone for base in bases):
        return True
    if line.numbers:
        return False
    if not bases or None in bases:
        return True
    return profile.round_to > 1 and len(bases) != 2 and model.docs.kind(line.key[0]) not in UNROUNDED_KINDS


def _blank(columns: dict, row: int, names) -> None:
    for name in names:
        if name in columns:
            columns[name][row] = float("nan")


def _round(columns: dict, i: int, line: Line, model: Model, profile: Profile, method: str) -> None:
    """One shown row with its counts rounded, and its rate or share computed from the rounded counts."""
    blank = float("nan")
    numbers = [model.index[key] for key, _ in line.numbers] or [model.index[key] for key in line.bases]
    exact = [model.values[n] for n in numbers]
    near = [v if n in model.constant else profile.rounded(v) for n, v in zip(numbers, exact, strict=True)]
    value = columns["value"][i] if "value" in columns else blank
    if line.numbers:
        for name, figure in zip(("count", "of"), near, strict=False):
            if name in columns and columns[name][i] == columns[name][i]:
                columns[name][i] = float(figure)
    kind = model.docs.kind(line.key[0])
    if value == value and kind not in UNROUNDED_KINDS:
        recomputed = _recomputed(value, exact, near)
        columns["value"][i] = recomputed
        share = method == "Wilson" and len(near) == 2 and near[1] > 0 and near[0] <= near[1]
        low, high = _wilson(*near) if share else (blank, blank)
        for name, end in (("low", low), ("high", high)):
            if name in columns and columns[name][i] == columns[name][i]:
                columns[name][i] = end
    known = columns["reason"][i]
    columns["reason"][i] = f"{known}; {profile.rounded_reason()}" if known else profile.rounded_reason()


def _recomputed(value: float, exact: list[int], near: list[int]) -> float:
    """A share or rate on rounded counts: the same multiple of numerator / denominator as before rounding."""
    if len(exact) != 2 or not exact[1] or not near[1]:
        return float("nan")
    if not exact[0]:
        return 0.0
    multiple = value * exact[1] / exact[0]
    whole = round(multiple, 6)
    return (whole if abs(whole - multiple) < 1e-6 * max(1.0, whole) else multiple) * near[0] / near[1]


def _wilson(count: float, of: float) -> tuple[float, float]:
    """Wilson's 95% interval of a share of rounded counts (Wilson 1927), exact at 0 and 1."""
    p, z2 = count / of, WILSON_Z**2
    centre = (2 * count + z2) / (2 * (of + z2))
    half = WILSON_Z * (z2 + 4 * count * (1 - p)) ** 0.5 / (2 * (of + z2))
    return (0.0 if count == 0 else centre - half), (1.0 if count == of else centre + half)
