"""manifest.json of an area: what was used, made, released and refused. Without it a run does not count as finished."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from lscb import __version__
from openstats.project_data import DATA

from ..quarter import labels
from ..quarter import run_files as files
from ..quarter.request import shown
from .disclosure_step import Disclosure
from .outcome import files_of, write_manifest
from .pack_making import PackAnswer
from .run_state import Area, Run, banner

PACKAGES = ("pandas", "numpy", "matplotlib", "papermill", "nbconvert", "scipy")


def write(run: Run, area: Area, disclosure: Disclosure, packs: dict[str, PackAnswer]) -> dict:
    """Writes the manifest, last of all, and returns it."""
    request, folder = run.request, area.folder
    about = files.read_json(folder / "about.json", {})
    audiences = sorted({audience for _, audience in request.pages})
    manifest = {
        "lscb": __version__,
        "code": run.code,
        "fingerprint": area.fingerprint,
        "started": run.started,
        "seconds": round(time.perf_counter() - run.begun, 2),
        "processor": run.processor(area.pages.values()),
        "parameters": banner(run, area, "").values() | {"audience": audiences},
        "inputs": {"returns": shown(request.returns), "open_data": shown(request.open_data or DATA / "open")},
        "versions": {"python": sys.version.split()[0]} | {name: version(name) for name in PACKAGES},
        "run": run.number,
        "returns": about.get("receipt", []),
        "runs": area.runs,  # the numbers that stand at the foot of pages, and the returns behind them
        "tables": run.tables,
        "disclosure": disclosure.answer | {"attacks": disclosure.attacks},
        "pages": pages(run, area),
        "packs": in_place(area) | {name: asdict(answer) for name, answer in packs.items()},
        "labels": asdict(labels.load(area.code)),  # what persons approved and overruled, by name
        "problems": area.problems,
        "files": {path.relative_to(folder).as_posix(): files.sha256(path) for path in files_of(folder)},
    }
    write_manifest(folder, manifest)
    return manifest


def in_place(area: Area) -> dict[str, dict]:
    """What came of the packs in place, those of earlier runs too that this one was not asked for."""
    packs = {}
    for name, notes in area.packs.items():
        if files.as_written({area.folder / file: sha for file, sha in notes["files"].items()}):
            packs[name] = notes["answer"]
    return packs


def pages(run: Run, area: Area) -> list[dict]:
    """What came of every page, without its title and answer."""
    lines = []
    for (number, audience), page in sorted(area.pages.items()):
        line: dict[str, Any] = {"notebook": run.request.notebooks[number].name, "audience": audience}
        line |= {"status": page.status, "reasons": page.reasons, "used": page.used, "sha256": page.sha256}
        line |= {"claims": page.claims}
        line |= {"reused": page.reused, "seconds": round(page.seconds, 2), "computing": round(page.computing or 0, 2)}
        lines.append(line)
    return lines
