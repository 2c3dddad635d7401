"""Kills of what follows a run, at random moments: `python -m kill_commands [count] [seed]`. Linux only.

A copy of a finished toy quarter is circulated, purged or checked; the command is killed, and given again. Then the
record is whole and holds the pack once, a purge has left nothing, a check's files are those of one that nobody killed.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kill_workers
import toy_quarter as toy

CODE = """
import sys; sys.path.insert(0, {tests!r})
from pathlib import Path
from board_packs.quarter import request
from board_packs.publish import purge
data = Path({data!r})
request.circulated = lambda sample: data / "circulated"
import board_packs.publish.circulation as circulation
circulation.circulated = request.circulated
purge.NOTEBOOKS = data / "notebooks"
print("begun", flush=True)
if {what!r} == "circulate":
    print(circulation.circulate("public", "A", *circulation.asked("2017-18-Q4", "E06000045", True, Path({out!r}))))
elif {what!r} == "purge":
    print(purge.purge(*request.of_kept_runs("2017-18-Q4", "E06000045", {out!r})))
else:
    from returncheck.check_command import command
    sys.exit(command([], "2017-18-Q4", "E06000045", True, None, Path({out!r}) / "checks", ""))
"""


def start(what: str, out: Path, data: Path) -> subprocess.Popen:
    code = CODE.format(tests=str(Path(__file__).parent), out=str(out), data=str(data), what=what)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def content(folder: Path) -> dict[str, str]:
    """Every file but locks and hidden ones, by its hash."""
    paths = (p for p in folder.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.parts[-3:]))
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def wrong_after(what: str, out: Path, data: Path, good: dict[str, str]) -> list[str]:
    """What is not as it should be once the command was given again."""
    if what == "circulate":
        from cellguard import history

        entries = history.load(data / "circulated", toy.AREA)
        wrong = [f"{len(entries)} entries of one pack"] if len(entries) != 1 else []
        return wrong + history.verify(data / "circulated", toy.AREA)
    if what == "check":
        return [] if content(out / "checks") == good else ["other reports than of a check that nobody killed"]
    area = out / "sample" / "2017-18-Q4" / toy.AREA
    left = {p.name for p in area.iterdir() if not p.name.startswith(".")}
    restricted = left & {"working", "executed", "check", "ledger.csv"} | {p.name for p in area.glob("packs/panel")}
    case = any(b"HR-2017" in p.read_bytes() for p in out.rglob("*") if p.is_file())
    return [f"{sorted(restricted)} is left"] * bool(restricted) + ["a case is left"] * case


def once(what: str, base: Path, took: float, good: dict[str, str], random_: random.Random) -> tuple[str, list[str]]:
    """One kill: (when, what was wrong after it)."""
    with tempfile.TemporaryDirectory(dir=base) as name:
        out, data = Path(name) / "out", Path(name) / "data"
        shutil.copytree(base / "clean", out)
        (data / "notebooks").mkdir(parents=True)
        process, after = start(what, out, data), random_.uniform(0, took)
        process.stdout.readline()
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        again = start(what, out, data)
        _, text = again.communicate(timeout=300)
        done = any(phrase in text.decode() for phrase in ("recorded already", "Nothing of 2017-18-Q4 is kept"))
        wrong = [text.decode()[-200:]] if again.returncode and not done and what != "check" else []
        return f"{after:.2f} s", wrong + wrong_after(what, out, data, good)


def main(count: int, seed: int) -> int:
    """Prints a line for each kill; returns how many left something wrong."""
    random_, broken = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        process = kill_workers.run("toy", base / "clean", toy.write(base / "notebooks"))
        _, text = process.communicate()
        assert process.returncode == 0, text.decode()
        took, good = {}, {}
        for what in ("circulate", "purge", "check"):
            out, data = base / f"good-{what}", base / f"data-{what}"
            shutil.copytree(base / "clean", out)
            (data / "notebooks").mkdir(parents=True)
            process = start(what, out, data)
            process.stdout.readline()
            begun = time.monotonic()
            process.communicate()
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
