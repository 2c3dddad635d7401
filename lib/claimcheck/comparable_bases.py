"""Whether two figures are on one basis: unit, length of flow, snapshot or flow; and what brings them to one."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from .answers import figure_text
from .change_arithmetic import months_of
from .printed_numbers import Figure, per_of, unit_kind


def with_unit(number: Figure, unit) -> Figure:
    """A number with the unit, and the basis in it, that the claim gives for its side."""
    fields = dict(number.fields)
    if unit and (not fields.get("unit") or (per_of(str(fields["unit"])) is None and per_of(str(unit)))):
        fields["unit"] = unit
    words = f"{unit or ''} {fields['unit'] or ''}".lower() if fields.get("unit") else ""
    for basis, pattern in BASES.items():
        if not fields.get("basis") and re.search(pattern, words):
            fields["basis"] = basis
    return replace(number, fields=fields, unit=number.unit or unit_kind(str(fields.get("unit") or "")))


BASES = {
    "quarterly flow": r"quarter",
    "annual flow": r"\bannual|per year|a year|per annum|\byearly",
    "snapshot": r"snapshot|at 31 march|point in time|at year end",
}


def units_clash(ours: Figure, comparator: Figure) -> str:
    """Two units that no factor brings together: a count and a rate, a rate and a percentage."""
    kinds = {ours.unit, comparator.unit}
    clashes = kinds in ({"percent", "rate"}, {"count", "rate"}, {"count", "percent"}, {"money", "percent"})
    return f"{ours['unit'] or ours.unit} and {comparator['unit'] or comparator.unit}" if clashes else ""


def scaled(number: Figure, factor: Fraction) -> Figure:
    fields = {k: v for k, v in number.fields.items() if k not in ("rounded_to", "months", "basis")}
    fields["rounded_to"] = (
        str(number.half * 2 * factor) if number.half and "/" not in str(number.half * 2 * factor) else None
    )
    unit = number.unit or "rate"
    return Figure(number.role, number.value * factor, number.decimals, unit, number.scale, fields, number.measured)


def on_one_length(ours: Figure, comparator: Figure) -> tuple[Figure, Figure] | None:
    """Both flows on the longer of their lengths; None where they are of one length or of none."""
    a, b = months_of(ours), months_of(comparator)
    if not a or not b or a == b:
        return None
    longest = max(a, b)
    return scaled(ours, longest / a), scaled(comparator, longest / b)


def basis(number: Figure) -> str:
    words = str(number["basis"] or "").lower()
    return "snapshot" if "snapshot" in words else ("flow" if words else "")


def pair_words(ours: Figure, comparator: Figure) -> str:
    length, other = (figure_text(months_of(n) or Fraction(0), 0) for n in (ours, comparator))
    return f"{length} months, the other over {other}"
