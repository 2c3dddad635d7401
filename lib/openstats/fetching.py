"""Bring official files into a folder: whole, verified and under their final name, or not at all.

A file is written beside its place as `.NAME.part`, resumed from there after a break, checked (by its known SHA-256, or
by what is in it where none is known yet), and only then renamed. What was fetched is noted in `fetched.json`, and a
publisher that later sends another file is noticed.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from lscb.errors import UserError
from lscb.periods import Quarter

from . import links_page
from .download import Refused, download
from .file_kinds import Peek, kind
from .network import unreachable
from .open_data_folder import RECORD, Held, content, not_held, record, scan
from .parsed_copies import sha256
from .project_data import can_be_made
from .sources import OPEN, File, NotAsNamed, Set, by_hand, required, sources

Progress = Callable[[str, int, int | None], None]


class Outcome(NamedTuple):
    """What came of one file. `state`: fetched, held (there, verified), failed, replaced, unreachable, by hand."""

    name: str
    state: str
    line: str

    @property
    def good(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state in ("fetched", "held", "by hand")


@dataclass(frozen=True)
class Watch:
    """How a fetch is followed.

    progress : called with name, bytes so far and bytes in all (None where not said)
    tell : called with each outcome as it comes; pause : how to wait between tries
    """

    progress: Progress | None = None
    tell: Callable[[Outcome], None] = lambda outcome: None
    pause: Callable[[float], None] = time.sleep


def fetch(
    period: Quarter | str,
    area: str,
    folder: Path | str | None = None,
    source_dir: Path | str | None = None,
    accept: bool = False,
    watch: Watch | None = None,
) -> list[Outcome]:
    """Bring what a period and area need into a folder (data/open), from its publishers or from another folder.

    accept : take a file that is not the one known by its SHA-256, and remember the new one

    Nothing but whole, verified files is ever under a final name. Publishers that do not answer at all are said once,
    within seconds; what is lacking at the end stands in a page of links beside the files. Raises UserError for a folder
    that is not there, and cannot be made in one that is.
    """
    folder, watch = Path(folder or OPEN), watch or Watch()
    period = Quarter.parse(period) if isinstance(period, str) else period
    copies = _copies(Path(source_dir)) if source_dir else []
    wanted = [] if source_dir else required(period, area)
    if copies or wanted:
        _make(folder, watch)
    if source_dir:
        return _each(copies, folder, accept, watch)
    jobs = [Job(file, source.name, None) for source, file in wanted]
    silent = unreachable(job.file.address for job in jobs if not _there(job, folder))
    outcomes = _each([job for job in jobs if job.host not in silent], folder, accept, watch)
    lost = [job for job in jobs if job.host in silent]
    rest = [_there(job, folder) or _lost(job, silent) for job in lost] + _by_hand(folder)
    good = {outcome.name for outcome in outcomes + rest if outcome.good}
    lacking = [(source, file) for source, file in wanted if file.name not in good]
    lacking += [(source, file) for source in _not_held(folder) for file in source.files]
    if lacking:
        rest += _silence(silent, lost, links_page.write(folder, lacking))
    for outcome in rest:
        if outcome.state != "unreachable":  # all of those are said in one line
            watch.tell(outcome)
    return outcomes + rest


def _make(folder: Path, watch: Watch) -> None:
    """Makes the folder, and says so, where the one above it is there."""
    if folder.is_dir():
        return
    if folder != OPEN:
        can_be_made(folder, "--open-data")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise UserError(f"--open-data {folder}: the folder cannot be made ({error.strerror}). Name another.") from None
    watch.tell(Outcome(str(folder), "held", f"{folder}: made, for the official files"))


def _each(jobs: list[Job], folder: Path, accept: bool, watch: Watch) -> list[Outcome]:
    outcomes = []
    for job in jobs:
        outcomes.append(_there(job, folder) or _one(job, folder, accept, watch))
        watch.tell(outcomes[-1])
    return outcomes


def _lost(job: Job, silent: dict[str, str]) -> Outcome:
    return Outcome(job.file.name, "unreachable", f"{job.file.name}: {job.host} cannot be reached ({silent[job.host]})")


def _silence(silent: dict[str, str], lost: list[Job], path: Path) -> list[Outcome]:
    """One line for all publishers that do not answer: what to do, and the page of links."""
    if not silent:
        return []
    hosts = ", ".join(sorted(silent))
    why = "; ".join(sorted(set(silent.values())))
    line = (
        f"{len(lost)} of the files wanted were not fetched: {hosts} cannot be reached ({why}). Behind a proxy, set "
        f"HTTPS_PROXY and run this again; without a network, open {path} in a browser elsewhere, save the files in one "
        "folder and run lscb fetch --from FOLDER."
    )
    return [Outcome("network", "failed", line)]


def _not_held(folder: Path) -> list[Set]:
    """The sets that come by hand only and of which the folder has nothing."""
    lacking = {source.name for source in not_held(folder)}
    return [source for source in by_hand() if source.name in lacking]


def _by_hand(folder: Path) -> list[Outcome]:
    return [
        Outcome(
            source.name,
            "by hand",
            f"{source.title}: download by hand from {source.files[0].page}, then lscb fetch --from FOLDER",
        )
        for source in _not_held(folder)
    ]


class Job(NamedTuple):
    """One file to bring: from `origin`, or from its address where there is none."""

    file: File
    set: str
    origin: Path | None

    @property
    def host(self) -> str:
        """The host of its address."""
        return urlsplit(self.file.address).netloc

    def bring(self, part: Path, watch: Watch) -> None:
        """Write the file to `part`. Raises Refused or OSError where it cannot be had whole."""
        if self.origin:
            shutil.copyfile(self.origin, part)
        else:
            download(self.file, part, watch.progress, watch.pause)


def _copies(folder: Path) -> list[Job]:
    """What a folder holds that is an official file, or has the name of one."""
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder} to take open data from.")
    by_name = {file.name.casefold(): (file, source.name) for source in sources().values() for file in source.files}
    by_kind = {file.kind: source.name for source in sources().values() for file in source.files}
    files = {file.path: file for file in scan(folder)}
    jobs = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        named, official = by_name.get(path.name.casefold()), files.get(path)
        if named and (official or kind(path) != named[0].kind):
            jobs.append(Job(*named, path))  # the second: it will be refused, with the reason
        elif official and official.kind in by_kind:
            jobs.append(Job(File(path.name, official.kind), by_kind[official.kind], path))
    return jobs


def _expected(job: Job, folder: Path) -> str:
    return record(folder).get(job.file.name, {}).get("sha256") or job.file.sha256


def _there(job: Job, folder: Path) -> Outcome | None:
    """What to say of a file that is there and right; None for one that has to be brought."""
    final, expected = folder / job.file.name, _expected(job, folder)
    wanted = job.origin is None or sha256(job.origin) == expected
    if final.is_file() and expected and wanted and sha256(final) == expected:
        return Outcome(job.file.name, "held", f"{job.file.name}: already there, verified")
    return None


def _one(job: Job, folder: Path, accept: bool, watch: Watch) -> Outcome:
    """Bring one file."""
    name, expected = job.file.name, _expected(job, folder)
    final, part = folder / name, folder / f".{name}.part"
    try:
        went_on = part.is_file()
        job.bring(part, watch)
        got = sha256(part)
        if expected and got != expected and went_on:  # two files' halves, perhaps: once more from the beginning
            tidy(part)
            job.bring(part, watch)
            got = sha256(part)
        if expected and got != expected and not accept:
            tidy(part)
            return Outcome(
                name,
                "replaced",
                f"{name}: not the file known here (SHA-256 expected {expected}, got {got}). Its publisher may have "
                "replaced it: see what changed, then run again with --accept. Nothing was changed.",
            )
        if got != expected:
            verify(part, job.file, got)
    except (Refused, NotAsNamed, OSError) as problem:
        if not getattr(problem, "resumable", False):
            tidy(part)
        return Outcome(name, "failed", f"{name}: {_why(problem)}")
    part.replace(final)
    _note(folder, name, {"sha256": got, "set": job.set, "address": job.file.address})
    return Outcome(name, "fetched", f"{name}: {final.stat().st_size / 1e6:,.1f} MB, SHA-256 {got[:12]}… verified")


def tidy(part: Path) -> None:
    """Remove what a download left beside its place."""
    part.unlink(missing_ok=True)
    part.with_name(part.name + ".json").unlink(missing_ok=True)
    shutil.rmtree(part.with_name(part.name + ".pages"), ignore_errors=True)


def _why(problem: Exception) -> str:
    return str(problem) if not isinstance(problem, OSError) or not problem.strerror else problem.strerror


def verify(part: Path, file: File, digest: str) -> None:
    """Raise NotAsNamed unless a file is of its kind and can be read whole, with figures that agree with each other.

    What is read is kept parsed under the file's hash (`digest`), so that it is not read again.
    """
    actual = kind(part)
    if actual != file.kind:
        page = Peek(part).form == "html"
        other = f"a file of another kind ({actual.replace('_', ' ')})" if actual else "no official file known here"
        raise NotAsNamed(f"what came is {'a web page' if page else other}, not {file.name}: nothing was kept")
    named = part.with_name(f".{file.name}")  # some readers find the year in the name only
    part.replace(named)
    try:
        content(Held(named, file.kind, digest))
    finally:
        named.replace(part)


def _note(folder: Path, name: str, entry: dict) -> None:
    """Add a file to fetched.json, which is replaced whole."""
    kept = record(folder) | {name: entry}
    part = folder / f".{RECORD}.part"
    part.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(folder / RECORD)


def command(period: str, area: str, folder: Path | None, source_dir: Path | None, accept: bool) -> int:
    """`lscb fetch`: one line per file, problems on stderr, a moving line on a terminal.

    Returns 0 where all is right, 1 where a file failed or was replaced.
    """
    import sys

    live = sys.stderr.isatty()

    def progress(name: str, done: int, whole: int | None) -> None:
        if live:
            of = f" of {whole / 1e6:,.1f}" if whole else ""
            print(f"\r\x1b[K{name[:60]}: {done / 1e6:,.1f}{of} MB", end="", file=sys.stderr, flush=True)

    def tell(outcome: Outcome) -> None:
        if live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        print(outcome.line, file=sys.stdout if outcome.good else sys.stderr, flush=True)

    outcomes = fetch(period, area, folder, source_dir, accept, Watch(progress, tell))
    if not outcomes:
        raise UserError(f"{source_dir} holds no official file that data/sources.yml knows.")
    return 0 if all(outcome.good for outcome in outcomes) else 1
