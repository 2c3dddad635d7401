"""A paragraph in sentences, each with its span."""

from __future__ import annotations

import re

# a reference in a bracket ends the sentence before it: `… on the year before. (Table 5) 2,044 children …`
END = re.compile(
    r"(?<=[.!?])(?:\s+\((?i:see |charts? |tables? |figures? |source)[^()]{0,60}\))?[\"'\u2019\u201d)\]]*\s+(?!Total:? )(?=[\"'\u2018\u201c(\[]?[A-Z0-9\u00a3])"
)
ABBREVIATED = re.compile(
    r"(?<!['\u2019])\b(?:e\.g|i\.e|etc|approx|no|nos|vs|dr|mr|mrs|ms|st|fig|cf|al|inc|ltd|p|pp|para|vol|ref|c|s|ss|art|hon)\.$",
    re.IGNORECASE,
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """[start, end) of each sentence of a paragraph. Abbreviations and decimals end none."""
    result, start = [], 0
    for match in END.finditer(text):
        if ABBREVIATED.search(text[start : match.start()].rstrip()):
            continue
        result.append((start, start + len(text[start : match.end()].rstrip())))
        start = match.end()
    if text[start:].strip():
        result.append((start, start + len(text[start:].rstrip())))
    return result
