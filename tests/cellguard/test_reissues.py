"""Rules of figures that were revised, one test for each that no other test would miss: small histories, by hand."""

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import attack, protect
from test_revised_figures import AREA, PERIODS, exposed, measures, rows, sexes, times, withheld

from cellguard.audiences import profile
from cellguard.cell_model import Model
from cellguard.documentation import Docs
from cellguard.model_building import build_model
from cellguard.revision_hints import contradicted

# -- which issue of a figure a pack speaks of --


def packs_of(*packs, audience="partnership"):
    return [(audience, pack) for pack in packs]


def q3(**counts):
    return [{"period": PERIODS["q3"], "sex": s, "count": n} for s, n in counts.items()]


def test_a_group_that_was_revised_unseen_is_another_one_in_the_sums_of_before():
    # Of the third quarter's 60 there were 46 b, so 14 a; later 50 b, and 9 a in one band and ward and none in others.
    # Of the 40 a to the third quarter, 22 in the second and 14 in the third leave 4 in the first, and not 9.
    first = rows([*q3(Total=60, a=None, b=46), {"period": PERIODS["to_q3"], "sex": "a", "count": 40}])
    places = [{d: place} for d in ("band", "ward") for place in "01"]
    some = [{"period": PERIODS["q3"], "sex": "a", "count": 9 * ("0" in at.values()), **at} for at in places]
    then = rows([*q3(a=None, b=50), *some])
    now = rows([{"period": PERIODS["q2"], "sex": "a", "count": 22}])
    assert withheld(now, packs_of(first, then)) == 1
    # And so where the first pack did not speak of them, and the other says that they are 9.
    first = rows([*q3(Total=60, b=46), {"period": PERIODS["to_q3"], "sex": "a", "count": 40}])
    assert withheld(now, packs_of(first, rows(q3(a=9, b=50)))) == 1


def test_a_quarter_withheld_and_now_printed_may_have_been_revised():
    # 7 and 4 of two sexes in the first quarter, whose sum was withheld; now 90 are more than the 84 to the third. By
    # then there were 11, and the 70 of the third quarter leave 3 for the second.
    sexes_of_q1 = [{"period": PERIODS["q1"], "sex": s, "count": n} for s, n in (("Total", None), ("a", 7), ("b", 4))]
    then = rows([{"period": PERIODS["to_q3"], "count": 84}, *sexes_of_q1])
    assert withheld(times(q1=90, q3=70), packs_of(then)) == 1


def test_what_was_shown_and_then_withheld_was_revised_before_what_was_withheld_and_then_shown():
    # The first quarter's 12 were 6 and none of two sexes when they were withheld: 6. With the 75 of the second, which
    # were withheld as well, they leave 3 of the 84 to the third quarter.
    sexes_of_q1 = [{"period": PERIODS["q1"], "sex": s, "count": n} for s, n in (("Total", None), ("a", 6), ("b", 0))]
    others = [{"period": PERIODS[p], "count": n} for p, n in (("q2", None), ("q3", None), ("to_q3", 84))]
    packs = [times(q1=12), rows([*sexes_of_q1, *others])]
    assert withheld(times(q2=75), packs_of(*packs)) == 1


def test_a_base_beside_a_withheld_share_was_shown_all_the_time(dictionary):  # noqa: F811
    # 20 of c in either pack, in the first beside a share of them that was withheld. That c and others are not all is
    # no reason to think that the 20 were revised, and the 40 with them: a and b are 20, and 17 would leave 3.
    dictionary({"m": {"kind": "share", "numerator": "few", "denominator": {"measure": "people", "sex": "c"}}})
    share = rows([{"measure": "m", "count": None}])["t"].assign(of=np.nan, value=np.nan)
    first = pd.concat([sexes(Total=40, a=None, b=None, c=20)["t"], share], ignore_index=True)
    now = [{"sex": "a", "count": 17}, {"measure": "all", "count": 60}, {"measure": "others", "count": 10}]
    said = [{"total": "all", "parts": [{"measure": "people", "sex": "c"}, "others"]}]
    made = protect(rows(now), ["partnership"], history=packs_of({"t": first}, sexes(c=20)), relations=said)
    frame = made.protected["partnership"]["t"]
    assert frame.loc[frame["status"] == "suppressed", "sex"].tolist() == ["a"]
    assert "a declared sum does not hold" in set(made.ledger["rule"])


def test_packs_of_two_audiences_are_one_issue_if_they_agree_and_two_if_they_do_not():
    # 20 for both, the public's with none of c; then 21, with c withheld: of 21 less 18 there may be any in c.
    both = [("partnership", sexes(Total=20, a=None, b=None, c=None)), ("public", sexes(Total=20, a=None, b=None, c=0))]
    then = ("partnership", sexes(Total=21, a=None, b=None, c=None))
    assert withheld(sexes(a=18), [*both, then]) == 0
    # 30 for the public, later 21 of 24: the other 3 are in no table.
    packs, said = [("public", measures(some=30)), ("partnership", measures(some=21))], ["some", "others"]
    made = protect(
        measures(all=24), ["partnership"], history=packs, relations=[{"total": "all", "parts": said}]
    ).protected["partnership"]["t"]
    assert made["status"].tolist() == ["suppressed"]


def test_figures_of_another_area_were_not_revised_with_it():
    # Of 60 in the one area there were 46 b, of 55 as well: a was revised. In the other area 17 of 20 leave 3.
    other = [{"area": "E06000044", "sex": s, "count": n} for s, n in (("Total", 20), ("a", None), ("b", None))]
    here = [{"sex": s, "count": n} for s, n in (("Total", 60), ("a", None), ("b", 46))]
    packs = [rows([*here, *other]), sexes(Total=55, a=None, b=46)]
    assert withheld(rows([{"area": "E06000044", "sex": "a", "count": 17}]), packs_of(*packs)) == 1


def test_a_figure_that_one_audience_saw_rounded_and_another_as_counted_is_known():
    packs = [("public", sexes(Total=20)), ("partnership", sexes(Total=20))]
    made = protect(sexes(a=15, b=10), ["partnership", "public"], history=packs)
    assert "does not add over sex in t: more in parts than in all" in set(made.ledger["rule"])


@pytest.mark.parametrize("third", [dict(q3=None), {}], ids=["withheld", "in no table"])
def test_a_year_so_far_has_the_figures_of_the_packs_before_it(third):
    # 12 in the second quarter until 7 were printed; the year's 100 came before: 76, 12 and 8 leave 4 in the third.
    packs = [times(q1=76, q2=12), times(year=100, **third), times(q2=7)]
    assert withheld(times(q4=8), packs_of(*packs)) == 1


def implied(now, history=(), **more):
    """The periods of what is in no table, that the solver knows, and that is not small."""
    ledger = protect(now, ["partnership"], history=list(history), **more).ledger
    return ledger.loc[ledger["kind"] == "implied", "period"].tolist()


def test_a_quarter_that_no_table_prints_is_what_the_year_leaves_of_the_figures_of_its_time():
    # 105 less 76, 12 and 8, and 100 less 76, 7 and 8: 9 in the third quarter.
    packs = [times(q1=76, q2=12, year=105), times(q2=7)]
    assert implied(times(year=100, q4=8), packs_of(*packs)) == ["2017-18-Q3"]


def test_a_year_so_far_that_is_less_than_its_quarters_gives_no_quarter():
    # 80 to the third quarter are less than 50 and 40. The year's 91 leave 0 or 1 for the second and the fourth; 91
    # less 80 would leave 11 for the fourth.
    before = {f"2016-17-Q{n}": 20 for n in (1, 2, 3, 4)} | {"2016-17": 80}
    held = [{"period": p, "count": n} for p, n in before.items()]
    now = [{"period": PERIODS[p], "count": n} for p, n in dict(q1=50, q3=40, to_q3=80, year=91).items()]
    assert withheld(rows([*held, *now]), []) == 1


def windows(*counts):
    return rows([{"period": p, "window": w, "count": n} for p, w, n in counts])


def test_a_year_that_no_table_prints_is_what_a_window_leaves_of_the_figures_of_its_time():
    # 60 in three years, of whom 20 in the second, later 22, and 25 in the third: 15 in the first, not 13.
    last = [("2017-18", "3 years", 60), ("2016-17", "1 year", 20), ("2017-18", "1 year", 25)]
    assert implied(windows(*last)) == ["2015-16"]
    assert implied(windows(("2016-17", "1 year", 22)), packs_of(windows(*last))) == []
    # 20 in the second that were withheld leave the first unknown.
    assert implied(windows(last[0], ("2016-17", "1 year", None), last[2])) == []
    # And 36 in the first two, which do not fit, make it no other.
    assert implied(windows(*last, ("2016-17", "2 years", 36))) == ["2015-16"]


def test_what_was_withheld_is_not_known_though_a_sum_gives_it():
    # It may have been revised: what a sum leaves is known of what is in no table alone.
    assert implied(times(q1=60, q2=None, q3=10, q4=10, year=100)) == []
    assert implied(windows(("2017-18", "2 years", 60), ("2017-18", "1 year", 25), ("2016-17", "1 year", None))) == []
    said = [{"total": "all", "parts": ["some", "others"]}]
    assert implied(measures(all=60, some=40, others=None), relations=said) == []
    # 60 were all with the 40, later 45.
    assert implied(measures(some=45), packs_of(measures(all=60, some=40)), relations=said) == []
    assert implied(measures(all=60, some=40), relations=said) == ["2017-18"]


def test_what_a_declared_sum_leaves_is_worked_out_with_its_sign():
    now = measures(all=17, some=30)
    for parts in (["some", "-less"], ["some", (-1, "less")]):
        assert implied(now, relations=[{"total": "all", "parts": parts}]) == ["2017-18"]  # 13


# -- sums that fail, and why --


def doubted(now, *packs, relations=()):
    """What was revised unseen, as the solver takes it: the measure and the first pack after."""
    history = [(profile(audience), pack) for audience, pack in packs]
    made = build_model(now, Docs({}, {}), history, list(relations))
    return {(measure, since) for (measure, _, _), since in made.doubted}


def test_a_sum_that_fails_for_no_reason_makes_no_other_figure_doubtful():
    # 60 are less than 70 and x, of whom there are at most 20 people. That these were shown and then withheld is no
    # reason to take them for others.
    said = [{"total": "all", "parts": ["some", "x"]}, {"total": "people", "parts": ["x", "z"]}]
    packs = packs_of(measures(people=20), measures(people=None))
    assert doubted(measures(all=60, some=70), *packs, relations=said) == set()


def test_rounded_figures_contradict_a_sum_where_all_that_they_can_be_does():
    # 15 are 13 to 17, 20 are 18 to 22: more. 15 may be 17 and 17.
    said = [{"total": "all", "parts": ["some", "others"]}]
    first = ("public", measures(all=15, some=None, others=None))
    assert doubted(measures(x=50), first, ("public", measures(some=20)), relations=said) == {("some", 1)}
    assert doubted(measures(x=50), first, ("public", measures(some=15)), relations=said) == set()


NUMBERS = "abcdefgh"


@pytest.mark.parametrize(
    "known, ties, hints, expected",
    [
        pytest.param(
            {}, ["30=a+b", "10=b+c", "15=a+d"], "a", "a", id="at most 10 of 30 leave 20 at least, more than 15"
        ),
        pytest.param({}, ["10=a+b", "4=e+f", "30=b+c", "12=d+e", "25=c+d"], "c", "c", id="20 and 8 are more than 25"),
        pytest.param({"a": 15}, ["20=a+b", "3=b+c"], "b", "b", id="5 of 3"),
        pytest.param({"a": 15}, ["3=b+c", "20=a+b"], "b", "b", id="5 of 3 in another order"),
        pytest.param({}, ["7=2a+c", "7=2b+d", "7=a+b"], "a", "a", id="twice 3 at most, by whole numbers"),
        pytest.param({}, ["30=a+b", "10=b+c", "15=a+d"], "c", "c", id="of what made the others"),
        pytest.param({"a": 15}, ["3=b+c", "20=a+b"], "ac", "c", id="nearest"),
        pytest.param({}, ["30=a+b", "10=b+c", "25=a+d"], "a", "", id="nothing fails"),
        pytest.param({"c": 1}, ["a=b+c", "b=a+c"], "", "", id="without end"),
    ],
)
def test_what_contradicts_is_found_through_other_sums(known, ties, hints, expected):
    made = Model(Docs({}, {}), packs=1)
    for letter in NUMBERS:
        made.number((letter, ()), known.get(letter))
    for tie in ties:
        total, parts = tie.split("=")
        at = made.number((total, ()), int(total) if total.isdigit() else None)
        made.sums.append(((at, 1), *((NUMBERS.index(p[-1]), -int(p[:-1] or 1)) for p in parts.split("+"))))

    class Hints:
        def of(self, some):
            return {made.keys[i][0] for i in some} & set(hints)

        every = of

        def silent(self, terms):
            return set()

    assert "".join(sorted(contradicted(made, Hints()))) == expected


def test_labels_of_which_one_was_shown_and_then_withheld_are_more_than_all():
    # 20 are more than the 14 of later, when they were withheld: of these 11 leave 3.
    assert withheld(sexes(b=11), packs_of(sexes(a=20), sexes(Total=14, a=None, b=None))) == 1


def test_one_label_that_is_not_all_was_not_revised():
    # 17 of 20; the 17 were withheld with their second band, so 14 in the first leave 3.
    then = rows([{"count": 20}, {"sex": "a", "count": None}, {"sex": "a", "band": "1", "count": None}])
    assert withheld(rows([{"sex": "a", "band": "0", "count": 14}]), packs_of(sexes(a=17), then)) == 1


def test_labels_that_are_more_than_all_where_nothing_was_revised_do_not_add():
    # 15 and 10 of 20 in one ward. So 20 of 14 in another are no reason to think that they were revised when they were
    # withheld, and 17 in one band leave 3 in the other.
    def ward(name, **counts):
        return [{"ward": name, "sex": sex, "count": n} for sex, n in counts.items()]

    then = rows([*ward("2", Total=14, a=None, b=None), {"ward": "2", "sex": "a", "band": "1", "count": None}])
    now = rows([*ward("1", Total=20, a=15, b=10), {"ward": "2", "sex": "a", "band": "0", "count": 17}])
    assert withheld(now, packs_of(rows(ward("2", a=20)), then)) == 1


def test_years_of_nobody_do_not_show_that_quarters_add():
    # Of two years that could tell one fails and the other has nobody. If quarters add, 60 less 20, 17 and 20 are 3.
    def year(start, *counts):
        labels = [f"{start}-Q{n}" for n in (1, 2, 3, 4)] + [start]
        return [{"period": p, "count": n} for p, n in zip(labels, counts, strict=True)]

    fails, nobody, some = (
        year("2015-16", 10, 10, 10, 10, 50),
        year("2014-15", *[0] * 5),
        year("2017-18", 20, 17, 20, None, 60),
    )
    assert withheld(rows([*fails, *nobody, *some]), []) == 1
    assert withheld(rows([*nobody, *some]), []) == 2


def test_who_is_left_out_of_a_share_is_counted_as_it_was_printed(dictionary):  # noqa: F811
    # 15 referrals, later 40: 12 repeats leave 3 of the 15, whose share was withheld.
    dictionary({"m": {"kind": "share", "numerator": "repeats", "denominator": "referrals"}})
    share = rows([{"measure": "m", "count": None}])["t"].assign(of=np.nan, value=np.nan)
    first = pd.concat([measures(referrals=15)["t"], share], ignore_index=True)
    assert withheld(measures(repeats=12), packs_of({"t": first}, measures(referrals=40))) == 1


def numbers(now, *packs, relations=()):
    """The numbers that a figure was at each time, its key without area and period."""
    history = [(profile(audience), pack) for audience, pack in packs]
    made = build_model(now, Docs({}, {}), history, list(relations))
    return lambda *labels: [
        made.at(("people", tuple(sorted((*labels, ("area", AREA), ("period", "2017-18"))))), place)
        for place in range(len(packs) + 1)
    ]


def test_what_was_shown_alike_before_and_after_a_revision_is_one_number():
    # Of 60 and then 55 there were 46 b, so a were revised: 14 and 9.
    first, then = sexes(Total=60, a=None, b=46), sexes(Total=55, a=None, b=46)
    at = numbers(measures(x=50), *packs_of(first, then))
    assert [len(set(at(*sex))) for sex in ([], [("sex", "a")], [("sex", "b")])] == [2, 2, 1]
    at = numbers(sexes(Total=55, a=9, b=46), *packs_of(first))  # and so where it is this quarter's
    assert [len(set(at(*sex))) for sex in ([], [("sex", "a")], [("sex", "b")])] == [2, 2, 1]


def test_what_was_shown_alike_twice_and_otherwise_later_is_two_numbers():
    # 60 less 46 are 14 a, 55 less 46 are 9, and 56 less 47 are 9 once more.
    packs = [sexes(Total=60, a=None, b=46), sexes(Total=55, a=None, b=46), sexes(Total=56, a=None, b=47)]
    first, then, *later = numbers(measures(x=50), *packs_of(*packs))(("sex", "b"))
    assert first == then and then not in later


def test_a_total_before_its_revision_has_no_parts_of_its_own():
    said = [{"total": "all", "parts": ["some", "others"]}]
    history = [(profile("partnership"), measures(all=60))]
    made = build_model(measures(all=64, some=60), Docs({}, {}), history, said)
    assert sorted(key[0] for key in made.keys) == ["all", "all", "others", "some"]


def test_what_was_shown_and_then_withheld_was_revised_and_not_what_was_withheld_and_then_shown():
    # 36 are not 12 and 30: the 12 were withheld when the 30 were shown. So these were 30 of the 40 before, and 7 of the
    # 10 others leave 3.
    said = [{"total": "all", "parts": ["v", "w"]}, {"total": "now", "parts": ["u", "v"]}]
    said.append({"total": "w", "parts": ["w1", "w2"]})
    packs = packs_of(measures(all=40, u=12, v=None), measures(u=None, v=30))
    made = protect(measures(now=36, w1=7), ["partnership"], history=packs, relations=said).protected["partnership"]["t"]
    assert made.loc[made["status"] == "suppressed", "measure"].tolist() == ["w1"]


def test_what_was_withheld_twice_is_not_doubted_for_one_sum_that_fails():
    said = [{"total": "all", "parts": ["some", "x"]}]
    packs = packs_of(measures(all=14, x=None), measures(x=None))
    assert doubted(measures(some=20), *packs, relations=said) == set()


def test_a_figure_beside_one_that_was_printed_otherwise_was_revised_before_any_other():
    # 25 and 12 are more than 30; of the 25 some were 10 and later 11, and the 12 were withheld later.
    said = [{"total": "all", "parts": ["p", "u"]}]
    packs = [
        rows(
            [{"measure": "p", "sex": "a", "count": 10}, {"measure": "u", "count": 12}, {"measure": "all", "count": 30}]
        ),
        rows([{"measure": "p", "sex": "a", "count": 11}, {"measure": "u", "count": None}]),
    ]
    assert doubted(measures(p=25), *packs_of(*packs), relations=said) == {("p", 1)}


def test_a_figure_rounded_twice_in_two_ways_is_within_both():
    # 12 is 10 to 14, 10 is 8 to 12: as where a board has changed to what its counts are rounded.
    history = [(profile("public"), sexes(Total=n)) for n in (12, 10)]
    made = build_model(measures(x=50), Docs({}, {}), history, [])
    assert list(made.seen["public"].values()) == [(10, 12)]


# -- the auditor --


def in_q4(pack):
    """The same of a quarter: two issues of a year have the same quarters, if these are in no table."""
    return {name: frame.assign(period=PERIODS["q4"]) for name, frame in pack.items()}


def test_the_auditor_takes_no_figure_of_another_area_to_be_revised():
    # 20 less 17 are 3 in the one area, though the other's 30 have become 31.
    other = [{"area": "E06000044", "sex": s, "count": n} for s, n in (("Total", 20), ("a", None))]
    now = [{"sex": "Total", "count": 31}, {"area": "E06000044", "sex": "b", "count": 17}]
    packs = [rows([{"sex": "Total", "count": 30}, *other]), rows(now)]
    assert exposed(packs) == ["3"]


@pytest.mark.parametrize(
    "packs, declared",
    [
        ([times(q1=40, q2=8, to_q2=48), times(q1=None, q2=45, to_q2=48)], []),
        ([times(q1=None, q2=45, to_q2=48), times(q1=40, q2=8, to_q2=48)], []),
        (
            [measures(all=48, some=40, others=8), measures(all=48, some=None, others=45)],
            [{"total": "all", "parts": ["some", "others"]}],
        ),
    ],
    ids=["time", "time, before", "declared"],
)
def test_the_auditor_adds_up_a_total_printed_twice_with_the_parts_of_either_time(packs, declared):
    # 48 were 40 and 8, and are 45 and 3; or the other way about.
    assert exposed(packs, relations=declared) == ["3"]


@pytest.mark.parametrize("some, sign", [(70, 1), (50, -1)], ids=["more", "less"])
def test_the_auditor_doubts_nothing_for_a_sum_that_fails_without_a_reason(some, sign):
    # 60 are neither 70 and a nor 50 without a. Of the 20 people, withheld by then, 17 b leave 3 a.
    said = [{"total": "all", "parts": ["some", {"measure": "people", "sex": "a", "sign": sign}]}]
    first = rows([{"measure": "all", "count": 60}, {"measure": "some", "count": some}, {"sex": "Total", "count": 20}])
    assert exposed([in_q4(first), in_q4(sexes(Total=None, a=None, b=17))], relations=said) == ["3"]


def test_the_auditor_adds_up_the_count_of_a_share_and_not_those_that_it_is_of():
    # Of 20 some, 17 at least: 0 to 3 a besides b. 20 are not a and b.
    share = rows([{"measure": "some", "count": None}])["t"].assign(of=20.0)
    packs = [measures(a=None, b=17), {"t": share}]
    assert exposed(packs, relations=[{"total": "some", "parts": ["a", "b"]}]) == []


def test_the_auditor_adds_up_a_revised_total_with_parts_that_were_not():
    # 24 less 20 were 4, and 23 less 20 are 3.
    packs = [measures(all=24, some=20, others=4), measures(all=23, some=20, others=None)]
    assert exposed(packs, relations=[{"total": "all", "parts": ["some", "others"]}]) == ["3"]


def test_the_auditor_reads_a_part_by_its_name_and_labels():
    # 20 less 17 are 3 of c, whatever people there are in all.
    packs = [measures(all=20, others=17, people=50), rows([{"sex": "c", "count": None}])]
    assert exposed(packs, relations=[{"total": "all", "parts": [("people", {"sex": "c"}), "others"]}]) == ["3"]


def test_the_auditor_takes_no_measure_not_to_add_because_another_does_not():
    # 15 and 10 of 20 people; 17 of 20 referrals leave 3.
    people = [{"sex": s, "count": n} for s, n in (("Total", 20), ("a", 15), ("b", 10))]
    referrals = [{"measure": "x", "sex": s, "count": n} for s, n in (("Total", 20), ("a", 17), ("b", None))]
    assert exposed([rows([*people, *referrals])]) == ["3"]


def test_the_auditor_finds_what_was_revised_from_the_labels_of_two_tables():
    # 10 a at first. Now 12, of whom another table has 8 b.
    now = sexes(Total=12, a=None) | {"u": sexes(Total=12, b=8)["t"]}
    assert exposed([sexes(a=10), now]) == ["4"]


def test_the_auditor_finds_what_was_revised_from_the_labels_of_one_table():
    # 10 a at first, now 12 less 8. That of another ward two tables split 30, each in its own way, is no reason against.
    def ward(name, **counts):
        return [{"ward": name, "sex": s, "count": n} for s, n in counts.items()]

    now = rows([*ward("1", Total=12, a=None, b=8), *ward("2", Total=30, a=10, b=20)])
    now |= {"u": rows(ward("2", Total=30, a=10, c=12, d=8))["t"]}
    assert exposed([rows(ward("1", a=10)), now]) == ["4"]


def test_the_auditor_takes_labels_that_have_become_less_than_all_for_revised():
    # 10 a at first. Now 22, of whom 8 b: 14 a, and not 10 and 4 of another label.
    assert exposed([sexes(a=10), sexes(Total=22, a=None, b=8)]) == []


def test_the_auditor_takes_one_label_that_is_not_all_for_unrevised():
    # 17 of 30, withheld with their second band: 14 in the first leave 3.
    then = [{"count": 30}, {"sex": "a", "count": None}]
    then += [{"sex": "a", "band": band, "count": n} for band, n in (("0", 14), ("1", None))]
    assert exposed([in_q4(sexes(a=17)), in_q4(rows(then))]) == ["3"]


def test_the_auditor_finds_that_a_total_was_revised_while_it_was_withheld():
    # 20 at first, by now 15 and 9: 24. Of these 21 are in one band, and 3 in the other.
    now = [{"count": None}, {"sex": "a", "count": 15}, {"sex": "b", "count": 9}]
    now += [{"band": "0", "count": 21}, {"band": "1", "count": None}]
    assert exposed([rows([{"count": 20}]), rows(now)]) == ["3"]


def test_the_auditor_takes_labels_that_do_not_add_where_nothing_was_revised_for_unrevised():
    # 15 and 10 of 20 in one ward. So 20 of 14 in another were not revised: 17 in one band leave 3 in the other.
    def ward(name, **counts):
        return [{"ward": name, "sex": sex, "count": n} for sex, n in counts.items()]

    bands = [{"ward": "2", "sex": "a", "band": band, "count": n} for band, n in (("0", 17), ("1", None))]
    now = rows([*ward("1", Total=20, a=15, b=10), *ward("2", Total=14, a=None, b=None), *bands])
    assert exposed([in_q4(rows(ward("2", a=20))), in_q4(now)]) == ["3"]


@pytest.mark.parametrize("years, left", [(("2014-15", "2015-16"), ["3"]), (("2015-16",), [])], ids=["more", "as many"])
def test_the_auditor_takes_quarters_for_revised_if_as_many_years_hold_as_fail(years, left):
    # 12 in the first quarter, withheld when there were 10 in two. Where more years are not their quarters, they do not
    # add at all, and 9 a leave 3 b of the 12.
    held = [{"period": f"{y}-Q{n}", "count": 10} for y in years for n in (1, 2, 3, 4)]
    held += [{"period": y, "count": 50} for y in years]
    now = [{"period": PERIODS[p], "count": n} for p, n in (("q1", None), ("q2", None), ("to_q2", 10))]
    now += [{"period": PERIODS["q1"], "sex": s, "count": n} for s, n in (("a", 9), ("b", None))]
    assert exposed([times(q1=12), rows([*held, *now])]) == left


def exposed_to(*packs, **more):
    """What packs of several audiences give away, as the auditor writes it."""
    found = attack([(audience, in_q4(pack)) for audience, pack in packs], **more)
    return found.loc[found["exposed"], "possible"].tolist()


def test_the_auditor_takes_what_was_shown_and_then_withheld_to_be_revised_first():
    # 36 are not 12 and 30. The 12 were withheld by then and are 6; of the 40, 30 and 7 leave 3.
    said = [{"total": "all", "parts": ["v", "w"]}, {"total": "now", "parts": ["u", "v"]}]
    said.append({"total": "w", "parts": ["w1", "w2"]})
    packs = [measures(all=40, u=12, v=None), measures(u=None, v=30), measures(now=36, w1=7, w2=None)]
    assert exposed([in_q4(pack) for pack in packs], relations=said) == ["3"]


def test_the_auditor_takes_what_only_another_audience_was_shown_for_unrevised():
    # The partnership was shown 10 a, the public was not: that it never is, is no reason against the 10.
    packs = [("partnership", sexes(a=10)), ("public", measures(x=52)), ("public", sexes(Total=12, a=None, b=8))]
    assert exposed_to(*packs) == []


def test_the_auditor_takes_a_figure_printed_alike_after_it_was_revised_for_the_same():
    # 30 became 31, twice. Of the 17 a of then, 14 leave 3.
    then = rows([{"count": 31}, {"sex": "a", "count": 17}, {"sex": "a", "band": "1", "count": None}])
    now = rows([{"count": 31}, {"sex": "a", "band": "0", "count": 14}])
    assert exposed([in_q4(pack) for pack in (rows([{"count": 30}]), then, now)]) == ["3"]


def test_the_auditor_takes_a_figure_that_one_table_prints_for_printed():
    # 10 a, which another table withheld; then 12 of whom 8 are b.
    first = sexes(a=10) | {"u": sexes(a=None)["t"]}
    assert exposed([in_q4(first), in_q4(sexes(Total=12, a=None, b=8))]) == ["4"]


def test_the_auditor_takes_a_rounded_figure_for_all_that_it_can_be():
    # 20 is 18 to 22, so 21 is no other: 18 leave 3.
    packs = [
        ("partnership", sexes(Total=21, a=None, b=None)),
        ("public", sexes(Total=20)),
        ("partnership", sexes(a=18)),
    ]
    assert exposed_to(*packs) == ["3"]
    # And 20 as counted is 20, whatever the public was shown before.
    assert exposed_to(("public", sexes(Total=20)), ("partnership", sexes(Total=20, a=17, b=None))) == ["3"]


def test_the_auditor_reads_packs_of_two_audiences_that_agree_together():
    # 30 at first. Then the public was shown 21 in all, the partnership 17 a. (x is 21 and, rounded, 20.)
    both = [("partnership", sexes(a=17, b=None)), ("public", sexes(Total=21))]
    assert exposed_to(("partnership", sexes(Total=30)), *both) == ["4"]
    also = [(audience, pack | {"u": measures(x=n)["t"]}) for (audience, pack), n in zip(both, (21, 20), strict=True)]
    assert exposed_to(("partnership", sexes(Total=30)), *also) == ["4"]


@pytest.mark.parametrize(
    "before, audience",
    [
        ([("partnership", sexes(Total=30))], "public"),
        ([("partnership", sexes(Total=30)), ("public", measures(x=52))], "partnership"),
        ([("partnership", sexes(Total=30)), ("partnership", sexes(Total=31))], "partnership"),
    ],
    ids=["another audience", "with another audience between", "twice"],
)
def test_the_auditor_reads_a_pack_that_prints_another_figure_as_a_later_one(before, audience):
    # 30 at first, then 21, of whom 17 are a.
    assert exposed_to(*before, (audience, sexes(Total=21, a=17, b=None))) == ["4"]


def test_the_auditor_finds_what_was_revised_through_other_sums():
    # 15 a at first. Of 20 they would leave 5 b, of 3 in all with c. So they are 17 to 20 by now.
    said = [{"total": "all", "parts": ["a", "b"]}, {"total": "few", "parts": ["b", "c"]}]
    packs = [measures(few=3, c=None, b=None, a=15), measures(all=20, a=None)]
    assert exposed([in_q4(pack) for pack in packs], relations=said) == []


def test_the_auditor_adds_up_a_revised_year_so_far_with_quarters_that_were_not():
    # 24 less 20 were 4, and 23 less 20 are 3.
    assert exposed([times(q1=20, q2=4, to_q2=24), times(q1=20, q2=None, to_q2=23)]) == ["3"]


def test_the_auditor_finds_that_a_year_so_far_was_revised_while_it_was_withheld():
    # 20 at first, by now 15 and 9: 24. Of these 20 are in one band, and 4 in the other. (2016-17 shows that they add.)
    held = [{"period": "2016-17", "count": 40}, *({"period": f"2016-17-Q{n}", "count": 10} for n in (1, 2, 3, 4))]
    now = [{"period": PERIODS[p], "count": n} for p, n in (("to_q2", None), ("q1", 15), ("q2", 9))]
    now += [{"period": PERIODS["to_q2"], "band": band, "count": n} for band, n in (("0", 20), ("1", None))]
    assert exposed([times(to_q2=20), rows([*held, *now])]) == ["4"]


def test_the_auditor_takes_quarters_for_revised_whatever_those_of_another_measure():
    # 12 in the first quarter, withheld when there were 10 in two: by then others. Years of x that are not their
    # quarters say nothing of these; 9 a leave b unknown.
    held = [{"measure": "x", "period": f"{y}-Q{n}", "count": 10} for y in ("2014-15", "2015-16") for n in (1, 2, 3, 4)]
    held += [{"measure": "x", "period": y, "count": 50} for y in ("2014-15", "2015-16")]
    now = [{"period": PERIODS[p], "count": n} for p, n in (("q1", None), ("q2", None), ("to_q2", 10))]
    now += [{"period": PERIODS["q1"], "sex": s, "count": n} for s, n in (("a", 9), ("b", None))]
    assert exposed([times(q1=12), rows([*held, *now])]) == ["0, 1", "0, 1"]  # 9 or 10: so are b and the second quarter


def test_the_auditor_adds_up_windows_of_the_length_that_they_say():
    # 20 in two years less 17.
    assert exposed([windows(("2017-18", "2 years", 20), ("2017-18", "1 year", None), ("2016-17", "1 year", 17))]) == [
        "3"
    ]


def test_the_auditor_takes_what_its_reader_knows_for_what_it_is_now():
    # 20 at first, now 30, of whom the reader knows 27.
    packs = [sexes(Total=20, a=None, b=None), sexes(Total=30, a=None, b=None)]
    cell = {"measure": "people", "area": AREA, "period": "2017-18", "sex": "a"}
    assert exposed([in_q4(pack) for pack in packs], known={tuple((cell | {"period": PERIODS["q4"]}).items()): 27}) == [
        "3"
    ]


def test_the_auditor_finds_what_was_revised_where_no_whole_numbers_fit():
    # x + a, x + b and a + b of 5 each are 15, twice a whole number. a + b was withheld by then: 10 less twice x, who
    # are 0 to 3 of 3.
    said = [{"total": total, "parts": ["x", {"measure": "people", "sex": s}]} for total, s in (("s", "a"), ("t", "b"))]
    said.append({"total": "v", "parts": ["x", "q"]})
    now = measures(s=5, t=5, v=3, x=None, q=None) | {"u": sexes(Total=None, a=None, b=None)["t"]}
    found = attack([("partnership", in_q4(pack)) for pack in (sexes(Total=5), now)], k=5, relations=said)
    assert found["possible"].tolist() == ["4, 6, 8, 10", "2, 3, 4, 5", "2, 3, 4, 5", "0, 1, 2, 3", "0, 1, 2, 3"]


@pytest.mark.parametrize("parts", [["x", "x"], [(2, "x")]])
def test_the_auditor_counts_a_part_as_often_as_a_declared_sum_names_it(parts):
    # 6 are twice 3.
    assert exposed([measures(all=6, x=None)], relations=[{"total": "all", "parts": parts}]) == ["3"]
