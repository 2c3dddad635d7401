"""A row's counts rounded, and its share, rate, change, interval and method as they follow from the rounded counts.

The rounding is in the intervals. A share of 160 of 810 that were both rounded to the nearest 5 may be of 158 to 162 of
808 to 812: its interval reaches from the lower end of the least to the upper end of the greatest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import floor

from .audiences import Profile
from .cell_keys import Key, changed
from .cell_model import Model
from .documentation import Docs
from .table_rows import Line

UNROUNDED_KINDS = ("average", "index", "money")  # figures that no rounded count could be recomputed into
POISSON = ("Exact Poisson", "Byar's")  # which of the two is used depends on the count
SCALES = (1, 100, 1_000, 10_000, 100_000)  # what a share or rate is per, where its unit does not say
PER, SHARE, PERCENT = re.compile(r"per ([\d,]+)"), re.compile("share|fraction"), re.compile("%|per ?cent")
UNRELIABLE = re.compile(r"unreliable: fewer than (\d+) .*")
EFFECT = re.compile(r"\(design effect ([\d.]+)\)")
BLANK = float("nan")
PRINTED = ("value", "low", "high")
WHOLE = "rounded to a whole number"

Row = dict[str, float]  # the figures of a row that are printed
Ends = tuple[float, float]  # the least and the greatest


def can_follow(line: Line, docs: Docs) -> bool:
    """Whether a figure without counts of its own can be worked out from rounded counts, or needs none."""
    measure = line.key[0]
    return docs.recomputed(measure) or docs.kind(measure) in UNROUNDED_KINDS or bool(change_of(line.key, docs))


def change_of(key: Key, docs: Docs) -> tuple[Key, ...]:
    """The numbers of a change from a year before: a count and the earlier one, or the counts of two shares.

    Empty for any other figure.
    """
    measure = key[0]
    if docs.change(measure):
        keys = [docs.base(measure, role, key) for role in ("numerator", "denominator")]
    elif (share := (docs.measures.get(measure) or {}).get("change_of")) and docs.recomputed(share):
        keys = [docs.base(share, role, key) for role in ("numerator", "denominator")]
        keys += [changed(each, {"years_back": 1}) for each in keys if each]
    else:
        return ()
    return tuple(each for each in keys if each)


def round_row(figures: Row, line: Line, model: Model, profile: Profile, method, unit) -> tuple[Row, str]:
    """The figures of one shown row with its counts rounded and all else as it follows; and what was done, in words.

    Blank where a figure does not follow from the rounded counts.
    """
    docs, kind = model.docs, model.docs.kind(line.key[0])
    keys = [key for key, _ in line.numbers] or list(change_of(line.key, docs)) or list(line.bases)
    numbers = [model.index[key] for key in keys if key in model.index]
    exact = [model.values[n] or 0 for n in numbers]  # every number of a shown row has a value
    near = [v if n in model.constant else profile.rounded(v) for n, v in zip(numbers, exact, strict=True)]
    counts = dict(zip(("count", "of"), map(float, near), strict=False)) if line.numbers else {}
    ends = [(v, v) if n in model.constant else profile.window(v) for n, v in zip(numbers, near, strict=True)]
    rest = {name: figures[name] for name in PRINTED if name in figures}
    unit = unit if isinstance(unit, str) and unit else (docs.measures.get(line.key[0]) or {}).get("unit")
    if kind in UNROUNDED_KINDS:
        to_whole = kind == "average" and any(n not in model.constant for n in numbers)
        if to_whole:  # a median of 166.5 is of an even number of people, a mean of 12.25 of four or eight
            rest = {name: floor(value + 0.5) for name, value in rest.items()}
        return figures | rest, WHOLE if to_whole else ""
    if change_of(line.key, docs):
        rest = _change(rest, exact, near, ends)
    elif "value" in rest:
        rest = _share(rest, exact, near, ends, method, str(unit))
    touched = any(figure and n not in model.constant for n, figure in zip(numbers, near, strict=True))  # 0 stays 0
    return figures | {n: v for n, v in counts.items() if n in figures} | rest, profile.rounded_reason() * touched


def _change(rest: Row, exact: list[int], near: list[int], ends: Sequence[Ends]) -> Row:
    """A change with its interval, of a count or of a share; blank where the printed one is not of these counts."""
    from lscb.intervals import change_of_count, difference_of_shares, widest

    estimates: dict[int, Callable[..., tuple]] = {2: change_of_count, 4: difference_of_shares}
    estimate = estimates.get(len(exact))
    if estimate is None:
        return dict.fromkeys(rest, BLANK)
    of_exact = dict(zip(PRINTED, map(float, estimate(*exact)), strict=True))
    if not _rounds(rest["value"], of_exact["value"]):
        return dict.fromkeys(rest, BLANK)
    of_near = dict(zip(PRINTED, (float(estimate(*near)[0]), *widest(estimate, *ends)), strict=True))
    return {name: of_near[name] if _rounds(end, of_exact[name]) else BLANK for name, end in rest.items()}


def _share(rest: Row, exact: list[int], near: list[int], ends: Sequence[Ends], method, unit: str) -> Row:
    """A share or rate of the rounded counts, with its interval."""
    per = _per(rest["value"], exact, unit) if len(exact) == 2 and exact[1] and near[1] else None
    if per is None:
        return dict.fromkeys(rest, BLANK)
    low, high = _interval([rest.get(name, BLANK) for name in ("low", "high")], exact, ends, method, per)
    share = {"value": per * near[0] / near[1], "low": low, "high": high}
    return {name: share[name] for name in rest}


def method_of(method, count: int | None, profile: Profile):
    """A row's method as one would name it who knows only the printed count; None: the count is withheld.

    Which interval a rate has and whether it is called unreliable would narrow its count further.
    """
    if not isinstance(method, str):
        return method
    from lscb.intervals import poisson_method

    kept: list[str] = []
    for part in method.split("; "):
        few = UNRELIABLE.fullmatch(part)
        if part in POISSON:
            kept += [] if count is None else [str(poisson_method(count / effect_in(method)))]
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
    if abs(value - exact) <= 1e-6 * abs(exact):
        return True
    places = next((p for p in range(7) if abs(value - round(value, p)) < 1e-9), None)
    return places is not None and abs(value - exact) <= 0.5 * 10.0**-places + 1e-9


def _interval(printed: list[float], exact: list[int], ends: Sequence[Ends], method, per) -> Ends:
    """The interval of a share or rate at any counts that round to its own; blank where it is of no known method."""
    from lscb.intervals import clustered_wilson, poisson

    first, effect = str(method).split("; ")[0], effect_in(method)
    (few, many), (fewer, more) = ends
    if first == "Wilson" and few <= more:
        low = clustered_wilson(few, more, effect)[0]
        return per * float(low), per * float(clustered_wilson(min(many, fewer), fewer, effect)[1])
    of_exact = poisson(exact[0] / effect)
    if first not in POISSON or not all(
        _rounds(end, per * effect * float(limit) / exact[1]) for end, limit in zip(printed, of_exact, strict=True)
    ):
        return BLANK, BLANK
    scale = per * effect
    return scale * float(poisson(few / effect)[0]) / more, scale * float(poisson(many / effect)[1]) / fewer


def effect_in(method: object) -> float:
    """The design effect that a row's method names, as `(design effect 1.3)`: how much wider people who come again make
    the variance; 1 where it names none."""
    named = EFFECT.search(str(method))
    return float(named[1]) if named else 1.0
