"""Each number of a page's sentences is the figure of the cell that it came from, and stands in that figure's place: all
pages of three quarters and three audiences pass, and one with two numbers of a sentence swapped does not."""

import nbformat
import pytest
from drawn_quarters import AUDIENCES
from test_every_word import PAGES

from board_packs.pages import book as books
from board_packs.pages import sentences as say
from board_packs.publish.page_making import tables_of
from board_packs.publish.release.printed_roles import reasons


def executed(shown):
    """A notebook of cells that have shown some values, one list a cell."""
    code, output = nbformat.v4.new_code_cell, nbformat.v4.new_output
    made = nbformat.v4.new_notebook()
    for place, values in enumerate(shown, 1):
        pairs = [v._repr_html_() for v in values if hasattr(v, "_repr_html_")]
        pairs = [pair if isinstance(pair, tuple) else (pair, {}) for pair in pairs]
        outputs = [output("display_data", {"text/html": h}, metadata={"text/html": about}) for h, about in pairs]
        made.cells.append(code("", outputs=outputs, execution_count=place))
    return made


def marks(notebook):
    every = (output["metadata"]["text/html"] for cell in notebook.cells for output in cell.outputs)
    return [mark for about in every for mark in about.get("lscb", {}).get("printed", [])]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", PAGES)
def test_every_number_of_a_page_is_its_cells(each_quarter, name, audience):
    notebook = executed(run.shown for run in each_quarter.page(name, audience).cells)
    assert reasons(notebook, tables_of(each_quarter.of(audience), None)) == []
    assert marks(notebook) or each_quarter.period != "2017-18-Q4" or audience == "public"


NOW, BEFORE = "2017-18", "2016-17"
RIGHT = "{rate:percent} were repeats ({rate:share}; {rate:interval})."
SWAPPED = {  # a sentence with two of its numbers in each other's place: what the cell is told
    "{rate:percent} were repeats ({rate:of} of {rate:count}).": "has the base of hrda_repeat_rate in hrda_by_period, 2017-18 in another figure's place",
    "{rate:percent} were repeats (95% interval {rate:high percent} to {rate:low percent}).": "has the upper end of hrda_repeat_rate in hrda_by_period, 2017-18 in another figure's place",
    "In 2017-18 there were {before:count} referrals.": "has the count of hrda_referrals in hrda_by_period, 2016-17 where its words name another period",
    "There were {now:count} in 2016-17 and {before:count} in 2017-18.": "has the count of hrda_referrals in hrda_by_period, 2017-18 where its words name another period",
    "{earlier:percent} were repeats ({rate:share}).": "has a percentage that is not that of the counts beside it",
    "Repeats: {rate:count} of {earlier:of} ({rate:percent}).": "has a percentage that is not that of the counts beside it",
    "{now:count} referrals, against {before:count} in 2017-18.": "has the count of hrda_referrals in hrda_by_period, 2016-17 where its words name another period",
}  # fmt: skip


@pytest.fixture
def said(tables):
    """The notebook of one cell that says a sentence of the year's repeats and referrals, and the tables it read."""
    folder = tables("partnership")
    book = books.open_tables("2017-18-Q4", "E06000045", "partnership", folder)
    rows = book["hrda_by_period"]
    rate, earlier = (rows.cell(year, "hrda_repeat_rate") for year in (NOW, BEFORE))
    now, before = (rows.cell(year, "hrda_referrals") for year in (NOW, BEFORE))

    def say_it(sentence):
        return executed([[say.answer(sentence.format(rate=rate, earlier=earlier, now=now, before=before))]])

    yield say_it, tables_of(folder, ["hrda_by_period"])
    books.OPENED.remove(book)


@pytest.mark.parametrize("sentence", SWAPPED)
def test_two_numbers_in_each_others_place_are_refused_with_the_cell_and_what_to_write(said, sentence):
    say_it, tables = said
    notebook = say_it(sentence)
    assert any(
        line.startswith(f"cell 1, before the first heading: {SWAPPED[sentence]}") for line in reasons(notebook, tables)
    )
    for line in reasons(notebook, tables):
        assert line.endswith(
            (
                "write {now:count} of {now:of}.",
                "write {now:interval}.",
                "write {now:percent} ({now:share}).",
                "take the cell of that one.",
            )
        )
        assert not any(mark["number"] in line.replace("2017-18", "").replace("2016-17", "") for mark in marks(notebook))


def test_the_same_in_their_own_places_pass(said):
    say_it, tables = said
    for sentence in (
        RIGHT,
        "{rate:percent} were repeats ({rate:share}), {earlier:percent} in the year before ({earlier:share}).",
        "There were {now:count} in 2017-18 and {before:count} in 2016-17.",
        "12 events, {now:count} referrals in 2017-18.",
        "At the end of 2017-18, {before:count} of these referrals were still open.",  # it names no year of theirs
        "Those aged 0 to {rate:low percent}, {rate:interval}.",  # an age that is the lower end of a rate as well
    ):
        assert reasons(say_it(sentence), tables) == []


@pytest.mark.parametrize(
    "one, other, named", [("count", "of", "count"), ("low", "high", "lower end"), ("value", "low", "figure")]
)
def test_a_number_that_its_cell_does_not_hold_is_refused(said, one, other, named):
    """As if cells printed one figure for another, whatever the words."""
    say_it, tables = said
    rows = tables["hrda_by_period"]
    swapped = rows.assign(**{one: rows[other], other: rows[one]})
    lines = reasons(say_it(RIGHT), {"hrda_by_period": swapped})
    assert (
        f"cell 1, before the first heading: prints what is not the {named} of hrda_repeat_rate in hrda_by_period, 2017-18: print it from its cell, as in {{now:count}}."
        in lines
    )


@pytest.mark.parametrize("text, refused", [
    ("16 a year before (95% interval 95 to 130); of the 95 of 2015-16.", False),  # Halton's deaths, 2017-18
    ("16 a year before (interval 95 to 130).", True),
    ("Referrals: no change against about 50 in 2016-17 (95% interval −52% to +33%); about 95 in 2015-16.", False),
    ("In 2016-17, 95% were held in time, of the 95 of 2015-16.", False),
    ("In 2016-17 there were 95.", True),
    ("In 2016-17, 95, which is not the 95, of 2015-16.", False),
])  # fmt: skip
def test_a_number_that_stands_there_once_more_than_cells_printed_it_is_not_taken_for_theirs(text, refused):
    figure = "high" if "to 130" in text else "count"
    mark = {"number": "95", "table": "t", "figure": figure, "labels": {"period": "2015-16", "measure": "referrals"}}
    shown = books.Html(f"<p>{text}</p>")
    shown.metadata = {"lscb": {"printed": [mark]}}
    assert bool(reasons(executed([[shown]]), {})) == refused


def test_a_number_without_a_mark_is_left_to_its_words(said):
    say_it, tables = said
    notebook = say_it("In 2016-17 there were 777 referrals.")
    assert marks(notebook) == [] and reasons(notebook, tables) == []
