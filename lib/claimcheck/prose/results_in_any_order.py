"""A printed result beside the figures that it is worked out from, in whatever order and words a sentence tells them.

The patterns before this reader know how boards mostly write. This one asks of a printed percentage, difference, fraction
or mean which figures of its sentence give it. What follows is read; what does not is accused only where the sentence has
no other two figures, says of which time, place or whole each is, and the print is near to what they give.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .changes_in_any_order import change, change_word
from .fraction_sentences import fraction
from .interval_sentences import names_of_intervals
from .mentions import Mention
from .proposal import Proposal
from .result_figures import around, dates, is_amount, name_of, names_of, prints, stands_at, starts_from
from .sentence import Sentence
from .shares_in_any_order import average, rate, share

CHANGE, SHARE = {"old", "new"}, {"numerator", "denominator"}
SIDES = {
    "percent_change": CHANGE, "point_difference": CHANGE, "count_change": CHANGE, "share": SHARE, "bound": SHARE,
    "average": {"total", "divisor"}, "rate": {"count", "population"},
}  # fmt: skip
BOUNDS = ("more than", "less than", "at least", "at most", "up to", "no more than")  # of a length
OPERANDS = ("count", "money", "rate", "percent", "duration", "points")
CHANGED = ("percent_change", "count_change", "fraction_words", "multiple", "point_difference")
OF_LATER = re.compile(r"\b(?:against|compared|than|from|on|with|to|over|versus|vs?)\W+(?:[a-z]+ ){0,3}$")
THAN = re.compile(r"^[^<>;.]{0,30}\b(?:than|compared|against|on|over) ")


def results_in_any_order(sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """The proposals of a sentence, those without their figures replaced by ones that have them, and what else follows."""
    result = list(read)
    for i, mention in enumerate([*sentence.mentions, *sentence.mentions]):  # twice: a share tells of what others are
        if i == len(sentence.mentions) and result == read:
            break
        if mention.sort in ("period", "ordinal"):
            continue
        wanting = next((p for p in result if _lacks(p) and prints(p, sentence, mention)), None)
        grouped = mention.sort == "percent" and any(_is_side(p, sentence, mention) for p in result)
        if name_of(sentence, mention) in used and wanting is None and not grouped:
            continue
        free = _free(sentence, mention, result, wanting)
        # what is one side of a claim already can only be a share of its own counts besides
        proposal = (
            _reading(sentence, mention, free, result, wanting)
            if not grouped or wanting
            else share(sentence, mention, free, result)
        )
        if proposal is not None and not any(p.kind == proposal.kind and p.parts == proposal.parts for p in result):
            result = [p for p in result if p is not wanting]
            result.append(proposal)
            used |= names_of(proposal, sentence)
    return result


def _lacks(proposal: Proposal) -> bool:
    """Whether a proposal has its printed result but not the figures that it follows from."""
    valued = {p.role for p in proposal.parts if p.value is not None}
    if "absolute_change" in valued or "contradiction" in proposal.fields or "impossible_unit" in proposal.fields:
        return False
    if proposal.kind == "fraction_words":
        return valued <= {"numerator"}
    return not SIDES.get(proposal.kind, set()) <= valued


def _is_side(proposal: Proposal, sentence: Sentence, mention: Mention) -> bool:
    """Whether a percentage is only one of a group's, or a side of a change, so that its own counts may stand beside it."""
    return any(
        p.role in ("percentage", "old", "new", "own", "share") and stands_at(p, sentence, mention)
        for p in proposal.parts
    )


def _free(sentence: Sentence, printed: Mention, read: list[Proposal], wanting: Proposal | None) -> list[Mention]:
    """Figures that no complete claim of the sentence has as its result, and of which none is the print itself.

    The 95% of an interval and its ends are none: nothing is worked out from them.
    """
    results = [p for r in read if r is not wanting for p in r.parts if p.role == "printed"]
    alike = [m for m in sentence.mentions if m.sort in OPERANDS and m.value and m is not printed and not m.sign]
    alike = [m for m in alike if not is_amount(sentence, m) and not (m.sort == "duration" and m.qualifier in BOUNDS)]
    interval = names_of_intervals(sentence)
    return [
        m for m in alike if name_of(sentence, m) not in interval and not any(stands_at(p, sentence, m) for p in results)
    ]


def _reading(
    sentence: Sentence, mention: Mention, free: list[Mention], read: list[Proposal], wanting: Proposal | None
) -> Proposal | None:
    if mention.sort in ("period", "ordinal", "times"):
        return None
    word = change_word(sentence, mention)
    if mention.sort == "fraction":
        return fraction(sentence, mention, free, word, wanting)
    if mention.sort == "points" or (mention.sort == "percent" and word):
        return change(sentence, mention, free, word)
    if mention.sort == "percent":
        return share(sentence, mention, free, read)
    if mention.sort == "rate":
        return rate(sentence, mention, free) if mention.per[:1].isdigit() else average(sentence, mention, free)
    changed = change(sentence, mention, free, word) if word else None
    return changed or rate(sentence, mention, free) or average(sentence, mention, free)


def of_nearest(sentence: Sentence, proposal: Proposal) -> Proposal:
    """`the year before it was 2,960, which is 148 fewer` than the 3,108 just told: said of the figure that it follows.

    Such a change is turned round where that gives the print and nothing else in the sentence says of which it is.
    """
    if proposal.kind not in CHANGED or proposal.judged.diagnosis != "direction_reversed":
        return proposal
    sides = {p.role: p for p in proposal.parts}
    pair = [
        m for role in ("old", "new") for m in sentence.mentions if role in sides and stands_at(sides[role], sentence, m)
    ]
    printed = sides["printed"].span[0] - sentence.offset
    if len(pair) < 2:
        return proposal
    old, new = pair
    before, after = around(sentence, old)[0], sentence.text[sides["printed"].span[1] - sentence.offset :].lower()
    last = max((m for m in pair if m.span[0] < printed), key=lambda m: m.span, default=None)
    if last is not old or starts_from(sentence, (old, new)) or all(dates(sentence, (old, new))):
        return proposal
    if OF_LATER.search(before) or THAN.match(after):
        return proposal
    turn = {"old": "new", "new": "old"}
    turned = replace(proposal, parts=[replace(p, role=turn.get(p.role, p.role), period="") for p in proposal.parts])
    return turned if turned.follows else proposal
