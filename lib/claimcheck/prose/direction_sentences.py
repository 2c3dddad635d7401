"""Which way two figures went, in whatever order and words a sentence tells them."""

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
    is_past,
    name_of,
    pairs_of_one_unit,
    stands_at,
    starts_from,
)
from .sentence import Sentence
from .wording import NOUN_MOVE, PLACE, direction_of

VERB = (
    r"(?:(?:was|were|is|are|now|back) (?:also |back |slightly |well |further )*(?:up|down)|continu\w+ to (?:decline|fall|rise|grow|increase|decrease|reduce|climb|drop)|rose|fell|grew|went (?:up|down)|came down|increased|decreased|dropped|declined|climbed|(?:(?:has|have|had) )?(?:risen|fallen|grown|gone (?:up|down)|come down|increased|decreased|dropped|declined|reduced|strengthened|weakened|shortened|lengthened|slipped(?: back)?|shrunk|narrowed|widened)"
    r"(?= (?:to|from|by|in|over|between|during|since|again|slightly|sharply|<)|[,:;(]| [-\u2013]))"
)
COMPARED = r"(?:fewer|more|less|higher|lower|shorter|longer|greater|smaller|larger)"
SAID = re.compile(
    rf"\b(?P<verb>{VERB})|(?:^|\b(?:had|saw|with|made|were|was|are|is|to|there have been|received|recorded) )(?:slightly |far |many |even |rather )?(?P<than>{COMPARED})\b"
    rf"|[,;:(\u2013-] ?(?:which (?:is|was) |representing |this (?:is|was) |showing )?an? (?:[a-z]+ ){{0,2}}?(?P<noun>{NOUN_MOVE})\)?\.?$"
    rf"|\b(?:saw|seen|been|was|is|with) an? (?:[a-z]+ ){{0,2}}?(?P<seen>{NOUN_MOVE}) in\b"
    rf"|\b(?P<between>{COMPARED})\b(?=[^.]*\bthan\b)"
)
AGO = re.compile(r" (?:ago|earlier|before|previously)\b")
LENGTHS = {"shorter": "fall", "longer": "rise", "smaller": "fall", "larger": "rise"}
NO_SIDE = re.compile(rf"\b{COMPARED} than (?:half|one|two|a|<)|\bmore than\b(?= [a-z]+ in\b)|\bone or more\b")


def directions(sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """`fewer were fostered: 14 in March 2023 as against 9 in March 2022`; `rose to 64 in 2021-22 from 52 in 2022-23`.

    Read only of a sentence with two figures that are told apart in time and with words of one direction.
    """
    figures = [m for m in sentence.mentions if m.sort not in ("period", "ordinal", "fraction", "times", "points")]
    figures = [m for m in figures if m.sort != "duration" or not AGO.match(around(sentence, m)[1])]
    if len(figures) == 1 and name_of(sentence, figures[0]) not in used and (alone := _from_base(sentence, figures[0])):
        used.add(name_of(sentence, figures[0]))
        return [alone]
    if len(figures) != 2 or any(not m.value or m.sign or change_word(sentence, m) for m in figures):
        return []
    if any(stands_at(side, sentence, m) for p in read for side in p.parts for m in figures):
        return []
    if PLACE.search(sentence.template) or TARGET.search(sentence.template) or NO_SIDE.search(sentence.template):
        return []
    words = [(m, next(g for g in m.groups() if g)) for m in SAID.finditer(sentence.template)]
    ways = {LENGTHS.get(word) or direction_of(word) for _, word in words}
    pair = _in_time(sentence, figures) if len(ways) == 1 and pairs_of_one_unit(sentence, figures) else None
    if pair is None:
        return []
    used |= {name_of(sentence, m) for m in figures}
    old, new = pair
    way = (_turned(sentence, old, new) and {"rise": "fall", "fall": "rise"}[ways.pop()]) or ways.pop()
    at = sentence.text.lower().find(words[0][1])
    shown = words_part(sentence, "printed", at, at + len(words[0][1]), direction=way)
    sides = [part(sentence, "old", old), part(sentence, "new", new)]
    for side, mention in zip(sides, pair, strict=True):
        if mention.sort == "duration":
            side.value = re.split(r"[\s-]", side.value or "")[0]
    return [Proposal("direction", sentence, [*sides, shown])]


FROM_BASE = re.compile(
    rf"^(?:this|that|it|which) (?:is|was|represents|marks|shows) an? (?:[a-z]+ )?(?P<noun>{NOUN_MOVE}) (?:from|on|over) (?:[^<>;]|<t\d+>){{0,60}}<[nprm]\d+>"
    rf"|^[a-z -]{{3,40}} (?:was|were|is|are) (?:also )?(?P<way>up|down) on (?:the )?<[nprm]\d+>"
)


def _from_base(sentence: Sentence, mention: Mention) -> Proposal | None:
    """`This is a significant increase from the 847 of the year before`: the later figure stands in the sentence before."""
    match = FROM_BASE.match(sentence.template)
    if match is None or PLACE.search(sentence.template) or TARGET.search(sentence.template):
        return None
    word = "noun" if match["noun"] else "way"
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
    for tell in (is_past, in_dated_bracket):
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
