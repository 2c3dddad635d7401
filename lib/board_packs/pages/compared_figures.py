"""Figures beside others, and beside the year before, in words: only what an interval supports is called a difference."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

from cellguard.rounded_figures import effect_in
from lscb import intervals

from ..tables import documentation
from .book import register
from .book_rows import spread
from .cell_value import Cell, nearest, printed_as
from .number_text import percent, plural, points, rate, series, signed


def against(own: Cell, other: Cell, whose: str) -> str:
    """A figure beside another that is no part of it, by the interval of their difference: `England's rate (3.9) differs
    by no more than chance explains (95% interval of the difference −1.2 to +0.4), so no difference can be claimed`.

    One that has no interval of its own is taken as exact, which is said, and set beside the first's interval: say that
    before.
    """
    kind = "percent" if other.is_share else "rate"
    if not other.shown:
        return unknown(other, whose)
    text = f"{whose} ({other:{kind}})"
    if own.rounded or other.rounded:
        return f"{text} stands beside it; of rounded figures no difference is claimed"
    if not own.has_interval:
        return f"{text} stands beside it; without an interval no difference is claimed"
    if other.has_interval:
        value, low, high = _difference(own, other)
        register(low, high)
        ends = f"95% interval of the difference {_ends(low, high, kind)}"
        if low <= 0 <= high:
            return f"{text} differs by no more than chance explains ({ends}), so no difference can be claimed"
        return f"{text} differs: here it is {'higher' if value > 0 else 'lower'} ({ends})"
    if own.low <= other.value <= own.high:
        return f"{text}, taken as exact, lies inside that interval, so no difference can be claimed"
    side = "below it: here it is higher" if other.value < own.low else "above it: here it is lower"
    return f"{text}, taken as exact, lies {side}"


def against_rest(part: Cell, longer: Cell, when: str) -> str:
    """A rate of a time beside that of the rest of a longer time, which contains it: part of a sentence. A time is never
    set beside one that it is a part of, since it would be compared with itself.

    when : the rest, as `in the four years before`. The interval is the score interval of the ratio of the two rates
    """
    if not part.shown or not longer.shown:
        return unknown(longer if part.shown else part, f"the rate {when}")
    if part.rounded or longer.rounded:
        return f"of rounded figures no change from the rate {when} is claimed"
    count, of = longer.count - part.count, longer.of - part.of
    before = longer.value * longer.of / longer.count * count / of if count else 0.0
    register(before)
    text = f"{when} it was {rate(before)}"
    if (change := change_on_rest(part, longer)) is None:
        return f"{text}, so there is no ratio to test"
    value, low, high = change
    ends = f"95% interval {_ends(low, high, 'count')}"
    if low <= 0 <= high:
        return f"{text}: no change shown ({ends})"
    return f"{text}: it is {percent(abs(value))} {'higher' if value > 0 else 'lower'} ({ends})"


def change_on_rest(part: Cell, longer: Cell) -> tuple[float, float, float] | None:
    """The relative change of `against_rest`, with its low and high end; None where there is no ratio to test."""
    rest = longer.of - part.of
    value, low, high = map(float, intervals.change_of_count(part.count, longer.count - part.count, part.of / rest))
    register(value, low, high)
    return None if low != low else (value, low, high)


def unknown(cell: Cell, what: str) -> str:
    """That a figure is withheld, not available or not applicable, and why. Of a number, `withheld, about 30` as in a table; a
    share or rate is not that number, unless `what` asks how many."""
    kind = (documentation()["measures"].get(cell.measure) or {}).get("kind", "count")
    asked = kind == "count" or (what.startswith("How many") and ", or " not in what)  # of two numbers it is neither's
    near = cell.near if asked else ""
    why = f": {cell.reason.rstrip('.')}" if cell.reason and cell.status != "suppressed" else f", {near}" * bool(near)
    return f"{what} is {cell:state}{why}"


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


def could(share: Cell, left: Cell | float, one: str, many: str, what: str = "it") -> str:
    """What a share of those completed, answered or returned could be with those counted in that are not: none of them,
    or all. `The 14 reviews still open could make it 28.1% to 47.0%.` Empty where one of the numbers is not shown.

    left : how many are not, as a cell or as the difference of two counts; one, many : what one of them is, and more
    what : which share, where more than one stands before it
    Of rounded counts the ends are the furthest that any counts rounded to these could give, in whole per cent outwards.
    """
    number = (left.count if left.shown else math.nan) if isinstance(left, Cell) else left
    if not (share.shown and share.of > 0 and number > 0):
        return ""
    off = nearest(share.row) // 2
    apart = nearest(left.row) // 2 if isinstance(left, Cell) else 2 * off
    some = off if share.count else 0  # a nought is one
    low = (share.count - some) / (share.of + off + number + apart)
    high = min((share.count + some + number + apart) / (share.of - off + number + apart), 1)
    places = 1
    if share.rounded or apart:
        places, low, high = 0, math.floor(round(100 * low, 9)) / 100, math.ceil(round(100 * high, 9)) / 100
    register(low, high, number)
    about = "About" if share.rounded or apart else "The"
    return f"{about} {plural(number, one, many)} could make {what} {percent(low, places)} to {percent(high, places)}."


def compared(figure: Cell, others: Mapping[str, Cell | tuple[Cell, Cell | None]]) -> str:
    """A figure beside several that are no part of it: `higher than England (64.0); no difference shown from the mean of similar
    places (59.3) by the 95% interval`.

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
        ends = "the 95% interval" if both else "its 95% interval"
        parts.append(f"no difference shown from {groups['same']} by {ends}")
    if "" in groups:
        parts.append(f"beside {groups['']}; without an interval no difference is claimed")
    if "rounded" in groups:
        parts.append(f"beside {groups['rounded']}; of rounded figures no difference is claimed")
    return "; ".join([*parts, *(f"{who} is {cell:state}" for who, (cell, _) in pairs.items() if not cell.shown)])


def _side(figure: Cell, other: Cell, apart: Cell | None) -> str:
    """Which side of another a figure lies: higher, lower, same, rounded, or nothing where neither has an interval."""
    if figure.rounded or other.rounded:
        return "rounded"
    if apart is not None and apart.has_interval:
        return "higher" if apart.low > 0 else "lower" if apart.high < 0 else "same"
    if not figure.has_interval:
        return ""
    return "higher" if other.value < figure.low else "lower" if other.value > figure.high else "same"


def change(now: Cell, before: Cell, difference: Cell | None = None) -> str:
    """What may be said of two cells: part of a sentence, such as `12.0% fewer than the 883 of 2016-17 (95% interval
    −20.1% to −3.0%)`, or `no change shown against 883 in 2016-17 (...)`.

    difference : the cell of a table of changes (value, low and high of the relative change of a count, or of the
        difference of a share or rate); without it the interval is computed from the two cells: Newcombe's of two
        shares or rates with intervals, the score interval of the ratio of two counts, as wide as their quarters spread,
        or as the chart of their series.
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
    if kind == "count" and now.count == before.count == 0:
        return f"none in {before:period} either"
    if any(cell is not None and cell.rounded for cell in (now, before, difference)):
        return _rounded_change(earlier, kind, before, gap(now, before, difference))
    value, low, high = _difference(now, before) if difference is None else _figures(difference)
    register(value, low, high)
    if low != low or high != high:
        return f"against {earlier} in {before:period}; whether that is a change is not said"
    ends = f"95% interval {_ends(low, high, kind, difference)}"
    if low <= 0 <= high:
        return f"no change shown against {earlier} in {before:period} ({ends})"
    size = {"count": percent, "percent": points, "rate": rate}[kind](abs(value))
    more = ("more", "fewer") if kind == "count" else ("higher", "lower")
    return f"{size} {more[bool(value < 0)]} than the {earlier} of {before:period} ({ends})"


def _rounded_change(earlier: str, kind: str, before: Cell, found: tuple[float, float, float] | None) -> str:
    """What may be said of figures whose counts are rounded: which way it went, where that holds at every rounding."""
    if found is None:
        return f"not tested for this audience against {earlier} in {before:period}"
    _, low, high = found
    register(low, high)
    ends = f"95% interval, rounding included, {_ends(low, high, kind, decimals=0)}"
    if low <= 0 <= high:
        return f"no change shown against {earlier} in {before:period} ({ends})"
    more = ("more", "fewer") if kind == "count" else ("higher", "lower")
    return f"{more[bool(high < 0)]} than {earlier} in {before:period} ({ends})"


def gap(now: Cell, before: Cell, difference: Cell | None = None) -> tuple[float, float, float] | None:
    """The difference that `change` speaks of, with its interval; None where there is none, or it has no interval.

    Of rounded counts the interval reaches as far as at any counts that round to them, to the whole percent outwards;
    no finding is made of a rounded change that a table holds.
    """
    if not (now.shown and before.shown) or (difference is not None and not difference.has_interval):
        return None
    if any(cell is not None and cell.rounded for cell in (now, before, difference)):
        value, low, high = (float("nan"),) * 3 if difference is not None else _at_any_rounding(now, before)
        low, high = (
            low if low != low else math.floor(100 * low) / 100,
            high if high != high else math.ceil(100 * high) / 100,
        )
    else:
        value, low, high = _difference(now, before) if difference is None else _figures(difference)
    return None if low != low or high != high else (value, low, high)


def _at_any_rounding(now: Cell, before: Cell) -> tuple[float, float, float]:
    """The change of a rounded count with the widest interval of any counts that round to both; blank of a share or rate."""
    if now.value == now.value or not before.count > 0:
        return (float("nan"),) * 3
    estimate = partial(intervals.change_of_count, effect=spread(now, before))
    return now.count / before.count - 1, *intervals.widest(estimate, *map(printed_as, (now, before)))


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
    ends = f"95% interval {_ends(cell.low, cell.high, kind, cell)}"
    if not supported(cell):
        return f"no difference shown ({ends})"
    size = points(abs(cell.value)) if kind == "percent" else rate(abs(cell.value))
    return f"{size} {words[bool(cell.value < 0)]} {than} ({ends})"


def _figures(cell: Cell) -> tuple[float, float, float]:
    return (cell.value, cell.low, cell.high) if cell.shown else (float("nan"),) * 3


def with_interval(difference: Cell, now: Cell, before: Cell) -> Cell:
    """The cell of a table of changes of a count with the interval that its two counts make: wider for people who come
    again, where its `method` names the design effect, or as their quarters spread, if that is more.

    The same cell where one of the three is not shown or is rounded.
    """
    if not all(cell.shown and not cell.rounded for cell in (difference, now, before)):
        return difference
    _, low, high = _difference(now, before, effect_in(difference.method))
    return Cell(difference.row | {"low": low, "high": high}, difference.table)


def _difference(now: Cell, before: Cell, least: float = 1) -> tuple[float, float, float]:
    """Difference and interval of two cells. least : how many times as large as chance the variance of counts is, at least"""
    if now.has_interval and before.has_interval:
        estimate = intervals.difference((now.value, now.low, now.high), (before.value, before.low, before.high))
        gap, low, high = map(float, estimate)
        return gap, low, high
    if now.value == now.value or not before.count:
        return (float("nan"),) * 3
    wider = max(least, spread(now, before))
    change, low, high = map(float, intervals.change_of_count(now.count, before.count, effect=wider))
    return change, low, high


def _ends(low: float, high: float, kind: str, cell: Cell | None = None, decimals: int = 1) -> str:
    """Both ends of an interval with their signs, in the unit of the difference, whose cell they may be of."""
    texts = [signed(rate(abs(end)) if kind == "rate" else percent(abs(end), decimals), end) for end in (low, high)]
    if cell:
        cell.noted("low", texts[0])
        cell.noted("high", texts[1])
    if kind == "percent":
        return f"{texts[0][:-1]} to {texts[1][:-1]} percentage points"
    return f"{texts[0]} to {texts[1]}"
