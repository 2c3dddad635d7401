"""Every claim that a draft makes, sentence by sentence, with the bases that stand beside it."""

from __future__ import annotations

import re

from ..printed_numbers import parse
from .change_sentences import changes
from .comparison_sentences import comparisons, respective, targets
from .flow_sentences import derived_multiples, flows
from .group_claims_of_passages import groups_of_passages
from .group_sentences import groups, of_these
from .list_claims import bullet_bases, list_claims
from .one_sided_changes import one_sided_changes
from .passages import Passages, counts_before, own_figure
from .proposal import Part, Proposal, part
from .sentence import Sentence
from .series_sentences import averages, part_years, ranks, rates, words_of_series
from .share_sentences import shares
from .table_claims import table_claims

PATTERNS = (
    part_years,
    targets,
    respective,
    comparisons,
    flows,
    derived_multiples,
    changes,
    one_sided_changes,
    rates,
    ranks,
    averages,
    groups,
    shares,
    words_of_series,
)
PEOPLE = re.compile(r"\bresidents?\b|\bpeople\b|\bpopulation\b|\binhabitants\b", re.IGNORECASE)
POPULATION = re.compile(
    r"population (?:of [\w' ]{2,40} )?(?:is|was|of|stood at|at) (?:about |around |approximately )?<(n\d+)>"
)


def proposals(passages: Passages) -> list[Proposal]:
    """Claims in the order in which they stand, each number with its place."""
    result: list[Proposal] = []
    stems = bullet_bases(passages)
    taken: dict[tuple[int, int], set[str]] = {}
    previous: Sentence | None = None
    for sentence in passages.sentences:
        used: set[str] = set()
        if sentence.kind not in ("cell",):
            read = of_these(previous, sentence, used) if previous is not None else []
            for pattern in PATTERNS:
                read += pattern(sentence, used)
            result += [_with_base(passages, p, stems) for p in read]
        taken[(sentence.paragraph, sentence.offset)] = used
        previous = sentence
    result += groups_of_passages(passages, taken)
    result += list_claims(passages)
    result += table_claims(passages)
    return sorted(result, key=lambda p: (p.sentence.paragraph, p.sentence.offset))


def _with_base(passages: Passages, proposal: Proposal, stems: dict[int, list[Part]]) -> Proposal:
    """The proposal with the side that its sentence leaves out, where it stands nearby."""
    roles = {p.role for p in proposal.parts}
    if proposal.kind in ("percent_difference", "comparison"):
        return _with_own(passages, proposal)
    if proposal.kind in ("share", "bound") and "denominator" not in roles:
        return _with_denominator(passages, proposal, stems)
    if proposal.kind == "trend" and not any(p.role == "point" for p in proposal.parts):
        return _with_points(passages, proposal)
    return proposal


def _with_own(passages: Passages, proposal: Proposal) -> Proposal:
    ours = next(p for p in proposal.parts if p.role == "own")
    if ours.value is not None:
        return proposal
    comparator = next(p for p in proposal.parts if p.role == "comparator")
    at = next(m for m in proposal.sentence.mentions if proposal.sentence.offset + m.span[0] == comparator.span[0])
    match = own_figure(passages, proposal.sentence, at)
    if match is not None:
        other, mention = match
        proposal.parts = [part(other, "own", mention, period=""), *(p for p in proposal.parts if p.role != "own")]
        proposal.elsewhere = True
    return proposal


def _with_denominator(passages: Passages, proposal: Proposal, stems: dict[int, list[Part]]) -> Proposal:
    """The number of which a percentage is a share: of the list's stem, of a population just named, or one that fits."""
    sentence = proposal.sentence
    numerator = next((p for p in proposal.parts if p.role == "numerator"), None)
    base = next(iter(stems.get(sentence.paragraph, [])), None)
    if base is None and numerator is not None and PEOPLE.search(sentence.text):
        for other in passages.before(sentence, 4):
            if (match := POPULATION.search(other.template)) and other.paragraph == sentence.paragraph:
                base = part(other, "denominator", other.of(match[1]))
                break
    if base is None and numerator is not None:
        base = _fitting(passages, sentence, numerator, next(p for p in proposal.parts if p.role == "printed"))
    if base is not None:
        at = 1 if numerator is not None else 0
        proposal.parts.insert(at, base)
        proposal.elsewhere = True
    return proposal


def _fitting(passages: Passages, sentence: Sentence, numerator: Part, printed: Part) -> Part | None:
    """A count shortly before of which the percentage follows; one of which it does not is left alone."""
    count, share = parse(numerator.value or ""), parse(printed.value or "")
    if count is None or share is None:
        return None
    for other, mention in counts_before(passages, sentence, None):
        if mention.value and mention.value >= count.value:
            if abs(count.value * 100 / mention.value - share.value) <= (10**-share.decimals) / 2 + 1e-12:
                return part(other, "denominator", mention)
    return None


def _with_points(passages: Passages, proposal: Proposal) -> Proposal:
    """The points of a trend: the dated figures of the sentences just before it."""
    points: list[Part] = []
    for other in passages.before(proposal.sentence, 3):
        if other.paragraph == proposal.sentence.paragraph:
            dated = [m for m in other.figures if other.period_of(m) and m.sort in ("count", "percent", "rate")]
            points = [*(part(other, "point", m) for m in dated), *points]
    proposal.parts = [*points, *proposal.parts]
    proposal.elsewhere = bool(points)
    return proposal
