"""One test for each rule of disclosure control that no other test would miss: small tables, worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import AREA, attack, broken, counts, margins, percentages, primary, protect, quarters, single

from cellguard import Profile, breaches, history
from cellguard.audiences import profile, profiles
from cellguard.cell_keys import cell_key
from cellguard.documentation import Docs
from cellguard.model_building import build_model
from lscb.errors import UserError

BLANK = float("nan")
CELL = {"area": AREA, "period": "2017-18-Q4"}
PARTNERSHIP = Profile("partnership", threshold=5)


def row(measure="people", count=BLANK, status=None, **more):
    status = status or ("suppressed" if count != count and "value" not in more else "shown")
    return {"area": AREA, "period": "2017-18-Q4", "measure": measure, "count": count, "status": status, **more}


def table(*rows):
    return pd.DataFrame(list(rows))


def by_sex(measure="people", **counts):
    return table(*(row(measure, BLANK if n is None else n, sex=s) for s, n in counts.items()))


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


def test_a_hidden_count_where_zeros_are_promised_is_at_least_1():
    # 3 in a and b together: 0 to 3 each; where zeros are always printed only 1 and 2, and a third cell must go.
    tables = {"t": by_sex(Total=23, x=20, a=1, b=2)}
    assert hidden(tables) == {"t": {2, 3}}
    always = Profile("partnership", threshold=5, zeros="always")
    assert hidden(tables, always) == {"t": {1, 2, 3}}
    shown = {"t": by_sex(Total=23, x=20, a=None, b=None)}
    assert possible(attack(("partnership", shown)), sex="a") == "0, 1, 2, 3"
    found = attack((always, shown))
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


def test_a_profile_does_not_see_itself(tmp_path):
    (tmp_path / "mine.yml").write_text("profiles: {mine: {threshold: 5, sees: [mine], banner: Mine}}")
    with pytest.raises(UserError, match="profile mine: sees names 'mine'"):
        profiles(tmp_path / "mine.yml")


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
    windows.loc[0, ["count", "status"]] = [BLANK, "suppressed"]
    assert not attack({"t": windows, "u": table(row(count=30))})["exposed"].any()


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
    from cellguard.table_rows import lines

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
    made = build_model(tables, Docs({}, {}), [(PARTNERSHIP, pack) for pack in issued], [])
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


# -- what a reader knows, what hiding costs --


def weighed(**weights):
    return Profile("partnership", threshold=5, weights=weights)


def test_what_is_hidden_follows_the_weights(dictionary):
    # 15 = 3 + 12: as it is the 12 goes; where a cell weighs five times a total, the total.
    tables = {"t": by_sex(Total=15, a=3, b=12)}
    assert hidden(tables) == {"t": {1, 2}} == hidden(tables, weighed(cell=1, total=5))
    assert hidden(tables, weighed(cell=5, total=1)) == {"t": {0, 1}}
    parts = {"hrda_referrals": 15, "hrda_answered": 12, "a": 3}
    tables = {"t": table(*(row(measure, count) for measure, count in parts.items()))}
    sums = [{"total": "hrda_referrals", "parts": [*parts][1:]}]
    dictionary({"hrda_answered": {"headline": True}, "hrda_referrals": {}}, relations=sums)
    assert hidden(tables) == {"t": {1, 2}} == hidden(tables, weighed(measures={"hrda_referrals": 2}))
    assert (
        hidden(tables, weighed(measures={"hrda_answered": 2})) == {"t": {0, 2}} == hidden(tables, weighed(headline=2))
    )


def test_a_reader_of_two_audiences_knows_of_zeros_what_either_is_promised():
    # The public's zeros are always printed: what is withheld from it is 1 or more, for the partnership as well.
    tables = {"t": by_sex(Total=23, x=20, a=1, b=2)}
    both = [Profile("partnership", threshold=5, sees=("public",)), Profile("public", threshold=5, zeros="always")]
    for name, frame in ((p, made["t"]) for p, made in protect(tables, both).protected.items()):
        assert (frame["status"] == "suppressed").tolist() == [False, True, True, True], name


def test_zeros_are_promised_of_what_is_printed_only():
    # One of 23 is of a sex not printed, and might be none: 1 to 3 in a, 0 to 2 of that sex.
    always = Profile("partnership", threshold=5, zeros="always")
    assert hidden({"t": by_sex(Total=23, x=20, a=2)}, always) == {"t": {2}}


def test_none_of_a_group_that_an_earlier_pack_showed_to_be_large_tells_nothing(dictionary):
    # The first quarter's 10 was 8 to 12, more than the public's 7: that its repeats are none is not withheld.
    dictionary(shares(1, 2)[1])
    first = table(row("repeat_share", period="2017-18-Q1", of=BLANK), row("referrals", 10, period="2017-18-Q1"))
    now = table(row("repeat_share", 0, period="2017-18 to Q2", of=20, value=0.0))
    assert hidden({"t": now}, "public", history=[("public", {"t": first})]) == {}


# -- parts that are too large to finish --


@pytest.fixture
def hurried(monkeypatch):
    """Every part is finished greedily, after one choice."""
    import cellguard.pattern_search as solving

    monkeypatch.setattr(solving, "ROUNDS", 1)


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_what_is_finished_greedily_is_safe_and_hides_nothing_for_nothing(hurried, seed):
    tables = single(seed)
    made = protect(tables, ["partnership"])
    frame, true = made.protected["partnership"]["referrals"], tables["referrals"]["count"]
    gone = frame["status"] == "suppressed"
    assert gone[true.between(1, 5)].all() and not attack({"t": frame}, full=False)["exposed"].any()
    for i in np.flatnonzero(gone & ~true.between(1, 5)):
        shown = frame.copy()
        shown.loc[i, ["count", "status", "reason"]] = [float(true[i]), "shown", ""]
        assert attack({"t": shown}, full=False)["exposed"].any(), i


def test_what_is_finished_greedily_keeps_shares_with_their_counts_and_what_earlier_packs_withheld(hurried, dictionary):
    frame, said = shares(6, 12)
    dictionary(said)
    assert hidden({"t": by_sex("referrals", Total=15, m=12, f=3), "u": frame}) in (
        {"t": {0, 2}},
        {"t": {1, 2}, "u": {0}},
    )
    past = [("partnership", {"t": by_sex(Total=20, a=17, b=None, c=None)})]
    now = table(row(count=0, sex="c", band="1"), row(count=0, sex="c", band="2"))
    assert len(hidden({"t": now}, history=past)["t"]) == 1


# -- what is printed --


def printed(*rows, audience="public", **more):
    made = protect({"t": table(*rows)}, [audience], **more).protected[getattr(audience, "name", audience)]["t"]
    return made.to_dict("records")


def test_no_figure_of_a_hidden_row_is_left():
    figures = dict(value=0.2, low=0.1, high=0.4, rank=3, ranked=9)
    (made,) = printed(row("share", 3, of=15, **figures), audience=PARTNERSHIP)
    assert all(np.isnan(made[name]) for name in ("count", "of", *figures)) and made["status"] == "suppressed"


def test_no_rank_among_hidden_or_rounded_figures():
    ranked = [row(count=n, rank=r, ranked=2, ward=f"w{r}") for r, n in ((1, 40), (2, 3))]
    for audience in ("partnership", "public"):
        assert all(np.isnan(made[name]) for made in printed(*ranked, audience=audience) for name in ("rank", "ranked"))
    assert [made["rank"] for made in printed(ranked[0], audience="partnership")] == [1]
    assert np.isnan(printed(ranked[0])[0]["rank"])


def test_what_needs_no_protection_is_not_rounded(dictionary):
    dictionary({"agencies": {"protect": "none"}, "m": {"kind": "rate", "denominator": "agencies"}})
    free, rate = printed(row("agencies", 12), row("m", 33, of=12, value=2.75, unit="rate"))
    assert (free["count"], free.get("reason", "")) == (12, "") and (rate["count"], rate["of"]) == (35, 12)
    assert rate["reason"] == "rounded to the nearest 5"
    (rate,) = printed(row("m", 0, of=12, value=0.0, unit="rate"))  # 0 and a base that is not rounded
    assert (rate["count"], rate["of"], rate["reason"]) == (0, 12, "")


def test_a_reason_is_kept_beside_the_rounding():
    assert printed(row(count=12, reason="provisional"))[0]["reason"] == "provisional; rounded to the nearest 5"


def test_a_share_that_prints_its_value_alone_is_that_of_the_rounded_counts(dictionary):
    dictionary(shares(1, 2)[1])
    *_, share = printed(row("repeats", 12), row("referrals", 41), row("repeat_share", value=12 / 41, unit="share"))
    assert share["value"] == 10 / 40


def test_no_interval_where_none_is_known_of_the_rounded_counts():
    ends = dict(low=0.2, high=0.9, method="Wilson", unit="share")
    assert np.isnan(printed(row("m", 48, of=38, value=48 / 38, **ends))[0]["low"])  # more than all
    assert np.isnan(printed(row("m", 20, of=38, value=0.7, **ends))[0]["low"])  # not their quotient
    (made,) = printed(row("m", 40, of=40, value=1.0, **ends))
    assert made["high"] == 1 and made["low"] == pytest.approx(40 / (40 + 1.959964**2))  # Wilson's lower end of all
    (made,) = printed(row("m", 0, of=40, value=0.0, **ends))
    assert made["low"] == 0 and made["high"] == pytest.approx(1.959964**2 / (40 + 1.959964**2))


# -- the ledger of what was circulated, and of what is hidden --


def record(folder, tables=None, pack="board", area=AREA, on="2018-05-01"):
    made = {"t": table(row(count=12))} if tables is None else tables
    return history.record(history.Entry("partnership", made, pack, "2017-18-Q4", area, "A", on), folder)


def test_a_pack_without_tables_or_with_names_that_are_none_is_not_recorded(tmp_path):
    frame = table(row(count=12))
    for asked in (dict(tables={}), dict(pack="../board"), dict(pack=".board"), dict(tables={"a/b": frame})):
        with pytest.raises(UserError):
            record(tmp_path, **asked)
    assert not list(tmp_path.rglob("*.csv"))


def test_packs_are_read_by_the_day_of_their_release_and_only_those_of_an_area(tmp_path):
    record(tmp_path, pack="later", on="2018-06-01")
    record(tmp_path, pack="first", on="2018-05-01")
    made = record(tmp_path, area="E06000044", pack="other")
    assert [e.pack for e in history.load(tmp_path, AREA)] == ["first", "later"]
    (made.folder / "t.csv").write_text("changed")
    assert [e.pack for e in history.load(tmp_path, AREA)] == ["first", "later"]  # the other one is not opened
    made.folder.rename(made.folder.with_name("." + made.folder.name))
    assert [e.pack for e in history.load(tmp_path)] == ["first", "later"]  # nor is one that was not finished


def test_history_of_other_forms_and_of_none():
    frames = {"t": table(row(count=12))}
    made = protect(frames, ["partnership"])
    for form in (made, {"protected": made.protected}, {"audience": "partnership", "tables": made.protected}):
        assert [name for name, _ in history.entries(form)] == ["partnership"]
    assert [name for name, _ in history.entries(frames, ["partnership", "public"])] == ["partnership", "public"]
    for form in (7, ("partnership", 7), {"audience": "partnership", "tables": {"t": 7}}):
        with pytest.raises(UserError, match="history"):
            history.entries(form)


def test_the_ledger_says_why_each_cell_is_hidden():
    own = Profile("mine", threshold=5, all_or_none=8)
    tables = {"t": by_sex(Total=15, a=3, b=12), "u": table(row("share", 7, of=7))}
    ledger = protect(tables, [own]).ledger.set_index("table")
    assert ledger.loc["u", ["kind", "rule"]].tolist() == ["primary", "all or none of a group of up to 8"]
    said = ledger.loc["t"].set_index("cell")[["kind", "rule"]].values.tolist()
    assert said == [["further", "hidden so that sums do not give another cell back"], ["primary", "1 to 5"]]


def test_the_order_of_profiles_changes_nothing():
    tables = single(5)
    one, other = (protect(tables, asked) for asked in (["partnership", "public"], ["public", "partnership"]))
    pd.testing.assert_frame_equal(one.ledger, other.ledger)
    for name in ("partnership", "public"):
        pd.testing.assert_frame_equal(one.protected[name]["referrals"], other.protected[name]["referrals"])


def test_what_was_solved_is_taken_for_the_same_part_only(tmp_path):
    def gone(**counts):
        return hidden({"t": by_sex(**counts)}, memo=tmp_path)

    assert gone(Total=15, a=3, b=12) == {"t": {1, 2}}
    assert gone(Total=15, a=12, b=3) == {"t": {1, 2}} and gone(Total=40, a=12, b=28) == {}
    assert gone(Total=7, a=3, b=4) == {"t": {1, 2}} and gone(Total=8, a=2, b=6) == {"t": {1, 2}}


# -- the auditor: what its reader knows of the rules --


def exposed(*released, **more):
    return attack(list(released), **more)["exposed"].tolist()


def mine(**settings):
    """An audience of a test's own."""
    return Profile("mine", **{"threshold": 5} | settings)


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


# -- the auditor: percentages --


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
    dictionary({"m": said, "m_change": {"kind": "share"}})
    before = [row(measure, n, period="2016-17-Q4") for measure, n in (("repeats", BLANK), ("referrals", 12))]
    now = [row("repeats", 5), row("referrals", 15), row("m_change", value=0.2)]
    found = attack({"t": table(*before, *now)})
    assert possible(found, measure="repeats", figure="count") == "1, 2"


# -- the auditor: breaches --


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


# -- what is left out of the problem --


def test_two_sums_that_cannot_both_hold_do_not_tie():
    # What was not sent is 3 + 8 by sex and 6 + 6 by band: one of the two is wrong, and neither gives the 3.
    assert hidden({"t": by_sex(Total=None, a=3, b=8), "u": by_band(6, 6)}) == {"t": {0, 1}}


def test_what_one_audience_knows_another_need_not():
    # The partnership has had the total of 20: the 17 goes for it, and stays for the public, which has not.
    one, other = (Profile(name, threshold=5) for name in ("partnership", "public"))
    past = [("partnership", {"t": by_sex(Total=20)})]
    made = protect({"t": by_sex(a=17, b=3)}, [one, other], history=past).protected
    gone = {name: (frames["t"]["status"] == "suppressed").tolist() for name, frames in made.items()}
    assert gone == {"partnership": [True, True], "public": [False, True]}


def test_a_small_count_that_was_printed_once_is_said_to_be_known():
    past = [("partnership", {"t": table(row(count=3))})]
    ledger = protect({"t": table(row(count=3))}, ["partnership"], history=past).ledger
    said = dict(zip(ledger["kind"], ledger["rule"], strict=True))
    assert said["primary"] == "1 to 5"
    assert said["short"] == "even hiding everything leaves 1 possible numbers, 3 are asked for"


@pytest.mark.parametrize("seed", [0, 2])
def test_what_is_finished_greedily_shows_again_what_it_need_not_hide(hurried, seed):
    tables = percentages(seed)
    made = protect(tables, ["partnership"]).protected["partnership"]
    frame, true = made["referrals"], tables["referrals"]["count"]
    for i in np.flatnonzero((frame["status"] == "suppressed") & ~true.between(1, 5)):
        shown = frame.copy()
        shown.loc[i, ["count", "status", "reason"]] = [float(true[i]), "shown", ""]
        assert attack(made | {"referrals": shown}, full=False)["exposed"].any(), i


def test_what_is_finished_greedily_stays_hidden_though_it_was_printed_once(hurried):
    people = margins(counts(np.random.default_rng(2), (3, 3)), (0, 1))
    small = people["count"].between(1, 5)
    past = [("partnership", {"t": people[small].iloc[[0]]})]
    made = protect({"t": people}, ["partnership"], history=past).protected["partnership"]["t"]
    assert small.any() and (made.loc[small, "status"] == "suppressed").all()


def test_what_is_finished_greedily_keeps_quarters_that_no_table_prints(hurried):
    packs, issued = quarters(3, 3), []
    for pack in packs:
        issued.append(protect(pack, history=issued))
    found = attack([made.protected["partnership"] for made in issued], profile="partnership", full=False)
    assert not broken(found, {cell: n for pack in packs for cell, n in primary(pack, 5).items()})
    assert breaches(found, pd.concat([made.ledger for made in issued]), "partnership").empty


def test_open_figures_pass_as_they_are(dictionary):
    dictionary(tables={"t": {"open": True}})
    (made,) = printed(row("m", value=12.3, low=10.1, high=14.8, rank=7, ranked=9))
    assert [made[name] for name in ("value", "low", "high", "rank", "ranked")] == [12.3, 10.1, 14.8, 7, 9]


def test_a_figure_whose_base_is_in_no_table_is_hidden(dictionary):
    dictionary({"most": {"derived_from": ["nobody"]}})
    assert hidden({"t": table(row("most", value=2.5))}) == {"t": {0}}


def test_a_figure_of_an_open_base_is_shown(dictionary):
    said = {"kind": "rate", "numerator": "deaths", "denominator": "children"}
    dictionary({"m": said}, tables={"open": {"open": True}})
    tables = {"open": table(row("children", 47_458)), "t": table(row("deaths", 40), row("m", value=84.3))}
    assert hidden(tables) == {}


def test_a_rounded_count_is_called_unreliable_only_if_all_that_it_can_be_are_few():
    few = {n: f"Byar's; unreliable: fewer than {n} deaths" for n in (17, 18)}  # 15 is 13 to 17
    rates = [row("m", 14, of=47_458, value=29.5, method=method) for method in few.values()]
    made = [printed(each)[0]["method"] for each in rates]
    assert made == ["Byar's", few[18]]


def test_the_auditor_knows_that_what_is_printed_is_above_the_threshold():
    assert (
        possible(attack((mine(threshold=9, round_to=5), {"t": by_sex(Total=10, a=0, b=None)})), sex="b") == "10, 11, 12"
    )


# -- more of both, found by taking each rule away --


def test_an_average_or_an_open_share_leaves_nobody_out(dictionary):
    dictionary({"days": {"kind": "average"}}, tables={"open": {"open": True}})
    assert hidden({"t": table(of(40, 43, "days"))}) == {}
    assert protect({"open": table(of(57, 60, "m"))}, ["partnership"]).ledger.empty


def test_one_count_is_a_share_of_two_groups(dictionary):
    share = {"kind": "share", "numerator": "repeats"}
    of_all = {"measure": "referrals", "sex": "Total"}
    dictionary({"own": share | {"denominator": "referrals"}, "all": share | {"denominator": of_all}})
    assert hidden({"t": table(of(12, 15, "own", sex="m"), of(12, 40, "all", sex="m"))}) == {
        "t": {0}
    }  # 3 and 28 are not


def test_none_of_a_small_group_is_hidden_where_zeros_are_promised():
    always = Profile("partnership", threshold=5, all_or_none=5, zeros="always")
    assert hidden({"t": table(of(0, 4), of(0, 9, sex="m"))}, always) == {"t": {0}}


def test_a_0_of_the_public_is_a_0_for_whoever_sees_it():
    tables = {"t": by_sex(Total=20, a=17, b=3, c=0)}
    assert hidden(tables, "partnership") == {"t": {2, 3}}
    assert hidden(tables, "partnership", history=[("public", {"t": by_sex(c=0)})]) == {"t": {1, 2}}
    made = protect(
        tables, ["partnership", "public"]
    ).protected  # the 0 stays for the public: the 17 goes, 13 to 17 stay
    gone = {name: set(np.flatnonzero(frames["t"]["status"] == "suppressed")) for name, frames in made.items()}
    assert gone == {"partnership": {1, 2}, "public": {2}}


def test_two_audiences_hide_the_same_cell_where_one_sees_the_other():
    # Alone the one would hide the 12 and the other the 15: a reader of both had both.
    one = Profile("partnership", threshold=5, sees=("public",))
    other = Profile("public", threshold=5, weights={"cell": 5, "total": 1})
    made = protect({"t": by_sex(Total=15, a=3, b=12)}, [one, other]).protected
    assert [set(np.flatnonzero(made[p.name]["t"]["status"] == "suppressed")) for p in (one, other)] == [{0, 1}] * 2


def test_everybody_has_the_open_figures(dictionary):
    dictionary(tables={"open": {"open": True}}, relations=[{"total": "residents", "parts": ["people", "others"]}])
    residents = table(row("residents", 20))
    assert hidden({"t": table(row(count=3), row("others", 17)), "open": residents}) == {"t": {0, 1}}
    # Rounded to the nearest 2 the residents would be 19 or 20; as many others leave 2 or 3.
    dictionary(tables={"open": {"open": True}}, relations=[{"total": "people", "parts": ["others", "few"]}])
    twos = Profile("mine", threshold=5, round_to=2)
    tables = {"t": table(row(count=20), row("few", 3)), "open": table(row("others", 17))}
    assert hidden(tables, twos) == {"t": {0, 1}}


def test_the_ledger_says_how_many_candidates_there_can_be():
    inside = Profile("partnership", threshold=5, inside=True)
    past = [("partnership", {"t": table(row("all", 2))})]
    said = [{"total": "all", "parts": ["one", "other"]}]
    tables = {"t": table(row("all", 2), row("one", 1), row("other", 1))}
    ledger = protect(tables, [inside], history=past, relations=said).ledger
    short = ledger[ledger["kind"] == "short"].set_index("measure")["rule"].str.extract(r"leaves (\d) ")[0]
    assert short.to_dict() == {"all": "1", "one": "2", "other": "2"}  # 1 or 2 of the two


def test_a_share_hides_with_its_count_in_every_pattern(dictionary):
    from cellguard.part_building import parts
    from cellguard.pattern_search import Master

    frame, said = shares(6, 12)
    dictionary(said)
    docs = Docs({}, said)
    made = build_model({"t": by_sex("referrals", Total=15, m=12, f=3), "u": frame}, docs, [], [])
    ((part, decisions, _),) = parts(made, [PARTNERSHIP])
    place = {key: at for at, (_, key) in enumerate(decisions)}
    count, share = (place[cell_key(m, dict(CELL, sex="m"))] for m in ("referrals", "repeat_share"))
    assert (count, share) in part.follows
    master = Master(part)
    master.low[count] = 1
    assert master.choose(0.0)[0][share]


def test_a_percentage_of_little_is_worked_out_again_and_an_interval_of_something_else_is_not():
    assert printed(row("m", 8, of=4000, value=0.0, unit="%"))[0]["value"] == 0.25  # 10 of 4,000
    byar = dict(unit="per 100,000", method="Byar's", low=1.0, high=2.0)
    assert np.isnan(printed(row("m", 19, of=47_458, value=19 / 47_458 * 1e5, **byar))[0]["low"])


def test_a_quarter_that_no_pack_spoke_of_is_not_in_a_sum_with_figures_older_than_its_total():
    packs = [by_quarter(q1=76, q2=8), by_quarter(q2=12, year=100)]  # the year came with the 12
    assert hidden(by_quarter(q4=13), history=[("partnership", pack) for pack in packs]) == {}


# -- the auditor: sums --


def test_the_auditor_reads_each_audience_by_its_own_rules():
    seven = {"t": by_sex(Total=7, a=0, b=None)}
    assert exposed(("partnership", seven), profile="public") == [True]
    assert exposed(("partnership", seven), profile="partnership") == [False]


def test_all_of_a_small_group_is_exposed_as_none_of_it_and_nobody_is_no_group(dictionary):
    dictionary({"m": {"kind": "share"}})

    def count_of(*rows):
        hidden_row = row("m", of=BLANK, value=BLANK, status="suppressed", sex="f")
        found = attack((mine(all_or_none=8), {"t": table(*rows, hidden_row)}))
        return found.set_index(["figure", "sex"])["exposed"]["count", "f"]

    assert count_of(of(48, 48, "m"), of(40, 40, "m", sex="m"))  # 8 of 8
    assert not count_of(of(0, 40, "m"), of(0, 40, "m", sex="m"))  # none of nobody


def test_the_auditor_has_no_quarter_before_a_year():
    said = [{"total": "plans", "parts": [{"measure": "plans", "quarters_back": 1}, "started", "-ended"]}]
    year = table(*(row(m, n, period="2017-18") for m, n in (("plans", 10), ("started", 13), ("ended", BLANK))))
    before = table(row("plans", 0, period="2016-17"))
    assert exposed({"t": year, "u": before}, relations=said) == [False]


def test_a_share_of_free_people_and_one_that_has_only_a_base(dictionary):
    tables = {"t": table(of(57, 60, "m"))}
    dictionary({"m": {}})
    assert exposed(tables) == [True]
    dictionary({"m": {"kind": "share", "protect": "none"}})
    assert exposed(tables) == []
    free = {"protect": "none"}
    said = {"kind": "share", "numerator": "agencies", "denominator": "all_agencies"}
    dictionary({"m": said, "agencies": free, "all_agencies": free})
    assert exposed(tables) == [False]
    dictionary({"people": free})
    assert attack({"t": by_sex(Total=20, a=None, b=None)}).empty


def test_a_percentage_leaves_somebody_and_no_limit(dictionary):
    dictionary(shares(1, 2)[1])
    both = [row("referrals"), row("repeats")]
    found = attack({"t": table(*both, row("repeat_share", value=0.5, unit="share"))}).set_index(["measure", "figure"])
    assert found.loc[("referrals", "count"), ["min", "max"]].tolist() == [2, np.inf]  # 1 of 2, 2 of 4, ...
    found = attack({"t": table(row("referrals", 15), row("repeats"), row("repeat_share", value=20.0, unit="%"))})
    assert possible(found, measure="repeats", figure="count") == "3"
    found = attack({"t": by_sex(Total=None, a=None, b=None)})
    assert found["min"].tolist() == [0] * 3 and found["max"].tolist() == [np.inf] * 3


def test_the_auditor_does_not_know_that_nobody_else_is_left():
    # As of what was not sent, above: 13 in all, of whom 10 in a band of a. There may be others than a.
    bands = table(row(sex="a", band="0"), row(count=10, sex="a", band="1"))
    assert exposed({"t": by_sex(Total=13, a=None), "u": bands}) == [False, False, False]


def test_the_auditor_adds_no_labels_of_which_some_are_more_than_all():
    some = dict(Total=20, a=10, b=7, c=None)
    assert exposed({"t": by_ward(w2=some)}) == [True]
    assert exposed({"t": by_ward(w1=dict(Total=20, a=15, b=12, c=1), w2=some)}) == [False]


def test_the_auditor_looks_for_a_label_that_no_table_prints():
    found = attack({"t": by_sex(Total=30, a=17, b=10)})
    assert found["figure"].tolist() == ["rest"] and found["possible"].tolist() == ["3"] and found["exposed"].all()


def test_the_auditor_reads_a_table_of_some_labels_with_a_finer_one_that_holds():
    found = attack({"short": by_sex(Total=34, a=10, b=10), "finer": by_sex(Total=34, a=10, b=10, c=6)})
    assert found["possible"].tolist() == ["8"]  # and no row for the 14 of whom 6 are c
    assert exposed({"short": by_sex(Total=24, a=10, b=10), "finer": by_sex(Total=24, a=10, b=10, c=12)}) == [True]


def test_the_auditor_looks_for_quarters_that_two_totals_have_in_common():
    assert attack(by_quarter(year=60)).empty
    assert exposed(by_quarter(year=60, to_q3=57)) == [False, False, False, True]


def test_the_auditor_adds_no_quarters_of_a_measure_of_which_most_years_fail():
    def years(*failing):
        frames = [by_quarter(year=60, q1=20, q2=17, q3=None, q4=20)["t"]]
        for year in failing:
            other = by_quarter(year=50, q1=10, q2=10, q3=10, q4=10)["t"]
            frames.append(other.assign(period=other["period"].str.replace("2017-18", year)))
        return {"t": pd.concat(frames, ignore_index=True)}

    assert exposed(years()) == [True] and exposed(years("2015-16", "2016-17")) == [False]


def test_a_declared_sum_has_the_figures_of_its_own_time():
    # 90 = a + b + c came with 65 in c, no longer 60: with 20 in b there were 5 in a.
    said = [{"total": "all", "parts": ["a", "b", "c"]}]
    given = [table(row("a"), row("c", 60)), table(row("all", 90), row("c", 65)), table(row("b", 20))]
    found = attack([{"t": each} for each in given], relations=said)
    assert possible(found, measure="a") == "5"


def test_what_breaks_a_sum_breaks_it_in_whichever_issue():
    said = [{"total": "all", "parts": ["a", "b"], "unless": "late"}]
    now = [row("all", 20), row("a", 17), row("b")]
    assert exposed({"t": table(row("late", 0), *now)}, relations=said) == [True]
    revised = [{"t": table(row("late", 0))}, {"t": table(row("late", 2), *now)}]
    assert exposed(*revised, relations=said) == [False]


def test_a_share_by_its_value_and_its_change_give_the_share_of_a_year_before(dictionary):
    said = shares(1, 3)[1]["repeat_share"]
    dictionary({"m": said, "m_change": {"kind": "share"}})
    before = [row(measure, n, period="2016-17-Q4") for measure, n in (("repeats", BLANK), ("referrals", 12))]
    found = attack(
        {"t": table(*before, row("m", value=1 / 3, unit="share"), row("m_change", value=1 / 12, unit="share"))}
    )
    rows = found[(found["measure"] == "repeats") & (found["period"] == "2016-17-Q4") & (found["figure"] == "count")]
    assert rows["possible"].tolist() == ["3"]  # a third less a twelfth, of 12


def test_candidates_are_whole_numbers_and_not_the_width_of_a_range(dictionary):
    # Twice 8, which rounded to the nearest 2 is 7 or 8, and 3 are 19: 3 or 5, though 4 lies between.
    said = [{"total": "double", "parts": ["single", "again"]}, {"total": "single", "parts": ["again"]}]
    said.append({"total": "residents", "parts": ["double", "few"]})
    dictionary(tables={"open": {"open": True}}, relations=said)
    counted = {"double": 16, "single": 8, "again": 8, "few": 3}
    tables = {"t": table(*(row(measure, count) for measure, count in counted.items()))}
    twos = Profile("mine", threshold=5, round_to=2)
    assert hidden(tables | {"open": table(row("residents", 19))}, twos) == {"t": {0, 1, 2, 3}}


# -- what no reader can be told, and what is asked of numbers that we do not know --


def test_what_needs_no_protection_needs_none_where_its_sender_withheld_it(dictionary):
    dictionary({"agencies": {"protect": "none"}})
    said = [{"total": "agencies", "parts": ["people", "-others"]}]
    tables = {"t": table(row("agencies"), row(count=20), row("others", 17))}
    assert hidden(tables, relations=said) == {"t": {0}}


def test_a_share_hides_with_a_count_that_hides_for_another_row_of_its_own(dictionary):
    # The 12 were circulated; as a count of 15 they leave 3 and are withheld, and so is the share of 40 made of them.
    dictionary({"m": {"kind": "share", "numerator": "people", "denominator": "all"}})
    tables = {"t": table(row(count=12)), "u": table(of(12, 15, "people")), "v": table(of(12, 40, "m"))}
    past = [("partnership", {"t": table(row(count=12), row("all", 40))})]
    assert hidden(tables, history=past) == {"t": {0}, "u": {0}, "v": {0}}


def test_what_is_finished_greedily_shows_no_share_of_a_count_that_stays_hidden(hurried, dictionary):
    test_a_share_hides_with_a_count_that_hides_for_another_row_of_its_own(dictionary)


def test_what_is_finished_greedily_does_not_show_again_what_would_give_an_earlier_figure_away():
    # 20 = a and b, which an earlier pack withheld: with the 17 there are 3 in b, of whom no table speaks any more.
    from cellguard.part_building import parts
    from cellguard.pattern_search import Master, _greedy
    from cellguard.safety import safety_checks

    past = [(PARTNERSHIP, {"t": by_sex(Total=20, a=None, b=None)})]
    ((part, decisions, _),) = parts(build_model({"t": by_sex(a=17)}, Docs({}, {}), past, []), [PARTNERSHIP])
    assert _greedy(part, safety_checks(part), Master(part), np.array([True]), {}).tolist() == [True]


@pytest.mark.parametrize("step, above, gone", [(6, 11, {1}), (3, 10, {0, 1})])
def test_a_figure_that_was_not_sent_is_protected_if_another_truth_makes_it_small(dictionary, step, above, gone):
    # 18 to the nearest 2 is 17 or 18, less the six 11 or 12. What was not sent is what they are above a number, so many
    # times: 0 or 6, neither of which is small, or 3 or 6, of which the 3 is though the true 6 is not.
    dictionary(tables={"open": {"open": True}})
    said = [{"total": "all", "parts": ["some", "six"]}, {"total": "times", "parts": [(step, "some"), (-step, "above")]}]
    twos = Profile("mine", threshold=5, round_to=2)
    tables = {"t": table(row("all", 18), row("times")), "open": table(row("six", 6), row("above", above))}
    assert hidden(tables, twos, relations=said) == {"t": gone}


def test_a_figure_that_was_not_sent_and_cannot_be_small_hides_nothing():
    # 20 in two equal parts: 10 each, though either sum alone leaves 0 to 20.
    said = [{"total": "all", "parts": ["one", "other"]}, {"total": "one", "parts": ["other"]}]
    assert hidden({"t": table(row("all", 20), row("one"), row("other"))}, relations=said) == {"t": {1, 2}}


def test_an_audience_without_protection_has_everything_that_was_sent(dictionary):
    # 40 of 60 and 40 of 50: none of the ten that were not sent.
    dictionary({"m": {"kind": "share"}})
    frame = table(of(40, 60, "m"), of(40, 50, "m", sex="a"), row("m", of=BLANK, status="suppressed", sex="b"))
    made = protect({"t": frame}, ["restricted"]).protected["restricted"]["t"]
    assert (made["status"] == "suppressed").tolist() == [False, False, True]


def test_tables_that_disagree_are_named_in_the_same_order():
    for order in (["a", "b"], ["b", "a"]):
        with pytest.raises(UserError, match="is 3 in one table and 4 in another"):
            protect({name: table(row(count={"a": 3, "b": 4}[name])) for name in order})


def test_a_part_is_the_same_part_for_audiences_in_any_order(tmp_path):
    tables = {"t": by_sex(Total=15, a=3, b=12)}
    for order in (["partnership", "public"], ["public", "partnership"]):
        protect(tables, order, memo=tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 1


def test_a_count_is_no_share_of_itself(dictionary):
    dictionary({"m": {"kind": "share", "numerator": "people", "denominator": "people"}})
    assert hidden({"t": table(of(7, 7, "m"))}, Profile("mine", threshold=5, all_or_none=8)) == {}


def test_the_rest_of_an_open_share_needs_no_protection(dictionary):
    # 30 less 17 are the 13 that open data withhold; ten of them are 3 less, and everybody may know.
    dictionary({"m": {"kind": "share", "numerator": "ten", "denominator": "open"}}, tables={"u": {"open": True}})
    said = [{"total": "all", "parts": ["open", "others"]}]
    tables = {"t": table(row("all", 30), row("others", 17))}
    tables["u"] = table(row("ten", 10), row("open"), row("m", value=10 / 13))
    assert hidden(tables, relations=said) == {"u": {1}}


def test_quarters_of_a_year_alone_are_nobodys_figures():
    # With ten candidates asked for, a quarter of 8 could not have them.
    assert hidden(by_quarter(year=8), Profile("mine", threshold=5, candidates=10)) == {}


def test_a_sum_for_the_first_time_is_no_other_areas():
    said = [{"total": "open", "parts": ["came", "-went"], "first_only": True}]
    other = row("open", 7, period="2016-17-Q4") | {"area": "E06000044"}
    tables = {"t": table(row("open", 3), row("came", 40), row("went", 37), other)}
    assert hidden(tables, relations=said) == {"t": {0, 2}}
