"""Sentences of multiples: so many times another figure, twice those of another group, a ratio, and rates that are worked out."""

from __future__ import annotations

import re

from .change_prints import MULTIPLE, token
from .mentions import Mention
from .proposal import Part, Proposal, part, words_part
from .result_figures import dates, elsewhere, is_past, name_of, orders, pairs_of_one_unit, told_apart
from .sentence import Sentence
from .wording import GAP

TIMES_OF = re.compile(
    r"\b(?:(?:more than|nearly|almost|just over|just under|over|about|roughly|well over) )?(?:double|twice|treble|triple|(?:one|two|three|four) and a half times(?: more| higher|(?= (?:as|what|that|those|the)\b))|(?:three|four|five|six|seven|eight|ten) times|half as (?:many|much)(?: again)?|half the (?:level|number|rate|figure|total|amount)|(?<![\d.,])(?P<digits>\d+(?:\.\d+)?) times(?= (?:the|that of|those of|our|last|what)\b[^.;,]{0,40}\d))\b"
)
TIMES = r"(?P<times{}>\d+(?:\.\d+)?|two|three|four|five|six)"
FACTOR = re.compile(
    rf"\b(?:factor|ratio) of {TIMES.format('')}\b(?: to one|(?: to |:)1\b)?|\b(?:by|almost|nearly|about|or|\bratio\b[^;.()]{{3,40}} (?:was|is)) {TIMES.format(2)}(?: to one| to 1|:1)\b(?!,\d)"
)
OF_GROUPS = re.compile(  # `four times higher among girls (144) than boys (36)`
    r"(?:<x\d+>|\b(?:double|twice|treble|half)\b) (?:as (?:many|high|much|likely)|more|higher|greater)\b[^;]*<[nprm]\d+>[^;<]*\b(?:than|as)\b[^;<]*<[nprm]\d+>"
    r"|<[nprm]\d+>[^;<]*\b(?:double|twice|treble|half|<x\d+>) (?:that|those) (?:of|in|for|from)\b[^;<]*<[nprm]\d+>"
)
MULTIPLES = (
    "factor", "ratio", " to one", " to 1", ":1", "doubl", "halv", "half ", "trebl", "tripl", "quadr", "fold",
    "twice", " times",
)  # fmt: skip


def multiples_in_any_order(sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """`at 22.7% it is nearly twice what it was before (11.6%)`: two figures told apart, and the word."""
    text = sentence.text.lower()
    if not any(word in text for word in MULTIPLES):
        return []
    factor = FACTOR.search(text)
    match = factor or TIMES_OF.search(text) or re.search(rf"\b{MULTIPLE}\b", text)
    if match is None or any(p.kind in ("multiple", "comparison", "fraction_words") for p in read):
        return []
    again = match[0].endswith("again")  # of the pair that no other reader made a claim of
    free = [m for m in sentence.figures if (again or name_of(sentence, m) not in used) and m.value and not m.sign]
    free = [m for m in free if not match.start() <= m.span[0] < match.end() and not m.qualifier] or free
    pairs = pairs_of_one_unit(sentence, free)
    if len(pairs) != 1:
        return []
    if factor:
        small, large = sorted(pairs[0], key=lambda m: m.value or 0)
        group = "times" if factor["times"] else "times2"
        word = _word(sentence, *factor.span(group), factor[group])
        return [_multiple(sentence, small, large, word, used)]
    groups = OF_GROUPS.search(sentence.template)
    if not told_apart(sentence, pairs[0]) and not groups:
        return []
    old, new = pairs[0][::-1] if groups else orders(sentence, pairs[0])[0]
    digits = match["digits"] if match.re is TIMES_OF else None
    word = _word(sentence, *match.span("digits"), digits) if digits else words_part(sentence, "printed", *match.span())
    claim, turned = (_multiple(sentence, *pair, word, used) for pair in ((old, new), (new, old)))
    sided = (
        groups
        or all(dates(sentence, pairs[0]))
        or any(is_past(sentence, m) or elsewhere(sentence, m) for m in pairs[0])
    )
    return [claim if sided or not turned.follows else turned]  # `20 in May and half as many again in June (30)`


def _word(sentence: Sentence, start: int, end: int, value: str) -> Part:
    return Part("printed", value, "times", "", sentence.paragraph, (sentence.offset + start, sentence.offset + end))


def _multiple(sentence: Sentence, old: Mention, new: Mention, shown: Part, used: set[str]) -> Proposal:
    used |= {name_of(sentence, old), name_of(sentence, new)}
    place = elsewhere(sentence, old)
    roles = ("comparator", "own") if place else ("old", "new")
    sides = [part(sentence, role, m, period="") for role, m in zip(roles, (old, new), strict=True)]
    sides[0].more.update({"geography": place} if place else {})
    return Proposal("comparison" if place else "multiple", sentence, [*sides, shown])


DERIVED = re.compile(
    rf"\b{MULTIPLE}\b{GAP}{{0,60}}?[:,;-]?{GAP}{{0,20}}?{token('a', 'n')} of (?:the )?{token('b', 'n')}{GAP}{{0,50}}?(?:and|to|compared (?:to|with)|against|,){GAP}{{0,20}}?{token('c', 'n')} of (?:the )?{token('d', 'n')}"
)


def derived_multiples(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`has doubled: 11 of 363, 19 of 369`: both rates are worked out."""
    result = []
    for match in DERIVED.finditer(sentence.template):
        names = [match[x] for x in "abcd"]
        values = [sentence.of(n).value for n in names]
        if set(names) & used or not all(values):
            continue
        used |= set(names)
        word = re.search(MULTIPLE, sentence.text, re.IGNORECASE)
        assert word is not None
        sides = []
        for role, top, bottom in (("old", names[0], names[1]), ("new", names[2], names[3])):
            over, of = sentence.of(top), sentence.of(bottom)
            share = part(sentence, role, over, derived_from=f"{over.text} of {of.text}")
            share.value, share.unit = f"{float((over.value or 0) * 100 / (of.value or 1)):.2f}", "%"
            sides.append(share)
        result.append(Proposal("multiple", sentence, [*sides, words_part(sentence, "printed", *word.span())]))
    return result
