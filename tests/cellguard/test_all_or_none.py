"""All or none of a small group: one definition, followed by the solver and by the auditor each in its own way.

The count of a share is primary where its group is of 1 to `all_or_none` and the count is none or all of it. What a
reader can know of that is counted here by trying every table.
"""

import itertools

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import AREA, attack, protect

from cellguard import breaches, profile
from cellguard.audiences import Profile

LABELS = ("sex 0", "sex 1", "Total")
SHARE = {"kind": "share", "numerator": "some", "denominator": "people", "adds_over": "none"}


@pytest.fixture(autouse=True)
def documented(dictionary):
    """A dictionary of people, some of them, and the share that those are."""
    counts = {name: {"kind": "count", "adds_over": "all"} for name in ("some", "people")}
    dictionary(counts | {"share": SHARE})


def tables(some, people, hide=(), period="2017-18-Q4", alone=False):
    """Some, people and the share by label; `hide` names (measure, label) pairs, and a share goes with its numbers.

    `alone`: the share prints its value without the two counts.
    """
    rows = []
    for label, n, of in zip(LABELS, some, people, strict=False):
        same = {"area": AREA, "period": period, "sex": label}
        for measure, count in (("some", n), ("people", of)):
            gone = (measure, label) in hide
            status = "suppressed" if gone else "shown"
            rows.append(same | {"measure": measure, "count": np.nan if gone else count, "status": status})
        gone = {("some", label), ("people", label)} & set(hide)
        figures = {"value": n / of} | ({} if alone else {"count": n, "of": of}) if of and not gone else {}
        status = "suppressed" if gone else "shown" if of else "not_applicable"
        rows.append(same | {"measure": "share", "status": status} | figures)
    frame = pd.DataFrame(rows).reindex(columns=["area", "period", "sex", "measure", "value", "count", "of", "status"])
    return {name: part.reset_index(drop=True) for name, part in frame.groupby("measure")}


def with_total(pairs):
    """(some, people) of each label and of all, from (some, not) of each."""
    some, people = [n for n, _ in pairs], [n + rest for n, rest in pairs]
    return (*some, sum(some)), (*people, sum(people))


def every_truth(total):
    """(some, not) of two labels, in every way in which there are `total` people in all."""
    for a, b, c in itertools.product(range(total + 1), repeat=3):
        if a + b + c <= total:
            yield ((a, b), (c, total - a - b - c))


def numbers(pairs):
    """{(measure, label, figure): number} of everything that can be said of a truth."""
    some, people = with_total(pairs)
    found = {}
    for label, n, of in zip(LABELS, some, people, strict=True):
        found |= {("some", label, "count"): n, ("people", label, "count"): of, ("some", label, "rest"): of - n}
    return found


def primary(truth, name, top, group):
    """Whether a number is primary in a truth."""
    measure, label, figure = name
    of = truth["people", label, "count"]
    all_or_none = (measure, figure) == ("some", "count") and 1 <= of <= group and truth[name] in (0, of)
    return 1 <= truth[name] <= top or all_or_none


def draw(seed):
    """A truth and what is hidden of it: all that is primary for `partnership`, and cells at random. All are shown."""
    rng = np.random.default_rng(seed)
    pairs = tuple(tuple(int(n) for n in rng.choice([0, 0, 1, 2, 4, 6], 2)) for _ in range(2))
    if not any(map(sum, pairs)):
        pairs = ((0, 6), (0, 0))
    true = numbers(pairs)
    cells = [name for name in true if name[2] == "count" and name != ("people", "Total", "count")]
    hide = {name[:2] for name in cells if primary(true, name, 5, 5) or rng.random() < 0.3}
    return pairs, hide


@pytest.mark.parametrize("start", range(0, 90, 30))
def test_the_auditor_accuses_exactly_what_trying_every_table_says(start):
    for seed in range(start, start + 30):
        pairs, hide = draw(seed)
        some, people = with_total(pairs)
        true = numbers(pairs)
        shown = [n for n in true if n[2] == "count" and n[:2] not in hide]
        truths = [numbers(t) for t in every_truth(people[-1])]
        truths = [t for t in truths if all(t[n] == true[n] for n in shown)]
        found = attack(tables(some, people, hide), profile="partnership")
        for row in found.to_dict("records"):
            name = row["measure"], row["sex"], row["figure"]
            values = {t[name] for t in truths}
            may = [primary(t, name, 5, 5) for t in truths]
            known = all(may) if name in shown else any(may)
            assert row["exposed"] == (len(values) < 3 and known), (seed, name, sorted(values))
        rows = {tuple(n) for n in found[["measure", "sex", "figure"]].itertuples(index=False, name=None)}
        assert {(*cell, "count") for cell in hide} <= rows


@pytest.mark.parametrize("start", range(0, 40, 20))
def test_what_the_solver_releases_the_auditor_does_not_refuse_and_trying_every_table_agrees(start):
    for seed in range(start, start + 20):
        pairs, _ = draw(seed)
        some, people = with_total(pairs)
        made = protect(tables(some, people), ["partnership"])
        released = made.protected["partnership"]
        found = attack(released, profile="partnership")
        assert breaches(found, made.ledger, "partnership").empty, seed
        if (made.ledger["kind"] == "short").any():
            continue
        true = numbers(pairs)
        shown = {
            (row["measure"], row["sex"], "count"): row["count"]
            for name in ("some", "people")
            for row in released[name].to_dict("records")
            if row["status"] == "shown"
        }
        near = 0 if ("people", "Total", "count") in shown else 4  # far enough for three candidates
        totals = range(max(people[-1] - near, 0), people[-1] + near + 1)
        truths = [numbers(t) for total in totals for t in every_truth(total)]
        truths = [t for t in truths if all(t[n] == v for n, v in shown.items())]
        for name in true:
            if primary(true, name, 5, 5):
                assert name not in shown and len({t[name] for t in truths}) >= 3, (seed, name)


# -- by hand --


def test_a_printed_none_of_a_group_of_hidden_size_is_no_breach():
    # Nobody is of sex 1: that none of them are is printed, how many they are is hidden to protect the 3 of sex 0.
    hide = {("people", "sex 0"), ("people", "sex 1")}
    released = tables((0, 0, 0), (8, 0, 8), hide)
    assert not attack(released, profile="partnership")["exposed"].any()
    # 8 in all of whom 4 are of sex 0: none of the 4 of sex 1 is all too certain, though the 4 is printed nowhere.
    released = tables((4, 0, 4), (4, 4, 8), {("people", "sex 1"), ("some", "sex 0"), ("some", "Total")})
    found = attack(released, profile="partnership").query("sex == 'sex 1' and measure == 'some' and figure == 'count'")
    assert found["exposed"].tolist() == [True]


def test_none_of_a_group_that_cannot_be_small_where_it_is_none_is_not_exposed():
    # 1 or 0 of sex 1, of a group of 1 to 9: a group of 9 has none, and that is all that is known.
    pairs = ((6, 0), (0, 9))
    some, people = with_total(pairs)
    hide = {("some", "sex 0"), ("some", "sex 1"), ("people", "sex 1"), ("people", "sex 0"), ("people", "Total")}
    found = attack(tables(some, people, hide), profile="partnership")
    mine = found.query("sex == 'sex 1' and measure == 'some' and figure == 'count'").iloc[0]
    assert mine["candidates"] == 7 and not mine["exposed"]  # 0 to 6, as nothing says more


def test_each_audience_is_promised_its_own_limit():
    # None of 6: primary for the public (1-7), not for the partnership (1-5), whose reader has both.
    some, people = (9, 0, 9), (30, 6, 36)
    made = protect(tables(some, people))
    cell = made.protected["partnership"]["some"].set_index("sex").loc["sex 1"]
    assert (cell["status"], cell["count"]) == ("shown", 0)
    assert made.protected["public"]["some"].set_index("sex").loc["sex 1", "status"] == "suppressed"
    for audience in ("partnership", "public"):
        seen = [(name, made.protected[name]) for name in (audience, *profile(audience).sees)]
        assert breaches(attack(seen, profile=audience), made.ledger, audience).empty


@pytest.mark.parametrize("count, of, hidden", [(6, 6, True), (6, 7, True), (6, 9, False), (0, 6, True), (0, 7, False)])
def test_all_and_none_follow_their_own_limit(count, of, hidden):
    # Counts from 1 to 2 are primary, and all or none of a group of up to 6: of 7, the 1 that is left out.
    rules = Profile("panel", threshold=2, all_or_none=6)
    made = protect(tables((count,), (of,)), [rules]).protected["panel"]
    assert (made["share"]["status"] == "suppressed").tolist() == [hidden]


def test_the_rest_of_a_share_withheld_before_is_not_given_back():
    # 8 of 10 were withheld in a first quarter, for the 2 who were not. The year so far less the second quarter:
    # 28 - 20 of 40 - 30.
    first = tables((8,), (10,), {("some", "sex 0"), ("people", "sex 0")}, "2017-18-Q1")
    past = [("partnership", {"share": first["share"]})]
    now = {
        f"{name}, {part}": frame
        for name, some, of, period in (("quarter", 20, 30, "2017-18-Q2"), ("so far", 28, 40, "2017-18 to Q2"))
        for part, frame in tables((some,), (of,), period=period).items()
    }
    made = protect(now, ["partnership"], history=past)
    careless = attack([*past, ("partnership", now)], profile="partnership").query("figure == 'rest' and exposed")
    assert careless["possible"].tolist() == ["2"]
    found = attack([*past, ("partnership", made.protected["partnership"])], profile="partnership")
    assert not found["exposed"].any()


def test_what_is_implied_and_not_small_is_no_breach_however_few_its_candidates():
    # All 14 of sex 1 are counted. Rounded, 15 of 15 and none of 15 in the quarter before leave 0 or 1 of the rest:
    # the ledger says that it is no small count, and the auditor takes nothing else for safe.
    first = tables((15, 0, 15), (15, 13, 28), period="2017-18-Q1")
    quarter = tables((14, 14, 28), (15, 14, 29), period="2017-18-Q2")
    so_far = tables((29, 14, 43), (30, 27, 57), period="2017-18 to Q2")
    past = [("public", protect(first, ["public"]).protected["public"])]
    now = {f"{name} {n}": frame for n, each in enumerate((quarter, so_far)) for name, frame in each.items()}
    made = protect(now, ["public"], history=past)
    found = attack([*past, ("public", made.protected["public"])], profile="public")
    assert breaches(found, made.ledger, "public").empty
    implied = made.ledger["kind"] == "implied"
    assert (made.ledger.loc[implied, "table"] == "").all() and implied.any()
    loud = found[found["exposed"]]
    if len(loud):
        assert len(breaches(found, made.ledger[~implied], "public"))


def test_a_share_of_rounded_counts_that_prints_its_value_alone_is_no_share_of_the_counts():
    # 10 of 13 and 3 of 4 are printed as 10 of 15 and nothing, 13 of 17 as 15 of 15: 100 % of rounded counts leaves
    # some who are not.
    made = protect(tables((10, 3, 13), (13, 4, 17), alone=True))
    for audience in ("partnership", "public"):
        seen = [(name, made.protected[name]) for name in (audience, *profile(audience).sees)]
        assert breaches(attack(seen, profile=audience), made.ledger, audience).empty
    rounded = made.protected["public"]["share"].set_index("sex")["value"]
    assert rounded["Total"] == 1 and rounded["sex 0"] == pytest.approx(10 / 15)
