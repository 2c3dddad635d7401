"""Whether a printed number is a figure that was released, or a rounding of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from returncheck.spelling import plain

from ...pages.number_text import hundredfold, rounded

if TYPE_CHECKING:
    import pandas as pd

NUMBER = re.compile(
    r"(?<![\w.,])[+-]?£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?( ?%| per ?cent\b| percentage points?\b|st\b|nd\b|rd\b|th\b)?"
    r"(?!\w|[.,]\d)"
)
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
PERIODS = re.compile(  # quarters, years, dates, times of day; a file's hash; the code of an area
    r"\b(?:19|20)\d\d-\d\d-Q[1-4]\b|\b(?:19|20)\d\d[-/](?:19|20)?\d\d\b|\b(?:19|20)\d\d\b|\bQ[1-4]\b"
    rf"|\b\d{{1,2}} (?:to \d{{1,2}} )?{MONTH}\b|\b\d\d:\d\d\b"
    r"|\b(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b|\b[A-Z]\d{8}\b"
)
WORDS = re.compile(  # numbers that count nobody: bases, ages, deciles, timescales, chapters of law, control charts
    r"(?<!\d[.,])(?:"  # 7.95% is no 95%
    r"\bper (?:1,000|10,000|100,000|million)\b|\b95% (?:confidence )?(?:intervals?|limits|range)\b|\b1 in(?= \d)"
    r"|\b(?:deciles?|tenths?) \d{1,2}(?:(?:, \d{1,2})*,? (?:to|and|or) \d{1,2})?\b"
    r"|\b1st(?= = )|\bbefore \d{1,2} weeks\b|\b(?:aged?|under|over|ages) \d{1,2}(?:(?: (?:to|or|and) |-)\d{1,2})?\b"
    r"|\bwithin \d+ (?:working )?(?:hours|days|weeks|months)\b|\bsections? \d{1,2}\b|\bv\d+(?:\.\d+)*\b"
    r"|\b1(?:st)?(?: =|:) (?:the )?most\b|\b\d+ (?:or more )?points\b|\blimits [\d.,]+%? to [\d.,]+%?|\bfewer than \d+ points\b)",
    re.I,
)
# the unit at the end of a range is of both its ends: -27.3 to -1.8 percentage points
BOTH_POINTS = re.compile(r"([+-]?\d+\.\d+) to ([+-]?\d+\.\d+ percentage points\b)")
UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
SAID = {word: n for n, word in enumerate(f"{UNITS} eighteen nineteen".split(), 1)}
SAID |= {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
PEOPLE = (
    r"child|children|boys?|girls?|babies|baby|infants?|deaths?|reviews?|cases?|referrals?|victims?|perpetrators?|famil|"
    r"households?|plans|people|person|mothers?|fathers?|meetings|episodes|interviews|repeats?|women|men|survivors?|died"
)
IN_WORDS = re.compile(  # four of the deaths, forty-three: not "three years", nor "one", which is said of anything
    rf"(?<![\w-])(?!one\b(?!-))((?:{'|'.join(SAID)})(?:-(?:{'|'.join(UNITS.split()[:9])}))?)\b(?!-)"
    r"(?=$|(?! (?:years?|quarters?|months?|weeks?|days?|hours?|points?|groups?)\b)"
    rf"(?: [\w-]+){{0,3}}? (?:{PEOPLE}))",
    re.I,
)
SMALL = 20  # a whole number below it must itself be a figure: some rate would round to any of them
SLACK = 1e-12


def without_decimals(shown: pd.DataFrame) -> set[float]:
    """Figures of rows whose counts are rounded for this audience, as they print then (see cell_value): 18.3 as 18, or
    both ends of the range that the rounding leaves."""
    from lscb.long_table import rounded_to

    from ...pages.cell_value import records, rounding  # heavy, and only pages with figures need it

    if not {"reason", "unit"} <= set(shown.columns):
        return set()
    public = [why for why in shown["reason"].unique() if rounded_to(why) > 1]
    if not public:
        return set()
    rounded_rows = shown[shown["reason"].isin(public)]
    ends = {float(end) for row in records(rounded_rows) for end in (rounding(row) or ())[:2]}
    rows = rounded_rows[~rounded_rows["unit"].astype(str).str.startswith(("share", "fraction"))]
    return ends | {float(rounded(value)) for value in _numbers(rows, ("value", "low", "high")) if value == value}


def _numbers(rows: pd.DataFrame, names: Iterable[str]) -> list[float]:
    """Every figure of those columns that the rows have; not a number where there is none."""
    return rows[[name for name in names if name in rows]].to_numpy(float).ravel().tolist()


class Figures:
    """The figures of one audience's tables, and the labels beside them.

    `values` are unrounded. A printed number may be any of them, or with a % a hundred times it, rounded half up at the
    decimals it is printed with; a whole number below 20 must be one of them. Every digit has to be accounted for. The
    numbers in a label (an age band, a standard) may stand in that label only.
    """

    def __init__(self, values: Iterable[float], labels: Iterable[str] = ()):
        kept = {abs(float(v)) for v in values if v == v}
        self.sorted = sorted(kept)
        self.labels = {plain(str(text)).strip() for text in labels}

    @cached_property
    def hundreds(self) -> list[float]:
        """The figures as percentages, for the shares among them."""
        return [hundredfold(value) for value in self.sorted]

    def and_also(self, values: Iterable[float]) -> Figures:
        """These figures and some more, beside the same labels."""
        more = Figures([*self.sorted, *values])
        more.labels = self.labels
        return more

    @classmethod
    def together(cls, some: Iterable[Figures]) -> Figures:
        """The figures and the labels of several."""
        every = list(some)
        figures = cls(value for each in every for value in each.sorted)
        figures.labels = set().union(*(each.labels for each in every))
        return figures

    @classmethod
    def of(cls, frames: Iterable, derived: Iterable[float] = ()) -> Figures:
        """From protected tables: shown figures only, and every dimension's labels; `derived` were computed from them."""
        from lscb.long_table import FIGURES, NOT_DIMENSIONS

        from ...pages.cell_value import range_of, withheld

        values: set[float] = set(derived)
        labels: set[str] = set()
        for frame in frames:
            shown = frame[frame["status"] == "shown"]
            if "reason" in frame:  # the range or the rounded figure that stands for a withheld count, in both forms
                for reason in frame.loc[frame["status"] == "suppressed", "reason"].unique():
                    labels |= {text := withheld(reason), text.partition(", ")[2]}
                    if ends := range_of(reason):  # a chart draws the range where a table has the rounded figure
                        labels.add(f"{ends[0]:,} to {ends[1]:,}")
            values.update(_numbers(shown, FIGURES))
            values |= without_decimals(shown)
            for name in [c for c in frame.columns if c not in NOT_DIMENSIONS] + ["unit", "method", "reason"]:
                if name in frame:
                    texts = set(map(str, frame[name].unique()))
                    labels |= texts.union(*(re.split("; ?", text) for text in texts)) if name == "reason" else texts
        return cls(values, labels)

    def has(self, number: float, decimals: int = 0, exact: bool = False, percent: bool = False) -> bool:
        """Whether some figure (in per cent: or a hundred times it), rounded half up at `decimals`, is this number."""
        number = abs(number)
        half = (0 if exact else 0.5 * 10**-decimals) + SLACK * max(1.0, number)
        for figures in (self.sorted, self.hundreds) if percent else (self.sorted,):
            near = takewhile(lambda f: f <= number + half, islice(figures, bisect_left(figures, number - half), None))
            # between the edges every one rounds to it, at an edge decimals decide: as where it is printed
            if any(exact or float(rounded(figure, decimals)) == number for figure in near):
                return True
        return False

    @cached_property
    def _named(self) -> re.Pattern | None:
        """Every label with a number in it, as tables and as pages write it (0-4, 0 to 4)."""
        forms: set[str] = set()
        for label in self.labels:
            if len(label) < 80 and re.search(r"\d", label) and not re.fullmatch(r"[\d.,]+", label):
                forms |= {label, re.sub(r"(\d)-(\d)", r"\1 to \2", label), label.replace("_", " ")}
        written = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        # "0 to 7" is no part of 0.0 to 7.6
        return re.compile(rf"(?<!\w)(?<!\d[.,])(?:{written})(?!\w|[.,]\d)", re.I) if forms else None

    @cached_property
    def _reasons(self) -> list[str]:
        """Labels too long for a pattern: reasons with a number in them."""
        return [label for label in self.labels if len(label) >= 80 and re.search(r"\d", label)]

    def explain(self, text: str) -> bool:
        """Whether every number in a text, in digits or in words, is a figure, a period, a date or part of a label."""
        text = re.sub(r"\s+", " ", plain(text)).strip()
        if text in self.labels:
            return True
        for reason in self._reasons:  # why a table is not there, in a sentence of its own
            text = text.replace(reason, " ")
        if self._named:
            text = self._named.sub(" ", text)
        text = BOTH_POINTS.sub(r"\1 percentage points to \2", WORDS.sub(" ", PERIODS.sub(" ", text)))
        if re.search(r"\d", NUMBER.sub(" ", text)):
            return False
        in_words = (sum(SAID[word] for word in words.lower().split("-")) for words in IN_WORDS.findall(text))
        return all(map(self._printed, NUMBER.finditer(text))) and all(self.has(n, exact=True) for n in in_words)

    def _printed(self, match: re.Match) -> bool:
        """Whether a number as it is printed is a figure."""
        digits, fraction, kind = match[1].replace(",", ""), match[2] or "", (match[3] or "").strip()
        percent = kind.startswith(("%", "per"))
        exact = not percent and not fraction and int(digits) < SMALL
        return self.has(float(digits + fraction), max(len(fraction) - 1, 0), exact, percent)
