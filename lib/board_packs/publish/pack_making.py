"""Making one pack, as a worker does it: beside the old one, checked, and put in its place in one step."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ..quarter import run_files as files
from ..quarter.pack_settings import Pack
from . import release
from .export import Banner
from .pack_files import pack_folder
from .pack_files.pack_folder import Entry
from .page_making import Checks, labels_of_open, tables_of
from .release.identifiers import Identifiers
from .release.shown import Figures


@dataclass(frozen=True)
class PackJob:
    """A pack to make of an area's finished pages.

    tables : the folder of tables of its audience; `used` are those that its pages read
    same : what of the pack in place would come out the same and is kept: "" nothing, "workbook", or "all". What is
        kept is checked like what is made: what must not be in it may have changed with the returns.
    """

    folder: Path
    pack: Pack
    entries: list[Entry]
    tables: Path
    used: list[str]
    banner: Banner
    checks: Checks
    same: str = ""


@dataclass(frozen=True)
class PackAnswer:
    """What came of a pack: `files` with their hashes, `reused` where all was kept."""

    status: str  # released, refused, failed or empty
    reasons: list[str] = field(default_factory=list)
    audience: str = ""
    tables: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    reused: bool = False
    run: str = ""  # the number of the run that made its workbook
    title: str = ""
    mark: str = ""  # what its workbook says of that run


def make_pack(job: PackJob) -> PackAnswer:
    """Makes a pack, checks what it adds to its pages, and puts it in place, or into quarantine/."""
    name = job.pack.name
    final = job.folder / "packs" / name
    frames = tables_of(job.tables, job.used)
    draft = final if job.same == "all" else written(job, frames)
    reasons = refused(job, draft, frames)
    for path in draft.iterdir():
        os.chmod(path, 0o600)
    quarantined = job.folder / "quarantine" / "packs" / name
    if reasons:
        files.private(quarantined.parent)
        files.replace_folder(draft, quarantined)
        shutil.rmtree(final, ignore_errors=True)
        return PackAnswer("refused", reasons)
    shutil.rmtree(quarantined, ignore_errors=True)
    if draft != final:
        files.replace_folder(draft, final)
    if job.same != "all":
        keep_behind(job, frames)
    hashes = {path.name: files.sha256(path) for path in sorted(final.iterdir())}
    return PackAnswer(
        "released",
        audience=job.banner.audience,
        tables=sorted(frames),
        files=hashes,
        reused=job.same == "all",
        run=job.banner.run.partition(",")[0],
        title=job.pack.title,
        mark=job.banner.run,
    )


def keep_behind(job: PackJob, frames: dict[str, pd.DataFrame]) -> None:
    """Keeps the very tables that the pack was made of beside it: what is recorded when it is circulated, though
    protected/ may hold others by then."""
    draft = job.folder / "behind" / f".{job.pack.name}-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    files.private(draft)
    for name in frames:
        (draft / f"{name}.csv").write_bytes((job.tables / f"{name}.csv").read_bytes())
    files.replace_folder(draft, job.folder / "behind" / job.pack.name)


def written(job: PackJob, frames: dict[str, pd.DataFrame]) -> Path:
    """The pack's files in a folder beside its place."""
    draft = job.folder / "packs" / f".{job.pack.name}-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    files.private(draft)
    kept = job.folder / "packs" / job.pack.name / pack_folder.WORKBOOK if job.same == "workbook" else None
    pack_folder.make(draft, job.pack, job.entries, frames, job.banner, kept)
    return draft


def refused(job: PackJob, folder: Path, frames: dict[str, pd.DataFrame]) -> list[str]:
    """Why a pack may not leave: of its index, its last page, its workbook, and of files that nobody checked."""
    identifiers = Identifiers(job.checks.identifiers, labels_of_open(frames))
    beside = frozenset(path.name for path in folder.iterdir())
    overruled = tuple(text for _, text in job.checks.overruled)
    figures = Figures.of(frames.values())
    labels = frozenset(figures.labels)
    allowed = release.Allowed(identifiers, None, job.checks.own_dates, beside, labels, overruled)
    reasons = [
        f"{page}: {reason}"
        for page in ("index.html", pack_folder.LAST)
        for reason in release.check((folder / page).read_text(encoding="utf-8"), allowed)
    ]
    allowed.figures = Figures([*figures.sorted, *range(1900, 2100)], figures.labels)  # years are numbers there
    for book in folder.glob("*.xlsx"):
        reasons += [f"{book.name}: {reason}" for reason in release.check_workbook(book, allowed)]
    pages = [entry.name for entry in job.entries if entry.file]
    names = [*pages, "index.html", pack_folder.LAST]
    return reasons + release.check_files(folder, names, f"{job.pack.name}.zip", pack_folder.WORKBOOK)
