"""Claims of change and of difference: from old to new, and of one's own figure beside a comparator's."""

from __future__ import annotations

import re
from fractions import Fraction

from . import readings as read
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, WRONG, Answer, answer, say, say_range
from .model import Claim, exact_count
from .numbers import Number, Span, span, truth, whole_range
from .periods import not_stated, period, same_year

CONDITIONS = {
    "half_even_condition": "ties are rounded to the even digit (12.5 to 12); rounded half up it is {right}",
    "unrounded_inputs_condition": "it was worked out from unrounded figures; the printed ones give {right}, "
    "and {range} allowing for their rounding",
    "rounded_count_condition": "it was worked out from unrounded counts; the printed ones give {right}, "
    "and {range} allowing for their rounding",
}


def relative(old: Fraction, new: Fraction) -> Fraction:
    """Change as a percentage of where it started."""
    return (new - old) / old * 100


def from_fit(code: str, made: Span, what: str, decimals: int, unit: str = "%", wrong: str = "", **figures) -> Answer:
    """The answer of a figure that fits in some way (see readings.fit), truncation included."""
    right = f"{say(made.value, decimals)}{unit}"
    if code == "ok":
        return answer(REPRODUCES, "ok", f"{what} {right}, as printed.", **figures)
    if code == "truncated_not_rounded":
        said = f"{what} {say(made.value, decimals + 2)}{unit}: the print cuts the decimals off; rounded it is {right}."
        return answer(WRONG, code, said, **figures)
    condition = CONDITIONS[code].format(
        right=right, range=f"{say(made.low, decimals)} to {say(made.high, decimals)}{unit}"
    )
    return answer(ONLY_IF, code, f"Reproduces only if {condition}.", **figures)


# --- old and new ----------------------------------------------------------------------------------------------


def change(claim: Claim) -> Answer:
    """percent_change, unit_of_change, point_difference: a print of how far a figure moved."""
    old, new, printed = claim.one("old"), claim.one("new"), claim.one("printed")
    old, new = _filled(claim, old, new, printed)
    if printed is None or printed.value is None:
        if printed is not None and (printed["word"] or printed["direction"]) and old and new:
            return word_of_change(claim, old, new, printed)
        if printed is None or not (printed["word"] or printed["direction"]):
            if old and new and old.value:
                made = span(relative, old, new)
                return answer(
                    UNKNOWN,
                    "missing_counts",
                    f"No change is printed; the figures give {say(made.value)}%.",
                    percent=made.value,
                )
    if old is None or new is None:
        return _without_base(claim, old, new, printed)
    if old.value == 0 and _asked(claim, printed) == "percent":
        return answer(WRONG, "impossible_base", "A percentage of a base of 0 does not exist: print the two counts.")
    if claim.known("absolute_change") and (bad := _absolute(claim, old, new)):
        return bad
    return _judge_change(claim, old, new, printed)


def _filled(claim: Claim, old, new, printed):
    """Old and new with a value; one that is missing is made from the other and the printed absolute change."""
    old = old if old is not None and old.value is not None else None
    new = new if new is not None and new.value is not None else None
    moved = claim.known("absolute_change")
    if moved and (old is None) != (new is None):
        way = read.printed_direction(moved) or (read.printed_direction(printed, claim.text) if printed else None)
        step = abs(moved.value) * (way or 0)
        if step and old is None:
            old = Number("old", new.value - step, 0, new.unit, 1, {"derived_from": "new and absolute_change"})
        elif step:
            new = Number("new", old.value + step, 0, old.unit, 1, {"derived_from": "old and absolute_change"})
    return old, new


def _asked(claim: Claim, printed: Number) -> str:
    """What the print claims to be: `percent` of the base, `points`, `times`, or `amount`."""
    if printed.unit in ("percent", "points", "times"):
        return printed.unit
    if printed.unit:
        return "amount"
    if claim.kind == "multiple":
        return "times"
    if claim.kind == "point_difference" or re.search(r"percentage points?|\bpp\b", claim.text.lower()):
        return "points"
    return "percent"


def _judge_change(claim: Claim, old: Number, new: Number, printed: Number) -> Answer:
    asked = _asked(claim, printed)
    formulas = {"percent": relative, "points": lambda o, n: n - o, "amount": lambda o, n: n - o}
    formulas["times"] = lambda o, n: n / o
    if asked == "times":
        return multiple(claim)
    made = span(formulas[asked], old, new)
    made = _like_for_like(formulas[asked], old, new) or made
    way = read.printed_direction(printed, claim.text)
    unit = {"percent": "%", "points": " percentage points", "amount": ""}[asked]
    figures = _change_figures(old, new)
    if asked == "points" and not _percentages(old, new):
        if fits := read.fit(printed, abs(span(relative, old, new)), claim.text) if old.value else "":
            right = f"{say(relative(old.value, new.value), printed.decimals)}%"
            if fits != "truncated_not_rounded":
                return answer(
                    WRONG,
                    "percentage_points_misused",
                    f"Percentage points are for the difference of two percentages; this is {right} of the first.",
                    **figures,
                )
        return answer(
            WRONG,
            "percentage_points_misused",
            "Percentage points are for the difference of two percentages, which these figures are not.",
            **figures,
        )
    if way and made.value and (made.value > 0) != (way > 0):
        if not (made.low <= 0 <= made.high):
            return _reversed(claim, old, new, made, figures, unit, printed)
    if code := read.fit(printed, abs(made), claim.text):
        if asked == "percent" and code != "ok" and (better := _misread(claim, old, new, printed, figures, code)):
            return better
        if code != "truncated_not_rounded" and _flows_differ(old, new):
            return answer(
                ONLY_IF,
                "annualised_condition",
                "Reproduces only if the shorter period is scaled up to the longer one: say so.",
                **figures,
            )
        what = f"From {old.text} to {new.text} is a {'rise' if made.value >= 0 else 'fall'} of"
        return from_fit(code, abs(made), what, printed.decimals, unit, **figures)
    return _diagnose_change(claim, old, new, printed, asked, made, unit, figures)


def _misread(claim, old, new, printed, figures, code) -> Answer | None:
    """An exact other reading of a print that fits only under truncation: the points, or the wrong base."""
    if code != "truncated_not_rounded":
        return None
    if _percentages(old, new) and read.rounds_to(printed, abs(new.value - old.value)):
        return _points_as_percent(old, new, printed, figures)
    return None


def _change_figures(old: Number, new: Number) -> dict:
    figures = {"difference": new.value - old.value}
    if old.value:
        made = span(relative, old, new)
        figures |= {"percent": made.value, "ratio": new.value / old.value}
        if made.low != made.high:
            figures["percent_range"] = [made.low, made.high]
    return figures


def _percentages(*numbers: Number) -> bool:
    """Whether the figures may be percentages: said so, or nothing said and none above 100."""
    if all(n.unit in ("percent", "points") for n in numbers):
        return True
    return (
        all(n.unit == "" for n in numbers) and all(n.value <= 100 for n in numbers) and any(n.decimals for n in numbers)
    )


def _flows_differ(old: Number, new: Number) -> bool:
    a, b = months_of(old), months_of(new)
    return bool(a and b and a != b)


def months_of(number: Number) -> Fraction | None:
    """Months that a flow counts; None for a snapshot and where nothing says."""
    if number["months"] and (got := read.number_of(number["months"])):
        return got
    basis = str(number["basis"] or "").lower()
    if "snapshot" in basis or not basis:
        return None
    if "quarter" in basis:
        return Fraction(3)
    if "month" in basis:
        return Fraction(1)
    return Fraction(12) if re.search(r"annual|year", basis) else None


def _like_for_like(formula, old: Number, new: Number) -> Span | None:
    """The formula on flows of equal length; None where they are equal already."""
    if not _flows_differ(old, new):
        return None
    a, b = months_of(old), months_of(new)
    return span(lambda o, n: formula(o / a * max(a, b), n / b * max(a, b)), old, new)


def _reversed(claim, old, new, made, figures, unit, printed) -> Answer:
    went = "rose" if made.value > 0 else "fell"
    amount = f"{say(abs(made.value), max(printed.decimals, 0))}{unit}" if printed.value is not None else ""
    said = f"The figures {went}, from {old.text} to {new.text}" + (f" ({amount})" if amount else "")
    return answer(
        WRONG, "direction_reversed", f"{said}: the sentence has the direction the wrong way round.", **figures
    )


def _absolute(claim: Claim, old: Number, new: Number) -> Answer | None:
    moved = claim.known("absolute_change")
    made = span(lambda o, n: n - o, old, new)
    if read.fit(moved, abs(made), claim.text) not in ("", "truncated_not_rounded"):
        return None
    said = f"{old.text} to {new.text} is a difference of {say(abs(made.value), moved.decimals)}, not {moved.text}."
    return answer(WRONG, "change_does_not_follow", said, difference=made.value)


def _points_as_percent(old, new, printed, figures) -> Answer:
    points = say(abs(new.value - old.value), max(old.decimals, new.decimals))
    right = (
        f"{points} percentage points, or {say(abs(relative(old.value, new.value)))}% of {old.text}"
        if old.value
        else points
    )
    return answer(
        WRONG, "pp_vs_percent", f"A difference of two percentages is printed as a percentage: it is {right}.", **figures
    )


def _diagnose_change(claim, old, new, printed, asked, made, unit, figures) -> Answer:
    """No fair reading gives the print: which slip does?"""
    right = f"{say(abs(made.value), printed.decimals)}{unit}"
    points = abs(span(lambda o, n: n - o, old, new))
    percent = abs(span(relative, old, new)) if old.value else None
    size = abs(printed.value)
    if _flows_differ(old, new):
        naive = abs(span(relative if asked == "percent" else lambda o, n: n - o, old, new))
        if read.fit(printed, naive, claim.text):
            return answer(
                WRONG,
                "comparator_other_basis",
                f"The two figures cover periods of different length; for equal lengths the change is {right}.",
                **figures,
            )
    if asked in ("percent", "points") and _percentages(old, new) and size in (abs(old.value), abs(new.value)):
        return answer(
            WRONG,
            "of_from_slip",
            f"The print is the figure itself, not its change: the change is from "
            f"{old.text} to {new.text}, {say(points.value, max(old.decimals, new.decimals))} percentage points.",
            **figures,
        )
    if asked == "percent":
        if _percentages(old, new) and read.fit(printed, points, claim.text):
            return _points_as_percent(old, new, printed, figures)
        if new.value and _good(read.fit(printed, abs(span(lambda o, n: (n - o) / n * 100, old, new)), claim.text)):
            said = (
                f"The difference was divided by the later figure, {new.text}; as a share of {old.text} it is {right}."
            )
            return answer(WRONG, "wrong_base", said, base_that_gives_printed=new.value, **figures)
        if read.fit(printed, span(lambda o, n: n / o * 100, old, new), claim.text) in ("ok", "half_even_condition"):
            said = f"{printed.text} is the new figure as a percentage of the old one; the change is {right}."
            return answer(WRONG, "ratio_printed_as_increase", said, **figures)
        if found := _other_base(claim, old, new, printed, figures):
            return found
        if scale := _off_by_ten(printed, percent):
            return answer(
                WRONG, "scale_error", f"The print is {scale} times what the figures give, {right}.", **figures
            )
    if asked == "points" and percent and read.fit(printed, percent, claim.text):
        said = f"The print is the change as a percentage of {old.text}; in percentage points it is {right.split()[0]}."
        return answer(WRONG, "percentage_points_misused", said, **figures)
    base = _implied_base(new, printed, read.printed_direction(printed, claim.text)) if asked == "percent" else None
    said = f"From {old.text} to {new.text} is {right}, not {printed.text}."
    if asked == "percent":
        return answer(WRONG, "change_does_not_follow", said, base_that_gives_printed=base, **figures)
    return answer(WRONG, "change_does_not_follow", said, **figures)


def _good(code: str) -> bool:
    return code not in ("", "truncated_not_rounded")


def _off_by_ten(printed: Number, made: Span) -> int | Fraction | None:
    """The power of ten by which a print of two or more digits is off; None where it is not."""
    if made is None or len(str(abs(printed.value).numerator).strip("0")) < 2:
        return None
    for power in (10, 100, 1000, Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)):
        if read.rounds_to(printed, made.value * power):
            return power
    return None


def _other_base(claim: Claim, old: Number, new: Number, printed: Number, figures) -> Answer | None:
    """The base, among the other points that the sentence prints, from which the change follows."""
    for point in claim.all("point"):
        if point.value in (None, 0, old.value):
            continue
        made = span(relative, point, new)
        way = read.printed_direction(printed, claim.text)
        if (way and made.value and (made.value > 0) != (way > 0)) or not _good(
            read.fit(printed, abs(made), claim.text)
        ):
            continue
        revised = same_year(point["period"], old["period"])
        if revised or re.search(r"revis|restat|updated", f"{point['name']} {point['word']}".lower()):
            said = f"Reproduces only if the base is the revised figure, {point.text}."
            return answer(ONLY_IF, "revised_base_condition", said, base_that_gives_printed=point.value, **figures)
        where = point["period"] or "another period"
        stated = old["base_period_stated"] if old["base_period_stated"] is not None else printed["base_period_stated"]
        if stated is not None and truth(stated):
            said = f"The change is from {where} ({point.text}), not from the period that the sentence names."
            return answer(WRONG, "base_other_period", said, base_that_gives_printed=point.value, **figures)
        said = f"Reproduces only if the base is {where} ({point.text}): say so."
        return answer(ONLY_IF, "base_other_period", said, base_that_gives_printed=point.value, **figures)
    return None


def _implied_base(new: Number, printed: Number, way: int | None) -> list | None:
    """The bases from which the print would give the new figure, as [low, high]: whole numbers where it is a count."""
    ends = _base_ends(new, printed, way)
    if ends is None:
        return None
    whole = whole_range(*ends) if exact_count(new) else None
    return list(whole or ends)


def _base_ends(new: Number, printed: Number, way: int | None):
    if printed.value is None or new.value is None:
        return None
    ends = []
    for size in (abs(printed.value) - printed.step / 2, abs(printed.value) + printed.step / 2):
        for value in new.ends:
            factor = 1 + (way or 1) * size / 100
            if factor <= 0:
                return None
            ends.append(value / factor)
    return min(ends), max(ends)


def _without_base(claim: Claim, old, new, printed) -> Answer:
    """One figure or both are not printed: what the print implies, where it implies anything."""
    earlier, later = claim.one("old"), claim.one("new")
    before, after = (period(n["period"]) if n is not None else None for n in (earlier, later))
    if old is None and new is None and before and after and before.end > after.end:
        if printed is not None and not claim.known("absolute_change"):
            said = f"As written the change runs backwards, from {earlier['period']} to {later['period']}; the counts are not printed."
            return answer(UNKNOWN, "direction_reversed", said)
    if printed is None or printed.value is None:
        return answer(
            UNKNOWN, "missing_base", "Neither the change nor the figure it started from is printed: print both."
        )
    way = read.printed_direction(printed, claim.text)
    moved = claim.known("absolute_change")
    if old is None and new is None and moved and _asked(claim, printed) == "percent" and printed.value:
        size, half = abs(printed.value), printed.step / 2
        low, high = moved.ends
        ends = (abs(low) * 100 / (size + half), abs(high) * 100 / (size - half) if size > half else read.INFINITE)
        return _implied(claim, ends, moved, printed)
    if _asked(claim, printed) != "percent" or (old is None and new is None):
        return answer(UNKNOWN, "missing_base", "The figures that the change is between are not printed: print both.")
    if old is None:
        if found := _from_points(claim, new, printed):
            return found
        ends = _base_ends(new, printed, way)
        return (
            _implied(claim, ends, new, printed)
            if ends
            else answer(WRONG, "impossible_base", "Nothing can fall by more than 100%: check the percentage.")
        )
    ends = sorted(
        old.value * (1 + (way or 1) * s / 100)
        for s in (abs(printed.value) - printed.step / 2, abs(printed.value) + printed.step / 2)
    )
    said = f"The new figure is not printed; from {old.text} the print implies {say_range(ends)}."
    return answer(UNKNOWN, "missing_counts", said, new_that_gives_printed=ends)


def _from_points(claim: Claim, new: Number, printed: Number) -> Answer | None:
    stand_in = Number("old", Fraction(-1), 0, "", 1, {})
    return _other_base(claim, stand_in, new, printed, {}) if claim.all("point") else None


def _implied(claim: Claim, ends, given: Number, printed: Number) -> Answer:
    """The base that a percentage and one count imply; a count that no whole base gives is impossible."""
    plain_print = any(r.plain for r in read.readings(printed, claim.text)) and not truth(printed["approximate"])
    whole = whole_range(*ends) if exact_count(given) else None
    if exact_count(given) and given.unit in ("count", "") and plain_print and whole is None and _is_count(claim, given):
        said = (
            f"No whole number as a base gives {printed.text} with {given.text}; the nearest would be {say_range(ends)}."
        )
        return answer(WRONG, "impossible_base", said, base_that_gives_printed=list(ends))
    base = list(whole or ends)
    said = f"The figure that the percentage starts from is not printed; the print implies {say_range(base)}. Print it."
    return answer(UNKNOWN, "missing_base", said, base_that_gives_printed=base)


def _is_count(claim: Claim, number: Number) -> bool:
    return number.unit == "count" or not number.measured


# --- multiples and directions -----------------------------------------------------------------------------------


def multiple(claim: Claim) -> Answer:
    """`doubled`, `3.5 times as many`, `halved`."""
    old = claim.one("old") or claim.one("comparator")
    new = claim.one("new") or claim.one("own")
    printed = claim.one("printed")
    old, new = _filled(claim, old, new, printed)
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
    figures = _change_figures(old, new)
    if printed.value is not None and claim.kind != "direction":
        return _numeric_multiple(claim, old, new, printed, said, figures)
    if fair := read.multiple_readings(said):
        return _multiple_answer(claim, old, new, printed, fair, said, figures)
    if fair := read.fraction_readings(said):
        return _fraction_of_change(claim, old, new, printed, fair, said, figures)
    return _direction(claim, old, new, printed, figures)


def _numeric_multiple(claim, old, new, printed, said, figures) -> Answer:
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
    codes = [read.fit(printed, each, claim.text) for each in fair]
    way = read.direction(printed["direction"], printed["word"])
    right = (
        f"{say(made.value, max(printed.decimals, 1))} times"
        if printed.unit != "percent"
        else f"{say(made.value, printed.decimals)}%"
    )
    for wanted in ("ok", "half_even_condition", "rounded_count_condition", "unrounded_inputs_condition"):
        if wanted in codes:
            each = fair[codes.index(wanted)]
            unit = "%" if printed.unit == "percent" else " times"
            return from_fit(wanted, each, f"{new.text} beside {old.text} is", printed.decimals, unit, **figures)
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


def _multiple_answer(claim, old, new, printed, fair, said, figures) -> Answer:
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


def _fraction_of_change(claim, old, new, printed, fair, said, figures) -> Answer:
    """`fell by a third`, `down to a quarter`, `over half as many again`."""
    if old.value == 0:
        return answer(WRONG, "impossible_base", "There is no fraction of 0: print the two figures.")
    text = f"{said} {claim.text}".lower()
    made = abs(span(lambda o, n: (n - o) / o, old, new))
    ratio = span(lambda o, n: n / o, old, new)
    way = read.direction(printed["direction"], said, claim.text)
    if way and new.value != old.value and (new.value > old.value) != (way > 0):
        return _reversed(claim, old, new, span(relative, old, new), figures, "%", printed)
    options = [made]
    if re.search(
        r"\bto (just |about |around |nearly |almost |under |over |less than )*(a|one|two|three)\b|\bof the\b|as many",
        text,
    ):
        options.append(ratio)
    for each in options:
        if _good(code := read.fit(printed, each, given=fair)):
            percent = Span(*(x * 100 for x in each[:3]), each.counts)
            return from_fit(code, percent, f"From {old.text} to {new.text} is", 1, **figures)
    moved = say(made.value * 100)
    return answer(
        WRONG,
        "fraction_does_not_follow",
        f"From {old.text} to {new.text} is a change of {moved}%, which is not {said!r}.",
        **figures,
    )


SLIGHT, SIMILAR = Fraction(1, 4), Fraction(1, 10)


def direction(claim: Claim) -> Answer:
    """`increased`, `slightly down`, `no change`: between two figures, or the first and last of several points."""
    points = [p for p in claim.all("point") if p.value is not None]
    old, new = claim.known("old"), claim.known("new")
    if new is None and points:
        new = points[-1]
    if old is None and len(points) > 1:
        old = points[0]
    printed = claim.one("printed")
    if old is None or new is None:
        return answer(
            UNKNOWN, "missing_base", "The figures that the direction is between are not both printed: print both."
        )
    if printed is None:
        printed = Number("printed", None, 0, "", 1, {"word": claim.text})
    if printed.value is not None and printed.unit in ("percent", "points", "times"):
        return _judge_change(claim, old, new, printed)
    return word_of_change(claim, old, new, printed)


def _direction(claim, old, new, printed, figures) -> Answer:
    said = f"{printed['word'] or ''} {printed['value'] if printed.value is None and printed['value'] else ''}".strip()
    way = read.direction(printed["direction"], said, claim.text)
    made = span(lambda o, n: n - o, old, new)
    moved = f"From {old.text} to {new.text}"
    if flows := _like_for_like(lambda o, n: n - o, old, new):
        return _flows(flows, made, way, figures)
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
        return _reversed(claim, old, new, made, figures, "", Number("printed", None, 0, ""))
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


# --- one's own figure and a comparator's ------------------------------------------------------------------------


def difference(claim: Claim) -> Answer:
    """percent_difference and comparison: arithmetic first, then whether the two may be compared at all."""
    own, comparator, printed = claim.known("own"), claim.known("comparator"), claim.one("printed")
    if comparator is None or own is None:
        return _one_side(claim, own, comparator, printed)
    units = _units_differ(claim, own, comparator)
    if printed is None:
        printed = Number("printed", None, 0, "", 1, {"word": claim.text})
    as_printed = _arithmetic(claim, own, comparator, printed)
    if units:
        return answer(
            as_printed.verdict if as_printed.verdict == WRONG else WRONG,
            "comparator_other_basis",
            f"The two figures are on different bases ({units}): bring them to one before comparing.",
            **as_printed.recalculated,
        )
    if as_printed.verdict == WRONG and as_printed.diagnosis != "comparator_other_basis":
        return _rescued(claim, own, comparator, printed) or as_printed
    return _comparable(claim, own, comparator, printed, as_printed)


def _one_side(claim, own, comparator, printed) -> Answer:
    if own is not None and printed is not None and printed.value is not None and _asked(claim, printed) == "percent":
        ends = _base_ends(own, printed, read.printed_direction(printed, claim.text))
        if ends:
            said = f"The comparator is not printed; the print implies {say_range(ends)}."
            return answer(UNKNOWN, "missing_base", said, base_that_gives_printed=list(ends))
    which = "comparator's figure" if comparator is None else "own figure"
    return answer(UNKNOWN, "missing_base", f"The {which} is not printed: print it, with its period.")


def _units_differ(claim: Claim, own: Number, comparator: Number) -> str:
    from .numbers import per_of

    one = str(claim["own_unit"] or own["unit"] or "").strip()
    other = str(claim["comparator_unit"] or comparator["unit"] or "").strip()
    a, b = per_of(one), per_of(other)
    if a and b:
        return f"{one} and {other}" if a != b else ""
    from .numbers import unit_kind

    kinds = {unit_kind(one), unit_kind(other)}
    if one and other and len(kinds) == 2 and kinds & {"percent", "rate"} and "count" in kinds:
        return f"{one} and {other}"
    return f"{one} and {other}" if kinds == {"percent", "rate"} else ""


def _arithmetic(claim: Claim, own: Number, comparator: Number, printed: Number) -> Answer:
    if printed.value is None or (claim.kind == "comparison" and printed.unit not in ("percent", "points", "times")):
        if printed.value is not None and printed.value in (own.value, comparator.value):
            printed = Number("printed", None, 0, "", 1, {k: v for k, v in printed.fields.items() if k != "value"})
        if printed.value is not None and printed.unit in ("rate", "count", "measure", "money"):
            return _judge_pair(claim, own, comparator, printed, "amount")
        if printed.value is None:
            return _comparison_words(claim, own, comparator, printed)
    if comparator.value == 0:
        return answer(
            WRONG, "impossible_base", "A percentage of a comparator of 0 does not exist: print the two figures."
        )
    asked = _asked(claim, printed)
    if asked == "times":
        return _numeric_multiple(
            claim, comparator, own, printed, str(printed["word"] or ""), _change_figures(comparator, own)
        )
    return _judge_pair(claim, own, comparator, printed, asked)


def _comparison_words(claim, own, comparator, printed) -> Answer:
    words = str(printed["word"] or printed["comparison"] or printed["direction"] or claim.text)
    given = Number("printed", None, 0, "", 1, dict(printed.fields) | {"word": words})
    figures = _change_figures(comparator, own)
    if comparator.value and (fair := read.multiple_readings(words)):
        return _multiple_answer(claim, comparator, own, given, fair, words, figures)
    made = span(lambda c, o: o - c, comparator, own)
    way = read.direction(printed["direction"], printed["word"], printed["comparison"], claim.text)
    what = f"{own.text} beside {comparator.text}"
    if way is None:
        return answer(UNKNOWN, "missing_counts", f"{what}: the sentence does not say how they compare.", **figures)
    share = abs(made.value / comparator.value) if comparator.value else Fraction(bool(made.value))
    by = f"{say(share * 100)}% {'higher' if made.value > 0 else 'lower'}" if made.value else "equal"
    if way == 0:
        if share <= Fraction(3, 20) or (made.low <= 0 <= made.high):
            return answer(REPRODUCES, "ok", f"{what} is {by}, fairly called similar.", **figures)
        return answer(WRONG, "change_does_not_follow", f"{what} is {by}, which is not {words!r}.", **figures)
    if made.value == 0:
        if made.low < 0 < made.high:
            return answer(
                ONLY_IF,
                "unrounded_inputs_condition",
                f"{what}: equal as printed; reproduces only if the unrounded figures differ.",
                **figures,
            )
        return answer(WRONG, "change_does_not_follow", f"{what}: the two are equal.", **figures)
    if (made.value > 0) != (way > 0):
        return answer(
            WRONG, "direction_reversed", f"{what} is {by}: the sentence has it the wrong way round.", **figures
        )
    return answer(REPRODUCES, "ok", f"{what} is {by}.", **figures)


def _judge_pair(claim, own, comparator, printed, asked) -> Answer:
    formula = relative if asked == "percent" else (lambda c, o: o - c)
    made = span(formula, comparator, own)
    unit = {"percent": "%", "points": " percentage points", "amount": ""}[asked]
    way = read.printed_direction(printed, claim.text)
    figures = _change_figures(comparator, own)
    right = f"{say(abs(made.value), printed.decimals)}{unit}"
    code = read.fit(printed, abs(made), claim.text)
    if way and made.value and (made.value > 0) != (way > 0) and not (made.low <= 0 <= made.high):
        said = f"{own.text} is {right} {'above' if made.value > 0 else 'below'} {comparator.text}: the wrong way round."
        return answer(WRONG, "direction_reversed", said, **figures)
    if asked == "points" and not _percentages(own, comparator) and own.unit not in ("percent", ""):
        return answer(
            WRONG,
            "percentage_points_misused",
            "Percentage points are for the difference of two percentages.",
            **figures,
        )
    if code:
        what = f"{own.text} beside {comparator.text} is a difference of"
        return from_fit(code, abs(made), what, printed.decimals, unit, **figures)
    if asked == "percent":
        on_own = abs(span(lambda c, o: (o - c) / o * 100, comparator, own)) if own.value else None
        if on_own and _good(read.fit(printed, on_own, claim.text)):
            ends = f" ({say(made.low)} to {say(made.high)} allowing for rounding)" if made.low != made.high else ""
            said = (
                f"The difference was divided by the own figure, {own.text}; against {comparator.text} it is "
                f"{say(abs(made.value))}%{ends}."
            )
            return answer(WRONG, "wrong_base", said, base_that_gives_printed=own.value, **figures)
        if _percentages(own, comparator) and read.fit(
            printed, abs(span(lambda c, o: o - c, comparator, own)), claim.text
        ):
            return _points_as_percent(comparator, own, printed, figures)
        if read.fit(printed, span(lambda c, o: o / c * 100, comparator, own), claim.text) == "ok":
            said = f"{printed.text} is the own figure as a percentage of the comparator; the difference is {right}."
            return answer(WRONG, "ratio_printed_as_increase", said, **figures)
        if scale := _off_by_ten(printed, abs(made)):
            return answer(
                WRONG, "scale_error", f"The print is {scale} times what the figures give, {right}.", **figures
            )
    if asked == "points" and comparator.value and read.fit(printed, abs(span(relative, comparator, own)), claim.text):
        said = f"The print is the difference as a percentage of {comparator.text}; in percentage points it is {right.split()[0]}."
        return answer(WRONG, "percentage_points_misused", said, **figures)
    base = _implied_base(own, printed, way or (1 if made.value > 0 else -1)) if asked == "percent" else None
    said = f"{own.text} beside {comparator.text} is a difference of {right}, not {printed.text}."
    return answer(
        WRONG,
        "percentage_does_not_follow" if asked == "percent" else "change_does_not_follow",
        said,
        base_that_gives_printed=base,
        **figures,
    )


def _scaled(number: Number, factor: Fraction) -> Number:
    fields = {k: v for k, v in number.fields.items() if k not in ("rounded_to", "months", "basis")}
    fields["rounded_to"] = (
        str(number.half * 2 * factor) if number.half and "/" not in str(number.half * 2 * factor) else None
    )
    return Number(
        number.role,
        number.value * factor,
        number.decimals,
        number.unit or "rate",
        number.scale,
        fields,
        number.measured,
    )


def _on_one_length(own: Number, comparator: Number) -> tuple[Number, Number] | None:
    """Both flows on the longer of their lengths; None where they are of one length or of none."""
    a, b = months_of(own), months_of(comparator)
    if not a or not b or a == b:
        return None
    longest = max(a, b)
    return _scaled(own, longest / a), _scaled(comparator, longest / b)


def _rescued(claim, own, comparator, printed) -> Answer | None:
    """A print that the figures as they stand do not give, but flows of one length do."""
    pair = _on_one_length(own, comparator)
    if pair and _arithmetic(claim, *pair, printed).verdict in (REPRODUCES, ONLY_IF):
        said = (
            "Reproduces only if the shorter flow is scaled up to the longer one: say so, and print both on one basis."
        )
        return answer(ONLY_IF, "annualised_condition", said, **_change_figures(pair[1], pair[0]))
    return None


def _basis(number: Number) -> str:
    said = str(number["basis"] or "").lower()
    return "snapshot" if "snapshot" in said else ("flow" if said else "")


def _comparable(claim: Claim, own: Number, comparator: Number, printed: Number, found: Answer) -> Answer:
    """The answer of the arithmetic, unless the two figures are of another basis, year or an unstated period."""
    figures = found.recalculated
    if pair := _on_one_length(own, comparator):
        like = _arithmetic(claim, *pair, printed)
        if like.verdict in (REPRODUCES, ONLY_IF):
            said = "Reproduces only if both are flows of one length: one is longer than the other. Print both on one basis."
            return answer(ONLY_IF, "comparator_other_basis", said, **like.recalculated)
        said = f"One figure is a flow over {pair_words(own, comparator)}; on one basis: {like.sentence}"
        return answer(WRONG, "comparator_other_basis", said, **like.recalculated)
    if {_basis(own), _basis(comparator)} == {"snapshot", "flow"}:
        said = "Reproduces only if both are on one basis: one is a snapshot, the other a flow over a period."
        return answer(ONLY_IF, "comparator_other_basis", said, **figures)
    if found.verdict == UNKNOWN:
        return found
    same = same_year(own["period"] or claim["document_period"], comparator["period"])
    if same is False:
        said = (
            f"The arithmetic holds, but the comparator is of {comparator['period']} and the own figure of "
            f"{own['period'] or claim['document_period']}: reproduces only if a comparator of the same year agrees."
        )
        return answer(ONLY_IF, "comparator_other_year", said, **figures)
    unsaid = not_stated(comparator["period"]) or (
        claim.kind == "comparison" and own["period"] and not comparator["period"]
    )
    if unsaid:
        said = "The arithmetic holds, but the comparator's period is not printed, so the two may not be of one year: print it."
        return answer(UNKNOWN, "missing_comparator_period", said, **figures)
    return found


def pair_words(own: Number, comparator: Number) -> str:
    return f"{say(months_of(own), 0)} months, the other over {say(months_of(comparator), 0)}"
