"""A printed change beside the only two figures that it can be between, in whatever order a sentence tells them."""

from __future__ import annotations

import re

from ..answers import REPRODUCES
from ..claim import claim
from ..judgement import judge
from ..stated_periods import period
from .change_prints import AMOUNTS, PRINTED, kind_of, print_of, token
from .mentions import Mention
from .one_sided_changes import CAUSES
from .proposal import Proposal, part, words_part
from .sentence import LETTERS, Sentence
from .wording import MOVE, NOUN_MOVE, PLACE, direction_of, past

MOVED = [
    re.compile(rf"\b(?P<word>up|down) (?:by )?{token('printed', 'nm')} (?:from|on|since|compared)"),
    re.compile(rf"\b(?P<word>up|down) (?:by )?{token('printed', 'pgnm')}"),
]
COMPARES = re.compile(rf"\b(?:this|it|which) compares (?:to|with) {token('old', 'nmpr')}")
FRACTION_MOVE = re.compile(
    rf"\b(?P<word>up|down|{MOVE})(?: by)? (?:just |almost |nearly |over |about |around )?{token('printed', 'f')}"
)
THAN = re.compile(r"(?<!> )\b(?P<word>fewer|more|higher|lower|less)\b[^.]*\bthan\b")


def changes_of_pairs(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`1,016 consultations, up by 18% from 861`; `243 in 2022/23 and 187 in 2021/22, an increase of 56`."""
    result = []
    for pattern in (*PRINTED, *MOVED, *AMOUNTS):
        for match in pattern.finditer(sentence.template):
            name = match["printed"]
            around = sentence.template[max(0, match.start() - 60) : match.end() + 30]
            doubly = pattern in (*MOVED, *AMOUNTS) and re.match(r",? ?(?:\(|or )<p\d", sentence.template[match.end() :])
            if doubly or name in used or name[0] == "x" or CAUSES.search(around) or PLACE.search(match[0]):
                continue
            proposal = _between(sentence, match, used)
            if proposal is not None:
                result.append(proposal)
    return [*result, *_fractions(sentence, used), *_compared(sentence, used)]


def _fractions(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`contacts are up a fifth on last year (11,040 against 9,214)`, `from 14 to 21, grown by half`."""
    result = []
    for match in FRACTION_MOVE.finditer(sentence.template):
        mention = sentence.of(match["printed"])
        pair = None if match["printed"] in used else _pair(sentence, mention, used)
        if pair is not None:
            way = direction_of(match["word"])
            old, new = _ordered(sentence, pair, mention, way)
            used |= {match["printed"], _name(sentence, old), _name(sentence, new)}
            sides = [part(sentence, "old", old, period=""), part(sentence, "new", new, period="")]
            shown = words_part(sentence, "printed", *mention.span, direction=way)
            result.append(Proposal("fraction_words", sentence, [*sides, shown]))
    return result


def _between(sentence: Sentence, match: re.Match, used: set[str]) -> Proposal | None:
    """The change and its two figures; None where there are fewer, or more, that it could be between."""
    mention = sentence.of(match["printed"])
    words = " ".join(str(v) for k, v in match.groupdict().items() if k in ("word", "after") and v)
    clause = re.split(r"[;]", sentence.template[: match.start()])[-1]
    way = direction_of(words) or direction_of(" ".join(re.findall(rf"\b(?:{MOVE}|{NOUN_MOVE})\b", clause)[-1:]))
    pair = _pair(sentence, mention, used | {match["printed"]})
    if pair is None and way and (base := COMPARES.search(sentence.template)) and base["old"] not in used:
        used |= {match["printed"], base["old"]}
        side = part(sentence, "old", sentence.of(base["old"]))
        return Proposal(kind_of(mention), sentence, [side, print_of(sentence, mention, way)])
    if (
        pair is None
        or (not way and not mention.sign)
        or re.match(r"\W*than (?:the )?(?:england|national)", sentence.template[match.end() :])
    ):
        return None
    old, new = _ordered(sentence, pair, mention, way)
    used |= {match["printed"], _name(sentence, old), _name(sentence, new)}
    return _proposal(sentence, old, new, mention, way)


def _pair(sentence: Sentence, printed: Mention, used: set[str]) -> tuple[Mention, Mention] | None:
    """The two figures of one sort that a sentence has besides the printed change, none of another place."""
    free = [m for m in sentence.figures if _name(sentence, m) not in used and not m.sign and m.value]
    sorts = ("percent",) if printed.sort == "points" else ("count", "money", "rate", "percent")
    if printed.sort in ("count", "money"):
        sorts = (printed.sort,)
    alike = [m for m in free if m.sort in sorts and m is not printed]
    if len(alike) != 2 or alike[0].sort != alike[1].sort:
        return None
    beside = [sentence.template_around(m) for m in alike]
    if any(PLACE.search(text) for text in beside):
        return None
    ratio = max(m.value or 0 for m in alike) / min(m.value or 1 for m in alike)
    return None if ratio > 12 or not _timed(sentence, alike) else (alike[0], alike[1])


def _timed(sentence: Sentence, pair: list[Mention]) -> bool:
    """Whether words or periods say that the two figures are of two times."""
    when = {sentence.period_of(m) for m in pair} - {""}
    return len(when) > 1 or any(_past(sentence, m) for m in pair)


def _past(sentence: Sentence, mention: Mention) -> bool:
    """Whether a figure is said to be the earlier one."""
    before, _, after = sentence.template.partition(f"<{_name(sentence, mention)}>")
    return past(re.split(r"[;]", before)[-1], after)


def _ordered(sentence: Sentence, pair: tuple[Mention, Mention], printed: Mention, way: str) -> tuple[Mention, Mention]:
    """(old, new): by their periods, by words such as `last year`, else in the order of which the print follows."""
    one, two = pair
    a, b = (period(sentence.period_of(m)) for m in pair)
    if a and b and a.end != b.end:
        return (one, two) if a.end < b.end else (two, one)
    past = [_past(sentence, m) for m in pair]
    if past[0] != past[1]:
        return (one, two) if past[0] else (two, one)
    follows = judge(claim(_proposal(sentence, two, one, printed, way).claim("pair"))).verdict == REPRODUCES
    return (two, one) if follows else (one, two)


def _proposal(sentence: Sentence, old: Mention, new: Mention, printed: Mention, way: str) -> Proposal:
    sides = [part(sentence, "old", old, period=""), part(sentence, "new", new, period="")]
    return Proposal(kind_of(printed), sentence, [*sides, print_of(sentence, printed, way)])


def _compared(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`fewer admissions in 2022/23 (64) than in 2021/22 (71)`: two dated figures and the word between them."""
    match = THAN.search(sentence.template)
    free = [m for m in sentence.figures if _name(sentence, m) not in used and m.value]
    if match is None or len(free) != 2 or free[0].sort != free[1].sort or PLACE.search(sentence.template):
        return []
    times = [period(sentence.period_of(m)) for m in free]
    if not times[0] or not times[1] or times[0].end == times[1].end:
        return []
    used |= {_name(sentence, m) for m in free}
    old, new = free if times[0].end < times[1].end else free[::-1]
    # what is said is said of the figure before `than`
    way = direction_of(match["word"])
    if (
        sentence.template.find(f"<{_name(sentence, old)}>")
        < match.end()
        < sentence.template.find(f"<{_name(sentence, new)}>")
    ):
        way = {"rise": "fall", "fall": "rise"}.get(way, "")
    at = sentence.text.lower().find(match["word"])
    shown = words_part(sentence, "printed", at, at + len(match["word"]), direction=way)
    sides = [part(sentence, "old", old), part(sentence, "new", new)]
    return [Proposal("direction", sentence, [*sides, shown])]


def _name(sentence: Sentence, mention: Mention) -> str:
    return f"{LETTERS[mention.sort]}{sentence.mentions.index(mention)}"
