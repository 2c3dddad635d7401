"""A reader of two audiences' tables who knows the printed reason: of figures withheld together one is small."""

import numpy as np
import pytest
from disclosure_tables import attack, protect
from small_tables import by_quarter, by_sex, mine, possible

SMALL = "withheld: between 1 and {}, or needed to protect another figure"


def released(rounded, reason=SMALL, **counts):
    """What the two audiences read: a withheld count is None; the public's figures are rounded."""
    partnership = by_sex(**counts).assign(reason=lambda t: np.where(t["status"] == "shown", "", reason.format(5)))
    public = by_sex(**rounded).assign(
        reason=lambda t: np.where(t["status"] == "shown", "rounded to the nearest 5", reason.format(7))
    )
    return {"partnership": {"t": partnership}, "public": {"t": public}}


def test_the_rounded_neighbour_and_the_reason_together_name_the_small_one():
    # 127 = yes + no. The public reads no as 120, 118 to 122, so yes is 5 to 9; one of the two is 1 to 5: yes is 5.
    both = released({"Total": 125, "no": 120, "yes": None}, Total=127, no=None, yes=None)
    found = attack([both], profile="partnership")
    assert possible(found, sex="yes") == "5" and found.set_index("sex")["exposed"]["yes"]
    other = released({"Total": 125, "no": 120, "yes": None}, "withheld", Total=127, no=None, yes=None)
    assert (
        possible(attack([other], profile="partnership"), sex="yes") == "5, 6, 7, 8, 9"
    )  # who does not know the reason


@pytest.mark.parametrize("no, yes", [(122, 5), (10, 5), (32, 5), (15, 4), (98, 1)])
def test_what_is_protected_for_both_leaves_three_to_who_knows_the_reason(no, yes):
    tables = {"t": by_sex(Total=no + yes, no=no, yes=yes)}
    made = protect(tables, ["partnership", "public"]).protected
    assert not attack([made], profile="partnership")["exposed"].any()


def test_a_figure_that_hangs_together_with_no_small_one_is_not_said_to_be_small():
    # a and b of one total, c and d of another: the reason is of each two alone.
    apart = {"t": by_sex("one", Total=20, a=None, b=None), "u": by_sex("two", Total=9, c=None, d=None)}
    for frame in apart.values():
        frame["reason"] = np.where(frame["status"] == "shown", "", SMALL.format(5))
    found = attack([("partnership", apart)])
    assert possible(found, measure="two", sex="c") == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"
    assert found.set_index(["measure", "sex"])["max"]["one", "a"] == 20


def test_a_figure_that_is_withheld_alone_is_small():
    # The public reads 10 in the first quarter and 20 so far: the second is 6 to 14, and alone it is 6 or 7.
    alone = by_quarter(q1=10, q2=None, to_q2=20)
    alone["t"]["reason"] = np.where(alone["t"]["status"] == "shown", "rounded to the nearest 5", SMALL.format(7))
    assert possible(attack([("public", alone)], profile="public"), period="2017-18-Q2") == "6, 7"


@pytest.mark.parametrize("zeros", ["may_hide", "always"])
@pytest.mark.parametrize("asked, withheld", [(2, 1), (3, 2), (4, 2), (5, 2), (7, 2)])
def test_a_figure_is_not_withheld_alone_where_that_leaves_too_few_of_it(asked, withheld, zeros):
    rule = mine(threshold=7, round_to=5, candidates=asked, zeros=zeros, all_or_none=7)
    made = protect(by_quarter(q1=12, q2=7, to_q2=19), [rule]).protected["mine"]
    assert (made["t"]["status"] == "suppressed").sum() == withheld
    assert not attack([(rule, made)], profile=rule)["exposed"].any()
