"""Texts that say the same, at the edges of alike, by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb import repeated_texts


@given(st.lists(st.sampled_from("train staff neglect chairs conference letters hub school".split()), min_size=1))
def test_a_text_repeats_itself_and_a_blank_repeats_nothing(words):
    text = " ".join(words)
    assert repeated_texts.contained(text, text.upper() + " and the") == 1
    assert repeated_texts.contained("", text) == repeated_texts.contained(text, None) == 0
    assert not repeated_texts.doubled(pd.Series([text, "", None]), 0.8).any()


@pytest.mark.parametrize("alike, found", [(0.80, True), (0.81, False)])  # four of five words stand in the other
def test_doubled_at_its_edge(alike, found):
    texts = pd.Series(["train staff neglect early now", "train staff neglect early every year again"])
    assert repeated_texts.doubled(texts, alike).tolist() == [found, found]


def test_evidence_is_given_missing_or_only_repeats():
    frame = pd.DataFrame(
        {
            "recommendation": ["Brief findings to agencies"] * 4,
            "action": ["Findings were briefed to staff"] * 4,
            "impact": ["Findings briefed", "Brief findings to the agencies", "Children wait less for help", None],
        }
    )
    assert repeated_texts.evidence(frame, 0.8).tolist() == ["only repeats", "only repeats", "given", "missing"]


def test_of_many_texts_each_is_set_beside_every_other():
    """Two of 1,100 are alike, far apart; and every pair of 34 as by hand."""
    alone = [f"word{n} thing{n} matter{n}" for n in range(1_100)]
    some = pd.Series([*alone[:1_099], "Thing3 of the matter3, word3"], index=range(7, 1_107))
    assert some.index[repeated_texts.doubled(some, 1.0)].tolist() == [10, 1_106]
    words = ["visit", "school", "the", "plan", "review"]
    texts = [" ".join(w for at, w in enumerate(words) if n >> at & 1) for n in range(32)] + ["visit", "plan plan"]
    meant = [set(text.split()) - {"the"} for text in texts]
    for alike in (0.5, 0.75, 1.0):
        by_hand = [
            any(
                one and other and len(one & other) / min(len(one), len(other)) >= alike
                for at, other in enumerate(meant)
                if at != place
            )
            for place, one in enumerate(meant)
        ]
        assert repeated_texts.doubled(pd.Series(texts), alike).tolist() == by_hand
