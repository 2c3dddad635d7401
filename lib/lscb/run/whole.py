"""A whole run: what has to be done, in which order, and what came of it (manifest.json)."""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from .. import packs as subgroups
from ..settings import DATA, ROOT, Failed, UserError
from . import files
from .place import MANIFEST, Outcome, Place
from .request import Request, circulated, resolve
from .telling import Progress


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
    from .stages import open_digest

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
        from dataclasses import replace

        self.request = replace(request, areas=areas)
        self.code, self.hashes, self.prints, self.say = code, hashes, prints, say
        self.begun = time.perf_counter()
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self.areas = {area: Place(self, area) for area in areas}

    def go(self) -> list[Outcome]:
        """Does it all. Raises UserError where the returns cannot be used at all."""
        from . import receiving, stages
        from .executors import Dask, local

        request = self.request
        self.executor = Dask(request.scheduler) if request.executor == "dask" else local(request.jobs)
        try:
            self.say.stage("Reading and checking returns")
            self.received = receiving.receive(request)
            for area, place in self.areas.items():
                files.sweep(request.folder(area))
                (request.folder(area) / MANIFEST).unlink(missing_ok=True)
                place.prepare()
            self.say.stage("Building tables")
            self.tables = stages.build(request, self.received, self.code, self.hashes)
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
        return [place.outcome for place in self.areas.values()]

    def _own_dates(self) -> str:
        from ..release.identifiers import own_dates

        sources = [*DATA.glob("*.yml"), *self.request.notebooks.values(), ROOT / "CHANGELOG.md"]
        sources += [*(DATA / "narrative").glob("**/*.md"), *(DATA / "dictionary").glob("**/*.yml")]
        return own_dates([path for path in sources if path.is_file()])


def tables_only(request: Request) -> list[tuple[str, Path]]:
    """The tables of every area, working and protected, without pages: (area, folder)."""
    from . import receiving, stages, work

    with ExitStack() as held:
        for area in request.areas:
            held.enter_context(files.alone(request.folder(area)))
        hashes = files.Hashes(request.out)
        code = files.code(hashes)
        received = receiving.receive(request)
        stages.build(request, received, code, hashes)
        for area in request.areas:
            folder = request.folder(area)
            files.write_json(folder / "about.json", stages.about(request, area, received, code))
            answer = work.protect(str(folder), subgroups.guarded(), str(circulated(request.sample)), area)
            if "failed" in answer:
                raise Failed(f"{area}: the tables could not be protected: {answer['failed']}")
        hashes.save()
    return [(area, request.folder(area)) for area in request.areas]


def quarter(**asked) -> list[Outcome]:
    """A run from plain values, as `lscb run` takes them (see `resolve`)."""
    return run(resolve(**asked))


__all__ = ["Outcome", "UserError", "quarter", "run"]
