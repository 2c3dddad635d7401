"""The tables of a quarter, working and protected, without pages."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from lscb.errors import Failed

from ..quarter import receiving, table_stages
from ..quarter import run_files as files
from ..quarter.disclosure_control import protect, protect_here
from ..quarter.origin import write_origin
from ..quarter.pack_settings import guarded
from ..quarter.request import Request, circulated
from . import workers
from .quarter_run import locked


def tables_only(request: Request) -> list[tuple[str, Path]]:
    """The tables of every area, working and protected, without pages: (area, folder). Raises Failed, once all others
    are done, where an area's tables could not be built or protected."""
    with locked(request):
        hashes = files.Hashes(request.out)
        code = files.code(hashes)
        received = receiving.receive(request)
        there = tuple(area for area in request.areas if area not in received.lost)
        table_stages.build(replace(request, areas=there), received, code, hashes)
        for area in there:
            write_origin(request, area, received)
        received.rows.clear()
        problems = [f"{area}: {why}" for area, why in received.lost.items()]
        problems += protect_here_or_there(request, there)
        problems += [f"{area}: {line}" for area, lines in received.broken.items() for line in lines]
        hashes.save()
    if problems:
        raise Failed("\n".join(problems))
    return [(area, request.folder(area)) for area in request.areas]


def protect_here_or_there(request: Request, areas: tuple[str, ...]) -> list[str]:
    """Protects the tables of areas, in workers where there are several. Returns what failed, a line each."""
    calls = {area: (request.folder(area), guarded(), circulated(request.sample), area) for area in areas}
    problems: list[str] = []
    if len(areas) == 1 or request.jobs == 1:  # the imports of a worker would take longer than they save
        for call in calls.values():
            try:
                protect_here(*call)
            except Failed as error:
                problems.append(str(error))
        return problems
    crew = workers.local(request.jobs)

    async def one(area: str) -> None:
        try:
            await crew.do(protect, *calls[area])
        except Failed as error:
            problems.append(f"{area}: {error}")

    async def all_of_them() -> None:
        await asyncio.gather(*map(one, areas))

    try:
        asyncio.run(all_of_them())
    finally:
        crew.close()
    return problems
