"""Sentences in the manner of recent reports: what share is read as by hand, and that nothing true is accused."""

import pytest
from drafts_of_tests import draft_of
from report_sentences import NOTHING, VERDICTS

import claimcheck as claims
from claimcheck.draft_reading import read_draft


def verdicts(text: str) -> list[str]:
    return [finding.verdict for finding in read_draft(draft_of(text)).findings]


def test_nine_in_ten_and_more_are_found_and_read_as_by_hand():
    checkable = [(text, verdict) for text, verdict in VERDICTS if verdict is not None]
    read = {text: verdicts(text) for text, _ in checkable}
    found = [text for text in read if read[text]]
    right = [text for text, verdict in checkable if verdict in read[text]]
    assert len(found) >= 0.95 * len(checkable) and len(right) >= 0.95 * len(checkable)


@pytest.mark.parametrize("text, verdict", VERDICTS)
def test_a_planted_error_is_found_and_a_true_sentence_is_not_accused(text, verdict):
    assert (claims.WRONG in verdicts(text)) == (verdict == claims.WRONG)


@pytest.mark.parametrize("text", NOTHING)
def test_a_sentence_that_claims_nothing_yields_nothing(text):
    assert verdicts(text) == []
