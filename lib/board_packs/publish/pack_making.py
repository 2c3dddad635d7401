"""Making packs, as a worker does it: beside the old ones, checked, and each put in its place in one step.

One worker makes all packs of an audience: a table is read, put into words and looked through once for all that hold it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from ..pages.unanswered_fields import without_unanswered
from ..quarter import run_files as files
from ..quarter.pack_settings import Pack, guarded
from . import release, workers
from .area_checks import Checks
from .export import Banner
from .pack_files import pack_folder, pack_summary
from .pack_files.kept_parts import KeptParts
from .pack_files.pack_folder import Entry
from .pack_files.pack_summary import SUMMARY
from .pack_files.workbook_reading import workbook_cells
from .page_making import labels_of_open, tables_of
from .release.shown import Figures


@dataclass(frozen=True)
class PackJob:
    """A pack to make of an area's finished pages.

    tables : the folder of tables of its audience; `used` are those that its pages read
    same : the pack in place would come out the same and is kept. What is kept is checked like what is made: what must not
        be in it may have changed with the returns.
    news : where it is kept, what of that is new since it was checked; None where nobody knows
    """

    folder: Path
    pack: Pack
    entries: list[Entry]
    tables: Path
    used: list[str]
    banner: Banner
    checks: Checks
    same: bool = False
    news: Checks | None = None
    code: str = ""  # what makes and checks it, by one hash


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
    against: str = ""  # the mark of what it was checked against


@dataclass
class Shared:
    """What the packs of one audience have in common, by table."""

    parts: KeptParts
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    sent: dict[str, pd.DataFrame] = field(default_factory=dict)  # as the packs' CSV have them
    figures: dict[str, Figures] = field(default_factory=dict)
    harmless: set[str] = field(default_factory=set)  # see release.Allowed
    clean: set[str] = field(default_factory=set)

    def frames(self, folder: Path, names: Sequence[str]) -> dict[str, pd.DataFrame]:
        """Those tables of a folder, each read once."""
        self.tables |= tables_of(folder, [name for name in names if name not in self.tables])
        self.sent |= {name: without_unanswered(frame) for name, frame in self.tables.items() if name not in self.sent}
        return {name: self.tables[name] for name in names if name in self.tables}

    def shown(self, frames: dict[str, pd.DataFrame]) -> Figures:
        """The figures of some tables."""
        self.figures |= {name: Figures.of([frame]) for name, frame in frames.items() if name not in self.figures}
        return Figures.together(self.figures[name] for name in frames)


def make_packs(jobs: Sequence[PackJob]) -> list[PackAnswer]:
    """Makes the packs of one audience. One that breaks stops no other."""
    shared, answers = shared_by(jobs[0]), []
    with shared.parts.texts("texts of packs") as shared.harmless:
        for job in jobs:
            try:
                answers.append(make_pack(job, shared))
            except Exception as error:
                answers.append(PackAnswer("failed", [str(workers.failure(error, make_pack))]))
    return answers


def shared_by(job: PackJob) -> Shared:
    """What the packs of a job's audience have in common, with nothing made yet."""
    return Shared(KeptParts(job.tables, job.folder, job.code))


def make_pack(job: PackJob, shared: Shared | None = None) -> PackAnswer:
    """Makes a pack, checks what it adds to its pages, and puts it in place, or into quarantine/.

    shared : with other packs of its audience
    """
    name, shared = job.pack.name, shared or shared_by(job)
    final = job.folder / "packs" / name
    frames = shared.frames(job.tables, job.used)
    if job.same and stays(job, final, frames):
        draft, reasons = final, list[str]()
    else:
        about = (job.tables, job.used, job.banner, job.pack.title, _files(job))
        first, derived = pack_summary.summary(*about, shared.parts, _answers(job))
        draft = final if job.same else written(job, frames, first, shared)
        reasons = refused(job, draft, frames, derived, shared)
    for path in pack_folder.contents(draft).values():
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
    if not job.same:
        keep_behind(job, frames)
    hashes = {name: files.sha256(path) for name, path in pack_folder.contents(final).items()}
    return PackAnswer(
        "released",
        audience=job.banner.audience,
        tables=sorted(frames),
        files=hashes,
        reused=job.same,
        run=job.banner.run.partition(",")[0],
        title=job.pack.title,
        mark=job.banner.run,
        against=job.checks.mark,
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


def _answers(job: PackJob) -> list[tuple[str, str, str]]:
    """File, title and first sentence of each page; none of a guarded pack, whose first page prints figures of its tables
    alone, while a page's answer may have computed others."""
    pages = [] if job.banner.audience in guarded() else [entry for entry in job.entries if entry.file]
    return [(entry.name, entry.title, entry.first_sentence) for entry in pages]


def _files(job: PackJob) -> dict[int, str]:
    """The pages of the pack by number."""
    return {entry.number: entry.name for entry in job.entries if entry.file}


def written(job: PackJob, frames: dict[str, pd.DataFrame], first: str, shared: Shared) -> Path:
    """The pack's files in a folder beside its place. `first` is its finished first page."""
    draft = job.folder / "packs" / f".{job.pack.name}-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    files.private(draft)
    pack_folder.make(draft, job.pack, job.entries, frames, job.banner, first)
    pack_folder.add_workbooks(draft, job.pack, frames, job.banner, shared.parts)
    pack_folder.add_data(draft, job.tables, frames, shared.sent)
    pack_folder.write_zip(draft, draft / f"{job.pack.name}.zip")
    return draft


def refused(
    job: PackJob, folder: Path, frames: dict[str, pd.DataFrame], derived: Sequence[float], shared: Shared
) -> list[str]:
    """Why a pack may not leave: of its index, its first and last page, its workbook, and of files that nobody checked.

    derived : figures of its first page that were computed from its tables
    """
    beside = frozenset(pack_folder.contents(folder))
    overruled = tuple(text for _, text in job.checks.overruled)
    figures = shared.shown(frames)
    labels = frozenset(figures.labels)
    official = partial(labels_of_open, frames)
    allowed = release.Allowed(job.checks.pointing, None, job.checks.own_dates, beside, labels, overruled, official)
    allowed.harmless, allowed.clean = shared.harmless, shared.clean
    first_and_last = ["index.html", pack_folder.LAST]
    reasons = [
        f"{page}: {reason}" for page in first_and_last for reason in release.check(_text(folder / page), allowed)
    ]
    allowed.figures = figures.and_also(derived) if job.banner.audience in guarded() else None
    reasons += [f"{SUMMARY}: {reason}" for reason in release.check(_text(folder / SUMMARY), allowed)]
    allowed.figures = figures.and_also(range(1900, 2100))  # years are numbers there
    for book in folder.glob("*.xlsx"):
        reasons += [f"{book.name}: {reason}" for reason in release.check_workbook(book, allowed)]
    for name, frame in frames.items():
        file = f"{name}.csv"
        if not pack_folder.is_the_table(folder / pack_folder.DATA / file, job.tables / file, frame, shared.sent[name]):
            reasons.append(f"{name}.csv: is not the protected table")
    workbook, other = (folder / name for name in pack_folder.WORKBOOKS)
    if frames and workbook_cells(workbook) != workbook_cells(other):
        reasons.append(f"{other.name}: is not the workbook")
    return reasons + checked_files(folder, job, frames)


def stays(job: PackJob, folder: Path, frames: Iterable[str]) -> bool:
    """Whether a pack in place that would come out the same may stay as it is: nothing in it points to a person of the
    returns as they are now. Asked without what may be spared: where something does, all of it is checked."""
    if checked_files(folder, job, frames):
        return False
    if job.news is not None and not job.news.identifiers:  # nothing is looked for that was not before
        return True
    checks = job.news or job.checks
    allowed = release.Allowed(checks.pointing, own_words=checks.own_dates)
    pages = ("index.html", pack_folder.LAST, SUMMARY)
    return not (
        any(release.check(_text(folder / page), allowed, (release.identifiers,)) for page in pages)
        or any(release.check_workbook(book, allowed, again=True) for book in folder.glob("*.xlsx"))
    )


def checked_files(folder: Path, job: PackJob, tables: Iterable[str]) -> list[str]:
    """Whether a pack's folder holds what is checked and nothing else."""
    data = [f"{pack_folder.DATA}/{name}.csv" for name in tables]
    data += [f"{pack_folder.DATA}/{pack_folder.MEASURES}"] if data else []
    pages, books = (
        [*_files(job).values(), "index.html", pack_folder.LAST, SUMMARY],
        pack_folder.WORKBOOKS if data else (),
    )
    name = job.pack.name
    return pack_folder.check_files(folder, [*pages, *data, *books], f"{name}.zip", f"{name}.html")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
