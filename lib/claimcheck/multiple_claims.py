"""Changes said as a multiple, a fraction or a direction."""

from __future__ import annotations

import re
from fractions import Fraction

from . import directions, fair_readings, print_fit
from .answers import WRONG, Answer, figure_text, only_if, range_text, reproduces, unknown, wrong
from .change_arithmetic import change_figures, like_for_like, pair_with_amount, relative, wrong_way_round
from .claim import Claim, exact_count
from .print_fit import fit_answer, follows
from .printed_numbers import Figure, Number, Span, span

SLIGHT, SIMILAR = Fraction(1, 4), Fraction(1, 10)


def multiple(claim: Claim) -> Answer:
    """`doubled`, `3.5 times as many`, `halved`."""
    old = claim.one("old") or claim.one("comparator")
    new = claim.one("new") or claim.one("own")
    printed = claim.one("printed")
    old, new = pair_with_amount(claim, old, new, printed)
    if old is None or new is None or printed is None:
        return _no_pair(claim, old, new, printed)
    words = f"{printed['word'] or ''} {printed['value'] or ''}"
    return word_of_change(claim, old, new, printed, words=words)


def _no_pair(claim, old, new, printed) -> Answer:
    figure = new or old
    if printed is not None and printed.value and figure is not None and printed.unit in ("times", ""):
        half = printed.step / 2
        size = abs(printed.value)
        if new is not None and size > half:
            base = sorted([new.value / (size - half), new.value / (size + half)])
            sentence = f"The figure it is a multiple of is not printed; the print implies {range_text(base)}."
            return unknown("missing_base", sentence, base_that_gives_printed=base)
    return unknown("missing_base", "The two figures of the multiple are not both printed: print both.")


def word_of_change(claim: Claim, old: Figure, new: Figure, printed: Number, words: str | None = None) -> Answer:
    """A change said as a multiple, a fraction or a direction."""
    phrase = (words if words is not None else str(printed["word"] or "")).strip()
    if old.value == 0 and (printed.value is not None or fair_readings.multiple_readings(phrase)):
        return wrong("impossible_base", "There is no multiple of 0: print the two figures.")
    figures = change_figures(old, new)
    if printed.value is not None and (fair := fair_readings.multiple_readings(str(printed["word"] or ""))):
        worded = multiple_answer(claim, old, new, printed, fair, str(printed["word"]), figures)
        if worded.verdict == WRONG or any(printed.value in reading for reading in fair):
            return worded
    if printed.value is not None and claim.kind != "direction":
        return numeric_multiple(claim, old, new, printed, phrase, figures)
    if fair := fair_readings.multiple_readings(phrase):
        return multiple_answer(claim, old, new, printed, fair, phrase, figures)
    if fair := fair_readings.fraction_readings(phrase):
        return fraction_of_change(claim, old, new, printed, fair, phrase, figures)
    return direction_words(claim, old, new, printed, figures)


def numeric_multiple(claim, old, new, printed, phrase, figures) -> Answer:
    result = span(lambda o, n: n / o, old, new)
    if printed.unit == "percent":
        result = result.times(100)
    fair = _fair_ratios(claim, old, new, printed, phrase, result)
    codes = [print_fit.fit(printed, each, claim.text) for each in fair]
    way = directions.direction(printed["direction"], printed["word"])
    right = (
        f"{figure_text(result.value, max(printed.decimals, 1))} times"
        if printed.unit != "percent"
        else f"{figure_text(result.value, printed.decimals)}% of"
    )
    for wanted in ("ok", "half_even_condition", "rounded_count_condition", "unrounded_inputs_condition"):
        if wanted in codes:
            each = fair[codes.index(wanted)]
            unit = "%" if printed.unit == "percent" else " times"
            return fit_answer(
                wanted, each, f"{new.text} beside {old.text} is", printed.decimals, unit, printed=printed, **figures
            )
    if printed.unit == "percent" and result not in fair and follows(print_fit.fit(printed, result, claim.text)):
        change = figure_text(result.value - 100, 0)
        sentence = f"{printed.text} is {new.text} as a percentage of {old.text}; the change is {change}%."
        return wrong("ratio_printed_as_increase", sentence, **figures)
    if "truncated_not_rounded" in codes[:1]:
        lead = f"{new.text} beside {old.text} is"
        return fit_answer("truncated_not_rounded", result, lead, printed.decimals, " times", printed=printed, **figures)
    if result.value and way != -1 and print_fit.fit(printed, span(lambda o, n: o / n, old, new), claim.text):
        return wrong("direction_reversed", f"It is {old.text} that is the multiple of {new.text}: reversed.", **figures)
    return wrong("multiple_does_not_follow", f"{new.text} is {right} {old.text}, not {printed.text}.", **figures)


COMPARED = re.compile(r"more|higher|increase|greater|above|over|rise|rose|grew|less|lower|fewer|fall|fell|decrease")


def _fair_ratios(claim: Claim, old: Figure, new: Figure, printed: Figure, phrase: str, ratio: Span) -> list[Span]:
    """The ratios that a printed multiple may fairly mean: `3 times more` is 4 to some, `3 times less` a third."""
    fair = [ratio]
    if printed.unit != "percent" and COMPARED.search(f"{phrase} {claim.text}".lower()):
        fair.append(Span(ratio.value - 1, ratio.low - 1, ratio.high - 1, ratio.counts))
    if directions.direction(printed["direction"], printed["word"], claim.text) == -1 and ratio.value:
        fair.append(span(lambda o, n: o / n, old, new))
    if printed.unit == "percent" and (grown := directions.said_as_growth(printed, claim.text)) is not None:
        fair = [_less_100(ratio)] if grown else [ratio, _less_100(ratio)]
    return fair


def _less_100(result: Span) -> Span:
    return Span(result.value - 100, result.low - 100, result.high - 100, result.counts)


def multiple_answer(claim, old, new, printed, fair, phrase, figures) -> Answer:
    result = span(lambda o, n: n / o, old, new)
    if code := print_fit.fit(printed, result, allowed=fair):
        return fit_answer(code, result, f"{new.text} is {old.text} times", 2, "", **figures)
    wanted_up = fair[0].high > 1
    turned = 1 / result.value if result.value else None
    if (result.value > 1) != wanted_up and turned and any(turned in r for r in fair):
        return wrong("direction_reversed", f"From {old.text} to {new.text} runs the other way: reversed.", **figures)
    right = f"{figure_text(result.value, 2)} times"
    sentence = f"From {old.text} to {new.text} is {right}, which is not {phrase!r}."
    return wrong("multiple_does_not_follow", sentence, **figures)


def fraction_of_change(claim, old, new, printed, fair, phrase, figures) -> Answer:
    """`fell by a third`, `down to a quarter`, `over half as many again`."""
    if old.value == 0:
        return wrong("impossible_base", "There is no fraction of 0: print the two figures.")
    text = f"{phrase} {claim.text}".lower()
    result = abs(span(lambda o, n: (n - o) / o, old, new))
    ratio = span(lambda o, n: n / o, old, new)
    way = directions.direction(printed["direction"], phrase, claim.text)
    if way and new.value != old.value and (new.value > old.value) != (way > 0):
        return wrong_way_round(claim, old, new, span(relative, old, new), figures, "%", printed)
    options = [result]
    if re.search(
        r"\bto (just |about |around |nearly |almost |under |over |less than )*(a|one|two|three)\b|\bof the\b|as many",
        text,
    ):
        options.append(ratio)
    for each in options:
        if follows(code := print_fit.fit(printed, each, allowed=fair)):
            percent = each.times(100)
            return fit_answer(code, percent, f"From {old.text} to {new.text} is", 1, **figures)
    on_new = abs(span(lambda o, n: (n - o) / n, old, new)) if new.value else None
    if on_new and follows(print_fit.fit(printed, on_new, allowed=fair)):
        share = figure_text(on_new.value * 100)
        sentence = (
            f"The difference is {share}% of the later figure, {new.text}; of "
            f"{old.text} it is {figure_text(result.value * 100)}%."
        )
        return wrong("wrong_base", sentence, base_that_gives_printed=new.value, **figures)
    moved = figure_text(result.value * 100)
    sentence = f"From {old.text} to {new.text} is a change of {moved}%, which is not {phrase!r}."
    return wrong("fraction_does_not_follow", sentence, **figures)


def direction_words(claim, old, new, printed, figures) -> Answer:
    phrase = f"{printed['word'] or ''} {printed['value'] if printed.value is None and printed['value'] else ''}".strip()
    way = directions.direction(printed["direction"], phrase, claim.text)
    result = span(lambda o, n: n - o, old, new)
    moved = f"From {old.text} to {new.text}"
    if flows := like_for_like(lambda o, n: n - o, old, new):
        return _flows(flows, result, way, figures)
    if way is None and re.search(r"improv|worse|deteriorat|better|chang", phrase.lower()) and result.value:
        return reproduces("ok", f"{moved}: it changed; for the better or not is not for figures to say.", **figures)
    if way is None:
        return unknown("missing_counts", f"{moved}: the sentence does not say which way it went.", **figures)
    share = abs(result.value / old.value) if old.value else Fraction(0 if result.value == 0 else 1)
    went = "did not change" if not result.value else ("rose" if result.value > 0 else "fell")
    by = f" by {figure_text(share * 100)}%" if old.value and result.value else ""
    if way == 0:
        small = exact_count(old) and abs(result.value) <= 2
        if share <= SIMILAR or small or (result.low <= 0 <= result.high):
            return reproduces("ok", f"{moved}: {went}{by}, fairly called no change.", **figures)
        sentence = f"{moved}: it {went}{by}, which is not {phrase or 'no change'!r}."
        return wrong("change_does_not_follow", sentence, **figures)
    if result.value == 0:
        return _no_difference(result, moved, figures)
    if (result.value > 0) != (way > 0):
        return wrong_way_round(claim, old, new, result, figures, "", Number("printed", None, 0, ""))
    if SLIGHTLY.search(phrase.lower()) and share > SLIGHT and abs(result.value) > 5:
        return wrong("change_does_not_follow", f"{moved}: it {went}{by}, which is not {phrase!r}.", **figures)
    return reproduces("ok", f"{moved}: it {went}{by}.", **figures)


SLIGHTLY = re.compile(r"\b(slight|marginal|small|modest|minor)")


def _no_difference(result: Span, moved: str, figures: dict) -> Answer:
    """A rise or a fall said of two figures that are printed alike."""
    if result.low < 0 < result.high:
        sentence = f"{moved}: the printed figures are equal; reproduces only if the unrounded ones differ."
        return only_if("unrounded_inputs_condition", sentence, **figures)
    return wrong("change_does_not_follow", f"{moved}: the figures are equal.", **figures)


def _flows(like: Span, naive: Span, way: int | None, figures) -> Answer:
    """A direction between flows of different length: which of the two readings has it?"""
    if way and like.value and (like.value > 0) == (way > 0):
        if naive.value and (naive.value > 0) == (way > 0):
            return reproduces("ok", "Holds as printed and for periods of equal length.", **figures)
        sentence = "Reproduces only if the shorter period is scaled up to the longer: say so."
        return only_if("annualised_condition", sentence, **figures)
    sentence = "The two figures cover periods of different length; for equal lengths the direction is another."
    return wrong("comparator_other_basis", sentence, **figures)
