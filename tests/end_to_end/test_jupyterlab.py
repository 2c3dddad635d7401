"""The analyst's test: JupyterLab as `lscb lab` opens it, in a real browser, on a copy of the repository.

Page 40 is asked another question and answers otherwise; four cells are added by the hints that the notebook itself
shows; the question is set back, the notebook saved, and a run releases the page with what was added.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_browser import CHROMIUM

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt install chromium, or name one in LSCB_CHROMIUM"),
]
# What an analyst adds, after the hints under "What you add can leave": a frame, a control chart, a number, a picture.
ADDED = [
    'pivot = profile.query("agency != \'Total\' and outcome == \'Total\' and victim_age == \'Total\'").pivot_table(index="agency", columns="period", values="count")\n'
    'show(pivot, "Referrals by agency and year, pivoted")',
    'fig, ax = plt.subplots()\nchart = control_charts.xmr(totals["count"])\ncharts.control(ax, totals, chart, "count")\n'
    'charts.show(ax, f"The number of referrals: {say.direction(chart)}", charts.describe(totals, "Control chart. Referrals by quarter", chart=chart))',
    'gap = book.derive("referrals of the year more than of the year before", total.count - before.count)\n'
    'say.note(f"Between the two years lie {say.count(abs(gap))} referrals.")',
    'fig, ax = plt.subplots()\nax.plot(totals["period"], totals["count"], "o-")\n'
    'charts.show(ax, "Referrals, drawn by hand", charts.describe(totals, "Line chart. Referrals by quarter"))',
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository that the test may write to."""
    folder = tmp_path_factory.mktemp("analyst") / "repository"
    for name in ("lib", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("open"))
    return folder


@pytest.fixture(scope="module")
def lab(copy):
    """The address of JupyterLab, as the command of the package opens it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = [
        "--no-browser",
        f"--port={port}",
        "--IdentityProvider.token=analyst",
        "--expose-app-in-browser",
        "--allow-root",
    ]
    command = [sys.executable, "-c", "from board_packs.cli import main; main()", "lab", *own]
    environment = os.environ | {"PYTHONPATH": str(copy / "lib"), "LSCB_OUT": str(copy / "outputs")}
    environment["JUPYTER_CONFIG_DIR"] = environment["JUPYTER_DATA_DIR"] = str(copy.parent / "jupyter")
    log = (copy.parent / "lab.log").open("w")
    server = subprocess.Popen(command, cwd=copy, env=environment, stdout=log, stderr=log, start_new_session=True)
    for _ in range(240):
        with socket.socket() as there:
            if there.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.5)
    yield f"http://127.0.0.1:{port}/lab/tree/%s?token=analyst&reset"
    os.killpg(server.pid, 15)
    server.wait(30)
    log.close()


class Notebook:
    """A notebook in the window: its cells by number, run and read as the person at the screen does."""

    def __init__(self, page, address, name):
        self.page = page
        page.goto(address % f"notebooks/{name}.ipynb")
        page.wait_for_function(f"() => {self.panel} && {self.panel}.context.isReady", timeout=120_000)
        page.wait_for_function(f"() => {self.panel}.sessionContext.session?.kernel?.status === 'idle'", timeout=120_000)

    panel = "window.jupyterapp?.shell.currentWidget"

    def evaluate(self, script, argument=None):
        return self.page.evaluate(f"argument => {{ const panel = {self.panel}; {script} }}", argument)

    def cells(self):
        return self.evaluate("return panel.content.model.sharedModel.cells.map(cell => cell.toJSON())")

    def write(self, number, text):
        self.evaluate("panel.content.model.sharedModel.cells[argument[0]].setSource(argument[1])", [number, text])

    def add(self, before, texts):
        script = "panel.content.model.sharedModel.insertCells(argument[0], argument[1])"
        self.evaluate(script, [before, [{"cell_type": "code", "source": text, "metadata": {}} for text in texts]])

    def command(self, name):
        return self.page.evaluate("name => window.jupyterapp.commands.execute(name)", name)

    def run_all(self):
        """Menu Run, Run All Cells; waits until the kernel is idle and every cell has run."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
        done = "panel.content.widgets.every(cell => !cell.model.sharedModel.source || cell.model.type !== 'code' || cell.model.executionCount > 0)"
        script = f"() => {{ const panel = {self.panel}; return panel.sessionContext.session?.kernel?.status === 'idle' && {done} }}"
        self.page.wait_for_timeout(1000)
        self.page.wait_for_function(script, timeout=300_000)

    def texts(self):
        """What each code cell shows, by its number: plain text of every output."""
        shown = {}
        for number, cell in enumerate(self.cells()):
            parts = []
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                text = (
                    data.get("text/html") or data.get("text/plain") or output.get("text") or output.get("evalue") or ""
                )
                parts.append("".join(text))
            shown[number] = "\n".join(parts)
        return shown

    def number(self, fragment):
        (found,) = [n for n, cell in enumerate(self.cells()) if fragment in "".join(cell["source"])]
        return found


@pytest.fixture(scope="module")
def window():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium.new_page(viewport={"width": 1400, "height": 1000})
        chromium.close()


def test_an_analyst_asks_adds_and_releases(copy, lab, window):
    path = copy / "notebooks" / "40_hrda.ipynb"
    notebook = Notebook(window, lab, "40_hrda")
    notebook.run_all()
    texts = notebook.texts()
    answer, parameters = notebook.number("say.answer("), notebook.number("basis = None")
    usual = texts[answer]
    assert "referrals" in usual and "SAMPLE DATA" in texts[notebook.number("open_book(")]
    for hint in (
        "What you add can leave",
        "show(frame,",
        "charts.control(",
        "book.derive(",
        "lscb run --sample --only",
    ):
        assert hint in texts[notebook.number("open_book(")], hint
    # a chart as a person sees it: one drawing, and nothing painted over its lines
    unseen = "[...document.querySelectorAll('figure svg .v')].map(each => getComputedStyle(each).fillOpacity)"
    assert set(window.evaluate(unseen)) == {"0"}
    assert window.evaluate("document.querySelectorAll('figure svg.narrow').length") == 0
    cases = notebook.number('cases(book, "hrda_referrals")')
    assert "RESTRICTED: CASES OF CHILDREN" in texts[cases] and "<table" in texts[cases]

    # another question: the answer changes, and the page says that it is for exploring
    source = "".join(notebook.cells()[parameters]["source"])
    notebook.write(parameters, re.sub(r"^basis = None", 'basis = "incident"', source, flags=re.M))
    notebook.run_all()
    texts = notebook.texts()
    assert "FOR EXPLORING" in texts[notebook.number("open_book(")] and texts[answer] != usual

    # what is added, in one try; and the question set back
    notebook.write(parameters, source)
    first = notebook.number("## What to ask next")
    notebook.add(first, ADDED)
    notebook.run_all()
    texts = notebook.texts()
    assert texts[answer] == usual
    shown = [texts[first + n] for n in range(4)]
    assert "Traceback" not in "".join(shown) and not re.search("Error", "".join(shown)), shown
    assert "<caption>Referrals by agency and year, pivoted" in shown[0] and "<figure" in shown[1]
    assert re.search(r"Between the two years lie \d+ referrals", shown[2]) and "drawn by hand" in shown[3]

    # saved: without what it showed, cases least of all
    notebook.command("docmanager:save")
    window.wait_for_function(f"() => !{notebook.panel}.context.model.dirty", timeout=60_000)
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert [c for c in saved["cells"] if c.get("outputs") or c.get("execution_count")] == []
    assert "".join(saved["cells"][first]["source"]) == ADDED[0]

    # and released
    code = "from board_packs.cli import main; main()"
    command = [sys.executable, "-c", code, *"run --sample --only 40 --jobs 1".split()]
    environment = os.environ | {"PYTHONPATH": str(copy / "lib"), "LSCB_OUT": str(copy / "outputs")}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    page = next((copy / "outputs" / "sample").rglob("packs/met_strategic/40_hrda.html")).read_text(encoding="utf-8")
    for text in (
        "Referrals by agency and year, pivoted",
        "The number of referrals",
        "Between the two years lie",
        "drawn by hand",
    ):
        assert text in page, text
