"""What an earlier pack's reason says when a later pack shows what was withheld beside a small figure."""

import pytest
from disclosure_tables import attack, protect
from small_tables import BLANK, possible, row, table

from cellguard.audiences import profile
from cellguard.documentation import Docs
from cellguard.model_building import build_model

ROUNDED, WITHHELD = "rounded to the nearest 5", "withheld: between 1 and 7, or needed to protect another figure"
PERIODS = {"q1": "2017-18-Q1", "q2": "2017-18-Q2", "q3": "2017-18-Q3", "to_q2": "2017-18 to Q2"}


def women(**quarters):
    """A table of all and of the women among them, for each period."""
    both = [(PERIODS[p], sex, n) for p, of in quarters.items() for sex, n in zip(("Total", "women"), of, strict=True)]
    return {"t": table(*(row(count=BLANK if n is None else n, period=p, sex=s) for p, s, n in both))}


def before(everyone=20):
    """The public's first pack, which withheld the women."""
    first = women(q1=(everyone, None))
    first["t"]["reason"] = [ROUNDED, WITHHELD]
    return "public", first


def test_a_small_figure_is_given_away_once_what_was_withheld_beside_it_is_shown():
    # 18 to 22 less 8 to 12: 6 to 14 are men. Of men and women one was 1 to 7, and 8 women are more: 6 or 7 are men.
    shown = women(q1=(20, 10))["t"].assign(reason=ROUNDED)
    assert possible(attack([before(), ("public", {"t": shown})]), figure="rest") == "6, 7"


@pytest.mark.parametrize("first, now, stays", [
    (20, (18, 12), True),  # the men, 6, would be 6 or 7
    (20, (19, 12), True),
    (20, (18, 13), False),  # 18 to 22 less 13 to 17: the men are 1 to 7 with the reason
    (35, (18, 12), False),  # revised since: the reason is of other figures
])  # fmt: skip
@pytest.mark.parametrize("audiences", [["public"], ["partnership", "public"]])
def test_it_stays_withheld_where_that_leaves_fewer_than_three(first, now, stays, audiences):
    # The second quarter's men, 3, may be what its own reasons speak of, but not those of the first pack.
    tables = women(q1=now, q2=(40, 37), to_q2=(now[0] + 40, now[1] + 37))
    made = protect(tables, audiences, history=[before(first)]).protected
    assert (made["public"]["t"]["status"] == "suppressed").any() == stays
    for audience in audiences:  # partnership's reader has both
        both = {each: made[each] for each in audiences if audience in ("partnership", each)}
        assert not attack([before(first), both], profile=audience)["exposed"].any()


def withholding(reason, **quarters):
    """One pack of partnership, which gives this reason for what it withholds."""
    pack = women(**quarters)
    gone = pack["t"]["status"] == "suppressed"
    return "partnership", {"t": pack["t"].assign(reason=gone.map({True: reason, False: ""}))}


def of_the_women(reason):
    """Women: 3 of 33, then 6 of 46, 9 of 79 together. The 6 is withheld for the sake of the 3, which was in the pack before."""
    return [withholding(reason, q1=(33, None)), withholding(reason, q2=(46, None), to_q2=(79, 9))]


def test_what_is_withheld_may_protect_a_figure_that_an_earlier_pack_withheld():
    # Of the first 33 women and men one is 1 to 5: 1 to 5 are women, of 9. Were 1 to 5 the second quarter's as well, 4 or 5 were.
    packs = of_the_women("withheld: between 1 and 5, or needed to protect another figure")
    found = attack(packs)
    assert "3" in possible(found, figure="count", period=PERIODS["q1"], sex="women").split(", ")
    assert not found["exposed"].any()


def test_protection_too_takes_an_earlier_figure_for_the_small_one():
    """Of the second pack's reason: one of the two quarters' women is small, or men are; not that the 6 is."""
    history = [(profile(audience), tables) for audience, tables in of_the_women("withheld: between 1 and 5")]
    made = build_model(women(q3=(20, 10)), Docs({}, {}), history, [])
    named = [[dict(made.keys[i][1]) for i in claim.numbers] for claim in made.claims["partnership"]]
    women_of = [{at["period"] for at in some if at["sex"] == "women"} for some in named]
    assert women_of == [{PERIODS["q1"]}, {PERIODS["q1"], PERIODS["q2"]}]
