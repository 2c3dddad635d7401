"""Claims of a count that moved by so many."""

from __future__ import annotations

from . import directions, print_fit
from .answers import Answer, figure_text, range_text, unknown, wrong
from .change_arithmetic import change_figures, difference, wrong_way_round
from .claim import Claim
from .print_fit import fit_answer
from .printed_numbers import span


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
    result, figures = span(difference, old, new), change_figures(old, new)
    if way and result.value and (result.value > 0) != (way > 0):
        return wrong_way_round(claim, old, new, result, figures, "", printed)
    what = f"From {old.text} to {new.text} is a {'rise' if result.value >= 0 else 'fall'} of"
    if code := print_fit.fit(printed, abs(result), claim.text):
        return fit_answer(code, abs(result), what, printed.decimals, "", printed=printed, **figures)
    sentence = f"{what} {figure_text(abs(result.value), printed.decimals)}, not {printed.text}."
    return wrong("change_does_not_follow", sentence, **figures)
