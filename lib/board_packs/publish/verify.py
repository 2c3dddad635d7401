"""`lscb verify`: whether what a run left, and what was recorded as circulated, is as it was written."""

from __future__ import annotations

from pathlib import Path

from cellguard import history

from ..quarter import checked_ledger
from ..quarter import run_files as files
from ..quarter.request import Request, circulated, shown
from . import circulation
from .outcome import MANIFEST, sealed_manifest


def verify(request: Request, areas: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """(what is right, what is not), in a sentence each, of the runs of a period and of the ledger."""
    right, wrong = [], []
    for area in areas:
        folder = request.folder(area)
        if not folder.is_dir():
            continue
        if problems := of_area(folder):
            wrong += [f"{shown(folder)}: {problem}" for problem in problems]
        else:
            right.append(f"{shown(folder)}: every file is as the run wrote it.")
    ledger = circulated(request.sample)
    problems, number = [], 0
    for area in sorted({*areas, *history.areas(ledger)}):
        problems += checked_ledger.faults(request.folder(area), ledger, area)
        number += history.number(ledger, area)
    if not problems:
        right.append(f"{shown(ledger)}: {number} entries, each following from the one before.")
    return right, wrong + problems


def of_area(folder: Path) -> list[str]:
    """What of an area's folder is not as its run wrote it."""
    manifest = sealed_manifest(folder)
    if manifest is None:
        there = (folder / MANIFEST).is_file()
        return ["manifest.json was changed since the run." if there else "its run did not finish: run again."]
    problems = []
    for name, sha in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name} is gone.")
        elif files.sha256(path) != sha:
            problems.append(f"{name} was changed since the run.")
    packs = {path.relative_to(folder).as_posix() for path in (folder / "packs").rglob("*") if path.is_file()}
    problems += [f"{name} was put there since the run." for name in sorted(packs - set(manifest["files"]))]
    if problems:
        return problems
    for pack, answer in manifest["packs"].items():
        if answer["status"] == "released" and (name := circulation.differing(folder, pack, manifest)):
            problems.append(f"{name} of the pack {pack} is not what its tables give.")
    return problems
