"""Numbers as text, and the two kinds of sentence a page prints: its Answer and its Notes."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from html import escape

WITHHELD = "withheld"  # what stands in prose for a figure that disclosure control has hidden


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Half up, away from zero, on the shortest decimal text of the number: 2.675 to two places is 2.68."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _missing(value) -> bool:
    return value is None or value != value


def count(value: float | None) -> str:
    """A count with thousands separated: 254,275. Blank or hidden is `withheld`, never 0."""
    return WITHHELD if _missing(value) else f"{rounded(value):,}"


def rate(value: float | None, decimals: int = 1) -> str:
    """A rate or an average, printed to `decimals` places: 103.8."""
    return WITHHELD if _missing(value) else f"{rounded(value, decimals):,}"


def percent(value: float | None, decimals: int = 1) -> str:
    """A share (fraction of 1) as a percentage: 0.268 is 26.8%."""
    return WITHHELD if _missing(value) else f"{rounded(float(Decimal(repr(float(value))) * 100), decimals):,}%"


def points(value: float | None, decimals: int = 1) -> str:
    """A difference of two shares (fractions of 1) in percentage points: 0.0165 is 1.7 percentage points."""
    if _missing(value):
        return WITHHELD
    return f"{rounded(float(Decimal(repr(float(value))) * 100), decimals):,} percentage points"


def money(value: float | None) -> str:
    """Whole pounds: £134,428, and −£105 where more went out than there was."""
    return WITHHELD if _missing(value) else f"{'−' if rounded(value) < 0 else ''}£{abs(rounded(value)):,}"


def ordinal(value: float) -> str:
    """67 is 67th, 21 is 21st, 112 is 112th."""
    whole = int(value)
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{ending}"


def when(text: object) -> str:
    """Periods as they are read: `2017-18-Q4` is 2017-18 Q4, in a sentence too."""
    return re.sub(r"(\d{4}-\d{2})-(Q[1-4])", r"\1 \2", str(text))


def series(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *head, last = list(items)
    return f"{', '.join(head)} and {last}" if head else last


class Answer(str):
    """The page's answer in one sentence; the pack's index prints it beside the page's title."""

    def _repr_html_(self) -> str:
        return f'<p class="answer">{escape(self)}</p>'


class Points(list):
    """Sentences that are read one by one, as a list: questions to ask."""

    def _repr_html_(self) -> str:
        return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in self) + "</ul>"


class Note(str):
    """A paragraph of computed prose; nothing where there is nothing to say."""

    def _repr_html_(self) -> str:
        return f"<p>{escape(self)}</p>" if self else ""
