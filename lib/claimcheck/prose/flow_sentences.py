"""Sentences of two rates that are set beside each other."""

from __future__ import annotations

import re

from .change_prints import MULTIPLE, token
from .proposal import Proposal, part, words_part
from .sentence import Sentence
from .wording import GAP

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
