"""One's own figure beside a comparator's."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from . import directions, fair_readings, print_fit
from .answers import (
    ONLY_IF,
    REPRODUCES,
    UNKNOWN,
    WRONG,
    Answer,
    figure_text,
    only_if,
    range_text,
    reproduces,
    unknown,
    wrong,
)
from .change_arithmetic import (
    base_ends,
    change_figures,
    claimed_unit,
    implied_base,
    percent_slip,
    percentages,
    relative,
)
from .claim import Claim
from .comparable_bases import basis, on_one_length, pair_words, scaled, units_clash, with_unit
from .multiple_claims import multiple_answer, numeric_multiple
from .print_fit import fit_answer
from .printed_numbers import Figure, Number, per_of, span
from .stated_periods import not_stated, same_year

LENIENT = (REPRODUCES, ONLY_IF, UNKNOWN, WRONG)


def difference(claim: Claim) -> Answer:
    """percent_difference and comparison, with each comparator that is printed.

    A printed figure may be of any one of them; a word alone (`higher than both`) is said of all.
    """
    several, printed = claim.figures("comparator"), claim.one("printed")
    if len(several) < 2:
        return _difference(claim)
    rest = tuple(n for n in claim.numbers if n.role != "comparator")
    answers = [_difference(replace(claim, numbers=(*rest, one))) for one in several]
    order = LENIENT if printed is not None and printed.value is not None else LENIENT[::-1]
    return min(answers, key=lambda a: order.index(a.verdict))


def _difference(claim: Claim) -> Answer:
    """Arithmetic first, then whether the two may be compared at all."""
    ours, comparator = claim.figure("own"), claim.figure("comparator")
    if comparator is None or ours is None:
        return _one_side(claim, ours, comparator, claim.one("printed"))
    printed = claim.one("printed") or Number("printed", None, 0, "", 1, {"word": claim.text})
    ours, comparator = with_unit(ours, claim["own_unit"]), with_unit(comparator, claim["comparator_unit"])
    if clash := units_clash(ours, comparator):
        sentence = f"The two figures are on different bases ({clash}): bring them to one before comparing."
        return wrong("comparator_other_basis", sentence)
    if (scaled := _on_one_per(claim, ours, comparator, printed)) is not None:
        return scaled
    as_printed = _arithmetic(claim, ours, comparator, printed)
    if as_printed.verdict == WRONG and as_printed.diagnosis != "comparator_other_basis":
        return _rescued(claim, ours, comparator, printed) or as_printed
    return _comparable(claim, ours, comparator, printed, as_printed)


def _on_one_per(claim: Claim, ours: Figure, comparator: Figure, printed: Number) -> Answer | None:
    """Rates per different numbers of people, brought to one; None where they are on one already."""
    a, b = per_of(ours["unit"]), per_of(comparator["unit"])
    if not a or not b or a == b:
        return None
    like = _arithmetic(claim, ours, scaled(comparator, Fraction(a, b)), printed)
    if like.verdict != WRONG:
        return like
    if _arithmetic(claim, ours, comparator, printed).verdict != WRONG or printed.value is None:
        sentence = f"One figure is {ours['unit']}, the other {comparator['unit']}; on one basis: {like.sentence}"
        return wrong("comparator_other_basis", sentence, **like.recalculated)
    return like


def _one_side(claim, ours, comparator, printed) -> Answer:
    if (
        ours is not None
        and printed is not None
        and printed.value is not None
        and claimed_unit(claim, printed) == "percent"
    ):
        ends = base_ends(ours, printed, directions.printed_direction(printed, claim.text))
        if ends:
            sentence = f"The comparator is not printed; the print implies {range_text(ends)}."
            return unknown("missing_base", sentence, base_that_gives_printed=list(ends))
    which = "comparator's figure" if comparator is None else "own figure"
    return unknown("missing_base", f"The {which} is not printed: print it, with its period.")


def _arithmetic(claim: Claim, ours: Figure, comparator: Figure, printed: Number) -> Answer:
    """How the two compare by their figures alone: a percentage, points, a multiple, an amount or a word."""
    amount = claim.kind == "comparison" and printed.unit not in ("percent", "points", "times")
    if amount and printed.value in (ours.value, comparator.value):
        printed = Number("printed", None, 0, "", 1, {k: v for k, v in printed.fields.items() if k != "value"})
    if not isinstance(printed, Figure):
        return _comparison_words(claim, ours, comparator, printed)
    if amount and printed.unit in ("rate", "count", "measure", "money"):
        return _judge_pair(claim, ours, comparator, printed, "amount")
    if comparator.value == 0:
        return wrong("impossible_base", "A percentage of a comparator of 0 does not exist: print the two figures.")
    asked = claimed_unit(claim, printed)
    if asked == "times":
        return numeric_multiple(
            claim, comparator, ours, printed, str(printed["word"] or ""), change_figures(comparator, ours)
        )
    return _judge_pair(claim, ours, comparator, printed, asked)


def _comparison_words(claim, ours, comparator, printed) -> Answer:
    words = str(printed["word"] or printed["comparison"] or printed["direction"] or claim.text)
    worded = Number("printed", None, 0, "", 1, dict(printed.fields) | {"word": words})
    figures = change_figures(comparator, ours)
    if comparator.value and (fair := fair_readings.multiple_readings(words)):
        return multiple_answer(claim, comparator, ours, worded, fair, words, figures)
    result = span(lambda c, o: o - c, comparator, ours)
    way = directions.direction(printed["direction"], printed["word"], printed["comparison"], claim.text)
    what = f"{ours.text} beside {comparator.text}"
    if way is None:
        return unknown("missing_counts", f"{what}: the sentence does not say how they compare.", **figures)
    share = abs(result.value / comparator.value) if comparator.value else Fraction(bool(result.value))
    by = f"{figure_text(share * 100)}% {'higher' if result.value > 0 else 'lower'}" if result.value else "equal"
    if way == 0:
        if share <= Fraction(3, 20) or (result.low <= 0 <= result.high):
            return reproduces("ok", f"{what} is {by}, fairly called similar.", **figures)
        return wrong("change_does_not_follow", f"{what} is {by}, which is not {words!r}.", **figures)
    if result.value == 0:
        if result.low < 0 < result.high:
            sentence = f"{what}: equal as printed; reproduces only if the unrounded figures differ."
            return only_if("unrounded_inputs_condition", sentence, **figures)
        return wrong("change_does_not_follow", f"{what}: the two are equal.", **figures)
    if (result.value > 0) != (way > 0):
        return wrong("direction_reversed", f"{what} is {by}: the sentence has it the wrong way round.", **figures)
    return reproduces("ok", f"{what} is {by}.", **figures)


def _judge_pair(claim, ours, comparator, printed, asked) -> Answer:
    formula = relative if asked == "percent" else (lambda c, o: o - c)
    result = span(formula, comparator, ours)
    unit = {"percent": "%", "points": " percentage points", "amount": ""}[asked]
    way = directions.printed_direction(printed, claim.text)
    figures = change_figures(comparator, ours)
    right = f"{figure_text(abs(result.value), printed.decimals)}{unit}"
    code = print_fit.fit(printed, abs(result), claim.text)
    if way and result.value and (result.value > 0) != (way > 0) and not (result.low <= 0 <= result.high):
        sentence = (
            f"{ours.text} is {right} {'above' if result.value > 0 else 'below'} {comparator.text}: the wrong way round."
        )
        return wrong("direction_reversed", sentence, **figures)
    if asked == "points" and not percentages(ours, comparator) and ours.unit not in ("percent", ""):
        sentence = "Percentage points are for the difference of two percentages."
        return wrong("percentage_points_misused", sentence, **figures)
    if code:
        what = f"{ours.text} beside {comparator.text} is a difference of"
        return fit_answer(code, abs(result), what, printed.decimals, unit, printed=printed, **figures)
    if asked == "percent" and (slip := percent_slip(claim, comparator, ours, printed, figures)):
        return slip
    if (
        asked == "points"
        and comparator.value
        and print_fit.likely(printed, abs(span(relative, comparator, ours)), claim.text)
    ):
        right = figure_text(abs(result.value), max(ours.decimals, comparator.decimals))
        sentence = f"The print is the difference as a percentage of {comparator.text}; in points it is {right}."
        return wrong("percentage_points_misused", sentence, **figures)
    base = implied_base(ours, printed, way or (1 if result.value > 0 else -1)) if asked == "percent" else None
    sentence = f"{ours.text} beside {comparator.text} is a difference of {right}, not {printed.text}."
    return wrong(
        "percentage_does_not_follow" if asked == "percent" else "change_does_not_follow",
        sentence,
        base_that_gives_printed=base,
        **figures,
    )


def _rescued(claim, ours, comparator, printed) -> Answer | None:
    """A print that the figures as they stand do not give, but flows of one length do."""
    pair = on_one_length(ours, comparator)
    if pair and _arithmetic(claim, *pair, printed).verdict in (REPRODUCES, ONLY_IF):
        sentence = (
            "Reproduces only if the shorter flow is scaled up to the longer one: say so, and print both on one basis."
        )
        return only_if("annualised_condition", sentence, **change_figures(pair[1], pair[0]))
    return None


def _comparable(claim: Claim, ours: Figure, comparator: Figure, printed: Number, by_arithmetic: Answer) -> Answer:
    """The answer of the arithmetic, unless the two figures are of another basis, year or an unstated period."""
    figures = by_arithmetic.recalculated
    if pair := on_one_length(ours, comparator):
        like = _arithmetic(claim, *pair, printed)
        if like.verdict in (REPRODUCES, ONLY_IF):
            sentence = "Reproduces only if both are flows of one length: print both on one basis."
            return only_if("comparator_other_basis", sentence, **like.recalculated)
        sentence = f"One figure is a flow over {pair_words(ours, comparator)}; on one basis: {like.sentence}"
        return wrong("comparator_other_basis", sentence, **like.recalculated)
    if {basis(ours), basis(comparator)} == {"snapshot", "flow"}:
        sentence = "Reproduces only if both are on one basis: one is a snapshot, the other a flow over a period."
        return only_if("comparator_other_basis", sentence, **figures)
    if by_arithmetic.verdict == UNKNOWN:
        return by_arithmetic
    same = same_year(ours["period"] or claim["document_period"], comparator["period"])
    if same is False:
        sentence = (
            f"The arithmetic holds, but the comparator is of {comparator['period']} and the own figure of "
            f"{ours['period'] or claim['document_period']}: reproduces only if a comparator of the same year agrees."
        )
        return only_if("comparator_other_year", sentence, **figures)
    unsaid = not_stated(comparator["period"]) or (
        claim.kind == "comparison" and ours["period"] and not comparator["period"]
    )
    if unsaid:
        sentence = "The arithmetic holds, but the comparator's period is not printed: the two may not be of one year."
        return unknown("missing_comparator_period", sentence, **figures)
    return by_arithmetic
