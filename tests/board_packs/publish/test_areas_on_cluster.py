"""Areas on a Dask cluster of separate processes: each is one task; a lost worker and a restarted scheduler lose nothing."""

import os
import re
import threading
import time
from pathlib import Path

import pytest
import toy_quarter as toy

from board_packs.publish import quarter_run

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
AREAS = ("E06000045", "E06000044", "E08000026")
RUN = re.compile(rb"(?:[a-f]\d){6}, \d{4}-\d\d-\d\d \d\d:\d\d UTC")
PRELOAD = """
import sys; sys.path.insert(0, {tests!r})
import pytest, toy_quarter as toy
toy.use(pytest.MonkeyPatch())  # for good: in a process of its own
"""


@pytest.fixture
def quarter(tmp_path, monkeypatch):
    """(Asks for the areas into a folder, what they are when run here, what workers import first)."""
    toy.use(monkeypatch)
    notebooks = toy.write(tmp_path / "notebooks")

    def ask(out, **more):
        return toy.ask(tmp_path / out, notebooks, area=",".join(AREAS), **more)

    assert all(outcome.problems == [] for outcome in quarter_run.run(ask("here")))
    preload = tmp_path / "preload.py"
    preload.write_text(PRELOAD.format(tests=str(Path(__file__).parent)))
    return ask, content(tmp_path / "here"), preload


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
