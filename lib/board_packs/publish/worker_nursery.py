"""A clean process that has imported what pages need, and nothing else, and forks one worker for each job.

It is started beside the run (`python -m board_packs.publish.worker_nursery JOBS`), imports while the run computes tables, takes jobs as
lines of JSON on standard input and answers each with a line. It is single-threaded, so forking is safe whatever
threads the run itself has, and ends with the run, workers and all. A worker that is killed is tried once more.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import traceback

TRIES = 2


def handle(kind: str, job: dict) -> dict:
    """Does one job. Everything it makes goes to files in one step; the answer says what was made."""
    from . import page_jobs as work

    return getattr(work, kind)(**job)


def end_with_parent(parent: int) -> None:
    """Asks Linux to end this process when its parent ends, even if that was killed and could not see to it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1 is PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it had ended before it was asked
        os._exit(1)


class Nursery:
    """Waiting jobs, living workers, and the pipe each answers on."""

    def __init__(self, slots: int, answers: int):
        self.slots, self.answers = slots, answers
        self.waiting: list[dict] = []
        self.living: dict[int, tuple[int, dict, bytearray]] = {}  # pipe: (pid, order, what it said so far)
        self.held = b""

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
        said = os.read(orders, 1 << 20)
        *lines, self.held = (self.held + said).split(b"\n")
        for order in map(json.loads, lines):
            at = next((n for n, w in enumerate(self.waiting) if w["first"] > order["first"]), len(self.waiting))
            self.waiting.insert(at, order)
        return bool(said)

    def start(self, order: dict) -> None:
        heard, said = os.pipe()
        nursery, pid = os.getpid(), os.fork()
        if pid == 0:
            code = 1
            try:
                os.close(heard)
                os.setpgid(0, 0)
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                end_with_parent(nursery)
                code = self.worker(order, said)
            finally:
                os._exit(code)
        os.close(said)
        self.living[heard] = (pid, order, bytearray())

    def worker(self, order: dict, said: int) -> int:
        # the random state is copied by a fork: without a new one every page would draw the same numbers
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        try:
            answer = handle(order["kind"], order["job"])
        except BaseException as error:  # the run must hear of it, whatever it is
            if os.environ.get("LSCB_DEBUG"):
                traceback.print_exc()
            answer = {"failed": f"{type(error).__name__} in the worker ({order['kind']})"}
        with open(said, "wb") as out:
            out.write(json.dumps(answer, default=str).encode())
        return 0

    def hear(self, source: int) -> None:
        pid, order, so_far = self.living[source]
        said = os.read(source, 1 << 20)
        if said:
            so_far += said
            return
        os.close(source)
        del self.living[source]
        _, status = os.waitpid(pid, 0)
        signalled, code = os.WIFSIGNALED(status), os.waitstatus_to_exitcode(status)
        try:
            answer = json.loads(bytes(so_far)) if code == 0 else None
        except ValueError:
            answer = None
        if answer is None and signalled and order["tries"] < TRIES:
            self.waiting.insert(0, order | {"tries": order["tries"] + 1})
            return
        if answer is None:
            why = f"was killed (signal {-code}), twice" if signalled else "stopped: a cell did not end at its limit"
            answer = {"failed": f"its worker {why}"}
        line = json.dumps({"number": order["number"], "answer": answer}).encode() + b"\n"
        while line:
            line = line[os.write(self.answers, line) :]

    def stop(self) -> None:
        for pid, _, _ in self.living.values():
            for kill in (os.killpg, os.kill):
                try:
                    kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass


def main() -> None:
    orders, answers = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # stray prints of compiled code must not look like answers
    os.set_inheritable(orders, False)
    os.set_inheritable(answers, False)
    from . import preload as warm

    warm.load()
    import ctypes  # noqa: F401  (its first import would otherwise fall to every worker)

    gc.collect()
    gc.freeze()  # collected objects stay where they are, so that workers share the pages of memory
    nursery = Nursery(int(sys.argv[1]), answers)
    signal.signal(signal.SIGTERM, lambda *_: (nursery.stop(), os._exit(143)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the run, which closes the orders
    nursery.serve(orders)


if __name__ == "__main__":
    main()
