"""Notebooks by plain tools: papermill and nbconvert as anybody calls them, and cell by cell as JupyterLab runs them.

What leaves this way has no template of ours and no release check: the banner must stand on it all the same, and cases
must not, or marked so that nobody misses it.
"""

import re
import subprocess
import sys
from copy import deepcopy

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from board_packs.pages.case_marking import LEFT_OUT, MARK
from board_packs.quarter.explored_tables import explored
from lscb.periods import Quarter
from openstats.project_data import NOTEBOOKS

PAGES = sorted(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb"))
pytestmark = pytest.mark.slow


def internal(notebook):
    return [c for c in notebook.cells if c.cell_type == "code" and "internal" in c.metadata.get("tags", [])]


def shown(cell):
    """What a cell showed, output by output, as text."""
    parts = [output.get("data", {"text/html": output.get("text", "")}) for output in cell.outputs]
    return ["".join(part.get("text/html") or part.get("text/plain") or "picture") for part in parts]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tables that a notebook builds when it is opened without a run, with the cases beside them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LSCB_OUT", str(tmp_path_factory.mktemp("opened")))
        return explored(Quarter.parse("2017-18-Q4"), "E06000045", sample=True)


@pytest.fixture(scope="module")
def case_values(folder):
    """References of the invented cases, and what is written of them."""
    values = set()
    for path in (folder / "working" / "rows").glob("*.parquet"):
        rows = pd.read_parquet(path)
        names = [name for name in rows if name.endswith("_id") or name in ("note", "evidence", "action", "impact")]
        values |= {text for name in names for text in rows[name].dropna().astype(str) if len(text) > 5}
    assert len(values) > 1000
    return values


def in_order(name, folder):
    """A notebook run by nbclient, which papermill and `nbconvert --execute` stand on; then its internal cells once more,
    as JupyterLab asks the kernel for them: each request names its cell, which no program does."""
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    notebook.cells[1].source += f"\ntables = {str(folder / 'protected' / 'partnership')!r}"
    client = NotebookClient(notebook, resources={"metadata": {"path": str(NOTEBOOKS)}})
    with client.setup_kernel():
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)  # raises where a cell does
        by_program = deepcopy(notebook)
        client.kc.session.metadata = {"cellId": "by hand"}
        for number, cell in enumerate(notebook.cells):
            if cell in internal(notebook):
                client.execute_cell(cell, number)
    return by_program, notebook


@pytest.mark.parametrize("name", PAGES)
def test_a_program_shows_no_case_and_a_person_sees_them_marked(name, folder, case_values):
    by_program, by_hand = in_order(name, folder)
    page, _ = HTMLExporter().from_notebook_node(by_program)
    assert "<strong>SAMPLE DATA</strong>" in page and "RESTRICTED, NOT FOR CIRCULATION" in page
    assert [text for text in case_values if text in page] == []
    marked = [cell for cell in internal(by_hand) if str(MARK) in shown(cell)]
    assert bool(marked) == any("cases(" in cell.source for cell in internal(by_hand))
    for cell in internal(by_hand):
        texts = shown(cell)
        assert len(texts) > (cell in marked), f"shows nothing: {cell.source}"
        assert cell not in marked or texts[0] == str(MARK)
        assert cell in marked or not [value for value in case_values if value in " ".join(texts)], cell.source
    program = {cell.id: shown(cell) for cell in internal(by_program)}
    assert all(program[cell.id] == [str(LEFT_OUT)] for cell in marked)
    page, _ = HTMLExporter().from_notebook_node(by_hand)
    assert page.count("RESTRICTED: CASES OF CHILDREN") == len(marked)
    # plain tools have no style of a page's: one drawing of each chart, and what answers is not painted over it
    answering = re.findall(r'<(?:rect|path) class="v"([^>]*)>', page)
    assert all('fill-opacity="0"' in each for each in answering)  # charts by a label's hue have none
    assert 'class="wide"' in page and 'class="narrow"' not in page


def test_papermill_as_anybody_calls_it_gives_the_banner_and_no_case(folder, case_values, tmp_path):
    asked = ["-p", "tables", str(folder / "protected" / "partnership"), "--no-progress-bar"]
    command = ["papermill", str(NOTEBOOKS / "40_hrda.ipynb"), str(tmp_path / "40.ipynb"), *asked]
    subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, check=True, timeout=300)
    page, _ = HTMLExporter().from_filename(str(tmp_path / "40.ipynb"))
    assert "<strong>SAMPLE DATA</strong>" in page and "95% interval" in page
    assert [text for text in case_values if text in page] == []
