"""Rows as numbers: shares and their counts, all or none, numbers that the dictionary does not know."""

import pytest
from disclosure_tables import attack, protect
from small_tables import BLANK, by_quarter, by_sex, hidden, of, reasons, row, shares, table

from cellguard import Profile
from cellguard.cell_keys import cell_key
from cellguard.documentation import Docs
from lscb.errors import UserError


def test_blanks_and_totals_are_no_labels():
    assert cell_key("people", {"sex": "", "band": float("nan"), "ward": None, "agency": "Total"}) == ("people", ())


def test_over_which_dimensions_a_measure_adds():
    said = {"mean": {"kind": "average"}, "once": {"adds_over": "none"}, "part": {"adds_over": ["sex"]}}
    docs = Docs({}, said | {"all": {"adds_over": "all"}})
    asked = {(m, d): docs.adds(m, d) for m in (*said, "all", "other") for d in ("sex", "window")}
    yes = {("part", "sex"), ("all", "sex"), ("all", "window"), ("other", "sex")}
    assert {pair for pair, adds in asked.items() if adds} == yes
    assert not docs.adds("once · of", "sex")  # nor do the numbers of a share


def test_rolling_windows_are_no_parts_of_a_total():
    # 4 in a year and 26 in three years are 30 by chance; the 26 stays.
    windows = table(row(count=4, window="1 year"), row(count=26, window="3 years"))
    assert hidden({"t": windows, "u": table(row(count=30))}) == {"t": {0}}
    windows.loc[0, ["count", "status"]] = [BLANK, "suppressed"]
    assert not attack({"t": windows, "u": table(row(count=30))})["exposed"].any()


@pytest.mark.parametrize("count", [6, BLANK])
def test_a_denominator_printed_beside_a_share_is_the_count_of_another_table(dictionary, count):
    # f is 3 of 15: hiding the 12 of m takes the share with it, two cells; hiding the total one.
    frame, said = shares(6, 12)
    dictionary(said)
    assert hidden({"t": by_sex("referrals", Total=15, m=12, f=3), "u": frame.assign(count=count)}) == {"t": {0, 2}}


@pytest.mark.parametrize("numerator", ["repeats", {"measure": "referrals", "repeat": "repeat"}])
def test_a_numerator_is_the_count_of_another_table_and_of_other_labels(dictionary, numerator):
    frame, said = shares(12, 40, numerator)
    dictionary(said)
    counts = by_sex("repeats", Total=15, m=12, f=3)
    if numerator != "repeats":
        counts = counts.assign(measure="referrals", repeat="repeat")
    assert hidden({"t": counts, "u": frame}) == {"t": {0, 2}}


def test_a_figure_beside_rounded_counts_is_their_quotient_only_if_it_was_one(dictionary):
    said = {"numerator": "repeats", "denominator": "referrals", "kind": "share"}
    dictionary({"plain": said, "adjusted": said | {"derived_from": ["people"]}, "change": said | {"less": 1}})
    rows = [row("repeats", 20), row("referrals", 40), row("people", 100)]
    rows += [row(measure, value=0.5, unit="share") for measure in ("plain", "adjusted", "change")]
    found = reasons({"t": table(*rows).assign(reason="")}, "public")["t"]
    assert found == dict.fromkeys(
        [4, 5], ("not_available", "not worked out here: it does not follow from rounded counts")
    )


def test_a_figure_says_that_it_is_withheld_with_its_base(dictionary):
    dictionary({"days": {"kind": "average", "derived_from": "people"}})
    tables = {"t": table(row(count=3), row("days", value=12.0)).assign(reason="")}
    small = "withheld: between 1 and 5, or needed to protect another figure"
    assert reasons(tables)["t"] == {
        0: ("suppressed", small), 1: ("suppressed", "withheld: worked out from figures that are withheld"),
    }  # fmt: skip


def test_an_average_leaves_nobody_out(dictionary):
    # 40 days for 43 reviews: no 3 reviews that the average leaves out, as a share would.
    dictionary({"days": {"kind": "average", "numerator": "days_in_all", "denominator": "reviews"}})
    assert hidden({"t": table(row("days_in_all", 40), row("reviews", 43), row("days", value=40 / 43))}) == {}


@pytest.mark.parametrize("figure", [dict(value=2.5), dict(count=12)])
def test_a_figure_derived_from_a_hidden_one_hides_with_it(dictionary, figure):
    dictionary({"most": {"derived_from": ["people"]}})
    assert hidden({"t": table(row(count=3), row("most", **figure))}) == {"t": {0, 1}}


def test_a_change_prints_neither_of_its_numbers(dictionary):
    from cellguard.table_rows import lines

    said = {"kind": "rate", "numerator": "people", "denominator": {"measure": "people", "years_back": 1}, "less": 1}
    (line,) = lines("t", table(row("people_change", status="suppressed")), Docs({}, {"people_change": said}))
    assert line.numbers == () and [dict(key[1])["period"] for key in line.bases] == ["2017-18-Q4", "2016-17-Q4"]


def test_an_open_change_of_less_than_nothing_passes(dictionary):
    dictionary(tables={"t": {"open": True}})
    made = protect({"t": table(row(count=-349))}, ["partnership"]).protected["partnership"]["t"]
    assert made["count"].tolist() == [-349]


@pytest.mark.parametrize("count", [2.5, -1.0, float("inf")])
def test_a_count_that_is_none_is_refused(count):
    with pytest.raises(UserError, match="is no whole number from 0, as a count must be"):
        protect({"t": table(row(count=count))})


@pytest.mark.parametrize("status", ["suppressed", "not_available", "not_applicable"])
def test_what_stands_in_a_row_that_is_not_shown_does_not_leave(status):
    tables = {"t": table(row(count=3, status=status), row("others", 30))}
    made = protect(tables, ["partnership", "public"]).protected
    assert [made[each]["t"]["count"].tolist()[0] for each in made] == [pytest.approx(float("nan"), nan_ok=True)] * 2
    with pytest.raises(UserError, match="the status 'secret': write one of shown, suppressed"):
        protect({"t": table(row(count=3, status="secret"))}, ["partnership"])


def test_a_count_that_another_table_leaves_out_is_what_the_one_that_has_it_says():
    assert hidden({"a": table(row()), "b": table(row(count=3))}) == {"a": {0}, "b": {0}}


def test_all_and_none_of_a_small_group(dictionary):
    small = Profile("mine", threshold=5, all_or_none=8)
    for count, group, gone in ((7, 7, True), (0, 8, True), (9, 9, False), (0, 9, False), (0, 0, False)):
        found = hidden({"t": table(row("share", count, of=group))}, small)
        assert bool(found) == gone, (count, group)


@pytest.mark.parametrize("kind, gone", [("share", {"t": {0}}), ("rate", {})])
def test_a_rate_leaves_nobody_out(dictionary, kind, gone):
    dictionary({"m": {"kind": kind}})
    assert hidden({"t": table(row("m", 57, of=60, value=0.95))}) == gone


def test_a_count_of_more_than_its_base_leaves_nobody_out(dictionary):
    frame, said = shares(12, 9)
    dictionary(said)
    tables = {"t": by_sex("repeats", Total=15, m=12, f=3), "u": frame}
    ledger = protect(tables, ["partnership"]).ledger
    assert hidden(tables) == {"t": {0, 2}} and not {"short", "implied"} & set(ledger["kind"])


def test_what_its_sender_withheld_protects_what_stands_beside_it():
    # 30 = 3 + 6 + what was not sent: 0 to 24 can be the first, and the 6 stays.
    assert hidden({"t": by_sex(Total=30, p=3, x=6, s=None)}) == {"t": {1, 3}}


@pytest.mark.parametrize("kind, gone", [("share", True), ("rate", False)])
@pytest.mark.parametrize("circulated", [True, False])
def test_none_so_far_tells_of_a_withheld_group_but_not_of_a_population(dictionary, kind, gone, circulated):
    # Withheld in the first quarter, none of 9 so far: none of 3, it may be. A rate of none says nothing of anybody.
    dictionary({"m": {"kind": kind}})
    first = table(row("m", period="2017-18-Q1", of=BLANK))
    now = table(row("m", 0, period="2017-18 to Q2", of=9, value=0.0))
    if circulated:
        found = hidden({"t": now}, "partnership", history=[("partnership", {"t": first})])
    else:
        found = hidden({"t": now, "u": first}, "partnership")
    assert ("t" in found) == gone


def test_a_measure_that_needs_no_protection_needs_none_as_a_base(dictionary):
    dictionary({"m": {"kind": "rate", "denominator": "agencies"}, "agencies": {"protect": "none"}})
    assert hidden({"t": table(row("m", 12, of=3, value=4.0))}) == {}


def test_what_was_withheld_once_is_protected_for_good():
    # 20 = 17 + two that were withheld. None in either band of c would say 3 in b.
    past = [("partnership", {"t": by_sex(Total=20, a=17, b=None, c=None)})]
    now = table(row(count=0, sex="c", band="1"), row(count=0, sex="c", band="2"))
    assert len(hidden({"t": now}, history=past)["t"]) == 1


def test_numbers_of_a_share_that_the_dictionary_does_not_know_are_the_counts_that_they_equal():
    # As above, f is 3 of 15 and the 12 of m is printed beside a share: the total goes.
    three = by_sex("referrals", Total=15, m=12, f=3)
    assert hidden({"t": three, "u": table(of(6, 12, sex="m"))}) == {"t": {0, 2}}  # the denominator
    assert hidden({"t": three, "u": table(of(12, 40, sex="m"))}) == {"t": {0, 2}}  # the numerator
    by_value = table(row("unheard_of", 6, value=0.5, sex="m"))  # 6 are a half of 12
    assert hidden({"t": three, "u": by_value}) == {"t": {0, 2}}


def test_a_denominator_is_the_same_for_every_label_of_a_dimension():
    wards = table(*(row("referrals", n, ward=w) for w, n in (("Total", 15), ("w1", 12), ("w2", 3))))
    each = table(of(6, 12, sex="m", ward="w1"), of(6, 12, sex="f", ward="w1"))
    assert hidden({"t": wards, "u": each}) == {"t": {0, 2}}
    each = table(of(6, 12, sex="m", band="0", period="2017-18-Q1"), of(6, 12, sex="f", band="1", period="2017-18-Q1"))
    quarters = by_quarter(to_q2=15, q1=12, q2=3)["t"].assign(measure="referrals")
    assert hidden({"t": quarters, "u": each}) == {"t": {0, 2}}


def test_a_denominator_that_every_label_prints_is_one_number():
    # 12 of 15 leave 3; the count of 12 stands in another table, and 15 beside f: one of the three must go.
    shares_of_all = table(of(12, 15, sex="m"), of(6, 15, sex="f"))
    two_cells = {"u": {0, 1}}, {"t": {0}, "u": {0}}
    assert hidden({"t": by_sex("repeats", m=12, f=6), "u": shares_of_all}) in two_cells
