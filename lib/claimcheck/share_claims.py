"""Claims of one share: a figure or a word that stands for numerator over denominator."""

from __future__ import annotations

from fractions import Fraction

from . import readings as read
from .answers import ONLY_IF, UNKNOWN, WRONG, Answer, answer, say, say_range
from .change_claims import change
from .claim import Claim, exact_count
from .common import change_figures, from_fit
from .multiple_claims import fraction_of_change, multiple
from .possible_counts import feasible_counts, half_even_numerators, half_up_numerators, truncated_numerators
from .possible_counts import listed as numerators
from .printed_numbers import Number, Span, half_up, span, truth

POPULATION = 10_000  # a denominator as great is an estimate of people, which comes in editions
NEAR = Fraction(15, 100)  # how far another edition or definition of it may lie


def percent(part: Fraction, whole: Fraction) -> Fraction:
    return part / whole * 100


# --- one share ------------------------------------------------------------------------------------------------


def share(claim: Claim) -> Answer:
    """share, bound, fraction_words: a figure or a word that stands for numerator / denominator."""
    printed = claim.one("printed")
    if claim.one("old") is not None and claim.one("new") is not None and not claim.all("numerator"):
        return _share_of_change(claim, printed)
    given = claim.known("share")
    numerator, denominator = claim.known("numerator"), claim.known("denominator")
    if printed is None or (printed.value is None and not printed["word"]):
        if given is not None and numerator is not None:
            printed, given = given, None
        else:
            return answer(UNKNOWN, "missing_counts", "No share is printed: nothing to check.")
    if numerator is not None and denominator is not None:
        return _counted(claim, numerator, denominator, printed, given)
    if given is not None:
        return _against_share(claim, given, printed, denominator)
    return _uncounted(claim, numerator, denominator, printed)


def _share_of_change(claim: Claim, printed: Number | None) -> Answer:
    old, new = claim.known("old"), claim.known("new")
    words = f"{printed['word'] or ''}" if printed is not None else ""
    if old is None or new is None or printed is None:
        return answer(UNKNOWN, "missing_base", "The two figures are not both printed: print both.")
    if printed.value is not None:
        return multiple(claim) if printed.unit == "times" else change(claim)
    if read.multiple_readings(words):
        return multiple(claim)
    if fair := read.fraction_readings(words):
        return fraction_of_change(claim, old, new, printed, fair, words, change_figures(old, new))
    return change(claim)


def _counted(claim: Claim, numerator: Number, denominator: Number, printed: Number, given: Number | None) -> Answer:
    if denominator.value <= 0:
        return answer(WRONG, "impossible_base", "There is no share of 0: print the two counts.")
    made = span(percent, numerator, denominator)
    figures = {"percent": made.value}
    if _range(made):
        figures["percent_range"] = [made.low, made.high]
    if numerator.value > denominator.value and claim["constraint"] != "none" and not _over_100(printed):
        said = f"{numerator.text} cannot be part of {denominator.text}: one of the two counts is of another group."
        return answer(WRONG, "impossible_base", said, **figures)
    if given is not None and printed.unit not in ("percent",) and not read.fit(given, made, claim.text):
        return share_wrong(claim, numerator, denominator, given, made, figures)
    what = f"{numerator.text} of {denominator.text} is"
    if printed.value is None:
        return _worded_share(claim, made, printed, what, figures)
    printed_made = _in_print_unit(printed, made)
    if code := read.fit(printed, printed_made, claim.text, strict=claim.kind in ("bound", "fraction_words", "share")):
        if code != "truncated_not_rounded" or not _odds(numerator, denominator, printed):
            unit = "%" if printed.unit in ("percent", "") else ""
            return from_fit(code, printed_made, what, printed.decimals, unit, **figures)
    if claim.kind == "bound" or read.qualifier(printed["comparison"]):
        said = f"{what} {say(made.value, max(1, printed.decimals))}%, which is not {_bound(printed)}."
        return answer(WRONG, "percentage_does_not_follow", said, **figures)
    return share_wrong(claim, numerator, denominator, printed, made, figures)


def _over_100(printed: Number) -> bool:
    return printed.value is not None and printed.value > 100


def _range(made: Span) -> bool:
    return made.low != made.high


def _bound(printed: Number) -> str:
    return f"{printed['comparison'] or printed['word'] or ''} {printed.text}".strip()


def _in_print_unit(printed: Number, made: Span) -> Span:
    """The share as the print gives it: a percentage, or a fraction of 1 where it prints 0.27."""
    bare = not printed["unit"] and "%" not in printed.text and not read.rounds_to(printed, made.value)
    unit = "" if bare else printed.unit
    if unit in ("", "times", "measure") and abs(printed.value) <= 1 and printed.decimals >= 2:
        return Span(*(x / 100 for x in made[:3]), made.counts)
    if (per := _per(printed)) and per != 100:
        return Span(*(x * per / 100 for x in made[:3]), made.counts)
    return made


def _per(printed: Number) -> int | None:
    from .printed_numbers import per_of

    return per_of(printed["unit"])


def _worded_share(claim: Claim, made: Span, printed: Number, what: str, figures: dict) -> Answer:
    words = str(printed["word"])
    fair = read.fraction_readings(words) or read.fraction_readings(claim.text)
    as_share = Span(*(x / 100 for x in made[:3]), made.counts)
    if not fair:
        if (got := read.number_of(words)) is not None:
            number = Number("printed", got, 0, "percent", 1, dict(printed.fields))
            if code := read.fit(number, made, claim.text):
                return from_fit(code, made, what, 1, **figures)
        return answer(
            UNKNOWN, "missing_counts", f"{what} {say(made.value)}%; {words!r} names no share to check.", **figures
        )
    if code := read.fit(printed, as_share, given=fair):
        return from_fit(code, made, what, 1, **figures)
    if any(reading.words == "majority" for reading in fair):
        if made.value <= 50:
            said = f"{what} {say(made.value)}%: a majority is more than half."
            return answer(WRONG, "majority_not_over_half", said, **figures)
    return answer(WRONG, "fraction_does_not_follow", f"{what} {say(made.value)}%, which is not {words!r}.", **figures)


def _odds(numerator: Number, denominator: Number, printed: Number) -> bool:
    """Whether the part was divided by the rest instead of by the whole."""
    rest = denominator.value - numerator.value
    return rest > 0 and printed.value is not None and read.rounds_to(printed, percent(numerator.value, rest))


def share_wrong(claim: Claim, numerator, denominator, printed: Number, made: Span, figures: dict) -> Answer:
    right = f"{say(made.value, printed.decimals)}%"
    of = f"{numerator.text} of {denominator.text} is {right}, not {printed.text}"
    for other in [*claim.all("denominator"), *claim.all("numerator")]:
        if other.value and other.value not in (denominator.value, numerator.value):
            if read.fit(printed, span(percent, numerator, other), claim.text):
                said = f"{of}: the print is a share of {other.text}."
                return answer(WRONG, "wrong_denominator", said, base_that_gives_printed=other.value, **figures)
    if _odds(numerator, denominator, printed):
        rest = denominator.value - numerator.value
        said = f"{of}: the part was divided by the rest, {say(rest, 0)}, instead of by the whole."
        return answer(WRONG, "wrong_denominator", said, base_that_gives_printed=rest, **figures)
    if printed.value > 100 and made.value <= 100 and claim["constraint"] != "none":
        return answer(WRONG, "impossible_percentage", f"{of}: no part is more than 100% of its whole.", **figures)
    size = abs(printed.value)
    for power in (10, 100, Fraction(1, 10), Fraction(1, 100)):
        if made.value >= 1 and read.rounds_to(printed, made.value * power) and size * 10**printed.decimals >= 10:
            return answer(WRONG, "scale_error", f"{of}: the decimal point has slipped.", **figures)
    base = implied_base(numerator, printed)
    if denominator.value >= POPULATION and base and abs(Fraction(base[0]) / denominator.value - 1) <= NEAR:
        said = f"{of}; that would need a total of {say_range(base)}, another edition or definition of the denominator."
        return answer(WRONG, "wrong_denominator", said, base_that_gives_printed=base, **figures)
    said = of + (f"; that would need a total of {say_range(base)}." if base else "; no whole total gives it.")
    return answer(WRONG, "percentage_does_not_follow", said, base_that_gives_printed=base, **figures)


def implied_base(numerator: Number, printed: Number) -> list | None:
    """The denominators of which the numerator prints as this percentage; None where there is none."""
    half, size = printed.step / 2, abs(printed.value)
    if size <= half:
        return None
    low, high = numerator.ends
    ends = (low * 100 / (size + half), high * 100 / (size - half))
    if not exact_count(numerator):
        return list(ends)
    fits = [n for n in whole_between(*ends) if half_up(percent(numerator.value, Fraction(n)), printed.decimals) == size]
    return [fits[0], fits[-1]] if fits else None


def whole_between(low: Fraction, high: Fraction) -> list[int]:
    """Whole numbers from low to high: all of a short range, the two ends of a long one."""
    first, last = max(1, -(-low.numerator // low.denominator)), high.numerator // high.denominator
    if last - first > 20:
        return [first, first + 1, last - 1, last]
    return list(range(first, last + 1))


def _against_share(claim: Claim, given: Number, printed: Number, denominator: Number | None) -> Answer:
    """A share is printed, and a word or a bound beside it; or a share and the count that it makes."""
    made = Span(given.value, *given.ends)
    if given.unit == "percent" and given.value <= 1 and given.decimals >= 2 and "%" not in str(given["value"]):
        if printed.value is None or printed.value > 1:
            made = Span(*(x * 100 for x in made[:3]))
    figures = {"percent": made.value}
    what = "The printed share is"
    if printed.value is None:
        return _worded_share(claim, made, printed, what, figures)
    if printed.unit == "count" and denominator is not None:
        return _counted(claim, printed, denominator, given, None)
    if code := read.fit(printed, made, claim.text, strict=True):
        return from_fit(code, made, what, max(given.decimals, printed.decimals), **figures)
    return answer(WRONG, "percentage_does_not_follow", f"{given.text} is not {_bound(printed)}.", **figures)


def _uncounted(claim: Claim, numerator, denominator, printed: Number) -> Answer:
    if printed.value is None:
        if denominator is not None and numerator is None:
            return answer(
                UNKNOWN,
                "missing_counts",
                f"The count of {denominator.text} behind {printed.text!r} is not printed: print it.",
            )
        return answer(
            UNKNOWN,
            "missing_denominator",
            f"The number of which it is {printed.text!r} is not printed: print both counts.",
        )
    if printed.unit in ("percent", "") and printed.value > 100:
        return answer(WRONG, "impossible_percentage", "No part is more than 100% of its whole.")
    if numerator is not None and printed.unit in ("count", "money", "") and claim.kind in ("bound", "fraction_words"):
        return _bound_on_count(claim, numerator, printed)
    if numerator is not None:
        return _implied(claim, numerator, printed)
    if denominator is not None:
        return _possible(denominator, printed, claim)
    found = feasible_counts([abs(printed.value)], printed.decimals) if printed.unit in ("percent", "") else None
    return answer(
        UNKNOWN,
        "missing_denominator",
        "Neither the count nor the number of which it is a share is printed: print both.",
        feasible_n=found.feasible_n if found else None,
    )


def _bound_on_count(claim: Claim, counted: Number, printed: Number) -> Answer:
    """`over 500 followers`: a count against a bound, no share in it."""
    made = span(lambda v: v, counted)
    if code := read.fit(printed, made, claim.text, strict=True):
        return from_fit(code, made, "The count is", 0, "", difference=counted.value - printed.value)
    said = f"{counted.text} is not {_bound(printed)}."
    return answer(WRONG, "percentage_does_not_follow", said, difference=counted.value - printed.value)


def _implied(claim: Claim, numerator: Number, printed: Number) -> Answer:
    simple = any(r.plain for r in read.readings(printed, claim.text, strict=True)) and not truth(printed["approximate"])
    if not simple:
        return answer(UNKNOWN, "missing_denominator", "The number of which it is a share is not printed: print it.")
    base = implied_base(numerator, printed)
    if base is None and numerator.value == 0:
        return answer(UNKNOWN, "missing_denominator", "0 is 0% of any number: print the number of which it is a share.")
    if base is None:
        said = f"No whole number has {numerator.text} as {printed.text} of it: check both."
        return answer(WRONG, "impossible_base", said)
    if exact_count(numerator) and base[1] < numerator.value:
        return answer(
            WRONG,
            "impossible_base",
            f"{numerator.text} cannot be {printed.text} of {say_range(base)}.",
            base_that_gives_printed=base,
        )
    what = f"The number of which {numerator.text} is {printed.text} is not printed"
    said = f"{what}; it implies {say_range(base)}. Print it."
    return answer(UNKNOWN, "missing_denominator", said, base_that_gives_printed=base)


def _possible(denominator: Number, printed: Number, claim: Claim) -> Answer:
    if not exact_count(denominator) or not any(r.plain for r in read.readings(printed, claim.text, strict=True)):
        return answer(UNKNOWN, "missing_counts", "The count behind the share is not printed: print it.")
    n = int(denominator.value)
    if n <= 0:
        return answer(WRONG, "impossible_base", "There is no share of 0: print the two counts.")
    fits = half_up_numerators(abs(printed.value), printed.decimals, n)
    if not fits:
        return impossible([printed], n)
    said = f"The count behind {printed.text} of {n} is not printed; it implies {say_range((fits[0], fits[-1]))}."
    return answer(UNKNOWN, "missing_counts", said, numerators=numerators(fits))


def impossible(given: list[Number], n: int, found=None) -> Answer:
    values, places = [p.value for p in given], [p.decimals for p in given]
    found = found or feasible_counts(values, places, n)
    pairs = list(zip(values, places, strict=True))
    printed = ", ".join(p.text for p in given)
    if all(half_even_numerators(v, d, n) for v, d in pairs):
        said = f"Reproduces only if ties are rounded to the even digit: half up, {n} cannot give {printed}."
        return answer(ONLY_IF, "half_even_condition", said, feasible_n=found.feasible_n)
    telling = [v for v in values if v not in (0, 100)]
    if len(telling) > 1 and all(truncated_numerators(v, d, n) for v, d in pairs):
        right = ", ".join(say(percent(Fraction(truncated_numerators(v, d, n)[0]), Fraction(n)), d) for v, d in pairs)
        said = f"Of {n} these percentages have their decimals cut off; rounded they are {right}."
        return answer(WRONG, "truncated_not_rounded", said, feasible_n=found.feasible_n)
    single = dict.fromkeys(p.text for p, (v, d) in zip(given, pairs, strict=True) if not half_up_numerators(v, d, n))
    could = (
        f"; possible numbers: {listed(found.feasible_n)}"
        if found.feasible_n
        else f"; no number up to {max(500, n)} allows them all"
    )
    said = f"Each one of {n} is {say(Fraction(100, n))}%, so {n} cannot give {', '.join(single)}{could}."
    return answer(WRONG, "impossible_percentage", said, feasible_n=found.feasible_n)


def listed(numbers: list[int], most: int = 8) -> str:
    text = ", ".join(map(str, numbers[:most]))
    return text + (f" … ({len(numbers)} up to {numbers[-1]})" if len(numbers) > most else "")
