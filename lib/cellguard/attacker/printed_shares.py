"""What a printed percentage, rate or interval says of the two numbers that it was computed from."""

from __future__ import annotations

import re
from collections import defaultdict


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


def shares_of(row: dict, entry: dict, places: int):
    """Of a share printed without one of its counts: the least and the most that numerator by denominator can be, and
    by how many people the numerator may lie beyond, because the share was computed from two rounded counts."""
    if row.get("value") is None or (row.get("count") is not None and row.get("of") is not None):
        return
    if "numerator" not in entry and {"derived_from", "from"} & set(entry):
        return  # the difference of two shares is no share of anybody
    unit = str(row.get("unit") or "")
    per = re.search(r"per ([\d,]+)", unit)
    scale = float(per[1].replace(",", "")) if per else 100.0 if unit.strip() in ("%", "percent", "per cent") else 1.0
    low, high = between(row["value"] + entry.get("less", 0), scale, places)
    nearest = re.search(r"rounded to the nearest (\d+)", str(row.get("reason")))
    yield low, high, int(nearest[1]) // 2 * (1 + high) if nearest and row["value"] else 0.0  # 0 stays 0


def between(value: float, scale: float, places: int) -> tuple[float, float]:
    """The shares that a printed figure can stand for: half a unit of its table's last decimal up and down.

    Figures of twelve decimals and more are unrounded and stand for themselves.
    """
    half = 0.0 if places >= 12 else 0.5 * 10.0**-places
    return max(value - half, 0.0) / scale, (value + half) / scale


def linked(lines, documented: dict) -> dict[str, dict]:
    """Shares that the dictionary does not know, by counts that they equal wherever both are printed."""
    counts: dict[str, dict] = defaultdict(dict)
    shares: dict[str, list] = defaultdict(list)
    for line in lines:
        row = line.row
        if row.get("of") is not None and line.measure not in documented:
            shares[line.measure].append((line.labels, row.get("count"), row["of"]))
        elif row.get("count") is not None:
            counts[line.measure].setdefault(line.labels, set()).add(row["count"])
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
