"""The warm engine gives what plain papermill gives, and stops what hangs."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Timer

import nbformat
import pytest

from board_packs.publish.export import Banner
from board_packs.publish.page_making import Checks, PageJob, check_again, make_page
from board_packs.publish.workers.forked import RESTARTS, Forked
from board_packs.publish.workers.parcels import Shared, pack, unpack
from lscb.errors import Failed
from lscb.periods import Quarter

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
from pathlib import Path
from board_packs.publish.workers import preload
preload.load()
from board_packs.publish.page_making import execute
try:
    execute(Path(sys.argv[1]), Path(sys.argv[2]), {"level": 7}, float(sys.argv[3]))
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


@pytest.fixture
def nursery():
    """Workers for a test that ends them."""
    crew = Forked(2)
    yield crew
    crew.close()


def answers(crew, *calls) -> list:
    """What came of several jobs done side by side: each its answer, or the line that says why there is none."""

    async def one(call):
        try:
            return await crew.do(*call)
        except Failed as error:
            return str(error)

    async def every():
        return await asyncio.gather(*map(one, calls))

    return asyncio.run(every())


def job(tmp_path: Path, name: str, source: str) -> PageJob:
    tmp_path.mkdir(exist_ok=True)
    path = notebook(tmp_path / f"{name}.ipynb", [source], "period = area = audience = tables = ''; sample = True")
    banner = Banner(Quarter(2017, 4), "E06000045", "public", True)
    return PageJob(path, tmp_path, tmp_path, banner, Checks(), limit=30)


def test_a_killed_worker_is_tried_again_and_then_named_and_takes_nothing_with_it(tmp_path, tmp_path_factory, crew):
    once = tmp_path_factory.mktemp("elsewhere") / "once"
    kill = (
        "import os, signal, pathlib\np = pathlib.Path({!r})\nif not p.exists():\n    p.touch(); os.kill(os.getpid(), 9)"
    )
    sources = {
        "10_once": kill.format(str(once)),
        "20_always": "import os; os.kill(os.getpid(), 9)",
        "30_fine": "fine = 1 + 1",
        "40_hard_exit": "import os; os._exit(3)",
    }
    calls = [(make_page, job(tmp_path, name, source)) for name, source in sources.items()]
    first, always, fine, left = answers(crew, *calls)
    assert first.status == fine.status == "released"
    # it says what it was doing and how much memory it had: whoever reads it may see that the machine is too small
    assert re.fullmatch(r"its worker was killed \(signal 9\), twice; it was to make page, and had \d+ MB", always)
    assert left.startswith("its worker stopped: a cell did not end at its limit")
    assert not list((tmp_path / "executed").rglob("20_always.*"))


@pytest.mark.parametrize("warm", [True, False], ids=["in this process", "in a kernel"])
def test_a_page_is_guarded_from_its_first_cell_and_from_returns_wherever_they_lie(tmp_path, request, warm):
    """Before it opens a book, and of a folder that was named with --returns; without the guard it reads both."""
    returns = tmp_path / "elsewhere"
    returns.mkdir()
    (returns / "hrda.csv").write_text("case\n1\n")
    source = f"import board_packs.pages\nimport pandas as pd\npd.read_csv({str(returns / 'hrda.csv')!r})"
    asked = job(tmp_path / "out", "10_slip", source)
    if warm:
        (page,) = answers(request.getfixturevalue("crew"), (make_page, replace(asked, returns=returns)))
    else:
        page = make_page(replace(asked, returns=returns))
    assert page.status == "failed" and page.reasons[0].startswith("a page that leaves reads the tables of its book")


def test_a_page_says_what_its_cells_took_of_a_processor(tmp_path, crew):
    burn = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass\ntime.sleep(0.5)"
    (page,) = answers(crew, (make_page, job(tmp_path, "10_burn", burn)))
    assert 0.4 <= page.computing < 0.7  # not the half second asleep
    assert page.seconds > 0.9


def test_what_the_jobs_of_an_area_have_in_common_goes_once():
    shared, long = Shared(), [["name", "name", f"Zelda {n}"] for n in range(500)]
    checks = Checks(long)
    texts = [pack((n, checks), shared) for n in range(3)]
    assert len(shared.texts) == 1 and max(map(len, texts)) < 400 < len(pack(checks))
    assert [unpack(text, shared.texts) for text in texts] == [(n, checks) for n in range(3)]
    one, other = unpack(pack((checks, checks), shared), shared.texts)
    assert one is other  # read once
    assert unpack(pack([Checks(long)], shared), shared.texts) == [checks] and len(shared.texts) == 1  # by its content
    assert unpack(pack([Checks(long[1:])], shared), shared.texts) == [Checks(long[1:])] and len(shared.texts) == 2


def test_the_nursery_itself_may_be_killed(tmp_path, nursery):
    pid = nursery.process.pid
    Timer(2, lambda: os.kill(pid, signal.SIGKILL)).start()
    (page,) = answers(nursery, (make_page, job(tmp_path, "10_slow", "import time; time.sleep(1.5)")))
    assert page.status == "released"
    if nursery.process.pid == pid:
        nursery.process.wait(10)


def test_a_nursery_that_is_killed_again_and_again_ends_the_run_in_words(nursery):
    async def struck():
        waiting = asyncio.create_task(nursery.do(time.sleep, 60))
        for _ in range(RESTARTS + 1):
            await asyncio.sleep(0.1)
            process = nursery.process
            process.kill()
            while not waiting.done() and nursery.process is process:  # noqa: ASYNC110  # it tells nobody when it starts anew
                await asyncio.sleep(0.05)
        return await waiting

    with pytest.raises(Failed, match="was killed 4 times; it was to "):
        asyncio.run(struck())


def test_the_nursery_has_one_thread_and_ends_with_the_run(tmp_path, nursery):
    (why,) = answers(nursery, (check_again, job(tmp_path, "10_none", "1"), None, []))
    assert why == "FileNotFoundError in the worker (check again)"  # and no path
    threads = Path(f"/proc/{nursery.process.pid}/task")
    if threads.is_dir():
        assert len(list(threads.iterdir())) == 1
    nursery.process.stdin.close()
    assert nursery.process.wait(10) == 0


def test_a_page_whose_cells_print_to_the_answers_pipe_does_not_break_the_protocol(tmp_path, crew):
    text = json.dumps({"number": 1, "answer": {}}) + "\n"
    source = f"import os; text = {text!r}; os.write(1, text.encode()); print(text)"
    (page,) = answers(crew, (make_page, job(tmp_path, "10_noise", source)))
    (why,) = page.reasons  # an answer in words, not the one that was written to the pipe
    assert page.status == "refused" and why.endswith('prints text: write say.note(f"…") in the place of print.')


def test_a_kept_page_is_checked_for_what_the_returns_have_now_and_not_for_its_numbers_once_more(tmp_path):
    page = tmp_path / "executed" / "public" / "10_kept.html"
    page.parent.mkdir(parents=True)
    html = "<html><head><title>T</title></head><body><h1>T</h1><table><tr><td>{}</td></tr></table></body></html>"
    page.write_text(html.format("HR-2017-0001 and 4711"))
    kept = job(tmp_path, "10_kept", "1")
    assert check_again(kept, [], []).status == "released"
    named = replace(kept, checks=Checks([["referral_id", "identifier", "HR-2017-0001"]]))
    answer = check_again(named, [], [])
    assert (answer.status, answer.reasons) == ("refused", ["identifiers: a value of referral_id"])
    assert not page.exists()


@pytest.mark.parametrize("warm", [True, False], ids=["in this process", "in a kernel"])
def test_a_page_finds_the_official_files_that_were_named_by_option(tmp_path, request, warm):
    """Outlines of a map are read by the page itself: a run with --open-data, without the variable, had no map."""
    source = f"import os\nassert os.environ['LSCB_OPEN_DATA'] == {str(tmp_path)!r}"
    asked = replace(job(tmp_path / "out", "20_map", source), open_data=tmp_path)
    if warm:
        (page,) = answers(request.getfixturevalue("crew"), (make_page, asked))
    else:
        page = make_page(asked)
    assert page.status == "released", page.reasons
