"""One test for each rule of disclosure control that no other test would miss: small tables, worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import AREA

from lscb.disclosure import Profile, attack, breaches, history, protect
from lscb.disclosure.attack import packs
from lscb.disclosure.cells import Docs, cell_key, model
from lscb.profiles import profile
from lscb.settings import UserError

BLANK = float("nan")
PARTNERSHIP = Profile("partnership", threshold=5)


def row(measure="people", count=BLANK, status=None, **more):
    status = status or ("suppressed" if count != count and "value" not in more else "shown")
    return {"area": AREA, "period": "2017-18-Q4", "measure": measure, "count": count, "status": status, **more}


def table(*rows):
    return pd.DataFrame(list(rows))


def by_sex(measure="people", **counts):
    return table(*(row(measure, BLANK if n is None else n, sex=s) for s, n in counts.items()))


@pytest.fixture
def dictionary(monkeypatch):
    """Puts measures, tables and relations in the place of those of data/dictionary."""

    def put(measures=None, tables=None, relations=()):
        said = {"measures": measures or {}, "tables": tables or {}, "relations": list(relations)}
        for each in (protect, attack):
            monkeypatch.setitem(each.__globals__, "documentation", lambda: said)

    return put


def hidden(tables, audience=PARTNERSHIP, **more):
    """{table: places of hidden rows}, of the tables that have any."""
    made = protect(tables, [audience], **more).protected[getattr(audience, "name", audience)]
    gone = {name: set(np.flatnonzero(frame["status"] == "suppressed")) for name, frame in made.items()}
    return {name: places for name, places in gone.items() if places}


def possible(found, **labels):
    rows = found[np.logical_and.reduce([found[d] == v for d, v in labels.items()])]
    assert len(rows) == 1
    return rows.iloc[0]["possible"]


# -- audiences --


def test_what_a_printed_count_can_be():
    nearest_5, nearest_10 = Profile("a", threshold=7, round_to=5), Profile("b", threshold=7, round_to=10)
    assert nearest_5.window(0) == (0, 0) and nearest_5.window(10) == (8, 12) and nearest_5.window(20) == (18, 22)
    assert nearest_10.window(20) == (15, 24) and [nearest_10.rounded(n) for n in (14, 15, 24)] == [10, 20, 20]
    assert Profile("c", threshold=9, round_to=5).window(10) == (10, 12)  # 8 and 9 are never printed
    assert PARTNERSHIP.window(6) == (6, 6)


def test_a_hidden_count_where_zeros_are_promised_is_at_least_1(monkeypatch):
    # 3 in a and b together: 0 to 3 each; where zeros are always printed only 1 and 2, and a third cell must go.
    tables = {"t": by_sex(Total=23, x=20, a=1, b=2)}
    assert hidden(tables) == {"t": {2, 3}}
    always = Profile("partnership", threshold=5, zeros="always")
    assert hidden(tables, always) == {"t": {1, 2, 3}}
    shown = {"t": by_sex(Total=23, x=20, a=None, b=None)}
    assert possible(attack(("partnership", shown)), sex="a") == "0, 1, 2, 3"
    monkeypatch.setattr(packs, "read", lambda path: {"profiles": {"partnership": {"zeros": "always"}}})
    found = attack(("partnership", shown))
    assert possible(found, sex="a") == "1, 2" and found["exposed"].all()


def test_the_reason_of_a_hidden_cell_names_both_reasons():
    made = protect({"t": by_sex(Total=23, x=20, a=3)}, ["partnership"]).protected["partnership"]["t"]
    assert made["reason"].tolist()[1:] == ["withheld: between 1 and 5, or needed to protect another figure"] * 2


@pytest.mark.parametrize("setting", [dict(round_to=0), dict(candidates=1), dict(all_or_none=-1)])
def test_a_setting_below_its_least_is_refused(setting):
    with pytest.raises(UserError, match=f"{next(iter(setting))} must be a whole number from"):
        profile(Profile("mine", threshold=5, **setting))


def test_a_profile_that_is_not_there_is_refused():
    with pytest.raises(UserError, match="'nobody' is not a profile of .*: use one of restricted, partnership, public"):
        profile("nobody")


def test_a_profile_does_not_see_itself(monkeypatch):
    said = {"profiles": {"mine": {"threshold": 5, "sees": ["mine"], "banner": "Mine"}}}
    monkeypatch.setitem(profile.__globals__, "read", lambda path: said)
    with pytest.raises(UserError, match="profile mine: sees names 'mine'"):
        profile("mine")


# -- cells --


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


def shares(count, of, numerator="repeats", denominator="referrals"):
    """The share of men, and what the dictionary says of it."""
    said = {"kind": "share", "numerator": numerator, "denominator": denominator}
    return table(row("repeat_share", count, of=of, value=count / of, sex="m")), {"repeat_share": said}


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
    assert hidden({"t": table(*rows)}, "public") == {"t": {4, 5}}


def test_an_average_leaves_nobody_out(dictionary):
    # 40 days for 43 reviews: no 3 reviews that the average leaves out, as a share would.
    dictionary({"days": {"kind": "average", "numerator": "days_in_all", "denominator": "reviews"}})
    assert hidden({"t": table(row("days_in_all", 40), row("reviews", 43), row("days", value=40 / 43))}) == {}


@pytest.mark.parametrize("figure", [dict(value=2.5), dict(count=12)])
def test_a_figure_derived_from_a_hidden_one_hides_with_it(dictionary, figure):
    dictionary({"most": {"derived_from": ["people"]}})
    assert hidden({"t": table(row(count=3), row("most", **figure))}) == {"t": {0, 1}}


def test_a_change_prints_neither_of_its_numbers(dictionary):
    from lscb.disclosure.cells import lines

    said = {"kind": "rate", "numerator": "people", "denominator": {"measure": "people", "years_back": 1}, "less": 1}
    (line,) = lines("t", table(row("people_change", status="suppressed")), Docs({}, {"people_change": said}))
    assert line.numbers == () and [dict(key[1])["period"] for key in line.bases] == ["2017-18-Q4", "2016-17-Q4"]


def test_an_open_change_of_less_than_nothing_passes(dictionary):
    dictionary(tables={"t": {"open": True}})
    made = protect({"t": table(row(count=-349))}, ["partnership"]).protected["partnership"]["t"]
    assert made["count"].tolist() == [-349]


@pytest.mark.parametrize("count", [2.5, -1.0])
def test_a_count_that_is_none_is_refused(count):
    with pytest.raises(UserError, match=f"is {count}: a count must be a whole number from 0"):
        protect({"t": table(row(count=count))})


def test_a_count_that_another_table_leaves_out_is_what_the_one_that_has_it_says():
    assert hidden({"a": table(row()), "b": table(row(count=3))}) == {"a": {0}, "b": {0}}


def test_all_and_none_of_a_small_group(dictionary):
    small = Profile("mine", threshold=5, all_or_none=8)
    for count, of, gone in ((7, 7, True), (0, 8, True), (9, 9, False), (0, 9, False), (0, 0, False)):
        found = hidden({"t": table(row("share", count, of=of))}, small)
        assert bool(found) == gone, (count, of)


@pytest.mark.parametrize("kind, gone", [("share", {"t": {0}}), ("rate", {})])
def test_a_rate_leaves_nobody_out(dictionary, kind, gone):
    dictionary({"m": {"kind": kind}})
    assert hidden({"t": table(row("m", 57, of=60, value=0.95))}) == gone


def test_a_count_of_more_than_its_base_leaves_nobody_out(dictionary):
    frame, said = shares(12, 9)
    dictionary(said)
    tables = {"t": by_sex("repeats", Total=15, m=12, f=3), "u": frame}
    assert hidden(tables) == {"t": {0, 2}} and "short" not in set(protect(tables, ["partnership"]).ledger["kind"])


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


def of(count, base, measure="unheard_of", **labels):
    return row(measure, count, of=base, value=count / base, **labels)


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
    assert hidden({"t": by_sex("repeats", m=12, f=6), "u": shares_of_all}) == {"u": {0, 1}}


# -- earlier packs --


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


def by_quarter(**counts):
    labels = {"year": "2017-18"} | {f"q{n}": f"2017-18-Q{n}" for n in (1, 2, 3, 4)}
    labels |= {f"to_q{n}": f"2017-18 to Q{n}" for n in (2, 3)}
    return {"t": table(*(row(count=BLANK if n is None else n, period=labels[q]) for q, n in counts.items()))}


@pytest.mark.parametrize("revised", [(65,), (62, 65)])
def test_a_figure_that_was_revised_adds_up_as_it_was_printed(revised):
    # To the third quarter 84, with 60 in the third, later 65: 24 in the first two; 20 in the second leaves 4.
    packs = [by_quarter(q1=None, q2=None, q3=60, to_q3=84), *(by_quarter(q3=n) for n in revised)]
    past = [("partnership", pack) for pack in packs]
    now = by_quarter(q2=20)
    assert hidden(now, history=past) == {"t": {0}}
    found = attack([*past, ("partnership", now)])
    assert possible(found, period="2017-18-Q1") == "4" and found["exposed"].any()


@pytest.mark.parametrize("audience, packs, now", [("partnership", [20], 25), ("public", [20, 25], BLANK)])
def test_a_revision_is_noted(audience, packs, now):
    past = [(audience, {"t": table(row(count=n))}) for n in packs]
    ledger = protect({"t": table(row(count=now))}, [audience], history=past).ledger
    assert ledger[["kind", "rule"]].values.tolist() == [["note", "printed otherwise in an earlier pack"]]


def test_a_total_that_came_after_a_revision_has_the_later_figure_in_it():
    # 8 in the second quarter, later 7; the year of 100 came with the 7: 6 in the third, not 5. And so where it came now.
    packs = [by_quarter(q1=76, q2=8), by_quarter(q2=7, q3=None, year=100)]
    assert hidden(by_quarter(q4=11), history=[("partnership", pack) for pack in packs]) == {}
    packs = [by_quarter(q1=76, q2=8), by_quarter(q2=7, q3=None)]
    assert hidden(by_quarter(q4=11, year=100), history=[("partnership", pack) for pack in packs]) == {}
    packs = [by_quarter(q1=76, q2=8), by_quarter(q2=12, q3=None, year=100)]  # 101 and more are not 100: no sum
    assert hidden(by_quarter(q4=13), history=[("partnership", pack) for pack in packs]) == {}


# -- sums over a dimension --


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


def by_ward(**wards):
    """Counts by sex for each ward; `every` is the total of wards."""
    frames = [by_sex(**counts).assign(ward="Total" if w == "every" else w) for w, counts in wards.items()]
    return pd.concat(frames, ignore_index=True)


def test_who_is_left_out_somewhere_may_be_left_out_anywhere():
    # In the first ward nobody is of another sex, as ten are in the second: a reader cannot know, and 0 to 3 are b.
    assert hidden({"t": by_ward(w1=dict(Total=20, a=17, b=3), w2=dict(Total=30, a=10, b=10))}) == {"t": {2}}


def by_band(*counts, **labels):
    return table(*(row(count=n, band=f"band {i}", **labels) for i, n in enumerate(counts)))


def test_who_is_left_out_beside_a_count_that_was_not_sent():
    # All 13 are a, which was not sent; a reader cannot know, and 0 to 3 are of the first band.
    assert hidden({"t": by_sex(Total=13, a=None), "u": by_band(3, 10, sex="a")}) == {"t": {1}, "u": {0}}
    # And so with two labels, of which the other ward shows that they are not all.
    wards = by_ward(w1=dict(Total=40, a=20, b=10), w2=dict(Total=13, a=None, b=0))
    assert hidden({"t": wards, "u": by_band(3, 10, sex="a", ward="w2")}) == {"t": {4}, "u": {0}}


# -- sums over time --


def test_a_measure_that_does_not_add_over_time_is_left_alone(dictionary):
    year = by_quarter(year=60, q1=20, q2=17, q4=20)
    assert len(hidden(year)["t"]) == 1 and attack(year)["exposed"].any()
    dictionary({"people": {"adds_over": ["sex"]}})
    assert hidden(year) == {} and not attack(year)["exposed"].any()


def test_a_measure_whose_year_is_not_its_quarters_is_left_alone():
    # 4 x 10 are not 50: so many people came twice, and 60 - 20 - 17 - 20 says nothing of the third quarter.
    other = by_quarter(year=50, q1=10, q2=10, q3=10, q4=10)["t"]
    other["period"] = other["period"].str.replace("2017-18", "2016-17")
    made = protect({"t": pd.concat([by_quarter(year=60, q1=20, q2=17, q4=20)["t"], other])}, ["partnership"])
    assert (made.protected["partnership"]["t"]["status"] == "shown").all()
    assert made.ledger["rule"].tolist() == ["does not add over quarters"]
    # So much is known of a year of which the parts that are in print are more already.
    assert (
        protect(by_quarter(year=30, q1=20, q2=17), ["partnership"]).ledger["rule"].tolist()
        == made.ledger["rule"].tolist()
    )


@pytest.mark.parametrize(
    "counts, quarter", [(dict(year=60, q1=20, q2=17, q4=20), "Q3"), (dict(year=60, to_q3=57), "Q4")]
)
def test_the_ledger_names_a_quarter_that_no_table_prints(counts, quarter):
    ledger = protect(by_quarter(**counts), ["partnership"]).ledger
    assert ledger["protects"].tolist() == [f"people: area {AREA}, period 2017-18-{quarter}"]


def numbers(tables, issued=()):
    """{period: the number that is known of it} of the one measure of these tables."""
    made = model(tables, Docs({}, {}), [(PARTNERSHIP, pack) for pack in issued], [])
    return {
        dict(key[1])["period"]: value for key, value in zip(made.keys, made.values, strict=True) if len(key[1]) == 2
    }


def test_a_year_less_one_so_far_that_is_more_or_has_an_older_figure_in_it_is_no_quarter():
    assert numbers(by_quarter(year=57, to_q3=50))["2017-18-Q4"] == 7
    assert numbers(by_quarter(year=50, to_q3=57)).get("2017-18-Q4") is None
    past = [by_quarter(to_q2=30, q2=20), by_quarter(q2=35)]
    assert numbers(by_quarter(to_q3=50), past).get("2017-18-Q3") is None  # 50 - 30 were 20


def windows(*counts, **labels):
    """Counts of people, each as (last year, how many years, count)."""
    rows = [(period, "1 year" if n == 1 else f"{n} years", count) for period, n, count in counts]
    return {"t": table(*(row(count=c, period=p, window=w, **labels) for p, w, c in rows))}


THREE = ("2015-16", 1, 13), ("2016-17", 1, 18), ("2017-18", 1, 5), ("2017-18", 3, 36)


def test_windows_of_a_measure_that_does_not_add_over_time_are_left_alone(dictionary):
    shown = {
        "t": windows(*THREE)["t"].assign(count=[13, 18, BLANK, 36], status=["shown", "shown", "suppressed", "shown"])
    }
    assert len(hidden(windows(*THREE))["t"]) == 2 and attack(shown)["exposed"].any()
    dictionary({"people": {"adds_over": ["sex"]}})
    assert hidden(windows(*THREE)) == {"t": {2}} and not attack(shown)["exposed"].any()


def test_windows_of_a_measure_of_which_one_does_not_add_are_left_alone():
    # 13 + 18 + 5 are not 37: then 20 - 10 - 7 says nothing of 2012-13.
    other = ("2013-14", 1, 10), ("2014-15", 1, 7), ("2014-15", 3, 20)
    tables = windows(*THREE[:3], ("2017-18", 3, 37), *other)
    assert hidden(tables) == {"t": {2}}
    note = [["note", "does not add over rolling windows"]]
    ledger = protect(tables, ["partnership"]).ledger
    assert ledger.loc[ledger["kind"] == "note", ["kind", "rule"]].values.tolist() == note
    less = protect(windows(("2015-16", 1, 13), ("2016-17", 1, 18), ("2017-18", 3, 30)), ["partnership"]).ledger
    assert less[["kind", "rule"]].values.tolist() == note  # 13 + 18 are more than 30


def test_the_ledger_names_a_year_that_only_windows_give():
    ledger = protect(windows(("2015-16", 1, 13), ("2016-17", 1, 18), ("2017-18", 3, 34)), ["partnership"]).ledger
    assert ledger["protects"].tolist() == [f"people: area {AREA}, period 2017-18, window 1 year"]


def test_windows_of_calendar_years_add_as_well():
    years = windows(("2015", 1, 13), ("2016", 1, 18), ("2017", 1, 5), ("2017", 3, 36))
    assert len(hidden(years)["t"]) == 2
    years["t"].loc[2, ["count", "status"]] = [BLANK, "suppressed"]
    assert possible(attack(years), period="2017", window="1 year") == "5"


# -- declared sums --


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
