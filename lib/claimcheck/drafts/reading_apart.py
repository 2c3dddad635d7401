"""A draft opened in a process of its own, which may take so much memory and time and no more."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from lscb.errors import UserError

from .document import Document
from .opening import SECONDS, open_draft

MEMORY = 3_000_000_000  # bytes of address space


def open_apart(path: str | Path, seconds: float = SECONDS, memory: int = MEMORY) -> Document:
    """As `open_draft`. Raises UserError, too, for a draft that needs more memory or time than it is given."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    reader = context.Process(target=_read, args=(theirs, str(path), seconds, memory), daemon=True)
    reader.start()
    theirs.close()
    try:
        if not ours.poll(2 * seconds + 30):
            raise UserError(f"{Path(path).name} took too long to open: split it and try again.")
        outcome = ours.recv()
    except EOFError:
        name = Path(path).name
        raise UserError(
            f"{name} needs more memory than a draft may take: take its pictures out and try again."
        ) from None
    finally:
        reader.kill()
        reader.join()
    if isinstance(outcome, str):
        raise UserError(outcome)
    return outcome


def _read(pipe: Connection, path: str, seconds: float, memory: int) -> None:
    """In the child: the document, or the line that says why not."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):  # a system without such limits
        pass
    try:
        pipe.send(open_draft(path, seconds))
    except UserError as error:
        pipe.send(str(error))
    except (MemoryError, ImportError, OSError):  # a library that cannot be loaded for want of memory is an ImportError
        pass  # nothing is sent: the parent says so
