"""A small grammar of sentences: they take cells and values, and say only what an interval or a rule supports.

`answer`, `note` and `ask` make what a page prints; the rest makes parts of sentences. Numbers print through the cell
(`f"{now:count}"`) or through `count`, `percent`, `rate`, `points`, `money`, `ordinal`, `series`, `plural`.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from lscb import intervals

from .book import register
from .cell_value import Cell
from .chart_sentences import ASSURANCE, direction, rounded_rows, trend
from .number_text import (
    NOT_SHOWN,
    count,
    label,
    money,
    ordinal,
    percent,
    points,
    rate,
    rounded,
    series,
    signed,
    when,
)
from .number_text import (
    plural as counted,
)

__all__ = ["ASSURANCE", "NOT_SHOWN", "Answer", "Note", "Points", "against", "answer", "ask", "beside", "change", "compared", "could", "count", "difference", "direction", "gap",
           "label", "money", "note", "ordinal", "percent", "plural", "points", "rate", "rounded", "rounded_rows", "series", "signed",
           "supported", "trend", "unless_hidden", "when", "withheld"]  # fmt: skip


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


def _absent(about, state: str = "absent") -> str:
    """Why a table (or one of several) that sentences are about is not there; empty where all are. `silent`: why it has
    no figure of the page's quarter; `partial`: what its figures lack."""
    for rows in about if isinstance(about, (list, tuple)) else [about]:
        if reason := getattr(rows, state, ""):
            return reason
    return ""


def answer(*sentences: str, about=None) -> Answer:
    """The page's answer. `about`: the rows it is about (or a list of them); where their table is not there or has no
    figure of the quarter, the answer is the reason in its place; where rows of its return are refused, it says how
    many. Empty sentences are left out, so `"..." if now.shown else ""` may stand for one."""
    if reason := _absent(about) or _absent(about, "silent"):
        return Answer(f"This cannot be answered. {reason}")
    return Answer(_joined((*sentences, _absent(about, "partial"))))


def note(*sentences: str, about=None) -> Note:
    """A paragraph; where the table it is about is not there, the reason in its place (see `answer`)."""
    return Note(_absent(about) or _absent(about, "silent") or _joined(sentences))


def _joined(sentences: tuple[str, ...]) -> str:
    """Sentences one after the other, each with a capital; empty ones left out."""
    return " ".join(text[0].upper() + text[1:] for text in sentences if text)


def ask(*questions: str, about=None) -> Points:
    """Questions for the group, one by one, empty ones left out; where the table is not there, to ask for the return."""
    reason = _absent(about) or _absent(about, "silent")
    return Points([f"Ask for the return: {reason}"] if reason else list(filter(None, questions)))


def unless_hidden(text: str, what: str, *cells: Cell) -> str:
    """The text where all cells are shown and none is marked incomplete; else that, or that `what` is withheld, or is not available or applicable, and why."""
    if part := next((cell for cell in cells if cell.incomplete), None):
        why = part.reason[part.reason.index("incomplete") :].rstrip(".")
        return f"{what} is {why} (seen: {part:share})."
    hidden = next((cell for cell in cells if not cell.shown), None)
    if hidden is None:
        return text
    why = f": {hidden.reason.rstrip('.')}" if hidden.reason and hidden.status != "suppressed" else ""
    return f"{what} is {hidden:state}{why}."


def plural(number: Cell | float | None, one: str, many: str = "") -> str:
    """A number with its noun: `no referrals`, `one referral`, `44 referrals`; of a cell its count: `about 45 referrals`
    where that is rounded, `a number of referrals that is withheld`, `an unknown number of referrals`."""
    if isinstance(number, Cell):
        if number.status in ("not_available", "not_applicable"):
            return f"an unknown number of {many or f'{one}s'}"
        if not number.shown:
            return f"a number of {many or f'{one}s'} that is withheld"
        about = "about " if number.rounded and number.count else ""
        return about + counted(number.count, one, many)
    return counted(number, one, many)


def against(own: Cell, other: Cell, whose: str) -> str:
    """A figure beside another that is no part of it, by the first's interval: `England's rate (3.9) lies inside that
    interval, so no difference can be claimed`. Say the first and its interval before."""
    kind = "percent" if other.is_share else "rate"
    if not other.shown:
        why = f": {other.reason.rstrip('.')}" if other.reason and other.status != "suppressed" else ""
        return f"{whose} is {other:state}{why}"
    text = f"{whose} ({other:{kind}})"
    if own.rounded or other.rounded:
        return f"{text} stands beside it; of rounded figures no difference is claimed"
    if not own.has_interval:
        return f"{text} stands beside it; without an interval no difference is claimed"
    if own.low <= other.value <= own.high:
        return f"{text} lies inside that interval, so no difference can be claimed"
    return f"{text} lies {'below it: here it is higher' if other.value < own.low else 'above it: here it is lower'}"


def beside(cell: Cell, what: str) -> str:
    """A figure of another basis, as its `method` says, set beside the page's own without a comparison; or why there is
    none: `Repeats nationally: 30% (United Kingdom, ...; ...). Another basis, so no difference is claimed.`"""
    if not cell.shown:
        return f"{what}: {cell.reason.rstrip('.') or f'{cell:state}'}."
    counts = f", {cell:share}" if cell.of == cell.of else ""
    figure = cell.value * (100 if cell.is_share else 1)
    decimals = int(
        abs(figure - round(figure)) > 1e-9
    )  # as it was published: 20% is not 20.0% where it is of 784 in 4,012
    return f"{what}: {cell:{f'unit:{decimals}'}}{counts} ({cell.method}). Its basis is another, so no difference is claimed."


def could(share: Cell, left: float, what: str) -> str:
    """What a share of those completed, answered or returned could be with those counted in that are not: none of them,
    or all. `The 14 reviews still open could make it 28.1% to 47.0%.` Empty where one of the numbers is not shown.

    left : how many are not; what : what they are, after their number
    """
    if not share.shown or left != left or not left:
        return ""
    low, high = share.count / (share.of + left), (share.count + left) / (share.of + left)
    register(low, high, left)
    places = 0 if share.rounded else 1
    number = f"About {count(left)}" if share.rounded else f"The {count(left)}"
    return f"{number} {what} could make it {percent(low, places)} to {percent(high, places)}."


def compared(figure: Cell, others: Mapping[str, Cell | tuple[Cell, Cell | None]]) -> str:
    """A figure beside several that are no part of it: `higher than England (64.0); no different from the mean of similar
    places (59.3) by the 95% interval of the difference`.

    others : each by the name by which it is told, alone or with the cell of the figure's difference from it. The
        interval of that has both sides' uncertainty; without it the figure's own decides, and the words say so
    """
    pairs = {who: cell if isinstance(cell, tuple) else (cell, None) for who, cell in others.items()}
    shown = {who: pair for who, pair in pairs.items() if pair[0].shown}
    texts = {who: f"{who} ({cell:{'percent' if cell.is_share else 'rate'}})" for who, (cell, _) in shown.items()}
    ways = {who: _side(figure, *pair) for who, pair in shown.items()}
    both = all(apart is not None and apart.has_interval for _, apart in shown.values())
    groups = {way: series(texts[who] for who in texts if ways[who] == way) for way in dict.fromkeys(ways.values())}
    parts = [f"{way} than {groups[way]}" for way in ("higher", "lower") if way in groups]
    if "same" in groups:
        ends = "the 95% interval of the difference" if both else "its 95% interval"
        parts.append(f"no different from {groups['same']} by {ends}")
    if "" in groups:
        parts.append(f"beside {groups['']}; without an interval no difference is claimed")
    return "; ".join([*parts, *(f"{who} is {cell:state}" for who, (cell, _) in pairs.items() if not cell.shown)])


def _side(figure: Cell, other: Cell, apart: Cell | None) -> str:
    """Which side of another a figure lies: higher, lower, same, or nothing where neither has an interval."""
    if apart is not None and apart.has_interval:
        return "higher" if apart.low > 0 else "lower" if apart.high < 0 else "same"
    if not figure.has_interval:
        return ""
    return "higher" if other.value < figure.low else "lower" if other.value > figure.high else "same"


def change(now: Cell, before: Cell, difference: Cell | None = None) -> str:
    """What may be said of two cells: part of a sentence, such as `12.0% fewer than the 883 of 2016-17 (95% interval
    −20.1% to −3.0%)`, or `no change that the interval supports against 883 in 2016-17 (...)`.

    difference : the cell of a table of changes (value, low and high of the relative change of a count, or of the
        difference of a share or rate); without it the interval is computed from the two cells: Newcombe's of two
        shares or rates with intervals, the score interval of the ratio of two counts.
    A word of direction stands only where the interval leaves out no change.
    """
    kind = "count" if now.value != now.value else "percent" if now.is_share else "rate"
    if not now.shown:
        return f"{now:state}"
    if not before.shown:
        return f"not compared, as the figure of {before:period} is {before:state}"
    earlier = f"{before:{kind}}"
    if difference is not None and difference.status == "not_applicable":
        return f"not compared with {earlier} in {before:period}: {difference.reason}"
    if any(cell is not None and cell.rounded for cell in (now, before, difference)):
        return f"against {earlier} in {before:period}; of rounded figures no change is claimed"
    value, low, high = _difference(now, before) if difference is None else _figures(difference)
    register(value, low, high)
    if low != low or high != high:
        return f"against {earlier} in {before:period}; whether that is a change is not said"
    ends = f"95% interval {_ends(low, high, kind)}"
    if low <= 0 <= high:
        return f"no change that the interval supports against {earlier} in {before:period} ({ends})"
    size = {"count": percent, "percent": points, "rate": rate}[kind](abs(value))
    more = ("more", "fewer") if kind == "count" else ("higher", "lower")
    return f"{size} {more[bool(value < 0)]} than the {earlier} of {before:period} ({ends})"


def gap(now: Cell, before: Cell, difference: Cell | None = None) -> tuple[float, float, float] | None:
    """The difference that `change` speaks of, with its interval; None where there is none, or it has no interval."""
    if not (now.shown and before.shown) or (difference is not None and not difference.has_interval):
        return None
    value, low, high = _difference(now, before) if difference is None else _figures(difference)
    return None if low != low or high != high else (value, low, high)


def supported(difference: Cell) -> bool:
    """Whether the interval of a difference (a change, a slope, a gap) leaves out 0; never of rounded figures, of which
    another finding could be made than of those as counted."""
    return difference.has_interval and not difference.rounded and not difference.low <= 0 <= difference.high


def difference(cell: Cell, than: str, words: tuple[str, str] = ("higher", "lower")) -> str:
    """What may be said of a cell that is a difference: part of a sentence, such as `30.0 higher at the most deprived
    end than at the least (95% interval +22.3 to +37.7)`, or that the interval supports no difference.

    than : what is compared with what, after the word of direction; words : for above and for below 0
    """
    if not cell.shown:
        return f"{cell:state}{f' ({cell.reason})' if cell.reason and cell.status != 'suppressed' else ''}"
    if cell.rounded:
        return "of rounded figures no difference is claimed"
    if not cell.has_interval:
        return "the difference has no interval, so which way it goes is not said"
    kind = "percent" if cell.is_share else "rate"
    ends = f"95% interval {_ends(cell.low, cell.high, kind)}"
    if not supported(cell):
        return f"no difference that the interval supports ({ends})"
    size = points(abs(cell.value)) if kind == "percent" else rate(abs(cell.value))
    return f"{size} {words[bool(cell.value < 0)]} {than} ({ends})"


def _figures(cell: Cell) -> tuple[float, float, float]:
    return (cell.value, cell.low, cell.high) if cell.shown else (float("nan"),) * 3


def _difference(now: Cell, before: Cell) -> tuple[float, float, float]:
    """Difference and interval of two cells."""
    if now.has_interval and before.has_interval:
        estimate = intervals.difference((now.value, now.low, now.high), (before.value, before.low, before.high))
        gap, low, high = map(float, estimate)
        return gap, low, high
    if now.value == now.value or not before.count:
        return (float("nan"),) * 3
    change, low, high = map(float, intervals.change_of_count(now.count, before.count))
    return change, low, high


def _ends(low: float, high: float, kind: str) -> str:
    """Both ends of an interval with their signs, in the unit of the difference."""
    texts = [signed(rate(abs(end)) if kind == "rate" else percent(abs(end)), end) for end in (low, high)]
    if kind == "percent":
        return f"{texts[0][:-1]} to {texts[1][:-1]} percentage points"
    return f"{texts[0]} to {texts[1]}"


def withheld(*frames) -> str:
    """Whether anything of some tables is withheld, as the sentence a page ends with."""
    if any((rows["status"] == "suppressed").any() for rows in frames):
        return "Some figures are withheld so that nobody can be recognised; the tables say where."
    return "No figure of this page is withheld."
