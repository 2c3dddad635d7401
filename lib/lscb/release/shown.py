"""Whether a printed number is a rounding of a figure that was released."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

NUMBER = re.compile(r"(?<![\w.,\-/])[+−–-]?£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%|st|nd|rd|th)?(?![\w]|[.,]?\d)")
PERIODS = re.compile(
    r"\b(?:19|20)\d\d-\d\d-Q[1-4]\b|\b(?:19|20)\d\d[-/–]\d\d(?:\d\d)?\b|\b(?:19|20)\d\d\b|\bQ[1-4]\b"
    r"|\b\d{1,2} (?:to \d{1,2} )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b"
    r"|\b\d\d:\d\d\b|\b[0-9a-f]{12,}\b|\b[A-Z]\d{8}\b"
)
WORDS = re.compile(r"per (?:1,000|10,000|100,000|million)|95% (?:confidence )?(?:interval|limits|range)?|\b1 in(?= \d)")
SLACK = 1e-12


class Figures:
    """The figures of one audience's tables, and the labels beside them.

    `values` are unrounded; a printed number may be any of them, or a hundred times it (a percentage), rounded half up
    at the decimals it is printed with. Numbers that are part of a label (an age band, a standard) may stand anywhere.
    """

    def __init__(self, values: Iterable[float], labels: Iterable[str] = ()):
        plain = {abs(float(v)) for v in values if v == v}
        self.sorted = sorted(plain | {v * 100 for v in plain})
        self.labels = {str(text).strip() for text in labels}
        self.label_numbers = {found[0].strip("+−–-") for text in self.labels for found in NUMBER.finditer(text)}
        self.label_numbers |= {
            n for text in self.labels for n in re.findall(r"\d+", text) if len(n) < 3 and "-" in text
        }

    @classmethod
    def of(cls, frames: Iterable) -> Figures:
        """From protected tables: shown figures only, and every dimension's labels."""
        from ..tables import FIGURES, NOT_DIMENSIONS

        values: set[float] = set()
        labels: set[str] = set()
        for frame in frames:
            shown = frame[frame["status"] == "shown"]
            for name in FIGURES:
                if name in shown:
                    values |= set(shown[name].dropna())
            for name in [c for c in frame.columns if c not in NOT_DIMENSIONS] + ["unit", "method", "reason"]:
                if name in frame:
                    labels |= set(frame[name].astype(str).unique())
        return cls(values, labels)

    def has(self, number: float, decimals: int = 0, exact: bool = False) -> bool:
        """Whether some figure, rounded half up at `decimals`, is this number."""
        number = abs(number)
        slack = SLACK * max(1.0, number)
        half = 0 if exact else 0.5 * 10**-decimals
        at = bisect_left(self.sorted, number - half - slack)
        return at < len(self.sorted) and self.sorted[at] < number + half + (slack if exact else -slack)

    def explain(self, text: str) -> bool:
        """Whether every number in a text is a figure, a period, a date or part of a label."""
        text = re.sub(r"\s+", " ", text).strip()
        if text in self.labels:
            return True
        text = WORDS.sub(" ", PERIODS.sub(" ", text))
        for found in NUMBER.finditer(text):
            whole, fraction = found[1].replace(",", ""), found[2] or ""
            if found[0].strip("+−–-") in self.label_numbers:
                continue
            if not self.has(float(whole + fraction), max(len(fraction) - 1, 0)):
                return False
        return True
