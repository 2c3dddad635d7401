"""How old a reader must be for a text, by a named formula."""

from __future__ import annotations

import re

VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def years_needed(text: str) -> float:
    """The age at which most can read a text: the Flesch-Kincaid grade and five years before school.

    Syllables are groups of vowels, without a silent e at the end; a number counts as one. Blank text needs no age.
    Source: Kincaid and others (1975), Derivation of new readability formulas, Naval Technical Training Command 8-75.
    """
    sentences = [part for part in re.split(r"[.!?:;]+(?:\s|$)|\n+", text) if re.search(r"\w", part)]
    words = re.findall(r"[A-Za-z'\u2019-]+|\d[\d,.%]*", text)
    if not sentences or not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5


def _syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    groups = len(VOWELS.findall(word))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)
