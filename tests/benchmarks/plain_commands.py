"""The two things that are compared: `lscb run`, and the plain command lines it stands for; and what both need."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from board_packs import tables
from board_packs.quarter import receiving
from board_packs.quarter.input_digests import inputs
from board_packs.quarter.pack_settings import guarded, notebooks, packs
from board_packs.quarter.request import Request, sample_folder
from lscb.periods import Quarter
from openstats.project_data import ROOT

PERIOD, AREA = "2017-18-Q4", "E06000045"
PAIRS = int(os.environ.get("PAIRS", "3"))  # `make bench PAIRS=1` on a machine that is busy


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
        options = [part for name, value in parameters.items() for part in ("-p", name, str(value))]
        target = out / f"{number}.ipynb"
        total += timed(sys.executable, "-m", "papermill", notebook, target, *options, "--no-progress-bar")
        if exported:
            total += timed(sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", target)
    return total


def pages(folder: Path) -> list[tuple[Path, dict]]:
    """Every page of the quarter with the parameters that the run gives it; its tables are those of a finished run."""
    books = notebooks()
    wanted = sorted({(n, pack.audience) for pack in packs().values() for n in pack.notebooks})
    place = folder / "sample" / PERIOD / AREA
    every = []
    for number, audience in wanted:
        folder_of_tables = place / "protected" / audience if audience in guarded() else place / "working"
        parameters = {"period": PERIOD, "area": AREA, "audience": audience, "tables": folder_of_tables, "sample": True}
        every.append((books[number], parameters))
    return every


def cells(out: Path, what: str = "computing") -> float:
    """Processor seconds of the cells of all pages of a finished run: what is left when nothing else costs anything.

    what : `seconds` for those from a page's order to its finished HTML
    """
    return sum(page[what] for page in manifest(out)["pages"])


def manifest(out: Path) -> dict:
    """What a finished run of the invented quarter wrote down of itself."""
    return json.loads((out / "sample" / PERIOD / AREA / "manifest.json").read_text(encoding="utf-8"))


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def middle(rows: list[dict], above: str, below: str) -> float:
    return round(statistics.median(row[above] / row[below] for row in rows), 3)


def received(period: str) -> tuple[Request, receiving.Received]:
    """What is asked for, and the rows of the invented returns as they were at the end of a quarter."""
    quarter = Quarter.parse(period)
    asked = Request(quarter, (AREA,), sample_folder(quarter), None, ROOT, sample=True)
    return asked, receiving.receive(asked, checked=False)


def built(asked: Request, rows: receiving.Received) -> dict:
    """The tables of rows received, before disclosure control."""
    return tables.build(inputs(asked, rows))
