"""Where jobs are done: forked from a warm process, in this process where there is no fork, or on a Dask cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from lscb.errors import UserError

RESTARTS = 3


def local(jobs: int):
    """The executor of this machine."""
    return Forked(jobs) if hasattr(os, "fork") else Plain(jobs)


class Forked:
    """Jobs in workers forked from a nursery (see board_packs.publish.worker_nursery). Started at once, so that it imports meanwhile."""

    def __init__(self, jobs: int):
        self.jobs = jobs
        self.open: dict[int, tuple] = {}
        self.count = self.restarts = 0
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        from .preload import ENVIRONMENT

        return subprocess.Popen(
            [sys.executable, "-m", "board_packs.publish.worker_nursery", str(self.jobs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("LSCB_DEBUG") else subprocess.DEVNULL,
            env=os.environ | ENVIRONMENT,
        )

    def submit(self, kind: str, job: dict, then: Callable[[dict], None], first: int = 1) -> None:
        """Orders a job; `then` gets its answer. Lower `first` is done earlier."""
        self.count += 1
        self.open[self.count] = (kind, job, then, first)
        self._send(self.count)

    def _send(self, number: int) -> None:
        kind, job, _, first = self.open[number]
        order = {"number": number, "kind": kind, "job": job, "first": first, "tries": 1}
        try:
            self.process.stdin.write(json.dumps(order, default=str).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:  # noticed again, and mended, where answers are read
            pass

    def run(self) -> Iterator[None]:
        """Until no job is open, those that answers have added included. Yields after every answer."""
        while self.open:
            line = self.process.stdout.readline()
            if not line.endswith(b"\n"):
                self._mend()
                continue
            said = json.loads(line)
            _, _, then, _ = self.open.pop(said["number"])
            then(said["answer"])
            yield

    def _mend(self) -> None:
        """The nursery itself was killed: another is started, and gets what was open."""
        self.process.wait()
        self.restarts += 1
        if self.restarts > RESTARTS:
            lost, self.open = list(self.open.values()), {}
            for _, _, then, _ in lost:
                then({"failed": "its worker was killed again and again"})
            return
        self.process = self._start()
        for number in sorted(self.open):
            self._send(number)

    def close(self) -> None:
        with suppress(BrokenPipeError):  # orders that a killed nursery never read
            self.process.stdin.close()
        self.process.wait()


class Plain:
    """Jobs one by one in threads, pages by plain papermill in a kernel of their own: Windows, and the reference."""

    def __init__(self, jobs: int):
        from concurrent.futures import ThreadPoolExecutor

        self.pool, self.open = ThreadPoolExecutor(jobs), {}

    def submit(self, kind: str, job: dict, then: Callable[[dict], None], first: int = 1) -> None:
        from .worker_nursery import handle

        if kind == "page":
            job = job | {"engine": None}
        self.open[self.pool.submit(handle, kind, job)] = then

    def run(self) -> Iterator[None]:
        from concurrent.futures import FIRST_COMPLETED, wait

        while self.open:
            for done in wait(self.open, return_when=FIRST_COMPLETED).done:
                then = self.open.pop(done)
                error = done.exception()
                then({"failed": f"{type(error).__name__} in the worker"} if error else done.result())
                yield

    def close(self) -> None:
        self.pool.shutdown()


class Dask(Plain):
    """Jobs on an existing Dask cluster whose workers reach the same folders. A lost worker's jobs are done again."""

    def __init__(self, scheduler: str):
        try:
            from distributed import Client
        except ImportError:
            raise UserError("--executor dask needs the optional extra: pip install 'lscb[dask]'.") from None
        try:
            self.client = Client(scheduler, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            raise UserError(f"No Dask scheduler answers at {scheduler}: start one, or leave --executor out.") from None
        self.open = {}

    def submit(self, kind: str, job: dict, then: Callable[[dict], None], first: int = 1) -> None:
        future = self.client.submit(on_worker, kind, job, pure=False, retries=2, priority=-first)
        self.open[future] = then

    def run(self) -> Iterator[None]:
        from distributed import wait

        while self.open:
            with self.client.as_current():
                finished = wait(list(self.open), return_when="FIRST_COMPLETED").done
            for done in finished:
                then = self.open.pop(done)
                error = done.exception()
                then({"failed": f"{type(error).__name__} on the cluster"} if error else done.result())
                yield

    def close(self) -> None:
        self.client.close()


_OWN: dict[int, Forked | Plain] = {}


def on_worker(kind: str, job: dict) -> dict:
    """One job on a Dask worker. The worker has threads and must not fork: it keeps a nursery beside itself."""
    import threading

    thread = threading.get_ident()
    if thread not in _OWN:
        _OWN[thread] = local(1)
    executor = _OWN[thread]
    answer: list[dict] = []
    executor.submit(kind, job, answer.append)
    for _ in executor.run():
        pass
    return answer[0]
