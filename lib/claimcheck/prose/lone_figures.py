"""Percentages and rates that stand alone: their base is printed nowhere near, and the finding says what to print.

`58% of assessments had a chronology` is a figure that can be checked, and nobody can check it as it stands. Read last, of what no
other reader took; targets, thresholds, plans and what a rule says are passed by.
"""

from __future__ import annotations

import re

from .interval_sentences import NO_CHANGE, names_of_intervals
from .mentions import Mention
from .one_sided_changes import CAUSES
from .passages import Passages
from .proposal import Proposal, part
from .result_figures import TARGET, around, elsewhere, name_of, names_of
from .sentence import Sentence
from .wording import PLACE

NO_RESULT = re.compile(  # what is wished, ruled, offered or known of everywhere
    rf"{TARGET.pattern}|\btargets\b|\bgoal\b|\bpass mark\b|\bwill\b|\baim|\bplan to\b|\bpriced?\b|\bfees?\b|\bcharged at\b|\bpaid\b|\bshould\b"
    r"|\bmust\b|\bmay\b|\bcan\b|\bneeds? to\b|\bwant\b|\bwish\b|\bintend|\bexpect|\bsuggest|\bestimate|\bassum|\bconfidence interval|\bweight(?:ed|ing)|\brounded|\badd(?:s|ed)? (?:up )?to\b"
    r"|\bgreen (?:within|if|from|at)\b|\bamber\b|\bdiscount|\bexceed\b|\brag:|\bresearch\b|\bstudies\b|\blikel|\bup to <|\bby <t\d+>:"
)
RATED = re.compile(
    r"^the (?:[a-z]+ )?rate of (?!<)[^<>;]{3,90}(?:<t\d+> )?(?:is|was|stood at) $|^per 10*(?:,000)? [a-z ]{3,40}(?:there (?:is|are|was|were)|we had) $"
)
AVERAGED = re.compile(r"\b(?:average|mean) (?!<)[^<>;,]{3,60}(?:<t\d+> )?(?:is|was|stood at) $")
AGE = re.compile(r"\bages?\b")
FROM_PLACE = re.compile(
    rf"^ (?:above|below|higher than|lower than|more than|less than) [^<>;,.]{{0,20}}{PLACE.pattern}"
)
DIFFERS = re.compile(
    r"^ (?:higher|lower|above|below|fewer|greater|smaller)(?:[.,;)]|$| (?:this|last|in|at|for)\b)"
)  # no share
RANGE = re.compile(r"^ ?(?:to|-|\u2013|and) <[pr]|\bsignific|^ (?:confidence|interval|limits?|level)\b")
LISTED = re.compile(r"^[^<>:]{0,80}(?:<t\d+>)?: ?<")  # `2021/22: 18.1%`: a row of a table
RANGE_BEFORE = re.compile(r"(?:\bbetween|<[pr]\d+> ?(?:to|-|\u2013)) (?:<[pr]\d+> and )?$")


def lone_figures(passages: Passages, read: list[Proposal]) -> list[Proposal]:
    """One claim for each percentage or rate of a sentence that no proposal has, and that is a result."""
    by_paragraph: dict[int, list[Proposal]] = {}
    for proposal in read:
        for paragraph in {p.paragraph for p in proposal.parts}:
            by_paragraph.setdefault(paragraph, []).append(proposal)
    result = []
    for sentence in passages.sentences:
        if sentence.kind in ("cell", "heading"):
            continue
        used = set(names_of_intervals(sentence)).union(
            *(names_of(p, sentence) for p in by_paragraph.get(sentence.paragraph, ()))
        )
        result += [
            _lone(sentence, m) for m in sentence.mentions if name_of(sentence, m) not in used and _stands(sentence, m)
        ]
    return result


def _stands(sentence: Sentence, mention: Mention) -> bool:
    """Whether a figure is a result of somebody's by itself."""
    before, after = around(sentence, mention)
    rated = mention.sort == "count" and bool(RATED.search(before) or AVERAGED.search(before))
    alone = sum(m.sort not in ("period", "ordinal") for m in sentence.mentions) == 1
    rated = rated or (
        alone and mention.sort in ("duration", "money") and bool(AVERAGED.search(before)) and not AGE.search(before)
    )
    if mention.sort in ("percent", "points") and FROM_PLACE.match(after) and len(sentence.figures) == 1:
        return not CAUSES.search(before[-60:]) and not NO_RESULT.search(before[-70:])
    if (mention.value or 0) > 100 and mention.sort == "percent" and before.endswith(" in "):
        return bool(
            re.match(r" (?:of |the |an? |there )", after)
        )  # `in 116% the voice of the child was clear`: no part of any whole
    shown = mention.sort == "percent" or (mention.sort == "rate" and mention.per[:1].isdigit()) or rated
    if not shown or mention.sign or not mention.value or (mention.sort == "percent" and mention.value > 100):
        return False
    if elsewhere(sentence, mention) or RANGE.search(after) or RANGE_BEFORE.search(before):
        return False
    if names_of_intervals(sentence) and NO_CHANGE.search(before[-40:]):  # what the interval of a change is against
        return False
    if re.match(r" of (?:its|our|the|their|all) (?:own )?targets\b", after):
        return True
    if mention.sort == "percent" and _of_series(sentence, mention):
        return False
    clause = f"{before[-70:]}<>{after[:60]}"
    return not CAUSES.search(before[-60:]) and not NO_RESULT.search(clause) and not LISTED.match(sentence.template)


def _of_series(sentence: Sentence, mention: Mention) -> bool:
    """`47% in 2021, 52% in 2022 and 58% in 2023, a rise of 11 points`: a step of a series whose ends were compared."""
    dated = [m for m in sentence.figures if m.sort == "percent" and sentence.period_of(m)]
    return mention in dated[1:-1] and any(m.sort == "points" for m in sentence.figures)


def _lone(sentence: Sentence, mention: Mention) -> Proposal:
    before, after = around(sentence, mention)
    kind = {"percent": "share", "points": "point_difference"}.get(mention.sort, "rate")
    kind = "average" if kind == "rate" and AVERAGED.search(before) else kind
    if kind == "share" and (FROM_PLACE.match(after) or DIFFERS.match(after)):
        kind = "percent_difference" if FROM_PLACE.match(after) else "percent_change"
    return Proposal(kind, sentence, [part(sentence, "printed", mention)])
