"""Claims of a group: its percentages, and counts with their percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from . import fair_readings, print_fit
from .answers import ONLY_IF, WRONG, Answer, figure_text, only_if, range_text, reproduces, unknown, wrong
from .claim import Claim, exact_count
from .implied_counts import first_few, implied_base, impossible, whole_between
from .possible_counts import count_list, half_up_numerators, sizes_of_group
from .print_fit import fit_answer
from .printed_numbers import Figure, Number, half_up, span, truth, whole_range
from .share_claims import percent, share_wrong

N = TypeVar("N", bound=Number)


def percent_group(claim: Claim) -> Answer:
    """percent_group, complement, parts_percent: do they add, and can they be percentages of the printed n?"""
    percentages = _of_100(claim.figures("percentage"))
    if not percentages:
        return unknown("missing_counts", "No percentage is printed: nothing to check.")
    if any(p.value < 0 or p.value > 100 for p in percentages):
        return wrong("impossible_percentage", "A percentage of a group lies between 0 and 100.")
    if claim.kind == "complement" and len(percentages) < 2:
        return unknown("missing_counts", "Only one of the two percentages is printed: print both.")
    apart = _apart(claim)
    constraint = "none" if apart else claim.constraint or ("none" if claim.kind == "percent_group" else "exhaustive")
    n = next((int(x.value) for x in claim.figures("n") if exact_count(x) and x.value >= 0), None)
    rounded = next((x for x in claim.figures("n") if x.half), None) if n is None else None
    if rounded is not None:
        n = _rounded_size(percentages, rounded)
    rough = any(truth(p["approximate"]) or p["comparison"] for p in percentages)
    adding = _adding(claim, percentages, constraint, rough)
    if adding is not None and adding.verdict == WRONG:
        return _sized(adding, percentages, n) if n else adding
    if rough:
        return adding or unknown("missing_counts", "The percentages are approximate: print the counts.")
    return _of_size(claim, percentages, n, rounded, constraint, adding)


def _apart(claim: Claim) -> bool:
    """Whether the percentages are said to be of different groups."""
    return claim["same_population"] is not None and not truth(claim["same_population"])


def _of_size(claim: Claim, percentages, n: int | None, rounded: Figure | None, constraint: str, adding) -> Answer:
    """Whether a group of the printed size can have these percentages; without a size, which sizes can."""
    possible = None if _apart(claim) else _sizes(percentages, n, constraint)
    if n == 0:
        return wrong("impossible_base", "There are no percentages of a group of 0.")
    alone = [p for p in percentages if n and not half_up_numerators(p.value, p.decimals, n)]
    if n is not None and alone:
        return impossible(percentages, n, possible)
    if n is not None and (clash := _numerators_clash(claim, percentages, n, constraint)):
        return clash
    if rounded is not None and n != rounded.value and not truth(rounded["approximate"]):
        sentence = f"Reproduces only if {rounded.text} is a rounded number: {n} allows these percentages, it does not."
        return only_if("rounded_count_condition", sentence, feasible_n=possible)
    if adding is not None:
        adding["recalculated"] |= {"feasible_n": possible} if possible is not None else {}
        if n is not None or claim.kind != "percent_group" or adding.verdict == ONLY_IF:
            return adding
    if n is None and claim.kind == "percent_group":
        few = f"; possible: {first_few(possible)}" if possible else ""
        sentence = f"The number of which these are percentages is not printed{few}. Print it."
        return unknown("missing_counts", sentence, feasible_n=possible)
    if n is None:
        return reproduces("ok", "The percentages can stand together.", feasible_n=possible)
    fits = [half_up_numerators(p.value, p.decimals, n) for p in percentages] if possible and n in possible else []
    sentence = f"All of them are possible percentages of {n}."
    return reproduces("ok", sentence, feasible_n=possible, numerators=list(map(count_list, fits)) or None)


def _sizes(percentages: list[Figure], n: int | None, constraint: str = "none") -> list[int]:
    """The group sizes that allow these percentages, their counts together as the constraint says."""
    return sizes_of_group(
        [(p.value, p.decimals) for p in percentages], n, constraint if len(percentages) > 1 else "none"
    )


def _sum_of(figures: list[Figure]) -> Fraction:
    return sum((f.value for f in figures), Fraction(0))


def _of_100(percentages: list[Figure]) -> list[Figure]:
    """Fractions that add to 1, no sign beside them, as percentages; others as they are."""
    bare = all("%" not in p.text and 0 <= p.value <= 1 and p.decimals > 1 for p in percentages)
    if not (bare and abs(_sum_of(percentages) - 1) <= sum(p.step for p in percentages)):
        return percentages
    return [replace(p, value=p.value * 100, decimals=p.decimals - 2) for p in percentages]


def _rounded_size(percentages: list[Figure], n: Figure) -> int:
    """The size to judge by where the printed one is rounded: itself where that fits, else the first that does."""
    low, high = whole_range(n.ends[0], n.ends[1] + 1) or (int(n.value), int(n.value))
    sizes = [int(n.value), *range(max(1, low), min(high, low + 2000) + 1)]
    fits = (size for size in sizes if all(half_up_numerators(p.value, p.decimals, size) for p in percentages))
    return next(fits, int(n.value))


def _sized(adding: Answer, percentages: list[Figure], n: int) -> Answer:
    """Percentages that do not add and are impossible for n besides: the sum is said, the counts with it."""
    adding["recalculated"]["feasible_n"] = _sizes(percentages, n)
    return adding


def _adding(claim: Claim, percentages: list[Figure], constraint: str, rough: bool) -> Answer | None:
    """Whether percentages of parts add to 100; None where they need not."""
    if len(percentages) < 2:
        return None
    total = _sum_of(percentages)
    unit = max(p.step for p in percentages)
    slack = sum((p.step for p in percentages), Fraction(0)) / 2 + (Fraction(5) if rough else 0)
    places = max(p.decimals for p in percentages)
    sums = f"{' + '.join(p.text.rstrip('%') for p in percentages)} = {figure_text(total, places)}"
    pair = len(percentages) == 2
    code = "complement_does_not_add" if pair else "parts_do_not_add"
    if constraint == "none":
        return _overlapping(claim, total, slack, sums)
    if constraint == "exclusive":
        over = total > 100 + (unit if pair else slack)
        sentence = f"{sums}: groups that do not overlap cannot exceed 100."
        return wrong(code, sentence, total=total) if over else None
    if total == 100:
        return reproduces("ok", f"{sums}.", total=total)
    if pair and len({p.step for p in percentages}) == 1 and not rough:
        if total == 100 + unit:
            return reproduces("ok_rounding", f"{sums}: both halves were rounded up.", total=total)
        sentence = (
            f"{sums}: two parts of a whole add to 100, or one unit over; one was cut off, is wrong, "
            "or a third group is missing."
        )
        return wrong(code, sentence, total=total)
    if abs(total - 100) <= slack:
        return reproduces("ok_rounding", f"{sums}: within rounding of 100.", total=total)
    most = f"up to {figure_text(slack)} for {len(percentages)} parts"
    return wrong(code, f"{sums}: more than rounding can explain ({most}).", total=total)


def _overlapping(claim: Claim, total: Fraction, slack: Fraction, sums: str) -> Answer | None:
    """Percentages of groups that may overlap: a sum away from 100 needs saying, where they are called parts."""
    if total > 100 + slack and claim.kind != "percent_group":
        how = "the groups overlap"
    elif total < 100 - slack and claim.kind == "complement":
        how = "others are in neither group"
    else:
        return None
    return only_if("overlap_condition", f"{sums}: reproduces only if {how}; say so.", total=total)


def _numerators_clash(claim: Claim, percentages: list[Figure], n: int, constraint: str) -> Answer | None:
    """Percentages each possible for n, whose counts cannot add to n."""
    if constraint not in ("exhaustive", "exclusive") or len(percentages) < 2:
        return None
    counts = [half_up_numerators(p.value, p.decimals, n) for p in percentages]
    least, most = sum(c[0] for c in counts), sum(c[-1] for c in counts)
    if least > n or (constraint == "exhaustive" and most < n):
        code = "complement_does_not_add" if len(percentages) == 2 else "parts_do_not_add"
        sentence = f"The counts behind these percentages add to {range_text((least, most))}, not to {n}."
        return wrong(code, sentence, numerators=[count_list(c) for c in counts])
    return None


def share_group(claim: Claim) -> Answer:
    """Counts, their percentages and the number of which they are shares."""
    pairs = paired(claim.all("numerator"), claim.all("percentage"))
    denominator = claim.figure("denominator")
    complete = [(a, b) for a, b in pairs if isinstance(a, Figure) and isinstance(b, Figure)]
    if not complete:
        return unknown("missing_counts", "The counts behind the percentages are not printed: print them.")
    if denominator is None:
        return _share_group_without(claim, pairs, complete)
    if denominator.value <= 0:
        return wrong("impossible_base", "There is no share of 0: print the counts.")
    codes, failing = [], []
    for numerator, percentage in complete:
        result = span(percent, numerator, denominator)
        code = print_fit.fit(percentage, result, claim.text)
        codes.append(code)
        if code in ("", "truncated_not_rounded"):
            failing.append((numerator, percentage, result))
    figures: dict[str, Any] = {"percent": [percent(a.value, denominator.value) for a, _ in complete]}
    if failing:
        return _share_group_wrong(claim, complete, denominator, failing, codes, figures)
    total = _sum_of([a for a, _ in complete])
    if claim.constraint in ("exhaustive", "exclusive") and len(complete) == len(pairs) and exact_count(denominator):
        slack = sum(a.half for a, _ in complete)
        short = claim.constraint == "exhaustive" and denominator.value - total > slack
        if short or total - denominator.value > slack:
            sentence = f"The counts add to {figure_text(total, 0)}, not to {denominator.text}."
            return wrong("parts_do_not_add", sentence, total=total)
    for code in ("half_even_condition", "rounded_count_condition", "unrounded_inputs_condition"):
        if code in codes:
            numerator, percentage = complete[codes.index(code)]
            return fit_answer(code, span(percent, numerator, denominator), "", percentage.decimals, **figures)
    return reproduces("ok", f"Every percentage follows from its count of {denominator.text}.", **figures)


def _share_group_wrong(claim, pairs, denominator, failing, codes, figures) -> Answer:
    names = "; ".join(
        f"{a.text} of {denominator.text} is {figure_text(m.value, p.decimals)}%, not {p.text}" for a, p, m in failing
    )
    if all(code == "truncated_not_rounded" for code in codes if code not in ("ok",)):
        return wrong("truncated_not_rounded", f"Decimals are cut off, not rounded: {names}.", **figures)
    if len(failing) == len(pairs) and len(pairs) > 1 and (base := _common_base(pairs)):
        sentence = f"{names}: all of them are percentages of {range_text(base)}."
        return wrong("wrong_denominator", sentence, base_that_gives_printed=base, **figures)
    if len(pairs) == 1:
        numerator, percentage, result = failing[0]
        return share_wrong(claim, numerator, denominator, percentage, result, figures)
    return wrong("percentage_does_not_follow", f"{names}.", **figures)


def _common_base(pairs) -> list | None:
    """The denominators that give every printed percentage; None where there is none."""
    low, high = Fraction(0), fair_readings.INFINITE
    for numerator, percentage in pairs:
        size, half = abs(percentage.value), percentage.step / 2
        a, b = numerator.ends
        low = max(low, a * 100 / (size + half))
        high = min(high, b * 100 / (size - half)) if size > half else high
    if low > high or high == fair_readings.INFINITE:
        return None
    if all(exact_count(a) for a, _ in pairs):
        fits = [
            n
            for n in whole_between(low, high)
            if all(half_up(percent(a.value, Fraction(n)), p.decimals) == abs(p.value) for a, p in pairs)
        ]
        return [fits[0], fits[-1]] if fits else None
    return [low, high]


def _share_group_without(claim: Claim, pairs, complete) -> Answer:
    total = _sum_of([a for a, _ in complete])
    if claim.constraint == "exhaustive" and len(complete) == len(pairs) and total:
        stand_in = Figure("denominator", total, 0, "count", 1, {"value": figure_text(total, 0)})
        codes = [print_fit.fit(p, span(percent, a, stand_in), claim.text) for a, p in complete]
        if all(code == "ok" for code in codes):
            sentence = f"Every percentage follows from the sum of the counts, {figure_text(total, 0)}."
            return reproduces("ok", sentence, base_that_gives_printed=total)
    if base := _common_base(complete):
        sentence = f"The number of which these are percentages is not printed; they imply {range_text(base)}. Print it."
        return unknown("missing_denominator", sentence, base_that_gives_printed=base)
    singles = [implied_base(a, p) for a, p in complete]
    if len(complete) == 1 or any(s is None and a.value for s, (a, _) in zip(singles, complete, strict=True)):
        return wrong("impossible_base", "No whole number as a base gives these percentages: check the counts.")
    if claim["same_population"] is not None and not truth(claim["same_population"]):
        return unknown("missing_denominator", "The numbers of which these are percentages are not printed: print them.")
    sentence = "No one number gives all of these percentages: " + "; ".join(
        f"{p.text} of {range_text(s)}" for s, (_, p) in zip(singles, complete, strict=True) if s
    )
    return wrong("impossible_base", sentence + ".")


def paired(first: Sequence[N], second: Sequence[N]) -> list[tuple[N, N]]:
    """Numbers of two roles that belong together: by name where all are named alike, else in their order."""
    names = [str(n["name"]) for n in first]
    if first and all(n["name"] for n in [*first, *second]) and len(set(names)) == len(names):
        by_name = {str(n["name"]): n for n in second}
        if set(by_name) <= set(names) and len(by_name) == len(second):
            return [(a, by_name[str(a["name"])]) for a in first if str(a["name"]) in by_name]
    return list(zip(first, second, strict=False))
