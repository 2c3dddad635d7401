"""Claims of intervals: a figure printed with the interval that it lies in."""

from __future__ import annotations

from .answers import Answer, reproduces, unknown, wrong
from .claim import Claim
from .printed_numbers import Figure


def interval(claim: Claim) -> Answer:
    """A printed figure and the ends of its interval: it lies between them, and the lower end is not above the upper.

    A figure that the sentence calls a fall has a sign of its own (`direction`), as its interval's ends have.
    """
    low, high, printed = claim.figure("low"), claim.figure("high"), claim.figure("printed")
    if low is None or high is None or printed is None:
        return unknown("missing_counts", "The figure or an end of its interval is not printed: print all three.")
    bottom, top, value = (_signed(figure) for figure in (low, high, printed))
    if bottom > top:
        sentence = (
            f"The interval runs from {_shown(low)} down to {_shown(high)}: its ends are exchanged or one is wrong."
        )
        return wrong("outside_interval", sentence)
    slack = printed.half + max(low.half, high.half)
    if bottom - slack <= value <= top + slack:
        return reproduces("ok", f"{_shown(printed)} lies between {_shown(low)} and {_shown(high)}.")
    sentence = (
        f"{_shown(printed)} lies outside its own interval, {_shown(low)} to {_shown(high)}: correct one of the three."
    )
    return wrong("outside_interval", sentence, difference=value - (top if value > top else bottom))


def _signed(figure: Figure):
    falls = figure["sign"] == "-" or str(figure["direction"] or "") == "fall"
    return -abs(figure.value) if falls else figure.value


def _shown(figure: Figure) -> str:
    return f"{'-' * (_signed(figure) < 0)}{figure.text.lstrip('-+')}"
