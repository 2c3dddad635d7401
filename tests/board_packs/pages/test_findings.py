"""What a pack's first page finds in its tables: by which rule, in which order, and what it says cannot be known."""

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from board_packs.pages import sentences as say
from board_packs.pages.book import Book
from board_packs.pages.cell_value import Cell
from board_packs.pages.findings import findings
from board_packs.pages.official_twins import by_one_count, twins
from board_packs.tables import official_comparisons
from lscb import long_table, scorecard
from lscb.periods import Quarter
from openstats import authorities
from openstats.project_data import DATA, read, standard

AREA = "E06000045"
NOTEBOOKS = Path(__file__).parents[3] / "notebooks"
SUPPRESSED = {"status": "suppressed", "reason": "withheld"}


def cell(value, low=np.nan, high=np.nan, status="shown", measure="official_rate"):
    return Cell({"value": value, "low": low, "high": high, "status": status, "measure": measure, "unit": "per 10,000", "count": np.nan,
                 "of": np.nan})  # fmt: skip


def quarters(counts, of=100):
    """Twelve quarters of a share of training places, to 2017-18 Q4."""
    periods = [str(q) for q in Quarter(2017, 4).back(len(counts))]
    return pd.DataFrame(
        {"area": AREA, "period": periods, "measure": "training_filled", "kind": "Total", "value": np.array(counts) / of,
         "count": counts, "of": float(of), "unit": "share"}
    )  # fmt: skip


def book(folder, year=2017, **tables):
    long_table.write({name: long_table.cells(frame) for name, frame in tables.items()}, folder)
    return Book(folder, Quarter(year, 4), AREA, "partnership", True)


def test_a_series_that_falls_out_of_its_limits_is_worse_and_a_steady_one_is_not(tmp_path):
    steady = [60, 61, 59, 60, 62, 58, 60, 61, 59, 60, 61, 60]
    for counts, kind, rule in (
        ([*steady[:11], 20], "worse", "below the lower limit"),
        ([*steady[:11], 95], "better", "above the upper limit"),
        (steady, "same", "no change shown"),
    ):
        found = findings(book(tmp_path / kind, training_attendance=quarters(counts)), ["training_attendance"])
        (item,) = found.items
        assert (item.kind, item.by, item.page) == (kind, "chart", 75) and rule in item.says
        assert item.says.startswith(f"{counts[-1]:.1f}% in 2017-18 Q4")
        assert item.before == "same"  # a quarter ago it was not flagged


def test_a_table_that_no_page_of_the_pack_reads_is_not_looked_at(tmp_path):
    assert not findings(book(tmp_path, training_attendance=quarters([60] * 11 + [20])), ["other"]).items


def test_too_few_quarters_and_a_withheld_newest_one_cannot_be_known(tmp_path):
    few = findings(book(tmp_path / "few", training_attendance=quarters([60, 61, 59])), ["training_attendance"])
    assert few.items == [] and list(few.unknown) == ["there are too few quarters to tell a change from chance"]
    frame = quarters([60] * 12)
    frame.loc[11, ["value", "count", "of"]] = np.nan
    frame = frame.assign(status=["shown"] * 11 + ["suppressed"], reason=[""] * 11 + ["withheld"])
    hidden = findings(book(tmp_path / "hidden", training_attendance=frame), ["training_attendance"])
    assert hidden.items == [] and hidden.unknown == {"the newest quarter is withheld": ["Places filled at training"]}
    frame = frame.replace({"suppressed": "not_available", "withheld": "No event was held."})
    frame = pd.concat([frame, quarters([60] * 12).assign(measure="training_hours")])  # which the quarter has
    lost = findings(book(tmp_path / "lost", training_attendance=frame), ["training_attendance"])
    assert list(lost.unknown) == ["the newest quarter is not available (No event was held)"]


@pytest.mark.parametrize("late, kind", [(0, "same"), (2, "worse")])
def test_what_is_late_needs_attention_and_is_no_test_of_chance(tmp_path, late, kind):
    frame = pd.DataFrame(
        {"area": AREA, "period": "2017-18-Q4", "measure": "actions_open", "theme": "Total", "state": ["overdue", "Total"],
         "count": [late, late + 3]}
    )  # fmt: skip
    found = findings(book(tmp_path, review_actions_open=frame), ["review_actions_open"])
    (item,) = found.items
    assert (item.kind, item.says) == (kind, f"{late}") and found.looked_at == []


@pytest.mark.parametrize(
    "due, done, on_track, kind, says",
    [
        (14, 8, 3, "worse", "6 of the 14 due by 31 March 2018; 3 of them reported on track"),
        (14, 13, 0, "worse", "1 of the 14 due by 31 March 2018"),
        (5, 5, 0, "same", "0 of the 5 due by 31 March 2018"),
        (0, 0, 0, "same", "0 of the 0 due by 31 March 2018"),
    ],
)
def test_an_action_is_late_by_its_date_and_not_by_what_is_reported_of_it(tmp_path, due, done, on_track, kind, says):
    frame = pd.DataFrame(
        {"area": AREA, "period": "2017-18-Q4", "measure": "plan_actions_promised", "theme": "Total",
         "progress": ["Total", "done", "on track", "behind"], "count": [due, done, on_track, due - done - on_track]}
    )  # fmt: skip
    (item,) = findings(book(tmp_path, plan_progress=frame), ["plan_progress"]).items
    assert (item.kind, item.by, item.says) == (kind, "agreed", says)


def test_what_is_late_and_what_is_due_next_have_their_names_and_who_answers_for_them(tmp_path):
    """A month that begins by 30 June is in the quarter after 31 March; the oldest is first."""
    late = pd.DataFrame({"area": AREA, "period": "2017-18-Q4", "measure": "actions_open", "theme": "Total",
                         "state": ["overdue", "Total"], "count": [3, 7]})  # fmt: skip
    names = [("Visit teams", "Health", "2018-02", "overdue", 1), ("Ask families", "nobody", "2017-12", "overdue", 2),
             ("Share findings", "Police", "2018-06", "not yet due", 1), ("Train staff", "Health", "2018-07", "not yet due", 1),
             ("Write", "Health", "no date", "not yet due", 2), ("Total", "Total", "Total", "Total", 7)]  # fmt: skip
    named = pd.DataFrame(names, columns=["action", "owner", "due", "state", "count"])
    named = named.assign(area=AREA, period="2017-18-Q4", measure="review_actions_due")
    found = findings(
        book(tmp_path, review_actions_open=late, review_actions_due=named),
        ["review_actions_open", "review_actions_due"],
    )
    (item,) = found.items
    assert item.says == "3"
    told = [(f"{each.due:%Y-%m}", each.owner, each.action, each.number) for each in item.actions]
    assert told == [("2017-12", "nobody", "Ask families", 2), ("2018-02", "Health", "Visit teams", 1)]
    assert {what: [each.action for each in some] for what, some in found.coming.items()} == {
        "case review actions": ["Share findings"]
    }


@pytest.mark.parametrize("late", [0, 3])
def test_an_action_whose_date_cannot_be_used_is_not_named_as_late_and_none_is_said_to_be_in_time(tmp_path, late):
    """Truth: of two actions nobody knows whether they are late; of others three are, or none is."""
    counted = pd.DataFrame({"area": AREA, "period": "2017-18-Q4", "measure": "actions_open", "theme": "Total",
                            "state": ["overdue", "Total"], "count": [late, 7]})  # fmt: skip
    named = [("Visit teams", "Health", "date cannot be used", "not known", 1), ("Ask families", "Police", "day of completion cannot be used", "not known", 1)]  # fmt: skip
    named = pd.DataFrame(named, columns=["action", "owner", "due", "state", "count"])
    named = named.assign(area=AREA, period="2017-18-Q4", measure="review_actions_due")
    made = {"review_actions_open": counted, "review_actions_due": named}
    found = findings(book(tmp_path, **made), list(made))
    assert found.coming == {}
    if not late:
        assert found.items == [] and found.unknown == {
            "a date of 2 actions cannot be used": ["Case review actions overdue"]
        }
        return
    (item,) = found.items
    assert item.says == "3; whether 2 more are late is not known, as a date of theirs cannot be used"
    assert item.actions == ()


def child_deaths(newest, five, status="shown", reason="", completed=15):
    """14 deaths and the like among 49,000 children a year, 245,000 in five."""
    parts = [("cdop_deaths_notified", "1 year", np.nan, newest, np.nan), ("cdop_deaths_notified", "5 years", np.nan, five, np.nan),
             ("cdop_death_rate", "1 year", newest / 0.49, newest, 49_000), ("cdop_death_rate", "5 years", five / 2.45, five, 245_000)]  # fmt: skip
    frame = pd.DataFrame(parts, columns=["measure", "window", "value", "count", "of"])
    frame = frame.assign(status=status, reason=reason)
    done = {
        "measure": "cdop_reviews_completed",
        "window": "1 year",
        "count": completed,
        "status": "shown",
        "reason": "",
    }
    frame = pd.concat([frame, pd.DataFrame([done])], ignore_index=True).assign(area=AREA, period="2017-18")
    frame.loc[frame["status"] == "suppressed", ["value", "count", "of"]] = np.nan
    return frame


@pytest.mark.parametrize("newest, five, kind, words", [
    (14, 76, "same", "14 in 2017-18; 28.6 per 100,000 children in 2017-18; in the four years before it was 31.6: no change shown"),
    (40, 100, "worse", "it is 166.7% higher"),  # 40 against 15 a year
    (3, 76, "better", "it is 83.6% lower"),  # 3 against 18.25 a year
])  # fmt: skip
def test_child_deaths_are_told_whatever_came_of_them(tmp_path, newest, five, kind, words):
    found = findings(book(tmp_path, child_deaths_by_year=child_deaths(newest, five)), ["child_deaths_by_year"])
    (item,) = found.items
    assert (item.kind, item.by, item.page, item.heading) == (
        kind,
        "interval",
        30,
        "Child deaths",
    ) and words in item.says
    assert "15 reviews completed in 2017-18" in item.says and found.looked_at == [item]


def test_child_deaths_that_are_withheld_or_rounded_are_named_with_the_reason_and_not_tested(tmp_path):
    frame = child_deaths(14, 76, "suppressed", "withheld")
    found = findings(book(tmp_path / "hidden", child_deaths_by_year=frame), ["child_deaths_by_year"])
    assert found.unknown == {"the figure of 2017-18 is withheld": ["Child deaths notified"]} and found.looked_at == []
    (item,) = found.items  # under a title of deaths notified, reviews completed are told behind them
    assert item.says == "withheld in 2017-18; 15 reviews completed in 2017-18"
    frame = child_deaths(15, 75, reason=ROUNDED)
    found = findings(book(tmp_path / "rounded", child_deaths_by_year=frame), ["child_deaths_by_year"])
    assert list(found.unknown.values()) == [["Child deaths notified"]] and found.looked_at == []
    assert [item.says.partition(";")[0] for item in found.items] == ["about 15 in 2017-18"]


ROUNDED = "rounded to the nearest 5"


@pytest.mark.parametrize(
    "due, done, says",
    [
        ((14, "shown", ""), (np.nan, "suppressed", "withheld"), "the number is withheld"),
        ((np.nan, "suppressed", "withheld"), (8, "shown", ""), "the number is withheld"),
        (
            (15, "shown", ROUNDED),
            (10, "shown", ROUNDED),
            "counts are rounded for this audience, so no change is tested",
        ),
    ],
)
def test_a_number_of_actions_withheld_or_rounded_leaves_open_how_many_are_late(tmp_path, due, done, says):
    count, status, reason = zip(due, done, strict=True)
    frame = pd.DataFrame(
        {"area": AREA, "period": "2017-18-Q4", "measure": "plan_actions_promised", "theme": "Total",
         "progress": ["Total", "done"], "count": count, "status": status, "reason": reason}
    )  # fmt: skip
    found = findings(book(tmp_path, plan_progress=frame), ["plan_progress"])
    assert not found.items
    assert found.unknown == {says: ["Business plan actions not done when due"]}


@pytest.mark.parametrize(
    "held, in_time, reason, kind, says",
    [
        (378, 208, "", "worse", "hub 208 of 723 due (28.8%; 378 held at all) in 2017-18"),
        (723, 723, "", "same", "hub 723 of 723 due (100.0%; 723 held at all) in 2017-18"),
        (725, 720, "rounded to the nearest 5", "worse", "hub about 720 of about 725 due (98% to 100%; about 725 held at all) in 2017-18"),
        (730, 720, "rounded to the nearest 10", "worse", "hub about 720 of about 730 due (97% to 100%; about 730 held at all) in 2017-18"),
        (730, 730, "rounded to the nearest 10", "same", "hub about 730 of about 730 due (98% to 100%; about 730 held at all) in 2017-18"),
    ],
)  # fmt: skip
def test_what_guidance_asks_of_all_needs_attention_where_it_was_not_done_of_all(
    tmp_path, held, in_time, reason, kind, says
):
    """Of 723 interviews due 208 in time are 28.8%. Numbers that differ rounded to the nearest 5 or 10 are one apart at least;
    718 of 727 are 98.8%, 722 of 723 are 99.9%, 715 of 735 are 97.3%, 725 of 735 are 98.6%."""
    of = held if reason else 723
    frame = pd.DataFrame(
        {"area": AREA, "period": "2017-18", "agency": "hub", "measure": ["interviews_held_share", "interviews_in_time_share"],
         "count": [held, in_time], "of": of, "value": [held / of, in_time / of], "unit": "share", "reason": reason}
    )  # fmt: skip
    found = findings(book(tmp_path, return_interviews=frame), ["return_interviews"])
    (item,) = [one for one in found.items if one.by == "guidance"]
    assert (item.kind, item.says) == (kind, says) and item not in found.looked_at
    assert item.title == "Return interviews within 72 hours"  # of the guidance of 2014


@pytest.mark.parametrize("year, asked", [(2012, 0), (2014, 1)])
def test_guidance_is_asked_of_no_period_before_it(tmp_path, year, asked):
    period = f"{year}-{year - 1999}"
    frame = pd.DataFrame(
        {"area": AREA, "period": period, "agency": "hub", "measure": ["interviews_held_share", "interviews_in_time_share"],
         "count": 5, "of": 9, "value": 5 / 9, "unit": "share"}
    )  # fmt: skip
    found = findings(book(tmp_path, year, return_interviews=frame), ["return_interviews"])
    assert sum(one.by == "guidance" for one in found.items) == asked


def test_a_figure_beside_others_is_higher_lower_or_neither_by_its_own_interval():
    own = cell(103.8, 95.1, 113.1)
    others = {"England": cell(64.0), "similar places": cell(98.0), "the region": cell(120.0)}
    text = say.compared(own, others)
    assert (
        text
        == "higher than England (64.0); lower than the region (120.0); no difference shown from similar places (98.0) by its 95% interval"
    )
    ends = say.compared(own, {"low": cell(95.1), "high": cell(113.1)})  # at its ends a difference is not claimed
    assert ends == "no difference shown from low (95.1) and high (113.1) by its 95% interval"
    assert (
        say.compared(cell(1.0), {"England": cell(2.0)})
        == "beside England (2.0); without an interval no difference is claimed"
    )
    assert say.compared(own, {"England": cell(np.nan, status="suppressed")}) == "England is withheld"


def test_a_difference_with_both_sides_uncertainty_decides_before_the_own_interval():
    """Neighbours at 94.0 lie outside 95.1 to 113.1, but their own uncertainty makes the difference no finding."""
    own = cell(103.8, 95.1, 113.1)
    pair = {"similar places": (cell(94.0), cell(0.10, -0.02, 0.24)), "England": (cell(64.0), cell(0.62, 0.48, 0.77))}
    assert (
        say.compared(own, pair)
        == "higher than England (64.0); no difference shown from similar places (94.0) by the 95% interval"
    )


# --- official figures ---------------------------------------------------------------------------------------------


def official_lines(name, share, england, rank, ranked, more=()):
    """An official share of 2017-18, England's, and its place among all authorities."""
    lines = [
        ("figure", share, np.nan, np.nan),
        ("england", england, np.nan, np.nan),
        ("among_all", share, rank, ranked),
    ]
    frame = pd.DataFrame(lines, columns=["what", "value", "rank", "ranked"]).assign(indicator=name)
    frame = frame.assign(measure="official_" + frame["what"]).drop(columns="what")
    return pd.concat([frame, pd.DataFrame(more).assign(indicator=name)]) if len(more) else frame


def official_book(folder, *frames, **tables):
    rows = pd.concat(frames, ignore_index=True).assign(area=AREA, period="2017-18")
    rows["unit"] = rows["unit"].fillna("share") if "unit" in rows else "share"
    return book(folder, scorecard_year=rows, **tables)


@pytest.mark.parametrize(
    "indicator, rank, far",
    [
        ("care_leavers_occupied", 138, True),  # higher is better: 13 of 150 are as low or lower, 8.7 %
        ("care_leavers_occupied", 136, True),  # 15 of 150, a tenth
        ("care_leavers_occupied", 135, False),  # 16 of 150
        ("care_leavers_occupied", 1, False),  # the best
        ("not_in_education", 15, True),  # lower is better
        ("not_in_education", 16, False),
        ("not_in_education", 150, False),
    ],
)
def test_an_untested_figure_among_the_worst_tenth_is_far_from_others(tmp_path, indicator, rank, far):
    found = findings(official_book(tmp_path, official_lines(indicator, 0.41, 0.51, rank, 150)), ["scorecard_year"])
    assert found.looked_at == []  # it is no test
    assert [(item.kind, item.by) for item in found.items] == [("far", "rank")] * far
    assert len(found.unknown) == (not far)
    if far:
        says = found.items[0].says
        assert says.startswith("41% in" if indicator.startswith("care") else "41.0% in") and "England 51.0%" in says
        assert f"{rank}th of 150 authorities" in says and says.endswith(
            "authorities; lower is better" if indicator.startswith("not") else "authorities; higher is better"
        )


def test_none_of_a_number_that_nobody_knows_is_no_place_among_the_worst(tmp_path):
    """DfE, children in need 2016-17: of the Isles of Scilly's conferences 0 % came within 15 working days; how many there
    were (1 to 5) is suppressed. By rank that is the last of 152 authorities."""
    why = "the official figure is all or none of a number that is not published, which may be one"
    lines = official_lines("conferences_in_time", 0.0, 0.772, np.nan, np.nan).assign(status="shown", reason="")
    lines.loc[lines["measure"].str.endswith("all"), ["value", "status", "reason"]] = [np.nan, "not_available", why]
    found = findings(official_book(tmp_path, lines), ["scorecard_year"])
    assert not found.items and list(found.unknown) == [why]


def test_none_of_a_number_that_nobody_knows_has_no_rank_in_the_table():
    """All others stand at 77 %, one at 0 %: of a suppressed number that is no last place, of one that is published it is."""
    codes = list(authorities.upper_tier(Quarter.parse("2017-18-Q4").last_day))
    figures = pd.DataFrame({"area": codes, "indicator": "in_time", "period": "2016-17", "year": 2017, "value": 0.77, "unit": "share"})  # fmt: skip
    figures.loc[0, "value"] = 0.0
    inputs = SimpleNamespace(areas=codes[:1], period=Quarter.parse("2017-18-Q4"))
    near = pd.DataFrame({"area": codes[0], "beside": codes[1:9], "role": "neighbours"})
    numbers = pd.DataFrame({"area": codes[:1], "indicator": "in_time", "period": "2016-17"})
    for counted, ranks, status in ((numbers[:0], [], "not_available"), (numbers, [9, len(codes)], "shown")):
        places = official_comparisons.standing(inputs, figures, counted, near, {codes[0]: "eight"})
        assert (places["rank"].dropna().tolist(), set(places["status"])) == (ranks, {status})


def test_others_have_the_decimals_of_the_figure_beside_them(tmp_path):
    """DfE, Pupil absence in schools in England, prints two decimals: 8.28 % here in 2021/22, 7.55 % in England."""
    found = findings(official_book(tmp_path, official_lines("absence", 0.0828, 0.0755, 14, 151)), ["scorecard_year"])
    assert re.match(r"8\.28% in .*\(England 7\.55%\): 14th of 151", found.items[0].says)


def test_a_share_with_an_interval_is_tested_beside_others_and_says_of_what_it_is(tmp_path):
    more = [
        {"measure": "official_share", "value": 0.306, "low": 0.265, "high": 0.351, "count": 132, "of": 431},
        {"measure": "official_difference_from_england", "value": 0.51, "low": 0.31, "high": 0.74},
    ]
    rows = official_lines("repeat_plans", 0.306, 0.202, 1, 148, more)
    found = findings(official_book(tmp_path, rows), ["scorecard_year"])
    (item,) = found.items
    assert (item.kind, item.by) == ("worse", "interval") and found.looked_at == [item]
    assert item.says == (
        "30.6% in 2017-18: higher than England (20.2%); 132 of 431 official plans started; 1st of 148 authorities"
    )
    assert "20.2%" in item.chart


def referrals_twice(folder, each, official, reason=""):
    """What is found of four quarters of `each` referrals in the return and of an official year of them, lower than
    England's, and the one finding of both."""
    more = [
        {"measure": "official_rate", "value": 531.8, "low": 512, "high": 552, "count": official, "of": 49138, "unit": "per 10,000"},
        {"measure": "official_difference_from_england", "value": -0.05, "low": -0.09, "high": -0.01},
    ]  # fmt: skip
    rows = official_lines("referrals", 531.8, 559.6, 79, 149, more)
    rows.loc[rows["measure"] != "official_rate", "unit"] = "per 10,000"
    sent = pd.DataFrame(
        {"area": AREA, "period": [f"2017-18-Q{n}" for n in (1, 2, 3, 4)], "indicator": "referrals",
         "measure": "services_count", "count": each, "reason": reason}
    )  # fmt: skip
    found = findings(official_book(folder, rows, scorecard_quarter=sent), ["scorecard_year", "scorecard_quarter"])
    (item,) = [one for one in found.items if one.by != "together"]
    return found, item


@pytest.mark.parametrize(
    "each, reason, official, differs",
    [
        (826, "", 2613, True),  # 3,304 are 26 % more
        (686, "", 2613, True),  # 2,744: 5.01 %
        (685, "", 2613, False),  # 2,740: 4.9 %
        (685, "rounded to the nearest 5", 2603, False),  # 2,740 as rounded, 5.3 %: of 2,732 it is 4.96
        (685, "rounded to the nearest 5", 2601, True),  # of 2,732 it is 5.04
        (825, "rounded to the nearest 5", 2613, True),
    ],
)
def test_where_return_and_official_figure_disagree_the_line_says_so(tmp_path, each, reason, official, differs):
    _, item = referrals_twice(tmp_path, each, official, reason)
    sum_of_quarters = f"{4 * each - 8:,} to {4 * each + 8:,}" if reason else f"{4 * each:,}"  # each up to 2 off
    told = f"{sum_of_quarters} in the return, {official:,} official"
    assert item.disagreement == (told if differs else "") and (f"({told})" in item.says) == differs


@pytest.mark.parametrize("each, apart", [(826, True), (500, False)])
def test_a_figure_on_two_sides_of_england_by_its_two_counts_is_no_finding(tmp_path, each, apart):
    """By hand: 2,613 of 49,138 children are 531.8 per 10,000, 3,304 are 672.4: below and above England's 559.6. 2,000 are
    407.0, below it as well."""
    found, item = referrals_twice(tmp_path, each, 2613)
    assert item.kind == ("apart" if apart else "other") and (item in found.looked_at) == (not apart)
    if apart:
        assert item.says == (
            "531.8 per 10,000 in 2017-18 is lower than England (559.6) by the official count, not by the "
            "return (3,304 in the return, 2,613 official)"
        )


def test_a_comparator_on_the_same_side_of_both_counts_is_said_to_be(tmp_path):
    """531.8 by the official count, 672.4 by the return's 3,304: both below similar places' 773.2, one below England's 559.6."""
    more = [
        {"measure": "official_rate", "value": 531.8, "low": 512, "high": 552, "count": 2613, "of": 49138},
        {"measure": "official_neighbours", "value": 773.2},
        {"measure": "official_difference_from_england", "value": -0.05, "low": -0.09, "high": -0.01},
        {"measure": "official_difference_from_neighbours", "value": -0.31, "low": -0.35, "high": -0.27},
    ]
    rows = official_lines("referrals", 531.8, 559.6, 79, 149, more).assign(unit="per 10,000")
    sent = pd.DataFrame({"area": AREA, "period": [f"2017-18-Q{n}" for n in (1, 2, 3, 4)], "indicator": "referrals", "measure": "services_count", "count": 826})  # fmt: skip
    tables = official_book(tmp_path, rows, scorecard_quarter=sent)
    (item,) = findings(tables, ["scorecard_year", "scorecard_quarter"]).of("apart")
    assert item.says.startswith(
        "531.8 per 10,000 in 2017-18 is lower than similar places (773.2) by both counts, and lower than England (559.6) by "
        "the official count, not by the return (3,304"
    )
    latest = tables["scorecard_year"]
    both = twins(tables, scorecard.indicators(standard("indicators")))
    assert by_one_count(latest, both) == {("referrals", "official_difference_from_england")}


def test_an_official_nought_stands_beside_what_the_return_has(tmp_path):
    """0 of 340 children in the DfE's table, 8 in the return: no percentage apart, and a difference by the one count alone."""
    more = [
        {"measure": "official_rate", "value": 0.0, "low": 0, "high": 108, "count": 0, "of": 340},
        {"measure": "official_difference_from_england", "value": -1.0, "low": -1.0, "high": -0.8},
    ]
    rows = official_lines("referrals", 0.0, 559.6, 0, 149, more).assign(unit="per 10,000")
    sent = pd.DataFrame({"area": AREA, "period": [f"2017-18-Q{n}" for n in (1, 2, 3, 4)], "indicator": "referrals", "measure": "services_count", "count": 2})  # fmt: skip
    tables = official_book(tmp_path, rows, scorecard_quarter=sent)
    both = twins(tables, scorecard.indicators(standard("indicators")))
    row = both.loc["referrals"]
    assert (row["told"], row["side"], row["differs"]) == ("8 in the return, 0 official", "–", True)
    assert by_one_count(tables["scorecard_year"], both) == {("referrals", "official_difference_from_england")}


def test_a_year_of_rounded_quarters_is_a_range_and_carries_no_difference(tmp_path):
    """380, 375, 375 and 375 are 1,505 together; as counted 382, 377, 377 and 373 are 1,509, which rounds to 1,510. Each
    quarter may be 2 off: 1,497 to 1,513. Of 514 conferences 380 were in time, 73.9 %: 385 of 510 as rounded quarters,
    which may be 377 of 518 (72.8 %) to 393 of 502 (78.3 %)."""
    counts = {"section_47_started": [380, 375, 375, 375], "conferences_held": [130, 125, 125, 130],
              "conferences_within_15_days": [95, 95, 95, 100], "plans_at_period_end": [300, 310, 320, 330]}  # fmt: skip
    sent = pd.DataFrame(
        [(AREA, f"2017-18-Q{n}", name, "services_count", count, "rounded to the nearest 5")
         for name, four in counts.items() for n, count in enumerate(four, 1)],
        columns=["area", "period", "indicator", "measure", "count", "reason"],
    )  # fmt: skip
    official = pd.DataFrame(
        [("section_47", "rate", 344.3, 1692), ("section_47", "figure", 344.3, np.nan), ("conferences", "rate", 104.6, 514),
         ("conferences", "figure", 104.6, np.nan), ("conferences_in_time", "figure", 0.739, np.nan),
         ("plans", "rate", 65.9, 324), ("plans", "figure", 65.9, np.nan)],
        columns=["indicator", "measure", "value", "count"],
    )  # fmt: skip
    official = official.assign(area=AREA, period="2017-18", measure="official_" + official["measure"])
    both = twins(
        book(tmp_path, scorecard_quarter=sent, scorecard_year=official), scorecard.indicators(standard("indicators"))
    )
    assert both["sent"].to_dict() == {
        "section_47": "1,497 to 1,513",
        "conferences": "502 to 518",
        "conferences_in_time": "72.8% to 78.3%",
        "plans": "about 330",
    }
    assert both["apart"].isna().all()
    assert list(both.index[both["differs"]]) == ["section_47"]  # 1,513 is a tenth below 1,692 too


def test_a_return_without_an_official_figure_of_its_year_beside_it_stops_no_summary(tmp_path):
    """As with everyone who has fetched no official file yet: official years that are held, and none of the return's."""
    periods = [str(q) for q in Quarter(2017, 4).back(8)]
    sent = {"area": AREA, "period": periods, "measure": "services_count", "indicator": "referrals", "count": 900.0}
    card = {"area": AREA, "period": ["2013-14"], "measure": "official_figure", "indicator": "referrals", "value": 500.0}
    tables = {"scorecard_quarter": pd.DataFrame(sent), "scorecard_year": pd.DataFrame(card | {"unit": "per 10,000"})}
    found = findings(book(tmp_path, **tables), list(tables))
    assert not any(item.disagreement for item in found.items)


def test_a_change_against_the_first_year_held_and_one_of_the_newest_quarter_printed_stand_beside_the_year_before(
    tmp_path,
):
    """By hand, with z 1.96: 29 of 98 is 0.296 (Wilson 0.2146 to 0.3926), so 29 against 69 is −58.0% (−72.7% to −35.4%);
    12 of 88 is 0.136 (0.0798 to 0.2234), so 12 against 76 is −84.2% (−91.3% to −71.2%). 29 against 37 leaves no change in."""
    years = pd.DataFrame({"area": AREA, "period": ["2015-16", "2016-17", "2017-18"], "measure": "exploitation_referrals", "count": [69, 37, 29]})  # fmt: skip
    flags = pd.DataFrame({"area": AREA, "period": ["2016-17-Q3", "2017-18-Q3", "2017-18-Q4"], "measure": "children_flagged", "count": [76, 12, np.nan], "status": ["shown", "shown", "suppressed"], "reason": ["", "", "withheld"]})  # fmt: skip
    tables = {"exploitation_funnel": years, "exploitation_flags": flags}
    said = {item.says: item.kind for item in findings(book(tmp_path, **tables), list(tables)).items}
    assert said == {
        "29 in 2017-18: no change shown against 37 in 2016-17 (−51.6% to +26.8%)": "same",
        "29 in 2017-18: no change shown against 37 in 2016-17 (−51.6% to +26.8%); 58.0% fewer than the 69 of 2015-16 (−72.7% to −35.4%)": "other",
        "12 at the end of 2017-18 Q3: 84.2% fewer than the 76 of 2016-17 Q3 (−91.3% to −71.2%); 2017-18 Q4 is withheld": "other",
    }


def test_every_change_that_a_page_says_is_one_that_the_first_page_looks_at():
    looked = Counter(str(entry["page"]) for entry in read(DATA / "summary.yml")["changes"])
    for page in NOTEBOOKS.glob("[1-9]*.ipynb"):
        said = page.read_text(encoding="utf-8").count("say.change(")
        assert looked[page.name[:2]] >= said, page.name


def test_two_counts_that_crossed_are_told_with_both_years(tmp_path):
    """1,600 are 18.3% above 1,352, and 1,509 are 10.8% below 1,692; 1,480 against 1,352 and 1,509 against 1,580 are 9.5%
    above and 4.5% below, which is no further apart than a twentieth."""
    for sent, official, crossed in (((1600, 1509), (1352, 1692), True), ((1480, 1509), (1352, 1580), False)):
        periods = [f"{year}-Q{n}" for year in ("2016-17", "2017-18") for n in (1, 2, 3, 4)]
        four = [part for total in sent for part in (total - 900, 300, 300, 300)]
        quarterly = pd.DataFrame({"area": AREA, "period": periods, "indicator": "section_47_started", "measure": "services_count", "count": four})  # fmt: skip
        yearly = pd.DataFrame({"area": AREA, "period": ["2016-17", "2017-18"], "indicator": "section_47", "measure": "official_rate", "value": 300.0, "count": official})  # fmt: skip
        yearly = pd.concat([yearly, yearly.assign(measure="official_figure", count=np.nan)])
        tables = book(tmp_path / str(crossed), scorecard_quarter=quarterly, scorecard_year=yearly)
        row = twins(tables, scorecard.indicators(standard("indicators"))).loc["section_47"]
        assert row["crossed"] == crossed
        if crossed:
            told = "from 2016-17 to 2017-18 1,352 to 1,692 official, 1,600 to 1,509 in the return: opposite ways"
            assert row["crossing"] == told
