"""`make faults`: kills, damaged files, a full or read-only folder; afterwards the next run must have healed it.

    python -m faults [KILLS] [DAMAGES] [SEED]      200, 20 and 8 by default; Linux

Kills are those of kill_workers, at random moments of runs of the toy quarter and of the invented one, and half as
many of each of circulate, purge and check (kill_commands). Damages are of
any file that a finished run of the toy quarter keeps, as many of its caches alone, and of parsed copies of official
files: cut short, bytes changed, emptied, taken away, or another put in its place. `lscb verify` must name it; then the next run must release everything, with the same bytes in every table
and page as a clean run but for its mark, and leave the record of what was circulated as it was.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kill_commands
import kill_workers
import pandas as pd
import toy_quarter as toy
import warm_runs

from board_packs.publish.verify import of_area

KEPT = ("working/*.csv", "working/solved/*", "protected/*/*.csv", "executed/*/*", "packs/*/*", "behind/*/*.csv", "*.json",
        "ledger.csv", "protected/.keys.json")  # fmt: skip
CACHES = ("working/solved/*", "working/.keys.json", "protected/.keys.json", "../../../hashes.json")


def damage(path: Path, random_: random.Random) -> str:
    """Damages a file in one of five ways; says which."""
    content = path.read_bytes()
    how = random_.choice(["cut", "changed", "emptied", "gone", "another"])
    if how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "changed":
        at = random_.randrange(max(1, len(content)))
        path.write_bytes(content[:at] + bytes([(content[at : at + 1] or b"\0")[0] ^ 1]) + content[at + 1 :])
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"of another")
    return how


def healed(
    base: Path, notebooks: Path, good: dict[str, str], random_: random.Random, kept: tuple[str, ...] = KEPT
) -> tuple[str, list[str]]:
    """One damage to a copy of a finished run: (what was done, what was wrong after it)."""
    with tempfile.TemporaryDirectory(dir=base) as name:
        out = Path(name) / "out"
        shutil.copytree(base / "clean", out)
        folder = out / "sample" / kill_workers.PERIOD / kill_workers.AREA
        path = random_.choice(sorted(p for pattern in kept for p in folder.glob(pattern) if p.is_file()))
        what = f"{path.parent.name}/{path.name} {damage(path, random_)}"
        listed = path.name not in (".keys.json", "hashes.json") and "solved" not in path.parts
        wrong = [] if of_area(folder) or not listed else ["lscb verify did not name it"]
        process = kill_workers.run("toy", out, notebooks)
        _, text = warm_runs.finish(process)
        if process.returncode:
            wrong.append(f"the next run did not heal: {text.decode()[-200:]}")
        elif kill_workers.pages(folder) != good:
            wrong.append("other pages after healing")
        if not process.returncode and (left := of_area(folder)):
            wrong.append(left[0])
        return what, wrong


def copies_healed(base: Path, count: int, random_: random.Random) -> list[str]:
    """Damages to the parsed copy of an official file, or to its mark: what is read is as it was all the same."""
    from openstats import parsed_copies

    folder, wrong = base / "copies", []
    folder.mkdir()
    parsed_copies.cache_folder = lambda: folder
    read = lambda path: pd.DataFrame({"area": ["E06000045", "E06000044"], "count": [3.0, float(len(path.name))]})  # noqa: E731
    good = read(base / "official.csv")
    for number in range(count + 1):
        got = parsed_copies.parsed(base / "official.csv", "lookup", "a" * 64, read)
        wrong += [] if got.equals(good) else [f"other figures after damage {number}"]
        damage(random_.choice(sorted(folder.glob("[!.]*"))), random_)
    return wrong


def read_only(base: Path, notebooks: Path) -> list[str]:
    """A folder that cannot be written is one line, and no traceback."""
    (base / "file").write_text("")
    process = subprocess.run(
        kill_workers.command("real", base / "file" / "out", notebooks, False),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = process.stderr.strip().splitlines()
    return [] if process.returncode == 2 and len(lines) == 1 else [f"rc {process.returncode}: {process.stderr[-200:]}"]


def full_disk(base: Path, notebooks: Path, good: dict[str, str]) -> list[str]:
    """Where no file may grow beyond some kB, a run says so in lines; the next one heals."""
    import resource

    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # noqa: E731
    out = base / "full" / "out"
    command = kill_workers.command("cold", out, notebooks, False)
    process = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    wrong = [] if process.returncode else ["a run without room for its files ended well"]
    return wrong + after(out, notebooks, good)


def earlier_clock(base: Path, notebooks: Path, good: dict[str, str]) -> list[str]:
    """Every file of the last run is dated a year from now, as after a clock was set back."""
    out = base / "clock" / "out"
    shutil.copytree(base / "clean", out)
    later = time.time() + 365 * 86400
    for path in out.rglob("*"):
        os.utime(path, (later, later))
    return after(out, notebooks, good)


def two_at_once(base: Path, notebooks: Path, good: dict[str, str]) -> list[str]:
    """Of two runs into one folder one ends well, and the other too or in one line; nothing is mixed."""
    out = base / "two" / "out"
    runs = [kill_workers.run("toy", out, notebooks) for _ in range(2)]
    texts = [warm_runs.finish(process)[1].decode() for process in runs]
    ended = [process.returncode for process in runs]
    told = all("Another run is writing" in text for text, code in zip(texts, ended, strict=True) if code)
    return ([] if 0 in ended and told else [f"rc {ended}"]) + after(out, notebooks, good)


def after(out: Path, notebooks: Path, good: dict[str, str]) -> list[str]:
    """What the next run does not heal."""
    process = kill_workers.run("toy", out, notebooks)
    _, text = warm_runs.finish(process)
    if process.returncode:
        return [f"the next run did not heal: {text.decode()[-200:]}"]
    folder = out / "sample" / kill_workers.PERIOD / kill_workers.AREA
    return of_area(folder) + (["other pages after healing"] if kill_workers.pages(folder) != good else [])


def main(kills: int, damages: int, seed: int) -> int:
    """Prints a line for each fault; returns how many were not healed."""
    warm_runs.ready()
    random_, broken = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        notebooks = toy.write(base / "notebooks")
        process = kill_workers.run("toy", base / "clean", notebooks)
        _, text = warm_runs.finish(process)
        assert process.returncode == 0, text.decode()
        good = kill_workers.pages(base / "clean" / "sample" / kill_workers.PERIOD / kill_workers.AREA)
        for number in range(1, damages + 1):
            what, wrong = healed(base, notebooks, good, random_)
            broken += bool(wrong)
            print(f"damage {number}: {what}: {'; '.join(wrong) or 'named, and healed'}", flush=True)
        for number in range(1, damages + 1):
            what, wrong = healed(base, notebooks, good, random_, CACHES)
            broken += bool(wrong)
            print(f"cache {number}: {what}: {'; '.join(wrong) or 'healed'}", flush=True)
        wrong = copies_healed(base, damages, random_)
        broken += len(wrong)
        print(f"{damages} damages of parsed copies: {'; '.join(wrong) or 'read again'}", flush=True)
        if wrong := read_only(base, notebooks):
            broken += 1
        print(f"a folder that cannot be written: {'; '.join(wrong) or 'one line'}", flush=True)
        for fault in (full_disk, earlier_clock, two_at_once):
            wrong = fault(base, notebooks, good)
            broken += bool(wrong)
            print(f"{fault.__name__.replace('_', ' ')}: {'; '.join(wrong) or 'said, and healed'}", flush=True)
    print(f"{3 * damages} damages, {broken} not healed", flush=True)
    return broken + (kill_workers.main(kills, seed) + kill_commands.main(3 * kills // 2, seed) if kills else 0)


if __name__ == "__main__":
    typed = [int(value) for value in sys.argv[1:]]
    sys.exit(1 if main(*(typed + [200, 20, 8][len(typed) :])) else 0)
