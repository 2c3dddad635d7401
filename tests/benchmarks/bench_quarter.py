"""`make bench`: what the run costs beside the plain command lines, measured in pairs, as ratios.

Machines differ and are shared, so nothing here is an absolute claim: each figure is the ratio of two things done one
after the other on this machine, three times (PAIRS=1: once), and the middle ratio counts (of busy, areas and history:
once). Each pair is said on standard error as it ends. Results and the machine's description go to outputs/bench.json.

    python -m bench_quarter [PART ...]      parts: quarter, exploring, history, overhead, busy, areas, cluster, calculations,
                                            returns, start; all by default
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from bench_areas import areas, cluster
from bench_exploring import exploring
from bench_history import history
from bench_pages import busy, overhead
from bench_returns import returns
from bench_start import start
from plain_commands import AREA, PAIRS, PERIOD, cells, cores, lscb, manifest, middle, pages, plain, timed

from openstats.project_data import DATA, NOTEBOOKS, ROOT


def quarter() -> dict:
    """The whole quarter against the plain command lines, run again unchanged, and after one return changed."""
    rows = []
    for _ in range(PAIRS):
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            first = lscb(out / "run")
            limit = cells(out / "run") / cores()
            stages = shares(manifest(out / "run")["processor"], first)
            again = lscb(out / "run")
            slow = plain(pages(out / "run"), out)
            changed, worked = one_return_changed(out)
            rows.append({"plain": slow, "run": first, "again": again, "changed": changed, "limit": limit} | worked)
            words = ", ".join(f"{what} {seconds:.1f}" for what, seconds in rows[-1].items())
            print(f"quarter: pair {len(rows)} of {PAIRS}, seconds: {words}", file=sys.stderr, flush=True)
    return {
        "run / plain": middle(rows, "run", "plain"),
        f"the cells alone on {cores()} cores (the limit) / plain": middle(rows, "limit", "plain"),
        "share of the limit in the run": middle(rows, "limit", "run"),
        "run again / run": middle(rows, "again", "run"),
        "one return changed / run": middle(rows, "changed", "run"),
        "one return changed / run, processor seconds": middle(rows, "worked again", "worked"),
        **{f"share of {cores()} cores in the run, {stage}": share for stage, share in stages.items()},
        "seconds": rows,
    }


def shares(processor: dict[str, float], wall: float) -> dict[str, float]:
    """The share of all cores' time that each stage of a run took, and what was idle or went to other programs."""
    stages = {stage: seconds / (wall * cores()) for stage, seconds in processor.items()}
    return {stage: round(share, 3) for stage, share in {**stages, "idle": 1 - sum(stages.values())}.items()}


def one_return_changed(out: Path) -> tuple[float, dict[str, float]]:
    """A run of the invented quarter's files as a person's own, then again with one return's last row left out: seconds
    of the second, and the processor seconds of both, but for the imports of their workers."""
    returns = out / "returns"
    shutil.copytree(DATA / "sample" / PERIOD, returns, ignore=shutil.ignore_patterns("README.md"))
    code = "from board_packs.cli import main; main()"
    asked = ("--period", PERIOD, "--area", AREA, "--returns", returns, "--out", out / "own")
    command = (sys.executable, "-c", code, "run", *asked)
    timed(*command)
    first = processor(out / "own" / PERIOD / AREA)
    path = returns / "hrda_referrals.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    seconds = timed(*command)
    return seconds, {"worked": first, "worked again": processor(out / "own" / PERIOD / AREA)}


def processor(folder: Path) -> float:
    """Processor seconds of a finished run as its manifest has them, but for the imports of its workers."""
    stages = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["processor"]
    return sum(seconds for stage, seconds in stages.items() if stage != "start workers")


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


PARTS = {"overhead": overhead, "busy": busy, "areas": areas, "cluster": cluster, "exploring": exploring,
         "calculations": calculations, "history": history, "returns": returns, "start": start, "quarter": quarter}  # fmt: skip


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
