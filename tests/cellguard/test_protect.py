"""The promise of disclosure control, kept and attacked."""

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import (
    AREA,
    attack,
    broken,
    least,
    linked,
    margins,
    percentages,
    primary,
    protect,
    quarters,
    readers,
    rows_of,
    single,
    visible,
)

import cellguard as disclosure
from lscb.errors import UserError

CELL = {"area": AREA, "period": "2017-18-Q4"}


def row(measure="referrals", count=None, **more):
    return {**CELL, "measure": measure, "count": count, **more}


def table(*rows):
    return pd.DataFrame(list(rows))


def hidden(frame):
    return set(frame.index[frame["status"] == "suppressed"])


def loss(tables, made):
    """(further cells, the size of partnership's that public's rounding tells) over every profile."""
    cells, size = 0, 0.0
    for name, top in (("partnership", 5), ("public", 7)):
        for table, frame in made.protected.get(name, {}).items():
            true = tables[table]["count"]
            further = true[(frame["status"] == "suppressed") & ~true.between(1, top)]
            cells += len(further)
            size += float(visible(further).sum()) if name == "partnership" and len(made.protected) == 2 else 0.0
    return cells, size


def test_only_what_was_rounded_says_so():
    made = protect({"t": table(row(count=0), row("plans", count=40))}).protected["public"]["t"]
    assert made["reason"].tolist() == ["", "rounded to the nearest 5"]


# -- the promise --


@pytest.mark.parametrize("make, seeds", [(single, range(10)), (linked, range(6)), (percentages, range(4))])
def test_every_primary_cell_keeps_three_candidates_for_every_reader(make, seeds):
    for seed in seeds:
        tables = make(seed)
        for released, top in readers(protect(tables).protected):
            assert not broken(attack(released), primary(tables, top)), seed


def test_quarters_and_years_recover_nothing_from_each_other():
    for seed in range(3):
        packs, issued = quarters(seed), []
        for pack in packs:
            issued.append(protect(pack, history=issued).protected)
        for audiences, top in ((["partnership"], 5), (["public"], 7), (["partnership", "public"], 5)):
            released = [made[name] for made in issued for name in audiences]
            wanted = {cell: n for pack in packs for cell, n in primary(pack, top).items()}
            assert not broken(attack(released, full=False), wanted), (seed, audiences)


def test_hiding_only_small_counts_fails_the_same_attack():
    failures = 0
    for seed in range(12):
        tables = single(seed)
        only = {
            n: t.assign(status=np.where(t["count"].between(1, 5), "suppressed", "shown")) for n, t in tables.items()
        }
        only = {n: t.assign(count=t["count"].astype(float).mask(t["status"] == "suppressed")) for n, t in only.items()}
        failures += bool(broken(attack(only), primary(tables, 5)))
    assert failures >= 3


@pytest.mark.parametrize("seed", [43, 51, 60])  # found by search: 3 of 70 sets of invented tables
def test_one_table_at_a_time_fails_the_same_attack(seed):
    tables = linked(seed)
    alone = {n: protect({n: t}, ["partnership"]).protected["partnership"][n] for n, t in tables.items()}
    assert broken(attack(alone, full=False), primary(tables, 5))
    together = protect(tables, ["partnership"]).protected["partnership"]
    assert not broken(attack(together, full=False), primary(tables, 5))


def test_two_profiles_safe_alone_are_solved_together():
    # Found by search: each profile protected alone leaves a reader of both fewer than three candidates.
    worse = 0
    for seed in range(12):
        tables = single(seed)
        alone = {p: protect(tables, [p]).protected[p] for p in ("partnership", "public")}
        worse += bool(broken(attack(list(alone.values()), full=False), primary(tables, 5)))
        together = protect(tables).protected
        assert not broken(attack(list(together.values()), full=False), primary(tables, 5))
    assert worse >= 1


# -- the least loss --


@pytest.mark.parametrize("profiles", [["partnership"], ["public"]])
def test_loss_is_the_true_minimum_of_one_profile(profiles):
    for seed in range(15):
        rng = np.random.default_rng(seed)
        sizes = [(2, 2), (2, 3), (3, 3)][seed % 3]
        tables = {"t": margins(rng.poisson(rng.choice([2, 6, 12, 20]), sizes), (0, 1))}
        assert loss(tables, protect(tables, profiles)) == least(sizes, tables["t"]["count"], profiles), seed


def test_loss_is_the_true_minimum_of_both_profiles():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        sizes = [(2, 2), (1, 3), (2, 1)][seed % 3]
        tables = {"t": margins(rng.poisson(rng.choice([2, 6, 12, 20]), sizes), (0, 1))}
        both = ["partnership", "public"]
        assert loss(tables, protect(tables, both)) == least(sizes, tables["t"]["count"], both), seed


@pytest.mark.parametrize("counts", [(5, 15, 15), (5, 8, 8), (15, 5, 15), (8, 8, 5), (3, 12, 11, 11)])
def test_what_is_hidden_beside_a_small_count_does_not_depend_on_how_small_it_is(counts):
    """Every small count that leaves what is printed as it is must leave the choice of cells as it is."""

    def released(counts):
        made = protect({"t": margins(np.array(counts), (0,))}, ["partnership"]).protected["partnership"]["t"]
        return made["count"].tolist()

    small, first = counts.index(min(counts)), released(counts)
    (other,) = (i for i in hidden(pd.DataFrame({"status": np.where(np.isnan(first), "suppressed", "")})) - {small})
    for value in range(1, 6):
        twin = list(counts)
        twin[small], twin[other] = value, counts[small] + counts[other] - value
        np.testing.assert_equal(released(twin), first)


def test_of_as_many_cells_a_part_goes_before_its_total():
    # Beside the 5 either 15 or their 35 may go, of each of twelve measures whose order of names is another one.
    team = disclosure.Profile("team", threshold=5, all_or_none=5)
    for number in range(12):
        tables = {"t": margins(np.array([5, 15, 15]), (0,), measure=f"measure {number}")}
        assert protect(tables, [team]).protected["team"]["t"]["count"].iloc[-1] == 35, number


def test_showing_any_further_cell_again_is_caught():
    tried = 0
    for seed in range(20):
        tables = single(seed)
        made = protect(tables, ["partnership"]).protected["partnership"]["referrals"]
        true = tables["referrals"]["count"]
        for i in hidden(made):
            if not 1 <= true[i] <= 5:
                shown = made.copy()
                shown.loc[i, ["count", "status", "reason"]] = [float(true[i]), "shown", ""]
                assert attack({"referrals": shown})["exposed"].any(), (seed, i)
                tried += 1
    assert tried > 10


def test_the_order_of_tables_and_rows_changes_nothing():
    tables = linked(5)
    once = protect(tables).protected["partnership"]
    turned = {name: tables[name].iloc[::-1].reset_index(drop=True) for name in reversed(tables)}
    again = protect(turned).protected["partnership"]
    for name in tables:
        pd.testing.assert_frame_equal(once[name], again[name].iloc[::-1].reset_index(drop=True))


# -- thresholds, rounding, zeros --


@pytest.mark.parametrize("count, partnership, public", [(0, 0, 0), (1, None, None), (5, None, None), (6, 6, None)])
def test_thresholds_at_their_boundaries(count, partnership, public):
    made = protect({"t": table(row(count=count))}).protected
    for name, expected in (("partnership", partnership), ("public", public)):
        got = made[name]["t"]["count"][0]
        assert got == expected if expected is not None else np.isnan(got)


@pytest.mark.parametrize("count, printed", [(7, None), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20)])
def test_public_counts_are_rounded_to_the_nearest_five(count, printed):
    made = protect({"t": table(row(count=count))}, ["public"]).protected["public"]["t"]
    assert made["count"][0] == printed if printed else np.isnan(made["count"][0])


def test_public_percentages_come_from_the_rounded_counts():
    shares = table(row("share", 13, of=38, value=13 / 38, low=0.2, high=0.5, method="Wilson"))
    made = protect({"t": shares}, ["public"]).protected["public"]["t"].iloc[0]
    assert (made["count"], made["of"], made["value"]) == (15, 40, 15 / 40)
    # 15 is 13 to 17 and 40 is 38 to 42: Wilson's lower end of 13/42 is 19.07 %, the upper one of 17/38 is 60.29 %.
    assert made["low"] == pytest.approx(0.1907, abs=5e-5) and made["high"] == pytest.approx(0.6029, abs=5e-5)


@pytest.mark.parametrize(
    "value, unit, per",
    [
        (0.268, "", 1),
        (26.8, "", 100),
        (27.0, "%", 100),
        (2676.1, "per 10,000 children", 10_000),
        (0.0, "share", 1),  # rounded to nothing
        (0.0, "", None),  # of what, nobody can tell
        (0.5, "", None),  # no ratio of these two
        (10.0, "", None),  # 37 times the ratio, rounded: 37 is what nobody prints
        (26.8, "share", None),
    ],
)
def test_a_rounded_percentage_beside_rounded_counts_is_their_ratio_or_withheld(value, unit, per):
    # 19 of 71 (0.26761) is printed as 20 of 70. Any other multiple would give 19 and 71 back.
    shares = table(row("share", 19, of=71, value=value, low=value * 0.9, high=value * 1.1, unit=unit))
    made = protect({"t": shares}, ["public"]).protected["public"]["t"].iloc[0]
    assert (made["count"], made["of"]) == (20, 70)
    assert made["value"] == per * 20 / 70 if per else np.isnan(made["value"])


def test_the_interval_of_a_percentage_is_in_per_cent():
    shares = table(row("share", 13, of=38, value=34.2, low=21.2, high=50.1, unit="%", method="Wilson"))
    made = protect({"t": shares}, ["public"]).protected["public"]["t"].iloc[0]  # of 13/42 and 17/38
    assert made["low"] == pytest.approx(19.07, abs=5e-3) and made["high"] == pytest.approx(60.29, abs=5e-3)


def test_an_interval_keeps_the_design_effect_that_its_method_names():
    """Rao and Scott (1992): 13 and 17 / 1.5 of 42 and 38 / 1.5 by Wilson's formula; of 68 / 1.4 by Byar's 35.879, of 72 / 1.4
    67.544, by 1.4 of 100,002 and 99,998."""
    said = "; wider for people who come again (design effect {})"
    shares = row("share", 13, of=38, value=34.2, low=19.0, high=53.5, unit="%", method="Wilson" + said.format(1.5))
    rates = row("rate", 71, of=100_000, value=71.0, low=52.8, high=93.4, unit="per 100,000", method="Byar's" + said.format(1.4))  # fmt: skip
    made = protect({"t": table(shares, rates)}, ["public"]).protected["public"]["t"]
    assert made[["low", "high"]].to_numpy() == pytest.approx(np.array([[17.03, 63.49], [50.23, 94.56]]), abs=6e-3)


def test_a_zero_may_be_chosen_unless_zeros_are_promised():
    # Beside the 3 a further cell of its line is withheld: the same one, whether 0 or 20 stands there.
    always, chosen = disclosure.Profile("partnership", threshold=5, zeros="always"), []
    for first in ([3, 0, 20], [3, 20, 0]):
        tables = {"t": margins(np.array([first, [30, 40, 50]]), (0, 1))}
        may, made = (protect(tables, [p]).protected["partnership"]["t"] for p in ("partnership", always))
        zero = tables["t"]["count"] == 0
        chosen += may.loc[zero, "status"].eq("suppressed").tolist()
        assert made.loc[zero, "status"].eq("shown").all()
    assert sorted(chosen) == [False, True]


def test_candidates_inside_the_threshold_where_asked_and_said_where_that_cannot_be():
    inside = disclosure.Profile("partnership", threshold=5, candidates=3, inside=True)
    tables = {"t": margins(np.array([[1, 9], [8, 20]]), (0, 1))}
    made = protect(tables, [inside])
    found = rows_of(attack(made.protected["partnership"]))
    cell = [r for (_, labels), r in found.items() if ("sex", "sex 0") in labels and ("band", "band 0") in labels]
    assert cell[0]["max"] >= 3
    assert "short" not in set(made.ledger["kind"])
    known = {"o": table(row("all", 2), row("one", 1), row("other", 1))}
    declared = [{"total": "all", "parts": ["one", "other"]}]
    shown = [("partnership", {"o": table(row("all", 2, status="shown"))})]
    short = protect(known, [inside], history=shown, relations=declared).ledger
    assert (short["kind"] == "short").sum() == 3  # all is 2: itself and both its parts


# -- relations --


def test_a_label_left_out_is_a_cell_too():
    # 57 of 60 with children: the three without must not follow from the two that are printed.
    tables = {"t": table(row(count=60, children="Total"), row(count=57, children="with children"))}
    made = protect(tables, ["partnership"]).protected["partnership"]["t"]
    assert len(hidden(made)) == 1
    assert attack(tables)["exposed"].any() and not attack({"t": made})["exposed"].any()


def test_the_rest_of_a_share_is_a_cell_too():
    made = protect({"t": table(row("share", 57, of=60, value=0.95))}, ["partnership"]).protected["partnership"]["t"]
    assert hidden(made) == {0} and made[["count", "of", "value"]].isna().all(axis=None)


def test_a_share_follows_the_counts_it_is_made_of_in_other_tables():
    counts = table(row("repeats", 4), row("referrals", 30))
    shares = table(row("repeat_share", 4, of=30, value=4 / 30))
    made = protect({"a": counts, "b": shares}, ["partnership"]).protected["partnership"]
    assert hidden(made["a"]) == {0} and hidden(made["b"]) == {0}


@pytest.fixture
def values_only(dictionary):
    """A dictionary of a share that prints its value alone: its two counts stand in tables of their own."""
    share = {"kind": "share", "numerator": "repeats", "denominator": "referrals", "adds_over": "none"}
    dictionary({"repeat_share": share})


def test_all_or_none_of_a_small_group_is_hidden_where_the_share_prints_its_value_alone(values_only):
    by_sex = {"sex 1": (6, 20), "sex 2": (9, 30), "sex 3": (0, 4), "Total": (15, 54)}
    tables = {
        "repeats": table(*(row("repeats", n, sex=s) for s, (n, _) in by_sex.items())),
        "referrals": table(*(row("referrals", n, sex=s) for s, (_, n) in by_sex.items())),
        "shares": table(*(row("repeat_share", value=n / of, sex=s) for s, (n, of) in by_sex.items())),
    }
    made = protect(tables, ["partnership"]).protected["partnership"]
    assert 2 in hidden(made["repeats"]) and len(hidden(made["repeats"])) == 2  # none of 4, and a cell beside it
    assert not attack(made, profile="partnership")["exposed"].any()


def test_the_rest_of_a_share_that_prints_its_value_alone_is_a_cell_too(values_only):
    tables = {"t": table(row("repeats", 54), row("referrals", 56), row("repeat_share", value=54 / 56))}  # 2 are not
    made = protect(tables, ["partnership"]).protected["partnership"]
    assert 2 in hidden(made["t"]) and len(hidden(made["t"])) == 2
    assert attack(tables, profile="partnership")["exposed"].any()
    assert not attack(made, profile="partnership")["exposed"].any()


def test_a_table_that_leaves_a_label_out_adds_up_on_its_own_as_well():
    # Nobody of sex 2: no share of them. In the table of shares 27 - 24 gives 3, whatever is hidden in the other.
    counts = [row("households", n, sex=s) for s, n in (("sex 0", 24), ("sex 1", 3), ("sex 2", 0), ("Total", 27))]
    shares = [
        row("household_share", n, of=of, value=n / of, sex=s)
        for s, n, of in (("sex 0", 24, 44), ("sex 1", 3, 12), ("Total", 27, 56))
    ]
    tables = {"households": table(*counts), "household_share": table(*shares)}
    made = protect(tables, ["partnership"]).protected["partnership"]
    assert len(hidden(made["household_share"])) == 2 and 1 in hidden(made["household_share"])
    assert not attack(made, profile="partnership", full=False)["exposed"].any()


def test_a_table_that_adds_up_on_its_own_does_so_beside_a_finer_one_that_does_not():
    # In ward 1 five people are of a sex not printed: the finer table may leave people out, the short one does not.
    counts = [("sex 0", 24), ("sex 1", 3), ("Total", 27)]
    short = table(*(row("households", n, sex=s) for s, n in counts))
    finer = [row("households", n, sex=s, ward="Total") for s, n in [*counts, ("sex 2", 0)]]
    finer += [row("households", n, sex=s, ward="ward 1") for s, n in (("sex 0", 20), ("Total", 25))]
    made = protect({"short": short, "finer": table(*finer)}, ["partnership"]).protected["partnership"]
    assert len(hidden(made["short"])) == 2 and 1 in hidden(made["short"])


def test_declared_sums_protect_what_the_dimensions_do_not_show():
    tables = {"t": table(row("all", 30), row("first", 26), row("repeat", 4))}
    assert len(hidden(protect(tables, ["partnership"]).protected["partnership"]["t"])) == 1
    made = protect(tables, ["partnership"], relations=[{"total": "all", "parts": ["first", "repeat"]}])
    assert len(hidden(made.protected["partnership"]["t"])) == 2
    minus = protect(tables, ["partnership"], relations=[{"total": "repeat", "parts": ["all", "-first"]}])
    assert len(hidden(minus.protected["partnership"]["t"])) == 2


def test_quarters_add_to_a_year_and_the_missing_one_is_a_cell():
    year = [{**row(count=n), "period": p} for p, n in (("2017-18", 60), ("2017-18-Q1", 20), ("2017-18-Q2", 17))]
    year.append({**row(count=20), "period": "2017-18-Q4"})  # Q3 is 3 by subtraction
    assert len(hidden(protect({"t": table(*year)}, ["partnership"]).protected["partnership"]["t"])) == 1


def windows(*ones, **longer):
    """Counts of years to 2017-18, and of rolling windows that end with it: `three=36` is of 3 years."""
    names = {"three": ("3 years", "2017-18"), "three_before": ("3 years", "2016-17"), "five": ("5 years", "2017-18")}
    first = 2018 - len(ones)
    years = [(f"{y}-{y - 1999}", "1 year", n) for y, n in enumerate(ones, first)]
    more = [(names[name][1], names[name][0], n) for name, n in longer.items()]
    return table(*(row("cdop_reviews_completed", n, period=p, window=w) for p, w, n in years + more))


def test_a_year_is_not_given_away_by_rolling_windows():
    rolling = windows(9, 15, 13, 18, 5, three_before=46, three=36, five=60)  # 36 - 13 - 18 = 5
    made = protect({"t": rolling}, ["partnership"]).protected["partnership"]["t"]
    assert 4 in hidden(made) and len(hidden(made)) > 1
    assert not attack({"t": made})["exposed"].any()


def test_the_one_year_that_a_window_leaves_is_a_cell():
    made = protect({"t": windows(18, 15, three=36)}, ["partnership"]).protected["partnership"]["t"]  # 2015-16 is 3
    assert len(hidden(made)) == 1


def test_windows_that_do_not_add_are_noted_and_left_alone():
    made = protect({"t": windows(9, 15, 13, 18, 5, three=37)}, ["partnership"])
    assert hidden(made.protected["partnership"]["t"]) == {4}
    assert made.ledger["rule"].str.contains("rolling windows").any() or "note" in set(made.ledger["kind"])


def test_distinct_people_do_not_add_and_are_left_alone():
    rows = [row(count=20, kind="Total"), row(count=15, kind="a"), row(count=12, kind="b"), row(count=3, kind="c")]
    made = protect({"t": table(*rows)}, ["partnership"])
    assert hidden(made.protected["partnership"]["t"]) == {3}
    assert "note" in set(made.ledger["kind"])


def test_two_tables_that_disagree_on_a_cell_are_refused():
    with pytest.raises(UserError, match="two different numbers"):
        protect({"a": table(row(count=30)), "b": table(row(count=31))})


# -- what else is promised --


def test_restricted_is_left_as_it_is():
    tables = single(1)
    made = protect(tables, ["restricted"]).protected["restricted"]["referrals"]
    assert (made["count"] == tables["referrals"]["count"]).all() and (made["status"] == "shown").all()


def test_nothing_tells_a_primary_from_a_further_cell():
    tables = single(3)
    made = protect(tables, ["partnership"]).protected["partnership"]["referrals"]
    held = made[made["status"] == "suppressed"]
    further = ~tables["referrals"].loc[held.index, "count"].between(1, 5)
    labels = held[["status", "reason"]].drop_duplicates()
    assert further.any() and len(labels) == 1 and held["count"].isna().all()


def test_averages_hide_with_their_base_and_without_a_known_base(dictionary):
    rows = [row("reviews", 4), row("days", value=200.5), row("reviews_all", 40), row("days_all", value=180.0)]
    rows.append(row("nobody_knows", value=7.5))
    bases = (("days", "reviews"), ("days_all", "reviews_all"))
    dictionary({name: {"kind": "average", "denominator": base} for name, base in bases})
    made = protect({"t": table(*rows)}).protected
    for frame in (made["partnership"]["t"], made["public"]["t"]):
        assert hidden(frame) == {0, 1} and frame.loc[[0, 1, 4], "value"].isna().all()
        assert frame["status"][4] == "not_available" and frame["value"][3] == 180


def test_what_was_shown_once_cannot_be_taken_back():
    first = {"t": table(row(count=9, sex="Total"), row(count=9, sex="m"), row(count=0, sex="f"))}
    now = {"t": table(row(count=12, sex="Total"), row(count=9, sex="m"), row(count=3, sex="f"))}
    made = protect(now, ["partnership"], history=[("partnership", first)]).protected["partnership"]["t"]
    assert hidden(made) == {0, 2}  # the nine are known for good: only the total can keep the three


def test_the_ledger_says_what_each_further_cell_protects():
    tables = {"t": margins(np.array([[3, 10], [12, 20]]), (0, 1))}
    ledger = protect(tables, ["partnership"]).ledger
    further = ledger[ledger["kind"] == "further"]
    assert len(further) == 3 and further["protects"].str.contains("referrals").all()
    assert (ledger["gap"] == 0).all()


def test_a_solved_part_is_kept_in_the_memo(tmp_path):
    first = protect(linked(2), memo=tmp_path)
    again = protect(linked(2), memo=tmp_path)
    assert any(tmp_path.iterdir())
    pd.testing.assert_frame_equal(first.ledger, again.ledger)
