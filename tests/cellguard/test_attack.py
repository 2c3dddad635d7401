"""The auditor: what a reader can work out, on tables small enough to work out by hand."""

import itertools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import AREA, attack, margins, protect

from cellguard import breaches, history
from cellguard.attacker import undisturbed
from cellguard.attacker.tied_group import Group
from lscb.errors import UserError

BLANK = float("nan")


def row(measure="referrals", count=BLANK, status=None, **more):
    status = status or ("suppressed" if count != count and "value" not in more else "shown")
    return {"area": AREA, "period": "2017-18-Q4", "measure": measure, "count": count, "status": status, **more}


def one(found, **labels):
    rows = found[np.logical_and.reduce([found[d] == v for d, v in labels.items()])]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_single_hidden_part_is_found_by_subtraction():
    table = pd.DataFrame([row(count=20, sex="Total"), row(count=17, sex="m"), row(sex="f")])
    cell = one(attack({"t": table}), sex="f")
    assert (cell["candidates"], cell["possible"], cell["exposed"]) == (1, "3", True)


def test_two_hidden_parts_leave_every_split_and_no_more():
    table = pd.DataFrame([row(count=10, sex="Total"), row(count=6, sex="a"), row(sex="b"), row(sex="c")])
    cell = one(attack({"t": table}), sex="b")
    assert (cell["candidates"], cell["possible"], cell["exposed"]) == (5, "0, 1, 2, 3, 4", False)


def test_rolling_windows_and_their_years_are_subtracted():
    counts = {"2015-16": 13, "2016-17": 18, "2017-18": BLANK}
    years = [row("cdop_reviews_completed", n, period=p, window="1 year") for p, n in counts.items()]
    three = row("cdop_reviews_completed", 36, period="2017-18", window="3 years")
    cell = one(attack({"t": pd.DataFrame([*years, three])}), period="2017-18", window="1 year")
    assert (cell["candidates"], cell["possible"], cell["exposed"]) == (1, "5", True)
    assert not attack({"t": pd.DataFrame([years[0], years[2], three])})["exposed"].any()  # two unknown years


def test_rolling_windows_that_differ_by_a_printed_year_give_one_that_no_table_prints():
    # 3 years to 2017-18 are 21, to 2016-17 22: 2017-18 (7) less 2014-15 is -1, so 2014-15 was 8; and of 5 with 3, so 3.
    def told(last, n, window="3 years"):
        return row("cdop_reviews_completed", n, period=last, window=window)

    large = pd.DataFrame([told("2017-18", 21), told("2016-17", 22), told("2017-18", 7, "1 year")])
    cell = one(attack({"t": large}), period="2014-15", window="1 year")
    assert (cell["possible"], cell["exposed"]) == ("8", False)
    small = pd.DataFrame([told("2017-18", 21), told("2016-17", 17), told("2017-18", 7, "1 year")])
    assert one(attack({"t": small}), period="2014-15", window="1 year")["possible"] == "3"


def test_a_total_adds_up_the_issue_of_its_own_time():
    # The second quarter was 8 and became 7; the year of 100 has the 7 in it, the year so far of 84 the 8.
    def pack(**counts):
        return {"t": pd.DataFrame([{**row(count=n), "period": p.replace("_", "-")} for p, n in counts.items()])}

    so_far = {"t": pd.DataFrame([{**row(count=84), "period": "2016-17 to Q2"}])}
    packs = [pack(**{"2016_17_Q1": 76}), pack(**{"2016_17_Q2": 8}) | {"s": so_far["t"]}]
    packs += [pack(**{"2016_17_Q2": 7, "2016_17_Q3": BLANK}), pack(**{"2016_17": 100, "2016_17_Q4": 12})]
    cell = one(attack(packs), period="2016-17-Q3")
    assert (cell["possible"], cell["exposed"]) == ("5", True)


@pytest.mark.parametrize("withheld", ["2017-18-Q4", "2016-17-Q4"])
def test_the_change_of_a_rate_beside_one_rate_gives_the_other(withheld, dictionary):
    repeats = {"measure": "hrda_referrals", "repeat": "repeat"}
    share = {"kind": "share", "adds_over": "none", "numerator": repeats, "denominator": "hrda_answered"}
    change = {"kind": "rate", "adds_over": "none", "change_of": "hrda_repeat_rate"}
    dictionary({"hrda_repeat_rate": share, "hrda_repeat_rate_change": change})
    # 3 of 16 now, 5 of 40 a year before: 0.1875 - 0.125 = 0.0625. With 16 (or 40) known, the rate gives the repeats.
    rows = []
    for period, repeats, answered in (("2017-18-Q4", 3, 16), ("2016-17-Q4", 5, 40)):
        rows.append(row("hrda_answered", answered, period=period))
        rows.append(row("hrda_referrals", BLANK if period == withheld else repeats, period=period, repeat="repeat"))
    rows.append(row("hrda_repeat_rate_change", value=0.0625, period="2017-18-Q4"))
    found = attack({"t": pd.DataFrame(rows)})
    cell = one(found, measure="hrda_referrals", period=withheld, repeat="repeat", figure="count")
    assert (cell["possible"], cell["exposed"]) == ("3" if withheld == "2017-18-Q4" else "5", True)
    assert not attack({"t": pd.DataFrame(rows[:-1])})["exposed"].any()


def test_the_difference_of_two_rates_is_no_rate_of_few():
    # 0.0625 - 0.0591 = 0.0034 is no 3 of 880 people: the public's row is withheld, the partnership's is printed.
    said = {"measure": "hrda_repeat_rate_change", "unit": "fraction"}
    public = pd.DataFrame([row(**said, status="suppressed")])
    partnership = pd.DataFrame([row(**said, value=3 / 880)])
    assert not attack([("public", {"t": public}), ("partnership", {"t": partnership})])["exposed"].any()


def test_whole_numbers_are_counted_not_the_width_of_an_interval():
    # double = 2 x single, single + single + other = 5 with double hidden: only even numbers fit, 0, 2 and 4.
    table = pd.DataFrame([row("all", 5), row("double"), row("single"), row("other")])
    sums = [{"total": "double", "parts": ["single", (1, "again")]}, {"total": "all", "parts": ["double", "other"]}]
    again = pd.DataFrame([row("single"), row("again")])
    same = [*sums, {"total": "single", "parts": ["again"]}]
    cell = one(attack([{"t": table}, {"u": again}], relations=same), measure="double")
    assert (cell["candidates"], cell["possible"], cell["min"], cell["max"]) == (3, "0, 2, 4", 0, 4)


def test_a_large_count_pinned_exactly_is_not_exposed():
    table = pd.DataFrame([row(count=200, sex="Total"), row(count=100, sex="m"), row(sex="f")])
    assert not attack({"t": table})["exposed"].any()


def test_two_packs_and_two_quarters_are_read_together():
    total, part = pd.DataFrame([row(count=20)]), pd.DataFrame([row(count=17, sex="m"), row(sex="f")])
    assert not attack({"b": part})["exposed"].any()
    assert attack([{"a": total}, {"b": part}])["exposed"].any()
    year = [{**row(count=n), "period": p} for p, n in (("2017-18", 60), ("2017-18-Q1", 20), ("2017-18-Q2", 17))]
    year += [{**row(), "period": "2017-18-Q3"}, {**row(count=20), "period": "2017-18-Q4"}]
    cell = one(attack([{"t": pd.DataFrame([r])} for r in year]), period="2017-18-Q3")
    assert cell["possible"] == "3"
    so_far = {**row(count=40), "period": "2017-18 to Q3"}
    assert one(attack({"t": pd.DataFrame([so_far, *year[1:4]])}), period="2017-18-Q3")["possible"] == "3"


def test_a_rounded_count_stands_for_five_and_zero_for_itself():
    said = "rounded to the nearest 5"
    rows = [row(count=10, sex="Total", reason=said), row(count=0, sex="m", reason=said), row(sex="f", reason="")]
    cell = one(attack({"t": pd.DataFrame(rows)}), sex="f")
    assert (cell["possible"], cell["exposed"]) == ("8, 9, 10, 11, 12", False)
    by_audience = [row(count=10, sex="Total"), row(count=0, sex="m"), row(sex="f")]
    assert one(attack(("public", {"t": pd.DataFrame(by_audience)})), sex="f")["possible"] == "8, 9, 10, 11, 12"


def test_percentages_without_their_counts_leave_few_totals(dictionary):
    # Of 12, 24, 36 ... people a third and a quarter are whole. For 18.8 % and 55.0 % every total to 100 is tried.
    shares = {name: {"kind": "share", "denominator": "all"} for name in ("a", "b")}
    dictionary(shares)
    table = pd.DataFrame([row("a", value=1 / 3), row("b", value=0.25), row("all")])
    cell = one(attack({"t": table}), measure="all", figure="count")
    assert cell["min"] == 12
    percent = [row("a", value=18.8, unit="%"), row("b", value=55.0, unit="%"), row("all")]
    fits = [n for n in range(1, 101) if _prints(n, 18.8) and _prints(n, 55.0)]
    assert one(attack({"t": pd.DataFrame(percent)}), measure="all", figure="count")["min"] == fits[0]


def _prints(of, percent):
    return any(abs(100 * count / of - percent) <= 0.05 + 1e-9 for count in range(of + 1))


def test_a_share_printed_beside_a_hidden_count_gives_it_back(dictionary):
    said = {"kind": "share", "numerator": "repeats", "denominator": "referrals"}
    dictionary({"repeat_share": said})
    table = pd.DataFrame([row("referrals", 16), row("repeats"), row("repeat_share", value=0.188)])
    assert one(attack({"t": table}), measure="repeats", figure="count")["possible"] == "3"  # 18.8 % of 16
    table = pd.DataFrame([row("referrals"), row("repeats"), row("repeat_share", value=0.2)])
    cell = one(
        attack({"t": table}, known={("referrals", (("area", AREA), ("period", "2017-18-Q4"))): 5}),
        measure="repeats",
        figure="count",
    )
    assert cell["possible"] == "1"


def test_someone_who_knows_one_cell_can_pin_another():
    tables = {"t": margins(np.array([[3, 10], [12, 20]]), (0, 1))}
    made = protect(tables, ["partnership"]).protected["partnership"]
    before = attack(made)
    cell = {"measure": "referrals", "area": AREA, "period": "2017-18-Q4", "sex": "sex 0", "band": "band 1"}
    known = attack(made, known={tuple(cell.items()): 10})
    assert not before["exposed"].any() and known["exposed"].any()


def test_breaches_leaves_out_further_cells():
    table = pd.DataFrame([row(count=20, sex="Total"), row(count=17, sex="m"), row(sex="f")])
    found = attack({"t": table})
    ledger = protect({"t": pd.DataFrame([row(count=3, sex="f")])}, ["partnership"]).ledger
    assert len(breaches(found, ledger, "partnership")) == 1
    assert breaches(found, ledger.assign(kind="further"), "partnership").empty


def test_breaches_leaves_out_what_was_given_away_before_and_not_what_is_given_away_further():
    # 20 of whom 17 are not f: 3 in f, but for those of y, who are 0 or 1 (one, and those of two who are among 1).
    nobody = protect({"t": pd.DataFrame([row(count=9)])}, ["partnership"]).ledger
    held = [row(count=20, sex="Total"), row(count=17, sex="m"), row(sex="f"), row(sex="y")]
    old = {"t": pd.DataFrame(held)}
    said = [{"total": {"measure": "referrals", "sex": "y"}, "parts": ["one", "two"]}]
    two = {"v": pd.DataFrame([row("one", 0), row("two"), row("three", 1)])}
    said.append({"total": "three", "parts": ["two", "four"]})
    before = attack([old, two], relations=said)
    assert one(before, sex="f", figure="count")["possible"] == "2, 3"
    for more, left in (({"w": pd.DataFrame([row("else", 9)])}, 0), ({"w": pd.DataFrame([row("four", 1)])}, 1)):
        found = attack([old, two, more], relations=said)
        exposed = breaches(found, nobody, "partnership", before)
        assert len(exposed[exposed["sex"] == "f"]) == left
        assert not breaches(found, nobody, "partnership").empty


def test_what_cannot_be_read_is_refused():
    with pytest.raises(UserError, match="tables by name"):
        attack(7)


@pytest.mark.parametrize(
    "people, values, possible",
    [
        (232, [1.3, 55.0], "3"),  # 1.25 to 1.35 % are 2.9 to 3.1, as the table has one decimal
        (300, [1.0, 55.0], ""),  # 0.5 to 1.5 % are 1.5 to 4.5, as it has none, ...
        (300, [1.0, 55.5], "3"),  # 2.85 to 3.15
        (214, [1.0, 2.0], "2, 3"),  # 1.07 to 3.21
        (300_000, [0.00001], "3"),  # unrounded
    ],
)
def test_a_share_stands_for_what_the_decimals_of_its_table_leave(dictionary, people, values, possible):
    said = {"kind": "rate", "numerator": "few", "denominator": "people"}
    dictionary({"m": said, "o": {**said, "numerator": "others"}})
    unit = "%" if values[0] >= 1 else "fraction"
    shares = [row(name, value=v, unit=unit) for name, v in zip("mo", values, strict=False)]
    held = {"t": pd.DataFrame(shares), "u": pd.DataFrame([row("people", people), row("few")])}
    found = attack(held)
    assert ", ".join(found.loc[found["exposed"] & (found["measure"] == "few"), "possible"]) == possible
    if values == [1.0, 55.5]:  # and so where an earlier pack has the same row without decimals beside it
        whole = {"t": pd.DataFrame([row("m", value=1.0, unit=unit)]), "u": held["u"]}
        found = attack([whole, held])
        assert ", ".join(found.loc[found["exposed"] & (found["measure"] == "few"), "possible"]) == possible


def test_not_full_stops_at_as_many_as_are_asked_for():
    # 0 to 4: five, of which three will do; 0 to 1 are both found.
    five = {"t": pd.DataFrame([row(count=10, sex="Total"), row(count=6, sex="a"), row(sex="b"), row(sex="c")])}
    assert attack(five, full=False)["candidates"].max() < 5 and attack(five)["candidates"].tolist() == [5, 5]
    two = {"t": pd.DataFrame([row(count=10, sex="Total"), row(count=9, sex="a"), row(sex="b"), row(sex="c")])}
    assert attack(two, full=False)["exposed"].tolist() == [True, True]


@pytest.mark.parametrize("least, exposed", [(5, True), (6, False)])
def test_not_full_finds_a_small_count_far_from_all_others(least, exposed):
    # x is `least`, or 17 more where t is 1. Then y, five times in the tables, is 0 to 40, but 20 where t is 0: all that
    # is withheld is least and most where x is not small.
    held = {"least": least, "one": 1, "twenty": 20} | dict.fromkeys(["x", "y", *(f"y{n}" for n in range(4))], BLANK)
    sums = {"one": ["t", "u"], "x": ["least", (17, "t")]} | {f"y{n}": ["y"] for n in range(4)}
    sums = [{"total": total, "parts": parts} for total, parts in sums.items()]
    sums.append({"total": "y", "parts": ["twenty", (20, "t"), "-p", "-more"]})
    sums.append({"total": "y", "parts": ["twenty", (-20, "t"), "q", "others"]})
    table = pd.DataFrame([row(name, count) for name, count in held.items()])
    found = attack({"t": table}, relations=sums, full=False)
    assert one(found, measure="x")["exposed"] == exposed
    assert one(attack({"t": table}, relations=sums), measure="x")["possible"] == f"{least}, {least + 17}"


def test_the_largest_limit_that_tables_say_is_that_of_their_reader():
    rows = [row(count=20, sex="Total"), row(count=14, sex="m"), row(sex="f", reason="withheld: between 1 and 7, or")]
    rows.append(row("x", reason="withheld: between 1 and 5, or"))
    assert one(attack({"t": pd.DataFrame(rows)}), sex="f")["exposed"]  # 6


def test_breaches_looks_for_the_same_figure_given_away_before():
    # 3 repeats of 8 were given away, which says nothing of 3 of 6.
    nobody = protect({"t": pd.DataFrame([row(count=9)])}, ["partnership"]).ledger
    made = attack({"t": pd.DataFrame([row(count=20, sex="Total"), row(count=17, sex="m"), row(sex="f")])})
    before = made.assign(figure="of")
    assert len(breaches(made, nobody, "partnership", before)) == 1
    assert len(breaches(made, nobody, "partnership", made.assign(exposed=False))) == 1
    assert breaches(made, nobody, "partnership", made).empty


# -- history --


def pack(count=12):
    return {"t": pd.DataFrame([row(count=float(count), value=BLANK, reason="")])}


def test_a_circulated_pack_is_kept_as_released(tmp_path):
    def board(count, on):
        return history.Entry("partnership", pack(count), "board", "2017-18-Q4", AREA, "A Chair", on)

    made = history.record(board(12, "2018-05-01"), tmp_path)
    assert (made.signed_off_by, made.audience, made.tables["t"]["count"][0]) == ("A Chair", "partnership", 12)
    again = history.record(board(13, "2018-05-09"), tmp_path)
    assert [e.tables["t"]["count"][0] for e in history.load(tmp_path)] == [12, 13]
    assert again.folder.name.startswith("002-")
    (made.folder / "t.csv").write_text("changed")
    with pytest.raises(UserError, match="not as it was signed off"):
        history.load(tmp_path)


@pytest.mark.parametrize(
    "by, on, audience", [("", "2018-05-01", "public"), ("A", "soon", "public"), ("A", "2018-05-01", "restricted")]
)
def test_nothing_is_recorded_without_a_person_a_date_or_protection(tmp_path, by, on, audience):
    with pytest.raises(UserError):
        history.record(history.Entry(audience, pack(), "board", "2017-18-Q4", AREA, by, on), tmp_path)
    assert not list(tmp_path.rglob("*.csv"))


def test_history_in_every_form_means_the_same():
    entry = history.Entry("partnership", pack())
    forms = [
        [entry],
        entry,
        ("partnership", pack()),
        {"partnership": pack()},
        [{"audience": "partnership", "tables": pack()}],
        [{"profile": "partnership", "tables": pack()}],
        [pack()],
    ]
    for form in forms:
        [(audience, tables)] = history.entries(form)
        assert audience == "partnership" and list(tables) == ["t"]


def test_a_reissue_that_changes_a_figure_is_read_beside_the_first():
    # First issue: the cell is 0 and shown. Second: it is 1, and its totals have risen by one. The other parts are
    # known for good, so only the totals can keep it.
    first = margins(np.array([[0, 10], [12, 20]]), (0, 1))
    now = margins(np.array([[1, 10], [12, 20]]), (0, 1))
    issued = [("partnership", protect({"t": first}, ["partnership"]).protected["partnership"])]
    made = protect({"t": now}, ["partnership"], history=issued).protected["partnership"]["t"]
    hidden = set(now["count"][made["status"] == "suppressed"])
    assert hidden == {1, 11, 13, 43}
    assert not attack([issued[0], ("partnership", {"t": made})])["exposed"].any()
    shown = made.assign(count=made["count"].mask(now["count"] == 11, 11.0))
    assert attack([issued[0], ("partnership", {"t": shown})])["exposed"].any()


def test_one_model_asked_again_and_again_finds_what_trying_every_solution_finds():
    """Sums of several numbers whose continuous ends are often no whole numbers."""
    every = np.array(list(itertools.product(range(4), repeat=8)))
    for seed in range(25):
        rng = np.random.default_rng(seed)
        rows = np.array([rng.permutation([1, 1, 1, 0, 0, 0, 0, 0]) for _ in range(5)])
        sums = rows @ rng.integers(0, 4, 8)
        known = SimpleNamespace(low=np.array([0.0] * 8 + [*sums]), high=np.array([3.0] * 8 + [*sums]))
        ties = [{**{int(i): 1 for i in np.flatnonzero(row)}, 8 + r: -1} for r, row in enumerate(rows)]
        solutions = every[(every @ rows.T == sums).all(axis=1)]
        with undisturbed():
            found = Group(known.low, known.high, list(range(8)), ties, []).reckon(list(range(8)), 12, True, 5)
        for i, (values, least, most) in found.items():
            assert values == set(solutions[:, i].tolist()), (seed, i)
            assert (least, most) == (min(values), max(values))


def test_the_attack_says_of_what_it_concludes_nothing():
    """A median that is printed without any count is read by nobody; a share is, and so is a count."""
    frame = pd.DataFrame(
        {
            "measure": ["days", "people", "share"],
            "value": [12.5, None, 0.25],
            "count": [None, 20, 5],
            "of": [None, None, 20],
        }
    )
    assert attack({"t": frame}).attrs["unused"] == ("days",)
    assert attack({"t": frame.iloc[1:]}).attrs["unused"] == ()
