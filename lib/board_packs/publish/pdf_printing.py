"""Finished pages as PDF, printed by a browser that is installed: a pack's first page and the pack, outside a timed run."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from ..quarter import run_files as files
from .outcome import sealed_manifest, write_manifest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge", "chrome")
SECONDS = 180  # that one print may take
NONE = "No PDF: no Chromium or Chrome was found. Open the page in a browser and print it."


def browser() -> str | None:
    """An installed browser that can print, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pdf(page: Path, out: Path) -> bool:
    """Prints a finished page: tagged, with bookmarks. False where no browser is installed, or it printed nothing."""
    program = browser()
    if program is None:
        return False
    with tempfile.TemporaryDirectory() as place:
        command = [
            program,
            *("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"),
            *("--no-sandbox", f"--user-data-dir={place}/profile", "--no-pdf-header-footer"),
            *("--export-tagged-pdf", "--generate-pdf-document-outline"),
            *(f"--print-to-pdf={place}/page.pdf", page.resolve().as_uri()),
        ]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False)
        if (printed := Path(place, "page.pdf")).is_file():  # whole or not at all, also where this command is killed
            files.write_text(out, printed.read_bytes())
            return True
    return False


def print_pack(folder: Path, pack: str) -> list[str]:
    """Prints a released pack of an area's folder and its first page beside them, and enters both in the manifest.

    Returns the names of what was printed; nothing where no browser is installed, the pack was not released, or both are
    there already.
    """
    manifest, place = sealed_manifest(folder), folder / "packs" / pack
    answer = (manifest or {}).get("packs", {}).get(pack, {})
    if not manifest or answer.get("status") != "released" or browser() is None:
        return []
    stems = [
        stem
        for stem in (pack, "summary")
        if f"{stem}.pdf" not in answer["files"] and (place / f"{stem}.html").is_file()
    ]
    printed = [f"{stem}.pdf" for stem in stems if pdf(place / f"{stem}.html", place / f"{stem}.pdf")]
    if printed:
        hashes = {name: files.sha256(place / name) for name in printed}
        answer["files"] |= hashes
        manifest["files"] |= {f"packs/{pack}/{name}": sha for name, sha in hashes.items()}
        write_manifest(folder, manifest)
    return printed
