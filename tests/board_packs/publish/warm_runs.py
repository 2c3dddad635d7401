"""Processes forked from a warm one, for the harness of faults: what costs most of a toy quarter is importing. Linux.

A run, its nursery and its workers are processes of their own as ever, and are killed and end as ever; only their
imports are done before. A nursery that a run starts while it has threads is started cold: forking would not be safe.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
import traceback
import types
from collections.abc import Callable
from pathlib import Path

from board_packs.publish.workers import preload


def ready() -> None:
    """Imports once what every run, command and worker would."""
    preload.load()
    import pytest  # noqa: F401  (what the toy quarter is put in place with)

    import returncheck.check_command  # noqa: F401
    from board_packs.publish.workers import forked

    preload.load = lambda: None
    forked.subprocess = types.SimpleNamespace(Popen=nursery, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL)


def nursery(command: list[str], **asked) -> Process | subprocess.Popen:
    """In the place of `subprocess.Popen`, where a run starts what starts its workers."""
    from board_packs.publish.workers import nursery as room

    if len([*Path("/proc/self/task").iterdir()]) > 1:
        return subprocess.Popen(command, **asked)

    def serve() -> None:
        sys.argv = command[2:]
        room.main()

    return Process(serve)


class Process:
    """Of `subprocess.Popen` what the harness and a run need, for a call in a forked process."""

    def __init__(self, call: Callable[[], int | None]):
        (its_in, into), (out, its_out), (errors, its_errors) = (os.pipe() for _ in range(3))
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _become(call, its_in, its_out, its_errors)
        for end in (its_in, its_out, its_errors):
            os.close(end)
        self.stdin = os.fdopen(into, "wb")
        self.stdout, self.stderr = os.fdopen(out, "rb", buffering=0), os.fdopen(errors, "rb", buffering=0)
        self._texts = {self.stdout: b"", self.stderr: b""}
        self._open = [self.stdout, self.stderr]

    def _wait(self, how: int) -> int | None:
        if self.returncode is None and (ended := os.waitpid(self.pid, how))[0]:
            self.returncode = os.waitstatus_to_exitcode(ended[1])
        return self.returncode

    def poll(self) -> int | None:
        return self._wait(os.WNOHANG)

    def wait(self) -> int | None:
        return self._wait(0)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float) -> tuple[bytes, bytes]:
        """What it wrote, once it and all that hold its outputs have ended. Raises TimeoutExpired; ask again then."""
        limit = time.monotonic() + timeout
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()
        while self._open:
            readable = select.select(self._open, [], [], max(0.0, limit - time.monotonic()))[0]
            if not readable:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            for source in readable:
                text = source.read(1 << 16)
                self._texts[source] += text or b""
                if not text:
                    self._open.remove(source)
        self.wait()
        return self._texts[self.stdout], self._texts[self.stderr]


def family(pid: int) -> list[int]:
    """A process and all that it started, and these."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in family(int(child)))]


def _spent(pid: int) -> int:
    """Ticks of processor time of a process and of those that it has waited for."""
    try:
        return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    except OSError:
        return 0


def finish(process: Process | subprocess.Popen, idle: float = 120) -> tuple[bytes, bytes]:
    """What a process wrote, once it has ended, however long that takes on a busy machine. Raises TimeoutExpired, and
    kills it, where it and all it started have used no processor time for `idle` seconds: it hangs."""
    before, since = -1, time.monotonic()
    while True:
        try:
            return process.communicate(timeout=2)
        except subprocess.TimeoutExpired:
            now = sum(map(_spent, family(process.pid)))
            if now != before:
                before, since = now, time.monotonic()
            elif time.monotonic() - since > idle:
                process.kill()
                raise


def _become(call: Callable[[], int | None], *ends: int) -> None:
    """The forked process: its three streams, nothing else that was open, the call, the end."""
    code = 1
    try:
        for place, end in enumerate(ends):
            os.dup2(end, place)
        os.closerange(3, 1024)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, mode, closefd=False) for n, mode in enumerate("rww"))
        code = call() or 0
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:  # noqa: BLE001  (whatever it is, this process ends here)
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def toy_run(out: Path, notebooks: Path, force: bool) -> int:
    """A run of the toy quarter, as of the command: problems on standard error, 1 where there are any."""
    import pytest
    import toy_quarter as toy

    from board_packs.publish import quarter_run

    with pytest.MonkeyPatch.context() as patch:
        toy.use(patch)
        (outcome,) = quarter_run.run(toy.ask(out, notebooks, force=force))
    print(*outcome.problems, sep="\n", end="", file=sys.stderr)
    return 1 if outcome.problems else 0
