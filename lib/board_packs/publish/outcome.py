"""What came of a run of one area, and whether it still stands: nothing that it was made from has changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from openstats.project_data import DATA

from ..quarter import run_files as files
from ..quarter.checked_ledger import HEAD
from ..quarter.request import Request, circulated

MANIFEST = "manifest.json"
MANIFEST_SEAL = "manifest.sha256"  # its hash, so that an edited one is noticed
# Locks, what was kept for the next run (made again when wrong), what is sealed or chained by itself: in no manifest.
NOTES = re.compile(rf"(?:^|/)\.|^working/(?:solved|parts)/|^(?:{MANIFEST}|{MANIFEST_SEAL}|{HEAD})$")


@dataclass
class Outcome:
    """What came of one area: problems in one line each, and whether everything was released."""

    area: str
    problems: list[str] = field(default_factory=list)
    manifest: dict = field(default_factory=dict)
    unchanged: bool = False


def fingerprint(request: Request, area: str, code: str, hashes: files.Hashes) -> str:
    """One name for everything that can change a page of an area."""
    notebooks = next(iter(request.notebooks.values())).parent
    return files.digest(
        [
            code,
            [str(request.period), area, request.sample, request.partial and sorted(request.pages)],
            hashes.tree(request.returns),
            files.open_data(request.open_data, hashes),
            hashes.tree(notebooks, "*.ipynb", "packs.yml"),
            hashes.tree(DATA / "narrative"),
            hashes.tree(DATA / "labels"),
            hashes.tree(circulated(request.sample)),
        ]
    )


def unchanged(request: Request, area: str, mark: str) -> dict | None:
    """The manifest of a run whose inputs were the same and whose every output is still whole; else None."""
    folder = request.folder(area)
    manifest = sealed_manifest(folder)
    if request.force or not manifest or manifest.get("fingerprint") != mark or manifest.get("problems"):
        return None
    written = {folder / name: sha for name, sha in manifest["files"].items()}
    return manifest if files.as_written(written) else None


def sealed_manifest(folder: Path) -> dict | None:
    """The manifest of an area's folder as the run wrote it; None where there is none, or where it was edited since."""
    path, seal = folder / MANIFEST, folder / MANIFEST_SEAL
    if (
        not path.is_file()
        or not seal.is_file()
        or files.sha256(path) not in seal.read_bytes().decode("ascii", "replace").split()
    ):
        return None
    return files.read_json(path)


def files_of(folder: Path) -> list[Path]:
    """Every file of a run that is kept: what pages were made from, the executed notebooks, what was refused, the packs."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in paths if not NOTES.search(path.relative_to(folder).as_posix())]


def note_files(folder: Path, room: str) -> None:
    """Enters the files of a room that came after the run, such as the annual report, in its manifest as they are now."""
    if manifest := sealed_manifest(folder):
        others = {name: sha for name, sha in manifest["files"].items() if not name.startswith(f"{room}/")}
        theirs = {f"{room}/{path.name}": files.sha256(path) for path in sorted((folder / room).glob("*"))}
        if manifest["files"] != others | theirs:
            write_manifest(folder, manifest | {"files": others | theirs})


def write_manifest(folder: Path, manifest: dict) -> None:
    """Writes a manifest and its seal. In between the seal holds for both, so that a killed command leaves one of them."""
    text, seal = files.json_text(manifest), folder / MANIFEST_SEAL
    before = files.sha256(folder / MANIFEST) if sealed_manifest(folder) else ""
    now = files.sha256_of(text.encode())
    files.write_text(seal, f"{now} {before}".strip() + "\n")
    files.write_text(folder / MANIFEST, text)
    files.write_text(seal, now + "\n")
