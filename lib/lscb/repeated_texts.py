"""Texts that say the same: recommendations that stand twice, and evidence that only repeats its action."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

# Words that carry no meaning of their own when two sentences are compared.
LITTLE = frozenset(
    "a an and are as at be been by for from has have in is it its of on or so that the their they this to was were "
    "who will with".split()
)


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
    from scipy.sparse import csr_array  # heavy, and most who import this compare no texts

    words = [meaning(text) for text in texts]
    at, every = pd.factorize(np.array([word for each in words for word in sorted(each)], dtype="object"))
    sizes = np.array([len(each) for each in words], int)
    has = csr_array((np.ones(len(at), int), at, [0, *sizes.cumsum()]), shape=(len(texts), len(every)))
    pairs, again = (has @ has.T).tocoo(), np.zeros(len(texts), bool)  # that have a word in common, with how many
    one, other = pairs.coords
    same = (one != other) & (pairs.data / np.minimum(sizes[one], sizes[other]) >= alike)
    again[one[same]] = True
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
