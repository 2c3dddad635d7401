"""Sentences hold of every number and state that a cell can have: nought, one, two, many, rounded, withheld, missing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_packs.pages import sentences as say
from board_packs.pages.cell_value import Cell

COUNTS = st.sampled_from([0, 1, 2, 5, 12, 1_234])
STATES = st.sampled_from(["shown", "shown", "shown", "suppressed", "not_available", "not_applicable"])
NAN = float("nan")
WRONG = re.compile(
    r"\b1 (?!of\b)[a-z]+s\b|\b0 [a-z]+s\b|\bone [a-z]+s\b|\bnan\b|\bNone\b|\bnot shown\b|  |\.\.| \.|,,"
    r"|(?:withheld|not available|not applicable) (?:referrals|reviews)\b|\babout (?:no|one|0)\b"
)


@st.composite
def cells(draw, share=False):
    """A count, or a share with its interval, in any state, as counted or rounded to the nearest five."""
    status, of = draw(STATES), draw(st.sampled_from([1, 2, 5, 60]))
    count = min(draw(COUNTS), of) if share else draw(COUNTS)
    rounded = draw(st.booleans())
    count, of = (5 * round(n / 5) if rounded else n for n in (count, of))
    row = {"status": status, "reason": "rounded to the nearest 5" if rounded else "", "period": draw(st.sampled_from(["2017-18", "2023-24 to Q3"])), "measure": "", "method": "Wilson", "unit": "share" if share else "count", "count": float(count)}  # fmt: skip
    if share and of:
        p = min(count / of, 1.0)
        row |= {"of": float(of), "value": p, "low": max(p - 0.2, 0.0), "high": min(p + 0.2, 1.0)}
    if share and not of and status == "shown":
        status = "not_applicable"
    if status != "shown":
        why = "" if status == "suppressed" else "the return does not give it"
        row = {
            "status": status,
            "reason": why,
            "period": row["period"],
            "measure": "",
            "unit": row["unit"],
            "method": "",
        }
    return Cell(row)


@given(cells(), cells(), st.sampled_from([("referral", "referrals"), ("review was", "reviews were")]))
def test_numbers_take_their_nouns_and_verbs(now, before, noun):
    text = say.plural(now, *noun)
    assert not WRONG.search(text), text
    assert text.endswith(noun[now.count != 1])  # a verb stands last, before its sentence
    if not now.shown:
        assert re.search(r"withheld|unknown", text) and not re.search(r"\d", text)
    change = say.change(now, before)
    assert not WRONG.search(change), change
    hidden = [cell for cell in (now, before) if not cell.shown]
    assert not hidden or not re.search(r"% (more|fewer)|no change that", change)
    if any(cell.shown and cell.rounded for cell in (now, before)):
        assert not re.search(r"\d% (more|fewer)", change)


@settings(max_examples=100)  # of twenty pairs few are both shown, rounded and apart
@given(cells(share=True), cells(share=True))
def test_a_difference_is_claimed_of_what_is_shown_and_not_rounded_alone(own, other):
    for text in (say.against(own, other, "England's"), say.compared(own, {"England": other}), say.change(own, other)):
        assert not WRONG.search(text.replace("1 of", "")), text
        claimed = re.search(r"\b(higher|lower)\b", text)
        assert not claimed or (own.shown and other.shown and not own.rounded and not other.rounded), text


@given(cells(share=True), st.sampled_from([0.0, 1.0, 5.0, NAN]))
def test_what_is_left_widens_a_share_that_is_shown_alone(share, left):
    text = say.could(share, left, "review still open", "reviews still open")
    assert not WRONG.search(text), text
    assert bool(text) == bool(share.shown and share.of > 0 and left > 0)


@given(cells())
def test_a_sentence_gives_way_to_the_state_of_its_cell(cell):
    text = say.unless_hidden(f"There were {say.plural(cell, 'referral')}.", "How many referrals there were", cell)
    word = {"suppressed": "withheld", "not_available": "not available. The return does not give it", "not_applicable": "not applicable: the return does not give it"}.get(cell.status, "")  # fmt: skip
    assert text == (
        f"How many referrals there were is {word}." if word else f"There were {say.plural(cell, 'referral')}."
    )


@pytest.mark.parametrize("count, text", [(0, "no reviews"), (1, "one review"), (2, "2 reviews"), (5, "5 reviews")])
def test_plurals_by_hand(count, text):
    assert say.plural(Cell({"status": "shown", "count": float(count), "reason": ""}), "review") == text
