"""A run, from what was asked for to what came of it. What is heavy is imported once its workers are importing too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from ..quarter import run_files as files
from ..quarter.request import Request, resolve
from . import workers
from .outcome import Outcome, fingerprint, unchanged
from .progress import Progress


def run(request: Request, progress: Progress | None = None, crew: workers.Workers | None = None) -> list[Outcome]:
    """Runs the quarter for every area asked for. One Outcome per area; `problems` empty where all was released.

    crew : who does the jobs, if not those that the request names
    """
    with locked(request):
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
def locked(request: Request) -> Iterator[None]:
    """Holds the folder of every area for this run alone."""
    with files.closed(), ExitStack() as holds:
        for area in request.areas:
            holds.enter_context(files.alone(request.folder(area)))
        yield


def quarter(**asked) -> list[Outcome]:
    """A run from plain values, as `lscb run` takes them (see `resolve`)."""
    return run(resolve(**asked))
