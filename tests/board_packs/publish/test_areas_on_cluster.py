"""Areas on a Dask cluster of separate processes: each is one task; a lost worker and a restarted scheduler lose nothing."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import toy_quarter as toy

from board_packs.publish import quarter_run
from board_packs.publish.workers.cluster import Dask

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
AREAS = ("E06000045", "E06000044", "E08000026")
RUN = re.compile(rb"(?:[a-f]\d){6}, \d{4}-\d\d-\d\d \d\d:\d\d UTC")
PRELOAD = """
import sys; sys.path.insert(0, {tests!r})
import pytest, toy_quarter as toy
toy.use(pytest.MonkeyPatch())  # for good: in a process of its own
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """(The notebooks, what the areas are when run here, what workers import first)."""
    folder = tmp_path_factory.mktemp("areas")
    notebooks = toy.write(folder / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        toy.use(patch)
        outcomes = quarter_run.run(toy.ask(folder / "here", notebooks, area=",".join(AREAS)))
    assert all(outcome.problems == [] for outcome in outcomes)
    preload = folder / "preload.py"
    preload.write_text(PRELOAD.format(tests=str(Path(__file__).parent)))
    return notebooks, content(folder / "here"), preload


@pytest.fixture
def quarter(here, tmp_path, monkeypatch):
    """(Asks for the areas into a folder, what they are when run here, what workers import first)."""
    toy.use(monkeypatch)
    notebooks, *rest = here

    def ask(out, **more):
        return toy.ask(tmp_path / out, notebooks, area=",".join(AREAS), **more)

    return ask, *rest


def content(out):
    """Every page and protected table to the byte, but for the number and the time of the run."""
    kinds = ("packs/**/*.html", "executed/**/*.html", "protected/**/*.csv")
    room = out / "sample" / "2017-18-Q4"
    return {str(p.relative_to(room)): RUN.sub(b"", p.read_bytes()) for kind in kinds for p in room.glob(f"*/{kind}")}


def beside(call, strike):
    """What a call answers that is struck meanwhile."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(call()), daemon=True)
    thread.start()
    strike()
    thread.join(400)
    assert answers, "the run did not end"
    return answers[0]


def until(happened, seconds=200):
    end = time.monotonic() + seconds
    while not (answer := happened()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
    return answer


def started(out):
    """Whether the pages of an area are being made, and no area is done."""
    room = out / "sample" / "2017-18-Q4"
    return any(room.glob("*/about.json")) and not any(room.glob("*/manifest.json"))


def test_areas_are_tasks_and_one_whose_worker_is_killed_is_run_again(quarter, tmp_path):
    ask, here, preload = quarter
    asked = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**asked, preload=str(preload)) as cluster:

        def strike():
            until(lambda: started(tmp_path / "there"))
            os.kill(next(iter(cluster.workers.values())).pid, 9)

        request = ask("there", executor="dask", scheduler=cluster.scheduler_address)
        outcomes = beside(lambda: quarter_run.run(request), strike)
        assert [outcome.area for outcome in outcomes] == list(AREAS)
        assert [outcome.problems for outcome in outcomes] == [[], [], []]
        assert content(tmp_path / "there") == here
        again = quarter_run.run(request)
    assert all(outcome.unchanged for outcome in again)


@contextmanager
def process(*command):
    """A process of its own, ended afterwards."""
    with subprocess.Popen([sys.executable, "-m", *command], stderr=subprocess.DEVNULL) as running:
        try:
            yield running
        finally:
            running.kill()


def test_what_a_scheduler_had_not_answered_is_asked_of_the_one_that_is_started_in_its_place(quarter, tmp_path):
    ask, here, preload = quarter
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    at = f"tcp://127.0.0.1:{port}"
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker = ("distributed.cli.dask_worker", at, "--nthreads", "1", "--no-dashboard", "--preload", str(preload))
    out = tmp_path / "there"
    with process(*scheduler) as first, process(*worker):
        Dask(at).close()  # once it answers
        request = ask("there", executor="dask", scheduler=at)

        def strike():
            until(lambda: started(out))
            first.kill()
            first.wait()
            stack.append(threading.Thread(target=restarted, daemon=True))
            stack[0].start()

        def restarted():
            with process(*scheduler), process(*worker):
                over.wait(400)

        stack, over = [], threading.Event()
        try:
            outcomes = beside(lambda: quarter_run.run(request), strike)
        finally:
            over.set()
            stack[0].join(60)
    assert [outcome.problems for outcome in outcomes] == [[], [], []]
    assert content(out) == here


def test_an_area_without_a_folder_of_its_own_is_not_run_on_the_files_of_others(tmp_path, monkeypatch):
    """Of several areas asked for, files that lie beside their folders are nobody's, on a cluster as here."""
    toy.use(monkeypatch)
    returns = tmp_path / "returns"
    returns.mkdir()
    (returns / "hrda.csv").write_text("x")
    asked = toy.ask(tmp_path / "out", toy.write(tmp_path / "notebooks"), area=",".join(AREAS[:2]), sample=False,
                    returns=returns, executor="dask", scheduler="tcp://nowhere")  # fmt: skip

    class Idle:
        def close(self):
            pass

    monkeypatch.setattr(quarter_run.workers, "cluster_of", lambda scheduler: Idle())
    problems = [outcome.problems for outcome in quarter_run.run(asked)]
    assert all(f"No returns for {area}" in line for area, (line,) in zip(AREAS, problems, strict=False))
