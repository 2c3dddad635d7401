"""Cases are followed from name to name, cell by cell; a cell that has them is marked, or not executed at all."""

import ast
import asyncio

import pytest

from board_packs.pages import case_marking
from lscb.errors import UserError

PERSON = {"metadata": {"cellId": "a"}}
PROGRAM = {"metadata": {}}


class Shell:
    """As much of IPython's shell as the follower asks for."""

    def __init__(self, parent):
        self.parent, self.user_ns = parent, {"In": [""]}

    def get_parent(self):
        return self.parent

    def transform_cell(self, text):
        return text


@pytest.fixture
def shown(monkeypatch):
    notices = []
    monkeypatch.setattr("IPython.display.display", notices.append)
    return notices


CELLS = [
    ("from board_packs.pages import cases, show", False),
    ("book = open_book('2017-18-Q4')", False),
    ("rows = book['hrda_by_period']", False),
    ("people = cases(book, 'hrda_referrals')", True),
    ("people.head()", True),
    ("counts = people.groupby('agency').size()\nrows = rows.query('count > 3')", True),
    ("counts", True),
    ("rows", False),
    ("rows['mean'] = counts.mean()", True),
    ("rows", True),
    ("rows = book['hrda_by_period']\nax = sns.barplot(rows)", False),
    ("rows", False),
    ("_", True),
    ("get_ipython().run_line_magic('time', 'counts.sum()')", True),
    ("def each():\n    return counts", True),
    ("each()", True),
    ("for agency, part in people.groupby('agency'):\n    last = part", True),
    ("last", True),
    ("import board_packs.pages as pages\npages.cases(book, 'x')", True),
]


def test_what_is_computed_from_cases_is_marked_and_a_name_given_anew_no_longer(shown):
    cases = case_marking.CaseCells(Shell(PERSON))
    for cell, marked in CELLS:
        shown.clear()
        tree = ast.parse(cell)
        assert cases.visit(tree) is tree, cell
        assert (cases.marked, len(shown)) == (marked, int(marked)), cell
        assert not marked or "RESTRICTED: CASES" in shown[0]._repr_html_()


def test_with_nobody_there_a_cell_that_has_cases_is_not_executed(shown):
    cases = case_marking.CaseCells(Shell(PROGRAM))
    for cell, marked in CELLS:
        left = cases.visit(ast.parse(cell))
        assert bool(left.body) is not marked, cell
    assert {str(notice) for notice in shown} == {str(case_marking.LEFT_OUT)}


def test_cases_by_another_name_are_marked_when_they_are_given(shown):
    cases = case_marking.CaseCells(shell := Shell(PERSON))
    cell = "from board_packs.pages import cases as c\npeople = c(book, 'x')"
    cases.visit(ast.parse(cell))
    assert not cases.marked
    shell.user_ns["In"].append(cell)
    cases.given()
    assert cases.marked and len(shown) == 1
    cases.visit(ast.parse("people"))
    assert cases.marked
    nobody = case_marking.CaseCells(Shell(PROGRAM))
    with pytest.raises(UserError, match="only to a person in JupyterLab"):
        nobody.given()


def test_jupyterlab_saves_a_notebook_without_what_it_showed(tmp_path):
    import json

    from board_packs.lab_files import NotebooksWithoutOutputs

    shown = {"output_type": "stream", "name": "stdout", "text": "a case"}
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Words"},
        {"cell_type": "code", "id": "b", "metadata": {"tags": ["internal"], "execution": {"x": 1}}, "source": "1",
         "execution_count": 3, "outputs": [shown]},
    ]  # fmt: skip
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    manager = NotebooksWithoutOutputs(root_dir=str(tmp_path))

    async def save():
        await manager.save({"type": "notebook", "format": "json", "content": content}, "a.ipynb")
        await manager.checkpoints.create_checkpoint(manager, "a.ipynb")
        text = {"type": "file", "format": "text", "content": "plain"}
        await manager.save(text, "a.txt")

    asyncio.run(save())
    saved = [path for path in tmp_path.rglob("*.ipynb")]
    assert len(saved) == 2  # and its checkpoint
    for path in saved:
        words, code = json.loads(path.read_text())["cells"]
        assert "".join(words["source"]) == "# Words" and code["metadata"] == {"tags": ["internal"]}
        assert code["outputs"] == [] and code["execution_count"] is None and "".join(code["source"]) == "1"
    assert (tmp_path / "a.txt").read_text() == "plain"
    assert content["cells"][1]["outputs"] == [shown]  # what JupyterLab holds is not touched
