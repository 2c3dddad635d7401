"""Processor seconds of a check of one small file beside an interpreter with pandas, and of help beside typer.

`python tests/benchmarks/bench_start.py [pairs]` prints the median of the paired ratios.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from openstats.project_data import DATA

START = "from board_packs.start import main; main()"


def seconds(code: str, *arguments: str) -> float:
    """Processor seconds of an interpreter that runs some code, its children among them."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": settings}
    done = subprocess.Popen([sys.executable, "-c", code, *arguments], **quiet)
    _, _, used = os.wait4(done.pid, 0)
    return used.ru_utime + used.ru_stime


def start(pairs: int = 9) -> dict[str, float]:
    """The median of the paired ratios."""
    with tempfile.TemporaryDirectory() as place:
        file = shutil.copy(DATA / "sample" / "2017-18-Q4" / "plan.csv", Path(place) / "plan.csv")
        check = ["check", str(file), "--period", "2017-18-Q4", "--area", "E06000045", "--out", place]
        calls = {"pandas": ["import pandas"], "check": [START, *check], "typer": ["import typer"],
                 "help": [START, "--help"]}  # fmt: skip
        for call in calls.values():  # compiled modules are written once
            seconds(*call)
        rows = [{name: seconds(*call) for name, call in calls.items()} for _ in range(pairs)]
    pairs_of = (("check", "pandas"), ("help", "typer"))
    return {f"{a} / importing {b}": round(statistics.median(row[a] / row[b] for row in rows), 2) for a, b in pairs_of}


if __name__ == "__main__":
    for what, ratio in start(*map(int, sys.argv[1:2])).items():
        print(f"{what}: {ratio}")
