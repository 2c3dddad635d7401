"""The sides of a change that its sentence leaves out: figures of the sentences just before, told apart by their periods."""

from __future__ import annotations

import re
from dataclasses import replace

from ..answers import REPRODUCES
from ..stated_periods import period
from .changes_in_any_order import COMPARES, change_word
from .figure_descriptions import description, noun_phrase, printed_period
from .figures_related import NAMED_BASE
from .mentions import Mention
from .passages import Passages
from .proposal import Part, Proposal, part
from .result_figures import around, is_amount, is_past, stands_at
from .sentence import Sentence
from .wording import BEFORE_TIME, MOVE, NOUN_MOVE, present

Place = tuple[Sentence, Mention]
LEVELS = ("count", "percent", "rate", "money")
CHANGES = ("percent_change", "count_change", "point_difference", "direction", "multiple")
TELLING = ("wrong_base", "ratio_printed_as_increase", "pp_vs_percent")


def valued(proposal: Proposal, role: str) -> bool:
    return any(p.role == role and p.value is not None for p in proposal.parts)


def with_sides(passages: Passages, proposal: Proposal) -> Proposal:
    """The sides of a change that stand in the sentences just before: a pair of which it follows, or slips in a known way.

    A pair that neither gives nor nearly gives the printed change is left alone: it may be of other things.
    """
    sentence = proposal.sentence
    base = NAMED_BASE.search(sentence.template)  # `compared with 2018`: of no other year
    alone = _alone(sentence) if base and not valued(proposal, "new") else None
    alone_part = [part(sentence, "new", alone, period="")] if alone else []
    proposal = replace(proposal, parts=[*alone_part, *proposal.parts])
    figures = [(s, m) for s in reversed(passages.near(sentence, 2)) for m in s.figures if m.sort in LEVELS and m.value]
    figures = [(s, m) for s, m in figures if m.sort != "percent" or not change_word(s, m)]
    news = [None] if valued(proposal, "new") else figures
    if len(figures) > 6 or (proposal.kind == "point_difference" and any(m.sort != "percent" for _, m in figures)):
        return proposal
    olds = [f for f in figures if base and f[0].period_of(f[1]) == sentence.of(base[1]).text]
    olds = olds or _of_year_before(proposal, figures) or figures
    pairs = [(old, new) for new in news for old in olds if old is not new and (not new or old[1].sort == new[1].sort)]
    judged = [(t, t.judged) for t in (_sided(proposal, *pair) for pair in pairs)]
    follows = [t for t, a in judged if a.verdict == REPRODUCES]
    slips = [t for t, a in judged if a.diagnosis in TELLING] if len(figures) <= 2 else []
    return next(iter(follows or slips), None) or _named_sides(proposal, figures, olds, alone)


def _named_sides(proposal: Proposal, figures: list[Place], olds: list[Place], alone: Mention | None) -> Proposal:
    """The sides that the words name, of which the change does not follow: another year's, those of `this`, of one series."""
    sentence = proposal.sentence
    one = valued(proposal, "new")
    last = figures[-1] if figures and not one else None
    plain = bool(olds) and (not one or _plainly_said(proposal, olds[0]))
    again = bool(OF_IT.search(sentence.template)) or any(
        description(sentence.text) & description(s.text) for s, _ in olds
    )
    again = again or bool(one and SAME_AGAIN.match(sentence.template))
    follows = any(_sided(proposal, f, last).follows for f in figures if again and f is not last)  # from another year's
    if len(olds) == 1 < len(figures) and (follows or (alone and plain and _of_one_noun(sentence, alone, olds[0][0]))):
        return replace(_sided(proposal, olds[0], last), elsewhere=not plain)
    if len(figures) == 1 and _one_series(sentence, proposal, figures[0]):
        return replace(_sided(proposal, figures[0], None), elsewhere=False)
    pair = _dated_pair(figures) if THIS_IS.match(sentence.text) and len(figures) == 2 else None
    return replace(_sided(proposal, *pair), elsewhere=False) if pair else proposal


def _alone(sentence: Sentence) -> Mention | None:
    """The only level of a sentence that prints one: `compared with 2018/19 the total of 1,050 is a 25% increase`."""
    levels = [m for m in sentence.figures if m.sort in ("count", "money", "rate") and m.value and not m.sign]
    return levels[0] if len(levels) == 1 and not is_amount(sentence, levels[0]) else None


LAST_YEAR = re.compile(r"\b(?:(?:previous|last|preceding|prior) year|year (?:before|earlier|ago)|year[- ]on[- ]year)\b")


def _of_year_before(proposal: Proposal, figures: list[tuple[Sentence, Mention]]) -> list[tuple[Sentence, Mention]]:
    """`400 in 2021/22 and 420 in 2022/23. In 2023/24 there were 460, 15% more than in the previous year`: the 420."""
    sentence, new = proposal.sentence, next((p for p in proposal.parts if p.role == "new"), None)
    mention = next((m for m in sentence.figures if new and stands_at(new, sentence, m)), None)
    at = printed_period(sentence, mention) if mention and LAST_YEAR.search(sentence.template) else None
    dated = [(f, period(f[0].period_of(f[1]))) for f in figures] if at else []
    return [f for f, then in dated if at and then and then.kind == at.kind and then.end == at.end - 12]


OF_IT = re.compile(r"\b(?:this|that|it|these|they)\b(?! (?:year|quarter|month)\b)")
SAME_AGAIN = re.compile(  # at the head of a sentence: what the sentence before counted
    r"(?:(?:by|in|at|on) <t\d+>,? |(?:in )?(?:this|the current) (?:year|quarter|month),? )?(?:it|they|this|these|there (?:was|were|is|are)(?: now)?|the (?:figure|number|total)|<[nm]\d+> (?:were|was) )\b(?! (?:year|quarter|month)\b| (?:is|was) [a-z]+ that\b)"
)


def _one_series(sentence: Sentence, proposal: Proposal, before: tuple[Sentence, Mention]) -> bool:
    """`In 2021 there were 64 exclusions. This increased to 58 in 2022`: one figure in each, of two years, the later last, with no noun of its own."""
    new = next(
        (m for m in sentence.figures for p in proposal.parts if p.role == "new" and stands_at(p, sentence, m)), None
    )
    if new is None or new.sort != before[1].sort or len(before[0].figures) != 1:
        return False
    if not SAME_AGAIN.match(sentence.template) or not _of_one_noun(sentence, new, before[0]):
        return False
    if proposal.kind != "direction" and not _plainly_said(proposal, before):
        return False
    at, then = printed_period(sentence, new), printed_period(*before)
    now = present(*around(sentence, new)) or THIS_YEAR.match(sentence.template)
    return bool(
        (now and (before[0].period_of(before[1]) or is_past(*before)))
        or (then and (now or (at and then.end < at.end)))
        or (MOVES_ON.match(sentence.template) and is_past(*before))
    )


def _of_one_noun(sentence: Sentence, new: Mention, before: Sentence) -> bool:
    """Whether a figure has no noun, or none but the words of the sentence before: not `28 families who came`."""
    bare = BARE.match(sentence.text[new.span[1] :])
    return bool(bare) or description(noun_phrase(sentence, new)) <= description(before.text)


THIS_YEAR = re.compile(r"(?:in )?(?:this|the current) (?:year|quarter|month),? ")
TAIL = re.compile(
    rf"(?:,? to (?:just |about )?<[nprm]\d+>)?(?: {NOUN_MOVE}| as (?:many|much|high)| more| fewer| less| higher| lower| up| down)?(?: (?:on|from|since|over|than|compared (?:to|with)|(?P<last>(?:on|from|over|than) (?:the )?{BEFORE_TIME})) ?(?:in |the )*(?P<base><t\d+>)?)?(?:[.;]|$)"
)


def _plainly_said(proposal: Proposal, before: tuple[Sentence, Mention]) -> bool:
    """Whether nothing after a printed change says that it is of others, of another base or of several years."""
    sentence, printed = proposal.sentence, next(p for p in proposal.parts if p.role == "printed")
    mention = next((m for m in sentence.mentions if stands_at(printed, sentence, m)), None)
    tail = TAIL.match(around(sentence, mention)[1]) if mention else None
    new = next(
        (m for m in sentence.figures for p in proposal.parts if p.role == "new" and stands_at(p, sentence, m)), None
    )
    if tail is None or new is None:
        return tail is not None or mention is None
    if tail["last"]:
        at, then = printed_period(sentence, new), printed_period(*before)
        return bool(at and at.end - then.end == 12) if then else is_past(*before)
    return tail["base"] is None or sentence.of(tail["base"].strip("<>")).text == before[0].period_of(before[1])


MOVES_ON = re.compile(rf"this |(?:it|they) (?:(?:has|have|had|then|since) )*{MOVE}\b")
BARE = re.compile(
    r"[,;.(]|$| (?:in|for|at|by|during|up|down|an?|more|fewer|less|this (?:year|quarter|month))\b"
)  # not `28 families who came`


def with_new(passages: Passages, proposal: Proposal) -> Proposal:
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
