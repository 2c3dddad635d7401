"""Claims of shares and of parts: one share, percentages of a group, parts and their total."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from . import readings as read
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, WRONG, Answer, answer, say, say_range
from .changes import change
from .common import change_figures, from_fit
from .feasible import feasible_counts, half_even_numerators, half_up_numerators, truncated_numerators
from .model import Claim, exact_count
from .multiples import fraction_of_change, multiple
from .numbers import Number, Span, half_up, span, truth, whole_range

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
        return _share_wrong(claim, numerator, denominator, given, made, figures)
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
    return _share_wrong(claim, numerator, denominator, printed, made, figures)


def _over_100(printed: Number) -> bool:
    return printed.value is not None and printed.value > 100


def _range(made: Span) -> bool:
    return made.low != made.high


def _bound(printed: Number) -> str:
    return f"{printed['comparison'] or printed['word'] or ''} {printed.text}".strip()


def _in_print_unit(printed: Number, made: Span) -> Span:
    """The share as the print gives it: a percentage, or a fraction of 1 where it prints 0.27."""
    if printed.unit in ("", "times", "measure") and abs(printed.value) <= 1 and printed.decimals >= 2:
        return Span(*(x / 100 for x in made[:3]), made.counts)
    if (per := _per(printed)) and per != 100:
        return Span(*(x * per / 100 for x in made[:3]), made.counts)
    return made


def _per(printed: Number) -> int | None:
    from .numbers import per_of

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


def _share_wrong(claim: Claim, numerator, denominator, printed: Number, made: Span, figures: dict) -> Answer:
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
        said = f"{of}: it would be of {say_range(base)}, another edition or definition of the denominator."
        return answer(WRONG, "wrong_denominator", said, base_that_gives_printed=base, **figures)
    said = of + (f"; it would be of {say_range(base)}." if base else "; no whole number as a base gives it.")
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
    fits = [
        n for n in _whole_between(*ends) if half_up(percent(numerator.value, Fraction(n)), printed.decimals) == size
    ]
    return [fits[0], fits[-1]] if fits else None


def _whole_between(low: Fraction, high: Fraction) -> list[int]:
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
    fits = half_up_numerators(abs(printed.value), printed.decimals, n) if n else ()
    if not fits:
        return _impossible([printed], n)
    said = f"The count behind {printed.text} of {n} is not printed; it implies {say_range((fits[0], fits[-1]))}."
    return answer(UNKNOWN, "missing_counts", said, numerators=list(fits))


# --- percentages of a group -----------------------------------------------------------------------------------


def percent_group(claim: Claim) -> Answer:
    """percent_group, complement, parts_percent: do they add, and can they be percentages of the printed n?"""
    given = [p for p in claim.all("percentage") if p.value is not None]
    if not given:
        return answer(UNKNOWN, "missing_counts", "No percentage is printed: nothing to check.")
    if any(p.value < 0 or p.value > 100 for p in given):
        return answer(WRONG, "impossible_percentage", "A percentage of a group lies between 0 and 100.")
    if claim.kind == "complement" and len(given) < 2:
        return answer(UNKNOWN, "missing_counts", "Only one of the two percentages is printed: print both.")
    apart = claim["same_population"] is not None and not truth(claim["same_population"])
    constraint = "none" if apart else claim.constraint or ("none" if claim.kind == "percent_group" else "exhaustive")
    n = next((int(x.value) for x in claim.all("n") if x.value is not None and exact_count(x) and x.value >= 0), None)
    if n is None and (rounded := next((x for x in claim.all("n") if x.value is not None and x.half), None)):
        n = _rounded_size(given, rounded)
    rough = any(truth(p["approximate"]) or p["comparison"] for p in given)
    adding = _adding(claim, given, constraint, rough)
    if adding is not None and adding.verdict == WRONG:
        return _sized(adding, given, n) if n else adding
    if rough:
        return adding or answer(UNKNOWN, "missing_counts", "The percentages are approximate: print the counts.")
    if claim["same_population"] is not None and not truth(claim["same_population"]):
        found = None
        bad = [p for p in given if n and not half_up_numerators(p.value, p.decimals, n)]
    else:
        found = feasible_counts([p.value for p in given], [p.decimals for p in given], n)
        bad = [] if n is None or found.possible else given
    if n == 0:
        return answer(WRONG, "impossible_base", "There are no percentages of a group of 0.")
    if n is not None and bad:
        return _impossible(given, n, found)
    if n is not None and (clash := _numerators_clash(claim, given, n, constraint)):
        return clash
    feasible = found.feasible_n if found else None
    if adding is not None:
        adding["recalculated"] |= {"feasible_n": feasible} if feasible is not None else {}
        if n is not None or claim.kind != "percent_group" or adding.verdict == ONLY_IF:
            return adding
    if n is None and claim.kind == "percent_group":
        few = f"; possible: {_list(feasible)}" if feasible else ""
        said = f"The number of which these are percentages is not printed{few}. Print it."
        return answer(UNKNOWN, "missing_counts", said, feasible_n=feasible)
    if n is None:
        return answer(REPRODUCES, "ok", "The percentages can stand together.", feasible_n=feasible)
    counts = found.numerators[n] if found else None
    return answer(
        REPRODUCES, "ok", f"All of them are possible percentages of {n}.", feasible_n=feasible, numerators=counts
    )


def _rounded_size(given: list[Number], n: Number) -> int:
    """The size to judge by where the printed one is rounded: itself where that fits, else the first that does."""
    low, high = whole_range(n.ends[0], n.ends[1] + 1) or (int(n.value), int(n.value))
    sizes = [int(n.value), *range(max(1, low), min(high, low + 2000) + 1)]
    fits = (size for size in sizes if all(half_up_numerators(p.value, p.decimals, size) for p in given))
    return next(fits, int(n.value))


def _list(numbers: list[int], most: int = 8) -> str:
    text = ", ".join(map(str, numbers[:most]))
    return text + (f" … ({len(numbers)} up to {numbers[-1]})" if len(numbers) > most else "")


def _sized(adding: Answer, given: list[Number], n: int) -> Answer:
    """Percentages that do not add and are impossible for n besides: the sum is said, the counts with it."""
    found = feasible_counts([p.value for p in given], [p.decimals for p in given], n)
    adding["recalculated"]["feasible_n"] = found.feasible_n
    return adding


def _impossible(given: list[Number], n: int, found=None) -> Answer:
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
    single = [p.text for p, (v, d) in zip(given, pairs, strict=True) if not half_up_numerators(v, d, n)]
    could = (
        f"; possible: {_list(found.feasible_n)}"
        if found.feasible_n
        else f"; no number up to {max(500, n)} allows them all"
    )
    said = f"{n} cannot give {', '.join(single)}: each is one in {n}, {say(Fraction(100, n))}%{could}."
    return answer(WRONG, "impossible_percentage", said, feasible_n=found.feasible_n)


def _adding(claim: Claim, given: list[Number], constraint: str, rough: bool) -> Answer | None:
    """Whether percentages of parts add to 100; None where they need not."""
    if len(given) < 2:
        return None
    total = sum(p.value for p in given)
    unit = max(p.step for p in given)
    slack = sum(p.step for p in given) / 2 + (Fraction(5) if rough else 0)
    said = f"{' + '.join(p.text.rstrip('%') for p in given)} = {say(total, max(p.decimals for p in given))}"
    figures = {"total": total}
    pair = len(given) == 2
    wrong = "complement_does_not_add" if pair else "parts_do_not_add"
    if constraint == "none":
        if total > 100 + slack and claim.kind != "percent_group":
            return answer(
                ONLY_IF, "overlap_condition", f"{said}: reproduces only if the groups overlap; say so.", **figures
            )
        if total < 100 - slack and claim.kind == "complement":
            return answer(
                ONLY_IF,
                "overlap_condition",
                f"{said}: reproduces only if others are in neither group; say so.",
                **figures,
            )
        return None
    if constraint == "exclusive":
        if total > 100 + (unit if pair else slack):
            return answer(WRONG, wrong, f"{said}: groups that do not overlap cannot exceed 100.", **figures)
        return None
    if total == 100:
        return answer(REPRODUCES, "ok", f"{said}.", **figures)
    if pair and len({p.step for p in given}) == 1 and not rough:
        if total == 100 + unit:
            return answer(REPRODUCES, "ok_rounding", f"{said}: both halves were rounded up.", **figures)
        return answer(
            WRONG,
            wrong,
            f"{said}: two parts of a whole add to 100, or one unit over; one was cut off, is wrong, "
            "or a third group is missing.",
            **figures,
        )
    if abs(total - 100) <= slack:
        return answer(REPRODUCES, "ok_rounding", f"{said}: within rounding of 100.", **figures)
    return answer(
        WRONG, wrong, f"{said}: more than rounding can explain (up to {say(slack)} for {len(given)} parts).", **figures
    )


def _numerators_clash(claim: Claim, given: list[Number], n: int, constraint: str) -> Answer | None:
    """Percentages each possible for n, whose counts cannot add to n."""
    if constraint not in ("exhaustive", "exclusive") or len(given) < 2:
        return None
    counts = [half_up_numerators(p.value, p.decimals, n) for p in given]
    least, most = sum(c[0] for c in counts), sum(c[-1] for c in counts)
    if least > n or (constraint == "exhaustive" and most < n):
        code = "complement_does_not_add" if len(given) == 2 else "parts_do_not_add"
        said = f"The counts behind these percentages add to {say_range((least, most))}, not to {n}."
        return answer(WRONG, code, said, numerators=[list(c) for c in counts])
    return None


def share_group(claim: Claim) -> Answer:
    """Counts, their percentages and the number of which they are shares."""
    pairs = _paired(claim.all("numerator"), claim.all("percentage"))
    whole = claim.known("denominator")
    known = [(a, b) for a, b in pairs if a.value is not None and b.value is not None]
    if not known:
        return answer(UNKNOWN, "missing_counts", "The counts behind the percentages are not printed: print them.")
    if whole is None:
        return _share_group_without(claim, pairs, known)
    if whole.value <= 0:
        return answer(WRONG, "impossible_base", "There is no share of 0: print the counts.")
    codes, wrong = [], []
    for numerator, percentage in known:
        made = span(percent, numerator, whole)
        code = read.fit(percentage, made, claim.text)
        codes.append(code)
        if code in ("", "truncated_not_rounded"):
            wrong.append((numerator, percentage, made))
    figures = {"percent": [percent(a.value, whole.value) for a, _ in known]}
    if wrong:
        return _share_group_wrong(claim, known, whole, wrong, codes, figures)
    total = sum(a.value for a, _ in known)
    if claim.constraint in ("exhaustive", "exclusive") and len(known) == len(pairs) and exact_count(whole):
        slack = sum(a.half for a, _ in known)
        short = claim.constraint == "exhaustive" and whole.value - total > slack
        if short or total - whole.value > slack:
            return answer(
                WRONG, "parts_do_not_add", f"The counts add to {say(total, 0)}, not to {whole.text}.", total=total
            )
    for code in ("half_even_condition", "rounded_count_condition", "unrounded_inputs_condition"):
        if code in codes:
            numerator, percentage = known[codes.index(code)]
            return from_fit(code, span(percent, numerator, whole), "", percentage.decimals, **figures)
    return answer(REPRODUCES, "ok", f"Every percentage follows from its count of {whole.text}.", **figures)


def _share_group_wrong(claim, known, whole, wrong, codes, figures) -> Answer:
    names = "; ".join(f"{a.text} of {whole.text} is {say(m.value, p.decimals)}%, not {p.text}" for a, p, m in wrong)
    if all(code == "truncated_not_rounded" for code in codes if code not in ("ok",)):
        return answer(WRONG, "truncated_not_rounded", f"Decimals are cut off, not rounded: {names}.", **figures)
    if len(wrong) == len(known) and len(known) > 1 and (base := _common_base(known)):
        said = f"{names}: all of them are percentages of {say_range(base)}."
        return answer(WRONG, "wrong_denominator", said, base_that_gives_printed=base, **figures)
    if len(known) == 1:
        numerator, percentage, made = wrong[0]
        return _share_wrong(claim, numerator, whole, percentage, made, figures)
    return answer(WRONG, "percentage_does_not_follow", f"{names}.", **figures)


def _common_base(known) -> list | None:
    """The denominators that give every printed percentage; None where there is none."""
    low, high = Fraction(0), read.INFINITE
    for numerator, percentage in known:
        size, half = abs(percentage.value), percentage.step / 2
        a, b = numerator.ends
        low = max(low, a * 100 / (size + half))
        high = min(high, b * 100 / (size - half)) if size > half else high
    if low > high or high == read.INFINITE:
        return None
    if all(exact_count(a) for a, _ in known):
        fits = [
            n
            for n in _whole_between(low, high)
            if all(half_up(percent(a.value, Fraction(n)), p.decimals) == abs(p.value) for a, p in known)
        ]
        return [fits[0], fits[-1]] if fits else None
    return [low, high]


def _share_group_without(claim: Claim, pairs, known) -> Answer:
    total = sum(a.value for a, _ in known)
    if claim.constraint == "exhaustive" and len(known) == len(pairs) and total:
        stand_in = Number("denominator", total, 0, "count", 1, {"value": say(total, 0)})
        codes = [read.fit(p, span(percent, a, stand_in), claim.text) for a, p in known]
        if all(code == "ok" for code in codes):
            return answer(
                REPRODUCES,
                "ok",
                f"Every percentage follows from the sum of the counts, {say(total, 0)}.",
                base_that_gives_printed=total,
            )
    if base := _common_base(known):
        said = f"The number of which these are percentages is not printed; they imply {say_range(base)}. Print it."
        return answer(UNKNOWN, "missing_denominator", said, base_that_gives_printed=base)
    singles = [implied_base(a, p) for a, p in known]
    if len(known) == 1 or any(s is None and a.value for s, (a, _) in zip(singles, known, strict=True)):
        return answer(WRONG, "impossible_base", "No whole number as a base gives these percentages: check the counts.")
    if claim["same_population"] is not None and not truth(claim["same_population"]):
        return answer(
            UNKNOWN, "missing_denominator", "The numbers of which these are percentages are not printed: print them."
        )
    said = "No one number gives all of these percentages: " + "; ".join(
        f"{p.text} of {say_range(s)}" for s, (_, p) in zip(singles, known, strict=True) if s
    )
    return answer(WRONG, "impossible_base", said + ".")


def _paired(first: list[Number], second: list[Number]) -> list[tuple[Number, Number]]:
    """Numbers of two roles that belong together: by name where all are named alike, else in their order."""
    names = [str(n["name"]) for n in first]
    if first and all(n["name"] for n in [*first, *second]) and len(set(names)) == len(names):
        by_name = {str(n["name"]): n for n in second}
        if set(by_name) <= set(names) and len(by_name) == len(second):
            return [(a, by_name[str(a["name"])]) for a in first if str(a["name"]) in by_name]
    return list(zip(first, second, strict=False))


# --- parts and their total ------------------------------------------------------------------------------------


def parts_total(claim: Claim) -> Answer:
    """Parts that should add to a printed total; a part with `sign` - is subtracted."""
    parts, total = claim.all("part"), claim.one("total")
    known = [p for p in parts if p.value is not None]
    if total is None or total.value is None:
        made = sum((_signed(p) for p in known), Fraction(0))
        return answer(
            UNKNOWN, "missing_counts", f"The total is not printed; the parts give {say(made, 0)}.", total=made
        )
    if len(known) < len(parts) or not known:
        made = sum((_signed(p) for p in known), Fraction(0))
        rest = total.value - made
        if rest < 0 and claim.constraint != "none" and all(p["sign"] is None for p in parts):
            return answer(
                WRONG,
                "parts_do_not_add",
                f"The printed parts alone are {say(made, 0)}, more than {total.text}.",
                total=made,
            )
        return answer(
            UNKNOWN,
            "missing_counts",
            f"A part is not printed; the others leave {say(rest, 0)} of {total.text}.",
            missing_part=rest,
        )
    made = (
        span(lambda *v: sum(x * _factor(p) for x, p in zip(v, known, strict=True)), *known)
        if len(known) < 13
        else _sum(known)
    )
    figures = {"total": made.value, "difference": total.value - made.value}
    places = max(n.decimals for n in [*known, total])
    if total.scale == 1 and all(p.scale == 1 for p in known):
        shown = say(made.value, places)
    else:
        shown = say(made.value, 0)
    what = f"The parts add to {shown}"
    constraint = claim.constraint or "exhaustive"
    if made.value == total.value:
        return answer(REPRODUCES, "ok", f"{what}, as printed.", **figures)
    if any(value == total.value for value in _coarse(made, total)):
        return answer(REPRODUCES, "ok", f"{what}, printed as {total.text}.", **figures)
    if constraint == "exclusive" and made.value <= total.value:
        return answer(REPRODUCES, "ok", f"{what}, within {total.text}.", **figures)
    if any(made.value in r for r in read.readings(total, claim.text) if not r.plain):
        return answer(REPRODUCES, "ok", f"{what}, fairly printed as {total.text}.", **figures)
    percentages = all(p.unit == "percent" for p in known) and (total.unit == "percent" or total.value == 100)
    if percentages and len(known) > 2 and abs(made.value - total.value) <= sum(p.step for p in known) / 2:
        return answer(REPRODUCES, "ok_rounding", f"{what}, within rounding of {total.text}.", **figures)
    low, high = total.ends
    if made.low <= high and made.high >= low and (made.low != made.high or low != high):
        counts = any(p.rounded_count for p in [*known, total])
        code = "rounded_count_condition" if counts else "unrounded_inputs_condition"
        said = f"{what}; reproduces only if the parts or the total ({total.text}) were rounded after adding."
        return answer(ONLY_IF, code, said, **figures)
    if constraint == "none":
        how = "the groups overlap" if made.value > total.value else "others are in none of the groups"
        return answer(
            ONLY_IF, "overlap_condition", f"{what}, not {total.text}: reproduces only if {how}; say so.", **figures
        )
    said = f"{what}, not {total.text}: the difference is {say(total.value - made.value, places)}."
    if extra := _part_that_explains(known, total.value - made.value):
        said += f" It is {extra}."
    return answer(WRONG, "parts_do_not_add", said, **figures)


def _coarse(made: Span, total: Number) -> list[Fraction]:
    """The sum as the total is printed, where that is in coarser units: £1.2m of parts in pounds."""
    if total.step == 1 and not total["rounded_to"]:
        return [half_up(made.value)] if made.low != made.high and made.value.denominator == 1 else []
    unit = read.number_of(total["rounded_to"]) if total["rounded_to"] else total.step
    return [half_up(made.value / unit) * unit] if made.low == made.high else []


def _sum(known: list[Number]) -> Span:
    value = sum(_signed(p) for p in known)
    slack = sum(p.half for p in known)
    return Span(value, value - slack, value + slack, any(p.rounded_count for p in known))


def _factor(part: Number) -> int:
    return (
        -1
        if str(part["sign"] or "").strip().lower()
        in ("-", "-1", "minus", "\u2212", "negative", "subtract", "subtracted", "less", "deducted")
        else 1
    )


def _signed(part: Number) -> Fraction:
    return part.value * _factor(part)


def _part_that_explains(known: list[Number], gap: Fraction) -> str:
    """A part, or two, that the printed total seems to leave out or to count twice."""
    for size in (1, 2):
        for some in combinations(known, size):
            if sum(_signed(p) for p in some) == abs(gap):
                names = " and ".join(f"{p.text}" + (f" ({p.name})" if p.name else "") for p in some)
                return f"{names}, {'counted twice or missing from the parts' if gap > 0 else 'left out of the total'}"
    digits = str(abs(int(gap)))
    return (
        "a multiple of 9, as when two digits are exchanged"
        if gap and gap.denominator == 1 and int(gap) % 9 == 0 and len(digits) < 4
        else ""
    )
