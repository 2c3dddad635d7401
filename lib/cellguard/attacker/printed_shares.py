"""What a printed percentage, rate or interval says of the two numbers that it was computed from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import ceil


def bare(row: dict) -> bool:
    """A percentage printed without either count, of a measure that the dictionary does not know."""
    value = row.get("value")
    if value is None or row.get("count") is not None or row.get("of") is not None:
        return False
    return "%" in str(row.get("unit")) or ("of" in row and 0 < value < 1)


def decimals(frame) -> int:
    """Decimals of a table's printed figures: 18.8 has one, 55.0 none of its own (its table's other figures tell)."""
    values = {*frame["value"].tolist()} if "value" in frame else ()
    return max((_decimals(v) for v in values if v is not None and v == v), default=0)


def _decimals(value: float) -> int:
    text = repr(float(value))
    return 17 if "e" in text else len(text.split(".")[-1].rstrip("0"))


def shares_of(row: dict, entry: dict, places: int, nearest: int) -> Iterator[tuple[float, float, float]]:
    """What a printed share says of its two numbers beyond the counts that are printed with it.

    The least and the most that numerator by denominator can be, and by how many people the numerator may lie beyond,
    because the share was computed from two rounded counts. Nothing where both counts are printed as they are. A share
    beside rounded counts that is not their quotient was computed from the true ones.

    nearest : what the row's counts are rounded to, 1 where they are not
    """
    count, of, value = (row.get(name) for name in ("count", "of", "value"))
    both = count is not None and of is not None
    if value is None or (both and nearest <= 1):
        return
    if "numerator" not in entry and {"derived_from", "from"} & set(entry):
        return  # the difference of two shares is no share of anybody
    low, high = between(value + entry.get("less", 0), scale_of(row), places)
    if nearest <= 1 or not _of_rounded(count, of, low, high, nearest):
        yield low, high, 0.0
    elif not both:
        yield low, high, nearest // 2 * (1 + high) if high else 0.0  # 0 stays 0


def scale_of(row: dict) -> float:
    """What a printed share or rate is per, as its unit says."""
    unit = str(row.get("unit") or "")
    per = re.search(r"per ([\d,]+)", unit)
    return float(per[1].replace(",", "")) if per else 100.0 if unit.strip() in ("%", "percent", "per cent") else 1.0


def _of_rounded(count: float | None, of: float | None, low: float, high: float, nearest: int) -> bool:
    """Whether a share can be that of its counts as they are rounded, of those that are printed."""
    if count is not None and of is not None:
        return bool(of) and low - 1e-9 <= count / of <= high + 1e-9
    if of is None:
        return True  # of any number: a population is printed as it is
    return ceil(low * of / nearest - 1e-6) <= high * of / nearest + 1e-6


def range_of(reason) -> tuple[int, int] | None:
    """The least and the most that a withheld count can be, where its reason says so: "...; from 28 to 32"."""
    match = re.search(r"; from (\d+) to (\d+)(?:;|$)", str(reason))
    return (int(match[1]), int(match[2])) if match else None


def between(value: float, scale: float, places: int) -> tuple[float, float]:
    """The shares that a printed figure can stand for: half a unit of its table's last decimal up and down.

    Figures of twelve decimals and more are unrounded and stand for themselves.
    """
    half = 0.0 if places >= 12 else 0.5 * 10.0**-places
    return max(value - half, 0.0) / scale, (value + half) / scale


def linked(lines, documented: Mapping) -> dict[str, dict]:
    """Shares that the dictionary does not know, by counts that they equal wherever both are printed."""
    lines = list(lines)
    shares: dict[str, list] = defaultdict(list)
    for line in lines:
        if line.row.get("of") is not None and line.measure not in documented:
            shares[line.measure].append((line.labels, line.row.get("count"), line.row["of"]))
    counts: dict[str, dict] = defaultdict(dict)
    for line in lines if shares else ():
        if line.row.get("count") is not None and not (line.row.get("of") is not None and line.measure in shares):
            counts[line.measure].setdefault(line.labels, set()).add(line.row["count"])
    links = {}
    for measure, rows in shares.items():
        links[measure] = {"kind": "share" if all(c is None or c <= of for _, c, of in rows) else "rate"}
        for role, figure in (("numerator", 1), ("denominator", 2)):
            for other in sorted(counts):
                if _always_equal(rows, figure, counts[other]):
                    links[measure][role] = other
                    break
    return links


def _always_equal(rows: list, figure: int, counts: dict) -> bool:
    """Whether a share's number is the other measure's count wherever both are printed, often enough to notice."""
    both = [(r[figure], counts[r[0]]) for r in rows if r[figure] is not None and r[0] in counts]
    return len({b[0] for b in both}) > 2 and all(figure in pair for figure, pair in both)
