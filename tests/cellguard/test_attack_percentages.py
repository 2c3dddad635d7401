"""The auditor: what percentages, rates and averages give away."""

import pytest
from disclosure_tables import attack
from small_tables import BLANK, exposed, of, possible, row, shares, table


def test_a_figure_of_a_numerator_and_a_denominator_gives_either(dictionary):
    dictionary({"days": {"kind": "average", "numerator": "days_in_all", "denominator": "reviews"}})
    tables = {"t": table(row("days_in_all", 10), row("reviews"), row("days", value=2.5))}
    assert possible(attack(tables), measure="reviews") == "4"
    dictionary({"rate": {"kind": "rate", "numerator": "deaths", "denominator": "people", "unit": "per 10,000"}})
    tables = {"t": table(row(count=20_000), row("deaths"), row("rate", value=1.5, unit="per 10,000"))}
    assert possible(attack(tables), measure="deaths") == "3"


def test_a_numerator_of_other_labels_is_printed_beside_a_share(dictionary):
    dictionary(shares(3, 30, {"measure": "referrals", "repeat": "repeat"})[1])
    tables = {"t": table(row("referrals", repeat="repeat"), row("repeat_share", 3, of=30))}
    assert possible(attack(tables), measure="referrals", repeat="repeat", figure="count") == "3"


def test_the_auditor_knows_that_a_rate_or_an_average_leaves_nobody_out(dictionary):
    for kind, found in (("share", [True]), ("rate", []), ("average", [])):
        dictionary({"m": {"kind": kind}})
        assert exposed({"t": table(row("m", 57, of=60))}) == found


def test_a_percentage_of_rounded_counts_is_not_one_of_those_behind_them(dictionary):
    dictionary({"m": {"kind": "share"}})
    (found,) = attack(("public", {"t": table(of(15, 40, "m"))})).to_dict("records")  # 38 - 17 to 42 - 13
    assert (found["figure"], found["min"], found["max"]) == ("rest", 21, 29)


@pytest.mark.parametrize("bare", [dict(value=18.8, unit="%"), dict(value=0.188, of=BLANK)])
def test_a_percentage_alone_is_a_share_of_somebody(bare):
    assert attack({"t": table(row("unheard_of", **bare))})["figure"].tolist() == ["rest"]
    assert attack({"t": table(row("unheard_of", value=18.8))}).empty  # of what, nobody can tell


def test_shares_that_the_dictionary_does_not_know_are_linked_where_three_counts_are_the_same():
    def tables(*repeats):
        counts = [(12, 40), (13, 41), (14, 42)][: len(repeats)]
        rows = [of(n, base, ward=f"w{i}") for i, (n, base) in enumerate(counts)]
        listed = [row("repeats", n, ward=f"w{i}") for i, n in enumerate(repeats)]
        return {"t": table(*rows, of(3, 43, ward="w9")), "u": table(*listed, row("repeats", ward="w9"))}

    found = attack(tables(12, 13, 14))
    assert possible(found, measure="repeats", figure="count") == "3"
    found = attack(tables(12, 13))  # two may be equal by chance
    assert possible(found, measure="repeats", figure="count") == ""


def test_the_change_of_a_share_within_its_decimals(dictionary):
    # A third, 0.2 more than a year before (to one decimal): 0.083 to 0.183 of 12 then, so 1 or 2.
    said = shares(1, 3)[1]["repeat_share"]
    dictionary({"m": said, "m_change": {"kind": "share", "change_of": "m"}})
    before = [row(measure, n, period="2016-17-Q4") for measure, n in (("repeats", BLANK), ("referrals", 12))]
    now = [row("repeats", 5), row("referrals", 15), row("m_change", value=0.2)]
    found = attack({"t": table(*before, *now)})
    assert possible(found, measure="repeats", figure="count") == "1, 2"


@pytest.mark.parametrize("value, pair", [(3 / 14, (9, 42)), (9 / 42, (9, 42)), (8 / 41, (8, 41)), (10 / 40, None)])
def test_a_share_beside_rounded_counts_that_is_not_theirs_gives_both_back(dictionary, value, pair):
    # 10 of 40, each to the nearest 5: 8 to 12 of 38 to 42. 3/14 is 9/42 and no other of these; 1/4 is 10/40 itself.
    dictionary({"m": {"kind": "share"}})
    found = attack(("public", {"t": table(row("m", 10, of=40, value=value, reason="rounded to the nearest 5"))}))
    pinned = found.set_index("figure")
    if pair is None:
        assert not found["exposed"].any()
    else:
        assert pinned["possible"][["count", "of"]].tolist() == [str(n) for n in pair]
        assert pinned["exposed"][["count", "of"]].all()


def test_a_rounded_percentage_beside_rounded_counts_that_is_not_theirs(dictionary):
    # 21.4 % is 9 of 42 alone of what 10 of 40 can be, 25.0 % the quotient of the two.
    dictionary({"m": {"kind": "share"}})

    def of_ten(value):
        shown = row("m", 10, of=40, value=value, unit="%", reason="rounded to the nearest 5")
        return attack(("public", {"t": table(shown, row("k", 1, of=8, value=12.5, unit="%"))}))

    both = [(n, of) for n in range(8, 13) for of in range(38, 43)]
    assert [pair for pair in both if round(100 * pair[0] / pair[1], 1) == 21.4] == [(9, 42)]
    assert of_ten(21.4).query("measure == 'm' and figure == 'of'")["possible"].tolist() == ["42"]
    assert not len(of_ten(25.0).query("measure == 'm' and exposed"))


def test_figures_of_nobody_say_something_where_a_share_is_made_of_them(dictionary):
    """2 by hand: a rate of 0.15 to 0.25 of the 10 residents, whom no audience need be protected from knowing."""
    free = {"kind": "count", "protect": "none"}
    rate = {"kind": "rate", "numerator": "cases", "denominator": "residents", "protect": "children"}
    dictionary({"residents": free, "seats": free, "cases": {"kind": "count", "protect": "children"}, "rate": rate})
    tables = {"t": table(row("residents", 10), row("seats", 7), row("cases"), row("rate", value=0.2))}
    assert possible(attack(tables), measure="cases") == "2"


def test_figures_of_nobody_say_something_where_an_undocumented_share_is_of_them(dictionary):
    """Of each group the seats are what the share is of; so 0.4 of the 10 seats leaves out 6."""
    dictionary({"seats": {"kind": "count", "protect": "none"}})
    groups = [("a", 30), ("b", 40), ("c", 50), ("d", 10)]
    seats = table(*(row("seats", n, group=g) for g, n in groups))
    filled = [of(n // 2, n, "filled", group=g) for g, n in groups[:3]] + [row("filled", value=0.4, group="d")]
    found = attack({"seats": seats, "filled": table(*filled)})
    assert possible(found, measure="filled", group="d", figure="rest") == "6"


def test_figures_of_nobody_say_something_where_a_declared_sum_has_them(dictionary):
    """3 by hand: of 10 seats 7 are free."""
    free = {"kind": "count", "protect": "none"}
    dictionary({"seats": free, "empty": free, "cases": {"kind": "count", "protect": "children"}})
    tables = {"t": table(row("seats", 10), row("empty", 7), row("cases"))}
    assert possible(attack(tables, relations=[{"total": "seats", "parts": ["cases", "empty"]}]), measure="cases") == "3"
