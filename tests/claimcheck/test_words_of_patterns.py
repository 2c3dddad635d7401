"""Patterns that are tried only where a word of theirs stands find nothing anywhere else: over every sentence of these tests."""

from pathlib import Path

import blind_sentences
import board_sentences
import pytest
import report_sentences
from drafts_of_tests import draft_of

from claimcheck.prose import change_sentences, look_alikes, mentions, one_sided_changes
from claimcheck.prose.passages import Passages
from claimcheck.prose.result_figures import PLACE, SIGNS_OF_PLACES
from claimcheck.prose.trend_sentences import SIGNS_OF_SUPERLATIVES, SIGNS_OF_TRENDS, SUPERLATIVE, TREND

OF_TEMPLATES = [
    *change_sentences.PATTERNS.items(), *one_sided_changes.PATTERNS.items(), (TREND, SIGNS_OF_TRENDS),
    (SUPERLATIVE, SIGNS_OF_SUPERLATIVES), (PLACE, SIGNS_OF_PLACES),
]  # fmt: skip
OF_TEXTS = [(mentions.PERIODS, mentions.OF_PERIODS), (mentions.FRACTION, mentions.OF_FRACTIONS)]


def every_text(value) -> set[str]:
    """Every string in a value, however deep."""
    if isinstance(value, str):
        return {value}
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple | set) else ()
    return set().union(*map(every_text, inside))


@pytest.fixture(scope="module")
def texts():
    modules = [vars(module) for module in (board_sentences, report_sentences, blind_sentences)]
    found = every_text([value for module in modules for name, value in module.items() if name.isupper()])
    return found.union((Path(__file__).parent / "true_sentences.txt").read_text(encoding="utf-8").splitlines())


def tokens(text: str) -> set[str]:
    return {*look_alikes.TOKENS.findall(text.lower()), "1" if mentions.DIGIT.search(text) else ""}


def test_a_pattern_of_a_sentence_finds_nothing_without_its_words(texts):
    sentences = [s for text in sorted(texts) for s in Passages(draft_of(text)).sentences]
    found = [(p, words, s) for s in sentences for p, words in OF_TEMPLATES if p.search(s.template)]
    assert [s.text for _, words, s in found if not s.says(*words)] == []
    assert {p for p, _, _ in found} == {p for p, _ in OF_TEMPLATES}  # each was tried


def test_a_period_or_fraction_is_found_in_no_text_without_its_words(texts):
    found = [(p, words, text) for text in texts for p, words in OF_TEXTS if p.search(text.lower())]
    assert [text for _, words, text in found if words.isdisjoint(tokens(text))] == []
    assert {p for p, _, _ in found} == {p for p, _ in OF_TEXTS}


def test_a_look_alike_is_found_wherever_its_pattern_is(texts):
    for text in texts:
        low = text.lower()
        spans = {m.span() for _, p, capitals in look_alikes.PATTERNS for m in p.finditer(text if capitals else low)}
        assert spans == set(look_alikes.look_alikes(text, low, tokens(text))), text
