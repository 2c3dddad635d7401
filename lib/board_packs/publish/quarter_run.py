"""A whole run: what has to be done, in which order, and what came of it (manifest.json)."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from lscb.errors import Failed, UserError
from openstats.project_data import DATA

from ..quarter import pack_settings as subgroups
from ..quarter import run_files as files
from ..quarter.disclosure_control import protect_here
from ..quarter.request import Request, circulated, resolve
from .area_run import MANIFEST, Outcome, Place
from .progress import Progress


def run(request: Request, say: Progress | None = None) -> list[Outcome]:
    """Runs the quarter for every area asked for. One Outcome per area; `problems` empty where all was released."""
    say = say or Progress()
    for area in request.areas:
        files.private(request.folder(area))
    with ExitStack() as held:
        for area in request.areas:
            held.enter_context(files.alone(request.folder(area)))
        hashes = files.Hashes(request.out)
        code = files.code(hashes)
        prints = {area: fingerprint(request, area, code, hashes) for area in request.areas}
        same = {a: m for a in request.areas if (m := unchanged(request, a, prints[a])) is not None}
        hashes.save()
        todo = tuple(area for area in request.areas if area not in same)
        outcomes = [Outcome(a, manifest=m, unchanged=True) for a, m in same.items()]
        if todo:
            outcomes += Run(request, todo, code, hashes, prints, say).go()
        hashes.save()
    return sorted(outcomes, key=lambda outcome: request.areas.index(outcome.area))


def fingerprint(request: Request, area: str, code: str, hashes: files.Hashes) -> str:
    """One name for everything that can change a page of an area."""
    from ..quarter.table_stages import open_digest

    notebooks = next(iter(request.notebooks.values())).parent
    return files.digest(
        [
            code,
            [str(request.period), area, request.sample, request.partial and sorted(request.pages)],
            hashes.tree(request.returns),
            open_digest(request, hashes),
            hashes.tree(notebooks, "*.ipynb", "packs.yml"),
            hashes.tree(DATA / "narrative"),
            hashes.tree(circulated(request.sample)),
        ]
    )


def unchanged(request: Request, area: str, print_: str) -> dict | None:
    """The manifest of a run whose inputs were the same and whose every output is still whole; else None."""
    folder = request.folder(area)
    manifest = files.read_json(folder / MANIFEST)
    if request.force or not manifest or manifest.get("fingerprint") != print_ or manifest.get("problems"):
        return None
    for name, sha in manifest["files"].items():
        path = folder / name
        if not path.is_file() or files.sha256(path) != sha:
            return None
    return manifest


class Run:
    """The areas that need work. Answers of jobs start the jobs that waited for them."""

    def __init__(self, request: Request, areas: tuple[str, ...], code: str, hashes, prints: dict, say: Progress):
        self.request = replace(request, areas=areas)
        self.code, self.hashes, self.prints, self.say = code, hashes, prints, say
        self.begun = time.perf_counter()
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self.areas = {area: Place(self, area) for area in areas}
        self.lost: list[Outcome] = []

    def go(self) -> list[Outcome]:
        """Does it all. Raises UserError where the returns cannot be used at all."""
        from ..quarter import receiving
        from ..quarter import table_stages as stages
        from .executors import Dask, local

        request = self.request
        self.executor = Dask(request.scheduler) if request.executor == "dask" else local(request.jobs)
        try:
            self.say.stage("Reading and checking returns")
            self.received = receiving.receive(request)
            request = self.without_lost()
            for area, place in self.areas.items():
                files.sweep(request.folder(area))
                (request.folder(area) / MANIFEST).unlink(missing_ok=True)
                place.prepare()
            self.say.stage("Building tables")
            self.tables = stages.build(request, self.received, self.code, self.hashes)
            for area, place in self.areas.items():
                place.outcome.problems += self.received.broken.get(area, [])
            stages.keep_rows(request, self.received)
            self.own_dates = self._own_dates()
            for area, place in self.areas.items():
                files.write_json(place.folder / "about.json", stages.about(request, area, self.received, self.code))
                place.identifiers = stages.identifying(self.received, area)
            self.say.pages(len(self.areas) * len(request.pages))
            for place in self.areas.values():
                place.start()
            for _ in self.executor.run():
                pass
        finally:
            self.executor.close()
            self.say.done()
        return self.lost + [place.outcome for place in self.areas.values()]

    def without_lost(self) -> Request:
        """The request without the areas of which nothing can be made: their outcome says why, the others go on."""
        gone = [area for area in self.areas if area in self.received.lost]
        for area in gone:
            del self.areas[area]
            self.lost.append(Outcome(area, [self.received.lost[area]]))
        if gone and not self.areas:
            raise Failed(self.lost[0].problems[0])
        self.request = replace(self.request, areas=tuple(self.areas))
        return self.request

    def _own_dates(self) -> str:
        from .release.identifiers import own_dates

        sources = [*DATA.glob("*.yml"), *self.request.notebooks.values()]
        sources += [*(DATA / "narrative").glob("**/*.md"), *(DATA / "dictionary").glob("**/*.yml")]
        return own_dates([path for path in sources if path.is_file()])


def tables_only(request: Request) -> list[tuple[str, Path]]:
    """The tables of every area, working and protected, without pages: (area, folder). Raises Failed, once all others
    are done, where an area's tables could not be built or protected."""
    from ..quarter import receiving
    from ..quarter import table_stages as stages
    from . import executors

    with ExitStack() as held:
        for area in request.areas:
            held.enter_context(files.alone(request.folder(area)))
        hashes = files.Hashes(request.out)
        code = files.code(hashes)
        received = receiving.receive(request)
        there = tuple(area for area in request.areas if area not in received.lost)
        stages.build(replace(request, areas=there), received, code, hashes)
        answers: dict[str, dict] = {area: {"failed": why} for area, why in received.lost.items()}
        jobs = {}
        for area in (area for area in there if area not in answers):
            folder = request.folder(area)
            files.write_json(folder / "about.json", stages.about(request, area, received, code))
            history = str(circulated(request.sample))
            jobs[area] = dict(folder=str(folder), profiles=subgroups.guarded(), history=history, area=area)
        received.rows.clear()
        if len(jobs) == 1 or request.jobs == 1:  # the imports of a worker would take longer than they save
            answers |= {area: protect_here(**job) for area, job in jobs.items()}
        else:
            executor = executors.local(request.jobs)
            for area, job in jobs.items():
                executor.submit("protect", job, partial(answers.__setitem__, area))
            for _ in executor.run():
                pass
            executor.close()
        hashes.save()
    failed = [f"{area}: {answer['failed']}" for area, answer in answers.items() if "failed" in answer]
    failed += [f"{area}: {line}" for area, lines in received.broken.items() for line in lines]
    if failed:
        raise Failed("\n".join(failed))
    return [(area, request.folder(area)) for area in request.areas]


def quarter(**asked) -> list[Outcome]:
    """A run from plain values, as `lscb run` takes them (see `resolve`)."""
    return run(resolve(**asked))


__all__ = ["Outcome", "UserError", "quarter", "run"]
