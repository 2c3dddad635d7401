"""Page 90 as its reader gets it: counts of verdicts against an audit of its own, findings with their quotes."""

from collections import Counter

import pytest
from page_reader import lying, run

import claimcheck as claims
from openstats.project_data import DATA


@pytest.fixture(scope="module")
def page(invented_quarter):
    return invented_quarter.page("90_published_figures")


@pytest.fixture(scope="module")
def answers():
    return claims.audit(claims.read(DATA / "reference" / "annual-report-2017-18-claims.json"))


def test_the_answer_counts_the_verdicts(page, answers):
    found = Counter(answer.verdict for answer in answers)
    assert page.answer == (
        f"Of {len(answers)} claims in the annual report 2017-18, {found[claims.WRONG]} do not reproduce from what is "
        f"printed and {found[claims.UNKNOWN]} cannot be checked. Of the others, {found[claims.REPRODUCES]} reproduce, and "
        f"{found[claims.ONLY_IF]} only under a condition that is not printed."
    )
    assert [row[1] for row in page.table("Claims of the annual report")[1:]] == [
        str(found[verdict]) for verdict in (claims.WRONG, claims.ONLY_IF, claims.UNKNOWN, claims.REPRODUCES)
    ] + [str(len(answers))]


def test_bars_add_up_to_what_does_not_reproduce(page, answers):
    (ax,) = page.cell("order=faults").axes
    widths = lying(ax)
    assert widths == sorted(widths, reverse=True)
    assert sum(widths) == sum(answer.verdict == claims.WRONG for answer in answers)


@pytest.mark.parametrize(
    "caption, verdict",
    [("Claims that do not", claims.WRONG), ("Claims that reproduce only", claims.ONLY_IF), ("Claims that cannot", claims.UNKNOWN),
     ("Claims that reproduce<", claims.REPRODUCES)],
)  # fmt: skip
def test_each_finding_stands_beside_its_quote(page, answers, caption, verdict):
    quotes = {
        c["id"]: " ".join(c["text"].split())
        for c in claims.read(DATA / "reference" / "annual-report-2017-18-claims.json")
    }
    rows = {row[0].lower(): row[1:] for row in page.table(caption)[1:]}
    wanted = {
        answer.id.lower(): [quotes[answer.id], " ".join(answer.sentence.split())]
        for answer in answers
        if answer.verdict == verdict
    }
    assert rows == wanted


@pytest.mark.parametrize("state", ["absent", "empty"])
def test_without_the_table_it_still_runs(hidden, state):
    assert run("90_published_figures", hidden(state)).answer
