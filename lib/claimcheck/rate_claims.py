"""Claims of averages and of rates per population."""

from __future__ import annotations

import re
from fractions import Fraction

from . import readings as read
from .answers import ONLY_IF, UNKNOWN, WRONG, Answer, answer, say, say_range
from .claim import Claim, exact_count
from .common import from_fit, months_of
from .group_claims import paired
from .printed_numbers import Number, Span, span, truth, whole_range
from .share_claims import percent

PERS = (1, 100, 1000, 10_000, 100_000, 1_000_000)


def average(claim: Claim) -> Answer:
    """A total over a divisor."""
    total, divisor, printed = claim.known("total"), claim.known("divisor"), claim.one("printed")
    parts = claim.all("part")
    if total is None and _complete(parts):
        total = Number(
            "total", sum(p.value for p in parts), 0, "count", 1, {"value": " + ".join(p.text for p in parts)}
        )
        divisor = divisor or Number("divisor", Fraction(len(parts)), 0, "count", 1, {"value": str(len(parts))})
    if printed is None or (printed.value is None and not printed["word"]):
        return answer(UNKNOWN, "missing_counts", "No average is printed: nothing to check.")
    if divisor is None or total is None:
        return _average_without(total, divisor, printed)
    if divisor.value == 0:
        return answer(WRONG, "impossible_base", "There is no average over 0.")
    made = span(lambda t, d: t / d, total, divisor)
    figures = {"average": made.value}
    what = f"{total.text} over {divisor.text} is"
    if printed.unit == "percent" and total.unit != "percent" and abs(made.value) <= 1:
        made = Span(*(x * 100 for x in made[:3]), made.counts)
    if printed.value is None:
        return answer(
            UNKNOWN, "missing_counts", f"{what} {say(made.value)}; the average is not printed as a number.", **figures
        )
    if code := read.fit(printed, made, claim.text):
        return from_fit(code, made, what, printed.decimals, "", **figures)
    for power in (10, 100, 1000, Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)):
        if read.rounds_to(printed, made.value * power) and len(str(abs(printed.value).numerator).strip("0")) > 1:
            return answer(
                WRONG,
                "scale_error",
                f"{what} {say(made.value, printed.decimals)}: the decimal point has slipped.",
                **figures,
            )
    said = f"{what} {say(made.value, max(printed.decimals, 1))}, not {printed.text}."
    size, half = abs(printed.value), printed.step / 2
    over = [total.value / (size + half), total.value / (size - half)] if size > half else None
    return answer(WRONG, "average_does_not_follow", said, base_that_gives_printed=over, **figures)


def _average_without(total, divisor, printed) -> Answer:
    if total is not None and printed.value:
        half, size = printed.step / 2, abs(printed.value)
        ends = [total.value / (size + half), total.value / (size - half)] if size > half else None
        said = "The number by which the total was divided is not printed"
        return answer(
            UNKNOWN,
            "missing_denominator",
            said + (f"; it implies {say_range(ends)}." if ends else "."),
            base_that_gives_printed=ends,
        )
    if divisor is not None and printed.value is not None:
        ends = [divisor.value * v for v in printed.ends]
        return answer(
            UNKNOWN, "missing_counts", f"The total is not printed; the average implies {say_range(ends)}.", total=ends
        )
    return answer(UNKNOWN, "missing_counts", "Neither total nor divisor is printed: print both.")


def weighted_mean(claim: Claim) -> Answer:
    """An overall percentage beside those of its parts."""
    printed, shares = claim.one("printed"), [p for p in claim.all("percentage") if p.value is not None]
    numerators, denominators = claim.all("numerator"), claim.all("denominator")
    if printed is None or printed.value is None:
        return answer(UNKNOWN, "missing_counts", "No overall figure is printed: nothing to check.")
    low, high = (min((p.ends[0] for p in shares), default=None), max((p.ends[1] for p in shares), default=None))
    simple = _simple_mean(shares, numerators, denominators)
    made = _weighted(claim, shares, numerators, denominators)
    figures = {"percent": made.value if made else None, "simple_mean": simple.value if simple else None}
    if made is not None:
        return _against_weights(claim, printed, made, simple, shares, (low, high), figures)
    if not shares:
        return answer(
            UNKNOWN, "missing_counts", "The percentages or the counts of the parts are not printed: print them."
        )
    if _outside(printed, low, high):
        return _outside_answer(printed, shares, figures)
    said = (
        f"{printed.text} lies within the parts, {_least(shares)} to {_greatest(shares)}; reproduces only if their "
        "numbers weigh so: print them."
    )
    return answer(
        ONLY_IF,
        "weights_condition",
        said,
        limits=[min(p.value for p in shares), max(p.value for p in shares)],
        **figures,
    )


def _least(shares):
    return min(shares, key=lambda p: p.value).text


def _greatest(shares):
    return max(shares, key=lambda p: p.value).text


def _outside(printed: Number, low: Fraction, high: Fraction) -> bool:
    value, half = printed.value, printed.step / 2
    return value + half <= low or value - half >= high


def _outside_answer(printed, shares, figures) -> Answer:
    said = f"{printed.text} lies outside its parts, {_least(shares)} to {_greatest(shares)}: no weights can give it."
    return answer(
        WRONG,
        "outside_range_of_parts",
        said,
        limits=[min(p.value for p in shares), max(p.value for p in shares)],
        **figures,
    )


def _against_weights(claim, printed, made, simple, shares, ends, figures) -> Answer:
    code = read.fit(printed, made, claim.text)
    unit = "%" if printed.unit in ("percent", "") else ""
    if code and code != "truncated_not_rounded":
        return from_fit(code, made, "Weighted by their numbers the parts give", printed.decimals, unit, **figures)
    if simple is not None and read.fit(printed, simple, claim.text) in (
        "ok",
        "half_even_condition",
        "unrounded_inputs_condition",
    ):
        said = (
            f"{printed.text} is the mean of the parts' percentages; weighted by their numbers it is "
            f"{say(made.value, max(printed.decimals, 1))}{unit}."
        )
        return answer(WRONG, "mean_of_percentages", said, **figures)
    if code:
        return from_fit(code, made, "Weighted by their numbers the parts give", printed.decimals, unit, **figures)
    if shares and _outside(printed, *ends):
        return _outside_answer(printed, shares, figures)
    right = f"{say(made.value, max(printed.decimals, 1))}{unit}"
    said = f"Weighted by their numbers the parts give {right}, not {printed.text}."
    return answer(WRONG, "average_does_not_follow", said, **figures)


def _complete(numbers: list[Number]) -> bool:
    return bool(numbers) and all(n.value is not None for n in numbers)


def _simple_mean(shares, numerators, denominators) -> Span | None:
    if len(shares) > 1:
        k = len(shares)
        ends = [sum(p.ends[i] for p in shares) / k for i in (0, 1)]
        return Span(sum(p.value for p in shares) / k, *ends)
    if (
        _complete(numerators)
        and _complete(denominators)
        and len(numerators) == len(denominators) > 1
        and all(d.value for d in denominators)
    ):
        mean = sum(percent(a.value, b.value) for a, b in paired(numerators, denominators)) / len(numerators)
        return Span(mean, mean, mean)
    return None


def _weighted(claim: Claim, shares, numerators, denominators) -> Span | None:
    """The overall percentage from counts, or from percentages and the numbers they are of; None without weights."""
    rounded = any(n.rounded_count for n in [*numerators, *denominators])
    if _complete(numerators) and _complete(denominators) and sum(d.value for d in denominators):
        top, bottom = sum(a.value for a in numerators), sum(b.value for b in denominators)
        if len(numerators) == len(denominators) or len(denominators) == 1:
            wide_top, wide = sum(a.half for a in numerators), min(sum(b.half for b in denominators), bottom / 2)
            return Span(
                percent(top, bottom),
                percent(top - wide_top, bottom + wide),
                percent(top + wide_top, bottom - wide),
                rounded,
            )
    if _complete(shares) and _complete(denominators) and len(shares) == len(denominators):
        pairs, of = paired(shares, denominators), sum(d.value for d in denominators)
        if of:
            value, low, high = (
                sum(x * d.value for x, d in zip(xs, (d for _, d in pairs), strict=True)) / of
                for xs in ([p.value for p, _ in pairs], [p.ends[0] for p, _ in pairs], [p.ends[1] for p, _ in pairs])
            )
            return Span(value, low, high, rounded)
    if _complete(shares) and _complete(numerators) and len(shares) == len(numerators) and all(p.value for p in shares):
        top = sum(a.value for a in numerators)
        of = [
            sum(a.value * 100 / x for (p, a) in paired(shares, numerators) for x in [f(p)])
            for f in (lambda p: p.value, lambda p: p.ends[1], lambda p: p.ends[0] or p.value)
        ]
        if all(of):
            return Span(percent(top, of[0]), percent(top, of[2]), percent(top, of[1]), rounded)
    return None


# --- rates ----------------------------------------------------------------------------------------------------


def rate(claim: Claim) -> Answer:
    """A count per so many people."""
    count, population, printed = claim.known("count"), claim.known("population"), claim.one("printed")
    if printed is None or printed.value is None:
        return answer(UNKNOWN, "missing_counts", "No rate is printed: nothing to check.")
    per = _per(claim, count, population, printed)
    if count is None:
        return _rate_without_count(population, printed, per)
    fits = [p for p in claim.all("candidate_population") if p.value and _good(_fit_rate(claim, count, p, printed, per))]
    implied = population_range(count, printed, per)
    if population is None:
        return _rate_without_population(claim, count, printed, per, fits, implied)
    if population.value <= 0:
        return answer(WRONG, "impossible_base", "There is no rate of a population of 0.")
    return _rate(claim, count, population, printed, per, fits, implied)


def _per(claim: Claim, count, population, printed) -> Fraction:
    """The base of the rate: as stated; where it is not, the usual one that gives the print, else 10,000."""
    if claim.per:
        return Fraction(claim.per)
    if count is not None and population is not None and population.value:
        for per in map(Fraction, PERS):
            if _good(read.fit(printed, _rate_span(count, population, per), claim.text)):
                return per
    return Fraction(10_000)


def _rate_span(count: Number, population: Number, per: Fraction) -> Span:
    return span(lambda c, p: c / p * per, count, population)


def _fit_rate(claim, count, population, printed, per) -> str:
    return read.fit(printed, _rate_span(count, population, per), claim.text)


def _good(code: str) -> bool:
    return code not in ("", "truncated_not_rounded")


def population_range(count: Number, printed: Number, per: Fraction) -> list | None:
    """The populations that give the printed rate, as [low, high] in whole people; None where there is none."""
    half, size = printed.step / 2, abs(printed.value)
    if size <= half or count.value == 0:
        return None
    low, high = count.ends
    ends = (low * per / (size + half), high * per / (size - half))  # the lower end itself rounds up, past the print
    first, last = ends[0].numerator // ends[0].denominator + 1, ends[1].numerator // ends[1].denominator
    return [first, last] if first <= last else list(ends)


def _rate(claim, count, population, printed, per, fits, implied) -> Answer:
    made = _rate_span(count, population, per)
    figures = {"rate": made.value, "population_that_gives_printed": implied}
    what = f"{count.text} of {population.text} is"
    unit = f" per {int(per):,}" if per != 100 else "%"
    code = read.fit(printed, made, claim.text)
    if _good(code):
        return from_fit(code, made, what, printed.decimals, unit, **figures)
    if found := _annualised(claim, count, population, printed, per, figures):
        return found
    if fits:
        return _candidate(fits[0], population, printed, figures)
    if code:
        return from_fit(code, made, what, printed.decimals, unit, **figures)
    right = f"{say(made.value, printed.decimals)}{unit}"
    for other in PERS:
        if other != per and read.rounds_to(printed, made.value / per * other) and made.value:
            said = f"{what} {right}; {printed.text} is per {other:,}."
            return answer(WRONG, "scale_error", said, **figures)
    return _wrong_rate(claim, population, printed, what, right, implied, figures)


def _wrong_rate(claim, population, printed, what, right, implied, figures) -> Answer:
    said = f"{what} {right}, not {printed.text}"
    if implied:
        said += f"; that would need a population of {say_range(implied)}"
    near = implied and abs(Fraction(implied[0]) / population.value - 1) < Fraction(15, 100) and population.value >= 1000
    code = "wrong_population" if near and not claim.all("candidate_population") else "rate_does_not_follow"
    return answer(WRONG, code, said + ".", **figures)


EDITION = re.compile(
    r"revis|first published|current|vintage|series|mid.?(19|20)\d\d|census|estimate|projection|(19|20)\d\d|ons"
)
GROUP = re.compile(
    r"\d+ ?(?:-|\u2013|to) ?\d+|\d+\+|all ages|all people|total|whole|adult|female|male|household|under \d+"
    r"|over \d+|women|men"
)


def _candidate(candidate: Number, population: Number, printed: Number, figures) -> Answer:
    """A candidate population gives the print: another edition of the same people, or other people?"""
    known = figures | {"population_that_gives_printed": candidate.value}
    label = " ".join(str(candidate[f] or "") for f in ("name", "measure", "unit", "word", "period")).lower()
    was = " ".join(str(population[f] or "") for f in ("name", "measure", "unit", "word", "period")).lower()
    groups = set(GROUP.findall(_without_years(label))), set(GROUP.findall(_without_years(was)))
    ratio = candidate.value / population.value
    other_people = (groups[0] != groups[1] and groups[0]) or not Fraction(3, 4) < ratio < Fraction(4, 3)
    name = f"{candidate.text}" + (f" ({candidate.name})" if candidate.name else "")
    if other_people and (groups[0] or not EDITION.search(label)):
        right = say(figures["rate"], printed.decimals)
        said = f"The printed rate is of another population, {name}; of {population.text} it is {right}."
        return answer(WRONG, "wrong_population", said, **known)
    said = f"Reproduces only if the population is {name}, not {population.text}: name the estimate and its date."
    return answer(ONLY_IF, "revised_base_condition", said, **known)


def _without_years(text: str) -> str:
    return re.sub(r"(19|20)\d\d([-/\u2013](19|20)?\d\d)?", "", text)


def _annualised(claim, count, population, printed, per, figures) -> Answer | None:
    """A rate of part of a year, scaled up to a year."""
    months = months_of(count) or months_of(printed)
    tries = (
        [months]
        if months
        else ([Fraction(3)] if re.search(r"quarter|\bq[1-4]\b", f"{claim.text} {count['period']}".lower()) else [])
    )
    for m in tries:
        if m >= 12:
            continue
        made = _rate_span(count, population, per * 12 / m)
        if _good(read.fit(printed, made, claim.text)):
            right = say(made.value, printed.decimals)
            said = f"Reproduces only if {say(m, 0)} months are scaled up to a year ({right}): say so."
            return answer(ONLY_IF, "annualised_condition", said, **(figures | {"annualised_rate": made.value}))
    return None


def _rate_without_count(population, printed, per) -> Answer:
    if population is None:
        return answer(UNKNOWN, "missing_counts", "Neither count nor population is printed: print both.")
    half = max(printed.half, printed.step / 2)
    ends = [max(Fraction(0), v) * population.value / per for v in (printed.value - half, printed.value + half)]
    whole = whole_range(*ends)
    if whole is None and exact_count(population):
        said = f"No whole number of {population.text} gives {printed.text}."
        return answer(WRONG, "impossible_base", said)
    said = f"The count is not printed; the rate implies {say_range(whole or ends)}. Print it."
    return answer(UNKNOWN, "missing_counts", said, count_that_gives_printed=list(whole or ends))


def _rate_without_population(claim, count, printed, per, fits, implied) -> Answer:
    if fits:
        name = f"{fits[0].text}" + (f" ({fits[0].name})" if fits[0].name else "")
        said = f"The population is not printed; reproduces only if it is {name}."
        return answer(ONLY_IF, "revised_base_condition", said, population_that_gives_printed=fits[0].value)
    said = "The population is not printed"
    said += f"; the rate implies {say_range(implied)} people. Print it." if implied else ": print it."
    return answer(UNKNOWN, "missing_population", said, population_that_gives_printed=implied)


def rate_group(claim: Claim) -> Answer:
    """Several counts and their rates, on one population or each on its own."""
    counts, rates = claim.all("count"), claim.all("printed")
    populations = claim.all("population")
    pairs = [(c, r) for c, r in paired(counts, rates) if c.value is not None and r.value is not None]
    if not pairs:
        return answer(UNKNOWN, "missing_counts", "The counts behind the rates are not printed: print them.")
    known = [p for p in populations if p.value is not None]
    one = len(known) == 1 and (len(populations) == 1 or _same(claim))
    if known and (one or len(known) == len(counts)):
        each = known * len(pairs) if one else [p for _, p in paired(counts, populations)]
        return _rates(claim, pairs, each)
    per = Fraction(claim.per or 10_000)
    ranges = [population_range(c, r, per) for c, r in pairs]
    told = [r for r in ranges if r]
    candidates = [p for p in claim.all("candidate_population") if p.value]
    fits = [p for p in candidates if all(_good(_fit_rate(claim, c, p, r, per)) for c, r in pairs)]
    if fits:
        return _rate_without_population(claim, pairs[0][0], pairs[0][1], per, fits, None)
    if not told:
        return answer(UNKNOWN, "missing_population", "The population is not printed: print it.")
    low, high = max(r[0] for r in told), min(r[1] for r in told)
    if low > high and _same(claim):
        said = "No one population gives all of these rates: " + "; ".join(
            f"{r.text} implies {say_range(ends)}" for (_, r), ends in zip(pairs, ranges, strict=True) if ends
        )
        return answer(WRONG, "rate_does_not_follow", said + ".", population_that_gives_printed=ranges)
    implied = [low, high] if low <= high else ranges
    said = "The populations are not printed" + (f"; the rates imply {say_range(implied)} people" if low <= high else "")
    return answer(UNKNOWN, "missing_population", said + ". Print them.", population_that_gives_printed=implied)


def _same(claim: Claim) -> bool:
    return claim["same_population"] is not None and truth(claim["same_population"])


def _no_population(population: Number) -> Answer:
    if population.value is None:
        return answer(UNKNOWN, "missing_population", "A population is not printed: print it.")
    return answer(WRONG, "impossible_base", "There is no rate of a population of 0.")


WORST_FIRST = {WRONG: 0, ONLY_IF: 1, UNKNOWN: 2}


def _rates(claim: Claim, pairs, populations) -> Answer:
    """Each rate on its population; the first that fails speaks for the group."""
    found = []
    for (count, printed), population in zip(pairs, populations, strict=False):
        if population.value is None or population.value <= 0:
            found.append(_no_population(population))
            continue
        per = _per(claim, count, population, printed)
        implied = population_range(count, printed, per)
        fits = [
            p for p in claim.all("candidate_population") if p.value and _good(_fit_rate(claim, count, p, printed, per))
        ]
        found.append(_rate(claim, count, population, printed, per, fits, implied))
    return min(found, key=lambda a: WORST_FIRST.get(a.verdict, 3))
