"""The sentences of a pack's first page: its answer, what is asked, and what changed since the quarter before."""

import re
from datetime import date

import pandas as pd
import pytest
import yaml

from board_packs.pages.finding import Action, Finding, Findings
from board_packs.publish import export
from board_packs.publish.export import Banner
from board_packs.publish.pack_files.kept_parts import KeptParts
from board_packs.publish.pack_files.pack_summary import answer, by_chance, coming, decisions, printed, since, summary
from lscb import long_table
from lscb.long_table import cells
from lscb.periods import Quarter
from openstats.project_data import DATA


def found(*items, unknown=()):
    return Findings([Finding(*item) for item in items], {why: ["Contacts"] for why in unknown})


def compared(kind, title, before="", told=""):
    return (kind, "interval", title, "so it is", 50, "", before, told)


FAR = ("far", "rank", "Care leavers in education, training or work", "so it is", 50)
LATE = Action(date(2018, 3, 1), "Schools", "Name one person", 1)
PLANS = compared("worse", "Second or later plans, beside others")


@pytest.mark.parametrize(
    "items, words",
    [
        (
            [compared("same", "Contacts"), compared("other", "Plans started")],
            "Of 2 figures tested, none is worse than chance explains, none is better, and 1 is changed or different in a "
            "way that is neither. The other one shows no difference.",
        ),
        (
            [PLANS, PLANS, compared("better", "Contacts"), FAR],
            "Of 3 figures tested, 2 are worse than chance explains, 1 is better, and none is changed or different in a way "
            "that is neither. 1 that cannot be tested is among the worst 10% of all authorities.",
        ),
        (  # what is agreed or far is not tested, so it is none that shows no difference
            [compared("same", "Contacts"), compared("same", "Plans"), ("same", "agreed", "Actions overdue", "0", 70)],
            "None of the 2 figures tested shows a difference beyond chance.",
        ),
        (  # what is late is counted too, each action by its name
            [
                compared("same", "Deaths"),
                ("worse", "agreed", "Overdue", "3", 70, "", "", "", (), "", (LATE, LATE._replace(number=2))),
            ],
            "The one figure tested shows no difference beyond chance. 3 agreed actions are late.",
        ),
        (
            [FAR, FAR],
            "No figure of this pack could be tested for change or difference beyond chance. 2 that cannot be tested are "
            "among the worst 10% of all authorities.",
        ),
    ],
)
def test_the_answer_counts_what_was_tested_and_names_how_many_are_far_untested(items, words):
    assert answer(found(*items)) == words


def test_how_many_comparisons_chance_alone_would_put_outside_their_interval_stands_beside_how_many_are():
    chart = ("worse", "chart", "Places filled at training", "so it is", 75)
    together = ("worse", "together", "Contacts", "so it is", 50)
    thirty = [compared("same", f"Figure {n}") for n in range(28)] + [PLANS, compared("better", "Contacts")]
    assert by_chance(found(*thirty, chart, together, FAR)) == (
        "30 figures make 30 comparisons by a 95% interval: 2 lie outside; chance alone would put about 1.5 there."
    )
    assert by_chance(found(PLANS)).startswith("One figure makes one comparison by a 95% interval: 1 lies outside;")
    assert by_chance(found(chart, together)) == ""


def test_a_figure_beside_similar_places_and_england_is_two_comparisons():
    """And one whose two counts disagree is none, and is named."""
    both = Finding(*PLANS, outside=(True, False))
    apart = Finding("apart", "twins", "Referrals, beside others", "so it is", 50)
    assert by_chance(Findings([both, both, Finding(*compared("same", "Contacts")), apart])) == (
        "3 figures make 5 comparisons by a 95% interval, some with several places: 2 lie outside; chance alone would put "
        "about 0.3 there. Not among them: referrals (two counts disagree)."
    )


def test_a_pack_of_which_the_page_tests_nothing_leaves_that_to_its_pages():
    """The panel's pages test deaths themselves: the first page may not say that nothing could be tested."""
    assert answer(found()) == "This page tests no figure of this pack: what its pages test, they say themselves."
    assert since(found()) == []


def test_where_nothing_is_tested_stands_what_the_pages_answer(tmp_path):
    """Which a guarded pack is not given: its first page prints figures of its tables alone."""
    area = pd.DataFrame({"area": ["E06000045"]})
    empty = cells(area, measure="returns_received", period="2017-18-Q4", status="not_available", reason="not held")
    long_table.write({"returns_received": empty}, tmp_path)
    banner = Banner(Quarter.parse("2017-18-Q4"), "E06000045", "restricted")
    pages = [("90_figures.html", "Are the figures right?", "Of 77 claims 18 do not reproduce.")]
    html, _ = summary(tmp_path, ["returns_received"], banner, "Analysts", {}, None, pages)
    assert '<li><a href="90_figures.html">Are the figures right?</a> Of 77 claims 18 do not reproduce.</li>' in html


def test_a_figure_of_which_two_counts_disagree_is_none_of_those_tested():
    apart = ("apart", "twins", "Referrals, beside others", "so it is", 50, "", "", "two counts")
    assert answer(found(PLANS, apart)).startswith("Of one figure tested, 1 is worse")
    assert decisions(found(apart)) == ["Referrals: which is right, the return or the official figure?"]


def test_a_figure_found_by_two_rules_is_one_of_those_that_are_changed():
    twice = [compared("other", f"Indicator {letter}") for letter in "ABCDE"] + [
        compared("other", "Indicator A, beside others")
    ]
    assert decisions(found(*twice))[0].startswith("The 5 figures that are")


def test_what_is_asked_names_its_figures():
    late = ("worse", "agreed", "Actions of case reviews that are overdue", "3", 70)
    told = "3,305 in the return, 2,613 official"
    referrals = compared("other", "Referrals, beside others", told=told)
    asked = decisions(
        found(PLANS, FAR, late, referrals, compared("other", "Referrals"), compared("other", "Plans ended"))
    )
    assert asked == [
        "Second or later plans; and care leavers in education, training or work: who finds out what stands behind them, "
        "and when is it heard?",
        "Actions of case reviews that are overdue: what is the new date of each, and who reports on it?",
        "Referrals: which is right, the return or the official figure?",
        "Referrals and plans ended: which of these did the services expect, and which need a closer look?",
    ]
    assert decisions(found(compared("same", "Contacts"))) == []
    assert decisions(found(*(compared("other", f"Indicator {letter}") for letter in "ABCDE"))) == [
        "The 5 figures that are changed or different: which of these did the services expect, and which need a closer look?"
    ]


@pytest.mark.parametrize("reason, question", [
    ("The audits return was not received for this quarter", "the returns that did not come"),
    ("The audits return holds no usable row of 2017-18 Q4: it is an older file, its rows were refused, or there was nothing and it does not say so", "the rows that their returns lack"),
    ("The contributions return holds no row: its sender had nothing to report", ""),  # a nil return came
    ("The meetings return does not cover all the time that this is counted over", ""),
])  # fmt: skip
def test_partners_are_asked_for_what_did_not_come_and_for_nothing_else(reason, question):
    assert decisions(found(unknown=[reason])) == [f"Who asks the partners for {question}?"] * bool(question)


def test_what_is_late_stands_by_name_as_far_as_there_is_room_and_what_is_next_by_who_answers_for_it():
    """Twelve names take the room of six of the 24 figures."""
    each = [Action(date(2018, 2, 1), owner, "Visit teams", 1) for owner in ("Health", "nobody", "not in the return")]
    late = Finding("worse", "agreed", "Actions overdue", "15", 70, actions=tuple(5 * each))
    worse = [Finding(*compared("worse", f"Indicator {n}")) for n in range(16)]
    other = [Finding(*compared("other", f"Figure {n}")) for n in range(3)]
    (_, groups, _), (_, _, more) = printed(Findings([*worse, late, *other]))
    names = groups[1][1][0][2]
    assert names[:2] == ["Health, February 2018: Visit teams", "Nobody named, February 2018: Visit teams"]
    assert names[2] == "February 2018: Visit teams" and len(names) == 12
    assert len(groups[0][1]) == 16 and more == {50: ["Figure 1", "Figure 2"]}  # 18 figures have room
    due = {
        "audit recommendations": [*each, Action(date(2018, 4, 1), "Health", "Ask", 2)],
        "case review actions": each[1:2],
    }
    assert coming(Findings(coming=due), Quarter.parse("2017-18-Q4")) == (
        "Due by 30 June 2018: 5 audit recommendations (Health); one case review action."
    )
    assert coming(Findings(), Quarter.parse("2017-18-Q4")) == ""


def test_since_the_last_quarter_names_what_is_new_over_and_still_flagged():
    lines = since(
        found(
            compared("worse", "Referrals", "same"),
            compared("same", "Plans started", "other"),
            compared("better", "Conferences within 15 working days", "better"),
            compared("other", "Assessments completed", "other"),
            compared("same", "Contacts", "same"),
            compared("other", "Plans ended"),
        )
    )
    assert lines == [
        "Newly flagged: referrals.",
        "No longer flagged: plans started.",
        "Flagged a quarter ago, and still: conferences within 15 working days and assessments completed.",
    ]


def test_nothing_flagged_and_nothing_tested_are_two_things():
    assert since(found(compared("same", "Contacts", "same"))) == ["Flagged neither a quarter ago nor now: contacts."]
    assert since(found(compared("other", "Contacts"))) == [
        "No figure could be tested a quarter ago, so nothing can be said to be new or over."
    ]
    rounded = "counts are rounded for this audience, so no change is tested"
    assert since(found(compared("same", "Contacts", "same"), unknown=[rounded])) == [
        "Flagged neither a quarter ago nor now: contacts. Counts that are rounded for this audience are not tested."
    ]
    assert since(found(compared("other", "Contacts"), unknown=[rounded])) == [
        "No figure could be tested a quarter ago, as counts are rounded for this audience, so nothing can be said to be new "
        "or over."
    ]


@pytest.mark.parametrize("period, used, words", [
    ("2017-18-Q4", ["scorecard_year"], 1), ("2017-18-Q4", ["children"], 0), ("2024-25-Q4", ["scorecard_year"], 0)
])  # fmt: skip
def test_the_page_says_where_its_official_figures_came_out_after_the_period(tmp_path, period, used, words):
    area = pd.DataFrame({"area": ["E06000045"]})
    lacking = cells(area, measure="official_figure", period=period, status="not_available", reason="not held")
    long_table.write(dict.fromkeys(used, lacking), tmp_path)
    banner = Banner(Quarter.parse(period), "E06000045", "restricted")
    html, _ = summary(tmp_path, used, banner, "A pack", {})
    assert html.count("some came out after its last day") == words
    assert not any(said in html for said in ("In small charts", "among the worst"))  # none is drawn, none ranked


@pytest.mark.parametrize("kind, chart", [("far", ""), ("worse", "<svg></svg>")])
def test_how_to_read_is_said_of_what_stands_there(kind, chart):
    banner = Banner(Quarter.parse("2017-18-Q4"), "E06000045", "restricted")
    sections = [
        ("Worse", [("Rule", [("Contacts", Finding(kind, "interval", "Contacts", "so it is", 50, chart), [])])], {})
    ]
    blank = dict.fromkeys(("answer", "unknown", "decisions", "since", "chance", "public", "today", "place"), "")
    html = export.render("summary.html.j2", page=banner, sections=sections, files={}, worst="10%", **blank)
    assert ("among the worst 10%, too" in html, "In small charts" in html) == (kind == "far", bool(chart))


def page_of(tmp_path, items):
    """The first page of these findings, and the figures that it may print."""
    banner = Banner(Quarter.parse("2017-18-Q4"), "E06000045", "restricted")
    lacking = cells(
        pd.DataFrame({"area": ["E06000045"]}), measure="services_count", period="2017-18-Q4", status="not_available"
    )
    long_table.write({"scorecard_quarter": lacking}, tmp_path)
    looked, found = KeptParts(tmp_path), [Findings(items).values(), []]
    looked.of("found indicators by quarter", lambda: (found, ()), banner.values(), ["scorecard_quarter"])
    return summary(tmp_path, ["scorecard_quarter"], banner, "A pack", {50: "scorecard.html"}, looked)


@pytest.mark.parametrize("by, words", [("together", 1), ("interval", 0)])
def test_how_often_those_tested_together_raise_a_false_alarm_is_said_where_there_are_such(tmp_path, by, words):
    """The chance is that of data/standards.yml; tests/benchmarks simulates that it holds."""
    set_to = yaml.safe_load((DATA / "standards.yml").read_text(encoding="utf-8"))["trends"]["false_alarms"]["value"]
    html, computed = page_of(tmp_path, [Finding("same", by, "Contacts", "so it is", 50)])
    told = re.findall(r"Indicators tested together have a false alarm among them in at most (\d+)% of quarters\.", html)
    assert [int(each) / 100 for each in told] == [set_to] * words and set_to in computed


def test_how_many_figures_a_question_is_about_is_a_figure_that_the_page_may_print(tmp_path):
    """Of one title twice both are one; of eleven that disagree three are not named."""
    other = [Finding(*compared("other", f"Figure {n}")) for n in (1, 2, 3, 4, 5, 5)]
    apart = [Finding(*compared("better", f"Indicator {n}", told="two counts")) for n in range(11)]
    html, computed = page_of(tmp_path, other + apart)
    assert (
        "The 5 figures that are changed or different: which" in html
        and "indicator 7 and 3 more: which is right" in html
    )
    assert {5.0, 3.0} <= set(computed)


def test_two_sides_of_paper_hold_so_many_figures_and_of_more_their_page_is_named(tmp_path):
    """In the order of the page, so that what is better makes room first."""
    worse = [Finding(*compared("worse", f"Indicator {n}")) for n in range(23)]
    better = [
        Finding("better", "chart", f"Series {letter}", "so it is", page)
        for letter, page in zip("ABCD", (40, 50, 75, 50), strict=True)
    ]
    html, computed = page_of(tmp_path, worse + better)
    assert html.count("<figure") == 24 and "<strong>Series A</strong>" in html
    assert '<p>2 more stand on <a href="scorecard.html">page 50</a>: Series B; Series D.</p>' in html
    assert "<p>1 more stands on page 75: Series C.</p>" in html and {2.0, 1.0} <= set(computed)
