"""Labels that add to a total, in one table or in several together."""

from disclosure_tables import attack, protect
from small_tables import PARTNERSHIP, by_band, by_sex, by_ward, hidden, possible

from cellguard import breaches
from cellguard.attacker.printed_shares import range_of


def test_a_measure_that_does_not_add_over_a_dimension_is_left_alone(dictionary):
    tables = {"t": by_sex(Total=20, a=17, b=3)}
    assert hidden(tables) == {"t": {1, 2}}
    dictionary({"people": {"adds_over": "none"}})
    assert hidden(tables) == {"t": {2}}
    shown = {"t": by_sex(Total=20, a=17, b=None)}
    assert not attack(shown)["exposed"].any()
    dictionary({"people": {"adds_over": ["sex"]}})
    assert hidden(tables) == {"t": {1, 2}} and attack(shown)["exposed"].any()


def test_labels_of_two_tables_together_add_to_the_total():
    # 30 = 20 in the one and 7 + 3 in the other.
    tables = {"t": by_sex(Total=30, a=20), "u": by_sex(b=7, c=3)}
    assert hidden(tables) == {"u": {0, 1}}
    assert possible(attack(tables | {"u": by_sex(b=7, c=None)}), sex="c", figure="count") == "3"


def test_a_table_of_some_labels_is_read_with_a_finer_one_that_holds():
    # Of 24 the one leaves out 4, of whom the other says 2: 0 to 4 of them, and so many besides.
    short = by_sex(Total=24, a=10, b=10)
    assert hidden({"short": short, "finer": by_sex(Total=24, a=10, b=10, c=2)}) == {"finer": {3}}
    # 12 of c are more than there are: the finer one counts some twice, and the 4 of the other are a cell.
    assert len(hidden({"short": short, "finer": by_sex(Total=24, a=10, b=10, c=12)})["short"]) == 1


def test_who_is_left_out_somewhere_may_be_left_out_anywhere():
    # In the first ward nobody is of another sex, as ten are in the second: a reader cannot know, and 0 to 3 are b.
    assert hidden({"t": by_ward(w1=dict(Total=20, a=17, b=3), w2=dict(Total=30, a=10, b=10))}) == {"t": {2}}
    wards = by_ward(w1=dict(Total=20, a=17, b=None), w2=dict(Total=30, a=10, b=10))
    assert possible(attack({"t": wards}), ward="w1", sex="b", figure="count") == "0, 1, 2, 3"


def test_where_every_label_is_there_nobody_is_left_out_however_few_others_have():
    # The first ward has a alone, 10 of 20; in the two others a, b and c are everybody, and the 3 are what is left.
    wards = dict(w1=dict(Total=20, a=10), w2=dict(Total=39, a=20, b=10, c=9), w3=dict(Total=93, a=10, b=80, c=3))
    assert len(hidden({"t": by_ward(**wards)})["t"]) == 2
    wards["w3"]["c"] = None
    assert possible(attack({"t": by_ward(**wards)}), ward="w3", sex="c", figure="count") == "3"


def test_who_is_left_out_beside_a_count_that_was_not_sent():
    # All 13 are a, which was not sent; a reader cannot know, and 0 to 3 are of the first band.
    assert hidden({"t": by_sex(Total=13, a=None), "u": by_band(3, 10, sex="a")}) == {"t": {1}, "u": {0}}
    # And so with two labels, of which the other ward shows that they are not all.
    wards = by_ward(w1=dict(Total=40, a=20, b=10), w2=dict(Total=13, a=None, b=0))
    assert hidden({"t": wards, "u": by_band(3, 10, sex="a", ward="w2")}) == {"t": {4}, "u": {0}}


QUARTERS = dict(w1=dict(Total=2, a=0), w2=dict(Total=2, a=0), w3=dict(Total=2, a=0), w4=dict(Total=3, a=0))


def test_one_label_of_several_is_not_taken_for_all_of_a_withheld_total():
    """Of each ward a alone is printed, nobody: its total, 2 or 3, may be anything up to the 9 of all wards, who are b.

    Who takes a for everybody reads 0 in three wards and so 9 in the first, which holds 2.
    """
    made = protect({"t": by_ward(every=dict(Total=9, a=0, b=9), **QUARTERS)}, ["partnership", "public"]).protected
    found = attack([made], profile="partnership")
    every = ", ".join(map(str, range(10)))
    for ward in QUARTERS:
        assert possible(found, ward=ward, sex="Total") == possible(found, ward=ward, sex="not a") == every
    shown = made["partnership"]["t"]
    ranges = shown.loc[shown["ward"].isin(QUARTERS) & shown["sex"].eq("Total"), "reason"].map(range_of)
    assert ranges.tolist() == [(0, 9)] * 4


def test_who_is_beside_the_one_label_printed_is_looked_for():
    # 8 and 11 of 20 are a: the one who is b is of the first ward or of the second, and 0 or 1 in either.
    wards = dict(every=dict(Total=20, a=19, b=None), w1=dict(Total=None, a=8), w2=dict(Total=None, a=11))
    found = attack({"t": by_ward(**wards)}).set_index(["ward", "sex"])
    assert found.loc[[("w1", "not a"), ("w2", "not a")], "possible"].tolist() == ["0, 1", "0, 1"]
    assert found.loc[[("w1", "not a"), ("w2", "not a")], "exposed"].all()
    made = protect({"t": by_ward(every=dict(Total=20, a=19, b=1), w1=dict(Total=9, a=8), w2=dict(Total=11, a=11))},
                   [PARTNERSHIP])  # fmt: skip
    assert breaches(attack([("partnership", made.protected["partnership"])]), made.ledger, "partnership").empty


def test_the_ledger_knows_who_might_be_beside_the_one_label_printed_although_nobody_is():
    made = protect({"t": by_ward(w1=dict(Total=12, a=12), w2=dict(Total=39, a=20, b=19))}, [PARTNERSHIP])
    implied = made.ledger[made.ledger["kind"] == "implied"]["cell"]
    assert implied.str.contains("sex not a, ward w1 (rest)", regex=False).any()
