"""The side of a claim that its sentence leaves out, taken from the sentences, the list's stem or the items beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..printed_numbers import parse
from .bases_of_changes import CHANGES, valued, with_new, with_sides
from .figure_descriptions import moves
from .passages import Passages, counts_before, own_figure
from .proposal import Part, Proposal, part
from .result_figures import ALL_BUT, around, is_amount, stands_at
from .sentence import Sentence
from .share_sentences import all_but, population
from .wording import direction_of


def with_base(passages: Passages, proposal: Proposal) -> Proposal:
    """The proposal with the side that its sentence leaves out, where it stands nearby."""
    roles = {p.role for p in proposal.parts}
    if proposal.kind in ("percent_difference", "comparison"):
        return _with_own(passages, proposal)
    if proposal.kind in ("share", "bound") and "denominator" not in roles:
        proposal = _with_denominator(passages, proposal)
        return proposal if len(proposal.parts) > 2 else _with_counts(passages, proposal)
    if proposal.kind == "fraction_words" and roles <= {"printed", "numerator"}:
        return _with_counts(passages, proposal)
    if proposal.kind in CHANGES and not proposal.fields and not valued(proposal, "old"):
        return with_sides(passages, proposal)
    if proposal.kind in CHANGES and valued(proposal, "old") and not valued(proposal, "new"):
        return with_new(passages, proposal)
    if proposal.kind == "trend" and not any(p.role == "point" for p in proposal.parts):
        return _with_points(passages, proposal)
    return proposal


def amounts(sentence: Sentence, proposal: Proposal) -> Proposal:
    """`165 fewer than last year, a drop of 5.4%`: the figure before `fewer` is how far it moved, and no side."""
    for side in proposal.parts if proposal.kind in CHANGES else ():
        if side.role == "new" and re.match(
            r" (?:more|fewer|less|extra|additional)\b", sentence.text[side.span[1] - sentence.offset :]
        ):
            side.role, side.period = "absolute_change", ""
    return proposal


def _with_own(passages: Passages, proposal: Proposal) -> Proposal:
    sides = {p.role: p for p in proposal.parts}
    comparator = sides.get("comparator")
    if "own" not in sides or sides["own"].value is not None or comparator is None:
        return proposal
    at = next(m for m in proposal.sentence.mentions if proposal.sentence.offset + m.span[0] == comparator.span[0])
    match = own_figure(passages, proposal.sentence, at)
    if match is not None:
        other, mention = match
        proposal.parts = [part(other, "own", mention, period=""), *(p for p in proposal.parts if p.role != "own")]
        proposal.elsewhere = True
    return proposal


def _with_denominator(passages: Passages, proposal: Proposal) -> Proposal:
    """The number of which a percentage is a share: that of `of these`, or one that fits."""
    sentence = proposal.sentence
    numerator = next((p for p in proposal.parts if p.role == "numerator"), None)
    if numerator is None:
        return proposal
    if counted := _counted_before(passages, sentence, numerator):
        proposal.parts.insert(1, counted)  # `of these`: the sentence says where its base stands
        return proposal
    base = population(passages, sentence)
    printed = next(p for p in proposal.parts if p.role == "printed")
    if base := base or _fitting(passages, sentence, numerator, printed):
        proposal.parts.insert(1, base)
        proposal.elsewhere = True
    return proposal


ASIDE = re.compile(r"[(,] ?<([nm]\d+)>[),]")  # `two thirds of them, 40, knew`
# `Some 588 (28%) were`, `Fifty, or 18%, felt`: a part that opens its sentence, and no whole of its own
OPENS = re.compile(
    r"^(?:(?:some|just|only|about|around|nearly|almost|over) )?<n\d+>(?: [a-z]+)?(?: \(<p\d+>\)|,? or <p\d+>,?) (?!of\b|for\b)"
    r"|^<n\d+> (?:were|was|had)(?: [a-z]+){1,3} \(<p\d+>\)[^<>]*$"
)


def _with_counts(passages: Passages, proposal: Proposal) -> Proposal:
    """A share whose whole is a count of the sentence just before: of all of them, that which gives the print.

    The only count there is the whole of a part that opens its sentence, whether it gives the print or not.
    """
    sentence = proposal.sentence
    other = next(iter(passages.near(sentence, 1)), None)
    printed = next(p for p in proposal.parts if p.role == "printed")
    here = [m for m in sentence.figures if m.sort in ("count", "money") and m.value and not is_amount(sentence, m)]
    here = [sentence.of(name) for name in ASIDE.findall(sentence.template)] or here
    of_bracket = [m for m in here for p in proposal.parts if p.role == "numerator" and stands_at(p, sentence, m)]
    here = of_bracket if of_bracket and proposal.kind == "fraction_words" else here
    rest = [m for m in sentence.figures if m.sort == "count" and ALL_BUT.search(around(sentence, m)[0])]
    here = rest if proposal.kind == "share" and len(rest) == 1 and len(proposal.parts) == 1 else here
    there = [m for m in other.figures if here and m.sort == here[0].sort and m.value] if other else []
    if other is None or len(here) != 1 or (moves(sentence) and proposal.kind != "fraction_words"):
        return proposal
    word = proposal.kind == "fraction_words" and moves(sentence)
    roles = ("new", "old") if word else ("numerator", "denominator")
    tried = []
    for base in there:
        sides = [part(sentence, roles[0], here[0], period=""), part(other, roles[1], base, period="")]
        sides[0] = all_but(*sides) if here == rest else sides[0]
        shown = replace(
            printed, more={**printed.more, "direction": direction_of(sentence.template)} if word else printed.more
        )
        tried.append(replace(proposal, parts=[*sides, shown], elsewhere=True))
    if fits := next((p for p in tried if p.follows), None):
        return fits
    alone = len(tried) == 1 and OPENS.match(sentence.template) and (there[0].value or 0) > (here[0].value or 0)
    return tried[0] if alone and not moves(other) else proposal


OTHERS = r"(?! (?:in|who|whose|that|with|under|over|on|at|aged|from)\b)"  # `of those who left`: said at once who


def _counted_before(passages: Passages, sentence: Sentence, numerator: Part) -> Part | None:
    """The only count of the sentence before, where a part is said to be `of these`."""
    after = sentence.text[numerator.span[1] - sentence.offset :].lower()
    other = next(iter(passages.near(sentence, 1)), None)
    of_these = (
        re.match(r" of (?:these|those|them)\b", after)
        or re.match(r"of (?:these|those|them)\b", sentence.template)
        or re.search(r" of (?:it|this|that|them) \($", sentence.text[: numerator.span[0] - sentence.offset])
        or re.search(rf"^[^<>;]*<n\d+>[^<>;]*<p\d+> of (?:these|those|them)\b{OTHERS}", sentence.template)
    )
    if other is None or not of_these:
        return None
    counts = [m for m in other.figures if m.sort in ("count", "money") and m.value]
    return part(other, "denominator", counts[0]) if len(counts) == 1 else None


def _fitting(passages: Passages, sentence: Sentence, numerator: Part, printed: Part) -> Part | None:
    """A count shortly before of which the percentage follows; one of which it does not is left alone."""
    count, share = parse(numerator.value or ""), parse(printed.value or "")
    if count is None or share is None:
        return None
    here = [
        (sentence, m)
        for m in sentence.figures
        if m.sort == "count" and sentence.offset + m.span[1] <= numerator.span[0]
    ]
    for other, mention in [*here, *counts_before(passages, sentence, None)]:
        if mention.value and mention.value >= count.value:
            if abs(count.value * 100 / mention.value - share.value) <= (10**-share.decimals) / 2 + 1e-12:
                return part(other, "denominator", mention)
    return None


def _with_points(passages: Passages, proposal: Proposal) -> Proposal:
    """The points of a trend: the dated figures of the sentences just before it."""
    points: list[Part] = []
    for other in passages.near(proposal.sentence, 3):
        dated = [m for m in other.figures if other.period_of(m) and m.sort in ("count", "percent", "rate")]
        points = [*(part(other, "point", m) for m in dated), *points]
    proposal.parts = [*points, *proposal.parts]
    proposal.elsewhere = bool(points)
    return proposal
