"""Nothing of a period that a return does not cover is a figure; figures that lack refused rows say so to everybody."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import returncheck
from board_packs.quarter.receiving import receive
from board_packs.quarter.request import resolve
from board_packs.tables import Inputs, documentation, registry
from board_packs.tables.protected_marks import of_audience
from board_packs.tables.return_gaps import span, with_settled
from lscb.long_table import FIGURES, cells
from lscb.periods import Quarter
from openstats import Store
from openstats.project_data import DATA
from returncheck import dictionary

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
RETURNS = sorted({name for builder in registry.builders() for name in builder.returns})
DATED = [name for name in RETURNS if dictionary.load()[name].every != "never"]
TITLES = {"children_services": "children's services indicators", "exploitation": "exploitation and missing children",
          "hrda_referrals": "high-risk domestic abuse referrals", "plan": "business plan", "section_11": "section 11 audit"}  # fmt: skip
OFFICIAL = {name for name, about in documentation()["measures"].items() if about.get("official")}


@pytest.fixture(scope="module")
def frames():
    received = returncheck.read(DATA / "sample" / str(PERIOD), PERIOD, AREA)
    rows = {name: frame.assign(area=AREA) for name, frame in received.frames.items()}
    rows["hrda_referrals"] = rows["hrda_referrals"].iloc[::8].reset_index(drop=True)
    return rows


def gap(name, missing=0, covers_from=None, silent="", nil=False):
    row = {"area": AREA, "return": name, "missing": missing, "silent": silent, "nil": nil}
    return pd.DataFrame([row]).assign(covers_from=pd.Series([covers_from], dtype="datetime64[us]"))


def tables(name, rows, gaps):
    only = [builder.names[0] for builder in registry.builders() if name in builder.returns]
    problems = []
    came = pd.DataFrame({"area": [AREA], "return": [name], "received": [len(rows)], "refused": [0]})
    made = registry.build(Inputs(PERIOD, (AREA,), {name: rows}, came, Store(None), {}, gaps), only, problems)
    assert problems == []
    return {table: frame[~frame["measure"].isin(OFFICIAL)] for table, frame in made.items()}


def deaths(each, *left_out):
    """So many deaths of each of eight quarters, on days of their own, but of those that were left out."""
    first = [q.first_day for q in PERIOD.back(8) if str(q) not in left_out]
    on = pd.to_datetime(pd.Series([day for day in first for _ in range(each)])) + pd.to_timedelta(
        [5 * (n % each) for n in range(len(first) * each)], "D"
    )
    return pd.DataFrame({"area": AREA, "notified_on": on, "born_on": on, "died_on": on}).astype(
        dict.fromkeys(("notified_on", "born_on", "died_on"), "datetime64[us]")
    )


def year(rows, gaps):
    """The state of the number of deaths of 2017-18."""
    inputs = Inputs(PERIOD, (AREA,), {"child_deaths": rows}, None, Store(None), {}, gaps)
    frame = registry.build(inputs, ["child_deaths_by_year"])["child_deaths_by_year"]
    labels = {"measure": "cdop_deaths_notified", "period": "2017-18", "window": "1 year"}
    return frame[(frame[[*labels]] == [*labels.values()]).all(axis=1)]["status"].item()


@pytest.mark.parametrize("each", [3, 7])
@pytest.mark.parametrize(("was", "status"), [("left out", "not_available"), ("nothing came", "shown")])
def test_whether_a_quarter_was_left_out_is_for_a_person_to_say_whatever_the_others_are(each, was, status):
    """Of 7 deaths a quarter none in the second is taken for a gap, of 3 it is not: what the page says of the year then tells
    how many there were at least. Where somebody said what it was, that alone is gone by."""
    rows = deaths(each, "2017-18-Q2")
    none = gap("plan")
    assert year(rows, none) == ("shown" if each == 3 else "not_available")
    assert year(rows, with_settled(none, {("child_deaths", "2017-18-Q2"): was}, AREA)) == status


def test_a_quarter_that_was_left_out_makes_the_next_one_no_likelier():
    """Of 8 days a quarter with a death none comes by chance in one of 3,000 (exp -8), whatever else was left out."""
    assert year(deaths(8, "2016-17-Q4", "2017-18-Q2"), gap("plan")) == "not_available"
    assert year(deaths(8, "2016-17-Q4"), gap("plan")) == "shown"


def before(rows, name):
    """The rows of a return before the quarter; of a yearly one before the financial year."""
    one = dictionary.load()[name]
    first = Quarter(2017, 1) if one.every == "year" else PERIOD
    by = rows[one.dated_by]
    return rows[by < (str(first) if one.fields[one.dated_by].type == "period" else pd.Timestamp(first.first_day))]


@pytest.mark.parametrize("name", RETURNS)
def test_headings_of_a_return_that_is_no_nil_return_make_no_figure(frames, name):
    empty = frames[name].head(0)
    for table, frame in tables(name, empty, gap(name, silent="Only headings came", nil=True)).items():
        assert frame["status"].eq("not_available").all() and frame[list(FIGURES)].isna().all(axis=None), table
        assert frame["reason"].ne("").all(), table


def test_a_nil_return_is_nought(frames):
    empty = frames["hrda_referrals"].head(0)
    made = tables("hrda_referrals", empty, gap("hrda_referrals", nil=True))["hrda_by_period"]
    now = made[made["measure"].eq("hrda_referrals") & made["period"].eq(str(PERIOD))]
    assert len(now) and now["count"].eq(0).all() and "nil return" in now["reason"].iloc[0]


def test_headings_alone_of_one_area_take_nothing_from_another(frames):
    rows = frames["hrda_referrals"]
    lacking = gap("hrda_referrals", silent="Only headings came", nil=True).assign(area="E06000044")
    came = pd.DataFrame({"area": [AREA, "E06000044"], "return": "hrda_referrals", "received": [9, 0], "refused": 0})
    asked = Inputs(PERIOD, (AREA, "E06000044"), {"hrda_referrals": rows}, came, Store(None), {}, lacking)
    made = registry.build(asked, ["hrda_by_period", "hrda_victims"])
    for frame in made.values():
        shown = frame["status"].eq("shown")
        assert shown[frame["area"].eq(AREA)].any() and not shown[frame["area"].eq("E06000044")].any()


@pytest.mark.parametrize("area_beside", [(), ("E06000044",)])
@pytest.mark.parametrize("name", RETURNS)
def test_how_many_rows_of_a_return_were_refused_stands_in_no_reason(frames, name, area_beside):
    """Every row of the area's return is refused, 7 of them: the number is a cell of page 99, protected like any other."""
    rows = frames[name].assign(area=area_beside[0]) if area_beside else frames[name].head(0)
    came = pd.DataFrame({"area": [AREA, *area_beside], "return": name, "received": [7, len(rows)][: 1 + len(area_beside)],
                         "refused": [7, 0][: 1 + len(area_beside)]})  # fmt: skip
    asked = Inputs(PERIOD, (AREA, *area_beside), {name: rows}, came, Store(None), {}, gap(name, missing=7))
    only = [builder.names[0] for builder in registry.builders() if builder.returns == (name,)]
    reasons = set()
    for table, frame in registry.build(asked, only).items():
        mine = frame.loc[frame["area"].eq(AREA), "reason"]
        assert not mine.str.replace("partial: 7 rows", "").str.contains(r"\b7\b").any(), table
        reasons |= set(mine)
    if name in ("child_deaths", "hrda_referrals", "case_reviews"):
        title = TITLES.get(name, name.replace("_", " "))
        assert f"The {title} return came without a usable row of the period or before, and is no nil return." in reasons


@pytest.mark.parametrize(
    "above, status", [("", "shown"), ("Nothing to report,Yes\n", "shown"), ("Nothing to report,No\n", "not_available")]
)
def test_a_file_of_headings_from_the_folder_to_the_table(tmp_path, above, status):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "hrda.csv").write_text(above + "Referral ID,Date of referral,Agency,Victim ID\n")
    (tmp_path / "in" / "plan.csv").write_bytes((DATA / "sample" / str(PERIOD) / "plan.csv").read_bytes())
    received = receive(resolve(str(PERIOD), AREA, returns=tmp_path / "in", out=tmp_path / "out"), checked=False)
    asked = Inputs(PERIOD, (AREA,), received.rows, received.quality, Store(None), {}, received.gaps)
    made = registry.build(asked, ["hrda_by_period"])["hrda_by_period"]
    now = made[~made["measure"].isin(OFFICIAL) & made["period"].eq(str(PERIOD))]
    assert status in set(now["status"]) and (status == "shown" or set(now["status"]) == {status})
    assert status == "shown" or "is no nil return" in now["reason"].iloc[0]


@pytest.mark.parametrize("name", DATED)
def test_last_quarters_rows_make_no_figure_of_this_one(frames, name):
    made = tables(name, before(frames[name], name).reset_index(drop=True), gap(name, silent="No row is of it."))
    for table, frame in made.items():
        now = frame[frame["period"].isin(["2017-18", "2017-18-Q4"])]
        assert now["status"].isin(["not_available"]).all() and now[list(FIGURES)].isna().all(axis=None), table
        assert now["reason"].ne("").all() and not now["reason"].str.contains("-Q4").any(), table  # 2017-18 Q4, as read
    if name in ("hrda_referrals", "training", "exploitation"):  # what came before is there as it was
        assert any((frame["status"] == "shown").any() for frame in made.values())


@pytest.mark.parametrize("name", RETURNS)
def test_a_return_that_begins_later_makes_no_figure_of_what_lies_before(frames, name):
    made = tables(name, frames[name], gap(name, covers_from=pd.Timestamp(2017, 7, 15)))
    for table, frame in made.items():
        windows = frame["window"] if "window" in frame else pd.Series("", frame.index)
        for period, window, status in zip(frame["period"], windows, frame["status"], strict=True):
            # By hand: only the third and fourth quarter lie wholly after 15 July 2017.
            assert status != "shown" or (period in ("2017-18-Q3", "2017-18-Q4") and window in ("", "Total")), table
    if name == "exploitation":
        quarters = made["exploitation_flags"].query("status == 'shown'")["period"]
        assert set(quarters) == {"2017-18-Q3", "2017-18-Q4"}


@pytest.mark.parametrize("name", RETURNS)
def test_every_figure_of_a_return_with_refused_rows_says_how_many_it_lacks(frames, name):
    whole, made = tables(name, frames[name], None), tables(name, frames[name], gap(name, missing=1_012))
    title = TITLES.get(name, name.replace("_", " "))
    mark = f"partial: 1,012 rows of {title} refused and missing"
    for table, frame in made.items():
        shown = frame["status"] == "shown"
        assert shown.any() and frame.loc[shown, "reason"].str.endswith(mark).all(), table
        assert not frame.loc[~shown, "reason"].str.contains("partial").any(), table
        pd.testing.assert_frame_equal(frame[list(FIGURES)], whole[table][list(FIGURES)])
        assert not whole[table]["reason"].str.contains("partial").any()


def test_a_change_is_not_taken_from_a_period_that_is_not_covered(frames):
    made = tables(
        "hrda_referrals", frames["hrda_referrals"], gap("hrda_referrals", covers_from=pd.Timestamp(2017, 4, 1))
    )
    assert not (made["hrda_change"]["status"] == "shown").any()
    look_back = made["hrda_by_period"].query("measure == 'hrda_look_back' and period == '2017-18-Q4'")
    assert look_back["value"].tolist() == [9]  # from 1 April 2017 to 1 January 2018


@pytest.mark.parametrize(
    ("period", "window", "days"),
    [("2017-18-Q4", "", (date(2018, 1, 1), date(2018, 3, 31))), ("2017-18", "", (date(2017, 4, 1), date(2018, 3, 31))),
     ("2017-18 to Q2", "1 year", (date(2017, 4, 1), date(2017, 9, 30))),
     ("2017-18", "3 years", (date(2015, 4, 1), date(2018, 3, 31))), ("mid-2017", "", None)],
)  # fmt: skip
def test_the_days_of_a_period(period, window, days):
    assert span(period, window) == days


def received(count, status="shown", reason="", measure="returns_rows_missing"):
    row = {"area": AREA, "measure": measure, "return": "training", "count": count, "status": status, "reason": reason}
    return cells([row], period="2017-18-Q4")


@pytest.mark.parametrize(
    ("rows", "says"),
    [(received(0), ""), (received(12), "partial: 12 rows of training refused and missing"),
     (received(10, reason="rounded to the nearest 5"), "partial: about 10 rows of training refused and missing"),
     (received(None, "suppressed", "withheld"), "partial: rows of training may be missing, how many is withheld"),
     (received(0, measure="returns_rows_received"), "nil return: training came without a row")],
)  # fmt: skip
@pytest.mark.parametrize("before", ["incomplete", "partial: 7 rows of training refused and missing"])
def test_a_guarded_mark_is_made_from_guarded_tables_alone(rows, says, before):
    """What stood there before, the true number among it, is gone; other tables and other notes stay."""
    held = cells([dict(area=AREA, measure="training_events", count=9, reason=before)], period="2017-18-Q4")
    made = of_audience({"returns_received": rows, "t": held, "u": held}, {"t": ("training",), "u": ("plan",)})
    kept = "incomplete" if before == "incomplete" else ""
    assert made["t"]["reason"].tolist() == ["; ".join(filter(None, [kept, says]))]
    assert made["u"]["reason"].tolist() == [kept]


@pytest.mark.parametrize(
    ("number", "says"),
    [((0, "shown"), ""), ((9, "shown"), "; not all known: the day of completion of some child deaths cannot be used"),
     ((None, "suppressed"), "; not all known: how often the day of completion of child deaths cannot be used is withheld")],
)  # fmt: skip
def test_twins_of_which_one_has_a_day_that_cannot_be_used_say_the_same_where_that_is_withheld(number, says):
    """Whose reviews are marked follows from the number that the audience has, never from whether there was one."""
    issue, was = (
        "outstanding for want of a usable review date",
        "not all known: the day of completion of some child deaths cannot be used",
    )
    row = dict(area=AREA, measure="cdop_quality_issues", issue=issue, count=number[0], status=number[1])
    other = row | dict(issue="out of scope", count=7, status="shown")
    made = []
    for there in ("", f"; {was}"):
        held = cells(
            [
                dict(area=AREA, measure=m, count=9, reason=f"incomplete{there}")
                for m in ("cdop_reviews_timed", "cdop_deaths_notified")
            ],
            period="2017-18",
        )
        tables = {"child_deaths_quality": cells([row, other], period="2017-18"), "t": held}
        made.append(of_audience(tables, {"t": ("child_deaths",)})["t"]["reason"].tolist())
    assert made[0] == made[1] == [f"incomplete{says}", "incomplete"]


def test_case_reviews_with_days_that_cannot_be_used_are_a_number():
    """One of two reviews has no day of completion that can be used, one of three cases none of publication."""
    days = {"referred_on": "2017-05-01", "decided_on": "2017-06-01", "completed_on": None, "published_on": None}
    rows = pd.DataFrame(
        [
            days | {"decision": kind, "themes": None}
            for kind in ("partnership review", "serious case review", "no further action")
        ]
    )
    rows = rows.assign(area=AREA, **{day: pd.to_datetime(rows[day]) for day in days})
    rows = rows.assign(completed_on__state=["not_known", "", "not_known"], published_on__state=["", "", "not_known"])
    frame = registry.build(Inputs(PERIOD, (AREA,), {"case_reviews": rows}, None, None), ["case_review_referrals"])[
        "case_review_progress"
    ]
    counts = dict(zip(frame["measure"], frame["count"], strict=True))
    assert counts == {"reviews_under_way": 2, "reviews_completion_unknown": 1, "reviews_publication_unknown": 1,
                      "reviews_finished": 0, "reviews_published": 0}  # fmt: skip
    said = dict(zip(frame["measure"], frame["reason"], strict=True))
    assert [said[f"reviews_{what}_unknown"] for what in ("completion", "publication")] == ["", ""]
    assert "completion of some case reviews cannot" in said["reviews_under_way"]


@pytest.mark.parametrize("begins, said", [("2016-10-01", True), ("2013-04-01", False)])
def test_reviews_outstanding_of_a_return_that_begins_late_are_not_all(frames, begins, said):
    """Truth: who waits for a review, and whose was completed, may have died before the return begins."""
    made = tables("child_deaths", frames["child_deaths"], gap("child_deaths", covers_from=pd.Timestamp(begins)))
    shown = made["child_deaths_outstanding"].query("status == 'shown'")
    why = "not all known: child deaths of before 1 October 2016 are not in the return"
    assert len(shown) and shown["reason"].eq(why).all() == said and shown["reason"].ne(why).all() != said
    notified = made["child_deaths_by_year"].query("measure == 'cdop_deaths_notified'")
    assert not notified["reason"].str.contains("not all known").any()


def test_whom_training_reached_in_two_years_is_not_known_of_a_return_that_begins_within_them(frames):
    for day, status in (("2016-04-01", "shown"), ("2016-10-01", "not_available")):
        made = tables("training", frames["training"], gap("training", covers_from=pd.Timestamp(day)))
        assert set(made["training_reach"]["status"]) == {status}


def test_files_of_elsewhere_and_files_of_no_use_are_told(tmp_path):
    """Ten referrals of neighbourhoods of Hartlepool (E01011949 and on) among Southampton's returns; a letter, twice."""
    rows = [f"R{n},V{n},P{n},0{1 + n % 9}/02/2018,E0101{1949 + n}" for n in range(10)]
    heads = "Referral ID,Victim ID,Perpetrator ID,Date of referral,LSOA"
    (tmp_path / "hrda.csv").write_text("\n".join([heads, *rows]) + "\n")
    (tmp_path / "letter.csv").write_text("Dear all\n")
    (tmp_path / "letter again.csv").write_text("Dear all\n")
    came = returncheck.read(tmp_path, PERIOD, AREA)
    inputs = Inputs(PERIOD, (AREA,), came.frames, came.quality, Store(None), {}, came.gaps.assign(area=AREA))
    made = registry.build(inputs, ["returns_received"])["returns_received"].set_index(["measure", "return"])["count"]
    assert made["returns_elsewhere"].to_dict() == {"Total": 1, "hrda_referrals": 1}
    assert made["returns_files_unused", "Total"] == 1
