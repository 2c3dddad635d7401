"""`make bench`: what the run costs beside the plain command lines, measured in pairs, as ratios.

Machines differ and are shared, so nothing here is an absolute claim: each figure is the ratio of two things done one
after the other on this machine, three times, and the middle ratio counts (of busy, areas and history: once). Results
and the machine's description go to outputs/bench.json.

    python -m bench_quarter [PART ...]      parts: quarter, history, overhead, busy, areas, calculations; all by default
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from board_packs.quarter.pack_settings import guarded, notebooks, packs
from openstats.project_data import DATA, NOTEBOOKS, ROOT, read

PERIOD, AREA = "2017-18-Q4", "E06000045"
PAIRS = 3


def timed(*command, **env) -> float:
    """Seconds a command takes; its own output is not shown. Raises CalledProcessError where it fails."""
    begun = time.perf_counter()
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, env=os.environ | env, check=False)
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return time.perf_counter() - begun


def lscb(out: Path, *options) -> float:
    """Seconds of `lscb run` of the invented quarter."""
    code = "from board_packs.cli import main; main()"
    return timed(sys.executable, "-c", code, "run", "--period", PERIOD, "--sample", "--out", out, *options)


def plain(pages: list[tuple[Path, dict]], out: Path, exported: bool = True) -> float:
    """Seconds of the plain command lines: papermill, then nbconvert (where `exported`), one page after the other."""
    total = 0.0
    for number, (notebook, parameters) in enumerate(pages):
        given = [part for name, value in parameters.items() for part in ("-p", name, str(value))]
        target = out / f"{number}.ipynb"
        total += timed(sys.executable, "-m", "papermill", notebook, target, *given, "--no-progress-bar")
        if exported:
            total += timed(sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", target)
    return total


def pages(folder: Path) -> list[tuple[Path, dict]]:
    """Every page of the quarter with the parameters that the run gives it; its tables are those of a finished run."""
    known, protected = notebooks(), read(DATA / "disclosure.yml")["profiles"]
    wanted = sorted({(n, pack.audience) for pack in packs().values() for n in pack.notebooks})
    place = folder / PERIOD / AREA
    made = []
    for number, audience in wanted:
        inside = protected[audience].get("protect", True)
        tables = place / "protected" / audience if inside else place / "working"
        given = {"period": PERIOD, "area": AREA, "audience": audience, "tables": tables, "sample": True}
        made.append((known[number], given))
    return made


def quarter() -> dict:
    """The whole quarter against the plain command lines, run again unchanged, and after one return changed."""
    rows = []
    for _ in range(PAIRS):
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            first = lscb(out / "run")
            limit = cells(out / "run") / cores()
            again = lscb(out / "run")
            slow = plain(pages(out / "run"), out)
            changed = one_return_changed(out)
            rows.append({"plain": slow, "run": first, "again": again, "changed": changed, "limit": limit})
    return {
        "run / plain": middle(rows, "run", "plain"),
        f"the cells alone on {cores()} cores (the limit) / plain": middle(rows, "limit", "plain"),
        "share of the limit in the run": middle(rows, "limit", "run"),
        "run again / run": middle(rows, "again", "run"),
        "one return changed / run": middle(rows, "changed", "run"),
        "seconds": rows,
    }


def cells(out: Path, what: str = "computing") -> float:
    """Processor seconds of the cells of all pages of a finished run: what is left when nothing else costs anything.

    what : `seconds` for those from a page's order to its finished HTML
    """
    manifest = json.loads((out / PERIOD / AREA / "manifest.json").read_text(encoding="utf-8"))
    return sum(page[what] for page in manifest["pages"])


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def one_return_changed(out: Path) -> float:
    """A run of the invented quarter's files as a person's own, then again with one return's last row left out."""
    returns = out / "returns"
    shutil.copytree(DATA / "sample" / PERIOD, returns, ignore=shutil.ignore_patterns("README.md"))
    code = "from board_packs.cli import main; main()"
    command = (sys.executable, "-c", code, "run", "--period", PERIOD, "--returns", returns, "--out", out / "own")
    timed(*command)
    path = returns / "hrda_referrals.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    return timed(*command)


def middle(rows: list[dict], above: str, below: str) -> float:
    return round(statistics.median(row[above] / row[below] for row in rows), 3)


def empty(folder: Path, count: int = 1, cell: str = "") -> list[Path]:
    """Notebooks with the parameters of a page and one cell."""
    import nbformat

    made = []
    for number in range(count):
        code = nbformat.v4.new_code_cell
        given = 'period = area = audience = tables = ""\nsample = True'
        cells = [nbformat.v4.new_markdown_cell("# Empty?"), code(given, metadata={"tags": ["parameters"]}), code(cell)]
        path = folder / f"{number:02d}_empty.ipynb"
        spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=spec), path)
        made.append(path)
    return made


def forked(paths: list[Path], folder: Path, jobs: int) -> tuple[float, float]:
    """(wall seconds, processor seconds) of pages done by a warm nursery, its imports not counted."""
    from board_packs.publish.executors import Forked

    executor = Forked(jobs)
    banner = {"period": PERIOD, "area": AREA, "area_name": "Southampton", "audience": "public", "sample": True}
    common = {"folder": str(folder), "audience": "public", "parameters": {"tables": str(folder)}, "banner": banner}
    common |= {"limit": 60, "identifiers": [], "own_dates": "", "beside": []}
    answers: list[dict] = []

    def do(some: list[Path]) -> None:
        for path in some:
            executor.submit("page", common | {"notebook": str(path)}, answers.append)
        for _ in executor.run():
            pass

    do(paths[:1])  # waits for the imports
    wall, spent = time.perf_counter(), _spent(executor)
    do(paths)
    wall, spent = time.perf_counter() - wall, _spent(executor) - spent
    executor.close()
    assert all(answer.get("status") == "released" for answer in answers), answers
    return wall, spent


def _spent(executor) -> float:
    """Processor seconds of a nursery and all workers it has waited for (Linux; elsewhere 0)."""
    try:
        fields = Path(f"/proc/{executor.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def overhead() -> dict:
    """What a page costs beyond its own cells, beside what papermill and nbconvert add to an empty notebook."""
    rows = []
    for _ in range(PAIRS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            paths = empty(folder, 10)
            slow = plain([(paths[0], {})], folder)
            rows.append({"plain": slow, "warm": forked(paths, folder, 1)[0] / len(paths)})
    return {"warm / plain": middle(rows, "warm", "plain"), "seconds": rows}


def busy(runs: int = 24) -> dict:
    """The share of the cores' time that `runs` pages use, one page's work being half a second of a processor."""
    work = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs = cores()
        wall, spent = forked(empty(folder, runs, work), folder, jobs)
    return {"cores busy": round(spent / (wall * jobs), 3), "runs": runs, "cores": jobs}


def areas(sizes=(1, 8, 32, 150)) -> dict:
    """The cost of one area when several are run together: their tables in one pass, from rows drawn for each."""
    from lscb.periods import Quarter
    from openstats.authorities import upper_tier

    codes = upper_tier(Quarter.parse(PERIOD).last_day)
    rows = {}
    for size in sizes:
        chosen = [AREA, *[code for code in codes if code != AREA]][:size]
        code = f"from bench_quarter import tables_of; tables_of({chosen!r})"
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        said = json.loads(done.stdout.strip().splitlines()[-1])
        rows[size] = said | {"wall": round(time.perf_counter() - begun, 2)}
    per_area = {size: row["seconds"] / size for size, row in rows.items()}
    ratio = round(per_area[max(sizes)] / per_area[8], 3) if 8 in per_area else None
    curve = {f"seconds an area, {size} together": round(seconds, 3) for size, seconds in per_area.items()}
    most = {f"megabytes, {max(sizes)} together": rows[max(sizes)]["megabytes"]}
    return {f"cost per area, {max(sizes)} / 8": ratio, **curve, **most, "areas": rows}


def tables_of(codes: list[str]) -> None:
    """Builds the tables of areas from the sample's rows, repeated for each; prints seconds and memory as JSON."""
    import pandas as pd

    asked, one = received(PERIOD)
    begun = time.perf_counter()
    many = {
        name: pd.concat([frame.assign(area=code) for code in codes], ignore_index=True)
        for name, frame in one.rows.items()
    }
    quality = pd.concat([one.quality.assign(area=code) for code in codes], ignore_index=True)
    asked.areas = tuple(codes)
    made = built(asked, type(one)(many, quality, []))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    said = {"seconds": round(time.perf_counter() - begun, 3), "megabytes": round(memory), "tables": len(made)}
    print(json.dumps(said))


def received(period: str) -> tuple:
    """What is asked for, and the rows of the invented returns as they were at the end of a quarter."""
    from types import SimpleNamespace

    from board_packs.quarter import receiving, request
    from lscb.periods import Quarter

    quarter = Quarter.parse(period)
    returns = request.sample_folder(quarter)
    asked = SimpleNamespace(period=quarter, areas=(AREA,), returns=returns, sample=True, open_data=None, out=ROOT)
    return asked, receiving.receive(asked, checked=False)


def built(asked, given) -> dict:
    """The tables of rows received, before disclosure control."""
    from board_packs import tables
    from board_packs.quarter import table_stages as stages

    return tables.build(stages.inputs(asked, given))


def history(quarters: int = 12) -> dict:
    """Quarters circulated one after the other: what the last costs to protect and to attack, for every audience and
    with all packs before it, beside the cells of its pages; and whether anything was given away at any of them."""
    import cellguard as disclosure
    from board_packs.quarter.disclosure_control import given_away
    from board_packs.quarter.official_tables import is_open
    from board_packs.tables import documentation
    from lscb.periods import Quarter

    given: list[disclosure.history.Entry] = []
    clock, broken = time.process_time, 0
    for back in reversed(range(quarters)):
        working = built(*received(str(Quarter.parse(PERIOD) - back)))
        begun = clock()
        made = disclosure.protect(working, tuple(guarded()), history=given, documentation=documentation())
        attacking = clock()
        for audience in made.protected:
            now = {each: made.protected[each] for each in (audience, *disclosure.profile(audience).sees)}
            broken += given_away(audience, now, given, made.ledger)[0]
        seconds = {"protect": attacking - begun, "attack": clock() - attacking}
        closed = {a: {n: t for n, t in p.items() if not is_open(n)} for a, p in made.protected.items()}
        given += [disclosure.history.Entry(audience, held) for audience, held in closed.items()]
    with tempfile.TemporaryDirectory() as name:
        lscb(Path(name))
        seconds["cells"], seconds["pages"] = cells(Path(name)), cells(Path(name), "seconds")
        seconds["papermill"] = plain(pages(Path(name)), Path(name), exported=False)
    both = seconds["protect"] + seconds["attack"]
    before = f"protect and attack with {quarters - 1} quarters before"
    return {
        f"{before} / the cells of the pages": round(both / seconds["cells"], 3),
        f"{before} / the pages of the run": round(both / seconds["pages"], 3),
        f"{before} / papermill, page after page": round(both / seconds["papermill"], 3),
        f"figures given away in {quarters} quarters": broken,
        "seconds": seconds,
    }


def calculations() -> dict:
    """The calculations against naive versions of themselves, or reading alone: whatever bench_parts offers."""
    import importlib
    import pkgutil

    import bench_parts

    found = {}
    for module in pkgutil.iter_modules(bench_parts.__path__):
        part = importlib.import_module(f"{bench_parts.__name__}.{module.name}")
        measured = part.measure()
        if hasattr(measured, "ratios"):  # what has a bound, and not a slower version of itself, to stand beside
            found |= {what: round(times, 2) for what, times in measured.ratios.items()}
        else:
            found[f"{module.name}, times faster"] = round(measured.times_faster)
    return found


def machine() -> dict:
    """What it was measured on."""
    cpu = platform.processor()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        cpu = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), cpu)
    except OSError:
        pass
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"system": platform.platform(), "python": platform.python_version(), "processor": cpu, "cores": cores(),
            "load before": load}  # fmt: skip


PARTS = {"overhead": overhead, "busy": busy, "areas": areas, "calculations": calculations, "history": history,
         "quarter": quarter}  # fmt: skip


def main(names: list[str]) -> None:
    """Measures the parts and writes outputs/bench.json."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"{unknown[0]!r} is not a part of the benchmark: {', '.join(PARTS)}.")
    found: dict = {"machine": machine(), "notebooks": len(list(NOTEBOOKS.glob("*.ipynb")))}
    for name in names or PARTS:
        found[name] = PARTS[name]()
        for what, value in found[name].items():
            if what not in ("seconds", "areas"):
                print(f"{name}: {what}: {value}", flush=True)
    target = ROOT / "outputs" / "bench.json"
    kept = json.loads(target.read_text()) if target.is_file() else {}
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(kept | found, indent=1) + "\n", encoding="utf-8")
    print(f"Written to {target.relative_to(ROOT)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
