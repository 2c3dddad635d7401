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
