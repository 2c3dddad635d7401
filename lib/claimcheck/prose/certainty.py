"""Which readings a person must confirm: those that lack a side while a figure stands beside them that may be it."""

from __future__ import annotations

import re

from ..answers import UNKNOWN, WRONG
from ..printed_numbers import number_of, parse
from .changes_in_any_order import change_word
from .figure_descriptions import description
from .figures_related import BACK
from .mentions import Mention
from .passages import Passages
from .proposal import Part, Proposal
from .result_figures import around, elsewhere, is_amount, name_of, names_of, stands_at
from .sentence import Sentence
from .shares_in_any_order import OF_OTHERS

NEEDED = {  # kind: the roles without which it cannot be checked
    **dict.fromkeys(("share", "bound", "fraction_words"), ("numerator", "denominator")),
    **dict.fromkeys(("percent_change", "count_change", "point_difference", "multiple", "direction"), ("old", "new")),
    **dict.fromkeys(("percent_difference", "comparison"), ("own", "comparator")),
    "rate": ("count", "population"), "average": ("total", "divisor"),
}  # fmt: skip
FEWEST = 5  # of fewer nobody prints a percentage
COUNTED = ("count", "money")
CHANGES = ("percent_change", "count_change", "multiple", "direction")
LENGTH = r"(?:in|over|during|for|within) (?:the |its |our )?(?:first |last |second )?(?:<(?P<length>d\d+)>|(?P<half>half)\b|(?P<bare>three|six|nine)(?=[,.;]|$))"
OVER_AFTER = re.compile(rf"^(?: [a-z]+){{0,4}}? {LENGTH}")
OVER_BEFORE = re.compile(rf"\b{LENGTH}(?: of (?:the year|<t\d+>))?,? (?:[a-z]+ ){{0,3}}$")
WINDOW = re.compile(  # how long it took, and no side
    r"\b(?:over|in|during|for|within|across) (?:just |only |about )?(?:the |a |these )?(?:last |past |previous |first )?$"
)
SIDES = (*COUNTED, "percent", "rate", "duration")


def confirmed(passages: Passages, read: list[Proposal]) -> None:
    """Leaves open what cannot be checked while a figure without a role may be the side that is missing."""
    roles: dict[int, set[str]] = {}
    for proposal in read:
        roles.setdefault(id(proposal.sentence), set()).update(names_of(proposal, proposal.sentence))
    for proposal in read:
        sentence = with_lengths(passages, proposal).sentence
        if proposal.sure and sentence.kind != "cell" and proposal.kind in NEEDED and _lacks(proposal):
            here = [(sentence, m) for m in sentence.mentions if name_of(sentence, m) not in roles[id(sentence)]]
            near = passages.near(sentence, 1)
            figures = [*here, *((s, m) for s in near if _one_matter(proposal, s) for m in s.figures)]
            proposal.sure = not any(_may_be(proposal, *figure) for figure in figures)


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
    """Whether a side is missing that the sentence does not say in words, or was taken from elsewhere in vain."""
    if proposal.judged.verdict != UNKNOWN:
        return False
    printed = next((p for p in proposal.parts if p.role == "printed"), None)
    after = proposal.sentence.text[printed.span[1] - proposal.sentence.offset :].lower() if printed else ""
    of_others = proposal.kind in ("share", "bound") and OF_OTHERS.match(after)  # `90% of practices`
    valued = {p.role for p in proposal.parts if p.value is not None}
    complete = "share" in valued or valued.issuperset(NEEDED[proposal.kind])
    return proposal.elsewhere or not (complete or of_others)


def _one_matter(proposal: Proposal, before: Sentence) -> bool:
    """Whether the figures of the sentence before may belong to a claim: to a share; to a change, where a word is shared."""
    side = any(p.role != "printed" and p.value is not None for p in proposal.parts)
    return side or NEEDED[proposal.kind][0] == "numerator" or bool(
        description(before.text) & description(proposal.sentence.text) or BACK.search(proposal.sentence.template)
    )  # fmt: skip


def _may_be(proposal: Proposal, sentence: Sentence, mention: Mention) -> bool:
    """Whether a figure may be a side of a claim: a count of a share, a figure of the same sort of a change."""
    if not mention.value or mention.sign or mention.sort not in SIDES or is_amount(sentence, mention):
        return False
    if mention.sort == "duration" and WINDOW.search(around(sentence, mention)[0]):
        return False
    side = next((p for p in proposal.parts if p.role not in ("printed", "absolute_change") and p.value), None)
    places = NEEDED[proposal.kind][0] == "own"
    if elsewhere(sentence, mention) and not places:
        return False
    if places or NEEDED[proposal.kind][0] == "old":
        level = not (mention.sort == "percent" and change_word(sentence, mention))
        got = parse(side.value or "") if side else None
        near = got is None or got.value / 5 < mention.value < got.value * 5
        unit = proposal.kind != "point_difference" or mention.sort == "percent"
        return level and near and unit and (side is None or (mention.sort == "percent") == (side.unit == "%"))
    return mention.sort in COUNTED and mention.value >= FEWEST
