"""Whatever figures a quarter brings, no page is refused for its own sentences; what is typed into them is still found.

Pages were once refused in some quarters only, where figures that stand side by side (done and open, agencies that count
apart, shares of several wholes) happened to look like parts or slips of each other. The figures of returns are drawn
here, so that no quarter has to be waited for.
"""

import re

import pytest
from drawn_quarters import DrawnQuarter, any_figures, crossed_counts
from test_number_roles import executed

from board_packs.pages.book import Html
from board_packs.publish.page_making import tables_of
from board_packs.publish.release import printed_claims, printed_roles
from board_packs.publish.release.identifiers import Identifiers

PAGES = ["30_child_deaths", "40_hrda", "60_exploitation_and_missing", "65_assurance", "70_case_reviews", "75_learning",
         "80_board", "99_data_quality"]  # fmt: skip
SIZES = (12, 400)  # small places are the ones where figures meet by chance


def page_of(notebook, change=lambda text: text):
    """The outputs of a notebook as one page, each changed."""
    for output in (output for cell in notebook.cells for output in cell.outputs):
        output["data"]["text/html"] = change("".join(output["data"]["text/html"]))
    shown = "".join(output["data"]["text/html"] for cell in notebook.cells for output in cell.outputs)
    return f'<html lang="en-GB"><head><title>T</title></head><body><h1>T</h1>{shown}</body></html>'


def notebook_of(page):
    return executed(run.shown for run in page.cells)


@pytest.fixture(scope="module", params=SIZES)
def drawn(request, invented_quarter, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    any_figures(invented_quarter.of("restricted"), folder / "working", request.param)
    return DrawnQuarter(invented_quarter.area, invented_quarter.period, folder)


@pytest.mark.parametrize("name", PAGES)
def test_no_figures_make_a_pages_own_sentence_a_wrong_claim(drawn, name):
    notebook = notebook_of(drawn.page(name))
    assert printed_roles.reasons(notebook, tables_of(drawn.of("restricted"), None)) == []
    assert printed_claims.reasons(page_of(notebook), notebook) == []


@pytest.mark.parametrize("earlier, newest", [(1.4, 0.7), (0.7, 1.4)])
def test_counts_that_crossed_the_official_ones_are_told_and_no_wrong_claim(invented_quarter, tmp_path, earlier, newest):
    crossed_counts(invented_quarter.of("restricted"), tmp_path / "working", earlier, newest)
    page = DrawnQuarter(invented_quarter.area, invented_quarter.period, tmp_path).page("50_scorecard")
    told = page.cell("return's own {book.year} and the official figure").text
    assert "None of these is a change" in told
    asked = page.cell("say.ask(").text
    assert "the other way round in" in asked and " official, " in asked
    notebook = notebook_of(page)
    assert printed_roles.reasons(notebook, tables_of(tmp_path / "working", None)) == []
    assert printed_claims.reasons(page_of(notebook), notebook) == []


FIGURE = r"[\d,]*\d(?:\.\d+)?"
PLANTS = {  # what somebody could type into a sentence, and which rule finds it
    "another percentage of a share": (
        rf"({FIGURE} of {FIGURE} \()({FIGURE})(%)", lambda m: f"{m[1]}{(float(m[2]) + 31) % 100:.1f}{m[3]}"),
    "another count of a share": (
        rf"({FIGURE})( of {FIGURE} \({FIGURE}%)", lambda m: f"{int(m[1].replace(',', '')) + 7}{m[2]}"),
    "a count and its base, swapped": (rf"({FIGURE})( of )({FIGURE})( \()", r"\3\2\1\4"),
    "the ends of an interval, swapped": (rf"(95% interval )({FIGURE}%)( to )({FIGURE}%)", r"\1\4\3\2"),
    "a share far outside its interval": (
        rf"({FIGURE})(%)([^.%]*95% interval (?!0\.0){FIGURE}%)", r"0.0\2\3"),
    "fewer for more": (r"(\d% )(more|fewer)( than the )", lambda m: m[1] + {"more": "fewer", "fewer": "more"}[m[2]] + m[3]),
}  # fmt: skip


def planted(page, pattern, typed):
    """Each computed sentence of a page with one passage of a form changed: the passage, what it became, the notebook."""
    for value in (v for run in page.cells for v in run.shown if type(v).__name__ in ("Answer", "Note")):
        for passage in sorted({match[0] for match in re.finditer(pattern, str(value))}):
            if (other := re.sub(pattern, typed, passage)) != passage:
                yield passage, other, executed([[value]])


@pytest.mark.parametrize("plant", PLANTS)
def test_what_is_typed_into_a_pages_own_sentence_is_found(invented_quarter, plant):
    """One at a time, into every sentence of the pages that has its form."""
    tables = tables_of(invented_quarter.of("restricted"), None)
    changes = [(name, *change) for name in PAGES for change in planted(invented_quarter.page(name), *PLANTS[plant])]
    unseen = []
    for name, passage, other, notebook in changes:
        html = page_of(notebook, lambda text, one=passage, two=other: text.replace(one, two))
        if not [*printed_claims.reasons(html, notebook), *printed_roles.reasons(notebook, tables)]:
            unseen.append((name, passage, other))
    assert changes and unseen == []


def test_a_count_behind_a_number_of_weeks_is_no_length_of_a_pregnancy():
    seen = Identifiers([["gestation_weeks", "gestation", f"22+{days}"] for days in range(7)])
    assert not any([*seen.found(f"of births before 22 weeks: {count}.", frozenset(), None)] for count in range(7))
    assert [*seen.found("of births before 22 weeks 4.", frozenset(), None)]  # as the page had it: 22 weeks 4 days


def test_the_95_of_an_interval_is_no_size_of_a_change():
    """As Tower Hamlets' public page has it in 2020-21 Q2."""
    ends = "95% interval, rounding included, \u221279% to \u221245%"
    shown = Html(f"<p>Flagged: about 35 at the end of 2020-21 Q2, fewer than about 100 in 2019-20 Q2 ({ends}).</p>")
    shown.metadata = {"lscb": {"printed": [{"number": number} for number in ("35", "100", "79", "45")]}}
    notebook = executed([[shown]])
    assert printed_claims.reasons(page_of(notebook)) == printed_claims.reasons(page_of(notebook), notebook) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_who_reads_a_page_finds_no_figure_of_it_wrong(invented_quarter, name):
    """The page as it is circulated, read as any draft is: without the notebook, which knows what its figures are."""
    reading = printed_claims.read(page_of(notebook_of(invented_quarter.page(name))))
    assert [f.text for f in reading.findings if f.verdict == "does not reproduce"] == []
