"""The pages' own sentences, with whatever numbers a quarter may bring, are no claims that do not follow.

Counts that stand side by side (done and open, agencies that count apart, shares of several wholes) were once read as parts
of each other in some quarters only: numbers are drawn here, so that no quarter has to be waited for.
"""

import random
from pathlib import Path

import pytest

from board_packs.pages.number_text import percent
from board_packs.publish.release import printed_claims
from board_packs.publish.release.identifiers import Identifiers

PAGES = Path(__file__).parents[3] / "notebooks"
DRAWN = 120
HERE, THERE = "children's services", "Other, not yet approved"


def share(chance, of):
    count = chance.randint(0, of)
    return f"{count:,} of {of:,} ({percent(count / of)})"


def reviews(chance, few):
    left = few()
    return f"Actions of earlier reviews done: {few()}; open: {left}, past their date: {chance.randint(0, left)}."


def plan(chance, few):
    every = few() + 1
    behind, measured = chance.randint(0, every), chance.randint(0, every)
    return (
        f"Actions of the business plan that are behind: {behind} of {every}.</p><p>Actions of the business plan: {every}; "
        f"done: {chance.randint(0, every - behind)}; behind: {behind}; with a measure of success: {measured} of {every}."
    )


def interviews(chance, few):
    return (
        "Return interviews held within 72 hours in the first half of 2024-25, of those due, as each agency counts: "
        f"{HERE}, {share(chance, few() + 1)}; {THERE}, {share(chance, few() + 1)}."
    )


def missing(chance, few):
    return f"Missing episodes in 2024-25 Q2: {HERE} {few()}, police {few()} and {THERE} {few()}."


def households(chance, few):
    return (
        f"a household counted once for each referral: {few() + 2} in 2024-25 Q3 and {few() + 2} in the first three "
        "quarters of 2024-25."
    )


def hidden(chance, few):
    one, other = few() + 100, few() + 100
    return (
        f"Withheld from partnership: {one} figures, {chance.randint(0, one)} of them to protect others. "
        f"Withheld from public: {other} figures, {chance.randint(0, other)} of them to protect others."
    )


def deaths(chance, few):
    one = few() + 100
    return (
        f"In 2020-21, {few()} child deaths were notified to the panel. It completed {one} reviews. Over the five years to "
        f"2020-21, {few() + 700} deaths were notified and {str(one)[::-1]} reviews were completed."
    )


OWN = [  # by page, words that have to stand in the notebook too: a sentence that changes is to be drawn anew here
    ("70_case_reviews", reviews, "Actions of earlier reviews done: "),
    ("80_board", plan, "Actions of the business plan that are behind: "),
    ("60_exploitation_and_missing", interviews, ", of those due, as each agency counts: "),
    ("60_exploitation_and_missing", missing, "Missing episodes in "),
    ("30_child_deaths", deaths, "Over the five years to "),
    ("40_hrda", households, "a household counted once for each referral: "),
    ("99_data_quality", hidden, "of them to protect others."),
]


@pytest.mark.parametrize("page, sentence, words", OWN)
def test_no_numbers_make_a_pages_own_sentence_a_wrong_claim(page, sentence, words):
    assert words in (PAGES / f"{page}.ipynb").read_text(encoding="utf-8")
    chance = random.Random(page)
    for _ in range(DRAWN):
        text = sentence(chance, lambda: chance.randint(0, chance.choice([12, 40, 300])))
        assert printed_claims.reasons(f"<html><body><h1>T</h1><p>{text}</p></body></html>") == [], text


def test_a_count_behind_a_number_of_weeks_is_no_length_of_a_pregnancy():
    words = "; of births before {book.settings['previable_weeks']} weeks: {previable:count}."
    assert words in (PAGES / "30_child_deaths.ipynb").read_text(encoding="utf-8")
    seen = Identifiers([["gestation_weeks", "gestation", f"22+{days}"] for days in range(7)])
    assert not any([*seen.found(f"of births before 22 weeks: {count}.", frozenset(), None)] for count in range(7))
    assert [*seen.found("of births before 22 weeks 4.", frozenset(), None)]  # as the page had it: 22 weeks 4 days


@pytest.mark.parametrize(
    "text",
    [
        "Return interviews, as each agency counts: police, 353 of 1,229 (38.7%); schools, 456 of 966 (47.2%).",  # 28.7
        "Of 540 episodes, 384 were counted by the police and the other 144 by schools.",  # 528
        "In 2024-25 358 of the 512 children were with foster carers.</p><p>In 2024-25 345 of the 512 children were with "
        "foster carers.",
    ],
)
def test_what_is_wrong_is_still_found(text):
    assert printed_claims.reasons(f"<html><body><h1>T</h1><p>{text}</p></body></html>")
