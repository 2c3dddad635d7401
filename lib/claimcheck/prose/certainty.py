"""Which readings a person must confirm: those that lack a side while a figure stands beside them that may be it."""

from __future__ import annotations

import re
from collections import defaultdict

from ..answers import UNKNOWN, WRONG
from ..printed_numbers import number_of
from .other_readings import borne_otherwise
from .passages import Passages
from .proposal import Part, Proposal
from .result_figures import TARGET, around, stands_at

NEEDED = {  # kind: the roles without which it cannot be checked
    **dict.fromkeys(("share", "bound", "fraction_words"), ("numerator", "denominator")),
    **dict.fromkeys(("percent_change", "count_change", "point_difference", "multiple", "direction"), ("old", "new")),
    **dict.fromkeys(("percent_difference", "comparison"), ("own", "comparator")),
    "rate": ("count", "population"), "average": ("total", "divisor"),
}  # fmt: skip
OF_OTHERS = re.compile(r" of (?!(?:them|these|those|it|the total|all)\b|(?:the |these |those |all )*(?:total|\d))")
RELATED = re.compile(
    r"\b(?:compar\w+|against|than|higher|lower|above|below|gap|difference|rest|remaining|others?|versus|vs?)\b"
)
FEWEST = 5  # of fewer nobody prints a percentage
CHANGES = ("percent_change", "count_change", "multiple", "direction")
LENGTH = r"(?:in|over|during|for|within) (?:the |its |our )?(?:first |last |second )?(?:<(?P<length>d\d+)>|(?P<half>half)\b|(?P<bare>three|six|nine)(?=[,.;]|$))"
OVER_AFTER = re.compile(rf"^(?: [a-z]+){{0,4}}? {LENGTH}")
OVER_BEFORE = re.compile(rf"\b{LENGTH}(?: of (?:the year|<t\d+>))?,? (?:[a-z]+ ){{0,3}}$")


def confirmed(passages: Passages, read: list[Proposal]) -> None:
    """Leaves open what its sentence does not account for.

    That is a reading that lacks a side beside a figure in reach that has no role, or beside another reading of its
    sentence; and one that accuses where the figures in reach bear another one.
    """
    taken = {(p.paragraph, p.span[1]) for proposal in read for p in proposal.parts}
    lacking: dict[int, list[Proposal]] = defaultdict(list)
    complete: set[int] = set()  # sentences with a claim that has all its sides
    for proposal in read:
        sentence = with_lengths(passages, proposal).sentence
        if _lacks(proposal):
            lacking[id(sentence)].append(proposal)
        elif proposal.judged.verdict != UNKNOWN:
            complete.add(id(sentence))
        wrong = proposal.sure and proposal.judged.verdict == WRONG
        proposal.sure = proposal.sure and not (wrong and borne_otherwise(passages, proposal, taken))
    for name, alike in lacking.items():
        others = _related(alike) or (name in complete and not all(map(_of_others, alike)))
        for proposal in alike:
            proposal.sure = proposal.sure and not others and not _unread(passages, proposal, taken)


def _unread(passages: Passages, proposal: Proposal, taken: set[tuple[int, int]]) -> bool:
    """Whether a figure without a role stands in the sentence, or any figure in those just before it."""
    sentence, timed = proposal.sentence, proposal.kind == "average"
    of_others = proposal.kind in ("share", "bound") and _of_others(proposal)
    here = [m for m in sentence.mentions if (sentence.paragraph, sentence.offset + m.span[1]) not in taken]
    for other, mentions in [(sentence, here), *((s, s.mentions) for s in passages.near(sentence, 2))]:
        for m in mentions:
            few = m.sort == "count" and ((m.value or 0) < FEWEST or of_others)
            figure = not few and m.sort not in ("period", "ordinal") and (m.sort != "duration" or timed)
            if figure and (m.value or m.sort == "fraction") and not TARGET.search(" ".join(around(other, m))):
                return True
    return False


def _related(alike: list[Proposal]) -> bool:
    """Whether readings of one sentence that all lack their sides may be sides of one another, or parts of one group."""
    if len(alike) == 1 or all(map(_of_others, alike)):
        return False
    values = [number_of(p.value) or 0 for proposal in alike for p in proposal.parts if p.role == "printed"]
    return 90 <= sum(values) <= 110 or bool(RELATED.search(alike[0].sentence.template))


def _of_others(proposal: Proposal) -> bool:
    """`90% of practices`: the sentence names its whole, of which it prints no number."""
    printed = next((p for p in proposal.parts if p.role == "printed"), None)
    at = printed.span[1] - proposal.sentence.offset if printed else 0
    return bool(OF_OTHERS.match(proposal.sentence.text.lower(), at))


def with_lengths(passages: Passages, proposal: Proposal) -> Proposal:
    """A change with the months that its sides are said to have been counted over; open where only one says so."""
    sides = [p for p in proposal.parts if p.role in ("old", "new") and p.value is not None]
    if proposal.kind not in CHANGES or len(sides) != 2:
        return proposal
    lengths = [_length(passages, side) for side in sides]
    moved = re.search(r"\bfrom (?:[a-z]+ ){0,3}<", proposal.sentence.template)  # `from 40 to 52 in six months`
    if lengths[0] == lengths[1] or (moved and not all(lengths)):
        return proposal
    for side, months in zip(sides, lengths, strict=True):
        side.more["months"] = str(months or 12)
    proposal.sure = proposal.sure and all(lengths) and proposal.judged.verdict != WRONG
    return proposal


def _length(passages: Passages, side: Part) -> int | None:
    """The months of `200 came in six months`, `in the first half of the year 210 were made`, `160 in three`; None where none are said."""
    for sentence in passages.by_paragraph[side.paragraph]:
        mention = next((m for m in sentence.mentions if stands_at(side, sentence, m)), None)
        if mention is not None and sentence.says("month", "half", " in ", "quarter"):
            before, after = around(sentence, mention)
            match = OVER_AFTER.match(after) or OVER_BEFORE.search(before)
            if match is None:
                return None
            if match["half"]:
                return 6
            words = match["bare"] or sentence.text[slice(*sentence.of(match["length"]).span)]
            number = number_of(words)
            unit = 3 if "quarter" in words else 12 if "year" in words else 1 if "month" in words or match["bare"] else 0
            months = int(number * unit) if number else 0
            return months if 0 < months <= 12 else None
    return None


def _lacks(proposal: Proposal) -> bool:
    """Whether a side is missing, or was taken from elsewhere in vain."""
    if proposal.kind not in NEEDED or proposal.sentence.kind == "cell" or proposal.judged.verdict != UNKNOWN:
        return False
    valued = {p.role for p in proposal.parts if p.value is not None}
    return proposal.elsewhere or not ("share" in valued or valued.issuperset(NEEDED[proposal.kind]))
