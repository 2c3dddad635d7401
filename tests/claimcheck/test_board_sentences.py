"""Sentences of boards: each read as the claim that it makes, and judged as by hand; sentences that claim nothing, as nothing."""

import random
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from board_sentences import ALONE, CLAIMS, NOTHING, OPEN, SIDES, TRUE
from drafts_of_tests import draft_of

import claimcheck as claims
from claimcheck.draft_reading import read_draft
from claimcheck.printed_numbers import half_up


def read(text: str):
    return read_draft(draft_of(text)).findings


@pytest.mark.parametrize(
    "text, kind, verdict", [c for c in CLAIMS if c[1]], ids=range(len([c for c in CLAIMS if c[1]]))
)
def test_a_sentence_is_read_and_judged_as_by_hand(text, kind, verdict):
    findings = read(text)
    assert (kind, verdict) in [(f.kind, f.verdict) for f in findings], [
        (f.kind, f.verdict, f.sentence) for f in findings
    ]
    if verdict != claims.WRONG:
        assert all(f.verdict != claims.WRONG for f in findings)


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_and_easily_misread_is_not_accused(text):
    assert [f.sentence for f in read(text) if f.verdict == claims.WRONG] == []


def test_true_sentences_written_to_mislead_the_reader_are_not_accused():
    """Of three parts of 60, 60 and 40, each written before it was read, 4, 10 and 4 were accused at first; five are of small places and ranges."""
    sentences = (Path(__file__).parent / "true_sentences.txt").read_text(encoding="utf-8").splitlines()
    assert len(sentences) == 165
    assert [text for text in sentences if any(f.verdict == claims.WRONG for f in read(text))] == []


@pytest.mark.parametrize("text", ["9" * 2_400, "1 " * 1_200, "12 of the 40 " * 180, "good (19), " * 200])
def test_a_line_of_figures_without_end_is_read_or_passed_by_in_a_moment(text):
    started = time.process_time()
    assert [f for f in read(f"{text}.") if f.verdict == claims.WRONG] == []
    assert time.process_time() - started < 10


@pytest.mark.parametrize("text", [*NOTHING, *(c[0] for c in CLAIMS if c[1] is None)])
def test_a_sentence_that_claims_nothing_yields_nothing(text):
    assert [(f.kind, f.sentence) for f in read(text)] == []


@pytest.mark.parametrize("text", ALONE)
def test_a_share_or_rate_whose_base_stands_nowhere_is_found_and_cannot_be_checked(text):
    findings = read(text)
    assert findings and {f.kind for f in findings} <= {"share", "rate"}
    assert all(f.verdict == claims.UNKNOWN and not f.open and "print" in f.sentence for f in findings)


@pytest.mark.parametrize("text", OPEN)
def test_a_claim_beside_a_figure_that_may_be_the_side_it_lacks_is_left_open(text):
    assert {(f.verdict, f.open) for f in read(text)} == {(claims.UNKNOWN, True)}


@pytest.mark.parametrize("text, sides", SIDES)
def test_the_sides_of_a_claim_are_the_figures_that_stand_in_their_places(text, sides):
    (finding,) = read(text)
    assert {n["role"]: n["value"] for n in finding.numbers if n["value"]} == sides


def test_numbers_keep_their_place_role_and_unit():
    text = "Referrals rose. Contacts rose from 4,000 in 2016/17 to 4,480 in 2017/18, an increase of 12%."
    (finding,) = read(text)
    assert text[slice(*finding.span)] == finding.text
    got = {n["role"]: (n["value"], n["unit"], n["period"], text[slice(*n["where"]["span"])]) for n in finding.numbers}
    assert got == {
        "old": ("4,000", "", "2016/17", "4,000"), "new": ("4,480", "", "2017/18", "4,480"), "printed": ("12", "%", "", "12%"),
    }  # fmt: skip
    record = finding.record()
    assert list(record) == "text paragraph span kind numbers verdict diagnosis sentence source open".split()
    assert record["paragraph"] == 1 and record["open"] is False


def test_one_claim_for_each_comparator_and_each_base():
    kinds = Counter(f.kind for f in read("The rate of 480.2 is below England (537.7) and the region (548.1)."))
    assert kinds == {"comparison": 2}
    two = read("Referrals were up 4.1% on 2021 and 3.9% on 2020.")
    assert [n["period"] for f in two for n in f.numbers if n["role"] == "old"] == ["2021", "2020"]


# --- true sentences are not accused, planted errors are found -----------------------------------------------------------

FORMS = [
    "Contacts {rose} by {p}% from {a:,} in 2016/17 to {b:,} in 2017/18.",
    "There were {b:,} referrals in 2017/18, compared to {a:,} in 2016/17, {an} of {p}%.",
    "The number of plans {rose} from {a:,} to {b:,} ({p}%).",
    "In 2017/18 the service saw {b:,} children, {an} of {p}% on the {a:,} seen in 2016/17.",
    "{b:,} assessments were made ({a:,} in the previous year), {an} of {p}%.",
    "At 31 March 2018, {b:,} children were looked after compared to {a:,} at 31 March 2017, a {p}% {noun}.",
]
SHARES = [
    "Of the {n:,} children reviewed, {k:,} ({p}%) were known to services.",
    "{k:,} of the {n:,} plans ({p}%) ended within a year.",
    "{p}% ({k:,} of {n:,}) of visits were made in time.",
    "The service received {n:,} contacts in 2017/18, of which {k:,} ({p}%) became referrals.",
    "{k:,} ({p}%) of the {n:,} young people had a plan.",
]


def words(a: int, b: int) -> dict[str, str]:
    up = b > a
    return {
        "rose": "rose" if up else "fell",
        "an": "an increase" if up else "a decrease",
        "noun": "increase" if up else "reduction",
    }


def printed(value: Fraction, decimals: int) -> str:
    return f"{float(half_up(abs(value), decimals)):.{decimals}f}"


def sentences(planted: bool):
    """Sixty sentences with figures drawn at random; their percentage true, or three points and more away from it."""
    draw = random.Random(7 if planted else 11)
    for form in FORMS * 6:
        a, b = draw.sample(range(60, 4000), 2)
        if abs(b - a) * 20 < a:
            b = a * 2
        true = Fraction(100 * (b - a), a)
        shown = abs(true) + (Fraction(draw.randint(3, 9)) if planted else 0)
        yield form.format(a=a, b=b, p=printed(shown, draw.choice([0, 1])), **words(a, b))
    for form in SHARES * 6:
        n = draw.randint(40, 3000)
        k = draw.randint(n // 10, n * 8 // 10)
        shown = Fraction(100 * k, n) + (Fraction(draw.randint(3, 9)) if planted else 0)
        yield form.format(n=n, k=k, p=printed(shown, draw.choice([0, 1])))


@pytest.mark.parametrize("text", list(sentences(planted=False)))
def test_a_true_sentence_is_not_accused(text):
    assert [f.verdict for f in read(text)] == [claims.REPRODUCES]


@pytest.mark.parametrize("text", list(sentences(planted=True)))
def test_a_planted_error_is_found(text):
    assert claims.WRONG in [f.verdict for f in read(text)]
