"""`lscb verify`: whether what a run left, and what was recorded as circulated, is as it was written."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from cellguard import history
from openstats.sources import number_of

from ..quarter import checked_ledger, labels
from ..quarter import run_files as files
from ..quarter.request import Request, circulated, shown
from . import circulation
from .outcome import MANIFEST, files_of, sealed_manifest


def verify(request: Request, areas: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """(what is right, what is not), in a sentence each, of the runs of a period and of the ledger."""
    folders = [request.folder(area) for area in areas if request.folder(area).is_dir()]
    right = []
    nothing = f"No run of {request.period} is kept in {shown(request.room)}: look at --out and --area."
    wrong = [] if folders else [nothing]
    for folder in folders:
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
        edited = (folder / MANIFEST).is_file()
        return ["manifest.json was changed since the run." if edited else "its run did not finish: run again."]
    problems = []
    for name, sha in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name} is gone.")
        elif files.sha256(path) != sha:
            problems.append(f"{name} was changed since the run.")
    there = {path.relative_to(folder).as_posix() for path in files_of(folder)}
    problems += [f"{name} was put there since the run." for name in sorted(there - set(manifest["files"]))]
    problems += decided_otherwise(manifest)
    if problems:
        return problems
    for pack, answer in manifest["packs"].items():
        if answer["status"] == "released" and (name := circulation.differing(folder, pack, manifest)):
            problems.append(f"{name} of the pack {pack} is not what its tables give.")
    return problems


def decided_otherwise(manifest: dict) -> list[str]:
    """The file of labels, where a person's decision that the run used is no longer in it as it was. What was decided
    since is none of the run's."""
    area = manifest["parameters"]["area"]
    now = [files.json_text(one) for entries in asdict(labels.load(area)).values() for one in entries]
    used = [one for entries in manifest.get("labels", {}).values() for one in entries if one.get("by")]
    if not (gone := sum(files.json_text(one) not in now for one in used)):
        return []
    return [f"data/labels/{area}.yml: {number_of(gone, 'decision')} of the run changed or taken out since: run again."]
