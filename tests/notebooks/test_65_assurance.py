"""Page 65 as its reader gets it: sentences, charts and the grid of grades against the tables."""

import pytest
from page_reader import half_up, one_row, run

NOW, BEFORE = "2017-18", "2016-17"


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, tables):
    page = run("65_assurance", tables(request.param), request.param)
    page.audience = request.param
    return page


@pytest.fixture
def table(page, frames):
    return lambda name: frames(page.audience)[name]


def one(frame, measure, period=NOW, **labels):
    return one_row(frame, measure, period, **labels)


def test_the_answer_counts_who_answered_and_names_the_worst_standards(page, table):
    answers = table("section_11_answers")
    number, full, update = (
        half_up(one(answers, "section_11_agencies", audit=a)["count"]) for a in ("Total", "full", "update")
    )
    assert (
        f"{number} agencies answered the section 11 audit of {NOW}, {full} in full and {update} with an update."
        in page.answer
    )
    short = table("section_11_standards")
    short = short[(short["period"] == NOW) & (short["count"] > 0)].sort_values("count", ascending=False)
    least = short["count"].iloc[2]
    for row in short.to_dict("records"):
        assert (f"{row['standard']} ({row['count']:.0f} of {row['of']:.0f})" in page.answer) == (row["count"] >= least)


@pytest.mark.parametrize(
    "fragment, name, dimension, hue",
    [("sns.barplot(standards", "section_11_standards", "standard", "period"), ("sns.barplot(progress", "audit_recommendations", "audit", "progress")],
)  # fmt: skip
def test_bars_are_of_their_label_and_kind(page, table, fragment, name, dimension, hue):
    (ax,) = page.cell(fragment).axes
    labels = [text.get_text() for text in ax.get_yticklabels()]
    kinds = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    measure = "section_11_short" if hue == "period" else "audit_recommendations"
    drawn = 0
    for kind, container in zip(kinds, ax.containers, strict=True):
        for patch in container.patches:
            if patch.get_width():
                label = labels[round(patch.get_y() + patch.get_height() / 2)]
                frame = table(name)
                frame = frame[(frame["measure"] == measure) & (frame[dimension] == label) & (frame[hue] == kind)]
                drawn_of = (
                    frame["count"] / frame["of"] if hue == "period" else frame["count"]
                )  # years have unlike bases
                assert [patch.get_width()] == pytest.approx(list(drawn_of)), (label, kind)
                drawn += 1
    assert drawn > len(labels)


def test_the_grid_has_every_grade_in_words_and_marks_those_of_the_year_before(page, table):
    rows = table("section_11_grades")
    rows = rows[rows["period"] == NOW]
    words = {3: "met", 2: "partly", 1: "not met"}
    wanted = {
        (r["agency"], r["standard"].split(".")[0]): words[int(r["value"])] + ("" if r["method"].endswith(NOW) else "*")
        for r in rows.to_dict("records")
    }
    head, *lines = page.table("Grades in force")
    assert head[1:] == [str(number) for number in range(1, 12)]
    printed = {(line[0], number): text for line in lines for number, text in zip(head[1:], line[1:], strict=True)}
    assert printed == wanted


def test_grades_better_and_worse_are_not_taken_for_each_other(page, table):
    counts = {
        k: half_up(one(table("section_11_change"), "section_11_graded", change=k)["count"])
        for k in ("better", "worse", "same", "new")
    }
    assert page.cell("better, worse, same, new").text == (
        f"Grades in force, beside those of {BEFORE}: better {counts['better']}, worse {counts['worse']}, the same "
        f"{counts['same']}; without a grade in force a year ago to compare with: {counts['new']}."
    )


def test_recommendations_are_counted_done_and_late(page, table):
    frame, at = table("audit_recommendations"), {"period": "2017-18-Q4", "audit": "Total"}
    number, done = (half_up(one(frame, "audit_recommendations", progress=p, **at)["count"]) for p in ("Total", "done"))
    late = half_up(one(frame, "audit_recommendations_overdue", progress="Total", **at)["count"])
    text = page.cell("late = advice.cell").text
    assert f"still open: {number}, from" in text and f"Done: {done}; past their date and not done: {late}." in text


@pytest.mark.parametrize("state", ["withheld", "absent", "empty"])
def test_a_page_without_figures_still_runs_and_says_why(hidden, state):
    page = run("65_assurance", hidden(state))
    words = {"withheld": "withheld", "absent": "was not received", "empty": "not available"}
    assert words[state] in page.answer
    assert not page.charts
