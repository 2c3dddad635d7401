"""Claims of one share: a figure or a word that stands for numerator over denominator."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import fair_readings, print_fit, printed_numbers
from .answers import Answer, figure_text, range_text, unknown, wrong
from .change_arithmetic import change_figures
from .change_claims import change
from .claim import Claim, exact_count
from .implied_counts import implied_base, impossible
from .multiple_claims import fraction_of_change, multiple
from .possible_counts import count_list, half_up_numerators, possible_sizes
from .print_fit import fit_answer
from .printed_numbers import Figure, Number, Span, percent, span, truth

POPULATION = 10_000  # a denominator as great is an estimate of people, which comes in editions
NEAR = Fraction(15, 100)  # how far another edition or definition of it may lie


def share(claim: Claim) -> Answer:
    """share, bound, fraction_words: a figure or a word that stands for numerator / denominator."""
    printed = claim.one("printed")
    if claim.one("old") is not None and claim.one("new") is not None and not claim.all("numerator"):
        return _share_of_change(claim, printed)
    stated_share = claim.figure("share")
    numerator, denominator = claim.figure("numerator"), claim.figure("denominator")
    if printed is None or (printed.value is None and not printed["word"]):
        if stated_share is not None and numerator is not None:
            printed, stated_share = stated_share, None
        elif numerator is not None and denominator is not None and numerator.value > denominator.value:
            return _more_than_all(numerator, denominator)
        else:
            return unknown("missing_counts", "No share is printed: nothing to check.")
    if numerator is not None and denominator is not None:
        return _counted(claim, numerator, denominator, printed, stated_share)
    if stated_share is not None:
        return _against_share(claim, stated_share, printed, denominator)
    return _uncounted(claim, numerator, denominator, printed)


def _share_of_change(claim: Claim, printed: Number | None) -> Answer:
    old, new = claim.figure("old"), claim.figure("new")
    words = f"{printed['word'] or ''}" if printed is not None else ""
    if old is None or new is None or printed is None:
        return unknown("missing_base", "The two figures are not both printed: print both.")
    if printed.value is not None:
        return multiple(claim) if printed.unit == "times" else change(claim)
    if fair_readings.multiple_readings(words):
        return multiple(claim)
    if fair := fair_readings.fraction_readings(words):
        return fraction_of_change(claim, old, new, printed, fair, words, change_figures(old, new))
    return change(claim)


def _counted(
    claim: Claim, numerator: Figure, denominator: Figure, printed: Number, stated_share: Figure | None
) -> Answer:
    if denominator.value <= 0:
        return wrong("impossible_base", "There is no share of 0: print the two counts.")
    result = span(percent, numerator, denominator)
    figures: dict[str, Any] = {"percent": result.value}
    if _range(result):
        figures["percent_range"] = [result.low, result.high]
    if (
        numerator.value > denominator.value
        and claim["constraint"] != "none"
        and (claim.constraint or (printed.value or 0) <= 100)
    ):
        return _more_than_all(numerator, denominator, **figures)
    if (
        stated_share is not None
        and printed.unit not in ("percent",)
        and not print_fit.fit(stated_share, result, claim.text)
    ):
        return share_wrong(claim, numerator, denominator, stated_share, result, figures)
    what = f"{numerator.text} of {denominator.text} is"
    if not isinstance(printed, Figure) or _fraction_beside(printed):
        return _worded_share(claim, result, printed, what, figures)
    printed_made = _in_print_unit(printed, result)
    if code := print_fit.fit(
        printed, printed_made, claim.text, strict=claim.kind in ("bound", "fraction_words", "share")
    ):
        if code != "truncated_not_rounded" or not _odds(numerator, denominator, printed):
            unit = "%" if printed.unit in ("percent", "") else ""
            return fit_answer(code, printed_made, what, printed.decimals, unit, printed=printed, **figures)
    if claim.kind == "bound" or fair_readings.qualifier(printed["comparison"]):
        sentence = f"{what} {figure_text(result.value, max(1, printed.decimals))}%, which is not {_bound(printed)}."
        return wrong("percentage_does_not_follow", sentence, **figures)
    return share_wrong(claim, numerator, denominator, printed, result, figures)


def _more_than_all(numerator: Figure, denominator: Figure, **figures) -> Answer:
    sentence = f"{numerator.text} cannot be part of {denominator.text}: one of the two counts is of another group."
    return wrong("impossible_base", sentence, **figures)


def _fraction_beside(printed: Figure) -> bool:
    """Whether the number is only the fraction that the words say: `a third`, written 0.33."""
    fraction = fair_readings.fraction_in(str(printed["word"] or ""))
    if fraction is None or not fraction[1] or printed["comparison"]:
        return False
    share = Fraction(*fraction)
    return any(abs(printed.value - share * unit) <= printed.step for unit in (1, 100))


def _range(result: Span) -> bool:
    return result.low != result.high


def _bound(printed: Number) -> str:
    return f"{printed['comparison'] or printed['word'] or ''} {printed.text}".strip()


def _in_print_unit(printed: Figure, result: Span) -> Span:
    """The share as the print gives it: a percentage, or a fraction of 1 where it prints 0.27."""
    bare = not printed["unit"] and "%" not in printed.text and not print_fit.rounds_to(printed, result.value)
    unit = "" if bare else printed.unit
    if unit in ("", "times", "measure") and abs(printed.value) <= 1 and printed.decimals >= 2:
        return result.times(Fraction(1, 100))
    if (per := printed_numbers.per_of(printed["unit"])) and per != 100:
        return result.times(Fraction(per, 100))
    return result


def _worded_share(claim: Claim, result: Span, printed: Number, what: str, figures: dict) -> Answer:
    words = str(printed["word"])
    fair = fair_readings.fraction_readings(words) or fair_readings.fraction_readings(claim.text)
    as_share = result.times(Fraction(1, 100))
    if not fair:
        if (got := printed_numbers.number_of(words)) is not None:
            number = Figure("printed", got, 0, "percent", 1, dict(printed.fields))
            if code := print_fit.fit(number, result, claim.text):
                return fit_answer(code, result, what, 1, **figures)
        sentence = f"{what} {figure_text(result.value)}%; {words!r} names no share to check."
        return unknown("missing_counts", sentence, **figures)
    if code := print_fit.fit(printed, as_share, allowed=fair):
        return fit_answer(code, result, what, 1, **figures)
    if any(reading.words == "majority" for reading in fair):
        if result.value <= 50:
            sentence = f"{what} {figure_text(result.value)}%: a majority is more than half."
            return wrong("majority_not_over_half", sentence, **figures)
    return wrong("fraction_does_not_follow", f"{what} {figure_text(result.value)}%, which is not {words!r}.", **figures)


def _odds(numerator: Figure, denominator: Figure, printed: Figure) -> bool:
    """Whether the part was divided by the rest instead of by the whole."""
    rest = denominator.value - numerator.value
    return rest > 0 and printed.value is not None and print_fit.rounds_to(printed, percent(numerator.value, rest))


def share_wrong(claim: Claim, numerator, denominator, printed: Figure, result: Span, figures: dict) -> Answer:
    right = f"{figure_text(result.value, printed.decimals)}%"
    of = f"{numerator.text} of {denominator.text} is {right}, not {printed.text}"
    for other in [*claim.figures("denominator"), *claim.figures("numerator")]:
        if other.value and other.value not in (denominator.value, numerator.value):
            if print_fit.fit(printed, span(percent, numerator, other), claim.text):
                sentence = f"{of}: the print is a share of {other.text}."
                return wrong("wrong_denominator", sentence, base_that_gives_printed=other.value, **figures)
    if _odds(numerator, denominator, printed):
        rest = denominator.value - numerator.value
        sentence = f"{of}: the part was divided by the rest, {figure_text(rest, 0)}, instead of by the whole."
        return wrong("wrong_denominator", sentence, base_that_gives_printed=rest, **figures)
    if printed.value > 100 and result.value <= 100 and claim["constraint"] != "none":
        return wrong("impossible_percentage", f"{of}: no part is more than 100% of its whole.", **figures)
    size = abs(printed.value)
    for power in (10, 100, Fraction(1, 10), Fraction(1, 100)):
        if (
            result.value >= 1
            and print_fit.rounds_to(printed, result.value * power)
            and size * 10**printed.decimals >= 10
        ):
            return wrong("scale_error", f"{of}: the decimal point has slipped.", **figures)
    base = implied_base(numerator, printed)
    if denominator.value >= POPULATION and base and abs(Fraction(base[0]) / denominator.value - 1) <= NEAR:
        sentence = (
            f"{of}; that would need a total of {range_text(base)}, another edition or definition of the denominator."
        )
        return wrong("wrong_denominator", sentence, base_that_gives_printed=base, **figures)
    sentence = of + (f"; that would need a total of {range_text(base)}." if base else "; no whole total gives it.")
    return wrong("percentage_does_not_follow", sentence, base_that_gives_printed=base, **figures)


def _against_share(claim: Claim, stated_share: Figure, printed: Number, denominator: Figure | None) -> Answer:
    """A share is printed, and a word or a bound beside it; or a share and the count that it makes."""
    result = Span(stated_share.value, *stated_share.ends)
    if (
        stated_share.unit == "percent"
        and stated_share.value <= 1
        and stated_share.decimals >= 2
        and "%" not in str(stated_share["value"])
    ):
        if printed.value is None or printed.value > 1:
            result = result.times(100)
    figures: dict[str, Any] = {"percent": result.value}
    what = "The printed share is"
    if not isinstance(printed, Figure):
        return _worded_share(claim, result, printed, what, figures)
    if printed.unit == "count" and denominator is not None:
        return _counted(claim, printed, denominator, stated_share, None)
    if code := print_fit.fit(printed, result, claim.text, strict=True):
        return fit_answer(code, result, what, max(stated_share.decimals, printed.decimals), **figures)
    return wrong("percentage_does_not_follow", f"{stated_share.text} is not {_bound(printed)}.", **figures)


def _uncounted(claim: Claim, numerator, denominator, printed: Number) -> Answer:
    if not isinstance(printed, Figure):
        if denominator is not None and numerator is None:
            sentence = f"The count of {denominator.text} behind {printed.text!r} is not printed: print it."
            return unknown("missing_counts", sentence)
        sentence = f"The number of which it is {printed.text!r} is not printed: print both counts."
        return unknown("missing_denominator", sentence)
    if printed.unit in ("percent", "") and printed.value > 100:
        return wrong("impossible_percentage", "No part is more than 100% of its whole.")
    if numerator is not None and printed.unit in ("count", "money", "") and claim.kind in ("bound", "fraction_words"):
        return _bound_on_count(claim, numerator, printed)
    if numerator is not None:
        return _implied(claim, numerator, printed)
    if denominator is not None:
        return _possible(denominator, printed, claim)
    possible = sorted(possible_sizes(abs(printed.value), printed.decimals)) if printed.unit in ("percent", "") else None
    sentence = "Neither the count nor the number of which it is a share is printed: print both."
    return unknown("missing_denominator", sentence, feasible_n=possible)


def _bound_on_count(claim: Claim, counted: Figure, printed: Figure) -> Answer:
    """`over 500 followers`: a count against a bound, no share in it."""
    result = span(lambda v: v, counted)
    if code := print_fit.fit(printed, result, claim.text, strict=True):
        return fit_answer(code, result, "The count is", 0, "", difference=counted.value - printed.value)
    sentence = f"{counted.text} is not {_bound(printed)}."
    return wrong("percentage_does_not_follow", sentence, difference=counted.value - printed.value)


def _implied(claim: Claim, numerator: Figure, printed: Figure) -> Answer:
    simple = any(r.plain for r in fair_readings.readings_of(printed, claim.text, strict=True)) and not truth(
        printed["approximate"]
    )
    if not simple:
        return unknown("missing_denominator", "The number of which it is a share is not printed: print it.")
    base = implied_base(numerator, printed)
    if base is None and numerator.value == 0:
        return unknown("missing_denominator", "0 is 0% of any number: print the number of which it is a share.")
    if base is None:
        sentence = f"No whole number has {numerator.text} as {printed.text} of it: check both."
        return wrong("impossible_base", sentence)
    if exact_count(numerator) and base[1] < numerator.value:
        sentence = f"{numerator.text} cannot be {printed.text} of {range_text(base)}."
        return wrong("impossible_base", sentence, base_that_gives_printed=base)
    what = f"The number of which {numerator.text} is {printed.text} is not printed"
    sentence = f"{what}; it implies {range_text(base)}. Print it."
    return unknown("missing_denominator", sentence, base_that_gives_printed=base)


def _possible(denominator: Figure, printed: Figure, claim: Claim) -> Answer:
    if not exact_count(denominator) or not any(
        r.plain for r in fair_readings.readings_of(printed, claim.text, strict=True)
    ):
        return unknown("missing_counts", "The count behind the share is not printed: print it.")
    n = int(denominator.value)
    if n <= 0:
        return wrong("impossible_base", "There is no share of 0: print the two counts.")
    fits = half_up_numerators(abs(printed.value), printed.decimals, n)
    if not fits:
        return impossible([printed], n)
    sentence = f"The count behind {printed.text} of {n} is not printed; it implies {range_text((fits[0], fits[-1]))}."
    return unknown("missing_counts", sentence, numerators=count_list(fits))
