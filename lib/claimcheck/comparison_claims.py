"""One's own figure beside a comparator's."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from . import readings as read
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, WRONG, Answer, answer, say, say_range
from .claim import Claim
from .common import (
    asked_of,
    base_ends,
    change_figures,
    from_fit,
    implied_base,
    months_of,
    off_by_ten,
    percentages,
    points_as_percent,
    relative,
)
from .multiple_claims import multiple_answer, numeric_multiple
from .printed_numbers import Number, per_of, span, unit_kind
from .stated_periods import not_stated, same_year

LENIENT = (REPRODUCES, ONLY_IF, UNKNOWN, WRONG)


def difference(claim: Claim) -> Answer:
    """percent_difference and comparison, with each comparator that is printed.

    A printed figure may be of any one of them; a word alone (`higher than both`) is said of all.
    """
    several, printed = [c for c in claim.all("comparator") if c.value is not None], claim.one("printed")
    if len(several) < 2:
        return _difference(claim)
    rest = tuple(n for n in claim.numbers if n.role != "comparator")
    found = [_difference(replace(claim, numbers=(*rest, one))) for one in several]
    order = LENIENT if printed is not None and printed.value is not None else LENIENT[::-1]
    return min(found, key=lambda a: order.index(a.verdict))


def _difference(claim: Claim) -> Answer:
    """Arithmetic first, then whether the two may be compared at all."""
    own, comparator, printed = claim.known("own"), claim.known("comparator"), claim.one("printed")
    if comparator is None or own is None:
        return _one_side(claim, own, comparator, printed)
    if printed is None:
        printed = Number("printed", None, 0, "", 1, {"word": claim.text})
    own, comparator = _with_unit(own, claim["own_unit"]), _with_unit(comparator, claim["comparator_unit"])
    if clash := _units_clash(own, comparator):
        said = f"The two figures are on different bases ({clash}): bring them to one before comparing."
        return answer(WRONG, "comparator_other_basis", said)
    if (found := _on_one_per(claim, own, comparator, printed)) is not None:
        return found
    as_printed = _arithmetic(claim, own, comparator, printed)
    if as_printed.verdict == WRONG and as_printed.diagnosis != "comparator_other_basis":
        return _rescued(claim, own, comparator, printed) or as_printed
    return _comparable(claim, own, comparator, printed, as_printed)


def _with_unit(number: Number, unit) -> Number:
    """A number with the unit, and the basis in it, that the claim gives for its side."""
    fields = dict(number.fields)
    if unit and not fields.get("unit"):
        fields["unit"] = unit
    said = f"{unit or ''} {fields['unit'] or ''}".lower() if fields.get("unit") else ""
    for basis, pattern in BASES.items():
        if not fields.get("basis") and re.search(pattern, said):
            fields["basis"] = basis
    return replace(number, fields=fields, unit=number.unit or unit_kind(str(fields.get("unit") or "")))


BASES = {
    "quarterly flow": r"quarter",
    "annual flow": r"\bannual|per year|a year|per annum|\byearly",
    "snapshot": r"snapshot|at 31 march|point in time|at year end",
}


def _units_clash(own: Number, comparator: Number) -> str:
    """Two units that no factor brings together: a count and a rate, a rate and a percentage."""
    kinds = {own.unit, comparator.unit}
    clashes = kinds in ({"percent", "rate"}, {"count", "rate"}, {"count", "percent"}, {"money", "percent"})
    return f"{own['unit'] or own.unit} and {comparator['unit'] or comparator.unit}" if clashes else ""


def _on_one_per(claim: Claim, own: Number, comparator: Number, printed: Number) -> Answer | None:
    """Rates per different numbers of people, brought to one; None where they are on one already."""
    a, b = per_of(own["unit"]), per_of(comparator["unit"])
    if not a or not b or a == b:
        return None
    like = _arithmetic(claim, own, _scaled(comparator, Fraction(a, b)), printed)
    if like.verdict != WRONG:
        return like
    if _arithmetic(claim, own, comparator, printed).verdict != WRONG or printed.value is None:
        said = f"One figure is {own['unit']}, the other {comparator['unit']}; on one basis: {like.sentence}"
        return answer(WRONG, "comparator_other_basis", said, **like.recalculated)
    return like


def _one_side(claim, own, comparator, printed) -> Answer:
    if own is not None and printed is not None and printed.value is not None and asked_of(claim, printed) == "percent":
        ends = base_ends(own, printed, read.printed_direction(printed, claim.text))
        if ends:
            said = f"The comparator is not printed; the print implies {say_range(ends)}."
            return answer(UNKNOWN, "missing_base", said, base_that_gives_printed=list(ends))
    which = "comparator's figure" if comparator is None else "own figure"
    return answer(UNKNOWN, "missing_base", f"The {which} is not printed: print it, with its period.")


def _arithmetic(claim: Claim, own: Number, comparator: Number, printed: Number) -> Answer:
    if printed.value is None or (claim.kind == "comparison" and printed.unit not in ("percent", "points", "times")):
        if printed.value is not None and printed.value in (own.value, comparator.value):
            printed = Number("printed", None, 0, "", 1, {k: v for k, v in printed.fields.items() if k != "value"})
        if printed.value is not None and printed.unit in ("rate", "count", "measure", "money"):
            return _judge_pair(claim, own, comparator, printed, "amount")
        if printed.value is None:
            return _comparison_words(claim, own, comparator, printed)
    if comparator.value == 0:
        return answer(
            WRONG, "impossible_base", "A percentage of a comparator of 0 does not exist: print the two figures."
        )
    asked = asked_of(claim, printed)
    if asked == "times":
        return numeric_multiple(
            claim, comparator, own, printed, str(printed["word"] or ""), change_figures(comparator, own)
        )
    return _judge_pair(claim, own, comparator, printed, asked)


def _comparison_words(claim, own, comparator, printed) -> Answer:
    words = str(printed["word"] or printed["comparison"] or printed["direction"] or claim.text)
    given = Number("printed", None, 0, "", 1, dict(printed.fields) | {"word": words})
    figures = change_figures(comparator, own)
    if comparator.value and (fair := read.multiple_readings(words)):
        return multiple_answer(claim, comparator, own, given, fair, words, figures)
    made = span(lambda c, o: o - c, comparator, own)
    way = read.direction(printed["direction"], printed["word"], printed["comparison"], claim.text)
    what = f"{own.text} beside {comparator.text}"
    if way is None:
        return answer(UNKNOWN, "missing_counts", f"{what}: the sentence does not say how they compare.", **figures)
    share = abs(made.value / comparator.value) if comparator.value else Fraction(bool(made.value))
    by = f"{say(share * 100)}% {'higher' if made.value > 0 else 'lower'}" if made.value else "equal"
    if way == 0:
        if share <= Fraction(3, 20) or (made.low <= 0 <= made.high):
            return answer(REPRODUCES, "ok", f"{what} is {by}, fairly called similar.", **figures)
        return answer(WRONG, "change_does_not_follow", f"{what} is {by}, which is not {words!r}.", **figures)
    if made.value == 0:
        if made.low < 0 < made.high:
            return answer(
                ONLY_IF,
                "unrounded_inputs_condition",
                f"{what}: equal as printed; reproduces only if the unrounded figures differ.",
                **figures,
            )
        return answer(WRONG, "change_does_not_follow", f"{what}: the two are equal.", **figures)
    if (made.value > 0) != (way > 0):
        return answer(
            WRONG, "direction_reversed", f"{what} is {by}: the sentence has it the wrong way round.", **figures
        )
    return answer(REPRODUCES, "ok", f"{what} is {by}.", **figures)


def _judge_pair(claim, own, comparator, printed, asked) -> Answer:
    formula = relative if asked == "percent" else (lambda c, o: o - c)
    made = span(formula, comparator, own)
    unit = {"percent": "%", "points": " percentage points", "amount": ""}[asked]
    way = read.printed_direction(printed, claim.text)
    figures = change_figures(comparator, own)
    right = f"{say(abs(made.value), printed.decimals)}{unit}"
    code = read.fit(printed, abs(made), claim.text)
    if way and made.value and (made.value > 0) != (way > 0) and not (made.low <= 0 <= made.high):
        said = f"{own.text} is {right} {'above' if made.value > 0 else 'below'} {comparator.text}: the wrong way round."
        return answer(WRONG, "direction_reversed", said, **figures)
    if asked == "points" and not percentages(own, comparator) and own.unit not in ("percent", ""):
        return answer(
            WRONG,
            "percentage_points_misused",
            "Percentage points are for the difference of two percentages.",
            **figures,
        )
    if code:
        what = f"{own.text} beside {comparator.text} is a difference of"
        return from_fit(code, abs(made), what, printed.decimals, unit, **figures)
    if asked == "percent":
        on_own = abs(span(lambda c, o: (o - c) / o * 100, comparator, own)) if own.value else None
        if on_own and (read.likely(printed, on_own, claim.text)):
            size = abs(made)
            ends = f" ({say(size.low)} to {say(size.high)} allowing for rounding)" if size.low != size.high else ""
            said = (
                f"The difference was divided by {own.text} itself; as a share of {comparator.text} it is "
                f"{say(abs(made.value))}%{ends}."
            )
            return answer(WRONG, "wrong_base", said, base_that_gives_printed=own.value, **figures)
        if percentages(own, comparator) and read.likely(
            printed, abs(span(lambda c, o: o - c, comparator, own)), claim.text
        ):
            return points_as_percent(comparator, own, printed, figures)
        if read.likely(printed, span(lambda c, o: o / c * 100, comparator, own), claim.text):
            said = f"{printed.text} is the own figure as a percentage of the comparator; the difference is {right}."
            return answer(WRONG, "ratio_printed_as_increase", said, **figures)
        if scale := off_by_ten(printed, abs(made)):
            return answer(
                WRONG, "scale_error", f"The print is {scale} times what the figures give, {right}.", **figures
            )
    if (
        asked == "points"
        and comparator.value
        and read.likely(printed, abs(span(relative, comparator, own)), claim.text)
    ):
        right = say(abs(made.value), max(own.decimals, comparator.decimals))
        said = f"The print is the difference as a percentage of {comparator.text}; in points it is {right}."
        return answer(WRONG, "percentage_points_misused", said, **figures)
    base = implied_base(own, printed, way or (1 if made.value > 0 else -1)) if asked == "percent" else None
    said = f"{own.text} beside {comparator.text} is a difference of {right}, not {printed.text}."
    return answer(
        WRONG,
        "percentage_does_not_follow" if asked == "percent" else "change_does_not_follow",
        said,
        base_that_gives_printed=base,
        **figures,
    )


def _scaled(number: Number, factor: Fraction) -> Number:
    fields = {k: v for k, v in number.fields.items() if k not in ("rounded_to", "months", "basis")}
    fields["rounded_to"] = (
        str(number.half * 2 * factor) if number.half and "/" not in str(number.half * 2 * factor) else None
    )
    return Number(
        number.role,
        number.value * factor,
        number.decimals,
        number.unit or "rate",
        number.scale,
        fields,
        number.measured,
    )


def _on_one_length(own: Number, comparator: Number) -> tuple[Number, Number] | None:
    """Both flows on the longer of their lengths; None where they are of one length or of none."""
    a, b = months_of(own), months_of(comparator)
    if not a or not b or a == b:
        return None
    longest = max(a, b)
    return _scaled(own, longest / a), _scaled(comparator, longest / b)


def _rescued(claim, own, comparator, printed) -> Answer | None:
    """A print that the figures as they stand do not give, but flows of one length do."""
    pair = _on_one_length(own, comparator)
    if pair and _arithmetic(claim, *pair, printed).verdict in (REPRODUCES, ONLY_IF):
        said = (
            "Reproduces only if the shorter flow is scaled up to the longer one: say so, and print both on one basis."
        )
        return answer(ONLY_IF, "annualised_condition", said, **change_figures(pair[1], pair[0]))
    return None


def _basis(number: Number) -> str:
    said = str(number["basis"] or "").lower()
    return "snapshot" if "snapshot" in said else ("flow" if said else "")


def _comparable(claim: Claim, own: Number, comparator: Number, printed: Number, found: Answer) -> Answer:
    """The answer of the arithmetic, unless the two figures are of another basis, year or an unstated period."""
    figures = found.recalculated
    if pair := _on_one_length(own, comparator):
        like = _arithmetic(claim, *pair, printed)
        if like.verdict in (REPRODUCES, ONLY_IF):
            said = "Reproduces only if both are flows of one length: print both on one basis."
            return answer(ONLY_IF, "comparator_other_basis", said, **like.recalculated)
        said = f"One figure is a flow over {pair_words(own, comparator)}; on one basis: {like.sentence}"
        return answer(WRONG, "comparator_other_basis", said, **like.recalculated)
    if {_basis(own), _basis(comparator)} == {"snapshot", "flow"}:
        said = "Reproduces only if both are on one basis: one is a snapshot, the other a flow over a period."
        return answer(ONLY_IF, "comparator_other_basis", said, **figures)
    if found.verdict == UNKNOWN:
        return found
    same = same_year(own["period"] or claim["document_period"], comparator["period"])
    if same is False:
        said = (
            f"The arithmetic holds, but the comparator is of {comparator['period']} and the own figure of "
            f"{own['period'] or claim['document_period']}: reproduces only if a comparator of the same year agrees."
        )
        return answer(ONLY_IF, "comparator_other_year", said, **figures)
    unsaid = not_stated(comparator["period"]) or (
        claim.kind == "comparison" and own["period"] and not comparator["period"]
    )
    if unsaid:
        said = "The arithmetic holds, but the comparator's period is not printed: the two may not be of one year."
        return answer(UNKNOWN, "missing_comparator_period", said, **figures)
    return found


def pair_words(own: Number, comparator: Number) -> str:
    return f"{say(months_of(own), 0)} months, the other over {say(months_of(comparator), 0)}"
