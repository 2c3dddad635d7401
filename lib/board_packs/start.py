"""Where the command `lscb` begins: a check of files needs none of the packs and starts without them.

`lscb check` is run often, file by file, while a partner waits: written out plainly it is read here, and costs little more
than pandas. Everything else (help, mistakes, other commands) is for `cli`, which says what the options are.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

from .exit_codes import guarded

VALUES = {
    "--period": "period",
    "--area": "area",
    "--returns": "returns",
    "--out": "out",
    "--covers-from": "covers_from",
}
PLAIN = {"period": re.compile(r"\d{4}-\d{2}-Q[1-4]"), "area": re.compile(r"[A-Z]\d{8}")}


def main() -> None:
    """Runs the command. Exits 2 with one line for a user's mistake, 1 for a fault of the project's own."""
    gc.set_threshold(100_000)  # a tenth of a short command went into looking for garbage while modules were loaded
    arguments = sys.argv[1:]
    short = "--help" in arguments or plain_check(arguments) is not None
    leave(guarded(lambda: run(arguments)), short)


def leave(code: int, short: bool) -> NoReturn:
    """Ends the process. A short command, which has no worker or file left open, does not wait for each module of pandas
    to be taken down: a seventh of its time."""
    with contextlib.suppress(OSError, ValueError):  # whoever read the output has gone: Python's own end says so
        sys.stdout.flush()
        sys.stderr.flush()
        if short:
            atexit._run_exitfuncs()  # what was to be put away at the end is
            os._exit(code)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The command for some arguments, as an exit code."""
    typed = plain_check(arguments)
    if typed is None:
        from .cli import main as every_command

        every_command()
        return 0
    from lscb.periods import Quarter
    from openstats import authorities
    from returncheck import check_command

    on = Quarter.parse(typed["period"]).last_day
    return check_command.command(**typed | {"area": authorities.find(typed["area"], on).code})


def plain_check(arguments: list[str]) -> dict[str, Any] | None:
    """What `lscb check` is asked for, where period and area are written out; None for whatever else is typed."""
    if arguments[:1] != ["check"]:
        return None
    typed: dict[str, Any] = {"files": []}
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        if not argument.startswith("-"):
            typed["files"].append(Path(argument))
        elif name not in VALUES or not (value if equals else (value := next(rest, ""))):
            return None
        else:
            typed[VALUES[name]] = Path(value) if name in ("--returns", "--out") else value
    plain = all(pattern.fullmatch(typed.get(name, "")) for name, pattern in PLAIN.items())
    return typed if plain and _plain_folder(str(typed.get("out") or os.environ.get("LSCB_OUT", ""))) else None


def _plain_folder(text: str) -> bool:
    """Whether a folder to write to, if one is typed, surely is there or can be made; all else is for typer to judge."""
    if not text.isprintable() or text.startswith("~") or len(text) > 250:
        return False
    return Path(text).is_dir() or (Path(text).parent.is_dir() and not os.path.lexists(text))
