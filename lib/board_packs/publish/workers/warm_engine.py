"""The warm engine: papermill runs a notebook's cells in a shell of this very process.

papermill keeps its part (parameters, tags, metadata, timings, error handling); only the kernel is not started. The
shell is ipykernel's own, with its messages caught instead of sent, and nbclient's own code turns them into outputs,
so a page comes out as plain papermill makes it.
"""

from __future__ import annotations

import faulthandler
import io
import os
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime

from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from jupyter_client.session import Session
from nbclient.exceptions import CellTimeoutError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from ...pages import page_guard
from . import SPENT

GRACE = 5  # seconds a cell has to end by itself after its limit; then the process is ended from outside Python

LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": sys.version.split()[0],
}


class Caught(Session):
    """A kernel's session that hands every message to `take` instead of a socket."""

    take = None

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, **_):
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        if self.take is not None:
            self.take(message)
        return message


class Stream(io.TextIOBase):
    """Standard output or error of a cell: what is written between two displays is one output."""

    encoding = "UTF-8"

    def __init__(self, name: str, session: Caught, below=None):
        self.label, self.session, self.below = name, session, below
        self.parts: list[str] = []

    def write(self, text: str) -> int:
        self.parts.append(text)
        return len(text)

    def flush(self) -> None:
        if self.below is not None:
            self.below.seek(0)
            if text := self.below.read().decode("utf-8", "replace"):
                self.parts.append(text)
                self.below.seek(0)
                self.below.truncate()
        if self.parts:
            text, self.parts = "".join(self.parts), []
            self.session.send(None, "stream", {"name": self.label, "text": text})

    def writable(self) -> bool:
        return True


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """ipykernel's shell, under its own name since libraries ask for it; there is no event loop to hand a window to."""

    def enable_gui(self, gui=None):
        pass


def new_shell() -> ZMQInteractiveShell:
    """A shell as a fresh kernel has it, without a history file (and so without its thread: the process may fork)."""
    from IPython.core.history import HistoryManager

    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    HistoryManager.enabled = False  # type: ignore[assignment]  # a trait of its class, set for all of them
    environment = dict(os.environ)
    shell = ZMQInteractiveShell.instance(compiler_class=XCachingCompiler)
    for name in set(os.environ) - set(environment):  # colours meant for a terminal of the kernel's own
        del os.environ[name]
    session = Caught()
    for part in (shell.displayhook, shell.display_pub):
        part.session, part.pub_socket = session, None
    return shell


class WarmEngine(Engine):
    """Runs the cells of a notebook in this process. One notebook a process: fork first."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, execution_timeout=None, **_):
        shell = ZMQInteractiveShell.instance() if ZMQInteractiveShell.initialized() else new_shell()
        shell.init_sys_modules()  # the notebook is __main__, as in a kernel
        page_guard.start()  # in a kernel the page's first import starts it
        client = PapermillNotebookClient(nb_man)
        client.reset_execution_trackers()
        with _streams(shell.display_pub.session) as flush:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                try:
                    if cell.cell_type == "code" and cell.source.strip():
                        fine = _execute(shell, client, cell, index, execution_timeout, flush)
                        if not fine and "raises-exception" not in cell.metadata.get("tags", []):
                            nb_man.cell_exception(cell, cell_index=index)
                            break
                finally:
                    nb_man.cell_complete(cell, cell_index=index)
        nb_man.nb.metadata["language_info"] = dict(LANGUAGE)
        client.set_widgets_metadata()


def _execute(shell, client, cell, index, limit, flush) -> bool:
    """One cell: its outputs, its number, its times. False if it raised."""
    session = shell.display_pub.session
    session.take = lambda message: client.process_message(message, cell, index)
    client.clear_before_next_output = False
    cell.outputs = []
    cell.execution_count = shell.execution_count
    cell.metadata["execution"] = {}
    times = cell.metadata["execution"]  # a notebook keeps its own copy of what it is given
    times["iopub.status.busy"] = times["iopub.execute_input"] = _now()
    begun = time.process_time()
    with _limited(limit, cell):
        result = shell.run_cell(cell.source, store_history=True)
    SPENT.append(time.process_time() - begun)
    flush()
    session.take = None
    times["iopub.status.idle"] = times["shell.execute_reply"] = _now()
    return result.success and not shell._last_traceback_during_displayhook


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


@contextmanager
def _limited(seconds: float | None, cell):
    """Stops a cell at its limit: by an exception, and where it does not return to Python, by ending the process."""
    if not seconds or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number, frame):
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", int(seconds), cell)

    before = signal.signal(signal.SIGALRM, stop)
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=sys.__stderr__ or sys.stderr)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _streams(session):
    """Catches what cells write, also what compiled code writes past Python, as a kernel does."""
    was = sys.stdout, sys.stderr
    with tempfile.TemporaryFile() as below:
        out, err = Stream("stdout", session, below), Stream("stderr", session)
        sys.stdout, sys.stderr = out, err
        stdout = os.dup(1)
        os.dup2(below.fileno(), 1)
        try:
            yield lambda: (out.flush(), err.flush())
        finally:
            os.dup2(stdout, 1)
            os.close(stdout)
            sys.stdout, sys.stderr = was


def use() -> None:
    """From now on papermill runs notebooks of this process in this process."""
    papermill_engines.register(None, WarmEngine)
