"""Claims of change: from an old figure to a new one."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from . import directions, fair_readings, print_fit
from .answers import Answer, figure_text, only_if, range_text, reproduces, unknown, wrong
from .change_arithmetic import (
    base_ends,
    change_figures,
    claimed_unit,
    difference,
    flows_differ,
    implied_base,
    like_for_like,
    pair_with_amount,
    percent_slip,
    percentages,
    points_as_percent,
    relative,
    wrong_way_round,
)
from .claim import Claim, exact_count
from .multiple_claims import multiple, word_of_change
from .named_bases import named_base, names_a_base
from .print_fit import fit_answer, follows
from .printed_numbers import Figure, Number, span, truth, whole_range
from .stated_periods import period, same_year

UNITS = {"percent": "%", "points": " percentage points", "amount": ""}


def change(claim: Claim) -> Answer:
    """percent_change, unit_of_change, point_difference: a print of how far a figure moved."""
    old, new, printed = claim.one("old"), claim.one("new"), claim.one("printed")
    points = claim.figures("point")
    if old is None and new is None and len(points) > 1:
        old, new = named_base(claim, points), points[-1]
    old, new = pair_with_amount(claim, old, new, printed)
    if old is not None and new is not None and not isinstance(printed, Figure):
        return _without_figure(claim, old, new, printed)
    if old is None or new is None or not isinstance(printed, Figure):
        return _without_base(claim, old, new, printed)
    if claim.figure("absolute_change") and (bad := _absolute(claim, old, new)):
        return bad
    return judge_change(claim, old, new, printed)


def _without_figure(claim: Claim, old: Figure, new: Figure, printed: Number | None) -> Answer:
    """A change said in a word, or by its amount alone."""
    if printed is not None and (printed["word"] or printed["direction"]):
        return word_of_change(claim, old, new, printed)
    figures = change_figures(old, new)
    if moved := claim.figure("absolute_change"):
        sentence = f"From {old.text} to {new.text} is {moved.text}, as printed."
        return _absolute(claim, old, new) or reproduces("ok", sentence, **figures)
    sentence = "No change is printed" + (
        f"; the figures give {figure_text(relative(old.value, new.value))}%." if old.value else "."
    )
    return unknown("missing_counts", sentence, **figures)


def judge_change(claim: Claim, old: Figure, new: Figure, printed: Figure) -> Answer:
    asked = claimed_unit(claim, printed)
    if asked == "times":
        return multiple(claim)
    if old.value == 0 and asked == "percent":
        return wrong("impossible_base", "A percentage of a base of 0 does not exist: print the two counts.")
    formula = relative if asked == "percent" else difference
    result = like_for_like(formula, old, new) or span(formula, old, new)
    way = directions.printed_direction(printed, claim.text)
    unit = UNITS[asked]
    figures = change_figures(old, new)
    if asked == "points" and not percentages(old, new):
        return _points_of_counts(claim, old, new, printed, figures)
    if way and result.value and (result.value > 0) != (way > 0):
        if not (result.low < 0 < result.high) and not flows_differ(old, new):
            return wrong_way_round(claim, old, new, result, figures, unit, printed)
    if code := print_fit.fit(printed, abs(result), claim.text, strict=claim.kind == "bound"):
        if asked == "percent" and code != "ok" and (better := _misread(claim, old, new, printed, figures, code)):
            return better
        if code != "truncated_not_rounded" and flows_differ(old, new):
            sentence = "Reproduces only if the shorter period is scaled up to the longer one: say so."
            return only_if("annualised_condition", sentence, **figures)
        what = f"From {old.text} to {new.text} is a {'rise' if result.value >= 0 else 'fall'} of"
        return fit_answer(code, abs(result), what, printed.decimals, unit, printed=printed, **figures)
    return _diagnose_change(claim, old, new, printed, asked, result, figures)


def _points_of_counts(claim: Claim, old: Figure, new: Figure, printed: Figure, figures: dict) -> Answer:
    """Percentage points said of figures that are no percentages."""
    what = "Percentage points are for the difference of two percentages"
    if old.value and print_fit.likely(printed, abs(span(relative, old, new)), claim.text):
        right = f"{figure_text(relative(old.value, new.value), printed.decimals)}%"
        return wrong("percentage_points_misused", f"{what}; this is {right} of the first.", **figures)
    return wrong("percentage_points_misused", f"{what}, which these figures are not.", **figures)


def _misread(claim, old, new, printed, figures, code) -> Answer | None:
    """An exact other reading of a print that fits only under truncation: the points, or the wrong base."""
    if code != "truncated_not_rounded":
        return None
    if percentages(old, new) and print_fit.rounds_to(printed, abs(new.value - old.value)):
        return points_as_percent(old, new, printed, figures)
    return None


def _absolute(claim: Claim, old: Figure, new: Figure) -> Answer | None:
    moved = claim.figure("absolute_change")
    result = span(difference, old, new)
    if moved is None or print_fit.fit(moved, abs(result), claim.text) not in ("", "truncated_not_rounded"):
        return None
    size = figure_text(abs(result.value), moved.decimals)
    sentence = f"{old.text} to {new.text} is a difference of {size}, not {moved.text}."
    return wrong("change_does_not_follow", sentence, difference=result.value)


def _diagnose_change(claim, old, new, printed, asked, result, figures) -> Answer:
    """No fair reading gives the print: which slip does?"""
    unit = UNITS[asked]
    right = f"{figure_text(abs(result.value), printed.decimals)}{unit}"
    points = abs(span(difference, old, new))
    percent = abs(span(relative, old, new)) if old.value else None
    size = abs(printed.value)
    if flows_differ(old, new):
        naive = abs(span(relative if asked == "percent" else difference, old, new))
        if print_fit.likely(printed, naive, claim.text):
            sentence = f"The two figures cover periods of different length; for equal lengths the change is {right}."
            return wrong("comparator_other_basis", sentence, **figures)
    if asked in ("percent", "points") and percentages(old, new) and size in (abs(old.value), abs(new.value)):
        return wrong(
            "of_from_slip",
            f"The print is the figure itself, not its change: the change is from "
            f"{old.text} to {new.text}, {figure_text(points.value, max(old.decimals, new.decimals))} "
            "percentage points.",
            **figures,
        )
    if asked == "percent":
        slip = _other_base(claim, old, new, printed, figures) or percent_slip(claim, old, new, printed, figures)
        if slip:
            return slip
    if asked == "points" and percent and print_fit.likely(printed, percent, claim.text):
        right = figure_text(points.value, max(old.decimals, new.decimals))
        sentence = f"The print is the change as a percentage of {old.text}; in percentage points it is {right}."
        return wrong("percentage_points_misused", sentence, **figures)
    base = implied_base(new, printed, directions.printed_direction(printed, claim.text)) if asked == "percent" else None
    moved = f"a {'rise' if result.value >= 0 else 'fall'} of " if asked == "amount" else ""
    sentence = f"From {old.text} to {new.text} is {moved}{right}, not {printed.text}."
    if asked == "percent":
        return wrong("change_does_not_follow", sentence, base_that_gives_printed=base, **figures)
    return wrong("change_does_not_follow", sentence, **figures)


def _other_base(claim: Claim, old: Figure, new: Figure, printed: Figure, figures) -> Answer | None:
    """The base, among the other points that the sentence prints, from which the change follows."""
    for point in claim.figures("point"):
        if point.value in (0, old.value):
            continue
        result = span(relative, point, new)
        way = directions.printed_direction(printed, claim.text)
        if (way and result.value and (result.value > 0) != (way > 0)) or not follows(
            print_fit.fit(printed, abs(result), claim.text)
        ):
            continue
        revised = same_year(point["period"], old["period"])
        if revised or re.search(r"revis|restat|updated", f"{point['name']} {point['word']}".lower()):
            sentence = f"Reproduces only if the base is the revised figure, {point.text}."
            return only_if("revised_base_condition", sentence, base_that_gives_printed=point.value, **figures)
        where = point["period"] or "another period"
        stated = old["base_period_stated"] if old["base_period_stated"] is not None else printed["base_period_stated"]
        if (stated is not None and truth(stated)) or names_a_base(claim):
            sentence = f"The change is from {where} ({point.text}), not from the period that the sentence names."
            return wrong("base_other_period", sentence, base_that_gives_printed=point.value, **figures)
        sentence = f"Reproduces only if the base is {where} ({point.text}): say so."
        return only_if("base_other_period", sentence, base_that_gives_printed=point.value, **figures)
    return None


def _base_of_amount(moved: Figure, printed: Figure) -> tuple[Fraction, Fraction]:
    """The range of bases of which a printed amount is the printed percentage."""
    (low, high), size, half = moved.ends, abs(printed.value), printed.step / 2
    most = abs(high) * 100 / (size - half) if size > half else fair_readings.INFINITE
    return abs(low) * 100 / (size + half), most


def _without_base(claim: Claim, old, new, printed) -> Answer:
    """One figure or both are not printed: what the print implies, where it implies anything."""
    before_label, after_label = (n["period"] if n is not None else None for n in map(claim.one, ("old", "new")))
    before, after = period(before_label), period(after_label)
    if old is None and new is None and before and after and before.end > after.end:
        if printed is not None and not claim.figure("absolute_change"):
            way_back = f"from {before_label} to {after_label}"
            sentence = f"As written the change runs backwards, {way_back}; the counts are not printed."
            return unknown("direction_reversed", sentence)
    if not isinstance(printed, Figure):
        return unknown("missing_base", "Neither the change nor the figure it started from is printed: print both.")
    way = directions.printed_direction(printed, claim.text)
    moved = claim.figure("absolute_change")
    if way == -1 and claimed_unit(claim, printed) == "percent" and abs(printed.value) > 100:
        return wrong("impossible_percentage", "Nothing can fall by more than 100%: check the percentage.")
    if old is None and new is None and moved and claimed_unit(claim, printed) == "percent" and printed.value:
        return _implied(claim, _base_of_amount(moved, printed), moved, printed)
    if claimed_unit(claim, printed) != "percent" or (old is None and new is None):
        return unknown("missing_base", "The figures that the change is between are not printed: print both.")
    if old is None:
        if other := _from_points(claim, new, printed):
            return other
        ends = base_ends(new, printed, way)
        return (
            _implied(claim, ends, new, printed)
            if ends
            else wrong("impossible_base", "Nothing can fall by more than 100%: check the percentage.")
        )
    news = sorted(
        old.value * (1 + (way or 1) * s / 100)
        for s in (abs(printed.value) - printed.step / 2, abs(printed.value) + printed.step / 2)
    )
    sentence = f"The new figure is not printed; from {old.text} the print implies {range_text(news)}."
    return unknown("missing_counts", sentence, new_that_gives_printed=news)


def _from_points(claim: Claim, new: Figure, printed: Figure) -> Answer | None:
    stand_in = Figure("old", Fraction(-1), 0, "", 1, {})
    return _other_base(claim, stand_in, new, printed, {}) if claim.all("point") else None


def _implied(claim: Claim, ends, count: Figure, printed: Figure) -> Answer:
    """The base that a percentage and one count imply; a count that no whole base gives is impossible."""
    plain_print = any(r.plain for r in fair_readings.readings_of(printed, claim.text)) and not truth(
        printed["approximate"]
    )
    integers = whole_range(*ends) if exact_count(count) else None
    if (
        exact_count(count)
        and count.unit in ("count", "")
        and plain_print
        and integers is None
        and _is_count(claim, count)
    ):
        sentence = (
            f"No whole number as a base gives {printed.text} with {count.text}; "
            f"the nearest would be {range_text(ends)}."
        )
        return wrong("impossible_base", sentence, base_that_gives_printed=list(ends))
    if count.unit == "percent" and min(ends) > 100:
        sentence = (
            f"The print implies that it was {range_text(ends)}% before, which no percentage is: check both figures."
        )
        return wrong("impossible_percentage", sentence, base_that_gives_printed=list(ends))
    base = list(integers or ends)
    sentence = (
        f"The figure that the percentage starts from is not printed; the print implies {range_text(base)}. Print it."
    )
    return unknown("missing_base", sentence, base_that_gives_printed=base)


def _is_count(claim: Claim, number: Figure) -> bool:
    return number.unit == "count" or not number.measured


def count_change(claim: Claim) -> Answer:
    """A count that moved by so many: `120 carers, 23 fewer than a year ago`."""
    old, new, printed = claim.figure("old"), claim.figure("new"), claim.figure("printed")
    if printed is None or (old is None and new is None):
        return unknown("missing_counts", "The change or both of its figures are not printed: print them.")
    way = directions.printed_direction(printed, claim.text)
    size = abs(printed.value)
    if old is None or new is None:
        other = new if old is None else old
        assert other is not None
        sign = (way or 0) * (-1 if old is None else 1)
        ends = sorted({other.value + sign * size} if sign else {other.value - size, other.value + size})
        if max(ends) < 0:
            return wrong("impossible_base", f"Nothing is {printed.text} fewer than {other.text}: check both.")
        sentence = (
            f"The {'earlier' if old is None else 'later'} figure is not printed; "
            f"the print implies {range_text((ends[0], ends[-1]))}."
        )
        return unknown("missing_base", sentence, base_that_gives_printed=ends)
    return judge_change(claim, old, new, replace(printed, unit="count"))
