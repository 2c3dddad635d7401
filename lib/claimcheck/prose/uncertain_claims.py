"""Sentences that claim something of their figures in words that no reader is sure of: the likeliest claim, left open.

A figure by itself claims nothing that can be checked. What makes a claim of it is a word of its kind beside it: of change, of
another place or time, of a whole, of a mean. Nothing here accuses; a person is shown the sentence and what is
taken to be claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .change_prints import MULTIPLE, kind_of, kind_of_difference
from .changes_in_any_order import change_word, way_of
from .comparison_sentences import SIDE, comparators
from .figures_related import LARGER, MEANS, SMALLER
from .figures_side_by_side import COMPARED, SAID
from .fraction_sentences import fraction_part
from .mentions import Mention
from .multiple_sentences import TIMES_OF
from .one_sided_changes import CAUSES
from .proposal import Proposal, part, words_part
from .result_figures import is_past, pairs_of_one_unit, told_apart
from .sentence import Sentence
from .sums_in_any_order import TOTAL
from .trend_sentences import TARGET as AIM
from .wording import BEFORE_TIME, PLACE, PLACES, better_way, topics

BASED = re.compile(rf"\b(?:than|{BEFORE_TIME}|since|compared|over the (?:year|period)|<t\d+>)")
LEVELS = ("count", "percent", "rate", "money", "duration")
COMPARES = re.compile(r"\b(?P<side>compar\w+|favourabl[ey]|beats?|match(?:es|ed)?|outstrip\w*)\b")
GROWN = re.compile(
    rf"\b{MULTIPLE}\b(?=[^.;]*\b(?:(?:since|in|over) (?:20|19|the (?:last|past)|[a-z]+ 20|(?:the )?(?:[a-z]+|\d+) years\b)|over the same|in (?:just |only )?[a-z]+ (?:years|months)\b))"
    rf"|\b(?:has|have) (?:[a-z]+ ){{0,2}}?{MULTIPLE}(?=\.?$)"
)

COUNTED = re.compile(r"\b(?:numbers?|totals?|rates?|volumes?|demand|caseloads?)\b")  # of efforts nothing is printed
RANKED = re.compile(  # `our re-referral rate is lower than the England average`
    rf"\b(?:rates?|numbers?|percentages?|proportions?|averages?|figures?)\b[^.;,]* (?:is|are|was|were|remains?) (?:[a-z]+ )?(?P<side>higher than|lower than|above|below) (?:that of |those of )?(?:the |our |its )*{PLACES}"
)


def uncertain_claim(sentence: Sentence) -> Proposal | None:
    """The likeliest claim of a sentence that no reader took; None where it only states its figures."""
    figures = [
        m for m in sentence.mentions if m.sort not in ("period", "ordinal") and (m.value or m.sort == "fraction")
    ]
    ranked = None if sentence.mentions else RANKED.search(sentence.template)
    if ranked:
        return Proposal("comparison", sentence, [words_part(sentence, "printed", *ranked.span("side"))])
    grown = None if any(m.sort != "duration" for m in figures) else GROWN.search(sentence.text.lower())
    if grown and not CAUSES.search(sentence.template):
        counted = COUNTED.search(sentence.template) or topics(sentence.text)
        return Proposal("multiple", sentence, [words_part(sentence, "printed", *grown.span())], sure=bool(counted))
    if not figures or CAUSES.search(sentence.template) or AIM.search(sentence.template):
        return None
    for guess in GUESSES:
        if (proposal := guess(sentence, figures)) is not None:
            proposal.sure = (
                guess in (_change, _lone_mean) and len(figures) == 1
            )  # its base is named, and printed nowhere
            return proposal
    return None


def _change(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    """`demand is 8% heavier`, `a saving of 12,000 on last year`."""
    for mention in figures:
        if mention.sort not in ("percent", "points", "count", "money", "times"):
            continue
        word = change_word(sentence, mention)
        if not word and mention.sort == "percent":
            beside = re.search(rf"<p{sentence.mentions.index(mention)}> (?:{LARGER}|{SMALLER})\b", sentence.template)
            word = beside[0] if beside else ""
        if word and BASED.search(sentence.template):
            way = {"direction": way_of(word)} if way_of(word) else {}
            shown = part(sentence, "printed", mention, period="", **way)
            kind = kind_of_difference(shown) if PLACE.search(sentence.template) else kind_of(mention)
            return Proposal(kind, sentence, [shown])
    return None


def _place(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    """A figure beside another place's, with a word that says how they compare."""
    others = comparators(sentence)
    ours = [m for m in figures if m.sort in LEVELS and not any(sentence.of(name) is m for name in others)]
    side = SIDE.search(sentence.template) or COMPARES.search(sentence.template)
    for name in others if side else ():
        alike = [m for m in ours if m.sort == sentence.of(name).sort]
        if side and alike:
            word = words_part(sentence, "printed", 0, 0, word=side["side"])
            sides = [
                part(sentence, "own", alike[-1], period=""),
                part(sentence, "comparator", sentence.of(name), period=""),
            ]
            return Proposal("comparison", sentence, [*sides, word])
    return None


def _two_times(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    """Two figures of two times, and a word of direction that may be said of them."""
    levels = [m for m in figures if m.sort in LEVELS and not m.sign]
    if not 2 <= len(levels) <= 3:
        return None
    words = SAID.search(re.sub(r"\bor (?:longer|more|over|less)\b", "", sentence.template)) or re.search(
        rf"\b{COMPARED}\b", sentence.template
    )
    pairs = [p for p in pairs_of_one_unit(sentence, levels) if told_apart(sentence, p)]
    if (
        words is not None
        and re.search(r"improv|better|worse|deterior", words[0])
        and not better_way(words[0], sentence.template)
    ):
        return None  # of a measure of which it is not known what is better
    if words is None or len(pairs) != 1 or pairs[0][0].sort == "duration":
        return None
    old, new = pairs[0] if is_past(sentence, pairs[0][0]) else pairs[0][::-1]
    sides = [part(sentence, "old", old, period=""), part(sentence, "new", new, period="")]
    return Proposal("direction", sentence, [*sides, words_part(sentence, "printed", 0, 0, word=words[0])])


def _sum(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    counts = [m for m in figures if m.sort in ("count", "money")]
    if len(counts) < 3 or len({m.sort for m in counts}) > 1 or not TOTAL.search(sentence.template):
        return None
    total = max(counts, key=lambda m: m.value or 0)
    sides = [part(sentence, "total" if m is total else "part", m, period="") for m in counts]
    return Proposal("parts_total", sentence, sides, fields={"constraint": "none"})


def _mean(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    words = re.search(
        r"\b(?:averag(?:e|ed|es|ing)|mean) (?:of |is |was |to )?(?:about |around |roughly )?<(?P<one>[nmd]\d+)>|<(?P<two>[nmd]\d+)>[^<>;.,]{0,20} on average\b",
        sentence.template,
    )
    if words is None or not MEANS.search(sentence.template):
        return None
    mean = sentence.of(words["one"] or words["two"])
    if not any(m is not mean and (mean.sort != "duration" or m.sort == "duration") for m in figures):
        return None
    return Proposal("average", sentence, [part(sentence, "printed", mean, period="")])


ELSEWHERE = re.compile(
    rf"\b{COMPARED}(?: than)? (?:[a-z]+ ){{0,3}}?(?:elsewhere|others?|counties|authorities|areas)\b|\bpoorer than\b"
)


LONE_MEAN = r"\bon average <|^average [^<>:]+: <|\ban average (?:[a-z]+ )?of (?:just |about |around )?<"


def _lone_mean(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    """One figure that is a mean by its own words."""
    means = [m for m in sentence.mentions if m.sort in ("count", "money", "duration", "rate")]
    if len(means) == 1 and re.search(LONE_MEAN, sentence.template):
        return Proposal("average", sentence, [part(sentence, "printed", means[0], period="")])
    return None


def _worded(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    """`85% is better than others can show`: one figure and a comparison with nobody's figure."""
    levels = [m for m in figures if m.sort in LEVELS]
    side = ELSEWHERE.search(sentence.template)
    if side is None or len(levels) != 1 or levels[0].sort not in ("percent", "rate"):
        return None
    word = words_part(sentence, "printed", 0, 0, word=side[0])
    return Proposal("comparison", sentence, [part(sentence, "own", levels[0], period=""), word])


def _fraction(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    fractions = [m for m in figures if m.sort == "fraction"]
    if not fractions or len(figures) < 2:
        return None
    return Proposal("fraction_words", sentence, [fraction_part(sentence, fractions[0])])


def _multiple(sentence: Sentence, figures: list[Mention]) -> Proposal | None:
    match = TIMES_OF.search(sentence.text.lower()) or re.search(rf"\b{MULTIPLE}\b", sentence.text.lower())
    levels = [m for m in figures if m.sort in LEVELS]
    return (
        Proposal("multiple", sentence, [words_part(sentence, "printed", *match.span())])
        if match and len(levels) > 1
        else None
    )


GUESSES: tuple[Callable[[Sentence, list[Mention]], Proposal | None], ...] = (
    _change, _place, _two_times, _sum, _mean, _fraction, _multiple, _worded, _lone_mean,
)  # fmt: skip
