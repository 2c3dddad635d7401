"""A printed result beside the figures that it is worked out from, in whatever order and words a sentence tells them.

The patterns before this reader know how boards mostly write. This one asks of a printed percentage, difference, fraction
or mean which figures of its sentence give it. What follows is read; what does not is accused only where the sentence has
no other two figures, says of which time, place or whole each is, and the print is near to what they give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..answers import REPRODUCES
from ..claim import claim
from ..judgement import judge
from ..stated_periods import period
from .change_prints import MULTIPLE, kind_of
from .mentions import Mention
from .one_sided_changes import CAUSES
from .proposal import Part, Proposal, part, words_part
from .sentence import LETTERS, Sentence
from .share_sentences import _fraction_word as fraction_part
from .wording import MOVE, NOUN_MOVE, PLACE, direction_of
from .wording import past as said_past

Pair = tuple[Mention, Mention]
UP = r"higher|more|longer|ahead|above|greater|larger|bigger|gain|uplift|growth|up|slower|expansion|climb|excess|surplus|over"
DOWN = r"lower|fewer|less|shorter|quicker|faster|behind|below|smaller|shortfall|short|down|saving|cut|loss|under|beneath|adrift"
MOVED = rf"(?:{MOVE}|{NOUN_MOVE}|{UP}|{DOWN}|gap|improvement|difference|swing|change)"
LEVEL = re.compile(r"\b(?:to|at|from|than|with|against|was|were|is|are|stands|stood|reached|now|of|in|for)\s+(?:just |about |only |around |nearly |almost |over |under |approximately )*$")
CHANGE_BEFORE = re.compile(rf"\b(?P<word>{MOVED})\b[^<>;]*(?:<[dt]\d+>[^<>;]*){{0,2}}\b(?:by|of|is|was|:|at)?\s*(?:just |only |about |around |nearly |almost |over |some |approximately |a further )*$")
AMOUNT_BEFORE = re.compile(rf"\b(?P<word>{MOVED})(?: (?:of|by))? (?:just |only |about |around |nearly |almost |over |some |approximately |a further |a total of )*$")
CHANGE_AFTER = re.compile(rf"^[ -](?:\w+ ){{0,2}}?(?P<word>{MOVED})\b")
AVERAGE = re.compile(r"\baverag\w+|\bmean\b|\bper\b|\beach\b|\bapiece\b|\bevery\b|\ba (?:day|week|month)\b|\bweekly\b|\bmonthly\b")
NO_AVERAGE = re.compile(r"\bmedian\b|\btypical")
TIMES_OF = re.compile(r"\b(?:(?:more than|nearly|almost|just over|just under|over|about|roughly|well over) )?(?:double|twice|treble|triple|three times|four times|five times|half as many|half the)\b")
TARGET = re.compile(r"\btarget\b|\bstandard\b|\bbenchmark\b|\bexpectation\b|\bambition\b")
NEAR_POINTS = 15  # a share this far from what its only two counts give is likely to be of others
CHANGES = ("percent_change", "point_difference", "count_change")
SIDES = {
    **dict.fromkeys(CHANGES, {"old", "new"}), "share": {"numerator", "denominator"}, "bound": {"numerator", "denominator"},
    "fraction_words": {"printed", "x"}, "average": {"total", "divisor"},
}  # fmt: skip


def results_in_any_order(sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """The proposals of a sentence, those without their figures replaced by ones that have them, and what else follows."""
    result = list(read)
    for mention in sentence.mentions:
        wanting = next((p for p in result if _lacks(p) and _prints(p, sentence, mention)), None)
        if mention.sort in ("period", "ordinal") or (_name(sentence, mention) in used and wanting is None):
            continue
        proposal = _reading(sentence, mention, _free(sentence, mention, result, wanting))
        if proposal is not None:
            result = [p for p in result if p is not wanting]
            result.append(proposal)
            used |= {_name(sentence, m) for m in sentence.mentions if any(_at(p, sentence, m) for p in proposal.parts)}
    return result


def _lacks(proposal: Proposal) -> bool:
    """Whether a proposal has its printed result but not the figures that it follows from."""
    if proposal.fields or proposal.kind not in SIDES:
        return False
    valued = {p.role for p in proposal.parts if p.value is not None}
    if "absolute_change" in valued:
        return False
    if proposal.kind == "fraction_words":
        return not valued
    return not SIDES[proposal.kind] <= valued


def _at(side: Part, sentence: Sentence, mention: Mention) -> bool:
    return side.paragraph == sentence.paragraph and side.span[1] == sentence.offset + mention.span[1]


def _prints(proposal: Proposal, sentence: Sentence, mention: Mention) -> bool:
    return any(p.role == "printed" and _at(p, sentence, mention) for p in proposal.parts)


def _free(sentence: Sentence, printed: Mention, read: list[Proposal], wanting: Proposal | None) -> list[Mention]:
    """Figures that no complete claim of the sentence has as its result, and of which none is the print itself."""
    results = [p for r in read if r is not wanting for p in r.parts if p.role == "printed"]
    sorts = ("count", "money", "rate", "percent", "duration")
    alike = [m for m in sentence.mentions if m.sort in sorts and m.value and m is not printed and not m.sign]
    return [m for m in alike if not any(_at(p, sentence, m) for p in results)]


def _name(sentence: Sentence, mention: Mention) -> str:
    return f"{LETTERS[mention.sort]}{sentence.mentions.index(mention)}"


def _around(sentence: Sentence, mention: Mention) -> tuple[str, str]:
    """What stands before and after a figure, to the next semicolon."""
    token = f"<{_name(sentence, mention)}>"
    before, _, after = sentence.template.partition(token)
    return re.split(r";", before)[-1], re.split(r";", after)[0]


def _change_word(sentence: Sentence, mention: Mention) -> str:
    """The word that makes a print a change: `growth of 35%`, `143 more`; blank for a level or a share."""
    before, after = _around(sentence, mention)
    if CAUSES.search(before[-60:]):
        return ""
    if match := CHANGE_AFTER.match(after):
        return match["word"]
    match = (AMOUNT_BEFORE if mention.sort in ("count", "money", "duration") else CHANGE_BEFORE).search(before[-75:])
    if match is None or (before.endswith("(") and re.fullmatch(rf"{UP}|{DOWN}", match["word"])):
        return ""
    tail = before[-75:][match.end("word") :]
    level = LEVEL.search(tail) if not re.search(r"\b(?:by|of|is|was)\s+(?:\w+ )?$", tail) else None
    return "" if level or re.search(r"\b(?:to|from|at) (?:\w+ )?$", tail) else match["word"]


def _way(words: str) -> str:
    if re.search(rf"\b(?:{UP})\b", words):
        return "rise"
    return "fall" if re.search(rf"\b(?:{DOWN})\b", words) else direction_of(words)


def _reading(sentence: Sentence, mention: Mention, free: list[Mention]) -> Proposal | None:
    word = _change_word(sentence, mention)
    if mention.sort == "fraction":
        return _fraction(sentence, mention, free, word)
    if mention.sort == "points" or (mention.sort == "percent" and word):
        return _change(sentence, mention, free, word)
    if mention.sort == "percent":
        return _share(sentence, mention, free)
    if mention.sort in ("count", "duration", "money"):
        return (_change(sentence, mention, free, word) if word else None) or _average(sentence, mention, free)
    return None


def _follows(proposal: Proposal) -> bool:
    return bool(judge(claim(proposal.claim("tried"))).verdict == REPRODUCES)


# --- changes and comparisons ---------------------------------------------------------------------------------------


def _alike(sentence: Sentence, printed: Mention, free: list[Mention]) -> list[Mention]:
    """Figures of the one sort that a change may run between; durations of one unit count as figures."""
    if printed.sort in ("count", "money", "duration"):
        free = [m for m in free if m.sort == printed.sort]
    if printed.sort == "points":
        free = [m for m in free if m.sort == "percent"]
    return free


def _unit_word(sentence: Sentence, mention: Mention) -> str:
    return re.sub(r"[\d.,\s-]|s$", "", sentence.text[slice(*mention.span)].lower()) if mention.sort == "duration" else ""


def _pairs(sentence: Sentence, figures: list[Mention]) -> Iterator[Pair]:
    for i, one in enumerate(figures):
        for two in figures[i + 1 :]:
            if one.sort == two.sort and _unit_word(sentence, one)[:3] == _unit_word(sentence, two)[:3]:
                yield one, two


def _change(sentence: Sentence, mention: Mention, free: list[Mention], word: str) -> Proposal | None:
    pairs = list(_pairs(sentence, _alike(sentence, mention, free)))
    way = _way(word) or _way(" ".join(re.findall(rf"\b{MOVED}\b", _around(sentence, mention)[0])[-1:]))
    if not way and not mention.sign:
        return None
    for pair in sorted(pairs, key=lambda p: abs(p[1].span[1] - mention.span[0])):
        for old, new in _orders(sentence, pair):
            proposal = _sided(sentence, old, new, mention, way)
            if _follows(proposal):
                return proposal
    if len(pairs) != 1 or not _told_apart(sentence, pairs[0]):
        return None
    ratio = max(m.value or 0 for m in pairs[0]) / min(m.value or 1 for m in pairs[0])
    return None if ratio > 12 else _sided(sentence, *_orders(sentence, pairs[0])[0], mention, way)


def _told_apart(sentence: Sentence, pair: Pair) -> bool:
    """Whether periods, words such as `last year`, a place or a target say which of two figures is which."""
    if any(_elsewhere(sentence, m) for m in pair):
        return True
    return len({sentence.period_of(m) for m in pair} - {""}) > 1 or _past(sentence, pair[0]) != _past(sentence, pair[1])


def _elsewhere(sentence: Sentence, mention: Mention) -> str:
    """The place or target that a figure is said to be of; blank for an own figure."""
    around = sentence.template_around(mention, 30)
    match = PLACE.search(around) or TARGET.search(around)
    return match[0] if match else ""


def _past(sentence: Sentence, mention: Mention) -> bool:
    before, after = _around(sentence, mention)
    return said_past(before, after)


def _orders(sentence: Sentence, pair: Pair) -> list[Pair]:
    """(old, new) as the sentence says; both orders where it does not say."""
    a, b = (period(sentence.period_of(m)) for m in pair)
    if a and b and a.end != b.end:
        return [pair if a.end < b.end else pair[::-1]]
    places = [bool(_elsewhere(sentence, m)) for m in pair]
    past = places if places[0] != places[1] else [_past(sentence, m) for m in pair]
    if past[0] != past[1]:
        return [pair if past[0] else pair[::-1]]
    return [pair, pair[::-1]]


def _sided(sentence: Sentence, old: Mention, new: Mention, mention: Mention, way: str) -> Proposal:
    place = _elsewhere(sentence, old)
    shown = part(sentence, "printed", mention, period="", direction=way)
    if mention.sort == "duration":
        shown.value = re.match(r"[\d.,]+|[a-z]+", mention.text)[0]  # type: ignore[index]
    if place and not _elsewhere(sentence, new):
        shown.more["direction"] = {"rise": "higher", "fall": "lower"}.get(way, way)
        parts = [part(sentence, "own", new, period=""), part(sentence, "comparator", old, period="", geography=place), shown]
        return Proposal("percent_difference", sentence, parts)
    kind = "count_change" if mention.sort == "duration" else kind_of(mention)
    return Proposal(kind, sentence, [part(sentence, "old", old, period=""), part(sentence, "new", new, period=""), shown])


# --- shares, fractions, means ----------------------------------------------------------------------------------------


def _counts(free: list[Mention]) -> list[Mention]:
    return [m for m in free if m.sort in ("count", "money")]


def _share(sentence: Sentence, mention: Mention, free: list[Mention]) -> Proposal | None:
    """`163 requested, 121 completed (74%)`: the part and the whole in either order."""
    if _elsewhere(sentence, mention) or len(_counts(free)) > 5:
        return None
    pairs = [(a, b) if (a.value or 0) <= (b.value or 0) else (b, a) for a, b in _pairs(sentence, _counts(free))]
    tried = [Proposal("bound" if mention.qualifier else "share", sentence, [part(sentence, "numerator", a, period=""),
             part(sentence, "denominator", b, period=""), part(sentence, "printed", mention, period="")]) for a, b in pairs]  # fmt: skip
    for proposal in sorted(tried, key=lambda p: abs(p.parts[0].span[1] - mention.span[0])):
        if _follows(proposal):
            return proposal
    if len(pairs) != 1 or mention.value is None or not _attached(sentence, mention):
        return None
    of, whole = (m.value or 0 for m in pairs[0])
    near = abs(of * 100 / whole - mention.value) <= NEAR_POINTS if whole else False
    return replace(tried[0], sure=mention.sort == "percent") if near else None


def _attached(sentence: Sentence, mention: Mention) -> bool:
    """Whether a percentage is set beside a count as the same thing: in brackets, after `or`, a rate of, ending `of the`."""
    before, after = _around(sentence, mention)
    return bool(
        re.search(r"(?:[(\[]|\bor|,|:|[\u2013-]|\b(?:rate|uptake|take-up|proportion|share) (?:of|is|was|is therefore|at)|\b(?:which|this) (?:is|was|equates to|represents)|represent\w*|equivalent to|equat\w+ to|making|giving)\s*(?:just |only |about |around |nearly |almost |over |an? )*$", before)
        and not re.match(r" (?:of (?!(?:the |these |those |all )*(?:total|<))|for )", after)
    )


def _fraction(sentence: Sentence, mention: Mention, free: list[Mention], word: str) -> Proposal | None:
    """`a third quicker`, `more than one in ten`: read where two figures give it."""
    shown = fraction_part(sentence, mention)
    shown.more.update({"direction": _way(word)} if _way(word) else {})
    for pair in _pairs(sentence, free if word else _counts(free)):
        small, large = sorted(pair, key=lambda m: m.value or 0)
        orders = _orders(sentence, pair) if word else [(small, large)]
        for first, second in orders:
            roles = ("old", "new") if word else ("numerator", "denominator")
            sides = [part(sentence, role, m, period="") for role, m in zip(roles, (first, second), strict=True)]
            proposal = Proposal("fraction_words", sentence, [*sides, shown])
            if _follows(proposal):
                return proposal
    return None


def _average(sentence: Sentence, mention: Mention, free: list[Mention]) -> Proposal | None:
    """`1,466 children on 3,812 occasions, equivalent to 2.6 episodes per child`: the larger by the smaller."""
    before, after = _around(sentence, mention)
    each = re.search(r"\bfor (?:each|every)\b[^<>]{0,50}$", before)
    clause = (each[0] if each else re.split(r"[,(]", before)[-1][-60:]) + " " + re.split(r"[,(\u2013]| - ", after)[0][:45]
    counts = _counts(free)
    if not AVERAGE.search(clause) or NO_AVERAGE.search(sentence.template) or mention.value is None or len(counts) > 4:
        return None
    tried = []
    for pair in _pairs(sentence, [m for m in counts if m.value and m.value > 1]):
        small, large = sorted(pair, key=lambda m: m.value or 0)
        sides = [part(sentence, "total", large, period=""), part(sentence, "divisor", small, period="")]
        tried.append((Proposal("average", sentence, [*sides, part(sentence, "printed", mention, period="")]), small, large))
    for proposal, *_ in tried:
        if _follows(proposal):
            return proposal
    if len(tried) != 1:
        return None
    proposal, small, large = tried[0]
    ratio = (large.value or 0) / (small.value or 1) / mention.value if mention.value else 0
    return proposal if 0.5 <= ratio <= 2 else None


def multiples_in_any_order(sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """`at 22.7% it is nearly twice what it was before (11.6%)`: two figures told apart, and the word."""
    match = TIMES_OF.search(sentence.text.lower()) or re.search(rf"\b{MULTIPLE}\b", sentence.text.lower())
    if match is None or any(p.kind in ("multiple", "comparison", "fraction_words") for p in read):
        return []
    free = [m for m in sentence.figures if _name(sentence, m) not in used and m.value and not m.sign]
    pairs = list(_pairs(sentence, free))
    at = sentence.text.lower().find(match[0])
    if len(pairs) != 1 or at < 0 or not _told_apart(sentence, pairs[0]):
        return []
    old, new = _orders(sentence, pairs[0])[0]
    used |= {_name(sentence, old), _name(sentence, new)}
    sides = [part(sentence, "old", old, period=""), part(sentence, "new", new, period="")]
    return [Proposal("multiple", sentence, [*sides, words_part(sentence, "printed", at, at + len(match[0]))])]
