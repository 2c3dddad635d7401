"""Two sentences of one subject that oppose each other: `the rate did not change` beside `despite the decrease`."""

from __future__ import annotations

import re

from .passages import Passages
from .proposal import Proposal, words_part
from .sentence import Sentence
from .wording import topics

STATIC = re.compile(
    r"\b(?:(?:did|has|have|does|do) not (?:\w+ )?chang\w+|no (?:\w+ )?change|(?:remain\w*|was|were|is|are|stayed|been) (?:\w+ )?(?:stable|static|unchanged|flat|constant|the same))\b(?: (?:appreciably|significantly|much))?",
    re.IGNORECASE,
)
SIGNS = ("chang", "stable", "static", "flat", "constant", "the same")  # of which one stands in it
MOVED = re.compile(
    r"\b(?:despite|given|because of|following|with|after|since|due to) (?:the|this) (?:\w+ )?(?P<move>decrease|increase|reduction|rise|fall|drop|decline|growth)s? (?:in|of)\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:over|during|between|in|since) (?:the )?(?:quarter|q[1-4]|last|previous|year before)", re.IGNORECASE
)


def opposed(passages: Passages) -> list[Proposal]:
    """Within a paragraph, a subject that is said not to have moved and then said to have: right only of two periods."""
    result = []
    for sentences in passages.by_paragraph.values():
        still = [(s, m) for s in sentences if s.says(*SIGNS) and s.kind != "cell" and (m := STATIC.search(s.text))]
        for sentence in sentences if still else []:
            moved = MOVED.search(sentence.text)
            if moved is None or DATED.search(sentence.text):
                continue
            result += [_proposal(sentence, moved, *one) for one in still if _shared(sentence, one[0])][:1]
    return result


def _shared(one: Sentence, other: Sentence) -> bool:
    return one is not other and bool(topics(one.text) & topics(other.text)) and other.offset < one.offset


def _proposal(sentence: Sentence, moved: re.Match, other: Sentence, still: re.Match) -> Proposal:
    parts = [words_part(other, "old", *still.span()), words_part(sentence, "printed", *moved.span("move"))]
    said = f"{still[0]!r} and {moved['move']!r}"
    return Proposal("direction", sentence, parts, fields={"opposed": said})
