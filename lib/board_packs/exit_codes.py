"""How the command ends: an exit code, and what went wrong as one line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from errno import EACCES, EEXIST, EISDIR, ENOSPC, ENOTDIR, EPERM, EROFS

from lscb.errors import Failed, UserError

ELSEWHERE = "choose another place, or ask for the right to write there"
TODO = {
    ENOSPC: "free some where the output lies, then give the command again", ENOTDIR: "a file stands where a folder should",
    EEXIST: "a file stands where a folder should", EISDIR: "a folder stands where a file should",
    EACCES: ELSEWHERE, EPERM: ELSEWHERE, EROFS: ELSEWHERE,
}  # fmt: skip


def one_line(message: object) -> str:
    """A message as one line that a terminal can print, whatever was typed or called so: control characters are spaces."""
    return "".join(c if c.isprintable() else " " for c in str(message))


def guarded(call: Callable[[], int | None]) -> int:
    """An exit code; what goes wrong is one line on standard error."""
    try:
        return call() or 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except UserError as error:
        print(one_line(error), file=sys.stderr)
        return 2
    except Failed as error:  # a line for each thing that failed
        print(*map(one_line, str(error).splitlines()), sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        todo = f": {TODO[error.errno]}." if error.errno in TODO else ""
        print(one_line(f"{error.strerror or error}{where}{todo}"), file=sys.stderr)
        return 2
