"""The auditor: what its reader knows of the rules."""

import pandas as pd
import pytest
from disclosure_tables import AREA, attack, protect
from small_tables import (
    BLANK,
    by_band,
    by_sex,
    exposed,
    mine,
    of,
    possible,
    row,
    table,
)

from cellguard import breaches, history


def test_small_is_what_the_tables_say():
    def seven(**more):
        return {"t": by_sex(Total=7, a=0, b=None).assign(**more)}

    assert exposed(seven()) == [False]  # 1 to 5
    assert exposed(seven(reason="withheld: between 1 and 7, or")) == [True]
    rounded = table(row("plans", 40, reason="rounded to the nearest 5"))
    assert exposed(seven() | {"u": rounded}) == [True]  # as of the public
    assert exposed(("public", seven(reason=""))) == [True] and exposed(("partnership", seven())) == [False]
    assert exposed(("public", seven()), ("partnership", {})) == [False]  # the least of all that they were given
    assert exposed((mine(threshold=9), seven())) == [True]


def test_too_few_are_fewer_than_asked_for():
    four = {"t": by_sex(Total=23, x=20, a=None, b=None)}  # 0 to 3
    assert exposed(four) == [False, False] and exposed(four, k=5) == [True, True]
    assert exposed((mine(candidates=5), four)) == [True, True]


@pytest.mark.parametrize("count, small", [(0, False), (1, True), (5, True), (6, False)])
def test_small_is_1_to_the_threshold(count, small):
    assert exposed({"t": by_sex(Total=20 + count, a=20, b=None)}) == [small]


def test_none_of_a_small_group_is_exposed_by_the_audiences_rule(dictionary):
    # None of all: so many women of 8 too, where groups of up to 8 are small.
    dictionary({"m": {"kind": "share"}})
    women = {
        "t": table(
            of(0, 48, "m"), of(0, 40, "m", sex="m"), row("m", of=BLANK, value=BLANK, status="suppressed", sex="f")
        )
    }
    found = attack(("partnership", women))
    assert not found.loc[found["figure"] == "count", "exposed"].any()
    assert attack((mine(all_or_none=8), women)).set_index(["figure", "sex"])["exposed"]["count", "f"]


def test_nobody_is_exposed_by_what_needs_no_protection(dictionary):
    tables = {"t": by_sex(Total=20, a=17, b=None)}
    assert exposed(tables) == [True]
    dictionary({"people": {"protect": "none"}})
    assert exposed(tables) == []
    dictionary(tables={"t": {"open": True}})
    assert exposed(tables) == []


@pytest.mark.parametrize("form", [
    lambda tables: history.Entry("public", tables),
    lambda tables: ("public", tables),
    lambda tables: {"audience": "public", "tables": tables},
    lambda tables: {"profile": "public", "tables": tables},
    lambda tables: {"public": tables},
])  # fmt: skip
def test_an_audience_is_read_in_every_form(form):
    assert possible(attack(form({"t": by_sex(Total=10, a=0, b=None)})), sex="b") == "8, 9, 10, 11, 12"
    assert possible(attack(form({"t": by_sex(Total=12, a=0, b=None)})), sex="b") == "12"  # no multiple of 5


def test_what_protect_gives_is_attacked_as_its_audiences():
    made = protect({"t": by_sex(Total=44, a=41, b=3)}, ["public"])
    for form in (made, made.protected, [made]):
        assert possible(attack(form), sex="b") == "1, 2, 3, 4, 5, 6, 7, 8, 9"  # 43 to 47 less 38 to 42


def test_open_figures_are_not_rounded(dictionary):
    tables = {"t": by_sex(Total=10), "u": by_sex(a=0, b=None)}
    assert possible(attack(("public", tables)), sex="b") == "8, 9, 10, 11, 12"
    dictionary(tables={"t": {"open": True}})
    assert possible(attack(("public", tables)), sex="b") == "10"


def test_what_needs_no_protection_is_not_rounded_in_any_row(dictionary):
    dictionary({"agencies": {"protect": "none"}, "m": {"kind": "rate", "denominator": "agencies"}})
    said = [{"total": "agencies", "parts": ["in_time", "late"]}]
    tables = {"t": table(row("m", 40, of=10), row("in_time", 0), row("late"))}
    assert possible(attack(("public", tables), relations=said), measure="late") == "10"


def test_what_was_withheld_after_it_was_shown_may_have_been_revised():
    # 10 at first, now withheld: of 6 and 6 of two bands 8 are b, which leaves 4.
    now = {"t": by_sex(Total=None, a=None, b=8), "u": by_band(6, 6)}
    assert possible(attack([{"t": by_sex(a=10)}, now]), sex="a") == "4"


def test_a_revised_figure_makes_those_of_no_other_period_new():
    q3 = [table(row(count=n, period="2017-18-Q3")) for n in (8, 9)]
    first, then = {"t": by_sex(a=17, b=None), "u": q3[0]}, {"t": by_sex(Total=20), "u": q3[1]}
    assert possible(attack([first, then]), sex="b") == "3"


def test_the_reader_may_know_a_denominator(dictionary):
    dictionary({"m": {"kind": "share"}})
    tables = {"t": table(row("m", value=0.6, unit="share", of=BLANK), row("m", sex="f", status="suppressed", of=BLANK))}
    known = {(("measure", "m"), ("area", AREA), ("period", "2017-18-Q4"), ("figure", "of")): 5}
    found = attack(tables, known=known)
    assert possible(found, sex="Total", figure="rest") == "2"
    assert not ((found["sex"] == "Total") & (found["figure"] == "of")).any()  # and has no row of its own
    whole = attack(
        {"t": by_sex(Total=None, a=10, b=None)},
        known={(("area", AREA), ("period", "2017-18-Q4"), ("measure", "people"), ("sex", "Total")): 13},
    )
    assert whole["sex"].tolist() == ["b"] and whole["possible"].tolist() == ["3"]


def test_rows_that_print_no_count_hide_none(dictionary):
    change = {"kind": "rate", "numerator": "people", "denominator": {"measure": "people", "years_back": 1}, "less": 1}
    dictionary({"people_change": change, "m": {"kind": "share"}})
    counted = [row(count=40), row(count=30, period="2016-17-Q4")]
    assert attack({"t": table(*counted, row("people_change", status="suppressed"))}).empty
    assert attack({"t": table(row("m", status="shown", value=BLANK), row("m", status="not_applicable", sex="f"))}).empty


@pytest.mark.parametrize("kind, found", [("average", False), ("rate", True)])
def test_the_auditor_adds_no_averages(dictionary, kind, found):
    dictionary({"m": {"kind": kind}})
    assert (
        attack({"t": table(of(40, 20, "m"), of(38, 17, "m", sex="a"), row("m", of=BLANK, sex="b"))})["exposed"].any()
        == found
    )


def test_a_breach_is_what_is_exposed_and_no_further_cell_of_that_audience():
    found = attack({"t": by_sex(Total=20, a=17, b=None), "u": table(of(57, 60, "m"))})
    cell = f"people: area {AREA}, period 2017-18-Q4, sex b"
    other = f"m: area {AREA}, period 2017-18-Q4"

    def left(profile="partnership", kind="further", cell=cell):
        ledger = pd.DataFrame([dict(profile=profile, kind=kind, cell=cell)])
        return breaches(found, ledger, "partnership")["figure"].tolist()

    assert left() == ["rest"] and sorted(left("public")) == sorted(left(kind="primary")) == ["count", "rest"]
    assert sorted(left(cell=other)) == ["count", "rest"]  # a further cell's rest is a breach all the same
    safe = attack({"t": by_sex(Total=40, a=17, b=None)})
    assert breaches(safe, pd.DataFrame(columns=["profile", "kind", "cell"]), "partnership").empty


def test_the_auditor_knows_that_what_is_printed_is_above_the_threshold():
    assert (
        possible(attack((mine(threshold=9, round_to=5), {"t": by_sex(Total=10, a=0, b=None)})), sex="b") == "10, 11, 12"
    )
