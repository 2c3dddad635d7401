"""The warm engine gives what plain papermill gives, and stops what hangs."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from board_packs.publish import executors

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="pages run in forked workers only where there is a fork"
)
CELLS = [
    "import sys, os\nprint('out'); print('err', file=sys.stderr); print('again')",
    "from IPython.display import HTML, clear_output, display\nprint('gone'); clear_output()\n"
    "shown = display(HTML('<b>1</b>'), display_id=True); shown.update(HTML('<b>2</b>')); print('kept')",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(); ax.plot([1, level]); ax.set_title('inline')\nax",
    "import pandas as pd\npd.DataFrame({f'c{i}': [1, 2] for i in range(30)})",
    "pd.get_option('display.max_columns'), pd.get_option('display.width'), __name__, plt.get_backend()",
    "import asyncio\nawait asyncio.sleep(0)\nIn[3][:6]",
    "",
    "import numpy as np\nnp.random.default_rng(7).normal(size=3), level",
    "%matplotlib inline\nget_ipython().__class__.__name__, hasattr(get_ipython(), 'kernel')",
    "1 / level",
    "raise ValueError('the end')",
    "'never reached'",
]


def notebook(path: Path, sources: list[str], parameters: str = "level = 1") -> Path:
    code = nbformat.v4.new_code_cell
    cells = [nbformat.v4.new_markdown_cell("# Same?"), code(parameters, metadata={"tags": ["parameters"]})]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells + [code(s) for s in sources], metadata=spec), path)
    return path


def plain(source: Path, target: Path) -> None:
    command = [sys.executable, "-m", "papermill", str(source), str(target), "-p", "level", "7", "--no-progress-bar"]
    subprocess.run(command, cwd=source.parent, capture_output=True, check=False)


WARM = """
import sys
from board_packs.publish import preload
preload.load()
from board_packs.publish import page_jobs as work
try:
    work.execute(__import__("pathlib").Path(sys.argv[1]), __import__("pathlib").Path(sys.argv[2]),
                 {"level": 7}, float(sys.argv[3]), "lscb-warm")
except Exception as error:
    print(type(error).__name__, getattr(error, "ename", ""))
"""


def warm(source: Path, target: Path, limit: float = 60) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", WARM, str(source), str(target), str(limit)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("engine")
    source = notebook(folder / "q.ipynb", CELLS)
    plain(source, folder / "plain.ipynb")
    said = warm(source, folder / "warm.ipynb")
    return nbformat.read(folder / "plain.ipynb", 4), nbformat.read(folder / "warm.ipynb", 4), said


def test_outputs_and_numbers_of_cells_are_those_of_plain_papermill(both):
    slow, fast, said = both
    assert said.stdout.split() == ["PapermillExecutionError", "ValueError"]
    assert [c.source for c in slow.cells] == [c.source for c in fast.cells]
    for a, b in zip(slow.cells, fast.cells, strict=True):
        if a.cell_type == "code":
            assert (b.execution_count, b.outputs) == (a.execution_count, a.outputs), a.source


def test_metadata_is_papermills(both):
    slow, fast, _ = both
    assert fast.metadata.language_info == slow.metadata.language_info
    assert sorted(fast.metadata.papermill) == sorted(slow.metadata.papermill)
    for a, b in zip(slow.cells, fast.cells, strict=True):
        assert sorted(a.metadata) == sorted(b.metadata)
        assert sorted(a.metadata.get("execution", {})) == sorted(b.metadata.get("execution", {}))
        states = [c.metadata.get("papermill", {}).get(k) for c in (a, b) for k in ("status", "exception")]
        assert states[:2] == states[2:]


def test_a_cell_that_hangs_is_stopped_and_named(tmp_path):
    source = notebook(tmp_path / "q.ipynb", ["import time; time.sleep(60)"])
    begun = time.monotonic()
    assert "CellTimeoutError" in warm(source, tmp_path / "w.ipynb", 1).stdout
    assert time.monotonic() - begun < 40


class Told(list):
    """Answers of jobs, as the run would get them."""

    def of(self, executor) -> "Told":
        for _ in executor.run():
            pass
        return self


@pytest.fixture
def nursery():
    executor = executors.Forked(2)
    yield executor
    executor.close()


def job(tmp_path: Path, name: str, source: str) -> dict:
    path = notebook(tmp_path / f"{name}.ipynb", [source], "period = area = audience = tables = ''; sample = True")
    banner = {"period": "2017-18-Q4", "area": "E06000045", "area_name": "S", "audience": "public", "sample": True}
    return dict(notebook=str(path), folder=str(tmp_path), audience="public", parameters={"tables": str(tmp_path)},
                banner=banner, limit=30, identifiers=[], own_dates="", beside=[])  # fmt: skip


def test_a_killed_worker_is_tried_again_and_then_named_and_takes_nothing_with_it(tmp_path, nursery):
    once = tmp_path / "once"
    kill = (
        "import os, signal, pathlib\np = pathlib.Path({!r})\nif not p.exists():\n    p.touch(); os.kill(os.getpid(), 9)"
    )
    answers = {}
    for name, source in {
        "10_once": kill.format(str(once)),
        "20_always": "import os; os.kill(os.getpid(), 9)",
        "30_fine": "1 + 1",
        "40_hard_exit": "import os; os._exit(3)",
    }.items():
        nursery.submit("page", job(tmp_path, name, source), lambda a, name=name: answers.__setitem__(name, a))
    Told().of(nursery)
    assert answers["10_once"]["status"] == answers["30_fine"]["status"] == "released"
    assert answers["20_always"] == {"failed": "its worker was killed (signal 9), twice"}
    assert "failed" in answers["40_hard_exit"]
    assert not list((tmp_path / "executed").rglob("20_always.*"))


def test_a_page_says_what_its_cells_took_of_a_processor(tmp_path, nursery):
    said = Told()
    burn = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass\ntime.sleep(0.5)"
    nursery.submit("page", job(tmp_path, "10_burn", burn), said.append)
    (answer,) = said.of(nursery)
    assert 0.4 <= answer["computing"] < 0.7  # not the half second asleep
    assert answer["seconds"] > 0.9


def test_the_nursery_itself_may_be_killed(tmp_path, nursery):
    said = Told()
    nursery.submit("page", job(tmp_path, "10_slow", "import time; time.sleep(1.5)"), said.append)
    time.sleep(2)
    os.kill(nursery.process.pid, signal.SIGKILL)
    assert [answer["status"] for answer in said.of(nursery)] == ["released"]


def test_a_nursery_that_is_killed_again_and_again_ends_the_run_in_words(nursery):
    answers = []
    for _ in range(executors.RESTARTS + 1):
        os.kill(nursery.process.pid, signal.SIGKILL)
        nursery.process.wait()
        nursery.submit("again", {"html": "nowhere"}, answers.append)  # stays in the pipe that nobody reads
        nursery._mend()
    assert {answer["failed"] for answer in answers} == {"its worker was killed again and again"}
    assert len(answers) == executors.RESTARTS + 1
    nursery.close()


def test_the_nursery_has_one_thread_and_ends_with_the_run(nursery):
    said = Told()
    nursery.submit("again", {"html": "nowhere"}, said.append)
    said.of(nursery)
    threads = Path(f"/proc/{nursery.process.pid}/task")
    if threads.is_dir():
        assert len(list(threads.iterdir())) == 1
    nursery.process.stdin.close()
    assert nursery.process.wait(10) == 0


def test_a_page_whose_cells_print_to_the_answers_pipe_does_not_break_the_protocol(tmp_path, nursery):
    said = Told()
    text = json.dumps({"number": 1, "answer": {}}) + "\n"
    source = f"import os; text = {text!r}; os.write(1, text.encode()); print(text); os.system('echo x'); 1"
    nursery.submit("page", job(tmp_path, "10_noise", source), said.append)
    assert [answer["status"] for answer in said.of(nursery)] == ["released"]
