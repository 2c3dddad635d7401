"""What was printed once, withheld once or revised, in the packs after it."""

import pytest
from disclosure_tables import attack, protect
from small_tables import BLANK, by_quarter, by_sex, hidden, possible, row, shares, table


def test_every_way_in_which_a_cell_is_printed_hides_with_it(dictionary):
    # The share of m is printed as a count in one table and with its base of 12 in another.
    frame, said = shares(6, 12)
    dictionary(said)
    more = {"s": table(row("repeat_share", 6, sex="m")), "u": frame}
    assert hidden({"r": by_sex("referrals", Total=15, m=12, f=3)} | more) == {"r": {0, 2}}


def test_what_was_printed_rounded_is_known_as_a_range():
    # 7 in a, 3 in b; their sum was printed as 10 to the public: 8 to 12, so 1 to 5 in b. As counted, it would tell.
    now, ten = {"t": by_sex(a=7, b=3)}, {"t": by_sex(Total=10)}
    assert hidden(now, "partnership", history=[("public", ten)]) == {"t": {1}}
    assert hidden(now, "partnership", history=[("partnership", ten)]) == {"t": {0, 1}}


def test_what_needs_no_protection_was_not_rounded_in_an_earlier_pack(dictionary):
    dictionary({"agencies": {"protect": "none"}})
    tables = {"t": table(row("agencies", 3))}
    assert protect(tables, ["public"], history=[("public", tables)]).ledger.empty


@pytest.mark.parametrize("revised", [(65,), (62, 65)])
def test_a_figure_that_was_revised_adds_up_as_it_was_printed(revised):
    # To the third quarter 84, with 60 in the third, later 65: 24 in the first two; 20 in the second leaves 4.
    packs = [by_quarter(q1=None, q2=None, q3=60, to_q3=84), *(by_quarter(q3=n) for n in revised)]
    past = [("partnership", pack) for pack in packs]
    now = by_quarter(q2=20)
    assert hidden(now, history=past) == {"t": {0}}
    found = attack([*past, ("partnership", now)])
    assert possible(found, period="2017-18-Q1") == "4" and found["exposed"].any()


def test_labels_add_to_a_total_as_they_were_printed_with_it():
    # 30 = 20 + f + m, the 20 later 10: with 7 in m there were 3 in f, though 30 - 10 - 7 are 13.
    past = [("partnership", {"t": by_sex(Total=30, x=20, f=None, m=None)}), ("partnership", {"t": by_sex(x=10)})]
    assert hidden({"t": by_sex(m=7)}, history=past) == {"t": {0}}


@pytest.mark.parametrize(
    "audience, packs, now", [("partnership", [20], 25), ("public", [20, 25], BLANK), ("partnership", [20, 20], 25)]
)
def test_a_revision_is_noted(audience, packs, now):
    past = [(audience, {"t": table(row(count=n))}) for n in packs]
    ledger = protect({"t": table(row(count=now))}, [audience], history=past).ledger
    assert ledger[["kind", "rule"]].values.tolist() == [["note", "printed otherwise in an earlier pack"]]


def test_a_total_that_came_after_a_revision_has_the_later_figure_in_it():
    # 8 in the second quarter, later 7; the year of 100 came with the 7: 6 in the third, not 5. So too if it came now.
    packs = [by_quarter(q1=76, q2=8), by_quarter(q2=7, q3=None, year=100)]
    assert hidden(by_quarter(q4=11), history=[("partnership", pack) for pack in packs]) == {}
    packs = [by_quarter(q1=76, q2=8), by_quarter(q2=7, q3=None)]
    assert hidden(by_quarter(q4=11, year=100), history=[("partnership", pack) for pack in packs]) == {}
    packs = [by_quarter(q1=76, q2=8), by_quarter(q2=12, q3=None, year=100)]  # 101 and more are not 100: no sum
    assert hidden(by_quarter(q4=13), history=[("partnership", pack) for pack in packs]) == {}
