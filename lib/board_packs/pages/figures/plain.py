"""Bars, shares with intervals, and lines by quarter: the drawings that several subjects share.

Each takes plain values in which None is a hidden cell, and returns a Chart, or a Note where every cell is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..html_table import label as spelt
from ..words.base import Note, when
from .base import BLUE, GREY, INK, ORANGE, PALE, Chart, axes, gaps, save

HIDDEN, NONE = "withheld", "no figure"
NOTHING = "No chart is drawn: every figure of it is withheld."
STYLES = ((BLUE, "-", "o"), (ORANGE, "--", "s"), (GREY, ":", "^"), (INK, "-.", "D"))  # told apart without colour
HATCHES = ("", "///", "...", "xx")


def _any(parts: dict[str, Sequence[float | None]]) -> bool:
    return any(_known(value) for values in parts.values() for value in values)


def _known(value: float | None) -> bool:
    return value is not None and value == value


def _said(value: float | None, text: Callable[[float], str]) -> str:
    """A figure in words: hidden and not there are two different things."""
    return text(value) if _known(value) else HIDDEN if value is None else NONE


def bars(
    labels: Sequence[str],
    parts: dict[str, Sequence[float | None]],
    text: Callable[[float], str],
    title: str,
    source: str,
    stacked: bool = False,
) -> Chart | Note:
    """Horizontal bars: one per label and part, side by side or stacked; the figure stands at each bar's end.

    parts : {name of the part: a value per label}; None is hidden, nan is not there; both say so in place of a bar
    """
    if not _any(parts):
        return Note(NOTHING)
    labels, parts = [spelt(name) for name in labels], {spelt(name): values for name, values in parts.items()}
    figure, ax = axes(0.9 + len(labels) * (0.34 if stacked else 0.12 + 0.24 * len(parts)))
    height = 0.8 if stacked or len(parts) == 1 else 0.8 / len(parts)
    start = [0.0] * len(labels)
    for number, (name, values) in enumerate(parts.items()):
        shift = 0 if stacked else number * height - 0.4 + height / 2
        places = [place + shift for place in range(len(labels))]
        widths = [value if _known(value) else 0 for value in values]
        style = {"color": (BLUE, PALE, ORANGE, GREY)[number % 4], "hatch": HATCHES[number % 4], "edgecolor": INK}
        ax.barh(places, widths, height * 0.9, left=start if stacked else None, linewidth=0.4, label=name, **style)
        _ends(ax, places, values, start if stacked else [0.0] * len(labels), text, stacked)
        if stacked:
            start = [a + b for a, b in zip(start, widths, strict=True)]
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=PALE, linewidth=0.8)
    ax.set_xticks([])
    ax.margins(x=0.12)
    if len(parts) > 1:
        figure.legend(loc="outside lower left", ncols=len(parts), frameon=False)
    return save(figure, f"Bar chart. {title} {_listed(labels, parts, text)}", source)


def _ends(ax, places, values, starts, text, stacked: bool) -> None:
    """The figure at the end of each bar (inside it where stacked), `withheld` where it is hidden."""
    for place, value, left in zip(places, values, starts, strict=True):
        if stacked and not (value and _known(value)):
            continue
        size = value if _known(value) else 0
        at = left + size / 2 if stacked else size
        shift = (0, 0) if stacked else (4, 0)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1} if stacked else None
        style = {"textcoords": "offset points", "va": "center", "ha": "center" if stacked else "left", "bbox": box}
        ax.annotate(_said(value, text), (at, place), shift, fontsize=9, **style)


def _listed(labels, parts, text) -> str:
    """Every figure of the chart in words: `met: 5 in A, 3 in B.`"""
    said = []
    for name, values in parts.items():
        each = [f"{label} {_said(v, text)}" for label, v in zip(labels, values, strict=True)]
        said.append((f"{name}: " if len(parts) > 1 else "") + ", ".join(each) + ".")
    return " ".join(said)


def lines(
    periods: Sequence[str],
    series: dict[str, Sequence[float | None]],
    text: Callable[[float], str],
    title: str,
    source: str,
    ceiling: float | None = None,
) -> Chart | Note:
    """Lines by period, told apart by stroke and mark and named at their ends; a hidden point is a gap, never joined."""
    if not _any(series):
        return Note(NOTHING)
    periods, series = [when(p) for p in periods], {spelt(name): values for name, values in series.items()}
    figure, ax = axes(3.4)
    for (name, values), (colour, stroke, mark) in zip(series.items(), STYLES * 3, strict=False):
        drawn = [float("nan") if value is None else value for value in values]
        ax.plot(range(len(periods)), drawn, stroke, marker=mark, color=colour, markersize=5, label=name)
        hidden = [place for place, value in enumerate(values) if value is None]
        gaps(ax, hidden, colour=colour)
    step = max(1, -(-len(periods) // 6))
    ax.set_xticks(range(0, len(periods), step), list(periods)[::step])
    ax.set_ylim(0, ceiling)
    if ceiling == 1:
        ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    if len(series) > 1:
        figure.legend(loc="outside lower left", ncols=2, frameon=False)
    return save(figure, f"Line chart. {title} {_ran(periods, series, text)}", source)


def _ran(periods, series, text) -> str:
    """First and last figure of each line in words, and which are withheld."""
    said = []
    for name, values in series.items():
        known = [(p, v) for p, v in zip(periods, values, strict=True) if _known(v)]
        hidden = [p for p, v in zip(periods, values, strict=True) if v is None]
        head = f"{name}: " if len(series) > 1 else ""
        ends = " and ".join(f"{text(v)} in {p}" for p, v in dict.fromkeys([known[0], known[-1]])) if known else ""
        tail = f"withheld in {', '.join(hidden)}" if hidden else ""
        said.append(head + "; ".join(filter(None, [ends, tail])) + ".")
    return " ".join(said)


def intervals(
    labels: Sequence[str], rows: Sequence[dict | None], title: str, source: str, text: Callable[[float], str]
) -> Chart | Note:
    """Shares as points with their intervals, from 0 to all; each is labelled with its count and denominator.

    rows : per label a cell of a table with value, low, high, count and of, or None where it is hidden
    """
    if not any(rows):
        return Note(NOTHING)
    figure, ax = axes(0.9 + 0.55 * len(labels))
    said = []
    for place, (label, row) in enumerate(zip(labels, rows, strict=True)):
        if row is None:
            ax.annotate(HIDDEN, (0, place), (4, 0), textcoords="offset points", va="center")
            said.append(f"{label} {HIDDEN}")
            continue
        ax.plot([row["low"], row["high"]], [place, place], color=BLUE, linewidth=2)
        ax.plot(row["value"], place, "o", color=BLUE, markersize=8)
        words = f"{row['count']:,.0f} of {row['of']:,.0f}: {text(row['value'])}"
        ax.annotate(words, (row["value"], place), (0, 9), textcoords="offset points", ha="center", fontsize=9)
        said.append(f"{label} {words}, interval {text(row['low'])} to {text(row['high'])}")
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.7)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=PALE, linewidth=0.8)
    return save(figure, f"Points with 95% intervals. {title} {'; '.join(said)}.", source)


def charted(rows, title: str, source: str) -> Chart | Note:
    """A control chart of shares by quarter, from a table's cells whose low and high are its limits.

    A quarter that a rule flags is a square; the word `withheld` stands across a gap.
    """
    rows = rows.sort_values("period").assign(period=lambda f: f["period"].map(when))
    known = rows[rows["status"] == "shown"]
    if known.empty:
        return Note(NOTHING)
    figure, ax = axes(3.4)
    place = {period: number for number, period in enumerate(rows["period"])}
    values = [r.value if r.status == "shown" else float("nan") for r in rows.itertuples()]
    ax.plot(range(len(rows)), values, "-", color=GREY, linewidth=1)
    flagged = ~known["method"].str.endswith(": common") & known["low"].notna()
    for kind, marker, colour, name in (
        (~flagged, "o", GREY, "common cause"),
        (flagged, "s", ORANGE, "flagged by a rule"),
    ):
        part = known[kind]
        if len(part):
            ax.plot([place[p] for p in part["period"]], part["value"], marker, color=colour, markersize=6, label=name)
    limits = known.dropna(subset=["low", "high"])
    x = [place[p] for p in limits["period"]]
    for edge in ("low", "high"):
        ax.step(x, limits[edge], where="mid", color=BLUE, linestyle=(0, (4, 3)), linewidth=1.1)
    hidden = [place[p] for p in rows[rows["status"] == "suppressed"]["period"]]
    gaps(ax, hidden)
    ax.set_xticks(range(0, len(rows), 3), list(rows["period"])[::3])
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    figure.legend(loc="outside lower left", ncols=2, frameon=False)
    return save(figure, f"Control chart. {title} {_charted(known, flagged, hidden, rows)}", source)


def _charted(known, flagged, hidden, rows) -> str:
    first, last = known.iloc[0], known.iloc[-1]
    said = [f"{_percent(first['value'])} in {first['period']} and {_percent(last['value'])} in {last['period']}"]
    if last["low"] == last["low"]:
        said.append(f"limits in the last quarter {_percent(last['low'])} to {_percent(last['high'])}")
    named = ", ".join(known[flagged]["period"])
    said.append(f"flagged by a rule: {named}" if named else "no quarter is flagged by a rule")
    if hidden:
        said.append("withheld: " + ", ".join(rows["period"].iloc[place] for place in hidden))
    return "; ".join(said) + "."


def _percent(value: float) -> str:
    from ..words.base import percent

    return percent(value)
