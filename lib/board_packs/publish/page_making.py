"""Making one page, as a worker does it: run the notebook, export it, read the result as a stranger would.

Everything is written in one step and can be done again.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from lscb import long_table

from ..pages import book as pages
from ..pages import page_guard, page_outputs
from ..pages.prose import comments
from ..quarter import run_files as files
from ..quarter.official_tables import is_open, labels
from ..quarter.pack_settings import guarded
from . import export, release, workers
from .area_checks import Checks
from .export import Banner
from .pack_files.kept_parts import KeptParts
from .release import printed_claims, printed_roles
from .release.shown import Figures


@dataclass(frozen=True)
class PageJob:
    """A page to make. `folder` is the area's; `tables` the folder of tables of the page's audience."""

    notebook: Path
    folder: Path
    tables: Path
    banner: Banner
    checks: Checks
    limit: float = 600.0  # seconds a cell may take
    returns: Path | None = None  # the folder the returns came from, which no page may read
    code: str = ""  # what computes and checks, by one hash
    open_data: Path | None = None  # the folder of official files that was named, from which a page takes outlines

    @property
    def parameters(self) -> dict:
        """The notebook's parameters."""
        values = self.banner.values()
        del values["area_name"]
        return values | {"tables": str(self.tables)}


@dataclass(frozen=True)
class Page:
    """What came of a page. The finished one lies in executed/ if it may leave, else in quarantine/."""

    status: str  # released, refused or failed
    reasons: list[str] = field(default_factory=list)
    title: str = ""
    answer: str = ""
    sha256: str = ""
    used: list[str] | None = None  # the tables it read; None where its kernel cannot tell
    derived: list[float] = field(default_factory=list)  # figures it computed from those tables
    run: str = ""  # the number of the run that made it
    notes: list[str] = field(default_factory=list)  # why a comment was left off
    computing: float | None = None  # processor seconds of its cells; None where the kernel cannot tell
    exporting: float = 0.0  # processor seconds of writing it as HTML
    checking: float = 0.0  # and of the release check
    seconds: float = 0.0
    claims: dict[str, int] = field(default_factory=dict)  # claims of its sentences, by verdict
    reused: bool = False
    key: str = ""  # what it depends on
    against: str = ""  # the mark of what it was checked against


def finished(folder: Path, room: str, audience: str, notebook: Path) -> Path:
    """Where a finished page lies in an area's folder: `room` is executed or quarantine."""
    return folder / room / audience / f"{notebook.stem}.html"


def make_page(job: PageJob) -> Page:
    """Runs a notebook, exports it, and checks the page."""
    begun = time.perf_counter()
    audience = job.banner.audience
    executed = files.private(job.folder / "executed" / audience)
    final, draft = executed / job.notebook.name, executed / f".{job.notebook.stem}-{os.getpid()}.ipynb"
    old = [finished(job.folder, room, audience, job.notebook) for room in ("executed", "quarantine")]
    for path in (final, *old):
        path.unlink(missing_ok=True)
    try:
        with in_batch(job):
            notebook = execute(job.notebook, draft, job.parameters, job.limit)
    except Exception as error:  # whatever a notebook raises; the message may hold a case's values and stays inside
        if draft.exists():
            os.replace(draft, final)
        return Page("failed", [broken(error)], seconds=time.perf_counter() - begun)
    os.chmod(draft, 0o600)
    os.replace(draft, final)
    computing = sum(workers.SPENT) if workers.SPENT else None
    page = replace(exported(job, notebook, used_tables()), notes=left_off(job.notebook.stem), computing=computing)
    return replace(page, seconds=time.perf_counter() - begun)


def exported(job: PageJob, notebook, used: list[str] | None) -> Page:
    """The page of an executed notebook, checked and put in its place."""
    derived = page_outputs.derived(notebook)
    begun = time.process_time()
    html = export.page(notebook, job.banner)
    written = time.process_time()
    page = verdict(job, html, used, derived, notebook)
    page = replace(page, exporting=written - begun, checking=time.process_time() - written)
    return replace(page, run=job.banner.run.partition(",")[0])


def make_alike(job: PageJob, audience: str, used: list[str]) -> Page:
    """The page of a notebook that was just run for another audience, whose tables are the same to the byte: its cells
    would show the same again.

    used : the tables that it read (see `alike`)
    """
    import nbformat
    from papermill.parameterize import parameterize_notebook

    begun = time.perf_counter()
    source = job.folder / "executed" / audience / job.notebook.name
    final = files.private(job.folder / "executed" / job.banner.audience) / job.notebook.name
    for room in ("executed", "quarantine"):
        finished(job.folder, room, job.banner.audience, job.notebook).unlink(missing_ok=True)
    notebook = parameterize_notebook(nbformat.read(source, as_version=4), job.parameters, kernel_name="python3")
    files.write_text(final, nbformat.writes(notebook))
    return replace(exported(job, notebook, used), computing=0.0, seconds=time.perf_counter() - begun)


def alike(job: PageJob, other: PageJob, page: Page) -> bool:
    """Whether a page would show what it has just shown for another audience: its cells read nothing but tables and do
    not ask for whom they are, and every table is the same to the byte."""
    notebook = files.read_json(job.notebook, {})
    if page.status != "released" or page.reused or page.notes or not page.used or "cells" not in notebook:
        return False
    if notebook.get("metadata", {}).get("lscb") or page_outputs.asks_audience(notebook):
        return False
    return all(files.as_written({job.tables / f"{n}.csv": files.sha256(other.tables / f"{n}.csv")}) for n in page.used)


def broken(error: Exception) -> str:
    """What broke a notebook, in one line: our own line for people, else the kind of error and where."""
    name, cell = getattr(error, "ename", type(error).__name__), getattr(error, "exec_count", None)
    ours = name in ("UserError", "Failed", "NoSuchTable")
    text = str(getattr(error, "evalue", error)).strip() if ours else name
    if ours or not cell:
        return f"{text} (cell {cell})" if cell else text
    return f"{text} in cell {cell}: run the notebook's cells in JupyterLab (lscb lab) to see it"


@contextmanager
def in_batch(job: PageJob) -> Iterator[None]:
    """While a page's cells run it may read its tables and official files, and nothing else of the run."""
    named = {page_guard.BATCH: page_guard.handed_on(job.folder, job.tables, job.banner.audience, job.returns)}
    if job.open_data:
        named["LSCB_OPEN_DATA"] = str(job.open_data)
    before = {name: os.environ.get(name) for name in named}
    os.environ.update(named)
    try:
        yield
    finally:
        page_guard.stop()
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


def check_again(job: PageJob, used: list[str] | None, derived: list[float]) -> Page:
    """Checks a page that is used again: the returns, and with them what must not be on it, may have changed. Its
    numbers and sentences are those of the same tables as before.

    It is asked first without its tables, whose figures and labels are spared: most pages need no more. The job's checks
    are of what the page was not checked against before.
    """
    path = finished(job.folder, "executed", job.banner.audience, job.notebook)
    html, checks = path.read_text(encoding="utf-8"), job.checks
    allowed = release.Allowed(checks.pointing, own_words=checks.own_dates, beside=links_of(checks))
    if release.check(html, allowed, release.AGAIN):
        return verdict(job, html, used, derived)
    return Page("released", [], export.title(html), export.answer(html), files.sha256(path), used, derived)


def execute(source: Path, target: Path, parameters: dict, limit: float):
    """papermill: a kernel of its own, or this very process where `workers.warm_engine` is used. Nothing is written
    before the end. Cells tagged `internal` are not run: they are the analyst's own."""
    import nbformat  # heavy, and only workers need them
    import papermill

    notebook = page_outputs.without_internal(nbformat.read(source, as_version=4))

    logging.getLogger("papermill").setLevel(logging.ERROR)
    return papermill.execute_notebook(
        notebook,
        str(target),
        parameters=parameters,
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        cwd=str(source.parent),
        execution_timeout=limit,
    )


def used_tables() -> list[str] | None:
    """What the page of this process has read from its books; None where it ran elsewhere."""
    return sorted({name for book in pages.OPENED for name in book.used}) if pages.OPENED else None


def left_off(notebook: str) -> list[str]:
    """Why the page of this process leaves off its analyst's comment, one line for each reason."""
    return [
        f"{finding} ({book.audience})"
        for book in pages.OPENED[-1:]
        for finding in comments.findings(book, comments.path(book, notebook))
        if finding.stops
    ]


def verdict(job: PageJob, html: str, used: list[str] | None, derived: list[float], notebook: Any = None) -> Page:
    """Puts a page where it belongs: executed/ if it may leave, else quarantine/.

    derived : figures computed from the page's protected tables, which give nothing more away than those do
    notebook : as it was executed, of a page that is new: its cells are named in what they lack and what is refused
    """
    audience = job.banner.audience
    frames = tables_of(job.tables, used)
    # the ledger's page has figures of its own
    shown = Figures.of(frames.values(), derived)
    figures = shown if audience in guarded() else None
    overruled = job.checks.texts(job.notebook.stem)
    checks, labels = job.checks, frozenset(shown.labels)
    official = partial(labels_of_open, frames)
    allowed = release.Allowed(checks.pointing, figures, checks.own_dates, links_of(checks), labels, overruled, official)
    if notebook is None:
        reasons = release.check(html, allowed, release.AGAIN)
    else:
        # kept for all guarded audiences together, which read most words of a notebook alike
        parts = KeptParts(job.tables.parent, job.folder, job.code)
        with parts.texts(f"texts {job.notebook.stem}") as allowed.harmless:
            reasons = in_cells(notebook, release.check(html, allowed), allowed)
        reasons += [*printed_roles.reasons(notebook, frames), *printed_claims.reasons(html, notebook)]
    path = finished(job.folder, "quarantine" if reasons else "executed", audience, job.notebook)
    files.private(path.parent)
    finished(job.folder, "executed", audience, job.notebook).unlink(missing_ok=True)
    files.write_text(path, html)
    status = "refused" if reasons else "released"
    claims = {} if notebook is None else printed_claims.counts(html)
    about = (export.title(html), export.answer(html), files.sha256(path))
    return Page(status, reasons, *about, used, derived, claims=claims)


def links_of(checks: Checks) -> frozenset[str]:
    """What a page may link to."""
    return frozenset([*checks.beside, "index.html"])


def in_cells(notebook: Any, reasons: list[str], allowed: release.Allowed) -> list[str]:
    """Why a page may not leave: first cell by cell with what to write; then of the page."""
    lacking = page_outputs.shortcomings(notebook)
    bare = {line.partition(":")[0] for line in lacking}
    rules = [rule for rule in release.LOCAL if any(reason.startswith(f"{rule.__name__}: ") for reason in reasons)]
    lines = page_outputs.doubtful(notebook, partial(release.check, allowed=allowed, rules=rules)) if rules else []
    lines = [line for line in lines if line.partition(":")[0] not in bare]
    told = ("alternatives", "structure") if lacking else ()  # what a cell is named for is not said again of the page
    return [*lacking, *lines, *(reason for reason in reasons if not reason.startswith(told))]


def tables_of(folder: Path, names: list[str] | None) -> dict[str, pd.DataFrame]:
    """The tables of a folder by name: those that are there of the names, or all."""
    paths = {path.stem: path for path in folder.glob("*.csv")}
    wanted = sorted(paths) if names is None else names
    return {name: long_table.load(paths[name]) for name in wanted if name in paths}


def labels_of_open(frames: dict[str, pd.DataFrame]) -> set[str]:
    """The labels of those tables that are made from published statistics alone."""
    return labels([frame for name, frame in frames.items() if is_open(name)])
