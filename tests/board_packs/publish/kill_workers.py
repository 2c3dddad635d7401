"""Kills by SIGKILL at random moments: `python -m kill_workers [count] [seed]`. Linux only.

Most runs are of the toy quarter, forked from a warm process; one in twelve is started cold, and one in fifty is of a
page of the invented quarter. A worker, the nursery or the run itself is killed at a random moment (sometimes again and
again). After each:
what the manifest or standard error says of every page is so, no pack is half written, the exit code is right, nothing
goes on running; then the next run must release everything, with the same bytes as a run that nobody killed, but for
the time of making.
"""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import warm_runs

TESTS = Path(__file__).parent
COLD = """
import sys; sys.path.insert(0, {tests!r})
from pathlib import Path
import warm_runs
sys.exit(warm_runs.toy_run(Path({out!r}), Path({notebooks!r}), {force}))
"""
PERIOD, AREA = "2017-18-Q4", "E06000045"
MADE = re.compile(r'<p class="run">[^<]*</p>')


def children(pid: int) -> list[int]:
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def command(kind: str, out: Path, notebooks: Path, force: bool) -> list[str]:
    if kind != "real":
        code = COLD.format(tests=str(TESTS), out=str(out), notebooks=str(notebooks), force=force)
        return [sys.executable, "-c", code]
    code = "from board_packs.cli import main; main()"
    return [sys.executable, "-c", code, *"run --sample --only 40".split(), "--out", str(out), *["--force"] * force]


def run(kind: str, out: Path, notebooks: Path, force: bool = False) -> subprocess.Popen | warm_runs.Process:
    if kind == "toy":
        return warm_runs.Process(lambda: warm_runs.toy_run(out, notebooks, force))
    return subprocess.Popen(command(kind, out, notebooks, force), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def pages(folder: Path) -> dict[str, str]:
    """The content of every page of every pack, without the time of making."""
    found = {}
    for path in sorted((folder / "packs").glob("[!.]*/*.html")):
        text = MADE.sub("", path.read_text(encoding="utf-8"))
        found[str(path.relative_to(folder))] = hashlib.sha256(text.encode()).hexdigest()
    return found


def half(folder: Path) -> list[str]:
    """What of the packs is not whole: a ZIP that does not open, or does not hold just what lies beside it."""
    wrong = []
    for pack in sorted((folder / "packs").glob("[!.]*")):
        beside = {str(p.relative_to(pack)): p.read_bytes() for p in pack.rglob("*") if p.is_file()}
        zipped = beside.pop(f"{pack.name}.zip", None)
        beside.pop(f"{pack.name}.html", None)  # the pack as one file to mail
        try:
            with zipfile.ZipFile(pack / f"{pack.name}.zip") as file:
                held = {name.partition("/")[2]: file.read(name) for name in file.namelist()}
        except (OSError, zipfile.BadZipFile) as error:
            wrong.append(f"{pack.name}: {type(error).__name__}")
            continue
        if zipped is None or held != beside or "index.html" not in held:
            wrong.append(f"{pack.name}: not what its ZIP holds")
    return wrong


def told(folder: Path, expected: dict[str, str], said: str, code: int) -> list[str]:
    """Where the manifest of a finished run does not agree with its packs, standard error or exit code."""
    manifest = json.loads((folder / "manifest.json").read_text())
    wrong = [f"{name} is not as the manifest says" for name, sha in manifest["files"].items()
             if hashlib.sha256((folder / name).read_bytes()).hexdigest() != sha]  # fmt: skip
    there = {str(p.relative_to(folder)) for p in (folder / "packs").glob("[!.]*/**/*") if p.is_file()}
    listed = {name for name in manifest["files"] if name.startswith("packs/")}
    released = {n for n, pack in manifest["packs"].items() if pack["status"] == "released"}
    wrong += [f"{name} is in packs/ and not in the manifest" for name in sorted(there - listed)]
    wrong += [f"{name} is of a pack that was not released" for name in listed if name.split("/")[1] not in released]
    failed = [page for page in manifest["pages"] if page["status"] != "released"]
    for page in failed:
        name = f"{Path(page['notebook']).stem} ({page['audience']})"
        if not any(name in line for line in said.splitlines()):
            wrong.append(f"{name} was not released and standard error does not name it")
    lost = set(expected) - there
    if lost and not failed and released == set(manifest["packs"]):
        wrong.append(f"{sorted(lost)[0]} is missing and nothing says so")
    if code != (1 if manifest["problems"] else 0):
        wrong.append(f"exit code {code} with {len(manifest['problems'])} problems")
    return wrong


def strike(process: subprocess.Popen, whom: str, after: float, random_) -> str:
    """Kills once the moment has come; returns what was killed."""
    begun = time.monotonic()
    while time.monotonic() - begun < after and process.poll() is None:
        time.sleep(0.01)
    nurseries = [pid for pid in children(process.pid)]
    workers = [pid for nursery in nurseries for pid in children(nursery)]
    while whom == "worker" and not workers and process.poll() is None:  # the nursery may still be importing
        time.sleep(0.005)
        workers = [pid for nursery in children(process.pid) for pid in children(nursery)]
    victims = {"run": [process.pid], "nursery": nurseries, "worker": workers}[whom]
    if process.poll() is not None or not victims:
        return "nobody"
    os.kill(random_.choice(victims), signal.SIGKILL)
    return whom


def once(kind: str, base: Path, notebooks: Path, good: dict, seconds: float, random_) -> tuple[str, list[str]]:
    """One kill on a copy of nothing or of a finished quarter: (what was killed, what was wrong after it)."""
    fresh = random_.random() < 0.5
    with tempfile.TemporaryDirectory(dir=base) as name:
        out = Path(name) / "out"
        if not fresh:
            shutil.copytree(base / kind, out)
        process = run(kind, out, notebooks, force=not fresh)
        whom = random_.choice(["worker", "nursery", "run"])
        started: set[int] = set()
        times = random_.choice([1, 1, 1, 2, 6]) if whom != "run" else 1
        struck = []
        for _ in range(times):
            struck.append(strike(process, whom, random_.uniform(0, 0.8 * seconds / times), random_))
            started |= set(warm_runs.family(process.pid)[1:])
        times = len(struck) - struck.count("nobody")
        killed = whom if times else "nobody"
        wrong = []
        try:
            _, said = warm_runs.finish(process)
        except subprocess.TimeoutExpired:
            return killed, ["it hung"]
        folder = out / "sample" / PERIOD / AREA
        deadline = time.monotonic() + 180  # on a busy machine a nursery ends late: when it has imported all
        while any(map(alive, started)) and time.monotonic() < deadline:
            time.sleep(0.05)
        wrong += [f"process {pid} goes on" for pid in started if alive(pid)]
        wrong += half(folder)
        code, said = process.returncode, said.decode()
        if "Traceback" in said:
            wrong.append("a traceback")
        if (folder / "manifest.json").is_file():
            if killed != "run":
                wrong += told(folder, good, said, code)
        elif code == 0 or (killed != "run" and code != 1):
            wrong.append(f"exit code {code} without a manifest: {said[-200:]}")
        again = run(kind, out, notebooks)
        _, said = warm_runs.finish(again)
        if again.returncode:
            wrong.append(f"the next run did not heal: {said.decode()[-200:]}")
        elif (now := pages(folder)) != good:
            wrong.append(f"other pages after healing: {[n for n in good if now.get(n) != good[n]][:3]}")
        left = [p for p in folder.rglob(".*") if p.name not in (".lock", ".keys.json", ".seal.json")]
        wrong += [f"{path.relative_to(folder)} was left" for path in left]
        code = f"{times}x" if times > 1 else ""
        return f"{code}{killed}{'' if fresh else ' (over a finished run)'}", wrong


def main(count: int, seed: int) -> int:
    """Prints one line for each kill and the sum; the number of broken ones."""
    sys.path.insert(0, str(TESTS))
    import toy_quarter as toy

    warm_runs.ready()
    random_ = random.Random(seed)
    broken, tally = 0, {}
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        notebooks = toy.write(base / "notebooks")
        good, took = {}, {}
        number = 0
        while number < count:
            kind = "real" if number % 50 == 49 else "cold" if number % 12 == 11 else "toy"
            if kind not in good:
                begun = time.monotonic()
                process = run(kind, base / kind, notebooks)
                _, said = warm_runs.finish(process)
                assert process.returncode == 0, said.decode()
                good[kind], took[kind] = pages(base / kind / "sample" / PERIOD / AREA), time.monotonic() - begun
                if kind == "cold":
                    assert good["cold"] == good["toy"], "a warm run makes other pages than a cold one"
            killed, wrong = once(kind, base, notebooks, good[kind], took[kind], random_)
            if killed.startswith("nobody") and not wrong:  # it had ended before the moment came
                continue
            number += 1
            what = killed.split(" ")[0].split("x")[-1]
            tally[what] = tally.get(what, 0) + 1
            broken += bool(wrong)
            print(f"{number} {kind}: {killed} killed: {'; '.join(wrong) or 'whole, and healed'}", flush=True)
    print(f"{count} kills ({', '.join(f'{n} {what}' for what, n in sorted(tally.items()))}), {broken} broken")
    return broken


if __name__ == "__main__":
    given = [int(value) for value in sys.argv[1:]]
    sys.exit(1 if main(*(given + [50, 8][len(given) :])) else 0)
