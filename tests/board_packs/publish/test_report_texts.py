"""What agencies wrote stands in the report where a person has approved the words; figures of last year that moved are named."""

from types import SimpleNamespace

import pandas as pd
import pytest

from board_packs.pages.book import Book
from board_packs.publish.report.report_corrections import corrections
from board_packs.publish.report.report_texts import texts
from board_packs.quarter.receiving import Received
from lscb import long_table
from lscb.errors import UserError
from lscb.periods import Quarter

OWN, ENGLAND = "E06000045", "E92000001"
KNOWN, NEW = (
    "Review the neglect toolkit",
    "Ask the Smiths of Elm Road",
)  # invented; the first is of the project's example


def plan(*lines):
    names = ["action_id", "theme", "action", "measure", "due_on", "status"]
    rows = pd.DataFrame(lines, columns=names).assign(area=OWN)
    return rows.assign(due_on=pd.to_datetime(rows["due_on"]))


@pytest.fixture
def book():
    return SimpleNamespace(area=OWN, period=Quarter.parse("2017-18-Q4"), standard=lambda name: 0.8)


COLUMNS = {"action": "Action", "measure": "How", "due_on": "By when", "status": "How far"}


def test_only_words_that_a_person_approved_are_printed(book):
    rows = plan(("1", "Neglect", KNOWN, None, "2018-06-30", "on track"), ("2", "Neglect", NEW, None, None, "done"))
    groups, left_out = texts(book, Received({"plan": rows}), "plan", {"columns": COLUMNS, "by": "theme"})
    assert groups == {"Neglect": [[KNOWN, "not said", "June 2018", "On track"]]}
    assert left_out


def test_a_table_is_headed_by_no_words_that_nobody_approved(book):
    rows = plan(("1", "Neglect", KNOWN, None, None, "done"), ("2", NEW, KNOWN, None, None, "done"))
    groups, left_out = texts(book, Received({"plan": rows}), "plan", {"columns": {"action": "Action"}, "by": "theme"})
    assert groups == {"Neglect": [[KNOWN]]} and left_out


def test_rows_of_children_and_columns_that_are_not_there_are_refused(book):
    received = Received({"plan": plan(("1", "Neglect", KNOWN, None, None, "done"))})
    with pytest.raises(UserError, match="there are plan, audits, review_actions"):
        texts(book, received, "child_deaths", {"columns": COLUMNS})
    with pytest.raises(UserError, match="no column 'owner'"):
        texts(book, received, "plan", {"columns": {"owner": "Who"}})
    with pytest.raises(UserError, match="no column 'subject'"):
        texts(book, received, "plan", {"columns": COLUMNS, "by": "subject"})
    with pytest.raises(UserError, match="rows is one of"):
        texts(book, received, "plan", {"columns": COLUMNS, "rows": "mine"})
    assert texts(book, Received(), "plan", {"columns": COLUMNS}) == ({}, False)


def test_what_was_done_in_the_year_stands_with_what_it_says_of_its_impact(book):
    """Days of 2016-17 and 2018-19 are another report's; impact is none, the action's own words, or more."""
    days = ["2017-03-31", "2017-04-01", "2017-12-01", "2018-03-31", "2018-04-01", None]
    impact = ["More children seen", None, KNOWN, "More children seen", None, None]
    rows = pd.DataFrame({"area": OWN, "theme": "Neglect", "recommendation": "Teach it", "action": KNOWN, "impact": impact,
                         "done_on": pd.to_datetime(days)})  # fmt: skip
    options = {"columns": {"done_on": "When", "evidence": "Evidence"}, "rows": "done this year"}
    groups, _ = texts(book, Received({"review_actions": rows}), "review_actions", options)
    assert groups == {"": [["April 2017", "None"], ["December 2017", "Only repeats the action"], ["March 2018", "Says what changed"]]}  # fmt: skip


def test_an_audit_of_an_earlier_year_stays_while_its_recommendation_is_open(book):
    days, status = (
        ["2016-05-01", "2016-06-01", "2017-04-01", "2018-04-01"],
        ["done", "in progress", "done", "in progress"],
    )
    rows = pd.DataFrame({"area": OWN, "audit": "Neglect", "audited_on": pd.to_datetime(days), "status": status})
    options = {"columns": {"audited_on": "When"}, "rows": "of the year or open"}
    groups, _ = texts(book, Received({"audits": rows}), "audits", options)
    assert groups == {"": [["June 2016"], ["April 2017"]]}


def tables(folder, referrals, spent, england=5):
    row = dict(area=OWN, measure="hrda_referrals", unit="referrals")
    counts = [row | dict(period=year, count=n) for year, n in referrals.items()]
    counts += [row | dict(area=ENGLAND, period="2016-17", count=england)]
    money = [dict(area=OWN, period="2016-17", measure="budget_spent", heading=h, unit="pounds", value=v)
             for h, v in spent.items()]  # fmt: skip
    long_table.write({"hrda_by_period": long_table.cells(counts), "spending": long_table.cells(money)}, folder)
    return folder


def test_totals_of_last_year_that_moved_are_named_with_both_figures(tmp_path):
    then = tables(tmp_path / "then", {"2015-16": 1, "2016-17": 885}, {"Total": 152680.0, "Business unit": 9.0})
    now = tables(tmp_path / "now", {"2015-16": 2, "2016-17": 880}, {"Total": 152680.0, "Business unit": 8.0}, england=6)
    today = Book(now, Quarter.parse("2017-18-Q4"), OWN, "public")
    assert [line[1:] for line in corrections(today, then)] == [
        ["2016-17", "885", "880"]
    ]  # no part, other year or place
    assert {885.0, 880.0} <= set(today.derived)
    assert corrections(today, now) == []
    england = tables(tmp_path / "england", {"2016-17": 880}, {"Total": 152680.0}, england=7)
    assert corrections(today, england) == []  # only another place's moved
    assert corrections(today, tmp_path / "nowhere") is None


def test_a_total_stands_beside_a_total_where_one_of_the_tables_has_more_parts(tmp_path):
    """885 children then, 885 today of whom 400 are girls: nothing moved."""
    total = dict(area=OWN, period="2016-17", measure="hrda_referrals", unit="referrals")
    plain = [total | dict(count=885)]
    parts = [total | dict(count=n, sex=sex) for sex, n in (("female", 400), ("Total", 885))]
    hidden = [total | dict(status="suppressed", reason="withheld")]
    for folder, lines in (("plain", plain), ("parts", parts), ("moved", [total | dict(count=880)]), ("hidden", hidden)):
        long_table.write({"hrda_by_period": long_table.cells(lines)}, tmp_path / folder)
    today = {name: Book(tmp_path / name, Quarter.parse("2017-18-Q4"), OWN, "public") for name in ("plain", "parts")}
    assert corrections(today["parts"], tmp_path / "plain") == corrections(today["plain"], tmp_path / "parts") == []
    assert [line[2:] for line in corrections(today["parts"], tmp_path / "moved")] == [["880", "885"]]
    assert corrections(today["parts"], tmp_path / "hidden") == []  # it was printed as withheld: no figure was wrong
