"""What an analyst waits for in JupyterLab: until the answer of page 40 shows, opened, with another basis, and once more."""

from __future__ import annotations

import contextlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from plain_commands import PAIRS, lscb, manifest

from openstats.project_data import NOTEBOOKS


def answered(parameters: dict) -> tuple[float, float]:
    """Seconds, and processor seconds, of the cells of page 40 down to its answer, with other parameters."""
    cells = json.loads(next(NOTEBOOKS.glob("40_*.ipynb")).read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    last = next(at for at, source in enumerate(sources) if "say.answer" in source)
    names: dict = {"display": lambda *shown: None}
    begun, worked = time.perf_counter(), time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        exec(sources[0], names)
        names |= parameters
        for source in sources[1 : last + 1]:
            exec(source, names)
    return time.perf_counter() - begun, time.process_time() - worked


def waits() -> None:
    """Prints as JSON what is waited for in a kernel that has imported everything: from the tables of a run before."""
    answered({})
    changed = answered({"basis": "incident"})
    print(json.dumps({"changed": changed, "again": answered({"basis": "incident"})}))


def exploring() -> dict:
    """One parameter changed, and the same opened once more, beside a run of the quarter."""
    rows = []
    for _ in range(PAIRS):
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            run = lscb(out)
            worked = sum(manifest(out)["processor"].values())
            code = "from bench_exploring import waits; waits()"
            settings = os.environ | {"LSCB_OUT": name}
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=settings
            )
            rows.append({"run": (run, worked)} | json.loads(done.stdout.strip().splitlines()[-1]))
    ratios = {}
    for what in ("changed", "again"):
        for which, of in enumerate(("", ", processor seconds")):
            middle = statistics.median(row[what][which] / row["run"][which] for row in rows)
            words = "until the answer with another basis" if what == "changed" else "the same once more"
            ratios[f"{words} / run{of}"] = round(middle, 3)
    return ratios | {"seconds": rows}
