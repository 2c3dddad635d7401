"""The range that a withheld count says: what anybody can work out, and nothing more."""

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import attack, linked, protect, quarters, single
from small_tables import BLANK, by_sex, by_ward, row, table

from cellguard.attacker.printed_ranges import about, with_ranges
from cellguard.attacker.printed_shares import range_of
from cellguard.audiences import profile

BOTH = ("partnership", "public")


def reasons(made, audience, table="t"):
    frame = made.protected[audience][table]
    return dict(zip(frame["sex"], frame["reason"], strict=True))


def test_a_range_is_what_the_printed_figures_leave_and_about_what_the_public_reads():
    made = protect({"t": by_sex(Total=33, m=30, f=3)}, BOTH)
    text = "withheld: between 1 and 5, or needed to protect another figure"
    # The public reads m as about 30, 28 to 32: f is 1 to 5 of the 33 that the partnership reads.
    assert reasons(made, "partnership") == {
        "Total": "",
        "m": f"{text}; about 30; from 28 to 32",
        "f": f"{text}; from 1 to 5",
    }
    assert reasons(made, "public")["f"] == "withheld: between 1 and 7, or needed to protect another figure"
    assert about(reasons(made, "partnership")["m"]) == 30 and range_of(reasons(made, "partnership")["f"]) == (1, 5)
    assert about(text) is None and range_of(text) is None


def test_a_share_says_the_range_of_its_count(dictionary):
    """3 of 33 are f, 28 to 32 of whom the public reads as 30 are not: f is 1 to 5, where it is counted and where a share."""
    said = {"kind": "share", "numerator": {"measure": "people", "sex": "f"}, "denominator": "people"}
    dictionary(measures={"people": {"kind": "count"}, "f_share": said})
    share = table(row("f_share", count=3, of=33, value=3 / 33))
    made = protect({"t": by_sex(Total=33, m=30, f=3), "s": share}, BOTH).protected
    assert range_of(made["partnership"]["s"]["reason"][0]) == (1, 5)
    bare = {audience: without(tables) for audience, tables in made.items()}
    assert told([made], "partnership").equals(told([bare], "partnership"))
    assert told([made], "partnership")["possible"].tolist() == [
        "33", "1, 2, 3, 4, 5", "28, 29, 30, 31, 32", "28, 29, 30, 31, 32",  # the rest of the share is the last
    ]  # fmt: skip


def test_the_range_of_a_withheld_share_is_of_its_count_and_not_of_all(dictionary):
    said = {"kind": "share", "numerator": {"measure": "people", "sex": "f"}, "denominator": "people"}
    dictionary(measures={"people": {"kind": "count"}, "f_share": said})
    reason = "withheld: between 1 and 5, or needed to protect another figure; from 2 to 5"
    share = table(row("f_share", count=BLANK, of=BLANK, value=BLANK)).assign(status="suppressed", reason=reason)
    found = attack({"s": share}).query("figure == 'count'").set_index("sex")
    assert (found["min"]["f"], found["max"]["f"]) == (2, 5) and found["max"]["Total"] > 5


def test_a_count_that_nothing_bounds_says_no_range():
    made = protect({"t": by_sex(f=3)}, ["partnership"])
    assert reasons(made, "partnership")["f"].endswith("needed to protect another figure; nothing printed limits it")


def test_a_range_is_what_all_sums_leave_together():
    # x + y = 10, x + z = 9 and y + z + u = 12 leave u = 2x - 7: so x is at least 4. One sum after the other leaves it 0 to 9.
    tables = {"t": table(*(row(m, n) for m, n in dict(a=10, b=9, c=12, x=6, y=4, z=3, u=5).items()))}
    sums = [{"total": total, "parts": list(parts)} for total, parts in {"a": "xy", "b": "xz", "c": "yzu"}.items()]
    made = protect(tables, ["partnership"], relations=sums).protected["partnership"]["t"].set_index("measure")["reason"]
    assert {m: range_of(made[m]) for m in "xyzu"} == {"x": (4, 9), "y": (1, 6), "z": (0, 5), "u": (1, 11)}


def test_where_what_is_printed_contradicts_itself_a_count_says_nothing_that_rests_on_it():
    # Of 30, x is 20 and none; and x is 4. One of the two is wrong, and nobody can tell which. 7 are a and b.
    counts = dict(all=30, x=BLANK, y=BLANK, w=20, none=0, p=4, ab=7, a=BLANK, b=BLANK)
    small = "withheld: between 1 and 5, or needed to protect another figure"
    tables = {"t": table(*(row(m, n) for m, n in counts.items()))}
    tables["t"]["reason"] = np.where(tables["t"]["count"].isna(), small, "")
    parts = {"all": ["x", "y"], "x": ["w", "none"], "ab": ["a", "b"]}
    sums = [{"total": total, "parts": some} for total, some in (*parts.items(), ("x", ["p", "none"]))]
    made = with_ranges(tables, [(profile("partnership"), tables)], {}, sums)["t"].set_index("measure")["reason"]
    assert [made[m].removeprefix(small) for m in "xyab"] == ["; nothing printed limits it"] * 2 + ["; from 0 to 7"] * 2


def test_two_labels_of_a_longer_list_are_not_taken_for_all_of_a_withheld_total():
    # Of a first ward a and b are printed, nobody, and of another c as well: the first's total, 2, is not "from 0 to 0".
    wards = by_ward(w1=dict(Total=2, a=0, b=0), w2=dict(Total=39, a=10, b=20, c=9))
    made = protect({"t": wards}, BOTH).protected["partnership"]["t"].set_index(["ward", "sex"])["reason"]
    assert made["w1", "Total"].endswith("nothing printed limits it")


def without(tables):
    """The same tables with no ranges in their reasons."""
    cut = {
        name: frame["reason"].str.replace(r"(; about \d+)?; from \d+ to \d+$", "", regex=True)
        for name, frame in tables.items()
    }
    return {name: frame.assign(reason=cut[name]) for name, frame in tables.items()}


def told(released, profile):
    found = attack(released, profile=profile)
    return found.drop(columns="exposed")


@pytest.mark.parametrize("make, seed", [(single, 0), (single, 3), (single, 5), (linked, 2), (linked, 4), (linked, 7)])
def test_what_is_possible_is_the_same_with_the_ranges_and_without(make, seed):
    made = protect(make(seed), BOTH).protected
    bare = {audience: without(tables) for audience, tables in made.items()}
    assert any(not made["partnership"][name].equals(bare["partnership"][name]) for name in made["partnership"])
    pd.testing.assert_frame_equal(told([made], "partnership"), told([bare], "partnership"))


@pytest.mark.parametrize("seed", [1, 3])
def test_over_quarters_too_ranges_tell_nothing_new(seed):
    issued, bare = [], []
    for pack in quarters(seed, 4):
        made = protect(pack, BOTH, history=issued).protected
        issued.append(made)
        bare.append({audience: without(tables) for audience, tables in made.items()})
    pd.testing.assert_frame_equal(told(issued, "partnership"), told(bare, "partnership"))
