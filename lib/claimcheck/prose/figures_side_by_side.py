"""Two figures that a sentence sets side by side, of two times or of two places, and which of them it says is the larger.

No order of words is asked for. The sentence must have two figures alike and no more, say of which time or place each is,
and have words of one direction only, in the clause of the figures.
"""

from __future__ import annotations

import re

from .changes_in_any_order import change_word
from .mentions import Mention
from .proposal import Proposal, part, words_part
from .result_figures import (
    TARGET,
    around,
    dates,
    in_dated_bracket,
    is_earlier,
    name_of,
    pairs_of_one_unit,
    stands_at,
    starts_from,
)
from .sentence import Sentence
from .wording import FALL, NOUN_MOVE, PLACE, RISE, better_way, direction_of

PAST_TENSE = r"(?:\w+ed|rose|risen|fell|fallen|grew|grown|shrank|shrunk|slid|sank|sunk|swollen)"
HOW = r"(?:slightly|sharply|markedly|again|further|steadily|considerably|significantly|a little|somewhat|back|over|since|this|in|to|from|by|between|during|at|with|on|for|as|compared|against|and|year|once more|too)"
VERB = (
    rf"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bof )(?<!\bwith )(?<!\bto )(?<!\bno )(?:(?={PAST_TENSE}\b)(?:{RISE}|{FALL})|improved|bettered|worsened|deteriorated)(?= (?:{HOW}\b|<|\()|[,:;.(]| [-\u2013]|$)"
    r"|continu\w+ to (?:decline|fall|rise|grow|increase|decrease|reduce|climb|drop|improve|worsen|shrink|ease)"
    r"|(?:went|gone|came|come|moved|crept|edged|inched|ticked|was|were|is|are|now|back|heading|headed) (?:also |back |slightly |well |further |sharply |right )*(?:up|down|upwards?|downwards?)\b(?! to (?:date|speed|scratch|\w+ months))"
    r"|(?:crept|edged|slipped|slid) back|got (?:better|worse)|become (?:better|worse)|became (?:better|worse)"
)
COMPARED = r"(?:fewer|more|less|higher|lower|shorter|longer|greater|smaller|larger|better|worse|heavier|lighter|busier|quieter|slower|quicker|faster)"
SAID = re.compile(
    rf"\b(?P<verb>{VERB})|\b(?P<often>(?:less|more) (?:often|frequently|heavily))\b|(?:^|\b(?:had|saw|with|made|were|was|are|is|to|there have been|there were|received|recorded|at|be) )(?:slightly |far |many |even |rather |also |much |well |still |a little )*(?P<than>{COMPARED})\b"
    rf"|[,;:(\u2013-] ?(?:which (?:is|was) |representing |this (?:is|was) |showing |marking |so |with )?(?:an?|some) (?:[a-z]+ ){{0,2}}?(?P<noun>{NOUN_MOVE})\)?\.?$"
    rf"|\b(?:saw|seen|been|was|is|with|shows?|showed|represents|marks) an? (?:[a-z]+ ){{0,2}}?(?P<seen>{NOUN_MOVE}) (?:in|on)\b"
    rf"|\b(?P<between>{COMPARED})\b(?=[^.]*\bthan\b)|\b(?P<closing>{COMPARED})(?=[:;])"
)
AGO = re.compile(r" (?:ago|earlier|before|previously)\b")
LENGTHS = {
    "shorter": "fall", "longer": "rise", "smaller": "fall", "larger": "rise", "heavier": "rise", "lighter": "fall",
    "busier": "rise", "quieter": "fall",
}  # fmt: skip
NO_SIDE = re.compile(rf"\b{COMPARED} than (?:half|one|two|a\b|<)|\bmore than\b(?= [a-z]+ in\b)|\bone or more\b")
# words of another clause than the figures': `demand rose, but visits were 41 (38 last year)`
BREAK = re.compile(
    r";|\b(?:but|although|though|despite|because|whilst|however)\b|, (?:while|so|and)\b|\band (?:the|our|its|a|an)\b|\bwhile\b"
)


def figures_side_by_side(sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """`fewer were fostered: 14 in March 2023 as against 9 in March 2022`; `rose to 64 in 2021-22 from 52 in 2022-23`."""
    figures = [m for m in sentence.mentions if m.sort not in ("period", "ordinal", "fraction", "times", "points")]
    figures = [m for m in figures if m.sort != "duration" or not AGO.match(around(sentence, m)[1])]
    free = 0 < len(figures) < 3 and name_of(sentence, figures[0]) not in used
    if free and (alone := _from_base(sentence, figures[0])):
        used.add(name_of(sentence, figures[0]))
        return [alone]
    if len(figures) == 2 and (outdone := _outdone(sentence, used)):
        return outdone
    if len(figures) == 1 and free and (same := REMAINED.search(sentence.template)):
        used.add(name_of(sentence, figures[0]))
        sides = [part(sentence, role, figures[0], period=sentence.of(same[role]).text) for role in ("old", "new")]
        return [Proposal("direction", sentence, [*sides, words_part(sentence, "printed", 0, 0, word=same["word"])])]
    if len(figures) != 2 or any(not m.value or m.sign or change_word(sentence, m) for m in figures):
        return []
    if any(stands_at(side, sentence, m) for p in read for side in p.parts for m in figures):
        return []
    if NO_SIDE.search(sentence.template) or not pairs_of_one_unit(sentence, figures):
        return []
    if PLACE.search(sentence.template) or TARGET.search(sentence.template):
        return []
    words = _said(sentence, figures)
    pair = _in_time(sentence, figures) if words else None
    if pair is None or words is None:
        return []
    used |= {name_of(sentence, m) for m in figures}
    old, new = pair
    start, end, way = words
    way = (_turned(sentence, old, new) and {"rise": "fall", "fall": "rise"}[way]) or way
    shown = words_part(sentence, "printed", start, end, direction=way)
    sides = [part(sentence, "old", old), part(sentence, "new", new)]
    return [Proposal("direction", sentence, [*sides, shown])]


def _said(sentence: Sentence, figures: list[Mention]) -> tuple[int, int, str] | None:
    """Where the words of direction stand, and which way they say; None where there are none, or two ways."""
    ways = []
    for match in SAID.finditer(sentence.template):
        group = next(name for name, value in match.groupdict().items() if value)
        word = match[group]
        way = LENGTHS.get(word) or direction_of(word) or better_way(word, sentence.template)
        if way:
            ways.append((match.start(group), word, way))
    if len({way for *_, way in ways}) != 1:
        return None
    at, word, way = ways[0]
    places = [sentence.template.find(f"<{name_of(sentence, m)}>") for m in figures]
    if at < min(places) and BREAK.search(sentence.template[at + len(word) : min(places)]):
        return None
    start = max(sentence.text.lower().find(word), 0)
    return start, start + len(word), way


OUTDONE = re.compile(
    r"^at <(?P<own>(?P<sort>[npr])\d+)>,? [^<>;]*\b(?:(?P<higher>outstrip|exceed|surpass|outperform|beat)|(?P<lower>trail|lag|fall(?=s? short)))(?:s|es)?\b[^<>;]*(?:\(|\b(?:managed|reached|achieved|recorded|had|has|have|was|were|is|are|at|scored) (?:only |just )?)<(?P<other>(?P=sort)\d+)>(?! (?:more|fewer|less|higher|lower|points))"
)


def _outdone(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`At 87%, our attendance outstrips that of the nurses, who managed 92%`."""
    match = OUTDONE.match(sentence.template)
    if match is None or used & {match["own"], match["other"]} or TARGET.search(sentence.template):
        return []
    used |= {match["own"], match["other"]}
    way = "higher" if match["higher"] else "lower"
    word = words_part(sentence, "printed", 0, 0, word=f"{way} than", direction=way)
    sides = [
        part(sentence, role, sentence.of(match[group]), period="")
        for role, group in (("own", "own"), ("comparator", "other"))
    ]
    return [Proposal("comparison", sentence, [*sides, word])]


REMAINED = re.compile(
    r"\b(?P<word>remained|stayed|unchanged|the same) (?:at )?<[nprm]\d+>[^<>;.]{0,20}? (?:in )?both (?:in )?<(?P<old>t\d+)> and <(?P<new>t\d+)>"
)
FROM_BASE = re.compile(
    rf"^(?:this|that|it|which) (?:is|was|represents|marks|shows) an? (?:[a-z]+ )?(?P<noun>{NOUN_MOVE}) (?:from|on|over) (?:[^<>;]|<t\d+>){{0,60}}<[nprm]\d+>(?:(?:[^<>;]|<t\d+>){{0,25}} and <[nprm]\d+>)?(?:[^<>;]|<t\d+>)*$"
    rf"|^(?:this|that|it) (?:is|was) (?:[a-z]+ )?(?P<same>similar|higher|lower|more|fewer|less|the same|in line)(?: to| than| as| with) (?:[^<>;]|<t\d+>){{0,40}}(?<!average of )<[nprm]\d+>(?:[^<>;]|<t\d+>)*$"
    rf"|^[a-z -]{{3,40}} (?:was|were|is|are) (?:also )?(?P<way>up|down) on (?:the )?<[nprm]\d+>"
)


def _from_base(sentence: Sentence, mention: Mention) -> Proposal | None:
    """`This is a significant increase from the 847 of the year before`: the later figure stands in the sentence before."""
    match = FROM_BASE.match(sentence.template)
    if match is None or PLACE.search(sentence.template) or TARGET.search(sentence.template):
        return None
    word = next(name for name, value in match.groupdict().items() if value)
    shown = words_part(sentence, "printed", *match.span(word), direction=direction_of(match[word]))
    return Proposal("direction", sentence, [part(sentence, "old", mention, period=""), shown])


def _in_time(sentence: Sentence, figures: list[Mention]) -> tuple[Mention, Mention] | None:
    """(old, new) where periods, words such as `last year` or a dated bracket say which is which."""
    first, second = figures
    a, b = dates(sentence, (first, second))
    if a and b:
        return None if a.end == b.end else (first, second) if a.end < b.end else (second, first)
    if starts_from(sentence, (first, second)):
        return first, second
    for tell in (is_earlier, in_dated_bracket):
        tells = [tell(sentence, m) for m in figures]
        if tells[0] != tells[1]:
            return (first, second) if tells[0] else (second, first)
    return None


def _turned(sentence: Sentence, old: Mention, new: Mention) -> bool:
    """`more in 2021/22 (71) than in 2022/23 (64)`: what is said is said of the figure before `than`, here the earlier."""
    than = re.search(rf"\b{COMPARED}\b[^.]*?\bthan\b", sentence.template)
    if than is None:
        return False
    places = [sentence.template.find(f"<{name_of(sentence, m)}>") for m in (old, new)]
    return places[0] < than.end() < places[1]
