"""Exploitation, assurance, case reviews, learning, the Board: calculations, tables, words, charts.

Expected figures without another source: Southampton LSCB annual report 2017-18, which the sample reproduces.
"""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import returncheck as returns
from board_packs import tables
from board_packs.tables import Inputs, assurance
from board_packs.tables.agreed_actions import with_owners
from lscb import long_table
from lscb.periods import Quarter

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data" / "sample" / "2017-18-Q4"
AREA, OTHER = "E06000045", "E06000044"
PERIOD = Quarter(2017, 4)
NAMES = {
    "exploitation": ["exploitation_funnel", "exploitation_flags", "missing_episodes", "return_interviews"],
    "assurance": [
        "section_11_answers", "section_11_grades", "section_11_standards", "section_11_change", "audit_recommendations",
    ],
    "case_reviews": ["case_review_referrals", "review_actions_done"],
    "learning": [
        "training_attendance", "training_by_agency", "training_evaluations", "training_reach",
    ],
    "board": [
        "board_attendance", "board_attendance_chart", "board_membership", "contributions", "spending", "plan_progress",
    ],
}  # fmt: skip
BUILDERS = [name for names in NAMES.values() for name in names]
RETURNS = (
    "exploitation section_11 audits case_reviews review_actions training meetings contributions spending plan".split()
)


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    folder = tmp_path_factory.mktemp("returns")
    for name in RETURNS:
        (folder / f"{name}.csv").write_bytes((SAMPLE / f"{name}.csv").read_bytes())
    return returns.read(folder, PERIOD, AREA)


@pytest.fixture(scope="module")
def frames(received):
    return {name: frame.assign(area=AREA) for name, frame in received.frames.items()}


@pytest.fixture(scope="module")
def made(frames):
    return tables.build(Inputs(PERIOD, (AREA,), frames), BUILDERS)


def cell(frame, measure, period, figure="count", **labels):
    found = frame[(frame["measure"] == measure) & (frame["period"] == period)]
    for name in set(long_table.dimensions(frame)) - {"area", "period", "measure"}:
        found = found[found[name] == labels.get(name, "Total")]
    assert len(found) == 1, (measure, period, labels, len(found))
    return found.iloc[0][figure]


def rows(name):
    with open(SAMPLE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the sample arrives --------------------------------------------------------------------------------------------


def test_every_row_of_the_sample_is_accepted(received):
    assert set(received.frames) == set(RETURNS)
    assert {name: len(frame) for name, frame in received.frames.items()} == {name: len(rows(name)) for name in RETURNS}


# --- exploitation --------------------------------------------------------------------------------------------------

FUNNEL = {"2015-16": (69, 43, "62.3"), "2016-17": (37, 17, "45.9"), "2017-18": (29, 5, "17.2")}


@pytest.mark.parametrize("year", FUNNEL)
def test_funnel_is_the_printed_one_with_its_interval(made, year):
    from scipy.stats import binomtest  # an independent Wilson interval

    frame, (referrals, meetings, printed) = made["exploitation_funnel"], FUNNEL[year]
    assert cell(frame, "exploitation_referrals", year) == referrals
    assert cell(frame, "exploitation_meetings", year) == meetings
    assert f"{100 * cell(frame, 'exploitation_to_meeting', year, 'value'):.1f}" == printed
    limits = binomtest(meetings, referrals).proportion_ci(method="wilson")
    assert cell(frame, "exploitation_to_meeting", year, "low") == pytest.approx(limits.low, abs=1e-12)
    assert cell(frame, "exploitation_to_meeting", year, "high") == pytest.approx(limits.high, abs=1e-12)


def test_flags_are_snapshots_without_a_year(made):
    frame = made["exploitation_flags"]
    assert [cell(frame, "children_flagged", q) for q in ("2016-17-Q4", "2017-18-Q4")] == [71, 5]
    assert frame["period"].str.contains("-Q").all()


def test_agencies_that_count_the_same_episodes_are_never_added(made):
    frame = made["missing_episodes"]
    assert "Total" not in set(frame["agency"])
    counts = {}
    for row in rows("exploitation"):
        if row["measure"] == "missing episodes" and row["quarter"].startswith("2017-18"):
            counts[row["agency"]] = counts.get(row["agency"], 0) + int(row["count"])
    for agency, number in counts.items():
        assert cell(frame, "missing_episodes", "2017-18", agency=agency) == number
        if agency != "police":
            per = cell(frame, "missing_episodes_to_police", "2017-18", "value", agency=agency)
            assert per == pytest.approx(100 * number / counts["police"])


def test_interviews_in_time_are_of_those_due_by_the_same_agency(made):
    due, held = ({}, {})
    for row in rows("exploitation"):
        if row["quarter"] == "2017-18-Q4":
            due |= {row["agency"]: int(row["count"])} if row["measure"] == "return interviews due" else {}
            held |= {row["agency"]: int(row["count"])} if row["measure"].endswith("72 hours") else {}
    for agency, number in due.items():
        value = cell(made["return_interviews"], "interviews_in_time_share", "2017-18-Q4", "value", agency=agency)
        assert value == pytest.approx(held[agency] / number)


def test_a_year_with_a_quarter_not_sent_is_no_year(frames):
    sent = frames["exploitation"]
    short = sent[~((sent["quarter"] == "2017-18-Q2") & (sent["agency"] == "Barnardo's"))]
    frame = tables.build(Inputs(PERIOD, (AREA,), {"exploitation": short}), ["missing_episodes"])["missing_episodes"]
    year = frame[(frame["period"] == "2017-18") & (frame["measure"] == "missing_episodes")]
    assert set(year["agency"]) == {"police", "children's services", "youth offending service"}


def test_a_count_that_was_not_given_is_not_nought(frames):
    sent = frames["exploitation"].copy()
    gone = (sent["quarter"] == "2017-18-Q4") & (sent["measure"] == "strategy meetings")
    sent.loc[gone, "count"] = pd.NA
    frame = tables.build(Inputs(PERIOD, (AREA,), {"exploitation": sent}), ["exploitation_funnel"])
    frame = frame["exploitation_funnel"]
    for period in ("2017-18-Q4", "2017-18"):
        assert cell(frame, "exploitation_meetings", period, "status") == "not_available"
        assert cell(frame, "exploitation_referrals", period, "status") == "shown"


def funnel_of(rows):
    return tables.build(Inputs(PERIOD, (AREA,), {"exploitation": rows}), ["exploitation_funnel"])["exploitation_funnel"]


def of_another_agency(sent, **counts):
    """The rows, and one more each of an agency that counts in the last quarter alone."""
    last = sent[sent["quarter"] == "2017-18-Q4"].drop_duplicates("measure").set_index("measure")
    more = [last.loc[name.replace("_", " ")].to_dict() | {"measure": name.replace("_", " "), "count": n, "agency": "Youth"}
            for name, n in counts.items()]  # fmt: skip
    return pd.concat([sent, pd.DataFrame(more)], ignore_index=True).astype({"count": "Int64"})


def test_who_counts_in_one_quarter_alone_is_in_its_year_too(frames):
    """The report prints 29 referrals and 5 meetings of the year: with 2 and 4 more, 31 and 9."""
    frame = funnel_of(of_another_agency(frames["exploitation"], referrals=2, strategy_meetings=4))
    for measure, year in (("exploitation_referrals", 31), ("exploitation_meetings", 9)):
        assert cell(frame, measure, "2017-18") == year
        assert sum(cell(frame, measure, f"2017-18-Q{n}") for n in (1, 2, 3, 4)) == year
    assert cell(frame, "exploitation_to_meeting", "2017-18", "value") == pytest.approx(9 / 31)


def test_a_total_of_agencies_of_which_one_gave_no_count_is_not_available(frames):
    frame = funnel_of(of_another_agency(frames["exploitation"], referrals=pd.NA))
    for period in ("2017-18-Q4", "2017-18"):
        assert cell(frame, "exploitation_referrals", period, "status") == "not_available"
    assert cell(frame, "exploitation_meetings", "2017-18") == 5


def test_a_year_of_which_nobody_sent_a_quarter_is_no_year(frames):
    sent = frames["exploitation"]
    frame = funnel_of(sent[sent["quarter"] != "2017-18-Q2"])
    assert set(frame["period"]) & {"2016-17", "2017-18"} == {"2016-17"}


# --- assurance -----------------------------------------------------------------------------------------------------


def test_section_11_answers_and_the_standards_most_often_short(made):
    answers, standards = made["section_11_answers"], made["section_11_standards"]
    counts = [cell(answers, "section_11_agencies", "2017-18", audit=a) for a in ("full", "update", "Total")]
    assert counts == [6, 13, 19]
    now = standards[standards["period"] == "2017-18"].sort_values("count", ascending=False)
    assert {name.split(".")[0] for name in now["standard"][:3]} == {"5", "6", "11"}
    assert now["count"].iloc[2] > now["count"].iloc[3]


def graded(*entries):
    """agency, year, standard, level"""
    columns = ["agency", "year", "standard", "level"]
    frame = pd.DataFrame(entries, columns=columns).assign(area=AREA, audit="full")
    return frame.sort_values("year")


def test_a_grade_stands_for_a_year_where_an_update_leaves_it_out():
    frame = graded(("A", "2016-17", "5.", 2), ("A", "2016-17", "6.", 3), ("A", "2017-18", "5.", 3))
    found = assurance.in_force(frame, "2017-18").set_index("standard")
    assert found["level"].to_dict() == {"5.": 3, "6.": 3}
    assert found["year"].to_dict() == {"5.": "2017-18", "6.": "2016-17"}


def test_a_grade_of_two_years_ago_does_not_stand():
    assert assurance.in_force(graded(("A", "2015-16", "5.", 1)), "2017-18").empty


def test_changes_of_grades_add_up_to_those_in_force(made):
    frame = made["section_11_change"]
    parts = [cell(frame, "section_11_graded", "2017-18", change=c) for c in ("better", "same", "worse", "new")]
    assert sum(parts) == cell(frame, "section_11_graded", "2017-18") == 19 * 11
    assert parts[0] > 0 and parts[2] > 0


@pytest.mark.parametrize("due, late", [("2018-03-30", 1), ("2018-03-31", 1), ("2018-04-01", 0), (None, 0)])
def test_what_was_agreed_for_the_last_day_and_is_not_done_at_its_end_is_late_in_all_three_returns(frames, due, late):
    """An action that was due by 31 March and is not done at the end of 31 March was not done when it was due."""
    left = {"audits": {"status": "in progress"}, "plan": {"status": "behind"}, "review_actions": {"done_on": pd.NaT}}
    sent = {name: frames[name].head(1).assign(due_on=pd.Timestamp(due), **columns) for name, columns in left.items()}
    named = ["audit_recommendations_due", "plan_actions_due", "review_actions_due"]
    counted = ["audit_recommendations", "plan_progress", "review_actions_done"]
    made = tables.build(Inputs(PERIOD, (AREA,), sent), counted)
    frame = made["audit_recommendations"]
    assert cell(frame, "audit_recommendations_overdue", "2017-18-Q4") == late
    assert cell(made["review_actions_open"], "actions_open", "2017-18-Q4", state="overdue") == late
    assert cell(made["plan_progress"], "plan_actions_promised", "2017-18-Q4") == late
    assert [(made[n][made[n]["action"] != "Total"]["state"] == "overdue").sum() for n in named] == [late] * 3


# --- case reviews --------------------------------------------------------------------------------------------------


def test_nine_cases_six_one_and_two(made):
    frame = made["case_review_referrals"]
    names = ("Total", "statutory review", "partnership review", "no further action", "not decided yet", "not known")
    assert [cell(frame, "cases_referred", "2017-18", decision=n) for n in names] == [9, 6, 1, 2, 0, 0]  # a row each
    assert cell(made["case_review_progress"], "reviews_published", "2017-18") == 0


def test_a_decision_after_the_last_day_is_not_decided_yet(frames):
    sent = frames["case_reviews"]
    inputs = Inputs(Quarter(2017, 2), (AREA,), {"case_reviews": sent})
    frame = tables.build(inputs, ["case_review_referrals"])["case_review_referrals"]
    late = [r for r in rows("case_reviews") if "2017-04-01" <= r["referred_on"] <= "2017-09-30" < r["decided_on"]]
    assert late and cell(frame, "cases_referred", "2017-18 to Q2", decision="not decided yet") == len(late)


def test_actions_done_by_theme_are_ten_two_six_and_three(made):
    frame = made["review_actions_done"]
    themes = ("Child protection procedures", "Education", "Multi-agency working", "Neglect", "Total")
    assert [cell(frame, "actions_done", "2017-18", theme=t) for t in themes] == [10, 2, 6, 3, 21]


def test_the_reports_doubled_recommendations_are_found(made):
    frame = made["review_actions_evidence"]  # conference chairs twice, the enhanced hub twice
    themes = ("Child protection procedures", "Multi-agency working", "Education", "Neglect")
    assert [cell(frame, "actions_doubled", "2017-18", theme=t) for t in themes] == [2, 2, 0, 0]
    told = [cell(frame, "actions_done", "2017-18", evidence=e) for e in ("given", "only repeats", "missing")]
    assert sum(told) == 21 and min(told) > 0


def test_open_actions_are_overdue_or_not_and_age_from_the_recommendation(made):
    frame = made["review_actions_open"]
    still = [r for r in rows("review_actions") if not r["done_on"]]
    late = sum(r["due_on"] <= "2018-03-31" for r in still)
    assert [cell(frame, "actions_open", "2017-18-Q4", state=s) for s in ("Total", "overdue")] == [len(still), late]
    ages = sorted((date(2018, 3, 31) - date.fromisoformat(r["recommended_on"])).days for r in still)
    median = (ages[(len(ages) - 1) // 2] + ages[len(ages) // 2]) / 2
    assert cell(frame, "actions_open_age", "2017-18-Q4", "value") == median


@pytest.mark.parametrize("name, table, text, done", [
    ("review_actions", "review_actions_due", "recommendation", lambda r: r["done_on"]),
    ("audits", "audit_recommendations_due", "recommendation", lambda r: r["status"] == "done"),
    ("plan", "plan_actions_due", "action", lambda r: r["status"] == "done"),
])  # fmt: skip
def test_what_is_not_done_stands_by_its_name_with_who_answers_for_it_and_the_month_of_its_date(
    made, name, table, text, done
):
    """One that is due on the period's last day is late. No day is printed: it could be that of somebody's referral."""
    expected = sorted(
        (r[text], r.get("owner") or ("nobody" if "owner" in r else "not in the return"), r["due_on"][:7] or "no date",
         "overdue" if r["due_on"] and r["due_on"] <= "2018-03-31" else "not yet due") for r in rows(name) if not done(r)
    )  # fmt: skip
    frame = made[table]
    named = frame[frame["action"] != "Total"]
    assert sorted(named[["action", "owner", "due", "state"]].itertuples(index=False, name=None)) == expected
    assert (named["count"] == 1).all() and cell(frame, table, "2017-18-Q4") == len(expected) > 2


def test_nobody_answers_only_where_the_return_says_who_does_of_others():
    """A blank owner is nobody's action in an area whose return names others; one that names none has not been asked."""
    rows = pd.DataFrame({"area": ["E06000045", "E06000045", "E06000017"], "owner": ["Schools", None, None]})
    assert list(with_owners(rows.astype({"owner": "str"}))["owner"]) == ["Schools", "nobody", "not in the return"]


# --- learning ------------------------------------------------------------------------------------------------------


def test_places_count_once_an_event_and_people_once_an_agency(made):
    events, people = {}, 0
    for row in rows("training"):
        if "2017-04-01" <= row["held_on"] <= "2018-03-31":
            events[row["event_id"]] = int(row["places"])
            people += int(row["attended"])
    frame = made["training_attendance"]
    got = [cell(frame, f"training_{n}", "2017-18") for n in ("events", "places", "attended")]
    assert got == [len(events), sum(events.values()), people]
    assert cell(frame, "training_filled", "2017-18", "value") == people / sum(events.values())
    assert cell(made["training_by_agency"], "training_attended", "2017-18") == people
    assert cell(frame, "training_attended", "2017-18", kind="conference") == 100


def test_seats_by_quarter_are_those_of_the_register(made):
    seats = {}
    for row in rows("meetings"):
        day = row["met_on"]
        if row["expected"] == "yes" and "2017-07-01" <= day <= "2017-09-30":
            seats.setdefault(row["attended"] == "yes" or row["deputy"] == "yes", []).append(day)
    (row,) = made["board_attendance_chart"].query("period == '2017-18-Q2'").to_dict("records")
    assert (row["count"], row["of"]) == (len(seats[True]), len(seats[True]) + len(seats[False]))
    assert row["value"] == row["count"] / row["of"] and np.isnan(row["low"])


# --- the Board -----------------------------------------------------------------------------------------------------

CONTRIBUTIONS = {
    "Southampton City Council": 82_200,
    "Southampton City CCG": 34_196,
    "Hampshire Constabulary": 13_482,
    "National Probation Service": 2_757,
    "Community Rehabilitation Company": 1_348,
    "CAFCASS": 445,
    "Total": 134_428,
}


def test_contributions_are_the_printed_ones(made):
    frame = made["contributions"]
    got = {p: cell(frame, "contribution_agreed", "2017-18", "value", partner=p) for p in CONTRIBUTIONS}
    assert got == CONTRIBUTIONS
    share = cell(frame, "contribution_share", "2017-18", "value", partner="Southampton City Council")
    assert f"{100 * share:.1f}" == "61.1"
    purposes = made["contributions_by_purpose"]
    assert cell(purposes, "income_agreed", "2017-18", "value", purpose="learning and development") == 20_144
    assert cell(purposes, "income_agreed", "2017-18", "value") == 154_572


def test_a_seat_is_filled_by_the_member_or_a_deputy_and_only_where_expected(made):
    expected = filled = 0
    for row in rows("meetings"):
        if "2017-04-01" <= row["met_on"] <= "2018-03-31" and row["expected"] == "yes":
            expected += 1
            filled += row["attended"] == "yes" or row["deputy"] == "yes"
    frame = made["board_attendance"]
    assert (cell(frame, "seats_filled", "2017-18"), cell(frame, "seats_expected", "2017-18")) == (filled, expected)


def test_most_agencies_came_to_every_main_board_and_the_named_ones_seldom(made):
    frame = made["board_attendance"]
    part = frame[(frame["measure"] == "seats_filled") & (frame["period"] == "2017-18") & (frame["agency"] != "Total")]
    value = part[part["meeting"] == "Main Board"].set_index("agency")["value"]
    assert len(value) == 24 and (value == 1).sum() > 12
    assert value[["South Central Ambulance Service", "NHS England", "CAFCASS"]].max() < 0.75


def test_membership_is_the_printed_list(made):
    frame = made["board_membership"]
    assert cell(frame, "board_members", "2017-18-Q4") == 24
    assert cell(frame, "board_posts", "2017-18-Q4", agency="Southampton City Council") == 2


def test_an_area_whose_members_are_not_held_says_so():
    frame = tables.build(Inputs(PERIOD, (OTHER,), {}), ["board_membership"])["board_membership"]
    assert set(frame["status"]) == {"not_available"} and "no list of this area's members" in frame["reason"].iloc[0]


def test_what_was_not_spent_is_left(made):
    frame = made["spending"]
    for heading in {r["heading"] for r in rows("spending")} | {"Total"}:
        pounds = [cell(frame, f"budget_{n}", "2017-18", "value", heading=heading) for n in ("set", "spent", "left")]
        assert pounds[0] - pounds[1] == pounds[2]


def test_plan_has_four_themes(made):
    frame = made["plan_progress"]
    themes = set(frame["theme"]) - {"Total"}
    assert len(themes) == 4
    assert sum(cell(frame, "plan_actions", "2017-18-Q4", theme=t) for t in themes) == len(rows("plan"))


# By hand from plan.csv: all but B07 (due in June 2018) and B16 (in September) were due by 31 March 2018; 8 of them done
def test_what_was_promised_is_what_was_due_and_what_came_of_it(made):
    frame = made["plan_progress"]
    assert cell(frame, "plan_actions_promised", "2017-18-Q4") == 14
    by = {p: cell(frame, "plan_actions_promised", "2017-18-Q4", progress=p) for p in ("done", "on track", "behind")}
    assert by == {"done": 8, "on track": 3, "behind": 3}


# --- every table ---------------------------------------------------------------------------------------------------


def test_two_areas_in_one_pass_are_each_as_alone(frames, made):
    both = {name: pd.concat([f, f.assign(area=OTHER)], ignore_index=True) for name, f in frames.items()}
    together = tables.build(Inputs(PERIOD, (AREA, OTHER), both), BUILDERS)
    for name, frame in made.items():
        for area in (AREA, OTHER):
            if area == OTHER and name in ("section_11_answers", "board_membership"):
                continue  # rest on members.yml, which is the city's
            part = together[name][together[name]["area"] == area].assign(area=AREA)
            keys = long_table.dimensions(frame)
            mine, theirs = (f.sort_values(keys, ignore_index=True) for f in (frame, part))
            pd.testing.assert_frame_equal(mine, theirs[mine.columns], obj=name)


def test_nothing_after_the_period_is_used(frames):
    early = Quarter(2017, 2)
    end = pd.Timestamp(early.last_day)
    dated = {"section_11": "audited_on", "audits": "audited_on", "case_reviews": "referred_on", "plan": "reported_on",
             "review_actions": "recommended_on", "training": "held_on", "meetings": "met_on",
             "contributions": "agreed_on", "spending": "reported_on"}  # fmt: skip
    cut = {name: f[f[dated[name]] <= end] if name in dated else f for name, f in frames.items()}
    cut["exploitation"] = cut["exploitation"][cut["exploitation"]["quarter"] <= str(early)]
    whole, known = (tables.build(Inputs(early, (AREA,), f), BUILDERS) for f in (frames, cut))
    for name in whole:
        pd.testing.assert_frame_equal(whole[name], known[name], obj=name)


def test_every_table_and_measure_is_documented(made):
    said = tables.documentation()
    for name, frame in made.items():
        assert name in said["tables"], name
        declared = set(said["tables"][name].get("dimensions") or {}) | {"area", "period", "measure"}
        assert set(long_table.dimensions(frame)) <= declared, name
        for measure in set(frame["measure"]):
            entry = said["measures"][measure]
            assert {"says", "unit", "kind", "protect", "adds_over"} <= set(entry), measure
            about_children = name in ("case_review_referrals", "case_review_themes", "case_review_progress")
            if name in NAMES["exploitation"] or about_children or measure == "audit_cases":
                assert entry["protect"] == "children", measure
            else:
                assert entry["protect"] == "none", measure


def test_parts_add_to_their_totals_where_the_dictionary_says_so(made):
    said = tables.documentation()["measures"]
    checked = 0
    for frame in made.values():
        for dim in set(long_table.dimensions(frame)) - {"area", "period", "measure"}:
            for measure, part in frame.groupby("measure"):
                over = said[measure]["adds_over"]
                if said[measure]["kind"] not in ("count", "money") or not (over == "all" or dim in over):
                    continue
                figure = "value" if said[measure]["kind"] == "money" else "count"
                keys = [d for d in long_table.dimensions(frame) if d != dim]
                total = part[part[dim] == "Total"].set_index(keys)[figure]
                sums = part[part[dim] != "Total"].groupby(keys)[figure].sum()
                both = pd.concat([total, sums], axis=1, keys=["total", "parts"]).dropna()
                pd.testing.assert_series_equal(both["total"], both["parts"], check_names=False, obj=measure)
                checked += len(both)
    assert checked > 100
