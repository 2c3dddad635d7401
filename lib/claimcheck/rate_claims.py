"""Claims of rates: a count per so many people."""

from __future__ import annotations

import re
from fractions import Fraction

from . import print_fit
from .answers import ONLY_IF, UNKNOWN, WRONG, Answer, figure_text, only_if, range_text, unknown, wrong
from .change_arithmetic import months_of
from .claim import Claim, exact_count
from .group_claims import paired
from .print_fit import fit_answer, follows
from .printed_numbers import Figure, Number, Span, span, truth, whole_range

PERS = (1, 100, 1000, 10_000, 100_000, 1_000_000)


def rate(claim: Claim) -> Answer:
    """A count per so many people."""
    count, population, printed = claim.figure("count"), claim.figure("population"), claim.one("printed")
    if not isinstance(printed, Figure):
        return unknown("missing_counts", "No rate is printed: nothing to check.")
    per = _per(claim, count, population, printed)
    if count is None:
        return _rate_without_count(population, printed, per)
    fits = [
        p
        for p in claim.figures("candidate_population")
        if p.value and follows(_fit_rate(claim, count, p, printed, per))
    ]
    implied = population_range(count, printed, per)
    if population is None:
        return _rate_without_population(claim, count, printed, per, fits, implied)
    if population.value <= 0:
        return wrong("impossible_base", "There is no rate of a population of 0.")
    return _rate(claim, count, population, printed, per, fits, implied)


def _per(claim: Claim, count, population, printed) -> Fraction:
    """The base of the rate: as stated; where it is not, the usual one that gives the print, else 10,000."""
    if claim.per:
        return Fraction(claim.per)
    if count is not None and population is not None and population.value:
        for per in map(Fraction, PERS):
            if follows(print_fit.fit(printed, _rate_span(count, population, per), claim.text)):
                return per
    return Fraction(10_000)


def _rate_span(count: Figure, population: Figure, per: Fraction) -> Span:
    return span(lambda c, p: c / p * per, count, population)


def _fit_rate(claim, count, population, printed, per) -> str:
    return print_fit.fit(printed, _rate_span(count, population, per), claim.text)


def population_range(count: Figure, printed: Figure, per: Fraction) -> list | None:
    """The populations that give the printed rate, as [low, high] in whole people; None where there is none."""
    half, size = printed.step / 2, abs(printed.value)
    if size <= half or count.value == 0:
        return None
    low, high = count.ends
    ends = (low * per / (size + half), high * per / (size - half))  # the lower end itself rounds up, past the print
    first, last = ends[0].numerator // ends[0].denominator + 1, ends[1].numerator // ends[1].denominator
    return [first, last] if first <= last else list(ends)


def _rate(claim, count, population, printed, per, fits, implied) -> Answer:
    result = _rate_span(count, population, per)
    figures = {"rate": result.value, "population_that_gives_printed": implied}
    what = f"{count.text} of {population.text} is"
    unit = f" per {int(per):,}" if per != 100 else "%"
    code = print_fit.fit(printed, result, claim.text)
    if follows(code) and (unlike := _other_length(count, printed, result, figures)):
        return unlike
    if follows(code):
        return fit_answer(code, result, what, printed.decimals, unit, printed=printed, **figures)
    if annualised := _annualised(claim, count, population, printed, per, figures):
        return annualised
    if fits:
        return _candidate(fits[0], population, printed, figures)
    if code:
        return fit_answer(code, result, what, printed.decimals, unit, printed=printed, **figures)
    right = f"{figure_text(result.value, printed.decimals)}{unit}"
    for other in PERS:
        if other != per and print_fit.rounds_to(printed, result.value / per * other) and result.value:
            sentence = f"{what} {right}; {printed.text} is per {other:,}."
            return wrong("scale_error", sentence, **figures)
    return _wrong_rate(claim, population, printed, what, right, implied, figures)


def _other_length(count: Figure, printed: Figure, result: Span, figures: dict) -> Answer | None:
    """A rate that follows from its count, printed for another length of time than the count covers."""
    counted, stated = months_of(count), months_of(printed)
    if not counted or not stated or counted == stated:
        return None
    scaled = figure_text(result.value * stated / counted, printed.decimals)
    lengths = f"{figure_text(counted, 0)} months, the rate is printed for {figure_text(stated, 0)}"
    sentence = f"The count covers {lengths}; scaled to that it is {scaled}."
    return wrong("comparator_other_basis", sentence, **(figures | {"annualised_rate": result.value * stated / counted}))


def _wrong_rate(claim, population, printed, what, right, implied, figures) -> Answer:
    sentence = f"{what} {right}, not {printed.text}"
    if implied:
        sentence += f"; that would need a population of {range_text(implied)}"
    near = implied and abs(Fraction(implied[0]) / population.value - 1) < Fraction(15, 100) and population.value >= 1000
    code = "wrong_population" if near and not claim.all("candidate_population") else "rate_does_not_follow"
    return wrong(code, sentence + ".", **figures)


EDITION = re.compile(
    r"revis|first published|current|vintage|series|mid.?(19|20)\d\d|census|estimate|projection|(19|20)\d\d|ons"
)
GROUP = re.compile(
    r"\d+ ?(?:-|\u2013|to) ?\d+|\d+\+|all ages|all people|total|whole|adult|female|male|household|under \d+"
    r"|over \d+|women|men"
)


def _candidate(candidate: Figure, population: Figure, printed: Figure, figures) -> Answer:
    """A candidate population gives the print: another edition of the same people, or other people?"""
    implied = figures | {"population_that_gives_printed": candidate.value}
    label = " ".join(str(candidate[f] or "") for f in ("name", "measure", "unit", "word", "period")).lower()
    was = " ".join(str(population[f] or "") for f in ("name", "measure", "unit", "word", "period")).lower()
    groups = set(GROUP.findall(_without_years(label))), set(GROUP.findall(_without_years(was)))
    ratio = candidate.value / population.value
    other_people = (groups[0] != groups[1] and groups[0]) or not Fraction(3, 4) < ratio < Fraction(4, 3)
    name = f"{candidate.text}" + (f" ({candidate.name})" if candidate.name else "")
    if other_people and (groups[0] or not EDITION.search(label)):
        right = figure_text(figures["rate"], printed.decimals)
        sentence = f"The printed rate is of another population, {name}; of {population.text} it is {right}."
        return wrong("wrong_population", sentence, **implied)
    sentence = f"Reproduces only if the population is {name}, not {population.text}: name the estimate and its date."
    return only_if("revised_base_condition", sentence, **implied)


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
        result = _rate_span(count, population, per * 12 / m)
        if follows(print_fit.fit(printed, result, claim.text)):
            right = figure_text(result.value, printed.decimals)
            sentence = f"Reproduces only if {figure_text(m, 0)} months are scaled up to a year ({right}): say so."
            return only_if("annualised_condition", sentence, **(figures | {"annualised_rate": result.value}))
    return None


def _rate_without_count(population, printed, per) -> Answer:
    if population is None:
        return unknown("missing_counts", "Neither count nor population is printed: print both.")
    half = max(printed.half, printed.step / 2)
    ends = [max(Fraction(0), v) * population.value / per for v in (printed.value - half, printed.value + half)]
    people = whole_range(*ends)
    if people is None and exact_count(population):
        sentence = f"No whole number of {population.text} gives {printed.text}."
        return wrong("impossible_base", sentence)
    sentence = f"The count is not printed; the rate implies {range_text(people or ends)}. Print it."
    return unknown("missing_counts", sentence, count_that_gives_printed=list(people or ends))


def _rate_without_population(claim, count, printed, per, fits, implied) -> Answer:
    if fits:
        name = f"{fits[0].text}" + (f" ({fits[0].name})" if fits[0].name else "")
        sentence = f"The population is not printed; reproduces only if it is {name}."
        return only_if("revised_base_condition", sentence, population_that_gives_printed=fits[0].value)
    sentence = "The population is not printed"
    sentence += f"; the rate implies {range_text(implied)} people. Print it." if implied else ": print it."
    return unknown("missing_population", sentence, population_that_gives_printed=implied)


def rate_group(claim: Claim) -> Answer:
    """Several counts and their rates, on one population or each on its own."""
    counts, rates = claim.all("count"), claim.all("printed")
    populations = claim.all("population")
    pairs = [(c, r) for c, r in paired(counts, rates) if isinstance(c, Figure) and isinstance(r, Figure)]
    if not pairs:
        return unknown("missing_counts", "The counts behind the rates are not printed: print them.")
    printed_populations = claim.figures("population")
    one = len(printed_populations) == 1 and (len(populations) == 1 or _same(claim))
    if printed_populations and (one or len(printed_populations) == len(counts)):
        each: list[Number] = [*printed_populations] * len(pairs) if one else [p for _, p in paired(counts, populations)]
        return _rates(claim, pairs, each)
    per = Fraction(claim.per or 10_000)
    ranges = [population_range(c, r, per) for c, r in pairs]
    bounded = [r for r in ranges if r]
    candidates = [p for p in claim.figures("candidate_population") if p.value]
    fits = [p for p in candidates if all(follows(_fit_rate(claim, c, p, r, per)) for c, r in pairs)]
    if fits:
        return _rate_without_population(claim, pairs[0][0], pairs[0][1], per, fits, None)
    if not bounded:
        return unknown("missing_population", "The population is not printed: print it.")
    low, high = max(r[0] for r in bounded), min(r[1] for r in bounded)
    if low > high and _same(claim):
        sentence = "No one population gives all of these rates: " + "; ".join(
            f"{r.text} implies {range_text(ends)}" for (_, r), ends in zip(pairs, ranges, strict=True) if ends
        )
        return wrong("rate_does_not_follow", sentence + ".", population_that_gives_printed=ranges)
    implied = [low, high] if low <= high else ranges
    sentence = "The populations are not printed" + (
        f"; the rates imply {range_text(implied)} people" if low <= high else ""
    )
    return unknown("missing_population", sentence + ". Print them.", population_that_gives_printed=implied)


def _same(claim: Claim) -> bool:
    return claim["same_population"] is not None and truth(claim["same_population"])


def _no_population(population: Figure) -> Answer:
    if population.value is None:
        return unknown("missing_population", "A population is not printed: print it.")
    return wrong("impossible_base", "There is no rate of a population of 0.")


WORST_FIRST = {WRONG: 0, ONLY_IF: 1, UNKNOWN: 2}


def _rates(claim: Claim, pairs, populations) -> Answer:
    """Each rate on its population; the first that fails speaks for the group."""
    answers = []
    for (count, printed), population in zip(pairs, populations, strict=False):
        if population.value is None or population.value <= 0:
            answers.append(_no_population(population))
            continue
        per = _per(claim, count, population, printed)
        implied = population_range(count, printed, per)
        fits = [
            p
            for p in claim.all("candidate_population")
            if p.value and follows(_fit_rate(claim, count, p, printed, per))
        ]
        answers.append(_rate(claim, count, population, printed, per, fits, implied))
    return min(answers, key=lambda a: WORST_FIRST.get(a.verdict, 3))
