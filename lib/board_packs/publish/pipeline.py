"""The pipeline of a run: receive the returns, build the tables, then send every area on its way (area_run)."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from lscb.errors import Failed
from openstats.project_data import DATA

from ..quarter import labels, receiving, table_stages
from ..quarter import run_files as files
from ..quarter.case_values import identifying
from ..quarter.origin import keep_rows, write_origin
from ..quarter.receiving import Received
from ..quarter.request import Request
from ..tables import documentation
from . import area_run
from .area_checks import Checks
from .outcome import MANIFEST, MANIFEST_SEAL, Outcome
from .release.identifiers import own_dates
from .run_state import Area, Run


def make(run: Run, marks: dict[str, str]) -> list[Outcome]:
    """Receives, builds tables, and sends every area on its way. Raises UserError where the returns cannot be used."""
    with run.stage("receive", "Reading and checking returns"):
        received = receiving.receive(run.request)
    run = without_lost(run, received)
    for area in run.request.areas:
        files.sweep(run.request.folder(area))
        for name in (MANIFEST, MANIFEST_SEAL):
            (run.request.folder(area) / name).unlink(missing_ok=True)
    with run.stage("tables", "Building tables"):
        tables = table_stages.build(run.request, received, run.code, run.hashes, run.workers)
    run = replace(run, tables=tables)
    keep_rows(run.request, received)
    dates, beside = project_dates(run.request), linked(run.request)
    areas: list[Area] = []
    for code in run.request.areas:
        write_origin(run.request, code, received)
        overruled = tuple((one["page"], one["text"]) for one in labels.load(code).overruled)
        checks = Checks(identifying(received, code), dates, beside, overruled)
        _ = checks.pointing.starts
        entered = area_run.enter(run, code, checks, marks[code])
        entered.problems += received.broken.get(code, [])
        areas.append(entered)
    run.progress.pages(len(areas) * len(run.request.pages))
    lost = [Outcome(area, [why]) for area, why in received.lost.items()]
    return lost + asyncio.run(every(run, areas))


async def every(run: Run, areas: list[Area]) -> list[Outcome]:
    return await asyncio.gather(*(area_run.publish(run, area) for area in areas))


def without_lost(run: Run, received: Received) -> Run:
    """The run without the areas of which nothing can be made: their outcome says why, the others go on. Raises Failed
    where none is left."""
    areas = tuple(area for area in run.request.areas if area not in received.lost)
    if not areas:
        raise Failed(next(iter(received.lost.values())))
    return replace(run, request=replace(run.request, areas=areas))


def linked(request: Request) -> tuple[str, ...]:
    """What a page may link to in its pack: other pages, and the tables as CSV."""
    pages = (f"{path.stem}.html" for path in request.notebooks.values())
    return (*pages, *(f"data/{name}.csv" for name in documentation()["tables"]))


def project_dates(request: Request) -> str:
    """Dates in the project's own words, notebooks and commentary: one of those on a page comes from no return."""
    sources = [*DATA.glob("*.yml"), *request.notebooks.values()]
    sources += [*(DATA / "narrative").glob("**/*.md"), *(DATA / "dictionary").glob("**/*.yml")]
    return own_dates([path for path in sources if path.is_file()])
