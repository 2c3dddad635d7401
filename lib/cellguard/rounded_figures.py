"""A row's counts rounded, and its share or rate, interval and method as they follow from the rounded counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .audiences import Profile
from .cell_model import Model
from .table_rows import Line

UNROUNDED_KINDS = ("average", "index", "money")  # figures that no rounded count could be recomputed into
POISSON = ("Exact Poisson", "Byar's")  # which of the two is used depends on the count
SCALES = (1, 100, 1_000, 10_000, 100_000)  # what a share or rate is per, where its unit does not say
PER, SHARE, PERCENT = re.compile(r"per ([\d,]+)"), re.compile("share|fraction"), re.compile("%|per ?cent")
UNRELIABLE = re.compile(r"unreliable: fewer than (\d+) .*")
WILSON_Z = 1.959963984540054


def round_row(columns: dict, i: int, line: Line, model: Model, profile: Profile, method: str, unit) -> str:
    """One shown row with its counts rounded, and its rate or share computed from the rounded counts; its method."""
    blank = float("nan")
    numbers = [model.index[key] for key, _ in line.numbers] or [model.index[key] for key in line.bases]
    exact = [model.values[n] or 0 for n in numbers]  # every number of a shown row has a value
    near = [v if n in model.constant else profile.rounded(v) for n, v in zip(numbers, exact, strict=True)]
    value = columns["value"][i] if "value" in columns else blank
    if line.numbers:
        for name, figure in zip(("count", "of"), near, strict=False):
            if name in columns and columns[name][i] == columns[name][i]:
                columns[name][i] = float(figure)
    kind = model.docs.kind(line.key[0])
    if value == value and kind not in UNROUNDED_KINDS:
        unit = unit if isinstance(unit, str) and unit else (model.docs.measures.get(line.key[0]) or {}).get("unit")
        per = _per(value, exact, str(unit)) if len(exact) == 2 and exact[1] and near[1] else None
        columns["value"][i] = blank if per is None else per * near[0] / near[1]
        ends = [columns[name][i] if name in columns else blank for name in ("low", "high")]
        for name, end in zip(("low", "high"), _interval(ends, exact, near, method, per), strict=True):
            if name in columns and columns[name][i] == columns[name][i]:
                columns[name][i] = end
    if any(figure and n not in model.constant for n, figure in zip(numbers, near, strict=True)):  # 0 stays 0
        reason = columns["reason"][i]
        columns["reason"][i] = f"{reason}; {profile.rounded_reason()}" if reason else profile.rounded_reason()
    return method_of(method, near[0], profile) if near else method


def method_of(method, count: int | None, profile: Profile):
    """A row's method as one would name it who knows only the printed count; None: the count is withheld.

    Which interval a rate has and whether it is called unreliable would narrow its count further.
    """
    if not isinstance(method, str):
        return method
    from lscb.intervals import poisson_method

    kept = []
    for part in method.split("; "):
        few = UNRELIABLE.fullmatch(part)
        if part in POISSON:
            kept += [] if count is None else [str(poisson_method(count))]
        elif not few or (count is not None and count + (profile.round_to - 1) // 2 < int(few[1])):
            kept.append(part)
    return "; ".join(kept)


def _per(value: float, exact: list[int], unit: str) -> int | None:
    """What a share or rate is per: as its unit says, else the one of SCALES of which the figure is; None: of none.

    A figure that is no such multiple of numerator / denominator is withheld: multiplied by its own quotient, the
    rounded counts would give the exact ones back.
    """
    scales: Sequence[int]
    if match := PER.match(unit):
        scales = [int(match[1].replace(",", ""))]
    else:
        scales = [100] if PERCENT.match(unit) else [1] if SHARE.match(unit) else SCALES if value or not exact[0] else []
    return next((per for per in scales if _rounds(value, per * exact[0] / exact[1])), None)


def _rounds(value: float, exact: float) -> bool:
    """Whether a printed figure is the exact one, to some number of decimals."""
    if abs(value - exact) <= 1e-6 * exact:
        return True
    places = next((p for p in range(7) if abs(value - round(value, p)) < 1e-9), None)
    return places is not None and abs(value - exact) <= 0.5 * 10.0**-places + 1e-9


def _interval(ends: list[float], exact: list[int], near: list[int], method, per) -> tuple[float, float]:
    """The interval of a share or rate from its rounded counts; blank where it is of neither method known here."""
    from lscb.intervals import poisson

    blank = (float("nan"), float("nan"))
    first = str(method).split("; ")[0]
    if per is None:
        return blank
    if first == "Wilson" and near[0] <= near[1]:
        low, high = _wilson(*near)
        return per * low, per * high
    if first not in POISSON or not all(
        _rounds(end, per * float(limit) / exact[1]) for end, limit in zip(ends, poisson(exact[0]), strict=True)
    ):
        return blank
    low, high = (per * float(limit) / near[1] for limit in poisson(near[0]))
    return low, high


def _wilson(count: float, of: float) -> tuple[float, float]:
    """Wilson's 95% interval of a share of rounded counts (Wilson 1927), exact at 0 and 1."""
    p, z2 = count / of, WILSON_Z**2
    centre = (2 * count + z2) / (2 * (of + z2))
    half = WILSON_Z * (z2 + 4 * count * (1 - p)) ** 0.5 / (2 * (of + z2))
    return (0.0 if count == 0 else centre - half), (1.0 if count == of else centre + half)
