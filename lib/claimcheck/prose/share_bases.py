"""Shares whose base stands further off in the sentence: at its end, before a comma, or named as what was asked."""

from __future__ import annotations

import re

from .change_prints import token
from .passages import Passages
from .proposal import Part, Proposal, part
from .sentence import Sentence
from .shares_in_any_order import PART_OF

OPENING = re.compile(
    rf"^(?:of|among|amongst|(?:in|within|of) (?:the|this|our|a) (?:group|cohort|sample|total) of) (?:the |these |those |all |a total of |our )*{token('all', 'n')}(?:[^<>;.]|<[td]\d+>){{0,70}}?,? (?:just |only |about |around |nearly |almost |over )?{token('printed', 'p')}"
    r"(?= (?!of|more|less|fewer|higher|lower|above|below)[a-z])"
)
WITH_PART = re.compile(
    rf"{token('all', 'n')}(?:[^<>;.()]|<t\d+>){{0,60}}?, with (?:just |only |about )?{token('printed', 'p')} \({token('part', 'n')}\)"
)


def shares_of_far_bases(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`Of the 84 audits, 21% were good`; `1,130 enquiries, with 37% (418) leading to a conference`."""
    result = []
    for pattern in (OPENING, WITH_PART):
        for match in pattern.finditer(sentence.template):
            names = {name: match[name] for name in ("part", "all", "printed") if match.groupdict().get(name)}
            if set(names.values()) & used or (
                "part" in names and (sentence.of(names["part"]).value or 0) > (sentence.of(names["all"]).value or 0)
            ):
                continue
            used |= {name for role, name in names.items() if role != "all" or pattern is not OPENING}
            roles = {"part": "numerator", "all": "denominator", "printed": "printed"}
            parts = [part(sentence, roles[role], sentence.of(name)) for role, name in names.items()]
            bound = sentence.of(names["printed"]).qualifier and "part" in names
            result.append(Proposal("bound" if bound else "share", sentence, parts))
    return result


OF_CASES = re.compile(
    r"^(?:about |around |some )?<(?P<share>p\d+)> (?:involved|concerned(?! about| that| with)|related to|featured|were about) "
)


def share_of_cases(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`Nine incidents were notified. Forty per cent involved a baby`: of the only figure before, where it cannot be."""
    match, there = OF_CASES.match(sentence.template), before.figures
    if match is None or len(there) != 1 or there[0].sort != "count" or before.paragraph != sentence.paragraph:
        return []
    sides = [part(before, "denominator", there[0], period=""), part(sentence, "printed", sentence.of(match["share"]))]
    proposal = Proposal("share", sentence, sides, sure=False, elsewhere=True)
    used |= {match["share"]}
    return [proposal]


def fitting_base(sentence: Sentence, proposal: Proposal) -> Proposal:
    """`702 cases with 914 children, of which 211 (30%)`: of two counts that may be meant, the one that is followed."""
    roles = {p.role: p for p in proposal.parts}
    if proposal.kind != "share" or not {"numerator", "denominator"} <= set(roles):
        return proposal
    if proposal.follows:
        return proposal
    for match in PART_OF.finditer(sentence.template):
        pair = [part(sentence, r, sentence.of(match[g])) for r, g in (("numerator", "part"), ("denominator", "all"))]
        tried = Proposal("share", sentence, [*pair, *(p for p in proposal.parts if p.role == "printed")])
        if tried.follows:
            return tried
    end = roles["numerator"].span[0] - sentence.offset
    for mention in sentence.figures:
        if mention.sort != "count" or mention.span[1] > end or mention.text == roles["denominator"].value:
            continue
        base = part(sentence, "denominator", mention)
        tried = Proposal("share", sentence, [base if p.role == "denominator" else p for p in proposal.parts])
        if tried.follows:
            return tried
    return proposal


PEOPLE = re.compile(r"\bresidents?\b|\bpeople\b|\bpopulation\b|\binhabitants\b", re.IGNORECASE)
POPULATION = re.compile(
    r"population (?:of [\w' ]{2,40} )?(?:is|was|of|stood at|at) (?:about |around |approximately )?<(n\d+)>"
)


def population(passages: Passages, sentence: Sentence) -> Part | None:
    """The population that a sentence just before one of people names."""
    for other in passages.near(sentence, 4) if PEOPLE.search(sentence.text) else ():
        if match := POPULATION.search(other.template):
            return part(other, "denominator", other.of(match[1]))
    return None
