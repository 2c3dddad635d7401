"""One area's way through a run: protect its tables, make its pages, attack them, make its packs, write its manifest.

Each step waits for what it needs and for nothing else: pages of unprotected tables are made while tables are
protected, pages of protected ones beside the attack that decides whether they may leave, the packs of an audience while
pages of others are made.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

from ..quarter import run_files as files
from ..quarter.pack_settings import guarded
from . import disclosure_step, manifest, pack_step, page_step
from .area_checks import Checks
from .disclosure_step import Disclosure
from .outcome import Outcome
from .pack_files import kept_parts
from .page_making import Page
from .run_state import Area, Run

LOOKED_FOR = Path("working", "looked_for.json")  # the values of identifying fields that were looked for last
RUNS = "runs.json"  # by the number at the foot of pages in place, the returns that their figures come from


def enter(run: Run, code: str, checks: Checks, fingerprint: str = "") -> Area:
    """An area at the beginning of its way, with what is in place from the last run."""
    folder = run.request.folder(code)
    earlier = files.read_json(folder / page_step.PAGES, {})
    packs = files.read_json(folder / pack_step.PACKS, {})
    about = files.read_json(folder / "about.json", {})
    runs = files.read_json(folder / RUNS, {}) | {
        run.number: {"started": run.started, "returns": about.get("receipt", [])}
    }
    area = Area(code, folder, checks, fingerprint, earlier=earlier, packs=packs, runs=runs)
    area.news = news(area)
    if run.request.force:
        shutil.rmtree(folder / kept_parts.ROOM, ignore_errors=True)
    page_step.forget(run, area)
    return area


def news(area: Area) -> dict[str, Checks]:
    """What must be looked for in content that was released already, by the mark of what it was checked against: nothing
    where that is what is looked for now, and after other returns the values that those had not. Content with any other
    mark is checked like new. Keeps the values for the next run.

    A value is looked for by itself, whatever others there are: content in which none of some values is, and none of
    those that are new, has none of both.
    """
    checks, path = area.checks, area.folder / LOOKED_FOR
    before = files.read_json(path, [])
    earlier = replace(checks, identifiers=before)
    if earlier.mark != checks.mark or not path.is_file():
        files.private(path.parent)
        files.write_text(path, json.dumps(checks.identifiers))
    return {earlier.mark: checks.news(before), checks.mark: replace(checks, identifiers=[])}


async def publish(run: Run, area: Area) -> Outcome:
    """From an area's working tables to its packs and its manifest."""
    late = {page for page in run.request.pages if page_step.waits_for_protection(run, *page)}
    pages = page_step.begin(run, area, run.request.pages - late)
    disclosure = await disclosure_step.protect(run, area)
    attacks: dict[str, asyncio.Task] = {}
    if disclosure.failed:
        area.problems.append(f"disclosure control failed: {disclosure.failed}")
        for page in sorted(late):
            page_step.settle(run, area, *page, Page("failed", ["its tables could not be protected"]))
    else:
        for audience in sorted({audience for _, audience in late} & set(guarded())):
            attacks[audience] = asyncio.create_task(disclosure_step.attack(run, area, disclosure, audience))
        pages |= page_step.begin(run, area, late)

    async def of_readers(audience: str) -> dict:
        """The packs of an audience, as soon as its own pages are there and may leave."""
        await asyncio.gather(*(page for (_, reader), page in pages.items() if reader == audience))
        if audience in attacks:
            await attacks[audience]
        if answer := disclosure.attacks.get(audience):
            decide(area, audience, answer)
        packs = [pack for pack in run.request.packs.values() if pack.audience == audience]
        return await pack_step.of_audience(run, area, packs)

    readers = {pack.audience for pack in run.request.packs.values()} | {audience for _, audience in run.request.pages}
    readers |= {*disclosure.attacks}
    every = await asyncio.gather(*map(of_readers, sorted(readers)))
    disclosure_step.keep(area, disclosure)
    answers = {name: answer for some in every for name, answer in some.items()}
    return close(run, area, disclosure, {name: answers[name] for name in run.request.packs})


def decide(area: Area, audience: str, answer: dict) -> None:
    """Holds back every page of an audience whose attack found something."""
    area.problems += disclosure_step.problems(area, audience, answer)
    if answer["reasons"]:
        page_step.withhold(area, audience, answer["reasons"])


def close(run: Run, area: Area, disclosure: Disclosure, packs: dict) -> Outcome:
    """Writes down what came of the area."""
    files.write_json(area.folder / pack_step.PACKS, dict(sorted(area.packs.items())))
    marks = {page["run"] for page in area.earlier.values()} | {p["answer"]["run"] for p in area.packs.values()}
    area.runs = {number: about for number, about in area.runs.items() if number in marks | {run.number}}
    files.write_json(area.folder / RUNS, area.runs)
    files.sweep(area.folder)  # drafts of workers that were killed
    area.problems.sort()  # answers come in any order
    if empty := [name for name in run.request.packs if packs[name].status == "empty"]:
        names = ", ".join(empty)
        area.problems.append(f"not made, as none of their pages was released (see the messages above): {names}")
    return Outcome(area.code, area.problems, manifest.write(run, area, disclosure, packs))
