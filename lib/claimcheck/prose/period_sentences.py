"""Periods that a sentence says in two ways, and windows that its own dates do not fill."""

from __future__ import annotations

import re

from ..printed_numbers import number_of
from ..stated_periods import period
from .proposal import Part, Proposal, part, words_part
from .sentence import Sentence

IN_BRACKETS = re.compile(r"<(t\d+)> ?\((?:that is |i\.e\. |covering |from )?<(t\d+)>\)")
WINDOW = re.compile(
    r"\b(?:over|in|within|during) (?:the |these )?(?:last|past|previous) <(?P<length>d\d+)>(?P<between>(?:[^<>;.]|<[a-z]\d+>)*?)\bfrom (?:[^<>;.]*<(?P<old>[nprm]\d+)>[^<>;.]*?)?<(?P<first>t\d+)>[^;.]*?\bto (?:[^<>;.]*<(?P<new>[nprm]\d+)>[^<>;.]*?)?<(?P<last>t\d+)>"
)


def periods(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`Q3 2022-23 (July to September 2022)`: a quarter of the financial year and its months."""
    result = []
    for match in IN_BRACKETS.finditer(sentence.template):
        label, months = (sentence.of(name) for name in match.groups())
        both = f"{label.text} ({months.text})"
        got = period(both)
        if got is not None and got.kind == "malformed" and re.search("[a-z]{3}", months.text.lower()):
            span = (sentence.offset + label.span[0], sentence.offset + months.span[1])
            shown = Part("printed", None, "", "", sentence.paragraph, span, {"word": both, "label_in_text": both})
            result.append(Proposal("period_label", sentence, [shown]))
    return [*result, *_windows(sentence)]


def _windows(sentence: Sentence) -> list[Proposal]:
    """`over the last five years from 80 in 2019-20 to 120 in 2022-23`: years that are three apart are four, and no five."""
    result = []
    for match in WINDOW.finditer(sentence.template):
        length = sentence.of(match["length"])
        first, last = (period(sentence.of(match[name]).text) for name in ("first", "last"))
        years = number_of(length.text)
        words = sentence.text[slice(*length.span)]
        if first is None or last is None or not years or "year" not in words.lower() or first.kind != last.kind:
            continue
        apart = (last.end - first.end) / 12
        if apart <= 0 or years in (apart, apart + 1):
            continue
        shown = words_part(sentence, "printed", *match.span("length"), word=words)
        sides = [part(sentence, role, sentence.of(match[role])) for role in ("old", "new") if match[role]]
        gap = f"{words}, and {sentence.of(match['first']).text} to {sentence.of(match['last']).text} is {apart:g} years"
        result.append(Proposal("superlative", sentence, [*sides, shown], fields={"window": gap}))
    return result
