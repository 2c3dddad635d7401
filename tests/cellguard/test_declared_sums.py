"""Sums that somebody declared."""

import pytest
from disclosure_tables import AREA, attack, protect
from small_tables import BLANK, by_sex, hidden, possible, row, table

from lscb.errors import UserError


def notes(tables, **more):
    ledger = protect(tables, ["partnership"], **more).ledger
    return ledger.loc[ledger["kind"] == "note", "cell"].tolist()


def test_a_declared_sum_of_one_label_has_parts_without_it():
    # 20 of sex f are 17 girls and 3 women, who have no sex of their own; the 40 of sex m are no sum of them.
    said = [{"total": {"measure": "people", "sex": "f"}, "parts": ["girls", "women"]}]
    tables = {"t": by_sex(f=20, m=40), "u": table(row("girls", 17), row("women", 3))}
    assert hidden(tables, relations=said) == {"u": {0, 1}} and notes(tables, relations=said) == []
    tables["u"].loc[1, ["count", "status"]] = [BLANK, "suppressed"]
    assert possible(attack(tables, relations=said), measure="women") == "3"


def test_a_declared_sum_of_a_quarter_before_says_nothing_of_years():
    said = [{"total": "plans", "parts": [{"measure": "plans", "quarters_back": 1}, "started", "-ended"]}]
    year = table(*(row(m, n, period="2017-18") for m, n in (("plans", 10), ("started", 13), ("ended", 3))))
    assert hidden({"t": year}, relations=said) == {"t": {2}}
    year.loc[2, ["count", "status"]] = [BLANK, "suppressed"]
    assert not attack({"t": year}, relations=said)["exposed"].any()


def test_the_ledger_names_a_part_of_a_declared_sum_that_no_table_prints():
    said = [{"total": "plans", "parts": [{"measure": "plans", "quarters_back": 1}, "started", "-ended"]}]
    tables = {"t": table(row("plans", 12), row("started", 14), row("ended", 6))}
    ledger = protect(tables, ["partnership"], relations=said).ledger
    assert ledger["protects"].tolist() == [f"plans: area {AREA}, period 2017-18-Q3"]  # 12 + 6 - 14
    less = {"t": table(row("plans", 12), row("started", 14), row("ended", 0))}  # 12 + 0 - 14 are less than none
    assert notes(less, relations=said) == [f"plans: area {AREA}, period 2017-18-Q4"]


def test_a_declared_sum_that_does_not_hold_is_noted():
    said = [{"total": "all", "parts": ["first", "repeat"]}]
    tables = {"t": table(row("all", 30), row("first", 26), row("repeat", 5))}
    assert notes(tables, relations=said) == [f"all: area {AREA}, period 2017-18-Q4"] and hidden(tables) == {"t": {2}}


def test_a_declared_sum_holds_of_figures_as_they_were_printed():
    # 84 = a + b + 60, later 65: with 20 in b there were 4 in a.
    said = [{"total": "all", "parts": ["a", "b", "c"]}]
    packs = [table(row("all", 84), row("a"), row("b"), row("c", 60)), table(row("c", 65))]
    past, now = [("partnership", {"t": pack}) for pack in packs], {"t": table(row("b", 20))}
    assert hidden(now, history=past, relations=said) == {"t": {0}}
    assert possible(attack([*past, ("partnership", now)], relations=said), measure="a") == "4"


@pytest.mark.parametrize("pairs", [[(2, "pairs")], ["pairs", "pairs"]])
def test_what_a_declared_sum_leaves_may_count_twice(pairs):
    # 30 people: 22 alone and those of pairs, which no table has. 8 people are 4 pairs.
    said = [{"total": "people", "parts": ["alone", *pairs]}]
    assert hidden({"t": table(row("people", 30), row("alone", 22))}, relations=said)
    assert not hidden({"t": table(row("people", 30), row("alone", 12))}, relations=said)  # 9 pairs


@pytest.mark.parametrize("part", ["-b", {"measure": "b", "sign": -1}, (-1, "b"), (-1, {"measure": "b"})])
def test_a_part_that_is_taken_away_in_every_spelling(part):
    tables, said = {"t": table(row("a", 3), row("all", 15), row("b", 12))}, [{"total": "a", "parts": ["all", part]}]
    assert hidden(tables, relations=said) == {"t": {0, 2}}
    assert possible(attack({"t": table(row("a"), row("all", 15), row("b", 12))}, relations=said), measure="a") == "3"


def test_a_part_in_no_spelling_is_refused():
    with pytest.raises(UserError, match="a declared sum names 7"):
        protect({"t": table(row("a", 3))}, ["partnership"], relations=[{"total": "a", "parts": [7]}])
