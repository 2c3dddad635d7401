"""A workbook opened in a process of its own: whatever happens in it becomes a sentence about that file.

The native readers of workbooks may abort on a damaged file, or take all memory; no exception catches either. The child
sends its grids back through memory, so that a large sheet costs no more than it does in one process. Plain text is
read in the process itself, and so is short text: what reads it (Python and pyarrow) fails by exceptions only, in time
and memory that its bytes bound. Long text that is not plain has a process of its own too.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import select
import signal
import struct
import tempfile
import warnings
from math import ceil
from pathlib import Path
from typing import IO, Any

from .csv_files import Count, NeedsApart
from .file_limits import DAMAGED, MOST_MEMORY, SECONDS, WAIT, Unreadable
from .file_opening import open_file
from .grid import Opened

TOO_LONG = (
    "Reading the file took too long: it is damaged, or holds far more than its rows. Save the rows in a new file."
)
TOO_MUCH = "Reading the file took too much memory: it holds far more than its rows. Save the rows in a new workbook."
FAULT = "The file could not be understood. Open it, save its rows in a new workbook or as CSV, and send that."
NATIVE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def open_isolated(path: Path, headings: Count, data: bytes | None = None) -> Opened:
    """A file as grids, like `open_file`. Raises Unreadable, never anything else but an error of the disk."""
    with open(path, "rb") as file:
        start = file.read(8)
    native = start.startswith(NATIVE) or (data or b"")[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    try:
        if not hasattr(os, "fork"):
            return open_file(path, headings, data)
        if native:
            return _in_child(path, headings, data)
        try:
            return open_file(path, headings, data, apart=False)
        except NeedsApart:
            return _in_child(path, headings, data)
    except (Unreadable, OSError):
        raise
    except MemoryError:
        raise Unreadable(TOO_MUCH) from None
    except Exception:  # noqa: BLE001  (whatever a file holds, it stops no other)
        raise Unreadable(FAULT) from None


def _in_child(path: Path, headings: Count, data: bytes | None) -> Opened:
    seconds = SECONDS * (1 + path.stat().st_size / 20e6)
    with _shared() as answer:
        reader, writer = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of a fork beside threads: the child starts none
            child = os.fork()
        if child == 0:
            _child(answer, path, headings, data, seconds)
        os.close(writer)
        late = not select.select([reader], [], [], WAIT * seconds)[0]  # closed by the child's end, however it ends
        os.close(reader)
        if late:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if late or os.waitstatus_to_exitcode(status) == -signal.SIGXCPU:
            raise Unreadable(TOO_LONG)
        if os.waitstatus_to_exitcode(status) != 0:
            raise Unreadable(TOO_MUCH if os.waitstatus_to_exitcode(status) == -signal.SIGKILL else DAMAGED)
        kind, result = _received(answer)
    if kind == "opened":
        assert isinstance(result, Opened)
        return result
    raise Unreadable(str(result))


def _shared() -> IO[bytes]:
    """A file in memory (on disk, unlinked, where the system has no such thing) that both processes see."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("returncheck"), "w+b")
    return tempfile.TemporaryFile()


def _child(answer: IO[bytes], path: Path, headings: Count, data: bytes | None, seconds: float) -> None:
    """Opens the file within limits, writes the answer and ends; returns to nobody."""
    code = 1
    try:
        faulthandler.disable()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)  # a panic of native code prints its trace there
        _limit(seconds)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            _send(answer, "opened", open_file(path, headings, data))
        except Unreadable as error:
            _send(answer, "unreadable", str(error))
        except MemoryError:
            _send(answer, "unreadable", TOO_MUCH)
        except Exception:  # noqa: BLE001  (the same)
            _send(answer, "unreadable", FAULT)
        code = 0
    finally:
        os._exit(code)


def _limit(seconds: float) -> None:
    """Bounds what this process may take of memory and of the processor: a busy machine makes no file a bad one."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds), ceil(seconds) + 5))


def _send(answer: IO[bytes], kind: str, result: Any) -> None:
    """The pickle's length, the number and lengths of its large parts, then all of them."""
    parts: list[pickle.PickleBuffer] = []
    body = pickle.dumps((kind, result), protocol=5, buffer_callback=parts.append)
    raw = [part.raw() for part in parts]
    answer.write(struct.pack(f"<QQ{len(raw)}Q", len(body), len(raw), *map(len, raw)))
    for part in (memoryview(body), *raw):
        answer.write(part)
        answer.write(b"\0" * (-len(part) % 8))
    answer.flush()


def _received(answer: IO[bytes]) -> tuple[str, Any]:
    import mmap

    size = os.fstat(answer.fileno()).st_size
    if size < 16:
        raise Unreadable(DAMAGED)
    view = memoryview(mmap.mmap(answer.fileno(), size, access=mmap.ACCESS_COPY))
    body, count = struct.unpack_from("<QQ", view)
    lengths = struct.unpack_from(f"<{count}Q", view, 16)
    at, parts = 16 + 8 * count, []
    for length in (body, *lengths):
        parts.append(view[at : at + length])
        at += length + -length % 8
    kind, result = pickle.loads(parts[0], buffers=parts[1:])  # noqa: S301  (our own child wrote it)
    return kind, result
