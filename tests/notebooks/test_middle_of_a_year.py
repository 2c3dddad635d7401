"""Pages of other authorities, within a financial year: every page runs for every audience, and the main sentences are
recomputed from the partners' files, line by line, by code that shares nothing with tables or pages."""

import re
from collections import Counter
from datetime import date

import pytest
from drawn_quarters import CASES
from page_reader import half_up, plain

from openstats.project_data import NOTEBOOKS

PAGES = sorted(path.stem for path in NOTEBOOKS.glob("[1-9]*.ipynb"))


@pytest.fixture(scope="module", params=list(CASES), ids=" ".join)
def within(request, drawn_quarter):
    return drawn_quarter(*request.param)


def test_training_of_the_year_so_far(within):
    lines = within.lines("training", "held_on")
    places = {line["event_id"]: int(line["places"]) for line in lines}
    came = sum(int(line["attended"] or 0) for line in lines)
    answer = within.page("75_learning").answer
    assert f"{half_up(came)} attendances at {len(places)} events in {within.span}" in answer
    assert (
        f"filled {half_up(100 * came / sum(places.values()), 1)}% of the {half_up(sum(places.values()))} places"
        in answer
    )


def test_seats_of_the_year_so_far(within):
    expected = [line for line in within.lines("meetings", "met_on") if line["expected"] == "yes"]
    filled = [line for line in expected if "yes" in (line["attended"], line["deputy"])]
    answer = within.page("80_board").answer
    share = half_up(100 * len(filled) / len(expected), 1)
    assert (
        f"In {within.span} members or deputies filled {len(filled)} of {len(expected)} expected seats ({share}%)"
        in answer
    )


def test_cases_referred_for_review_in_the_year_so_far(within):
    lines = within.lines("case_reviews", "referred_on")
    answer = within.page("70_case_reviews").answer
    assert f"Cases referred for review in {within.span}: {len(lines)}." in answer
    statutory = ("serious case review", "local child safeguarding practice review")  # the second took over in 2018-19
    decided = [line["decision"] for line in lines if line["decided_on"] and line["decided_on"] <= str(within.last)]
    for decision in set(decided) - {*statutory}:
        assert f"{decision} {decided.count(decision)}" in answer
    assert f"practice review {sum(map(decided.count, statutory))}" in answer


def test_referrals_of_the_quarter_and_of_the_last_whole_year(within):
    quarter_began = date(within.last.year, within.last.month - 2, 1)
    year_began = within.first.replace(year=within.first.year - 1)
    who = ("victim_id", "perpetrator_id", "referred_on")  # the same people twice on one day are one referral
    quarter = {
        tuple(line[name] for name in who) for line in within.lines("hrda_referrals", "referred_on", quarter_began)
    }
    since = within.lines("hrda_referrals", "referred_on", year_began)
    year = {tuple(line[name] for name in who) for line in since if line["referred_on"] < str(within.first)}
    answer = within.page("40_hrda").answer
    number = f"{len(quarter)} referrals were" if len(quarter) != 1 else "one referral was"
    assert f"{number} made for high-risk domestic abuse" in answer
    assert f"The whole of {year_began.year}-{str(year_began.year + 1)[2:]} had {len(year)} referrals, " in answer
    before = re.search(r"The whole of .*? referrals, .*?(?:the|against) (\d+) (?:of|in) ", answer)
    earlier = within.lines("hrda_referrals", "referred_on", year_began.replace(year=year_began.year - 1))
    of_before = {tuple(line[name] for name in who) for line in earlier if line["referred_on"] < str(year_began)}
    change = re.search(r"([\d.]+)% (more|fewer) than the", answer)
    assert before
    assert int(before[1]) == len(of_before)
    assert bool(change) != ("no change shown" in answer.partition("The whole of ")[2])
    if change:
        wanted = (len(year) / int(before[1]) - 1) * 100
        assert (change[1], change[2]) == (f"{abs(wanted):.1f}", "more" if wanted > 0 else "fewer")


@pytest.mark.parametrize("audience", ["partnership", "public"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_gives_one_reason_twice(within, audience, name):
    """Sentences, tables and what stands in place of a chart; a chart's own words are read alone."""
    page = within.page(name, audience)
    texts = [plain(value) for run in page.cells for value in run.shown if not hasattr(value, "drawing")]
    parts = Counter(part for text in texts for part in {*re.split(r"(?<=[.:;]) ", text)} if len(part.split()) > 8)
    assert [part for part, number in parts.items() if number > 1] == []


OFTEN = ("rounded", "not tested", "in itself", "too few points", "newest that is shown")  # what a page says once


@pytest.mark.parametrize("audience", ["partnership", "public"])
@pytest.mark.parametrize("name", PAGES)
def test_titles_and_words_of_charts_are_short_and_no_caveat_stands_beside_each_of_them(within, audience, name):
    page = within.page(name, audience)
    drawn = [run.chart for run in page.charts]
    assert [chart.title for chart in drawn if len(chart.title) > 120] == []
    assert [(len(chart.alt), chart.alt) for chart in drawn if len(chart.alt) > 400] == []
    texts = [chart.title for chart in drawn] + re.split(r"(?<=[.:;|]) |[()]", page.text)
    clauses = Counter(text.partition(": ")[2] or text for text in texts if len(text.split()) > 3)
    assert [part for part, number in clauses.items() if number > 3 and any(word in part for word in OFTEN)] == []
    assert not re.search(r"\bNo [^.;]*\b0 [^.;]*\band 0\b", page.text)


@pytest.mark.parametrize("audience", ["restricted", "partnership", "public"])
def test_every_page_runs_within_a_year_and_names_no_year_that_has_not_ended(within, audience):
    for name in PAGES:
        page = within.page(name, audience)
        this_year = within.period[:7]
        assert page.answer, name
        assert f"whole of {this_year}" not in page.text and f"year {this_year} as a whole" not in page.text, name
    assert f"In {within.span}" in within.page("30_child_deaths", audience).answer
