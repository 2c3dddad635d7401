"""Claims of a group: its percentages, counts with their percentages, parts and their total."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from . import readings as read
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, WRONG, Answer, answer, say, say_range
from .claim import Claim, exact_count
from .common import from_fit
from .possible_counts import feasible_counts, half_up_numerators
from .possible_counts import listed as numerators
from .printed_numbers import Number, Span, half_up, span, truth, whole_range
from .share_claims import implied_base, impossible, listed, percent, share_wrong, whole_between


def percent_group(claim: Claim) -> Answer:
    """percent_group, complement, parts_percent: do they add, and can they be percentages of the printed n?"""
    given = _of_100([p for p in claim.all("percentage") if p.value is not None])
    if not given:
        return answer(UNKNOWN, "missing_counts", "No percentage is printed: nothing to check.")
    if any(p.value < 0 or p.value > 100 for p in given):
        return answer(WRONG, "impossible_percentage", "A percentage of a group lies between 0 and 100.")
    if claim.kind == "complement" and len(given) < 2:
        return answer(UNKNOWN, "missing_counts", "Only one of the two percentages is printed: print both.")
    apart = claim["same_population"] is not None and not truth(claim["same_population"])
    constraint = "none" if apart else claim.constraint or ("none" if claim.kind == "percent_group" else "exhaustive")
    n = next((int(x.value) for x in claim.all("n") if x.value is not None and exact_count(x) and x.value >= 0), None)
    rounded = next((x for x in claim.all("n") if x.value is not None and x.half), None) if n is None else None
    if rounded is not None:
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
        return impossible(given, n, found)
    if n is not None and (clash := _numerators_clash(claim, given, n, constraint)):
        return clash
    feasible = found.feasible_n if found else None
    if rounded is not None and n != rounded.value and not truth(rounded["approximate"]):
        said = f"Reproduces only if {rounded.text} is a rounded number: {n} allows these percentages, it does not."
        return answer(ONLY_IF, "rounded_count_condition", said, feasible_n=feasible)
    if adding is not None:
        adding["recalculated"] |= {"feasible_n": feasible} if feasible is not None else {}
        if n is not None or claim.kind != "percent_group" or adding.verdict == ONLY_IF:
            return adding
    if n is None and claim.kind == "percent_group":
        few = f"; possible: {listed(feasible)}" if feasible else ""
        said = f"The number of which these are percentages is not printed{few}. Print it."
        return answer(UNKNOWN, "missing_counts", said, feasible_n=feasible)
    if n is None:
        return answer(REPRODUCES, "ok", "The percentages can stand together.", feasible_n=feasible)
    counts = found.numerators[n] if found else None
    return answer(
        REPRODUCES, "ok", f"All of them are possible percentages of {n}.", feasible_n=feasible, numerators=counts
    )


def _of_100(given: list[Number]) -> list[Number]:
    """Fractions that add to 1, no sign beside them, as percentages; others as they are."""
    bare = all("%" not in p.text and 0 <= p.value <= 1 and p.decimals > 1 for p in given)
    if not (bare and abs(sum(p.value for p in given) - 1) <= sum(p.step for p in given)):
        return given
    return [replace(p, value=p.value * 100, decimals=p.decimals - 2) for p in given]


def _rounded_size(given: list[Number], n: Number) -> int:
    """The size to judge by where the printed one is rounded: itself where that fits, else the first that does."""
    low, high = whole_range(n.ends[0], n.ends[1] + 1) or (int(n.value), int(n.value))
    sizes = [int(n.value), *range(max(1, low), min(high, low + 2000) + 1)]
    fits = (size for size in sizes if all(half_up_numerators(p.value, p.decimals, size) for p in given))
    return next(fits, int(n.value))


def _sized(adding: Answer, given: list[Number], n: int) -> Answer:
    """Percentages that do not add and are impossible for n besides: the sum is said, the counts with it."""
    found = feasible_counts([p.value for p in given], [p.decimals for p in given], n)
    adding["recalculated"]["feasible_n"] = found.feasible_n
    return adding


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
        return answer(WRONG, code, said, numerators=[numerators(c) for c in counts])
    return None


def share_group(claim: Claim) -> Answer:
    """Counts, their percentages and the number of which they are shares."""
    pairs = paired(claim.all("numerator"), claim.all("percentage"))
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
        return share_wrong(claim, numerator, whole, percentage, made, figures)
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
            for n in whole_between(low, high)
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


def paired(first: list[Number], second: list[Number]) -> list[tuple[Number, Number]]:
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
    gap = total.value - made.value
    said = f"{what}, not {total.text}: {say(abs(gap), places)} too {'many' if gap > 0 else 'few'} in the total."
    if extra := _part_that_explains(known, gap):
        said += f" It is {extra}."
    return answer(WRONG, "parts_do_not_add", said, **figures)


def _coarse(made: Span, total: Number) -> list[Fraction]:
    """The sum as the total is printed, where that is in coarser units: £1.2m of parts in pounds."""
    if total.step == 1 and not total["rounded_to"]:
        return [half_up(made.value)] if made.low != made.high and made.value.denominator == 1 else []
    unit = read.number_of(total["rounded_to"]) or total.step
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
