"""Page 70 as its reader gets it: cases, actions done and open against the tables."""

import pytest
from page_reader import about, half_up, one_row, run

NOW, PERIOD = "2017-18", "2017-18-Q4"
IMPACT = {"given": "Says what changed", "only repeats": "Only repeats the action", "missing": "Says nothing"}


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, tables):
    page = run("70_case_reviews", tables(request.param), request.param)
    page.audience = request.param
    return page


@pytest.fixture
def printed(page, frames):
    """A count from disk as it should be printed: printed("actions_done", "review_actions_evidence", NOW, theme="Total", ...)."""

    def text(measure, name, period, figure="count", **labels):
        row = one_row(frames(page.audience)[name], measure, period, **labels)
        return about(row) + half_up(row[figure]) if row["status"] == "shown" else "withheld"

    return text


def test_the_answer_counts_cases_and_actions(page, printed):
    assert (
        f"Cases referred for review in {NOW}: {printed('cases_referred', 'case_review_referrals', NOW, decision='Total')}."
        in page.answer
    )
    kinds = {
        k: printed("cases_referred", "case_review_referrals", NOW, decision=label)
        for k, label in {
            "serious case review": "statutory review",  # as it was called in 2017-18
            "partnership review": "partnership review",
            "no further action": "no further action",
        }.items()
    }
    for kind, number in kinds.items():
        assert (f"{kind} {number}" in page.answer) == (number != "withheld")
    assert ("the rest is withheld" in page.answer) == (
        "withheld" in kinds.values() and set(kinds.values()) != {"withheld"}
    )
    done = printed("actions_done", "review_actions_done", NOW, theme="Total")
    left, late = (
        printed("actions_open", "review_actions_open", PERIOD, theme="Total", state=s) for s in ("Total", "overdue")
    )
    assert page.answer.endswith(f"Actions of earlier reviews done: {done}; open: {left}, past their date: {late}.")


@pytest.mark.parametrize(
    "fragment, name, measure, hue",
    [("sns.barplot(by_theme", "review_actions_evidence", "actions_done", "evidence"), ("sns.barplot(open_now", "review_actions_open", "actions_open", "state")],
)  # fmt: skip
def test_bars_are_of_their_theme_and_kind(page, frames, fragment, name, measure, hue):
    (ax,) = page.cell(fragment).axes
    themes = [text.get_text() for text in ax.get_yticklabels()]
    kinds = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    frame = frames(page.audience)[name]
    frame = frame[(frame["measure"] == measure) & (frame["status"] == "shown")].replace({hue: IMPACT})
    drawn = 0
    for kind, container in zip(kinds, ax.containers, strict=True):
        for patch in container.patches:
            if patch.get_width():
                theme = themes[round(patch.get_y() + patch.get_height() / 2)]
                row = frame[(frame["theme"] == theme) & (frame[hue] == kind)]
                assert [patch.get_width()] == list(row["count"]), (theme, kind)
                drawn += 1
    assert drawn == ((frame["theme"] != "Total") & (frame[hue] != "Total") & (frame["count"] > 0)).sum()


def test_impact_and_doubles_are_not_taken_for_each_other(page, printed):
    given, repeats, missing = (
        printed("actions_done", "review_actions_evidence", NOW, theme="Total", evidence=k) for k in IMPACT
    )
    twice = printed("actions_doubled", "review_actions_evidence", NOW, theme="Total", evidence="Total")
    assert page.cell("given, repeats, missing").text == (
        f"Of the actions done in {NOW}, the plan says of {given} what changed for children; of {repeats} it only repeats "
        f"the action or the recommendation; of {missing} it says nothing. Actions that answer a recommendation that stands in the plan twice: {twice}."
    )


def test_reviews_under_way_finished_and_published(page, printed):
    going = printed("reviews_under_way", "case_review_progress", PERIOD)
    finished, published = (
        printed(f"reviews_{what}", "case_review_progress", NOW) for what in ("finished", "published")
    )
    assert page.cell("going, finished, published").text == (
        f"Reviews under way at the end of 2017-18 Q4: {going}. Finished in {NOW}: {finished}; published: {published}."
    )


def test_the_age_is_the_median(page, printed):
    days = printed("actions_open_age", "review_actions_open", PERIOD, figure="value", theme="Total", state="Total")
    assert f"more than {days} days ago" in page.cell("age = undone.cell").text


@pytest.mark.parametrize("state", ["withheld", "absent", "empty"])
def test_a_page_without_figures_still_runs_and_says_why(hidden, state):
    page = run("70_case_reviews", hidden(state))
    words = {"withheld": "withheld", "absent": "was not received", "empty": "not available"}
    assert words[state] in page.answer
    assert not page.charts
