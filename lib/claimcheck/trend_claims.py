"""Claims about a series of points: trend words and superlatives."""

from __future__ import annotations

import re
from fractions import Fraction

from . import directions
from .answers import Answer, figure_text, only_if, reproduces, unknown, wrong
from .claim import Claim
from .printed_numbers import Figure, Number, parse
from .stated_periods import period

LEAST = 6  # points: fewer have no limits (`none_below` of lscb.control_chart_rules, which takes long to load)


def trend(claim: Claim) -> Answer:
    """A trend word needs a rule of the control chart, in its direction, that flags the last point."""
    points = claim.figures("point")
    printed = claim.one("printed")
    words = str((printed["word"] or printed["value"]) if printed is not None else "") or claim.text
    if len(points) < LEAST:
        how = f"{len(points)} point{'' if len(points) == 1 else 's'} printed"
        sentence = f"{how}: fewer than {LEAST} allow no limits, so {words!r} cannot be tested."
        return unknown("trend_not_testable", sentence)
    way = directions.direction(printed["direction"] if printed is not None else None, words, claim.text)
    return _against_chart([float(p.value) for p in points], way, words)


def _against_chart(values: list[float], way: int | None, words: str) -> Answer:
    """A trend word against the control chart of its points."""
    from lscb import control_charts

    charts = [control_charts.xmr(values, screen=screen) for screen in (True, False)]
    last = {int(sign[-1]) for chart in charts for sign in chart.rules.values()} - {0}
    chart = charts[0]
    limits = [round(float(chart.low[-1]), 4), round(float(chart.high[-1]), 4)]
    mean, trial = round(float(chart.mean[-1]), 4), bool(chart.trial[-1])
    figures = {"points": len(values), "mean": mean, "limits": limits, "trial": trial}
    few = " (trial limits: fewer than 12 points)" if trial else ""
    between = (
        f"limits {limits[0]:,.1f} to {limits[1]:,.1f}" if chart.has_limits[-1] else "no limits, as all are the same"
    )
    what = f"{len(values)} points, {between}{few}"
    if way in last or (way is None and last):
        return reproduces("ok", f"{what}: {control_charts.sentence(chart)}.", **figures)
    flagged = [i for i in range(len(values)) if all(any(sign[i] for sign in c.rules.values()) for c in charts)]
    if way == 0 and not last and not flagged:
        return reproduces("ok", f"{what}: no rule flags any point, so no change is fair.", **figures)
    if way == 0:
        at = f"point {flagged[0] + 1}" if flagged else "the last point"
        sentence = f"{what}: a rule flags {at}, so it is not unchanged."
        return wrong("trend_unsupported", sentence, **figures)
    kind = {1: " as high or rising", -1: " as low or falling", None: ""}[way]
    sentence = f"{what}: no rule flags the last point{kind}, so {words!r} is not supported; say what the figures are."
    return wrong("trend_unsupported", sentence, **figures)


# --- superlatives -----------------------------------------------------------------------------------------------

LOW = re.compile(r"lowest|\blow\b|fewest|smallest|least|minimum|\bmin\b|trough|shortest")
HIGH = re.compile(r"highest|\bhigh\b|\bmost|largest|biggest|greatest|peak|maximum|\bmax\b|longest|\btop\b")


def superlative(claim: Claim) -> Answer:
    """`the lowest for four years`: against every printed point of its window."""
    points, printed = claim.all("point"), claim.one("printed")
    words = " ".join(str(printed[f] or "") for f in ("word", "direction")) if printed is not None else ""
    way = _extreme(words) or _extreme(claim.text) or directions.direction(words)
    printed_points = claim.figures("point")
    if not printed_points or (len(printed_points) < 2 and (printed is None or printed.value is None)):
        return unknown("window_not_covered", "The other figures of the period are not printed: print them.")
    if not way and printed is not None and (ends := RANGED.search(claim.text.lower())):
        return _end_of_range(printed, printed_points, ends)
    if not way:
        return unknown("window_not_covered", "The sentence does not say whether highest or lowest is meant.")
    claimed, others = _claimed(points, printed)
    if not isinstance(claimed, Figure):
        return unknown("window_not_covered", "The figure that the sentence is about is not printed: print it.")
    window = _window(f"{printed['word'] or ''} {printed['period'] or ''}" if printed is not None else "", claim.text)
    others = _within(claimed, others, window)
    beaten = [p for p in others if isinstance(p, Figure) and (p.value - claimed.value) * way > 0]
    ties = [p for p in others if p.value is not None and p.value == claimed.value]
    word = "highest" if way > 0 else "lowest"
    figures = {"compared": len([p for p in others if p.value is not None])}
    if beaten:
        best = max(beaten, key=lambda p: p.value * way)
        named = f"{best.text}" + (f" ({best.name})" if best.name else "")
        return wrong("superlative_false", f"{claimed.text} is not the {word}: {named} is.", **figures)
    if missing := _missing(claimed, others, window, points):
        sentence = f"{claimed.text} is the {word} of the printed points, but {missing}."
        return unknown("window_not_covered", sentence, **figures)
    if ties:
        named = ", ".join(p.name or p.text for p in ties)
        how = f"reproduces only if `joint {word}` is meant, or unrounded figures differ"
        return only_if("superlative_tied", f"{claimed.text} equals {named}: {how}.", **figures)
    return reproduces("ok", f"{claimed.text} is the {word} of {len(others) + 1} points.", **figures)


RANGED = re.compile(r"\brang\w+ (?:from|between) (\S+) (?:to|and) (\S+)")


def _end_of_range(printed: Number, points: list[Figure], ends: re.Match) -> Answer:
    """One end of `ranged from 30 to 80`: the least or the greatest of the points."""
    least, most = min(points, key=lambda p: p.value), max(points, key=lambda p: p.value)
    low = parse(ends[1])
    right = least if low is not None and low.value == printed.value else most
    if printed.value == right.value:
        return reproduces("ok", f"{printed.text} is the {'lowest' if right is least else 'highest'} of the points.")
    sentence = f"The points range from {least.text} to {most.text}; {printed.text} is no end of that."
    return wrong("superlative_false", sentence, limits=[least.value, most.value])


def _extreme(text: str) -> int:
    text = text.lower()
    low, high = bool(LOW.search(text)), bool(HIGH.search(text))
    return 0 if low == high else (1 if high else -1)


def _claimed(points: list[Number], printed: Number | None) -> tuple[Number | None, list[Number]]:
    """The point that the sentence is about: by name, period or value, else the last."""
    if printed is not None:
        for name in ("name", "label_in_text", "period", "geography"):
            wanted = str(printed[name] or "").strip().lower()
            for i, p in enumerate(points):
                if wanted and wanted in (str(p[f] or "").strip().lower() for f in ("name", "period", "geography")):
                    return p, points[:i] + points[i + 1 :]
        if printed.value is not None and not re.search(r"\byear|\bquarter|\bmonth", str(printed["unit"] or "").lower()):
            at = [i for i, p in enumerate(points) if p.value == printed.value]
            if at:
                return points[at[-1]], points[: at[-1]] + points[at[-1] + 1 :]
            if printed["value"] and not re.search(
                rf"\b{printed.text}[- ](year|quarter|month)", str(printed["word"] or "")
            ):
                return printed, points
    return points[-1], points[:-1]


class Window:
    """How far back a superlative says it looks."""

    def __init__(self, months: Fraction | None = None, since=None, ever: bool = False):
        self.months, self.since, self.ever = months, since, ever


def _window(*texts: str) -> Window:
    from .printed_numbers import WORDS

    for text in texts:
        text = text.lower()
        number = r"(\d+|" + "|".join(w for w in WORDS if " " not in w) + r")"
        if match := re.search(
            number + r"[- ](?:consecutive |full |financial |calendar )?(year|quarter|month)s?\b(?! olds?)", text
        ):
            count = int(match[1]) if match[1].isdigit() else WORDS[match[1]]
            return Window(Fraction(count * {"year": 12, "quarter": 3, "month": 1}[match[2]]))
        if "decade" in text:
            return Window(Fraction(120))
        if match := re.search(
            r"\bsince ((?:q[1-4] |quarter [1-4] (?:of )?|[a-z]+ )?(?:19|20)\d\d(?:\s*[-/\u2013]\s*(?:19|20)?\d\d)?)",
            text,
        ):
            return Window(since=period(match[1]))
        if re.search(r"on record|ever\b|since records", text):
            return Window(ever=True)
    return Window()


def _spacing(points: list[Figure]) -> Fraction | None:
    """Months between points, by their periods; None where they do not say."""
    ends = [p.end for n in points if (p := period(n["period"]))]
    gaps = sorted(abs(b - a) for a, b in zip(ends, ends[1:], strict=False) if a != b)
    if gaps:
        return Fraction(gaps[len(gaps) // 2])
    first = next((period(n["period"]) for n in points if period(n["period"])), None)
    basis = " ".join(str(n["basis"] or "") for n in points).lower()
    if first:
        return Fraction(first.months)
    return Fraction(3) if "quarter" in basis else None


def _within(claimed: Number, others: list[Number], window: Window) -> list[Number]:
    """The points of the window: those whose period is said to lie before it do not count."""
    at = period(claimed["period"])
    kept = []
    for other in others:
        when = period(other["period"])
        if window.since and when and when.end < window.since.end and not (when.years & window.since.years):
            continue
        if window.months and when and at and at.end - when.end >= window.months + 12:
            continue
        kept.append(other)
    return kept


def _missing(claimed: Number, others: list[Number], window: Window, points) -> str:
    """What of the window the printed points do not cover; `` where they cover it or it is not said."""
    if any(p.value is None for p in others):
        empty = [p.name or "one" for p in others if p.value is None]
        return f"{', '.join(empty)} of them {'is' if len(empty) == 1 else 'are'} not printed"
    series = [*others, claimed]
    if window.since:
        ends = [period(p["period"]) for p in series]
        if any(ends) and not any(e and (e.end <= window.since.end or e.years & window.since.years) for e in ends):
            return "they do not go back to the period named"
        return ""
    if window.ever:
        return ""
    if window.months:
        spacing = _spacing(points) or Fraction(12)
        last = [e.end for p in series if (e := period(p["period"]))]
        if len(last) == len(series):
            covered = max(last) - min(last) + spacing
        else:
            covered = len(series) * spacing
        if covered < window.months:
            return f"they cover {figure_text(covered, 0)} of {figure_text(window.months, 0)} months"
    return ""
