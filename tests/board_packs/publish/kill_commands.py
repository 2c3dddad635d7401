"""Kills of what follows a run, at random moments: `python -m kill_commands [count] [seed]`. Linux only.

A copy of a finished toy quarter is circulated, purged or checked; the command is killed, and given again. Then the
record is whole and holds the pack once, a purge has left nothing, a check's files are those of one that nobody killed.
"""

import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import kill_workers
import toy_quarter as toy
import warm_runs

from lscb.errors import UserError


def act(what: str, out: Path, data: Path) -> int:
    """The command, with a record, notebooks and reports of its own."""
    from board_packs.publish import circulation, purge
    from board_packs.quarter import request
    from returncheck.check_command import command

    request.circulated = circulation.circulated = lambda sample: data / "circulated"
    purge.NOTEBOOKS = data / "notebooks"
    try:
        if what == "circulate":
            print(circulation.circulate("public", "A", *circulation.asked("2017-18-Q4", toy.AREA, True, out)))
        elif what == "purge":
            print(*purge.purge(*request.of_kept_runs("2017-18-Q4", toy.AREA, out)))
        else:
            return command([], "2017-18-Q4", toy.AREA, True, None, out / "checks", "")
    except UserError as error:
        print(error)
        return 2
    return 0


def start(what: str, out: Path, data: Path) -> warm_runs.Process:
    return warm_runs.Process(lambda: act(what, out, data))


def content(folder: Path) -> dict[str, str]:
    """Every file but locks and hidden ones, by its hash."""
    paths = (p for p in folder.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.parts[-3:]))
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def wrong_after(what: str, out: Path, data: Path, good: dict[str, str]) -> list[str]:
    """What is not as it should be once the command was given again."""
    from board_packs.publish import verify
    from cellguard import history

    folder = out / "sample" / "2017-18-Q4" / toy.AREA
    if what == "circulate":
        entries = history.load(data / "circulated", toy.AREA)
        wrong = [f"{len(entries)} entries of one pack"] if len(entries) != 1 else []
        return wrong + history.verify(data / "circulated", toy.AREA) + verify.of_area(folder)
    if what == "check":
        return [] if content(out / "checks") == good else ["other reports than of a check that nobody killed"]
    left = {p.name for p in folder.iterdir() if not p.name.startswith(".")}
    restricted = left & {"working", "executed", "check", "ledger.csv"} | {p.name for p in folder.glob("packs/panel")}
    case = any(b"HR-2017" in p.read_bytes() for p in out.rglob("*") if p.is_file())
    return [f"{sorted(restricted)} is left"] * bool(restricted) + ["a case is left"] * case + verify.of_area(folder)


def once(what: str, base: Path, took: float, good: dict[str, str], random_: random.Random) -> tuple[str, list[str]]:
    """One kill: (when, what was wrong after it)."""
    with tempfile.TemporaryDirectory(dir=base) as name:
        out, data = Path(name) / "out", Path(name) / "data"
        shutil.copytree(base / "clean", out)
        (data / "notebooks").mkdir(parents=True)
        process, after = start(what, out, data), random_.uniform(0, took)
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)
        warm_runs.finish(process)
        again = start(what, out, data)
        text = b" ".join(warm_runs.finish(again)).decode()
        done = any(phrase in text for phrase in ("recorded already", "Nothing of 2017-18-Q4 is kept"))
        wrong = [text[-200:]] if again.returncode and not done and what != "check" else []
        return f"{after:.2f} s", wrong + wrong_after(what, out, data, good)


def main(count: int, seed: int) -> int:
    """Prints a line for each kill; returns how many left something wrong."""
    warm_runs.ready()
    random_, broken = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        process = kill_workers.run("toy", base / "clean", toy.write(base / "notebooks"))
        _, text = warm_runs.finish(process)
        assert process.returncode == 0, text.decode()
        took, good = {}, {}
        for what in ("circulate", "purge", "check"):
            out, data = base / f"good-{what}", base / f"data-{what}"
            shutil.copytree(base / "clean", out)
            (data / "notebooks").mkdir(parents=True)
            process, begun = start(what, out, data), time.monotonic()
            warm_runs.finish(process)
            took[what], good[what] = time.monotonic() - begun, content(out / "checks") if what == "check" else {}
        for number in range(1, count + 1):
            what = ("circulate", "purge", "check")[number % 3]
            when, wrong = once(what, base, took[what], good[what], random_)
            broken += bool(wrong)
            print(f"{number} {what} killed after {when}: {'; '.join(wrong) or 'whole when given again'}", flush=True)
    print(f"{count} kills of circulate, purge and check, {broken} broken", flush=True)
    return broken


if __name__ == "__main__":
    typed = [int(value) for value in sys.argv[1:]]
    sys.exit(1 if main(*(typed + [30, 8][len(typed) :])) else 0)
