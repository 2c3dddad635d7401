"""A clean process that has imported what pages need, and nothing else, and forks one worker for each job.

It is started beside the run (`python -m board_packs.publish.workers.nursery JOBS`), imports while the run reads
returns, takes orders as lines of JSON on standard input and answers each with a line. It is single-threaded, so forking
is safe whatever threads the run itself has, and ends with the run, workers and all. A worker that is killed is tried
once more.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field

from lscb.errors import Failed, UserError

from .parcels import pack, unpack

TRIES = 2
MEGABYTE = 1 << (20 if sys.platform == "darwin" else 10)  # of what the system says of a process' memory


@dataclass
class Worker:
    """A forked process, the order it is doing, and what it has answered so far."""

    pid: int
    order: dict
    answer: bytearray = field(default_factory=bytearray)


class Nursery:
    """Waiting orders, living workers by the pipe each answers on."""

    def __init__(self, slots: int, answers: int):
        self.slots, self.answers = slots, answers
        self.waiting: list[dict] = []
        self.living: dict[int, Worker] = {}
        self.shared: dict[str, str] = {}  # what many orders have in common, by name
        self.rest = b""

    def serve(self, orders: int) -> None:
        """Until the orders end: take jobs, keep every slot busy, answer."""
        while True:
            ready, _, _ = select.select([orders, *self.living], [], [])
            for source in ready:
                if source != orders:
                    self.hear(source)
                elif not self.take(orders):
                    self.stop()
                    return
            while self.waiting and len(self.living) < self.slots:
                self.start(self.waiting.pop(0))

    def take(self, orders: int) -> bool:
        """Reads orders, and puts each before those that may wait longer. False when there will be no more."""
        text = os.read(orders, 1 << 20)
        *lines, self.rest = (self.rest + text).split(b"\n")
        for order in map(json.loads, lines):
            if "shared" in order:
                self.shared[order["shared"]] = order["text"]
                continue
            at = next((n for n, w in enumerate(self.waiting) if w["first"] > order["first"]), len(self.waiting))
            self.waiting.insert(at, order)
        return bool(text)

    def start(self, order: dict) -> None:
        """Forks a worker for an order."""
        mouth, ear = os.pipe()[::-1]
        nursery, pid = os.getpid(), os.fork()
        if pid == 0:
            code = 1
            try:
                os.close(ear)
                os.setpgid(0, 0)
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                end_with_parent(nursery)
                code = work(order, mouth, self.shared)
            finally:
                os._exit(code)
        os.close(mouth)
        self.living[ear] = Worker(pid, order)

    def hear(self, source: int) -> None:
        """Takes what a worker says; when it has ended, its answer goes to the run, or its order is tried again."""
        worker = self.living[source]
        text = os.read(source, 1 << 20)
        if text:
            worker.answer += text
            return
        os.close(source)
        del self.living[source]
        _, status, usage = os.wait4(worker.pid, 0)
        signalled, code = os.WIFSIGNALED(status), os.waitstatus_to_exitcode(status)
        order = worker.order
        if signalled and order["tries"] < TRIES:
            self.waiting.insert(0, order | {"tries": order["tries"] + 1})
            return
        try:
            answer = json.loads(bytes(worker.answer)) if code == 0 else None
        except ValueError:
            answer = None
        if answer is None:
            why = f"was killed (signal {-code}), twice" if signalled else "stopped: a cell did not end at its limit"
            answer = {
                "failed": f"its worker {why}; it was to {order['what']}, and had {usage.ru_maxrss // MEGABYTE} MB"
            }
        spent = {order["what"]: usage.ru_utime + usage.ru_stime, "start workers": time.process_time()}
        self.tell({"number": order["number"], "spent": spent} | answer)

    def tell(self, answer: dict) -> None:
        line = json.dumps(answer).encode() + b"\n"
        while line:
            line = line[os.write(self.answers, line) :]

    def stop(self) -> None:
        """Ends every worker, and what it has started."""
        for worker in self.living.values():
            for kill in (os.killpg, os.kill):
                try:
                    kill(worker.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass


def work(order: dict, mouth: int, shared: dict[str, str]) -> int:
    """Does an order in a worker, and says the answer: its value, or why there is none, which the run must hear of
    whatever it is."""
    # the random state is copied by a fork: without a new one every page would draw the same numbers
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    try:
        call, args = unpack(order["call"], shared)
        answer = {"value": pack(call(*args))}
    except (Failed, UserError) as error:
        answer = {"failed": str(error)}
    except BaseException as error:
        if os.environ.get("LSCB_DEBUG"):
            traceback.print_exc()
        answer = {"failed": f"{type(error).__name__} in the worker ({order['what']})"}
    with open(mouth, "wb") as out:
        out.write(json.dumps(answer).encode())
    return 0


def end_with_parent(parent: int) -> None:
    """Asks Linux to end this process when its parent ends, even if that was killed and could not see to it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1 is PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it had ended before it was asked
        os._exit(1)


def main() -> None:
    orders, answers = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # stray prints of compiled code must not look like answers
    os.set_inheritable(orders, False)
    os.set_inheritable(answers, False)
    gc.set_threshold(100_000)  # looking for garbage took a tenth of the imports, and as much of every page
    from . import preload

    preload.load()
    import ctypes  # noqa: F401  (its first import would otherwise fall to every worker)

    gc.collect()
    gc.freeze()  # collected objects stay where they are, so that workers share the pages of memory
    nursery = Nursery(int(sys.argv[1]), answers)

    def leave(*_) -> None:
        nursery.stop()
        os._exit(143)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the run, which closes the orders
    nursery.serve(orders)


if __name__ == "__main__":
    main()
