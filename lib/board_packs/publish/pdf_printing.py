"""Finished pages as PDF, printed by a browser that is installed: a pack's first page and the pack, outside a timed run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..quarter import run_files as files
from .outcome import MANIFEST, MANIFEST_SEAL, sealed_manifest
from .report.report_pdf import BROWSERS

NONE = "No PDF: no Chromium or Chrome was found. Open the page in a browser and print it."


def browser() -> str | None:
    """An installed browser that can print, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pdf(page: Path, out: Path) -> bool:
    """Prints a finished page: tagged, with bookmarks. False where no browser is installed, or it printed nothing."""
    program = browser()
    if program is None:
        return False
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program,
            *("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"),
            *(
                "--no-sandbox",
                f"--user-data-dir={profile}",
                "--no-pdf-header-footer",
                "--generate-pdf-document-outline",
            ),
            *(f"--print-to-pdf={out}", page.resolve().as_uri()),
        ]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180, check=False)
    return out.is_file()


def print_pack(folder: Path, pack: str) -> list[str]:
    """Prints a released pack of an area's folder and its first page beside them, and enters both in the manifest.

    Returns the names of what was printed; nothing where no browser is installed or the pack was not released.
    """
    manifest, place = sealed_manifest(folder), folder / "packs" / pack
    answer = (manifest or {}).get("packs", {}).get(pack, {})
    if not manifest or answer.get("status") != "released" or browser() is None:
        return []
    printed = []
    for stem in (pack, "summary"):
        if (place / f"{stem}.html").is_file() and pdf(place / f"{stem}.html", place / f"{stem}.pdf"):
            os.chmod(place / f"{stem}.pdf", 0o600)
            printed.append(f"{stem}.pdf")
    hashes = {name: files.sha256(place / name) for name in printed}
    answer["files"] |= hashes
    manifest["files"] |= {f"packs/{pack}/{name}": sha for name, sha in hashes.items()}
    files.write_json(folder / MANIFEST, manifest)
    files.write_text(folder / MANIFEST_SEAL, files.sha256(folder / MANIFEST) + "\n")
    return printed
