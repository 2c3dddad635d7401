"""Periods that a sentence says in two ways, and lengths of time that its own dates do not fill."""

from __future__ import annotations

import re

from ..printed_numbers import number_of
from ..stated_periods import Period, period
from .passages import Passages
from .proposal import Part, Proposal, part, words_part
from .sentence import Sentence

IN_BRACKETS = re.compile(r"<(t\d+)> ?\((?:that is |i\.e\. |covering |from )?<(t\d+)>\)")
QUARTER_ALONE = re.compile(
    r"q(?:uarter)? ?(?P<number>[1-4])|(?P<word>first|second|third|fourth|last|final) quarter", re.IGNORECASE
)
ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
YEARS = re.compile(
    r"\b(?:over|in|within|during|across|for|of) (?:the |these |a |last |past |previous |full )*<(?P<length>d\d+)>"
    r"(?=(?P<rest>(?:[^<>;]|<[a-z]\d+>)*))"
)
RANGE = re.compile(
    r"^(?:[^<>;.]{0,12}|[^<>;]*?\b(?:from|between)\b[^<>;]*?(?:<(?P<old>[nprm]\d+)>[^<>;]*?)?)<(?P<first>t\d+)>"
    r"(?: |\u2013|-|,)*(?:[^<>;.]{0,25})\b(?:to|and|until)\b[^<>;]*?(?:<(?P<new>[nprm]\d+)>[^<>;]*?)?<(?P<last>t\d+)>"
)
BACKWARDS = re.compile(r"\bfrom <(t\d+)> to <(t\d+)>")
LENGTHS = {"year": 12, "12 months": 12, "twelve months": 12, "quarter": 3, "three months": 3, "six months": 6,
           "nine months": 9}  # fmt: skip
LASTS = re.compile(
    rf"\b(?:the|a|an|our|this) (?:(?:full|whole|financial|reporting|budget|calendar|first|last) )?(?P<length>{'|'.join(LENGTHS)})"
    r"(?:,? (?:from|of|between|running from|covering|beginning|starting))? (?:the period )?<(?P<range>t\d+)>"
)


def periods(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`Q3 2022-23 (July to September 2022)`: a quarter of the financial year and its months; years that are not so many."""
    result = [_label(sentence, *_both(sentence, match)) for match in IN_BRACKETS.finditer(sentence.template)
              if _clash(_both(sentence, match)[2])]  # fmt: skip
    for match in LASTS.finditer(sentence.template):
        mention = sentence.of(match["range"])
        lasts = period(mention.text)
        if (
            lasts is not None
            and lasts.months > 1
            and lasts.kind != "range"
            and lasts.months != LENGTHS[match["length"]]
        ):
            start = mention.span[0]
            gap = f"a {match['length']}, and {mention.text} is {lasts.months} months"
            result.append(_window(sentence, (start, mention.span[1]), mention.text, gap, []))
    for match in BACKWARDS.finditer(sentence.template):
        first, last = (sentence.of(name) for name in match.groups())
        a, b = period(first.text), period(last.text)
        if a and b and a.kind == b.kind == "year" and a.end > b.end:
            span, words = (first.span[0], last.span[1]), sentence.text[first.span[0] : last.span[1]]
            result.append(_window(sentence, span, words, f"{words}, which runs backwards", []))
    return [*result, *_windows(sentence)]


def quarters_of_document(passages: Passages) -> list[Proposal]:
    """`Q4 (October to December 2023)` in a report of 2023-24: the quarter is of the financial year that the report is of."""
    result: list[Proposal] = []
    at = passages.period
    if at is None or at.kind != "year":
        return result
    year = max(at.years)
    for sentence in passages.sentences:
        for match in IN_BRACKETS.finditer(sentence.template):
            start, end, both = _both(sentence, match)
            label, _, months = both.partition(" (")
            if (alone := QUARTER_ALONE.fullmatch(label)) is None:
                continue
            both = f"Q{alone['number'] or ORDER[alone['word'].lower()]} {year - 1}-{year % 100:02} ({months}"
            if _clash(both):
                result.append(_label(sentence, start, end, both))
    return result


def _both(sentence: Sentence, match: re.Match) -> tuple[int, int, str]:
    label, months = (sentence.of(name) for name in match.groups())
    return label.span[0], months.span[1], f"{label.text} ({months.text})"


def _clash(both: str) -> bool:
    got = period(both)
    return got is not None and got.kind == "malformed" and bool(re.search(r"\([^)]*[a-z]{3}", both.lower()))


def _label(sentence: Sentence, start: int, end: int, both: str) -> Proposal:
    span = (sentence.offset + start, sentence.offset + end)
    shown = Part("printed", None, "", "", sentence.paragraph, span, {"word": both, "label_in_text": both})
    return Proposal("period_label", sentence, [shown])


def _windows(sentence: Sentence) -> list[Proposal]:
    """`over the last five years from 80 in 2019-20 to 120 in 2022-23`: years that are three apart are four, and no five."""
    result = []
    for match in YEARS.finditer(sentence.template):
        length = sentence.of(match["length"])
        between, years = RANGE.match(match["rest"]), number_of(length.text)
        words = sentence.text[slice(*length.span)]
        if between is None or not years or not words.lower().endswith("years"):
            continue
        first, last = (period(sentence.of(between[name]).text) for name in ("first", "last"))
        if (apart := _years_apart(first, last)) is None or years in (apart, apart + 1):
            continue
        gap = f"{words}, and {sentence.of(between['first']).text} to {sentence.of(between['last']).text} is {apart + 1:g} years"
        sides = [part(sentence, role, sentence.of(between[role])) for role in ("old", "new") if between[role]]
        result.append(_window(sentence, length.span, words, gap, sides))
    return result


def _years_apart(first: Period | None, last: Period | None) -> float | None:
    if first is None or last is None or first.kind != last.kind or last.end <= first.end:
        return None
    return (last.end - first.end) / 12


def _window(sentence: Sentence, span: tuple[int, int], words: str, gap: str, sides: list[Part]) -> Proposal:
    shown = words_part(sentence, "printed", *span, word=words)
    return Proposal("superlative", sentence, [*sides, shown], fields={"window": gap})
