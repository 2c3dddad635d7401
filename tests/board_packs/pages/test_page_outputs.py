"""What an executed notebook lacks before it may leave: each in one line that names the cell and what to write."""

import nbformat.v4 as nb
import pytest

from board_packs.pages.page_outputs import asks_audience, derived, doubtful, shortcomings, without_internal
from board_packs.publish import release

PNG = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure size 640x480>"}


def notebook(*outputs, tags=()):
    cells = [nb.new_markdown_cell("# Question\n\n## Is it a change?")]
    for n, output in enumerate(outputs):
        cells.append(nb.new_code_cell("late", execution_count=n + 4, outputs=[output], metadata={"tags": list(tags)}))
    return nb.new_notebook(cells=cells)


def displayed(data, kind="execute_result", **more):
    return nb.new_output(kind, data=data, **({"execution_count": 4} if kind == "execute_result" else {}), **more)


@pytest.mark.parametrize(
    "output, remedy",
    [
        (displayed({"text/html": '<table border="1" class="dataframe">', "text/plain": "a"}), "show(frame, "),
        (displayed(PNG, "display_data"), "charts.show(ax, "),
        (displayed({"text/plain": "0    5\nName: count"}), "say.note("),
        (displayed({"text/plain": "5"}, "display_data"), "say.note("),
        (displayed({"text/plain": "<IPython.core.display.JSON object>", "application/json": {"a": 5}}), "say.note("),
        (displayed({"text/html": "<style></style><table id='T_1'><caption>Styled</caption>"}), "show(frame, "),
        (displayed({"text/html": "<div></div><script>draw(5)</script>"}, "display_data"), "seaborn or matplotlib"),
        (displayed({"image/jpeg": "iVBO"}, "display_data"), "charts.show(ax, "),
        (nb.new_output("stream", name="stdout", text="5\n"), "in the place of print"),
    ],
)
def test_what_is_shown_bare_is_named_with_its_remedy(output, remedy):
    (line,) = shortcomings(notebook(output))
    assert line.startswith("cell 4, under 'Is it a change?': ") and remedy in line and "\n" not in line


def test_a_cell_of_several_has_one_line_and_each_cell_its_own():
    lines = shortcomings(notebook(displayed(PNG), displayed({"text/plain": "5"})))
    assert [line[:6] for line in lines] == ["cell 4", "cell 5"]


@pytest.mark.parametrize(
    "data", [{"text/markdown": "A *remark*.", "text/plain": "Markdown"}, {"text/html": "<p>Text</p>", "text/plain": "'Text'"}, {"text/html": "", "text/plain": "Note('')"},
             {"text/html": '<figure><img alt="words" src="data:image/png;base64,AA"></figure>', "text/plain": "words"}]
)  # fmt: skip
def test_tables_charts_and_sentences_of_ours_lack_nothing(data):
    assert shortcomings(notebook(displayed(data))) == []


def test_a_number_of_no_table_is_named_by_its_cell_with_what_to_write():
    page = notebook(displayed({"text/html": "<p>5</p>"}), displayed({"text/html": "<p>6</p>"}), displayed(PNG))

    def numbers(html):
        return ["numbers: 1 of the texts"] if "6" in html else []

    (line,) = doubtful(page, numbers)
    assert line.startswith("cell 5, under 'Is it a change?': prints a number") and "book.derive(" in line
    assert doubtful(notebook(displayed({"text/html": "<p>6</p>"}), tags=["internal"]), numbers) == []


def test_what_else_is_refused_names_the_cell_or_the_text_it_stands_in():
    """By the release check itself, part by part: a link, a path, a name; the remedy is a thing to do."""
    page = notebook(
        displayed({"text/html": '<a href="http://localhost:8888/x">here</a>'}),
        displayed({"text/html": "<p>/home/somebody/returns.csv</p>"}),
    )
    page.cells[0].source += "\n\nSee <iframe src='https://x.example'></iframe>"
    lines = doubtful(page, lambda html: release.check(html, rules=release.LOCAL))
    assert lines[0].partition(":")[0] == "the text under 'Is it a change?'"
    assert any(line.startswith("cell 4, under 'Is it a change?': links to") for line in lines)
    assert any(line.startswith("cell 5, under 'Is it a change?': shows a file path: ") for line in lines)


def test_internal_cells_may_show_anything_and_are_not_in_what_a_run_executes():
    page = notebook(displayed(PNG), tags=["internal"])
    assert shortcomings(page) == []
    assert [cell.cell_type for cell in without_internal(page).cells] == ["markdown"]
    assert len(page.cells) == 2  # the notebook itself keeps them


def test_derived_figures_come_with_the_stamp():
    stamp = displayed({"text/html": "<section>"}, metadata={"text/html": {"lscb": {"derived": [0.5, 12.0]}}})
    assert derived(notebook(displayed({"text/html": "<p>"}), stamp)) == [0.5, 12.0]
    assert derived(notebook()) == []


OPENED = "book = open_book(period, area, audience, tables, sample, basis=basis)"


@pytest.mark.parametrize(
    "source, asks",
    [
        (OPENED, False),
        (f"{OPENED}\nshow(book['people'], 'People')", False),
        (f"{OPENED}\nf'For {{audience}}'", True),
        (f"{OPENED}\nbook.audience == 'public'", True),
        (f"{OPENED}\npd.read_csv(book.folder / 'people.csv')", True),
        ("import os\nos.environ['LSCB_BATCH']", True),
        ("globals()['audience']", True),
        ("%matplotlib inline", True),
    ],
)
def test_cells_that_do_more_with_the_audience_than_open_its_book_are_known(source, asks):
    parameters = nb.new_code_cell('audience = "partnership"', metadata={"tags": ["parameters"]})
    mine = nb.new_code_cell("print(audience)", metadata={"tags": ["internal"]})
    assert asks_audience(nb.new_notebook(cells=[parameters, nb.new_code_cell(source), mine])) is asks
