"""A run, from what was asked for to what came of it. What is heavy is imported once its workers are importing too."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from lscb.errors import Failed, UserError

from ..quarter import run_files as files
from ..quarter.request import Request, resolve
from . import workers
from .outcome import Outcome, fingerprint, unchanged
from .progress import Progress

LOST = 600.0  # seconds that a worker that was taken for lost may still write


def run(
    request: Request, progress: Progress | None = None, crew: workers.Workers | None = None, patience: float = 0
) -> list[Outcome]:
    """Runs the quarter for every area asked for. One Outcome per area; `problems` empty where all was released.

    Of several areas on a Dask cluster each is one task, with its tables, its protection, its pages and its packs.

    crew : who does the jobs, if not those that the request names
    patience : seconds to wait where another run writes to the same folder
    """
    if crew is None and request.executor == "dask" and len(request.areas) > 1:
        return on_cluster(request, progress or Progress())
    with locked(request, patience):
        hashes = files.Hashes(request.out)
        code = files.code(hashes)
        marks = {area: fingerprint(request, area, code, hashes) for area in request.areas}
        same = {a: m for a in request.areas if (m := unchanged(request, a, marks[a])) is not None}
        hashes.save()
        outcomes = [Outcome(area, manifest=before, unchanged=True) for area, before in same.items()]
        if todo := tuple(area for area in request.areas if area not in same):
            outcomes += changed(replace(request, areas=todo), code, hashes, marks, (progress or Progress(), crew))
        hashes.save()
    return sorted(outcomes, key=lambda outcome: request.areas.index(outcome.area))


def changed(request: Request, code: str, hashes: files.Hashes, marks: dict[str, str], beside: tuple) -> list[Outcome]:
    """Runs the areas that are not as they were. beside : where progress is shown, and who does the jobs."""
    begun, started = time.perf_counter(), datetime.now(UTC).isoformat(timespec="seconds")
    progress, crew = beside
    crew = crew or workers.start(request.executor, request.jobs, request.scheduler)
    try:
        from .pipeline import Run, make

        return make(Run(request, code, hashes, crew, progress, begun=begun, started=started), marks)
    finally:
        crew.close()
        progress.done()


@contextmanager
def locked(request: Request, patience: float = 0) -> Iterator[None]:
    """Holds the folder of every area for this run alone."""
    with files.closed(), ExitStack() as holds:
        for area in request.areas:
            holds.enter_context(files.alone(request.folder(area), patience))
        yield


def on_cluster(request: Request, progress: Progress) -> list[Outcome]:
    """Runs areas on a Dask cluster, each as one task. An area whose worker is lost, or whose scheduler, is run again: what
    it had made is kept."""
    from ..quarter.receiving import folder_of

    crew = workers.cluster_of(request.scheduler)

    async def one(area: str) -> Outcome:
        try:
            folder_of(request, area)
            return await crew.task(area_alone, replace(request, areas=(area,), left_out=(), executor="local"))
        except (Failed, UserError) as error:
            return Outcome(area, [str(error)])
        finally:
            progress.page(area)

    async def every() -> list[Outcome]:
        return await asyncio.gather(*map(one, request.areas))

    try:
        progress.pages(len(request.areas))
        return asyncio.run(every())
    finally:
        crew.close()
        progress.done()


def area_alone(request: Request) -> Outcome:
    """One area's run in a worker of a cluster, which may find that it was lost and is still writing."""
    from .workers.cluster import Beside

    (outcome,) = run(request, crew=Beside(), patience=LOST)
    return outcome


def quarter(**asked) -> list[Outcome]:
    """A run from plain values, as `lscb run` takes them (see `resolve`)."""
    return run(resolve(**asked))
