"""What one area costs when several are run together: their tables in one pass, from rows drawn for each."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
from plain_commands import AREA, PAIRS, PERIOD, built, lscb, middle, received

from board_packs.quarter.receiving import Received
from lscb.periods import Quarter
from openstats.authorities import upper_tier


def areas(sizes=(1, 8, 32, 150)) -> dict:
    """The cost of one area when several are run together: their tables in one pass, from rows drawn for each."""
    codes = upper_tier(Quarter.parse(PERIOD).last_day)
    rows = {}
    for size in sizes:
        chosen = [AREA, *[code for code in codes if code != AREA]][:size]
        code = f"from bench_areas import tables_of; tables_of({chosen!r})"
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        cost = json.loads(done.stdout.strip().splitlines()[-1])
        rows[size] = cost | {"wall": round(time.perf_counter() - begun, 2)}
    per_area = {size: row["seconds"] / size for size, row in rows.items()}
    ratio = round(per_area[max(sizes)] / per_area[8], 3) if 8 in per_area else None
    curve = {f"seconds an area, {size} together": round(seconds, 3) for size, seconds in per_area.items()}
    most = {f"megabytes, {max(sizes)} together": rows[max(sizes)]["megabytes"]}
    alone = {f"cost per area, {max(sizes)} / 1": round(per_area[max(sizes)] / per_area[1], 3)} if 1 in per_area else {}
    return {f"cost per area, {max(sizes)} / 8": ratio, **alone, **curve, **most, "areas": rows}


def cluster(number: int = 4) -> dict:
    """A run of some areas with invented returns on a Dask cluster of two single-core workers, beside the local run."""
    from distributed import LocalCluster

    codes = [AREA, *(code for code in upper_tier(Quarter.parse(PERIOD).last_day) if code != AREA)][:number]
    which = ("--area", ",".join(codes))
    asked = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    rows = []
    for _ in range(PAIRS):
        with tempfile.TemporaryDirectory() as name, LocalCluster(**asked) as workers:
            local = lscb(Path(name) / "local", *which, "--jobs", 2)
            there = ("--executor", "dask", "--scheduler", workers.scheduler_address)
            rows.append({"local": local, "cluster": lscb(Path(name) / "cluster", *which, *there)})
    return {f"a run of {number} areas, local / on two Dask workers": middle(rows, "local", "cluster"), "seconds": rows}


def tables_of(codes: list[str]) -> None:
    """Builds the tables of areas from the sample's rows, repeated for each; prints seconds and memory as JSON."""
    asked, one = received(PERIOD)
    begun = time.perf_counter()
    many = {
        name: pd.concat([frame.assign(area=code) for code in codes], ignore_index=True)
        for name, frame in one.rows.items()
    }
    quality = pd.concat([one.quality.assign(area=code) for code in codes], ignore_index=True)
    tables = built(replace(asked, areas=tuple(codes)), Received(many, quality, []))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    cost = {"seconds": round(time.perf_counter() - begun, 3), "megabytes": round(memory), "tables": len(tables)}
    print(json.dumps(cost))
