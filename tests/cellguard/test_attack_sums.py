"""The auditor: which numbers it adds up."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from disclosure_tables import attack
from small_tables import (
    BLANK,
    by_quarter,
    by_sex,
    by_ward,
    exposed,
    hidden,
    mine,
    of,
    possible,
    row,
    shares,
    table,
)

import cellguard
from cellguard import Profile


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
    dictionary({"m": said, "gain": {"kind": "share", "change_of": "m"}})
    before = [row(measure, n, period="2016-17-Q4") for measure, n in (("repeats", BLANK), ("referrals", 12))]
    found = attack({"t": table(*before, row("m", value=1 / 3, unit="share"), row("gain", value=1 / 12, unit="share"))})
    rows = found[(found["measure"] == "repeats") & (found["period"] == "2016-17-Q4") & (found["figure"] == "count")]
    assert rows["possible"].tolist() == ["3"]  # a third less a twelfth, of 12


def test_the_change_of_a_share_that_needs_no_protection_gives_a_count_that_does(dictionary):
    said = {"kind": "share", "protect": "none", "numerator": "repeats", "denominator": "residents"}
    dictionary({"m": said, "residents": {"protect": "none"}, "gain": {"kind": "share", "change_of": "m"}})
    years = (("2016-17-Q4", BLANK), ("2017-18-Q4", 4))
    rows = [row(m, n, period=p) for p, count in years for m, n in (("repeats", count), ("residents", 12))]
    found = attack({"t": table(*rows, row("gain", value=1 / 12, unit="share"))})
    assert possible(found[found["measure"] == "repeats"], figure="count") == "3"  # 4 of 12 less a twelfth


def test_candidates_are_whole_numbers_and_not_the_width_of_a_range(dictionary):
    # Twice 8, which rounded to the nearest 2 is 7 or 8, and 3 are 19: 3 or 5, though 4 lies between.
    said = [{"total": "double", "parts": ["single", "again"]}, {"total": "single", "parts": ["again"]}]
    said.append({"total": "residents", "parts": ["double", "few"]})
    dictionary(tables={"open": {"open": True}}, relations=said)
    counted = {"double": 16, "single": 8, "again": 8, "few": 3}
    tables = {"t": table(*(row(measure, count) for measure, count in counted.items()))}
    twos = Profile("mine", threshold=5, round_to=2)
    assert hidden(tables | {"open": table(row("residents", 19))}, twos) == {"t": {0, 1, 2, 3}}


# Two quarters in which some labels of each table are missing, so that the attack adds numbers of its own.
QUARTERS = """
import cellguard
from disclosure_tables import quarters
past = []
for tables in quarters(5)[2:4]:
    some = {}
    for name, frame in tables.items():
        missing = frame.get("sex", frame["area"]).eq("sex 1") | frame.get("band", frame["area"]).eq("band 2")
        some[name] = frame[~missing]
    past.append(cellguard.protect(some, "partnership", history=past, documentation={}).protected)
found = cellguard.attack(past, profile="partnership", full=False, documentation={})
print(*(frame.to_csv() for pack in past for frame in pack["partnership"].values()), found.to_csv())
"""


def test_an_attack_is_the_same_in_every_process():
    """Python orders a set of texts otherwise in each process."""

    def run(seed):
        path = os.pathsep.join([str(Path(cellguard.__file__).parents[1]), str(Path(__file__).parent)])
        env = os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", QUARTERS], capture_output=True, check=True, env=env).stdout

    one, other = run("1"), run("2")
    assert b"candidates" in one and one == other
