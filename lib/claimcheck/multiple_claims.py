"""Changes said as a multiple, a fraction or a direction."""

from __future__ import annotations

import re
from fractions import Fraction

from . import readings as read
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, WRONG, Answer, answer, say, say_range
from .claim import Claim, exact_count
from .common import change_figures, filled_in, from_fit, good, like_for_like, relative, wrong_way_round
from .printed_numbers import Number, Span, span

SLIGHT, SIMILAR = Fraction(1, 4), Fraction(1, 10)


def multiple(claim: Claim) -> Answer:
    """`doubled`, `3.5 times as many`, `halved`."""
    old = claim.one("old") or claim.one("comparator")
    new = claim.one("new") or claim.one("own")
    printed = claim.one("printed")
    old, new = filled_in(claim, old, new, printed)
    if old is None or new is None or printed is None:
        return _no_pair(claim, old, new, printed)
    words = f"{printed['word'] or ''} {printed['value'] or ''}"
    return word_of_change(claim, old, new, printed, words=words)


def _no_pair(claim, old, new, printed) -> Answer:
    known = new or old
    if printed is not None and printed.value and known is not None and printed.unit in ("times", ""):
        half = printed.step / 2
        size = abs(printed.value)
        if new is not None and size > half:
            base = sorted([new.value / (size - half), new.value / (size + half)])
            said = f"The figure it is a multiple of is not printed; the print implies {say_range(base)}."
            return answer(UNKNOWN, "missing_base", said, base_that_gives_printed=base)
    return answer(UNKNOWN, "missing_base", "The two figures of the multiple are not both printed: print both.")


def word_of_change(claim: Claim, old: Number, new: Number, printed: Number, words: str | None = None) -> Answer:
    """A change said as a multiple, a fraction or a direction."""
    said = (words if words is not None else str(printed["word"] or "")).strip()
    if old.value == 0 and (printed.value is not None or read.multiple_readings(said)):
        return answer(WRONG, "impossible_base", "There is no multiple of 0: print the two figures.")
    figures = change_figures(old, new)
    if printed.value is not None and claim.kind != "direction":
        return numeric_multiple(claim, old, new, printed, said, figures)
    if fair := read.multiple_readings(said):
        return multiple_answer(claim, old, new, printed, fair, said, figures)
    if fair := read.fraction_readings(said):
        return fraction_of_change(claim, old, new, printed, fair, said, figures)
    return direction_words(claim, old, new, printed, figures)


def numeric_multiple(claim, old, new, printed, said, figures) -> Answer:
    made = span(lambda o, n: n / o, old, new)
    if printed.unit == "percent":
        made = Span(*(x * 100 for x in made[:3]), made.counts)
    fair = [made]
    low_word = read.direction(printed["direction"], printed["word"], claim.text) == -1
    if re.search(
        r"more|higher|increase|greater|above|over|rise|rose|grew|less|lower|fewer|fall|fell|decrease",
        f"{said} {claim.text}".lower(),
    ):
        one = 100 if printed.unit == "percent" else 1
        if not (printed.unit == "percent"):
            fair.append(
                Span(made.value - one, made.low - one, made.high - one, made.counts)
            )  # `3 times more`: 4 to some
    if low_word and made.value:
        turned = span(lambda o, n: o / n, old, new)
        fair.append(turned)
    if printed.unit == "percent" and (grown := read.said_as_growth(printed, claim.text)) is not None:
        fair = [_less_100(made)] if grown else [made, _less_100(made)]
    codes = [read.fit(printed, each, claim.text) for each in fair]
    way = read.direction(printed["direction"], printed["word"])
    right = (
        f"{say(made.value, max(printed.decimals, 1))} times"
        if printed.unit != "percent"
        else f"{say(made.value, printed.decimals)}% of"
    )
    for wanted in ("ok", "half_even_condition", "rounded_count_condition", "unrounded_inputs_condition"):
        if wanted in codes:
            each = fair[codes.index(wanted)]
            unit = "%" if printed.unit == "percent" else " times"
            return from_fit(wanted, each, f"{new.text} beside {old.text} is", printed.decimals, unit, **figures)
    if printed.unit == "percent" and made not in fair and good(read.fit(printed, made, claim.text)):
        said = f"{printed.text} is {new.text} as a percentage of {old.text}; the change is {say(made.value - 100, 0)}%."
        return answer(WRONG, "ratio_printed_as_increase", said, **figures)
    if "truncated_not_rounded" in codes[:1]:
        return from_fit(
            "truncated_not_rounded", made, f"{new.text} beside {old.text} is", printed.decimals, " times", **figures
        )
    if made.value and way != -1 and read.fit(printed, span(lambda o, n: o / n, old, new), claim.text):
        return answer(
            WRONG, "direction_reversed", f"It is {old.text} that is the multiple of {new.text}: reversed.", **figures
        )
    return answer(
        WRONG, "multiple_does_not_follow", f"{new.text} is {right} {old.text}, not {printed.text}.", **figures
    )


def _less_100(made: Span) -> Span:
    return Span(*(x - 100 for x in made[:3]), made.counts)


def multiple_answer(claim, old, new, printed, fair, said, figures) -> Answer:
    made = span(lambda o, n: n / o, old, new)
    if code := read.fit(printed, made, given=fair):
        return from_fit(code, made, f"{new.text} is {old.text} times", 2, "", **figures)
    wanted_up = fair[0].high > 1
    turned = 1 / made.value if made.value else None
    if (made.value > 1) != wanted_up and turned and any(turned in r for r in fair):
        return answer(
            WRONG, "direction_reversed", f"From {old.text} to {new.text} runs the other way: reversed.", **figures
        )
    right = f"{say(made.value, 2)} times"
    return answer(
        WRONG,
        "multiple_does_not_follow",
        f"From {old.text} to {new.text} is {right}, which is not {said!r}.",
        **figures,
    )


def fraction_of_change(claim, old, new, printed, fair, said, figures) -> Answer:
    """`fell by a third`, `down to a quarter`, `over half as many again`."""
    if old.value == 0:
        return answer(WRONG, "impossible_base", "There is no fraction of 0: print the two figures.")
    text = f"{said} {claim.text}".lower()
    made = abs(span(lambda o, n: (n - o) / o, old, new))
    ratio = span(lambda o, n: n / o, old, new)
    way = read.direction(printed["direction"], said, claim.text)
    if way and new.value != old.value and (new.value > old.value) != (way > 0):
        return wrong_way_round(claim, old, new, span(relative, old, new), figures, "%", printed)
    options = [made]
    if re.search(
        r"\bto (just |about |around |nearly |almost |under |over |less than )*(a|one|two|three)\b|\bof the\b|as many",
        text,
    ):
        options.append(ratio)
    for each in options:
        if good(code := read.fit(printed, each, given=fair)):
            percent = Span(*(x * 100 for x in each[:3]), each.counts)
            return from_fit(code, percent, f"From {old.text} to {new.text} is", 1, **figures)
    moved = say(made.value * 100)
    return answer(
        WRONG,
        "fraction_does_not_follow",
        f"From {old.text} to {new.text} is a change of {moved}%, which is not {said!r}.",
        **figures,
    )


def direction_words(claim, old, new, printed, figures) -> Answer:
    said = f"{printed['word'] or ''} {printed['value'] if printed.value is None and printed['value'] else ''}".strip()
    way = read.direction(printed["direction"], said, claim.text)
    made = span(lambda o, n: n - o, old, new)
    moved = f"From {old.text} to {new.text}"
    if flows := like_for_like(lambda o, n: n - o, old, new):
        return _flows(flows, made, way, figures)
    if way is None and re.search(r"improv|worse|deteriorat|better|chang", said.lower()) and made.value:
        return answer(
            REPRODUCES, "ok", f"{moved}: it changed; for the better or not is not for figures to say.", **figures
        )
    if way is None:
        return answer(UNKNOWN, "missing_counts", f"{moved}: the sentence does not say which way it went.", **figures)
    share = abs(made.value / old.value) if old.value else Fraction(0 if made.value == 0 else 1)
    went = "did not change" if not made.value else ("rose" if made.value > 0 else "fell")
    by = f" by {say(share * 100)}%" if old.value and made.value else ""
    if way == 0:
        small = exact_count(old) and abs(made.value) <= 2
        if share <= SIMILAR or small or (made.low <= 0 <= made.high):
            return answer(REPRODUCES, "ok", f"{moved}: {went}{by}, fairly called no change.", **figures)
        return answer(
            WRONG, "change_does_not_follow", f"{moved}: it {went}{by}, which is not {said or 'no change'!r}.", **figures
        )
    if made.value == 0 and made.low < 0 < made.high:
        return answer(
            ONLY_IF,
            "unrounded_inputs_condition",
            f"{moved}: the printed figures are equal; reproduces only if the unrounded ones differ.",
            **figures,
        )
    if made.value == 0:
        return answer(WRONG, "change_does_not_follow", f"{moved}: the figures are equal.", **figures)
    if (made.value > 0) != (way > 0):
        return wrong_way_round(claim, old, new, made, figures, "", Number("printed", None, 0, ""))
    if re.search(r"\b(slight|marginal|small|modest|minor)", said.lower()) and share > SLIGHT and abs(made.value) > 5:
        return answer(WRONG, "change_does_not_follow", f"{moved}: it {went}{by}, which is not {said!r}.", **figures)
    return answer(REPRODUCES, "ok", f"{moved}: it {went}{by}.", **figures)


def _flows(like: Span, naive: Span, way: int | None, figures) -> Answer:
    """A direction between flows of different length: which of the two readings has it?"""
    if way and like.value and (like.value > 0) == (way > 0):
        if naive.value and (naive.value > 0) == (way > 0):
            return answer(REPRODUCES, "ok", "Holds as printed and for periods of equal length.", **figures)
        return answer(
            ONLY_IF,
            "annualised_condition",
            "Reproduces only if the shorter period is scaled up to the longer: say so.",
            **figures,
        )
    return answer(
        WRONG,
        "comparator_other_basis",
        "The two figures cover periods of different length; for equal lengths the direction is another.",
        **figures,
    )
