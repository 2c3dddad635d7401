"""Texts that say the same: recommendations that stand twice, and evidence that only repeats its action."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

# Words that carry no meaning of their own when two sentences are compared.
LITTLE = frozenset(
    "a an and are as at be been by for from has have in is it its of on or so that the their they this to was were "
    "who will with".split()
)
BLOCK = 500  # texts that are set beside all others at a time: of thousands all pairs at once would fill the memory


def meaning(text: object) -> frozenset[str]:
    """The words that carry a text's meaning; none where it is blank."""
    if not isinstance(text, str):
        return frozenset()
    return frozenset(re.findall(r"[^\W_]+", text.casefold())) - LITTLE


def contained(text: object, other: object) -> float:
    """How much of a text's meaning stands in another: the share of its words. 0 where either is blank."""
    words, others = meaning(text), meaning(other)
    return len(words & others) / len(words) if words and others else 0.0


def doubled(texts: pd.Series, alike: float) -> pd.Series:
    """Whether each text stands in the list again: the words of the shorter lie in the other, to the share `alike`.

    The first of two counts as doubled too: a person must say which stands. Blank texts are never doubled.
    """
    words = [sorted(meaning(text)) for text in texts]
    places = {word: at for at, word in enumerate(sorted({word for each in words for word in each}))}
    sizes, again = np.array([len(each) for each in words], int), np.zeros(len(texts), bool)
    at = [places[word] for each in words for word in each]
    has = csr_array((np.ones(len(at), int), at, [0, *sizes.cumsum()]), shape=(len(texts), len(places)))
    for begin in range(0, len(texts) if places else 0, BLOCK):
        some = slice(begin, begin + BLOCK)
        shared, shorter = (has[some] @ has.T).toarray(), np.minimum.outer(sizes[some], sizes)
        same = (shorter > 0) & (shared >= 1) & (shared / np.maximum(shorter, 1) >= alike)
        same[np.arange(len(same)), np.arange(begin, begin + len(same))] = False
        again[some] = same.any(axis=1)
    return pd.Series(again, index=texts.index)


def evidence(rows: pd.DataFrame, alike: float) -> pd.Series:
    """What each row says of its impact: `given`, `missing`, or `only repeats` its action or recommendation."""
    answers = [
        "missing"
        if not meaning(impact)
        else "only repeats"
        if max(contained(impact, other) for other in others) >= alike
        else "given"
        for impact, *others in rows[["impact", "action", "recommendation"]].itertuples(index=False, name=None)
    ]
    return pd.Series(answers, index=rows.index, dtype="str")
