"""Sentences that conclude from the one before: its parts and their total, what remains, its share, fraction, mean or series."""

from __future__ import annotations

import re
from dataclasses import replace

from .change_prints import MULTIPLE, kind_of
from .fraction_sentences import fraction_part
from .mentions import Mention
from .proposal import Proposal, part, said_part, words_part
from .result_figures import around
from .sentence import Sentence
from .share_sentences import PART_OF
from .sums_over_sentences import sums_over_sentences
from .wording import FALL, NOUN_MOVE, RISE, direction_of

CONCLUDES = re.compile(
    r"^(?:in other words|put another way|that is to say|so|thus|therefore|hence|that (?:is|was|means)|this (?:is|was|means))\b|\b(?:thus|therefore|hence)\b"
)
OF_THEM = re.compile(
    r"<n\d+>[^<>]*,? of (?:which|whom|these|them)\b[^<>]*<n\d+>|<n\d+>(?: [a-z-]+){0,5},? <n\d+> of (?:them|these|those|which|whom)\b"
)
ONE_FOR = re.compile(r"\bone [a-z-]+(?: [a-z-]+)? (?:for|to|in) every <(?P<printed>n\d+)> ")


def conclusions(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """What a sentence concludes from the figures of the one just before it, in its paragraph or the one above."""
    if used or before.section != sentence.section or sentence.paragraph - before.paragraph > 1 or not before.mentions:
        return []
    for reader in (sums_over_sentences, _fraction, _mean, _piece, _multiple, _lower, _ended, _of_series):
        if read := reader(before, sentence):
            used |= {name for span, name in sentence.names.items() if _holds(read, sentence, span)}
            return read
    return []


def _holds(read: list[Proposal], sentence: Sentence, span: tuple[int, int]) -> bool:
    at = (sentence.paragraph, sentence.offset + span[1])
    return any((p.paragraph, p.span[1]) == at for proposal in read for p in proposal.parts)


def _amounts(sentence: Sentence) -> list[Mention]:
    return [m for m in sentence.figures if m.sort in ("count", "money") and m.value and not m.sign]


A_PIECE = re.compile(
    r"^(?:that|this|it|which) (?:is|was|gives|makes|means|works out at|equates to|averages)(?: an average of| about| roughly)? <(?P<printed>[nm]\d+)>(?: [a-z]+)? (?:an?|per|each|for each|for every) (?P<noun>[a-z]+)"
)


def _piece(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """`The 26 courses drew 650 people. That is 25 people a course.`: the count of what each has so many of."""
    match, counts = A_PIECE.match(sentence.template), _amounts(before)
    if match is None or len(counts) != 2 or len(_amounts(sentence)) != 1:
        return []
    of = [m for m in counts if re.match(rf" (?:[a-z]+ )?{match['noun'][:-1]}", around(before, m)[1])]
    if len(of) != 1 or of[0].sort != "count":
        return []
    total = next(m for m in counts if m is not of[0])
    shown = part(sentence, "printed", sentence.of(match["printed"]), period="")
    sides = [part(before, "total", total, period=""), part(before, "divisor", of[0], period="")]
    return [Proposal("average", sentence, [*sides, shown])]


OF_THAT = re.compile(r"^(?:it|they|this|that|these|the (?:rate|number|total|figure|count)|numbers)\b(?! of\b)")


def _multiple(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """`It was 24.8 per 1,000 in 2015. It has since fallen to 12.4, half of what it was.`"""
    match = AS_IT_WAS.search(sentence.text.lower()) or SINCE.search(sentence.text.lower())
    if match is None or len(before.figures) != 1 or len(sentence.figures) != 1:
        return []
    old, new = before.figures[0], sentence.figures[0]
    if old.sort != new.sort and (old.sort, new.sort) != ("rate", "count"):
        return []
    sides = [part(before, "old", old, period=""), part(sentence, "new", new, period="")]
    proposal = Proposal("multiple", sentence, [*sides, words_part(sentence, "printed", *match.span())])
    return [proposal] if proposal.follows or OF_THAT.match(sentence.template) else []


def _lower(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """`There were 1,584. The corresponding number for the next year is 1,386, which is 12.5% lower.`"""
    match = CORRESPONDING.match(sentence.template)
    levels = _amounts(before)
    if match is None or len(levels) != 1 or len(before.figures) > 1 or levels[0].sort != sentence.of(match["new"]).sort:
        return []
    mention = sentence.of(match["printed"])
    sides = [part(before, "old", levels[0], period=""), part(sentence, "new", sentence.of(match["new"]), period="")]
    shown = part(sentence, "printed", mention, period="", direction=direction_of(match["word"]))
    return [Proposal(kind_of(mention), sentence, [*sides, shown])]


SINCE = re.compile(
    rf"(?<=has since )(?:(?:more than|nearly|almost|roughly) )?{MULTIPLE}(?=,? (?:and (?:is|was) now|to)\b)"
)
AS_IT_WAS = re.compile(
    r"\b(?:(?:nearly|almost|about|just over|more than|less than) )?(?:half|double|twice|treble|three times) (?:of )?what (?:it|they|this|that) (?:was|were|had been)\b"
)
CORRESPONDING = re.compile(
    r"^(?:the|its) (?:corresponding|equivalent|comparable|same|matching) (?:number|figure|total|count) (?:for|in|of|at) (?:the )?(?:(?:year|quarter|period|month|end)(?: (?:to|ending|ended|of|in))* (?:the )?(?:end of )?)?(?:<t\d+>|next year|following year|year after)(?:,| (?:is|was|stood at|came to|reached)) <(?P<new>[nm]\d+)>,? (?:which (?:is|was)|a|an|this is|or)? ?<(?P<printed>[pn]\d+)> (?P<word>lower|higher|more|fewer|less|up|down|increase|rise|fall|drop|reduction|decrease)(?=[.,;]|$)"
)


OF_THE_REST = re.compile(
    r"\b(?:no|not|none|nobody|never|without|neither|(?<!in )other|others|rest|remaining|remainder)\b"
)


def _fraction(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """`275 of the 1,100 meetings had one. In other words a quarter had.`: the only two counts of the sentence before."""
    words = [m for m in sentence.figures if m.sort == "fraction"]
    pair = sorted(_amounts(before), key=lambda m: m.value or 0)
    concludes = CONCLUDES.search(sentence.template)
    if len(words) != 1 or len(sentence.figures) > 1 or len(pair) != 2 or pair[0].sort != pair[1].sort or not concludes:
        return []
    sides = [part(before, role, m, period="") for role, m in zip(("numerator", "denominator"), pair, strict=True)]
    proposal = Proposal("fraction_words", sentence, [*sides, fraction_part(sentence, words[0])])
    partly = PART_OF.search(before.template) or OF_THEM.search(before.template)
    return [proposal] if proposal.follows or (partly and not OF_THE_REST.search(sentence.template)) else []


def _mean(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """`There were 1,600 concerns and 640 enquiries. That is one enquiry for every 2.5 concerns.`"""
    match, pair = ONE_FOR.search(sentence.template), sorted(_amounts(before), key=lambda m: -(m.value or 0))
    if match is None or len(_amounts(sentence)) != 1 or len(pair) != 2:
        return []
    sides = [part(before, role, m, period="") for role, m in zip(("total", "divisor"), pair, strict=True)]
    shown = part(sentence, "printed", sentence.of(match["printed"]))
    proposal = Proposal("average", sentence, [*sides, shown])
    return [proposal] if proposal.follows or THIS_IS_ONE.match(sentence.template) else []


THIS_IS_ONE = re.compile(
    r"^(?:this|that|it) (?:is|was|means|equates to|amounts to|works out at) (?:about |roughly )?one "
)
LATEST = re.compile(
    rf"^the (?P<word>{NOUN_MOVE}) (?:in|over|during|for) the (?:latest|last|most recent|final) year (?:is|was|came to|amounted to) (?P<printed><[pgnf]\d+>)"
)
AGAINST = re.compile(
    rf"^(?:against|compared (?:with|to)|since|measured against|relative to) (?:the )?<(?P<old>t\d+)>,? (?:the )?<(?P<new>t\d+)>(?:'s)? (?:figure|total|number|count|level)? ?(?:is|was|shows|represents) (?:an? )?(?P<word>{RISE}|{FALL})(?: by| of)?(?: an?)? (?P<printed><[pgnf]\d+>)"
)
YEAR_BEFORE = re.compile(
    rf"^(?:the (?:previous year|year before)|a year (?:before|earlier)|<t\d+>),? (?:it|this|that|the figure) (?:had been|was) <(?P<old>[ndp]\d+)>[^<>;.]*\b(?:so|meaning|and)\b[^<>;.]*\b(?P<word>{RISE}|{FALL}|come down|gone up|gone down) by <(?P<printed>[ndgp]\d+)>"
)


def _of_series(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """`240 at March 2021, 264 at March 2022 and 290 at March 2023. The rise in the latest year was 10%.`; `Against 2019/20, the 2021/22 figure is up by half.`"""
    if match := YEAR_BEFORE.match(sentence.template):
        return _from_year_before(before, sentence, match)
    match = LATEST.match(sentence.template) or AGAINST.match(sentence.template)
    dated = [(before.period_of(m), m) for m in before.figures if before.period_of(m)]
    if match is None or len(dated) < 2 or len({m.sort for _, m in dated}) > 1 or len(dated) < len(before.figures):
        return []
    if match.re is LATEST:
        (_, old), (_, new) = dated[-2:]
    else:
        named = [[m for when, m in dated if when == sentence.of(match[role]).text] for role in ("old", "new")]
        if [len(figures) for figures in named] != [1, 1]:
            return []
        old, new = named[0][0], named[1][0]
    mention = sentence.of(match["printed"].strip("<>"))
    way = direction_of(match["word"])
    sides = [part(before, "old", old, period=""), part(before, "new", new, period="")]
    word = mention.sort == "fraction"
    shown = fraction_part(sentence, mention) if word else part(sentence, "printed", mention, period="")
    shown.more["direction"] = way
    return [Proposal("fraction_words" if word else kind_of(mention), sentence, [*sides, shown])]


ENDED = re.compile(
    r"^(?:the (?:year|quarter|period)|it|they|we) (?:ended|closed|finished)(?: the year)?(?: with| at| on) (?:just |only )?<(?P<new>[npm]\d+)>"
)
STARTED = re.compile(rf"\b(?P<word>{RISE}|{FALL})\b[^<>;.]* from <(?P<old>[npm]\d+)>[^<>]*$")


def _ended(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """`The number dropped over the year from 104. The year ended with 91.`"""
    match, first = ENDED.match(sentence.template), STARTED.search(before.template)
    if match is None or first is None or len(before.figures) != 1 or first["old"][0] != match["new"][0]:
        return []
    sides = [
        part(before, "old", before.figures[0], period=""),
        part(sentence, "new", sentence.of(match["new"]), period=""),
    ]
    word = said_part(before, first["word"], direction=direction_of(first["word"]))
    return [Proposal("direction", sentence, [*sides, word])]


def _from_year_before(before: Sentence, sentence: Sentence, match: re.Match) -> list[Proposal]:
    """`The mean age was 71.2. The year before it had been 73.5, so it has come down by 2.3 years.`"""
    levels = [m for m in before.mentions if m.sort in ("count", "duration", "percent", "rate") and m.value]
    if len(levels) != 1:
        return []
    old, mention = sentence.of(match["old"]), sentence.of(match["printed"])
    sides = [part(sentence, "old", old, period=""), part(before, "new", levels[0], period="")]
    shown = part(sentence, "printed", mention, period="")
    kind = "count_change" if mention.sort == "duration" else kind_of(mention)
    shown.more["direction"] = "fall" if "down" in match["word"] else direction_of(match["word"])
    proposal = replace(Proposal(kind, sentence, [*sides, shown]), elsewhere=True)
    return [proposal] if old.sort == levels[0].sort or proposal.follows else []
