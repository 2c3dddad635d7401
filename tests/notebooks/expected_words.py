"""What a page has to say of its tables, written a second time: numbers, states, changes, charts in words, tables.

Shares no code with the pages: rows are those of the files, numbers are rounded as fractions, control charts follow from
Laney (2002) and the rules of Making Data Count. Each text is compared whole with the page's.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from expected_tables import MEASURES
from page_reader import ends_of_rounding, half_up, half_up_of, places, rounded_to

STATES = {"suppressed": "withheld", "not_applicable": "not applicable", "not_available": "not available"}
FIGURE = {"count": "count", "of": "of", "percent": "value", "rate": "value", "points": "value", "money": "value",
          "ordinal": "rank", "unit": "value", "ranked": "ranked"}  # fmt: skip


# --- numbers -----------------------------------------------------------------------------------------------------


def shown(row: dict) -> bool:
    return row["status"] == "shown"


def is_share(row: dict) -> bool:
    kind, unit = (MEASURES.get(row.get("measure")) or {}).get("kind"), str(row.get("unit") or "")
    return kind == "share" or unit.startswith(("share", "fraction")) or (kind is None and not unit)


def has_interval(row: dict) -> bool:
    if "quartiles" in row["method"]:
        return False
    return shown(row) and row["low"] == row["low"] and row["high"] == row["high"]


def decimals_of(row: dict) -> int:
    """As many decimals as the rounding of the counts leaves."""
    to = rounded_to(row)
    count = row.get("count", float("nan"))
    return places(row) if not to or count > to // 2 else 0


def plain_number(value: float, style: str, decimals: int | None = None) -> str:
    if style in ("count", "of", "ranked"):
        return half_up(value)
    if style == "rate":
        return half_up(value, 1 if decimals is None else decimals)
    if style in ("percent", "points"):
        share = Fraction(repr(float(value))) * 100
        text = half_up_of(share, 1 if decimals is None else decimals)
        return text + ("%" if style == "percent" else " percentage points")
    if style == "money":
        return f"{'−' if float(half_up(value).replace(',', '')) < 0 else ''}£{half_up(abs(value))}"
    number = int(value)  # ordinal
    ending = "th" if 10 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def bare(row: dict, style: str = "count", decimals: int | None = None, figure: str = "") -> str:
    """A figure of a row as a table prints it, or its state."""
    if not shown(row):
        return STATES[row["status"]]
    value = row[figure or FIGURE[style]]
    if isinstance(value, str):
        return value
    if value != value:
        return "–"
    if style == "unit":
        unit = str(row.get("unit") or "")
        style = "percent" if unit.startswith(("share", "fraction")) else "count" if unit == "count" else "rate"
    if style in ("percent", "rate", "points") and rounded_to(row):
        if FIGURE.get(figure or style, figure) == "value" and (ends := ends_of_rounding(row)):
            return " to ".join(ends)
        decimals = min(decimals_of(row), 1 if decimals is None else decimals)
    return plain_number(value, style, decimals)


def near(row: dict) -> str:
    """The public's rounded figure of a withheld count."""
    found = re.search(r"; about (\d+)", str(row["reason"])) if row["status"] == "suppressed" else None
    return f"about {int(found[1]):,}" if found else ""


def told(row: dict, style: str = "count", decimals: int | None = None, figure: str = "") -> str:
    """A figure as a sentence has it: `about` before one that is rounded."""
    if style == "count" and near(row):
        return near(row)
    text, to = bare(row, style, decimals, figure), rounded_to(row)
    exact = not to or not shown(row) or not text[:1].isdigit() or not re.search("[1-9]", text) or " to " in text
    population = re.fullmatch(r"per [\d,]+", str(row.get("unit"))) or (to and row["of"] % to)  # which is not rounded
    return text if exact or (style == "of" and population) else f"about {text}"


def share(row: dict) -> str:
    """43 of 69."""
    if not shown(row):
        return STATES[row["status"]]
    if rounded_to(row) and row["count"] == 0:
        return f"0 of about {bare(row, 'of')}"
    text = f"{bare(row)} of {bare(row, 'of')}"
    return f"about {text}" if rounded_to(row) and text[0].isdigit() else text


def interval(row: dict) -> str:
    if not shown(row):
        return STATES[row["status"]]
    if not has_interval(row):
        return "no interval"
    style = "percent" if is_share(row) else "rate"
    ends = [bare(row | {"unit": row["unit"] or ("share" if is_share(row) else "rate")}, style, figure=end) for end in ("low", "high")]  # fmt: skip
    return f"95% interval{', rounding included,' if rounded_to(row) else ''} {ends[0]} to {ends[1]}"


def noun(number, one: str, many: str = "") -> str:
    """No deaths, one death, 44 deaths, of a row or a number."""
    many, before = many or f"{one}s", ""
    if isinstance(number, dict):
        if near(number):
            return f"{near(number)} {many}"
        if number["status"] == "suppressed":
            return f"a withheld number of {many}"
        if not shown(number):
            return f"an unknown number of {many}"
        before = "about " if rounded_to(number) and number["count"] else ""
        number = number["count"]
    text = {0: "no", 1: "one"}.get(number, half_up(number))
    return f"{before}{text} {one if number == 1 else many}"


# --- sentences ---------------------------------------------------------------------------------------------------


def when(period: str) -> str:
    if found := re.fullmatch(r"(\d{4}-\d\d) to Q([123])", period):
        return f"the first {['', 'quarter', 'two quarters', 'three quarters'][int(found[2])]} of {found[1]}"
    return period.replace("-Q", " Q")


def series(items) -> str:
    items = list(items)
    if len(items) > 1 and any(", " in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def unless(text: str, what: str, *rows: dict) -> str:
    """The text, or why it cannot be said."""
    for row in rows:
        if shown(row) and "incomplete" in row["reason"]:
            return f"{what} is {row['reason'][row['reason'].index('incomplete') :].rstrip('.')} (seen: {share(row)})."
    for row in rows:
        if not shown(row):
            why = f": {row['reason'].rstrip('.')}" if row["reason"] and row["status"] != "suppressed" else ""
            number = MEASURES.get(row["measure"], {}).get("kind") == "count" or (
                what.startswith("How many") and ", or " not in what
            )
            why = f", {near(row)}" if near(row) and number else why
            if row["status"] == "not_available" and why.startswith(": "):
                why = f". {why[2].upper()}{why[3:]}"
            return f"{what} is {STATES[row['status']]}{why}."
    return text


def withheld(*tables: list[dict]) -> str:
    if any(r["status"] == "suppressed" for rows in tables for r in rows):
        return "Some figures are withheld so that nobody can be recognised; the tables say where."
    return "No figure of this page is withheld."


def signed(value: float, style: str) -> str:
    text = plain_number(abs(value), style).removesuffix("%")
    text = text if not re.search("[1-9]", text) else f"{'+' if value > 0 else '−'}{text}"
    return text + ("%" if style == "percent" else "")


def ends(low: float, high: float, kind: str) -> str:
    """The interval of a change of a count, of a share (points) or of a rate."""
    if kind == "share":
        return f"95% interval {signed(low, 'percent')[:-1]} to {signed(high, 'percent')[:-1]} percentage points"
    style = "percent" if kind == "count" else "rate"
    return f"95% interval {signed(low, style)} to {signed(high, style)}"


def change(now: dict, before: dict, gap: dict | None = None) -> str:
    """What may be said of two counts, shares or rates: by the row of a table of changes, else by Newcombe's interval of
    two shares, or the score interval of the ratio of two counts."""
    if not shown(now):
        return STATES[now["status"]]
    if not shown(before):
        return f"not compared, as the figure of {when(before['period'])} is {STATES[before['status']]}"
    kind = "count" if now["value"] != now["value"] else "share" if is_share(now) else "rate"
    style = {"count": "count", "share": "percent", "rate": "rate"}[kind]
    earlier, year = told(before, style), when(before["period"])
    if gap is not None and gap["status"] == "not_applicable":
        return f"not compared with {earlier} in {year}: {gap['reason']}"
    if rounded_to(now) or rounded_to(before) or (gap is not None and rounded_to(gap)):
        return rounded_change(now, before, gap, kind, earlier)
    value, low, high = (math.nan,) * 3 if gap is not None else between(now, before)
    if gap is not None and shown(gap) and kind == "count":
        value, low, high = gap["value"], *ratio(now, before, gap)[1:]
    elif gap is not None and shown(gap):
        value, low, high = gap["value"], gap["low"], gap["high"]
    if low != low or high != high:
        if kind == "count" and not now["count"] and not before["count"]:
            return f"none in {year} either"
        return f"against {earlier} in {year}; whether that is a change is not said"
    if low <= 0 <= high:
        return f"no change shown against {earlier} in {year} ({ends(low, high, kind)})"
    up, down = ("more", "fewer") if kind == "count" else ("higher", "lower")
    size = plain_number(abs(value), {"count": "percent", "share": "points", "rate": "rate"}[kind])
    return f"{size} {up if low > 0 else down} than the {earlier} of {year} ({ends(low, high, kind)})"


def ratio(now: dict, before: dict, gap: dict) -> tuple[float, float, float]:
    """A change of a count that a table holds, which names how much wider people who come again make its interval."""
    named = re.search(r"design effect ([\d.]+)", gap["method"])
    return between(now, before, float(named[1]) if named else 1.0)


def rounded_change(now: dict, before: dict, gap: dict | None, kind: str, earlier: str) -> str:
    """By trying every count that the rounding leaves; what a table made of the exact counts, and a share or rate, is not tried."""
    tried, year = [], when(before["period"])
    if kind == "count" and gap is None and before["count"]:
        tried = [between(now | {"count": n}, before | {"count": m}) for n in could_be(now, "count") for m in could_be(before, "count")]  # fmt: skip
    if not tried:
        return f"not tested for this audience against {earlier} in {year}"
    low, high = math.floor(100 * min(t[1] for t in tried)), math.ceil(100 * max(t[2] for t in tried))
    first, last = (f"{'+' if end > 0 else '−' if end < 0 else ''}{abs(end)}" for end in (low, high))
    both = f"95% interval, rounding included, {first}% to {last}%"
    if low <= 0 <= high:
        return f"no change shown against {earlier} in {year} ({both})"
    up, down = ("more", "fewer") if kind == "count" else ("higher", "lower")
    return f"{up if low > 0 else down} than {earlier} in {year} ({both})"


def could_be(row: dict, name: str) -> list[float]:
    count, off = row[name], rounded_to(row) // 2
    return [count + n for n in range(-off, off + 1)] if count else [count]


def between(now: dict, before: dict, least: float = 1) -> tuple[float, float, float]:
    """Difference and interval; least: what people who come again make of the variance of a count, at least."""
    if has_interval(now) and has_interval(before):  # Newcombe (1998), method 10
        p, q = now["value"], before["value"]
        low = p - q - math.hypot(p - now["low"], before["high"] - q)
        return p - q, low, p - q + math.hypot(now["high"] - p, q - before["low"])
    if now["value"] == now["value"] or not before["count"]:
        return (math.nan,) * 3
    z, n, new = 1.959963984540054, now["count"] + before["count"], now["count"]
    p, squares, free = new / n, 0.0, 0
    for parts in (row.get("quarters") or [] for row in (now, before)):
        each = sum(q for q, _ in parts) / max(sum(length for _, length in parts), 1)  # a quarter's mean
        if each:  # Pearson's chi-squared of the quarters about it
            squares += sum((q - each * length) ** 2 / (each * length) for q, length in parts)
            free += len(parts) - 1
    least = max(least, squares / free if free else 1, spread_of_stock(now.get("series", [])))
    n /= least
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((centre + side * half) / (1 + z * z / n) for side in (-1, 1))
    return new / before["count"] - 1, low / (1 - low) - 1, high / (1 - high) - 1


def spread_of_stock(n: list[float]) -> float:
    """How wide a chart of a stock has its points, as a multiple of the variance of chance: moving ranges over 1.128, by
    1 / (1 - r) wider for the correlation r of neighbours, corrected as Kendall (1954) has it; 1 with fewer than six points."""
    if len(n) < 6:
        return 1.0
    mean = sum(n) / len(n)
    apart = [x - mean for x in n]
    raw = sum(a * b for a, b in zip(apart, apart[1:], strict=False)) / sum(a * a for a in apart)
    r = min(max((len(n) * raw + 1) / (len(n) - 4), 0), 0.9)
    range_ = sum(abs(a - b) for a, b in zip(n, n[1:], strict=False)) / (len(n) - 1)
    return (2.66 * range_ / 3) ** 2 / (1 - r) / mean


def against(own: dict, other: dict, whose: str) -> str:
    if not shown(other):
        why = f": {other['reason'].rstrip('.')}" if other["reason"] and other["status"] != "suppressed" else ""
        return f"{whose} is {STATES[other['status']]}{why}"
    text = f"{whose} ({told(other, 'percent' if is_share(other) else 'rate')})"
    if rounded_to(own) or rounded_to(other):
        return f"{text} stands beside it; of rounded figures no difference is claimed"
    if not has_interval(own):
        return f"{text} stands beside it; without an interval no difference is claimed"
    if has_interval(other):
        _, low, high = between(own, other)
        both = ends(low, high, "share" if is_share(own) else "rate").replace("interval", "interval of the difference")
        if low > 0 or high < 0:
            return f"{text} differs: here it is {'higher' if low > 0 else 'lower'} ({both})"
        return f"{text} differs by no more than chance explains ({both}), so no difference can be claimed"
    text += ", taken as exact,"
    if other["value"] < own["low"]:
        return f"{text} lies below it: here it is higher"
    if other["value"] > own["high"]:
        return f"{text} lies above it: here it is lower"
    return f"{text} lies inside that interval, so no difference can be claimed"


def rest(part: dict, whole: dict, when: str) -> str:
    """A rate of a time beside that of the rest of a longer one, by the score interval of the ratio of their counts."""
    if not shown(part) or not shown(whole):
        gone = whole if shown(part) else part
        why = f": {gone['reason'].rstrip('.')}" if gone["reason"] and gone["status"] != "suppressed" else ""
        return f"the rate {when} is {STATES[gone['status']]}{why}"
    if rounded_to(part) or rounded_to(whole):
        return f"of rounded figures no change from the rate {when} is claimed"
    count, of = whole["count"] - part["count"], whole["of"] - part["of"]
    rate = part["value"] * part["of"] / part["count"] * count / of
    if not count:
        return f"{when} it was {plain_number(0, 'rate')}, so there is no ratio to test"
    numbers = ({"status": "shown", "method": "", "low": math.nan, "high": math.nan, "value": math.nan, "count": n} for n in (part["count"], count))  # fmt: skip
    _, low, high = between(*numbers)
    low, high = ((1 + end) * of / part["of"] - 1 for end in (low, high))
    text, both = f"{when} it was {plain_number(rate, 'rate')}", ends(low, high, "count")
    if low <= 0 <= high:
        return f"{text}: no change shown ({both})"
    return f"{text}: it is {plain_number(abs(part['value'] / rate - 1), 'percent')} {'higher' if low > 0 else 'lower'} ({both})"


def nationally(row: dict, what: str) -> str:
    """A figure of another basis."""
    if not shown(row):
        return f"{what}: {row['reason'].rstrip('.') or STATES[row['status']]}."
    size = Fraction(repr(row["value"])) * (100 if is_share(row) else 1)
    figure = half_up_of(size, 0 if abs(size - round(size)) < Fraction(1, 10**9) else 1)
    counts = f", {half_up(row['count'])} of {half_up(row['of'])}" if row["of"] == row["of"] else ""
    return f"{what}: {figure}{'%' if is_share(row) else ''}{counts} ({row['method']}). Its basis is another, so no difference is claimed."  # fmt: skip


def could(row: dict, left: dict | float, one: str, many: str, what: str = "it") -> str:
    """What a share would be with none, or all, of those left; of rounded counts the furthest that they can stand for,
    where a difference of two is off by both."""
    if not shown(row) or (isinstance(left, dict) and not shown(left)):
        return ""
    off = rounded_to(row) // 2
    more = rounded_to(left) // 2 if isinstance(left, dict) else 2 * off
    number = left["count"] if isinstance(left, dict) else left
    if not number or number != number:
        return ""
    ends = [
        Fraction(count) / Fraction(of)
        for count, of in (
            (row["count"] - (off if row["count"] else 0), row["of"] + off + number + more),
            (row["count"] + (off if row["count"] else 0) + number + more, row["of"] - off + number + more),
        )
    ]
    low, high = (plain_number(float(end), "percent", 1) for end in ends)
    if off or more:
        low, high = f"{math.floor(100 * ends[0])}%", f"{min(math.ceil(100 * ends[1]), 100)}%"
    return f"{'About' if off or more else 'The'} {noun(number, one, many)} could make {what} {low} to {high}."


def difference(row: dict, than: str) -> str:
    if not shown(row):
        return STATES[row["status"]] + (f" ({row['reason']})" if row["reason"] and row["status"] != "suppressed" else "")  # fmt: skip
    if rounded_to(row):
        return "of rounded figures no difference is claimed"
    if not has_interval(row):
        return "the difference has no interval, so which way it goes is not said"
    kind = "share" if is_share(row) else "rate"
    if row["low"] <= 0 <= row["high"]:
        return f"no difference shown ({ends(row['low'], row['high'], kind)})"
    size = plain_number(abs(row["value"]), "points" if kind == "share" else "rate")
    return f"{size} {'higher' if row['low'] > 0 else 'lower'} {than} ({ends(row['low'], row['high'], kind)})"
