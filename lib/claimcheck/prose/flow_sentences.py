"""Sentences of what came in and what left, and of two rates that are set beside each other."""

from __future__ import annotations

import re

from .change_prints import MULTIPLE, token
from .proposal import Proposal, part, words_part
from .sentence import Sentence
from .wording import GAP, MOVE, direction_of

FLOWS = re.compile(
    rf"(?P<verb>{MOVE}) by {token('net', 'n')}{GAP}{{0,40}}?[;,:.(-]*{GAP}{{0,20}}?{token('one', 'n')}(?P<a>[^<>;.]{{1,50}}?)(?:,| and| but| while)[^<>;.]{{0,10}}{token('two', 'n')}(?P<b>[^<>;.]{{1,30}})"
)


INTO = re.compile(r"came in|enter|joined|start|began|new|admitted|came into|became")


OUT = re.compile(r"left|leav|ended|ceas|closed|exit|moved out")


def flows(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`fell by 13; 36 came in and 57 left`: what came in less what left is the change."""
    template = sentence.template.replace(";", ",")
    result = []
    for match in FLOWS.finditer(template):
        names = (match["net"], match["one"], match["two"])
        first, second = (
            (bool(INTO.search(match["a"])), bool(OUT.search(match["b"]))),
            (bool(OUT.search(match["a"])), bool(INTO.search(match["b"]))),
        )
        way = direction_of(match["verb"])
        if set(names) & used or not way or not (all(first) or all(second)):
            continue
        used |= set(names)
        into, out = (names[1], names[2]) if all(first) else (names[2], names[1])
        plus, minus = (into, out) if way == "rise" else (out, into)
        parts = [
            part(sentence, "part", sentence.of(plus)),
            part(sentence, "part", sentence.of(minus), sign="-"),
            part(sentence, "total", sentence.of(names[0])),
        ]
        result.append(Proposal("parts_total", sentence, parts, fields={"constraint": "exhaustive"}))
    return result


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
