"""Two sentences read as one: `There were 64 open cases. It opened 90 and closed 71, leaving 83.`"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..answers import REPRODUCES, UNKNOWN
from .passages import Passages
from .proposal import Part, Proposal
from .sentence import Sentence

RESULTS = ("printed", "total")
Place = tuple[int, int]


def sentences_joined(
    passages: Passages, read: list[Proposal], reader: Callable[[Sentence], list[Proposal]]
) -> list[Proposal]:
    """The claims of single sentences, and those that a sentence makes with the one just before it.

    Such a claim takes the place of one of the same result that lacks a side. Its figures give its result, or are those of
    an account, which says of each what it is: opened, closed, left. Nothing else is accused across a full stop.

    reader : what reads the claims of one sentence
    """
    checked = [p for p in read if p.judged.verdict != UNKNOWN]
    results = {_end(p) for proposal in checked for p in proposal.parts if p.role in RESULTS}
    roles = {_end(p) for proposal in checked for p in proposal.parts}
    joined: list[Proposal] = []
    for sentence in passages.sentences:
        if not _figures(sentence) - roles:
            continue
        before = next(iter(passages.near(sentence, 1)), None)
        if before is None or not before.figures:
            continue
        for proposal in (_placed(p, before, sentence) for p in reader(_as_one(before, sentence))):
            ends, verdict = {_end(p) for p in proposal.parts}, proposal.judged.verdict
            result = {_end(p) for p in proposal.parts if p.role in RESULTS}
            both = _within(before, ends) and _within(sentence, ends)
            if verdict == UNKNOWN or not both or not result or result & results:
                continue
            if verdict == REPRODUCES or (_is_account(proposal) and not ends & roles):
                joined.append(proposal)
                results |= result
    of_both = {_end(p) for proposal in joined for p in proposal.parts if p.role in RESULTS}
    lacking = [p for p in read if p.judged.verdict == UNKNOWN and of_both & {_end(q) for q in p.parts}]
    return [p for p in read if not any(p is q for q in lacking)] + joined


def _is_account(proposal: Proposal) -> bool:
    """Whether some parts come in and others go out."""
    return proposal.kind == "parts_total" and any(p.more.get("sign") for p in proposal.parts)


def _figures(sentence: Sentence) -> set[Place]:
    return {(sentence.paragraph, sentence.offset + m.span[1]) for m in sentence.figures}


def _as_one(before: Sentence, sentence: Sentence) -> Sentence:
    """Both with a semicolon between them, the second without its capital."""
    text = sentence.text
    text = text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] in " ," else text
    return replace(sentence, text=_first(before) + text, offset=0)


def _first(before: Sentence) -> str:
    return f"{before.text.rstrip('.: ')}; "


def _placed(proposal: Proposal, before: Sentence, sentence: Sentence) -> Proposal:
    """A claim of both, each number at its own place."""
    split = len(_first(before))
    sides = [
        (before, before.offset) if p.span[0] < split else (sentence, sentence.offset - split) for p in proposal.parts
    ]
    parts = [
        replace(p, paragraph=of.paragraph, span=(p.span[0] + by, p.span[1] + by))
        for p, (of, by) in zip(proposal.parts, sides, strict=True)
    ]
    return replace(proposal, sentence=sentence, parts=parts)


def _end(side: Part) -> Place:
    return side.paragraph, side.span[1]


def _within(sentence: Sentence, ends: set[Place]) -> bool:
    start, end = sentence.offset, sentence.offset + len(sentence.text)
    return any(paragraph == sentence.paragraph and start < at <= end for paragraph, at in ends)
