"""What a reader knows of each number, what hiding it costs, and what is left out of the problem."""

import numpy as np
import pytest
from disclosure_tables import AREA, protect
from small_tables import (
    BLANK,
    PARTNERSHIP,
    by_band,
    by_quarter,
    by_sex,
    exposed,
    hidden,
    of,
    printed,
    row,
    shares,
    table,
)

import cellguard
from cellguard import Profile
from cellguard.cell_keys import cell_key
from cellguard.documentation import Docs
from cellguard.model_building import build_model
from lscb.errors import UserError

CELL = {"area": AREA, "period": "2017-18-Q4"}


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


STANDS = {"measures": {"people": {"zeros": "totals"}}}
THIRDS = Profile("mine", threshold=4, round_to=3)


def protected(tables, profile, said, past=()):
    made = cellguard.protect(tables, [profile], history=past, documentation=said).protected[profile.name]
    return profile, made, set(np.flatnonzero(made["t"]["status"] == "suppressed"))


def test_a_quarter_that_is_there_because_it_had_a_case_had_one_to_its_reader_too():
    # 13 and 11 are printed as 12, 11 to 13: the first quarter's 2 is 0, 1 or 2, and not 0, or it would not be there.
    tables = by_quarter(q1=2, q2=11, to_q2=13)
    profile, was, gone = protected(tables, THIRDS, {})
    assert gone == {0} and exposed((profile, was)) == [False]
    assert exposed((profile, was), documentation=STANDS) == [True]
    profile, now, gone = protected(tables, THIRDS, STANDS)
    assert gone == {0, 1} and exposed((profile, now), documentation=STANDS) == [False, False]


def test_an_earlier_pack_withheld_no_none_of_such_a_total_either():
    past = [protected(by_quarter(q1=2), THIRDS, STANDS)[:2]]
    profile, was, _ = protected(by_quarter(q2=11, to_q2=13), THIRDS, {}, past)
    assert exposed(*past, (profile, was), documentation=STANDS) == [True]
    profile, now, _ = protected(by_quarter(q2=11, to_q2=13), THIRDS, STANDS, past)
    assert not any(exposed(*past, (profile, now), documentation=STANDS))


def test_none_of_such_a_total_is_no_further_cell():
    tables, mine = by_quarter(q1=3, q3=0, q2=10, q4=20, year=33), Profile("mine", threshold=5)
    assert protected(tables, mine, {})[2] == {0, 1}  # the third quarter's none would go
    assert protected(tables, mine, STANDS)[2] == {0, 3}
    by_sex_too = {"t": by_sex(Total=33, a=3, x=0, y=20, z=10)}
    assert protected(by_sex_too, mine, STANDS)[2] == protected(by_sex_too, mine, {})[2]
    assert 2 not in protected(by_sex_too, mine, {"measures": {"people": {"zeros": "always"}}})[2]


def test_a_word_that_is_listed_because_a_case_has_it_was_had_once_to_its_reader_too():
    # A field with 2 faulty rows, of 2 with a fault at most: 13 with any or none less 11 with none, both rounded.
    said = {
        "measures": {"named": {"adds_over": "none"}},
        "relations": [
            {"total": "named", "parts": [{"measure": "faulty", "field": "Total"}], "rest": -1},
            {"total": "rows", "parts": ["faulty", "clean"]},
        ],
    }
    listed = {"measures": {"named": {"adds_over": "none", "zeros": "always"}}, "relations": said["relations"]}
    tables = {"t": table(row("rows", 13), row("faulty", 2), row("clean", 11), row("named", 2, field="due on"))}
    profile, was, gone = protected(tables, THIRDS, said)
    assert gone == {1, 3} and not any(exposed((profile, was), documentation=said))
    assert any(exposed((profile, was), documentation=listed))
    profile, now, _ = protected(tables, THIRDS, listed)
    assert not any(exposed((profile, now), documentation=listed))


def test_none_of_a_group_that_an_earlier_pack_showed_to_be_large_tells_nothing(dictionary):
    # The first quarter's 10 was 8 to 12, more than the public's 7: that its repeats are none is not withheld.
    dictionary(shares(1, 2)[1])
    first = table(row("repeat_share", period="2017-18-Q1", of=BLANK), row("referrals", 10, period="2017-18-Q1"))
    now = table(row("repeat_share", 0, period="2017-18 to Q2", of=20, value=0.0))
    assert hidden({"t": now}, "public", history=[("public", {"t": first})]) == {}


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


def test_open_figures_pass_as_they_are(dictionary):
    dictionary(tables={"t": {"open": True}})
    (made,) = printed(row("m", value=12.3, low=10.1, high=14.8, rank=7, ranked=9))
    assert [made[name] for name in ("value", "low", "high", "rank", "ranked")] == [12.3, 10.1, 14.8, 7, 9]


def test_a_figure_whose_base_is_in_no_table_is_not_worked_out(dictionary):
    dictionary({"most": {"derived_from": ["nobody"]}})
    made = protect({"t": table(row("most", value=2.5, reason=""))}, [PARTNERSHIP]).protected["partnership"]["t"].iloc[0]
    assert np.isnan(made["value"]) and made["status"] == "not_available"
    assert made["reason"] == "not worked out here: the figures it comes from are in no table"


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
        with pytest.raises(UserError, match="two different numbers"):
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


@pytest.mark.parametrize("weight, gone", [(1, {0, 2}), (5, {1, 2}), ({"cell": 5}, {1, 2}), ({"total": 5}, {0, 2})])
def test_a_measure_that_the_dictionary_weighs_more_is_kept(weight, gone):
    # 3 of c with 8 of a or 9 of b: the lesser count, but where a counts more than one cell.
    known = {"measures": {"a": {"kind": "count", "weight": weight}}, "relations": []}
    said = [{"total": "all", "parts": ["a", "b", "c"]}]
    rows = [row("a", 8, sex="f"), row("b", 9, sex="f"), row("c", 3, sex="f"), row("all", 20, sex="f")]
    assert hidden({"t": table(*rows)}, relations=said, documentation=known) == {"t": gone}
