"""The side of a claim that its sentence leaves out, taken from the sentences, the list's stem or the items beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..answers import REPRODUCES
from ..printed_numbers import parse
from ..stated_periods import period
from .changes_in_any_order import COMPARES, change_word
from .figure_descriptions import description, moves, printed_period
from .figures_related import NAMED_BASE
from .mentions import Mention
from .passages import Passages, counts_before, own_figure
from .proposal import Part, Proposal, part
from .result_figures import is_amount, is_past, stands_at
from .sentence import Sentence
from .share_bases import population
from .wording import BEFORE_TIME, MOVE, direction_of


def with_base(passages: Passages, proposal: Proposal) -> Proposal:
    """The proposal with the side that its sentence leaves out, where it stands nearby."""
    roles = {p.role for p in proposal.parts}
    if proposal.kind in ("percent_difference", "comparison"):
        return _with_own(passages, proposal)
    if proposal.kind in ("share", "bound") and "denominator" not in roles:
        proposal = _with_denominator(passages, proposal)
        return proposal if len(proposal.parts) > 2 else _with_counts(passages, proposal)
    if proposal.kind == "fraction_words" and len(proposal.parts) == 1:
        return _with_counts(passages, proposal)
    if proposal.kind == "multiple" and not _valued(proposal, "new"):
        return proposal
    if proposal.kind in CHANGES and not proposal.fields and not _valued(proposal, "old"):
        return _with_sides(passages, proposal)
    if proposal.kind in CHANGES and _valued(proposal, "old") and not _valued(proposal, "new"):
        return _with_new(passages, proposal)
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
    there = [m for m in other.figures if here and m.sort == here[0].sort and m.value] if other else []
    if other is None or len(here) != 1 or (moves(sentence) and proposal.kind != "fraction_words"):
        return proposal
    word = proposal.kind == "fraction_words" and moves(sentence)
    roles = ("new", "old") if word else ("numerator", "denominator")
    tried = []
    for base in there:
        sides = [part(sentence, roles[0], here[0], period=""), part(other, roles[1], base, period="")]
        shown = replace(
            printed, more={**printed.more, "direction": direction_of(sentence.template)} if word else printed.more
        )
        tried.append(replace(proposal, parts=[*sides, shown], elsewhere=True))
    if fits := next((p for p in tried if p.follows), None):
        return fits
    alone = len(tried) == 1 and OPENS.match(sentence.template) and (there[0].value or 0) > (here[0].value or 0)
    return tried[0] if alone and not moves(other) else proposal


def _counted_before(passages: Passages, sentence: Sentence, numerator: Part) -> Part | None:
    """The only count of the sentence before, where a part is said to be `of these`."""
    after = sentence.text[numerator.span[1] - sentence.offset :].lower()
    other = next(iter(passages.near(sentence, 1)), None)
    of_these = (
        re.match(r" of (?:these|those|them)\b", after)
        or re.match(r"of (?:these|those|them)\b", sentence.template)
        or re.search(r" of (?:it|this|that|them) \($", sentence.text[: numerator.span[0] - sentence.offset])
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


LEVELS = ("count", "percent", "rate", "money")
CHANGES = ("percent_change", "count_change", "point_difference", "direction", "multiple")
TELLING = ("wrong_base", "ratio_printed_as_increase", "pp_vs_percent")


def _valued(proposal: Proposal, role: str) -> bool:
    return any(p.role == role and p.value is not None for p in proposal.parts)


def _with_sides(passages: Passages, proposal: Proposal) -> Proposal:
    """The sides of a change that stand in the sentences just before: a pair of which it follows, or slips in a known way.

    A pair that neither gives nor nearly gives the printed change is left alone: it may be of other things.
    """
    sentence = proposal.sentence
    near = passages.near(sentence, 2)
    figures = [(s, m) for s in reversed(near) for m in s.figures if m.sort in LEVELS and m.value]
    figures = [(s, m) for s, m in figures if m.sort != "percent" or not change_word(s, m)]
    news = [None] if _valued(proposal, "new") else figures
    if len(figures) > 6 or (proposal.kind == "point_difference" and any(m.sort != "percent" for _, m in figures)):
        return proposal
    base = NAMED_BASE.search(sentence.template)  # `compared with 2018`: of no other year
    olds = [f for f in figures if base and f[0].period_of(f[1]) == sentence.of(base[1]).text] or figures
    tries = [
        _sided(proposal, old, new)
        for new in news
        for old in olds
        if old is not new and (new is None or old[1].sort == new[1].sort)
    ]
    judged = [(t, t.judged) for t in tries]
    follows = [t for t, a in judged if a.verdict == REPRODUCES]
    slips = [t for t, a in judged if a.diagnosis in TELLING] if len(figures) <= 2 else []
    if follows or slips:
        return (follows or slips)[0]
    of_it = OF_IT.search(sentence.template) or any(description(sentence.text) & description(s.text) for s, _ in olds)
    if of_it and len(olds) == 1 < len(figures) and any(_sided(proposal, f, figures[-1]).follows for f in figures[:-1]):
        return replace(_sided(proposal, olds[0], figures[-1]), elsewhere=False)  # it follows from another year's
    pair = _dated_pair(figures) if THIS_IS.match(sentence.text) and len(figures) == 2 else None
    if len(figures) == 1 and _one_series(sentence, proposal, figures[0]):
        return replace(_sided(proposal, figures[0], None), elsewhere=False)
    return replace(_sided(proposal, *pair), elsewhere=False) if pair else proposal


OF_IT = re.compile(r"\b(?:this|that|it|these|they)\b(?! (?:year|quarter|month)\b)")
SAME_AGAIN = re.compile(  # at the head of a sentence: what the sentence before counted
    r"(?:in <t\d+>,? |this (?:year|quarter|month),? )?(?:it|they|this|these|there (?:was|were)|the (?:figure|number|total))\b(?! (?:year|quarter|month)\b)"
)


def _one_series(sentence: Sentence, proposal: Proposal, before: tuple[Sentence, Mention]) -> bool:
    """`In 2021 there were 64 exclusions. This increased to 58 in 2022`: one figure in each, of two years, the later last, with no noun of its own."""
    new = next(
        (m for m in sentence.figures for p in proposal.parts if p.role == "new" and stands_at(p, sentence, m)), None
    )
    if new is None or new.sort != before[1].sort or len(before[0].figures) != 1:
        return False
    if not (SAME_AGAIN.match(sentence.template) and BARE.match(sentence.text[new.span[1] :])):
        return False
    at, then = printed_period(sentence, new), printed_period(*before)
    return bool((at and then and then.end < at.end) or (MOVES_ON.match(sentence.template) and is_past(*before)))


MOVES_ON = re.compile(rf"this |(?:it|they) (?:(?:has|have|had|then|since) )*{MOVE}\b")
BARE = re.compile(
    r"[,;.(]|$| (?:in|for|at|by|during|up|down|an?|more|fewer|less|this (?:year|quarter|month))\b"
)  # not `28 families who came`


def _with_new(passages: Passages, proposal: Proposal) -> Proposal:
    """The later side of `12.0% fewer than the 883 of 2016-17`: a figure just before of which it follows."""
    old = next(p for p in proposal.parts if p.role == "old")
    others = (p for p in proposal.parts if p.role == "printed" or (p.role != "old" and p.value is not None))
    rest = [replace(old, period=""), *others]
    for other in passages.before(proposal.sentence, 8) if proposal.kind != "direction" else ():
        for mention in other.figures:
            new = part(other, "new", mention, period="")
            tried = replace(proposal, parts=[rest[0], new, *rest[1:]], elsewhere=True)
            if mention.sort in LEVELS and mention.value and tried.follows:
                return tried
    near = [(s, m) for s in passages.near(proposal.sentence, 1) for m in s.figures if m.value and m.unit == old.unit]
    leads = near and re.search(r"total of$|^$", near[0][0].text[: near[0][1].span[0]].lower().strip())
    alone = near[:1] if len(near) == 1 or leads else []
    if alone and (COMPARES.search(proposal.sentence.template) or THIS_IS.match(proposal.sentence.text)):
        before = part(alone[0][0], "new", alone[0][1], period="")
        turned = replace(proposal, parts=[replace(before, role="old"), replace(rest[0], role="new"), *rest[1:]])
        return turned if _turns(turned, old, *alone[0]) else replace(proposal, parts=[rest[0], before, *rest[1:]])
    return proposal


YEAR_AFTER = re.compile(r"\b(?:the (?:following|next) (?:year|quarter|month)|(?:year|quarter|month) (?:after|later))\b")


def _turns(turned: Proposal, old: Part, before: Sentence, there: Mention) -> bool:
    """`233 in 2017/18. This compares with 301 in 2018/19`: the figure of the sentence before is the earlier."""
    sentence = turned.sentence
    named = next(m for m in sentence.mentions if stands_at(old, sentence, m))
    at, then = printed_period(sentence, named), printed_period(before, there)
    if not COMPARES.search(sentence.template) or (at and then):
        return bool(at and then and then.end < at.end and COMPARES.search(sentence.template))
    undated = sentence.period_of(named) and not re.search(
        BEFORE_TIME, sentence.template
    )  # `in Q2`, of a year that is not named
    return bool(YEAR_AFTER.search(sentence.template) or (undated and turned.follows))


THIS_IS = re.compile(r"(?:This|That|It|Which) (?:is|was|represents|equates to|amounts to|shows) ")


def _dated_pair(
    figures: list[tuple[Sentence, Mention]],
) -> tuple[tuple[Sentence, Mention], tuple[Sentence, Mention]] | None:
    """Two figures of one unit as (old, new), where their periods or words such as `last year` say which is which."""
    first, second = figures
    if first[1].sort != second[1].sort:
        return None
    a, b = (period(s.period_of(m)) for s, m in figures)
    if a and b and a.end != b.end:
        return (first, second) if a.end < b.end else (second, first)
    if first[0].period_of(first[1]) and second[0].period_of(second[1]) and not (a or b):
        return first, second  # `174 in April and 203 in May`
    past = [is_past(s, m) for s, m in figures]
    return {(True, False): (first, second), (False, True): (second, first)}.get((past[0], past[1]))


def _sided(proposal: Proposal, old: tuple[Sentence, Mention], new: tuple[Sentence, Mention] | None) -> Proposal:
    """A copy of the proposal with its sides, their printed periods left out: these order the pair by their figures."""
    rest = [p for p in proposal.parts if p.value is not None or p.role == "printed"]
    sides = [part(old[0], "old", old[1], period="")]
    sides += [part(new[0], "new", new[1], period="")] if new is not None else []
    return replace(proposal, parts=[*sides, *rest], elsewhere=True)


def _with_points(passages: Passages, proposal: Proposal) -> Proposal:
    """The points of a trend: the dated figures of the sentences just before it."""
    points: list[Part] = []
    for other in passages.near(proposal.sentence, 3):
        dated = [m for m in other.figures if other.period_of(m) and m.sort in ("count", "percent", "rate")]
        points = [*(part(other, "point", m) for m in dated), *points]
    proposal.parts = [*points, *proposal.parts]
    proposal.elsewhere = bool(points)
    return proposal
